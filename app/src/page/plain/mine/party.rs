//! What participants of a direct thread can do beside writing.

use leptos::prelude::*;
use pigeon_wire::direct::{DirectForm, EDIT_MS};
use pigeon_wire::mailbox::{UserEntry, UserThread};
use pigeon_wire::message::Content;
use pigeon_wire::person::PersonRef;
use pigeon_wire::text::{BODY_CHARS_MAX, EMAIL_CHARS_MAX, REASON_CHARS_MAX};
use pigeon_wire::thread::Status;

use super::room::Room;
use super::write::contacts;
use crate::part::boxed::Boxed;
use crate::part::typed::inside_textarea;
use crate::words::mine::words;

/// The forms under a direct thread.
pub(super) fn party(thread: &UserThread, known: &[PersonRef]) -> AnyView {
    let words = &words().direct;
    let path = |act: &str| format!("/threads/{}{act}", thread.head.id);
    let (value, status) = match thread.head.status {
        Status::Closed => ("off", words.reopen),
        Status::Pending | Status::Open => ("on", words.close),
    };
    let blocks = thread.parties.iter().map(|one| {
        view! {
            <form method="post" action=path("/block")>
                <input type="hidden" name="person" value=one.id.to_string() />
                <button class="btn">{(words.block)(&one.name)}</button>
            </form>
        }
    });
    let is_out = |one: &&PersonRef| !thread.parties.iter().any(|party| party.id == one.id);
    let known: Vec<PersonRef> = known.iter().filter(is_out).cloned().collect();
    view! {
        <details class="plain-more">
            <summary>{words.more}</summary>
            <div class="record-acts">
                <form method="post" action=path("/status")>
                    <input type="hidden" name="closed" value=value autocomplete="off" />
                    <button class="btn">{status}</button>
                </form>
                <form method="post" action=path("/leave")>
                    <button class="btn">{words.leave}</button>
                </form>
                {blocks.collect_view()}
            </div>
            <form method="post" action=path("/add") class="plain-form">
                {contacts(&known, &DirectForm::default())}
                <div class="field">
                    <label for="to">{words.add}</label>
                    <input
                        id="to"
                        name="to"
                        autocomplete="off"
                        maxlength=(EMAIL_CHARS_MAX * 8).to_string()
                        aria-describedby="to-hint"
                    />
                    <p class="field-hint" id="to-hint">{words.add_hint}</p>
                </div>
                <div class="ways">
                    <button class="btn">{words.add}</button>
                </div>
            </form>
            {report_form(thread)}
        </details>
    }
    .boxed()
}

/// The form for a report: the reporter picks messages, and nothing else is shown to anybody.
pub(super) fn report_form(thread: &UserThread) -> Option<AnyView> {
    let words = &words().direct;
    let theirs = |one: &&UserEntry| one.by != Some(thread.me);
    let picks: Vec<_> = thread
        .entries
        .iter()
        .filter(theirs)
        .filter_map(|one| match &one.entry.content {
            Content::Message { author, body, .. } => {
                let begin: String = body.chars().take(80).collect();
                Some(view! {
                    <label class="file-kept">
                        <input
                            type="checkbox"
                            name="message"
                            value=one.entry.id.to_string()
                            autocomplete="off"
                        />
                        <span dir="auto">{[author, ": ", &begin].concat()}</span>
                    </label>
                })
            }
            Content::Event { .. } => None,
        })
        .collect();
    if picks.is_empty() {
        return None;
    }
    let action = format!("/threads/{}/report", thread.head.id);
    Some(
        view! {
            <details class="plain-more">
                <summary>{words.report}</summary>
                <form method="post" action=action class="plain-form">
                    <p class="lead">{words.report_lead}</p>
                    <fieldset class="files-kept">
                        <legend>{words.report_which}</legend>
                        {picks}
                    </fieldset>
                    <div class="field">
                        <label for="reason">{words.report_why}</label>
                        <textarea
                            id="reason"
                            name="reason"
                            rows="2"
                            maxlength=REASON_CHARS_MAX.to_string()
                        ></textarea>
                    </div>
                    <div class="ways">
                        <button class="btn">{words.report}</button>
                    </div>
                </form>
            </details>
        }
        .boxed(),
    )
}

/// The form with which an author mends a message, while they may.
pub(super) fn mend(room: Room, entry: &UserEntry, body: &str) -> Option<AnyView> {
    if room.now.since(entry.entry.at) > EDIT_MS {
        return None;
    }
    let words = &words().direct;
    let action = room.path("/edit");
    let id = entry.entry.id.to_string();
    let field = ["edit-", &id].concat();
    Some(
        view! {
            <details class="plain-more">
                <summary>{words.edit}</summary>
                <form method="post" action=action class="plain-form">
                    <input type="hidden" name="message" value=id autocomplete="off" />
                    <div class="field">
                        <label for=field.clone()>{words.edit_label}</label>
                        <textarea
                            id=field
                            name="body"
                            rows="3"
                            required
                            maxlength=BODY_CHARS_MAX.to_string()
                        >
                            {inside_textarea(body)}
                        </textarea>
                    </div>
                    <div class="ways">
                        <button class="btn">{words.save}</button>
                    </div>
                </form>
            </details>
        }
        .boxed(),
    )
}
