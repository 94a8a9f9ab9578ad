//! From where a write may come. Browsers say which page a request comes from; a page of another
//! site must not act with our reader's cookies. Neither the framework nor its server functions
//! check this.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::header::{ORIGIN, UPGRADE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::rest::bearer::presented;
use crate::{Hall, Refused};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// The door that a page of another site may post to: it carries no authority.
const OPEN_DOOR: &str = "/contact";
/// Where mail programs post to, which name no page: what is asked is told by a key in the address, and
/// no cookie is looked at.
const KEYED_DOORS: &str = "/stop/";
/// The doors that look at tokens and never at cookies …
const PROGRAMS: &str = "/api/v1/";
/// … but for those of the live line, which look at either.
const LINE: &str = "/api/v1/live";

/// The doors of pages of other sites, which look at tokens alone as well, and ask for the origin
/// themselves; but for those of guests, which our own frame alone opens.
const EMBEDDED: &str = "/embed/";
const EMBEDDED_GUESTS: &str = "/embed/guest/";

/// Where our own pages may be open.
#[derive(Clone, Debug)]
pub struct Origins {
    public: String,
    /// Our port, while we listen on loopback: then every loopback name is ours.
    loopback_port: Option<u16>,
}

impl Origins {
    /// The origins of a server that is reached by `public_url` and listens on `listening`.
    pub fn new(public_url: &str, listening: SocketAddr) -> Self {
        Self {
            public: normal(public_url),
            loopback_port: listening.ip().is_loopback().then(|| listening.port()),
        }
    }

    /// Whether browsers take our pages for secure.
    pub fn is_secure(&self) -> bool {
        self.public.starts_with("https://")
            || self
                .public
                .parse()
                .is_ok_and(|uri: Uri| uri.host().is_some_and(is_loopback))
    }

    /// Whether a page of `origin` is ours.
    pub fn are_ours(&self, origin: &str) -> bool {
        normal(origin) == self.public
            || self
                .loopback_port
                .is_some_and(|port| is_loopback_origin(origin, port))
    }

    /// Whether a request with these headers may write. What names no page at all may not: every
    /// browser that runs our pages names it.
    pub fn allow(&self, headers: &HeaderMap) -> bool {
        let site = headers.get(FETCH_SITE).map(HeaderValue::as_bytes);
        if site.is_some_and(|site| site != b"same-origin" && site != b"none") {
            return false;
        }
        match headers.get(ORIGIN) {
            // A page that sends no referrer hides its origin too: such is the page of an expired
            // link, whose address must not go along. What the browser says of the site cannot be
            // forged by a page.
            Some(origin) if origin == "null" => site == Some(b"same-origin"),
            Some(origin) => origin.to_str().is_ok_and(|origin| self.are_ours(origin)),
            None => site == Some(b"same-origin"),
        }
    }

    /// Whether a request with these headers may open a line, without a socket, that only reads. What names
    /// a foreign page may not. What names none may: by plain http browsers name no page where they ask their
    /// own server, and a foreign page, which they name when it means to read the answer, gets to see nothing.
    pub fn allow_reading(&self, headers: &HeaderMap) -> bool {
        let site = headers.get(FETCH_SITE).map(HeaderValue::as_bytes);
        site.is_none_or(|site| site == b"same-origin" || site == b"none")
            && headers
                .get(ORIGIN)
                .is_none_or(|origin| origin.to_str().is_ok_and(|origin| self.are_ours(origin)))
    }
}

fn is_open(path: &str) -> bool {
    path == OPEN_DOOR || path.starts_with(KEYED_DOORS)
}

/// The layer.
pub async fn layer(State(hall): State<Hall>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let path = request.uri().path();
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    let reads = reads && !headers.contains_key(UPGRADE);
    let is_free = reads && !path.starts_with(LINE)
        || *request.method() == Method::POST && is_open(path)
        || is_for_programs(&request)
        || is_embedded(path);
    let is_ours = if reads {
        hall.origins.allow_reading(headers)
    } else {
        hall.origins.allow(headers)
    };
    if is_free || is_ours {
        return next.run(request).await;
    }
    let origin = request.headers().get(ORIGIN);
    tracing::warn!(
        ?origin,
        ours = hall.origins.public,
        "refused what another site's page asked for"
    );
    Refused::foreign_origin().into_response()
}

/// Whether a door looks at no cookie: a page of another site has nothing there to act with. The line
/// looks at none where a token is shown, which no page can do there.
fn is_for_programs(request: &Request) -> bool {
    let headers = request.headers();
    let path = request.uri().path();
    let looks_at_cookies = headers.contains_key(UPGRADE) || path.starts_with(LINE);
    path.starts_with(PROGRAMS) && (!looks_at_cookies || presented(headers).is_some())
}

fn is_embedded(path: &str) -> bool {
    path.starts_with(EMBEDDED) && !path.starts_with(EMBEDDED_GUESTS)
}

/// An address's origin in lower case and without the scheme's own port.
fn normal(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_lowercase();
    };
    let scheme = scheme.to_lowercase();
    let authority = rest
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let own_port = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(own_port).unwrap_or(&authority);
    format!("{scheme}://{authority}")
}

fn is_loopback_origin(origin: &str, port: u16) -> bool {
    // An origin is scheme, host and port alone; whatever more comes is none.
    let Ok(uri) = origin.parse::<Uri>() else {
        return false;
    };
    uri.scheme_str() == Some("http")
        && uri.port_u16().unwrap_or(80) == port
        && uri.host().is_some_and(is_loopback)
        && !origin.contains('@')
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(origins: &Origins, origin: Option<&str>, site: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [(ORIGIN, origin), (FETCH_SITE, site)] {
            if let Some(value) = value {
                headers.insert(name, HeaderValue::from_str(value).unwrap());
            }
        }
        origins.allow(&headers)
    }

    #[test]
    fn behind_a_public_address_only_that_one_is_ours() {
        let ours = Origins::new("https://help.example.org", ([0, 0, 0, 0], 3000).into());
        assert!(ours.is_secure());
        for good in ["https://help.example.org", "https://HELP.example.org:443"] {
            assert!(allowed(&ours, Some(good), None), "{good}");
        }
        for bad in [
            "http://help.example.org",
            "https://help.example.org:8443",
            "https://help.example.org.evil.example",
            "https://evil.example",
            "http://localhost:3000",
            "null",
            "",
        ] {
            assert!(!allowed(&ours, Some(bad), None), "{bad}");
        }
    }

    #[test]
    fn on_loopback_every_loopback_name_with_our_port_is_ours() {
        let ours = Origins::new("http://127.0.0.1:3000", ([127, 0, 0, 1], 3000).into());
        assert!(ours.is_secure());
        for good in [
            "http://127.0.0.1:3000",
            "http://localhost:3000",
            "http://[::1]:3000",
        ] {
            assert!(allowed(&ours, Some(good), None), "{good}");
        }
        for bad in [
            "http://localhost:3001",
            "https://localhost:3000",
            "http://localhost.evil.example:3000",
            "http://evil@localhost:3000",
            "http://127.0.0.1.evil.example:3000",
        ] {
            assert!(!allowed(&ours, Some(bad), None), "{bad}");
        }
    }

    #[test]
    fn what_the_browser_says_of_the_site_counts() {
        let ours = Origins::new("http://127.0.0.1:3000", ([127, 0, 0, 1], 3000).into());
        let own = Some("http://127.0.0.1:3000");
        assert!(allowed(&ours, own, Some("same-origin")));
        assert!(allowed(&ours, None, Some("same-origin")));
        for foreign in ["cross-site", "same-site", "nonsense"] {
            assert!(!allowed(&ours, own, Some(foreign)), "{foreign}");
        }
        assert!(allowed(&ours, Some("null"), Some("same-origin")));
        assert!(!allowed(&ours, Some("null"), Some("cross-site")));
        assert!(!allowed(&ours, None, Some("none")));
        assert!(!allowed(&ours, None, None));
    }

    #[test]
    fn plain_http_elsewhere_is_not_secure() {
        let ours = Origins::new("http://help.example.org", ([0, 0, 0, 0], 80).into());
        assert!(!ours.is_secure());
        assert!(allowed(&ours, Some("http://help.example.org:80"), None));
    }
}
