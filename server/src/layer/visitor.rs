//! Who stands at the door as far as the request itself tells: network address, language,
//! taste, and whether they read pages.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, USER_AGENT};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;
use pigeon_app::Frame;
use pigeon_core::actor::{Reuse, Visitor};
use pigeon_wire::person::Language;

use crate::asking::Reads;
use crate::door::logo;
use crate::{Hall, cookie};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Characters of a browser's name for itself that are kept.
const AGENT_CHARS_MAX: usize = 200;

/// The layer: puts a [`Visitor`], a [`Frame`] and what they read into the request.
pub async fn layer(State(hall): State<Hall>, mut request: Request, next: Next) -> Response {
    let settings = hall.office.settings();
    let headers = request.headers();
    let language = language(headers).unwrap_or(settings.language);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    // Without a peer, as in a test that calls the router itself, all share one bucket.
    let peer = peer.map_or(Ipv6Addr::UNSPECIFIED.into(), |ConnectInfo(peer)| peer.ip());
    let visitor = Visitor {
        address: bucket(client(headers, peer, &hall.trusted_proxies)),
        language,
        agent: agent(headers),
        reuse: Reuse::Beside,
    };
    let theme = cookie::value(headers, cookie::THEME).and_then(|word| word.parse().ok());
    let frame = Frame {
        language,
        theme: theme.unwrap_or_default(),
        site_name: settings.site_name.clone(),
        logo: settings
            .logo
            .as_deref()
            .map(logo::address)
            .unwrap_or_default(),
    };
    let reads = Reads::of(headers);
    let extensions = request.extensions_mut();
    extensions.insert(reads);
    extensions.insert(visitor);
    extensions.insert(frame);
    next.run(request).await
}

/// The language that the reader chose, or that the browser asks for.
fn language(headers: &HeaderMap) -> Option<Language> {
    let chosen = cookie::value(headers, cookie::LANGUAGE).and_then(|word| word.parse().ok());
    chosen.or_else(|| Language::accepted(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?))
}

fn agent(headers: &HeaderMap) -> String {
    let text = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    text.chars().take(AGENT_CHARS_MAX).collect()
}

/// The client's address: read from right to left, each hop is believed as long as the one that
/// reports it is a proxy of ours. What a client wrote into the header itself stands further left
/// and is never reached.
fn client(headers: &HeaderMap, peer: IpAddr, trusted: &[IpNet]) -> IpAddr {
    let is_ours = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut hop = peer.to_canonical();
    let reports: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .into_iter()
        .flat_map(|value| value.to_str().unwrap_or("unreadable").split(','))
        .collect();
    for report in reports.iter().rev() {
        if !is_ours(&hop) {
            break;
        }
        match address(report.trim()) {
            Some(reported) => hop = reported.to_canonical(),
            None => break,
        }
    }
    hop
}

/// An address as proxies write it: alone, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let alone = text.parse().ok();
    alone.or_else(|| {
        text.parse::<SocketAddr>()
            .ok()
            .map(|with_port| with_port.ip())
    })
}

/// What limits count by. Whoever has one IPv6 address mostly has the 2^64 around it.
fn bucket(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn seen(peer: &str, forwarded: &[&'static str]) -> String {
        let trusted: Vec<IpNet> = ["10.0.0.0/8", "fd00::/8"]
            .iter()
            .map(|net| net.parse().unwrap())
            .collect();
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(value));
        }
        bucket(client(&headers, peer.parse().unwrap(), &trusted))
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }

    #[test]
    fn our_proxies_are_read_from_right_to_left() {
        assert_eq!(
            seen("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(
            seen("10.0.0.1", &["1.1.1.1", "198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(seen("fd00::1", &["198.51.100.1:4711"]), "198.51.100.1");
    }

    #[test]
    fn what_cannot_be_read_ends_the_chain() {
        assert_eq!(seen("10.0.0.1", &["198.51.100.1, nonsense"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn an_address_of_version_6_counts_as_its_network() {
        assert_eq!(seen("2001:db8:1:2:3:4:5:6", &[]), "2001:db8:1:2::/64");
        assert_eq!(seen("::ffff:203.0.113.9", &[]), "203.0.113.9");
    }
}
