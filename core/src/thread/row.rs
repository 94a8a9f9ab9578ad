//! A thread as it is stored, and the views that are made of it.

use pigeon_wire::inbox::{InboxRow, ThreadState};
use pigeon_wire::person::{Language, PersonKind, PersonRef};
use pigeon_wire::tag;
use pigeon_wire::text::Email;
use pigeon_wire::thread::{
    CustomerView, ParticipantRole, ParticipantView, PublicHead, Side, Source, StaffHead, Status,
    ThreadKind,
};
use pigeon_wire::{Millis, PersonId, ThreadId};

use super::sql;
use crate::Error;
use crate::db::later::later;
use crate::db::{Conn, on};
use crate::inbox::count::Tally;
use crate::waiting;
use crate::work::Work;

/// A thread with the names of its customer and assignee.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ThreadRow {
    pub id: ThreadId,
    pub kind: ThreadKind,
    pub status: Status,
    pub source: Source,
    pub subject: Option<String>,
    pub customer_id: PersonId,
    pub customer_verified_at: Option<Millis>,
    pub assignee_id: Option<PersonId>,
    pub public_change: i64,
    pub staff_change: i64,
    pub latest_place: i64,
    pub preview: String,
    pub preview_side: Side,
    pub waiting_since: Option<Millis>,
    pub created_at: Millis,
    pub active_at: Millis,
    pub trashed_at: Option<Millis>,
    pub has_file: bool,
    pub snoozed_until: Option<Millis>,
    pub snoozed_by: Option<PersonId>,
    pub tags: String,
    /// Whether it is kept from the team: its customer, who is blocked, sees it as any other.
    pub held: bool,
    /// How many replies wait in it, or were stopped.
    pub replies_waiting: i64,
    /// The thread in which it goes on, while it is merged.
    pub merged_into: Option<ThreadId>,
    pub customer_name: String,
    pub customer_email: String,
    pub customer_kind: PersonKind,
    pub customer_language: Language,
    pub assignee_name: Option<String>,
}

/// A party of a thread.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ParticipantRow {
    pub person_id: PersonId,
    pub role: ParticipantRole,
    pub wants_mail: bool,
    pub name: String,
    pub email: String,
    pub deactivated_at: Option<Millis>,
    pub notices: Option<String>,
    pub time_zone: Option<String>,
}

impl ThreadRow {
    pub fn public_head(&self) -> PublicHead {
        PublicHead {
            id: self.id,
            subject: self.subject.clone(),
            status: self.status,
            opened_at: self.created_at,
        }
    }

    pub fn assignee(&self) -> Option<PersonRef> {
        let name = self.assignee_name.clone().unwrap_or_default();
        self.assignee_id.map(|id| PersonRef { id, name })
    }

    /// Without the replies that wait in it, which stand elsewhere: see [`staff_head`].
    pub fn staff_head(&self, participants: &[ParticipantRow]) -> StaffHead {
        StaffHead {
            public: self.public_head(),
            source: self.source,
            customer: CustomerView {
                id: self.customer_id,
                name: self.customer_name.clone(),
                email: self.customer_email.clone(),
                verified: self.is_verified(),
                guest: self.customer_kind == PersonKind::Guest,
                language: self.customer_language,
            },
            assignee: self.assignee(),
            participants: participants.iter().map(ParticipantRow::view).collect(),
            waiting_since: self.waiting_since,
            trashed_at: self.trashed_at,
            snoozed_until: self.snoozed_until,
            tags: tag::read(&self.tags),
            waiting: Vec::new(),
        }
    }

    pub fn inbox_row(&self) -> InboxRow {
        InboxRow {
            id: self.id,
            change: self.staff_change,
            latest: self.latest_place,
            subject: self.subject.clone(),
            status: self.status,
            source: self.source,
            customer: self.customer_name.clone(),
            verified: self.is_verified(),
            guest: self.customer_kind == PersonKind::Guest,
            assignee: self.assignee(),
            waiting_since: self.waiting_since,
            created_at: self.created_at,
            active_at: self.active_at,
            trashed_at: self.trashed_at,
            snoozed_until: self.snoozed_until,
            preview: self.preview.clone(),
            preview_side: self.preview_side,
            has_file: self.has_file,
            tags: tag::read(&self.tags),
        }
    }

    /// The status after somebody on `side` wrote a message in it; in a direct thread a message always
    /// opens it (rules 1 to 3).
    pub fn after_message(&self, side: Side, reopen: bool) -> Status {
        match self.kind {
            ThreadKind::Support => self.status.after_message(side, reopen),
            ThreadKind::Direct => Status::Open,
        }
    }

    /// It rests no longer.
    pub fn wake(&mut self) {
        (self.snoozed_until, self.snoozed_by) = (None, None);
    }

    /// Whether its customer's side has mailboxes: that of users, not of guests.
    pub fn has_mailboxes(&self) -> bool {
        self.kind == ThreadKind::Direct || self.customer_kind == PersonKind::User
    }

    /// What its counts depend on; nothing where it counts nowhere.
    pub fn tally(&self) -> Option<Tally> {
        let counts = self.kind == ThreadKind::Support && !self.held;
        counts.then(|| Tally {
            own: (self.customer_kind == PersonKind::User).then_some(self.customer_id),
            state: ThreadState {
                status: self.status,
                assignee: self.assignee_id,
                trashed: self.trashed_at.is_some(),
                snoozed: self.snoozed_until.is_some(),
            },
        })
    }

    /// Whether it has ended for its customer: it lies in the team's trash.
    pub fn is_gone(&self) -> bool {
        self.trashed_at.is_some() && !self.held
    }

    /// Whether the customer's address is known to be theirs: a user's account is proof enough.
    pub fn is_verified(&self) -> bool {
        self.customer_kind == PersonKind::User || self.customer_verified_at.is_some()
    }

    /// The customer's address.
    pub fn customer_address(&self) -> Result<Email, Error> {
        address(&self.customer_email)
    }
}

impl ParticipantRow {
    fn view(&self) -> ParticipantView {
        let person = PersonRef {
            id: self.person_id,
            name: self.name.clone(),
        };
        ParticipantView {
            person,
            role: self.role,
        }
    }
}

/// What the team sees of a thread, with the replies that wait in it.
pub(crate) async fn staff_head(
    conn: &mut Conn,
    thread: &ThreadRow,
    participants: &[ParticipantRow],
) -> Result<StaffHead, Error> {
    Ok(StaffHead {
        waiting: waiting::keys(conn, thread).await?,
        ..thread.staff_head(participants)
    })
}

/// A stored address.
pub(crate) fn address(stored: &str) -> Result<Email, Error> {
    Email::parse(stored).map_err(|problem| Error::Inconsistent {
        table: "people",
        column: "email",
        what: problem.to_string(),
    })
}

/// The thread, if there is one.
pub(crate) async fn find(conn: &mut Conn, id: ThreadId) -> Result<Option<ThreadRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::BY_ID).bind(id).fetch_optional(c).await)?)
}

/// The thread, locked for the rest of the unit: whoever else wants to change it waits.
pub(crate) async fn lock(work: &mut Work, id: ThreadId) -> Result<Option<ThreadRow>, Error> {
    // On SQLite a unit holds the one writer already.
    if let Conn::Postgres(inner) = &mut work.conn {
        sqlx::query(sql::LOCK_ROW)
            .bind(id)
            .execute(&mut **inner)
            .await?;
    }
    find(&mut work.conn, id).await
}

/// Since when the customer waits for an answer, by what was written.
pub(crate) async fn unanswered_since(
    conn: &mut Conn,
    id: ThreadId,
) -> Result<Option<Millis>, Error> {
    Ok(on!(conn, c => sqlx::query_scalar(sql::UNANSWERED_SINCE).bind(id).fetch_one(c).await)?)
}

/// The parties of a thread.
pub(crate) async fn participants(
    conn: &mut Conn,
    id: ThreadId,
) -> Result<Vec<ParticipantRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::PARTICIPANTS).bind(id).fetch_all(c).await)?)
}

/// Lets somebody into a direct thread, also one whom it had before.
pub(crate) async fn let_in(
    work: &mut Work,
    thread: ThreadId,
    person: PersonId,
) -> Result<(), Error> {
    join(work, thread, person, ParticipantRole::Participant).await?;
    on!(&mut work.conn, c => sqlx::query(sql::COME_BACK)
        .bind(thread).bind(person).bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Lets somebody out of a direct thread.
pub(crate) async fn let_out(
    work: &mut Work,
    thread: ThreadId,
    person: PersonId,
) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::LEAVE)
        .bind(thread).bind(person).bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Makes somebody a party of a thread; whoever is one stays as they are.
pub(crate) async fn join(
    work: &mut Work,
    thread: ThreadId,
    person: PersonId,
    role: ParticipantRole,
) -> Result<(), Error> {
    later!(
        &mut work.conn,
        sql::JOIN,
        thread = thread,
        person = person,
        role = role,
        wants_mail = true,
        now = work.now
    )?;
    Ok(())
}
