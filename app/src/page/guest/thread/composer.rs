//! Where the guest writes. A plain form; in the browser it never leaves the page.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field;
use pigeon_wire::message::ReplyForm;
use pigeon_wire::text::BODY_CHARS_MAX;

use super::line::Talk;
use crate::browser;
use crate::part::field::problem_of;
use crate::part::typed::inside_textarea;
use crate::words::guest::words;
use crate::words::{fault_text, language, problem_text};

/// The form for a reply.
#[component]
pub fn Composer(talk: Talk, form: ReplyForm, fault: Option<Fault>, key: String) -> impl IntoView {
    let words = words();
    let language = language();
    let text = talk.composer;
    let fault = RwSignal::new(fault);
    let next_key = StoredValue::new(Some(key.clone()));
    let trouble = move || {
        fault.with(|fault| {
            let problem = problem_of(fault.as_ref(), Field::Body);
            match problem {
                Some(problem) => Some(problem_text(language, problem)),
                None => fault.as_ref().map(|fault| fault_text(language, fault)),
            }
        })
    };
    let send = move || {
        let Some(area) = text.get_untracked() else {
            return;
        };
        // The first reply takes the key that came with the page: if the plain form was sent with it
        // too, they are one message.
        let Some(key) = next_key
            .try_update_value(Option::take)
            .flatten()
            .or_else(browser::fresh_key)
        else {
            return;
        };
        let seen = Some(talk.conversation.with_untracked(|held| held.change));
        let form = ReplyForm {
            body: area.value(),
            key,
            seen,
            reopen: false,
        };
        match form.check() {
            Ok(_) => {
                fault.set(None);
                area.set_value("");
                talk.post(form);
            }
            Err(refused) => {
                next_key.set_value(Some(form.key));
                fault.set(Some(refused));
            }
        }
        // Nothing is lost when it stays elsewhere.
        let _ = area.focus();
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing()
        {
            event.prevent_default();
            send();
        }
    };
    // Without the program the keys would do nothing.
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let action = ["/c/", &talk.thread.to_string()].concat();
    view! {
        <form class="g-composer" method="post" action=action on:submit=on_submit>
            <label class="unseen" for="body">{words.write}</label>
            <textarea
                id="body"
                name="body"
                rows="2"
                required
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
            <div class="g-composer-foot">
                <p class="field-problem" id="composer-trouble" role="alert">{trouble}</p>
                <span class="g-keys" hidden=move || !is_live.get()>{words.keys}</span>
                <button class="btn primary">{words.send}</button>
            </div>
        </form>
    }
}
