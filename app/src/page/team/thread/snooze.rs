//! Letting a conversation rest until a moment, and waking it.

use leptos::prelude::*;
use pigeon_wire::act::{Rest, ThreadAct};
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::Status;

use super::Open;
use super::act::{act, done};
use crate::page::team::rest::moment;
use crate::part::boxed::Boxed;
use crate::part::icon::{CLOCK, Icon};
use crate::part::moment::Moment;
use crate::words::team::words;

/// The choice of a rest, or the way to end one.
#[component]
pub fn Snooze(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = &words().thread;
    let may = open
        .me
        .with_value(|me| me.permissions.has(Permission::ManageThreads));
    let resting = Memo::new(move |_| open.talk.with(|talk| talk.head.snoozed_until));
    let closed = Memo::new(move |_| {
        open.talk
            .with(|talk| talk.head.public.status == Status::Closed)
    });
    let rest = move |until| {
        let was = resting.get_untracked();
        act(open, done(open, ThreadAct::Snooze { was, until }));
    };
    let choose = move |event| {
        if let Some(until) = moment(&event_target_value(&event)) {
            rest(Some(until));
        }
    };
    let shown = move || {
        if let Some(until) = resting.get() {
            let wake = may.then(|| {
                view! {
                    <button class="btn" type="button" aria-keyshortcuts="z" on:click=move |_| rest(None)>
                        {words.wake}
                    </button>
                }
            });
            return view! {
                <span class="chip snoozed">
                    <Icon of=CLOCK />
                    <span class="unseen">{words.rests_until}" "</span>
                    <Moment at=until />
                </span>
                {wake}
            }
            .boxed();
        }
        if !may || closed.get() {
            return ().boxed();
        }
        let options = Rest::ALL
            .iter()
            .map(|rest| view! { <option value=rest.as_str()>{(words.rest)(*rest)}</option> });
        view! {
            <span class="btn quiet snooze">
                <Icon of=CLOCK />
                <select aria-keyshortcuts="z" aria-label=words.snooze title=words.snooze on:change=choose>
                    <option value="">{words.snooze}</option>
                    {options.collect_view()}
                </select>
            </span>
        }
        .boxed()
    };
    shown.boxed()
}
