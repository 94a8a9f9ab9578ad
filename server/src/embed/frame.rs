//! The frame that pages of listed sites show: the one page of ours that may stand in another's, and a
//! shell without anybody's data.

use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::IntoResponse as _;
use pigeon_app::plain::{Chat, chat};
use pigeon_app::ssr::chat_document;
use pigeon_wire::Fault;

use super::file::{FRAME, STYLE};
use crate::Hall;
use crate::asking::Asking;
use crate::door::form::Form;
use crate::refusal::Answer;

/// `GET /embed/frame`, with `?lang=de` in that language.
pub async fn show(State(hall): State<Hall>, asking: Asking, uri: Uri) -> Answer {
    let settings = hall.office.settings();
    let mut frame = asking.frame.clone();
    let query = Form::urlencoded(uri.query().unwrap_or_default().as_bytes()).unwrap_or_default();
    if let Ok(language) = query.text("lang").parse() {
        frame.language = language;
    }
    let chat = Chat {
        origins: settings.embed_origins.clone(),
        guests: settings.allow_guest_threads,
        honeypot: settings
            .honeypot_on
            .then(|| settings.honeypot_field.clone()),
        script: FRAME.address(chat::SCRIPT),
        style: STYLE.address(chat::STYLE),
    };
    let document = chat_document(chat, &frame, &hall.assets());
    let policy = HeaderValue::try_from(policy(&settings.embed_origins));
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            CONTENT_SECURITY_POLICY,
            policy.map_err(|_| Fault::Internal)?,
        ),
    ];
    Ok((StatusCode::OK, headers, document).into_response())
}

/// As the policy of every other page, without any inline script, and with those that may show it. The
/// settings bound what an origin can hold.
fn policy(origins: &[String]) -> String {
    let ancestors = if origins.is_empty() {
        "'none'".to_owned()
    } else {
        origins.join(" ")
    };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; \
         frame-ancestors {ancestors}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_frames_what_nobody_was_listed_for() {
        assert!(policy(&[]).ends_with("frame-ancestors 'none'"));
        let two = [
            "https://a.example".to_owned(),
            "http://localhost:8080".to_owned(),
        ];
        assert!(policy(&two).ends_with("frame-ancestors https://a.example http://localhost:8080"));
    }
}
