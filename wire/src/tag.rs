//! Tags: short words by which the team sorts conversations.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::choice::UnknownWord;

/// Most bytes of a tag: one word, seldom two.
pub const TAG_BYTES_MAX: usize = 30;
/// Most tags of one conversation.
pub const TAGS_MAX: usize = 10;
/// Most tags that a team can have: beyond, nobody would find the one that there is.
pub const TAGS_KNOWN_MAX: i64 = 300;

/// A tag: lower-case letters, digits and hyphens. It fits into few bytes, so that it travels by value in
/// filters and acts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    bytes: [u8; TAG_BYTES_MAX],
    len: u8,
}

impl Tag {
    /// The tag's word.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.len)).unwrap_or_default();
        // Made of a text alone, below.
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl FromStr for Tag {
    type Err = UnknownWord;

    /// Takes what is typed: capital letters become small ones, spaces and underscores hyphens, and a `#`
    /// before it is left out.
    fn from_str(typed: &str) -> Result<Self, UnknownWord> {
        let typed = typed.trim();
        let typed = typed.strip_prefix('#').unwrap_or(typed).to_lowercase();
        let word: String = typed
            .chars()
            .map(|letter| match letter {
                ' ' | '_' => '-',
                other => other,
            })
            .collect();
        let is_good = word
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '-')
            && word.chars().any(char::is_alphanumeric);
        let mut bytes = [0; TAG_BYTES_MAX];
        let len = u8::try_from(word.len()).map_err(|_| UnknownWord)?;
        let room = bytes.get_mut(..word.len()).ok_or(UnknownWord)?;
        room.copy_from_slice(word.as_bytes());
        is_good.then_some(Self { bytes, len }).ok_or(UnknownWord)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{self}")
    }
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        into.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let word = String::deserialize(source)?;
        word.parse().map_err(serde::de::Error::custom)
    }
}

/// The tags of a conversation as they are stored: in the order of their words, each between spaces, so
/// that one is found by the spaces around it.
pub fn stored(tags: &[Tag]) -> String {
    let mut all = tags.to_vec();
    all.sort_unstable();
    all.dedup();
    let mut text = String::new();
    for tag in &all {
        text.push(' ');
        text.push_str(tag.as_str());
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text
}

/// The tags of a stored text.
pub fn read(stored: &str) -> Vec<Tag> {
    stored
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(word: &str) -> Tag {
        word.parse().unwrap()
    }

    #[test]
    fn what_is_typed_becomes_one_word() {
        assert_eq!(tag(" #Late Delivery ").as_str(), "late-delivery");
        assert_eq!(tag("VIP").as_str(), "vip");
        assert_eq!(tag("rück_gabe").as_str(), "rück-gabe");
        assert_eq!(
            tag(&"x".repeat(TAG_BYTES_MAX)).as_str().len(),
            TAG_BYTES_MAX
        );
        for bad in [
            "",
            "#",
            "-",
            "a,b",
            "a%b",
            "<b>",
            &"x".repeat(TAG_BYTES_MAX + 1),
            &"x".repeat(300),
        ] {
            assert!(bad.parse::<Tag>().is_err(), "{bad}");
        }
    }

    #[test]
    fn tags_are_stored_in_order_and_once() {
        let text = stored(&[tag("vip"), tag("late"), tag("vip")]);
        assert_eq!(text, " late vip ");
        assert_eq!(read(&text), [tag("late"), tag("vip")]);
        assert_eq!(stored(&[]), "");
        assert_eq!(read(""), []);
        let json = serde_json::to_string(&tag("vip")).unwrap();
        assert_eq!(json, r#""vip""#);
        assert_eq!(serde_json::from_str::<Tag>(&json).unwrap(), tag("vip"));
    }
}
