//! Who did what: every decision about rights and threads leaves a row, never a secret.

pub(crate) mod sql;

use pigeon_wire::id::RecordId;
use pigeon_wire::{PersonId, ThreadId};
use serde_json::{Value, json};

use crate::Error;
use crate::db::on;
use crate::work::Work;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The first owner was made.
    OwnerMade,
    /// A user was added from the command line.
    PersonAdded,
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// A thread's assignee changed.
    Assigned,
    /// A thread's status was chosen by hand.
    StatusSet,
    /// A guest's links were revoked.
    LinksRevoked,
    /// A guest said that a thread is not theirs.
    NotMe,
}

impl Act {
    const fn as_str(self) -> &'static str {
        match self {
            Self::OwnerMade => "owner_made",
            Self::PersonAdded => "person_added",
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::Assigned => "assigned",
            Self::StatusSet => "status_set",
            Self::LinksRevoked => "links_revoked",
            Self::NotMe => "not_me",
        }
    }
}

/// What an act was about.
#[derive(Clone, Debug, Default)]
pub struct About {
    thread: Option<ThreadId>,
    person: Option<PersonId>,
    detail: Option<Value>,
}

impl About {
    /// About a person.
    pub fn person(id: PersonId) -> Self {
        Self {
            person: Some(id),
            ..Self::default()
        }
    }

    /// About a thread.
    pub fn thread(id: ThreadId) -> Self {
        Self {
            thread: Some(id),
            ..Self::default()
        }
    }

    /// With further facts.
    #[must_use]
    pub fn with(self, detail: Value) -> Self {
        Self {
            detail: Some(detail),
            ..self
        }
    }

    /// And this person, if anybody.
    #[must_use]
    pub fn and_person(self, person: Option<PersonId>) -> Self {
        Self { person, ..self }
    }
}

/// Writes a row of the log, in the unit that does what it tells of.
pub(crate) async fn note(
    work: &mut Work,
    actor: Option<PersonId>,
    act: Act,
    about: About,
) -> Result<(), Error> {
    let id = RecordId(work.office.fresh_id());
    let detail = about.detail.unwrap_or_else(|| json!({})).to_string();
    on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(id).bind(work.now).bind(actor).bind(act.as_str()).bind(about.thread)
        .bind(about.person).bind(&detail)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}
