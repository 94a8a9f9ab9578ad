//! Canned replies: texts with places for what is different each time.

use serde::{Deserialize, Serialize};

use crate::id::CannedId;

/// Most characters of a canned reply's name.
pub const CANNED_NAME_CHARS_MAX: usize = 60;
/// Most canned replies of one person, and of the team.
pub const CANNED_MAX: i64 = 200;

choice! {
    /// What a canned reply has a place for, written in it between braces.
    Place {
        /// The customer's name.
        Customer = "customer",
        /// The first word of the customer's name.
        FirstName = "first_name",
        /// The conversation's subject.
        Subject = "subject",
        /// The name of whoever writes.
        Me = "me",
        /// The site's name.
        Site = "site",
    }
}

/// A canned reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannedView {
    /// Its id.
    pub id: CannedId,
    /// What it is found by.
    pub name: String,
    /// The text, with its places, or filled in for a conversation.
    pub text: String,
    /// Whether the whole team has it.
    pub shared: bool,
    /// Who wrote it.
    pub author: String,
    /// Whether the reader may change it.
    pub changeable: bool,
}

impl Place {
    /// The place as it stands in a text.
    pub fn written(self) -> String {
        ["{", self.as_str(), "}"].concat()
    }
}

/// The text with every place taken by what `value` gives for it. Braces around anything else stay, and
/// what is put in is never looked through again: a customer may be called `{me}`.
pub fn filled<'v>(text: &str, value: impl Fn(Place) -> &'v str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let inside = from.get(1..).unwrap_or_default();
        let place = Place::ALL.iter().find_map(|place| {
            let after = inside.strip_prefix(place.as_str())?.strip_prefix('}')?;
            Some((*place, after))
        });
        rest = if let Some((place, after)) = place {
            filled.push_str(value(place));
            after
        } else {
            filled.push('{');
            inside
        };
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(place: Place) -> &'static str {
        match place {
            Place::Customer => "Guido {me} Gast",
            Place::FirstName => "Guido",
            Place::Subject => "A lid",
            Place::Me => "Nora",
            Place::Site => "Example Ltd",
        }
    }

    #[test]
    fn places_are_taken_and_everything_else_stays() {
        let cases = [
            ("Dear {first_name},", "Dear Guido,"),
            ("{customer}: {subject}", "Guido {me} Gast: A lid"),
            ("{{me}} of {site}", "{Nora} of Example Ltd"),
            ("{ me } {you} {} { } {", "{ me } {you} {} { } {"),
            ("{me", "{me"),
            ("{x{me}}", "{xNora}"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(filled(text, value), expected, "{text}");
        }
        for place in Place::ALL {
            assert_eq!(filled(&place.written(), value), value(*place));
        }
    }

    proptest! {
        #[test]
        fn a_text_without_places_stays_as_it_is(text in "[^{]*(\\{[A-Z ]*[^{]*)*") {
            prop_assert_eq!(filled(&text, value), text);
        }
    }
}
