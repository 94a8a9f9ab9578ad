use super::*;
use crate::live::guest::GuestTalk;
use pigeon_wire::live::PublicChange;
use pigeon_wire::message::PublicEvent;
use pigeon_wire::text::Key;
use pigeon_wire::thread::{GuestThread, Side, Status};
use pigeon_wire::{Fault, MessageId, ThreadId};

const KEY: &str = "0123456789abcdef012345";

fn id(number: u128) -> ThreadId {
    format!("{number:032x}").parse().unwrap()
}

fn entry(place: i64, side: Side, body: &str, key: Option<&str>) -> EntryView {
    EntryView {
        id: format!("{place:032x}").parse::<MessageId>().unwrap(),
        place,
        change: place,
        at: Millis(place),
        content: Content::Message {
            author: "Nora".into(),
            side,
            body: body.into(),
            attachments: Vec::new(),
            key: key.map(|key| Key::parse(key).unwrap()),
        },
    }
}

fn head(status: Status) -> PublicHead {
    PublicHead {
        id: id(7),
        subject: None,
        status,
        opened_at: Millis(0),
    }
}

fn conversation(change: i64, more_before: bool) -> GuestTalk {
    GuestTalk::new(&GuestThread {
        head: head(Status::Pending),
        name: "Guido".into(),
        email_hint: "g•••@example.org".into(),
        by_mail: true,
        change,
        entries: (change - 1..=change)
            .map(|place| entry(place, Side::Customer, "Hello", None))
            .collect(),
        more_before,
        seen: Vec::new(),
        files: pigeon_wire::attachment::FileRules::default(),
    })
}

fn change(prev: i64, now: i64, entries: Vec<EntryView>) -> PublicChange {
    PublicChange {
        thread: id(7),
        prev,
        now,
        head: head(Status::Open),
        entries,
    }
}

fn places(conversation: &GuestTalk) -> Vec<i64> {
    conversation
        .entries
        .iter()
        .map(|entry| entry.place)
        .collect()
}

fn form(key: &str) -> ReplyForm {
    ReplyForm {
        body: "It whistles".into(),
        key: key.into(),
        ..ReplyForm::default()
    }
}

#[test]
fn the_next_change_is_taken() {
    let mut held = conversation(4, false);
    let answer = change(4, 5, vec![entry(5, Side::Staff, "Hi", None)]);
    assert_eq!(held.fold(answer), Folded::Taken);
    assert_eq!(
        (held.change, held.head.status, places(&held)),
        (5, Status::Open, vec![3, 4, 5])
    );
    assert_eq!(held.to_read(), Some(5));
}

#[test]
fn what_is_held_already_is_not_taken_twice() {
    let mut held = conversation(4, false);
    let before = held.clone();
    assert_eq!(
        held.fold(change(3, 4, vec![entry(4, Side::Staff, "!", None)])),
        Folded::Known
    );
    assert_eq!(held, before);
}

#[test]
fn a_gap_leaves_everything_as_it_was_until_it_is_filled() {
    let mut held = conversation(4, false);
    let before = held.clone();
    assert_eq!(
        held.fold(change(5, 6, vec![entry(6, Side::Staff, "6", None)])),
        Folded::Gap
    );
    assert_eq!(held, before);
    // After the reconnect everything after 4 comes in one frame, and the late one again.
    let both = vec![
        entry(5, Side::Staff, "5", None),
        entry(6, Side::Staff, "6", None),
    ];
    assert_eq!(held.fold(change(4, 6, both)), Folded::Taken);
    assert_eq!(
        held.fold(change(5, 6, vec![entry(6, Side::Staff, "6", None)])),
        Folded::Known
    );
    assert_eq!(places(&held), [3, 4, 5, 6]);
}

#[test]
fn a_change_that_overlaps_what_is_held_is_taken_once() {
    let mut held = conversation(4, false);
    let both = vec![
        entry(4, Side::Customer, "Hello", None),
        entry(5, Side::Staff, "5", None),
    ];
    assert_eq!(held.fold(change(3, 5, both)), Folded::Taken);
    assert_eq!(places(&held), [3, 4, 5]);
}

#[test]
fn another_threads_change_is_nothing_here() {
    let mut held = conversation(4, false);
    let mut other = change(4, 5, Vec::new());
    other.thread = id(8);
    assert_eq!(held.fold(other), Folded::Known);
}

#[test]
fn an_entry_that_changed_is_replaced_in_its_place() {
    let mut held = conversation(4, false);
    let mut edited = entry(3, Side::Customer, "Hello, edited", None);
    edited.change = 5;
    held.fold(change(4, 5, vec![edited.clone()]));
    assert_eq!(held.entries.first(), Some(&edited));
    assert_eq!(places(&held), [3, 4]);
}

#[test]
fn an_entry_from_before_the_page_waits_for_the_older_ones() {
    let mut held = conversation(40, true);
    let mut edited = entry(2, Side::Customer, "Edited", None);
    edited.change = 41;
    assert_eq!(held.fold(change(40, 41, vec![edited])), Folded::Taken);
    assert_eq!(places(&held), [39, 40]);
}

#[test]
fn older_entries_come_before_the_others_once() {
    let mut held = conversation(4, true);
    let older = (1..=3)
        .map(|place| entry(place, Side::Staff, "Old", None))
        .collect();
    held.older(older, false);
    assert_eq!((places(&held), held.more_before), (vec![1, 2, 3, 4], false));
}

#[test]
fn the_stored_copy_takes_the_place_of_the_pending_one() {
    let mut held = conversation(4, false);
    held.send(form(KEY), Millis(1));
    held.posted(
        KEY,
        &Posted {
            id: "0".repeat(32).parse().unwrap(),
            place: 5,
            at: Millis(2),
        },
    );
    assert_eq!(
        held.pending.first().map(|p| &p.state),
        Some(&PendingState::Sent)
    );
    held.fold(change(
        4,
        5,
        vec![entry(5, Side::Customer, "It whistles", Some(KEY))],
    ));
    assert!(held.pending.is_empty());
    assert_eq!(places(&held), [3, 4, 5]);
    // The answer to the post may come after the copy: nothing comes back.
    held.failed(KEY, None);
    assert!(held.pending.is_empty());
}

#[test]
fn a_failed_reply_keeps_its_text_and_key_for_the_next_try() {
    let mut held = conversation(4, false);
    held.send(form(KEY), Millis(1));
    held.failed(KEY, Some(Fault::Busy { retry_after_s: 2 }));
    held.send(form(KEY), Millis(9));
    let kept = Pending {
        form: form(KEY),
        at: Millis(1),
        state: PendingState::Sending,
    };
    assert_eq!(held.pending, [kept]);
    held.failed(KEY, None);
    assert_eq!(
        held.take_back(KEY).map(|p| p.form.body),
        Some("It whistles".into())
    );
    assert!(held.pending.is_empty());
}

#[test]
fn an_event_is_nothing_to_read() {
    let mut held = conversation(4, false);
    let event = EntryView {
        content: Content::Event {
            author: "Nora".into(),
            side: Side::Staff,
            event: PublicEvent::Closed,
        },
        ..entry(5, Side::Staff, "", None)
    };
    held.fold(change(4, 5, vec![event]));
    assert_eq!((held.to_read(), places(&held)), (None, vec![3, 4, 5]));
}
