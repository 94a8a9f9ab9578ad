//! The dashboard: how many need a reply, the newest of them, who has waited longest, and the reader's
//! own, live.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::inbox::{
    Ask, DASHBOARD_ROWS, Dashboard, InboxPage, MyRow, Sort, View, ViewCounts,
};
use pigeon_wire::{PersonId, ThreadId};

use super::inbox::list_address;
use super::inbox::row::Row;
use super::signed::use_signed;
use super::title::BadgeTitle;
use super::trouble::TroublePage;
use crate::api::dashboard;
use crate::data::data;
use crate::live::team::list::List;
use crate::live::team::{Store, use_store};
use crate::part::boxed::Boxed;
use crate::words::team::words;

/// The dashboard.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let signed = use_signed();
    let overview = data(|| (), |()| dashboard::overview());
    let content = move || {
        Suspend::new(async move {
            match (signed.await, overview.await) {
                (Ok(signed), Ok(told)) => view! { <Overview me=signed.me.id told=told /> }.boxed(),
                (Err(error), _) | (_, Err(error)) => view! { <TroublePage error=error /> }.boxed(),
            }
        })
    };
    view! {
        <main class="dashboard" id="content">
            <Transition>{content}</Transition>
        </main>
    }
    .boxed()
}

#[component]
fn Overview(me: PersonId, told: Dashboard) -> impl IntoView {
    let words = &words().dashboard;
    let store = use_store();
    let badge = told.counts.needs_reply;
    let lists = [View::NeedsReply, View::Mine]
        .map(Ask::of)
        .into_iter()
        .chain([longest()])
        .map(|ask| RwSignal::new(List::new(me, page_of(&told, ask))))
        .collect::<Vec<_>>();
    keep_live(store, &lists);
    let count = move || store.badge.get().unwrap_or(badge);
    let shown = move |list: RwSignal<List>| list.with(|list| !list.rows().is_empty());
    let mut lists = lists.into_iter();
    let (needs, mine, longest) = (lists.next(), lists.next(), lists.next());
    let body = move || match needs {
        Some(needs) if shown(needs) => view! { <Rows title=words.newest list=needs /> }.boxed(),
        _ => view! { <p class="empty">{words.empty}</p> }.boxed(),
    };
    let more = [(words.longest, longest), (words.mine, mine)];
    let more = more.into_iter().filter_map(|(title, list)| {
        let list = list?;
        Some(move || shown(list).then(|| view! { <Rows title=title list=list /> }))
    });
    let all = move || {
        let address = list_address(&Ask::of(View::NeedsReply));
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
        {more.collect_view()}
    }
    .boxed()
}

/// The first rows of one list.
#[component]
fn Rows(title: &'static str, list: RwSignal<List>) -> impl IntoView {
    let drawn = Memo::new(move |_| {
        let id = |mine: &MyRow| mine.row.id;
        list.with(|list| {
            list.rows()
                .iter()
                .take(rows_max())
                .map(id)
                .collect::<Vec<_>>()
        })
    });
    let ask = list.with_untracked(List::ask);
    let none = Signal::stored(None::<ThreadId>);
    let row = move |id| {
        let mine = Memo::new(move |_| list.with(|list| list.row(id).cloned()));
        view! { <Row mine=mine ask=ask id=id open=none picks=None /> }
    };
    view! {
        <h2>{title}</h2>
        <ul class="rows-card">
            <For each=move || drawn.get() key=|id: &ThreadId| *id children=row />
        </ul>
    }
    .boxed()
}

/// What needs a reply from the reader, by how long it waits.
const fn longest() -> Ask {
    let mut ask = Ask::of(View::NeedsReply);
    ask.sort = Sort::Waiting;
    ask
}

/// The rows of one list as the first page of it.
fn page_of(told: &Dashboard, ask: Ask) -> InboxPage {
    let rows: &Vec<MyRow> = match (ask.view, ask.sort) {
        (View::Mine, _) => &told.mine,
        (_, Sort::Waiting) => &told.longest,
        _ => &told.needs_reply,
    };
    let is_full = rows.len() >= rows_max();
    let end = rows.last().filter(|_| is_full);
    InboxPage {
        saved: Vec::new(),
        ask,
        rows: rows.clone(),
        next: end.map(|mine| ask.sort.place(&mine.row)),
        counts: told.counts,
        unread: ViewCounts::default(),
        drafts: Vec::new(),
    }
}

/// Asks anew when the line has opened, and when rows have left while more wait below.
fn keep_live(store: Store, lists: &[RwSignal<List>]) {
    let lists = StoredValue::new(lists.to_vec());
    let each = move |act: fn(Store, RwSignal<List>)| {
        // At the end of the page there may be none left to take leave of.
        let _ = lists.try_with_value(|lists| lists.iter().for_each(|list| act(store, *list)));
    };
    Effect::new(move |_| each(Store::show_list));
    on_cleanup(move || each(Store::hide_list));
    let is_short = Memo::new(move |_| {
        lists.with_value(|lists| {
            let short = |list: &List| list.next().is_some() && list.rows().len() < rows_max();
            lists.iter().any(|list| list.with(short))
        })
    });
    Effect::new(move |before: Option<u32>| {
        let opened = store.opened.get();
        if is_short.get() || before.is_some_and(|before| before != opened) {
            spawn_local(async move {
                if let Ok(told) = dashboard::overview().await {
                    let all = lists.try_get_value().unwrap_or_default();
                    for list in all {
                        let ask = list.with_untracked(List::ask);
                        store.renew_list(list, page_of(&told, ask));
                    }
                }
            });
        }
        opened
    });
}

/// Most rows of each list.
fn rows_max() -> usize {
    usize::try_from(DASHBOARD_ROWS).unwrap_or(usize::MAX)
}
