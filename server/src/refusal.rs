//! How a door says no: problem details (RFC 9457) for programs. For people, the layer
//! [`crate::layer::face`] makes a page of it.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use pigeon_app::error::problem;
use pigeon_core::Error;
use pigeon_wire::Fault;
use pigeon_wire::merge::MergeRefusal;
use serde_json::{Value, json};

/// The media type of problem details.
pub const PROBLEM_TYPE: &str = "application/problem+json";

/// What a door answers instead of what was asked for.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Why, as pages word it.
    pub fault: Fault,
    /// With which status.
    pub status: StatusCode,
    code: &'static str,
}

/// What a door answers.
pub type Answer = Result<Response, Refused>;

impl Refused {
    /// No, because the request comes from a page of another site.
    pub fn foreign_origin() -> Self {
        Self::at_the_door(StatusCode::FORBIDDEN, "foreign_origin")
    }

    /// No, because a site's word for its visitor is not believed; `code` says why.
    pub const fn unvouched(code: &'static str) -> Self {
        Self {
            fault: Fault::NotSignedIn,
            status: StatusCode::UNAUTHORIZED,
            code,
        }
    }

    /// No, because two threads do not go together, or stay together.
    pub const fn merging(why: MergeRefusal) -> Self {
        Self {
            fault: Fault::Changed,
            status: StatusCode::CONFLICT,
            code: why.as_str(),
        }
    }

    /// No, because the body came too slowly.
    pub fn too_slow() -> Self {
        Self::at_the_door(StatusCode::REQUEST_TIMEOUT, "too_slow")
    }

    /// No, because the body is of a type that this door does not read.
    pub fn unsupported_type() -> Self {
        Self::at_the_door(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_type")
    }

    /// No, for a reason that the framework found and tells only by its status.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Fault::NotFound.into(),
            StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.into(),
            StatusCode::METHOD_NOT_ALLOWED => Self::at_the_door(status, "method_not_allowed"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::unsupported_type(),
            _ if status.is_server_error() => Self {
                status,
                ..Fault::Internal.into()
            },
            _ => Self {
                status,
                ..Fault::Malformed.into()
            },
        }
    }

    /// A reason that only HTTP knows. People read that the request was malformed.
    const fn at_the_door(status: StatusCode, code: &'static str) -> Self {
        Self {
            fault: Fault::Malformed,
            status,
            code,
        }
    }

    /// The members of the problem-details document.
    fn members(&self) -> Value {
        let mut members = problem(&self.fault).unwrap_or_else(|_| json!({ "type": "about:blank" }));
        members["status"] = self.status.as_u16().into();
        if self.code != self.fault.code() {
            members["code"] = self.code.into();
            members["title"] = self.code.replace('_', " ").into();
        }
        members
    }

    /// `response` with the seconds after which a try is sensible, where they are known.
    pub fn timed(&self, mut response: Response) -> Response {
        if let Fault::TooMany { retry_after_s } | Fault::Busy { retry_after_s } = self.fault {
            response
                .headers_mut()
                .insert(RETRY_AFTER, retry_after_s.into());
        }
        response
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        let status =
            StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self {
            status,
            code: fault.code(),
            fault,
        }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Fault::from(error).into()
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let response = (self.status, self.members().to_string()).into_response();
        let mut response = self.timed(response);
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_TYPE));
        // For the layer that makes a page of it.
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_http_keeps_its_own_status_and_code() {
        let members = Refused::foreign_origin().members();
        assert_eq!(members["status"], 403);
        assert_eq!(members["code"], "foreign_origin");
        assert_eq!(members["type"], "about:blank");
        assert_eq!(
            Refused::of_status(StatusCode::NOT_FOUND).members()["code"],
            "not_found"
        );
        assert_eq!(
            Refused::of_status(StatusCode::BAD_GATEWAY).members()["code"],
            "internal"
        );
    }

    #[test]
    fn a_limit_says_when_to_try_again() {
        let refused = Refused::from(Fault::TooMany { retry_after_s: 30 }).into_response();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers()[RETRY_AFTER], "30");
    }
}
