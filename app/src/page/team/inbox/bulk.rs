//! What is done to many conversations at once, what became of it, and the way back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::act::{Outcome, Task, ThreadAct};
use pigeon_wire::inbox::{InboxRow, View};
use pigeon_wire::permission::Permission;
use pigeon_wire::person::{Me, PersonRef};
use pigeon_wire::thread::Status;
use pigeon_wire::{PersonId, ThreadId};

use super::picks::Picks;
use crate::UiError;
use crate::api::thread;
use crate::live::team::list::List;
use crate::live::team::use_store;
use crate::page::team::drawing::CLOSE;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::words::team::{ListWords, team_error, team_fault, words};

/// What was done last, and what undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    text: String,
    refused: Vec<String>,
    undo: Vec<Task>,
}

/// One list's acts on many conversations.
#[derive(Clone, Copy)]
pub struct Bulk {
    list: RwSignal<List>,
    picks: Picks,
    me: StoredValue<Me>,
    busy: RwSignal<bool>,
    report: RwSignal<Option<Report>>,
    /// Where the reader's words are known, for what is told later.
    owner: StoredValue<Option<Owner>>,
}

impl Bulk {
    /// Nothing is done yet.
    pub fn new(list: RwSignal<List>, picks: Picks, me: StoredValue<Me>) -> Self {
        Self {
            list,
            picks,
            me,
            busy: RwSignal::new(false),
            report: RwSignal::new(None),
            owner: StoredValue::new(Owner::current()),
        }
    }

    /// Does `act` to each chosen row for which there is one.
    fn run(self, act: impl Fn(&InboxRow) -> Option<ThreadAct>) {
        let tasks = self.picks.all().into_iter().filter_map(|id| {
            let row = self.list.with_untracked(|list| list.row(id).cloned())?;
            Some(Task {
                thread: id,
                act: act(&row.row)?,
            })
        });
        self.send(tasks.collect(), |words| words.done);
    }

    fn undo(self) {
        if let Some(report) = self.report.get_untracked() {
            self.send(report.undo, |words| words.undone);
        }
    }

    fn send(self, tasks: Vec<Task>, worded: fn(&ListWords) -> fn(usize) -> String) {
        if tasks.is_empty() || self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let threads: Vec<_> = tasks.iter().map(|task| task.thread).collect();
        self.list.update(|list| list.await_rows(&threads));
        spawn_local(async move {
            let answer = thread::all(tasks.clone()).await;
            self.list
                .try_update(|list| await_no_more(list, &tasks, &answer));
            let told = || match &answer {
                Ok(outcomes) => report(&tasks, outcomes, worded(&words().list), self.list),
                Err(error) => Report {
                    text: team_error(error),
                    refused: Vec::new(),
                    undo: Vec::new(),
                },
            };
            let owner = self.owner.try_get_value().flatten();
            let told = owner.map_or_else(told, |owner| owner.with(told));
            self.busy.try_set(false);
            self.report.try_set(Some(told));
            self.picks.clear();
        });
    }
}

/// The list awaits nothing of a task of which nothing comes.
fn await_no_more(list: &mut List, tasks: &[Task], answer: &Result<Vec<Outcome>, UiError>) {
    for (at, task) in tasks.iter().enumerate() {
        let outcome = answer.as_ref().ok().and_then(|all| all.get(at));
        if !matches!(outcome, Some(Outcome::Done { .. })) {
            list.await_no_row(task.thread);
        }
    }
}

/// What became of the tasks, in words. What undoes them is undone in turn by nothing.
fn report(
    tasks: &[Task],
    outcomes: &[Outcome],
    worded: fn(usize) -> String,
    list: RwSignal<List>,
) -> Report {
    let (mut done, mut refused, mut undo) = (0, Vec::new(), Vec::new());
    for (task, outcome) in tasks.iter().zip(outcomes) {
        match outcome {
            Outcome::Done { undo: act } => {
                done += 1;
                undo.push(Task { act: *act, ..*task });
            }
            Outcome::Nothing => {}
            Outcome::Refused { fault } => {
                let name = name_of(task.thread, list);
                refused.push([name.as_str(), ": ", &team_fault(fault)].concat());
            }
        }
    }
    Report {
        text: worded(done),
        refused,
        undo,
    }
}

fn name_of(id: ThreadId, list: RwSignal<List>) -> String {
    let row = list.with_untracked(|list| list.row(id).cloned());
    let subject = row.and_then(|mine| mine.row.subject.or(Some(mine.row.customer)));
    subject.unwrap_or_else(|| words().list.no_subject.to_owned())
}

/// The acts on what is chosen; nothing while nothing is.
#[component]
pub fn BulkBar(
    /// The acts.
    bulk: Bulk,
    /// The view that is shown.
    view: View,
) -> impl IntoView {
    let words = &words().list;
    let count = Memo::new(move |_| bulk.picks.all().len());
    let set = move |to: Status| {
        bulk.run(move |row| {
            let from = Some(row.status);
            (row.status != to).then_some(ThreadAct::Status { from, to })
        });
    };
    let button = move |label: &'static str, act: Callback<()>| {
        view! {
            <button class="btn" type="button" disabled=move || bulk.busy.get() on:click=move |_| act.run(())>
                {label}
            </button>
        }
        .boxed()
    };
    let acts = move || {
        if view == View::Trash {
            let restore = Callback::new(move |()| {
                bulk.run(|row| {
                    row.trashed_at.map(|at| ThreadAct::Restore {
                        trashed_at: Some(at),
                    })
                });
            });
            return button(words.restore, restore);
        }
        let close = Callback::new(move |()| set(Status::Closed));
        let reopen = Callback::new(move |()| {
            bulk.run(|row| {
                (row.status == Status::Closed).then_some(ThreadAct::Status {
                    from: Some(Status::Closed),
                    to: Status::Pending,
                })
            });
        });
        let trash = Callback::new(move |()| bulk.run(|_| Some(ThreadAct::Trash)));
        let any = |closed: bool| {
            let is = move |id: ThreadId| {
                let row = bulk.list.with(|list| list.row(id).cloned());
                row.is_some_and(|mine| (mine.row.status == Status::Closed) == closed)
            };
            bulk.picks.all().into_iter().any(is)
        };
        view! {
            <Give bulk=bulk />
            {any(false).then(|| button(words.close, close))}
            {any(true).then(|| button(words.reopen, reopen))}
            {button(words.trash, trash)}
        }
        .boxed()
    };
    let bar = move || {
        let count = Some(count.get()).filter(|count| *count != 0)?;
        Some(view! {
            <div class="bulk" role="group" aria-label=words.bulk>
                <b>{(words.chosen)(count)}</b>
                {acts}
                <button
                    class="btn quiet"
                    type="button"
                    aria-label=words.choose_none
                    title=words.choose_none
                    on:click=move |_| bulk.picks.clear()
                >
                    <Icon of=CLOSE />
                </button>
            </div>
        })
    };
    view! { {bar} <Toast bulk=bulk /> }.boxed()
}

/// Whom the chosen ones can be given to.
#[component]
fn Give(bulk: Bulk) -> impl IntoView {
    let words = words();
    let store = use_store();
    let (me, all) = bulk.me.with_value(|me| {
        let myself = PersonRef {
            id: me.id,
            name: words.thread.you.to_owned(),
        };
        (myself, me.permissions.has(Permission::AssignThreads))
    });
    let options = move || {
        let others = store.assignees.get().into_iter().filter(|_| all);
        let me_again = me.id;
        let others = others.filter(move |person| person.id != me_again);
        let people = std::iter::once(me.clone()).chain(others);
        let option =
            |PersonRef { id, name }| view! { <option value=id.to_string()>{name}</option> };
        people.map(option).collect_view()
    };
    let choose = move |event: web_sys::Event| {
        let word = event_target_value(&event);
        let to: Option<PersonId> = word.parse().ok();
        if word.is_empty() || (to.is_none() && word != "nobody") {
            return;
        }
        bulk.run(move |row| {
            let from = row.assignee.as_ref().map(|assignee| assignee.id);
            (from != to).then_some(ThreadAct::Assign { from, to })
        });
    };
    view! {
        <select class="btn assign" aria-label=words.list.assign on:change=choose>
            <option value="">{words.list.assign}</option>
            <option value="nobody">{words.thread.nobody}</option>
            {options}
        </select>
    }
    .boxed()
}

/// What was done, until the reader has seen enough of it.
#[component]
fn Toast(bulk: Bulk) -> impl IntoView {
    let words = &words().list;
    let toast = move || {
        let Report {
            text,
            refused,
            undo,
        } = bulk.report.get()?;
        let undo = (!undo.is_empty()).then(|| {
            view! {
                <button class="btn" type="button" on:click=move |_| bulk.undo()>{words.undo}</button>
            }
        });
        let lines = refused.into_iter().map(|line| view! { <li>{line}</li> });
        Some(view! {
            <div class="toast">
                <p>{text}</p>
                <ul>{lines.collect_view()}</ul>
                {undo}
                <button
                    class="btn quiet"
                    type="button"
                    aria-label=words.dismiss
                    title=words.dismiss
                    on:click=move |_| bulk.report.set(None)
                >
                    <Icon of=CLOSE />
                </button>
            </div>
        })
    };
    view! { <div class="toast-place" role="status">{toast}</div> }.boxed()
}
