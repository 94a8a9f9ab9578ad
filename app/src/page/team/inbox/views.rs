//! The inbox's views.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::inbox::{Ask, UNREAD_SHOWN_MAX, View, ViewCounts};
use pigeon_wire::saved::SavedView;

use super::list_address;
use crate::browser;
use crate::live::team::{Store, use_store};
use crate::page::team::keys::part;
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
    let held = RwSignal::new(String::new());
    if !saved.is_empty() {
        keep_counted(store, held);
    }
    let links = View::ALL
        .iter()
        .map(|view| link(*view, ask, counts, unread));
    view! {
        <nav class="views" aria-label=words.views_label>
            {links.collect_view()}
            <a href="/threads?view=direct" rel="external">
                <span>{words.direct}</span>
            </a>
            {saved.into_iter().map(|view| saved_link(view, ask, held)).collect_view()}
        </nav>
    }
    .boxed()
}

/// Has what the saved views hold counted now, and whenever the counts of the others change, though never
/// more often than pages are made to wait ([`browser::soon`]).
fn keep_counted(store: Store, held: RwSignal<String>) {
    let waits = StoredValue::new(false);
    Effect::new(move |_| {
        store.counts.track();
        if waits.get_value() {
            return;
        }
        waits.set_value(true);
        browser::soon(move || {
            waits.try_set_value(false);
            spawn_local(async move {
                if let Some(counts) = part("/views/counts").await {
                    held.try_set(counts);
                }
            });
        });
    });
}

/// What the line of a saved view says, in the answer to the question for all of them.
fn count_in(held: &str, id: &str) -> Option<String> {
    let of = |line: &str| line.strip_prefix(id).map(|count| count.trim().to_owned());
    held.lines().find_map(of).filter(|count| count != "0")
}

fn saved_link(view: SavedView, ask: Memo<Ask>, held: RwSignal<String>) -> AnyView {
    let words = &words().list;
    let SavedView {
        id, name, query, ..
    } = view;
    let id = id.to_string();
    let count = move || {
        let count = held.with(|held| count_in(held, &id))?;
        Some(view! { <span class="held" title=words.in_all>{count}</span> })
    };
    let address = ["/inbox?", &query].concat();
    let current = move || (ask.with(Ask::query) == query).then_some("page");
    view! {
        <a class="saved" href=address aria-current=current>
            <span dir="auto">{name}</span>
            {count}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_view_finds_its_own_count() {
        let held = "a1 3\na2 0\na3 99+\n";
        let found = |id| count_in(held, id);
        assert_eq!(found("a1").as_deref(), Some("3"));
        assert_eq!(found("a3").as_deref(), Some("99+"));
        assert_eq!(
            (found("a2"), found("a4"), count_in("", "a1")),
            (None, None, None)
        );
    }
}
