//! The list of one view: rows that stay where they are while a pointer is over them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::ThreadId;
use pigeon_wire::inbox::{Ask, InboxPage};
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Me;
use web_sys::{Element, FocusEvent, KeyboardEvent};

use super::bulk::{Bulk, BulkBar};
use super::chips::Chips;
use super::columns::Hidden;
use super::filter::FilterForm;
use super::grip::{Grip, Width};
use super::picks::Picks;
use super::row::Row;
use super::window::Window;
use crate::api::{inbox, thread};
use crate::browser;
use crate::live::team::list::List;
use crate::live::team::{Store, use_store};
use crate::part::boxed::Boxed;
use crate::words::team::words;

/// Pixels of scrolling up to which the list counts as being at its top.
const TOP_PX: i32 = 8;

/// One view's list.
#[component]
pub fn Pane(
    /// Who reads.
    me: Me,
    /// The page as it was asked for.
    page: InboxPage,
    /// How often the line had opened by then.
    opened: u32,
    /// The thread that is open.
    open: Memo<Option<ThreadId>>,
    /// What a row leaves out.
    hidden: Hidden,
    /// How wide it is.
    width: Width,
) -> impl IntoView {
    let words = &words().list;
    let store = use_store();
    let ask = page.ask;
    let view = ask.view;
    let counts = page.counts;
    let beginnings = page.drafts.clone();
    // In the browser alone: the server draws the conversation and this at the same time.
    Effect::new(move |_| store.drafts.update(|drafts| drafts.learn(&beginnings)));
    let list = RwSignal::new(List::new(me.id, page));
    keep_live(store, list, ask, opened);
    let manages = me.permissions.has(Permission::ManageThreads);
    if manages {
        learn_assignees(store);
    }
    let picks = Picks::of(list);
    let bulk = Bulk::new(list, picks, StoredValue::new(me));
    let window = Window::of(list);
    let hands = Hands::new(store, list, window);
    // A list that comes into sight again, or shows its rows otherwise, is looked at once it stands.
    Effect::new(move |_| {
        open.track();
        hidden.words();
        request_animation_frame(move || window.look());
    });
    let drawn = Memo::new(move |_| window.ids());
    let row = move |id| {
        let picks = manages.then_some(picks);
        let mine = Memo::new(move |_| window.row(id));
        view! { <Row mine=mine ask=ask id=id open=open picks=picks /> }
    };
    let is_empty = move || list.with(|list| list.rows().is_empty() && list.waiting() == 0);
    let empty = move || {
        let text = if ask.filter.is_empty() {
            (words.empty)(view)
        } else {
            words.none_left
        };
        is_empty().then(|| view! { <p class="empty">{text}</p> })
    };
    let count = move || store.counts.get().unwrap_or(counts).of(view);
    let on_key = move |event: KeyboardEvent| {
        if manages && event.key() == "x" && !event.ctrl_key() && !event.meta_key() {
            if let Some(id) = row_of(&event) {
                event.prevent_default();
                picks.toggle(id);
            }
        } else if event.key() == "Escape" {
            picks.clear();
        }
    };
    view! {
        <section class="list" aria-labelledby="list-title">
            <header class="bar">
                <h1 id="list-title">
                    {(words.view)(view)} " " <span class="faint count">{count}</span>
                </h1>
                <FilterForm ask=ask open=open hidden=hidden />
            </header>
            <Chips ask=ask open=open />
            <BulkBar bulk=bulk view=view />
            <div
                class="rows"
                node_ref=window.rows
                on:pointerenter=move |_| hands.over.set(true)
                on:pointerleave=move |_| hands.over.set(false)
                on:focusin=move |event| hands.focused.set(is_led_by_keys(&event))
                on:focusout=move |_| hands.focused.set(false)
                on:scroll=move |_| hands.note_scroll()
                on:keydown=on_key
            >
                <Arrivals list=list hands=hands />
                <Gap px=Signal::derive(move || window.above()) />
                <ul>
                    <For each=move || drawn.get() key=|id: &ThreadId| *id children=row />
                </ul>
                <Gap px=Signal::derive(move || window.below()) />
                {empty}
                <More list=list ask=ask near=window.near_end />
            </div>
            <Grip width=width />
        </section>
    }
    .boxed()
}

/// Room for rows that are not drawn.
#[component]
fn Gap(px: Signal<i32>) -> impl IntoView {
    let gap = move || {
        let px = Some(px.get()).filter(|px| *px > 0)?;
        Some(view! { <div style:height=format!("{px}px")></div> })
    };
    gap.boxed()
}

/// Registers the list for frames, and asks for its page anew whenever the line has opened.
fn keep_live(store: Store, list: RwSignal<List>, ask: Ask, opened: u32) {
    Effect::new(move |_| store.show_list(list));
    on_cleanup(move || store.hide_list(list));
    Effect::new(move |_| {
        if store.opened.get() == opened {
            return;
        }
        spawn_local(async move {
            if let Ok(page) = inbox::page(ask, None).await {
                store.renew_list(list, page);
            }
        });
    });
}

/// Asks who can be assigned, for the filter and the acts on many.
fn learn_assignees(store: Store) {
    Effect::new(move |_| {
        if !store.assignees.with_untracked(Vec::is_empty) {
            return;
        }
        spawn_local(async move {
            if let Ok(all) = thread::assignees().await {
                store.assignees.try_set(all);
            }
        });
    });
}

/// The thread of the row that keys have led to.
fn row_of(event: &KeyboardEvent) -> Option<ThreadId> {
    let element: Element = browser::target(event)?;
    let row = element.closest("[data-thread]").ok()??;
    row.get_attribute("data-thread")?.parse().ok()
}

/// Where the reader's hands are: rows under a pointer, a focus led by keys, or a scrolled list stay
/// where they are.
#[derive(Clone, Copy)]
struct Hands {
    window: Window,
    over: RwSignal<bool>,
    focused: RwSignal<bool>,
    scrolled: RwSignal<bool>,
    list: RwSignal<List>,
}

impl Hands {
    fn new(store: Store, list: RwSignal<List>, window: Window) -> Self {
        let over = RwSignal::new(false);
        let focused = RwSignal::new(false);
        let scrolled = RwSignal::new(false);
        Effect::new(move |held: Option<bool>| {
            let hold = over.get() || focused.get() || scrolled.get();
            store.hold.set(hold);
            if held == Some(true) && !hold {
                list.update(List::release);
            }
            hold
        });
        Self {
            window,
            over,
            focused,
            scrolled,
            list,
        }
    }

    fn note_scroll(self) {
        self.window.look();
        if self.focused.get_untracked() && !has_focus(self.window.rows) {
            // The row that keys had led to is drawn no longer.
            self.focused.set(false);
        }
        let scrolled = self
            .window
            .rows
            .get_untracked()
            .is_some_and(|rows| rows.scroll_top() > TOP_PX);
        if self.scrolled.get_untracked() != scrolled {
            self.scrolled.set(scrolled);
        }
    }

    /// The reader asks for the arrivals: they take their places, and the list shows its top.
    fn release(self) {
        self.list.update(List::release);
        if let Some(rows) = self.window.rows.get_untracked() {
            rows.set_scroll_top(0);
        }
    }
}

/// A row that keys have led to must stay under them; one that was clicked need not.
fn is_led_by_keys(event: &FocusEvent) -> bool {
    let target = browser::target::<Element>(event);
    target.is_some_and(|target| target.matches(":focus-visible").unwrap_or(false))
}

/// Whether the focus is on one of the rows.
fn has_focus(rows: NodeRef<leptos::html::Div>) -> bool {
    let focus = document().active_element();
    rows.get_untracked()
        .is_some_and(|rows| rows.contains(focus.as_deref()))
}

/// The arrivals that wait for the reader's hands to leave.
#[component]
fn Arrivals(list: RwSignal<List>, hands: Hands) -> impl IntoView {
    let words = &words().list;
    let waiting = Memo::new(move |_| list.with(List::waiting));
    let pill = move || {
        let count = Some(waiting.get()).filter(|count| *count != 0)?;
        let release = move |_| hands.release();
        Some(view! {
            <button class="pill" type="button" on:click=release>
                {(words.arrivals)(count)}
            </button>
        })
    };
    view! { <div class="pill-place" role="status">{pill}</div> }
}

/// The way to older rows.
#[component]
fn More(list: RwSignal<List>, ask: Ask, near: RwSignal<bool>) -> impl IntoView {
    let words = &words().list;
    let store = use_store();
    let loading = RwSignal::new(false);
    let next = Memo::new(move |_| list.with(List::next));
    let load = move || {
        let after = next.get_untracked();
        if loading.get_untracked() || after.is_none() {
            return;
        }
        loading.set(true);
        spawn_local(async move {
            let page = inbox::page(ask, after.clone()).await;
            loading.try_set(false);
            // A list that was renewed meanwhile goes on elsewhere.
            let goes_on = list.try_with_untracked(|list| list.next() == after);
            if let (Ok(page), Some(true)) = (page, goes_on) {
                store.extend_list(list, page);
            }
        });
    };
    // Whoever comes near the end need not ask for more.
    Effect::new(move |_| {
        next.track();
        if near.get() {
            load();
        }
    });
    let label = move || {
        if loading.get() {
            words.loading
        } else {
            words.more
        }
    };
    move || {
        next.get().map(|_| {
            view! {
                <button class="btn more" type="button" on:click=move |_| load()>
                    {label}
                </button>
            }
        })
    }
}
