//! The one error shape that every door speaks: a code with its values. It is worded at the door,
//! in the reader's language; it never holds a cause, a token or a message's text.

mod read;

use serde::{Deserialize, Serialize};

use crate::act::Moved;
use crate::attachment::{FileProblem, RefusedFile};
use crate::id::Millis;
use crate::permission::Permission;

/// Why Pigeon refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", content = "values", rename_all = "snake_case")]
pub enum Fault {
    /// What was sent does not keep the rules, field by field.
    #[error("invalid input")]
    Invalid(Vec<FieldFault>),
    /// Files that cannot be taken, each with its reason. The message they came with is not stored.
    #[error("files refused")]
    Files(Vec<RefusedFile>),
    /// There is no such thing, or not for this caller: a stranger's thing is not found, never
    /// forbidden.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// Address and password do not fit.
    #[error("address and password do not fit")]
    WrongPassword,
    /// The caller sees the thing but lacks this permission.
    #[error("permission missing: {0}")]
    Forbidden(Permission),
    /// A program's token does not allow this.
    #[error("outside of the token's scopes")]
    OutOfScope,
    /// The link has expired or was revoked.
    #[error("link expired")]
    Expired,
    /// Another staff member acted on the thread meanwhile (rule 8): send anyway or make it a note.
    #[error("overtaken by another staff member")]
    Overtaken(Overtaken),
    /// The value to change is no longer what the caller saw.
    #[error("changed meanwhile")]
    Changed,
    /// Somebody else has acted on the thread meanwhile, in what the caller wanted to change.
    #[error("somebody else was quicker")]
    Moved(Moved),
    /// The thread is in the trash: it can be read and restored, and nothing else.
    #[error("in the trash")]
    Trashed,
    /// The idempotency key was used with other content.
    #[error("idempotency key used with other content")]
    KeyReused,
    /// The owner has switched this off.
    #[error("switched off")]
    Off,
    /// Too many tries.
    #[error("too many tries; again in {retry_after_s} s")]
    TooMany {
        /// Seconds until a try can succeed.
        retry_after_s: u32,
    },
    /// The server has too much to do just now.
    #[error("busy; again in {retry_after_s} s")]
    Busy {
        /// Seconds until a try is sensible.
        retry_after_s: u32,
    },
    /// The request is not of a form that this door reads.
    #[error("malformed request")]
    Malformed,
    /// More bytes than this door takes.
    #[error("too large")]
    TooLarge,
    /// Something unexpected; the log has the cause under the request's id.
    #[error("internal error")]
    Internal,
}

impl Fault {
    /// The HTTP status of this fault, as every HTTP door answers it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) | Self::Files(_) | Self::KeyReused => 422,
            Self::NotFound => 404,
            Self::NotSignedIn | Self::WrongPassword => 401,
            Self::Forbidden(_) | Self::OutOfScope | Self::Off => 403,
            Self::Expired => 410,
            Self::Overtaken(_) | Self::Changed | Self::Moved(_) | Self::Trashed => 409,
            Self::TooMany { .. } => 429,
            Self::Busy { .. } => 503,
            Self::Malformed => 400,
            Self::TooLarge => 413,
            Self::Internal => 500,
        }
    }

    /// The code as it stands in problem details and logs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Files(_) => "files",
            Self::NotFound => "not_found",
            Self::NotSignedIn => "not_signed_in",
            Self::WrongPassword => "wrong_password",
            Self::Forbidden(_) => "forbidden",
            Self::OutOfScope => "out_of_scope",
            Self::Expired => "expired",
            Self::Overtaken(_) => "overtaken",
            Self::Changed => "changed",
            Self::Moved(_) => "moved",
            Self::Trashed => "trashed",
            Self::KeyReused => "key_reused",
            Self::Off => "off",
            Self::TooMany { .. } => "too_many",
            Self::Busy { .. } => "busy",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::Internal => "internal",
        }
    }

    /// One file's problem.
    pub fn file(name: &str, problem: FileProblem) -> Self {
        Self::Files(vec![RefusedFile {
            name: name.to_owned(),
            problem,
        }])
    }

    /// One field's problem.
    pub fn field(field: Field, problem: Problem) -> Self {
        Self::Invalid(vec![FieldFault { field, problem }])
    }
}

/// Who overtook a staff member's reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overtaken {
    /// The other staff member's display name.
    pub by: String,
    /// When the other acted.
    pub at: Millis,
    /// The thread's staff number with that act: sending again with this as the number seen is
    /// "send anyway".
    pub now: i64,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    pub problem: Problem,
}

choice! {
    /// The fields that people fill in, by the names that forms carry.
    Field {
        /// A display name.
        Name = "name",
        /// A mail address.
        Email = "email",
        /// A thread's subject.
        Subject = "subject",
        /// A message's or note's text.
        Body = "body",
        /// A password.
        Password = "password",
        /// The idempotency key.
        Key = "key",
        /// A person's role.
        Role = "role",
        /// A thread's status.
        Status = "status",
        /// A thread's assignee.
        Assignee = "assignee",
        /// The password that is to be replaced.
        OldPassword = "old_password",
        /// A role's permissions.
        Permissions = "permissions",
        /// A reader's language.
        Language = "language",
        /// For whom a direct thread is.
        Recipients = "to",
        /// The messages of a report.
        Messages = "message",
        /// Why something is reported.
        Reason = "reason",
        /// A reader's time zone.
        TimeZone = "time_zone",
        /// A token's scopes.
        Scopes = "scopes",
        /// How many days a token lasts.
        Days = "days",
        /// Until when a thread rests.
        Until = "until",
        /// A tag.
        Tag = "tag",
    }
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case", from = "read::FlatProblem")]
pub enum Problem {
    /// Nothing was typed.
    #[error("missing")]
    Missing,
    /// Fewer than `min` characters.
    #[error("shorter than {min} characters")]
    TooShort {
        /// The fewest characters allowed.
        min: u32,
    },
    /// More than `max` characters.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: u32,
    },
    /// A control character or direction mark.
    #[error("holds a character that is not allowed")]
    ForbiddenCharacter,
    /// No mail address.
    #[error("not a mail address")]
    NotAnAddress,
    /// No idempotency key.
    #[error("not an idempotency key")]
    NotAKey,
    /// Somebody else has it.
    #[error("already taken")]
    Taken,
    /// Not one of the choices.
    #[error("not one of the choices")]
    Unknown,
    /// The address is invited already.
    #[error("already invited")]
    Invited,
    /// It would leave the house without an owner who can sign in.
    #[error("the last owner")]
    LastOwner,
    /// Owners alone may do this.
    #[error("for owners only")]
    OwnersOnly,
    /// Nobody gives what they do not hold.
    #[error("more than the giver holds")]
    BeyondOwn,
    /// Somebody still has it.
    #[error("in use")]
    InUse,
    /// It came with Pigeon and stays as it is.
    #[error("built in")]
    BuiltIn,
    /// More than `max` of them.
    #[error("more than {max}")]
    TooMany {
        /// The most that are taken.
        max: u32,
    },
    /// Not the password of this account.
    #[error("not the password")]
    WrongPassword,
}
