//! The courier without a server around it: where it does not go, whom it trusts, how long it waits.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::*;

fn parcel(url: &str) -> Parcel {
    Parcel {
        url: url.to_owned(),
        headers: [
            ("webhook-id", "1".to_owned()),
            ("webhook-timestamp", "2".to_owned()),
            ("webhook-signature", "v1,3".to_owned()),
        ],
        body: "{}".to_owned(),
    }
}

#[test]
fn one_private_address_among_others_is_enough_to_refuse() {
    let all = |ips: &[&str]| -> Vec<SocketAddr> {
        let ips = ips.iter();
        ips.map(|ip| SocketAddr::new(ip.parse().unwrap(), 443))
            .collect()
    };
    assert_eq!(
        allowed(&all(&["8.8.8.8", "2606:4700::1111"]), false),
        Ok(())
    );
    let mixed = all(&["8.8.8.8", "::ffff:10.0.0.1"]);
    let why = allowed(&mixed, false).unwrap_err();
    assert!(why.contains("::ffff:10.0.0.1"), "{why}");
    assert_eq!(allowed(&mixed, true), Ok(()));
    assert!(allowed(&[], true).is_err());
}

#[tokio::test]
async fn nothing_is_sent_to_this_machine_unless_it_is_allowed() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let courier = Http::new(false).unwrap();
    for host in ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"] {
        let answer = courier
            .carry(parcel(&format!("https://{host}:{port}/")))
            .await;
        let Answer::Silent(why) = answer else {
            panic!("{host}: {answer:?}");
        };
        assert!(why.contains("private address"), "{host}: {why}");
    }
    let plain = courier.carry(parcel("http://8.8.8.8/")).await;
    assert_eq!(
        plain,
        Answer::Silent("plain http is not allowed here".to_owned())
    );
    let knock = timeout(Duration::ZERO, listener.accept()).await;
    assert!(knock.is_err(), "nobody may have knocked");
}

#[test]
fn a_request_says_what_its_receiver_needs() {
    let request = request(
        &Url::parse("https://hooks.example.org:8443/a/b?c=d").unwrap(),
        &parcel(""),
    )
    .unwrap();
    assert_eq!(request.uri(), "/a/b?c=d");
    assert_eq!(request.headers()[HOST], "hooks.example.org:8443");
    assert_eq!(request.headers()["webhook-signature"], "v1,3");
    assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
}

/// A certificate for `localhost`, and who speaks TLS with it.
fn certificate() -> (TlsAcceptor, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let certificate = made.cert.der().clone();
    (TlsAcceptor::from(Arc::new(config)), certificate)
}

#[tokio::test]
async fn over_https_it_trusts_the_authorities_alone_and_for_their_name() {
    let (acceptor, certificate) = certificate();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let knowing = Http::trusting(true, roots).unwrap();
    let strange = Http::new(true).unwrap();
    for (courier, host, is_taken) in [
        (&knowing, "localhost", true),
        (&knowing, "127.0.0.1", false),
        (&strange, "localhost", false),
    ] {
        let receive = async {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else {
                return;
            };
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n{}") && stream.read_buf(&mut head).await.unwrap() > 0 {}
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes")
                .await;
        };
        let (answer, ()) = tokio::join!(
            courier.carry(parcel(&format!("https://{host}:{port}/"))),
            receive
        );
        match answer {
            Answer::Said(200, text) => assert!(is_taken && text == "yes", "{host}: {text}"),
            Answer::Silent(why) => assert!(!is_taken && why.starts_with("no TLS"), "{why}"),
            other @ Answer::Said(..) => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn who_does_not_answer_in_time_is_left_and_a_body_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut courier = Http::new(true).unwrap();
    courier.times = Times {
        delivery: Duration::from_millis(200),
        body: Duration::from_millis(50),
        ..courier.times
    };
    let url = format!("http://127.0.0.1:{port}/");
    // The system accepts the connection, and nobody ever reads from it.
    let answer = courier.carry(parcel(&url)).await;
    assert!(matches!(&answer, Answer::Silent(why) if why.starts_with("no answer within")));
    drop(listener.accept().await.unwrap());
    let receive = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"{}") && stream.read_buf(&mut request).await.unwrap() > 0 {}
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nfirst";
        stream.write_all(head).await.unwrap();
        let mut rest = Vec::new();
        // Until the courier hangs up.
        let _ = stream.read_to_end(&mut rest).await;
    };
    let (answer, ()) = tokio::join!(courier.carry(parcel(&url)), receive);
    assert_eq!(answer, Answer::Said(200, "first".to_owned()));
}
