//! How what somebody wrote is shown. A text is stored as it was typed; this cuts it into pieces of
//! text and what stands around them, from a small subset of Markdown: `**bold**`, `*italic*`,
//! `` `code` ``, fenced code, quotes, lists, links. Never is a string of HTML made of it: whoever shows
//! a text makes nodes of the pieces, or escapes them one by one.
//!
//! Most people at a support desk do not know that they write Markdown. So whatever may be meant as it
//! stands is shown as it stands: every line break, the numbers of lists, a list of one line, stars
//! inside of words and between spaces. Reading takes time in proportion to the text, whatever it is.

mod address;
mod block;
mod inline;

/// Deepest that quotes and lists stand in each other; what is beyond is shown as typed.
const DEPTH_MAX: u8 = 4;

/// What may stand around a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// What is repeated of somebody else's.
    Quote,
    /// A list with dashes.
    Bullets,
    /// A list with numbers.
    Numbers,
    /// One of a list.
    Item,
    /// Lines of code, around a [`Tag::Code`].
    Fence,
    /// Code.
    Code,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// A link.
    Link,
}

impl Tag {
    /// The element of HTML.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quote => "blockquote",
            Self::Bullets => "ul",
            Self::Numbers => "ol",
            Self::Item => "li",
            Self::Fence => "pre",
            Self::Code => "code",
            Self::Bold => "strong",
            Self::Italic => "em",
            Self::Link => "a",
        }
    }

    /// Whether it stands on lines of its own.
    pub const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Quote | Self::Bullets | Self::Numbers | Self::Fence
        )
    }
}

/// A piece of what somebody wrote. What opens is closed, in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text, shown with its line breaks. Never two in a row, never empty.
    Text(String),
    /// Something begins: a link with its address, an item with the number that was typed.
    Open(Tag, Option<String>),
    /// It ends.
    Close(Tag),
}

/// Cuts a text into pieces.
pub fn pieces(text: &str) -> Vec<Piece> {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut pieces = Vec::new();
    block::blocks(&lines, DEPTH_MAX, &mut pieces);
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

fn put(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// Whether it is a letter or digit of a writing that parts its words.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{2e80}'
}

#[cfg(test)]
mod tests;
