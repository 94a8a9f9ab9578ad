//! Canned replies: listed, made, changed, deleted; and the part of the team's pages that offers them.

use leptos::prelude::*;
use pigeon_wire::canned::{CANNED_NAME_CHARS_MAX, CannedView, Place};
use pigeon_wire::fault::Field;
use pigeon_wire::text::BODY_CHARS_MAX;
use pigeon_wire::{CannedId, Fault};

use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::words::canned::words;

/// Characters of a text that are shown where it is offered: more than two lines hold.
const PREVIEW_CHARS: usize = 200;
const FIELDS: [Field; 2] = [Field::Name, Field::Body];

/// The page of all canned replies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canned {
    /// The reader's own, then the team's.
    pub replies: Vec<CannedView>,
    /// The name, the text and whether it is for the team, as they were typed.
    pub typed: (String, String, bool),
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

/// The page of one that the reader may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneCanned {
    /// It.
    pub id: CannedId,
    /// The name, the text and whether it is for the team: as it is, or as they were typed.
    pub typed: (String, String, bool),
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
            view! { <ul class="ledger">{self.replies.iter().map(row).collect_view()}</ul> }.boxed()
        };
        view! {
            <p class="lead">{words.lead}</p>
            {list}
            <section class="plain-part" aria-labelledby="new-heading">
                <h2 id="new-heading">{words.new}</h2>
                {refusal(self.fault.as_ref(), &FIELDS)}
                <form method="post" action="/canned" class="plain-form">
                    {fields(&self.typed, self.fault.as_ref())}
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
                {fields(&self.typed, self.fault.as_ref())}
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

fn row(one: &CannedView) -> AnyView {
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
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <h2 class="ledger-title" dir="auto">{one.name.clone()}</h2>
                <p class="ledger-meta">{whose}</p>
                <p class="canned-text" dir="auto">{one.text.clone()}</p>
            </div>
            {edit}
        </li>
    }
    .boxed()
}

fn fields((name, text, shared): &(String, String, bool), fault: Option<&Fault>) -> AnyView {
    let words = words();
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

/// The part that offers canned replies, filled in for a conversation: each button holds its text.
pub fn pick(replies: &[CannedView]) -> AnyView {
    let words = words();
    let items = replies.iter().map(|one| {
        let kind = if one.shared { words.team } else { words.own };
        let preview: String = one.text.chars().take(PREVIEW_CHARS).collect();
        view! {
            <li>
                <button type="button" value=one.text.clone()>
                    <span dir="auto">{one.name.clone()}</span>
                    " "
                    <span class="faint">{kind}</span>
                    <span class="preview" dir="auto">{preview}</span>
                </button>
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
