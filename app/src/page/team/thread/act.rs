//! Acts on a thread: sent, and told in words when they were refused.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use pigeon_wire::act::{Outcome, Task, ThreadAct};

use super::Open;
use crate::UiError;
use crate::api::thread;
use crate::words::team::team_error;

/// Sends an act. What it did comes back over the live line; a refusal is told beside the controls.
pub fn act(open: Open, act: impl Future<Output = Result<(), UiError>> + 'static) {
    let owner = Owner::current();
    open.notice.set(None);
    spawn_local(async move {
        if let Err(error) = act.await {
            let worded = || team_error(&error);
            let text = owner.map_or_else(worded, |owner| owner.with(worded));
            open.notice.try_set(Some(text));
            // The controls show again what is true.
            open.talk.try_update(|_| ());
        }
    });
}

/// Does something to the thread, as is done to many: one way for all that can be done.
pub async fn done(open: Open, act: ThreadAct) -> Result<(), UiError> {
    let task = Task {
        thread: open.id,
        act,
    };
    match thread::all(vec![task]).await?.pop() {
        Some(Outcome::Refused { fault }) => Err(UiError::Fault(fault)),
        _ => Ok(()),
    }
}
