//! One change of a thread: numbers, entries and what must be told of them, in one place.
//!
//! A change takes the next numbers of each audience that sees it; a note takes the staff one alone.
//! The thread's row is locked by whoever holds a writing proof, so that the numbers have no gaps.

use pigeon_wire::inbox::PREVIEW_CHARS;
use pigeon_wire::live::{PublicChange, StaffChange, UserChange};
use pigeon_wire::mailbox::UserEntry;
use pigeon_wire::message::{KnownBy, PublicEvent};
use pigeon_wire::note::{Delivery, StaffEntryView, StaffEvent};
use pigeon_wire::person::PersonRef;
use pigeon_wire::text::{Body, Key};
use pigeon_wire::thread::{Side, Status, ThreadKind};
use pigeon_wire::{MessageId, PersonId};

use super::row::{self, ParticipantRow, ThreadRow};
use super::sql;
use crate::Error;
use crate::attachment::{self, AttachmentRow};
use crate::db::later::later;
use crate::figures::keep::{self as figures, Marks, Turn};
use crate::hub::Announcement;
use crate::inbox::count::{self, Tally};
use crate::mailbox::{self, News};
use crate::message::entry::{self, EntryKind, EntryRow};
use crate::outbox;
use crate::search;
use crate::webhook;
use crate::work::Work;

/// A change under way.
pub(crate) struct Change {
    /// The thread as it will be.
    pub thread: ThreadRow,
    /// What it brings to the mailboxes of the thread's users.
    pub news: News,
    /// Its parties as they will be, once they have been read.
    pub parties: Option<Vec<ParticipantRow>>,
    before: Before,
    marks: Marks,
    /// The messages and notes that it brings.
    pub(super) written: Vec<MessageId>,
    pub(super) public: Vec<UserEntry>,
    pub(super) staff: Vec<StaffEntryView>,
}

/// What the thread was like before.
struct Before {
    public_change: i64,
    staff_change: i64,
    tally: Option<Tally>,
    status: Status,
    assignee: Option<PersonRef>,
    trashed: bool,
}

/// A change that is stored, and not counted yet.
pub(super) struct Stored {
    thread: ThreadRow,
    before: Option<Tally>,
    was_trashed: bool,
    marks: Marks,
}

/// Counts what changes have done.
pub(super) async fn count<const N: usize>(
    work: &mut Work,
    stored: [Stored; N],
) -> Result<(), Error> {
    for one in &stored {
        figures::keep(work, &one.thread, one.was_trashed, one.marks).await?;
    }
    // Last, since everybody's changes meet in these rows.
    let moves = stored
        .into_iter()
        .flat_map(|one| [(one.before, -1), (one.thread.tally(), 1)]);
    count::shift(work, moves).await
}

/// Who writes an entry.
pub(crate) struct Author {
    pub person: PersonRef,
    pub side: Side,
    pub known_by: KnownBy,
}

/// What somebody says: a text, files, or both.
#[derive(Default)]
pub(crate) struct Said {
    pub body: String,
    pub files: Vec<AttachmentRow>,
}

impl Said {
    /// A text with these files.
    pub fn new(body: Option<&Body>, files: Vec<AttachmentRow>) -> Self {
        Self {
            body: body.map(Body::as_str).unwrap_or_default().to_owned(),
            files,
        }
    }

    fn names(&self) -> Vec<String> {
        self.files.iter().map(|file| file.name.clone()).collect()
    }

    /// Its text, or the names of its files where there is none.
    pub fn shown(&self) -> String {
        shown(&self.body, &self.names())
    }
}

fn shown(body: &str, names: &[String]) -> String {
    if body.is_empty() {
        names.join(", ")
    } else {
        body.to_owned()
    }
}

/// What a list shows of a message: the text's beginning, or the files' names where there is none.
pub(super) fn preview(body: &str, names: &[String]) -> String {
    shown(body, names).chars().take(PREVIEW_CHARS).collect()
}

/// A key with the hash of the content that it was first used with.
pub(crate) struct KeyedContent {
    pub key: Key,
    pub hash: [u8; 32],
}

impl Change {
    /// Begins a change of a locked thread.
    pub fn of(thread: ThreadRow) -> Self {
        let before = Before {
            public_change: thread.public_change,
            staff_change: thread.staff_change,
            // A thread that has just been made counts nowhere yet.
            tally: thread.tally().filter(|_| thread.staff_change > 0),
            status: thread.status,
            assignee: thread.assignee(),
            trashed: thread.trashed_at.is_some(),
        };
        let marks = Marks {
            opened: thread.staff_change == 0,
            ..Marks::default()
        };
        Self {
            thread,
            news: News::default(),
            parties: None,
            before,
            marks,
            written: Vec::new(),
            public: Vec::new(),
            staff: Vec::new(),
        }
    }

    /// The same of a thread that the team has not seen before.
    #[must_use]
    pub(super) fn unknown_to_team(mut self) -> Self {
        self.before.staff_change = 0;
        self
    }

    /// Adds a message that everybody in the thread sees.
    pub async fn message(
        &mut self,
        work: &mut Work,
        author: &Author,
        said: &Said,
        keyed: Option<KeyedContent>,
        delivery: Option<Delivery>,
    ) -> Result<MessageId, Error> {
        let thread = &mut self.thread;
        // A unit that waited for the thread began before the one that it waited for.
        thread.active_at = thread.active_at.max(work.now);
        thread.preview = preview(&said.body, &said.names());
        thread.preview_side = author.side;
        if author.side == Side::Customer {
            // Whoever waits for nothing but the customer need wait no longer.
            thread.wake();
        }
        thread.waiting_since = match (thread.kind, author.side) {
            (ThreadKind::Support, Side::Customer) => thread.waiting_since.or(Some(work.now)),
            (ThreadKind::Direct, _) | (_, Side::Staff) => None,
        };
        self.news.authors.push(author.person.id);
        if author.side == Side::Staff {
            self.marks.replied = Some(author.person.id);
        }
        let id = self
            .add(
                work,
                author,
                EntryKind::Message,
                said,
                None,
                keyed,
                delivery,
            )
            .await?;
        self.thread.latest_place = self.thread.staff_change;
        Ok(id)
    }

    /// Adds an internal note. It moves no status and is nobody's last activity.
    pub async fn note(
        &mut self,
        work: &mut Work,
        author: &Author,
        said: &Said,
        keyed: KeyedContent,
    ) -> Result<MessageId, Error> {
        let id = self
            .add(work, author, EntryKind::Note, said, None, Some(keyed), None)
            .await?;
        self.thread.latest_place = self.thread.staff_change;
        Ok(id)
    }

    /// Moves the status, with the line that tells of it where it is one that people are told.
    pub async fn status(
        &mut self,
        work: &mut Work,
        author: &Author,
        to: Status,
        by_hand: bool,
    ) -> Result<(), Error> {
        let from = self.thread.status;
        if from == to {
            return Ok(());
        }
        self.thread.status = to;
        if to == Status::Closed {
            self.thread.wake();
        }
        if by_hand {
            // Whoever says that it is not our turn has dealt with what was waiting; whoever says
            // that it is, has not.
            self.thread.waiting_since = match to {
                Status::Pending => row::unanswered_since(&mut work.conn, self.thread.id).await?,
                Status::Open | Status::Closed => None,
            };
        }
        let event = if from.closes(to) {
            let by = (author.side == Side::Staff).then_some(author.person.id);
            self.marks.turn = Some(Turn::Closed(by));
            StaffEvent::Public {
                what: PublicEvent::Closed,
            }
        } else if from.reopens(to) {
            self.marks.turn = Some(Turn::Reopened);
            StaffEvent::Public {
                what: PublicEvent::Reopened,
            }
        } else if by_hand {
            // Everybody sees whose turn it is; only the team is told who said so.
            self.thread.public_change += 1;
            StaffEvent::StatusSet { to }
        } else {
            return Ok(());
        };
        self.event(work, author, event).await.map(|_| ())
    }

    /// Makes it the team's turn because it is time: nobody did it, and no line tells of it.
    pub fn our_turn(&mut self) {
        self.thread.status = Status::Pending;
        self.thread.public_change += 1;
    }

    /// Adds a line about something that happened.
    pub async fn event(
        &mut self,
        work: &mut Work,
        author: &Author,
        event: StaffEvent,
    ) -> Result<MessageId, Error> {
        self.add(
            work,
            author,
            EntryKind::Event,
            &Said::default(),
            Some(event),
            None,
            None,
        )
        .await
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the columns of one row, named at each caller"
    )]
    async fn add(
        &mut self,
        work: &mut Work,
        author: &Author,
        kind: EntryKind,
        said: &Said,
        event: Option<StaffEvent>,
        keyed: Option<KeyedContent>,
        delivery: Option<Delivery>,
    ) -> Result<MessageId, Error> {
        let public = match kind {
            EntryKind::Message => true,
            EntryKind::Note => false,
            EntryKind::Event => matches!(event, Some(StaffEvent::Public { .. })),
        };
        self.thread.staff_change += 1;
        if public {
            self.thread.public_change += 1;
        }
        let public_number = public.then_some(self.thread.public_change);
        let row = EntryRow {
            id: MessageId(work.office.fresh_id()),
            kind,
            author_id: author.person.id,
            author_name: author.person.name.clone(),
            side: author.side,
            body: said.body.clone(),
            files: said.files.iter().map(AttachmentRow::view).collect(),
            event: event.as_ref().map(entry::event_to_json).transpose()?,
            public_place: public_number,
            public_change: public_number,
            staff_place: self.thread.staff_change,
            staff_change: self.thread.staff_change,
            known_by: author.known_by,
            delivery,
            client_key: keyed.as_ref().map(|keyed| keyed.key.as_str().to_owned()),
            created_at: work.now,
            edited_at: None,
        };
        let hash = keyed.as_ref().map(|keyed| keyed.hash.to_vec());
        entry::insert(work, self.thread.id, &row, hash).await?;
        attachment::claim(work, row.id, &said.files).await?;
        self.thread.has_file |= !said.files.is_empty();
        search::index::add(work, &self.thread, &row, &said.names()).await?;
        self.public.extend(row.user_view()?);
        self.staff.push(row.staff_view()?);
        if kind != EntryKind::Event {
            self.written.push(row.id);
        }
        Ok(row.id)
    }

    /// Owes everybody else who stands in the thread a mail about a message.
    pub async fn owe(
        &mut self,
        work: &mut Work,
        message: MessageId,
        author: PersonId,
        side: Side,
    ) -> Result<(), Error> {
        let parties = match self.parties.take() {
            Some(parties) => parties,
            None => row::participants(&mut work.conn, self.thread.id).await?,
        };
        outbox::owe_message(work, (&self.thread, &parties), message, author, side).await?;
        self.parties = Some(parties);
        Ok(())
    }

    /// Shows the team what became of a message's mail.
    pub async fn delivery(
        &mut self,
        work: &mut Work,
        id: MessageId,
        delivery: Delivery,
    ) -> Result<(), Error> {
        let number = self.thread.staff_change + 1;
        if let Some(row) = entry::set_delivery(work, id, delivery, number).await? {
            self.thread.staff_change = number;
            self.staff.push(row.staff_view()?);
        }
        Ok(())
    }

    /// Stores the thread and remembers what must be told.
    pub async fn finish(self, work: &mut Work) -> Result<(), Error> {
        let stored = self.store(work).await?;
        count(work, [stored]).await
    }

    /// The same up to what everybody's changes meet in: of several threads, that is counted together.
    pub(super) async fn store(self, work: &mut Work) -> Result<Stored, Error> {
        let Self {
            thread: t,
            news,
            parties,
            before,
            marks,
            written,
            public,
            staff,
        } = self;
        later!(
            &mut work.conn,
            sql::SAVE,
            id = t.id,
            status = t.status,
            verified_at = t.customer_verified_at,
            assignee = t.assignee_id,
            public_change = t.public_change,
            staff_change = t.staff_change,
            latest_place = t.latest_place,
            preview = t.preview.clone(),
            preview_side = t.preview_side,
            waiting_since = t.waiting_since,
            active_at = t.active_at,
            trashed_at = t.trashed_at,
            has_file = t.has_file,
            snoozed_until = t.snoozed_until,
            snoozed_by = t.snoozed_by,
            tags = t.tags.clone(),
            held = t.held,
            replies_waiting = t.replies_waiting,
            merged_into = t.merged_into
        )?;
        let told = webhook::News {
            thread: &t,
            is_new: before.staff_change == 0,
            status: before.status,
            assignee: before.assignee.as_ref(),
            written: &written,
            public: &public,
            staff: &staff,
        };
        webhook::owe(work, &told).await?;
        let is_public = t.public_change > before.public_change;
        if is_public && !t.has_mailboxes() {
            work.tell(Announcement::Public(PublicChange {
                thread: t.id,
                prev: before.public_change,
                now: t.public_change,
                head: t.public_head(),
                entries: public.iter().map(|entry| entry.entry.clone()).collect(),
            }));
        }
        // Nobody of the team hears anything of a direct thread, or of one that is held.
        let is_told = t.kind == ThreadKind::Support && !t.held;
        if is_told && t.staff_change > before.staff_change {
            let participants = match parties {
                Some(parties) => parties,
                None => row::participants(&mut work.conn, t.id).await?,
            };
            let head = row::staff_head(&mut work.conn, &t, &participants).await?;
            work.tell(Announcement::Staff(StaffChange {
                thread: t.id,
                prev: before.staff_change,
                now: t.staff_change,
                head,
                entries: staff,
            }));
            work.tell(Announcement::Row {
                row: t.inbox_row(),
                customer: t.customer_id,
            });
        }
        if t.has_mailboxes() {
            let people = mailbox::follow(work, &t, &news, is_public).await?;
            if is_public {
                let change = UserChange {
                    thread: t.id,
                    prev: before.public_change,
                    now: t.public_change,
                    head: t.public_head(),
                    entries: public,
                };
                work.tell(Announcement::Mine { people, change });
            }
        }
        Ok(Stored {
            thread: t,
            before: before.tally,
            was_trashed: before.trashed,
            marks,
        })
    }

    /// The place that the newest entry took in the order of `side`'s audience.
    pub fn place(&self, side: Side) -> i64 {
        match side {
            Side::Customer => self.thread.public_change,
            Side::Staff => self.thread.staff_change,
        }
    }

    /// The number of `side`'s audience before this change.
    pub fn number_before(&self, side: Side) -> i64 {
        match side {
            Side::Customer => self.before.public_change,
            Side::Staff => self.before.staff_change,
        }
    }
}
