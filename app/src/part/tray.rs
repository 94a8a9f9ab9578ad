//! Where files are added to what is being written: chosen, dropped or pasted.

use leptos::prelude::*;
use pigeon_wire::attachment::FileRules;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use crate::upload::{Room, Tray, taken};
use crate::words::file::words;
use crate::words::language;

/// The id of the list of a composer's files.
const LIST: &str = "tray";
/// The events by which files come; all of them rise to the form.
const WAYS: [&str; 4] = ["change", "paste", "drop", "dragover"];

/// A composer's place for files.
#[derive(Clone, Copy)]
pub struct Adding {
    tray: Tray,
    /// Which of the page's files are the composer's.
    desk: StoredValue<Desk>,
    room: StoredValue<Room>,
}

type Desk = Box<dyn Fn() -> String + Send + Sync>;

impl Adding {
    /// A place for files of the conversation at `address`.
    pub fn new(tray: Tray, desk: Desk, address: String, rules: FileRules) -> Self {
        let room = Room {
            address,
            rules,
            language: language(),
        };
        Self {
            tray,
            desk: StoredValue::new(desk),
            room: StoredValue::new(room),
        }
    }

    fn desk(self) -> String {
        self.desk.with_value(|desk| desk())
    }

    /// Whether files are taken.
    pub fn is_on(self) -> bool {
        self.room.with_value(|room| room.rules.is_on())
    }

    /// Whether files are still on their way.
    pub fn is_coming(self) -> bool {
        self.tray.is_coming(&self.desk())
    }

    /// Whether a file waits for its message.
    pub fn is_filled(self) -> bool {
        self.tray.is_filled(&self.desk())
    }

    /// Something came to the form that may be files; text goes its own way.
    fn hear(self, event: &web_sys::Event) {
        if event.type_() == "dragover" {
            // Else the browser would open what is dropped.
            event.prevent_default();
            return;
        }
        let files = taken(event);
        if files.is_empty() {
            return;
        }
        event.prevent_default();
        let desk = untrack(|| self.desk());
        self.room
            .with_value(|room| self.tray.add(&desk, room, files));
    }

    /// Listens to the form around the list, and shows in it what waits at the desk.
    fn come_to_life(self) {
        let list = document().get_element_by_id(LIST);
        let form = list.and_then(|list| list.closest("form").ok().flatten());
        let Some(form) = form else { return };
        // From now on a button stands for the field.
        let class = [&form.class_name(), " takes-files"].concat();
        form.set_class_name(&class);
        let heard = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| self.hear(&event));
        // Kept by the form, and gone with it.
        let heard = heard.into_js_value();
        for way in WAYS {
            // The events' names are good.
            let _ = form.add_event_listener_with_callback(way, heard.unchecked_ref());
        }
    }

    fn show(self) {
        let desk = self.desk();
        if let Some(list) = document().get_element_by_id(LIST) {
            self.tray.show(&desk, list);
        }
    }
}

/// The field for files, plain until the page lives, and then a button; above it the files.
#[component]
pub fn AddFiles(
    /// The composer's place for files.
    adding: Adding,
) -> impl IntoView {
    let words = words();
    let was_shown = StoredValue::new(false);
    Effect::new(move |_| {
        if !was_shown.get_value() {
            was_shown.set_value(true);
            adding.come_to_life();
        }
        adding.show();
    });
    adding.is_on().then(|| {
        let hint = adding.room.with_value(|room| (words.limits)(&room.rules));
        view! {
            <ul class="tray" id="tray" aria-live="polite"></ul>
            <div class="add-files">
                <input
                    class="file-field"
                    id="attachments"
                    type="file"
                    name="attachments[]"
                    multiple
                    aria-describedby="attachments-hint"
                />
                <label class="btn quiet small" for="attachments">{words.add}</label>
                <p class="field-hint" id="attachments-hint">{hint}</p>
            </div>
        }
    })
}
