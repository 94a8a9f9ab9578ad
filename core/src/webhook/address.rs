//! Where a hook may lead: an address that is checked when it is typed, and network addresses that
//! are checked each time before anything is sent to them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use pigeon_wire::webhook::{HookWrong, URL_CHARS_MAX};
use url::{Host, Url};

/// An address as it is stored: normal, without a user, a password or a fragment.
///
/// # Errors
/// What is wrong with it. Plain http and addresses of a private network are for servers that allow
/// them (`private`). Names are not looked up here: where they lead is asked before each delivery.
pub(super) fn checked(typed: &str, private: bool) -> Result<String, HookWrong> {
    let typed = typed.trim();
    if typed.chars().count() > URL_CHARS_MAX || typed.chars().any(char::is_control) {
        return Err(HookWrong::Address);
    }
    let url = Url::parse(typed).map_err(|_| HookWrong::Address)?;
    let is_plain = !url.username().is_empty() || url.password().is_some();
    if is_plain || url.fragment().is_some() || url.as_str().len() > URL_CHARS_MAX {
        return Err(HookWrong::Address);
    }
    match url.scheme() {
        "https" => {}
        "http" if private => {}
        "http" => return Err(HookWrong::Http),
        _ => return Err(HookWrong::Address),
    }
    let is_public = match url.host() {
        None => return Err(HookWrong::Address),
        Some(Host::Ipv4(ip)) => is_public(ip.into()),
        Some(Host::Ipv6(ip)) => is_public(ip.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name != "localhost" && !name.ends_with(".localhost")
        }
    };
    if is_public || private {
        Ok(url.into())
    } else {
        Err(HookWrong::Private)
    }
}

/// The host alone: what follows it may be a secret.
pub(super) fn host_of(url: &str) -> String {
    let url = Url::parse(url).ok();
    let host = url.as_ref().and_then(Url::host_str);
    host.unwrap_or_default().to_owned()
}

/// Whether this is an address of the public internet: none of this machine, of a private network, of
/// a group, or of a special use (the registries of RFC 6890).
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    // This network, this machine, and what was meant for classes D and E: groups, the future,
    // everybody.
    let nobody = matches!(a, 0 | 127 | 224..);
    // Private networks (RFC 1918), those of providers (RFC 6598), links (RFC 3927).
    let private = matches!(
        (a, b),
        (10, _) | (172, 16..=31) | (192, 168) | (100, 64..=127) | (169, 254)
    );
    // Protocols (RFC 6890), documents (RFC 5737), relays that are gone (RFC 7526), measurements
    // (RFC 2544).
    let special = matches!(
        (a, b, c),
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 51, 100) | (203, 0, 113) | (198, 18 | 19, _)
    );
    !(nobody || private || special)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(mapped) = ip.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    match ip.segments() {
        // The way to IPv4 from a network without it (RFC 6052): as good as where it leads.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Protocols and tunnels (RFC 2928, 4380), documents (RFC 3849, 9637), 6to4 (RFC 3056), which
        // hides an IPv4 address.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x2002, ..] => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        // What is given out to the public (RFC 4291); all else is of this machine, a link, a site, a
        // group, or nobody's.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_no_public_network_are_known() {
        for private in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.3",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00:1450::1",
            "3ffe::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn an_address_is_checked_as_it_is_typed() {
        let public = |typed| checked(typed, false);
        for (typed, stored) in [
            (
                " https://hooks.example.org/a?b=c ",
                "https://hooks.example.org/a?b=c",
            ),
            (
                "HTTPS://Hooks.Example.org:8443",
                "https://hooks.example.org:8443/",
            ),
            ("https://8.8.8.8/x", "https://8.8.8.8/x"),
        ] {
            assert_eq!(public(typed).as_deref(), Ok(stored));
        }
        for (typed, wrong) in [
            ("", HookWrong::Address),
            ("hooks.example.org", HookWrong::Address),
            ("ftp://hooks.example.org/", HookWrong::Address),
            ("file:///etc/passwd", HookWrong::Address),
            (
                "https://user:password@hooks.example.org/",
                HookWrong::Address,
            ),
            ("https://hooks.example.org/#part", HookWrong::Address),
            ("https://", HookWrong::Address),
            ("http://hooks.example.org/", HookWrong::Http),
            ("https://localhost/", HookWrong::Private),
            ("https://a.localhost./", HookWrong::Private),
            ("https://127.0.0.1/", HookWrong::Private),
            // All of these are this machine, or one beside it.
            ("https://2130706433/", HookWrong::Private),
            ("https://0x7f.1/", HookWrong::Private),
            ("https://017700000001/", HookWrong::Private),
            ("https://[::ffff:7f00:1]/", HookWrong::Private),
            ("https://[fd00::1]/", HookWrong::Private),
        ] {
            assert_eq!(public(typed), Err(wrong), "{typed}");
        }
        let long = format!("https://a.example/{}", "x".repeat(URL_CHARS_MAX));
        assert_eq!(public(&long), Err(HookWrong::Address));
        for typed in [
            "http://127.0.0.1:9000/",
            "http://crm.internal/hook",
            "https://[::1]/",
        ] {
            assert_eq!(checked(typed, true).as_deref(), Ok(typed));
        }
        assert_eq!(
            host_of("https://hooks.example.org/secret?token=1"),
            "hooks.example.org"
        );
    }
}
