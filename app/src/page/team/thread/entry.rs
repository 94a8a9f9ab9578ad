//! An entry of a conversation: a message on its author's side, a note that no one could take for
//! one, or one grey line of an event.

use std::sync::Arc;

use leptos::prelude::*;
use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::merge::MergeStep;
use pigeon_wire::note::{StaffContent, StaffEntryView, StaffEvent};
use pigeon_wire::presence::Receipt;
use pigeon_wire::thread::Side;
use pigeon_wire::{PersonId, ThreadId};

use super::fate::fate;
use super::seen::Seen;
use crate::page::team::drawing::LOCK;
use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::part::files::Files;
use crate::part::icon::Icon;
use crate::part::moment::Moment;
use crate::part::prose::Prose;
use crate::words::team::words;

/// One entry of a thread, for `me`; with what stands above it, if its author goes on.
pub fn entry_view(
    entry: &Arc<StaffEntryView>,
    me: PersonId,
    guest: bool,
    receipts: Memo<Vec<Receipt>>,
    thread: ThreadId,
    goes_on: bool,
) -> AnyView {
    let room = room_of(thread);
    let (place, author) = (entry.place, entry.author.id);
    let seen = move || {
        view! { <Seen receipts=receipts place=place author=author me=me guest=guest /> }.boxed()
    };
    let who = if entry.author.id == me {
        words().thread.you.to_owned()
    } else {
        entry.author.name.clone()
    };
    match &entry.content {
        StaffContent::Message { .. } => {
            let seen = seen();
            view! { <Message entry=Arc::clone(entry) who=who guest=guest seen=seen thread=thread goes_on=goes_on /> }
                .boxed()
        }
        StaffContent::Note {
            body, attachments, ..
        } => {
            let (id, at, body) = (entry_id(entry), entry.at, body.clone());
            view! {
                <Note id=id who=who body=body files=attachments.clone() room=room>" · " <Moment at=at /></Note>
                {seen()}
            }
            .boxed()
        }
        StaffContent::Event(event) => {
            let text = event_text(event, &who, entry, me);
            let until = match event {
                StaffEvent::Snoozed { until } => *until,
                _ => None,
            };
            let until = until.map(|at| view! { " " <Moment at=at /> });
            let merged = merged(event, thread);
            view! {
                <p class="event" id=entry_id(entry)>
                    {text} {until} {merged} " · " <Moment at=entry.at />
                </p>
            }
            .boxed()
        }
    }
}

/// The other conversation of a merge, and where it is undone.
fn merged(event: &StaffEvent, thread: ThreadId) -> Option<AnyView> {
    let StaffEvent::Merged { with, how } = event else {
        return None;
    };
    let other = room_of(*with);
    let source = match how {
        MergeStep::Into => Some(room_of(thread)),
        MergeStep::In => Some(other.clone()),
        MergeStep::Apart => None,
    };
    let undo = source.map(|source| {
        view! {
            " · "
            <a rel="external" href=[&source, "/merge"].concat()>
                {words().thread.undo_merge}
            </a>
        }
    });
    Some(view! { " " <a href=other>{with.mark()}</a> {undo} }.boxed())
}

/// The address of a conversation, under which its files are.
pub fn room_of(thread: ThreadId) -> String {
    ["/inbox/", &thread.to_string()].concat()
}

/// The id of an entry's element.
pub fn entry_id(entry: &StaffEntryView) -> String {
    format!("e{}", entry.place)
}

#[component]
fn Message(
    entry: Arc<StaffEntryView>,
    who: String,
    guest: bool,
    seen: AnyView,
    thread: ThreadId,
    goes_on: bool,
) -> impl IntoView {
    let room = room_of(thread);
    let words = &words().thread;
    let StaffContent::Message {
        body,
        attachments,
        known_by,
        delivery,
        ..
    } = &entry.content
    else {
        return ().boxed();
    };
    let ours = entry.side == Side::Staff;
    let known = (!ours).then(|| view! { <p class="state">{(words.known_by)(*known_by)}</p> });
    let message = entry.id;
    let delivery = delivery
        .filter(|_| ours)
        .map(|delivery| fate(thread, message, delivery));
    view! {
        <div class="message" class:ours=ours class:goes-on=goes_on id=entry_id(&entry)>
            <Avatar name=entry.author.name.clone() outlined=!ours && guest />
            <div class="message-body">
                <div class="bubble">
                    <p class="byline"><b dir="auto">{who}</b> " · " <Moment at=entry.at /></p>
                    <Prose text=body.clone() />
                    <Files files=attachments.clone() room=room />
                </div>
                {known}
                {delivery}
                {seen}
            </div>
        </div>
    }
    .boxed()
}

/// A note: the whole width, amber, dashed, with a lock and the words.
#[component]
pub fn Note(
    /// Who wrote it.
    who: String,
    /// The text.
    body: String,
    /// The files.
    files: Vec<AttachmentView>,
    /// The address of the conversation.
    room: String,
    /// The id of its element.
    #[prop(optional)]
    id: Option<String>,
    /// When.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let at = children.map(|children| children());
    view! {
        <div class="note" id=id>
            <p class="byline">
                <Icon of=LOCK />
                <strong>{words().thread.note_label}</strong>
                <span>" · " {who} {at}</span>
            </p>
            <Prose text=body />
            <Files files=files room=room />
        </div>
    }
    .boxed()
}

fn event_text(event: &StaffEvent, who: &str, entry: &StaffEntryView, me: PersonId) -> String {
    let words = &words().thread;
    match event {
        StaffEvent::Public { what } => (words.public_event)(*what, who),
        StaffEvent::Assigned { to: None } => (words.dropped)(who),
        StaffEvent::Assigned { to: Some(to) } if to.id == entry.author.id => (words.took)(who),
        StaffEvent::Assigned { to: Some(to) } if to.id == me => (words.assigned_you)(who),
        StaffEvent::Assigned { to: Some(to) } => (words.assigned)(who, &to.name),
        StaffEvent::StatusSet { to } => (words.status_set)(who, *to),
        StaffEvent::LinksRevoked => (words.links_revoked)(who),
        StaffEvent::Claimed => (words.claimed)(who),
        StaffEvent::Trashed => (words.trashed)(who),
        StaffEvent::Restored => (words.restored)(who),
        StaffEvent::Snoozed { until: Some(_) } => (words.snoozed)(who),
        StaffEvent::Snoozed { until: None } => (words.woke)(who),
        StaffEvent::Tagged { tag, on: true } => (words.tagged)(who, tag.as_str()),
        StaffEvent::Tagged { tag, on: false } => (words.untagged)(who, tag.as_str()),
        StaffEvent::Merged { how, .. } => (words.merge)(who, *how),
        StaffEvent::NoteMoved => words.note_moved.to_owned(),
        StaffEvent::SnoozeEnded => words.snooze_ended.to_owned(),
    }
}
