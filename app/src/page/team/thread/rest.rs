//! Letting a conversation rest until a moment, and waking it.

use leptos::prelude::*;
use pigeon_wire::Millis;
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::Status;

use super::Open;
use super::act::act;
use crate::api::thread;
use crate::browser;
use crate::part::boxed::Boxed;
use crate::part::icon::{CLOCK, Icon};
use crate::part::moment::Moment;
use crate::words::team::words;

/// How long a conversation can rest, as the page offers it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// A few hours.
    Hours,
    /// Until tomorrow morning.
    Tomorrow,
    /// Until the morning of the next Monday.
    Monday,
    /// Until the morning of the same day of next month.
    Month,
}

impl Rest {
    const ALL: [(&'static str, Self); 4] = [
        ("hours", Self::Hours),
        ("tomorrow", Self::Tomorrow),
        ("monday", Self::Monday),
        ("month", Self::Month),
    ];

    /// When it ends, by the clocks of whoever chooses it. Browser only.
    fn until(self) -> Millis {
        const HOURS: u32 = 3;
        const MORNING: u32 = 9;
        let date = js_sys::Date::new_0();
        let today = date.get_date();
        if self == Self::Hours {
            date.set_hours(date.get_hours() + HOURS);
            return browser::moment_of(&date);
        }
        match self {
            Self::Hours => {}
            Self::Tomorrow => {
                date.set_date(today + 1);
            }
            Self::Monday => {
                // Sunday is 0, and on a Monday the next one is meant.
                date.set_date(today + 1 + (7 - date.get_day()) % 7);
            }
            Self::Month => {
                date.set_month(date.get_month() + 1);
            }
        }
        date.set_hours(MORNING);
        date.set_minutes(0);
        date.set_seconds(0);
        date.set_milliseconds(0);
        browser::moment_of(&date)
    }
}

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
        act(open, thread::snooze(open.id, was, until));
    };
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some((_, chosen)) = Rest::ALL.iter().find(|(known, _)| *known == word) {
            rest(Some(chosen.until()));
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
            .map(|(word, rest)| view! { <option value=*word>{(words.rest)(*rest)}</option> });
        view! {
            <select class="btn snooze" aria-keyshortcuts="z" aria-label=words.snooze title=words.snooze on:change=choose>
                <option value="">{words.snooze}</option>
                {options.collect_view()}
            </select>
        }
        .boxed()
    };
    shown.boxed()
}
