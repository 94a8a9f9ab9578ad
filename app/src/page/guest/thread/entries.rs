//! The entries of a conversation, oldest first.

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::Millis;
use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::message::{Content, ENTRIES_PAGE_MAX, EntryView, PublicEvent};
use pigeon_wire::seen::seen_at;
use pigeon_wire::thread::Side;

use super::line::Talk;
use crate::api::guest::guest_before;
use crate::part::avatar::Avatar;
use crate::part::files::Files;
use crate::part::icon::{CHECK, Icon, UP};
use crate::part::moment::Moment;
use crate::part::prose::Prose;
use crate::words::guest::words;

/// The entries that the page holds.
#[component]
pub fn Entries(talk: Talk) -> impl IntoView {
    let entries = move || talk.conversation.with(|held| held.entries.clone());
    view! {
        <ol class="g-entries">
            <For each=entries key=|entry| (entry.place, entry.change) let:entry>
                <Entry talk=talk entry=entry />
            </For>
        </ol>
    }
}

/// One entry.
#[component]
fn Entry(talk: Talk, entry: EntryView) -> impl IntoView {
    let at = entry.at;
    let place = entry.place;
    match entry.content {
        Content::Message {
            side: Side::Customer,
            body,
            attachments,
            ..
        } => EitherOf3::A(view! {
            <li class="g-entry mine">
                <OwnBubble body=body files=attachments talk=talk at=Some(at) />
                <Fate talk=talk place=place />
            </li>
        }),
        Content::Message {
            side: Side::Staff,
            author,
            body,
            attachments,
            ..
        } => EitherOf3::B(view! {
            <li class="g-entry theirs">
                <Avatar name=author.clone() />
                <div class="g-bubble">
                    <p class="g-by"><b>{author}</b> " " <Moment at=at /></p>
                    <Said body=body files=attachments talk=talk />
                </div>
            </li>
        }),
        Content::Event {
            author,
            side,
            event,
        } => EitherOf3::C(view! {
            <li class="g-entry g-event">
                <span>{worded(event, side, &author)}</span>
                " "
                <Moment at=at />
            </li>
        }),
    }
}

/// That a message of the guest was stored, or that the team has seen it.
#[component]
fn Fate(talk: Talk, place: i64) -> impl IntoView {
    let words = words();
    let seen = Memo::new(move |_| talk.conversation.with(|held| seen_at(&held.seen, place)));
    let word = move || {
        if seen.get().is_some() {
            words.seen
        } else {
            words.sent
        }
    };
    let at = move || seen.get().map(|at| view! { <Moment at=at /> });
    view! { <p class="g-fate"><Icon of=CHECK /> <span>{word}</span> {at}</p> }
}

/// Who of the team types a reply now.
#[component]
pub fn Typing(talk: Talk) -> impl IntoView {
    let typing = Memo::new(move |_| talk.conversation.with(|held| held.typing.clone()));
    let words = words();
    let text = move || typing.get().map(|name| (words.typing)(&name));
    view! { <p class="g-typing" role="status">{text}</p> }
}

/// What the guest wrote.
#[component]
pub fn OwnBubble(
    /// The text.
    body: String,
    /// The files.
    files: Vec<AttachmentView>,
    /// The conversation.
    talk: Talk,
    /// When it was stored, once it is.
    at: Option<Millis>,
) -> impl IntoView {
    let at = at.map(|at| view! { <Moment at=at /> });
    view! {
        <div class="g-bubble">
            <p class="g-by"><b>{words().you}</b> " " {at}</p>
            <Said body=body files=files talk=talk />
        </div>
    }
}

/// A message's text, and its files.
#[component]
fn Said(body: String, files: Vec<AttachmentView>, talk: Talk) -> impl IntoView {
    view! {
        <Prose text=body />
        <Files files=files room=["/c/", &talk.thread.to_string()].concat() />
    }
}

fn worded(event: PublicEvent, side: Side, author: &str) -> String {
    let words = words();
    match (event, side) {
        (PublicEvent::Closed, _) => (words.event_closed)(author),
        (PublicEvent::Moved, _) => words.event_moved.to_owned(),
        (PublicEvent::Reopened, Side::Customer) => words.event_reopened_you.to_owned(),
        (PublicEvent::Reopened, Side::Staff) => (words.event_reopened)(author),
        // Nobody joins or leaves a guest's conversation, and the team reads it every day.
        (PublicEvent::Joined | PublicEvent::Left | PublicEvent::Read, _) => author.to_owned(),
    }
}

/// Leads to older entries: a link to the page that holds them, answered here by the program.
#[component]
pub fn Older(talk: Talk) -> impl IntoView {
    let words = words();
    let failed = RwSignal::new(false);
    let waiting = RwSignal::new(false);
    let first = move || {
        talk.conversation.with(|held| {
            let first = held.entries.first().map(|first| first.place);
            first.filter(|_| held.more_before)
        })
    };
    let bring = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let Some(place) = first().filter(|_| !waiting.get_untracked()) else {
            return;
        };
        waiting.set(true);
        spawn_local(async move {
            let answer = guest_before(talk.thread, place).await;
            waiting.set(false);
            failed.set(answer.is_err());
            if let Ok((entries, more)) = answer {
                talk.conversation.update(|held| held.older(entries, more));
            }
        });
    };
    // Without the program: the same page with one more portion of older entries.
    let path = move || {
        let held = talk.conversation.with(|held| held.entries.len());
        let portions = i64::try_from(held).unwrap_or_default() / ENTRIES_PAGE_MAX;
        [
            "/c/",
            &talk.thread.to_string(),
            "?older=",
            &portions.max(1).to_string(),
        ]
        .concat()
    };
    move || {
        first().map(|_| {
            view! {
                <p class="g-older">
                    <a class="btn quiet" href=path on:click=bring>
                        <Icon of=UP />
                        {words.older}
                    </a>
                    {move || failed.get().then_some(words.older_failed)}
                </p>
            }
        })
    }
}
