//! What the owner may choose: the one list of settings, with what each takes. The page is drawn from
//! it, and the server checks what comes back by it.

mod colour;
mod form;
mod origin;

use serde::{Deserialize, Serialize};

pub use colour::{Accent, Colour};
pub use form::{Meanwhile, Shown, Typed};
pub use origin::{ORIGIN_CHARS_MAX, ORIGINS_MAX, origin};

use crate::attachment::{Extension, FILES_MAX, Storage};
use crate::fault::Field;
use crate::person::Language;
use crate::text::{EMAIL_CHARS_MAX, Email, NAME_CHARS_MAX, Name};

/// Most addresses of a list.
pub const ADDRESSES_MAX: usize = 20;
/// Most files of a message that can be chosen: [`FILES_MAX`], as numbers of settings are counted.
const FILES_MOST: i64 = 20;
const _: () = assert!(FILES_MAX == 20, "the two are one figure");
/// Most roles of a list.
const ROLES_MOST: usize = 100;
/// Most characters of a field's name.
pub const WORD_CHARS_MAX: usize = 40;

choice! {
    /// The settings, by their names in the database, in forms and in the audit log.
    Setting {
        /// The site's name, as guests read it.
        SiteName = "site_name",
        /// Where browsers reach this Pigeon; decided where it is started.
        PublicUrl = "public_url",
        /// The language of whoever asks for none of ours.
        Language = "language",
        /// The colour of buttons and links.
        Accent = "accent",
        /// The time zone of whoever has chosen none.
        TimeZone = "time_zone",
        /// Whether guests may start threads.
        AllowGuestThreads = "allow_guest_threads",
        /// The sites whose pages may show conversations in a frame.
        EmbedOrigins = "embed_origins",
        /// Whether guests are told when the team has seen their messages.
        ShowSeenToGuests = "show_seen_to_guests",
        /// Whether users may start direct threads.
        AllowDirect = "allow_direct",
        /// The roles that may start them; none chosen: everybody.
        DirectRoles = "direct_roles",
        /// Whether anybody may make an account for an address of theirs.
        OpenRegistration = "open_registration",
        /// Days that a guest's link lasts.
        LinkDays = "link_days",
        /// Days that a thread stays in the trash.
        TrashDays = "trash_days",
        /// Seconds in which whoever has chosen nothing else can take a reply back.
        Undo = "undo_s",
        /// The name that mails come from.
        FromName = "from_name",
        /// The address that mails come from.
        FromAddress = "from_address",
        /// Who is told of messages that nobody looks after.
        SupportRecipients = "support_recipients",
        /// Seconds in which mails about new messages are joined.
        JoiningDelay = "joining_delay_s",
        /// Starts and unverified posts …
        RateMessages = "rate_messages",
        /// … within so many seconds.
        RateWindow = "rate_window_s",
        /// Whether the form carries a field that only robots fill in.
        HoneypotOn = "honeypot_on",
        /// That field's name.
        HoneypotField = "honeypot_field",
        /// Most mails an hour to one address that is not verified.
        UnverifiedMailsHour = "unverified_mails_hour",
        /// Most mails a day to one address that is not verified.
        UnverifiedMailsDay = "unverified_mails_day",
        /// Most mails an hour to all addresses that are not verified together.
        UnverifiedMailsTotalHour = "unverified_mails_total_hour",
        /// Where files are kept.
        AttachmentStorage = "attachment_storage",
        /// Most files of one message.
        AttachmentsMost = "attachments_most",
        /// Most megabytes of one file.
        AttachmentMb = "attachment_mb",
        /// The endings of names that are allowed.
        AttachmentEndings = "attachment_endings",
    }
}

choice! {
    /// What belongs together on the page.
    Group {
        /// What visitors see of the site.
        Site = "site",
        /// What guests may do.
        Guests = "guests",
        /// What users may do.
        Users = "users",
        /// How mails leave.
        Mail = "mail",
        /// What keeps robots and floods out.
        Protection = "protection",
        /// Which files come with messages.
        Files = "files",
    }
}

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// On or off.
    Switch,
    /// A whole number within bounds.
    Number {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A name of one line.
    Name,
    /// A mail address.
    Address,
    /// Mail addresses, or none.
    Addresses,
    /// A word that can name a form's field.
    Word,
    /// One of our languages.
    Language,
    /// A colour, or none.
    Colour,
    /// Where a site is reached. Shown, never taken from a form.
    Origin,
    /// Where files are kept.
    Storage,
    /// Endings of files' names, of those that are known.
    Endings,
    /// Words of roles, or none; `user` stands for people without one.
    Roles,
    /// A name of the IANA list of time zones, which the server alone carries.
    Zone,
    /// Origins of other sites, or none.
    Origins,
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// None chosen.
    None,
    /// On or off.
    Switch(bool),
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was typed.
    Missing,
    /// No whole number.
    NoNumber,
    /// Out of its bounds.
    OutOfBounds {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// No name of one line, or too long.
    NoName,
    /// No mail address, or a list in which something is none.
    NoAddress,
    /// More addresses than a list holds.
    TooManyAddresses,
    /// No word for a field.
    NoWord,
    /// A word that the form itself needs.
    Reserved,
    /// No colour.
    NoColour,
    /// No origin of a site, or a list in which something is none.
    NoOrigin,
    /// More sites than a list holds.
    TooManyOrigins,
    /// Not one of the choices.
    Unknown,
    /// The configuration has fixed it.
    Locked,
    /// Somebody else has changed it since the page was loaded.
    Changed,
}

impl Setting {
    /// Whether pages that are open show something of it: they are told when it changes.
    pub const fn is_on_pages(self) -> bool {
        matches!(
            self,
            Self::SiteName
                | Self::Accent
                | Self::Language
                | Self::TimeZone
                | Self::ShowSeenToGuests
                | Self::AttachmentStorage
                | Self::AttachmentsMost
                | Self::AttachmentMb
                | Self::AttachmentEndings
        )
    }

    /// With which others it stands on the page.
    pub const fn group(self) -> Group {
        match self {
            Self::SiteName | Self::PublicUrl | Self::Language | Self::Accent | Self::TimeZone => {
                Group::Site
            }
            Self::AllowGuestThreads
            | Self::EmbedOrigins
            | Self::ShowSeenToGuests
            | Self::LinkDays
            | Self::TrashDays => Group::Guests,
            Self::AllowDirect | Self::DirectRoles | Self::OpenRegistration => Group::Users,
            Self::FromName
            | Self::FromAddress
            | Self::SupportRecipients
            | Self::Undo
            | Self::JoiningDelay => Group::Mail,
            Self::RateMessages
            | Self::RateWindow
            | Self::HoneypotOn
            | Self::HoneypotField
            | Self::UnverifiedMailsHour
            | Self::UnverifiedMailsDay
            | Self::UnverifiedMailsTotalHour => Group::Protection,
            Self::AttachmentStorage
            | Self::AttachmentsMost
            | Self::AttachmentMb
            | Self::AttachmentEndings => Group::Files,
        }
    }

    /// What it takes.
    pub const fn kind(self) -> Kind {
        match self {
            Self::SiteName | Self::FromName => Kind::Name,
            Self::PublicUrl => Kind::Origin,
            Self::Language => Kind::Language,
            Self::Accent => Kind::Colour,
            Self::TimeZone => Kind::Zone,
            Self::AllowGuestThreads
            | Self::AllowDirect
            | Self::ShowSeenToGuests
            | Self::OpenRegistration
            | Self::HoneypotOn => Kind::Switch,
            Self::DirectRoles => Kind::Roles,
            Self::EmbedOrigins => Kind::Origins,
            Self::HoneypotField => Kind::Word,
            Self::FromAddress => Kind::Address,
            Self::SupportRecipients => Kind::Addresses,
            Self::LinkDays => bounds(1, 365),
            Self::TrashDays => bounds(1, 3650),
            Self::JoiningDelay => bounds(0, 3600),
            Self::Undo => bounds(0, 30),
            Self::RateMessages | Self::UnverifiedMailsTotalHour => bounds(1, 1_000_000),
            Self::RateWindow => bounds(1, 86_400),
            Self::UnverifiedMailsHour => bounds(1, 100),
            Self::UnverifiedMailsDay => bounds(1, 1000),
            Self::AttachmentStorage => Kind::Storage,
            Self::AttachmentsMost => bounds(0, FILES_MOST),
            Self::AttachmentMb => bounds(1, 200),
            Self::AttachmentEndings => Kind::Endings,
        }
    }

    /// What was typed, as the value that is stored.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn typed(self, text: &str) -> Result<Value, Wrong> {
        let text = text.trim();
        match self.kind() {
            Kind::Switch => match text {
                "on" => Ok(Value::Switch(true)),
                "" => Ok(Value::Switch(false)),
                _ => Err(Wrong::Unknown),
            },
            Kind::Number { least, most } => number(text, least, most),
            Kind::Name => match Name::parse(text) {
                Ok(name) => Ok(Value::Text(name.into())),
                Err(_) if text.is_empty() => Err(Wrong::Missing),
                Err(_) => Err(Wrong::NoName),
            },
            Kind::Address | Kind::Zone if text.is_empty() => Err(Wrong::Missing),
            Kind::Address => address(text).map(Value::Text),
            Kind::Addresses => addresses(text),
            Kind::Word => word(text),
            Kind::Language => match text.parse::<Language>() {
                Ok(language) => Ok(Value::Text(language.as_str().to_owned())),
                Err(_) => Err(Wrong::Unknown),
            },
            Kind::Colour if text.is_empty() => Ok(Value::None),
            Kind::Colour => match text.parse::<Colour>() {
                Ok(colour) => Ok(Value::Text(colour.to_string())),
                Err(_) => Err(Wrong::NoColour),
            },
            Kind::Origin => Err(Wrong::Locked),
            Kind::Storage => match text.parse::<Storage>() {
                Ok(storage) => Ok(Value::Text(storage.as_str().to_owned())),
                Err(_) => Err(Wrong::Unknown),
            },
            Kind::Endings => endings(text),
            Kind::Roles => roles(text),
            Kind::Zone => Ok(Value::Text(text.to_owned())),
            Kind::Origins => origin::list(text).map(Value::List),
        }
    }

    /// Most characters that its field takes.
    pub const fn chars_max(self) -> usize {
        match self.kind() {
            Kind::Name => NAME_CHARS_MAX,
            Kind::Addresses | Kind::Roles => EMAIL_CHARS_MAX * ADDRESSES_MAX,
            Kind::Origins => ORIGIN_CHARS_MAX * ORIGINS_MAX,
            Kind::Word => WORD_CHARS_MAX,
            _ => EMAIL_CHARS_MAX,
        }
    }
}

impl Value {
    /// The value as it stands in its field.
    pub fn text(&self) -> String {
        match self {
            Self::None | Self::Switch(false) => String::new(),
            Self::Switch(true) => "on".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::List(all) => all.join("\n"),
        }
    }
}

const fn bounds(least: i64, most: i64) -> Kind {
    Kind::Number { least, most }
}

fn number(text: &str, least: i64, most: i64) -> Result<Value, Wrong> {
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    let is_digits = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    match text.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(Value::Number(number)),
        Err(_) if !is_digits => Err(Wrong::NoNumber),
        _ => Err(Wrong::OutOfBounds { least, most }),
    }
}

fn address(text: &str) -> Result<String, Wrong> {
    let email = Email::parse(text).map_err(|_| Wrong::NoAddress)?;
    Ok(email.into())
}

fn addresses(text: &str) -> Result<Value, Wrong> {
    let mut all: Vec<String> = Vec::new();
    let parts = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    for part in parts.filter(|part| !part.is_empty()) {
        let address = address(part)?;
        if !all.iter().any(|known| known.eq_ignore_ascii_case(&address)) {
            all.push(address);
        }
    }
    if all.len() > ADDRESSES_MAX {
        return Err(Wrong::TooManyAddresses);
    }
    Ok(Value::List(all))
}

fn endings(text: &str) -> Result<Value, Wrong> {
    let mut all: Vec<String> = Vec::new();
    let parts = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    for part in parts.filter(|part| !part.is_empty()) {
        let known: Extension = part
            .trim_start_matches('.')
            .to_lowercase()
            .parse()
            .map_err(|_| Wrong::Unknown)?;
        if !all.iter().any(|ending| ending == known.as_str()) {
            all.push(known.as_str().to_owned());
        }
    }
    if all.is_empty() {
        return Err(Wrong::Missing);
    }
    Ok(Value::List(all))
}

fn roles(text: &str) -> Result<Value, Wrong> {
    let mut all: Vec<String> = Vec::new();
    let parts = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    for part in parts.filter(|part| !part.is_empty()) {
        let is_word = part
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_word || part.len() > WORD_CHARS_MAX * 2 || all.len() >= ROLES_MOST {
            return Err(Wrong::Unknown);
        }
        if !all.iter().any(|known| known == part) {
            all.push(part.to_owned());
        }
    }
    Ok(Value::List(all))
}

fn word(text: &str) -> Result<Value, Wrong> {
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    // A trap under a field's own name would catch every guest.
    let is_field = Field::ALL.iter().any(|field| field.as_str() == text);
    let fits = text.len() <= WORD_CHARS_MAX
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match (is_field, fits) {
        (true, _) => Err(Wrong::Reserved),
        (_, true) => Ok(Value::Text(text.to_owned())),
        _ => Err(Wrong::NoWord),
    }
}

#[cfg(test)]
mod tests;
