//! The live line by plain requests, where proxies forbid or break sockets: a stream of events, or a
//! request that waits for news and is made again. The same frames, the same rights and the same end;
//! what the client says comes by requests of its own.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::rejection::{QueryRejection, StringRejection};
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures::{Stream, stream};
use pigeon_core::guest::{self, Standing};
use pigeon_core::token;
use pigeon_wire::Fault;
use pigeon_wire::live::{CALL_BYTES_MAX, CALLS_AT_ONCE_MAX};
use serde::Deserialize;
use tokio::time::Instant;

use super::peer::{Peer, Said};
use super::pigeonhole::{Fetched, Owner, Pigeonhole};
use super::talk::Talk;
use super::{Asked, known};
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::rest::bearer::presented;
use crate::{Hall, Refused};

/// How long a request waits for news: less than any proxy waits for an answer.
const POLL_TIME: Duration = Duration::from_secs(25);
/// Asks proxies not to hold back what is streamed; nginx and others know it.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Which line, and what of it has come.
#[derive(Debug, Deserialize)]
pub struct Marked {
    line: String,
}

/// `GET /api/v1/live/events`: opens a line and streams what it brings.
pub async fn events(
    State(hall): State<Hall>,
    asking: Asking,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Answer {
    let hole = open(&hall, &asking, &headers, asked).await?;
    let body = Body::from_stream(streamed(hole));
    Ok(answer("text/event-stream", body))
}

/// `GET /api/v1/live/poll`: opens a line, or with `line` goes on with one. Answers as soon as there is
/// something, with all that is there.
pub async fn poll(
    State(hall): State<Hall>,
    asking: Asking,
    headers: HeaderMap,
    marked: Result<Query<Marked>, QueryRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Answer {
    let hole = if let Ok(Query(marked)) = marked {
        let (hole, upto) = found(&hall, &asking, &headers, &marked).await?;
        if !hole.has_all(upto) {
            // An answer was lost on the way, and frames with it: the client begins anew and catches up.
            hole.leave();
            return Err(Fault::NotFound.into());
        }
        hole.say(Said::Life);
        hole
    } else {
        open(&hall, &asking, &headers, asked).await?
    };
    // Dropped while it waits: the client has hung up, which is as if a socket closed.
    let mut waits = Taker(Some(Arc::clone(&hole)));
    let fetched = hole.fetch(Some(Instant::now() + POLL_TIME)).await;
    waits.0 = None;
    let body = Body::from(written(&hole, &fetched));
    // A type that nothing on the way takes for a stream.
    Ok(answer("text/plain; charset=utf-8", body))
}

/// `POST /api/v1/live/call`: what the client of a line says, one call on each line of the body.
pub async fn call(
    State(hall): State<Hall>,
    asking: Asking,
    headers: HeaderMap,
    marked: Result<Query<Marked>, QueryRejection>,
    body: Result<String, StringRejection>,
) -> Answer {
    let Query(marked) = marked.map_err(|_| Refused::from(Fault::Malformed))?;
    let body = body.map_err(|rejection| Refused::of_status(rejection.status()))?;
    let (hole, _) = found(&hall, &asking, &headers, &marked).await?;
    let calls: Vec<&str> = body.lines().collect();
    if calls.len() > CALLS_AT_ONCE_MAX || calls.iter().any(|call| call.len() > CALL_BYTES_MAX) {
        return Err(Fault::TooLarge.into());
    }
    for call in calls {
        if !hole.say(Said::Call(call.into())) {
            return Err(Fault::Busy { retry_after_s: 1 }.into());
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Opens a line for whoever may have one.
async fn open(
    hall: &Hall,
    asking: &Asking,
    headers: &HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Arc<Pigeonhole>, Refused> {
    let Query(asked) = asked.map_err(|_| Refused::from(Fault::Malformed))?;
    let who = known(&hall.office, asking, headers, &asked).await?;
    let address = hall.office.fresh_key().into();
    let (hole, clerk) = hall.pigeonholes.rent(Owner::of(&who), address)?;
    let talk = Talk {
        peer: Peer::Plain(clerk),
        office: hall.office.clone(),
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "a line that lives from request to request is a task of its own, as a socket is; silence ends it"
    )]
    tokio::spawn(async move { talk.run(&who).await });
    Ok(hole)
}

/// The line of this mark, if it is the caller's, and how much of it has come. Anybody else's is not found.
async fn found(
    hall: &Hall,
    asking: &Asking,
    headers: &HeaderMap,
    marked: &Marked,
) -> Result<(Arc<Pigeonhole>, u64), Refused> {
    let (address, upto) = marked.line.split_once('.').ok_or(Fault::NotFound)?;
    let upto = upto.parse().map_err(|_| Fault::NotFound)?;
    let hole = hall.pigeonholes.at(address).ok_or(Fault::NotFound)?;
    if !is_of(hall, asking, headers, &hole.owner).await? {
        return Err(Fault::NotFound.into());
    }
    Ok((hole, upto))
}

/// Whether who asks is who opened the line, and still known as then.
async fn is_of(
    hall: &Hall,
    asking: &Asking,
    headers: &HeaderMap,
    owner: &Owner,
) -> Result<bool, Refused> {
    let office = &hall.office;
    Ok(match (owner, presented(headers)) {
        (Owner::Account(account), Some(shown)) => match token::recognise(office, shown).await? {
            Some(known) => {
                token::spend(office, &known).map_err(|(_, fault)| fault)?;
                known.account == *account
            }
            None => false,
        },
        (Owner::Account(account), None) => asking.account.as_ref() == Some(account),
        (Owner::Guest(guest), None) => match asking.secrets.of(guest.thread) {
            Some(secret) => {
                guest::standing(office, guest.thread, secret).await?
                    == Standing::Good(guest.clone())
            }
            None => false,
        },
        (Owner::Guest(_), Some(_)) => false,
    })
}

fn answer(kind: &'static str, body: Body) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        // Nor may it be packed on the way, which holds it back.
        (CACHE_CONTROL, "no-store, no-transform"),
        (BUFFERING, "no"),
    ];
    (headers, body).into_response()
}

/// Whoever takes what a line brings. The line is told when they are gone.
struct Taker(Option<Arc<Pigeonhole>>);

impl Drop for Taker {
    fn drop(&mut self) {
        if let Some(hole) = &self.0 {
            hole.leave();
        }
    }
}

/// What a line brings, until it ends or nobody takes it any more.
fn streamed(hole: Arc<Pigeonhole>) -> impl Stream<Item = Result<Bytes, Infallible>> {
    stream::unfold(Taker(Some(hole)), async |mut taker| {
        let hole = Arc::clone(taker.0.as_ref()?);
        let fetched = hole.fetch(None).await;
        if fetched.code.is_some() {
            taker.0 = None;
        }
        Some((Ok(written(&hole, &fetched)), taker))
    })
}

/// What was fetched, as a stream of events: each frame is one and carries the mark of its place, and the
/// end is an event of its own. Nothing is a comment.
fn written(hole: &Pigeonhole, fetched: &Fetched) -> Bytes {
    let mut text = String::new();
    for (frame, before) in fetched.frames.iter().zip(fetched.before..) {
        let mark = hole.mark(before + 1);
        text.push_str(&["id: ", &mark, "\ndata: ", frame.as_str(), "\n\n"].concat());
    }
    if let Some(code) = fetched.code {
        let code = code.to_string();
        text.push_str(&["event: close\ndata: ", &code, "\n\n"].concat());
    }
    if text.is_empty() {
        text.push_str(":\n\n");
    }
    text.into()
}
