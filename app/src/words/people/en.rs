//! The words about people in English.

use pigeon_wire::note::Delivery;
use pigeon_wire::notice::{MailPace, NoticeKind};
use pigeon_wire::permission::{BuiltinRole, Permission};
use pigeon_wire::team::PeopleState;

use super::{
    AccountWords, InviteWords, JoinWords, ListWords, NoticeWords, PeopleWords, PersonWords,
    RoleWords, SessionWords,
};

pub(super) static WORDS: PeopleWords = PeopleWords {
    role: |role| match role {
        BuiltinRole::Owner => "Owner",
        BuiltinRole::Admin => "Admin",
        BuiltinRole::Lead => "Lead",
        BuiltinRole::Agent => "Agent",
        BuiltinRole::Viewer => "Viewer",
    },
    no_role: "No role",
    permission: |permission| match permission {
        Permission::AccessInbox => "Read the inbox",
        Permission::ManageThreads => "Answer conversations",
        Permission::AssignThreads => "Assign conversations",
        Permission::ManageSettings => "Change the settings",
        Permission::ManagePeople => "Manage people and roles",
        Permission::ReadDirect => "Read others’ direct conversations",
    },
    permission_hint: |permission| match permission {
        Permission::AccessInbox => "See all support conversations, with their internal notes.",
        Permission::ManageThreads => {
            "Reply, write notes, set the status, take what nobody has. Includes reading the inbox."
        }
        Permission::AssignThreads => "Give any conversation to anybody. Includes answering.",
        Permission::ManageSettings => "Everything under Administration but people and roles.",
        Permission::ManagePeople => {
            "Invite, deactivate, give roles: never more than the giver’s own role allows."
        }
        Permission::ReadDirect => {
            "For emergencies. Every owner is told by mail as soon as somebody gets it."
        }
    },
    done: |what| match what {
        "invited" => Some("Invited. The mail is on its way."),
        "sent_again" => {
            Some("The invitation goes out again. Its earlier links end with the new one.")
        }
        "taken_back" => Some("The invitation is taken back. Its link no longer works."),
        "role_changed" => Some("The role is changed. It holds at once, on open pages too."),
        "deactivated" => Some("The account is deactivated. Every browser is signed out."),
        "reactivated" => Some("The account is active again. Signing in works as before."),
        "released" => Some("Their conversations are nobody’s now: anybody can take them."),
        "session_ended" => Some("That browser is signed out."),
        "sessions_ended" => Some("Signed out everywhere else."),
        "all_ended" => Some("Every browser of theirs is signed out."),
        "role_made" => Some("The role is there, and can be given now."),
        "role_saved" => Some("Saved. Whoever has the role gains or loses at once."),
        "role_deleted" => Some("The role is deleted."),
        "notices_saved" => Some("Saved. It holds from now on."),
        "profile_saved" => Some("Saved."),
        "password_changed" => {
            Some("Your password is changed. All your other browsers are signed out.")
        }
        "moving" => Some(
            "A mail with a link is on its way to the new address, if an account can move there.",
        ),
        "moved" => Some("Your account has moved. The address before is told."),
        "picture_saved" => Some("That is your picture now."),
        "picture_removed" => Some("The picture is removed."),
        "token_revoked" => {
            Some("The token is revoked. Programs that use it are refused from now on.")
        }
        _ => None,
    },
    save: "Save",
    list: ListWords {
        find: "Name or address",
        role: "Role",
        any_role: "Any role",
        state: "State",
        states: |state| match state {
            PeopleState::Active => "Active",
            PeopleState::Deactivated => "Deactivated",
            PeopleState::All => "All",
        },
        look: "Filter",
        none: "Nobody fits this filter.",
        more: "Next page",
        first: "First page",
        heading: "Everybody with an account",
        deactivated: "Deactivated",
        last_seen: "Last here",
        never_seen: "Never here yet",
        you: "You",
    },
    invite: InviteWords {
        heading: "Invite somebody",
        lead: "They get a mail with a link and choose a name and a password themselves. The link \
               works once, for seven days.",
        email: "E-mail address",
        role: "Role",
        language: "Language of the mail",
        send: "Send the invitation",
        pending: "Pending invitations",
        by: |name| format!("invited by {name}"),
        until: "valid until",
        ended: "Its link works no longer: it has expired, or whoever invited may not give this \
                role any more. Send it again to renew it in your name.",
        mail: |delivery| match delivery {
            Delivery::Queued => "Mail waiting to be sent",
            Delivery::Sent => "Mailed",
            Delivery::Deferred => "Mail delayed, will be tried again",
            Delivery::Failed => "Mail could not be delivered",
            Delivery::Unneeded => "Mail not sent",
        },
        answer: "The mail server says:",
        again: "Send again",
        again_to: |email| format!("Send the invitation to {email} again"),
        take_back: "Take back",
        take_back_from: |email| format!("Take the invitation to {email} back"),
    },
    person: PersonWords {
        back: "All people",
        you: "This is you.",
        since: "Account since",
        acts: "In the audit log",
        owners_only: "Only owners may change an owner.",
        last_owner: "This is the last owner who can sign in: neither role nor account can be \
                     taken away. Make somebody else an owner first.",
        role: "Role",
        role_label: "What they may do",
        role_hint: "It holds at once. Whoever loses the inbox is signed off from it within a \
                    second.",
        change_role: "Change role",
        threads: "Conversations",
        holds: |n| match n {
            0 => "No conversation is assigned to them.".to_owned(),
            1 => "1 conversation is assigned to them.".to_owned(),
            n => format!("{n} conversations are assigned to them."),
        },
        release: "Make them nobody’s",
        release_hint: "Everybody in the team sees them as unassigned then.",
        deactivate: "Deactivate the account",
        deactivate_open: "Deactivate…",
        deactivate_lead: "They cannot sign in any more. All their browsers are signed out and \
                          their open pages close within a second; mails that wait for them are \
                          dropped. What they wrote stays. You can reactivate the account.",
        release_too: |n| match n {
            1 => "Make the 1 conversation that they hold nobody’s".to_owned(),
            n => format!("Make the {n} conversations that they hold nobody’s"),
        },
        stays: |n| match n {
            1 => "The 1 conversation that they hold stays assigned to them, and counts as one \
                  that nobody looks after: whoever may assign can give it to somebody else."
                .to_owned(),
            n => format!(
                "The {n} conversations that they hold stay assigned to them, and count as ones \
                 that nobody looks after: whoever may assign can give them to somebody else."
            ),
        },
        deactivate_do: |name| format!("Deactivate {name}"),
        reactivate: "Reactivate",
        reactivate_lead: "They can sign in again with their password, and have the role that they \
                          had.",
        deactivated_since: "Deactivated since",
    },
    sessions: SessionWords {
        heading: "Signed-in browsers",
        none: "No browser is signed in.",
        device: |browser, system| match (browser, system) {
            (Some(browser), Some(system)) => format!("{browser} on {system}"),
            (Some(browser), None) => browser.to_owned(),
            (None, Some(system)) => format!("A browser on {system}"),
            (None, None) => "A program that does not say what it is".to_owned(),
        },
        this: "This browser",
        signed_in: "Signed in",
        used: "last used",
        end: "Sign out",
        end_of: |device| format!("Sign out {device}"),
        end_all: "Sign out all of them",
        end_others: "Log out everywhere else",
    },
    join: JoinWords {
        title: "Your invitation",
        heading: |site| format!("Welcome to {site}"),
        lead: |by, email| format!("{by} invites you to make an account for {email}."),
        signed_in: "You are signed in with another account in this browser. Accepting signs that \
                    one out.",
        name: "Name, as others see it",
        password: "Password",
        password_hint: "At least 10 characters. A few words in a row are easy to keep in mind.",
        language: "Language of mails to you",
        accept: "Make the account",
        closed: "This invitation does not work",
        closed_lead: "It has been used or taken back, it has expired, or a newer mail has replaced \
                      it. If you have an account already, log in; if not, ask whoever invited you \
                      to send it again.",
        log_in: "Log in",
    },
    roles: RoleWords {
        lead: "A role is a set of permissions. Nobody can give more than their own role allows.",
        built_in: "Built in",
        custom: "Made here",
        used: |n| match n {
            0 => "Nobody has it".to_owned(),
            1 => "1 person or invitation".to_owned(),
            n => format!("{n} people and invitations"),
        },
        edit: "Change",
        edit_of: |name| format!("Change {name}"),
        new: "New role",
        name: "Name of the role",
        may: "What it allows",
        not_yours: "Your own role does not allow you to give this.",
        make: "Make the role",
        back: "All roles",
        delete: "Delete the role",
        delete_open: "Delete…",
        delete_unused: "Nobody has this role.",
        delete_used: |n| match n {
            1 => "1 person or open invitation has this role, and moves to another one first."
                .to_owned(),
            n => format!(
                "{n} people and open invitations have this role, and move to another one first."
            ),
        },
        move_to: "Their new role",
        choose: "Choose…",
        delete_do: |name| format!("Delete {name}"),
    },
    notices: NoticeWords {
        heading: "What you are told",
        lead: "Nothing is mailed that you have read here meanwhile. Single conversations can be \
               muted on their pages.",
        kind: |kind| match kind {
            NoticeKind::Support => "Mail me answers to my questions",
            NoticeKind::Direct => "Mail me messages of other people",
            NoticeKind::Request => "Mail me when somebody new wants to write to me",
            NoticeKind::Team => "Mail me what is new in conversations that I work on",
            NoticeKind::Note => "Mail me notes in them",
            NoticeKind::Assigned => "Mail me when a conversation is given to me",
        },
        pace: |pace| match pace {
            MailPace::Soon => "Within minutes",
            MailPace::Daily => "Once a day, in the morning",
            MailPace::Never => "Never",
        },
        badge: |kind| match kind {
            NoticeKind::Support => "Count unread answers in the badge",
            _ => "Count unread messages of other people in the badge",
        },
    },
    account: AccountWords {
        role: "Role",
        email: "E-mail address",
        profile: "You",
        name: "Name, as others see it",
        language: "Language of mails to you",
        language_hint: "The language of these pages is chosen in the menu behind your initials.",
        password: "Password",
        old_password: "Your password until now",
        new_password: "New password",
        password_hint: "At least 10 characters. A few words in a row are easy to keep in mind.",
        change_password: "Change the password",
        password_lead: "All your other browsers are signed out then.",
        time_zone: "Time zone",
        time_zone_hint: "Times in your mails and on pages without a program are told by its clocks.",
        no_time_zone: "The site\u{2019}s",
        move_heading: "Another address",
        move_lead: "We mail a link to the new address. Once you have followed it and confirmed, you log in with that address; the one you have now is told, and can take the change back for a week.",
        new_email: "New e-mail address",
        own_password: "Your password",
        move_do: "Send the link",
        picture: "Picture",
        picture_lead: "The team sees it in place of your initials. It is cut to a square and kept small.",
        picture_file: "Image file",
        picture_take: "Use this picture",
        picture_remove: "Remove the picture",
        export: "Your data",
        tokens: "Tokens for programs",
        export_lead: "Everything that is kept of you, with your conversations as you see them, as one JSON file.",
        export_do: "Download your data",
    },
};
