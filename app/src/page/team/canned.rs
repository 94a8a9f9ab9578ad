//! Putting a canned reply into what is written. The server fills them in for the conversation, and is
//! asked anew each time: somebody may just have written one.

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

/// Offers the canned replies for a thread. Where none is chosen, `typed` is put in instead: the key that
/// asked for them.
pub fn offer_canned(thread: ThreadId, text: HtmlTextAreaElement, typed: &'static str) {
    spawn_local(async move {
        if let Some(old) = document().get_element_by_id(CANNED) {
            old.remove();
        }
        let address = ["/canned/for/", &thread.to_string()].concat();
        if append(&address).await.is_none() {
            put_in(&text, typed);
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
                let shut = dialog.clone();
                on(&button, "click", move |_| {
                    // Behind an open dialog nothing takes the focus.
                    shut.close();
                    put_in(&text, reply.as_deref().unwrap_or_default());
                });
            }
        }
        on(&dialog, "cancel", move |_| put_in(&text, typed));
        offer(&dialog);
    });
}

/// Puts words where the cursor is, as if they were typed, and goes on after them.
fn put_in(text: &HtmlTextAreaElement, words: &str) {
    let _ = text.focus();
    let at = text.selection_start().ok().flatten().unwrap_or_default();
    if words.is_empty() || text.set_range_text(words).is_err() {
        return;
    }
    let after = u32::try_from(words.encode_utf16().count()).unwrap_or_default() + at;
    let _ = text.set_selection_range(after, after);
    if let Ok(event) = Event::new("input") {
        let _ = text.dispatch_event(&event);
    }
}
