//! Looking after hooks: making, turning on and off, deleting, looking at what became of deliveries
//! and sending them again. What a hook was told is shown to nobody here.

use pigeon_wire::permission::Permission;
use pigeon_wire::text::Name;
use pigeon_wire::webhook::{
    DELIVERIES_COUNTED, DELIVERIES_PAGE, DeliveryCursor, DeliveryLine, DeliveryPage, HOOKS_MAX,
    HookEvent, HookForm, HookView, HookWrong, REPLAY_MAX,
};
use pigeon_wire::{DeliveryId, Fault, Millis, PersonId, WebhookId};
use serde_json::json;

use super::{address, sign, sql};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::hub::Announcement;
use crate::person::{self, Rights};
use crate::work::Work;
use crate::{Error, Office};

/// A hook that was just made.
#[derive(Debug)]
pub struct Made {
    /// Which.
    pub id: WebhookId,
    /// What its deliveries are signed with: seen here once and never again.
    pub secret: String,
}

/// What became of a hook that was to be made.
#[derive(Debug)]
pub enum Making {
    /// It stands.
    Made(Made),
    /// It does not, for all of these reasons.
    Refused(Vec<HookWrong>),
}

#[derive(sqlx::FromRow)]
struct HookRow {
    id: WebhookId,
    name: String,
    url: String,
    team: bool,
    events: String,
    active: bool,
    gone_at: Option<Millis>,
    created_at: Millis,
    created_by: String,
    failed: i64,
    waiting: i64,
}

impl TryFrom<HookRow> for HookView {
    type Error = Error;
    fn try_from(row: HookRow) -> Result<Self, Error> {
        Ok(Self {
            events: events_of(&row.events)?,
            id: row.id,
            name: row.name,
            url: row.url,
            team: row.team,
            active: row.active,
            gone_at: row.gone_at,
            created_at: row.created_at,
            created_by: row.created_by,
            failed: row.failed,
            waiting: row.waiting,
        })
    }
}

/// Stored events.
pub(super) fn events_of(list: &str) -> Result<Vec<HookEvent>, Error> {
    serde_json::from_str(list).map_err(|cause| Error::Inconsistent {
        table: "webhooks",
        column: "events",
        what: cause.to_string(),
    })
}

/// All hooks, the newest first.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever does not manage settings.
pub async fn list(office: &Office, account: &Account) -> Result<Vec<HookView>, Error> {
    let mut conn = office.read().await?;
    keeper(&mut conn, account, office.now()).await?;
    let rows: Vec<HookRow> = on!(&mut conn, c => sqlx::query_as(sql::LIST)
        .bind(DELIVERIES_COUNTED).fetch_all(c).await)?;
    rows.into_iter().map(HookView::try_from).collect()
}

/// Makes a hook, which is told whatever happens from now on.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever does not manage settings, or may not read what the hook will be
/// told; [`Fault::TooLarge`] for more than [`HOOKS_MAX`].
pub async fn make(office: &Office, account: &Account, form: &HookForm) -> Result<Making, Error> {
    let (account, form) = (account.clone(), form.clone());
    office
        .write(move |work| {
            Box::pin(async move {
                let me = keeper(&mut work.conn, &account, work.now).await?;
                // A hook carries conversations away: nobody gives what they do not hold.
                me.need(Permission::AccessInbox)?;
                let (name, url) = match checked(&work.office, &form) {
                    Ok(checked) => checked,
                    Err(wrongs) => return Ok(Making::Refused(wrongs)),
                };
                let there: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT)
                    .fetch_one(c).await)?;
                if there >= HOOKS_MAX {
                    return Err(Fault::TooLarge.into());
                }
                let id = WebhookId(work.office.fresh_id());
                let secret = sign::fresh(work.office.randomness());
                let events = json!(form.events).to_string();
                on!(&mut work.conn, c => sqlx::query(sql::INSERT)
                    .bind(id).bind(name.as_str()).bind(&url).bind(&secret).bind(form.team)
                    .bind(&events).bind(true).bind(me.id).bind(work.now)
                    .execute(c).await.map(|_| ()))?;
                work.renew_hooks();
                let facts = json!({ "team": form.team, "events": form.events });
                noted(
                    work,
                    Some(me.id),
                    Act::WebhookMade,
                    (name.as_str(), &url),
                    facts,
                )
                .await?;
                Ok(Making::Made(Made { id, secret }))
            })
        })
        .await
}

fn checked(office: &Office, form: &HookForm) -> Result<(Name, String), Vec<HookWrong>> {
    let name = Name::parse(&form.name).map_err(|_| HookWrong::Name);
    let url = address::checked(&form.url, office.may_go_private());
    let has_team_only = form.events.iter().any(|event| event.is_for_team());
    let events = match form.events.as_slice() {
        [] => Err(HookWrong::NoEvent),
        _ if has_team_only && !form.team => Err(HookWrong::TeamOnly),
        _ => Ok(()),
    };
    match (name, url, events) {
        (Ok(name), Ok(url), Ok(())) => Ok((name, url)),
        (name, url, events) => Err([name.err(), url.err(), events.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

/// Turns a hook on or off; as it was already is well too. What waits for one that is off goes on
/// waiting; what happens meanwhile is not told.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub async fn switch(
    office: &Office,
    account: &Account,
    id: WebhookId,
    on: bool,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = keeper(&mut work.conn, &account, work.now).await?;
                if on {
                    me.need(Permission::AccessInbox)?;
                }
                named(&mut work.conn, id).await?;
                let switched: Option<(String, String)> =
                    on!(&mut work.conn, c => sqlx::query_as(sql::SWITCH)
                        .bind(id).bind(on).fetch_optional(c).await)?;
                work.renew_hooks();
                work.tell(Announcement::Webhook);
                let Some((name, url)) = switched else {
                    return Ok(());
                };
                let facts = json!({ "active": on });
                noted(work, Some(me.id), Act::WebhookChanged, (&name, &url), facts).await
            })
        })
        .await
}

/// Deletes a hook, its secret at once and its log soon after.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub async fn delete(office: &Office, account: &Account, id: WebhookId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = keeper(&mut work.conn, &account, work.now).await?;
                let deleted: Option<(String, String)> =
                    on!(&mut work.conn, c => sqlx::query_as(sql::DELETE)
                        .bind(id).bind(false).bind(work.now).fetch_optional(c).await)?;
                let (name, url) = deleted.ok_or(Fault::NotFound)?;
                work.renew_hooks();
                noted(work, Some(me.id), Act::WebhookDeleted, (&name, &url), json!({})).await
            })
        })
        .await
}

/// A page of a hook's log, going on after `after`.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such hook.
pub async fn log(
    office: &Office,
    account: &Account,
    id: WebhookId,
    after: Option<DeliveryCursor>,
) -> Result<DeliveryPage, Error> {
    let mut conn = office.read().await?;
    keeper(&mut conn, account, office.now()).await?;
    let hook: Option<HookRow> = on!(&mut conn, c => sqlx::query_as(sql::ONE)
        .bind(DELIVERIES_COUNTED).bind(id).fetch_optional(c).await)?;
    let hook = HookView::try_from(hook.ok_or(Fault::NotFound)?)?;
    // Where no page ended, the list begins above everything.
    let DeliveryCursor { at, id: last } = after.unwrap_or(DeliveryCursor {
        at: Millis(i64::MAX),
        id: DeliveryId(uuid::Uuid::max()),
    });
    let mut lines: Vec<DeliveryLine> = on!(&mut conn, c => sqlx::query_as(sql::LOG)
        .bind(id).bind(at).bind(last).bind(DELIVERIES_PAGE + 1).fetch_all(c).await)?;
    let most = usize::try_from(DELIVERIES_PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > most;
    lines.truncate(most);
    let next = lines.last().filter(|_| more).map(|last| DeliveryCursor {
        at: last.created_at,
        id: last.id,
    });
    Ok(DeliveryPage { hook, lines, next })
}

/// Sends a delivery again, or at once if it was put off: the same body under the same id. It takes
/// its old place before whatever else its thread still owes the hook.
///
/// # Errors
/// [`Fault::NotFound`] when there is none, or it is on its way already.
pub async fn replay(
    office: &Office,
    account: &Account,
    hook: WebhookId,
    id: DeliveryId,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = keeper(&mut work.conn, &account, work.now).await?;
                let (name, url) = named(&mut work.conn, hook).await?;
                if !again(work, hook, id).await? {
                    return Err(Fault::NotFound.into());
                }
                let facts = json!({ "count": 1 });
                noted(
                    work,
                    Some(me.id),
                    Act::WebhookReplayed,
                    (&name, &url),
                    facts,
                )
                .await
            })
        })
        .await
}

/// Sends the failed deliveries of a hook again, the newest [`REPLAY_MAX`] of them; how many.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such hook.
pub async fn replay_failed(
    office: &Office,
    account: &Account,
    hook: WebhookId,
) -> Result<i64, Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = keeper(&mut work.conn, &account, work.now).await?;
                let (name, url) = named(&mut work.conn, hook).await?;
                let failed: Vec<DeliveryId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::DEAD)
                    .bind(hook).bind(REPLAY_MAX).fetch_all(c).await)?;
                let mut count = 0;
                for id in failed {
                    count += i64::from(again(work, hook, id).await?);
                }
                if count > 0 {
                    let facts = json!({ "count": count });
                    let about = (name.as_str(), url.as_str());
                    noted(work, Some(me.id), Act::WebhookReplayed, about, facts).await?;
                }
                Ok(count)
            })
        })
        .await
}

async fn again(work: &mut Work, hook: WebhookId, id: DeliveryId) -> Result<bool, Error> {
    let put = on!(&mut work.conn, c => sqlx::query(sql::REPLAY)
        .bind(id).bind(hook).bind(work.now)
        .execute(c).await.map(|done| done.rows_affected()))?;
    work.tell(Announcement::Webhook);
    Ok(put > 0)
}

async fn keeper(conn: &mut Conn, account: &Account, now: Millis) -> Result<Rights, Error> {
    let me = person::rights(conn, account, now).await?;
    me.need(Permission::ManageSettings)?;
    Ok(me)
}

/// A hook's name and address.
async fn named(conn: &mut Conn, id: WebhookId) -> Result<(String, String), Error> {
    let named: Option<(String, String)> =
        on!(conn, c => sqlx::query_as(sql::NAMED).bind(id).fetch_optional(c).await)?;
    Ok(named.ok_or(Fault::NotFound)?)
}

/// Writes the log: of an address the host alone, since what follows it may be a secret.
pub(super) async fn noted(
    work: &mut Work,
    who: Option<PersonId>,
    act: Act,
    (name, url): (&str, &str),
    mut facts: serde_json::Value,
) -> Result<(), Error> {
    facts["name"] = json!(name);
    facts["host"] = json!(address::host_of(url));
    audit::note(work, who, act, About::default().with(facts)).await
}
