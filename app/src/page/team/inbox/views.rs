//! The inbox's views.

use leptos::prelude::*;
use pigeon_wire::inbox::{Ask, UNREAD_SHOWN_MAX, View, ViewCounts};
use pigeon_wire::saved::SavedView;

use super::list_address;
use crate::live::team::use_store;
use crate::part::boxed::Boxed;
use crate::words::team::words;

/// The links to the views, each with how much it holds, and how much of that is unread.
#[component]
pub fn Views(
    /// What is shown.
    ask: Memo<Ask>,
    /// The counts as the page began.
    counts: ViewCounts,
    /// How much was unread as the page began.
    unread: ViewCounts,
    /// The saved ones.
    saved: Vec<SavedView>,
) -> impl IntoView {
    let words = &words().list;
    let store = use_store();
    let counts = Signal::derive(move || store.counts.get().unwrap_or(counts));
    let unread = Signal::derive(move || store.unread.get().unwrap_or(unread));
    let links = View::ALL
        .iter()
        .map(|view| link(*view, ask, counts, unread));
    view! {
        <nav class="views" aria-label=words.views_label>
            {links.collect_view()}
            <a href="/threads?view=direct" rel="external">
                <span>{words.direct}</span>
            </a>
            {saved.into_iter().map(|view| saved_link(view, ask)).collect_view()}
        </nav>
    }
    .boxed()
}

fn saved_link(view: SavedView, ask: Memo<Ask>) -> AnyView {
    let SavedView { name, query, .. } = view;
    let address = ["/inbox?", &query].concat();
    let current = move || (ask.with(Ask::query) == query).then_some("page");
    view! {
        <a class="saved" href=address aria-current=current>
            <span dir="auto">{name}</span>
        </a>
    }
    .boxed()
}

fn link(
    view: View,
    ask: Memo<Ask>,
    counts: Signal<ViewCounts>,
    unread: Signal<ViewCounts>,
) -> AnyView {
    let words = &words().list;
    let current = move || (ask.with(|ask| ask.view) == view).then_some("page");
    let count = move || {
        let count = Some(counts.with(|counts| counts.of(view))).filter(|count| *count != 0)?;
        Some(view! { <span class="held" title=words.in_all>{count}</span> })
    };
    let unread = move || {
        let unread = Some(unread.with(|unread| unread.of(view))).filter(|count| *count != 0)?;
        let unseen = view! { <span class="unseen">" "{words.unread}</span> };
        Some(view! { <b title=words.unread_label>{few(unread)} {unseen}</b> })
    };
    view! {
        <a href=list_address(&Ask::of(view)) aria-current=current>
            <span>{(words.view)(view)}</span>
            {unread}
            {count}
        </a>
    }
    .boxed()
}

/// A count in at most three characters.
fn few(count: i64) -> String {
    if count > UNREAD_SHOWN_MAX {
        format!("{UNREAD_SHOWN_MAX}+")
    } else {
        count.to_string()
    }
}
