//! What people type, checked once: a value of these types has passed its rule, in the browser or
//! at the door, and can be stored, mailed and put into a header.

use serde::{Deserialize, Serialize};

use crate::fault::{Field, Problem};

/// Most characters of a name (a display name, in mails' headers too).
pub const NAME_CHARS_MAX: usize = 100;
/// Most characters of an address: RFC 5321 section 4.5.3.1.3 less the two angle brackets.
pub const EMAIL_CHARS_MAX: usize = 254;
/// Most characters of the part before the `@`: RFC 5321 section 4.5.3.1.1.
pub const EMAIL_LOCAL_CHARS_MAX: usize = 64;
/// Most characters of a subject.
pub const SUBJECT_CHARS_MAX: usize = 200;
/// Most characters of a message or note.
pub const BODY_CHARS_MAX: usize = 20_000;
/// Most characters of a report's reason.
pub const REASON_CHARS_MAX: usize = 1000;
/// Fewest characters of a password (NIST SP 800-63B section 3.1.1.2 asks for at least 8; a team's
/// inbox is worth more).
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Most characters of a password, so that hashing has a bound.
pub const PASSWORD_CHARS_MAX: usize = 256;
/// Fewest characters of an idempotency key: 128 bits in base64url.
pub const KEY_CHARS_MIN: usize = 22;
/// Most characters of an idempotency key.
pub const KEY_CHARS_MAX: usize = 64;

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident, $check:path;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks what was typed; tells what is wrong with it.
            pub fn parse(typed: &str) -> Result<Self, Problem> { $check(typed).map(Self) }
            /// The text.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl TryFrom<String> for $name {
            type Error = Problem;
            fn try_from(typed: String) -> Result<Self, Problem> { Self::parse(&typed) }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String { text.0 }
        }
    )*};
}

texts! {
    /// A person's display name: one line, never empty.
    Name, name;
    /// A mail address, as typed.
    Email, email;
    /// A thread's subject: one line, never empty (a missing one is `None`).
    Subject, subject;
    /// The text of a message or note: never empty, line ends as `\n`.
    Body, body;
    /// A password as typed when it is set.
    Password, password;
    /// What makes a submission the same submission: 128 random bits or more, in base64url.
    Key, key;
}

impl Email {
    /// The address in the one form in which addresses are compared: lower case, in Rust, since
    /// the two databases fold letters differently.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }

    /// The address with all but the first letter and the domain hidden, as a guest's page shows it.
    pub fn hint(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let first = local.chars().next().map(String::from).unwrap_or_default();
        format!("{first}•••@{domain}")
    }
}

/// A field of a form with what was typed into it; collects what is wrong field by field.
#[derive(Default)]
pub struct Check {
    faults: Vec<crate::fault::FieldFault>,
}

impl Check {
    /// Notes `problem` under `field` and answers `None`, or answers the checked value.
    pub fn field<T>(&mut self, field: Field, checked: Result<T, Problem>) -> Option<T> {
        checked
            .map_err(|problem| {
                self.faults
                    .push(crate::fault::FieldFault { field, problem });
            })
            .ok()
    }

    /// All that is wrong, if anything is.
    pub fn end(self) -> Result<(), crate::Fault> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(crate::Fault::Invalid(self.faults))
        }
    }
}

/// An optional field: blank means none.
pub fn optional<T>(
    typed: &str,
    parse: impl FnOnce(&str) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    if typed.trim().is_empty() {
        Ok(None)
    } else {
        parse(typed).map(Some)
    }
}

fn line(typed: &str, max: usize) -> Result<String, Problem> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    // Line ends in a name or subject could forge a mail's header; other control characters and
    // direction marks could make a name look like another.
    if text.chars().any(|c| c.is_control() || is_direction_mark(c)) {
        return Err(Problem::ForbiddenCharacter);
    }
    within(text, max)?;
    Ok(text.to_owned())
}

fn name(typed: &str) -> Result<String, Problem> {
    line(typed, NAME_CHARS_MAX)
}

fn subject(typed: &str) -> Result<String, Problem> {
    line(typed, SUBJECT_CHARS_MAX)
}

fn body(typed: &str) -> Result<String, Problem> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_end();
    if text.trim().is_empty() {
        return Err(Problem::Missing);
    }
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Problem::ForbiddenCharacter);
    }
    within(text, BODY_CHARS_MAX)?;
    Ok(text.to_owned())
}

fn email(typed: &str) -> Result<String, Problem> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    within(text, EMAIL_CHARS_MAX)?;
    let (local, domain) = text.rsplit_once('@').ok_or(Problem::NotAnAddress)?;
    let local_fits = !local.is_empty()
        && local.chars().count() <= EMAIL_LOCAL_CHARS_MAX
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let label_fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    // The last label of a name is no number; "a@192.0.2.1" is an address of no mailbox.
    let last = domain.rsplit('.').next().unwrap_or_default();
    let last_fits = !last.bytes().all(|b| b.is_ascii_digit());
    let domain_fits = domain.contains('.') && domain.split('.').all(label_fits) && last_fits;
    if local_fits && local.is_ascii() && domain_fits {
        Ok(text.to_owned())
    } else {
        Err(Problem::NotAnAddress)
    }
}

fn password(typed: &str) -> Result<String, Problem> {
    if typed.is_empty() {
        return Err(Problem::Missing);
    }
    if typed.chars().count() < PASSWORD_CHARS_MIN {
        return Err(Problem::TooShort {
            min: told(PASSWORD_CHARS_MIN),
        });
    }
    within(typed, PASSWORD_CHARS_MAX)?;
    Ok(typed.to_owned())
}

fn key(typed: &str) -> Result<String, Problem> {
    let fits = (KEY_CHARS_MIN..=KEY_CHARS_MAX).contains(&typed.len())
        && typed
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if fits {
        Ok(typed.to_owned())
    } else {
        Err(Problem::NotAKey)
    }
}

fn within(text: &str, max: usize) -> Result<(), Problem> {
    if text.chars().count() > max {
        Err(Problem::TooLong { max: told(max) })
    } else {
        Ok(())
    }
}

/// A limit as it is told: the wire knows no sizes that differ between browser and server.
fn told(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

pub(crate) const fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_told_from_what_is_none() {
        for good in [
            "a@b.example",
            "first.last+tag@sub.example.org",
            " pad@example.org ",
        ] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "a",
            "@b.c",
            "a@",
            "a@b",
            "a b@c.de",
            "a@b..c",
            ".a@b.c",
            "a@-b.c",
            "a@b.c\r\nBcc: x@y.z",
            "a@b@c.de",
            "ä@b.de",
            "a@127.0.0.1",
        ] {
            assert_eq!(Email::parse(bad), Err(Problem::NotAnAddress), "{bad}");
        }
        assert_eq!(Email::parse(" "), Err(Problem::Missing));
    }

    #[test]
    fn a_line_holds_no_line_end() {
        assert_eq!(Name::parse("a\r\nb"), Err(Problem::ForbiddenCharacter));
        assert_eq!(
            Subject::parse("a\u{202e}b"),
            Err(Problem::ForbiddenCharacter)
        );
        assert_eq!(
            Name::parse(&"x".repeat(101)),
            Err(Problem::TooLong { max: 100 })
        );
    }

    #[test]
    fn a_body_keeps_its_lines_and_nothing_else_that_controls() {
        assert_eq!(
            Body::parse("a\r\nb\rc\n").map(String::from),
            Ok("a\nb\nc".to_owned())
        );
        assert_eq!(Body::parse("a\0b"), Err(Problem::ForbiddenCharacter));
        assert_eq!(Body::parse(" \n "), Err(Problem::Missing));
    }

    #[test]
    fn an_address_shows_as_a_hint() {
        assert_eq!(
            Email::parse("guido@example.org").map(|e| e.hint()),
            Ok("g•••@example.org".into())
        );
    }

    proptest! {
        #[test]
        fn whatever_is_typed_never_panics_and_what_passes_passes_again(typed in any::<String>()) {
            macro_rules! again { ($($t:ident),*) => {$(
                if let Ok(text) = $t::parse(&typed) {
                    prop_assert_eq!($t::parse(text.as_str()), Ok(text.clone()));
                }
            )*}}
            again!(Name, Email, Subject, Body, Password, Key);
        }

        #[test]
        fn a_checked_line_is_safe_in_a_header(typed in any::<String>()) {
            if let Ok(name) = Name::parse(&typed) {
                prop_assert!(!name.as_str().chars().any(char::is_control));
            }
        }
    }
}
