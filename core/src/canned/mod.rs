//! Canned replies: one's own, and those that the whole team has.

pub(crate) mod sql;

use std::str::FromStr;

use pigeon_wire::act::ThreadAct;
pub use pigeon_wire::canned::CannedTyped;
use pigeon_wire::canned::{
    CANNED_MAX, CANNED_NAME_CHARS_MAX, CANNED_TAGS_MAX, CannedActs, CannedView, Keeper, Place,
    filled,
};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::permission::Permission;
use pigeon_wire::tag::Tag;
use pigeon_wire::text::{Body, Check, Name};
use pigeon_wire::thread::Status;
use pigeon_wire::{CannedId, Fault, PersonId, ThreadId};

use crate::actor::Account;
use crate::db::{Conn, on};
use crate::error::is_taken;
use crate::person::{self, Rights};
use crate::thread::access::{StaffReadable, staff_reading};
use crate::work::Work;
use crate::{Error, Office};

struct Checked {
    name: Name,
    text: Body,
    shared: bool,
    acts: CannedActs,
}

/// A canned reply as it is offered for a thread: its text is filled in, and what it does are the acts that
/// its author would do there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// It.
    pub reply: CannedView,
    /// What is done, as each act names the state that was seen.
    pub acts: Vec<ThreadAct>,
}

impl Checked {
    fn folded(&self) -> String {
        self.name.as_str().to_lowercase()
    }

    fn of(typed: &CannedTyped) -> Result<Self, Fault> {
        let name = Name::parse(&typed.name).and_then(|name| {
            let fits = name.as_str().chars().count() <= CANNED_NAME_CHARS_MAX;
            let max = u32::try_from(CANNED_NAME_CHARS_MAX).unwrap_or(u32::MAX);
            fits.then_some(name).ok_or(Problem::TooLong { max })
        });
        let mut check = Check::default();
        let name = check.field(Field::Name, name);
        let acts = CannedActs {
            status: chosen(&typed.status)?,
            assign: match typed.assign.as_str() {
                "nobody" => Some(Keeper::Nobody),
                "me" => Some(Keeper::Me),
                person => chosen(person)?.map(Keeper::Person),
            },
            tags: check
                .field(Field::Tag, tags(&typed.tags))
                .unwrap_or_default(),
            rest: chosen(&typed.rest)?,
        };
        if acts.status == Some(Status::Closed) && acts.rest.is_some() {
            // What is closed does not come back by itself.
            check.field::<()>(Field::Until, Err(Problem::Unknown));
        }
        let text = check.field(Field::Body, Body::parse(&typed.text));
        check.end()?;
        let (Some(name), Some(text)) = (name, text) else {
            return Err(Fault::Malformed);
        };
        Ok(Self {
            name,
            text,
            shared: typed.shared,
            acts,
        })
    }

    fn stored_acts(&self) -> Result<String, Error> {
        if self.acts.is_empty() {
            return Ok(String::new());
        }
        serde_json::to_string(&self.acts).map_err(|cause| unreadable(&cause))
    }
}

/// What was chosen of a list that the page offers; nothing for nothing.
fn chosen<T: FromStr>(word: &str) -> Result<Option<T>, Fault> {
    let chosen = (!word.is_empty()).then(|| word.parse().map_err(|_| Fault::Malformed));
    chosen.transpose()
}

fn tags(typed: &str) -> Result<Vec<Tag>, Problem> {
    let words = typed.split([',', ' ']).filter(|word| !word.is_empty());
    let mut tags = Vec::new();
    for word in words {
        let tag = word.parse().map_err(|_| Problem::Unknown)?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.len() > CANNED_TAGS_MAX {
        let max = u32::try_from(CANNED_TAGS_MAX).unwrap_or(u32::MAX);
        return Err(Problem::TooMany { max });
    }
    Ok(tags)
}

fn unreadable(cause: &serde_json::Error) -> Error {
    Error::Inconsistent {
        table: "canned",
        column: "acts",
        what: cause.to_string(),
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: CannedId,
    person_id: PersonId,
    shared: bool,
    name: String,
    text: String,
    acts: String,
    author: String,
}

impl Row {
    /// One's own is seen by its author alone.
    fn is_seen_by(&self, me: &Rights) -> bool {
        self.shared || self.person_id == me.id
    }

    /// By its author; a shared one also by whoever keeps the house's settings.
    fn may_be_changed_by(&self, me: &Rights) -> bool {
        let keeps_house = me.permissions.has(Permission::ManageSettings);
        self.person_id == me.id || (self.shared && keeps_house)
    }

    fn view(self, me: &Rights) -> Result<CannedView, Error> {
        let acts = if self.acts.is_empty() {
            CannedActs::default()
        } else {
            serde_json::from_str(&self.acts).map_err(|cause| unreadable(&cause))?
        };
        Ok(CannedView {
            acts,
            changeable: self.may_be_changed_by(me),
            id: self.id,
            name: self.name,
            text: self.text,
            shared: self.shared,
            author: self.author,
        })
    }
}

/// One's own canned replies, then the team's, each in the order of their names.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may not write in threads.
pub async fn list(office: &Office, account: &Account) -> Result<Vec<CannedView>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    me.need(Permission::ManageThreads)?;
    all(&mut conn, &me).await
}

/// The same, filled in for a thread.
///
/// # Errors
/// The refusals of writing in the thread.
pub async fn for_thread(
    office: &Office,
    account: &Account,
    thread: ThreadId,
) -> Result<Vec<Offered>, Error> {
    let mut conn = office.read().await?;
    let StaffReadable { thread, me } =
        staff_reading(&mut conn, account, thread, office.now()).await?;
    me.need(Permission::ManageThreads)?;
    let views = all(&mut conn, &me).await?;
    let settings = office.settings();
    let customer = thread.customer_name.as_str();
    let value = |place| match place {
        Place::Customer => customer,
        Place::FirstName => customer.split_whitespace().next().unwrap_or(customer),
        Place::Subject => thread.subject.as_deref().unwrap_or_default(),
        Place::Me => me.name.as_str(),
        Place::Site => settings.site_name.as_str(),
    };
    let zone = me.zone(&settings);
    let offered = views.into_iter().map(|mut reply| {
        let to = reply.acts.assign.map(|keeper| match keeper {
            Keeper::Nobody => None,
            Keeper::Me => Some(me.id),
            Keeper::Person(person) => Some(person),
        });
        // What its reader may not do is not promised.
        let from = thread.assignee_id;
        let to = to.filter(|to| me.permissions.may_assign(me.id, from, *to));
        reply.acts.assign = reply.acts.assign.filter(|_| to.is_some());
        let acts = &reply.acts;
        let assign = to.map(|to| ThreadAct::Assign { from, to });
        let status = acts.status.map(|to| ThreadAct::Status { from: None, to });
        let rest = acts.rest.map(|rest| ThreadAct::Snooze {
            was: thread.snoozed_until,
            until: Some(zone.rested(office.now(), rest)),
        });
        let tags = acts.tags.iter().map(|tag| ThreadAct::Tag {
            tag: *tag,
            on: true,
        });
        let acts = tags.chain(assign).chain(status).chain(rest).collect();
        reply.text = filled(&reply.text, value);
        Offered { reply, acts }
    });
    Ok(offered.collect())
}

async fn all(conn: &mut Conn, me: &Rights) -> Result<Vec<CannedView>, Error> {
    let mut rows: Vec<Row> = on!(conn, c => sqlx::query_as(sql::OWN)
        .bind(me.id).bind(CANNED_MAX).fetch_all(c).await)?;
    let shared: Vec<Row> = on!(conn, c => sqlx::query_as(sql::SHARED)
        .bind(CANNED_MAX).fetch_all(c).await)?;
    rows.extend(shared);
    rows.into_iter().map(|row| row.view(me)).collect()
}

/// Makes one.
///
/// # Errors
/// What is wrong with what was typed; [`Problem::Taken`] for a name that there is;
/// [`Fault::TooLarge`] beyond [`CANNED_MAX`]; [`Fault::Forbidden`].
pub async fn make(
    office: &Office,
    account: &Account,
    typed: &CannedTyped,
) -> Result<CannedId, Error> {
    let checked = Checked::of(typed)?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = writing(work, &account).await?;
                has_room(work, &me, checked.shared).await?;
                able(work, &checked).await?;
                let acts = checked.stored_acts()?;
                let id = CannedId(work.office.fresh_id());
                let stored = on!(&mut work.conn, c => sqlx::query(sql::INSERT)
                    .bind(id).bind(me.id).bind(checked.shared).bind(checked.name.as_str())
                    .bind(checked.folded()).bind(checked.text.as_str()).bind(work.now).bind(&acts)
                    .execute(c).await.map(|_| ()));
                named(stored)?;
                Ok(id)
            })
        })
        .await
}

/// Changes one.
///
/// # Errors
/// As [`make`]; [`Fault::NotFound`] for somebody else's own one; [`Fault::Forbidden`] for a shared one
/// that the reader may not change.
pub async fn change(
    office: &Office,
    account: &Account,
    id: CannedId,
    typed: &CannedTyped,
) -> Result<(), Error> {
    let checked = Checked::of(typed)?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = writing(work, &account).await?;
                let row = changing(work, &me, id).await?;
                if row.shared != checked.shared {
                    // What its author has for themselves would be in the hands of whoever changes it.
                    if row.person_id != me.id {
                        return Err(Fault::Forbidden(Permission::ManageSettings).into());
                    }
                    has_room(work, &me, checked.shared).await?;
                }
                able(work, &checked).await?;
                let acts = checked.stored_acts()?;
                let stored = on!(&mut work.conn, c => sqlx::query(sql::UPDATE)
                    .bind(id).bind(checked.shared).bind(checked.name.as_str())
                    .bind(checked.folded()).bind(checked.text.as_str()).bind(work.now).bind(&acts)
                    .execute(c).await.map(|_| ()));
                named(stored)
            })
        })
        .await
}

/// Deletes one.
///
/// # Errors
/// As [`change`].
pub async fn delete(office: &Office, account: &Account, id: CannedId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = writing(work, &account).await?;
                changing(work, &me, id).await?;
                on!(&mut work.conn, c => sqlx::query(sql::DELETE)
                    .bind(id).execute(c).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
}

async fn writing(work: &mut Work, account: &Account) -> Result<Rights, Error> {
    let me = person::rights(&mut work.conn, account, work.now).await?;
    me.need(Permission::ManageThreads)?;
    Ok(me)
}

async fn changing(work: &mut Work, me: &Rights, id: CannedId) -> Result<Row, Error> {
    let row: Option<Row> = on!(&mut work.conn, c => sqlx::query_as(sql::BY_ID)
        .bind(id).fetch_optional(c).await)?;
    let row = row
        .filter(|row| row.is_seen_by(me))
        .ok_or(Fault::NotFound)?;
    if row.may_be_changed_by(me) {
        Ok(row)
    } else {
        Err(Fault::Forbidden(Permission::ManageSettings).into())
    }
}

/// Whoever is to be given conversations can look after them, now at least.
async fn able(work: &mut Work, checked: &Checked) -> Result<(), Error> {
    let Some(Keeper::Person(person)) = checked.acts.assign else {
        return Ok(());
    };
    let person = person::rights_of(&mut work.conn, person).await?;
    let is_able = person.is_some_and(|it| it.permissions.has(Permission::ManageThreads));
    let is_able = is_able.then_some(());
    Ok(is_able.ok_or(Fault::field(Field::Assignee, Problem::Unknown))?)
}

async fn has_room(work: &mut Work, me: &Rights, shared: bool) -> Result<(), Error> {
    let count: i64 = if shared {
        on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT_SHARED).fetch_one(c).await)?
    } else {
        on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT_OWN)
            .bind(me.id).fetch_one(c).await)?
    };
    if count < CANNED_MAX {
        Ok(())
    } else {
        Err(Fault::TooLarge.into())
    }
}

fn named(stored: Result<(), sqlx::Error>) -> Result<(), Error> {
    match stored {
        Err(error) if is_taken(&error) => Err(Fault::field(Field::Name, Problem::Taken).into()),
        other => Ok(other?),
    }
}
