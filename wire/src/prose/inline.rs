//! What is inside of a line.

use super::address::{address_length, link};
use super::{Piece, Tag, in_word, put};

/// Cuts a line into pieces.
pub(super) fn line(line: &str, pieces: &mut Vec<Piece>) {
    // Where stars stand that may begin something: one for italic, two for bold.
    let mut begun: [Option<usize>; 2] = [None, None];
    let (mut from, mut at) = (0, 0);
    while let Some(byte) = line.as_bytes().get(at) {
        let (before, rest) = line.split_at_checked(at).unwrap_or_default();
        let previous = before.chars().next_back();
        let mut taken = 1;
        let mut found = Vec::new();
        match byte {
            b'*' => {
                taken = rest.bytes().take_while(|byte| *byte == b'*').count();
                let next = rest.get(taken..).and_then(|after| after.chars().next());
                let tag = if taken == 1 { Tag::Italic } else { Tag::Bold };
                let (own, other) = match (taken, &mut begun) {
                    (1, [italic, bold]) => (italic, bold),
                    (2, [italic, bold]) => (bold, italic),
                    _ => {
                        at += taken;
                        continue;
                    }
                };
                if let Some(begin) = own.filter(|_| ends(previous, next)) {
                    if let Some(stars) = pieces.get_mut(begin) {
                        *stars = Piece::Open(tag, None);
                    }
                    // What began inside of it has not ended, and is text.
                    *other = other.filter(|other| *other < begin);
                    *own = None;
                    found.push(Piece::Close(tag));
                } else if begins(previous, next) {
                    let text = line.get(from..at).unwrap_or_default();
                    *own = Some(pieces.len() + usize::from(!text.is_empty()));
                    put(&mut found, rest.get(..taken).unwrap_or_default());
                }
            }
            b'`' => {
                if let Some(code) = code(previous, rest) {
                    taken = code.len() + 2;
                    around(&mut found, Tag::Code, None, code);
                }
            }
            b'[' => {
                if let Some((text, address)) = link(rest) {
                    taken = text.len() + address.len() + 4;
                    around(&mut found, Tag::Link, Some(address), text);
                }
            }
            b'h' if !previous.is_some_and(in_word) => {
                let length = address_length(rest);
                if length > 0 {
                    taken = length;
                    let address = rest.get(..length).unwrap_or_default();
                    around(&mut found, Tag::Link, Some(address), address);
                }
            }
            _ => {}
        }
        at += taken;
        if !found.is_empty() {
            put(pieces, line.get(from..at - taken).unwrap_or_default());
            pieces.append(&mut found);
            from = at;
        }
    }
    put(pieces, line.get(from..).unwrap_or_default());
}

fn around(pieces: &mut Vec<Piece>, tag: Tag, with: Option<&str>, text: &str) {
    pieces.push(Piece::Open(tag, with.map(str::to_owned)));
    put(pieces, text);
    pieces.push(Piece::Close(tag));
}

/// Whether stars between these begin something: after a space or a bracket, before a word. Stars in words,
/// as in `2*3*4` or `*.txt`, do not.
fn begins(previous: Option<char>, next: Option<char>) -> bool {
    let outside = |c: char| stands_apart(c) || "([{\"'-:".contains(c);
    let inside = |c: char| !c.is_whitespace() && !")]}.,;:!?/\\=|".contains(c);
    previous.is_none_or(outside) && next.is_some_and(inside)
}

/// Whether stars between these end what has begun.
fn ends(previous: Option<char>, next: Option<char>) -> bool {
    let inside = |c: char| !c.is_whitespace() && !"([{/\\=|".contains(c);
    let outside = |c: char| stands_apart(c) || ")]}\"'.,;:!?-/".contains(c);
    previous.is_some_and(inside) && next.is_none_or(outside)
}

/// Space, or a sign of a writing other than this one; letters of a writing that does not part its words
/// count among them.
fn stands_apart(c: char) -> bool {
    c.is_whitespace() || (!c.is_ascii() && !in_word(c))
}

/// What stands between a backtick at the beginning of `rest` and the next: not between a word's letters,
/// where backticks are apostrophes.
fn code(previous: Option<char>, rest: &str) -> Option<&str> {
    let (code, after) = rest.get(1..)?.split_once('`')?;
    let is_word = |c: char| in_word(c) || c == '`';
    let is_code = !code.is_empty()
        && !code.starts_with(char::is_whitespace)
        && !code.ends_with(char::is_whitespace)
        && !previous.is_some_and(is_word)
        && !after.starts_with(is_word);
    is_code.then_some(code)
}
