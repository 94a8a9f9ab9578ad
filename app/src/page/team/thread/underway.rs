//! A text on its way: shown at once under its key, kept with all its words when it was refused.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::Fault;
use pigeon_wire::fault::Overtaken;

use super::Open;
use super::entry::{Note, entry_id};
use crate::UiError;
use crate::api::message;
use crate::browser;
use crate::live::team::outgoing::{Mode, Outgoing, Stage, desk_of};
use crate::live::team::{Store, use_store};
use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, CLOCK, Icon};
use crate::part::prose::Prose;
use crate::words::team::{team_error, words};

/// Sends a text, and shows it from now on until it comes back as an entry.
pub fn send(store: Store, item: Outgoing) {
    store.outgoing.update(|all| all.push(item.clone()));
    deliver(store, item);
}

/// Sends it again: under the same key it is the same message, however often it arrives.
fn resend(store: Store, mut item: Outgoing) {
    if item.stage == Stage::Failed(UiError::Fault(Fault::KeyReused)) {
        change(store, &item, |_| None);
        let fresh = browser::fresh_key().unwrap_or_else(|| item.key.clone());
        store.tray.post(&item.key, &fresh);
        item.key = fresh;
        item.stage = Stage::Sending;
        send(store, item);
        return;
    }
    item.stage = Stage::Sending;
    change(store, &item, |_| Some(item.clone()));
    deliver(store, item);
}

fn deliver(store: Store, item: Outgoing) {
    spawn_local(async move {
        let answer = match item.mode {
            Mode::Reply => {
                let acts = item.acts.clone();
                message::reply(item.thread, item.reply(), Some(item.when), acts).await
            }
            Mode::Note => message::add_note(item.thread, item.note()).await,
        };
        // Whoever writes has read what stands before it.
        if let Ok(posted) = &answer {
            store.note_read(item.thread, posted.place);
            store.settle_draft(item.thread, item.written);
        }
        let stage = answer.map_or_else(Outgoing::refused, |_| Stage::Stored);
        change(store, &item, |held| Some(Outgoing { stage, ..held }));
    });
}

/// Changes or removes the text with the key of `item`.
fn change(store: Store, item: &Outgoing, to: impl FnOnce(Outgoing) -> Option<Outgoing>) {
    store.outgoing.try_update(|all| {
        let Some(at) = all.iter().position(|held| held.key == item.key) else {
            return;
        };
        if let Some(changed) = to(all.remove(at)) {
            all.insert(at, changed);
        }
    });
}

/// Puts a refused text back into the composer.
fn edit(store: Store, item: &Outgoing) {
    change(store, item, |_| None);
    let desk = desk_of(item.thread, item.mode);
    store.tray.take_back(&item.key, &desk);
    store
        .drafts
        .update(|drafts| drafts.put_back(item.thread, item.mode, item.draft()));
    store.keep_soon(item.thread, item.mode);
}

/// A text on its way.
#[component]
pub fn Underway(
    /// The conversation.
    open: Open,
    /// The text.
    item: Outgoing,
) -> impl IntoView {
    let words = words();
    let name = open.me.with_value(|me| me.name.clone());
    let Outgoing {
        mode, body, stage, ..
    } = item.clone();
    let body = if body.is_empty() {
        // Files alone; they can be opened once they are posted.
        use_store().tray.names(&item.key)
    } else {
        body
    };
    let item = StoredValue::new(item);
    let sending = stage == Stage::Sending;
    let state = match stage {
        Stage::Sending => {
            view! { <p class="state"><Icon of=CLOCK /> {words.compose.sending}</p> }.boxed()
        }
        Stage::Stored => ().boxed(),
        Stage::Failed(error) => view! { <Failed item=item error=error /> }.boxed(),
        Stage::Overtaken(by) => view! { <Conflict open=open item=item by=by /> }.boxed(),
    };
    let you = words.thread.you.to_owned();
    let text = match mode {
        Mode::Note => {
            view! { <Note who=you body=body files=Vec::new() room=String::new() /> }.boxed()
        }
        Mode::Reply => view! {
            <div class="message ours">
                <Avatar name=name />
                <div class="message-body">
                    <div class="bubble">
                        <p class="byline"><b>{you}</b></p>
                        <Prose text=body />
                    </div>
                </div>
            </div>
        }
        .boxed(),
    };
    view! { <div class="underway" class:sending=sending>{text} {state}</div> }.boxed()
}

#[component]
fn Failed(item: StoredValue<Outgoing>, error: UiError) -> impl IntoView {
    let words = &words().compose;
    let store = use_store();
    let told = team_error(&error);
    view! {
        <div class="refused" role="alert">
            <p><Icon of=ALERT /> <b>{words.failed}</b> " " {told}</p>
            <p class="ways">
                <button class="btn" type="button" on:click=move |_| resend(store, item.get_value())>
                    {words.retry}
                </button>
                <button class="btn quiet" type="button" on:click=move |_| edit(store, &item.get_value())>
                    {words.edit}
                </button>
            </p>
        </div>
    }
    .boxed()
}

/// The choice of rule 8: somebody else of the team has acted meanwhile.
#[component]
fn Conflict(open: Open, item: StoredValue<Outgoing>, by: Overtaken) -> impl IntoView {
    let words = &words().compose;
    let store = use_store();
    let Overtaken { by, at, now } = by;
    let me = open.me.with_value(|me| me.id);
    let show = move |_| {
        let id = open
            .talk
            .with_untracked(|talk| talk.newest_of_team(me).map(entry_id));
        if let Some(entry) = id.and_then(|id| document().get_element_by_id(&id)) {
            entry.scroll_into_view();
        }
    };
    let who_and_when = move || {
        let clock = store.now.get().map_or(at, |_| browser::now());
        (words.overtaken)(&by, clock.since(at))
    };
    let anyway = move |_| {
        resend(
            store,
            Outgoing {
                seen: now,
                shown: now,
                ..item.get_value()
            },
        );
    };
    let as_note = move |_| {
        resend(
            store,
            Outgoing {
                mode: Mode::Note,
                ..item.get_value()
            },
        );
    };
    view! {
        <div class="refused conflict" role="alert">
            <p>
                <Icon of=ALERT />
                <b dir="auto">{who_and_when}</b>
            </p>
            <p class="ways">
                <button class="btn" type="button" on:click=show>{words.show}</button>
                <button class="btn" type="button" on:click=anyway>{words.send_anyway}</button>
                <button class="btn" type="button" on:click=as_note>{words.as_note}</button>
                <button class="btn quiet" type="button" on:click=move |_| edit(store, &item.get_value())>
                    {words.edit}
                </button>
            </p>
        </div>
    }
    .boxed()
}
