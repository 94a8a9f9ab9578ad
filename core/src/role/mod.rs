//! Roles: the built-in ones, which stay as they are, and custom ones beside them.

pub(crate) mod sql;

use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::permission::{BuiltinRole, Permission, Permissions};
use pigeon_wire::team::{MOVED_MAX, ROLE_NAME_CHARS_MAX, ROLES_MAX, RoleRef, RoleView, RolesPage};
use pigeon_wire::text::{Check, Name};
use pigeon_wire::{Fault, Millis, PersonId};
use serde_json::json;

use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::error::is_taken;
use crate::outbox;
use crate::person::manage::{self, Manager};
use crate::person::{self, permissions_of};
use crate::work::Work;
use crate::{Error, Office};

/// A role as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub slug: String,
    pub name: String,
    pub permissions: Permissions,
    pub builtin: bool,
    used: i64,
}

#[derive(sqlx::FromRow)]
struct RoleRow {
    slug: String,
    name: String,
    permissions: String,
    builtin: bool,
    used: i64,
}

impl TryFrom<RoleRow> for Role {
    type Error = Error;
    fn try_from(row: RoleRow) -> Result<Self, Error> {
        let permissions = permissions_of(&row.permissions)?;
        let RoleRow {
            slug,
            name,
            builtin,
            used,
            ..
        } = row;
        Ok(Self {
            slug,
            name,
            permissions,
            builtin,
            used,
        })
    }
}

impl Role {
    /// Whether whoever has it owns the house.
    pub fn makes_owner(&self) -> bool {
        self.slug == BuiltinRole::Owner.as_str()
    }

    /// Where it stands in a list: what allows most of what is built in comes first, custom ones
    /// follow as they are.
    fn place(&self) -> usize {
        let mut all = BuiltinRole::ALL.iter();
        let found = all.position(|builtin| builtin.as_str() == self.slug);
        found.unwrap_or(usize::MAX)
    }

    /// Its word and name.
    pub fn to_ref(&self) -> RoleRef {
        RoleRef {
            slug: self.slug.clone(),
            name: self.name.clone(),
        }
    }
}

/// The role of this word.
///
/// # Errors
/// [`Problem::Unknown`] for a word that is none.
pub(crate) async fn known(conn: &mut Conn, slug: &str) -> Result<Role, Error> {
    find(conn, slug)
        .await?
        .ok_or_else(|| Fault::field(Field::Role, Problem::Unknown).into())
}

async fn find(conn: &mut Conn, slug: &str) -> Result<Option<Role>, Error> {
    let row: Option<RoleRow> = on!(conn, c => sqlx::query_as(sql::BY_SLUG)
        .bind(slug).fetch_optional(c).await)?;
    row.map(Role::try_from).transpose()
}

/// Every role, built-in ones first.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<Role>, Error> {
    let rows: Vec<RoleRow> = on!(conn, c => sqlx::query_as(sql::LIST).fetch_all(c).await)?;
    let roles: Result<Vec<Role>, Error> = rows.into_iter().map(Role::try_from).collect();
    let mut roles = roles?;
    roles.sort_by_key(Role::place);
    Ok(roles)
}

/// Every role with what it allows, for whoever manages people.
pub async fn list(office: &Office, account: &Account) -> Result<RolesPage, Error> {
    let mut conn = office.read().await?;
    let manager = Manager::reading(&mut conn, account, office.now()).await?;
    let roles = all(&mut conn).await?.into_iter();
    let roles = roles.map(|role| RoleView {
        givable: manager.may_give(&role).is_ok(),
        role: role.to_ref(),
        permissions: role.permissions,
        used: role.used,
    });
    let every = Permission::ALL.iter().copied();
    let may_add = |one: &Permission| manager.may_allow(Permissions::of(&[*one])).is_ok();
    Ok(RolesPage {
        roles: roles.collect(),
        allowed: every.filter(may_add).collect(),
    })
}

/// What was typed of a role.
struct Typed {
    name: Name,
    permissions: Permissions,
}

impl Typed {
    fn check(name: &str, permissions: &[Permission]) -> Result<Self, Fault> {
        let name = Name::parse(name).and_then(|name| {
            let fits = name.as_str().chars().count() <= ROLE_NAME_CHARS_MAX;
            let max = u32::try_from(ROLE_NAME_CHARS_MAX).unwrap_or(u32::MAX);
            if fits {
                Ok(name)
            } else {
                Err(Problem::TooLong { max })
            }
        });
        let set = Permissions::of(permissions);
        let permissions = (set != Permissions::NONE).then_some(set);
        let mut check = Check::default();
        let name = check.field(Field::Name, name);
        let permissions = check.field(Field::Permissions, permissions.ok_or(Problem::Missing));
        check.end()?;
        match (name, permissions) {
            (Some(name), Some(permissions)) => Ok(Self { name, permissions }),
            _ => Err(Fault::Malformed),
        }
    }

    fn folded(&self) -> String {
        self.name.as_str().to_lowercase()
    }

    fn list(&self) -> String {
        json!(Vec::<Permission>::from(self.permissions)).to_string()
    }
}

/// Makes a custom role; answers its word.
///
/// # Errors
/// [`Problem::Taken`] for a name that there is; what [`Manager::may_allow`] refuses.
pub async fn create(
    office: &Office,
    account: &Account,
    name: &str,
    permissions: &[Permission],
) -> Result<String, Error> {
    let typed = Typed::check(name, permissions)?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &account).await?;
                manager.may_allow(typed.permissions)?;
                let count: i64 =
                    on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT).fetch_one(c).await)?;
                if count >= ROLES_MAX {
                    return Err(Fault::TooLarge.into());
                }
                let slug = format!("custom-{}", work.office.fresh_id().simple());
                let stored = on!(&mut work.conn, c => sqlx::query(sql::INSERT)
                    .bind(&slug).bind(typed.name.as_str()).bind(typed.folded())
                    .bind(typed.list()).bind(false)
                    .execute(c).await.map(|_| ()));
                named(stored)?;
                let facts = json!({ "name": typed.name.as_str(), "permissions": typed.list() });
                noted(work, &manager, Act::RoleMade, facts).await?;
                if typed.permissions.has(Permission::ReadDirect) {
                    tell_owners(
                        work,
                        Some(manager.me.id),
                        About::default(),
                        typed.name.as_str(),
                    )
                    .await?;
                }
                Ok(slug)
            })
        })
        .await
}

/// Changes a custom role. Whoever has it gains or loses at once, open pages included.
///
/// # Errors
/// [`Problem::BuiltIn`] for a built-in one; [`Problem::Taken`] for another's name; what
/// [`Manager::may_allow`] refuses of what is new.
pub async fn edit(
    office: &Office,
    account: &Account,
    slug: &str,
    name: &str,
    permissions: &[Permission],
) -> Result<(), Error> {
    let typed = Typed::check(name, permissions)?;
    let (account, slug) = (account.clone(), slug.to_owned());
    office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &account).await?;
                let before = custom(work, &slug).await?;
                let gained = typed.permissions.without(before.permissions);
                manager.may_allow(gained)?;
                let stored = on!(&mut work.conn, c => sqlx::query(sql::UPDATE)
                    .bind(&slug).bind(typed.name.as_str()).bind(typed.folded()).bind(typed.list())
                    .execute(c).await.map(|_| ()));
                named(stored)?;
                let facts = json!({
                    "name": typed.name.as_str(),
                    "old_name": (before.name != typed.name.as_str()).then_some(&before.name),
                    "permissions": typed.list(),
                });
                noted(work, &manager, Act::RoleEdited, facts).await?;
                if gained.has(Permission::ReadDirect) {
                    tell_owners(
                        work,
                        Some(manager.me.id),
                        About::default(),
                        typed.name.as_str(),
                    )
                    .await?;
                }
                manage::tell_everybody_with(work, &slug, before.permissions, typed.permissions)
                    .await
            })
        })
        .await
}

/// What becomes of whoever has a role that is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// The role stays as long as somebody has it.
    Nowhere,
    /// They have no role then.
    ToNone,
    /// They get the role of this word.
    To(String),
}

/// Deletes a custom role. Whoever has it, people and open invitations, moves to another one first.
///
/// # Errors
/// [`Problem::BuiltIn`] for a built-in one; [`Problem::InUse`] while somebody has it and is to move
/// nowhere; what [`Manager::may_give`] refuses of the other role.
pub async fn delete(office: &Office, account: &Account, slug: &str, to: Move) -> Result<(), Error> {
    let (account, slug) = (account.clone(), slug.to_owned());
    office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &account).await?;
                let role = custom(work, &slug).await?;
                let used: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::USED)
                    .bind(&slug).fetch_one(c).await)?;
                if used > 0 {
                    moved(work, &manager, &role, to).await?;
                }
                on!(&mut work.conn, c => sqlx::query(sql::DELETE)
                    .bind(&slug).execute(c).await.map(|_| ()))?;
                noted(
                    work,
                    &manager,
                    Act::RoleDeleted,
                    json!({ "name": role.name }),
                )
                .await
            })
        })
        .await
}

/// Gives whoever has `role` the one that they move to, open pages and invitations included.
async fn moved(work: &mut Work, manager: &Manager, role: &Role, to: Move) -> Result<(), Error> {
    let other = match to {
        Move::Nowhere => return Err(Fault::field(Field::Role, Problem::InUse).into()),
        Move::ToNone => None,
        Move::To(slug) if slug == role.slug => {
            return Err(Fault::field(Field::Role, Problem::Unknown).into());
        }
        Move::To(slug) => Some(known(&mut work.conn, &slug).await?),
    };
    if let Some(other) = &other {
        manager.may_give(other)?;
    }
    let people: Vec<(PersonId, Option<Millis>)> = on!(&mut work.conn, c => {
        sqlx::query_as(person::sql::ALL_WITH_ROLE)
            .bind(&role.slug).bind(MOVED_MAX + 1).fetch_all(c).await
    })?;
    if i64::try_from(people.len()).unwrap_or(i64::MAX) > MOVED_MAX {
        return Err(Fault::TooLarge.into());
    }
    let slug = other.as_ref().map(|other| other.slug.clone());
    for statement in [person::sql::MOVE_ROLE, sql::MOVE_INVITATIONS] {
        on!(&mut work.conn, c => sqlx::query(statement)
            .bind(&role.slug).bind(&slug).execute(c).await.map(|_| ()))?;
    }
    let after = other
        .as_ref()
        .map_or(Permissions::NONE, |other| other.permissions);
    let reads_direct = after.without(role.permissions).has(Permission::ReadDirect);
    for (id, deactivated_at) in people {
        let facts = json!({ "from": role.name, "to": other.as_ref().map(|other| &other.name) });
        let about = About::person(id).with(facts);
        audit::note(work, Some(manager.me.id), Act::RoleChanged, about).await?;
        if let (true, Some(other)) = (reads_direct, &other) {
            let about = About::person(id).with(json!({ "role": other.name }));
            audit::note(work, Some(manager.me.id), Act::ReadDirectGranted, about).await?;
        }
        if deactivated_at.is_none() {
            manage::tell(work, id, role.permissions, after);
        }
    }
    if reads_direct {
        outbox::owe_read_direct(work).await?;
    }
    Ok(())
}

async fn custom(work: &mut Work, slug: &str) -> Result<Role, Error> {
    let role = find(&mut work.conn, slug).await?.ok_or(Fault::NotFound)?;
    if role.builtin {
        return Err(Fault::field(Field::Role, Problem::BuiltIn).into());
    }
    Ok(role)
}

fn named(stored: Result<(), sqlx::Error>) -> Result<(), Error> {
    match stored {
        Err(error) if is_taken(&error) => Err(Fault::field(Field::Name, Problem::Taken).into()),
        other => Ok(other?),
    }
}

async fn noted(
    work: &mut Work,
    manager: &Manager,
    act: Act,
    facts: serde_json::Value,
) -> Result<(), Error> {
    audit::note(work, Some(manager.me.id), act, About::default().with(facts)).await
}

/// Writes down that the reading of others' direct threads was allowed, and has every owner told.
pub(crate) async fn tell_owners(
    work: &mut Work,
    actor: Option<PersonId>,
    about: About,
    role: &str,
) -> Result<(), Error> {
    let about = about.with(json!({ "role": role }));
    audit::note(work, actor, Act::ReadDirectGranted, about).await?;
    outbox::owe_read_direct(work).await
}
