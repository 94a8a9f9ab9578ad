//! Who asks: a program by its token, within its scopes and its share of requests; or a guest's program
//! by the secret of a link.

use std::marker::PhantomData;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use pigeon_core::actor::{Account, Guest, Visitor};
use pigeon_core::guest::{self, Followed, Standing};
use pigeon_core::limit::Spent;
use pigeon_core::token::{self, Known};
use pigeon_wire::Fault;
use pigeon_wire::token::Scope;

use crate::{Hall, Refused};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// What an answer says of the token, refusals too.
pub const KEPT: [HeaderName; 3] = [WWW_AUTHENTICATE, POLICY, LIMIT];

/// What a door needs of a token.
pub trait Needs {
    /// The scope; none where any token will do.
    const SCOPE: Option<Scope>;
}

/// Any token.
pub struct Any;
/// A token that reads.
pub struct Reads;
/// A token that writes.
pub struct Writes;
/// A token that reads the list of people.
pub struct ListsPeople;
/// A token that looks after the house.
pub struct Administers;
/// A token for the own threads of its owner.
pub struct Owns;

impl Needs for Any {
    const SCOPE: Option<Scope> = None;
}
impl Needs for Reads {
    const SCOPE: Option<Scope> = Some(Scope::Read);
}
impl Needs for Writes {
    const SCOPE: Option<Scope> = Some(Scope::Write);
}
impl Needs for ListsPeople {
    const SCOPE: Option<Scope> = Some(Scope::People);
}

impl Needs for Administers {
    const SCOPE: Option<Scope> = Some(Scope::Administer);
}
impl Needs for Owns {
    const SCOPE: Option<Scope> = Some(Scope::Own);
}

/// A program whose token has the scope that `N` names. No door is reached without it.
pub struct Program<N> {
    /// In whose name it acts.
    pub account: Account,
    /// What the token allows at most.
    pub known: Known,
    needs: PhantomData<N>,
}

impl<N: Needs> FromRequestParts<Hall> for Program<N> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _hall: &Hall) -> Result<Self, Refused> {
        let known = parts.extensions.get::<Known>().cloned();
        let known = known.ok_or(Fault::NotSignedIn)?;
        if N::SCOPE.is_some_and(|scope| !known.scopes.has(scope)) {
            return Err(Fault::OutOfScope.into());
        }
        Ok(Self {
            account: known.account.clone(),
            known,
            needs: PhantomData,
        })
    }
}

/// The layer of the doors for programs: knows them by their token and counts their requests.
pub async fn layer(State(hall): State<Hall>, mut request: Request, next: Next) -> Response {
    let known = match presented(request.headers()) {
        None => return nobody(),
        Some(token) => match token::recognise(&hall.office, token).await {
            Ok(Some(known)) => known,
            Ok(None) => return nobody(),
            Err(error) => return Refused::from(error).into_response(),
        },
    };
    match token::spend(&hall.office, &known) {
        Ok(spent) => {
            request.extensions_mut().insert(known);
            told(next.run(request).await, &spent)
        }
        Err((spent, fault)) => told(Refused::from(fault).into_response(), &spent),
    }
}

fn nobody() -> Response {
    let mut response = Refused::from(Fault::NotSignedIn).into_response();
    let challenge = HeaderValue::from_static("Bearer");
    response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    response
}

/// Tells how much of the token's share is left (draft-ietf-httpapi-ratelimit-headers).
fn told(mut response: Response, spent: &Spent) -> Response {
    let policy = format!("\"token\";q={};w={}", spent.most, spent.window_s);
    let left = format!("\"token\";r={};t={}", spent.left, spent.reset_s);
    for (name, value) in [(POLICY, policy), (LIMIT, left)] {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The token that a request shows.
pub(crate) fn presented(headers: &HeaderMap) -> Option<&str> {
    let shown = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = shown.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// A guest's program, known by the secret of a link.
pub struct GuestProgram {
    /// The guest, in their one thread.
    pub guest: Guest,
    /// Where they come from.
    pub visitor: Visitor,
}

impl FromRequestParts<Hall> for GuestProgram {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, hall: &Hall) -> Result<Self, Refused> {
        let secret = presented(&parts.headers).ok_or(Fault::NotSignedIn)?;
        let visitor = strict(parts)?;
        let thread = match guest::follow(&hall.office, secret).await? {
            Followed::Thread { thread, .. } => thread,
            Followed::Expired { .. } => return Err(Fault::Expired.into()),
            Followed::Unknown => return Err(Fault::NotSignedIn.into()),
        };
        match guest::standing(&hall.office, thread, secret).await? {
            Standing::Good(guest) | Standing::Elsewhere(guest) => Ok(Self { guest, visitor }),
            Standing::Expired { .. } => Err(Fault::Expired.into()),
            Standing::Unknown => Err(Fault::NotSignedIn.into()),
        }
    }
}

/// Somebody without an account, whose program must not use a key twice.
pub struct Anybody(pub Visitor);

impl FromRequestParts<Hall> for Anybody {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _hall: &Hall) -> Result<Self, Refused> {
        strict(parts).map(Self)
    }
}

fn strict(parts: &Parts) -> Result<Visitor, Refused> {
    let visitor = parts.extensions.get::<Visitor>().cloned();
    Ok(visitor.ok_or(Fault::Internal)?.by_program())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shown_as_bearer_and_in_no_other_way() {
        let shown = |value: &str| {
            let value = HeaderValue::from_str(value).unwrap();
            let headers = HeaderMap::from_iter([(AUTHORIZATION, value)]);
            presented(&headers).map(str::to_owned)
        };
        assert_eq!(shown("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(shown("bearer abc").as_deref(), Some("abc"));
        for other in ["Basic abc", "abc", "Bearer"] {
            assert_eq!(shown(other), None, "{other}");
        }
    }
}
