//! What became of a message's mail: one line, and where it went wrong the mail server's words with another
//! try.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::note::Delivery;
use pigeon_wire::outbox::MailFate;
use pigeon_wire::{MessageId, ThreadId};

use crate::api::message;
use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, CHECK, CLOCK, Drawing, Icon};
use crate::words::team::{team_error, words};

/// The line under a message that was mailed.
#[component]
pub fn Fate(
    /// Which thread.
    thread: ThreadId,
    /// Which message.
    message: MessageId,
    /// What became of it.
    delivery: Delivery,
    /// Whether the reader may have it tried again.
    may: bool,
) -> impl IntoView {
    let word = (words().thread.delivery)(delivery);
    let failed = delivery == Delivery::Failed;
    let line = view! {
        <Icon of=drawing(delivery) />
        {word}
    };
    if !failed && delivery != Delivery::Deferred {
        return view! { <p class="state">{line}</p> }.boxed();
    }
    let told = RwSignal::new(None::<String>);
    let ask = move |_| {
        if told.with_untracked(Option::is_some) {
            return;
        }
        let owner = Owner::current();
        spawn_local(async move {
            let answer = message::mail(thread, message).await;
            let worded = || match &answer {
                Ok(fate) => in_words(fate),
                Err(error) => team_error(error),
            };
            told.try_set(Some(owner.map_or_else(worded, |owner| owner.with(worded))));
        });
    };
    let again = move |_| {
        let owner = Owner::current();
        spawn_local(async move {
            // What becomes of it comes back over the live line.
            if let Err(error) = message::retry_mail(thread, message).await {
                let worded = || team_error(&error);
                told.try_set(Some(owner.map_or_else(worded, |owner| owner.with(worded))));
            }
        });
    };
    let retry = may.then(|| {
        view! {
            <button class="btn small" type="button" on:click=again>{words().thread.retry_mail}</button>
        }
    });
    view! {
        <details class="state fate" class:failed=failed on:toggle=ask>
            <summary>{line}</summary>
            <p class="answer" dir="auto">{move || told.get()}</p>
            {retry}
        </details>
    }
    .boxed()
}

fn in_words(fate: &MailFate) -> String {
    let words = &words().thread;
    let tries = (words.mail_tries)(fate.attempts);
    match &fate.answer {
        Some(answer) => [&tries, " ", answer].concat(),
        None => tries,
    }
}

fn drawing(delivery: Delivery) -> Drawing {
    match delivery {
        Delivery::Queued | Delivery::Deferred => CLOCK,
        Delivery::Sent | Delivery::Unneeded => CHECK,
        Delivery::Failed => ALERT,
    }
}
