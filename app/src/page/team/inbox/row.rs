//! A row of the inbox: one link to its conversation.

use leptos::prelude::*;
use pigeon_wire::ThreadId;
use pigeon_wire::inbox::{Ask, InboxRow, MyRow};
use pigeon_wire::thread::{Side, Status};
use web_sys::MouseEvent;

use super::picks::Picks;
use super::thread_address;
use crate::live::team::use_store;
use crate::page::team::ago::Ago;
use crate::page::team::drawing::{CLIP, OURS, source_drawing};
use crate::page::team::here::Here;
use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::part::icon::{CHECK, CLOCK, Icon};
use crate::part::moment::Moment;
use crate::part::status::StatusChip;
use crate::words::team::words;

/// Tags that a row shows.
const TAGS_SHOWN: usize = 2;

/// One row. The link stays, whatever changes in it, so that focus and pointer stay on it.
#[component]
pub fn Row(
    /// What it shows.
    mine: Memo<Option<MyRow>>,
    /// What their list shows.
    ask: Ask,
    /// Its thread.
    id: ThreadId,
    /// The thread that is open.
    #[prop(into)]
    open: Signal<Option<ThreadId>>,
    /// What is chosen of the list, where rows can be.
    #[prop(optional_no_strip)]
    picks: Option<Picks>,
) -> impl IntoView {
    let is_unread = Memo::new(move |_| {
        let unread = |mine: &MyRow| mine.row.is_unread(mine.read);
        mine.with(|mine| mine.as_ref().is_some_and(unread))
    });
    let current = move || (open.get() == Some(id)).then_some("true");
    let address = thread_address(id, &ask);
    let reach = move |event: MouseEvent| {
        if let Some(picks) = picks.filter(|_| event.shift_key()) {
            event.prevent_default();
            picks.reach(id);
        }
    };
    let pick = picks.map(|picks| view! { <Pick picks=picks id=id mine=mine /> });
    let content = move || {
        mine.get()
            .map(|MyRow { row, .. }| view! { <Content row=row is_unread=is_unread.get() /> })
    };
    view! {
        <li data-thread=id.to_string()>
            <a
                class="row"
                class:unread=move || is_unread.get()
                href=address
                aria-current=current
                on:click=reach
            >
                {content}
            </a>
            {pick}
        </li>
    }
    .boxed()
}

/// The box that chooses a row.
#[component]
fn Pick(picks: Picks, id: ThreadId, mine: Memo<Option<MyRow>>) -> impl IntoView {
    let label = move || {
        let name = mine.with(|mine| mine.as_ref().map(|mine| mine.row.customer.clone()));
        (words().list.choose)(&name.unwrap_or_default())
    };
    let chosen = move || picks.has(id);
    let choose = move |event: MouseEvent| {
        if event.shift_key() {
            picks.reach(id);
        } else {
            picks.toggle(id);
        }
    };
    view! {
        <label class="pick-box">
            <input type="checkbox" aria-label=label prop:checked=chosen on:click=choose />
        </label>
    }
    .boxed()
}

#[component]
fn Content(row: InboxRow, is_unread: bool) -> impl IntoView {
    let words = words();
    let InboxRow {
        subject,
        status,
        source,
        customer,
        verified,
        guest,
        assignee,
        ..
    } = row;
    let unread = is_unread.then(|| view! { <span class="unseen">{words.list.unread}": "</span> });
    let verified = verified.then(|| {
        view! {
            <span class="tick" title=words.list.verified>
                <Icon of=CHECK />
                <span class="unseen">{words.list.verified}</span>
            </span>
        }
    });
    let source_word = (words.source)(source);
    let ours = row.preview_side == Side::Staff;
    let file = row.has_file.then(|| {
        view! {
            <span class="file" title=words.list.has_file>
                <Icon of=CLIP />
                <span class="unseen">{words.list.has_file}</span>
            </span>
        }
    });
    let assignee = assignee.map(|assignee| {
        let label = (words.list.assigned_to)(&assignee.name);
        view! {
            <span class="assignee" title=label.clone()>
                <Avatar name=assignee.name small=true />
                <span class="unseen">{label.clone()}</span>
            </span>
        }
    });
    let store = use_store();
    let id = row.id;
    let draft = Memo::new(move |_| store.drafts.with(|drafts| drafts.beginning(id)));
    let preview = row.preview;
    let last = move || match draft.get() {
        Some(text) => view! {
            <span class="preview" dir="auto">
                <b class="draft">{words.list.draft}": "</b>
                {text}
            </span>
        }
        .boxed(),
        None => view! {
            {ours.then(|| view! {
                <span class="by-us">
                    <Icon of=OURS />
                    <span class="unseen">{words.list.ours}": "</span>
                </span>
            })}
            <span class="preview" dir="auto">{preview.clone()}</span>
        }
        .boxed(),
    };
    // As many as a row has room for.
    let tags = row.tags.iter().take(TAGS_SHOWN);
    let tags = tags.map(|tag| view! { <span class="chip tag">{tag.to_string()}</span> });
    let tags = tags.collect_view();
    let state = match (row.snoozed_until, status) {
        (Some(until), _) => Some(rests(until)),
        (None, Status::Pending) => None,
        (None, _) => {
            Some(view! { <StatusChip status=status word=(words.status)(status) /> }.boxed())
        }
    };
    view! {
        <Avatar name=customer.clone() outlined=guest />
        <div class="row-text">
            <div class="line">
                {unread}
                <span class="who" dir="auto">{customer}</span>
                {verified}
                <span class="source" title=source_word>
                    <Icon of=source_drawing(source) />
                    <span class="unseen">{source_word}</span>
                </span>
                <Since waiting=row.waiting_since active=row.active_at />
            </div>
            <div class="line subject" dir="auto">
                {subject.unwrap_or_else(|| words.list.no_subject.to_owned())}
            </div>
            <div class="line">
                {last}
                <span class="tail"><Here thread=row.id /> {file} {tags} {state} {assignee}</span>
            </div>
        </div>
    }
    .boxed()
}

/// That a conversation rests, and until when.
fn rests(until: pigeon_wire::Millis) -> AnyView {
    view! {
        <span class="chip snoozed">
            <Icon of=CLOCK />
            <span class="unseen">{words().thread.rests_until}" "</span>
            <Moment at=until />
        </span>
    }
    .boxed()
}

/// How long the customer waits, or when something was last written.
#[component]
fn Since(waiting: Option<pigeon_wire::Millis>, active: pigeon_wire::Millis) -> impl IntoView {
    let words = &words().list;
    match waiting {
        Some(since) => view! {
            <span class="since waits">
                <span class="unseen">{words.waiting}": "</span>
                <Ago at=since />
            </span>
        }
        .boxed(),
        None => view! { <span class="since"><Ago at=active /></span> }.boxed(),
    }
}
