//! Log-in: a plain form.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::text::{EMAIL_CHARS_MAX, PASSWORD_CHARS_MAX};

use super::menu::{LookForms, use_here};
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::start::{LoginState, TeamStart};
use crate::words::team::{team_fault, words};

/// The log-in page.
#[component]
pub fn LoginPage() -> impl IntoView {
    let words = &words().door;
    let start = use_context::<TeamStart>();
    let site = start
        .as_ref()
        .map(|start| start.frame.site_name.clone())
        .unwrap_or_default();
    let LoginState {
        email,
        next,
        open,
        fault,
    } = start
        .and_then(|start| start.login)
        .unwrap_or_else(asked_for);
    let problem = |name| problem_of(fault.as_ref(), name);
    let [email_problem, password_problem] = [Name::Email, Name::Password].map(problem);
    let refusal = fault
        .as_ref()
        .map(|fault| view! { <p class="refusal" role="alert">{team_fault(fault)}</p> });
    view! {
        <Title text=words.login_title />
        <main class="door" id="content">
            <h1>{(words.login_heading)(&site)}</h1>
            {refusal}
            <form method="post" action="/login">
                <input type="hidden" name="next" value=next />
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
                    autocomplete="current-password"
                />
                <button class="btn primary" type="submit">{words.log_in}</button>
            </form>
            <p><a rel="external" href="/reset">{words.forgotten}</a></p>
            {open.then(|| view! { <p><a rel="external" href="/register">{words.register}</a></p> })}
            <LookForms here=use_here() />
        </main>
    }
    .boxed()
}

/// An empty form, for a page that the router reached by itself.
fn asked_for() -> LoginState {
    let next = use_query_map()
        .with_untracked(|query| query.get("next"))
        .unwrap_or_default();
    LoginState {
        email: String::new(),
        next,
        open: false,
        fault: None,
    }
}
