//! What participants of direct threads have reported: the picked messages and nothing else.

use leptos::prelude::*;
use pigeon_wire::direct::{GlassView, ReportView};
use pigeon_wire::fault::{Fault, Field};
use pigeon_wire::message::Content;
use pigeon_wire::text::REASON_CHARS_MAX;

use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::part::prose::Prose;
use crate::words::mine::words;

/// The page's content.
pub fn reports(all: &[ReportView]) -> AnyView {
    let words = &words().reports;
    if all.is_empty() {
        return view! { <p class="lead">{words.none}</p> }.boxed();
    }
    view! {
        <p class="lead">{words.lead}</p>
        <ul class="records">{all.iter().map(report).collect_view()}</ul>
    }
    .boxed()
}

fn report(one: &ReportView) -> AnyView {
    let words = &words().reports;
    let lines = one.lines.iter().map(|line| {
        view! {
            <li>
                <p class="record-meta">
                    <a href=format!("/people/{}", line.author.id)>{line.author.name.clone()}</a>
                    " · "
                    <Moment at=line.at />
                </p>
                <Prose text=line.body.clone() />
            </li>
        }
    });
    let glass = one.thread.map(|thread| {
        view! {
            <a class="btn" href=format!("/direct/{thread}")>
                {words.glass}
            </a>
        }
    });
    let reason = (!one.reason.is_empty())
        .then(|| view! { <p class="record-text" dir="auto">{one.reason.clone()}</p> });
    view! {
        <li class="record">
            <p class="record-head">{(words.by)(&one.reporter.name)}</p>
            <p class="record-meta"><Moment at=one.at /></p>
            {reason}
            <ul class="records">{lines.collect_view()}</ul>
            <div class="record-acts">
                {glass}
                <form method="post" action=format!("/reports/{}/settle", one.id)>
                    <button class="btn">{words.settle}</button>
                </form>
            </div>
        </li>
    }
    .boxed()
}

/// The page before a direct thread of others: what reading it brings with it, and the field for the
/// reason.
pub fn glass(address: String, typed: &str, fault: Option<&Fault>) -> AnyView {
    let words = &words().reports;
    view! {
        {refusal(fault, &[Field::Reason])}
        <p class="lead">{words.glass_lead}</p>
        <form method="post" action=address class="plain-form">
            <PlainField
                name="reason"
                label=words.glass_why
                control=Control::Lines { max: REASON_CHARS_MAX }
                value=typed.to_owned()
                problem=problem(fault, Field::Reason)
            />
            <div class="ways">
                <button class="btn danger">{words.glass_read}</button>
            </div>
        </form>
    }
    .boxed()
}

/// A direct thread as somebody reads it who is not in it: text alone.
pub fn behind_glass(thread: &GlassView) -> AnyView {
    let all = words();
    let words = &all.reports;
    let parties: Vec<&str> = thread.parties.iter().map(|one| one.name.as_str()).collect();
    let entries = thread.entries.iter().map(|one| {
        let at = one.entry.at;
        match &one.entry.content {
            Content::Message {
                author,
                body,
                attachments,
                ..
            } => {
                let files: Vec<&str> = attachments.iter().map(|file| file.name.as_str()).collect();
                let files = (!files.is_empty())
                    .then(|| view! { <p class="record-meta" dir="auto">{files.join(", ")}</p> });
                view! {
                    <li>
                        <p class="record-meta"><b>{author.clone()}</b> " · " <Moment at=at /></p>
                        <Prose text=body.clone() />
                        {files}
                    </li>
                }
                .boxed()
            }
            Content::Event { author, event, .. } => view! {
                <li>
                    <p class="record-meta">
                        {(all.event)(*event, author)} " · " <Moment at=at />
                    </p>
                </li>
            }
            .boxed(),
        }
    });
    let more = thread
        .more_before
        .then(|| view! { <p class="record-meta">{words.glass_more}</p> });
    view! {
        <p class="lead">{words.glass_told}</p>
        <p class="record-meta">{parties.join(", ")}</p>
        {more}
        <ol class="records" aria-label=all.entries>
            {entries.collect_view()}
        </ol>
    }
    .boxed()
}
