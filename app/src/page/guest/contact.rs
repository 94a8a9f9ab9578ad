//! The contact form: plain, so that it works everywhere. Posting it is followed by a redirect into
//! the conversation, with or without the program.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::attachment::FileRules;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::message::StartForm;
use pigeon_wire::text::{BODY_CHARS_MAX, EMAIL_CHARS_MAX, NAME_CHARS_MAX, SUBJECT_CHARS_MAX};

use super::refusal::Refusal;
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::part::files::FileField;
use crate::words::file;
use crate::words::guest::words;

/// The page with the contact form.
#[component]
pub fn Contact(
    form: StartForm,
    fault: Option<Fault>,
    key: String,
    honeypot: Option<String>,
    files: FileRules,
    again: bool,
) -> impl IntoView {
    let words = words();
    // Switched off: no form that could only be refused, but for what was typed already.
    if matches!(fault, Some(Fault::Off)) && form.body.is_empty() {
        return view! {
            <h1>{words.contact_title}</h1>
            <Refusal fault=fault />
        }
        .boxed();
    }
    let problem = |field| problem_of(fault.as_ref(), field);
    let again = again.then(|| view! { <p class="field-problem">{file::words().again}</p> });
    let honeypot = honeypot.map(|name| view! { <Honeypot name=name /> });
    view! {
        <h1>{words.contact_title}</h1>
        <p class="g-calm">{words.contact_lead}</p>
        <form class="card g-form" method="post" action="/contact" enctype="multipart/form-data">
            <Refusal fault=fault.clone() />
            <div class="g-pair">
                <Field
                    name=Name::Name
                    label=words.name
                    value=form.name
                    problem=problem(Name::Name)
                    max=NAME_CHARS_MAX
                    autocomplete="name"
                    optional=words.optional
                />
                <Field
                    name=Name::Email
                    label=words.email
                    value=form.email
                    problem=problem(Name::Email)
                    max=EMAIL_CHARS_MAX
                    kind="email"
                    autocomplete="email"
                />
            </div>
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
            {honeypot}
            <input type="hidden" name="key" value=key autocomplete="off" />
            <div class="g-form-foot">
                <p class="field-hint">{words.email_hint}</p>
                <button class="btn primary">{words.send}</button>
            </div>
        </form>
    }
    .boxed()
}

/// A field that people neither see nor hear nor reach; whoever fills it in is a robot.
#[component]
fn Honeypot(name: String) -> impl IntoView {
    view! {
        <div class="g-hp" aria-hidden="true">
            <label>
                {words().leave_empty}
                <input type="text" name=name tabindex="-1" autocomplete="off" />
            </label>
        </div>
    }
}
