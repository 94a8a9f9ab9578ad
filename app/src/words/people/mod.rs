//! Every sentence about people, their roles and their accounts. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::note::Delivery;
use pigeon_wire::notice::{MailPace, NoticeKind};
use pigeon_wire::permission::{BuiltinRole, Permission};
use pigeon_wire::person::Language;
use pigeon_wire::team::{PeopleState, RoleRef};

use super::language;

/// The words about people in one language.
pub(crate) struct PeopleWords {
    pub role: fn(BuiltinRole) -> &'static str,
    pub no_role: &'static str,
    pub permission: fn(Permission) -> &'static str,
    pub permission_hint: fn(Permission) -> &'static str,
    /// What was done, by the word that the address carries.
    pub done: fn(&str) -> Option<&'static str>,
    pub save: &'static str,
    pub list: ListWords,
    pub invite: InviteWords,
    pub person: PersonWords,
    pub sessions: SessionWords,
    pub join: JoinWords,
    pub roles: RoleWords,
    pub account: AccountWords,
    pub notices: NoticeWords,
}

/// What somebody wants to be told.
pub(crate) struct NoticeWords {
    pub heading: &'static str,
    pub lead: &'static str,
    pub kind: fn(NoticeKind) -> &'static str,
    pub pace: fn(MailPace) -> &'static str,
    pub badge: fn(NoticeKind) -> &'static str,
}

/// The list of people.
pub(crate) struct ListWords {
    pub find: &'static str,
    pub role: &'static str,
    pub any_role: &'static str,
    pub state: &'static str,
    pub states: fn(PeopleState) -> &'static str,
    pub look: &'static str,
    pub none: &'static str,
    pub more: &'static str,
    pub first: &'static str,
    pub heading: &'static str,
    pub deactivated: &'static str,
    pub last_seen: &'static str,
    pub never_seen: &'static str,
    pub you: &'static str,
}

/// Invitations.
pub(crate) struct InviteWords {
    pub heading: &'static str,
    pub lead: &'static str,
    pub email: &'static str,
    pub role: &'static str,
    pub language: &'static str,
    pub send: &'static str,
    pub pending: &'static str,
    pub by: fn(&str) -> String,
    pub until: &'static str,
    pub ended: &'static str,
    pub mail: fn(Delivery) -> &'static str,
    pub answer: &'static str,
    pub again: &'static str,
    pub again_to: fn(&str) -> String,
    pub take_back: &'static str,
    pub take_back_from: fn(&str) -> String,
}

/// The page of one person.
pub(crate) struct PersonWords {
    pub back: &'static str,
    pub you: &'static str,
    pub since: &'static str,
    pub acts: &'static str,
    pub owners_only: &'static str,
    pub last_owner: &'static str,
    pub role: &'static str,
    pub role_label: &'static str,
    pub role_hint: &'static str,
    pub change_role: &'static str,
    pub threads: &'static str,
    pub holds: fn(i64) -> String,
    pub release: &'static str,
    pub release_hint: &'static str,
    pub deactivate: &'static str,
    pub deactivate_open: &'static str,
    pub deactivate_lead: &'static str,
    pub release_too: fn(i64) -> String,
    pub stays: fn(i64) -> String,
    pub deactivate_do: fn(&str) -> String,
    pub reactivate: &'static str,
    pub reactivate_lead: &'static str,
    pub deactivated_since: &'static str,
}

/// Lists of signed-in browsers.
pub(crate) struct SessionWords {
    pub heading: &'static str,
    pub none: &'static str,
    pub device: fn(Option<&str>, Option<&str>) -> String,
    pub this: &'static str,
    pub signed_in: &'static str,
    pub used: &'static str,
    pub end: &'static str,
    pub end_of: fn(&str) -> String,
    pub end_all: &'static str,
    pub end_others: &'static str,
}

/// The page of an invitation.
pub(crate) struct JoinWords {
    pub title: &'static str,
    pub heading: fn(site: &str) -> String,
    pub lead: fn(by: &str, email: &str) -> String,
    pub signed_in: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub password_hint: &'static str,
    pub language: &'static str,
    pub accept: &'static str,
    pub closed: &'static str,
    pub closed_lead: &'static str,
    pub log_in: &'static str,
}

/// The roles.
pub(crate) struct RoleWords {
    pub lead: &'static str,
    pub built_in: &'static str,
    pub custom: &'static str,
    pub used: fn(i64) -> String,
    pub edit: &'static str,
    pub edit_of: fn(&str) -> String,
    pub new: &'static str,
    pub name: &'static str,
    pub may: &'static str,
    pub not_yours: &'static str,
    pub make: &'static str,
    pub back: &'static str,
    pub delete: &'static str,
    pub delete_open: &'static str,
    pub delete_unused: &'static str,
    pub delete_used: fn(i64) -> String,
    pub move_to: &'static str,
    pub choose: &'static str,
    pub delete_do: fn(&str) -> String,
}

/// The own account.
pub(crate) struct AccountWords {
    pub role: &'static str,
    pub email: &'static str,
    pub profile: &'static str,
    pub name: &'static str,
    pub language: &'static str,
    pub language_hint: &'static str,
    pub password: &'static str,
    pub old_password: &'static str,
    pub new_password: &'static str,
    pub password_hint: &'static str,
    pub change_password: &'static str,
    pub password_lead: &'static str,
    pub time_zone: &'static str,
    pub time_zone_hint: &'static str,
    pub no_time_zone: &'static str,
    pub move_heading: &'static str,
    pub move_lead: &'static str,
    pub new_email: &'static str,
    pub own_password: &'static str,
    pub move_do: &'static str,
    pub picture: &'static str,
    pub picture_lead: &'static str,
    pub picture_file: &'static str,
    pub picture_take: &'static str,
    pub picture_remove: &'static str,
    pub export: &'static str,
    pub tokens: &'static str,
    pub export_lead: &'static str,
    pub export_do: &'static str,
}

impl PeopleWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }

    /// What a role is called.
    pub(crate) fn role_name(&self, role: Option<&RoleRef>) -> String {
        match role {
            None => self.no_role.to_owned(),
            Some(role) => match role.builtin() {
                Some(builtin) => (self.role)(builtin).to_owned(),
                None => role.name.clone(),
            },
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static PeopleWords {
    PeopleWords::of(language())
}
