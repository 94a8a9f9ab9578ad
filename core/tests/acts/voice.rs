//! How the people of the tests speak, in few words.

use std::fmt::Debug;

use pigeon_core::actor::{Account, Guest, Visitor};
use pigeon_core::guest::Started;
use pigeon_core::testing::{House, visitor};
use pigeon_core::{Error, guest, inbox, message, note, thread};
use pigeon_wire::inbox::View;
use pigeon_wire::message::{Posted, ReplyForm, StartForm};
use pigeon_wire::note::{NoteForm, StaffContent, StaffEvent};
use pigeon_wire::thread::{Source, StaffThread};
use pigeon_wire::{Fault, ThreadId};

/// A reply with a key of its own.
pub fn form(house: &House, body: &str, seen: Option<i64>) -> ReplyForm {
    ReplyForm {
        body: body.to_owned(),
        key: house.office.fresh_key().into(),
        seen,
        ..ReplyForm::default()
    }
}

/// A start from `email` with a key of its own.
pub fn start_form(house: &House, email: &str, body: &str) -> StartForm {
    StartForm {
        name: "Guido".to_owned(),
        email: email.to_owned(),
        subject: "Kettle leaks".to_owned(),
        body: body.to_owned(),
        key: house.office.fresh_key().into(),
    }
}

/// Sends a start through the form, from a network address.
pub async fn start(house: &House, form: &StartForm, address: &str) -> Result<Started, Error> {
    guest::start(&house.office, form, "", Source::Form, &visitor(address)).await
}

/// Where a start that went well has led.
pub fn led_to(started: Result<Started, Error>) -> (ThreadId, String) {
    match started {
        Ok(Started::Thread { thread, secret, .. }) => (thread, secret),
        other => panic!("no thread: {other:?}"),
    }
}

/// The door that a guest comes through; limits count by it.
pub fn door(n: u32) -> Visitor {
    visitor(&format!("203.0.113.{n}"))
}

/// A staff member opens a thread.
pub async fn opens(house: &House, who: &Account, id: ThreadId) -> StaffThread {
    thread::open(&house.office, who, id).await.expect("to read")
}

/// The events of a thread as somebody has opened it, oldest first.
pub fn events(open: &StaffThread) -> Vec<StaffEvent> {
    let entries = open.entries.iter();
    entries
        .filter_map(|entry| match &entry.content {
            StaffContent::Event(event) => Some(event.clone()),
            _ => None,
        })
        .collect()
}

/// The threads of a view, in its order.
pub async fn listed(house: &House, who: &Account, view: View) -> Vec<ThreadId> {
    let page = inbox::page(&house.office, who, view, None).await.unwrap();
    page.rows.iter().map(|mine| mine.row.id).collect()
}

/// A staff member answers, having seen everything.
pub async fn answers(house: &House, who: &Account, id: ThreadId, body: &str) -> Posted {
    let seen = opens(house, who, id).await.change;
    let form = form(house, body, Some(seen));
    let posted = message::reply(&house.office, who, id, &form).await;
    posted.expect("to answer")
}

/// A staff member notes something.
pub async fn notes(house: &House, who: &Account, id: ThreadId, body: &str) -> Posted {
    let form = note_form(house, body);
    note::add(&house.office, who, id, &form)
        .await
        .expect("to note")
}

/// A note with a key of its own.
pub fn note_form(house: &House, body: &str) -> NoteForm {
    NoteForm {
        body: body.to_owned(),
        key: house.office.fresh_key().into(),
        ..NoteForm::default()
    }
}

/// A guest writes.
pub async fn writes(house: &House, who: &Guest, body: &str) -> Posted {
    let form = form(house, body, None);
    let posted = guest::reply(&house.office, who, &form, &door(1)).await;
    posted.expect("to write")
}

/// Why a command was refused.
pub fn refused<T: Debug>(answer: Result<T, Error>) -> Fault {
    answer.expect_err("a refusal").into()
}
