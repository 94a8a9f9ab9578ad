//! A guest's conversation, without a script: read, reply, mark as read, leave.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use pigeon_app::GuestPage;
use pigeon_core::actor::Guest;
use pigeon_core::attachment;
use pigeon_core::guest::{self, Followed, LinkRequest, Standing};
use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::message::ReplyForm;
use pigeon_wire::thread::GuestThread;
use pigeon_wire::{Fault, ThreadId};
use serde::Deserialize;

use super::contact::next_key;
use super::form::Form;
use super::intake::{For, Intake};
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

/// What a guest's cookie opens, or the page that says that it opens nothing.
enum Opened {
    Good(Guest),
    /// Another conversation, in which this one goes on.
    Elsewhere(Guest),
    Closed(Response),
}

/// Most portions of older entries that one page shows.
pub const OLDER_MAX: u32 = 50;

/// How far back a page without a script shows the conversation.
#[derive(Default, Deserialize)]
pub struct Reach {
    /// Portions of entries beyond the newest one.
    #[serde(default)]
    pub older: u32,
}

/// `GET /c/{id}`, and with `?older=2` the two portions before the newest entries too.
pub async fn show(
    State(hall): State<Hall>,
    asking: Asking,
    Path(id): Path<String>,
    reach: Result<Query<Reach>, QueryRejection>,
) -> Answer {
    let thread = thread_of(&id)?;
    // An address with something else behind it still leads to the conversation.
    let older = reach.map(|Query(reach)| reach.older).unwrap_or_default();
    match open(&hall, &asking, thread, None).await? {
        Opened::Good(guest) => {
            let mut thread = guest::open(&hall.office, &guest).await?;
            for _ in 0..older.min(OLDER_MAX) {
                let Some(first) = thread.entries.first().filter(|_| thread.more_before) else {
                    break;
                };
                let (entries, more) = guest::before(&hall.office, &guest, first.place).await?;
                thread.entries.splice(0..0, entries);
                thread.more_before = more;
            }
            Ok(conversation(
                &hall,
                &asking,
                thread,
                ReplyForm::default(),
                Vec::new(),
                None,
            ))
        }
        Opened::Elsewhere(guest) => lead(&hall, &asking, thread, &guest).await,
        Opened::Closed(page) => Ok(page),
    }
}

/// Leads to where a conversation goes on. A cookie that opens it already stays as it is.
async fn lead(hall: &Hall, asking: &Asking, thread: ThreadId, guest: &Guest) -> Answer {
    let there = page::see_other(&address(guest.thread));
    let knows = match asking.secrets.of(guest.thread) {
        Some(secret) => guest::standing(&hall.office, guest.thread, secret).await?,
        None => Standing::Unknown,
    };
    let secret = asking.secrets.of(thread);
    let Some(secret) = secret.filter(|_| !matches!(knows, Standing::Good(_))) else {
        return Ok(there);
    };
    Ok(match guest::follow(&hall.office, secret).await? {
        Followed::Thread { thread, max_age_s } => {
            let cookie = hall.cookies.keep_guest(thread, secret, max_age_s);
            page::with_cookie(there, cookie)
        }
        Followed::Expired { .. } | Followed::Unknown => there,
    })
}

/// `POST /c/{id}`.
pub async fn reply(
    State(hall): State<Hall>,
    asking: Asking,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let thread = thread_of(&id)?;
    // Files are only taken from whoever may post them; the text is kept for everybody.
    let of = match open(&hall, &asking, thread, None).await {
        Ok(Opened::Good(guest) | Opened::Elsewhere(guest)) => {
            For::Reply(guest, asking.visitor.clone())
        }
        _ => For::Nobody,
    };
    let mut intake = Intake::new(&hall.office, of);
    let typed = Form::with_files(request, &mut intake).await?;
    let mut form = ReplyForm {
        body: typed.text("body"),
        key: typed.text("key"),
        seen: typed.seen()?,
        ..ReplyForm::default()
    };
    let guest = match open(&hall, &asking, thread, Some(&form.body)).await? {
        Opened::Good(guest) => guest,
        // What was typed before it was merged is sent to where it goes on, of which it has seen nothing.
        Opened::Elsewhere(guest) => {
            form.seen = None;
            guest
        }
        Opened::Closed(page) => return Ok(page),
    };
    let earlier: Vec<_> = typed.all("kept").filter_map(|id| id.parse().ok()).collect();
    let mut kept = attachment::sent_by(&hall.office, &guest, &earlier).await?;
    kept.append(&mut intake.waiting);
    // Those of before by what the form says: one that is gone must not be left out in silence.
    form.attachments = earlier;
    let new = kept.iter().map(|file| file.id);
    let new: Vec<_> = new.filter(|id| !form.attachments.contains(id)).collect();
    form.attachments.extend(new);
    let posted = match intake.fault() {
        Some(fault) => Err(fault.into()),
        None => guest::reply(&hall.office, &guest, &form, &asking.visitor).await,
    };
    let Err(error) = posted else {
        return Ok(page::see_other(&address(thread)));
    };
    match Fault::from(error) {
        // Revoked or gone since we looked: the text is kept all the same.
        Fault::Expired | Fault::NotFound => {
            let hint = None;
            closed(
                &hall,
                &asking,
                Fault::Expired,
                hint,
                Some(thread),
                Some(&form.body),
            )
        }
        fault if !asking.reads.pages => Err(fault.into()),
        fault => {
            let thread = guest::open(&hall.office, &guest).await?;
            Ok(conversation(
                &hall,
                &asking,
                thread,
                form,
                kept,
                Some(fault.into()),
            ))
        }
    }
}

/// `POST /c/{id}/read`: the reader says that they have read as far as the page showed.
pub async fn read(
    State(hall): State<Hall>,
    asking: Asking,
    Path(id): Path<String>,
    typed: Form,
) -> Answer {
    let thread = thread_of(&id)?;
    let upto = typed.seen()?.ok_or(Fault::Malformed)?;
    match open(&hall, &asking, thread, None).await? {
        Opened::Good(guest) => {
            guest::seen(&hall.office, &guest, upto).await?;
            Ok(page::see_other(&address(thread)))
        }
        Opened::Elsewhere(guest) => lead(&hall, &asking, thread, &guest).await,
        Opened::Closed(page) => Ok(page),
    }
}

/// `POST /c/{id}/sign-out`: this browser forgets the conversation.
pub async fn sign_out(State(hall): State<Hall>, asking: Asking, Path(id): Path<String>) -> Answer {
    let thread = thread_of(&id)?;
    if let Opened::Good(guest) | Opened::Elsewhere(guest) =
        open(&hall, &asking, thread, None).await?
    {
        guest::sign_out(&hall.office, &guest).await?;
    }
    let gone = page::see_other(&format!("{}/sign-out", address(thread)));
    Ok(page::with_cookie(gone, hall.cookies.drop_guest(thread)))
}

/// `GET /c/{id}/sign-out`: what is shown after it.
pub async fn signed_out(State(hall): State<Hall>, asking: Asking) -> Response {
    page::guest(&hall, &asking, StatusCode::OK, GuestPage::SignedOut)
}

/// `POST /c/{id}/not-me`: the conversation is somebody else's; its links and mails end.
pub async fn not_me(State(hall): State<Hall>, asking: Asking, Path(id): Path<String>) -> Answer {
    let thread = thread_of(&id)?;
    match open(&hall, &asking, thread, None).await? {
        Opened::Good(guest) | Opened::Elsewhere(guest) => {
            guest::not_me(&hall.office, &guest).await?;
            let gone = page::see_other(&format!("{}/not-me", address(thread)));
            Ok(page::with_cookie(gone, hall.cookies.drop_guest(thread)))
        }
        Opened::Closed(page) => Ok(page),
    }
}

/// `GET /c/{id}/not-me`: what is shown after it.
pub async fn was_not_me(State(hall): State<Hall>, asking: Asking) -> Response {
    page::guest(&hall, &asking, StatusCode::OK, GuestPage::NotMe)
}

/// `POST /c/{id}/link`: a fresh link in one tap, to the address behind this browser's cookie.
pub async fn fresh_link(
    State(hall): State<Hall>,
    asking: Asking,
    Path(id): Path<String>,
) -> Answer {
    let thread = thread_of(&id)?;
    let Some(secret) = asking.secrets.of(thread) else {
        return Ok(page::see_other("/link"));
    };
    let request = LinkRequest::Thread(thread, secret.to_owned());
    guest::request_link(&hall.office, request, &asking.visitor).await?;
    Ok(page::see_other("/link/sent"))
}

fn thread_of(id: &str) -> Result<ThreadId, Refused> {
    id.parse().map_err(|_| Fault::NotFound.into())
}

fn address(thread: ThreadId) -> String {
    format!("/c/{thread}")
}

/// What this browser's cookie opens. `kept` is a text that must not be lost when it opens nothing.
async fn open(
    hall: &Hall,
    asking: &Asking,
    thread: ThreadId,
    kept: Option<&str>,
) -> Result<Opened, Refused> {
    let standing = match asking.secrets.of(thread) {
        Some(secret) => guest::standing(&hall.office, thread, secret).await?,
        None => Standing::Unknown,
    };
    Ok(match standing {
        Standing::Good(guest) => Opened::Good(guest),
        Standing::Elsewhere(guest) => Opened::Elsewhere(guest),
        Standing::Expired { email_hint } => {
            let hint = Some(email_hint);
            Opened::Closed(closed(
                hall,
                asking,
                Fault::Expired,
                hint,
                Some(thread),
                kept,
            )?)
        }
        Standing::Unknown => {
            Opened::Closed(closed(hall, asking, Fault::NotFound, None, None, kept)?)
        }
    })
}

/// The page of a link that opens nothing, with the text that could not be posted.
fn closed(
    hall: &Hall,
    asking: &Asking,
    fault: Fault,
    email_hint: Option<String>,
    thread: Option<ThreadId>,
    kept: Option<&str>,
) -> Answer {
    let refused = Refused::from(fault);
    if !asking.reads.pages {
        return Err(refused);
    }
    let kept = kept
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned);
    let page = GuestPage::Expired {
        email_hint,
        token: None,
        thread,
        kept,
    };
    Ok(page::guest(hall, asking, refused.status, page))
}

/// The conversation as it is now, with what was typed so far.
fn conversation(
    hall: &Hall,
    asking: &Asking,
    thread: GuestThread,
    form: ReplyForm,
    kept: Vec<AttachmentView>,
    refused: Option<Refused>,
) -> Response {
    let fault = refused.as_ref().map(|refused| refused.fault.clone());
    let key = next_key(&hall.office, &form.key, fault.as_ref());
    let status = refused
        .as_ref()
        .map_or(StatusCode::OK, |refused| refused.status);
    let shown = page::guest(
        hall,
        asking,
        status,
        GuestPage::Thread {
            thread,
            form,
            kept,
            fault,
            key,
        },
    );
    match refused {
        Some(refused) => refused.timed(shown),
        None => shown,
    }
}
