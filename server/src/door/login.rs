//! Signing in and out.

use std::fmt::Write as _;

use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use pigeon_app::plain::Login;
use pigeon_core::actor::Account;
use pigeon_core::{Error, Office, session};
use pigeon_wire::Fault;

use super::form::Form;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

/// Where the team goes who did not ask for anything else.
pub const HOME: &str = "/inbox";
/// Where everybody else with an account goes.
const OWN: &str = "/threads";
/// Most bytes of an address to go on to.
const NEXT_BYTES_MAX: usize = 1024;

/// `GET /login`.
pub async fn show(State(hall): State<Hall>, asking: Asking, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let asked = Form::urlencoded(query.as_bytes())
        .unwrap_or_default()
        .text("next");
    let next = local(&asked).unwrap_or(HOME).to_owned();
    if let Some(account) = &asking.account {
        let next = if next == HOME {
            home(&hall.office, account).await.unwrap_or(HOME)
        } else {
            &next
        };
        return page::see_other(next);
    }
    let login = Login {
        email: String::new(),
        next,
        open: hall.office.settings().open_registration,
        fault: None,
        here: here(request.uri()),
    };
    page::outside(&hall, &asking, StatusCode::OK, &login)
}

/// `POST /login`.
pub async fn log_in(
    State(hall): State<Hall>,
    asking: Asking,
    headers: HeaderMap,
    uri: Uri,
    typed: Form,
) -> Answer {
    let (email, password) = (typed.text("email"), typed.text("password"));
    let asked = typed.text("next");
    let next = local(&asked).unwrap_or(HOME);
    // The browser's old session ends with this log-in: whoever planted it learns nothing from it.
    let old = hall.cookies.session(&headers);
    let office = &hall.office;
    match session::log_in(office, &email, &password, &asking.visitor, old).await {
        Ok(signed_in) => {
            let cookie = hall.cookies.keep_session(&signed_in, office.now());
            let next = if next == HOME {
                first_page(office, &signed_in.secret).await?
            } else {
                next
            };
            Ok(page::with_cookie(page::see_other(next), cookie))
        }
        Err(error) => {
            let refused = Refused::from(error);
            if !asking.reads.pages || refused.fault == Fault::Internal {
                return Err(refused);
            }
            let fault = Some(refused.fault.clone());
            let login = Login {
                email,
                next: next.to_owned(),
                open: office.settings().open_registration,
                fault,
                here: here(&uri),
            };
            let shown = page::outside(&hall, &asking, refused.status, &login);
            Ok(refused.timed(shown))
        }
    }
}

/// `POST /logout`.
pub async fn log_out(State(hall): State<Hall>, asking: Asking) -> Answer {
    if let Some(account) = &asking.account {
        session::end(&hall.office, account).await?;
    }
    Ok(page::with_cookie(
        page::see_other("/login"),
        hall.cookies.drop_session(),
    ))
}

/// Where somebody begins who has just signed in by this secret.
pub async fn first_page(office: &Office, secret: &str) -> Result<&'static str, Error> {
    let account = session::recognise(office, secret).await?;
    home(office, &account.ok_or(Fault::NotSignedIn)?).await
}

/// Where somebody begins: those without a role have no inbox.
pub async fn home(office: &Office, account: &Account) -> Result<&'static str, Error> {
    let me = session::me(office, account).await?;
    Ok(if me.permissions.is_staff() { HOME } else { OWN })
}

/// The page's own address.
fn here(uri: &Uri) -> String {
    let address = uri.path_and_query().map(PathAndQuery::as_str);
    address.unwrap_or("/login").to_owned()
}

/// `path` if it leads to a page of ours and nowhere else: browsers take `//host` and `/\host` for
/// other sites.
pub fn local(path: &str) -> Option<&str> {
    let is_local = path.len() <= NEXT_BYTES_MAX
        && path.starts_with('/')
        && !path.starts_with("//")
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    is_local.then_some(path)
}

/// The log-in page that leads back to `asked`.
pub fn address(asked: &Uri) -> String {
    let path = asked.path_and_query().map_or(HOME, |path| path.as_str());
    let mut address = String::from("/login?next=");
    for byte in path.bytes() {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                address.push(byte.into());
            }
            // Writing to a string cannot fail.
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_come_next() {
        for good in ["/", "/inbox", "/inbox/1?a=b#c", "/a//b"] {
            assert_eq!(local(good), Some(good));
        }
        for bad in [
            "",
            "inbox",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "/\tevil",
            "/ä",
        ] {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn the_way_back_survives_the_address() {
        let asked: Uri = "/inbox?view=mine&x=1".parse().unwrap();
        assert_eq!(address(&asked), "/login?next=/inbox%3Fview%3Dmine%26x%3D1");
    }
}
