//! What the operator decides. Each option is listed once, here: its flag, its variable, its default
//! and its meaning; the file of options has the flags' own names as keys, and `pigeon config` shows
//! whatever stands here. A flag wins over the environment, and that over the file.

#![expect(
    clippy::doc_markdown,
    reason = "what is said of an option here is what --help says of it"
)]

mod file;
mod load;
mod show;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use clap::{ArgAction, Args};
use ipnet::IpNet;
use pigeon_core::mail::{Mailer, MailerError};
use pigeon_core::setting::Overrides;
use pigeon_wire::attachment::{Extension, Storage};
use pigeon_wire::fault::Problem;
use pigeon_wire::person::Language;
use pigeon_wire::text::{Email, Name};

pub use file::FileError;
pub use load::{Loaded, Wrong, load};
pub use show::{Shown, redacted, shown};

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// File with options, one `flag = value` a line; without this option, pigeon.toml in the data
    /// folder, if it is there
    #[arg(long, env = "PIGEON_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// Folder that holds everything: the database, files, and mails while no relay is set
    #[arg(
        long,
        env = "PIGEON_DATA",
        value_name = "DIR",
        default_value = "./data",
        global = true
    )]
    pub data: PathBuf,

    /// Where the database is: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME; without this
    /// option, pigeon.db in the data folder
    #[arg(
        long,
        env = "PIGEON_DATABASE",
        hide_env_values = true,
        value_name = "URL",
        global = true
    )]
    pub database: Option<String>,

    /// What is logged: error, warn, info, debug or trace, also by part (info,pigeon_core=debug)
    #[arg(
        long,
        env = "PIGEON_LOG",
        value_name = "FILTER",
        default_value = "info",
        global = true
    )]
    pub log: String,
}

/// Options of the server.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Address and port to listen on
    #[arg(
        long,
        env = "PIGEON_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:3000"
    )]
    pub listen: SocketAddr,

    /// Where browsers reach this server, like https://support.example.org; links in mails are
    /// built from it. Without this option, the address that is listened on
    #[arg(long, env = "PIGEON_PUBLIC_URL", value_name = "URL", value_parser = origin)]
    pub public_url: Option<String>,

    /// Relay for mails: smtps://USER:PASSWORD@HOST or smtp://…; without this option, mails are
    /// written to the folder mail in the data folder
    #[arg(long, env = "PIGEON_SMTP", hide_env_values = true, value_name = "URL")]
    pub smtp: Option<String>,

    /// Proxies whose X-Forwarded-For is believed, separated by commas
    #[arg(
        long,
        env = "PIGEON_TRUSTED_PROXIES",
        value_name = "NETWORKS",
        value_delimiter = ',',
        value_parser = network
    )]
    pub trusted_proxies: Vec<IpNet>,

    /// Lets web hooks lead to private addresses (this machine, the own network), and over plain http
    #[arg(
        long,
        env = "PIGEON_WEBHOOK_PRIVATE",
        value_name = "true|false",
        default_value_t = false,
        action = ArgAction::Set
    )]
    pub webhook_private: bool,

    /// Fixes the address that mails come from
    #[arg(long, env = "PIGEON_MAIL_FROM", value_name = "ADDRESS", value_parser = Email::parse)]
    pub mail_from: Option<Email>,

    /// Fixes the name that mails come from
    #[arg(long, env = "PIGEON_MAIL_FROM_NAME", value_name = "NAME", value_parser = Name::parse)]
    pub mail_from_name: Option<Name>,

    /// Fixes the seconds that a mail about a new message waits to be joined with later ones
    #[arg(long, env = "PIGEON_MAIL_JOINING_DELAY_S", value_name = "SECONDS")]
    pub mail_joining_delay_s: Option<i64>,

    /// Fixes the seconds in which whoever has chosen nothing else can take a reply back
    #[arg(long, env = "PIGEON_UNDO_S", value_name = "SECONDS")]
    pub undo_s: Option<i64>,

    /// Fixes who is told of messages that nobody looks after, separated by commas
    #[arg(
        long,
        env = "PIGEON_SUPPORT_RECIPIENTS",
        value_name = "ADDRESSES",
        value_delimiter = ',',
        value_parser = Email::parse
    )]
    pub support_recipients: Option<Vec<Email>>,

    /// Fixes the site's name
    #[arg(long, env = "PIGEON_SITE_NAME", value_name = "NAME")]
    pub site_name: Option<String>,

    /// Fixes the language of whoever asks for none of ours: en or de
    #[arg(long, env = "PIGEON_LANGUAGE", value_name = "LANGUAGE", value_parser = language)]
    pub language: Option<Language>,

    /// Fixes the time zone of whoever has chosen none, like Europe/Berlin
    #[arg(long, env = "PIGEON_TIME_ZONE", value_name = "NAME")]
    pub time_zone: Option<String>,

    /// Fixes whether guests may start conversations
    #[arg(long, env = "PIGEON_ALLOW_GUEST_THREADS", value_name = "true|false")]
    pub allow_guest_threads: Option<bool>,

    /// Fixes whether guests are told when the team has seen their messages
    #[arg(long, env = "PIGEON_SHOW_SEEN_TO_GUESTS", value_name = "true|false")]
    pub show_seen_to_guests: Option<bool>,

    /// Fixes whether anybody may make an account for an address of theirs
    #[arg(long, env = "PIGEON_OPEN_REGISTRATION", value_name = "true|false")]
    pub open_registration: Option<bool>,

    /// Fixes the days that a guest's link lasts
    #[arg(long, env = "PIGEON_LINK_DAYS", value_name = "DAYS")]
    pub link_days: Option<i64>,

    /// Fixes the days that a conversation stays in the trash before it is purged
    #[arg(long, env = "PIGEON_TRASH_DAYS", value_name = "DAYS")]
    pub trash_days: Option<i64>,

    /// Fixes how many messages one network address, or one unverified mail address, may send …
    #[arg(long, env = "PIGEON_RATE_MESSAGES", value_name = "COUNT")]
    pub rate_messages: Option<i64>,

    /// … within so many seconds
    #[arg(long, env = "PIGEON_RATE_WINDOW_S", value_name = "SECONDS")]
    pub rate_window_s: Option<i64>,

    /// Fixes whether the contact form carries a field that only robots fill in
    #[arg(long, env = "PIGEON_HONEYPOT", value_name = "true|false")]
    pub honeypot: Option<bool>,

    /// Fixes that field's name
    #[arg(long, env = "PIGEON_HONEYPOT_FIELD", value_name = "NAME")]
    pub honeypot_field: Option<String>,

    /// Fixes where files are kept: off (none are taken) or local (the folder files in the data
    /// folder)
    #[arg(long, env = "PIGEON_ATTACHMENT_STORAGE", value_name = "off|local", value_parser = storage)]
    pub attachment_storage: Option<Storage>,

    /// Fixes how many files may come with one message
    #[arg(long, env = "PIGEON_ATTACHMENTS_MOST", value_name = "COUNT")]
    pub attachments_most: Option<u32>,

    /// Fixes how many megabytes a file may have
    #[arg(long, env = "PIGEON_ATTACHMENT_MB", value_name = "MB")]
    pub attachment_mb: Option<u32>,

    /// Fixes which endings of files' names are allowed, separated by commas
    #[arg(
        long,
        env = "PIGEON_ATTACHMENT_ENDINGS",
        value_name = "ENDINGS",
        value_delimiter = ',',
        value_parser = extension
    )]
    pub attachment_endings: Option<Vec<Extension>>,
}

impl Place {
    /// The database's address.
    pub fn database_url(&self) -> String {
        self.database.clone().unwrap_or_else(|| {
            let file = self.data.join("pigeon.db").display().to_string();
            // What would end the path of an address, and what would seem to be encoded.
            format!("sqlite://{}", file.replace('%', "%25").replace('?', "%3F"))
        })
    }

    /// Where the bytes of files are.
    pub fn files_folder(&self) -> PathBuf {
        self.data.join("files")
    }

    /// Where mails are written while no relay is set.
    pub fn mail_folder(&self) -> PathBuf {
        self.data.join("mail")
    }
}

impl Options {
    /// How mails leave: through the relay, or into the folder while none is set.
    pub fn mailer(&self, place: &Place) -> Result<Mailer, MailerError> {
        match &self.smtp {
            Some(url) => Mailer::smtp(url),
            None => Ok(Mailer::folder(place.mail_folder())),
        }
    }

    /// What the configuration fixes of the settings, for a server that listens on `listening`.
    pub fn overrides(&self, listening: SocketAddr) -> Overrides {
        let public_url = self
            .public_url
            .clone()
            .unwrap_or_else(|| address_of(listening));
        Overrides {
            public_url: Some(public_url),
            site_name: self.site_name.clone(),
            from_name: self.mail_from_name.clone(),
            from_address: self.mail_from.clone(),
            support_recipients: self.support_recipients.clone(),
            language: self.language,
            time_zone: self.time_zone.clone(),
            allow_guest_threads: self.allow_guest_threads,
            show_seen_to_guests: self.show_seen_to_guests,
            open_registration: self.open_registration,
            link_days: self.link_days,
            trash_days: self.trash_days,
            rate_messages: self.rate_messages,
            rate_window_s: self.rate_window_s,
            honeypot_on: self.honeypot,
            honeypot_field: self.honeypot_field.clone(),
            undo_s: self.undo_s,
            joining_delay_s: self.mail_joining_delay_s,
            attachment_storage: self.attachment_storage,
            attachments_most: self.attachments_most,
            attachment_mb: self.attachment_mb,
            attachment_endings: self.attachment_endings.clone(),
        }
    }
}

/// Where a browser on this machine reaches a server that listens on `listening`.
pub fn address_of(listening: SocketAddr) -> String {
    let ip = match listening.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, listening.port()))
}

/// Scheme, host and port alone: links and the check of origins are built on it.
fn origin(text: &str) -> Result<String, String> {
    let origin = text.trim_end_matches('/');
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| origin.strip_prefix(scheme));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => {
            Ok(origin.to_owned())
        }
        _ => Err("it is like https://support.example.org, without a path".to_owned()),
    }
}

/// A network, or a single address.
fn network(text: &str) -> Result<IpNet, String> {
    let network = text
        .parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.map_err(|_| "a network is like 10.0.0.0/8, a single proxy like 10.0.0.1".to_owned())
}

fn language(text: &str) -> Result<Language, Problem> {
    text.parse().map_err(|_| Problem::Unknown)
}

fn storage(text: &str) -> Result<Storage, Problem> {
    text.parse().map_err(|_| Problem::Unknown)
}

fn extension(text: &str) -> Result<Extension, Problem> {
    text.trim().parse().map_err(|_| Problem::Unknown)
}

#[cfg(test)]
mod tests {
    use pigeon_wire::setting::Setting;

    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_is_reached_on_loopback() {
        assert_eq!(address_of(([0, 0, 0, 0], 80).into()), "http://127.0.0.1:80");
        assert_eq!(
            address_of("[::]:3000".parse().unwrap()),
            "http://[::1]:3000"
        );
        assert_eq!(
            address_of(([192, 0, 2, 1], 3000).into()),
            "http://192.0.2.1:3000"
        );
    }

    #[test]
    fn a_public_url_is_an_origin() {
        assert_eq!(
            origin("https://a.example/"),
            Ok("https://a.example".to_owned())
        );
        assert_eq!(
            origin("http://[::1]:3000"),
            Ok("http://[::1]:3000".to_owned())
        );
        for bad in [
            "a.example",
            "https://",
            "https://a.example/path",
            "https://u:p@a.example",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_page_of_the_settings_names_the_variables_that_there_are() {
        let options = load::options();
        let variables: Vec<_> = options
            .get_arguments()
            .filter_map(clap::Arg::get_env)
            .collect();
        for variable in Setting::ALL.iter().filter_map(|setting| setting.variable()) {
            let is_there = variables.iter().any(|known| *known == variable);
            assert!(is_there, "{variable}");
        }
    }

    #[test]
    fn a_proxy_is_a_network_or_an_address() {
        assert_eq!(network("10.0.0.0/8").unwrap().to_string(), "10.0.0.0/8");
        assert_eq!(network("::1").unwrap().to_string(), "::1/128");
        assert!(network("proxy.example.org").is_err());
    }
}
