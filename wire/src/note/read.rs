//! Reading what the team alone sees: the members of every kind side by side. What is derived for enums
//! with a tag keeps all members until it knows the kind, and so brings a second reader of every type in
//! them into the browser's program.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Delivery, StaffContent, StaffEvent};
use crate::attachment::AttachmentView;
use crate::id::{Millis, ThreadId};
use crate::merge::MergeStep;
use crate::message::{KnownBy, PublicEvent};
use crate::person::PersonRef;
use crate::tag::Tag;
use crate::text::Key;
use crate::thread::Status;

/// The kinds of contents, as their tag names them.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Message,
    Note,
    Event,
}

/// A content as it is read.
#[derive(Deserialize)]
pub(super) struct FlatContent {
    kind: Kind,
    body: Option<String>,
    #[serde(default)]
    attachments: Vec<AttachmentView>,
    key: Option<Key>,
    known_by: Option<KnownBy>,
    delivery: Option<Delivery>,
    event: Option<EventKind>,
    what: Option<PublicEvent>,
    #[serde(default)]
    to: To,
    until: Option<Millis>,
    tag: Option<Tag>,
    #[serde(default)]
    on: bool,
    with: Option<ThreadId>,
    how: Option<MergeStep>,
}

impl TryFrom<FlatContent> for StaffContent {
    type Error = &'static str;

    fn try_from(flat: FlatContent) -> Result<Self, &'static str> {
        let FlatContent {
            kind,
            body,
            attachments,
            key,
            known_by,
            delivery,
            event,
            what,
            to,
            until,
            tag,
            on,
            with,
            how,
        } = flat;
        match (kind, body, known_by, event) {
            (Kind::Message, Some(body), Some(known_by), _) => Ok(Self::Message {
                body,
                attachments,
                key,
                known_by,
                delivery,
            }),
            (Kind::Note, Some(body), ..) => Ok(Self::Note {
                body,
                attachments,
                key,
            }),
            (Kind::Event, .., Some(event)) => {
                let flat = FlatEvent {
                    event,
                    what,
                    to,
                    until,
                    tag,
                    on,
                    with,
                    how,
                };
                StaffEvent::try_from(flat).map(Self::Event)
            }
            _ => Err("a content that lacks what its kind has"),
        }
    }
}

/// The kinds of events, as their tag names them.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum EventKind {
    Public,
    Assigned,
    StatusSet,
    LinksRevoked,
    Claimed,
    Trashed,
    Restored,
    Snoozed,
    Tagged,
    SnoozeEnded,
    Merged,
    NoteMoved,
}

/// An event as it is read.
#[derive(Deserialize)]
pub(super) struct FlatEvent {
    event: EventKind,
    what: Option<PublicEvent>,
    #[serde(default)]
    to: To,
    until: Option<Millis>,
    tag: Option<Tag>,
    #[serde(default)]
    on: bool,
    with: Option<ThreadId>,
    how: Option<MergeStep>,
}

impl TryFrom<FlatEvent> for StaffEvent {
    type Error = &'static str;

    fn try_from(flat: FlatEvent) -> Result<Self, &'static str> {
        match (flat.event, flat.what, flat.to) {
            (EventKind::Public, Some(what), _) => Ok(Self::Public { what }),
            (EventKind::Assigned, _, To::Nothing) => Ok(Self::Assigned { to: None }),
            (EventKind::Assigned, _, To::Person(to)) => Ok(Self::Assigned { to: Some(to) }),
            (EventKind::StatusSet, _, To::Status(to)) => Ok(Self::StatusSet { to }),
            (EventKind::LinksRevoked, ..) => Ok(Self::LinksRevoked),
            (EventKind::Claimed, ..) => Ok(Self::Claimed),
            (EventKind::Trashed, ..) => Ok(Self::Trashed),
            (EventKind::Restored, ..) => Ok(Self::Restored),
            (EventKind::Snoozed, ..) => Ok(Self::Snoozed { until: flat.until }),
            (EventKind::Tagged, ..) => match flat.tag {
                Some(tag) => Ok(Self::Tagged { tag, on: flat.on }),
                None => Err("an event that lacks what its kind has"),
            },
            (EventKind::SnoozeEnded, ..) => Ok(Self::SnoozeEnded),
            (EventKind::Merged, ..) => match (flat.with, flat.how) {
                (Some(with), Some(how)) => Ok(Self::Merged { with, how }),
                _ => Err("an event that lacks what its kind has"),
            },
            (EventKind::NoteMoved, ..) => Ok(Self::NoteMoved),
            _ => Err("an event that lacks what its kind has"),
        }
    }
}

/// What something became: a person is an object, a status a word.
#[derive(Default)]
enum To {
    #[default]
    Nothing,
    Person(PersonRef),
    Status(Status),
}

impl<'de> Deserialize<'de> for To {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = To;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a person, a status or nothing")
            }

            fn visit_unit<E>(self) -> Result<To, E> {
                Ok(To::Nothing)
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<To, E> {
                word.parse().map(To::Status).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<To, A::Error> {
                PersonRef::deserialize(MapAccessDeserializer::new(map)).map(To::Person)
            }
        }

        source.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::PersonId;

    #[test]
    fn every_kind_reads_back() {
        let person = PersonRef {
            id: PersonId(Uuid::from_u128(7)),
            name: "Nora".into(),
        };
        let events = [
            StaffEvent::Public {
                what: PublicEvent::Closed,
            },
            StaffEvent::Assigned { to: None },
            StaffEvent::Assigned { to: Some(person) },
            StaffEvent::StatusSet { to: Status::Open },
            StaffEvent::LinksRevoked,
            StaffEvent::Claimed,
            StaffEvent::Trashed,
            StaffEvent::Restored,
            StaffEvent::Snoozed {
                until: Some(Millis(7)),
            },
            StaffEvent::Snoozed { until: None },
            StaffEvent::SnoozeEnded,
            StaffEvent::Tagged {
                tag: "vip".parse().unwrap(),
                on: true,
            },
            StaffEvent::Merged {
                with: ThreadId(Uuid::from_u128(8)),
                how: MergeStep::Into,
            },
            StaffEvent::NoteMoved,
        ];
        let message = StaffContent::Message {
            body: "Hello".into(),
            attachments: Vec::new(),
            key: None,
            known_by: KnownBy::Account,
            delivery: Some(Delivery::Sent),
        };
        let note = StaffContent::Note {
            body: "Between us".into(),
            attachments: Vec::new(),
            key: None,
        };
        let contents = events.iter().cloned().map(StaffContent::Event);
        for content in contents.chain([message, note]) {
            let json = serde_json::to_string(&content).unwrap();
            assert_eq!(
                serde_json::from_str::<StaffContent>(&json).unwrap(),
                content
            );
        }
        for event in events {
            let json = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<StaffEvent>(&json).unwrap(), event);
        }
        for bad in [
            r#"{"kind":"message"}"#,
            r#"{"kind":"event","event":"status_set","to":null}"#,
            r#"{"kind":"event","event":"status_set","to":"gone"}"#,
        ] {
            assert!(serde_json::from_str::<StaffContent>(bad).is_err(), "{bad}");
        }
    }
}
