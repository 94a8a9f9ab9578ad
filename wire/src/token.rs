//! API tokens: what a program may do in its owner's name.

use serde::{Deserialize, Serialize};

use crate::id::{Millis, TokenId};
use crate::permission::{Permission, Permissions};

/// Tokens of one person.
pub const TOKENS_MAX: i64 = 50;
/// Days that a token lasts, to choose from.
pub const TOKEN_DAYS: [i64; 4] = [7, 30, 90, 365];
/// What every token begins with, so that one that was let slip is found and known.
pub const TOKEN_PREFIX: &str = "pgn_";

choice! {
    /// What a token allows, as far as its owner may do it at that moment.
    Scope {
        /// Read the inbox, its conversations and what is found in them.
        Read = "read",
        /// Reply, write notes, set the status, mark as read, trash and restore; and take what nobody
        /// has. Includes reading.
        Write = "write",
        /// Give any conversation to anybody. Includes writing.
        Assign = "assign",
        /// Read the list of people.
        People = "people",
        /// Look after the house: settings, mails, hooks, people, roles, reports and the log. Includes
        /// the list of people.
        Administer = "administer",
        /// Read and write in the owner's own threads: with the team as a customer, and direct ones.
        Own = "own",
    }
}

impl Scope {
    /// The permissions that it opens; the own threads need none.
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Read => &[Permission::AccessInbox],
            Self::Write => &[Permission::ManageThreads],
            Self::Assign => &[Permission::AssignThreads],
            Self::People => &[Permission::ManagePeople],
            Self::Administer => &[Permission::ManageSettings, Permission::ManagePeople],
            Self::Own => &[],
        }
    }
}

/// The scopes of one token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(pub Vec<Scope>);

impl Scopes {
    /// The most that the token's owner can do with it.
    pub fn permissions(&self) -> Permissions {
        let all = self.0.iter().flat_map(|scope| scope.permissions());
        let all: Vec<Permission> = all.copied().collect();
        Permissions::of(&all)
    }

    /// Whether it allows what `scope` does.
    pub fn has(&self, scope: Scope) -> bool {
        let permissions = scope.permissions();
        if permissions.is_empty() {
            return self.0.contains(&scope);
        }
        let most = self.permissions();
        permissions.iter().all(|permission| most.has(*permission))
    }
}

/// A token as its owner sees it: never the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// Which.
    pub id: TokenId,
    /// What its owner calls it.
    pub name: String,
    /// What it allows.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Millis,
    /// When it ends.
    pub expires_at: Millis,
    /// The hour in which it was used last.
    pub used_at: Option<Millis>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_includes_what_its_permission_implies() {
        let write = Scopes(vec![Scope::Write]);
        assert!(write.has(Scope::Read) && write.has(Scope::Write));
        assert!(!write.has(Scope::Assign) && !write.has(Scope::People));
        assert!(!Scopes::default().has(Scope::Read));
        assert!(!write.has(Scope::Own) && Scopes(vec![Scope::Own]).has(Scope::Own));
        let all = Scopes(Scope::ALL.to_vec()).permissions();
        assert!(
            !all.has(Permission::ReadDirect),
            "no program breaks the glass"
        );
        let people = Scopes(vec![Scope::People]);
        assert!(!people.has(Scope::Administer));
        assert!(Scopes(vec![Scope::Administer]).has(Scope::People));
    }
}
