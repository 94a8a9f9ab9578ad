//! Who may do what: one table of pure rules, used by screen and server alike.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;

choice! {
    /// What a role can allow.
    Permission {
        /// Read the inbox.
        AccessInbox = "access_inbox",
        /// Reply, note, change status, trash; implies reading.
        ManageThreads = "manage_threads",
        /// Assign anybody; implies managing.
        AssignThreads = "assign_threads",
        /// Change the settings.
        ManageSettings = "manage_settings",
        /// Invite people, change roles, deactivate.
        ManagePeople = "manage_people",
        /// Break-glass reading of direct threads; held by no role by default.
        ReadDirect = "read_direct",
    }
}

impl Permission {
    const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// This permission and those that it implies.
    const fn with_implied(self) -> u8 {
        match self {
            Self::AssignThreads => self.bit() | Self::ManageThreads.bit() | Self::AccessInbox.bit(),
            Self::ManageThreads => self.bit() | Self::AccessInbox.bit(),
            _ => self.bit(),
        }
    }
}

/// A set of permissions, closed under implication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Permission>", into = "Vec<Permission>")]
pub struct Permissions(u8);

impl Permissions {
    /// What nobody in particular may do: nothing.
    pub const NONE: Self = Self(0);

    /// The set of `granted` and all that they imply.
    pub const fn of(granted: &[Permission]) -> Self {
        let mut bits = 0;
        let mut rest = granted;
        while let [first, others @ ..] = rest {
            bits |= first.with_implied();
            rest = others;
        }
        Self(bits)
    }

    /// Whether `permission` is in the set.
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether every permission of `other` is in this set.
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// What is in both sets.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether somebody with this set is staff: a user who holds any role's permission.
    pub const fn is_staff(self) -> bool {
        self.has(Permission::AccessInbox)
    }

    /// Whether `me` may change a thread's assignee from `from` to `to`: who assigns may do
    /// anything; who manages threads may take an unassigned one and drop their own.
    pub fn may_assign(self, me: PersonId, from: Option<PersonId>, to: Option<PersonId>) -> bool {
        let takes = from.is_none() && to == Some(me);
        let drops = from == Some(me) && to.is_none();
        self.has(Permission::AssignThreads)
            || self.has(Permission::ManageThreads) && (takes || drops || from == to)
    }
}

impl From<Vec<Permission>> for Permissions {
    fn from(granted: Vec<Permission>) -> Self {
        Self::of(&granted)
    }
}

impl From<Permissions> for Vec<Permission> {
    fn from(set: Permissions) -> Self {
        Permission::ALL
            .iter()
            .copied()
            .filter(|p| set.has(*p))
            .collect()
    }
}

choice! {
    /// The roles that every Pigeon starts with; owners can add custom ones beside them.
    BuiltinRole {
        /// The first account; every permission but `read_direct`; the last one cannot be removed.
        Owner = "owner",
        /// Everything but being the owner.
        Admin = "admin",
        /// An agent who assigns.
        Lead = "lead",
        /// Answers threads.
        Agent = "agent",
        /// Reads and nothing else.
        Viewer = "viewer",
    }
}

impl BuiltinRole {
    /// What the role allows when Pigeon is new.
    pub const fn permissions(self) -> Permissions {
        use Permission::{AccessInbox, AssignThreads, ManagePeople, ManageSettings, ManageThreads};
        match self {
            Self::Owner | Self::Admin => {
                Permissions::of(&[AssignThreads, ManageSettings, ManagePeople])
            }
            Self::Lead => Permissions::of(&[AssignThreads]),
            Self::Agent => Permissions::of(&[ManageThreads]),
            Self::Viewer => Permissions::of(&[AccessInbox]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn roles_allow_what_the_product_says() {
        use BuiltinRole as R;
        use Permission as P;
        let allowed = |role: R| Vec::from(role.permissions());
        assert_eq!(allowed(R::Viewer), [P::AccessInbox]);
        assert_eq!(allowed(R::Agent), [P::AccessInbox, P::ManageThreads]);
        assert_eq!(
            allowed(R::Lead),
            [P::AccessInbox, P::ManageThreads, P::AssignThreads]
        );
        for role in [R::Admin, R::Owner] {
            assert_eq!(allowed(role), P::ALL[..5]);
        }
    }

    #[test]
    fn an_agent_takes_and_drops_only_for_themselves() {
        let [me, other] = [1, 2].map(|n| PersonId(Uuid::from_u128(n)));
        let agent = BuiltinRole::Agent.permissions();
        assert!(agent.may_assign(me, None, Some(me)));
        assert!(agent.may_assign(me, Some(me), None));
        assert!(!agent.may_assign(me, Some(other), Some(me)));
        assert!(!agent.may_assign(me, None, Some(other)));
        assert!(!agent.may_assign(me, Some(me), Some(other)));
        assert!(
            BuiltinRole::Lead
                .permissions()
                .may_assign(me, Some(other), Some(me))
        );
        assert!(
            !BuiltinRole::Viewer
                .permissions()
                .may_assign(me, None, Some(me))
        );
    }

    #[test]
    fn a_set_survives_the_wire() {
        for role in BuiltinRole::ALL {
            let set = role.permissions();
            assert_eq!(Permissions::from(Vec::from(set)), set);
        }
    }
}
