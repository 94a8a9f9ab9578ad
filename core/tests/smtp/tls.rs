//! The same talks, encrypted.

use std::path::Path;
use std::sync::Arc;

use pigeon_core::mail::{Mailer, Refusal};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::letter;
use crate::server::Act::Say;
use crate::server::{Plan, Server};

/// A certificate for this machine, and the file by which a client may trust it.
fn certificate() -> (TlsAcceptor, tempfile::NamedTempFile) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), made.cert.pem()).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), file)
}

fn mailer(server: &Server, scheme: &str, options: &str) -> Mailer {
    Mailer::smtp(&format!(
        "{scheme}://guido:hunter22@{}?{options}",
        server.address
    ))
    .unwrap()
}

fn trusting(file: &Path) -> String {
    format!("ca={}", file.display())
}

#[tokio::test]
async fn a_server_without_encryption_hears_neither_password_nor_letter() {
    let plan = Plan {
        offers: &["AUTH PLAIN"],
        ..Plan::default()
    };
    let server = Server::start(vec![plan]).await;
    let refused = mailer(&server, "smtp", "tls=starttls")
        .send(&letter("a"))
        .await
        .unwrap_err();
    assert_eq!(
        refused,
        Refusal::Later(
            "the mail server offers no encryption (STARTTLS), and mail goes over a network only encrypted".into()
        )
    );
    let heard = server.heard();
    assert!(
        heard.talks[0]
            .iter()
            .all(|line| line.starts_with("EHLO") || line == "QUIT")
    );
}

#[tokio::test]
async fn a_server_that_refuses_to_encrypt_is_tried_later() {
    let plan = Plan {
        acts: vec![("STARTTLS", Say("454 4.7.0 no certificate today"))],
        offers: &["STARTTLS", "AUTH PLAIN"],
        ..Plan::default()
    };
    let server = Server::start(vec![plan]).await;
    let refused = mailer(&server, "smtp", "tls=starttls")
        .send(&letter("a"))
        .await
        .unwrap_err();
    assert_eq!(
        refused,
        Refusal::Later("no encryption with the mail server: 454 4.7.0 no certificate today".into())
    );
}

#[tokio::test]
async fn encryption_begins_before_the_password() {
    let (acceptor, file) = certificate();
    let plan = Plan {
        offers: &["STARTTLS", "AUTH PLAIN"],
        tls: Some((acceptor, false)),
        ..Plan::default()
    };
    for option in ["tls=starttls", "tls=opportunistic"] {
        let server = Server::start(vec![plan.clone()]).await;
        let options = format!("{option}&{}", trusting(file.path()));
        mailer(&server, "smtp", &options)
            .send(&letter("a"))
            .await
            .unwrap();
        let heard = server.heard();
        let words: Vec<_> = heard.talks[0]
            .iter()
            .map(|line| line.split(' ').next().unwrap())
            .collect();
        assert_eq!(
            words,
            ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"]
        );
        assert_eq!(heard.mails.len(), 1);
    }
}

#[tokio::test]
async fn encryption_from_the_first_byte_needs_a_certificate_that_is_trusted() {
    let (acceptor, file) = certificate();
    let plan = Plan {
        offers: &["AUTH LOGIN"],
        tls: Some((acceptor, true)),
        ..Plan::default()
    };
    let server = Server::start(vec![plan.clone(), plan]).await;

    let stranger = mailer(&server, "smtps", "")
        .send(&letter("a"))
        .await
        .unwrap_err();
    assert!(
        matches!(&stranger, Refusal::Later(words) if words.contains("certificate")),
        "{stranger:?}"
    );
    assert!(server.heard().talks[0].is_empty());

    let known = mailer(&server, "smtps", &trusting(file.path()))
        .send(&letter("a"))
        .await;
    assert_eq!(known, Ok(()));
    assert_eq!(server.heard().mails.len(), 1);
}
