//! Merging a conversation into another one of the same customer: which one, what happens, and undoing it.

use leptos::prelude::*;
use pigeon_wire::id::DAY_MS;
use pigeon_wire::merge::{MERGE_UNDO_MS, MergeDesk, MergeRefusal, MergeThread, Merged};
use pigeon_wire::{Fault, ThreadId};

use super::form::refusal;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::part::status::StatusChip;
use crate::words::merge::words;
use crate::words::team;

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// What can be done.
    pub desk: MergeDesk,
    /// The thread that was chosen, until it is confirmed.
    pub into: Option<ThreadId>,
    /// Why it was not done, if it was not.
    pub why: Option<MergeRefusal>,
    /// The same, for a reason that is not of the two threads.
    pub fault: Option<Fault>,
}

impl Merge {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let desk = &self.desk;
        let why = self
            .why
            .map(|why| view! { <p class="refusal" role="alert">{(words.refusal)(why)}</p> });
        let chosen = self.into.and_then(|into| {
            let mut choices = desk.choices.iter();
            choices.find(|choice| choice.id == into)
        });
        let rest = match (&desk.merged, chosen) {
            (Some(merged), _) => self.standing(merged),
            (None, Some(into)) => self.sure(into),
            (None, None) => self.choose(),
        };
        view! {
            <p>
                <a href=room(desk.thread.id)>{words.back}</a>
            </p>
            {refusal(self.fault.as_ref(), &[])}
            {why}
            <section class="plain-part" aria-labelledby="this-heading">
                <h2 id="this-heading">{words.this}</h2>
                <ul class="contact-threads">
                    <li>{line(&desk.thread)}</li>
                </ul>
            </section>
            {rest}
        }
        .boxed()
    }

    /// The address of the page.
    fn here(&self) -> String {
        [&room(self.desk.thread.id), "/merge"].concat()
    }

    fn choose(&self) -> AnyView {
        let words = words();
        let choices = &self.desk.choices;
        if choices.is_empty() {
            return view! { <p class="lead">{words.none}</p> }.boxed();
        }
        let here = self.here();
        let rows = choices.iter().map(|choice| {
            let way = format!("{here}?into={}", choice.id);
            let can = self.desk.thread.verified && choice.verified;
            let way = can.then(|| {
                let label = [words.choose, " ", &choice.id.mark()].concat();
                view! {
                    <a class="btn" href=way aria-label=label>
                        {words.choose}
                    </a>
                }
            });
            view! {
                <li class="ledger-row">
                    <div class="ledger-main">{line(choice)}</div>
                    {way}
                </li>
            }
        });
        let is_barred = choices
            .iter()
            .any(|choice| !choice.verified || !self.desk.thread.verified);
        let barred = is_barred.then(|| {
            view! { <p class="faint">{(words.refusal)(MergeRefusal::Unverified)}</p> }
        });
        view! {
            <section class="plain-part" aria-labelledby="choices-heading">
                <h2 id="choices-heading">{words.choices}</h2>
                <p class="lead">{words.lead}</p>
                <ul class="ledger">{rows.collect_view()}</ul>
                {barred}
            </section>
        }
        .boxed()
    }

    fn sure(&self, into: &MergeThread) -> AnyView {
        let words = words();
        let sees = if self.desk.guest {
            words.guest_sees
        } else {
            words.user_sees
        };
        let (here, other) = (self.here(), self.here());
        view! {
            <section class="plain-part" aria-labelledby="sure-heading">
                <h2 id="sure-heading">{(words.sure)(&into.id.mark())}</h2>
                <ul class="contact-threads">
                    <li>{line(into)}</li>
                </ul>
                <ul class="merge-says">
                    <li>{words.moves}</li>
                    <li>{words.notes}</li>
                    <li>{sees}</li>
                    <li>{words.no_mail}</li>
                    <li>{(words.undo_lead)(MERGE_UNDO_MS / DAY_MS)}</li>
                </ul>
                <form method="post" action=here class="plain-form">
                    <input type="hidden" name="into" value=into.id.to_string() />
                    <div class="ways">
                        <button class="btn primary">{words.merge}</button>
                        <a class="btn quiet" href=other>
                            {words.other}
                        </a>
                    </div>
                </form>
            </section>
        }
        .boxed()
    }

    fn standing(&self, merged: &Merged) -> AnyView {
        let words = words();
        let undo = match merged.stays {
            Some(why) => view! { <p class="faint">{(words.refusal)(why)}</p> }.boxed(),
            None => view! {
                <p>{words.undo_says}</p>
                <form method="post" action=[&self.here(), "/undo"].concat() class="plain-form">
                    <div class="ways">
                        <button class="btn primary">{words.undo}</button>
                    </div>
                </form>
            }
            .boxed(),
        };
        view! {
            <section class="plain-part" aria-labelledby="into-heading">
                <h2 id="into-heading">{words.into}</h2>
                <ul class="contact-threads">
                    <li>{line(&merged.into)}</li>
                </ul>
                <p class="faint">{(words.merged)(&merged.by)} " " <Moment at=merged.at /></p>
                {undo}
            </section>
        }
        .boxed()
    }
}

fn room(thread: ThreadId) -> String {
    ["/inbox/", &thread.to_string()].concat()
}

/// What tells one conversation from another: subject, mark, status, how much and when.
fn line(thread: &MergeThread) -> AnyView {
    let words = words();
    let subject = thread.subject.clone();
    let subject = subject.unwrap_or_else(|| words.no_subject.to_owned());
    let unsure = (!thread.verified).then(|| [", ", words.not_verified].concat());
    view! {
        <a href=room(thread.id) dir="auto">
            {subject}
        </a>
        <span class="faint">
            {thread.id.mark()} " "
            <StatusChip status=thread.status word=(team::words().status)(thread.status) /> " "
            {(words.messages)(thread.messages)} ", " <Moment at=thread.active_at /> {unsure}
        </span>
    }
    .boxed()
}
