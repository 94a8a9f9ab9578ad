//! Strangers who want to write, and people who are blocked.

use leptos::prelude::*;
use pigeon_wire::mailbox::{MailboxRow, UserThread};
use pigeon_wire::message::Content;
use pigeon_wire::person::PersonRef;

use super::party::report_form;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::part::prose::Prose;
use crate::words::mine::words;

/// The page's content: the requests that wait, and who is blocked.
pub fn requests(rows: &[MailboxRow], blocked: &[PersonRef]) -> AnyView {
    let words = words();
    let list = if rows.is_empty() {
        view! { <p class="lead">{words.direct.no_requests}</p> }.boxed()
    } else {
        let rows = rows.iter().map(|row| {
            let subject = row.subject.clone();
            let subject = subject.unwrap_or_else(|| (words.no_subject)(row.kind).to_owned());
            view! {
                <li class="record">
                    <p class="record-title">
                        <a href=format!("/threads/requests/{}", row.id) dir="auto">{subject}</a>
                    </p>
                    <p class="record-meta">
                        {row.with.join(", ")}
                        " · "
                        <Moment at=row.active_at />
                    </p>
                </li>
            }
        });
        view! {
            <ul class="records" aria-label=words.direct.requests>
                {rows.collect_view()}
            </ul>
        }
        .boxed()
    };
    let blocked = (!blocked.is_empty()).then(|| {
        let people = blocked.iter().map(|one| {
            view! {
                <li class="record">
                    <p class="record-head">{one.name.clone()}</p>
                    <form method="post" action="/threads/unblock">
                        <input type="hidden" name="person" value=one.id.to_string() />
                        <button class="btn">{(words.direct.unblock)(&one.name)}</button>
                    </form>
                </li>
            }
        });
        view! {
            <section class="plain-part">
                <h2>{words.direct.blocked}</h2>
                <ul class="records">{people.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <p class="record-meta"><a href="/threads">{words.back}</a></p>
        {list}
        {blocked}
    }
    .boxed()
}

/// A request, with what can be done about it.
pub fn request(thread: &UserThread, by: &PersonRef) -> AnyView {
    let words = words();
    let path = |act: &str| format!("/threads/requests/{}{act}", thread.head.id);
    let texts = thread
        .entries
        .iter()
        .filter_map(|one| match &one.entry.content {
            Content::Message { author, body, .. } => Some(view! {
                <li class="g-entry theirs">
                    <div class="g-bubble">
                        <p class="g-by">
                            <b>{author.clone()}</b>
                            " "
                            <Moment at=one.entry.at />
                        </p>
                        <Prose text=body.clone() />
                    </div>
                </li>
            }),
            Content::Event { .. } => None,
        });
    let block = format!("/threads/{}/block", thread.head.id);
    view! {
        <p class="record-meta"><a href="/threads/requests">{words.direct.requests}</a></p>
        <p class="lead">{(words.direct.asks)(&by.name)}</p>
        <ol class="g-entries" aria-label=words.entries>
            {texts.collect_view()}
        </ol>
        <div class="record-acts" role="group" aria-label=words.acts>
            <form method="post" action=path("/accept")>
                <button class="btn primary">{words.direct.accept}</button>
            </form>
            <form method="post" action=path("/ignore")>
                <button class="btn">{words.direct.ignore}</button>
            </form>
            <form method="post" action=block>
                <input type="hidden" name="person" value=by.id.to_string() />
                <button class="btn">{(words.direct.block)(&by.name)}</button>
            </form>
        </div>
        {report_form(thread)}
    }
    .boxed()
}
