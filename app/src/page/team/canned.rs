//! Putting a canned reply or a colleague's name into what is written. The server has them for the
//! conversation, and is asked anew each time: somebody may just have written one.

use std::ops::Range;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::act::ThreadAct;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, HtmlTextAreaElement};

use super::keys::{all, append, offer as show, on};
use super::thread::Open;
use super::thread::act::{act, all_done};
use crate::browser;

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

/// What is done with a reply when it is sent: the acts as the server gave them, and in words.
pub type Along = Option<(String, String)>;

/// Offers what there is for a thread. What is chosen is put in where the cursor is, in place of the sign
/// that asked for it, if one was `typed`. What it does goes `with` the reply, or is done at once where it
/// says nothing.
pub fn put_offered(
    offer: Offer,
    there: Open,
    with: RwSignal<Along>,
    text: HtmlTextAreaElement,
    typed: bool,
) {
    let at = text.selection_start().ok().flatten().unwrap_or_default();
    if typed {
        put_in(&text, offer.sign(), at..at);
    }
    let place = if typed { at..at + 1 } else { at..at };
    spawn_local(async move {
        if let Some(old) = document().get_element_by_id(offer.id()) {
            old.remove();
        }
        let address = ["/", offer.id(), "/for/", &there.id.to_string()].concat();
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
            let acts = button.get_attribute("data-acts");
            let told = button.get_attribute("data-does").unwrap_or_default();
            let (shut, place) = (dialog.clone(), place.clone());
            on(&button, "click", move |_| {
                // Behind an open dialog nothing takes the focus.
                shut.close();
                let reply = reply.as_deref().unwrap_or_default();
                put_in(&text, reply, place.clone());
                let Some(acts) = acts.clone() else {
                    return;
                };
                if reply.is_empty() {
                    let acts = browser::parsed::<Vec<ThreadAct>>(&acts).unwrap_or_default();
                    act(there, all_done(there, acts));
                } else {
                    with.set(Some((acts, told.clone())));
                }
            });
        }
        show(&dialog);
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
