//! The inbox's views.

use leptos::prelude::*;
use pigeon_wire::inbox::{Ask, View, ViewCounts};

use super::list_address;
use crate::live::team::use_store;
use crate::part::boxed::Boxed;
use crate::words::team::words;

/// The links to the views, each with how much it holds.
#[component]
pub fn Views(
    /// What is shown.
    ask: Memo<Ask>,
    /// The counts as the page began.
    counts: ViewCounts,
) -> impl IntoView {
    let words = &words().list;
    let store = use_store();
    let counts = Signal::derive(move || store.counts.get().unwrap_or(counts));
    let links = View::ALL.iter().map(|view| link(*view, ask, counts));
    view! {
        <nav class="views" aria-label=words.views_label>
            {links.collect_view()}
        </nav>
    }
    .boxed()
}

fn link(view: View, ask: Memo<Ask>, counts: Signal<ViewCounts>) -> AnyView {
    let words = &words().list;
    let current = move || (ask.with(|ask| ask.view) == view).then_some("page");
    let count = move || {
        let count = Some(counts.with(|counts| counts.of(view))).filter(|count| *count != 0)?;
        let is_due = view == View::NeedsReply;
        Some(view! { <b class:due=is_due title=words.in_all>{count}</b> })
    };
    view! {
        <a href=list_address(&Ask::of(view)) aria-current=current>
            <span>{(words.view)(view)}</span>
            {count}
        </a>
    }
    .boxed()
}
