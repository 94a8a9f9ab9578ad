//! Managing people: the proof of the right, roles given and taken, accounts ended and reopened.

use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::permission::{BuiltinRole, Permission, Permissions};
use pigeon_wire::team::{
    Giver, MayChange, NotGivable, PEOPLE_PAGE, PeopleFilter, PeoplePage, PersonPage, PersonRow,
    RoleRef,
};
use pigeon_wire::{Fault, Millis, PersonId};
use serde_json::json;

use super::release::{self, Held};
use super::{Rights, permissions_of, rights, sql};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::hub::{Announcement, Ended};
use crate::role::{self, Role};
use crate::work::Work;
use crate::{Error, Office, embed, invitation, outbox, session};

/// Proof that its holder manages people.
pub(crate) struct Manager {
    pub me: Rights,
}

impl Manager {
    /// Proves it for reading.
    pub async fn reading(conn: &mut Conn, account: &Account, now: Millis) -> Result<Self, Error> {
        let me = rights(conn, account, now).await?;
        me.need(Permission::ManagePeople)?;
        Ok(Self { me })
    }

    /// Proves it for writing. Those who write take turns, and the right is asked for only when it
    /// is one's own turn: two owners who demote each other cannot both succeed.
    pub async fn writing(work: &mut Work, account: &Account) -> Result<Self, Error> {
        take_turns(work).await?;
        Self::reading(&mut work.conn, account, work.now).await
    }

    /// Refuses a role that this manager may not give.
    pub fn may_give(&self, role: &Role) -> Result<(), Error> {
        let may = giver(&self.me).may_give(role.permissions, role.makes_owner());
        Ok(may.map_err(|why| refusal(Field::Role, why))?)
    }

    /// Refuses permissions that this manager may not put into a role.
    pub fn may_allow(&self, permissions: Permissions) -> Result<(), Error> {
        let may = giver(&self.me).may_give(permissions, false);
        Ok(may.map_err(|why| refusal(Field::Permissions, why))?)
    }

    /// The user to work on: an owner is changed by owners alone.
    pub async fn target(&self, conn: &mut Conn, id: PersonId) -> Result<Target, Error> {
        let target = find(conn, id).await?;
        if target.is_owner() && !self.me.is_owner() {
            return Err(Fault::field(Field::Role, Problem::OwnersOnly).into());
        }
        Ok(target)
    }
}

/// What somebody may give.
pub(crate) fn giver(me: &Rights) -> Giver {
    Giver {
        is_owner: me.is_owner(),
        permissions: me.permissions,
    }
}

fn refusal(field: Field, why: NotGivable) -> Fault {
    let problem = match why {
        NotGivable::OwnersOnly => Problem::OwnersOnly,
        NotGivable::Beyond => Problem::BeyondOwn,
    };
    Fault::field(field, problem)
}

/// Waits until nobody else changes people or roles. On SQLite a unit holds the one writer already.
pub(crate) async fn take_turns(work: &mut Work) -> Result<(), Error> {
    if let Conn::Postgres(inner) = &mut work.conn {
        sqlx::query(sql::TAKE_TURNS).execute(&mut **inner).await?;
    }
    Ok(())
}

/// A user to work on.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct Target {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub role: Option<String>,
    role_name: Option<String>,
    permissions: Option<String>,
    created_at: Millis,
    pub deactivated_at: Option<Millis>,
    seen_at: Option<Millis>,
    picture_at: Option<Millis>,
}

impl Target {
    pub fn is_owner(&self) -> bool {
        self.role.as_deref() == Some(BuiltinRole::Owner.as_str())
    }

    fn permissions(&self) -> Result<Permissions, Error> {
        let list = self.permissions.as_deref();
        list.map_or(Ok(Permissions::NONE), permissions_of)
    }

    fn into_row(self) -> PersonRow {
        let role = self.role.map(|slug| RoleRef {
            name: self.role_name.unwrap_or_else(|| slug.clone()),
            slug,
        });
        PersonRow {
            id: self.id,
            name: self.name,
            email: self.email,
            role,
            created_at: self.created_at,
            deactivated_at: self.deactivated_at,
            seen_at: self.seen_at,
            picture_at: self.picture_at,
        }
    }
}

async fn find(conn: &mut Conn, id: PersonId) -> Result<Target, Error> {
    let row: Option<Target> =
        on!(conn, c => sqlx::query_as(sql::BY_ID).bind(id).fetch_optional(c).await)?;
    Ok(row.ok_or(Fault::NotFound)?)
}

/// A page of the people, by name, with what can be done about them.
pub async fn people(
    office: &Office,
    account: &Account,
    filter: &PeopleFilter,
) -> Result<PeoplePage, Error> {
    let mut conn = office.read().await?;
    let now = office.now();
    let manager = Manager::reading(&mut conn, account, now).await?;
    let text = pattern(filter.text.trim());
    let folded = text.to_lowercase();
    let (state, role) = (filter.state.as_str(), filter.role.as_deref());
    let most = PEOPLE_PAGE + 1;
    let mut rows: Vec<Target> = match filter.after {
        None => on!(&mut conn, c => sqlx::query_as(sql::PEOPLE_FIRST)
            .bind(&text).bind(&folded).bind(state).bind(most).bind(role).fetch_all(c).await)?,
        Some(after) => {
            let last = find(&mut conn, after).await?;
            on!(&mut conn, c => sqlx::query_as(sql::PEOPLE)
                .bind(&text).bind(&folded).bind(state).bind(&last.name).bind(last.id).bind(most)
                .bind(role).fetch_all(c).await)?
        }
    };
    let page = usize::try_from(PEOPLE_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let roles = role::all(&mut conn).await?;
    Ok(PeoplePage {
        people: rows.into_iter().map(Target::into_row).collect(),
        more,
        roles: givable(&roles, &manager),
        all_roles: roles.iter().map(Role::to_ref).collect(),
        invitations: invitation::open_ones(&mut conn, now).await?,
    })
}

/// `text` as a pattern that finds it anywhere.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn givable(roles: &[Role], manager: &Manager) -> Vec<RoleRef> {
    let roles = roles.iter();
    roles
        .filter(|role| manager.may_give(role).is_ok())
        .map(Role::to_ref)
        .collect()
}

/// One person, with their sessions and what can be done about them.
///
/// # Errors
/// [`Fault::NotFound`] for guests, and where there is nobody.
pub async fn page(office: &Office, account: &Account, id: PersonId) -> Result<PersonPage, Error> {
    let mut conn = office.read().await?;
    let manager = Manager::reading(&mut conn, account, office.now()).await?;
    let target = find(&mut conn, id).await?;
    let may = if manager.target(&mut conn, id).await.is_err() {
        MayChange::Nothing
    } else if is_last_owner(&mut conn, &target).await? {
        MayChange::Sessions
    } else {
        MayChange::All
    };
    let assigned: i64 = on!(&mut conn, c => sqlx::query_scalar(sql::ASSIGNED)
        .bind(id).bind(manager.me.id).fetch_one(c).await)?;
    let roles = role::all(&mut conn).await?;
    Ok(PersonPage {
        may,
        person: target.into_row(),
        sessions: session::list::of(&mut conn, id, account.session()?, office.now()).await?,
        roles: givable(&roles, &manager),
        assigned,
        releasable: may != MayChange::Nothing
            && manager.me.permissions.has(Permission::AssignThreads),
        is_me: id == manager.me.id,
        vouched: embed::of(&mut conn, id).await?,
    })
}

/// Gives `person` another role, or none.
///
/// # Errors
/// [`Problem::OwnersOnly`], [`Problem::BeyondOwn`] and [`Problem::LastOwner`], at the role;
/// [`Problem::Unknown`] for whoever another site vouches for, who can have none.
pub async fn change_role(
    office: &Office,
    account: &Account,
    person: PersonId,
    role: Option<&str>,
) -> Result<(), Error> {
    let (account, role) = (account.clone(), role.map(str::to_owned));
    office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &account).await?;
                let target = manager.target(&mut work.conn, person).await?;
                if target.role == role {
                    return Ok(());
                }
                embed::none_vouches(&mut work.conn, person).await?;
                let given = match &role {
                    None => None,
                    Some(slug) => Some(role::known(&mut work.conn, slug).await?),
                };
                if let Some(given) = &given {
                    manager.may_give(given)?;
                }
                keep_an_owner(work, &target).await?;
                on!(&mut work.conn, c => sqlx::query(sql::SET_ROLE)
                    .bind(person).bind(&role).execute(c).await.map(|_| ()))?;
                let facts = json!({
                    "from": target.role_name,
                    "to": given.as_ref().map(|role| &role.name),
                });
                let about = About::person(person).with(facts);
                audit::note(work, Some(manager.me.id), Act::RoleChanged, about).await?;
                let before = target.permissions()?;
                let after = given.as_ref().map_or(Permissions::NONE, |r| r.permissions);
                if let Some(given) = given
                    && after.without(before).has(Permission::ReadDirect)
                {
                    role::tell_owners(
                        work,
                        Some(manager.me.id),
                        About::person(person),
                        &given.name,
                    )
                    .await?;
                }
                if target.deactivated_at.is_none() {
                    tell(work, person, before, after);
                }
                Ok(())
            })
        })
        .await
}

/// Ends somebody's account for now: their sessions, live lines and queued mails end with it. What is
/// assigned to them becomes nobody's, or stays theirs and counts like what nobody looks after.
///
/// # Errors
/// [`Problem::OwnersOnly`] and [`Problem::LastOwner`], at the role.
pub async fn deactivate(
    office: &Office,
    account: &Account,
    person: PersonId,
    held: Held,
) -> Result<(), Error> {
    let actor = account.clone();
    let more = office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &actor).await?;
                let target = manager.target(&mut work.conn, person).await?;
                if target.deactivated_at.is_some() {
                    return Ok(held == Held::Released);
                }
                keep_an_owner(work, &target).await?;
                on!(&mut work.conn, c => sqlx::query(sql::SET_DEACTIVATED)
                    .bind(person).bind(work.now).execute(c).await.map(|_| ()))?;
                session::list::end_all(work, person).await?;
                outbox::drop_mails_to(work, person).await?;
                let about = About::person(person);
                audit::note(work, Some(manager.me.id), Act::Deactivated, about).await?;
                match held {
                    Held::Stays => Ok(false),
                    Held::Released => release::some(work, &manager, person).await,
                }
            })
        })
        .await?;
    // Whoever has ended their own account cannot go on; what is left can be released by others.
    if more && person != account.person {
        release::release(office, account, person).await?;
    }
    Ok(())
}

/// Lets somebody in again, with the role that they had.
///
/// # Errors
/// [`Problem::OwnersOnly`] and [`Problem::BeyondOwn`], at the role.
pub async fn reactivate(office: &Office, account: &Account, person: PersonId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &account).await?;
                let target = manager.target(&mut work.conn, person).await?;
                if target.deactivated_at.is_none() {
                    return Ok(());
                }
                if let Some(slug) = &target.role {
                    let role = role::known(&mut work.conn, slug).await?;
                    manager.may_give(&role)?;
                    if role.permissions.has(Permission::ReadDirect) {
                        let about = About::person(person);
                        role::tell_owners(work, Some(manager.me.id), about, &role.name).await?;
                    }
                }
                // A session that was opened while the account was being ended must not come back.
                session::list::end_all(work, person).await?;
                on!(&mut work.conn, c => sqlx::query(sql::SET_DEACTIVATED)
                    .bind(person).bind(None::<Millis>).execute(c).await.map(|_| ()))?;
                let about = About::person(person);
                audit::note(work, Some(manager.me.id), Act::Reactivated, about).await
            })
        })
        .await
}

/// Refuses to take the last owner who can sign in from the house.
async fn keep_an_owner(work: &mut Work, target: &Target) -> Result<(), Error> {
    if is_last_owner(&mut work.conn, target).await? {
        return Err(Fault::field(Field::Role, Problem::LastOwner).into());
    }
    Ok(())
}

async fn is_last_owner(conn: &mut Conn, target: &Target) -> Result<bool, Error> {
    if !target.is_owner() || target.deactivated_at.is_some() {
        return Ok(false);
    }
    let others: i64 = on!(conn, c => sqlx::query_scalar(sql::OTHER_OWNERS)
        .bind(target.id).fetch_one(c).await)?;
    Ok(others == 0)
}

/// Tells the open pages of somebody whose rights change: whoever may not read the inbox any more
/// is hung up, the others ask anew what they may do.
pub(crate) fn tell(work: &mut Work, person: PersonId, before: Permissions, after: Permissions) {
    if before == after {
        return;
    }
    let lost = before.without(after).has(Permission::AccessInbox);
    work.tell(if lost {
        Announcement::Ended(Ended::Person(person))
    } else {
        Announcement::Rights(person)
    });
}

/// The same for everybody who has a role.
pub(crate) async fn tell_everybody_with(
    work: &mut Work,
    role: &str,
    before: Permissions,
    after: Permissions,
) -> Result<(), Error> {
    let all: Vec<PersonId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::WITH_ROLE)
        .bind(role).fetch_all(c).await)?;
    for person in all {
        tell(work, person, before, after);
    }
    Ok(())
}
