//! Replies that are on their way, and those that did not get through.

use leptos::either::EitherOf3;
use leptos::prelude::*;
use pigeon_wire::Fault;

use super::entries::OwnBubble;
use super::line::Talk;
use crate::live::conversation::{Pending, PendingState};
use crate::part::icon::{ALERT, CHECK, CLOCK, Icon};
use crate::words::guest::words;
use crate::words::{fault_text, language};

/// The replies whose stored copy has not come yet.
#[component]
pub fn PendingReplies(talk: Talk) -> impl IntoView {
    let pending = move || talk.conversation.with(|held| held.pending.clone());
    let key = |pending: &Pending| (pending.form.key.clone(), fate(&pending.state));
    view! {
        <ol class="g-entries">
            <For each=pending key=key let:pending>
                <PendingReply talk=talk pending=pending />
            </For>
        </ol>
    }
}

/// A number for each way to fare, so that a reply is drawn anew when it fares otherwise.
const fn fate(state: &PendingState) -> u8 {
    match state {
        PendingState::Sending => 0,
        PendingState::Sent => 1,
        PendingState::Failed(_) => 2,
    }
}

/// One reply on its way.
#[component]
fn PendingReply(talk: Talk, pending: Pending) -> impl IntoView {
    let words = words();
    let mut body = pending.form.body.clone();
    if body.is_empty() {
        // Files alone; they can be opened once they are posted.
        body = talk.tray.names(&pending.form.key);
    }
    let failed = matches!(pending.state, PendingState::Failed(_));
    let at = matches!(pending.state, PendingState::Sent).then_some(pending.at);
    let state = match pending.state.clone() {
        PendingState::Sending => {
            EitherOf3::A(view! { <p class="g-fate"><Icon of=CLOCK /> {words.sending}</p> })
        }
        PendingState::Sent => {
            EitherOf3::B(view! { <p class="g-fate"><Icon of=CHECK /> {words.sent}</p> })
        }
        PendingState::Failed(fault) => {
            EitherOf3::C(view! { <Failed talk=talk pending=pending fault=fault /> })
        }
    };
    view! {
        <li class="g-entry mine on-its-way" class:failed=failed>
            <OwnBubble body=body files=Vec::new() talk=talk at=at />
            {state}
        </li>
    }
}

/// What can be done about a reply that did not get through.
#[component]
fn Failed(talk: Talk, pending: Pending, fault: Option<Fault>) -> impl IntoView {
    let words = words();
    let is_over = matches!(fault, Some(Fault::Expired | Fault::NotFound));
    let why = if is_over {
        words.ended.to_owned()
    } else {
        fault
            .map(|fault| fault_text(language(), &fault))
            .unwrap_or_default()
    };
    let key = pending.form.key.clone();
    let retry = move |_| talk.post(pending.form.clone());
    let edit = move |_| talk.take_back(&key);
    let retry = (!is_over).then(|| {
        view! { <button class="btn small" type="button" on:click=retry>{words.retry}</button> }
    });
    view! {
        <div class="g-fate failed" role="alert">
            <p><Icon of=ALERT /> <b>{words.failed}</b> " " {why}</p>
            <p class="g-fate-acts">
                {retry}
                <button class="btn quiet small" type="button" on:click=edit>{words.edit}</button>
            </p>
        </div>
    }
}
