//! The live line, `GET /api/v1/live`: a socket that brings hello, heartbeat and frames, and hangs up. Where
//! none can be had, plain requests carry the same ([`plain`]). With `?thread=<id>` it is a
//! guest's, who is known by that thread's cookie and hears that thread alone; without, it is a
//! signed-in user's or, with a token, a program's, and with `?mine=true` that of a user in their own
//! threads. What travels is described in `docs/LIVE.md`.

pub mod embed;
pub mod plain;

mod mine;
mod peer;
mod pigeonhole;
mod talk;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use pigeon_core::actor::{Account, Guest};
use pigeon_core::guest::Standing;
use pigeon_core::{Office, guest, token};
use pigeon_wire::live::CALL_BYTES_MAX;
use pigeon_wire::token::Scope;
use pigeon_wire::{Fault, ThreadId};
use serde::Deserialize;

use crate::asking::Asking;
use crate::refusal::Answer;
use crate::rest::bearer::presented;
use crate::{Hall, Refused};

use peer::Peer;
pub use pigeonhole::Pigeonholes;
use talk::Talk;

/// Bytes read at once from a socket: clients say little. The library's own default would cost every
/// idle line 128 KiB.
const READ_BUFFER_BYTES: usize = 1024;
/// Bytes after which queued frames are handed to the system.
const WRITE_BUFFER_BYTES: usize = 8 * 1024;
/// Bytes that may be queued in a socket at all; more means that nobody reads.
const WRITE_BUFFER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What the address says.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The guest's thread; without it, the line is a signed-in user's.
    thread: Option<ThreadId>,
    /// The last number that the guest's page holds.
    #[serde(default)]
    after: i64,
    /// Whether somebody with an account hears their own threads, rather than the team's work.
    #[serde(default)]
    mine: bool,
}

/// `GET /api/v1/live`.
pub async fn door(
    State(hall): State<Hall>,
    asking: Asking,
    headers: HeaderMap,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer {
    let Query(asked) = asked.map_err(|_| Refused::from(Fault::Malformed))?;
    let who = known(&hall.office, &asking, &headers, &asked).await?;
    let upgrade = upgrade.map_err(|rejection| Refused::of_status(rejection.status()))?;
    Ok(open(upgrade, hall.office.clone(), who))
}

/// Who is on a line, and what they hear.
#[derive(Clone)]
enum Who {
    /// A guest, what changed in their thread after this number.
    Guest(Guest, i64),
    /// Somebody of the team, or a program in their name, what they ask for.
    User(Account),
    /// Somebody with an account, their own threads.
    Mine(Account),
}

async fn known(
    office: &Office,
    asking: &Asking,
    headers: &HeaderMap,
    asked: &Asked,
) -> Result<Who, Refused> {
    match presented(headers) {
        Some(token) => of_program(office, token, asked).await,
        None => recognise(office, asking, asked).await,
    }
}

/// A program, known by its token within its scopes; no cookie is looked at. Guests' programs have no
/// socket: their link's secret opens one for pages alone.
async fn of_program(office: &Office, shown: &str, asked: &Asked) -> Result<Who, Refused> {
    let known = token::recognise(office, shown).await?;
    let known = known.ok_or(Fault::NotSignedIn)?;
    token::spend(office, &known).map_err(|(_, fault)| fault)?;
    let (scope, who) = if asked.mine {
        (Scope::Own, Who::Mine(known.account.clone()))
    } else {
        (Scope::Read, Who::User(known.account.clone()))
    };
    if asked.thread.is_some() || !known.scopes.has(scope) {
        return Err(Fault::OutOfScope.into());
    }
    Ok(who)
}

async fn recognise(office: &Office, asking: &Asking, asked: &Asked) -> Result<Who, Refused> {
    let Some(thread) = asked.thread else {
        let account = asking.account.clone().ok_or(Fault::NotSignedIn)?;
        return Ok(if asked.mine {
            Who::Mine(account)
        } else {
            Who::User(account)
        });
    };
    let secret = asking.secrets.of(thread).ok_or(Fault::NotFound)?;
    match guest::standing(office, thread, secret).await? {
        Standing::Good(guest) => Ok(Who::Guest(guest, asked.after)),
        // The page loads anew, and is led there.
        Standing::Elsewhere(_) | Standing::Expired { .. } => Err(Fault::Expired.into()),
        Standing::Unknown => Err(Fault::NotFound.into()),
    }
}

/// A socket within our bounds.
fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(CALL_BYTES_MAX)
        .max_frame_size(CALL_BYTES_MAX)
}

fn open(upgrade: WebSocketUpgrade, office: Office, who: Who) -> Response {
    bounded(upgrade)
        .on_upgrade(async move |socket| {
            let peer = Peer::Socket(socket);
            Talk { peer, office }.run(&who).await;
        })
        .into_response()
}
