//! The page of an invitation.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::person::Language;
use pigeon_wire::text::{NAME_CHARS_MAX, PASSWORD_CHARS_MAX};

use super::form::{language_choices, refusal};
use super::outside::{Outside, door};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::words::people::words;

/// Where the form of an invitation is, once its secret has left the address.
pub const JOIN_ADDRESS: &str = "/invite";

/// An invitation's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Join {
    /// It works: a name and a password make the account.
    Open {
        /// The invited address.
        email: String,
        /// Who invites.
        by: String,
        /// The name typed so far.
        name: String,
        /// The language of their mails.
        language: Language,
        /// Whether somebody is signed in in this browser.
        signed_in: bool,
        /// Why it was refused, if it was.
        fault: Option<Fault>,
    },
    /// It does not: used, taken back, expired, replaced or never given.
    Closed,
}

impl Outside for Join {
    fn title(&self) -> &'static str {
        match self {
            Self::Open { .. } => words().join.title,
            Self::Closed => words().join.closed,
        }
    }

    fn view(&self, site: &str) -> AnyView {
        let words = &words().join;
        let (heading, body) = match self {
            Self::Open { .. } => ((words.heading)(site), self.form()),
            Self::Closed => {
                let told = view! {
                    <p>{words.closed_lead}</p>
                    <a class="btn" href="/login">{words.log_in}</a>
                };
                (words.closed.to_owned(), told.boxed())
            }
        };
        door(JOIN_ADDRESS, heading, body)
    }
}

impl Join {
    fn form(&self) -> AnyView {
        let Self::Open {
            email,
            by,
            name,
            language,
            signed_in,
            fault,
        } = self
        else {
            return ().boxed();
        };
        let all = words();
        let words = &all.join;
        let wrong = |name| problem_of(fault.as_ref(), name);
        let signed_in = signed_in.then(|| view! { <p>{words.signed_in}</p> });
        view! {
            <p>{(words.lead)(by, email)}</p>
            {signed_in}
            {refusal(fault.as_ref(), &[Name::Name, Name::Password])}
            <form method="post" action=JOIN_ADDRESS>
                // Shown as a field, so that browsers keep the password under this address.
                <div class="field">
                    <label for="email">{all.account.email}</label>
                    <input id="email" type="email" value=email.clone() autocomplete="username" readonly=true />
                </div>
                <Field
                    name=Name::Name
                    label=words.name
                    value=name.clone()
                    problem=wrong(Name::Name)
                    max=NAME_CHARS_MAX
                    autocomplete="name"
                />
                <Field
                    name=Name::Password
                    label=words.password
                    value=String::new()
                    problem=wrong(Name::Password)
                    max=PASSWORD_CHARS_MAX
                    kind="password"
                    autocomplete="new-password"
                    hint=words.password_hint
                />
                <PlainField
                    name="language"
                    label=words.language
                    control=Control::Choice(language_choices())
                    value=language.as_str()
                />
                <button class="btn primary">{words.accept}</button>
            </form>
        }
        .boxed()
    }
}
