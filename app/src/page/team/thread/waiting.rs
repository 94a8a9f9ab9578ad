//! Replies that wait to be posted: everybody of the team sees them, and their author can take them back.

use std::time::Duration;

use leptos::prelude::*;
use pigeon_wire::Millis;
use pigeon_wire::act::ThreadAct;
use pigeon_wire::waiting::WaitingView;

use super::Open;
use super::act::{act, done};
use super::underway::bubble;
use crate::browser;
use crate::live::team::talk::Talk;
use crate::live::team::use_store;
use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, CLOCK, Icon};
use crate::part::moment::Moment;
use crate::words::team::words;

/// The most seconds that are counted down: whatever the browser's clock says.
const UNDO_S_MAX: i64 = 30;

/// What waits. What was stopped is its author's again, and nobody else's business.
#[component]
pub fn Waiting(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let me = open.me.with_value(|me| me.id);
    let all = Memo::new(move |_| {
        let shown = |one: &&WaitingView| one.stopped.is_none() || one.author.id == me;
        open.talk.with(|talk| {
            let waiting = talk.head.waiting.iter();
            // Its entry may be there before its thread is heard of.
            let new = waiting.filter(|one| !talk.is_posted(one.author.id, one.key.as_str()));
            new.filter(shown).cloned().collect::<Vec<_>>()
        })
    });
    let shown = move || {
        let all = all.get().into_iter();
        all.map(|one| waits(open, one)).collect_view()
    };
    shown.boxed()
}

fn waits(open: Open, one: WaitingView) -> AnyView {
    let words = words();
    let (is_own, who) = open.me.with_value(|me| {
        let is_own = me.id == one.author.id;
        let who = if is_own {
            words.thread.you.to_owned()
        } else {
            one.author.name.clone()
        };
        (is_own, who)
    });
    let (name, due, undo) = (one.author.name.clone(), one.due, one.undo);
    let body = if one.body.is_empty() {
        let names = one.attachments.iter().map(|file| file.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    } else {
        one.body.clone()
    };
    let stopped = one.stopped.clone();
    let send = match (&stopped, undo) {
        (Some(_), _) => Some(words.compose.send_anyway),
        (None, false) => Some(words.compose.send_now),
        (None, true) => None,
    };
    let back = if undo && stopped.is_none() {
        words.list.undo
    } else {
        words.compose.edit
    };
    let ways = is_own.then(|| ways(open, one, send, back));
    let state = match stopped {
        Some(by) => view! {
            <div class="refused conflict" role="alert">
                <p><Icon of=ALERT /> <b dir="auto">{(words.compose.stopped)(&by)}</b></p>
                {ways}
            </div>
        }
        .boxed(),
        None => view! {
            <div class="state">
                <Icon of=CLOCK />
                {if undo { countdown(due) } else { moment(due) }}
                {ways}
            </div>
        }
        .boxed(),
    };
    view! { <div class="underway waiting">{bubble(name, who, body)} {state}</div> }.boxed()
}

fn moment(due: Millis) -> AnyView {
    view! { <span>{words().compose.sends} " " <Moment at=due /></span> }.boxed()
}

/// How many seconds are left to take it back.
fn countdown(due: Millis) -> AnyView {
    let words = &words().compose;
    let left = RwSignal::new(None);
    let count = move || {
        let ms = due.since(browser::now()).clamp(0, UNDO_S_MAX * 1000);
        left.try_set(Some((ms + 999) / 1000));
    };
    // In the browser alone, after hydration.
    Effect::new(move |_| {
        count();
        if let Ok(ticking) = set_interval_with_handle(count, Duration::from_secs(1)) {
            on_cleanup(move || ticking.clear());
        }
    });
    let text = move || {
        let left = left.get();
        left.map_or_else(|| words.sending.to_owned(), words.sends_in)
    };
    view! { <span>{text}</span> }.boxed()
}

/// What its author can do about it.
fn ways(open: Open, one: WaitingView, send: Option<&'static str>, back: &'static str) -> AnyView {
    let store = use_store();
    let reply = one.id;
    let now = move |_| {
        let seen = open.talk.with_untracked(Talk::seen);
        let until = None;
        let sends = ThreadAct::Send { reply, until, seen };
        act(open, done(open, sends));
    };
    let send = send.map(|label| {
        view! { <button class="btn small" type="button" on:click=now>{label}</button> }
    });
    let take = move |_| {
        let one = one.clone();
        act(open, async move {
            done(open, ThreadAct::Unsend { reply }).await?;
            let seen = open.talk.with_untracked(Talk::seen);
            store.take_back(open.id, one, seen);
            Ok(())
        });
    };
    view! {
        <span class="ways">
            {send}
            <button class="btn small" type="button" on:click=take>{back}</button>
        </span>
    }
    .boxed()
}
