//! The list of the own threads.

use leptos::prelude::*;
use pigeon_wire::mailbox::{MailboxPage, MailboxRow, MailboxView};
use pigeon_wire::thread::ThreadKind;

use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::part::status::StatusChip;
use crate::words::mine::words;

/// The page's content.
pub fn threads(page: &MailboxPage, may_write: bool) -> AnyView {
    let words = words();
    let list = if page.rows.is_empty() {
        view! { <p class="lead">{(words.none)(page.view)}</p> }.boxed()
    } else {
        let rows = page.rows.iter().map(row);
        view! {
            <ul class="records" aria-label=words.list>
                {rows.collect_view()}
            </ul>
        }
        .boxed()
    };
    let write = may_write.then(|| {
        view! {
            <a class="btn" href="/threads/write">
                {words.direct.write}
            </a>
        }
    });
    let requests = match page.counts.asked {
        0 => words.direct.requests.to_owned(),
        count => (words.direct.requests_wait)(count),
    };
    let next = page.next.map(|next| {
        let href = format!("/threads?view={}&after={next}", page.view);
        view! {
            <a class="btn" href=href>
                {words.more}
            </a>
        }
    });
    view! {
        <div class="ways">
            <a class="btn primary" href="/threads/new">
                {words.ask}
            </a>
            {write}
            <a class="btn" href="/threads/search">
                {words.search}
            </a>
            <a class="btn" href="/threads/requests">
                {requests}
            </a>
        </div>
        {views(page.view)}
        {list}
        {next}
    }
    .boxed()
}

fn views(current: MailboxView) -> AnyView {
    let words = words();
    let ways = MailboxView::ALL.iter().map(|view| {
        let here = (*view == current).then_some("page");
        view! {
            <li>
                <a href=["/threads?view=", view.as_str()].concat() aria-current=here>
                    {(words.view)(*view)}
                </a>
            </li>
        }
    });
    view! {
        <nav class="tabs" aria-label=words.views>
            <ul>{ways.collect_view()}</ul>
        </nav>
    }
    .boxed()
}

fn row(row: &MailboxRow) -> AnyView {
    let words = words();
    let subject = row.subject.clone();
    let subject = subject.unwrap_or_else(|| (words.no_subject)(row.kind).to_owned());
    let with = match row.kind {
        ThreadKind::Support => words.team.to_owned(),
        ThreadKind::Direct => row.with.join(", "),
    };
    let unread = (row.unread > 0).then(|| {
        view! {
            " "
            <span class="badge-word">{(words.unread)(row.unread)}</span>
        }
    });
    let muted = row.muted.then(|| view! { " · " {words.muted} });
    let preview = (!row.preview.is_empty())
        .then(|| view! { <p class="record-preview" dir="auto">{row.preview.clone()}</p> });
    let class = if row.unread > 0 {
        "record unread"
    } else {
        "record"
    };
    view! {
        <li class=class>
            <p class="record-title">
                <a href=format!("/threads/{}", row.id) dir="auto">{subject}</a>
                {unread}
            </p>
            <p class="record-meta">
                <StatusChip status=row.status word=(words.status)(row.status) />
                " "
                {with}
                " · "
                <Moment at=row.active_at />
                {muted}
            </p>
            {preview}
        </li>
    }
    .boxed()
}
