//! The audit log as its readers see it: typed acts, worded when shown.

use serde::{Deserialize, Serialize};

use crate::id::{Millis, PersonId, RecordId, ThreadId};
use crate::person::PersonRef;

/// Lines of one page of the log.
pub const AUDIT_PAGE: i64 = 50;

choice! {
    /// What was done.
    Act {
        /// The first owner was made.
        OwnerMade = "owner_made",
        /// A user was added from the command line.
        PersonAdded = "person_added",
        /// An address was invited.
        Invited = "invited",
        /// An invitation was sent once more.
        InvitedAgain = "invited_again",
        /// An invitation was taken back.
        InvitationRevoked = "invitation_revoked",
        /// Somebody accepted an invitation.
        Joined = "joined",
        /// A person's role changed.
        RoleChanged = "role_changed",
        /// A person was deactivated.
        Deactivated = "deactivated",
        /// A person was made active again.
        Reactivated = "reactivated",
        /// A role was made.
        RoleMade = "role_made",
        /// A role's name or permissions changed.
        RoleEdited = "role_edited",
        /// A role was deleted.
        RoleDeleted = "role_deleted",
        /// The right to read others' direct threads was given.
        ReadDirectGranted = "read_direct_granted",
        /// Somebody read a direct thread of others, for the reason that is told.
        DirectRead = "direct_read",
        /// Somebody signed in.
        SignedIn = "signed_in",
        /// Somebody tried to sign in and failed.
        SignInFailed = "sign_in_failed",
        /// Somebody signed out.
        SignedOut = "signed_out",
        /// A session was ended from another browser, or by whoever manages people.
        SessionEnded = "session_ended",
        /// All sessions of a person but the one that asked were ended.
        SessionsEnded = "sessions_ended",
        /// A person changed their own password.
        PasswordChanged = "password_changed",
        /// A person changed their own name, language, time zone or picture.
        ProfileChanged = "profile_changed",
        /// Somebody made an account by themselves.
        Registered = "registered",
        /// A person set a new password by a mailed link.
        PasswordReset = "password_reset",
        /// A person moved their account to another address.
        AddressChanged = "address_changed",
        /// A change of address was taken back from the address before.
        AddressTakenBack = "address_taken_back",
        /// A person made a token for a program.
        TokenMade = "token_made",
        /// A person revoked one of their tokens.
        TokenRevoked = "token_revoked",
        /// A key was made with which another site vouches for its visitors.
        EmbedKeyMade = "embed_key_made",
        /// Such a key got another secret.
        EmbedKeyRenewed = "embed_key_renewed",
        /// Such a key was revoked.
        EmbedKeyRevoked = "embed_key_revoked",
        /// Another site vouched for somebody for the first time.
        Vouched = "vouched",
        /// A web hook was made.
        WebhookMade = "webhook_made",
        /// A web hook was turned on or off.
        WebhookChanged = "webhook_changed",
        /// A web hook was turned off because its receiver said that it is gone.
        WebhookGone = "webhook_gone",
        /// A web hook was deleted.
        WebhookDeleted = "webhook_deleted",
        /// Deliveries of a web hook were sent again by hand.
        WebhookReplayed = "webhook_replayed",
        /// A thread's assignee changed.
        Assigned = "assigned",
        /// A thread's status was chosen by hand.
        StatusSet = "status_set",
        /// A thread was put into the trash.
        Trashed = "trashed",
        /// A thread was taken out of the trash.
        Restored = "restored",
        /// A thread was purged from the trash.
        Purged = "purged",
        /// A thread was merged into another one of the same customer.
        Merged = "merged",
        /// That was undone.
        MergeUndone = "merge_undone",
        /// A guest's links were revoked.
        LinksRevoked = "links_revoked",
        /// A setting's value changed.
        SettingChanged = "setting_changed",
        /// Mails were tried again by hand.
        MailRetried = "mail_retried",
        /// A mail was cancelled, or a failed one put aside.
        MailCancelled = "mail_cancelled",
        /// Somebody had a test mail sent.
        MailTested = "mail_tested",
        /// The team's note on a customer was changed.
        PersonNoteChanged = "person_note_changed",
        /// An address or a domain was blocked.
        Blocked = "blocked",
        /// A block was lifted.
        BlockLifted = "block_lifted",
        /// What was caught was let in.
        CatchAccepted = "catch_accepted",
        /// What was caught was deleted.
        CatchDeleted = "catch_deleted",
        /// A report of messages was dealt with.
        ReportSettled = "report_settled",
        /// Somebody took a thread over that they had begun as a guest.
        ThreadClaimed = "thread_claimed",
        /// A guest said that a thread is not theirs.
        NotMe = "not_me",
    }
}

/// An act as the log holds it: one that this version knows, or an older one's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Recorded {
    /// One that is worded.
    Known(Act),
    /// A word that says what it can.
    Other(String),
}

impl From<String> for Recorded {
    fn from(word: String) -> Self {
        match word.parse() {
            Ok(act) => Self::Known(act),
            Err(_) => Self::Other(word),
        }
    }
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Which.
    pub id: RecordId,
    /// When.
    pub at: Millis,
    /// Who did it; nobody with an account where it is missing.
    pub actor: Option<PersonRef>,
    /// What.
    pub act: Recorded,
    /// With which person, if not the actor alone.
    pub person: Option<PersonRef>,
    /// Whether it was done with the actor themselves.
    pub own: bool,
    /// In which thread, where the reader may open it.
    pub thread: Option<AuditThread>,
    /// Further facts, by their names.
    pub facts: Vec<(String, String)>,
}

/// A thread that the log tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditThread {
    /// Which.
    pub id: ThreadId,
    /// What it is about.
    pub subject: Option<String>,
}

impl AuditLine {
    /// The fact of this name.
    pub fn fact(&self, name: &str) -> Option<&str> {
        let found = self.facts.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Where a page of the log ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AuditCursor {
    /// The moment of its last line.
    pub at: Millis,
    /// The line.
    pub id: RecordId,
}

impl std::fmt::Display for AuditCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.0, self.id)
    }
}

impl std::str::FromStr for AuditCursor {
    type Err = crate::choice::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (at, id) = text.split_once('-').ok_or(crate::choice::UnknownWord)?;
        let at = at.parse().map_err(|_| crate::choice::UnknownWord)?;
        let id = id.parse().map_err(|_| crate::choice::UnknownWord)?;
        Ok(Self { at: Millis(at), id })
    }
}

/// Which lines are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Done by or with this person.
    pub person: Option<PersonId>,
    /// This act.
    pub act: Option<Act>,
    /// In this thread.
    pub thread: Option<ThreadId>,
    /// Not before.
    pub from: Option<Millis>,
    /// Before.
    pub until: Option<Millis>,
}

/// A page of the log, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Its lines.
    pub lines: Vec<AuditLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<AuditCursor>,
    /// Whom the filter names.
    pub person: Option<PersonRef>,
    /// Whom it could name, by name.
    pub people: Vec<PersonRef>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_another_version_stays_readable() {
        assert_eq!(
            Recorded::from("joined".to_owned()),
            Recorded::Known(Act::Joined)
        );
        let other = Recorded::from("moon_landed".to_owned());
        assert_eq!(other, Recorded::Other("moon_landed".to_owned()));
    }
}
