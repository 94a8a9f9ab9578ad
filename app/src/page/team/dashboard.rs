//! The dashboard: how many need a reply, and the newest of them, live.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::inbox::{DASHBOARD_ROWS, Dashboard, InboxPage, RowCursor, View};
use pigeon_wire::{PersonId, ThreadId};

use super::inbox::row::Row;
use super::inbox::view_address;
use super::signed::use_signed;
use super::title::BadgeTitle;
use super::trouble::TroublePage;
use crate::api::dashboard;
use crate::live::team::list::List;
use crate::live::team::{Store, use_store};
use crate::words::team::words;

/// The dashboard.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let signed = use_signed();
    let overview = Resource::new(|| (), |()| dashboard::overview());
    let content = move || {
        Suspend::new(async move {
            match (signed.await, overview.await) {
                (Ok(signed), Ok(told)) => {
                    view! { <Overview me=signed.me.id told=told /> }.into_any()
                }
                (Err(error), _) | (_, Err(error)) => {
                    view! { <TroublePage error=error /> }.into_any()
                }
            }
        })
    };
    view! {
        <main class="dashboard" id="content">
            <Transition>{content}</Transition>
        </main>
    }
    .into_any()
}

#[component]
fn Overview(me: PersonId, told: Dashboard) -> impl IntoView {
    let words = &words().dashboard;
    let store = use_store();
    let badge = told.badge;
    let list = RwSignal::new(List::new(me, as_page(told)));
    keep_live(store, list);
    let count = move || store.badge.get().unwrap_or(badge);
    let rows = move || {
        list.with(|list| {
            list.rows()
                .iter()
                .take(rows_max())
                .map(|mine| mine.row.id)
                .collect::<Vec<_>>()
        })
    };
    let none = Signal::stored(None::<ThreadId>);
    let row = move |id| view! { <Row list=list id=id open=none /> };
    let is_empty = Memo::new(move |_| list.with(|list| list.rows().is_empty()));
    let body = move || {
        if is_empty.get() {
            view! { <p class="empty">{words.empty}</p> }.into_any()
        } else {
            view! {
                <h2>{words.newest}</h2>
                <ul class="rows-card">
                    <For each=rows key=|id: &ThreadId| *id children=row />
                </ul>
            }
            .into_any()
        }
    };
    let all = move || {
        let address = view_address(View::NeedsReply);
        (count() != 0).then(|| view! { <a class="btn" href=address>{words.all_waiting}</a> })
    };
    view! {
        <BadgeTitle badge=badge text=words.title />
        <h1>{move || (words.need)(count())}</h1>
        {body}
        <p class="ways">
            <a class="btn primary" href="/inbox">{words.to_inbox}</a>
            {all}
        </p>
    }
    .into_any()
}

/// The newest rows as the first page of their view.
fn as_page(told: Dashboard) -> InboxPage {
    let Dashboard { badge, rows } = told;
    let is_full = rows.len() >= rows_max();
    let end = rows.last().filter(|_| is_full);
    let next = end.map(|mine| RowCursor {
        active_at: mine.row.active_at,
        id: mine.row.id,
    });
    InboxPage {
        view: View::NeedsReply,
        rows,
        next,
        badge,
    }
}

/// Asks anew when the line has opened, and when rows have left while older ones wait below.
fn keep_live(store: Store, list: RwSignal<List>) {
    Effect::new(move |_| store.show_list(list));
    on_cleanup(move || store.hide_list(list));
    let is_short = Memo::new(move |_| {
        list.with(|list| list.next().is_some() && list.rows().len() < rows_max())
    });
    Effect::new(move |before: Option<u32>| {
        let opened = store.opened.get();
        if is_short.get() || before.is_some_and(|before| before != opened) {
            spawn_local(async move {
                if let Ok(told) = dashboard::overview().await {
                    store.renew_list(list, as_page(told));
                }
            });
        }
        opened
    });
}

/// Most rows that the dashboard shows.
fn rows_max() -> usize {
    usize::try_from(DASHBOARD_ROWS).unwrap_or(usize::MAX)
}
