//! What hooks are told of a change, written in its unit.

use pigeon_wire::mailbox::UserEntry;
use pigeon_wire::note::StaffEntryView;
use pigeon_wire::person::PersonRef;
use pigeon_wire::thread::{Status, ThreadKind};
use pigeon_wire::webhook::HookEvent;
use pigeon_wire::webhook::news::{
    Envelope, NewsPerson, PublicMessage, PublicNews, PublicThread, TeamMessage, TeamNews,
    TeamThread,
};
use pigeon_wire::{DeliveryId, MessageId};
use serde::Serialize;

use super::{Listener, sql};
use crate::Error;
use crate::db::on;
use crate::hub::Announcement;
use crate::thread::row::ThreadRow;
use crate::work::Work;

/// What a change has brought.
pub(crate) struct News<'c> {
    /// The thread as it is now.
    pub thread: &'c ThreadRow,
    /// Whether it was made by this change.
    pub is_new: bool,
    /// What its status was.
    pub status: Status,
    /// Who looked after it.
    pub assignee: Option<&'c PersonRef>,
    /// The messages and notes that were written.
    pub written: &'c [MessageId],
    /// The change's entries as everybody in the thread sees them: no note is among them.
    pub public: &'c [UserEntry],
    /// The same and more, as the team sees them.
    pub staff: &'c [StaffEntryView],
}

/// One thing that hooks are told.
enum Happening {
    Started,
    Written(MessageId),
    Moved,
    Assigned,
}

impl Happening {
    const fn event(&self) -> HookEvent {
        match self {
            Self::Started => HookEvent::ThreadCreated,
            Self::Written(_) => HookEvent::MessageCreated,
            Self::Moved => HookEvent::StatusChanged,
            Self::Assigned => HookEvent::Assigned,
        }
    }
}

impl News<'_> {
    /// All that happened, in the order in which it is told.
    fn happenings(&self) -> Vec<Happening> {
        let thread = self.thread;
        let mut all = Vec::new();
        if self.is_new {
            all.push(Happening::Started);
        }
        all.extend(self.written.iter().map(|id| Happening::Written(*id)));
        if thread.status != self.status {
            all.push(Happening::Moved);
        }
        if thread.assignee_id != self.assignee.map(|person| person.id) {
            all.push(Happening::Assigned);
        }
        all
    }

    /// What everybody in the thread may know of it; nothing of what the team alone sees.
    fn public(&self, happening: &Happening) -> Option<PublicNews> {
        let thread = PublicThread::from(&self.thread.public_head());
        Some(match happening {
            Happening::Started => PublicNews::Thread { thread },
            Happening::Written(id) => {
                let entry = self.public.iter().find(|entry| entry.entry.id == *id)?;
                let message = PublicMessage::of(&entry.entry)?;
                PublicNews::Message { thread, message }
            }
            Happening::Moved => PublicNews::Status {
                thread,
                from: self.status,
            },
            Happening::Assigned => return None,
        })
    }

    /// What the team knows of it.
    fn team(&self, happening: &Happening) -> Option<TeamNews> {
        let thread = TeamThread::from(&self.thread.staff_head(&[]));
        Some(match happening {
            Happening::Started => TeamNews::Thread { thread },
            Happening::Written(id) => {
                let entry = self.staff.iter().find(|entry| entry.id == *id)?;
                let message = TeamMessage::of(entry)?;
                TeamNews::Message { thread, message }
            }
            Happening::Moved => TeamNews::Status {
                thread,
                from: self.status,
            },
            Happening::Assigned => TeamNews::Assigned {
                thread,
                from: self.assignee.map(NewsPerson::from),
            },
        })
    }
}

/// Owes every hook what it is told of a change. Direct threads are nobody's business, and what is in
/// the trash stays there; where there is no hook, the database is not asked.
pub(crate) async fn owe(work: &mut Work, news: &News<'_>) -> Result<(), Error> {
    let thread = news.thread;
    let is_told = thread.kind == ThreadKind::Support && thread.trashed_at.is_none();
    if !is_told || !work.office.has_hooks() {
        return Ok(());
    }
    let happenings = news.happenings();
    if happenings.is_empty() {
        return Ok(());
    }
    let listening: Vec<Listener> =
        on!(&mut work.conn, c => sqlx::query_as(sql::LISTENING).fetch_all(c).await)?;
    for hook in listening {
        let events = super::keep::events_of(&hook.events)?;
        for (step, happening) in (0_i64..).zip(&happenings) {
            let event = happening.event();
            if !events.contains(&event) {
                continue;
            }
            let body = if hook.team {
                worded(work, event, news.team(happening))?
            } else {
                worded(work, event, news.public(happening))?
            };
            let Some(body) = body else {
                continue;
            };
            let id = DeliveryId(work.office.fresh_id());
            on!(&mut work.conn, c => sqlx::query(sql::OWE)
                .bind(id).bind(hook.id).bind(thread.id).bind(event).bind(&body)
                .bind(thread.staff_change).bind(step).bind(work.now)
                .execute(c).await.map(|_| ()))?;
            work.tell(Announcement::Webhook);
        }
    }
    Ok(())
}

fn worded<D: Serialize>(
    work: &Work,
    event: HookEvent,
    data: Option<D>,
) -> Result<Option<String>, Error> {
    let body = data.map(|data| serde_json::to_string(&Envelope::new(event, work.now, data)));
    body.transpose().map_err(|cause| Error::Inconsistent {
        table: "webhook_deliveries",
        column: "body",
        what: cause.to_string(),
    })
}
