//! Links: addresses of the web as they stand in a text, and texts with an address.

const WEB: [&str; 2] = ["https://", "http://"];
const MAIL: &str = "mailto:";

/// The part of a web address behind its scheme; `None` for what is none, or names no host.
fn web(text: &str) -> Option<&str> {
    let rest = WEB
        .into_iter()
        .find_map(|scheme| text.strip_prefix(scheme))?;
    rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
        .then_some(rest)
}

fn is_outside(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "<>\"`".contains(c)
}

/// How many bytes at the beginning of `text` are an address of the web; 0 when none is there.
pub(super) fn address_length(text: &str) -> usize {
    if web(text).is_none() {
        return 0;
    }
    let mut last = ' ';
    let is_over = |c| {
        // A link that was none leaves `](` between two addresses.
        let is_over = is_outside(c) || (c == '(' && last == ']');
        last = c;
        is_over
    };
    let mut length = text.find(is_over).unwrap_or(text.len());
    let whole = text.get(..length).unwrap_or_default();
    // Brackets that close more than was opened, counted once.
    let surplus = |open: char, close: char| {
        let opened = whole.matches(open).count();
        whole.matches(close).count().saturating_sub(opened)
    };
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    // What ends a sentence or closes a bracket around the address is not part of it.
    for last in whole.chars().rev() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' => {}
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            _ => break,
        }
        length -= 1;
    }
    length
}

/// The text and the address of a `[text](address)` at the beginning of `rest`.
pub(super) fn link(rest: &str) -> Option<(&str, &str)> {
    let inside = rest.get(1..)?;
    let (text, after) = inside.split_at_checked(inside.find(['[', ']'])?)?;
    let after = after.strip_prefix("](")?;
    let mut open = 0_u32;
    let end = after.find(|c| {
        match c {
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            _ => return c == ')' || c == '[' || is_outside(c),
        }
        false
    })?;
    let (address, after) = after.split_at_checked(end)?;
    let is_link = after.starts_with(')')
        && !text.trim().is_empty()
        && (web(address).is_some() || (address.starts_with(MAIL) && address.contains('@')))
        && is_honest(text, address);
    is_link.then_some((text, address))
}

/// A text that looks like an address leads there, or is no link.
fn is_honest(text: &str, address: &str) -> bool {
    let mut parts = text.split('.').skip(1);
    let looks_like_one =
        text.contains("://") || parts.any(|part| part.starts_with(char::is_alphabetic));
    let bare = |text| web(text).unwrap_or(text);
    !looks_like_one
        || bare(address)
            .strip_prefix(bare(text))
            .is_some_and(|more| more.is_empty() || more.starts_with(['/', '?', '#']))
}
