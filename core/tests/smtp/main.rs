//! Talks with a mail server over a real socket: what is said, what is understood, and what becomes
//! of the connection.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod server;
mod tls;

use mail_parser::MessageParser;
use pigeon_core::clock::{Clock, Randomness};
use pigeon_core::mail::{Letter, Mailer, Refusal};
use pigeon_core::office::{Office, Options};
use pigeon_core::outbox;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::MORNING;
use pigeon_wire::Millis;
use pigeon_wire::outbox::MailWay;
use pigeon_wire::text::{Email, Name};
use server::Act::{HangUp, Say, SayAndHangUp, Silence};
use server::{Act, Plan, Server};

fn letter(id: &str) -> Letter {
    Letter {
        id: id.into(),
        domain: "help.example.org".into(),
        at: Millis(1_795_392_245_999),
        from: (
            Name::parse("Orchid Café").unwrap(),
            Email::parse("help@example.org").unwrap(),
        ),
        to: (None, Email::parse("guido@example.net").unwrap()),
        subject: "Ihre Nachricht".into(),
        text: "Grüße\n.\n..zwei Punkte\nhttps://help.example.org/t/abc\n".into(),
        html: "<p>Grüße</p>\n".into(),
        thread_ref: Some("anchor".into()),
    }
}

fn mailer(server: &Server) -> Mailer {
    Mailer::smtp(&format!("smtp://{}", server.address)).unwrap()
}

fn acts(acts: &[(&'static str, Act)]) -> Plan {
    Plan {
        acts: acts.to_vec(),
        ..Plan::default()
    }
}

fn later(words: &str) -> Result<(), Refusal> {
    Err(Refusal::Later(words.into()))
}

fn never(words: &str) -> Result<(), Refusal> {
    Err(Refusal::Never(words.into()))
}

/// The first letter's fate on a server whose first connection goes like this.
async fn fate(plan: &[(&'static str, Act)]) -> Result<(), Refusal> {
    let server = Server::start(vec![acts(plan)]).await;
    mailer(&server).send(&letter("a")).await
}

#[tokio::test]
async fn a_letter_arrives_whole_and_the_connection_is_kept() {
    let server = Server::start(Vec::new()).await;
    let mailer = mailer(&server);
    mailer.send(&letter("first")).await.unwrap();
    mailer.clone().send(&letter("second")).await.unwrap();

    let heard = server.heard();
    let [talk] = &heard.talks[..] else {
        panic!("{} connections", heard.talks.len())
    };
    assert!(talk[0].starts_with("EHLO "), "{talk:?}");
    let once = [
        "MAIL FROM:<help@example.org>",
        "RCPT TO:<guido@example.net>",
        "DATA",
    ];
    assert_eq!(talk[1..], [once, once].concat());

    let [first, second] = &heard.mails[..] else {
        panic!("{} mails", heard.mails.len())
    };
    assert!(second.contains("Message-ID: <second@help.example.org>"));
    let mail = MessageParser::default().parse(first.as_bytes()).unwrap();
    assert_eq!(mail.message_id(), Some("first@help.example.org"));
    assert_eq!(mail.subject(), Some("Ihre Nachricht"));
    assert_eq!(
        mail.from().unwrap().first().unwrap().name(),
        Some("Orchid Café")
    );
    assert_eq!(mail.to().unwrap().first().unwrap().name(), None);
    assert_eq!(
        mail.in_reply_to().as_text(),
        Some("anchor@help.example.org")
    );
    assert_eq!(mail.references().as_text(), Some("anchor@help.example.org"));
    assert_eq!(
        mail.header_raw("Auto-Submitted").unwrap().trim(),
        "auto-generated"
    );
    assert_eq!(mail.date().unwrap().to_rfc3339(), "2026-11-23T00:04:05Z");
    let lines = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    assert_eq!(
        lines(&mail.body_text(0).unwrap()),
        letter("").text.trim_end()
    );
    assert_eq!(lines(&mail.body_html(0).unwrap()), "<p>Grüße</p>");
}

#[tokio::test]
async fn a_lasting_refusal_of_the_recipient_or_the_text_is_the_end() {
    let refused = fate(&[("RCPT", Say("550-5.1.1 No such user\r\n550 5.1.1 here"))]).await;
    assert_eq!(refused, never("550 5.1.1 No such user here"));
    assert_eq!(
        fate(&[("DATA", Say("554 5.5.1 no valid recipients"))]).await,
        never("554 5.5.1 no valid recipients")
    );
    assert_eq!(
        fate(&[(".", Say("552 5.3.4 too big"))]).await,
        never("552 5.3.4 too big")
    );
}

#[tokio::test]
async fn a_passing_refusal_is_tried_later() {
    for (word, what) in [
        ("greeting", "no connection to the mail server"),
        ("EHLO", "no connection to the mail server"),
        ("MAIL", "the mail server refused the sender"),
        ("RCPT", "the mail server put off the recipient"),
        ("DATA", "the mail server did not take the mail"),
        (".", "the mail server did not take the mail"),
    ] {
        let refused = fate(&[(word, Say("451 4.7.1 not now"))]).await;
        assert_eq!(
            refused,
            later(&format!("{what}: 451 4.7.1 not now")),
            "{word}"
        );
    }
}

#[tokio::test]
async fn what_the_operator_can_mend_is_tried_later_and_told() {
    assert_eq!(
        fate(&[("greeting", Say("554 5.7.1 you are on a list"))]).await,
        later("no connection to the mail server: 554 5.7.1 you are on a list")
    );
    assert_eq!(
        fate(&[("MAIL", Say("553 5.7.1 not your address"))]).await,
        later("the mail server refused the sender: 553 5.7.1 not your address")
    );
    assert_eq!(
        fate(&[("MAIL", Say("530 5.7.0 log in first"))]).await,
        later("the mail server refused the sender: 530 5.7.0 log in first")
    );
    assert_eq!(
        fate(&[("RCPT", Say("530 5.7.0 log in first"))]).await,
        later("the mail server put off the recipient: 530 5.7.0 log in first")
    );
    assert_eq!(
        fate(&[("RCPT", Say("554 5.7.1 Relay access denied"))]).await,
        later("the mail server put off the recipient: 554 5.7.1 Relay access denied")
    );
}

#[tokio::test]
async fn a_wrong_password_is_told_without_showing_it() {
    let plan = Plan {
        acts: vec![(
            "AUTH",
            Say("535 5.7.8 bad password hunter22 for guido@mail"),
        )],
        offers: &["AUTH PLAIN LOGIN"],
        ..Plan::default()
    };
    let server = Server::start(vec![plan]).await;
    let url = format!("smtp://guido%40mail:hunter22@{}", server.address);
    let refused = Mailer::smtp(&url).unwrap().send(&letter("a")).await;
    assert_eq!(
        refused,
        later("the mail server refused the log-in: 535 5.7.8 bad password *** for ***")
    );
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_later_on_a_new_one() {
    for word in ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "text", "."] {
        let server = Server::start(vec![acts(&[(word, HangUp)])]).await;
        let mailer = mailer(&server);
        let refused = mailer.send(&letter("a")).await;
        assert!(
            matches!(refused, Err(Refusal::Later(_))),
            "{word}: {refused:?}"
        );
        assert_eq!(mailer.send(&letter("a")).await, Ok(()), "{word}");
        assert_eq!(
            (server.heard().talks.len(), server.heard().mails.len()),
            (2, 1),
            "{word}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_later() {
    let address = Server::start(Vec::new()).await.address;
    // The server is gone by now; its port is free.
    let refused = Mailer::smtp(&format!("smtp://{address}"))
        .unwrap()
        .send(&letter("a"))
        .await;
    assert!(
        matches!(&refused, Err(Refusal::Later(words))
        if words.starts_with("no connection to the mail server: ")),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_greylisted_letter_goes_out_later_over_the_same_connection() {
    let server = Server::start(vec![acts(&[("RCPT", Say("451 4.7.1 greylisted"))])]).await;
    let mailer = mailer(&server);
    assert_eq!(
        mailer.send(&letter("a")).await,
        later("the mail server put off the recipient: 451 4.7.1 greylisted")
    );
    mailer.send(&letter("a")).await.unwrap();

    let heard = server.heard();
    let [talk] = &heard.talks[..] else {
        panic!("{} connections", heard.talks.len())
    };
    let words: Vec<_> = talk
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        words,
        ["EHLO", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA"]
    );
    assert_eq!(heard.mails.len(), 1);
}

#[tokio::test]
async fn a_kept_connection_that_the_server_closed_costs_no_letter() {
    for plan in [
        // Closed while it rested.
        acts(&[(".", SayAndHangUp("250 2.0.0 queued"))]),
        // Closed with a word when it was used again; the first act lets the first letter pass.
        acts(&[
            ("MAIL", Say("250 ok")),
            ("MAIL", SayAndHangUp("421 4.4.2 idle too long")),
        ]),
        acts(&[("MAIL", Say("250 ok")), ("MAIL", HangUp)]),
    ] {
        let server = Server::start(vec![plan]).await;
        let mailer = mailer(&server);
        mailer.send(&letter("first")).await.unwrap();
        mailer.send(&letter("second")).await.unwrap();
        assert_eq!(
            (server.heard().talks.len(), server.heard().mails.len()),
            (2, 2)
        );
    }
}

#[tokio::test]
async fn a_send_that_is_given_up_leaves_nothing_to_the_next() {
    let server = Server::start(vec![acts(&[("DATA", Silence)])]).await;
    let mailer = mailer(&server);
    let first = letter("first");
    tokio::select! {
        outcome = mailer.send(&first) => panic!("{outcome:?}"),
        () = server.fallen_silent() => {}
    }
    mailer.send(&letter("second")).await.unwrap();
    let heard = server.heard();
    assert_eq!(heard.talks.len(), 2);
    assert!(heard.mails[0].contains("Message-ID: <second@"));
}

#[tokio::test]
async fn a_test_mail_brings_back_the_servers_own_words() {
    let no = Say("550 5.1.1 No such user");
    let server = Server::start(vec![acts(&[("RCPT", no)])]).await;
    let folder = tempfile::tempdir().unwrap();
    let office = Office::open(Options {
        database: format!("sqlite://{}", folder.path().join("pigeon.db").display()),
        clock: Clock::fixed(MORNING),
        randomness: Randomness::seeded(1),
        overrides: Overrides::default(),
        mailer: mailer(&server),
        files: folder.path().join("files"),
        courier: None,
    })
    .await
    .unwrap();
    let refused = outbox::trial_to(&office, "olga@example.net").await.unwrap();
    assert_eq!(refused.refusal.as_deref(), Some("550 5.1.1 No such user"));
    assert_eq!(refused.way, MailWay::Relay(server.address.to_string()));
    let taken = outbox::trial_to(&office, "olga@example.net").await.unwrap();
    assert_eq!(taken.refusal, None);
    let heard = server.heard();
    let mail = MessageParser::default()
        .parse(heard.mails[0].as_bytes())
        .unwrap();
    assert_eq!(mail.subject(), Some("Test mail from Pigeon"));
    assert_eq!(heard.mails.len(), 1);
}

#[tokio::test]
async fn many_letters_at_once_share_few_connections() {
    let server = Server::start(Vec::new()).await;
    let mailer = mailer(&server);
    let mut sends = tokio::task::JoinSet::new();
    for n in 0..40 {
        let mailer = mailer.clone();
        sends.spawn(async move { mailer.send(&letter(&format!("n{n}"))).await });
    }
    assert!(
        sends
            .join_all()
            .await
            .into_iter()
            .all(|outcome| outcome.is_ok())
    );
    let heard = server.heard();
    assert!(heard.talks.len() <= 4, "{} connections", heard.talks.len());
    let mut ids: Vec<_> = heard.mails.iter().map(|mail| message_id(mail)).collect();
    assert_eq!(ids.len(), 40);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 40);
}

fn message_id(mail: &str) -> &str {
    mail.lines()
        .find_map(|line| line.strip_prefix("Message-ID: "))
        .unwrap()
}
