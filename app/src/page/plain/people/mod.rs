//! The people of the house: the list, invitations, one person.

mod invite;
mod list;
mod person;

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::PersonId;
use pigeon_wire::person::Language;
use pigeon_wire::team::{PeopleFilter, PeoplePage};

use crate::part::boxed::Boxed;
use crate::words::people::words;

pub use person::Person;

/// The page of all people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// Who reads.
    pub reader: PersonId,
    /// What was asked for.
    pub filter: PeopleFilter,
    /// What was found.
    pub page: PeoplePage,
    /// What was typed of an invitation.
    pub invite: InviteForm,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

/// What was typed of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteForm {
    /// The address.
    pub email: String,
    /// The role's word.
    pub role: String,
    /// The language of the mail.
    pub language: Language,
}

impl People {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let fault = self.fault.as_ref();
        view! {
            {invite::form(&self.invite, &self.page.roles, fault)}
            {invite::pending(&self.page.invitations)}
            <section class="plain-part" aria-labelledby="people-heading">
                <h2 id="people-heading">{words().list.heading}</h2>
                {list::filter(&self.filter, &self.page.all_roles)}
                {list::rows(self)}
            </section>
        }
        .boxed()
    }
}
