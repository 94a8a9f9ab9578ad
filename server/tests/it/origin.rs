//! Writes come from our own pages, or not at all; the contact form alone is open to all.

use crate::harness::{Browser, Pigeon, guidos_question};

/// What a browser says of the page that a request comes from.
const FOREIGN: &[(&str, &str)] = &[
    ("https://evil.example", "cross-site"),
    ("https://evil.example", ""),
    ("http://127.0.0.1:1", "same-site"),
    ("null", "cross-site"),
    ("null", ""),
    ("", "cross-site"),
    ("", "none"),
    ("", ""),
];

async fn post(browser: &Browser, path: &str, origin: &str, site: &str) -> (u16, String) {
    let ask = browser
        .ask("POST", path)
        .header("origin", origin)
        .header("sec-fetch-site", site);
    let is_json = path.starts_with("/ui/");
    let kind = if is_json {
        "application/json"
    } else {
        "application/x-www-form-urlencoded"
    };
    let answer = ask
        .header("content-type", kind)
        .header("accept", "*/*")
        .body("{}")
        .send()
        .await;
    let code = answer
        .headers
        .iter()
        .any(|(_, value)| value == "application/problem+json");
    (
        answer.status,
        if code {
            answer.json()["code"].to_string()
        } else {
            String::new()
        },
    )
}

#[tokio::test]
async fn a_write_from_a_foreign_page_is_refused() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let nora = pigeon.signed_in("agent").await;
    let before = pigeon.database_bytes();
    for (origin, site) in FOREIGN {
        for (browser, door) in [
            (&guido, path.clone()),
            (&guido, format!("{path}/sign-out")),
            (&guido, format!("{path}/not-me")),
            (&guido, "/link".to_owned()),
            (&guido, "/lang".to_owned()),
            (&guido, "/ui/guest/reply".to_owned()),
            (&nora, "/logout".to_owned()),
            (&nora, "/login".to_owned()),
            (&nora, "/setup/x".to_owned()),
            (&nora, "/ui/message/reply".to_owned()),
        ] {
            let told = post(browser, &door, origin, site).await;
            assert_eq!(
                told,
                (403, "\"foreign_origin\"".to_owned()),
                "{door} {origin} {site}"
            );
        }
    }
    assert!(pigeon.database_bytes() == before, "nothing was stored");
    assert_eq!(nora.get("/inbox").await.status, 200, "still signed in");
}

#[tokio::test]
async fn the_contact_form_may_stand_on_any_page() {
    let pigeon = Pigeon::start().await;
    for (at, (origin, site)) in FOREIGN.iter().enumerate() {
        let browser = pigeon.browser();
        let email = format!("guest{at}@example.org");
        let mut question = guidos_question();
        question[1].1 = &email;
        let ask = browser.ask("POST", "/contact").form(&question);
        let sent = ask
            .header("origin", origin)
            .header("sec-fetch-site", site)
            .send()
            .await;
        assert_eq!(sent.status, 303, "{origin} {site}: {}", sent.text());
    }
}

#[tokio::test]
async fn on_loopback_every_loopback_name_is_ours() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let origin = format!("http://localhost:{}", pigeon.address.port());
    let ask = guido
        .ask("POST", &format!("{path}/read"))
        .form(&[("seen", "1")]);
    assert_eq!(ask.header("origin", &origin).send().await.status, 303);
}

#[tokio::test]
async fn the_socket_opens_for_our_own_pages_alone() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let upgrade = |origin: &str| {
        nora.ask("GET", "/api/v1/live")
            .header("connection", "Upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("origin", origin)
    };
    for origin in ["https://evil.example", "null", ""] {
        assert_eq!(upgrade(origin).send().await.status, 403, "{origin}");
    }
}
