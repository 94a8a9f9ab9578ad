//! A question to the team.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::attachment::FileRules;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::mailbox::QuestionForm;
use pigeon_wire::text::{BODY_CHARS_MAX, SUBJECT_CHARS_MAX};

use crate::page::plain::form::refusal;
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::part::files::FileField;
use crate::words::file;
use crate::words::mine::words;

/// The form for a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// What was typed.
    pub form: QuestionForm,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
    /// The idempotency key of the next try.
    pub key: String,
    /// Which files may come along.
    pub files: FileRules,
    /// Whether files came with the form that was refused: they have to be chosen again.
    pub again: bool,
}

impl Question {
    /// The page's content.
    pub fn view(self) -> AnyView {
        let words = words();
        let Self {
            form,
            fault,
            key,
            files,
            again,
        } = self;
        let problem = |field| problem_of(fault.as_ref(), field);
        let again = again.then(|| view! { <p class="field-problem">{file::words().again}</p> });
        view! {
            <p class="lead">{words.ask_lead}</p>
            {refusal(fault.as_ref(), &[Name::Subject, Name::Body])}
            <form
                method="post"
                action="/threads/new"
                enctype="multipart/form-data"
                class="plain-form"
            >
                <Field
                    name=Name::Subject
                    label=words.subject
                    value=form.subject
                    problem=problem(Name::Subject)
                    max=SUBJECT_CHARS_MAX
                    optional=words.optional
                />
                <Field
                    name=Name::Body
                    label=words.message
                    value=form.body
                    problem=problem(Name::Body)
                    max=BODY_CHARS_MAX
                    lines=true
                    may_be_empty=files.is_on()
                />
                <FileField rules=files />
                {again}
                <input type="hidden" name="key" value=key autocomplete="off" />
                <div class="ways">
                    <button class="btn primary">{words.send}</button>
                </div>
            </form>
        }
        .boxed()
    }
}
