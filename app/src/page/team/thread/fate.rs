//! What became of a message's mail: one line, which leads to the mail server's words where it went wrong.

use leptos::prelude::*;
use pigeon_wire::note::Delivery;
use pigeon_wire::{MessageId, ThreadId};

use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, CHECK, CLOCK, Drawing, Icon};
use crate::words::team::words;

/// The line under a message that was mailed.
pub fn fate(thread: ThreadId, message: MessageId, delivery: Delivery) -> AnyView {
    let word = (words().thread.delivery)(delivery);
    let failed = delivery == Delivery::Failed;
    let said = if failed || delivery == Delivery::Deferred {
        let address = format!("/inbox/{thread}/mail/{message}");
        view! { <a href=address rel="external">{word}</a> }.boxed()
    } else {
        word.boxed()
    };
    view! {
        <p class="state" class:failed=failed>
            <Icon of=drawing(delivery) />
            {said}
        </p>
    }
    .boxed()
}

fn drawing(delivery: Delivery) -> Drawing {
    match delivery {
        Delivery::Queued | Delivery::Deferred => CLOCK,
        Delivery::Sent | Delivery::Unneeded => CHECK,
        Delivery::Failed => ALERT,
    }
}
