//! Canned replies: texts with places for what is different each time, and what is done to the conversation
//! together with them.

use serde::{Deserialize, Serialize};

use crate::act::Rest;
use crate::id::{CannedId, PersonId};
use crate::tag::Tag;
use crate::thread::Status;

/// Most characters of a canned reply's name.
pub const CANNED_NAME_CHARS_MAX: usize = 60;
/// Most canned replies of one person, and of the team.
pub const CANNED_MAX: i64 = 200;
/// Most tags that a canned reply gives.
pub const CANNED_TAGS_MAX: usize = 3;
/// Most acts that go with one reply.
pub const REPLY_ACTS_MAX: usize = CANNED_TAGS_MAX + 3;

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
    /// What is done to the conversation.
    pub acts: CannedActs,
    /// Whether the whole team has it.
    pub shared: bool,
    /// Who wrote it.
    pub author: String,
    /// Whether the reader may change it.
    pub changeable: bool,
}

/// What a canned reply does to the conversation that it is sent to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CannedActs {
    /// The status that it gets.
    pub status: Option<Status>,
    /// Who looks after it from then on.
    pub assign: Option<Keeper>,
    /// The tags that it gets.
    pub tags: Vec<Tag>,
    /// How long it rests.
    pub rest: Option<Rest>,
}

/// Whom a canned reply gives a conversation to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeper {
    /// Nobody.
    Nobody,
    /// Whoever sends it.
    Me,
    /// Somebody of the team.
    Person(PersonId),
}

impl CannedActs {
    /// Whether nothing is done.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What is typed of a canned reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CannedTyped {
    /// What it is found by.
    pub name: String,
    /// The text with its places.
    pub text: String,
    /// Whether the whole team is to have it.
    pub shared: bool,
    /// The word of a status, or nothing.
    pub status: String,
    /// `nobody`, `me`, the id of a colleague, or nothing.
    pub assign: String,
    /// Tags, with spaces or commas between.
    pub tags: String,
    /// The word of a rest, or nothing.
    pub rest: String,
}

impl CannedView {
    /// As it is typed.
    pub fn typed(&self) -> CannedTyped {
        let CannedActs {
            status,
            assign,
            tags,
            rest,
        } = &self.acts;
        let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
        let assign = assign.map(|keeper| match keeper {
            Keeper::Nobody => "nobody".to_owned(),
            Keeper::Me => "me".to_owned(),
            Keeper::Person(person) => person.to_string(),
        });
        CannedTyped {
            name: self.name.clone(),
            text: self.text.clone(),
            shared: self.shared,
            status: status.map(|status| status.to_string()).unwrap_or_default(),
            assign: assign.unwrap_or_default(),
            tags: tags.join(", "),
            rest: rest.map(|rest| rest.to_string()).unwrap_or_default(),
        }
    }
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
