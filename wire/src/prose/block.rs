//! Lines that belong together.

use super::{Piece, Tag, inline, put};

/// Cuts lines into pieces.
pub(super) fn blocks(lines: &[&str], depth: u8, pieces: &mut Vec<Piece>) {
    // Looked for once: else every fence that nobody closes would be looked through to the end.
    let last_end = lines.iter().rposition(|line| ends_fence(line)).unwrap_or(0);
    let mut at = 0;
    while let Some((line, after)) = lines.get(at..).and_then(<[_]>::split_first) {
        let taken = if at < last_end && begins_fence(line) {
            fence(after, pieces)
        } else if depth > 0 {
            let all = lines.get(at..).unwrap_or_default();
            match quote(all, depth, pieces) {
                0 => list(all, depth, pieces),
                taken => taken,
            }
        } else {
            0
        };
        at += taken;
        if taken == 0 {
            inline::line(line, pieces);
            at += 1;
            if at < lines.len() {
                put(pieces, "\n");
            }
        }
    }
}

/// Three backticks, and at most one word that says in which language.
fn begins_fence(line: &str) -> bool {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || "+-_.#".contains(c);
    line.strip_prefix("```").is_some_and(|word| {
        word.trim_start_matches('`')
            .trim_end()
            .chars()
            .all(is_of_word)
    })
}

fn ends_fence(line: &str) -> bool {
    let line = line.trim_end();
    line.len() > 2 && line.bytes().all(|byte| byte == b'`')
}

/// Shows what stands before the end of a fence. Answers how many lines it took, with both ends.
fn fence(lines: &[&str], pieces: &mut Vec<Piece>) -> usize {
    let end = lines.iter().position(|line| ends_fence(line));
    let end = end.unwrap_or(lines.len());
    let code = lines.get(..end).unwrap_or_default().join("\n");
    pieces.push(Piece::Open(Tag::Fence, None));
    pieces.push(Piece::Open(Tag::Code, None));
    put(pieces, &code);
    pieces.push(Piece::Close(Tag::Code));
    pieces.push(Piece::Close(Tag::Fence));
    end + 2
}

/// Shows lines that begin with `>`, if the first of them does and says something.
fn quote(lines: &[&str], depth: u8, pieces: &mut Vec<Piece>) -> usize {
    let says_something = |line: &&str| quoted(line).is_some_and(|inner| !is_blank(inner));
    if !lines.first().is_some_and(says_something) {
        return 0;
    }
    let inner: Vec<&str> = lines.iter().map_while(|line| quoted(line)).collect();
    pieces.push(Piece::Open(Tag::Quote, None));
    blocks(&inner, depth - 1, pieces);
    pieces.push(Piece::Close(Tag::Quote));
    inner.len()
}

/// A line without its `>`; `None` for one that has none, or has it before something else than a space.
fn quoted(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('>')?;
    let bare = inner.trim_start_matches('>');
    let is_quote = bare.is_empty() || bare.starts_with(' ');
    is_quote.then(|| inner.strip_prefix(' ').unwrap_or(inner))
}

fn is_blank(line: &str) -> bool {
    line.trim_start_matches(['>', ' ']).is_empty()
}

/// How an item begins.
struct Mark<'a> {
    /// Spaces before it.
    indent: usize,
    /// Its number, as typed.
    number: Option<&'a str>,
    /// What follows.
    text: &'a str,
}

/// Reads `- ` or `1. `.
fn mark(line: &str) -> Option<Mark<'_>> {
    let indent = indent(line);
    let line = line.get(indent..).filter(|_| indent < 4)?;
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = line.split_at_checked(digits)?;
    let (number, text) = match digits {
        0 => (None, after.strip_prefix("- ")?),
        // Nobody's list is longer; a year before a full stop is.
        1..=3 if !number.starts_with('0') => (Some(number), after.strip_prefix(". ")?),
        _ => return None,
    };
    let mark = Mark {
        indent,
        number,
        text,
    };
    (!text.trim_start().is_empty()).then_some(mark)
}

fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

/// Shows a list of two items or more: a single line may mean less than nothing, or the third of May.
/// Lines that stand further in than the first item's mark belong to the item before.
fn list(lines: &[&str], depth: u8, pieces: &mut Vec<Piece>) -> usize {
    let Some(first) = lines.first().and_then(|line| mark(line)) else {
        return 0;
    };
    let inside = first.indent + 2;
    let mut items: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    let mut taken = 0;
    for line in lines {
        let indent = indent(line);
        match (items.last_mut(), mark(line)) {
            (Some((_, item)), _) if indent >= inside && indent < line.len() => {
                // As far in as the text of the item begins, or less.
                let own = first.number.map_or(2, |number| number.len() + 2);
                item.push(line.get(indent.min(first.indent + own)..).unwrap_or(line));
            }
            (_, Some(mark)) if mark.number.is_some() == first.number.is_some() => {
                items.push((mark.number, vec![mark.text]));
            }
            _ => break,
        }
        taken += 1;
    }
    if items.len() < 2 {
        return 0;
    }
    let tag = first.number.map_or(Tag::Bullets, |_| Tag::Numbers);
    pieces.push(Piece::Open(tag, None));
    for (number, item) in items {
        pieces.push(Piece::Open(Tag::Item, number.map(str::to_owned)));
        blocks(&item, depth - 1, pieces);
        pieces.push(Piece::Close(Tag::Item));
    }
    pieces.push(Piece::Close(tag));
    taken
}
