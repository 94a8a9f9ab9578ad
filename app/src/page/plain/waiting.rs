//! Replies that are sent later: the part of the team's pages that offers moments, and the page of the
//! reader's own.

use leptos::prelude::*;
use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::waiting::{OwnWaiting, WaitingView};
use pigeon_wire::{Millis, PersonId};

use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, CLOCK, Icon};
use crate::part::moment::Moment;
use crate::part::prose::Prose;
use crate::words::{team, waiting};

/// Characters of a text that the list shows: more than two lines hold.
const PREVIEW_CHARS: usize = 200;

/// The dialog that offers moments; the browser knows which ones they are.
pub fn moments() -> AnyView {
    let words = waiting::words();
    let moments = words.moments.iter().map(|(word, label)| {
        view! {
            <li>
                <button type="button" value=*word>{*label}</button>
            </li>
        }
    });
    view! {
        <dialog id="later" class="palette" aria-labelledby="later-title">
            <h2 id="later-title">{words.choose}</h2>
            <ul>{moments.collect_view()}</ul>
            <div class="own-moment">
                <label for="later-own">{words.own}</label>
                <input id="later-own" type="datetime-local" />
                <button class="btn" type="button">{words.send}</button>
            </div>
            <p class="palette-foot">{words.stops}</p>
            <form method="dialog" class="palette-foot">
                <button class="btn quiet" value="close">{words.close}</button>
                " "
                <a href="/scheduled">{words.all}</a>
            </form>
        </dialog>
    }
    .boxed()
}

/// What waits in a conversation at this moment, as `me` sees it.
pub fn lines(all: &[WaitingView], me: PersonId, now: Millis) -> AnyView {
    let lines = all.iter().map(|one| line(one, one.author.id == me, now));
    lines.collect_view().boxed()
}

fn line(one: &WaitingView, is_own: bool, now: Millis) -> AnyView {
    let words = waiting::words();
    let who = if is_own {
        team::words().thread.you.to_owned()
    } else {
        one.author.name.clone()
    };
    let text = (!one.body.is_empty()).then(|| view! { <Prose text=one.body.clone() /> });
    let files = one.attachments.iter().map(file);
    let ways = is_own.then(|| ways(one));
    let state = match &one.stopped {
        Some(by) => view! {
            <div class="refused conflict" role="alert">
                <p><Icon of=ALERT /> <b dir="auto">{(words.stopped)(by)}</b></p>
                {ways}
            </div>
        }
        .boxed(),
        None => view! {
            <div class="state">
                <Icon of=CLOCK />
                {when(one, now)}
                {one.close.then_some(words.closes)}
                {ways}
            </div>
        }
        .boxed(),
    };
    view! {
        <div class="underway waiting" data-reply=one.id.to_string() data-body=one.body.clone()>
            <div class="message ours">
                <Avatar name=one.author.name.clone() />
                <div class="message-body">
                    <div class="bubble">
                        <p class="byline"><b dir="auto">{who}</b></p>
                        {text}
                        {files.collect_view()}
                    </div>
                </div>
            </div>
            {state}
        </div>
    }
    .boxed()
}

/// A file, with all that its author's composer needs to have it back.
fn file(file: &AttachmentView) -> AnyView {
    let data = serde_json::to_string(file).unwrap_or_default();
    view! { <p class="waiting-file" data-file=data dir="auto">{file.name.clone()}</p> }.boxed()
}

fn when(one: &WaitingView, now: Millis) -> AnyView {
    let words = waiting::words();
    if one.undo {
        let left = one.due.since(now).max(0).saturating_add(999) / 1000;
        let (before, after) = words.sends_in;
        view! { <span>{before} " " <span class="left num">{left}</span> " " {after}</span> }.boxed()
    } else {
        view! { <span>{words.sends} " " <Moment at=one.due /></span> }.boxed()
    }
}

/// What its author can do about it.
fn ways(one: &WaitingView) -> AnyView {
    let words = waiting::words();
    let (send, back) = match (&one.stopped, one.undo) {
        (Some(_), _) => (Some(words.send_anyway), words.edit),
        (None, false) => (Some(words.send_now), words.edit),
        (None, true) => (None, words.undo_now),
    };
    let send = send.map(|label| {
        view! { <button class="btn small" type="button" value="send">{label}</button> }
    });
    view! {
        <span class="ways">
            {send}
            <button class="btn small" type="button" value="unsend">{back}</button>
        </span>
    }
    .boxed()
}

/// The page of the reader's own replies that wait.
pub fn scheduled(all: &[OwnWaiting]) -> AnyView {
    let words = waiting::words();
    let list = if all.is_empty() {
        view! { <p class="lead">{words.none}</p> }.boxed()
    } else {
        view! { <ul class="ledger">{all.iter().map(row).collect_view()}</ul> }.boxed()
    };
    view! {
        <p class="lead">{words.lead}</p>
        {list}
    }
    .boxed()
}

fn row(one: &OwnWaiting) -> AnyView {
    let words = waiting::words();
    let subject = one.subject.clone();
    let subject = subject.unwrap_or_else(|| words.no_subject.to_owned());
    let address = ["/inbox/", &one.thread.to_string()].concat();
    let text: String = one.body.chars().take(PREVIEW_CHARS).collect();
    let when = if one.stopped.is_some() {
        words.was_due
    } else {
        words.sends
    };
    let stopped = one.stopped.as_ref().map(|by| {
        let why = (words.stopped)(by);
        view! { <p class="ledger-meta"><strong dir="auto">{why}</strong></p> }
    });
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <h2 class="ledger-title" dir="auto">
                    <a href=address>{subject}</a>
                </h2>
                <p class="ledger-meta">
                    <span dir="auto">{one.customer.clone()}</span>
                    " · "
                    {when}
                    " "
                    <Moment at=one.due />
                </p>
                {stopped}
                <p class="canned-text" dir="auto">{text}</p>
            </div>
        </li>
    }
    .boxed()
}
