//! Accounts made, found again and moved, by links in mails: the forms that ask for a link, the link,
//! and the form behind it.

use axum::extract::{Path, State};
use axum::http::header::REFERRER_POLICY;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use pigeon_app::plain::{Ask, PROOF_ADDRESS, Present, Proof, Wanted};
use pigeon_core::Error;
use pigeon_core::proof::{self, NewAccount};
use pigeon_core::session::SignedIn;
use pigeon_wire::Fault;
use pigeon_wire::person::Language;
use pigeon_wire::proof::{ProofKind, ProofView};

use super::form::Form;
use super::login::first_page;
use crate::asking::Asking;
use crate::desk::done;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

/// `GET /register`.
pub async fn register(State(hall): State<Hall>, asking: Asking, uri: Uri) -> Answer {
    if hall.office.settings().open_registration {
        return Ok(ask(&hall, &asking, Wanted::Register, &uri));
    }
    off(&hall, &asking)
}

/// `POST /register`.
pub async fn ask_register(State(hall): State<Hall>, asking: Asking, typed: Form) -> Answer {
    let email = typed.text("email");
    let asked = proof::register(&hall.office, &email, &asking.visitor).await;
    told(&hall, &asking, Wanted::Register, email, asked)
}

/// `GET /reset`.
pub async fn reset(State(hall): State<Hall>, asking: Asking, uri: Uri) -> Answer {
    Ok(ask(&hall, &asking, Wanted::Reset, &uri))
}

/// `POST /reset`.
pub async fn ask_reset(State(hall): State<Hall>, asking: Asking, typed: Form) -> Answer {
    let email = typed.text("email");
    let asked = proof::reset(&hall.office, &email, &asking.visitor).await;
    told(&hall, &asking, Wanted::Reset, email, asked)
}

/// `GET /confirm/{token}`: the token becomes a cookie and leaves the address. Changes nothing: robots
/// that read mail open links too.
pub async fn follow(State(hall): State<Hall>, asking: Asking, Path(token): Path<String>) -> Answer {
    let mut response = match proof::open(&hall.office, &token).await {
        Ok(open) => {
            let max_age_s = open.expires_at.since(hall.office.now()) / 1000;
            let cookie = hall.cookies.keep_proof(&token, max_age_s);
            page::with_cookie(page::see_other(PROOF_ADDRESS), cookie)
        }
        Err(error) => closed(&hall, &asking, error)?,
    };
    // The address holds the token: it must not go along to wherever the reader goes next.
    response
        .headers_mut()
        .insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
}

/// `GET /confirm`.
pub async fn show(State(hall): State<Hall>, asking: Asking, headers: HeaderMap) -> Answer {
    let token = hall.cookies.proof(&headers).unwrap_or_default();
    match proof::open(&hall.office, token).await {
        Ok(open) => {
            let language = open.language;
            let proof = form(&asking, open, String::new(), language, None);
            Ok(page::outside(&hall, &asking, StatusCode::OK, &proof))
        }
        Err(error) => closed(&hall, &asking, error),
    }
}

/// `POST /confirm`: does what the link leads to, and uses it up.
pub async fn confirm(
    State(hall): State<Hall>,
    asking: Asking,
    headers: HeaderMap,
    typed: Form,
) -> Answer {
    let token = hall.cookies.proof(&headers).unwrap_or_default();
    let open = match proof::open(&hall.office, token).await {
        Ok(open) => open,
        Err(error) => return closed(&hall, &asking, error),
    };
    let language = typed.text("language").parse().unwrap_or(open.language);
    let outcome = act(&hall, &asking, &headers, open.kind, &typed, language).await;
    match outcome {
        Ok(outcome) => {
            let dropped = hall.cookies.drop_proof();
            let response = match outcome {
                Outcome::Moved => done("/account", "moved"),
                Outcome::SignedIn(signed_in) => {
                    let kept = hall.cookies.keep_session(&signed_in, hall.office.now());
                    let leads = first_page(&hall.office, &signed_in.secret).await?;
                    page::with_cookie(page::see_other(leads), kept)
                }
            };
            Ok(page::with_cookie(response, dropped))
        }
        Err(error) => {
            let refused = Refused::from(error);
            if refused.fault == Fault::NotFound {
                return closed(&hall, &asking, Fault::NotFound.into());
            }
            if !asking.reads.pages || refused.status.is_server_error() && refused.status != 503 {
                return Err(refused);
            }
            let fault = Some(refused.fault.clone());
            let proof = form(&asking, open, typed.text("name"), language, fault);
            let shown = page::outside(&hall, &asking, refused.status, &proof);
            Ok(refused.timed(shown))
        }
    }
}

/// What a form behind a link has come to.
enum Outcome {
    SignedIn(SignedIn),
    Moved,
}

async fn act(
    hall: &Hall,
    asking: &Asking,
    headers: &HeaderMap,
    kind: ProofKind,
    typed: &Form,
    language: Language,
) -> Result<Outcome, Error> {
    let (office, visitor) = (&hall.office, &asking.visitor);
    let token = hall.cookies.proof(headers).unwrap_or_default();
    let old = hall.cookies.session(headers);
    let password = typed.text("password");
    let signed_in = match kind {
        ProofKind::NewAddress => {
            let account = asking.account.as_ref().ok_or(Fault::NotSignedIn)?;
            proof::move_address(office, account, token).await?;
            return Ok(Outcome::Moved);
        }
        ProofKind::Register => {
            let new = NewAccount {
                name: &typed.text("name"),
                password: &password,
                language,
            };
            proof::make_account(office, token, new, visitor, old).await?
        }
        ProofKind::Reset => proof::reset_password(office, token, &password, visitor, old).await?,
        ProofKind::OldAddress => proof::take_back(office, token, &password, visitor, old).await?,
    };
    Ok(Outcome::SignedIn(signed_in))
}

/// The form that asks for an address; or, once it was sent, what comes now.
fn ask(hall: &Hall, asking: &Asking, wanted: Wanted, uri: &Uri) -> Response {
    let ask = match uri.query() {
        Some("sent") => Ask::Sent(wanted),
        _ => Ask::Form {
            wanted,
            email: String::new(),
            fault: None,
        },
    };
    page::outside(hall, asking, StatusCode::OK, &ask)
}

/// The same page for every address; or the form once more with why not.
fn told(
    hall: &Hall,
    asking: &Asking,
    wanted: Wanted,
    email: String,
    asked: Result<(), Error>,
) -> Answer {
    let Err(error) = asked else {
        return Ok(page::see_other(&[wanted.address(), "?sent"].concat()));
    };
    let refused = Refused::from(error);
    let is_about_the_form = matches!(refused.fault.status(), 422 | 429 | 503);
    if refused.fault == Fault::Off {
        return off(hall, asking);
    }
    if !asking.reads.pages || !is_about_the_form {
        return Err(refused);
    }
    let ask = Ask::Form {
        wanted,
        email,
        fault: Some(refused.fault.clone()),
    };
    let shown = page::outside(hall, asking, refused.status, &ask);
    Ok(refused.timed(shown))
}

fn off(hall: &Hall, asking: &Asking) -> Answer {
    let refused = Refused::from(Fault::Off);
    if !asking.reads.pages {
        return Err(refused);
    }
    Ok(page::outside(hall, asking, refused.status, &Ask::Off))
}

fn form(
    asking: &Asking,
    proof: ProofView,
    name: String,
    language: Language,
    fault: Option<Fault>,
) -> Proof {
    let present = match &asking.account {
        None => Present::Nobody,
        Some(account) if Some(account.person) == proof.person => Present::Same,
        Some(_) => Present::Other,
    };
    Proof::Open {
        proof,
        present,
        name,
        language,
        fault,
    }
}

/// The page of a link that does not work; its cookie has no use any more.
fn closed(hall: &Hall, asking: &Asking, error: Error) -> Answer {
    let refused = Refused::from(error);
    if !asking.reads.pages || refused.fault != Fault::NotFound {
        return Err(refused);
    }
    let shown = page::outside(hall, asking, refused.status, &Proof::Closed);
    Ok(page::with_cookie(shown, hall.cookies.drop_proof()))
}
