//! The form that chooses what a list shows and in which order. It is a plain form that leads to the
//! address of the list; where the page is alive, each choice leads there at once.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use pigeon_wire::ThreadId;
use pigeon_wire::day::Day;
use pigeon_wire::inbox::{Ask, Filter, Holder, Sort, Starter, View};
use pigeon_wire::person::PersonRef;
use pigeon_wire::tag::Tag;
use pigeon_wire::thread::{Source, Status};
use web_sys::HtmlFormElement;

use super::beside;
use super::columns::{ColumnPicks, Hidden};
use crate::browser;
use crate::live::team::use_store;
use crate::page::team::drawing::FILTER;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::words::team::words;

/// Filters and order of a list.
#[component]
pub fn FilterForm(
    /// What is shown.
    ask: Ask,
    /// The thread that is open beside it.
    open: Memo<Option<ThreadId>>,
    /// What a row leaves out.
    hidden: Hidden,
) -> impl IntoView {
    let words = words();
    let list = &words.list;
    let navigate = use_navigate();
    let go = move |form: Option<HtmlFormElement>| {
        if let Some(form) = form {
            let asked = Ask::read(|name| browser::field(&form, name));
            let address = beside(open.get_untracked(), &asked);
            navigate(&address, NavigateOptions::default());
        }
    };
    let choose = {
        let go = go.clone();
        move |event: web_sys::Event| go(browser::form_of(&event))
    };
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let form: Option<HtmlFormElement> = browser::target(&event);
        let card = form
            .as_ref()
            .and_then(|form| form.query_selector("details").ok().flatten());
        if let Some(card) = card {
            // One without the mark is closed already.
            let _ = card.remove_attribute("open");
        }
        go(form);
    };
    let Filter {
        status,
        source,
        starter,
        unread,
        has_file,
        tag,
        from,
        until,
        ..
    } = ask.filter;
    let statuses = choices(Status::ALL, status, |one| {
        (one.as_str(), (words.status)(one))
    });
    let sources = choices(Source::ALL, source, |one| {
        (one.as_str(), (words.source)(one))
    });
    let starters = choices(Starter::ALL, starter, |one| {
        (one.as_str(), (list.starter)(one))
    });
    let sorts = choices(Sort::ALL, Some(ask.sort), |one| {
        (one.as_str(), (list.sort)(one))
    });
    // A view of one status or one person leaves nothing to choose there.
    let by_status = !matches!(
        ask.view,
        View::NeedsReply | View::Pending | View::Open | View::Closed
    );
    let by_person = !matches!(ask.view, View::Mine | View::Unassigned);
    let status = by_status.then(|| pick("status", list.status, Some(list.any), statuses));
    let holder = by_person.then(|| view! { <HolderPick holder=ask.filter.assignee /> });
    let view_word = (ask.view != View::All).then(|| ask.view.as_str());
    let day = |name: &'static str, label: &'static str, value: Option<Day>| {
        let value = value.map(|day| day.to_string()).unwrap_or_default();
        view! {
            <label class="pick">
                <span>{label}</span>
                <input type="date" name=name value=value.clone() prop:value=value />
            </label>
        }
        .boxed()
    };
    view! {
        <form class="filter" method="get" action="/inbox" on:change=choose on:submit=send>
            {view_word.map(|word| view! { <input type="hidden" name="view" value=word /> })}
            <details class="filter-more">
                <summary class="btn quiet" aria-label=list.filter title=list.filter>
                    <Icon of=FILTER />
                </summary>
                <div class="filter-card">
                    {status}
                    {holder}
                    {pick("source", list.source, Some(list.any), sources)}
                    {pick("by", list.started_by, Some(list.any), starters)}
                    {tag_pick(tag)}
                    {day("from", list.from, from)}
                    {day("until", list.until, until)}
                    <label class="tick-box">
                        <input type="checkbox" name="unread" value="1" checked=unread prop:checked=unread />
                        {list.only_unread}
                    </label>
                    <label class="tick-box">
                        <input type="checkbox" name="file" value="1" checked=has_file prop:checked=has_file />
                        {list.has_file}
                    </label>
                    <button class="btn" type="submit">{list.apply}</button>
                    <ColumnPicks hidden=hidden />
                </div>
            </details>
            {pick("sort", list.order, None, sorts)}
        </form>
    }
    .boxed()
}

fn tag_pick(tag: Option<Tag>) -> AnyView {
    let tag = tag.map(|tag| tag.to_string()).unwrap_or_default();
    view! {
        <label class="pick">
            <span>{words().list.tag}</span>
            <input type="text" name="tag" value=tag.clone() prop:value=tag />
        </label>
    }
    .boxed()
}

/// A word of the address with its label, and whether it is chosen.
type Choice = (String, String, bool);

fn choices<T: Copy + PartialEq>(
    all: &[T],
    chosen: Option<T>,
    worded: impl Fn(T) -> (&'static str, &'static str),
) -> Vec<Choice> {
    let choice = |one: &T| {
        let (word, label) = worded(*one);
        (word.to_owned(), label.to_owned(), Some(*one) == chosen)
    };
    all.iter().map(choice).collect()
}

fn pick(
    name: &'static str,
    label: &'static str,
    any: Option<&'static str>,
    choices: Vec<Choice>,
) -> AnyView {
    let any = any.map(|any| view! { <option value="">{any}</option> });
    let options = choices.into_iter().map(|(word, label, chosen)| {
        view! { <option value=word selected=chosen prop:selected=chosen>{label}</option> }
    });
    view! {
        <label class="pick">
            <span>{label}</span>
            <select name=name>{any} {options.collect_view()}</select>
        </label>
    }
    .boxed()
}

/// Who looks after them: nobody, the reader, or whoever the page knows.
#[component]
fn HolderPick(holder: Option<Holder>) -> impl IntoView {
    let words = words();
    let store = use_store();
    let asked = holder.map(|holder| holder.to_string()).unwrap_or_default();
    let choices = move || {
        let fixed = [
            (Holder::Nobody.to_string(), words.thread.nobody.to_owned()),
            (Holder::Me.to_string(), words.thread.you.to_owned()),
        ];
        let others = store.assignees.get().into_iter();
        let others = others.map(|PersonRef { id, name }| (id.to_string(), name));
        let mut all: Vec<_> = fixed.into_iter().chain(others).collect();
        // Somebody whom the page does not know by name is still chosen.
        if !asked.is_empty() && all.iter().all(|(word, _)| *word != asked) {
            all.push((asked.clone(), words.list.somebody.to_owned()));
        }
        let option = |(word, label): (String, String)| {
            let chosen = word == asked;
            view! { <option value=word selected=chosen prop:selected=chosen>{label}</option> }
        };
        all.into_iter().map(option).collect_view()
    };
    view! {
        <label class="pick">
            <span>{words.thread.assignee}</span>
            <select name="assignee">
                <option value="">{words.list.any}</option>
                {choices}
            </select>
        </label>
    }
    .boxed()
}
