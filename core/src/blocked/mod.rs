//! Addresses and domains whose messages go to the quarantine: blocked, listed, lifted. A block closes
//! nothing, and its sender is answered as everybody is.
//!
//! Whoever manages threads blocks an address: it is about one customer. A whole domain is a rule of the
//! house about who is heard through the contact form, as the honeypot is: that takes whoever keeps the
//! settings too.

pub(crate) mod sql;

use pigeon_wire::contact::{
    After, BLOCKED_PAGE, Block, BlockKind, BlockPage, Sender, blocked_under,
};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::RecordId;
use pigeon_wire::permission::Permission;
use pigeon_wire::text::Email;
use pigeon_wire::{Fault, Millis};
use serde_json::json;

use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::person::{self, Rights};
use crate::work::Work;
use crate::{Error, Office};

/// A page of what is blocked, newest first, going on after `after`.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever does not manage threads.
pub async fn page(
    office: &Office,
    account: &Account,
    after: Option<After>,
) -> Result<BlockPage, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    me.need(Permission::ManageThreads)?;
    let After { at, id } = after.unwrap_or(After {
        at: Millis(i64::MAX),
        id: RecordId(uuid::Uuid::max()),
    });
    let mut blocks: Vec<Block> = on!(&mut conn, c => sqlx::query_as(sql::PAGE)
        .bind(at).bind(id).bind(BLOCKED_PAGE + 1).fetch_all(c).await)?;
    let most = usize::try_from(BLOCKED_PAGE).unwrap_or(usize::MAX);
    let more = blocks.len() > most;
    blocks.truncate(most);
    let next = blocks.last().filter(|_| more).map(|last| After {
        at: last.created_at,
        id: last.id,
    });
    Ok(BlockPage { blocks, next })
}

/// Blocks an address or a domain, as it was typed. What is blocked already stays so.
///
/// # Errors
/// [`Problem::NotAnAddress`] for what is neither; [`Problem::InUse`] for an address of somebody of the
/// team; [`Fault::Forbidden`].
pub async fn add(office: &Office, account: &Account, typed: &str) -> Result<Sender, Error> {
    let sender = Sender::parse(typed).map_err(|problem| Fault::field(Field::Email, problem))?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = allowed(work, &account, sender.kind()).await?;
                if of_team(&mut work.conn, sender.as_str()).await? {
                    return Err(Fault::field(Field::Email, Problem::InUse).into());
                }
                let id = RecordId(work.office.fresh_id());
                let added: Option<RecordId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::ADD)
                    .bind(id).bind(sender.kind()).bind(sender.as_str()).bind(me.id).bind(work.now)
                    .fetch_optional(c).await)?;
                if added.is_some() {
                    let about = About::default().with(json!({ "address": sender.as_str() }));
                    audit::note(work, Some(me.id), Act::Blocked, about).await?;
                }
                Ok(sender)
            })
        })
        .await
}

/// Lifts a block. What it has caught stays in the quarantine.
///
/// # Errors
/// [`Fault::NotFound`] when somebody else was quicker; [`Fault::Forbidden`].
pub async fn lift(office: &Office, account: &Account, id: RecordId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                allowed(work, &account, BlockKind::Address).await?;
                let found: Option<(BlockKind, String)> = on!(&mut work.conn, c =>
                    sqlx::query_as(sql::BY_ID).bind(id).fetch_optional(c).await)?;
                let (kind, what) = found.ok_or(Fault::NotFound)?;
                let me = allowed(work, &account, kind).await?;
                let lifted: Option<RecordId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::LIFT)
                    .bind(id).fetch_optional(c).await)?;
                lifted.ok_or(Fault::NotFound)?;
                let about = About::default().with(json!({ "address": what }));
                audit::note(work, Some(me.id), Act::BlockLifted, about).await
            })
        })
        .await
}

/// Whether what comes from this address is kept from the team. Whoever is of the team is always heard.
/// This is the one rule about it: what writes asks it in its own unit, and so does what sends a mail.
pub(crate) async fn is_blocked(conn: &mut Conn, address: &Email) -> Result<bool, Error> {
    let folded = address.folded();
    Ok(!under(conn, &folded).await?.is_empty() && !of_team(conn, &folded).await?)
}

/// What blocks a folded address: itself, its domain, and the domains above that.
pub(crate) async fn under(conn: &mut Conn, folded: &str) -> Result<Vec<Block>, Error> {
    let under = blocked_under(folded);
    Ok(on!(conn, c => sqlx::query_as(sql::UNDER)
        .bind(under[0]).bind(under[1]).bind(under[2]).bind(under[3])
        .bind(under[4]).bind(under[5]).bind(under[6]).bind(under[7])
        .fetch_all(c).await)?)
}

/// Who it is, once it is proven that they may block what is of this kind.
async fn allowed(work: &mut Work, account: &Account, kind: BlockKind) -> Result<Rights, Error> {
    let me = person::rights(&mut work.conn, account, work.now).await?;
    me.need(Permission::ManageThreads)?;
    if kind == BlockKind::Domain {
        me.need(Permission::ManageSettings)?;
    }
    Ok(me)
}

/// Whether somebody of the team has this address now.
async fn of_team(conn: &mut Conn, folded: &str) -> Result<bool, Error> {
    let Some((id, _)) = person::by_email(conn, folded).await? else {
        return Ok(false);
    };
    let rights = person::rights_of(conn, id).await?;
    Ok(rights.is_some_and(|rights| rights.permissions.is_staff()))
}
