//! Who stands at a door, as the layers found them.

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT;
use axum::http::{Extensions, HeaderMap, request::Parts};
use leptos::nonce::Nonce;
use pigeon_app::Frame;
use pigeon_app::ssr::GuestSecrets;
use pigeon_core::actor::{Account, Visitor};
use pigeon_wire::Fault;

use crate::Refused;

/// Who stands at a door, and what a page for them needs.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Language, colours and the site's name.
    pub frame: Frame,
    /// What lets this answer's scripts run.
    pub nonce: Nonce,
    /// What they read.
    pub reads: Reads,
    /// The visitor as the network knows them.
    pub visitor: Visitor,
    /// The secrets of a guest's threads; none at the doors of people with accounts.
    pub secrets: GuestSecrets,
    /// The signed-in user; nobody at the doors of guests.
    pub account: Option<Account>,
}

impl Asking {
    /// What the layers have put into the request; `None` where a door stands outside of them.
    pub fn of(extensions: &Extensions) -> Option<Self> {
        Some(Self {
            frame: extensions.get::<Frame>()?.clone(),
            nonce: extensions.get::<Nonce>()?.clone(),
            reads: *extensions.get::<Reads>()?,
            visitor: extensions.get::<Visitor>()?.clone(),
            secrets: extensions
                .get::<GuestSecrets>()
                .cloned()
                .unwrap_or_default(),
            account: extensions.get::<Account>().cloned(),
        })
    }
}

impl<S: Sync> FromRequestParts<S> for Asking {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refused> {
        Self::of(&parts.extensions).ok_or_else(|| Fault::Internal.into())
    }
}

/// What whoever asks can read. Browsers say that they read pages; programs do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reads {
    /// Pages.
    pub pages: bool,
    /// JSON.
    pub json: bool,
}

impl Reads {
    /// What the request's `Accept` names.
    pub fn of(headers: &HeaderMap) -> Self {
        let names = |kind: &str| {
            headers
                .get_all(ACCEPT)
                .into_iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .filter_map(|item| item.split(';').next())
                .any(|name| name.trim().eq_ignore_ascii_case(kind))
        };
        Self {
            pages: names("text/html"),
            json: names("application/json"),
        }
    }
}
