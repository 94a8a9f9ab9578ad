//! Writing to other users.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::direct::DirectForm;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::person::PersonRef;
use pigeon_wire::text::{BODY_CHARS_MAX, EMAIL_CHARS_MAX, SUBJECT_CHARS_MAX};

use crate::page::plain::form::refusal;
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::words::mine::words;

/// The form for a direct thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// What was typed.
    pub form: DirectForm,
    /// Those who can be chosen by name.
    pub contacts: Vec<PersonRef>,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
    /// The idempotency key of the next try.
    pub key: String,
}

impl Write {
    /// The page's content.
    pub fn view(self) -> AnyView {
        let words = words();
        let problem = |field| problem_of(self.fault.as_ref(), field);
        let shown = [Name::Recipients, Name::Subject, Name::Body];
        view! {
            <p class="lead">{words.direct.lead}</p>
            {refusal(self.fault.as_ref(), &shown)}
            <form method="post" action="/threads/write" class="plain-form">
                {contacts(&self.contacts, &self.form)}
                <Field
                    name=Name::Recipients
                    label=words.direct.to
                    value=self.form.to.clone()
                    problem=problem(Name::Recipients)
                    max=EMAIL_CHARS_MAX * 8
                    hint=words.direct.to_hint
                    may_be_empty=!self.contacts.is_empty()
                />
                <Field
                    name=Name::Subject
                    label=words.subject
                    value=self.form.subject.clone()
                    problem=problem(Name::Subject)
                    max=SUBJECT_CHARS_MAX
                    optional=words.optional
                />
                <Field
                    name=Name::Body
                    label=words.message
                    value=self.form.body.clone()
                    problem=problem(Name::Body)
                    max=BODY_CHARS_MAX
                    lines=true
                />
                <input type="hidden" name="key" value=self.key autocomplete="off" />
                <div class="ways">
                    <button class="btn primary">{words.send}</button>
                </div>
            </form>
        }
        .boxed()
    }
}

/// The people who can be chosen by name; nothing where there are none.
pub(super) fn contacts(all: &[PersonRef], form: &DirectForm) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let boxes = all.iter().map(|one| {
        view! {
            <label class="file-kept">
                <input
                    type="checkbox"
                    name="person"
                    value=one.id.to_string()
                    checked=form.people.contains(&one.id)
                    autocomplete="off"
                />
                <span>{one.name.clone()}</span>
            </label>
        }
    });
    Some(
        view! {
            <fieldset class="files-kept">
                <legend>{words().direct.known}</legend>
                {boxes.collect_view()}
            </fieldset>
        }
        .boxed(),
    )
}
