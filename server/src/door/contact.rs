//! The contact form: for people, for programs, and for plain forms on any other site.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use pigeon_app::GuestPage;
use pigeon_core::Office;
use pigeon_core::guest::{self, Started};
use pigeon_wire::Fault;
use pigeon_wire::message::StartForm;
use pigeon_wire::text::Key;
use pigeon_wire::thread::Source;
use serde_json::json;

use super::form::Form;
use super::intake::{For, Intake};
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

const SENT: &str = "/contact/sent";

/// `GET /contact`.
pub async fn show(State(hall): State<Hall>, asking: Asking) -> Response {
    if hall.office.settings().allow_guest_threads {
        form(
            &hall,
            &asking,
            StatusCode::OK,
            StartForm::default(),
            None,
            false,
        )
    } else {
        form(
            &hall,
            &asking,
            StatusCode::FORBIDDEN,
            StartForm::default(),
            Some(Fault::Off),
            false,
        )
    }
}

/// `POST /contact`.
pub async fn send(State(hall): State<Hall>, asking: Asking, request: Request) -> Answer {
    let of = if hall.office.settings().allow_guest_threads {
        For::Start(asking.visitor.clone())
    } else {
        For::Nobody
    };
    let mut intake = Intake::new(&hall.office, of);
    let typed = match Form::with_files(request, &mut intake).await {
        Ok(typed) => typed,
        Err(refused) => {
            intake.discard().await;
            return Err(refused);
        }
    };
    let honeypot = honeypot_field(&hall)
        .map(|field| typed.text(&field))
        .unwrap_or_default();
    let start = StartForm {
        name: typed.text("name"),
        email: typed.text("email"),
        subject: typed.text("subject"),
        body: typed.text("body"),
        key: typed.text("key"),
    };
    let had_files = !intake.received.is_empty() || intake.fault().is_some();
    let started = if let Some(fault) = intake.fault() {
        // Nothing is sent without a file that was meant to go along.
        intake.discard().await;
        Err(fault.into())
    } else {
        let files = std::mem::take(&mut intake.received);
        let (source, visitor) = (Source::Form, &asking.visitor);
        guest::start_with(&hall.office, &start, &honeypot, source, visitor, files).await
    };
    match started {
        Ok(Started::Thread {
            thread,
            secret,
            max_age_s,
        }) => {
            let cookie = hall.cookies.keep_guest(thread, &secret, max_age_s);
            Ok(page::with_cookie(
                done(&asking, &format!("/c/{thread}")),
                cookie,
            ))
        }
        Ok(Started::Caught | Started::Claimed) => Ok(done(&asking, SENT)),
        Err(error) => {
            let refused = Refused::from(error);
            if !asking.reads.pages || refused.fault == Fault::Internal {
                return Err(refused);
            }
            let shown = form(
                &hall,
                &asking,
                refused.status,
                start,
                Some(refused.fault.clone()),
                had_files,
            );
            Ok(refused.timed(shown))
        }
    }
}

/// `GET /contact/sent`.
pub async fn sent(State(hall): State<Hall>, asking: Asking) -> Response {
    page::guest(&hall, &asking, StatusCode::OK, GuestPage::Sent)
}

/// The form with what was typed so far.
fn form(
    hall: &Hall,
    asking: &Asking,
    status: StatusCode,
    form: StartForm,
    fault: Option<Fault>,
    again: bool,
) -> Response {
    let key = next_key(&hall.office, &form.key, fault.as_ref());
    let honeypot = honeypot_field(hall);
    page::guest(
        hall,
        asking,
        status,
        GuestPage::Contact {
            form,
            fault,
            key,
            honeypot,
            files: hall.office.settings().file_rules(),
            again,
        },
    )
}

/// The key of the next try: the same as long as it is good, so that a try that was stored after
/// all (its answer got lost) is not stored twice.
pub fn next_key(office: &Office, typed: &str, fault: Option<&Fault>) -> String {
    match Key::parse(typed) {
        Ok(key) if fault != Some(&Fault::KeyReused) => key.into(),
        _ => office.fresh_key().into(),
    }
}

fn honeypot_field(hall: &Hall) -> Option<String> {
    let settings = hall.office.settings();
    settings
        .honeypot_on
        .then(|| settings.honeypot_field.clone())
}

/// Programs are told where the conversation is; browsers go there.
fn done(asking: &Asking, path: &str) -> Response {
    if asking.reads.pages || !asking.reads.json {
        return page::see_other(path);
    }
    let mut response = (StatusCode::CREATED, Json(json!({ "location": path }))).into_response();
    if let Ok(path) = HeaderValue::try_from(path) {
        response.headers_mut().insert(LOCATION, path);
    }
    response
}
