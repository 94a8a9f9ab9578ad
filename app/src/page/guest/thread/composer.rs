//! Where the guest writes. A plain form; in the browser it never leaves the page.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::attachment::FileRules;
use pigeon_wire::fault::Field;
use pigeon_wire::message::ReplyForm;
use pigeon_wire::person::Language;
use pigeon_wire::text::BODY_CHARS_MAX;

use super::line::{DESK, Talk};
use crate::browser;
use crate::part::field::problem_of;
use crate::part::tray::{AddFiles, Adding};
use crate::part::typed::inside_textarea;
use crate::words::file;
use crate::words::guest::words;
use crate::words::{fault_text, language, problem_text};

/// A reply that is being written.
#[derive(Clone, Copy)]
struct Writing {
    talk: Talk,
    adding: Adding,
    fault: RwSignal<Option<Fault>>,
    /// Whether sending had to wait for files on their way.
    waits: RwSignal<bool>,
    next_key: StoredValue<Option<String>>,
}

impl Writing {
    fn new(talk: Talk, rules: FileRules, fault: Option<Fault>, key: String) -> Self {
        let room = ["/c/", &talk.thread.to_string()].concat();
        Self {
            talk,
            adding: Adding::new(talk.tray, Box::new(|| DESK.to_owned()), room, rules),
            fault: RwSignal::new(fault),
            waits: RwSignal::new(false),
            next_key: StoredValue::new(Some(key)),
        }
    }

    /// What is wrong, if anything is.
    fn trouble(self, language: Language, wait: &'static str) -> Option<String> {
        if self.waits.get() && self.adding.is_coming() {
            return Some(wait.to_owned());
        }
        self.fault.with(|fault| {
            let problem = problem_of(fault.as_ref(), Field::Body);
            match problem {
                Some(problem) => Some(problem_text(language, problem)),
                None => fault.as_ref().map(|fault| fault_text(language, fault)),
            }
        })
    }

    fn send(self) {
        let talk = self.talk;
        self.waits.set(untrack(|| self.adding.is_coming()));
        if self.waits.get_untracked() {
            return;
        }
        let Some(area) = talk.composer.get_untracked() else {
            return;
        };
        // The first reply takes the key that came with the page: if the plain form was sent with it
        // too, they are one message.
        let Some(key) = self
            .next_key
            .try_update_value(Option::take)
            .flatten()
            .or_else(browser::fresh_key)
        else {
            return;
        };
        let seen = Some(talk.conversation.with_untracked(|held| held.change));
        let form = ReplyForm {
            body: area.value(),
            attachments: talk.tray.post(DESK, &key),
            key,
            seen,
            ..ReplyForm::default()
        };
        match form.check() {
            Ok(_) => {
                self.fault.set(None);
                area.set_value("");
                talk.post(form);
            }
            Err(refused) => {
                talk.tray.take_back(&form.key, DESK);
                self.next_key.set_value(Some(form.key));
                self.fault.set(Some(refused));
            }
        }
        // Nothing is lost when it stays elsewhere.
        let _ = area.focus();
    }
}

/// The form for a reply.
#[component]
pub fn Composer<K: IntoView + 'static>(
    talk: Talk,
    form: ReplyForm,
    rules: FileRules,
    kept: K,
    fault: Option<Fault>,
    key: String,
) -> impl IntoView {
    let words = words();
    let (language, wait) = (language(), file::words().wait);
    let text = talk.composer;
    let writing = Writing::new(talk, rules, fault, key.clone());
    let adding = writing.adding;
    let trouble = move || writing.trouble(language, wait);
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        writing.send();
    };
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing()
        {
            event.prevent_default();
            writing.send();
        }
    };
    // Without the program the keys would do nothing.
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let action = ["/c/", &talk.thread.to_string()].concat();
    view! {
        <form
            class="g-composer"
            method="post"
            action=action
            enctype="multipart/form-data"
            on:submit=on_submit
        >
            <label class="unseen" for="body">{words.write}</label>
            <textarea
                id="body"
                name="body"
                rows="2"
                required=!adding.is_on()
                maxlength=BODY_CHARS_MAX.to_string()
                placeholder=words.placeholder
                aria-describedby="composer-trouble"
                aria-invalid=move || trouble().map(|_| "true")
                node_ref=text
                on:keydown=on_keydown
                on:input=move |_| talk.types()
            >
                {inside_textarea(&form.body)}
            </textarea>
            <input type="hidden" name="key" value=key autocomplete="off" />
            <input
                type="hidden"
                name="seen"
                value=move || talk.conversation.with(|held| held.change).to_string()
                autocomplete="off"
            />
            {kept}
            <AddFiles adding=adding />
            <div class="g-composer-foot">
                <p class="field-problem" id="composer-trouble" role="alert">{trouble}</p>
                <span class="g-keys" hidden=move || !is_live.get()>{words.keys}</span>
                <button class="btn primary">{words.send}</button>
            </div>
        </form>
    }
}
