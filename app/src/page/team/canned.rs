//! Putting a canned reply into what is written. The server fills them in for the conversation, and is
//! asked anew each time: somebody may just have written one.

use std::ops::Range;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::ThreadId;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, HtmlElement, HtmlTextAreaElement};

use super::keys::{append, offer, on};

/// The dialog's id.
const CANNED: &str = "canned";

/// Whether a `/` typed here asks for canned replies: at the beginning of a line.
pub fn asks(text: &HtmlTextAreaElement) -> bool {
    let at = text.selection_start().ok().flatten().unwrap_or_default();
    let before = text.value().encode_utf16().take(at as usize).last();
    before.is_none_or(|before| before == u16::from(b'\n'))
}

/// Offers the canned replies for a thread. What is chosen is put in where the cursor is, in place of the
/// `slash` that asked for it, if one did.
pub fn offer_canned(thread: ThreadId, text: HtmlTextAreaElement, slash: bool) {
    let at = text.selection_start().ok().flatten().unwrap_or_default();
    if slash {
        put_in(&text, "/", at..at);
    }
    let place = if slash { at..at + 1 } else { at..at };
    spawn_local(async move {
        if let Some(old) = document().get_element_by_id(CANNED) {
            old.remove();
        }
        let address = ["/canned/for/", &thread.to_string()].concat();
        // Who has typed on meanwhile, or gone elsewhere, wants none any more.
        let waits = || {
            let cursor = text.selection_start().ok().flatten();
            text.is_connected() && cursor == Some(place.end)
        };
        if append(&address, CANNED).await.is_none() || !waits() {
            return;
        }
        let dialog = document().get_element_by_id(CANNED);
        let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) else {
            return;
        };
        if let Ok(buttons) = dialog.query_selector_all("button") {
            for at in 0..buttons.length() {
                let button = buttons
                    .item(at)
                    .and_then(|it| it.dyn_into::<HtmlElement>().ok());
                let Some(button) = button else {
                    continue;
                };
                let (text, reply) = (text.clone(), button.get_attribute("value"));
                let (shut, place) = (dialog.clone(), place.clone());
                on(&button, "click", move |_| {
                    // Behind an open dialog nothing takes the focus.
                    shut.close();
                    put_in(&text, reply.as_deref().unwrap_or_default(), place.clone());
                });
            }
        }
        offer(&dialog);
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
