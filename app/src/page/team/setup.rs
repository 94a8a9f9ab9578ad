//! The first owner: a plain form behind a one-time link.

use leptos::prelude::*;
use leptos_meta::Title;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::text::{EMAIL_CHARS_MAX, NAME_CHARS_MAX, PASSWORD_CHARS_MAX};

use super::menu::{LookForms, use_here};
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::start::{SetupState, TeamStart};
use crate::words::team::{team_fault, words};

/// The page that makes the first owner.
#[component]
pub fn SetupPage() -> impl IntoView {
    let words = &words().door;
    let start = use_context::<TeamStart>();
    let site = start
        .as_ref()
        .map(|start| start.frame.site_name.clone())
        .unwrap_or_default();
    let body = match start.and_then(|start| start.setup) {
        Some(state) => view! { <OwnerForm state=state /> }.boxed(),
        None => view! {
            <p>{words.setup_used}</p>
            <a class="btn" rel="external" href="/login">{words.log_in}</a>
        }
        .boxed(),
    };
    view! {
        <Title text=words.setup_title />
        <main class="door" id="content">
            <h1>{(words.setup_heading)(&site)}</h1>
            {body}
            <LookForms here=use_here() />
        </main>
    }
    .boxed()
}

#[component]
fn OwnerForm(state: SetupState) -> impl IntoView {
    let words = &words().door;
    let SetupState {
        token,
        name,
        email,
        fault,
    } = state;
    let problem = |name| problem_of(fault.as_ref(), name);
    let problems = [Name::Name, Name::Email, Name::Password].map(problem);
    let [name_problem, email_problem, password_problem] = problems;
    let refusal = fault
        .as_ref()
        .filter(|_| problems.iter().all(Option::is_none))
        .map(|fault| view! { <p class="refusal" role="alert">{team_fault(fault)}</p> });
    view! {
        <p>{words.setup_intro}</p>
        {refusal}
        <form method="post" action=["/setup/", &token].concat()>
            <Field
                name=Name::Name
                label=words.name
                value=name
                problem=name_problem
                max=NAME_CHARS_MAX
                autocomplete="name"
            />
            <Field
                name=Name::Email
                label=words.email
                value=email
                problem=email_problem
                max=EMAIL_CHARS_MAX
                kind="email"
                autocomplete="username"
            />
            <Field
                name=Name::Password
                label=words.password
                value=String::new()
                problem=password_problem
                max=PASSWORD_CHARS_MAX
                kind="password"
                autocomplete="new-password"
                hint=words.password_hint
            />
            <button class="btn primary" type="submit">{words.create}</button>
        </form>
    }
    .boxed()
}
