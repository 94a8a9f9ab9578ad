//! Who looks after a conversation: for leads a choice of everybody, for agents taking and dropping,
//! for others the name.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::PersonId;
use pigeon_wire::act::ThreadAct;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;

use super::Open;
use super::act::{act, done};
use crate::api::thread;
use crate::live::team::use_store;
use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::words::team::words;

/// The assignee, to see or to change.
#[component]
pub fn Assignee(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    if open
        .me
        .with_value(|me| me.permissions.has(Permission::AssignThreads))
    {
        view! { <Choice open=open /> }.boxed()
    } else {
        view! { <TakeOrDrop open=open /> }.boxed()
    }
}

/// The choice of the page on which a note comes with it.
const WITH_NOTE: &str = "note";

fn assign(open: Open, to: Option<PersonId>) {
    let from = open
        .talk
        .with_untracked(|talk| talk.head.assignee.as_ref().map(|a| a.id));
    if from != to {
        act(open, done(open, ThreadAct::Assign { from, to }));
    }
}

#[component]
fn Choice(open: Open) -> impl IntoView {
    let words = &words().thread;
    let store = use_store();
    Effect::new(move |_| {
        spawn_local(async move {
            if let Ok(all) = thread::assignees().await {
                store.assignees.try_set(all);
            }
        });
    });
    let assignee = Signal::derive(move || open.talk.with(|talk| talk.head.assignee.clone()));
    let people = move || {
        let me = open.me.with_value(|me| PersonRef {
            id: me.id,
            name: me.name.clone(),
        });
        let known = assignee.get().into_iter().chain([me]);
        store.assignees.with(|all| with_missing(all, known))
    };
    let options = move || {
        people()
            .into_iter()
            .map(|PersonRef { id, name }| {
                let chosen = move || assignee.with(|now| now.as_ref().map(|a| a.id) == Some(id));
                view! {
                    <option value=id.to_string() selected=chosen prop:selected=chosen>
                        {name}
                    </option>
                }
            })
            .collect_view()
    };
    let nobody = move || assignee.with(Option::is_none);
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if chosen == WITH_NOTE {
            let page = ["/inbox/", &open.id.to_string(), "/hand-over"].concat();
            // Whoever cannot be led there stays here.
            let _ = window().location().set_href(&page);
        } else {
            assign(open, chosen.parse().ok());
        }
    };
    view! {
        <select class="btn assign" aria-keyshortcuts="a" aria-label=words.assignee title=words.assignee on:change=choose>
            <option value="" selected=nobody prop:selected=nobody>
                {words.nobody}
            </option>
            {options}
            <option value=WITH_NOTE>{words.hand_over}</option>
        </select>
    }
    .boxed()
}

/// `all`, and those of `known` that are missing in it.
fn with_missing(all: &[PersonRef], known: impl Iterator<Item = PersonRef>) -> Vec<PersonRef> {
    let mut people = all.to_vec();
    for person in known {
        if people.iter().all(|held| held.id != person.id) {
            people.push(person);
        }
    }
    people
}

#[component]
fn TakeOrDrop(open: Open) -> impl IntoView {
    let words = words();
    let me = open.me.with_value(|me| me.id);
    let may = open.me.with_value(|me| me.permissions);
    let assignee = Memo::new(move |_| open.talk.with(|talk| talk.head.assignee.clone()));
    let name = move || match assignee.get() {
        Some(PersonRef { id, name }) => {
            let shown = if id == me {
                words.thread.you.to_owned()
            } else {
                name.clone()
            };
            let label = (words.list.assigned_to)(&shown);
            view! {
                <span class="assignee" title=label.clone()>
                    <Avatar name=name small=true />
                    <span class="unseen">{label.clone()}</span>
                    <span aria-hidden="true">{shown}</span>
                </span>
            }
            .boxed()
        }
        None => view! { <span class="assignee">{words.thread.nobody}</span> }.boxed(),
    };
    let button = move || {
        let from = assignee.get().map(|a| a.id);
        let to = if from.is_none() { Some(me) } else { None };
        let label = if from.is_none() {
            words.thread.take
        } else {
            words.thread.drop
        };
        may.may_assign(me, from, to).then(|| {
            view! {
                <button class="btn" type="button" aria-keyshortcuts="i" on:click=move |_| assign(open, to)>
                    {label}
                </button>
            }
        })
    };
    view! { {name} {button} }.boxed()
}

#[cfg(test)]
mod tests {
    use super::with_missing;
    use crate::live::team::cast::{ME, NORA, person};

    #[test]
    fn everybody_can_be_chosen_once() {
        let people = with_missing(&[person(ME)], [person(NORA), person(ME)].into_iter());
        assert_eq!(people, [person(ME), person(NORA)]);
    }
}
