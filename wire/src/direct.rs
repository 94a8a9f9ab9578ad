//! Direct threads: who is written to, requests of strangers, what a participant reports.

use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Field, Problem};
use crate::id::{MessageId, Millis, PersonId, RecordId, ThreadId};
use crate::mailbox::UserEntry;
use crate::person::PersonRef;
use crate::text::{Body, Check, Email, Key, REASON_CHARS_MAX, Subject, optional};
use crate::thread::PublicHead;

/// Most people that a direct thread is started with.
pub const RECIPIENTS_MAX: usize = 8;
/// Most people that are in a direct thread or asked into it.
pub const PARTIES_MAX: usize = 20;
/// How long an author may change a message.
pub const EDIT_MS: i64 = 5 * crate::id::MINUTE_MS;
/// Most messages of one report.
pub const REPORTED_MAX: usize = 20;
/// Reports on a page.
pub const REPORTS_PAGE: i64 = 50;

/// A direct thread as a page starts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DirectForm {
    /// Addresses, parted by commas, semicolons or spaces.
    pub to: String,
    /// People who know the author already.
    pub people: Vec<PersonId>,
    /// The subject, if any.
    pub subject: String,
    /// The message.
    pub body: String,
    /// The idempotency key.
    pub key: String,
}

/// A direct thread that keeps the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDirect {
    /// For whom it is.
    pub to: Recipients,
    /// The subject, if any.
    pub subject: Option<Subject>,
    /// The message.
    pub body: Body,
    /// The idempotency key.
    pub key: Key,
}

/// For whom something is, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipients {
    /// By address.
    pub addresses: Vec<Email>,
    /// By name.
    pub people: Vec<PersonId>,
}

impl Recipients {
    /// Reads what was typed and chosen.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str, people: &[PersonId]) -> Result<Self, Problem> {
        let mut addresses: Vec<Email> = Vec::new();
        let parts = typed.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
        for part in parts.filter(|part| !part.is_empty()) {
            let address = Email::parse(part)?;
            if !addresses
                .iter()
                .any(|known| known.folded() == address.folded())
            {
                addresses.push(address);
            }
        }
        let mut people = people.to_vec();
        people.sort_unstable();
        people.dedup();
        match addresses.len() + people.len() {
            0 => Err(Problem::Missing),
            count if count > RECIPIENTS_MAX => Err(Problem::TooMany {
                max: u32::try_from(RECIPIENTS_MAX).unwrap_or(u32::MAX),
            }),
            _ => Ok(Self { addresses, people }),
        }
    }
}

impl DirectForm {
    /// Checks every field; all that is wrong is told at once.
    pub fn check(&self) -> Result<NewDirect, Fault> {
        let mut check = Check::default();
        let to = check.field(Field::Recipients, Recipients::parse(&self.to, &self.people));
        let subject = check.field(Field::Subject, optional(&self.subject, Subject::parse));
        let body = check.field(Field::Body, Body::parse(&self.body));
        let key = check.field(Field::Key, Key::parse(&self.key));
        check.end()?;
        match (to, subject, body, key) {
            (Some(to), Some(subject), Some(body), Some(key)) => Ok(NewDirect {
                to,
                subject,
                body,
                key,
            }),
            _ => Err(Fault::Malformed),
        }
    }
}

/// What a participant reports, as a page sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    /// Which messages: nothing else of the thread is shown to anybody.
    pub messages: Vec<MessageId>,
    /// Why.
    pub reason: String,
}

impl ReportForm {
    /// Checks every field.
    pub fn check(&self) -> Result<(Vec<MessageId>, String), Fault> {
        let mut messages = self.messages.clone();
        messages.sort_unstable();
        messages.dedup();
        if messages.is_empty() {
            return Err(Fault::field(Field::Messages, Problem::Missing));
        }
        if messages.len() > REPORTED_MAX {
            let max = u32::try_from(REPORTED_MAX).unwrap_or(u32::MAX);
            return Err(Fault::field(Field::Messages, Problem::TooMany { max }));
        }
        Ok((messages, reason(&self.reason)?))
    }
}

/// Why somebody reports or breaks the glass; it may be left out.
fn reason(typed: &str) -> Result<String, Fault> {
    let reason = typed.trim();
    if reason.chars().count() > REASON_CHARS_MAX {
        let max = u32::try_from(REASON_CHARS_MAX).unwrap_or(u32::MAX);
        return Err(Fault::field(Field::Reason, Problem::TooLong { max }));
    }
    let is_odd = |c: char| c.is_control() && c != '\n' && c != '\r' && c != '\t';
    if reason.chars().any(is_odd) {
        return Err(Fault::field(Field::Reason, Problem::ForbiddenCharacter));
    }
    Ok(reason.to_owned())
}

/// Why somebody who is not in a direct thread reads it.
///
/// # Errors
/// [`Problem::Missing`] without a reason, and what is wrong with one.
pub fn glass_reason(typed: &str) -> Result<String, Fault> {
    let reason = reason(typed)?;
    if reason.is_empty() {
        return Err(Fault::field(Field::Reason, Problem::Missing));
    }
    Ok(reason)
}

/// A direct thread as somebody reads it who is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlassView {
    /// The thread.
    pub head: PublicHead,
    /// Who is in it.
    pub parties: Vec<PersonRef>,
    /// Its newest entries, oldest first.
    pub entries: Vec<UserEntry>,
    /// Whether older entries were left out.
    pub more_before: bool,
}

/// A report, as whoever manages people sees it: the messages that were picked and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// Which.
    pub id: RecordId,
    /// When.
    pub at: Millis,
    /// Who reports.
    pub reporter: PersonRef,
    /// Why.
    pub reason: String,
    /// Which thread it is about, for whoever may break its glass.
    pub thread: Option<ThreadId>,
    /// The messages, as they were then.
    pub lines: Vec<ReportedLine>,
}

/// A message of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedLine {
    /// Who wrote it.
    pub author: PersonRef,
    /// Its text.
    pub body: String,
    /// When it was written.
    pub at: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_are_parted_and_each_is_one() {
        let read = Recipients::parse("a@x.org, A@X.ORG;b@x.org\n c@x.org", &[]);
        let read: Vec<String> = read
            .unwrap()
            .addresses
            .into_iter()
            .map(Into::into)
            .collect();
        assert_eq!(read, ["a@x.org", "b@x.org", "c@x.org"]);
        assert_eq!(Recipients::parse(" ,; ", &[]), Err(Problem::Missing));
        assert_eq!(
            Recipients::parse("a@x.org b", &[]),
            Err(Problem::NotAnAddress)
        );
        let nine: Vec<String> = (0..9).map(|n| format!("a{n}@x.org")).collect();
        let nine = Recipients::parse(&nine.join(" "), &[]);
        assert_eq!(nine, Err(Problem::TooMany { max: 8 }));
    }
}
