//! Origins of other sites, as an owner lists them: scheme, host and port, and nothing that could mean
//! anything else where a list of them is written into a header.

use super::Wrong;

/// Most origins of a list: they travel in a header of each frame.
pub const ORIGINS_MAX: usize = 20;
/// Most characters of one: the longest host name, a scheme and a port.
pub const ORIGIN_CHARS_MAX: usize = 270;

/// `text` as an origin the way browsers write it: in lower case, without the scheme's own port;
/// `None` for what is none. A slash at its end is forgiven, a path is not.
pub fn origin(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_suffix('/').unwrap_or(&text);
    let (scheme, authority) = text.split_once("://")?;
    let own_port = match scheme {
        "https" => "443",
        "http" => "80",
        _ => return None,
    };
    let (host, port) = match authority.rsplit_once(':') {
        // The last colon of a bare IPv6 address leads no port.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_port =
        |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
    if text.len() > ORIGIN_CHARS_MAX || !is_host(host) || !port.is_none_or(is_port) {
        return None;
    }
    Some(match port.filter(|port| *port != own_port) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

fn is_host(host: &str) -> bool {
    if let Some(v6) = host.strip_prefix('[') {
        let inner = v6.strip_suffix(']');
        return inner.is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let fits = |label: &str| {
        let is_known = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        !label.is_empty() && label.bytes().all(is_known)
    };
    host.split('.').all(fits)
}

/// The list that was typed, each once.
pub(super) fn list(text: &str) -> Result<Vec<String>, Wrong> {
    let mut all: Vec<String> = Vec::new();
    let parts = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    for part in parts.filter(|part| !part.is_empty()) {
        let origin = origin(part).ok_or(Wrong::NoOrigin)?;
        if !all.contains(&origin) {
            all.push(origin);
        }
    }
    if all.len() > ORIGINS_MAX {
        return Err(Wrong::TooManyOrigins);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (typed, origin_is) in [
            ("https://Shop.Example.org/", "https://shop.example.org"),
            ("https://shop.example.org:443", "https://shop.example.org"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(origin(typed).as_deref(), Some(origin_is), "{typed}");
        }
    }

    #[test]
    fn what_could_mean_more_than_one_site_is_none() {
        for typed in [
            "",
            "*",
            "https://*",
            "https://*.example.org",
            "shop.example.org",
            "ftp://example.org",
            "https://example.org/path",
            "https://a@example.org",
            "https://example.org;script-src *",
            "https://example.org:x",
            "https://example.org:99999",
            "https://example.org:",
            "https://",
            "https://b\u{fc}cher.example",
            "https://a'.example",
        ] {
            assert_eq!(origin(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_list_holds_each_once_and_not_too_many() {
        let two = list("https://a.example\r\nhttps://b.example, https://A.example/");
        assert_eq!(two.unwrap(), ["https://a.example", "https://b.example"]);
        assert_eq!(list("https://a.example x"), Err(Wrong::NoOrigin));
        let many: Vec<_> = (0..=ORIGINS_MAX)
            .map(|n| format!("https://a{n}.example"))
            .collect();
        assert_eq!(list(&many.join(" ")), Err(Wrong::TooManyOrigins));
        assert_eq!(list(""), Ok(Vec::new()));
    }
}
