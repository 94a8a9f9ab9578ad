//! Replies that are sent later: the part of the team's pages that offers moments, and the page of the
//! reader's own.

use leptos::prelude::*;
use pigeon_wire::waiting::OwnWaiting;

use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::team;
use crate::words::waiting::words;

/// Characters of a text that the list shows: more than two lines hold.
const PREVIEW_CHARS: usize = 200;

/// The dialog that offers moments; the browser knows which ones they are.
pub fn moments() -> AnyView {
    let words = words();
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

/// The page of the reader's own replies that wait.
pub fn scheduled(all: &[OwnWaiting]) -> AnyView {
    let words = words();
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
    let words = words();
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
        let why = (team::words().compose.stopped)(by);
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
