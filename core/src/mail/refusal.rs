//! What a carrier says when it does not take a letter, and what that means for the letter.

use lettre::transport::smtp::Error;

/// Most characters of a refusal's words.
const WORDS_CHARS_MAX: usize = 300;

/// Why a letter was not taken, in the relay's own words: one line of at most 300 characters,
/// without credentials.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It may be taken at a later try: the network, a relay that is busy, or a setting that the
    /// operator can mend.
    #[error("{0}")]
    Later(String),
    /// This letter will never be taken for this recipient.
    #[error("{0}")]
    Never(String),
}

impl Refusal {
    pub(super) fn later(words: impl AsRef<str>) -> Self {
        Self::Later(line(words.as_ref()))
    }

    pub(super) fn never(words: impl AsRef<str>) -> Self {
        Self::Never(line(words.as_ref()))
    }
}

/// How far a talk with the relay had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Connecting, with TLS from the first byte if so configured, up to the relay's greeting.
    Connect,
    /// Going over to TLS.
    Encrypt,
    /// Giving user and password.
    LogIn,
    /// Naming the sender.
    Sender,
    /// Naming the recipient.
    Recipient,
    /// Handing over the text.
    Text,
}

/// What the relay's error at this step means for the letter. Only a lasting refusal of the
/// recipient or the text is the letter's fault: before that, the letter has not come up, and
/// whatever is wrong is the operator's to mend while the letter waits.
pub(super) fn judge(step: Step, error: &Error) -> Refusal {
    let said = said(error);
    let letters_fault = matches!(step, Step::Recipient | Step::Text)
        && error.is_permanent()
        && !wants_log_in(error)
        && !refuses_to_relay(&said);
    if letters_fault {
        return Refusal::never(said);
    }
    let what = match step {
        Step::Connect => "no connection to the mail server",
        Step::Encrypt => "no encryption with the mail server",
        Step::LogIn => "the mail server refused the log-in",
        Step::Sender => "the mail server refused the sender",
        Step::Recipient => "the mail server put off the recipient",
        Step::Text => "the mail server did not take the mail",
    };
    Refusal::later(format!("{what}: {said}"))
}

/// RFC 4954 section 6: these ask for (better) credentials, whichever command they answer.
fn wants_log_in(error: &Error) -> bool {
    let code = error.status().map(u16::from);
    matches!(code, Some(530 | 534 | 535 | 538))
}

/// A relay that does not know us says so only when it hears the recipient, and says it with the
/// same code as for a wrong recipient.
fn refuses_to_relay(said: &str) -> bool {
    said.to_ascii_lowercase().contains("relay")
}

/// The relay's answer as it came, or what went wrong with the connection.
fn said(error: &Error) -> String {
    match (error.status(), std::error::Error::source(error)) {
        (Some(code), Some(text)) => format!("{code} {text}"),
        (Some(code), None) => code.to_string(),
        (None, Some(cause)) => cause.to_string(),
        (None, None) => error.to_string(),
    }
}

/// One line of bounded length: whatever a relay says ends in a page and in a log.
fn line(words: &str) -> String {
    let words: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= WORDS_CHARS_MAX {
        return words;
    }
    words
        .chars()
        .take(WORDS_CHARS_MAX - 1)
        .chain(['…'])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_line_of_bounded_length() {
        assert_eq!(line(" a\r\nb\t c\u{0} "), "a b c");
        let long = line(&"ä".repeat(400));
        assert_eq!(
            (long.chars().count(), long.chars().last()),
            (300, Some('…'))
        );
        assert_eq!(line(&"ä".repeat(300)).chars().last(), Some('ä'));
    }

    #[test]
    fn a_relay_that_does_not_know_us_is_told_from_a_wrong_recipient() {
        assert!(refuses_to_relay("554 5.7.1 <a@b.c>: Relay access denied"));
        assert!(refuses_to_relay(
            "550 5.7.64 TenantAttribution; Relay Access Denied"
        ));
        assert!(refuses_to_relay("550 relaying denied"));
        assert!(!refuses_to_relay("550 5.1.1 No such user"));
    }
}
