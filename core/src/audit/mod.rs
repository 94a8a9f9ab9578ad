//! Who did what: every decision about rights and threads leaves a row, never a secret.

mod page;
pub(crate) mod sql;

pub use page::page;
pub use pigeon_wire::audit::Act;

use pigeon_wire::id::RecordId;
use pigeon_wire::{PersonId, ThreadId};
use serde_json::{Value, json};

use crate::Error;
use crate::db::on;
use crate::work::Work;

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
        .bind(id).bind(work.now).bind(actor).bind(act).bind(about.thread)
        .bind(about.person).bind(&detail)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}
