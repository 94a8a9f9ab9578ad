//! Putting a canned reply or a colleague's name into what is written. The server has them for the
//! conversation, and is asked anew each time: somebody may just have written one.

use std::ops::Range;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::ThreadId;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlTextAreaElement};

use super::keys::{all, append, offer as open, on};

/// What can be put into a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// A canned reply.
    Canned,
    /// The name of a colleague, who is told.
    Mention,
}

impl Offer {
    /// The key that asks for it.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Canned => "/",
            Self::Mention => "@",
        }
    }

    /// The id of the dialog, and the first part of its address.
    const fn id(self) -> &'static str {
        match self {
            Self::Canned => "canned",
            Self::Mention => "mentions",
        }
    }

    /// Whether its sign asks for it where it is typed: at the beginning of a line, or of a word.
    pub fn is_asked(self, text: &HtmlTextAreaElement) -> bool {
        let at = text.selection_start().ok().flatten().unwrap_or_default();
        let before = text.value().encode_utf16().take(at as usize).last();
        let is = |sign: u8| before == Some(u16::from(sign));
        before.is_none() || is(b'\n') || (self == Self::Mention && (is(b' ') || is(b'(')))
    }
}

/// What is done together with the reply, as the server worded it beside the canned reply that was put in last.
const ACTS: &str = ".composer .along";

/// Takes out of the composer what is done with the reply.
pub fn take_acts() -> Option<Element> {
    let acts = document().query_selector(ACTS).ok().flatten()?;
    acts.remove();
    Some(acts)
}

/// The acts that go with a reply to a thread, as the server gave them: nothing where its author left them out.
pub fn acts_for(thread: ThreadId) -> String {
    let ticked = take_acts().and_then(|acts| {
        let is_here = acts.get_attribute("data-thread") == Some(thread.to_string());
        acts.query_selector("input:checked")
            .ok()?
            .filter(|_| is_here)
    });
    let value = ticked.and_then(|input| input.get_attribute("value"));
    value.unwrap_or_default()
}

/// Offers what there is for a thread. What is chosen is put in where the cursor is, in place of the sign
/// that asked for it, if one was `typed`.
pub fn put_offered(offer: Offer, thread: ThreadId, text: HtmlTextAreaElement, typed: bool) {
    let at = text.selection_start().ok().flatten().unwrap_or_default();
    if typed {
        put_in(&text, offer.sign(), at..at);
    }
    let place = if typed { at..at + 1 } else { at..at };
    spawn_local(async move {
        if let Some(old) = document().get_element_by_id(offer.id()) {
            old.remove();
        }
        let address = ["/", offer.id(), "/for/", &thread.to_string()].concat();
        // Who has typed on meanwhile, or gone elsewhere, wants none any more.
        let waits = || {
            let cursor = text.selection_start().ok().flatten();
            text.is_connected() && cursor == Some(place.end)
        };
        if append(&address, offer.id()).await.is_none() || !waits() {
            return;
        }
        let dialog = document().get_element_by_id(offer.id());
        let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) else {
            return;
        };
        for button in all(&dialog, "button") {
            let (text, reply) = (text.clone(), button.get_attribute("value"));
            let acts = button.next_element_sibling();
            let (shut, place) = (dialog.clone(), place.clone());
            on(&button, "click", move |_| {
                // Behind an open dialog nothing takes the focus.
                shut.close();
                put_in(&text, reply.as_deref().unwrap_or_default(), place.clone());
                if let Some(acts) = &acts {
                    drop(take_acts());
                    // The server words it, and the box that leaves it out; where it cannot stand, nothing is done.
                    let _ = text.after_with_node_1(acts);
                }
            });
        }
        open(&dialog);
    });
}

/// Puts words in a place of a text as if they were typed, and goes on after them.
fn put_in(text: &HtmlTextAreaElement, words: &str, place: Range<u32>) {
    let _ = text.focus();
    let after = u32::try_from(words.encode_utf16().count()).unwrap_or_default() + place.start;
    if text
        .set_range_text_with_start_and_end(words, place.start, place.end)
        .is_err()
    {
        return;
    }
    let _ = text.set_selection_range(after, after);
    if let Ok(event) = Event::new("input") {
        let _ = text.dispatch_event(&event);
    }
}
