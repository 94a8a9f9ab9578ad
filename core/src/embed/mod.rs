//! Visitors of other sites, for whom those sites vouch. A site signs a short word about its visitor
//! with a key of ours; whoever shows it is somebody with threads of their own, known by (key, subject)
//! and never by an address. What stays known for an hour is signed with the same secret, so that
//! nothing is written for each page that a visitor opens, and a key that is revoked ends all of it.

pub(crate) mod jwt;
pub mod key;
pub(crate) mod sql;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pigeon_wire::embed::{STAY_PREFIX, STAY_S, VouchedView};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::person::Language;
use pigeon_wire::text::{Email, Name};
use pigeon_wire::{EmbedKeyId, Fault, Millis, PersonId};
use serde_json::json;
use uuid::Uuid;

use crate::actor::{Account, Credential, Visitor};
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::limit::Limit;
use crate::person::{self, hour_of};
use crate::work::Work;
use crate::{Error, Office};
use jwt::{Claims, Presented};

/// What a word that is not believed lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unvouched {
    /// It is no token of the form that is expected.
    Malformed,
    /// It names another algorithm than HS256.
    Algorithm,
    /// It names no key that stands.
    Key,
    /// The key's secret has not signed it.
    Signature,
    /// It is over.
    Expired,
    /// It is from the future.
    Early,
    /// It would hold for longer than a word may.
    TooLong,
    /// It is for somebody else.
    Audience,
    /// It names nobody.
    Subject,
    /// Whom it names was deactivated here.
    Deactivated,
}

/// What a site's word was worth.
#[derive(Debug, PartialEq, Eq)]
pub enum Word {
    /// It is believed.
    Good {
        /// What the visitor shows from now on.
        token: String,
        /// When the site is to be asked anew.
        until: Millis,
        /// Who it is here.
        person: PersonId,
    },
    /// It is not.
    Bad(Unvouched),
}

/// A key that stands.
#[derive(sqlx::FromRow)]
struct KeyRow {
    secret: String,
    secret_at: Millis,
    used_at: Option<Millis>,
}

/// Somebody who was vouched for before.
#[derive(sqlx::FromRow)]
struct KnownRow {
    person_id: PersonId,
    email: Option<String>,
    name: String,
    deactivated_at: Option<Millis>,
}

/// Takes a site's word for its visitor. Writes only what is new: somebody seen for the first time,
/// another name, and once an hour that the key was used.
///
/// # Errors
/// [`Fault::TooMany`].
pub async fn vouch(office: &Office, token: &str, visitor: &Visitor) -> Result<Word, Error> {
    let limits = [Limit::vouches_from(&visitor.address)];
    office.limits().count(&limits, office.now())?;
    let presented = match Presented::read(token) {
        Ok(presented) => presented,
        Err(why) => return Ok(Word::Bad(why)),
    };
    let id = presented.key;
    let mut conn = office.read().await?;
    let Some(key) = find_key(&mut conn, id).await? else {
        return Ok(Word::Bad(Unvouched::Key));
    };
    let audience = office.settings().public_url.clone();
    let claims = match presented.proven(&key.secret, &audience, office.now()) {
        Ok(claims) => claims,
        Err(why) => return Ok(Word::Bad(why)),
    };
    let Some(name) = name_of(&claims) else {
        return Ok(Word::Bad(Unvouched::Subject));
    };
    let email = claims
        .email
        .as_deref()
        .and_then(|typed| Email::parse(typed).ok());
    let email = email.map(String::from);
    let known = find(&mut conn, id, &claims.subject).await?;
    drop(conn);
    let hour = hour_of(office.now());
    let is_same = |known: &KnownRow| known.name == name.as_str() && known.email == email;
    let is_kept = key.used_at.is_some_and(|used| used >= hour);
    let known = if let Some(known) = known.filter(|known| is_kept && is_same(known)) {
        known
    } else {
        let language = visitor.language;
        let seen = Seen {
            name,
            email,
            language,
        };
        office
            .write(move |work| {
                Box::pin(async move { keep(work, id, &claims.subject, &seen).await })
            })
            .await?
    };
    if known.deactivated_at.is_some() {
        return Ok(Word::Bad(Unvouched::Deactivated));
    }
    let until = office.now().plus(STAY_S * 1000);
    let stay = Stay {
        key: id,
        person: known.person_id,
        secret_at: key.secret_at,
        until,
    };
    Ok(Word::Good {
        token: stay.signed(&key.secret),
        until,
        person: known.person_id,
    })
}

/// What a word tells of its visitor.
struct Seen {
    name: Name,
    email: Option<String>,
    language: Language,
}

/// A display name: the one that the site gives, or its own name for the visitor.
fn name_of(claims: &Claims) -> Option<Name> {
    let given = claims
        .name
        .as_deref()
        .and_then(|name| Name::parse(name).ok());
    given.or_else(|| Name::parse(&claims.subject).ok())
}

async fn find_key(conn: &mut Conn, id: EmbedKeyId) -> Result<Option<KeyRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::KEY).bind(id).fetch_optional(c).await)?)
}

async fn find(conn: &mut Conn, key: EmbedKeyId, subject: &str) -> Result<Option<KnownRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::KNOWN).bind(key).bind(subject).fetch_optional(c).await)?)
}

/// Keeps what is new of a visitor, whom it makes if need be.
async fn keep(
    work: &mut Work,
    key: EmbedKeyId,
    subject: &str,
    seen: &Seen,
) -> Result<KnownRow, Error> {
    if let Conn::Postgres(_) = &work.conn {
        on!(&mut work.conn, c => sqlx::query(sql::HOLD_KEY).bind(key).execute(c).await.map(|_| ()))?;
    }
    on!(&mut work.conn, c => sqlx::query(sql::USED)
        .bind(key).bind(hour_of(work.now)).execute(c).await.map(|_| ()))?;
    let Some(known) = find(&mut work.conn, key, subject).await? else {
        let person_id = person::insert_vouched(work, &seen.name, subject, seen.language).await?;
        on!(&mut work.conn, c => sqlx::query(sql::ADD)
            .bind(key).bind(subject).bind(person_id).bind(&seen.email).bind(work.now)
            .execute(c).await.map(|_| ()))?;
        let about = About::person(person_id).with(json!({ "subject": subject }));
        audit::note(work, None, Act::Vouched, about).await?;
        return Ok(KnownRow {
            person_id,
            email: seen.email.clone(),
            name: seen.name.as_str().to_owned(),
            deactivated_at: None,
        });
    };
    if known.email != seen.email {
        on!(&mut work.conn, c => sqlx::query(sql::SET_EMAIL)
            .bind(key).bind(subject).bind(&seen.email).execute(c).await.map(|_| ()))?;
    }
    if known.name != seen.name.as_str() {
        on!(&mut work.conn, c => sqlx::query(sql::SET_NAME)
            .bind(known.person_id).bind(seen.name.as_str()).execute(c).await.map(|_| ()))?;
    }
    Ok(known)
}

/// Who stays known, by which key, until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stay {
    key: EmbedKeyId,
    person: PersonId,
    secret_at: Millis,
    until: Millis,
}

impl Stay {
    /// What is signed. It begins with what no word of a site can contain, so that neither is ever
    /// taken for the other.
    fn text(payload: &str) -> String {
        ["stay:", payload].concat()
    }

    fn signed(&self, secret: &str) -> String {
        let mut bytes = Vec::with_capacity(STAY_BYTES);
        bytes.extend_from_slice(self.key.0.as_bytes());
        bytes.extend_from_slice(self.person.0.as_bytes());
        bytes.extend_from_slice(&self.secret_at.0.to_be_bytes());
        bytes.extend_from_slice(&self.until.0.to_be_bytes());
        let payload = URL_SAFE_NO_PAD.encode(bytes);
        let mac = jwt::signature(secret, Self::text(&payload).as_bytes());
        [STAY_PREFIX, &payload, ".", &URL_SAFE_NO_PAD.encode(mac)].concat()
    }

    /// What a token says, of which nothing is believed yet; with what is signed, and the signature.
    fn read(token: &str) -> Option<(Self, String, Vec<u8>)> {
        let (payload, mac) = token.strip_prefix(STAY_PREFIX)?.split_once('.')?;
        let bytes: [u8; STAY_BYTES] = URL_SAFE_NO_PAD.decode(payload).ok()?.try_into().ok()?;
        let (key, rest) = bytes.split_first_chunk::<16>()?;
        let (person, rest) = rest.split_first_chunk::<16>()?;
        let (secret_at, rest) = rest.split_first_chunk::<8>()?;
        let (until, _) = rest.split_first_chunk::<8>()?;
        let stay = Self {
            key: EmbedKeyId(Uuid::from_bytes(*key)),
            person: PersonId(Uuid::from_bytes(*person)),
            secret_at: Millis(i64::from_be_bytes(*secret_at)),
            until: Millis(i64::from_be_bytes(*until)),
        };
        Some((stay, Self::text(payload), URL_SAFE_NO_PAD.decode(mac).ok()?))
    }
}

/// Bytes of a stay: two ids and two moments.
const STAY_BYTES: usize = 48;

/// Who shows this token, if the key that it rests on stands and the hour is not over. Every command
/// asks for the key again.
pub async fn recognise(office: &Office, token: &str) -> Result<Option<Account>, Error> {
    let Some((stay, text, mac)) = Stay::read(token) else {
        return Ok(None);
    };
    let mut conn = office.read().await?;
    let Some(key) = find_key(&mut conn, stay.key).await? else {
        return Ok(None);
    };
    let stands = stay.until > office.now() && stay.secret_at == key.secret_at;
    if !stands || !jwt::is_signed(&key.secret, text.as_bytes(), &mac) {
        return Ok(None);
    }
    Ok(Some(Account {
        person: stay.person,
        by: Credential::Vouched {
            key: stay.key,
            secret_at: stay.secret_at,
            until: stay.until,
        },
    }))
}

/// By whom `person` is vouched for, if by anybody.
pub(crate) async fn of(conn: &mut Conn, person: PersonId) -> Result<Option<VouchedView>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::OF).bind(person).fetch_optional(c).await)?)
}

/// Refuses a role for somebody whom another site vouches for: whoever has its secret can be them, and
/// that opens nothing of the team's.
pub(crate) async fn none_vouches(conn: &mut Conn, person: PersonId) -> Result<(), Error> {
    match of(conn, person).await? {
        None => Ok(()),
        Some(_) => Err(Fault::field(Field::Role, Problem::Unknown).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay() -> Stay {
        Stay {
            key: EmbedKeyId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            secret_at: Millis(3),
            until: Millis(-4),
        }
    }

    #[test]
    fn a_stay_reads_back_as_it_was_signed() {
        let token = stay().signed("secret");
        let (read, text, mac) = Stay::read(&token).unwrap();
        assert_eq!(read, stay());
        assert!(jwt::is_signed("secret", text.as_bytes(), &mac));
        assert!(!jwt::is_signed("other", text.as_bytes(), &mac));
    }

    #[test]
    fn what_is_no_stay_is_none() {
        let token = stay().signed("secret");
        let long = [&token, "AAAA"].concat();
        let bare = token.strip_prefix(STAY_PREFIX).unwrap();
        for text in ["", "pge_", "pge_.", "pge_AAAA.AAAA", bare] {
            assert!(Stay::read(text).is_none(), "{text}");
        }
        let (_, text, mac) = Stay::read(&long).unwrap();
        assert!(!jwt::is_signed("secret", text.as_bytes(), &mac));
    }
}
