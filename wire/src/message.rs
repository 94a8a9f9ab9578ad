//! Messages and public events: what everybody in a thread may see.

use serde::{Deserialize, Serialize};

use crate::attachment::{AttachmentView, FILES_MAX};
use crate::fault::{Fault, Field, Problem};
use crate::id::{AttachmentId, MessageId, Millis};
use crate::text::{Body, Check, Email, Key, Name, Subject, optional};
use crate::thread::Side;

/// Most entries that one page or one catch-up frame carries.
pub const ENTRIES_PAGE_MAX: i64 = 100;

/// Entries with which a page of the team opens a thread: more than a screen holds, and few enough to be there at
/// once. The others come as their reader scrolls to them.
pub const ENTRIES_OPEN: i64 = 40;

/// An entry of a thread that everybody in it may see. It has no place for a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// Which entry.
    pub id: MessageId,
    /// Its fixed place in the public order: the public number with which it came.
    pub place: i64,
    /// The public number of its last change.
    pub change: i64,
    /// When it was written.
    pub at: Millis,
    /// What it is.
    pub content: Content,
}

/// What a public entry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "Flat")]
pub enum Content {
    /// Somebody wrote.
    Message {
        /// The author's display name; staff are known to guests by it alone.
        author: String,
        /// On which side of this thread the author stands.
        side: Side,
        /// The text; it may be empty where there are files.
        body: String,
        /// Its files.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<AttachmentView>,
        /// The author's idempotency key, by which their own page finds its pending bubble.
        key: Option<Key>,
    },
    /// Something happened.
    Event {
        /// Who did it, by display name.
        author: String,
        /// On which side of this thread they stand.
        side: Side,
        /// What.
        event: PublicEvent,
    },
}

/// A content as it is read: the members of every kind side by side. A reader that is derived for the
/// kinds themselves keeps all members until it knows which kind they are of, and holds the code for
/// each of them twice; in the guests' program that is a good part.
#[derive(Deserialize)]
struct Flat {
    kind: Kind,
    author: String,
    side: Side,
    body: Option<String>,
    #[serde(default)]
    attachments: Vec<AttachmentView>,
    key: Option<Key>,
    event: Option<PublicEvent>,
}

/// The kinds of contents, as their tag names them.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Message,
    Event,
}

impl TryFrom<Flat> for Content {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, &'static str> {
        let Flat {
            kind,
            author,
            side,
            body,
            attachments,
            key,
            event,
        } = flat;
        match (kind, body, event) {
            (Kind::Message, Some(body), _) => Ok(Self::Message {
                author,
                side,
                body,
                attachments,
                key,
            }),
            (Kind::Event, _, Some(event)) => Ok(Self::Event {
                author,
                side,
                event,
            }),
            _ => Err("a content that lacks what its kind has"),
        }
    }
}

choice! {
    /// What everybody in a thread is told.
    PublicEvent {
        /// The thread was closed.
        Closed = "closed",
        /// The thread was opened again.
        Reopened = "reopened",
        /// Somebody joined a direct thread.
        Joined = "joined",
        /// Somebody left a direct thread.
        Left = "left",
        /// Somebody who is not in a direct thread broke the glass and read it.
        Read = "read",
        /// A message stood here that is in another conversation of the same customer now.
        Moved = "moved",
    }
}

choice! {
    /// How the sender of a message was known.
    KnownBy {
        /// By nothing but what was typed into the form, or the browser that typed it.
        Browser = "browser",
        /// By a credential that came by mail.
        MailedLink = "mailed_link",
        /// By an account.
        Account = "account",
    }
}

/// What a guest types into the contact form. The names are those of the form's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StartForm {
    /// The guest's name; the address's first part stands in for a missing one.
    pub name: String,
    /// The guest's address.
    pub email: String,
    /// The subject, if any.
    pub subject: String,
    /// The message.
    pub body: String,
    /// The idempotency key of Pigeon's own form; a foreign page's form has none.
    pub key: String,
}

/// A start that keeps the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The guest's name.
    pub name: Name,
    /// The guest's address.
    pub email: Email,
    /// The subject, if any.
    pub subject: Option<Subject>,
    /// The message; nothing where files say it all.
    pub body: Option<Body>,
    /// The idempotency key, if the form carried one.
    pub key: Option<Key>,
}

impl StartForm {
    /// Checks every field; all that is wrong is told at once. With files, the message may be empty.
    pub fn check(&self, has_files: bool) -> Result<Start, Fault> {
        let mut check = Check::default();
        let email = check.field(Field::Email, Email::parse(&self.email));
        let name = check.field(Field::Name, optional(&self.name, Name::parse));
        let subject = check.field(Field::Subject, optional(&self.subject, Subject::parse));
        let body = check.field(Field::Body, said(&self.body, has_files));
        let key = check.field(Field::Key, optional(&self.key, Key::parse));
        check.end()?;
        match (email, name, subject, body, key) {
            (Some(email), Some(name), Some(subject), Some(body), Some(key)) => {
                let stand_in = || {
                    email
                        .as_str()
                        .split('@')
                        .next()
                        .unwrap_or_default()
                        .to_owned()
                };
                let name = match name {
                    Some(name) => name,
                    None => Name::try_from(stand_in())
                        .map_err(|problem| Fault::field(Field::Name, problem))?,
                };
                Ok(Start {
                    name,
                    email,
                    subject,
                    body,
                    key,
                })
            }
            _ => Err(Fault::Malformed),
        }
    }
}

/// A reply as a page sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplyForm {
    /// The text.
    pub body: String,
    /// The idempotency key.
    pub key: String,
    /// The last number that the author's page showed; posting marks up to it as read.
    pub seen: Option<i64>,
    /// A staff member's wish to open a closed thread again with this reply.
    pub reopen: bool,
    /// A staff member's wish to close the thread with this reply.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub close: bool,
    /// The last number that the author's page showed when they wished so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<i64>,
    /// Files that its author has uploaded to this thread.
    pub attachments: Vec<AttachmentId>,
}

/// A message or note that keeps the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// The text; nothing where files say it all.
    pub body: Option<Body>,
    /// The files.
    pub attachments: Vec<AttachmentId>,
    /// The idempotency key.
    pub key: Key,
    /// The last number that the author saw, of the author's own audience.
    pub seen: Option<i64>,
    /// Whether a staff member's reply opens a closed thread again.
    pub reopen: bool,
    /// Whether a staff member's reply closes the thread.
    pub close: bool,
    /// The last number that the author was shown when they wished so.
    pub shown: Option<i64>,
}

impl ReplyForm {
    /// Checks every field; all that is wrong is told at once.
    pub fn check(&self) -> Result<NewMessage, Fault> {
        let mut check = Check::default();
        let has_files = !self.attachments.is_empty();
        let body = check.field(Field::Body, said(&self.body, has_files));
        let key = check.field(Field::Key, Key::parse(&self.key));
        check.end()?;
        // No page offers so many, and none offers one of them twice.
        let mut once = self.attachments.clone();
        once.sort_unstable();
        once.dedup();
        if once.len() != self.attachments.len() || once.len() > FILES_MAX {
            return Err(Fault::Malformed);
        }
        match (body, key) {
            (Some(body), Some(key)) => Ok(NewMessage {
                body,
                attachments: self.attachments.clone(),
                key,
                seen: self.seen,
                reopen: self.reopen,
                close: self.close,
                shown: self.shown,
            }),
            _ => Err(Fault::Malformed),
        }
    }
}

/// A text that may be missing where there are files.
pub(crate) fn said(typed: &str, has_files: bool) -> Result<Option<Body>, Problem> {
    if has_files {
        optional(typed, Body::parse)
    } else {
        Body::parse(typed).map(Some)
    }
}

/// The answer to a post: the same for every repetition of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The message.
    pub id: MessageId,
    /// Its place in the author's own order: public for guests and users, staff for staff.
    pub place: i64,
    /// When it was stored.
    pub at: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::FieldFault;

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let form = StartForm {
            email: "x".into(),
            name: "a\nb".into(),
            ..StartForm::default()
        };
        let told = |field, problem| FieldFault { field, problem };
        assert_eq!(
            form.check(false),
            Err(Fault::Invalid(vec![
                told(Field::Email, Problem::NotAnAddress),
                told(Field::Name, Problem::ForbiddenCharacter),
                told(Field::Body, Problem::Missing),
            ]))
        );
    }

    #[test]
    fn a_content_is_read_as_it_was_written() {
        let file = AttachmentView {
            id: AttachmentId(uuid::Uuid::from_u128(7)),
            name: "a.png".into(),
            bytes: 9,
            thumb: None,
        };
        let message = |key, attachments| Content::Message {
            author: "Nora".into(),
            side: Side::Staff,
            body: "Hello".into(),
            attachments,
            key,
        };
        let event = |event| Content::Event {
            author: "Nora".into(),
            side: Side::Customer,
            event,
        };
        let key = Key::parse(&"k".repeat(22)).ok();
        let mut all = vec![message(None, Vec::new()), message(key, vec![file])];
        all.extend(PublicEvent::ALL.iter().map(|what| event(*what)));
        for content in all {
            let text = serde_json::to_string(&content).unwrap();
            assert_eq!(
                serde_json::from_str::<Content>(&text).unwrap(),
                content,
                "{text}"
            );
        }
        for bad in [
            r#"{"kind":"message","author":"N","side":"staff"}"#,
            r#"{"kind":"event","author":"N","side":"staff","body":"x"}"#,
            r#"{"kind":"note","author":"N","side":"staff","body":"x"}"#,
        ] {
            assert!(serde_json::from_str::<Content>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_file_can_say_it_all_but_is_said_once() {
        let file = AttachmentId(uuid::Uuid::from_u128(7));
        let form = |attachments: Vec<AttachmentId>| ReplyForm {
            key: "k".repeat(22),
            attachments,
            ..ReplyForm::default()
        };
        let missing = Fault::field(Field::Body, Problem::Missing);
        assert_eq!(form(Vec::new()).check().map(|_| ()), Err(missing));
        assert_eq!(form(vec![file]).check().map(|new| new.body), Ok(None));
        assert!(form(vec![file, file]).check().is_err());
        let many = (0..=20).map(|n| AttachmentId(uuid::Uuid::from_u128(n)));
        assert!(form(many.collect()).check().is_err());
    }

    #[test]
    fn a_missing_name_is_the_first_part_of_the_address() {
        let form = StartForm {
            email: "guido@example.org".into(),
            body: "Hello".into(),
            ..StartForm::default()
        };
        assert_eq!(
            form.check(false).map(|start| String::from(start.name)),
            Ok("guido".into())
        );
    }
}
