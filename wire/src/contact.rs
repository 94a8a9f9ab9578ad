//! What the team knows of a customer, and whose messages are kept from it. Nothing of this is ever
//! shown to a guest or a user.

use serde::{Deserialize, Serialize};

use crate::fault::Problem;
use crate::id::{Millis, PersonId, RecordId, ThreadId};
use crate::person::Language;
use crate::text::Email;
use crate::thread::Status;

/// Most characters of the note on a customer.
pub const PERSON_NOTE_CHARS_MAX: usize = 4000;
/// Threads of one page of a customer's.
pub const CONTACT_THREADS_PAGE: i64 = 20;
/// Threads that stand beside a conversation.
pub const CONTACT_THREADS_BESIDE: i64 = 5;
/// So many of a customer's threads are counted, and then "more".
pub const CONTACT_THREADS_COUNTED: i64 = 1000;
/// Blocks of one page.
pub const BLOCKED_PAGE: i64 = 50;
/// Most labels of a domain that can be blocked: an address is looked up under each of its domain's
/// ends, of which there must not be many.
pub const DOMAIN_LABELS_MAX: usize = 8;

/// Domains under which people of all sorts have their addresses: whoever blocks one is told so.
const SHARED_DOMAINS: [&str; 16] = [
    "aol.com",
    "freenet.de",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.com",
    "outlook.com",
    "posteo.de",
    "proton.me",
    "t-online.de",
    "web.de",
    "yahoo.com",
];

choice! {
    /// What is blocked.
    BlockKind {
        /// One address.
        Address = "address",
        /// Every address of a domain and of the domains below it.
        Domain = "domain",
    }
}

/// What can be blocked, folded as addresses are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    kind: BlockKind,
    what: String,
}

impl Sender {
    /// Reads an address, or a domain with or without an `@` before it.
    ///
    /// # Errors
    /// [`Problem::Missing`]; [`Problem::NotAnAddress`] for what is neither.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = typed.trim();
        let text = text.strip_prefix('@').unwrap_or(text);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if text.contains('@') {
            return Email::parse(text).map(|email| Self::address(&email));
        }
        // A domain is what may stand behind the @ of an address.
        Email::parse(&["a@", text].concat())?;
        if text.split('.').count() > DOMAIN_LABELS_MAX {
            return Err(Problem::NotAnAddress);
        }
        Ok(Self {
            kind: BlockKind::Domain,
            what: text.to_lowercase(),
        })
    }

    /// One address.
    pub fn address(email: &Email) -> Self {
        Self {
            kind: BlockKind::Address,
            what: email.folded(),
        }
    }

    /// What sort it is.
    pub const fn kind(&self) -> BlockKind {
        self.kind
    }

    /// The folded address or domain.
    pub fn as_str(&self) -> &str {
        &self.what
    }

    /// Whether people of all sorts have their addresses there.
    pub fn is_shared(&self) -> bool {
        SHARED_DOMAINS.contains(&self.what.as_str())
    }
}

/// Under what a folded address may be blocked: itself, and the ends of its domain. Always so many,
/// filled up with nothing.
pub fn blocked_under(folded: &str) -> [&str; DOMAIN_LABELS_MAX] {
    let mut names = [""; DOMAIN_LABELS_MAX];
    names[0] = folded;
    let domain = folded.rsplit_once('@').map_or("", |(_, domain)| domain);
    let labels = domain.split('.').count();
    let mut rest = Some(domain);
    let mut places = names[1..].iter_mut();
    for left in (2..=labels).rev() {
        let Some(end) = rest else { break };
        if left <= DOMAIN_LABELS_MAX
            && let Some(place) = places.next()
        {
            *place = end;
        }
        rest = end.split_once('.').map(|(_, end)| end);
    }
    names
}

/// What is blocked, by whom and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Block {
    /// Which.
    pub id: RecordId,
    /// What sort it is.
    pub kind: BlockKind,
    /// The folded address or domain.
    pub what: String,
    /// Who blocked it, by name.
    pub by: String,
    /// When.
    pub created_at: Millis,
}

/// Where a page of a list by time and id goes on: after this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// Its moment.
    pub at: Millis,
    /// Its id.
    pub id: RecordId,
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.0, self.id)
    }
}

impl std::str::FromStr for After {
    type Err = crate::choice::UnknownWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = crate::choice::UnknownWord;
        let (at, id) = text.split_once('-').ok_or(unknown)?;
        Ok(Self {
            at: Millis(at.parse().map_err(|_| unknown)?),
            id: id.parse().map_err(|_| unknown)?,
        })
    }
}

/// A page of what is blocked, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPage {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// A customer's thread, as it is listed among theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct ContactThread {
    /// Which.
    pub id: ThreadId,
    /// What it is about.
    pub subject: Option<String>,
    /// Its status.
    pub status: Status,
    /// Whether its customer's address is known to be theirs.
    pub verified: bool,
    /// When something was written last.
    pub active_at: Millis,
}

/// A page of a customer's threads, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactThreads {
    /// The threads.
    pub threads: Vec<ContactThread>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// What the team has noted about a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct PersonNote {
    /// The text; empty where it was taken away.
    pub text: String,
    /// How often it was written: whoever changes it names the one that they saw.
    pub version: i64,
    /// Who wrote it last, by name.
    pub by: String,
    /// When.
    pub changed_at: Millis,
}

/// What the team knows of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCard {
    /// Who: one of those who write under the address.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether they have no account.
    pub guest: bool,
    /// Whether the address is known to be theirs.
    pub verified: bool,
    /// The language that they read.
    pub language: Language,
    /// How many threads there are under the address, up to [`CONTACT_THREADS_COUNTED`].
    pub threads: i64,
    /// How many of them are not closed.
    pub unclosed: i64,
    /// What the team has noted, if it ever has.
    pub note: Option<PersonNote>,
    /// What keeps their messages from the team: a block of the address, then those of its domains.
    pub blocks: Vec<Block>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_domain_are_told_apart_and_folded() {
        let told = |typed| Sender::parse(typed).map(|sender| (sender.kind, sender.what));
        let address = (BlockKind::Address, "gerda@example.org".to_owned());
        assert_eq!(told(" Gerda@Example.ORG "), Ok(address));
        let domain = (BlockKind::Domain, "example.org".to_owned());
        assert_eq!(told("Example.org"), Ok(domain.clone()));
        assert_eq!(told("@example.org"), Ok(domain));
        for wrong in ["org", "a b.org", "@", "g@", "-a.org", "1.2.3.4", "a..org"] {
            assert!(told(wrong).is_err(), "{wrong}");
        }
        let deep = "a.b.c.d.e.f.g.example.org";
        assert_eq!(told(deep), Err(Problem::NotAnAddress));
        assert!(Sender::parse("GMAIL.com").is_ok_and(|one| one.is_shared()));
        assert!(Sender::parse("example.org").is_ok_and(|one| !one.is_shared()));
    }

    #[test]
    fn an_address_is_looked_up_under_the_ends_of_its_domain() {
        let under = blocked_under("g@a.b.example.org");
        let named = [
            "g@a.b.example.org",
            "a.b.example.org",
            "b.example.org",
            "example.org",
        ];
        assert_eq!(&under[..4], named);
        assert!(under[4..].iter().all(|name| name.is_empty()));
        let deep = blocked_under("g@1.2.3.4.5.6.7.8.9.example.org");
        assert_eq!(deep[1], "4.5.6.7.8.9.example.org");
        assert_eq!(deep[7], "example.org");
    }

    #[test]
    fn where_a_page_ended_reads_back_from_an_address() {
        let after = After {
            at: Millis(42),
            id: RecordId(uuid::Uuid::from_u128(7)),
        };
        assert_eq!(after.to_string().parse(), Ok(after));
        for text in ["", "1", "x-1", "1-x"] {
            assert!(text.parse::<After>().is_err(), "{text}");
        }
    }
}
