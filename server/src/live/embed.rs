//! The socket of the frame and of pages of listed sites, `GET /embed/live`. It never looks at a cookie:
//! who asks is known by a token in the first frame, which stands in no address and in no log.

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::response::IntoResponse as _;
use pigeon_core::guest::{Followed, Standing};
use pigeon_core::{Office, embed, guest};
use pigeon_wire::Fault;
use pigeon_wire::embed::STAY_PREFIX;
use pigeon_wire::live::close;
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::peer::{Peer, Said};
use super::talk::{End, Talk, code_of, understood};
use super::{Who, bounded};
use crate::embed::From;
use crate::refusal::Answer;
use crate::{Hall, Refused};

/// How long a socket may take to say who asks.
const SILENT_TIME: Duration = Duration::from_secs(10);
/// Sockets that have not said it yet: a page says it at once, so this many are a flood.
static SILENT: Semaphore = Semaphore::const_new(1024);

/// The first frame.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Introduction {
    /// The secret of a guest's link, or the token of somebody who was vouched for.
    token: String,
    /// The last number that a guest's page holds.
    #[serde(default)]
    after: i64,
}

/// `GET /embed/live`.
pub async fn door(
    State(hall): State<Hall>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer {
    match From::of(&hall, &headers) {
        From::Us | From::Listed(_) => {}
        From::NoPage | From::Strangers => return Err(Refused::foreign_origin()),
    }
    let upgrade = upgrade.map_err(|rejection| Refused::of_status(rejection.status()))?;
    let silent = SILENT.try_acquire();
    let silent = silent.map_err(|_| Fault::Busy { retry_after_s: 2 })?;
    let office = hall.office.clone();
    let talk = async move |socket| {
        let mut talk = Talk {
            peer: Peer::Socket(socket),
            office,
        };
        let who = talk.introduced().await;
        drop(silent);
        let code = match who {
            Ok(who) => talk.with(&who).await,
            Err(end) => end,
        };
        talk.hang_up(code).await;
    };
    Ok(bounded(upgrade).on_upgrade(talk).into_response())
}

impl Talk {
    /// Who asks, by the first frame.
    async fn introduced(&mut self) -> Result<Who, End> {
        let first = async {
            loop {
                match self.peer.hear().await {
                    Said::Call(text) => return Ok(text),
                    Said::Life => {}
                    Said::Noise => return Err(Some(close::MALFORMED)),
                    Said::Gone => return Err(None),
                }
            }
        };
        let first = timeout(SILENT_TIME, first).await;
        let text = first.map_err(|_| Some(close::BEHIND))??;
        recognise(&self.office, understood(&text)?).await
    }
}

async fn recognise(office: &Office, said: Introduction) -> Result<Who, End> {
    let Introduction { token, after } = said;
    let ended = |error| Some(code_of(error));
    if token.starts_with(STAY_PREFIX) {
        let account = embed::recognise(office, &token).await.map_err(ended)?;
        return account.map(Who::Mine).ok_or(Some(close::REVOKED));
    }
    let Followed::Thread { thread, .. } = guest::follow(office, &token).await.map_err(ended)?
    else {
        return Err(Some(close::REVOKED));
    };
    match guest::standing(office, thread, &token)
        .await
        .map_err(ended)?
    {
        Standing::Good(guest) | Standing::Elsewhere(guest) => Ok(Who::Guest(guest, after)),
        Standing::Expired { .. } | Standing::Unknown => Err(Some(close::REVOKED)),
    }
}
