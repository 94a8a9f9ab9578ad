//! Cookies: one for a session, one for each of a guest's threads, one for an invitation and one for
//! another link about an account, two for taste.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use pigeon_core::session::SignedIn;
use pigeon_wire::{Millis, ThreadId};

/// The reader's choice of language.
pub const LANGUAGE: &str = "pigeon-lang";
/// The reader's choice of colours.
pub const THEME: &str = "pigeon-theme";
/// How long a choice of taste is kept.
const TASTE_S: i64 = 365 * 24 * 3600;
/// Most guest cookies of one request that are looked at: far more than one person's conversations
/// whose links have not expired.
const GUEST_COOKIES_MAX: usize = 64;

/// How cookies are named and set here. Where browsers keep `Secure` cookies (https, and loopback by
/// any scheme) they are locked to this host by their name; on plain http elsewhere they cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookies {
    is_secure: bool,
}

impl Cookies {
    /// Cookies for a site that browsers take for secure, or for one that they do not.
    pub const fn new(is_secure: bool) -> Self {
        Self { is_secure }
    }

    const fn prefix(self) -> &'static str {
        if self.is_secure {
            "__Host-pigeon"
        } else {
            "pigeon"
        }
    }

    /// The secret of the account's session, if the browser sends one.
    pub fn session(self, headers: &HeaderMap) -> Option<&str> {
        all(headers)
            .find(|(name, _)| *name == self.prefix())
            .map(|(_, value)| value)
    }

    /// The session's cookie as a client sends it.
    pub fn session_pair(self, secret: &str) -> String {
        format!("{}={secret}", self.prefix())
    }

    /// The secrets of the guest's threads.
    pub fn guest(self, headers: &HeaderMap) -> Vec<(ThreadId, String)> {
        let prefix = self.guest_prefix();
        let named = |(name, value): (&str, &str)| {
            let thread = name.strip_prefix(&prefix)?.parse().ok()?;
            Some((thread, value.to_owned()))
        };
        all(headers)
            .filter_map(named)
            .take(GUEST_COOKIES_MAX)
            .collect()
    }

    fn guest_prefix(self) -> String {
        format!("{}-c-", self.prefix())
    }

    /// Keeps a session until it ends.
    pub fn keep_session(self, signed_in: &SignedIn, now: Millis) -> Option<HeaderValue> {
        let max_age_s = signed_in.expires_at.since(now) / 1000;
        self.secret(self.prefix(), &signed_in.secret, max_age_s)
    }

    /// Forgets the session.
    pub fn drop_session(self) -> Option<HeaderValue> {
        self.secret(self.prefix(), "", 0)
    }

    /// The secret of an invitation whose link was followed.
    pub fn invitation(self, headers: &HeaderMap) -> Option<&str> {
        let name = self.invitation_name();
        all(headers)
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    fn invitation_name(self) -> String {
        format!("{}-invite", self.prefix())
    }

    /// Keeps the secret of an invitation until it is accepted.
    pub fn keep_invitation(self, secret: &str, max_age_s: i64) -> Option<HeaderValue> {
        self.secret(&self.invitation_name(), secret, max_age_s)
    }

    /// Forgets the invitation.
    pub fn drop_invitation(self) -> Option<HeaderValue> {
        self.keep_invitation("", 0)
    }

    /// The secret of a link that proves something about an account, once it was followed.
    pub fn proof(self, headers: &HeaderMap) -> Option<&str> {
        let name = self.proof_name();
        all(headers)
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    fn proof_name(self) -> String {
        format!("{}-proof", self.prefix())
    }

    /// Keeps the secret of such a link until its form is sent.
    pub fn keep_proof(self, secret: &str, max_age_s: i64) -> Option<HeaderValue> {
        self.secret(&self.proof_name(), secret, max_age_s)
    }

    /// Forgets the link.
    pub fn drop_proof(self) -> Option<HeaderValue> {
        self.keep_proof("", 0)
    }

    /// Keeps a guest's secret of one thread.
    pub fn keep_guest(self, thread: ThreadId, secret: &str, max_age_s: i64) -> Option<HeaderValue> {
        self.secret(
            &format!("{}{thread}", self.guest_prefix()),
            secret,
            max_age_s,
        )
    }

    /// Forgets a guest's secret of one thread.
    pub fn drop_guest(self, thread: ThreadId) -> Option<HeaderValue> {
        self.keep_guest(thread, "", 0)
    }

    /// Keeps a choice of taste. Scripts may read it: it is no secret.
    pub fn keep_taste(self, name: &str, word: &str) -> Option<HeaderValue> {
        self.set(name, word, TASTE_S, "")
    }

    fn secret(self, name: &str, value: &str, max_age_s: i64) -> Option<HeaderValue> {
        let mut header = self.set(name, value, max_age_s, "; HttpOnly")?;
        header.set_sensitive(true);
        Some(header)
    }

    fn set(self, name: &str, value: &str, max_age_s: i64, extra: &str) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let max_age_s = max_age_s.max(0);
        let text =
            format!("{name}={value}; Path=/; Max-Age={max_age_s}; SameSite=Lax{extra}{secure}");
        HeaderValue::try_from(text).ok()
    }
}

/// The value of the first cookie of this name.
pub fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    all(headers)
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(cookies: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(cookies).unwrap())])
    }

    #[test]
    fn a_secure_site_locks_its_cookies_to_the_host() {
        let thread: ThreadId = "0123456789abcdef0123456789abcdef".parse().unwrap();
        let kept = Cookies::new(true).keep_guest(thread, "s", 60).unwrap();
        assert_eq!(
            kept.to_str().unwrap(),
            "__Host-pigeon-c-0123456789abcdef0123456789abcdef=s; Path=/; Max-Age=60; \
             SameSite=Lax; HttpOnly; Secure"
        );
        let plain = Cookies::new(false).drop_session().unwrap();
        assert_eq!(
            plain.to_str().unwrap(),
            "pigeon=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"
        );
    }

    #[test]
    fn each_cookie_is_read_by_its_own_name_alone() {
        let headers = request(
            "a=b; pigeon=plain; __Host-pigeon=locked; \
             __Host-pigeon-c-0123456789abcdef0123456789abcdef=guest; __Host-pigeon-c-x=none",
        );
        assert_eq!(Cookies::new(true).session(&headers), Some("locked"));
        assert_eq!(Cookies::new(false).session(&headers), Some("plain"));
        let guest = Cookies::new(true).guest(&headers);
        assert_eq!(guest.len(), 1);
        assert_eq!(guest[0].1, "guest");
        assert_eq!(value(&headers, "a"), Some("b"));
    }
}
