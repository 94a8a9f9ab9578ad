//! The reader's own account: name, language, password, browsers.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::person::Language;
use pigeon_wire::team::{OwnAccount, SessionView};
use pigeon_wire::text::{NAME_CHARS_MAX, PASSWORD_CHARS_MAX};

use super::form::{language_choices, problem, refusal};
use super::part::{Control, PlainField};
use super::sessions::sessions;
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::words::people::words;

/// The page of the own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The account.
    pub account: OwnAccount,
    /// Its signed-in browsers.
    pub sessions: Vec<SessionView>,
    /// The name and language that were typed, if they were.
    pub typed: Option<(String, Language)>,
    /// Why something was refused, if it was.
    pub fault: Option<Fault>,
}

const FIELDS: [Name; 3] = [Name::Name, Name::OldPassword, Name::Password];

impl Own {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let all = words();
        let words = &all.account;
        let role = all.role_name(self.account.role.as_ref());
        view! {
            {refusal(self.fault.as_ref(), &FIELDS)}
            <dl class="fact-list">
                <dt>{words.email}</dt>
                <dd>{self.account.email.clone()}</dd>
                <dt>{words.role}</dt>
                <dd>{role}</dd>
            </dl>
            {self.profile()}
            {self.password()}
            <section class="plain-part">
                <h2>{all.sessions.heading}</h2>
                {sessions(&self.sessions, "/account/sessions", all.sessions.end_others)}
            </section>
        }
        .boxed()
    }

    fn profile(&self) -> AnyView {
        let all = words();
        let words = &all.account;
        let stored = (self.account.name.clone(), self.account.language);
        let (name, language) = self.typed.clone().unwrap_or(stored);
        let line = Control::Line {
            kind: "text",
            max: NAME_CHARS_MAX,
        };
        view! {
            <form method="post" action="/account" class="plain-form">
                <h2>{words.profile}</h2>
                <PlainField
                    name="name"
                    label=words.name
                    control=line
                    value=name
                    problem=problem(self.fault.as_ref(), Name::Name)
                />
                <PlainField
                    name="language"
                    label=words.language
                    control=Control::Choice(language_choices())
                    value=language.as_str()
                    hint=words.language_hint
                />
                <div class="ways">
                    <button class="btn primary">{all.save}</button>
                </div>
            </form>
        }
        .boxed()
    }

    fn password(&self) -> AnyView {
        let words = &words().account;
        let wrong = |name| problem_of(self.fault.as_ref(), name);
        view! {
            <form method="post" action="/account/password" class="plain-form">
                <h2>{words.password}</h2>
                <p class="lead">{words.password_lead}</p>
                <Field
                    name=Name::OldPassword
                    label=words.old_password
                    value=String::new()
                    problem=wrong(Name::OldPassword)
                    max=PASSWORD_CHARS_MAX
                    kind="password"
                    autocomplete="current-password"
                />
                <Field
                    name=Name::Password
                    label=words.new_password
                    value=String::new()
                    problem=wrong(Name::Password)
                    max=PASSWORD_CHARS_MAX
                    kind="password"
                    autocomplete="new-password"
                    hint=words.password_hint
                />
                <div class="ways">
                    <button class="btn primary">{words.change_password}</button>
                </div>
            </form>
        }
        .boxed()
    }
}
