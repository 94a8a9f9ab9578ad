//! The status of a conversation: a chip for whoever reads, a free choice for whoever manages.

use leptos::prelude::*;
use pigeon_wire::act::ThreadAct;
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::Status;

use super::Open;
use super::act::{act, done};
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::part::status::{StatusChip, status_drawing};
use crate::words::team::words;

/// The status, to see or to choose.
#[component]
pub fn State(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = words();
    // Tells its readers of each change of the thread, so that a refused choice springs back.
    let status = Signal::derive(move || open.talk.with(|talk| talk.head.public.status));
    if open
        .me
        .with_value(|me| me.permissions.has(Permission::ManageThreads))
    {
        view! { <Choice open=open status=status /> }.boxed()
    } else {
        let chip = move || {
            let status = status.get();
            view! { <StatusChip status=status word=(words.status)(status) /> }
        };
        chip.boxed()
    }
}

#[component]
fn Choice(open: Open, status: Signal<Status>) -> impl IntoView {
    let words = words();
    let options = Status::ALL.iter().map(|one| {
        let chosen = move || status.get() == *one;
        view! {
            <option value=one.as_str() selected=chosen prop:selected=chosen>
                {(words.status)(*one)}
            </option>
        }
    });
    let choose = move |event| {
        if let Ok(to) = event_target_value(&event).parse() {
            let from = Some(status.get_untracked());
            act(open, done(open, ThreadAct::Status { from, to }));
        }
    };
    let class = move || ["chip pick ", status.get().as_str()].concat();
    let icon = move || view! { <Icon of=status_drawing(status.get()) /> };
    view! {
        <span class=class>
            {icon}
            <select aria-keyshortcuts="s" aria-label=words.thread.set_status on:change=choose>
                {options.collect_view()}
            </select>
        </span>
    }
}
