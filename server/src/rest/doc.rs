//! The document of the API, made of its doors, and a page to read it on.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use pigeon_app::plain::{ApiDoor, ApiPage};
use pigeon_app::ssr::outside_document;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{OpenApi, RefOr};
use utoipa::{IntoResponses, Modify, OpenApi as _};

use super::model::Problem;
use super::{
    act, admin, contact, figures, file, guest, own, party, people, search, thread, waiting,
};
use crate::Hall;
use crate::asking::Asking;

/// What every door can answer instead.
#[derive(IntoResponses)]
pub enum Refusals {
    /// The request cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(#[to_schema] Problem),
    /// The token is missing or works no longer.
    #[response(status = 401, content_type = "application/problem+json")]
    NotSignedIn(#[to_schema] Problem),
    /// The token lacks the scope, or its owner the permission.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(#[to_schema] Problem),
    /// There is no such thing, or not for this token.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] Problem),
    /// Somebody else was quicker.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] Problem),
    /// The link works no longer.
    #[response(status = 410, content_type = "application/problem+json")]
    Expired(#[to_schema] Problem),
    /// More than is taken.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] Problem),
    /// The body is none of the documented kind.
    #[response(status = 415, content_type = "application/problem+json")]
    UnsupportedType(#[to_schema] Problem),
    /// What was sent does not keep the rules; or its key was used with other content.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(#[to_schema] Problem),
    /// Too many requests: `Retry-After` says when to go on.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(#[to_schema] Problem),
    /// Too busy just now: `Retry-After` says when to try again.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(#[to_schema] Problem),
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Pigeon",
        description = "What people do on Pigeon's pages, for programs. Refusals are problem details (RFC 9457). Lists go on at `next`.",
    ),
    paths(
        thread::me,
        thread::list,
        thread::show,
        thread::entries,
        act::reply,
        act::add_note,
        act::set_status,
        act::set_assignee,
        act::mark_read,
        act::snooze,
        act::follow,
        act::set_tag,
        act::merge,
        act::part,
        act::trash,
        act::restore,
        act::revoke_links,
        waiting::list,
        waiting::send,
        waiting::cancel,
        thread::counts,
        figures::figures,
        file::send,
        file::fetch,
        search::find,
        people::list,
        contact::show,
        contact::threads,
        contact::write_note,
        contact::send_links,
        contact::blocks,
        contact::block,
        contact::lift,
        admin::caught::catches,
        admin::caught::accept,
        admin::caught::delete,
        admin::caught::reports,
        admin::caught::settle,
        admin::house::settings,
        admin::house::set,
        admin::house::mails,
        admin::house::retry,
        admin::house::retry_all,
        admin::house::cancel,
        admin::house::test,
        admin::house::log,
        admin::team::invitations,
        admin::team::invite,
        admin::team::send_again,
        admin::team::take_back,
        admin::team::set_role,
        admin::team::deactivate,
        admin::team::reactivate,
        admin::team::roles,
        admin::team::make_role,
        admin::team::edit_role,
        admin::team::delete_role,
        admin::hooks::list,
        admin::hooks::make,
        admin::hooks::switch,
        admin::hooks::delete,
        admin::hooks::log,
        admin::hooks::replay,
        admin::hooks::replay_failed,
        own::counts,
        own::list,
        own::ask,
        own::write,
        own::show,
        own::entries,
        own::reply,
        own::mark_read,
        own::mark_unread,
        own::mute,
        party::requests,
        party::accept,
        party::ignore,
        party::add,
        party::leave,
        party::close,
        party::edit,
        party::report,
        party::block,
        party::blocked,
        party::unblock,
        file::send_own,
        file::fetch_own,
        guest::start,
        guest::thread,
        guest::entries,
        guest::reply,
        guest::ask_link,
        file::send_guest,
        file::fetch_guest,
    ),
    modifiers(&Schemes)
)]
struct Api;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, api: &mut OpenApi) {
        let components = api.components.get_or_insert_default();
        for name in ["token", "link"] {
            let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
            components.add_security_scheme(name, bearer);
        }
    }
}

/// The document.
pub fn document() -> OpenApi {
    Api::openapi()
}

/// `GET /api/v1/openapi.json`.
pub async fn json() -> Response {
    let kind = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let text = document().to_json().unwrap_or_default();
    (StatusCode::OK, kind, text).into_response()
}

/// `GET /api/v1/docs`: the same to read, without anything that is loaded from elsewhere.
pub async fn page(State(hall): State<Hall>, asking: Asking) -> Response {
    let api = document();
    let doors = api.paths.paths.iter().flat_map(|(path, item)| {
        let doors = methods(item).into_iter();
        doors.filter_map(move |(method, operation)| Some(door(method, path, operation?)))
    });
    let page = ApiPage {
        doors: doors.collect(),
    };
    let text = outside_document(asking.frame.clone(), &page, &hall.assets());
    let kind = [(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    )];
    (StatusCode::OK, kind, text).into_response()
}

fn methods(item: &PathItem) -> [(&'static str, Option<&Operation>); 3] {
    [
        ("GET", item.get.as_ref()),
        ("POST", item.post.as_ref()),
        ("PUT", item.put.as_ref()),
    ]
}

fn door(method: &'static str, path: &str, operation: &Operation) -> ApiDoor {
    let parameters = operation.parameters.iter().flatten();
    let parameters = parameters.filter_map(|one| match one {
        RefOr::T(one) => Some((
            one.name.clone(),
            one.description.clone().unwrap_or_default(),
        )),
        RefOr::Ref(_) => None,
    });
    let answers = operation.responses.responses.iter();
    let answers = answers.filter_map(|(status, answer)| match answer {
        RefOr::T(answer) => Some((status.clone(), answer.description.clone())),
        RefOr::Ref(_) => None,
    });
    let needs = operation.security.iter().flatten();
    let needs = needs.map(|need| serde_json::to_string(need).unwrap_or_default());
    ApiDoor {
        method,
        path: path.to_owned(),
        about: operation.summary.clone().unwrap_or_default(),
        needs: needs.collect::<Vec<_>>().join(", "),
        parameters: parameters.collect(),
        answers: answers.collect(),
    }
}
