//! The inbox's views.

use leptos::prelude::*;
use pigeon_wire::inbox::View;

use super::view_address;
use crate::live::team::use_store;
use crate::words::team::words;

/// The links to the views; the one that needs a reply carries the badge.
#[component]
pub fn Views(
    /// The view that is shown.
    view: Memo<View>,
    /// The badge as the page began.
    badge: i64,
) -> impl IntoView {
    let words = &words().list;
    let links = View::ALL
        .iter()
        .map(|one| view! { <ViewLink one=*one view=view badge=badge /> });
    view! {
        <nav class="views" aria-label=words.views_label>
            {links.collect_view()}
        </nav>
    }
    .into_any()
}

#[component]
fn ViewLink(one: View, view: Memo<View>, badge: i64) -> impl IntoView {
    let words = &words().list;
    let store = use_store();
    let current = move || (view.get() == one).then_some("page");
    let count = move || {
        let count = store.badge.get().unwrap_or(badge);
        (one == View::NeedsReply && count != 0).then(|| view! { <b>{count}</b> })
    };
    view! {
        <a href=view_address(one) aria-current=current>
            <span>{(words.view)(one)}</span>
            {count}
        </a>
    }
}
