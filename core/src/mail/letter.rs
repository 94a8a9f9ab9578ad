//! One mail, ready to go, and its form on the wire.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use pigeon_wire::Millis;
use pigeon_wire::text::{Email, Name};

use super::Refusal;

/// One mail to one recipient.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The part of the Message-ID before the `@`: opaque, and the same at every try.
    pub id: String,
    /// The part of the Message-ID after the `@`.
    pub domain: String,
    /// When it was written, for the Date header.
    pub at: Millis,
    /// Who it is from.
    pub from: (Name, Email),
    /// Who it is for. No name where a stranger could have typed it.
    pub to: (Option<Name>, Email),
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as an HTML page.
    pub html: String,
    /// What all mails of one thread refer to, so that mail programs group them: opaque.
    pub thread_ref: Option<String>,
    /// Where mails like this one can be ended at one click (RFC 8058).
    pub stop: Option<String>,
}

impl Letter {
    /// The letter as a message, the same bytes every time.
    pub(super) fn message(&self) -> Result<Message, Refusal> {
        let (from_name, from_email) = &self.from;
        let (to_name, to_email) = &self.to;
        let domain = token(&self.domain);
        let mut builder = Message::builder()
            .date(date(self.at))
            .from(mailbox(Some(from_name), from_email)?)
            .to(mailbox(to_name.as_ref(), to_email)?)
            .raw_header(subject(&self.subject))
            .message_id(Some(format!("<{}@{domain}>", token(&self.id))))
            .raw_header(fixed("Auto-Submitted", "auto-generated"))
            .raw_header(fixed("X-Auto-Response-Suppress", "All"));
        if let Some(thread) = &self.thread_ref {
            let anchor = format!("<{}@{domain}>", token(thread));
            builder = builder.in_reply_to(anchor.clone()).references(anchor);
        }
        if let Some(stop) = &self.stop {
            builder = builder
                .raw_header(fixed("List-Unsubscribe", &format!("<{stop}>")))
                .raw_header(fixed("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        // Whoever writes into a body cannot know the boundary, since the id is nobody's to know.
        let boundary: String = format!("pigeon-{}", token(&self.id))
            .chars()
            .take(60)
            .collect();
        let parts = MultiPart::alternative()
            .boundary(boundary)
            .singlepart(SinglePart::plain(lines(&self.text)))
            .singlepart(SinglePart::html(lines(&self.html)));
        builder
            .multipart(parts)
            .map_err(|error| Refusal::never(error.to_string()))
    }
}

/// Names the letter and tells nothing of it: bodies hold private links and must not reach a log.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter")
            .field("id", &self.id)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// The letters, digits, dots, dashes and underscores of `text`: what is safe in a Message-ID, a
/// boundary and a file's name alike.
pub(super) fn token(text: &str) -> String {
    let kept: String = text
        .trim_start_matches(['.', '/'])
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .collect();
    if kept.is_empty() {
        "none".to_owned()
    } else {
        kept
    }
}

fn mailbox(name: Option<&Name>, email: &Email) -> Result<Mailbox, Refusal> {
    let address = email
        .as_str()
        .parse()
        .map_err(|_| Refusal::never("the address is not one that mail can be sent to"))?;
    Ok(Mailbox::new(
        name.map(|name| name.as_str().to_owned()),
        address,
    ))
}

/// `text` with `\n` as its only line ends, which become CRLF on the wire, and without NUL: a relay
/// that takes a bare CR for a line end must not find an end of the text where there is none.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\0', "")
}

/// The Date header speaks of the years 1970 to 9999.
fn date(at: Millis) -> SystemTime {
    const LAST_MS: u64 = 253_402_300_799_000;
    let ms = u64::try_from(at.0).unwrap_or(0).min(LAST_MS);
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms)
}

fn fixed(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// The Subject header. Plain ASCII stands as it is; a text that looks like an encoded word is
/// encoded itself, or the reader's mail program would decode what somebody typed into another text.
fn subject(text: &str) -> HeaderValue {
    const NAME: HeaderName = HeaderName::new_from_ascii_str("Subject");
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if line.contains("=?") {
        let encoded = encoded_words(&line);
        HeaderValue::dangerous_new_pre_encoded(NAME, line, encoded)
    } else {
        HeaderValue::new(NAME, line)
    }
}

/// `line` as encoded words (RFC 2047 section 2) of at most 75 characters, one on each line.
fn encoded_words(line: &str) -> String {
    const BYTES_MAX: usize = 45;
    let mut chunks = vec![String::new()];
    for c in line.chars() {
        match chunks.last_mut() {
            Some(chunk) if chunk.len() + c.len_utf8() <= BYTES_MAX => chunk.push(c),
            _ => chunks.push(c.to_string()),
        }
    }
    let words: Vec<String> = chunks
        .iter()
        .map(|chunk| format!("=?utf-8?b?{}?=", STANDARD.encode(chunk)))
        .collect();
    words.join("\r\n ")
}

/// A letter for the tests of this folder.
#[cfg(test)]
pub(super) fn sample() -> Letter {
    Letter {
        id: "5f2c9a".into(),
        domain: "help.example.org".into(),
        at: Millis(1_795_392_245_999),
        from: (
            Name::parse("Orchid Café").unwrap(),
            Email::parse("help@example.org").unwrap(),
        ),
        to: (
            Some(Name::parse("Nora, \"N\"").unwrap()),
            Email::parse("nora@example.net").unwrap(),
        ),
        subject: "Grüße".into(),
        text: "Guten Tag,\n\nhttps://help.example.org/t/abc\n.\nEnde\n".into(),
        html: "<p>Guten Tag</p>\n".into(),
        thread_ref: Some("a7d1".into()),
        stop: Some("https://help.example.org/stop/k3".into()),
    }
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders as _};
    use proptest::prelude::*;

    use super::*;

    fn bytes(letter: &Letter) -> Vec<u8> {
        letter.message().unwrap().formatted()
    }

    #[test]
    fn a_letter_has_these_headers_and_no_others() {
        let bytes = bytes(&sample());
        let text = String::from_utf8(bytes).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert_eq!(
            head,
            "Date: Mon, 23 Nov 2026 00:04:05 +0000\r\n\
             From: =?utf-8?b?T3JjaGlkIENhZsOp?= <help@example.org>\r\n\
             To: =?utf-8?b?Tm9yYSwgIk4i?= <nora@example.net>\r\n\
             Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n\
             Message-ID: <5f2c9a@help.example.org>\r\n\
             Auto-Submitted: auto-generated\r\n\
             X-Auto-Response-Suppress: All\r\n\
             In-Reply-To: <a7d1@help.example.org>\r\n\
             References: <a7d1@help.example.org>\r\n\
             List-Unsubscribe: <https://help.example.org/stop/k3>\r\n\
             List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\
             MIME-Version: 1.0\r\n\
             Content-Type: multipart/alternative; boundary=\"pigeon-5f2c9a\""
        );
    }

    #[test]
    fn both_parts_read_back_as_written() {
        let letter = Letter {
            text: format!("Zeile eins: äöü\n\n{}\n", "x".repeat(3000)),
            html: "<p>Zeile &lt;eins&gt; äöü</p>\n".into(),
            ..sample()
        };
        let bytes = bytes(&letter);
        assert!(
            bytes.is_ascii(),
            "a relay without 8BITMIME must take it too"
        );
        let mail = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(mail.parts.len(), 3);
        assert_eq!(
            mail.parts[0].content_type().unwrap().subtype(),
            Some("alternative")
        );
        assert_eq!(
            lines(&mail.body_text(0).unwrap()).trim_end(),
            letter.text.trim_end()
        );
        assert_eq!(
            lines(&mail.body_html(0).unwrap()).trim_end(),
            letter.html.trim_end()
        );
    }

    #[test]
    fn the_same_letter_is_the_same_bytes() {
        assert_eq!(bytes(&sample()), bytes(&sample()));
    }

    #[test]
    fn odd_ids_cannot_leave_their_header() {
        let odd = "a>\r\nBcc: <x@example.com".to_owned();
        let letter = Letter {
            id: odd.clone(),
            domain: odd.clone(),
            thread_ref: Some(odd),
            ..sample()
        };
        let text = String::from_utf8(bytes(&letter)).unwrap();
        assert!(
            text.contains("Message-ID: <aBccxexample.com@aBccxexample.com>\r\n"),
            "{text}"
        );
        assert!(!text.contains("\nBcc"));
    }

    #[test]
    fn moments_outside_of_the_calendar_are_bent_into_it() {
        for at in [i64::MIN, -1, i64::MAX] {
            bytes(&Letter {
                at: Millis(at),
                ..sample()
            });
        }
    }

    #[test]
    fn debug_tells_nothing_of_the_body() {
        assert_eq!(
            format!("{:?}", sample()),
            "Letter { id: \"5f2c9a\", at: Millis(1795392245999), .. }"
        );
    }

    proptest! {
        #[test]
        fn no_name_or_subject_adds_a_header(
            name in "\\PC{1,100}",
            subject in any::<String>(),
            local in "[a-z0-9.+_-]{1,20}",
        ) {
            let Ok(name) = Name::parse(&name) else { return Ok(()) };
            let Ok(email) = Email::parse(&format!("{local}@example.org")) else { return Ok(()) };
            let letter = Letter {
                from: (name.clone(), email.clone()),
                to: (Some(name.clone()), email.clone()),
                subject: subject.clone(),
                ..sample()
            };
            let bytes = bytes(&letter);
            let mail = MessageParser::default().parse(&bytes).unwrap();
            let names: Vec<_> = mail.headers().iter().map(mail_parser::Header::name).collect();
            prop_assert_eq!(names, [
                "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted",
                "X-Auto-Response-Suppress", "In-Reply-To", "References", "List-Unsubscribe",
                "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
            ]);
            prop_assert_eq!(mail.from().unwrap().first().unwrap().address(), Some(email.as_str()));
            prop_assert_eq!(mail.to().unwrap().first().unwrap().address(), Some(email.as_str()));
            prop_assert!(mail.to().unwrap().as_list().unwrap().len() == 1);
        }

        #[test]
        fn what_is_typed_as_a_subject_is_what_is_read(subject in "[ -~äß=?]{1,200}") {
            let words = subject.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!words.is_empty());
            let bytes = bytes(&Letter { subject: words.clone(), ..sample() });
            let mail = MessageParser::default().parse(&bytes).unwrap();
            prop_assert_eq!(mail.subject(), Some(words.as_str()));
        }

        #[test]
        fn no_text_has_line_ends_that_relays_read_differently(text in "[a.\r\n\u{0}ä]{0,60}") {
            let letter = Letter { text: text.clone(), html: text, ..sample() };
            let bytes = bytes(&letter);
            let wire = String::from_utf8(bytes).unwrap();
            prop_assert!(wire.is_ascii());
            prop_assert!(!wire.replace("\r\n", "").contains(['\r', '\n', '\u{0}']), "{:?}", wire);
        }

        #[test]
        fn every_address_that_the_form_takes_can_be_written_to(typed in "[!-~]{1,70}@[a-z0-9.-]{1,80}") {
            if let Ok(email) = Email::parse(&typed) {
                prop_assert!(mailbox(None, &email).is_ok(), "{}", typed);
            }
        }
    }
}
