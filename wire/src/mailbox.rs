//! The users' own threads: the list, the counts, and one thread as somebody on the customer's side
//! sees it. Nothing here has a place for a note, an assignee or an address of the team.

use serde::{Deserialize, Serialize};

use crate::attachment::FileRules;
use crate::fault::{Fault, Field};
use crate::id::{Millis, PersonId, ThreadId};
use crate::message::{EntryView, said};
use crate::person::PersonRef;
use crate::seen::{Seen, seen_at};
use crate::text::{Body, Check, Key, Subject, optional};
use crate::thread::{PublicHead, Status, ThreadKind};

/// Rows of one page of the list.
pub const THREADS_PAGE: i64 = 50;

choice! {
    /// Which of the own threads are listed.
    MailboxView {
        /// All of them.
        All = "all",
        /// Those with something unread.
        Unread = "unread",
        /// Those among users, without those with the team.
        Direct = "direct",
        /// Those that are closed.
        Closed = "closed",
    }
}

/// A thread in the list of somebody on its customer's side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxRow {
    /// Which thread.
    pub id: ThreadId,
    /// What sort it is.
    pub kind: ThreadKind,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Who else is in it, by display name, or by the address that was typed for whoever has not
    /// answered yet. Nobody in a support thread: the other side is the team.
    pub with: Vec<String>,
    /// Whose turn it is.
    pub status: Status,
    /// When the newest message was written.
    pub active_at: Millis,
    /// How many messages of others are unread; 1 where it was marked unread by hand.
    pub unread: i64,
    /// Whether its reader wants no mails about it; it counts for no badge then.
    pub muted: bool,
    /// The beginning of the newest message.
    pub preview: String,
}

/// What is kept for somebody about their threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct MailboxCounts {
    /// Threads with something unread: the badge. Muted ones do not count, and a closed one only if
    /// a message came after the closing.
    pub unread: i64,
    /// Requests that wait for an answer.
    pub asked: i64,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxPage {
    /// Which threads.
    pub view: MailboxView,
    /// The rows, newest activity first.
    pub rows: Vec<MailboxRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<MailboxCursor>,
    /// How much waits.
    pub counts: MailboxCounts,
}

/// Where a page of the list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxCursor {
    /// The activity of its last row.
    pub at: Millis,
    /// The thread.
    pub id: ThreadId,
}

impl std::fmt::Display for MailboxCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.0, self.id)
    }
}

impl std::str::FromStr for MailboxCursor {
    type Err = crate::choice::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (at, id) = text.split_once('-').ok_or(crate::choice::UnknownWord)?;
        let at = at.parse().map_err(|_| crate::choice::UnknownWord)?;
        let id = id.parse().map_err(|_| crate::choice::UnknownWord)?;
        Ok(Self { at: Millis(at), id })
    }
}

/// An entry as users see it: what everybody in the thread may see, and who of the customer's side
/// wrote it, so that pages tell the reader's own from the others'.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserEntry {
    /// The entry.
    pub entry: EntryView,
    /// Who wrote it, on the customer's side; the team is known by display name alone.
    pub by: Option<PersonId>,
    /// When its author changed it last.
    pub edited_at: Option<Millis>,
}

/// That somebody had read up to a place of the public order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenBy {
    /// Who; nobody by name where it was the team.
    pub who: Option<String>,
    /// Up to where, and when.
    pub seen: Seen,
}

/// A thread as somebody on its customer's side opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserThread {
    /// The thread.
    pub head: PublicHead,
    /// What sort it is.
    pub kind: ThreadKind,
    /// The reader.
    pub me: PersonId,
    /// Who else is in it, as in the list.
    pub with: Vec<String>,
    /// Those who are in it, where it is a direct one.
    pub parties: Vec<PersonRef>,
    /// The thread's public number as this page shows it.
    pub change: i64,
    /// The newest entries, oldest first.
    pub entries: Vec<UserEntry>,
    /// Whether older entries were left out.
    pub more_before: bool,
    /// How far the others had read, and when.
    pub seen: Vec<SeenBy>,
    /// How many messages of others are unread.
    pub unread: i64,
    /// Whether the reader wants no mails about it.
    pub muted: bool,
    /// Which files may come with a reply.
    pub files: FileRules,
    /// When it was opened: an author may change a message for a while.
    pub now: Millis,
}

/// Who had seen what stands at `place`, and when first.
pub fn seen_of(steps: &[SeenBy], place: i64) -> Vec<(Option<String>, Millis)> {
    let mut readers: Vec<Option<&str>> = Vec::new();
    for step in steps {
        let who = step.who.as_deref();
        if !readers.contains(&who) {
            readers.push(who);
        }
    }
    let first = |who: Option<&str>| {
        let of_one = steps.iter().filter(|step| step.who.as_deref() == who);
        let of_one: Vec<Seen> = of_one.map(|step| step.seen).collect();
        Some((who.map(str::to_owned), seen_at(&of_one, place)?))
    };
    readers.into_iter().filter_map(first).collect()
}

/// A question to the team as a page sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuestionForm {
    /// The subject, if any.
    pub subject: String,
    /// The message.
    pub body: String,
    /// The idempotency key.
    pub key: String,
}

/// A question that keeps the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The subject, if any.
    pub subject: Option<Subject>,
    /// The message; nothing where files say it all.
    pub body: Option<Body>,
    /// The idempotency key.
    pub key: Key,
}

impl QuestionForm {
    /// Checks every field; all that is wrong is told at once. With files, the message may be empty.
    pub fn check(&self, has_files: bool) -> Result<Question, Fault> {
        let mut check = Check::default();
        let subject = check.field(Field::Subject, optional(&self.subject, Subject::parse));
        let body = check.field(Field::Body, said(&self.body, has_files));
        let key = check.field(Field::Key, Key::parse(&self.key));
        check.end()?;
        match (subject, body, key) {
            (Some(subject), Some(body), Some(key)) => Ok(Question { subject, body, key }),
            _ => Err(Fault::Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_told_by_when_they_saw_it_first() {
        let step = |who: &str, upto, at| SeenBy {
            who: Some(who.to_owned()),
            seen: Seen {
                upto,
                at: Millis(at),
            },
        };
        let steps = [step("Ina", 2, 10), step("Jan", 3, 20), step("Ina", 4, 30)];
        let names = |place| seen_of(&steps, place).into_iter();
        let names = |place| names(place).map(|(who, at)| (who.unwrap(), at.0));
        let all: Vec<_> = names(3).collect();
        assert_eq!(all, [("Ina".to_owned(), 30), ("Jan".to_owned(), 20)]);
        assert_eq!(names(5).count(), 0);
    }

    #[test]
    fn a_cursor_reads_back_from_an_address() {
        let cursor = MailboxCursor {
            at: Millis(42),
            id: ThreadId(uuid::Uuid::from_u128(7)),
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "1", "x-1", "1-x"] {
            assert!(text.parse::<MailboxCursor>().is_err(), "{text}");
        }
    }
}
