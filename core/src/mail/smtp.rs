//! The talk with a mail relay, over connections that are kept.
//!
//! Speaks lettre's single connection and not its pooled transport, for three reasons. Which answer
//! is the letter's fault and which the operator's depends on the command it answers, and the
//! transport does not tell. A send that is given up must never leave a half-spoken connection to
//! the next letter; here a connection belongs to one send and is kept only after a whole talk. And
//! the transport needs a background task, which we do not.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lettre::message::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use super::refusal::{Step, judge};
use super::relay::{Relay, Secrecy};
use super::{Letter, Refusal};

/// Most milliseconds that one send takes, so that whoever leases a letter for longer never sees it
/// sent twice at once.
pub const SEND_MS_MAX: i64 = 90_000;
const SEND_MAX: Duration = Duration::from_millis(SEND_MS_MAX.unsigned_abs());
/// Longest wait for one address of the relay, so that a dead one leaves time for the next.
const CONNECT_MAX: Duration = Duration::from_secs(15);
/// Longest rest of a kept connection; relays commonly hang up after five minutes.
const IDLE_MAX: Duration = Duration::from_mins(1);
/// Most connections at a time; relays commonly allow ten or more to a client.
const CONNECTIONS_MAX: usize = 4;
/// Fewest characters of a user or password that are struck out of a relay's words: shorter ones
/// would strike out half of the language.
const SECRET_CHARS_MIN: usize = 4;

/// A relay and our connections to it.
pub(super) struct Smtp {
    relay: Relay,
    hello: ClientId,
    kept: Mutex<Vec<Kept>>,
    slots: Semaphore,
    send_max: Duration,
}

struct Kept {
    connection: AsyncSmtpConnection,
    since: Instant,
    /// Whether a refused letter still stands half-told and must be taken back first.
    half_told: bool,
}

/// An error and the step at which it came.
struct Broken {
    step: Step,
    error: Error,
}

impl Smtp {
    pub fn new(relay: Relay) -> Self {
        Self {
            relay,
            hello: ClientId::default(),
            kept: Mutex::default(),
            slots: Semaphore::new(CONNECTIONS_MAX),
            send_max: SEND_MAX,
        }
    }

    /// Host and port, without credentials.
    pub fn address(&self) -> String {
        format!("{}:{}", self.relay.host, self.relay.port)
    }

    pub async fn send(&self, letter: &Letter) -> Result<(), Refusal> {
        let message = letter.message()?;
        let outcome = timeout(self.send_max, self.deliver(&message)).await;
        let in_time = outcome
            .unwrap_or_else(|_| Err(Refusal::later("the mail server did not answer in time")));
        in_time.map_err(|refusal| self.without_secrets(refusal))
    }

    async fn deliver(&self, message: &Message) -> Result<(), Refusal> {
        let _slot = self
            .slots
            .acquire()
            .await
            .map_err(|error| Refusal::later(error.to_string()))?;
        if let Some(mut kept) = self.take_kept() {
            let outcome = talk(&mut kept.connection, kept.half_told, message).await;
            // A relay may hang up on an idle connection whenever it likes, or not know how to take
            // a letter back; what it has not heard of it cannot have taken, so a new connection
            // may tell it again.
            let unheard = outcome.as_ref().is_err_and(|broken| {
                broken.step == Step::Sender && (kept.half_told || hung_up(&broken.error))
            });
            if !unheard {
                return self.conclude(kept.connection, outcome);
            }
        }
        let mut connection = self.connect().await?;
        let outcome = talk(&mut connection, false, message).await;
        self.conclude(connection, outcome)
    }

    /// A connection that the relay talks mail on.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Refusal> {
        let relay = &self.relay;
        let from_the_start = match &relay.secrecy {
            Secrecy::Implicit(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let server = (relay.host.as_str(), relay.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            server,
            Some(CONNECT_MAX),
            &self.hello,
            from_the_start,
            None,
        )
        .await
        .map_err(|error| judge(Step::Connect, &error))?;
        match &relay.secrecy {
            Secrecy::Required(_) if !connection.can_starttls() => {
                return Err(Refusal::later(
                    "the mail server offers no encryption (STARTTLS), and mail goes over a network only encrypted",
                ));
            }
            Secrecy::Required(parameters) | Secrecy::Offered(parameters)
                if connection.can_starttls() =>
            {
                connection
                    .starttls(parameters.clone(), &self.hello)
                    .await
                    .map_err(|error| judge(Step::Encrypt, &error))?;
            }
            _ => {}
        }
        if let Some(credentials) = relay.log_in() {
            if !connection.is_encrypted() && !relay.loopback {
                return Err(Refusal::later(
                    "the mail server offers no encryption, and a password goes over a network only encrypted",
                ));
            }
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await
                .map_err(|error| judge(Step::LogIn, &error))?;
        }
        Ok(connection)
    }

    /// Keeps the connection if the relay is still there, and tells what became of the letter.
    fn conclude(
        &self,
        connection: AsyncSmtpConnection,
        outcome: Result<(), Broken>,
    ) -> Result<(), Refusal> {
        let still_there = outcome
            .as_ref()
            .err()
            .is_none_or(|broken| !hung_up(&broken.error));
        if still_there {
            let half_told = outcome.is_err();
            self.kept().push(Kept {
                connection,
                since: Instant::now(),
                half_told,
            });
        }
        outcome.map_err(|broken| judge(broken.step, &broken.error))
    }

    /// The connection that rested least, if any is fresh enough; the stale ones are let go.
    fn take_kept(&self) -> Option<Kept> {
        let mut kept = self.kept();
        kept.retain(|one| one.since.elapsed() < IDLE_MAX);
        kept.pop()
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        // Whole connections go in and out: a panic elsewhere leaves none half changed.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A relay may repeat in its answer whom it does not know.
    fn without_secrets(&self, refusal: Refusal) -> Refusal {
        let strike = |words: String| match &self.relay.credentials {
            Some((user, password)) => [password, user]
                .into_iter()
                .filter(|secret| secret.chars().count() >= SECRET_CHARS_MIN)
                .fold(words, |words, secret| words.replace(secret.as_str(), "***")),
            None => words,
        };
        match refusal {
            Refusal::Later(words) => Refusal::Later(strike(words)),
            Refusal::Never(words) => Refusal::Never(strike(words)),
        }
    }
}

/// Tells the relay one letter. On a connection that told one before, an error at
/// [`Step::Sender`] comes before the relay has heard anything of this letter.
async fn talk(
    connection: &mut AsyncSmtpConnection,
    half_told: bool,
    message: &Message,
) -> Result<(), Broken> {
    let at = |step| move |error| Broken { step, error };
    if half_told {
        connection.command(Rset).await.map_err(at(Step::Sender))?;
    }
    // Letters are ASCII on the wire, whatever they say, and so are addresses: no extension needed.
    let envelope = message.envelope();
    let sender = Mail::new(envelope.from().cloned(), Vec::new());
    connection.command(sender).await.map_err(at(Step::Sender))?;
    for recipient in envelope.to() {
        let recipient = Rcpt::new(recipient.clone(), Vec::new());
        connection
            .command(recipient)
            .await
            .map_err(at(Step::Recipient))?;
    }
    connection.command(Data).await.map_err(at(Step::Text))?;
    connection
        .command(whole_text(message))
        .await
        .map_err(at(Step::Text))?;
    Ok(())
}

/// The text with its end (RFC 5321 section 4.5.2) in one piece: sent in two, the second would wait
/// 40 ms for the relay's delayed acknowledgement of the first.
fn whole_text(message: &Message) -> String {
    let text = String::from_utf8_lossy(&message.formatted()).replace("\r\n.", "\r\n..");
    let text = text.strip_suffix("\r\n").unwrap_or(&text);
    format!("{text}\r\n.\r\n")
}

/// Whether the talk is over: the connection broke, or the relay said that it closes it (421,
/// RFC 5321 section 3.8).
fn hung_up(error: &Error) -> bool {
    error.status().is_none_or(|code| u16::from(code) == 421)
}

#[cfg(test)]
mod tests {
    use super::super::letter::sample;
    use super::*;

    fn smtp(url: &str) -> Smtp {
        Smtp::new(Relay::parse(url).unwrap())
    }

    #[tokio::test]
    async fn a_relay_that_says_nothing_is_given_up_and_tried_later() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let smtp = Smtp {
            send_max: Duration::from_millis(50),
            ..smtp(&format!("smtp://{address}"))
        };
        let refusal = smtp.send(&sample()).await.unwrap_err();
        assert_eq!(
            refusal,
            Refusal::Later("the mail server did not answer in time".into())
        );
        drop(listener);
    }

    #[test]
    fn secrets_are_struck_out_of_the_relays_words() {
        let said = Refusal::Later("535 no user bob@example.org with hunter2".into());
        let smtp = smtp("smtp://bob%40example.org:hunter2@localhost");
        assert_eq!(
            smtp.without_secrets(said),
            Refusal::Later("535 no user *** with ***".into())
        );
    }
}
