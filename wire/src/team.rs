//! The people of the house as those see them who manage people, and everybody's own sessions.

use serde::{Deserialize, Serialize};

use crate::id::{InvitationId, Millis, PersonId, SessionId};
use crate::note::Delivery;
use crate::permission::{BuiltinRole, Permission, Permissions};
use crate::person::{Language, PersonRef};

/// People on one page of the list.
pub const PEOPLE_PAGE: i64 = 50;
/// Threads that one unit of work takes away from somebody: others write in between.
pub const RELEASE_UNIT: i64 = 100;
/// People who can be moved to another role in one act.
pub const MOVED_MAX: i64 = 1000;
/// Stands for no role at all where a role's word is asked for, as on the command line.
pub const NO_ROLE: &str = "user";
/// Most characters of a role's name.
pub const ROLE_NAME_CHARS_MAX: usize = 40;
/// Most roles of a house: a list that people still read.
pub const ROLES_MAX: i64 = 100;
/// Invitations that may be open at the same time.
pub const INVITATIONS_MAX: i64 = 500;
/// Sessions that are listed, newest first.
pub const SESSIONS_MAX: i64 = 100;

choice! {
    /// Which people are listed.
    PeopleState {
        /// Those who can sign in.
        Active = "active",
        /// Those who cannot any more.
        Deactivated = "deactivated",
        /// Both.
        All = "all",
    }
}

/// A role's word, and its name; a built-in role is worded where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRef {
    /// The word.
    pub slug: String,
    /// The name that was typed for it.
    pub name: String,
}

impl RoleRef {
    /// Which built-in role it is, if it is one.
    pub fn builtin(&self) -> Option<BuiltinRole> {
        self.slug.parse().ok()
    }
}

/// A role with what it allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleView {
    /// Its word and name.
    pub role: RoleRef,
    /// What it allows.
    pub permissions: Permissions,
    /// How many people and open invitations have it.
    pub used: i64,
    /// Whether the reader may give it.
    pub givable: bool,
}

/// Every role, with what the reader may put into one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolesPage {
    /// The roles, built-in ones first.
    pub roles: Vec<RoleView>,
    /// The permissions that the reader may add to a role.
    pub allowed: Vec<Permission>,
}

/// A user in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub id: PersonId,
    /// Display name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Their role.
    pub role: Option<RoleRef>,
    /// When the account was made.
    pub created_at: Millis,
    /// When it was deactivated, if it is.
    pub deactivated_at: Option<Millis>,
    /// The hour in which they were here last.
    pub seen_at: Option<Millis>,
    /// When their picture was chosen, if they have one.
    pub picture_at: Option<Millis>,
}

/// What the list of people is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFilter {
    /// A part of the name or address; empty for everybody.
    pub text: String,
    /// Which state.
    pub state: PeopleState,
    /// A role's word, or [`NO_ROLE`]; nothing for everybody.
    pub role: Option<String>,
    /// The last person of the page before.
    pub after: Option<PersonId>,
}

/// A page of the list, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// The people.
    pub people: Vec<PersonRow>,
    /// Whether there are more.
    pub more: bool,
    /// The roles that the reader may give.
    pub roles: Vec<RoleRef>,
    /// Every role, to filter by.
    pub all_roles: Vec<RoleRef>,
    /// Invitations that nobody has accepted yet, newest first.
    pub invitations: Vec<InvitationView>,
}

/// An invitation that nobody has accepted yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Which.
    pub id: InvitationId,
    /// The invited address.
    pub email: String,
    /// The role that it gives.
    pub role: Option<RoleRef>,
    /// Who invites.
    pub by: PersonRef,
    /// When.
    pub created_at: Millis,
    /// When its link ends.
    pub expires_at: Millis,
    /// Whether its link works: it has not expired, and whoever invites may still give this role.
    pub works: bool,
    /// What became of its newest mail.
    pub mail: Option<InvitationMail>,
}

/// What became of an invitation's mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationMail {
    /// Where it is.
    pub delivery: Delivery,
    /// The mail server's words, where it did not take the mail.
    pub answer: Option<String>,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Which.
    pub id: SessionId,
    /// The browser's own name for itself.
    pub agent: String,
    /// When it signed in.
    pub created_at: Millis,
    /// The hour in which it was here last.
    pub seen_at: Millis,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// What of a person somebody who manages people may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MayChange {
    /// All of it.
    All,
    /// The sessions and no more: it is the last owner who can sign in.
    Sessions,
    /// Nothing: owners are changed by owners alone.
    Nothing,
}

/// A person with all that whoever manages people may see and do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPage {
    /// The person.
    pub person: PersonRow,
    /// Their signed-in browsers.
    pub sessions: Vec<SessionView>,
    /// The roles that the reader may give.
    pub roles: Vec<RoleRef>,
    /// How many threads are assigned to them, but for those in which the reader is the customer.
    pub assigned: i64,
    /// Whether the reader may take those threads away from them.
    pub releasable: bool,
    /// What the reader may change.
    pub may: MayChange,
    /// Whether it is the reader.
    pub is_me: bool,
    /// The site that vouches for them, if they have no account of their own.
    pub vouched: Option<crate::embed::VouchedView>,
}

/// The reader's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAccount {
    /// Own id.
    pub id: PersonId,
    /// Display name.
    pub name: String,
    /// Address.
    pub email: String,
    /// The language of their mails.
    pub language: Language,
    /// Their role.
    pub role: Option<RoleRef>,
    /// Their time zone, by its name in the IANA list; none: UTC.
    pub time_zone: Option<String>,
    /// When their picture was chosen, if they have one.
    pub picture_at: Option<Millis>,
}

/// What somebody who manages people may give: the one rule for roles, invitations and permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Giver {
    /// Whether they are an owner.
    pub is_owner: bool,
    /// What they may do.
    pub permissions: Permissions,
}

/// Why somebody may not give something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotGivable {
    /// Owners alone make owners, and allow the reading of direct threads.
    OwnersOnly,
    /// Nobody gives what they do not hold.
    Beyond,
}

impl Giver {
    /// Whether they may give these permissions, by a role that makes an owner or by another.
    pub fn may_give(self, permissions: Permissions, makes_owner: bool) -> Result<(), NotGivable> {
        if self.is_owner {
            return Ok(());
        }
        if makes_owner || permissions.has(Permission::ReadDirect) {
            return Err(NotGivable::OwnersOnly);
        }
        if self.permissions.covers(permissions) {
            Ok(())
        } else {
            Err(NotGivable::Beyond)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn giver(role: BuiltinRole) -> Giver {
        Giver {
            is_owner: role == BuiltinRole::Owner,
            permissions: role.permissions(),
        }
    }

    #[test]
    fn nobody_gives_what_they_do_not_hold() {
        use BuiltinRole::{Admin, Agent, Lead, Owner};
        let read_direct = Permissions::of(&[Permission::ReadDirect]);
        let (admin, owner, agent) = (giver(Admin), giver(Owner), giver(Agent));
        assert_eq!(admin.may_give(Lead.permissions(), false), Ok(()));
        assert_eq!(admin.may_give(Admin.permissions(), false), Ok(()));
        let own = admin.may_give(Owner.permissions(), true);
        assert_eq!(own, Err(NotGivable::OwnersOnly));
        let direct = admin.may_give(read_direct, false);
        assert_eq!(direct, Err(NotGivable::OwnersOnly));
        assert_eq!(owner.may_give(read_direct, false), Ok(()));
        assert_eq!(owner.may_give(Owner.permissions(), true), Ok(()));
        let lead = agent.may_give(Lead.permissions(), false);
        assert_eq!(lead, Err(NotGivable::Beyond));
    }

    #[test]
    fn whoever_may_read_direct_threads_does_not_hand_it_on() {
        let reader = Giver {
            is_owner: false,
            permissions: Permissions::of(&[Permission::ReadDirect, Permission::ManagePeople]),
        };
        let again = reader.may_give(Permissions::of(&[Permission::ReadDirect]), false);
        assert_eq!(again, Err(NotGivable::OwnersOnly));
    }
}
