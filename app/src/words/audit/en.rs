//! The words of the audit log in English.

use pigeon_wire::audit::Act;
use pigeon_wire::person::Language;
use pigeon_wire::thread::Status;

use super::{AuditWords, Told};

pub(super) static WORDS: AuditWords = AuditWords {
    act: |act| match act {
        Act::OwnerMade => "First owner made",
        Act::PersonAdded => "Person added from the command line",
        Act::Invited => "Invited",
        Act::InvitedAgain => "Invitation sent again",
        Act::InvitationRevoked => "Invitation taken back",
        Act::Joined => "Invitation accepted",
        Act::RoleChanged => "Role of a person changed",
        Act::Deactivated => "Account deactivated",
        Act::Reactivated => "Account reactivated",
        Act::RoleMade => "Role made",
        Act::RoleEdited => "Role changed",
        Act::RoleDeleted => "Role deleted",
        Act::ReadDirectGranted => "Reading of direct conversations allowed",
        Act::SignedIn => "Logged in",
        Act::SignInFailed => "Log-in failed",
        Act::SignedOut => "Logged out",
        Act::SessionEnded => "Browser signed out",
        Act::SessionsEnded => "Browsers signed out",
        Act::PasswordChanged => "Password changed",
        Act::ProfileChanged => "Profile changed",
        Act::Registered => "Account made by oneself",
        Act::PasswordReset => "Password set anew by mail",
        Act::AddressChanged => "Address changed",
        Act::AddressTakenBack => "Change of address taken back",
        Act::TokenMade => "Token made",
        Act::TokenRevoked => "Token revoked",
        Act::EmbedKeyMade => "Key of a site made",
        Act::EmbedKeyRenewed => "Key of a site renewed",
        Act::EmbedKeyRevoked => "Key of a site revoked",
        Act::Vouched => "Vouched for by a site",
        Act::Assigned => "Conversation assigned",
        Act::StatusSet => "Status set",
        Act::Trashed => "Conversation put into the trash",
        Act::Restored => "Conversation restored",
        Act::Purged => "Conversation purged",
        Act::Merged => "Conversation merged into another",
        Act::MergeUndone => "Merge of conversations undone",
        Act::LinksRevoked => "Guest’s links revoked",
        Act::SettingChanged => "Setting changed",
        Act::MailRetried => "Mails tried again",
        Act::MailCancelled => "Mail cancelled",
        Act::MailTested => "Test mail sent",
        Act::WebhookMade => "Web hook made",
        Act::WebhookChanged => "Web hook turned on or off",
        Act::WebhookGone => "Web hook turned off by its receiver",
        Act::WebhookDeleted => "Web hook deleted",
        Act::WebhookReplayed => "Deliveries of a web hook sent again",
        Act::PersonNoteChanged => "Note on a customer changed",
        Act::Blocked => "Sender blocked",
        Act::BlockLifted => "Block lifted",
        Act::CatchAccepted => "Quarantine: accepted",
        Act::CatchDeleted => "Quarantine: deleted",
        Act::DirectRead => "Direct conversation read",
        Act::ReportSettled => "Report settled",
        Act::ThreadClaimed => "Guest’s conversation taken over",
        Act::NotMe => "“This is not mine”",
    },
    told,
    other: |word, told| format!("{}: {word}", told.who),
    somebody: "Somebody without an account",
    person: "Person",
    everybody: "Everybody",
    what: "Act",
    everything: "Everything",
    from: "From",
    until: "Until",
    day_hint: "Days begin at midnight UTC.",
    look: "Filter",
    none: "Nothing is in the log for this filter.",
    older: "Older",
    newest: "Newest",
    list: "Acts, newest first",
    lead: "Who did what. Nothing can be changed or removed here, and no message’s text is in it.",
    in_thread: "in",
    no_subject: "a conversation without a subject",
};

#[expect(
    clippy::too_many_lines,
    reason = "one sentence for each act, in one match that must be complete"
)]
fn told(act: Act, told: &Told) -> String {
    let who = &told.who;
    let whom = told.whom.as_deref();
    let role = |name| told.role(Language::En, name);
    match act {
        Act::OwnerMade => format!("{who} became the first owner"),
        Act::PersonAdded => format!("{} was added from the command line", whom.unwrap_or(who)),
        Act::Invited => format!("{who} invited {}", told.fact("address")),
        Act::InvitedAgain => format!("{who} invited {} again", told.fact("address")),
        Act::InvitationRevoked => {
            format!("{who} took the invitation of {} back", told.fact("address"))
        }
        Act::Joined => format!(
            "{who} accepted the invitation by {}",
            told.fact("invited_by")
        ),
        Act::RoleChanged => {
            let whose = whom.map_or("their own".to_owned(), |whom| format!("{whom}’s"));
            format!(
                "{who} changed {whose} role from {} to {}",
                role("from"),
                role("to")
            )
        }
        Act::Deactivated => format!("{who} deactivated {}", whom.unwrap_or("their own account")),
        Act::Reactivated => format!("{who} reactivated {}", whom.unwrap_or("their own account")),
        Act::RoleMade => format!(
            "{who} made the role {}: {}",
            told.fact("name"),
            told.permissions(Language::En)
        ),
        Act::RoleEdited => role_edited(told),
        Act::RoleDeleted => format!("{who} deleted the role {}", told.fact("name")),
        Act::ReadDirectGranted => read_direct_granted(told),
        Act::SignedIn => format!("{who} logged in"),
        Act::SignInFailed => {
            let from = told.fact("from");
            match whom {
                Some(whom) => format!("A log-in as {whom} failed, from {from}"),
                None => format!("A log-in to an account that does not exist failed, from {from}"),
            }
        }
        Act::SignedOut => format!("{who} logged out"),
        Act::SessionEnded => {
            let whose = whom.map_or("their own".to_owned(), |whom| format!("{whom}’s"));
            format!("{who} signed out one of {whose} browsers")
        }
        Act::SessionsEnded => match whom {
            Some(whom) => format!("{who} signed out all of {whom}’s browsers"),
            None => format!("{who} signed out all of their own other browsers"),
        },
        Act::PasswordChanged => format!("{who} changed their own password"),
        Act::ProfileChanged => match told.fact("old_name") {
            "" => format!("{who} changed their own profile"),
            old => format!("{who} changed their own name, which was {old}"),
        },
        Act::Registered => format!("{who} made an account by themselves"),
        Act::PasswordReset => format!("{who} set a new password by a mailed link"),
        Act::AddressChanged => format!(
            "{who} moved their own account from {} to {}",
            told.fact("from"),
            told.fact("to")
        ),
        Act::AddressTakenBack => {
            format!(
                "{who} took the move of their own account from {} back",
                told.fact("to")
            )
        }
        Act::TokenMade => format!(
            "{who} made the token “{}” ({})",
            told.fact("name"),
            told.fact("scopes")
        ),
        Act::TokenRevoked => format!("{who} revoked the token “{}”", told.fact("name")),
        Act::EmbedKeyMade | Act::EmbedKeyRenewed | Act::EmbedKeyRevoked | Act::Vouched => {
            of_a_site(act, told)
        }
        Act::Assigned => assigned(told),
        Act::StatusSet => status_set(told),
        Act::LinksRevoked => format!("{who} revoked the guest’s links"),
        Act::Trashed => format!("{who} put a conversation into the trash"),
        Act::Restored => format!("{who} took a conversation out of the trash"),
        Act::Purged => "A conversation was purged from the trash".to_owned(),
        Act::Merged => format!("{who} merged a conversation into another of the same customer"),
        Act::MergeUndone => format!("{who} undid the merge of a conversation"),
        Act::SettingChanged => format!(
            "{who} changed “{}” from {} to {}",
            told.setting(Language::En),
            told.value("from"),
            told.value("to")
        ),
        Act::MailRetried => format!("{who} had mails tried again: {}", told.value("count")),
        Act::MailCancelled => format!("{who} cancelled a mail"),
        Act::MailTested => format!("{who} had a test mail sent"),
        Act::WebhookMade
        | Act::WebhookChanged
        | Act::WebhookGone
        | Act::WebhookDeleted
        | Act::WebhookReplayed => webhook(act, told),
        Act::PersonNoteChanged => {
            format!("{who} changed the note on {}", whom.unwrap_or("a customer"))
        }
        Act::Blocked => format!("{who} blocked {}", told.fact("address")),
        Act::BlockLifted => format!("{who} lifted the block of {}", told.fact("address")),
        Act::CatchAccepted => format!("{who} accepted something from the quarantine"),
        Act::CatchDeleted => format!("{who} deleted from the quarantine: {}", told.value("count")),
        Act::DirectRead => {
            let reason = told.fact("reason");
            format!("{who} read a direct conversation of others: {reason}")
        }
        Act::ReportSettled => format!("{who} settled a report"),
        Act::ThreadClaimed => format!("{who} took over a conversation begun as a guest"),
        Act::NotMe => format!("{who} said that a conversation is not theirs"),
    }
}

fn webhook(act: Act, told: &Told) -> String {
    let who = &told.who;
    let hook = format!(
        "the web hook {} ({})",
        told.value("name"),
        told.fact("host")
    );
    match act {
        Act::WebhookMade if told.fact("team") == "true" => {
            format!("{who} made {hook}, with what only the team sees")
        }
        Act::WebhookMade => format!("{who} made {hook}"),
        Act::WebhookChanged if told.fact("active") == "true" => format!("{who} turned {hook} on"),
        Act::WebhookChanged => format!("{who} turned {hook} off"),
        Act::WebhookGone => format!(
            "The web hook {} ({}) is off: its receiver said that it is gone",
            told.value("name"),
            told.fact("host")
        ),
        Act::WebhookDeleted => format!("{who} deleted {hook}"),
        _ => format!(
            "{who} had deliveries sent to {hook} again: {}",
            told.value("count")
        ),
    }
}

fn role_edited(told: &Told) -> String {
    let who = &told.who;
    let renamed = match told.fact("old_name") {
        "" => String::new(),
        old => format!(" (once {old})"),
    };
    format!(
        "{who} changed the role {}{renamed}: {}",
        told.fact("name"),
        told.permissions(Language::En)
    )
}

fn read_direct_granted(told: &Told) -> String {
    let who = &told.who;
    let whom = told.whom.as_deref();
    match whom {
        Some(whom) => format!(
            "{who} allowed {whom} to read others’ direct conversations, by the role {}",
            told.role(Language::En, "role")
        ),
        None => format!(
            "{who} let the role {} read others’ direct conversations",
            told.role(Language::En, "role")
        ),
    }
}

/// What was done with a site's key, or by it.
fn of_a_site(act: Act, told: &Told) -> String {
    let who = &told.who;
    let whom = told.whom.as_deref();
    match act {
        Act::EmbedKeyMade => format!("{who} made the key “{}” for a site", told.fact("name")),
        Act::EmbedKeyRenewed => {
            format!(
                "{who} gave the site’s key “{}” a new secret",
                told.fact("name")
            )
        }
        Act::EmbedKeyRevoked => format!("{who} revoked the site’s key “{}”", told.fact("name")),
        _ => format!(
            "A site vouched for {} for the first time, as “{}”",
            whom.unwrap_or("a visitor"),
            told.fact("subject")
        ),
    }
}

fn assigned(told: &Told) -> String {
    let who = &told.who;
    let whom = told.whom.as_deref();
    match (whom, told.fact("from")) {
        (Some(whom), _) => format!("{who} assigned {whom}"),
        (None, _) if told.own => format!("{who} took a conversation"),
        (None, "") => format!("{who} removed an assignment"),
        (None, from) => format!("{who} took a conversation from {from}: it is nobody’s now"),
    }
}

fn status_set(told: &Told) -> String {
    let who = &told.who;
    let status = match told.status("to") {
        Some(Status::Pending) => "“needs a reply”",
        Some(Status::Open) => "“waiting for them”",
        Some(Status::Closed) => "“closed”",
        None => "another one",
    };
    format!("{who} set the status to {status}")
}
