//! The page behind a link that proves something about an account.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::person::Language;
use pigeon_wire::proof::{ProofKind, ProofView};
use pigeon_wire::text::{NAME_CHARS_MAX, PASSWORD_CHARS_MAX};

use super::form::{language_choices, refusal};
use super::outside::{Outside, door};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::words::account::words;
use crate::words::people;

/// Where the form behind a link is, once its secret has left the address.
pub const PROOF_ADDRESS: &str = "/confirm";

/// Who is signed in in the browser that shows the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    /// Nobody.
    Nobody,
    /// Whoever the link is about.
    Same,
    /// Somebody else.
    Other,
}

/// The page of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It works.
    Open {
        /// What it leads to.
        proof: ProofView,
        /// Who is signed in.
        present: Present,
        /// The name typed so far.
        name: String,
        /// The language of mails.
        language: Language,
        /// Why it was refused, if it was.
        fault: Option<Fault>,
    },
    /// It does not: used, expired, replaced or never given.
    Closed,
}

impl Outside for Proof {
    fn title(&self) -> &'static str {
        match self {
            Self::Open { proof, .. } => (words().title)(proof.kind),
            Self::Closed => words().closed,
        }
    }

    fn view(&self, _site: &str) -> AnyView {
        let words = words();
        let body = match self {
            Self::Open { .. } => self.form(),
            Self::Closed => view! {
                <p>{words.closed_lead}</p>
                <p><a class="btn" href="/login">{words.log_in}</a></p>
                <p><a class="btn" href="/reset">{words.again}</a></p>
            }
            .boxed(),
        };
        door(PROOF_ADDRESS, self.title().to_owned(), body)
    }
}

impl Proof {
    fn form(&self) -> AnyView {
        let Self::Open {
            proof,
            present,
            name,
            language,
            fault,
        } = self
        else {
            return ().boxed();
        };
        let words = words();
        let (kind, fault) = (proof.kind, fault.as_ref());
        let lead = (words.lead)(kind, &proof.email);
        if kind == ProofKind::NewAddress && *present != Present::Same {
            return move_elsewhere(lead, *present);
        }
        let signs_out = (*present == Present::Other).then(|| view! { <p>{words.signs_out}</p> });
        let fields = match kind {
            ProofKind::NewAddress => ().boxed(),
            ProofKind::Reset | ProofKind::OldAddress => password(&proof.email, fault),
            ProofKind::Register => view! {
                <Field
                    name=Name::Name
                    label=people::words().join.name
                    value=name.clone()
                    problem=problem_of(fault, Name::Name)
                    max=NAME_CHARS_MAX
                    autocomplete="name"
                />
                {password(&proof.email, fault)}
                <PlainField
                    name="language"
                    label=people::words().join.language
                    control=Control::Choice(language_choices())
                    value=language.as_str()
                />
            }
            .boxed(),
        };
        view! {
            <p>{lead}</p>
            {signs_out}
            {refusal(fault, &[Name::Name, Name::Password])}
            <form method="post" action=PROOF_ADDRESS>
                {fields}
                <button class="btn primary">{(words.act)(kind)}</button>
            </form>
        }
        .boxed()
    }
}

/// An account moves only in a browser in which somebody is signed in to it: a link to a mistyped
/// address must not hand the account to whoever has that address.
fn move_elsewhere(lead: String, present: Present) -> AnyView {
    let words = words();
    let why = match present {
        Present::Other => words.other_account,
        _ => words.sign_in_first,
    };
    let log_in = (present == Present::Nobody).then(|| {
        let address = ["/login?next=", PROOF_ADDRESS].concat();
        view! { <a class="btn primary" href=address>{words.log_in}</a> }
    });
    view! {
        <p>{lead}</p>
        <p>{why}</p>
        {log_in}
    }
    .boxed()
}

fn password(email: &str, fault: Option<&Fault>) -> AnyView {
    let join = &people::words().join;
    view! {
        // Shown as a field, so that browsers keep the password under this address.
        <div class="field">
            <label for="email">{words().email}</label>
            <input id="email" type="email" value=email.to_owned() autocomplete="username" readonly=true />
        </div>
        <Field
            name=Name::Password
            label=join.password
            value=String::new()
            problem=problem_of(fault, Name::Password)
            max=PASSWORD_CHARS_MAX
            kind="password"
            autocomplete="new-password"
            hint=join.password_hint
        />
    }
    .boxed()
}
