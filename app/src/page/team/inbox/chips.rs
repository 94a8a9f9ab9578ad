//! The filters in force, each a link to the list without it.

use leptos::prelude::*;
use pigeon_wire::ThreadId;
use pigeon_wire::inbox::{Ask, Filter, Holder};

use super::beside;
use crate::live::team::use_store;
use crate::page::team::drawing::CLOSE;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::words::team::words;

/// What is left out of a list, and how to have it back.
#[component]
pub fn Chips(
    /// What is shown.
    ask: Ask,
    /// The thread that is open beside it.
    open: Memo<Option<ThreadId>>,
) -> impl IntoView {
    if ask.filter.is_empty() {
        return ().boxed();
    }
    let words = words();
    let chip = move |(text, filter): (String, Filter)| {
        let without = Ask { filter, ..ask };
        let label = (words.list.without)(&text);
        view! {
            <li>
                <a class="chip" href=move || beside(open.get(), &without) title=label.clone()>
                    {text}
                    <Icon of=CLOSE />
                    <span class="unseen">{label.clone()}</span>
                </a>
            </li>
        }
    };
    // Names become known after the page.
    let chips = move || in_force(&ask).into_iter().map(chip).collect_view();
    let save = ["/views?", &ask.query()].concat();
    view! {
        <ul class="chips" aria-label=words.list.filters>
            {chips}
            <li>
                <a class="save" rel="external" href=save>{words.list.save_view}</a>
            </li>
        </ul>
    }
    .boxed()
}

/// Each filter in force with what stays without it.
fn in_force(ask: &Ask) -> Vec<(String, Filter)> {
    let words = words();
    let list = &words.list;
    let filter = ask.filter;
    let mut all = Vec::new();
    let mut put = |text: Option<String>, without: Filter| {
        all.extend(text.map(|text| (text, without)));
    };
    let status = filter.status.map(|one| (words.status)(one).to_owned());
    put(
        status,
        Filter {
            status: None,
            ..filter
        },
    );
    let holder = filter.assignee.map(holder_name);
    put(
        holder,
        Filter {
            assignee: None,
            ..filter
        },
    );
    let source = filter.source.map(|one| (words.source)(one).to_owned());
    put(
        source,
        Filter {
            source: None,
            ..filter
        },
    );
    let starter = filter.starter.map(|one| (list.starter)(one).to_owned());
    put(
        starter,
        Filter {
            starter: None,
            ..filter
        },
    );
    let unread = filter.unread.then(|| list.only_unread.to_owned());
    put(
        unread,
        Filter {
            unread: false,
            ..filter
        },
    );
    let has_file = filter.has_file.then(|| list.has_file.to_owned());
    put(
        has_file,
        Filter {
            has_file: false,
            ..filter
        },
    );
    let tag = filter.tag.map(|tag| ["#", tag.as_str()].concat());
    put(
        tag,
        Filter {
            tag: None,
            ..filter
        },
    );
    let from = filter
        .from
        .map(|day| [list.from, " ", &day.to_string()].concat());
    put(
        from,
        Filter {
            from: None,
            ..filter
        },
    );
    let until = filter
        .until
        .map(|day| [list.until, " ", &day.to_string()].concat());
    put(
        until,
        Filter {
            until: None,
            ..filter
        },
    );
    all
}

fn holder_name(holder: Holder) -> String {
    let words = words();
    match holder {
        Holder::Nobody => words.thread.nobody.to_owned(),
        Holder::Me => words.thread.you.to_owned(),
        Holder::Person(person) => {
            let known = use_store().assignees.get();
            let known = known.into_iter().find(|one| one.id == person);
            let name = known.map_or_else(|| words.list.somebody.to_owned(), |one| one.name);
            (words.list.assigned_to)(&name)
        }
    }
}
