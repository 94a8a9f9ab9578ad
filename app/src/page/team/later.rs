//! Choosing when a reply is sent. The server words the choices, and is asked for them when one is wanted.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::Millis;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlDialogElement, HtmlInputElement};

use super::keys::{all, append, on};
use super::rest::moment;
use crate::browser;

/// The id of the dialog, and its address.
const LATER: &str = "later";

/// Offers moments, and tells the one that is chosen. Browser only.
pub fn choose(chosen: impl Fn(Millis) + Copy + 'static) {
    spawn_local(async move {
        if append("/later", LATER).await.is_none() {
            return;
        }
        let dialog = document().get_element_by_id(LATER);
        let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) else {
            return;
        };
        let own = dialog.query_selector("input").ok().flatten();
        let own: Option<HtmlInputElement> = own.and_then(|it| it.dyn_into().ok());
        for button in all(&dialog, "[type=button]") {
            let word = button.get_attribute("value").unwrap_or_default();
            // What is over for today is not offered.
            let is_past = moment(&word).is_some_and(|at| at <= browser::now());
            if let Some(item) = button.parent_element() {
                // An attribute that cannot be set leaves the item shown.
                let _ = item.toggle_attribute_with_force("hidden", is_past);
            }
            let (shut, own) = (dialog.clone(), own.clone());
            on(&button, "click", move |_| {
                let at = moment(&word).or_else(|| typed(own.as_ref()?));
                if let Some(at) = at {
                    shut.close();
                    chosen(at);
                }
            });
        }
        let _ = dialog.show_modal();
    });
}

/// The moment that was typed, by the clocks of whoever typed it; they are led back to what is none, or
/// is over.
fn typed(own: &HtmlInputElement) -> Option<Millis> {
    let date = js_sys::Date::new(&JsValue::from_str(&own.value()));
    let at = browser::moment_of(&date);
    if at <= browser::now() {
        let _ = own.focus();
        return None;
    }
    Some(at)
}
