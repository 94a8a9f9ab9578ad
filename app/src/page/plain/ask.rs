//! The pages that ask for an address, to mail a link to it: for an account, or for a new password.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::text::EMAIL_CHARS_MAX;

use super::form::refusal;
use super::outside::{Outside, door};
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::words::account::{AskWords, words};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// An account.
    Register,
    /// A new password.
    Reset,
}

/// A page that asks for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The form.
    Form {
        /// What for.
        wanted: Wanted,
        /// The address typed so far.
        email: String,
        /// Why it was refused, if it was.
        fault: Option<Fault>,
    },
    /// It was sent. The page is the same for every address.
    Sent(Wanted),
    /// Only invitations make accounts.
    Off,
}

impl Wanted {
    /// The address of the form.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Register => "/register",
            Self::Reset => "/reset",
        }
    }

    fn words(self) -> &'static AskWords {
        match self {
            Self::Register => &words().register,
            Self::Reset => &words().reset,
        }
    }
}

impl Outside for Ask {
    fn title(&self) -> &'static str {
        match self {
            Self::Form { wanted, .. } => wanted.words().title,
            Self::Sent(_) => words().sent,
            Self::Off => words().off,
        }
    }

    fn view(&self, site: &str) -> AnyView {
        let words = words();
        match self {
            Self::Form {
                wanted,
                email,
                fault,
            } => {
                let heading = (wanted.words().heading)(site);
                let form = form(*wanted, email, fault.as_ref());
                door(wanted.address(), heading, form)
            }
            Self::Sent(wanted) => {
                let told = told(words.sent_lead);
                door(wanted.address(), words.sent.to_owned(), told)
            }
            Self::Off => {
                let told = told(words.off_lead);
                door(Wanted::Register.address(), words.off.to_owned(), told)
            }
        }
    }
}

fn told(lead: &'static str) -> AnyView {
    view! {
        <p>{lead}</p>
        <a class="btn" href="/login">{words().log_in}</a>
    }
    .boxed()
}

fn form(wanted: Wanted, email: &str, fault: Option<&Fault>) -> AnyView {
    let words = words();
    view! {
        <p>{wanted.words().lead}</p>
        {refusal(fault, &[Name::Email])}
        <form method="post" action=wanted.address()>
            <Field
                name=Name::Email
                label=words.email
                value=email.to_owned()
                problem=problem_of(fault, Name::Email)
                max=EMAIL_CHARS_MAX
                kind="email"
                autocomplete="email"
            />
            <button class="btn primary">{words.send}</button>
        </form>
        <p><a href="/login">{words.log_in}</a></p>
    }
    .boxed()
}
