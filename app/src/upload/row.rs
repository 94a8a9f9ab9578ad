//! The row of a file on its way: its name, how far it is, and a way to take it away.

use leptos::prelude::document;
use pigeon_wire::person::Language;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

use crate::words::file::{FileWords, size_text};

/// A row.
pub struct Row {
    item: Element,
    text: Element,
    progress: Element,
    /// Called by the browser as long as the row is there.
    _remove: Closure<dyn FnMut()>,
}

impl Row {
    /// The row of a file that is about to leave.
    pub fn new(
        language: Language,
        (name, bytes): (&str, i64),
        remove: impl FnMut() + 'static,
    ) -> Option<Self> {
        let words = FileWords::of(language);
        let row = made("li", "tray-item")?;
        let text = made("span", "file-line")?;
        let said = [name, " · ", &size_text(bytes)].concat();
        text.set_text_content(Some(&said));
        let progress = made("progress", "")?;
        set(&progress, "max", "100");
        set(&progress, "value", "0");
        set(&progress, "aria-label", &(words.coming)(name));
        let button = made("button", "btn quiet small")?;
        set(&button, "type", "button");
        set(&button, "aria-label", &(words.remove)(name));
        button.set_text_content(Some("✕"));
        let remove = Closure::<dyn FnMut()>::new(remove);
        button
            .add_event_listener_with_callback("click", remove.as_ref().unchecked_ref())
            .ok()?;
        for part in [&text, &progress, &button] {
            row.append_child(part).ok()?;
        }
        Some(Self {
            item: row,
            text,
            progress,
            _remove: remove,
        })
    }

    /// Puts it at the end of a list.
    pub fn show(&self, list: &Element) {
        // A list takes every row.
        let _ = list.append_child(&self.item);
    }

    /// Takes it out of its list.
    pub fn hide(&self) {
        self.item.remove();
    }

    /// So many of a hundred parts are sent.
    pub fn moves(&self, percent: u8) {
        set(&self.progress, "value", &percent.to_string());
    }

    /// It is there.
    pub fn arrived(&self) {
        self.progress.remove();
    }

    /// It does not go along, and why.
    pub fn refused(&self, why: &str) {
        self.progress.remove();
        set(&self.item, "class", "tray-item refused-file");
        set(&self.text, "role", "alert");
        self.text.set_text_content(Some(why));
    }
}

fn made(name: &str, class: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    set(&element, "class", class);
    Some(element)
}

fn set(element: &Element, name: &str, value: &str) {
    // The names are ours and well formed.
    let _ = element.set_attribute(name, value);
}
