//! One thread: reading it, and what the team does to it.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use pigeon_wire::act::{Outcome, Task};
use pigeon_wire::note::StaffEntryView;
use pigeon_wire::person::PersonRef;
use pigeon_wire::thread::{StaffThread, Status};
use pigeon_wire::{PersonId, ThreadId};

use crate::UiError;

/// A thread with its newest entries, or with those around a place.
#[server(prefix = "/ui", endpoint = "thread/open", input = Json, output = Json)]
pub async fn open(
    /// Which thread.
    thread: ThreadId,
    /// Around which place; `None`: the newest.
    at: Option<i64>,
) -> Result<StaffThread, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::open_at(&office, &account, thread, at).await?)
}

/// The entries before `place`, and whether there are still older ones.
#[server(prefix = "/ui", endpoint = "thread/before", input = Json, output = Json)]
pub async fn before(
    /// Which thread.
    thread: ThreadId,
    /// The place of the oldest entry that is held.
    place: i64,
) -> Result<(Vec<StaffEntryView>, bool), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::before(&office, &account, thread, place).await?)
}

/// The entries after `place`, and whether there are still newer ones.
#[server(prefix = "/ui", endpoint = "thread/after", input = Json, output = Json)]
pub async fn after(
    /// Which thread.
    thread: ThreadId,
    /// The place of the newest entry that is held.
    place: i64,
) -> Result<(Vec<StaffEntryView>, bool), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::after(&office, &account, thread, place).await?)
}

/// Chooses a status by hand, in place of the one that the caller's page showed.
#[server(prefix = "/ui", endpoint = "thread/status", input = Json, output = Json)]
pub async fn set_status(
    /// Which thread.
    thread: ThreadId,
    /// The status as the page shows it; without it, whatever it is.
    from: Option<Status>,
    /// Which status.
    status: Status,
) -> Result<(), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::set_status(&office, &account, thread, from, status).await?)
}

/// Changes the assignee from whom the caller's page showed.
#[server(prefix = "/ui", endpoint = "thread/assign", input = Json, output = Json)]
pub async fn assign(
    /// Which thread.
    thread: ThreadId,
    /// Who looks after it as the page shows it.
    from: Option<PersonId>,
    /// Who shall.
    to: Option<PersonId>,
) -> Result<(), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::assign(&office, &account, thread, from, to).await?)
}

/// Puts a thread into the trash.
#[server(prefix = "/ui", endpoint = "thread/trash", input = Json, output = Json)]
pub async fn trash(
    /// Which thread.
    thread: ThreadId,
) -> Result<(), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::trash(&office, &account, thread).await?)
}

/// Takes a thread out of the trash.
#[server(prefix = "/ui", endpoint = "thread/restore", input = Json, output = Json)]
pub async fn restore(
    /// Which thread.
    thread: ThreadId,
) -> Result<(), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::restore(&office, &account, thread).await?)
}

/// Does something to many threads; what became of each stands at its place.
#[server(prefix = "/ui", endpoint = "thread/all", input = Json, output = Json)]
pub async fn all(
    /// What is done to which.
    tasks: Vec<Task>,
) -> Result<Vec<Outcome>, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::all(&office, &account, &tasks).await?)
}

/// Who can be assigned.
#[server(prefix = "/ui", endpoint = "thread/assignees", input = Json, output = Json)]
pub async fn assignees() -> Result<Vec<PersonRef>, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::assignees(&office, &account).await?)
}

/// Marks a thread as read up to a place.
#[server(prefix = "/ui", endpoint = "thread/seen", input = Json, output = Json)]
pub async fn seen(
    /// Which thread.
    thread: ThreadId,
    /// The place of the newest entry that was seen.
    upto: i64,
) -> Result<(), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::seen(&office, &account, thread, upto).await?)
}

/// Ends all of the guest's links and browser sessions.
#[server(prefix = "/ui", endpoint = "thread/links/revoke", input = Json, output = Json)]
pub async fn revoke_links(
    /// Which thread.
    thread: ThreadId,
) -> Result<(), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::thread::revoke_links(&office, &account, thread).await?)
}
