//! Users, their roles and what they may do now.

pub mod export;
mod log_in;
pub mod manage;
pub mod notice;
pub mod own;
pub mod picture;
mod release;
pub(crate) mod sql;
mod vouched;

pub(crate) use log_in::{LogIn, hour_of, may_log_in};
pub(crate) use vouched::{insert_vouched, is_reachable};

pub use manage::{change_role, deactivate, page, people, reactivate};
pub use release::{Held, release};

use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::notice::Notices;
use pigeon_wire::permission::{BuiltinRole, Permission, Permissions};
use pigeon_wire::person::{Language, Me, PersonKind, PersonRef};
use pigeon_wire::text::{Check, Email, Name, Password};
use pigeon_wire::{Fault, Millis, PersonId};
use serde::Deserialize;

use crate::actor::{Account, Credential};
use crate::db::{Conn, on};
use crate::error::is_taken;
use crate::setting::Settings;
use crate::work::Work;
use crate::zone::Zone;
use crate::{Error, Office, audit, role, token};

/// A user with what they may do at this moment: made only by reading the database.
#[derive(Clone, Debug)]
pub struct Rights {
    /// Who.
    pub id: PersonId,
    /// Display name.
    pub name: String,
    /// Address.
    pub email: Email,
    /// The role's word, if any.
    pub role: Option<String>,
    /// The language that they read.
    pub language: Language,
    /// The time zone that they have chosen, if any: see [`Rights::zone`].
    zone: Option<Zone>,
    /// What the role allows.
    pub permissions: Permissions,
    /// What they want to be told.
    pub notices: Notices,
}

#[derive(sqlx::FromRow)]
struct RightsRow {
    id: PersonId,
    name: String,
    email: String,
    role: Option<String>,
    language: Language,
    time_zone: Option<String>,
    permissions: Option<String>,
    notices: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ProgramRow {
    scopes: String,
    #[sqlx(flatten)]
    rights: RightsRow,
}

impl Rights {
    /// Refuses whoever lacks `permission`.
    pub fn need(&self, permission: Permission) -> Result<(), Error> {
        if self.permissions.has(permission) {
            Ok(())
        } else {
            Err(Fault::Forbidden(permission).into())
        }
    }

    /// The time zone in which they read times: their own, or the site's.
    pub fn zone(&self, settings: &Settings) -> Zone {
        self.zone.clone().unwrap_or_else(|| settings.zone())
    }

    /// Whether they own this house.
    pub fn is_owner(&self) -> bool {
        self.role.as_deref() == Some(BuiltinRole::Owner.as_str())
    }

    /// The person as the team sees them.
    pub fn as_ref(&self) -> PersonRef {
        PersonRef {
            id: self.id,
            name: self.name.clone(),
        }
    }

    /// The person as their own pages know them, with so many of their threads unread.
    pub fn into_me(self, unread: i64) -> Me {
        Me {
            id: self.id,
            name: self.name,
            email: self.email.into(),
            role: self.role,
            permissions: self.permissions,
            unread,
        }
    }
}

impl TryFrom<RightsRow> for Rights {
    type Error = Error;
    fn try_from(row: RightsRow) -> Result<Self, Error> {
        let permissions = match row.permissions {
            None => Permissions::NONE,
            Some(list) => permissions_of(&list)?,
        };
        let email = Email::parse(&row.email).map_err(|problem| Error::Inconsistent {
            table: "people",
            column: "email",
            what: problem.to_string(),
        })?;
        let RightsRow {
            id,
            name,
            role,
            language,
            time_zone,
            notices,
            ..
        } = row;
        Ok(Self {
            id,
            name,
            email,
            role,
            language,
            zone: time_zone.as_deref().map(Zone::stored),
            permissions,
            notices: notice::stored(notices.as_deref()),
        })
    }
}

/// A stored list of permissions.
pub(crate) fn permissions_of(list: &str) -> Result<Permissions, Error> {
    #[derive(Deserialize)]
    struct List(Vec<Permission>);
    serde_json::from_str::<List>(list)
        .map(|List(all)| Permissions::of(&all))
        .map_err(|cause| Error::Inconsistent {
            table: "roles",
            column: "permissions",
            what: cause.to_string(),
        })
}

/// What `account` may do now: a user what their role allows; a program no more of it than the scopes
/// of its token; whoever another site vouches for nothing that needs a permission. Every command that asks here is bounded by them.
///
/// # Errors
/// [`Fault::NotSignedIn`] when session or token has ended, or the person was deactivated.
pub async fn rights(conn: &mut Conn, account: &Account, now: Millis) -> Result<Rights, Error> {
    match account.by {
        Credential::Session(session) => {
            let row: Option<RightsRow> = on!(conn, c => sqlx::query_as(sql::RIGHTS)
                .bind(session).bind(account.person).bind(now)
                .fetch_optional(c).await)?;
            row.ok_or(Fault::NotSignedIn)?.try_into()
        }
        Credential::Token(token) => {
            let row: Option<ProgramRow> = on!(conn, c => sqlx::query_as(sql::RIGHTS_BY_TOKEN)
                .bind(token).bind(account.person).bind(now)
                .fetch_optional(c).await)?;
            let ProgramRow { scopes, rights } = row.ok_or(Fault::NotSignedIn)?;
            let most = token::scopes_of(&scopes)?.permissions();
            let rights = Rights::try_from(rights)?;
            Ok(Rights {
                permissions: rights.permissions.within(most),
                ..rights
            })
        }
        Credential::Vouched {
            key,
            secret_at,
            until,
        } => {
            if until <= now {
                return Err(Fault::NotSignedIn.into());
            }
            let row: Option<RightsRow> = on!(conn, c => sqlx::query_as(sql::RIGHTS_BY_KEY)
                .bind(key).bind(account.person).bind(secret_at)
                .fetch_optional(c).await)?;
            // Whatever role the person has been given: the word of another site opens none of it.
            Ok(Rights {
                role: None,
                permissions: Permissions::NONE,
                ..Rights::try_from(row.ok_or(Fault::NotSignedIn)?)?
            })
        }
    }
}

/// The rights of a user who is here in person: what is about the account itself is no program's
/// business.
///
/// # Errors
/// [`Fault::OutOfScope`] for a program; otherwise as [`rights`].
pub(crate) async fn in_person(
    conn: &mut Conn,
    account: &Account,
    now: Millis,
) -> Result<Rights, Error> {
    account.session()?;
    rights(conn, account, now).await
}

/// What `person` may do now, whoever asks; `None` for guests and the deactivated.
pub(crate) async fn rights_of(conn: &mut Conn, person: PersonId) -> Result<Option<Rights>, Error> {
    let row: Option<RightsRow> = on!(conn, c => sqlx::query_as(sql::RIGHTS_OF)
        .bind(person).fetch_optional(c).await)?;
    row.map(Rights::try_from).transpose()
}

/// Everybody who is staff now, by name.
pub(crate) async fn staff(conn: &mut Conn) -> Result<Vec<Rights>, Error> {
    let rows: Vec<RightsRow> = on!(conn, c => sqlx::query_as(sql::STAFF).fetch_all(c).await)?;
    let all: Result<Vec<_>, _> = rows.into_iter().map(Rights::try_from).collect();
    Ok(all?
        .into_iter()
        .filter(|person| person.permissions.is_staff())
        .collect())
}

/// A user to be.
pub(crate) struct NewUser {
    pub email: Email,
    pub name: Name,
    pub role: Option<String>,
    pub password_hash: String,
    pub language: Language,
}

/// Checks what was typed about a new user.
pub(crate) fn check(
    name: &str,
    email: &str,
    password: &str,
) -> Result<(Name, Email, Password), Fault> {
    let mut check = Check::default();
    let name = check.field(Field::Name, Name::parse(name));
    let email = check.field(Field::Email, Email::parse(email));
    let password = check.field(Field::Password, Password::parse(password));
    check.end()?;
    match (name, email, password) {
        (Some(name), Some(email), Some(password)) => Ok((name, email, password)),
        _ => Err(Fault::Malformed),
    }
}

/// Stores a new user.
///
/// # Errors
/// [`Problem::Taken`] when the address has an account already; [`Problem::Unknown`] for a role that
/// is none.
pub(crate) async fn insert(work: &mut Work, new: &NewUser) -> Result<PersonId, Error> {
    if let Some(role) = &new.role {
        role::known(&mut work.conn, role).await?;
    }
    let id = PersonId(work.office.fresh_id());
    let stored = on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(id).bind(PersonKind::User).bind(new.name.as_str()).bind(new.email.as_str())
        .bind(new.email.folded()).bind(&new.role).bind(&new.password_hash).bind(new.language)
        .bind(work.now)
        .execute(c).await.map(|_| ()));
    match stored {
        Ok(()) => Ok(id),
        Err(error) if is_taken(&error) => Err(Fault::field(Field::Email, Problem::Taken).into()),
        Err(error) => Err(error.into()),
    }
}

/// Stores a guest for one thread: guests are known by thread and link, never by address alone, so
/// that a typed address gains nothing.
pub(crate) async fn insert_guest(
    work: &mut Work,
    name: &Name,
    email: &Email,
    language: Language,
) -> Result<PersonId, Error> {
    let id = PersonId(work.office.fresh_id());
    on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(id).bind(PersonKind::Guest).bind(name.as_str()).bind(email.as_str())
        .bind(email.folded()).bind(None::<String>).bind(None::<String>).bind(language)
        .bind(work.now)
        .execute(c).await.map(|_| ()))?;
    Ok(id)
}

/// Adds a user from the command line.
///
/// `role` is a role's word, or `user` for somebody without one.
///
/// # Errors
/// What [`Fault::Invalid`] tells of the fields.
pub async fn add(
    office: &Office,
    email: &str,
    name: &str,
    role: &str,
    password: &str,
) -> Result<PersonId, Error> {
    let (name, email, password) = check(name, email, password)?;
    let password_hash = office.hash_password(password).await?;
    let role = (role != "user").then(|| role.to_owned());
    let language = office.settings().language;
    let new = NewUser {
        email,
        name,
        role,
        password_hash,
        language,
    };
    office
        .write(move |work| {
            Box::pin(async move {
                let id = insert(work, &new).await?;
                if let Some(slug) = &new.role {
                    let role = role::known(&mut work.conn, slug).await?;
                    if role.permissions.has(Permission::ReadDirect) {
                        let about = audit::About::person(id);
                        role::tell_owners(work, None, about, &role.name).await?;
                    }
                }
                audit::note(
                    work,
                    None,
                    audit::Act::PersonAdded,
                    audit::About::person(id),
                )
                .await?;
                Ok(id)
            })
        })
        .await
}

/// Makes sure that the builtin roles are there.
pub(crate) async fn ensure_roles(office: &Office) -> Result<(), Error> {
    office
        .write(|work| {
            Box::pin(async move {
                for role in BuiltinRole::ALL {
                    let list = Vec::<Permission>::from(role.permissions());
                    let list = serde_json::json!(list).to_string();
                    on!(&mut work.conn, c => sqlx::query(role::sql::ADD_BUILTIN)
                        .bind(role.as_str()).bind(role.as_str()).bind(role.as_str())
                        .bind(&list).bind(true)
                        .execute(c).await.map(|_| ()))?;
                }
                Ok(())
            })
        })
        .await
}

/// Whether an account has this address, deactivated ones included.
pub(crate) async fn has_address(conn: &mut Conn, folded: &str) -> Result<bool, Error> {
    let found: i64 = on!(conn, c => sqlx::query_scalar(sql::HAS_ADDRESS)
        .bind(folded).fetch_one(c).await)?;
    Ok(found > 0)
}

/// Whether there is an owner who can sign in.
pub(crate) async fn has_owner(conn: &mut Conn) -> Result<bool, Error> {
    let owners: i64 = on!(conn, c => sqlx::query_scalar(sql::HAS_OWNER).fetch_one(c).await)?;
    Ok(owners > 0)
}

/// Id and password hash of the account with this address, if there is one.
pub(crate) async fn by_email(
    conn: &mut Conn,
    folded: &str,
) -> Result<Option<(PersonId, Option<String>)>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::BY_EMAIL).bind(folded).fetch_optional(c).await)?)
}
