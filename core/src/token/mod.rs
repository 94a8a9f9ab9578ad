//! API tokens: made by a person for a program, which acts in their name within the token's scopes and
//! never beyond what they may do themselves at that moment. Stored as a hash; shown once.

pub(crate) mod sql;

use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::text::{Check, Name};
use pigeon_wire::token::{Scope, Scopes, TOKEN_DAYS, TOKEN_PREFIX, TOKENS_MAX, TokenView};
use pigeon_wire::{Fault, Millis, PersonId, TokenId};
use serde_json::json;

use crate::actor::{Account, Credential};
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::hub::{Announcement, Ended};
use crate::limit::{Limit, Spent};
use crate::person::{self, hour_of};
use crate::secret::Secret;
use crate::work::Work;
use crate::{Error, Office};

/// A token that was just made.
pub struct Made {
    /// The token itself: seen here once and never again.
    pub secret: String,
    /// What its owner sees of it from now on.
    pub view: TokenView,
}

/// A program that was known by its token.
#[derive(Clone, Debug)]
pub struct Known {
    /// In whose name it acts. Every command asks anew what that allows.
    pub account: Account,
    /// What the token allows at most.
    pub scopes: Scopes,
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: TokenId,
    name: String,
    scopes: String,
    created_at: Millis,
    expires_at: Millis,
    used_at: Option<Millis>,
}

impl TryFrom<TokenRow> for TokenView {
    type Error = Error;
    fn try_from(row: TokenRow) -> Result<Self, Error> {
        Ok(Self {
            scopes: scopes_of(&row.scopes)?,
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
        })
    }
}

/// Stored scopes.
pub(crate) fn scopes_of(list: &str) -> Result<Scopes, Error> {
    serde_json::from_str(list).map_err(|cause| Error::Inconsistent {
        table: "tokens",
        column: "scopes",
        what: cause.to_string(),
    })
}

/// The own tokens, the newest first.
pub async fn own(office: &Office, account: &Account) -> Result<Vec<TokenView>, Error> {
    let mut conn = office.read().await?;
    let me = person::in_person(&mut conn, account, office.now()).await?;
    let rows: Vec<TokenRow> =
        on!(&mut conn, c => sqlx::query_as(sql::LIST).bind(me.id).fetch_all(c).await)?;
    rows.into_iter().map(TokenView::try_from).collect()
}

/// Makes a token for a program that its owner calls `name`.
///
/// # Errors
/// What is wrong with the fields; [`Fault::TooLarge`] for too many tokens.
pub async fn make(
    office: &Office,
    account: &Account,
    name: &str,
    scopes: &[Scope],
    days: i64,
) -> Result<Made, Error> {
    let mut check = Check::default();
    let name = check.field(Field::Name, Name::parse(name));
    let some = (!scopes.is_empty()).then_some(());
    check.field(Field::Scopes, some.ok_or(Problem::Missing));
    let known = TOKEN_DAYS.contains(&days).then_some(());
    check.field(Field::Days, known.ok_or(Problem::Unknown));
    check.end()?;
    let name = name.ok_or(Fault::Malformed)?;
    let (account, scopes) = (account.clone(), Scopes(scopes.to_vec()));
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::in_person(&mut work.conn, &account, work.now).await?;
                let there: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT)
                    .bind(me.id).fetch_one(c).await)?;
                if there >= TOKENS_MAX {
                    return Err(Fault::TooLarge.into());
                }
                let secret = Secret::fresh(work.office.randomness());
                let view = TokenView {
                    id: TokenId(work.office.fresh_id()),
                    name: name.as_str().to_owned(),
                    scopes,
                    created_at: work.now,
                    expires_at: work.now.plus(days * DAY_MS),
                    used_at: None,
                };
                on!(&mut work.conn, c => sqlx::query(sql::INSERT)
                    .bind(view.id).bind(me.id).bind(&view.name).bind(json!(view.scopes).to_string())
                    .bind(secret.hash().as_bytes()).bind(view.created_at).bind(view.expires_at)
                    .execute(c).await.map(|_| ()))?;
                let scopes = view.scopes.0.iter().map(|scope| scope.as_str());
                let scopes = scopes.collect::<Vec<_>>().join(", ");
                let facts = json!({ "name": view.name, "scopes": scopes });
                let about = About::person(me.id).with(facts);
                audit::note(work, Some(me.id), Act::TokenMade, about).await?;
                Ok(Made {
                    secret: [TOKEN_PREFIX, &secret.reveal()].concat(),
                    view,
                })
            })
        })
        .await
}

/// Ends one of the own tokens, at once.
///
/// # Errors
/// [`Fault::NotFound`] for one that is not theirs.
pub async fn revoke(office: &Office, account: &Account, id: TokenId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::in_person(&mut work.conn, &account, work.now).await?;
                let name: Option<String> = on!(&mut work.conn, c => sqlx::query_scalar(sql::DELETE_OF)
                    .bind(id).bind(me.id).fetch_optional(c).await)?;
                let name = name.ok_or(Fault::NotFound)?;
                work.tell(Announcement::Ended(Ended::Token(id)));
                let about = About::person(me.id).with(json!({ "name": name }));
                audit::note(work, Some(me.id), Act::TokenRevoked, about).await
            })
        })
        .await
}

/// Ends every token of somebody whose account was in other hands, or may have been.
pub(crate) async fn end_all(work: &mut Work, person: PersonId) -> Result<(), Error> {
    let ended: Vec<TokenId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::DELETE_ALL)
        .bind(person).fetch_all(c).await)?;
    for token in ended {
        work.tell(Announcement::Ended(Ended::Token(token)));
    }
    Ok(())
}

/// Which program presents this token, if the token stands and its owner may log in.
pub async fn recognise(office: &Office, presented: &str) -> Result<Option<Known>, Error> {
    let bare = presented.strip_prefix(TOKEN_PREFIX);
    let Some(secret) = bare.and_then(Secret::presented) else {
        return Ok(None);
    };
    let mut conn = office.read().await?;
    let row: Option<(TokenId, PersonId, String, Option<Millis>)> = on!(&mut conn, c => sqlx::query_as(sql::BY_HASH)
            .bind(secret.hash().as_bytes()).bind(office.now()).fetch_optional(c).await)?;
    drop(conn);
    let Some((token, person, scopes, used_at)) = row else {
        return Ok(None);
    };
    let hour = hour_of(office.now());
    if used_at.is_none_or(|used| used < hour)
        && let Err(cause) = note_used(office, token, hour).await
    {
        // A disk that is full must not keep any program from reading.
        tracing::warn!(%cause, "it could not be kept when a token was used last");
    }
    Ok(Some(Known {
        account: Account {
            person,
            by: Credential::Token(token),
        },
        scopes: scopes_of(&scopes)?,
    }))
}

/// Counts a request of this token, in memory: requests that only read must write nothing.
///
/// # Errors
/// [`Fault::TooMany`], with what was spent.
pub fn spend(office: &Office, known: &Known) -> Result<Spent, (Spent, Fault)> {
    let limit = match known.account.by {
        Credential::Token(token) => Limit::requests_of(token),
        Credential::Session(_) | Credential::Vouched { .. } => {
            Limit::requests_of(TokenId(known.account.person.0))
        }
    };
    office.limits().spend(&limit, office.now())
}

/// When a token ends; a moment long past for one that has.
pub(crate) async fn expires_at(conn: &mut Conn, token: TokenId) -> Result<Millis, Error> {
    let at: Option<Millis> = on!(conn, c => sqlx::query_scalar(sql::EXPIRES)
        .bind(token).fetch_optional(c).await)?;
    Ok(at.unwrap_or_default())
}

async fn note_used(office: &Office, token: TokenId, hour: Millis) -> Result<(), Error> {
    office
        .write(move |work| {
            Box::pin(async move {
                on!(&mut work.conn, c => sqlx::query(sql::SEEN)
                    .bind(token).bind(hour).execute(c).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
}

/// Removes tokens that have expired.
pub(crate) async fn sweep(work: &mut Work) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::SWEEP)
        .bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}
