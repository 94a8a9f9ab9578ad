//! The tab's title: how many need a reply, and what is shown.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::live::team::use_store;

/// The title with the live badge before it.
#[component]
pub fn BadgeTitle(
    /// The badge as the page began.
    badge: i64,
    /// What is shown.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let store = use_store();
    let worded = move || counted(store.badge.get().unwrap_or(badge), &text.get());
    // The server words the head last, on any thread, where this page's signals cannot be reached:
    // it takes the title as it is now. In the browser the effect keeps it true.
    let title = ArcRwSignal::new(untrack(worded));
    let live = title.clone();
    Effect::new(move |_| live.set(worded()));
    view! { <Title text=move || title.get() /> }
}

/// A title after the number of those who need a reply.
pub fn counted(count: i64, title: &str) -> String {
    match count {
        0 => title.to_owned(),
        count => format!("({count}) {title}"),
    }
}
