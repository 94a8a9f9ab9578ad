//! An entry of one of the own threads.

use leptos::prelude::*;
use pigeon_wire::Millis;
use pigeon_wire::mailbox::{UserEntry, seen_of};
use pigeon_wire::message::Content;
use pigeon_wire::thread::{Side, ThreadKind};

use super::party::mend;
use super::room::Room;
use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::part::files::Files;
use crate::part::moment::Moment;
use crate::part::prose::Prose;
use crate::words::mine::words;

/// One entry.
#[component]
pub(super) fn Entry(room: Room, entry: UserEntry) -> impl IntoView {
    let words = words();
    let at = entry.entry.at;
    // A search leads here.
    let here = ["e", &entry.entry.place.to_string()].concat();
    let edited = entry.edited_at.map(|_| view! { " · " {words.edited} });
    match &entry.entry.content {
        Content::Message {
            body,
            attachments,
            author,
            ..
        } => {
            let is_mine = entry.by == Some(room.me);
            let said = view! {
                <Prose text=body.clone() />
                <Files files=attachments.clone() room=room.path("") />
            };
            if is_mine {
                let is_direct = room.kind == ThreadKind::Direct;
                let mends = is_direct.then(|| mend(room, &entry, body)).flatten();
                view! {
                    <li class="g-entry mine" id=here>
                        <div class="g-bubble">
                            <p class="g-by">
                                <b>{words.you}</b>
                                " "
                                <Moment at=at />
                                {edited}
                            </p>
                            {said}
                        </div>
                        {fate(room, entry.entry.place)}
                        {mends}
                    </li>
                }
                .boxed()
            } else {
                view! {
                    <li class="g-entry theirs" id=here>
                        <Avatar name=author.clone() />
                        <div class="g-bubble">
                            <p class="g-by">
                                <b>{author.clone()}</b>
                                " "
                                <Moment at=at />
                                {edited}
                            </p>
                            {said}
                        </div>
                    </li>
                }
                .boxed()
            }
        }
        Content::Event {
            event,
            author,
            side,
        } => {
            let is_mine = *side == Side::Customer && entry.by == Some(room.me);
            let who = if is_mine { words.you } else { author };
            view! {
                <li class="g-entry g-event" id=here>
                    <span>{(words.event)(*event, who)}</span>
                    " "
                    <Moment at=at />
                </li>
            }
            .boxed()
        }
    }
}

/// That a message of the reader was stored, or who has seen it, and when.
fn fate(room: Room, place: i64) -> AnyView {
    let words = words();
    let seen = Memo::new(move |_| room.conversation.with(|held| seen_of(&held.seen, place)));
    let line = move |(who, at): (Option<String>, Millis)| {
        let text = who.map_or_else(
            || words.seen_by_team.to_owned(),
            |name| (words.seen_by)(&name),
        );
        view! {
            <p class="g-fate">
                <span>{text}</span>
                " "
                <Moment at=at />
            </p>
        }
    };
    let lines = move || {
        let seen = seen.get();
        if seen.is_empty() {
            view! { <p class="g-fate">{words.sent}</p> }.boxed()
        } else {
            seen.into_iter().map(line).collect_view().boxed()
        }
    };
    view! { {lines} }.boxed()
}
