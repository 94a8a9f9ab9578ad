//! What is done to a thread as a whole: given to somebody, set to a status, thrown away and taken
//! back. One rule for one thread and for many: an act names the state that its author saw, and gives
//! way to whoever was quicker.

use futures::{StreamExt as _, stream};
use pigeon_wire::act::{Moved, Outcome, Standing, TASKS_MAX, Task, ThreadAct};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::note::StaffEvent;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;
use pigeon_wire::tag::Tag;
use pigeon_wire::thread::{ParticipantRole, Status};
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};

use super::access::{StaffWritable, staff_writing};
use super::change::Change;
use super::{row, sql, staff_author};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::person::Rights;
use crate::work::Work;
use crate::{Error, Office, outbox, person, waiting};

/// Tasks of one call that are done at the same time.
const AT_ONCE: usize = 8;

/// Chooses a thread's status, if it is still `from`; without `from`, whatever it is.
///
/// # Errors
/// [`Fault::Moved`] when somebody else was quicker.
pub async fn set_status(
    office: &Office,
    account: &Account,
    id: ThreadId,
    from: Option<Status>,
    to: Status,
) -> Result<(), Error> {
    one(office, account, id, ThreadAct::Status { from, to }).await
}

/// Gives a thread to `to`, or to nobody, if its assignee is still `from`. Whoever is given one by
/// somebody else is mailed.
///
/// # Errors
/// [`Fault::Moved`] when somebody else was quicker; [`Fault::Forbidden`] for what the role does not
/// allow; [`Problem::Unknown`] when `to` is not staff now.
pub async fn assign(
    office: &Office,
    account: &Account,
    id: ThreadId,
    from: Option<PersonId>,
    to: Option<PersonId>,
) -> Result<(), Error> {
    one(office, account, id, ThreadAct::Assign { from, to }).await
}

/// Lets a thread rest until `until`, or wakes it, if it still rests until `was`.
///
/// # Errors
/// [`Fault::Moved`] when somebody else was quicker; [`Problem::Unknown`] for a moment that is past or
/// more than [`SNOOZE_DAYS_MAX`] days away, and for a closed thread.
///
/// [`SNOOZE_DAYS_MAX`]: pigeon_wire::act::SNOOZE_DAYS_MAX
pub async fn snooze(
    office: &Office,
    account: &Account,
    id: ThreadId,
    was: Option<Millis>,
    until: Option<Millis>,
) -> Result<(), Error> {
    one(office, account, id, ThreadAct::Snooze { was, until }).await
}

/// Gives a thread a tag, or takes one off.
///
/// # Errors
/// [`Problem::TooMany`] when the thread has as many as one can have; [`Fault::TooLarge`] when the team
/// knows as many as it can.
pub async fn set_tag(
    office: &Office,
    account: &Account,
    id: ThreadId,
    tag: Tag,
    on: bool,
) -> Result<(), Error> {
    one(office, account, id, ThreadAct::Tag { tag, on }).await
}

/// Puts a thread into the trash: it leaves every list, count and search, its mails are cancelled,
/// and to its guest it looks like an end.
pub async fn trash(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    one(office, account, id, ThreadAct::Trash).await
}

/// Takes a thread out of the trash, as it was.
pub async fn restore(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    one(office, account, id, ThreadAct::Restore { trashed_at: None }).await
}

async fn one(
    office: &Office,
    account: &Account,
    id: ThreadId,
    act: ThreadAct,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| Box::pin(async move { perform(work, &account, id, act).await }))
        .await
        .map(|_| ())
}

/// Does several tasks, each for itself: what became of each stands at its place.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may do none of them; [`Fault::TooLarge`] for more than
/// [`TASKS_MAX`].
pub async fn all(
    office: &Office,
    account: &Account,
    tasks: &[Task],
) -> Result<Vec<Outcome>, Error> {
    if tasks.len() > TASKS_MAX {
        return Err(Fault::TooLarge.into());
    }
    {
        let mut conn = office.read().await?;
        let me = person::rights(&mut conn, account, office.now()).await?;
        // Whoever may read may follow.
        let reads = tasks
            .iter()
            .all(|task| matches!(task.act, ThreadAct::Follow { .. }));
        me.need(if reads {
            Permission::AccessInbox
        } else {
            Permission::ManageThreads
        })?;
    }
    let each = tasks.iter().map(|task| {
        let (account, Task { thread, act }) = (account.clone(), *task);
        office
            .write(move |work| Box::pin(async move { perform(work, &account, thread, act).await }))
    });
    // Units of their own: one that is refused undoes no other, and threads are locked one by one.
    let each: Vec<_> = each.collect();
    Ok(stream::iter(each)
        .buffered(AT_ONCE)
        .map(outcome)
        .collect()
        .await)
}

fn outcome(done: Result<Option<ThreadAct>, Error>) -> Outcome {
    match done {
        Ok(Some(undo)) => Outcome::Done { undo },
        Ok(None) => Outcome::Nothing,
        Err(error) => Outcome::Refused {
            fault: error.into(),
        },
    }
}

/// Does one act, and answers what would undo it; nothing if all was so already.
pub(super) async fn perform(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
    act: ThreadAct,
) -> Result<Option<ThreadAct>, Error> {
    match act {
        ThreadAct::Follow { on } => super::follow::put(work, account, id, on).await,
        ThreadAct::Unsend { reply } => waiting::take_back(work, account, id, reply).await,
        ThreadAct::Send { reply, until, seen } => {
            waiting::send(work, account, id, reply, (until, seen)).await
        }
        ThreadAct::Trash => super::trash::put(work, account, id).await,
        ThreadAct::Restore { trashed_at } => {
            super::trash::take(work, account, id, trashed_at).await
        }
        _ => {
            let StaffWritable { thread, me } = staff_writing(work, account, id).await?;
            let mut acting = Acting::new(&me);
            let mut change = Change::of(thread);
            let undo = acting.perform(work, &mut change, act).await?;
            if undo.is_some() {
                change.finish(work).await?;
                acting.finish(work).await?;
            }
            Ok(undo)
        }
    }
}

/// Acts that change a thread, done by one person as parts of one change. Each proves the right to it and looks
/// for whoever was quicker before it changes anything: one that is refused leaves the change as it was.
pub(crate) struct Acting<'a> {
    pub(super) me: &'a Rights,
    noted: Vec<(Act, About)>,
    /// Tags that were given or taken off, to be counted.
    pub(super) tags: Vec<(Tag, i64)>,
}

impl<'a> Acting<'a> {
    pub(crate) fn new(me: &'a Rights) -> Self {
        Self {
            me,
            noted: Vec::new(),
            tags: Vec::new(),
        }
    }

    /// Does one act, and answers what would undo it; nothing if all was so already.
    pub(crate) async fn perform(
        &mut self,
        work: &mut Work,
        change: &mut Change,
        act: ThreadAct,
    ) -> Result<Option<ThreadAct>, Error> {
        match act {
            ThreadAct::Status { from, to } => self.status(work, change, from, to).await,
            ThreadAct::Assign { from, to } => self.give(work, change, from, to).await,
            ThreadAct::Snooze { was, until } => {
                super::snooze::put(self, work, change, was, until).await
            }
            ThreadAct::Tag { tag, on } => super::tag::put(self, work, change, tag, on).await,
            // They are no parts of a change.
            ThreadAct::Follow { .. }
            | ThreadAct::Unsend { .. }
            | ThreadAct::Send { .. }
            | ThreadAct::Trash
            | ThreadAct::Restore { .. } => Err(Fault::Malformed.into()),
        }
    }

    /// What follows once the change is stored.
    pub(crate) async fn finish(mut self, work: &mut Work) -> Result<(), Error> {
        for (act, about) in self.noted {
            audit::note(work, Some(self.me.id), act, about).await?;
        }
        // In one order: everybody's threads meet in these rows.
        self.tags.sort_unstable();
        super::tag::count_all(work, &self.tags).await
    }

    async fn status(
        &mut self,
        work: &mut Work,
        change: &mut Change,
        from: Option<Status>,
        to: Status,
    ) -> Result<Option<ThreadAct>, Error> {
        let (id, was) = (change.thread.id, change.thread.status);
        if was == to {
            return Ok(None);
        }
        if from.is_some_and(|from| from != was) {
            return Err(moved(work, id, sql::WHO_SET_STATUS, Standing::Status(was)).await);
        }
        change
            .status(work, &staff_author(self.me), to, true)
            .await?;
        let about = About::thread(id).with(serde_json::json!({ "to": to }));
        self.noted.push((Act::StatusSet, about));
        Ok(Some(ThreadAct::Status {
            from: Some(to),
            to: was,
        }))
    }

    async fn give(
        &mut self,
        work: &mut Work,
        change: &mut Change,
        from: Option<PersonId>,
        to: Option<PersonId>,
    ) -> Result<Option<ThreadAct>, Error> {
        let (id, me) = (change.thread.id, self.me);
        if change.thread.assignee_id == to {
            return Ok(None);
        }
        if change.thread.assignee_id != from {
            let now = Standing::Assignee(change.thread.assignee());
            return Err(moved(work, id, sql::WHO_ASSIGNED, now).await);
        }
        if !me.permissions.may_assign(me.id, from, to) {
            return Err(Fault::Forbidden(Permission::AssignThreads).into());
        }
        let to = match to {
            None => None,
            Some(to) => Some(able_assignee(work, change.thread.customer_id, to).await?),
        };
        change.thread.assignee_id = to.as_ref().map(|person| person.id);
        change.thread.assignee_name = to.as_ref().map(|person| person.name.clone());
        if let Some(person) = &to {
            row::join(work, id, person.id, ParticipantRole::Staff).await?;
            // There may be one more.
            change.parties = None;
        }
        let event = StaffEvent::Assigned { to: to.clone() };
        let event = change.event(work, &staff_author(me), event).await?;
        if let Some(person) = to.as_ref().filter(|person| person.id != me.id) {
            outbox::owe_assigned(work, id, event, person.id).await?;
        }
        let to = to.map(|person| person.id);
        let about = About::thread(id).and_person(to);
        self.noted.push((Act::Assigned, about));
        Ok(Some(ThreadAct::Assign { from: to, to: from }))
    }
}

/// Somebody who can look after a thread now: staff who may answer, and not its customer.
async fn able_assignee(
    work: &mut Work,
    customer: PersonId,
    to: PersonId,
) -> Result<PersonRef, Error> {
    let person = person::rights_of(&mut work.conn, to).await?;
    let able = person.filter(|person| {
        person.permissions.has(Permission::ManageThreads) && person.id != customer
    });
    Ok(able
        .ok_or(Fault::field(Field::Assignee, Problem::Unknown))?
        .as_ref())
}

/// That somebody was quicker, who it was, and what they have made of it.
pub(super) async fn moved(
    work: &mut Work,
    id: ThreadId,
    who: &'static str,
    now: Standing,
) -> Error {
    let by = on!(&mut work.conn, c => sqlx::query_scalar(who).bind(id).fetch_optional(c).await);
    match by {
        Ok(by) => Fault::Moved(Moved { by, now }).into(),
        Err(cause) => cause.into(),
    }
}
