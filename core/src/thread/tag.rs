//! Tags of threads. Each is given and taken off by itself, so that two who do so at once never stand in
//! each other's way.

use pigeon_wire::Fault;
use pigeon_wire::act::ThreadAct;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::note::StaffEvent;
use pigeon_wire::permission::Permission;
use pigeon_wire::tag::{TAGS_KNOWN_MAX, TAGS_MAX, Tag, read, stored};

use super::act::Acting;
use super::change::Change;
use super::{sql, staff_author};
use crate::actor::Account;
use crate::db::on;
use crate::person;
use crate::work::Work;
use crate::{Error, Office};

/// Gives a thread a tag, or takes one off.
pub(super) async fn put(
    acting: &mut Acting<'_>,
    work: &mut Work,
    change: &mut Change,
    tag: Tag,
    on: bool,
) -> Result<Option<ThreadAct>, Error> {
    let mut tags = read(&change.thread.tags);
    if tags.contains(&tag) == on {
        return Ok(None);
    }
    if on {
        if tags.len() >= TAGS_MAX {
            let max = u32::try_from(TAGS_MAX).unwrap_or(u32::MAX);
            return Err(Fault::field(Field::Tag, Problem::TooMany { max }).into());
        }
        if known(work, tag).await? >= TAGS_KNOWN_MAX {
            return Err(Fault::TooLarge.into());
        }
        tags.push(tag);
    } else {
        tags.retain(|one| *one != tag);
    }
    change.thread.tags = stored(&tags);
    let event = StaffEvent::Tagged { tag, on };
    change.event(work, &staff_author(acting.me), event).await?;
    acting.tags.push((tag, if on { 1 } else { -1 }));
    Ok(Some(ThreadAct::Tag { tag, on: !on }))
}

/// Counts the tags of a thread that is gone no longer. Called after all else in a unit: everybody's
/// threads meet in these rows.
pub(super) async fn forget(work: &mut Work, tags: &[Tag]) -> Result<(), Error> {
    for tag in tags {
        count(work, *tag, -1).await?;
    }
    Ok(())
}

/// Counts what was given and taken off. Called after all else in a unit, as above.
pub(super) async fn count_all(work: &mut Work, tags: &[(Tag, i64)]) -> Result<(), Error> {
    for (tag, threads) in tags {
        count(work, *tag, *threads).await?;
    }
    Ok(())
}

async fn count(work: &mut Work, tag: Tag, threads: i64) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::TAG)
        .bind(tag.as_str()).bind(threads).execute(c).await.map(|_| ()))?;
    if threads < 0 {
        on!(&mut work.conn, c => sqlx::query(sql::UNTAG)
            .bind(tag.as_str()).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// How many tags there are beside this one.
async fn known(work: &mut Work, tag: Tag) -> Result<i64, Error> {
    Ok(on!(&mut work.conn, c => sqlx::query_scalar(sql::TAGS_COUNT)
        .bind(tag.as_str()).fetch_one(c).await)?)
}

/// The tags that threads have, those of most threads first.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may not read the inbox.
pub async fn tags(office: &Office, account: &Account) -> Result<Vec<Tag>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    me.need(Permission::AccessInbox)?;
    let names: Vec<String> = on!(&mut conn, c => sqlx::query_scalar(sql::TAGS)
        .bind(TAGS_KNOWN_MAX).fetch_all(c).await)?;
    Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
}
