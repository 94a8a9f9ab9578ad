//! A user writes to other users.

use pigeon_wire::direct::{DirectForm, NewDirect};
use pigeon_wire::inbox::fold_subject;
use pigeon_wire::text::{Email, Subject};
use pigeon_wire::thread::{Side, Source, Status, ThreadKind};
use pigeon_wire::{Fault, ThreadId};

use super::{invite, paced};
use crate::actor::Account;
use crate::db::on;
use crate::limit;
use crate::mailbox::{self, Shelf};
use crate::person::{self, Rights};
use crate::secret::content_hash;
use crate::thread::change::{Change, Said};
use crate::thread::{read, row, sql};
use crate::user::{Claim, claim, starts_of, user_author};
use crate::work::Work;
use crate::{Error, Office, outbox};

/// A user starts a direct thread. The answer is alike for addresses that somebody has and for those
/// that nobody has. The same submission sent again is answered with the first one's thread.
///
/// # Errors
/// What is wrong with what was typed; [`Fault::Off`] where the owner does not allow it;
/// [`Fault::TooMany`].
pub async fn start(
    office: &Office,
    account: &Account,
    form: &DirectForm,
) -> Result<ThreadId, Error> {
    let new = form.check()?;
    let limits = starts_of(office, account.person)?;
    let account = account.clone();
    let opening = office.write(move |work| {
        Box::pin(async move {
            let me = person::rights(&mut work.conn, &account, work.now).await?;
            let settings = work.office.settings();
            if !settings.may_start_direct(me.role.as_deref()) {
                return Err(Fault::Off.into());
            }
            limit::count_stored(work, &limits).await?;
            let hash = hash_of(&new);
            match claim(work, me.id, new.key.as_str(), &hash).await? {
                Claim::Again(thread) => Ok(thread),
                Claim::New(thread) => {
                    open(work, thread, &me, &new).await?;
                    Ok(thread)
                }
            }
        })
    });
    paced(opening).await
}

fn hash_of(new: &NewDirect) -> [u8; 32] {
    let mut parts = vec![
        "direct".to_owned(),
        new.subject.as_ref().map_or("", Subject::as_str).to_owned(),
        new.body.as_str().to_owned(),
    ];
    parts.extend(new.to.addresses.iter().map(Email::folded));
    parts.extend(new.to.people.iter().map(ToString::to_string));
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    content_hash(&parts)
}

async fn open(work: &mut Work, id: ThreadId, me: &Rights, new: &NewDirect) -> Result<(), Error> {
    let subject = new.subject.as_ref().map(Subject::as_str);
    on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(id).bind(ThreadKind::Direct).bind(Status::Open).bind(Source::User).bind(subject)
        .bind(me.id).bind(work.now).bind(fold_subject(subject.unwrap_or_default()))
        .execute(c).await.map(|_| ()))?;
    row::let_in(work, id, me.id).await?;
    let thread = row::find(&mut work.conn, id).await?;
    let thread = thread.ok_or(Fault::NotFound)?;
    mailbox::put(work, &thread, me.id, 0).await?;
    let arrived = invite(work, &thread, me, &new.to, 0).await?;
    let mut change = Change::of(thread);
    change.news.shelves.push((me.id, Shelf::In));
    change.news.shelves.extend(arrived.shelves());
    let author = user_author(me);
    let said = Said::new(Some(&new.body), Vec::new());
    let message = change.message(work, &author, &said, None, None).await?;
    let place = change.place(Side::Customer);
    read::mark(work, id, me.id, Side::Customer, place).await?;
    change.owe(work, message, me.id, Side::Customer).await?;
    for person in &arrived.asked {
        outbox::owe_request(work, id, message, *person).await?;
    }
    change.finish(work).await
}
