//! The line above a conversation: what it is about, whose turn it is, who looks after it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Open;
use super::assign::Assignee;
use super::snooze::Snooze;
use super::state::State;
use super::trash::ThrowAway;
use crate::page::team::drawing::{ABOUT, BACK};
use crate::page::team::here::Here;
use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, Icon};
use crate::words::team::words;

/// Subject and controls.
#[component]
pub fn Head(
    /// The conversation.
    open: Open,
    /// What it is about.
    subject: Memo<String>,
    /// The address of the list.
    back: Signal<String>,
) -> impl IntoView {
    let words = &words().thread;
    let show_side = move |_| {
        open.side.set(true);
        focus("side");
    };
    let expanded = move || if open.side.get() { "true" } else { "false" };
    let notice = move || {
        open.notice
            .get()
            .map(|text| view! { <p class="notice"><Icon of=ALERT /> {text}</p> })
    };
    view! {
        <header class="bar thread-bar">
            <a class="btn quiet back" aria-keyshortcuts="u" href=move || back.get() aria-label=words.back title=words.back>
                <Icon of=BACK />
            </a>
            <h1 dir="auto">{move || subject.get()}</h1>
            <div class="controls">
                <Here thread=open.id />
                <State open=open />
                <Assignee open=open />
                <Snooze open=open />
                <ThrowAway open=open />
                <button
                    class="btn quiet about"
                    id="about"
                    type="button"
                    aria-keyshortcuts="]"
                    aria-label=words.about
                    title=words.about
                    aria-expanded=expanded
                    aria-controls="side"
                    on:click=show_side
                >
                    <Icon of=ABOUT />
                </button>
            </div>
        </header>
        <div role="alert">{notice}</div>
    }
    .boxed()
}

/// Leads the keys to an element, or to the first button in it, once it is shown.
pub fn focus(id: &'static str) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(id);
        let button = element
            .as_ref()
            .and_then(|e| e.query_selector("button").ok().flatten());
        let target = button
            .or(element)
            .and_then(|e| e.dyn_into::<HtmlElement>().ok());
        if let Some(target) = target {
            // What cannot take the focus leaves it where it was.
            let _ = target.focus();
        }
    });
}
