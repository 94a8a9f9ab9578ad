//! The words of the settings in English.

use pigeon_wire::attachment::Storage;
use pigeon_wire::setting::{ADDRESSES_MAX, Group, ORIGINS_MAX, Setting, Wrong};

use super::{LogoWords, SettingsWords};

pub(super) const WORDS: SettingsWords = SettingsWords {
    about,
    group: |group| match group {
        Group::Site => "Site",
        Group::Guests => "Guests",
        Group::Users => "Users",
        Group::Mail => "Mail",
        Group::Protection => "Protection",
        Group::Files => "Files",
    },
    storage: |storage| match storage {
        Storage::Off => "Off",
        Storage::Local => "In a folder of this machine",
    },
    bounds: |least, most| format!("{least} to {most}."),
    locked: |variable| {
        format!("Set by the environment or the configuration: {variable}. Change it there.")
    },
    wrong,
    meanwhile: |by, value, ago_ms| {
        let by = by.unwrap_or("Somebody else");
        format!(
            "{by} set this to {value} {}. Save again to set yours.",
            ago(ago_ms)
        )
    },
    on: "on",
    off: "off",
    none: "nothing",
    refused: "Nothing was saved. Please look at what is marked below.",
    save: "Save",
    logo: LogoWords {
        heading: "Logo",
        lead: "Guests see it beside the site\u{2019}s name, at most 240 pixels wide and 48 high. A PNG of twice \
               that size looks sharp on every screen.",
        file: "Image file, at most 2 MB",
        take: "Use this logo",
        remove: "Remove the logo",
        off: "No images are taken while attachments are off or of other kinds alone.",
    },
};

#[expect(clippy::too_many_lines, reason = "a table: one entry for each setting")]
fn about(setting: Setting) -> (&'static str, &'static str) {
    match setting {
        Setting::SiteName => (
            "Site name",
            "What guests read above their conversation and in mails.",
        ),
        Setting::PublicUrl => (
            "Public address",
            "Where browsers reach this Pigeon. Links in mails are built from it.",
        ),
        Setting::Language => (
            "Language",
            "For visitors whose browser asks for none of ours, and for mails to addresses without \
             an account.",
        ),
        Setting::Accent => (
            "Accent colour",
            "Of buttons and links, like #0f6b5c; made darker or lighter where it could not be read. \
             Empty: Pigeon\u{2019}s own.",
        ),
        Setting::TimeZone => (
            "Time zone",
            "By whose clocks times are told to guests and to whoever has chosen no other, in mails and wherever \
             the browser does not tell its own.",
        ),
        Setting::AllowGuestThreads => (
            "Guests may start conversations",
            "Switched off, the contact form takes nothing in; conversations that exist go on.",
        ),
        Setting::EmbedOrigins => (
            "Sites that show conversations",
            "Addresses of sites whose pages may hold the chat bubble, one a line, like https://www.example.org. \
             Empty: none.",
        ),
        Setting::ShowSeenToGuests => (
            "Guests see when the team has read",
            "Under their own message, without saying who.",
        ),
        Setting::AllowDirect => (
            "Direct conversations",
            "Whether users may start conversations with each other. Those that exist go on when this is off.",
        ),
        Setting::DirectRoles => (
            "Who may start them",
            "Words of roles, one a line, as they stand in the addresses of their pages; “user” stands for people without a role. Empty: everybody.",
        ),
        Setting::OpenRegistration => (
            "Anybody may make an account",
            "Switched on, there is a form for it, and the address is proven by a mailed link. Switched off, people \
             are invited.",
        ),
        Setting::LinkDays => (
            "Guests\u{2019} links last, days",
            "Counted from the last message in the conversation.",
        ),
        Setting::TrashDays => (
            "Trash is kept, days",
            "After that, a conversation in the trash is gone for good, its files included.",
        ),
        Setting::FromName => ("Sender\u{2019}s name", "The name that mails come from."),
        Setting::FromAddress => (
            "Sender\u{2019}s address",
            "The address that mails come from. Your mail server must allow it.",
        ),
        Setting::SupportRecipients => (
            "Who is told of new questions",
            "Mail addresses, one a line, for conversations that nobody looks after. Empty: the \
             sender\u{2019}s address.",
        ),
        Setting::Undo => (
            "Taking a reply back, seconds",
            "So long a reply waits before it is posted, unless the customer has the conversation open. \
             Everybody can choose for themselves at their account. 0: not at all.",
        ),
        Setting::JoiningDelay => (
            "Joining delay, seconds",
            "So long a mail about a new message waits, to carry the next ones too. 0: at once.",
        ),
        Setting::RateMessages => (
            "Messages by one sender",
            "From one network address, or for one mail address, before a mailed link was used.",
        ),
        Setting::RateWindow => (
            "\u{2026} within so many seconds",
            "Whoever sends more is asked to wait.",
        ),
        Setting::HoneypotOn => (
            "Trap for robots",
            "A hidden field in the contact form. What fills it in goes to the quarantine.",
        ),
        Setting::HoneypotField => (
            "Name of the trap\u{2019}s field",
            "A word of letters, digits and underscores. After a change, copy the contact form anew \
             into other sites.",
        ),
        Setting::UnverifiedMailsHour => (
            "Mails an hour to an unverified address",
            "So that the form cannot be used to flood somebody else\u{2019}s mailbox. More mails wait.",
        ),
        Setting::UnverifiedMailsDay => ("Mails a day to an unverified address", "More mails wait."),
        Setting::UnverifiedMailsTotalHour => (
            "Mails an hour to all unverified addresses",
            "Together. More mails wait.",
        ),
        Setting::AttachmentStorage => (
            "Files with messages",
            "Where they are kept. Off: no new ones are taken; those that are there stay.",
        ),
        Setting::AttachmentsMost => ("Files of one message", "0 takes none."),
        Setting::AttachmentMb => ("Largest file, MB", "For each file by itself."),
        Setting::AttachmentEndings => (
            "Kinds of files",
            "Endings of names, one a line. What a file is, is also looked for in its bytes.",
        ),
    }
}

fn wrong(wrong: Wrong) -> String {
    let sentence = match wrong {
        Wrong::Missing => "Please fill this in.",
        Wrong::NoNumber => "Please type a whole number.",
        Wrong::OutOfBounds { least, most } => return format!("This goes from {least} to {most}."),
        Wrong::NoName => "Please type one line of up to 100 characters.",
        Wrong::NoAddress => "This does not look like a mail address.",
        Wrong::TooManyAddresses => return format!("At most {ADDRESSES_MAX} addresses, please."),
        Wrong::NoWord => "Letters of the English alphabet, digits and underscores only, please.",
        Wrong::Reserved => "The form itself needs a field of this name. Please choose another.",
        Wrong::NoColour => "A colour is like #0f6b5c.",
        Wrong::NoOrigin => "The address of a site is like https://www.example.org, without a path.",
        Wrong::TooManyOrigins => return format!("At most {ORIGINS_MAX} sites, please."),
        Wrong::Unknown => "Please choose one of those that are known.",
        Wrong::Locked => "This cannot be changed here.",
        Wrong::Changed => "Somebody else has changed this meanwhile. Save again to set yours.",
    };
    sentence.to_owned()
}

fn ago(ms: i64) -> String {
    match ms / 60_000 {
        0 => "just now".to_owned(),
        1 => "a minute ago".to_owned(),
        minutes @ 2..=119 => format!("{minutes} minutes ago"),
        minutes => format!("{} hours ago", minutes / 60),
    }
}
