//! Giving a conversation to somebody, with a word for them.

use leptos::prelude::*;
use pigeon_wire::act::HandOver;
use pigeon_wire::fault::Field;
use pigeon_wire::person::PersonRef;
use pigeon_wire::text::BODY_CHARS_MAX;
use pigeon_wire::{Fault, PersonId};

use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::words::hand_over::words;
use crate::words::team;

const FIELDS: [Field; 2] = [Field::Assignee, Field::Body];

/// The page that hands one conversation over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverPage {
    /// The address of the conversation.
    pub room: String,
    /// What it is about.
    pub subject: Option<String>,
    /// Who looks after it now.
    pub holder: Option<PersonRef>,
    /// Whom the reader may give it to; `None` is nobody.
    pub choices: Vec<Option<PersonRef>>,
    /// What stands in the form.
    pub typed: HandOver,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

impl HandOverPage {
    /// The page's content.
    pub fn view(self) -> AnyView {
        let words = words();
        let here = [&self.room, "/hand-over"].concat();
        let subject = self.subject.as_deref();
        let subject = subject.unwrap_or(team::words().list.no_subject);
        let lead = (words.lead)(subject, self.holder.as_ref().map(|one| one.name.as_str()));
        let choices = self.choices.into_iter().map(|one| match one {
            Some(PersonRef { id, name }) => (id.to_string(), name),
            None => (String::new(), words.nobody.to_owned()),
        });
        let fault = self.fault.as_ref();
        view! {
            <p class="lead" dir="auto">{lead}</p>
            {refusal(fault, &FIELDS)}
            <form method="post" action=here class="plain-form">
                <input type="hidden" name="key" value=self.typed.key autocomplete="off" />
                <input type="hidden" name="from" value=word(self.holder.map(|one| one.id)) />
                <PlainField
                    name="to"
                    label=words.to
                    control=Control::Choice(choices.collect())
                    value=word(self.typed.to)
                    problem=problem(fault, Field::Assignee)
                    optional=true
                />
                <PlainField
                    name="note"
                    label=words.note
                    control=Control::Lines { max: BODY_CHARS_MAX }
                    value=self.typed.note
                    hint=words.note_hint
                    problem=problem(fault, Field::Body)
                    optional=true
                />
                <div class="ways">
                    <button class="btn primary">{words.give}</button>
                    <a class="btn" href=self.room>{words.back}</a>
                </div>
            </form>
        }
        .boxed()
    }
}

fn word(person: Option<PersonId>) -> String {
    person.map(|person| person.to_string()).unwrap_or_default()
}
