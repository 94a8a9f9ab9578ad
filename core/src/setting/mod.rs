//! What the owner may choose: rows over defaults, and what the configuration fixes over both.

mod change;
pub mod logo;
pub(crate) mod sql;

pub use change::{Changed, change, page};

use std::sync::Arc;

use pigeon_wire::Millis;
use pigeon_wire::attachment::{Extension, FILES_MAX, FileRules, Storage};
use pigeon_wire::fault::Field;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::setting::Colour;
use pigeon_wire::team::NO_ROLE;
use pigeon_wire::text::{Email, Name};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::actor::Account;
use crate::db::{Conn, on};
use crate::person;
use crate::zone::Zone;
use crate::{Error, Office};

/// The settings in force. Names, defaults and bounds are those of the settings' table in
/// `docs/ARCHITECTURE.md`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// Where browsers reach this Pigeon, without a slash at its end; links are built from it alone.
    pub public_url: String,
    /// The site's name, as guests read it.
    pub site_name: String,
    /// The name that mails come from.
    pub from_name: Name,
    /// The address that mails come from.
    pub from_address: Email,
    /// Who is told of messages that nobody looks after; empty: the From address.
    pub support_recipients: Vec<Email>,
    /// The language of whoever asks for none of ours.
    pub language: Language,
    /// The colour of buttons and links, if one was chosen.
    pub accent: Option<Colour>,
    /// The time zone of whoever has chosen none, by its name in the IANA list.
    pub time_zone: String,
    /// The version of the site's logo, if there is one: see [`logo`].
    pub logo: Option<String>,
    /// Whether guests may start threads.
    pub allow_guest_threads: bool,
    /// Whether guests are told when the team has seen their messages.
    pub show_seen_to_guests: bool,
    /// Whether anybody may make an account for an address of theirs.
    pub open_registration: bool,
    /// Days that a guest's link lasts after the last public activity.
    pub link_days: i64,
    /// Days that a thread stays in the trash before it is purged.
    pub trash_days: i64,
    /// Starts and unverified posts from one network address or for one mail address …
    pub rate_messages: i64,
    /// … within so many seconds.
    pub rate_window_s: i64,
    /// Whether the form carries a honeypot.
    pub honeypot_on: bool,
    /// The honeypot's field name.
    pub honeypot_field: String,
    /// Seconds in which whoever has chosen nothing else can take a reply back.
    pub undo_s: i64,
    /// Seconds from the first unsent message to the mail that joins it with later ones.
    pub joining_delay_s: i64,
    /// Most mails an hour to one address that is not verified.
    pub unverified_mails_hour: i64,
    /// Most mails a day to one address that is not verified.
    pub unverified_mails_day: i64,
    /// Most mails an hour to all addresses that are not verified together.
    pub unverified_mails_total_hour: i64,
    /// Where files are kept.
    pub attachment_storage: Storage,
    /// Most files of one message.
    pub attachments_most: u32,
    /// Most megabytes of one file.
    pub attachment_mb: u32,
    /// The endings of files' names that are allowed.
    pub attachment_endings: Vec<Extension>,
    /// Whether users may start direct threads.
    pub allow_direct: bool,
    /// The roles that may start them, `user` for people without one; none: everybody.
    pub direct_roles: Vec<String>,
    /// The origins whose pages may show conversations in a frame; none: nobody's.
    pub embed_origins: Vec<String>,
}

/// What the configuration fixes; a field that is set wins over the stored setting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Overrides {
    /// See [`Settings::public_url`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// See [`Settings::site_name`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_name: Option<String>,
    /// See [`Settings::from_name`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_name: Option<Name>,
    /// See [`Settings::from_address`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_address: Option<Email>,
    /// See [`Settings::support_recipients`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_recipients: Option<Vec<Email>>,
    /// See [`Settings::language`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// See [`Settings::time_zone`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// See [`Settings::allow_guest_threads`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_guest_threads: Option<bool>,
    /// See [`Settings::show_seen_to_guests`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_seen_to_guests: Option<bool>,
    /// See [`Settings::open_registration`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_registration: Option<bool>,
    /// See [`Settings::link_days`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_days: Option<i64>,
    /// See [`Settings::trash_days`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trash_days: Option<i64>,
    /// See [`Settings::rate_messages`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_messages: Option<i64>,
    /// See [`Settings::rate_window_s`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_window_s: Option<i64>,
    /// See [`Settings::honeypot_on`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honeypot_on: Option<bool>,
    /// See [`Settings::honeypot_field`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honeypot_field: Option<String>,
    /// See [`Settings::undo_s`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo_s: Option<i64>,
    /// See [`Settings::joining_delay_s`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joining_delay_s: Option<i64>,
    /// See [`Settings::attachment_storage`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_storage: Option<Storage>,
    /// See [`Settings::attachments_most`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments_most: Option<u32>,
    /// See [`Settings::attachment_mb`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_mb: Option<u32>,
    /// See [`Settings::attachment_endings`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_endings: Option<Vec<Extension>>,
}

impl Settings {
    /// What holds when nothing was chosen, for a Pigeon at `public_url`.
    fn defaults(public_url: &str) -> Result<Self, Error> {
        let host = host_of(public_url);
        // A mail address needs a domain with a dot; a bare host or an IP address has none.
        let from_address = Email::parse(&format!("pigeon@{host}"))
            .or_else(|_| Email::parse("pigeon@localhost.localdomain"))
            .map_err(|problem| Error::Configuration(problem.to_string()))?;
        let from_name =
            Name::parse("Pigeon").map_err(|problem| Error::Configuration(problem.to_string()))?;
        Ok(Self {
            public_url: public_url.to_owned(),
            site_name: "Pigeon".to_owned(),
            from_name,
            from_address,
            support_recipients: Vec::new(),
            language: Language::En,
            accent: None,
            time_zone: "UTC".to_owned(),
            logo: None,
            allow_guest_threads: true,
            show_seen_to_guests: true,
            open_registration: false,
            link_days: 30,
            trash_days: 30,
            rate_messages: 10,
            rate_window_s: 300,
            honeypot_on: true,
            honeypot_field: "website".to_owned(),
            undo_s: 10,
            joining_delay_s: 120,
            unverified_mails_hour: 3,
            unverified_mails_day: 10,
            unverified_mails_total_hour: 200,
            attachment_storage: Storage::Local,
            attachments_most: 5,
            attachment_mb: 10,
            attachment_endings: Extension::ALL.to_vec(),
            allow_direct: true,
            direct_roles: Vec::new(),
            embed_origins: Vec::new(),
        })
    }

    /// The time zone of whoever has chosen none.
    pub fn zone(&self) -> Zone {
        Zone::stored(&self.time_zone)
    }

    /// The endings of images that are taken, as a file input names them; empty while none are.
    pub fn image_accept(&self) -> String {
        let endings = self.attachment_endings.iter();
        let images = endings.filter(|ending| ending.is_image() && self.file_rules().is_on());
        let images: Vec<String> = images.map(|ending| format!(".{ending}")).collect();
        images.join(",")
    }

    /// Who is told of messages that nobody looks after.
    pub fn support_recipients(&self) -> &[Email] {
        if self.support_recipients.is_empty() {
            std::slice::from_ref(&self.from_address)
        } else {
            &self.support_recipients
        }
    }

    /// Whether somebody of this role, or of none, may start direct threads.
    pub fn may_start_direct(&self, role: Option<&str>) -> bool {
        let role = role.unwrap_or(NO_ROLE);
        let is_chosen = self.direct_roles.iter().any(|one| one == role);
        self.allow_direct && (self.direct_roles.is_empty() || is_chosen)
    }

    /// Which files are taken.
    pub fn file_rules(&self) -> FileRules {
        let endings = self.attachment_endings.iter();
        FileRules {
            most: match self.attachment_storage {
                Storage::Off => 0,
                Storage::Local => self.attachments_most,
            },
            mb: self.attachment_mb,
            accept: endings
                .map(|ending| format!(".{ending}"))
                .collect::<Vec<_>>()
                .join(","),
        }
    }

    /// The host of the public URL: the domain of Message-IDs.
    pub fn host(&self) -> &str {
        host_of(&self.public_url)
    }

    fn check(self) -> Result<Self, Error> {
        let bounds = [
            ("link_days", self.link_days, 1, 365),
            ("trash_days", self.trash_days, 1, 3650),
            ("rate_messages", self.rate_messages, 1, 1_000_000),
            ("rate_window_s", self.rate_window_s, 1, 86_400),
            ("undo_s", self.undo_s, 0, 30),
            ("joining_delay_s", self.joining_delay_s, 0, 3600),
            ("unverified_mails_hour", self.unverified_mails_hour, 1, 100),
            ("unverified_mails_day", self.unverified_mails_day, 1, 1000),
            (
                "unverified_mails_total_hour",
                self.unverified_mails_total_hour,
                1,
                1_000_000,
            ),
            ("attachment_mb", self.attachment_mb.into(), 1, 200),
        ];
        for (name, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                return Err(Error::Configuration(format!(
                    "{name} is {value}; it goes from {least} to {most}"
                )));
            }
        }
        if usize::try_from(self.attachments_most).is_ok_and(|most| most > FILES_MAX) {
            return Err(Error::Configuration(format!(
                "attachments_most is {}; it goes from 0 to {FILES_MAX}",
                self.attachments_most
            )));
        }
        if self.attachment_endings.is_empty() {
            return Err(Error::Configuration(
                "attachment_endings is empty; attachment_storage = off takes no files".to_owned(),
            ));
        }
        let plain =
            self.public_url.starts_with("http://") || self.public_url.starts_with("https://");
        let path_free = self
            .public_url
            .split_once("://")
            .is_some_and(|(_, authority)| {
                !authority.contains(['/', '?', '#', '@'])
                    && !authority.contains(char::is_whitespace)
            });
        if !plain || !path_free || self.host().is_empty() {
            return Err(Error::Configuration(
                "public_url is like https://support.example.org, without a path".to_owned(),
            ));
        }
        // A trap under a field's own name would catch every guest.
        let is_field = Field::ALL
            .iter()
            .any(|field| field.as_str() == self.honeypot_field);
        let is_word = self
            .honeypot_field
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_');
        if self.honeypot_field.is_empty() || is_field || !is_word {
            return Err(Error::Configuration(
                "honeypot_field is a word of its own, like website".to_owned(),
            ));
        }
        if Zone::named(&self.time_zone).is_none() {
            return Err(Error::Configuration(
                "time_zone is a name of the IANA list, like Europe/Berlin".to_owned(),
            ));
        }
        if Name::parse(&self.site_name).is_err() {
            return Err(Error::Configuration(
                "site_name is one line of text".to_owned(),
            ));
        }
        Ok(self)
    }
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    if let Some(v6) = authority.strip_prefix('[') {
        return v6.split(']').next().unwrap_or_default();
    }
    authority.split(':').next().unwrap_or_default()
}

/// Reads the settings in force.
///
/// # Errors
/// [`Error::Configuration`] when a value is out of its bounds.
pub(crate) async fn load(conn: &mut Conn, overrides: &Overrides) -> Result<Settings, Error> {
    let rows: Vec<(String, String)> =
        on!(conn, c => sqlx::query_as(sql::ALL_ROWS).fetch_all(c).await)?;
    let mut stored = Map::new();
    for (name, value) in rows {
        let value = serde_json::from_str(&value).map_err(|cause| Error::Inconsistent {
            table: "settings",
            column: "value",
            what: format!("{name}: {cause}"),
        })?;
        stored.insert(name, value);
    }
    merge(stored, overrides)
}

fn merge(mut stored: Map<String, Value>, overrides: &Overrides) -> Result<Settings, Error> {
    let unusable = |cause: serde_json::Error| Error::Configuration(cause.to_string());
    if let Value::Object(fixed) = serde_json::to_value(overrides).map_err(unusable)? {
        stored.extend(fixed);
    }
    let public_url = match stored.get("public_url") {
        Some(Value::String(url)) => url.trim_end_matches('/').to_owned(),
        _ => "http://127.0.0.1:3000".to_owned(),
    };
    stored.insert("public_url".to_owned(), Value::String(public_url.clone()));
    let mut all = serde_json::to_value(Settings::defaults(&public_url)?).map_err(unusable)?;
    if let Value::Object(all) = &mut all {
        all.extend(stored);
    }
    serde_json::from_value::<Settings>(all)
        .map_err(unusable)?
        .check()
}

/// Whoever may change the settings at this moment: made only by reading the database.
pub struct Manager(());

impl Manager {
    /// The proof that `account` may change the settings.
    ///
    /// # Errors
    /// [`Fault::NotSignedIn`](pigeon_wire::Fault) and [`Fault::Forbidden`](pigeon_wire::Fault).
    pub(crate) async fn prove(
        conn: &mut Conn,
        account: &Account,
        now: Millis,
    ) -> Result<Self, Error> {
        let rights = person::rights(conn, account, now).await?;
        rights.need(Permission::ManageSettings)?;
        Ok(Self(()))
    }
}

/// The settings in force, for whoever may change them.
pub async fn open(office: &Office, account: &Account) -> Result<Arc<Settings>, Error> {
    Manager::prove(&mut office.read().await?, account, office.now()).await?;
    Ok(office.settings())
}

#[cfg(test)]
mod tests;
