//! The address of a mail relay: how its URL is read, and what it may not ask for.

use std::net::IpAddr;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// What is wrong with a mail relay's URL. Never shows the URL, which holds a password.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// It is no URL.
    #[error("the SMTP URL cannot be read: {0}")]
    NoUrl(#[from] url::ParseError),
    /// It is a URL for something else.
    #[error("the SMTP URL must begin with smtp:// or smtps://")]
    Scheme,
    /// It names no host.
    #[error("the SMTP URL names no host")]
    NoHost,
    /// It goes on after the host.
    #[error(
        "the SMTP URL has something after the host; write `/`, `?` and `#` in a user or password as %2F, %3F and %23"
    )]
    Rest,
    /// Only one of user and password is given, or they are not UTF-8.
    #[error("the SMTP URL must give user and password, both percent-encoded UTF-8, or neither")]
    Credentials,
    /// It has an unknown option.
    #[error(
        "the SMTP URL has an unknown option; known are tls=none, tls=starttls, tls=opportunistic (for smtp://) and ca=FILE"
    )]
    Option,
    /// It asks for mail in the clear over a network.
    #[error("the SMTP URL says tls=none, which is allowed only for a mail server on this machine")]
    Unencrypted,
    /// The file of a certificate authority cannot be used.
    #[error("the certificate authority's file cannot be used: {0}")]
    Authority(String),
}

/// A mail relay.
pub(super) struct Relay {
    pub host: String,
    pub port: u16,
    pub secrecy: Secrecy,
    pub credentials: Option<(String, String)>,
    /// Whether the relay is this very machine, so that nobody listens on the way.
    pub loopback: bool,
}

/// How the talk with a relay is encrypted.
#[derive(Clone)]
pub(super) enum Secrecy {
    /// Not at all.
    Plain,
    /// By STARTTLS if the relay offers it.
    Offered(TlsParameters),
    /// By STARTTLS, or there is no talk.
    Required(TlsParameters),
    /// From the first byte.
    Implicit(TlsParameters),
}

impl Relay {
    /// Reads a URL of the forms that [`super::Mailer::smtp`] tells.
    pub fn parse(url: &str) -> Result<Self, MailerError> {
        let url = Url::parse(url.trim())?;
        let implicit = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            _ => return Err(MailerError::Scheme),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(MailerError::Rest);
        }
        let host = match url.host().ok_or(MailerError::NoHost)? {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        };
        let loopback = is_loopback(&host);
        let (mut tls, mut authority) = (None, None);
        for (option, value) in url.query_pairs() {
            match option.as_ref() {
                "tls" if !implicit => tls = Some(value.into_owned()),
                "ca" => authority = Some(value.into_owned()),
                _ => return Err(MailerError::Option),
            }
        }
        let certificates = || parameters(&host, authority.as_deref());
        let secrecy = match (implicit, tls.as_deref()) {
            (true, _) => Secrecy::Implicit(certificates()?),
            (_, Some("starttls")) => Secrecy::Required(certificates()?),
            (_, Some("opportunistic")) => Secrecy::Offered(certificates()?),
            (_, None) if !loopback => Secrecy::Required(certificates()?),
            (_, Some("none") | None) if loopback => Secrecy::Plain,
            (_, Some("none")) => return Err(MailerError::Unencrypted),
            _ => return Err(MailerError::Option),
        };
        // What listens on this machine without TLS is its own mail server, not a provider's
        // submission service.
        let usual = match &secrecy {
            Secrecy::Implicit(_) => 465,
            Secrecy::Plain => 25,
            Secrecy::Offered(_) | Secrecy::Required(_) => 587,
        };
        let port = url.port().unwrap_or(usual);
        Ok(Self {
            port,
            secrecy,
            credentials: credentials(&url)?,
            loopback,
            host,
        })
    }

    /// User and password in the form that the protocol wants.
    pub fn log_in(&self) -> Option<Credentials> {
        self.credentials
            .clone()
            .map(|(user, password)| Credentials::new(user, password))
    }
}

fn credentials(url: &Url) -> Result<Option<(String, String)>, MailerError> {
    let decode = |text| {
        percent_decode_str(text)
            .decode_utf8()
            .map(std::borrow::Cow::into_owned)
            .map_err(|_| MailerError::Credentials)
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() && !password.is_empty() => {
            Ok(Some((decode(user)?, decode(password)?)))
        }
        _ => Err(MailerError::Credentials),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn parameters(host: &str, authority: Option<&str>) -> Result<TlsParameters, MailerError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = authority {
        let wrong = |error: &dyn std::fmt::Display| MailerError::Authority(error.to_string());
        let pem = std::fs::read(file).map_err(|error| wrong(&error))?;
        if !pem.windows(10).any(|bytes| bytes == b"-----BEGIN") {
            return Err(MailerError::Authority(
                "it is not in the PEM form".to_owned(),
            ));
        }
        let certificate = Certificate::from_pem(&pem).map_err(|error| wrong(&error))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|error| MailerError::Authority(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> (String, u16, &'static str) {
        let relay = Relay::parse(url).unwrap();
        let secrecy = match relay.secrecy {
            Secrecy::Plain => "plain",
            Secrecy::Offered(_) => "offered",
            Secrecy::Required(_) => "required",
            Secrecy::Implicit(_) => "implicit",
        };
        (relay.host, relay.port, secrecy)
    }

    fn wrong(url: &str) -> MailerError {
        match Relay::parse(url) {
            Ok(_) => panic!("{url} was taken"),
            Err(error) => error,
        }
    }

    #[test]
    fn each_form_of_url_is_read() {
        let mail = || "mail.example".to_owned();
        assert_eq!(read("smtp://mail.example"), (mail(), 587, "required"));
        assert_eq!(
            read("smtp://mail.example:2525/"),
            (mail(), 2525, "required")
        );
        assert_eq!(
            read("smtp://mail.example?tls=starttls"),
            (mail(), 587, "required")
        );
        assert_eq!(
            read("smtp://mail.example?tls=opportunistic"),
            (mail(), 587, "offered")
        );
        assert_eq!(read("smtps://u:p@mail.example"), (mail(), 465, "implicit"));
        assert_eq!(
            read("smtps://mail.example:4465"),
            (mail(), 4465, "implicit")
        );
        assert_eq!(read("smtp://localhost"), ("localhost".into(), 25, "plain"));
        assert_eq!(
            read("smtp://127.0.0.2:1025?tls=none"),
            ("127.0.0.2".into(), 1025, "plain")
        );
        assert_eq!(read("smtp://[::1]"), ("::1".into(), 25, "plain"));
        assert_eq!(
            read("smtp://localhost?tls=starttls"),
            ("localhost".into(), 587, "required")
        );
        assert_eq!(
            read("smtp://192.0.2.7"),
            ("192.0.2.7".into(), 587, "required")
        );
    }

    #[test]
    fn credentials_are_percent_decoded() {
        let relay = Relay::parse("smtp://a%40b.c:p%3A%2F%23%C3%A4@localhost").unwrap();
        assert_eq!(relay.credentials, Some(("a@b.c".into(), "p:/#ä".into())));
        assert_eq!(Relay::parse("smtp://localhost").unwrap().credentials, None);
    }

    #[test]
    fn a_wrong_url_is_told_by_its_kind_and_never_shown() {
        use MailerError as E;
        assert!(matches!(wrong("mail.example"), E::NoUrl(_)));
        assert!(matches!(wrong("https://mail.example"), E::Scheme));
        assert!(matches!(wrong("smtp:///x"), E::NoHost | E::Rest));
        assert!(matches!(wrong("smtp://mail.example/name"), E::Rest));
        assert!(matches!(wrong("smtp://mail.example#x"), E::Rest));
        assert!(matches!(wrong("smtp://u@mail.example"), E::Credentials));
        assert!(matches!(wrong("smtp://u:@mail.example"), E::Credentials));
        assert!(matches!(wrong("smtp://u:%ff@mail.example"), E::Credentials));
        assert!(matches!(wrong("smtp://mail.example?tls=maybe"), E::Option));
        assert!(matches!(wrong("smtps://mail.example?tls=none"), E::Option));
        assert!(matches!(wrong("smtp://mail.example?port=1"), E::Option));
        assert!(matches!(
            wrong("smtp://mail.example?tls=none"),
            E::Unencrypted
        ));
        assert!(matches!(
            wrong("smtps://mail.example?ca=/no/such/file"),
            E::Authority(_)
        ));
        let no_pem = tempfile::NamedTempFile::new().unwrap();
        let url = format!("smtps://mail.example?ca={}", no_pem.path().display());
        assert!(matches!(wrong(&url), E::Authority(_)));
        for url in [
            "smtp://u:hunter2@mail.example/x",
            "smtp://u:hunter2@mail.example:99999",
        ] {
            let error = wrong(url);
            assert!(!format!("{error} {error:?}").contains("hunter2"));
        }
    }
}
