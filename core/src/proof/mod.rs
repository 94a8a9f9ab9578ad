//! What must be proven by a link in a mail before it happens: that an address is somebody's own, so
//! that an account is made for it, gets a new password, or moves to it.
//!
//! Asking writes the same rows whoever has the address, and the worker decides what is mailed: so
//! neither the answer nor its time tells who has an account. Looking at a link changes nothing; the
//! form behind it uses the link up.
//!
//! An account moves once its new address is proven, and the address before is told with a link that
//! takes the move back: whoever has lost a mailbox can still leave it, and whoever was moved against
//! their will still reads the mailbox that they had. A proof of the old address first would shut the
//! former out and, in a mailbox that was broken into, stop nobody.

mod redeem;
pub(crate) mod sql;

use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::{DAY_MS, HOUR_MS};
use pigeon_wire::person::Language;
use pigeon_wire::proof::{ProofKind, ProofView};
use pigeon_wire::text::{Check, Email};
use pigeon_wire::{Fault, Millis, PersonId, ProofId};

use crate::actor::{Account, Visitor};
use crate::db::{Conn, on};
use crate::limit::{self, Limit};
use crate::person::own;
use crate::secret::Secret;
use crate::work::Work;
use crate::{Error, Office, outbox, person};

pub use redeem::{NewAccount, make_account, move_address, reset_password, take_back};

/// How long an address can be confirmed after its mail was sent.
const CONFIRM_MS: i64 = DAY_MS;
/// How long a password can be set anew.
const RESET_MS: i64 = HOUR_MS;
/// How long a change of address can be taken back: a week, in which people read their mail.
const TAKE_BACK_MS: i64 = 7 * DAY_MS;
/// How long a request waits for its mail to be sent.
const WAITING_MS: i64 = 7 * DAY_MS;

#[derive(Clone, sqlx::FromRow)]
struct ProofRow {
    id: ProofId,
    kind: ProofKind,
    email: String,
    person_id: Option<PersonId>,
    language: Language,
    expires_at: Millis,
}

impl ProofRow {
    fn address(&self) -> Result<Email, Error> {
        Email::parse(&self.email).map_err(|problem| Error::Inconsistent {
            table: "proofs",
            column: "email",
            what: problem.to_string(),
        })
    }
}

/// How long a link works once its mail is sent.
const fn life_ms(kind: ProofKind) -> i64 {
    match kind {
        ProofKind::Register | ProofKind::NewAddress => CONFIRM_MS,
        ProofKind::Reset => RESET_MS,
        ProofKind::OldAddress => TAKE_BACK_MS,
    }
}

/// Asks for an account for an address that is typed, and is mailed the link to it.
///
/// # Errors
/// [`Fault::Off`] where only invitations make accounts; what is wrong with the address;
/// [`Fault::TooMany`].
pub async fn register(office: &Office, typed: &str, visitor: &Visitor) -> Result<(), Error> {
    if !office.settings().open_registration {
        return Err(Fault::Off.into());
    }
    ask(office, ProofKind::Register, typed, visitor).await
}

/// Asks for a new password for the account of an address that is typed.
///
/// # Errors
/// What is wrong with the address; [`Fault::TooMany`].
pub async fn reset(office: &Office, typed: &str, visitor: &Visitor) -> Result<(), Error> {
    ask(office, ProofKind::Reset, typed, visitor).await
}

async fn ask(
    office: &Office,
    kind: ProofKind,
    typed: &str,
    visitor: &Visitor,
) -> Result<(), Error> {
    let email = Email::parse(typed).map_err(|problem| Fault::field(Field::Email, problem))?;
    let limits = [Limit::proofs_from(&visitor.address)];
    office.limits().count(&limits, office.now())?;
    let language = visitor.language;
    office
        .write(move |work| {
            Box::pin(async move {
                limit::count_stored(work, &limits).await?;
                insert(work, kind, &email, None, language).await
            })
        })
        .await
}

/// Asks to move the own account to another address.
///
/// # Errors
/// What is wrong with the address or the password; [`Fault::TooMany`]. An address that somebody else
/// has is answered like any other.
pub async fn change_address(
    office: &Office,
    account: &Account,
    typed: &str,
    password: &str,
) -> Result<(), Error> {
    let mut check = Check::default();
    let email = check.field(Field::Email, Email::parse(typed));
    let password = Some(password).filter(|password| !password.is_empty());
    let password = check.field(Field::OldPassword, password.ok_or(Problem::Missing));
    check.end()?;
    let (Some(email), Some(password)) = (email, password) else {
        return Err(Fault::Malformed.into());
    };
    own::prove_password(office, account, password).await?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::in_person(&mut work.conn, &account, work.now).await?;
                if me.email.folded() == email.folded() {
                    return Err(Fault::field(Field::Email, Problem::Taken).into());
                }
                limit::count_stored(work, &[Limit::moves_of(me.id)]).await?;
                // One place to go to: an earlier wish ends.
                end_of_kind(work, me.id, ProofKind::NewAddress).await?;
                insert(
                    work,
                    ProofKind::NewAddress,
                    &email,
                    Some(me.id),
                    me.language,
                )
                .await
            })
        })
        .await
}

async fn insert(
    work: &mut Work,
    kind: ProofKind,
    email: &Email,
    person: Option<PersonId>,
    language: Language,
) -> Result<(), Error> {
    let id = ProofId(work.office.fresh_id());
    on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(id).bind(kind).bind(email.as_str()).bind(email.folded()).bind(person)
        .bind(language).bind(work.now).bind(work.now.plus(WAITING_MS))
        .execute(c).await.map(|_| ()))?;
    outbox::owe_proof(work, kind, person, email).await
}

/// A proof whose mail is being worded.
pub(crate) struct Minted {
    pub secret: Secret,
    pub language: Language,
    pub expires_at: Millis,
}

/// The link of the newest request of this kind for `email`, if one still waits. From now on it is
/// about `person`.
pub(crate) async fn mint(
    work: &mut Work,
    kind: ProofKind,
    email: &Email,
    (asked_by, about): (Option<PersonId>, Option<PersonId>),
) -> Result<Option<Minted>, Error> {
    let row: Option<ProofRow> = on!(&mut work.conn, c => sqlx::query_as(sql::NEWEST)
        .bind(email.folded()).bind(kind).bind(work.now).bind(asked_by).fetch_optional(c).await)?;
    let Some(row) = row else {
        return Ok(None);
    };
    let secret = Secret::fresh(work.office.randomness());
    let expires_at = work.now.plus(life_ms(kind));
    on!(&mut work.conn, c => sqlx::query(sql::SET_HASH)
        .bind(row.id).bind(secret.hash().as_bytes()).bind(expires_at).bind(about)
        .execute(c).await.map(|_| ()))?;
    Ok(Some(Minted {
        secret,
        language: row.language,
        expires_at,
    }))
}

/// What the link with this secret leads to, if it still works. Asking changes nothing: robots open
/// links too.
///
/// # Errors
/// [`Fault::NotFound`], alike for secrets that were used, have expired or were never given.
pub async fn open(office: &Office, token: &str) -> Result<ProofView, Error> {
    let token = Secret::presented(token).ok_or(Fault::NotFound)?;
    let mut conn = office.read().await?;
    let row = working(&mut conn, &token, office.now()).await?;
    // A link to an account ends with it.
    if let Some(person) = row.person_id
        && person::rights_of(&mut conn, person).await?.is_none()
    {
        return Err(Fault::NotFound.into());
    }
    Ok(ProofView {
        kind: row.kind,
        email: row.email,
        person: row.person_id,
        language: row.language,
        expires_at: row.expires_at,
    })
}

async fn working(conn: &mut Conn, token: &Secret, now: Millis) -> Result<ProofRow, Error> {
    let row: Option<ProofRow> = on!(conn, c => sqlx::query_as(sql::BY_HASH)
        .bind(token.hash().as_bytes()).bind(now).fetch_optional(c).await)?;
    Ok(row.ok_or(Fault::NotFound)?)
}

/// Ends every link that is about `person`.
async fn end_of(work: &mut Work, person: PersonId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::END_OF)
        .bind(person).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends every link of a kind that is about `person`.
pub(crate) async fn end_of_kind(
    work: &mut Work,
    person: PersonId,
    kind: ProofKind,
) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::END_OF_KIND)
        .bind(person).bind(kind).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Removes links that have expired.
pub(crate) async fn sweep(work: &mut Work) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::SWEEP)
        .bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}
