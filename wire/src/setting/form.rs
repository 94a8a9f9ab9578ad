//! What the page of the settings shows, and what comes back from it.

use super::{Kind, Setting, Wrong};
use crate::id::Millis;

/// A setting as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which.
    pub setting: Setting,
    /// What stands in its field: what is in force, or what was typed.
    pub text: String,
    /// What is in force: goes back with the form, so that nobody overwrites what they have not seen.
    pub was: String,
    /// Whether the configuration has fixed it.
    pub is_locked: bool,
    /// What is wrong with what was typed.
    pub wrong: Option<Wrong>,
    /// Who changed it since the page was loaded, where that is what is wrong.
    pub meanwhile: Option<Meanwhile>,
}

/// A change by somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meanwhile {
    /// Who, if it is still known.
    pub by: Option<String>,
    /// When.
    pub at: Millis,
    /// How long ago, in milliseconds.
    pub ago_ms: i64,
}

/// What came back for a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Which.
    pub setting: Setting,
    /// What was typed.
    pub text: String,
    /// What was in force when the page was drawn.
    pub was: String,
}

impl Setting {
    /// The name under which a form carries what was in force.
    pub fn was_name(self) -> String {
        ["was.", self.as_str()].concat()
    }

    /// The variable that fixes it, where one can: the options of `pigeon serve` in the environment.
    pub const fn variable(self) -> Option<&'static str> {
        Some(match self {
            Self::SiteName => "PIGEON_SITE_NAME",
            Self::PublicUrl => "PIGEON_PUBLIC_URL",
            Self::Language => "PIGEON_LANGUAGE",
            Self::TimeZone => "PIGEON_TIME_ZONE",
            Self::AllowGuestThreads => "PIGEON_ALLOW_GUEST_THREADS",
            Self::ShowSeenToGuests => "PIGEON_SHOW_SEEN_TO_GUESTS",
            Self::OpenRegistration => "PIGEON_OPEN_REGISTRATION",
            Self::LinkDays => "PIGEON_LINK_DAYS",
            Self::FromName => "PIGEON_MAIL_FROM_NAME",
            Self::FromAddress => "PIGEON_MAIL_FROM",
            Self::SupportRecipients => "PIGEON_SUPPORT_RECIPIENTS",
            Self::Undo => "PIGEON_UNDO_S",
            Self::JoiningDelay => "PIGEON_MAIL_JOINING_DELAY_S",
            Self::RateMessages => "PIGEON_RATE_MESSAGES",
            Self::RateWindow => "PIGEON_RATE_WINDOW_S",
            Self::HoneypotOn => "PIGEON_HONEYPOT",
            Self::HoneypotField => "PIGEON_HONEYPOT_FIELD",
            Self::TrashDays => "PIGEON_TRASH_DAYS",
            Self::AttachmentStorage => "PIGEON_ATTACHMENT_STORAGE",
            Self::AttachmentsMost => "PIGEON_ATTACHMENTS_MOST",
            Self::AttachmentMb => "PIGEON_ATTACHMENT_MB",
            Self::AttachmentEndings => "PIGEON_ATTACHMENT_ENDINGS",
            Self::Accent
            | Self::AllowDirect
            | Self::DirectRoles
            | Self::EmbedOrigins
            | Self::UnverifiedMailsHour
            | Self::UnverifiedMailsDay
            | Self::UnverifiedMailsTotalHour => return None,
        })
    }

    /// Whether two texts mean the same for it.
    pub fn is_same(self, one: &str, other: &str) -> bool {
        match (self.typed(one), self.typed(other)) {
            (Ok(one), Ok(other)) => one == other,
            _ => one.trim() == other.trim(),
        }
    }

    /// Whether only the configuration decides about it.
    pub fn is_fixed(self) -> bool {
        self.kind() == Kind::Origin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_means_the_same_however_it_is_parted() {
        let setting = Setting::SupportRecipients;
        assert!(setting.is_same("a@x.org\r\nb@x.org", "a@x.org, b@x.org"));
        assert!(!setting.is_same("a@x.org", "a@x.org b@x.org"));
        assert!(Setting::LinkDays.is_same("07", "7"));
        assert!(!Setting::LinkDays.is_same("", "7"));
    }
}
