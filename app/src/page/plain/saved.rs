//! Saved views of the inbox: listed, saved, deleted.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field;
use pigeon_wire::saved::{SAVED_NAME_CHARS_MAX, SavedView};

use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::words::saved::words;

const FIELDS: [Field; 1] = [Field::Name];

/// The page of all saved views.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedViews {
    /// The reader's own, then the team's.
    pub views: Vec<SavedView>,
    /// What the new one shows, as it stands in an address; nothing where none was asked for.
    pub query: Option<String>,
    /// Whether the reader may save for the team.
    pub may_share: bool,
    /// The name as it was typed, and whether it is for the team.
    pub typed: (String, bool),
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

impl SavedViews {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let list = if self.views.is_empty() {
            view! { <p class="lead">{words.none}</p> }.boxed()
        } else {
            view! { <ul class="ledger">{self.views.iter().map(row).collect_view()}</ul> }.boxed()
        };
        view! {
            <p class="lead">{words.lead}</p>
            {self.query.as_ref().map(|query| self.form(query))}
            {list}
        }
        .boxed()
    }

    fn form(&self, query: &str) -> AnyView {
        let words = words();
        let (name, shared) = &self.typed;
        let line = Control::Line {
            kind: "text",
            max: SAVED_NAME_CHARS_MAX,
        };
        let share = self.may_share.then(|| {
            view! {
                <PlainField
                    name="shared"
                    label=words.share
                    control=Control::Switch
                    value=if *shared { "on" } else { "" }.to_owned()
                    hint=words.share_hint
                />
            }
        });
        view! {
            <section class="plain-part" aria-labelledby="new-heading">
                <h2 id="new-heading">{words.new}</h2>
                {refusal(self.fault.as_ref(), &FIELDS)}
                <form method="post" action="/views" class="plain-form">
                    <input type="hidden" name="query" value=query.to_owned() />
                    <PlainField
                        name="name"
                        label=words.name
                        control=line
                        value=name.clone()
                        problem=problem(self.fault.as_ref(), Field::Name)
                    />
                    {share}
                    <div class="ways">
                        <button class="btn primary">{words.save}</button>
                    </div>
                </form>
            </section>
        }
        .boxed()
    }
}

fn row(one: &SavedView) -> AnyView {
    let words = words();
    let whose = if one.shared {
        [words.team, " · ", &(words.by)(&one.author)].concat()
    } else {
        words.own.to_owned()
    };
    let delete = one.deletable.then(|| {
        let address = ["/views/", &one.id.to_string(), "/delete"].concat();
        let label = (words.delete_of)(&one.name);
        view! {
            <form method="post" action=address>
                <button class="btn small" aria-label=label>{words.delete}</button>
            </form>
        }
    });
    let address = ["/inbox?", &one.query].concat();
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <h2 class="ledger-title" dir="auto">
                    <a href=address>{one.name.clone()}</a>
                </h2>
                <p class="ledger-meta">{whose}</p>
            </div>
            {delete}
        </li>
    }
    .boxed()
}
