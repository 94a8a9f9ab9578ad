//! Canned replies: listed, made, changed, deleted; and the part of the team's pages that offers them.

use leptos::prelude::*;
use pigeon_wire::act::Rest;
use pigeon_wire::canned::{
    CANNED_NAME_CHARS_MAX, CANNED_TAGS_MAX, CannedActs, CannedTyped, CannedView, Keeper, Place,
};
use pigeon_wire::fault::Field;
use pigeon_wire::person::PersonRef;
use pigeon_wire::tag::TAG_BYTES_MAX;
use pigeon_wire::text::BODY_CHARS_MAX;
use pigeon_wire::thread::Status;
use pigeon_wire::{CannedId, Fault, ThreadId};

use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::words::canned::words;

/// Characters of a text that are shown where it is offered: more than two lines hold.
const PREVIEW_CHARS: usize = 200;
const FIELDS: [Field; 5] = [
    Field::Name,
    Field::Body,
    Field::Assignee,
    Field::Tag,
    Field::Until,
];

/// The page of all canned replies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canned {
    /// The reader's own, then the team's.
    pub replies: Vec<CannedView>,
    /// Who can be given conversations.
    pub people: Vec<PersonRef>,
    /// A new one, as it was typed.
    pub typed: CannedTyped,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

/// The page of one that the reader may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneCanned {
    /// It.
    pub id: CannedId,
    /// Who can be given conversations.
    pub people: Vec<PersonRef>,
    /// As it is, or as it was typed.
    pub typed: CannedTyped,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

impl Canned {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let list = if self.replies.is_empty() {
            view! { <p class="lead">{words.none}</p> }.boxed()
        } else {
            view! { <ul class="ledger">{self.replies.iter().map(|one| row(one, &self.people)).collect_view()}</ul> }.boxed()
        };
        view! {
            <p class="lead">{words.lead}</p>
            {list}
            <section class="plain-part" aria-labelledby="new-heading">
                <h2 id="new-heading">{words.new}</h2>
                {refusal(self.fault.as_ref(), &FIELDS)}
                <form method="post" action="/canned" class="plain-form">
                    {fields(&self.typed, &self.people, self.fault.as_ref())}
                    <div class="ways">
                        <button class="btn primary">{words.make}</button>
                    </div>
                </form>
            </section>
        }
        .boxed()
    }
}

impl OneCanned {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let address = ["/canned/", &self.id.to_string()].concat();
        let delete = [&address, "/delete"].concat();
        view! {
            <p>
                <a href="/canned">{words.all}</a>
            </p>
            {refusal(self.fault.as_ref(), &FIELDS)}
            <form method="post" action=address class="plain-form">
                {fields(&self.typed, &self.people, self.fault.as_ref())}
                <div class="ways">
                    <button class="btn primary">{words.save}</button>
                </div>
            </form>
            <form method="post" action=delete class="plain-form">
                <div class="ways">
                    <button class="btn danger">{words.delete}</button>
                </div>
            </form>
        }
        .boxed()
    }
}

fn row(one: &CannedView, people: &[PersonRef]) -> AnyView {
    let words = words();
    let whose = if one.shared {
        [words.team, " · ", &(words.by)(&one.author)].concat()
    } else {
        words.own.to_owned()
    };
    let edit = one.changeable.then(|| {
        let address = ["/canned/", &one.id.to_string()].concat();
        let label = (words.edit_of)(&one.name);
        view! { <a class="btn small" href=address aria-label=label>{words.edit}</a> }
    });
    let does = does(one, people).map(|does| view! { <p class="ledger-meta">{does}</p> });
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <h2 class="ledger-title" dir="auto">{one.name.clone()}</h2>
                <p class="ledger-meta">{whose}</p>
                <p class="canned-text" dir="auto">{one.text.clone()}</p>
                {does}
            </div>
            {edit}
        </li>
    }
    .boxed()
}

/// What it does to a conversation, as a sentence.
fn does(one: &CannedView, people: &[PersonRef]) -> Option<String> {
    let words = words();
    let CannedActs {
        status,
        assign,
        tags,
        rest,
    } = &one.acts;
    let tags = tags.iter().map(|tag| (words.does_tag)(tag.as_str()));
    let assign = assign.map(|keeper| match keeper {
        Keeper::Nobody => words.does_drop.to_owned(),
        Keeper::Me => words.does_take.to_owned(),
        Keeper::Person(id) => {
            let person = people.iter().find(|person| person.id == id);
            (words.does_give)(person.map_or(words.somebody_gone, |person| &person.name))
        }
    });
    let status = status.map(|status| (words.does_status)(status).to_owned());
    let rest = rest.map(|rest| (words.does_rest)(rest).to_owned());
    let all: Vec<String> = tags.chain(assign).chain(status).chain(rest).collect();
    (!all.is_empty()).then(|| [words.does, " ", &all.join(", ")].concat())
}

/// What is done together with it.
fn act_fields(typed: &CannedTyped, people: &[PersonRef], fault: Option<&Fault>) -> AnyView {
    let words = words();
    let with_none = |choices: Vec<(String, String)>| {
        let none = (String::new(), words.unchanged.to_owned());
        Control::Choice(std::iter::once(none).chain(choices).collect())
    };
    let statuses = [Status::Pending, Status::Open, Status::Closed];
    let statuses = statuses.map(|status| {
        let word = (words.status)(status);
        (status.to_string(), word.to_owned())
    });
    let keepers = [("nobody", words.nobody), ("me", words.me)];
    let keepers = keepers.map(|(word, label)| (word.to_owned(), label.to_owned()));
    let people = people.iter();
    let people = people.map(|person| (person.id.to_string(), person.name.clone()));
    let rests = Rest::ALL.iter();
    let rests = rests.map(|rest| (rest.to_string(), (words.rest)(*rest).to_owned()));
    let tags = Control::Line {
        kind: "text",
        max: CANNED_TAGS_MAX * (TAG_BYTES_MAX + 2),
    };
    view! {
        <fieldset class="field">
            <legend>{words.acts}</legend>
            <p class="field-hint">{words.acts_hint}</p>
            <PlainField
                name="status"
                label=words.act_status
                control=with_none(statuses.to_vec())
                value=typed.status.clone()
            />
            <PlainField
                name="assignee"
                label=words.act_assign
                control=with_none(keepers.into_iter().chain(people).collect())
                value=typed.assign.clone()
                problem=problem(fault, Field::Assignee)
            />
            <PlainField
                name="tags"
                label=words.act_tags
                control=tags
                value=typed.tags.clone()
                hint=words.act_tags_hint
                problem=problem(fault, Field::Tag)
                optional=true
            />
            <PlainField
                name="rest"
                label=words.act_rest
                control=with_none(rests.collect())
                value=typed.rest.clone()
                problem=problem(fault, Field::Until)
            />
        </fieldset>
    }
    .boxed()
}

fn fields(typed: &CannedTyped, people: &[PersonRef], fault: Option<&Fault>) -> AnyView {
    let words = words();
    let CannedTyped {
        name, text, shared, ..
    } = typed;
    let line = Control::Line {
        kind: "text",
        max: CANNED_NAME_CHARS_MAX,
    };
    let lines = Control::Lines {
        max: BODY_CHARS_MAX,
    };
    let places = Place::ALL.iter().map(|place| {
        let word = (words.place)(*place);
        [&place.written(), " ", word].concat()
    });
    let places = places.collect::<Vec<_>>().join(", ");
    let hint = [words.places, " ", &places, "."].concat();
    let switched = if *shared { "on" } else { "" };
    view! {
        <PlainField
            name="name"
            label=words.name
            control=line
            value=name.clone()
            hint=words.name_hint
            problem=problem(fault, Field::Name)
        />
        <PlainField
            name="body"
            label=words.text
            control=lines
            value=text.clone()
            hint=hint
            problem=problem(fault, Field::Body)
        />
        {act_fields(typed, people, fault)}
        <PlainField
            name="shared"
            label=words.share
            control=Control::Switch
            value=switched
            hint=words.share_hint
        />
    }
    .boxed()
}

/// A canned reply that can be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// It, filled in.
    pub reply: CannedView,
    /// What it does, for the page to send with the reply; empty for nothing.
    pub acts: String,
}

/// The part that offers canned replies, filled in for a conversation: each button holds its text, and beside it
/// stands what is done together with the reply, which goes into the composer with it.
pub fn pick(replies: &[Pick], people: &[PersonRef], thread: ThreadId) -> AnyView {
    let words = words();
    let items = replies.iter().map(|Pick { reply: one, acts }| {
        let does = does(one, people);
        let told = does.clone();
        let along = does.map(|does| {
            view! {
                <label class="reopen along" data-thread=thread.to_string()>
                    <input type="checkbox" value=acts.clone() checked />
                    {does}
                </label>
            }
        });
        let does = told.map(|does| view! { <span class="preview">{does}</span> });
        let kind = if one.shared { words.team } else { words.own };
        let preview: String = one.text.chars().take(PREVIEW_CHARS).collect();
        view! {
            <li>
                <button type="button" value=one.text.clone()>
                    <span dir="auto">{one.name.clone()}</span>
                    " "
                    <span class="faint">{kind}</span>
                    <span class="preview" dir="auto">{preview}</span>
                    {does}
                </button>
                {along}
            </li>
        }
    });
    let none = replies
        .is_empty()
        .then(|| view! { <p class="lead">{words.none}</p> });
    view! {
        <dialog id="canned" class="palette" aria-label=words.pick>
            <input type="search" aria-label=words.find placeholder=words.find autocomplete="off" />
            {none}
            <ul>{items.collect_view()}</ul>
            <p class="palette-foot">
                <a href="/canned">{words.all}</a>
            </p>
        </dialog>
    }
    .boxed()
}
