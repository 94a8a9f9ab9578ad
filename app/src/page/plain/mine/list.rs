//! The list of the own threads.

use leptos::prelude::*;
use pigeon_wire::mailbox::{MailboxPage, MailboxRow, MailboxView};
use pigeon_wire::thread::ThreadKind;

use crate::browser;
use crate::live::own::Own;
use crate::live::rows::Rows;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::part::status::StatusChip;
use crate::words::mine::words;

/// The id of the element in which the list's data travels.
const DATA_ID: &str = "pigeon-threads";
/// The id of the element that lives on in the browser.
const SEAT_ID: &str = "threads";

/// The page's content; `claimable` threads of guests may be brought here. `is_first`: the list's
/// beginning.
pub fn threads(page: &MailboxPage, may_write: bool, claimable: usize, is_first: bool) -> AnyView {
    let words = words();
    let rows = Rows {
        view: page.view,
        rows: page.rows.clone(),
        is_first,
    };
    let list = view! {
        <script type="application/json" id=DATA_ID inner_html=crate::shell::data(&rows)></script>
        <div id=SEAT_ID>
            <LiveRows rows=rows own=Own::new() />
        </div>
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
        {(claimable > 0).then(|| claim(claimable))}
        {views(page.view)}
        {list}
        {next}
    }
    .boxed()
}

/// What was begun without an account can be brought here.
fn claim(count: usize) -> AnyView {
    let words = words();
    view! {
        <form method="post" action="/threads/claim" class="card claim">
            <p>{(words.claimable)(count)}</p>
            <button class="btn" type="submit">
                {words.claim}
            </button>
        </form>
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

/// The rows, as the line brings them.
#[component]
pub fn LiveRows(
    /// What it starts with.
    rows: Rows,
    /// The tab's state.
    own: Own,
) -> impl IntoView {
    let words = words();
    let view = rows.view;
    let rows = RwSignal::new(rows);
    Effect::new(move |_| own.list(rows));
    let is_empty = Memo::new(move |_| rows.with(|held| held.rows.is_empty()));
    let none = move || {
        is_empty
            .get()
            .then(|| view! { <p class="lead">{(words.none)(view)}</p> })
    };
    let each = move || rows.with(|held| held.rows.clone());
    // Whatever differs is drawn anew.
    let key = |row: &MailboxRow| {
        (
            (row.id, row.active_at, row.unread, row.muted),
            (row.status.as_str(), row.with.len(), row.preview.clone()),
        )
    };
    view! {
        {none}
        <ul class="records" aria-label=words.list hidden=move || is_empty.get()>
            <For each=each key=key let:one>
                {row(&one)}
            </For>
        </ul>
    }
    .boxed()
}

/// Where the list of this page is and what it starts with, if there is one. Browser only.
pub fn found_rows() -> Option<(web_sys::HtmlElement, Rows)> {
    let rows = browser::page_data(DATA_ID).and_then(|text| browser::parsed(&text))?;
    let seat = document().get_element_by_id(SEAT_ID)?;
    Some((wasm_bindgen::JsCast::unchecked_into(seat), rows))
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
