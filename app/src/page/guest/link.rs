//! Asking for a fresh link by typing an address.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::text::EMAIL_CHARS_MAX;

use super::refusal::Refusal;
use crate::part::field::{Field, problem_of};
use crate::words::guest::words;

/// The page that asks for the address.
#[component]
pub fn LinkForm(email: String, fault: Option<Fault>) -> impl IntoView {
    let words = words();
    view! {
        <h1>{words.link_title}</h1>
        <p class="g-calm">{words.link_lead}</p>
        <TypedLink email=email fault=fault />
    }
}

/// The form alone.
#[component]
pub fn TypedLink(email: String, fault: Option<Fault>) -> impl IntoView {
    let words = words();
    let problem = problem_of(fault.as_ref(), Name::Email);
    view! {
        <form class="card g-form" method="post" action="/link">
            <Refusal fault=fault />
            <Field
                name=Name::Email
                label=words.email
                value=email
                problem=problem
                max=EMAIL_CHARS_MAX
                kind="email"
                autocomplete="email"
            />
            <div class="g-form-foot">
                <button class="btn primary">{words.fresh_link}</button>
            </div>
        </form>
    }
}
