//! The entries from oldest to newest, opened where the reader stopped reading.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::Millis;
use pigeon_wire::id::DAY_MS;
use pigeon_wire::note::{StaffContent, StaffEntryView};

use super::Open;
use super::entry::entry_view;
use super::runs::{Line, Piece, lines};
use super::scroll::Scroll;
use super::underway::Underway;
use super::waiting::Waiting;
use crate::api::thread;
use crate::browser;
use crate::live::team::outgoing::Outgoing;
use crate::live::team::talk::Talk;
use crate::live::team::use_store;
use crate::page::team::drawing::DOWN;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::part::moment::Moment;
use crate::words::team::words;

/// What was written, what happened, and what is on its way.
#[component]
pub fn Timeline(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = words();
    let store = use_store();
    let me = open.me.with_value(|me| me.id);
    let (first_unread, guest) = open
        .talk
        .with_untracked(|talk| (talk.first_unread(me), talk.head.customer.guest));
    let scroll = Scroll::new(open);
    let receipts = Memo::new(move |_| open.talk.with(|talk| talk.receipts.clone()));
    // Before the page is alive, days are those of the server, as in what it drew.
    let is_alive = Memo::new(move |_| store.now.with(Option::is_some));
    let all = move || {
        let is_alive = is_alive.get();
        let day = |at: Millis| {
            if is_alive {
                browser::day_of(at)
            } else {
                at.0.div_euclid(DAY_MS)
            }
        };
        open.talk
            .with(|talk| lines(&talk.entries, first_unread, day))
    };
    let entry = move |entry: Arc<StaffEntryView>, goes_on: bool| {
        let new = (first_unread == Some(entry.place))
            .then(|| view! { <p class="new-line" id="new">{words.thread.new}</p> });
        (
            new,
            entry_view(&entry, me, guest, receipts, open.id, goes_on),
        )
    };
    let line = move |line: Line| {
        let day = line
            .day
            .map(|at| view! { <p class="day"><Moment at=at day=true /></p> });
        let piece = match line.piece {
            Piece::Entry(one) => entry(one, line.goes_on).boxed(),
            Piece::Run(run) => view! {
                <details class="run">
                    <summary class="event">{(words.thread.changes)(run.len())}</summary>
                    {run.into_iter().map(|one| entry(one, false)).collect_view()}
                </details>
            }
            .boxed(),
        };
        (day, piece)
    };
    let on_their_way = Memo::new(move |_| {
        store.outgoing.with(|all| {
            open.talk.with(|talk| {
                let here = |item: &&Outgoing| item.thread == open.id && !talk.holds(me, &item.key);
                all.iter().filter(here).cloned().collect::<Vec<_>>()
            })
        })
    });
    forget_what_came_back(open);
    let item_key = |item: &Outgoing| (item.key.clone(), item.mode, stage_key(item));
    let underway = move |item: Outgoing| view! { <Underway open=open item=item /> };
    view! {
        <div class="talk" node_ref=scroll.talk on:scroll=move |_| scroll.note() tabindex="0">
            <div class="measure">
                <Earlier open=open scroll=scroll />
                <For each=all key=Line::key children=line />
                <Later open=open scroll=scroll />
                <Waiting open=open scroll=scroll />
                <For each=move || on_their_way.get() key=item_key children=underway />
            </div>
        </div>
        <Below scroll=scroll />
        <Said open=open />
    }
    .boxed()
}

/// Bubbles are few and their stages are fewer: each stage is drawn anew.
fn stage_key(item: &Outgoing) -> String {
    format!("{:?}", item.stage)
}

/// Once an entry has come back, nothing of its way needs to be kept.
fn forget_what_came_back(open: Open) {
    let store = use_store();
    let me = open.me.with_value(|me| me.id);
    Effect::new(move |_| {
        open.talk.with(|talk| {
            let came_back = |item: &Outgoing| item.thread == open.id && talk.holds(me, &item.key);
            if store
                .outgoing
                .with_untracked(|all| all.iter().any(came_back))
            {
                store
                    .outgoing
                    .update(|all| all.retain(|item| !came_back(item)));
            }
        });
    });
}

/// How often the newest entries are asked for while newer ones keep coming live.
const NEWEST_TRIES: usize = 5;

/// The address of a thread around one of its places.
fn address_at(open: Open, place: i64) -> String {
    format!("/inbox/{}?at={place}#e{place}", open.id)
}

/// The way to older entries: a link, which a page that lives needs not follow.
#[component]
fn Earlier(open: Open, scroll: Scroll) -> impl IntoView {
    let words = words();
    let more = Memo::new(move |_| open.talk.with(|talk| talk.more_before));
    let loading = RwSignal::new(false);
    let load = move || {
        if loading.get_untracked() || !more.get_untracked() {
            return;
        }
        loading.set(true);
        let place = open.talk.with_untracked(Talk::first_place);
        spawn_local(async move {
            let older = thread::before(open.id, place).await;
            loading.try_set(false);
            if let Ok((entries, more)) = older {
                scroll.keep_place(move || {
                    open.talk.try_update(|talk| talk.prepend(entries, more));
                });
            }
        });
    };
    let label = move || {
        if loading.get() {
            words.list.loading
        } else {
            words.thread.earlier
        }
    };
    let first = Memo::new(move |_| open.talk.with(Talk::first_place));
    // Whoever comes near the beginning need not ask for more.
    Effect::new(move |_| {
        if scroll.near_start.get() {
            load();
        }
    });
    let click = move |click: leptos::ev::MouseEvent| {
        click.prevent_default();
        load();
    };
    let link = move || {
        more.get().then(|| {
            view! {
                <a class="btn more" href=move || address_at(open, first.get()) on:click=click>
                    {label}
                </a>
            }
        })
    };
    view! { {link} }
}

/// The way to newer entries, where the timeline was opened in the middle; and straight to the end,
/// where the reader's own texts come to stand.
#[component]
fn Later(open: Open, scroll: Scroll) -> impl IntoView {
    let words = words();
    let store = use_store();
    let more = Memo::new(move |_| open.talk.with(|talk| talk.more_after));
    let last = Memo::new(move |_| open.talk.with(Talk::last_place));
    let loading = RwSignal::new(false);
    let load = move |click: leptos::ev::MouseEvent| {
        click.prevent_default();
        if loading.get_untracked() {
            return;
        }
        loading.set(true);
        let place = last.get_untracked();
        spawn_local(async move {
            let newer = thread::after(open.id, place).await;
            loading.try_set(false);
            if let Ok((entries, more)) = newer {
                scroll.read_on(move || {
                    open.talk.try_update(|talk| talk.append(entries, more));
                });
            }
        });
    };
    let newest = move || {
        spawn_local(async move {
            for _ in 0..NEWEST_TRIES {
                let Ok(opened) = thread::open(open.id, Some(i64::MAX)).await else {
                    return;
                };
                let renew = || open.talk.try_update(|talk| talk.renew(opened));
                if scroll.go_to_end(renew) != Some(false) {
                    return;
                }
            }
        });
    };
    // Whoever writes goes on at the end.
    Effect::new(move |_| {
        let here = |item: &Outgoing| item.thread == open.id;
        if more.get() && store.outgoing.with(|all| all.iter().any(here)) {
            newest();
        }
    });
    let label = move || {
        if loading.get() {
            words.list.loading
        } else {
            words.thread.later
        }
    };
    let to_newest = move |click: leptos::ev::MouseEvent| {
        click.prevent_default();
        newest();
    };
    let links = move || {
        more.get().then(|| {
            view! {
                <p class="later">
                    <a class="btn" href=move || address_at(open, last.get()) on:click=load>
                        {label}
                    </a>
                    <a class="btn" href=format!("/inbox/{}", open.id) on:click=to_newest>
                        {words.thread.to_newest}
                    </a>
                </p>
            }
        })
    };
    view! { {links} }
}

/// How much has arrived below what is shown.
#[component]
fn Below(scroll: Scroll) -> impl IntoView {
    let words = &words().list;
    let pill = move || {
        let count = Some(scroll.below.get()).filter(|count| *count != 0)?;
        let down = move |_| scroll.to_bottom();
        Some(view! {
            <button class="pill" type="button" on:click=down>
                {(words.arrivals)(count)}
                <Icon of=DOWN />
            </button>
        })
    };
    view! { <div class="pill-place below">{pill}</div> }
}

/// What arrives, for those who hear the page.
#[component]
fn Said(open: Open) -> impl IntoView {
    let words = &words().live;
    let store = use_store();
    // What was heard before this conversation was opened is not its news.
    let before = store.heard.get_untracked();
    let text = move || {
        let heard = store
            .heard
            .get()
            .filter(|heard| Some(heard) != before.as_ref())?;
        let name = &heard.author.name;
        let here = open
            .talk
            .with(|talk| talk.entries.iter().any(|entry| entry.id == heard.id));
        here.then(|| match &heard.content {
            StaffContent::Note { .. } => (words.note_from)(name),
            _ => (words.message_from)(name),
        })
    };
    view! { <div class="unseen" aria-live="polite">{text}</div> }
}
