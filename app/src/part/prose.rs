//! What somebody wrote: text as text, with its line breaks, and its web addresses as links.

use leptos::either::Either;
use leptos::prelude::*;

/// A message's text.
#[component]
pub fn Prose(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let pieces: Vec<_> = pieces(&text).into_iter().map(piece).collect();
    view! { <p class="prose" dir="auto">{pieces}</p> }
}

fn piece(piece: Piece<'_>) -> impl IntoView + use<> {
    match piece {
        Piece::Text(text) => Either::Left(text.to_owned()),
        Piece::Link(address) => Either::Right(view! {
            <a href=address.to_owned() rel="noopener noreferrer nofollow ugc" target="_blank">
                {address.to_owned()}
            </a>
        }),
    }
}

/// A stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// A web address: shown as it is, and followed when it is clicked.
    Link(&'a str),
}

/// Cuts a text into what is an address of the web and what is not. Other schemes stay text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, address, after)) = next_address(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Link(address));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let begin = from + text.get(from..)?.find("http")?;
        let tail = text.get(begin..)?;
        let length = address_length(tail);
        let stands_alone = !text
            .get(..begin)?
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        if length > 0 && stands_alone {
            let end = begin + length;
            return Some((text.get(..begin)?, text.get(begin..end)?, text.get(end..)?));
        }
        from = begin + "http".len();
    }
}

/// How many bytes at the beginning of `text` are an address; 0 when none is there.
fn address_length(text: &str) -> usize {
    let Some(scheme) = ["https://", "http://"]
        .into_iter()
        .find(|s| text.starts_with(s))
    else {
        return 0;
    };
    let is_outside = |c: char| c.is_whitespace() || c.is_control() || "<>\"`".contains(c);
    let whole = text.find(is_outside).unwrap_or(text.len());
    let mut length = whole;
    // What ends a sentence or closes a bracket around the address is not part of it.
    while let Some(last) = text
        .get(..length)
        .and_then(|address| address.chars().next_back())
    {
        let kept = text.get(..length).unwrap_or_default();
        let closes_nothing = |open: char, close: char| {
            last == close && kept.matches(close).count() > kept.matches(open).count()
        };
        if ".,;:!?'*_".contains(last) || closes_nothing('(', ')') || closes_nothing('[', ']') {
            length -= last.len_utf8();
        } else {
            break;
        }
    }
    let host = text.get(scheme.len()..length).unwrap_or_default();
    if host.starts_with(char::is_alphanumeric) || host.starts_with('[') {
        length
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<&str> {
        let link = |piece| match piece {
            Piece::Link(address) => Some(address),
            Piece::Text(_) => None,
        };
        pieces(text).into_iter().filter_map(link).collect()
    }

    #[test]
    fn nothing_is_lost_between_the_pieces() {
        for text in [
            "",
            "a",
            "see https://a.example/x, then http://b.example.",
            "http://",
            "ähttp",
        ] {
            let whole: String = pieces(text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) | Piece::Link(text) => text,
                })
                .collect();
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn addresses_of_the_web_are_links() {
        assert_eq!(links("https://a.example"), ["https://a.example"]);
        assert_eq!(
            links("(see http://a.example/b_(c))."),
            ["http://a.example/b_(c)"]
        );
        assert_eq!(
            links("a https://x.example?q=1&r=2#s, b"),
            ["https://x.example?q=1&r=2#s"]
        );
        assert_eq!(
            links("<https://x.example>\nhttp://y.example"),
            ["https://x.example", "http://y.example"]
        );
    }

    #[test]
    fn everything_else_is_text() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "xhttp://a.example",
            "http:// a",
            "https://",
            "https://.",
            "http//a.example",
            "HTTP",
        ] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }
}
