//! What other sites reach: the script, the frame, the API of visitors whom a site vouches for, and the
//! socket. No cookie counts, and no page of a site that is not listed gets in.

use pigeon_core::actor::Account;
use pigeon_core::embed::key;
use pigeon_core::session;
use pigeon_core::setting::{self, Changed};
use pigeon_core::testing::Site;
use pigeon_wire::setting::{Setting, Typed};
use serde_json::{Value, json};

use crate::harness::{Answer, Browser, Pigeon, Socket};

const SHOP: &str = "https://shop.example";
const STRANGER: &str = "https://evil.example";

/// A Pigeon whose owner has listed the shop and made a key for it.
struct House {
    pigeon: Pigeon,
    olga: Browser,
    owner: Account,
    shop: Site,
}

impl House {
    async fn open() -> Self {
        let pigeon = Pigeon::start().await;
        let olga = pigeon.signed_in("owner").await;
        let secret = olga.cookie("__Host-pigeon").unwrap();
        let owner = session::recognise(&pigeon.office, &secret)
            .await
            .unwrap()
            .unwrap();
        list(&pigeon, &owner, SHOP).await;
        let shop = Site::new(&pigeon.office, &owner, "Shop").await;
        Self {
            pigeon,
            olga,
            owner,
            shop,
        }
    }

    /// A request from a page of `origin`, with this token.
    async fn asks(
        &self,
        method: &'static str,
        path: &str,
        origin: &str,
        token: &str,
        body: &str,
    ) -> Answer {
        let program = self.pigeon.program();
        let mut ask = program
            .ask(method, path)
            .header("origin", origin)
            .header("sec-fetch-site", "cross-site");
        if !token.is_empty() {
            ask = ask.header("authorization", &format!("Bearer {token}"));
        }
        ask.header("content-type", "application/json")
            .header("idempotency-key", &"k".repeat(22))
            .body(body)
            .send()
            .await
    }

    async fn vouches(&self, word: &str) -> Answer {
        let body = json!({ "token": word }).to_string();
        self.asks("POST", "/embed/session", SHOP, "", &body).await
    }

    /// The token of a visitor of the shop.
    async fn token(&self, subject: &str) -> String {
        let word = self.shop.word(&self.pigeon.office, subject, subject);
        let known = self.vouches(&word).await;
        assert_eq!(known.status, 200, "{}", known.text());
        known.json()["token"].as_str().unwrap().to_owned()
    }
}

async fn list(pigeon: &Pigeon, owner: &Account, origins: &str) {
    let typed = Typed {
        setting: Setting::EmbedOrigins,
        text: origins.to_owned(),
        was: pigeon.office.settings().embed_origins.join("\n"),
    };
    let changed = setting::change(&pigeon.office, owner, vec![typed]).await;
    assert_eq!(changed.unwrap(), Changed::Stored(1));
}

fn policy(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let ancestors = policy
        .split("; ")
        .find(|part| part.starts_with("frame-ancestors"));
    ancestors.unwrap().to_owned()
}

#[tokio::test]
async fn the_frame_stands_in_listed_sites_alone_and_no_other_page_in_any() {
    let house = House::open().await;
    let browser = house.pigeon.browser();
    let frame = browser.get("/embed/frame?lang=de").await;
    assert_eq!(frame.status, 200);
    assert_eq!(policy(&frame), format!("frame-ancestors {SHOP}"));
    let whole = frame.header("content-security-policy");
    assert!(
        !whole.contains("unsafe") && !whole.contains("nonce-"),
        "{whole}"
    );
    let page = frame.text();
    assert!(
        page.contains("lang=\"de\"") && !page.contains("<style") && !page.contains(" style=\"")
    );
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert_eq!(frame.header("set-cookie"), "");
    for door in ["/contact", "/login", "/embed.js", "/"] {
        assert_eq!(
            policy(&browser.get(door).await),
            "frame-ancestors 'none'",
            "{door}"
        );
    }
    list(&house.pigeon, &house.owner, "").await;
    let frame = browser.get("/embed/frame").await;
    assert_eq!(policy(&frame), "frame-ancestors 'none'");
}

#[tokio::test]
async fn the_script_is_small_and_kept() {
    let pigeon = Pigeon::start().await;
    let browser = pigeon.browser();
    let plain = browser.get("/embed.js").await;
    assert_eq!(
        plain.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(plain.header("cache-control"), "public, max-age=3600");
    assert_eq!(plain.header("cross-origin-resource-policy"), "cross-origin");
    let zipped = browser
        .ask("GET", "/embed.js")
        .header("accept-encoding", "gzip")
        .send()
        .await;
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert!(zipped.body.len() <= 8 * 1024, "{} bytes", zipped.body.len());
    let tag = zipped.header("etag").to_owned();
    let again = browser
        .ask("GET", "/embed.js")
        .header("accept-encoding", "gzip");
    let again = again.header("if-none-match", &tag).send().await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let frame = browser.get("/embed/frame").await.text();
    let address = frame
        .split("src=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let named = browser.get(address).await;
    assert_eq!(
        named.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
}

#[tokio::test]
async fn a_listed_site_may_read_answers_and_no_other() {
    let house = House::open().await;
    let token = house.token("vera").await;
    let told = house.asks("GET", "/embed/threads", SHOP, &token, "").await;
    assert_eq!(told.status, 200, "{}", told.text());
    assert_eq!(told.header("access-control-allow-origin"), SHOP);
    assert_eq!(told.header("access-control-allow-credentials"), "");
    assert!(told.header("vary").contains("Origin"));
    // Refusals too, or the page could not tell why.
    let refused = house.asks("GET", "/embed/threads", SHOP, "", "").await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.header("access-control-allow-origin"), SHOP);
    let before = house.asks("OPTIONS", "/embed/threads", SHOP, "", "").await;
    assert_eq!(before.status, 204);
    assert_eq!(before.header("access-control-allow-origin"), SHOP);
    assert!(
        before
            .header("access-control-allow-headers")
            .contains("authorization")
    );

    for origin in [
        STRANGER,
        "null",
        "https://shop.example.evil.example",
        "http://shop.example",
    ] {
        for method in ["GET", "POST", "OPTIONS"] {
            let told = house
                .asks(
                    method,
                    "/embed/threads",
                    origin,
                    &token,
                    r#"{"text":"Hello?"}"#,
                )
                .await;
            assert_eq!(told.status, 403, "{method} {origin}");
            assert_eq!(told.json()["code"], "foreign_origin");
            assert_eq!(told.header("access-control-allow-origin"), "");
        }
    }
    // A listed site reads nothing that is not there for it.
    for door in ["/api/v1/me", "/contact", "/embed/guest/thread", "/healthz"] {
        let told = house.asks("GET", door, SHOP, &token, "").await;
        assert_eq!(told.header("access-control-allow-origin"), "", "{door}");
    }
}

#[tokio::test]
async fn a_word_that_is_not_sound_is_refused_and_says_why() {
    let house = House::open().await;
    let now = house.pigeon.office.now().0 / 1000;
    let good = json!({ "sub": "vera", "iat": now, "exp": now + 300 });
    let head = |alg: &str| json!({ "alg": alg, "kid": house.shop.key });
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        house.shop.signed(&claims)
    };
    let unsigned = house.shop.signed_as(&head("none"), &good);
    let unsigned = unsigned.rsplit_once('.').unwrap().0.to_owned() + ".";
    let another = Site {
        key: house.shop.key.clone(),
        secret: "another".to_owned(),
    };
    let nowhere = Site {
        key: "0".repeat(32),
        secret: house.shop.secret.clone(),
    };
    let here = format!("http://{}", house.pigeon.address);
    for (word, code) in [
        (unsigned, "vouch_algorithm"),
        (
            house.shop.signed_as(&head("RS256"), &good),
            "vouch_algorithm",
        ),
        (another.signed(&good), "vouch_signature"),
        (nowhere.signed(&good), "vouch_key"),
        (
            house.shop.signed_as(&json!({ "alg": "HS256" }), &good),
            "vouch_key",
        ),
        (with("exp", json!(now)), "vouch_expired"),
        (with("exp", json!(now + 601)), "vouch_too_long"),
        (with("iat", json!(now + 61)), "vouch_early"),
        (
            with("aud", json!("https://other.example")),
            "vouch_audience",
        ),
        (with("sub", json!("")), "vouch_subject"),
        ("nonsense".to_owned(), "vouch_malformed"),
    ] {
        let told = house.vouches(&word).await;
        assert_eq!(told.status, 401, "{code}");
        assert_eq!(told.header("content-type"), "application/problem+json");
        assert_eq!(told.json()["code"], code);
    }
    assert_eq!(house.vouches(&with("aud", json!(here))).await.status, 200);
    assert_eq!(house.vouches(&house.shop.signed(&good)).await.status, 200);
}

#[tokio::test]
async fn a_visitor_reaches_their_own_threads_by_their_token_and_nothing_by_a_cookie() {
    let house = House::open().await;
    let (vera, otto) = (house.token("vera").await, house.token("otto").await);
    let body = r#"{"subject":"Parcel","text":"Where is it?"}"#;
    let made = house
        .asks("POST", "/embed/threads", SHOP, &vera, body)
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let path = format!("/embed/threads/{}", made.json()["thread"].as_str().unwrap());
    assert_eq!(house.asks("GET", &path, SHOP, &vera, "").await.status, 200);
    let reply = house
        .asks(
            "POST",
            &format!("{path}/replies"),
            SHOP,
            &vera,
            r#"{"text":"Hello?"}"#,
        )
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    for (method, door, body) in [
        ("GET", path.clone(), ""),
        ("GET", format!("{path}/entries?before=9"), ""),
        ("POST", format!("{path}/replies"), r#"{"text":"Hello?"}"#),
        ("POST", format!("{path}/read"), r#"{"upto":1}"#),
    ] {
        assert_eq!(
            house.asks(method, &door, SHOP, &otto, body).await.status,
            404,
            "{door}"
        );
        assert_eq!(
            house.asks(method, &door, SHOP, "", body).await.status,
            401,
            "{door}"
        );
        let by_cookie = house
            .olga
            .ask(method, &door)
            .header("content-type", "application/json");
        assert_eq!(by_cookie.body(body).send().await.status, 401, "{door}");
    }
    // The token opens nothing else: no page, no API, and it is no cookie.
    assert_eq!(
        house
            .asks("GET", "/api/v1/me", SHOP, &vera, "")
            .await
            .status,
        401
    );
    let browser = house.pigeon.program();
    browser.keep("__Host-pigeon", &vera);
    assert_eq!(browser.get("/threads").await.status, 401);

    key::revoke(
        &house.pigeon.office,
        &house.owner,
        house.shop.key.parse().unwrap(),
    )
    .await
    .unwrap();
    assert_eq!(house.asks("GET", &path, SHOP, &vera, "").await.status, 401);
}

#[tokio::test]
async fn a_guest_talks_in_the_frame_without_any_cookie() {
    let house = House::open().await;
    let us = format!("http://{}", house.pigeon.address);
    let body = r#"{"name":"Guido","email":"guido@example.org","text":"When do you open?"}"#;
    for origin in [SHOP, STRANGER] {
        let told = house
            .asks("POST", "/embed/guest/threads", origin, "", body)
            .await;
        assert_eq!(told.status, 403, "only our own frame asks here");
    }
    let frame = house.pigeon.program();
    let ask = frame
        .ask("POST", "/embed/guest/threads")
        .header("idempotency-key", &"k".repeat(22));
    let made = ask
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(frame.cookie_count(), 0);
    let token = made.json()["token"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {token}");
    let ask = || frame.ask("GET", "/embed/guest/thread");
    let opened = ask().header("authorization", &bearer).send().await;
    assert_eq!(
        opened.json()["entries"][0]["content"]["body"],
        "When do you open?"
    );
    assert_eq!(ask().send().await.status, 401);

    let mut line = Socket::open_from(&frame, "/embed/live", &us).await.unwrap();
    line.say_text(&json!({ "token": token, "after": 0 }).to_string())
        .await;
    assert!(line.text().await.contains(r#""t":"hello""#));
    assert!(line.text().await.contains("When do you open?"));

    // What the honeypot catches looks accepted, and has no conversation.
    let caught = frame
        .ask("POST", "/embed/guest/threads")
        .header("idempotency-key", &"r".repeat(22));
    let trapped = r#"{"email":"r@example.org","text":"Pills","trap":"x"}"#;
    let caught = caught
        .header("content-type", "application/json")
        .body(trapped)
        .send()
        .await;
    assert_eq!((caught.status, caught.body.len()), (202, 0));
}

#[tokio::test]
async fn the_socket_knows_nobody_but_by_its_first_frame() {
    let house = House::open().await;
    let token = house.token("vera").await;
    let nobody = house.pigeon.program();
    for origin in [STRANGER, "null", ""] {
        let refused = Socket::open_from(&nobody, "/embed/live", origin)
            .await
            .err();
        assert_eq!(refused, Some(403), "{origin}");
    }
    let introduced = json!({ "token": token }).to_string();
    let mut line = Socket::open_from(&nobody, "/embed/live", SHOP)
        .await
        .unwrap();
    line.say_text(&introduced).await;
    assert!(line.text().await.contains(r#""t":"hello""#));
    assert!(line.text().await.contains(r#""t":"counts""#));

    // A cookie opens nothing here, wherever the page is from.
    for origin in [SHOP.to_owned(), format!("http://{}", house.pigeon.address)] {
        let mut line = Socket::open_from(&house.olga, "/embed/live", &origin)
            .await
            .unwrap();
        line.say_text(r#"{"token":""}"#).await;
        assert_eq!(line.closed().await, 4001);
    }
    for first in ["{}", "nonsense", r#"{"t":"beat"}"#] {
        let mut line = Socket::open_from(&nobody, "/embed/live", SHOP)
            .await
            .unwrap();
        line.say_text(first).await;
        assert_eq!(line.closed().await, 4002, "{first}");
    }
    let mut binary = Socket::open_from(&nobody, "/embed/live", SHOP)
        .await
        .unwrap();
    binary.say_bytes(b"x").await;
    assert_eq!(binary.closed().await, 4002);

    key::revoke(
        &house.pigeon.office,
        &house.owner,
        house.shop.key.parse().unwrap(),
    )
    .await
    .unwrap();
    assert_eq!(line.ends().await, 4001);
    let mut late = Socket::open_from(&nobody, "/embed/live", SHOP)
        .await
        .unwrap();
    late.say_text(&introduced).await;
    assert_eq!(late.closed().await, 4001);
}

#[tokio::test]
async fn a_keys_secret_is_shown_once() {
    let house = House::open().await;
    let answer = house
        .olga
        .post("/settings/embed/keys", &[("name", "Blog")])
        .await;
    assert_eq!(answer.status, 200);
    let page = answer.text();
    let secret = page.split("id=\"secret\"").nth(1).unwrap();
    let secret = secret
        .split('>')
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(secret.len(), 43, "{secret}");
    let again = house.olga.get("/settings/embed").await.text();
    assert!(again.contains("Blog") && again.contains("Shop") && !again.contains(&secret));
    assert!(!again.contains(&house.shop.secret));
    assert!(!house.olga.get("/audit").await.text().contains(&secret));

    let nameless = house
        .olga
        .post("/settings/embed/keys", &[("name", " ")])
        .await;
    assert_eq!(nameless.status, 422);
    let path = format!("/settings/embed/keys/{}", house.shop.key);
    let renewed = house.olga.post(&format!("{path}/renew"), &[]).await;
    assert_eq!(renewed.status, 200);
    house
        .olga
        .post(&format!("{path}/revoke"), &[])
        .await
        .is_done("key_revoked");
    assert_eq!(
        house.olga.post(&format!("{path}/revoke"), &[]).await.status,
        404
    );
    let word = house.shop.word(&house.pigeon.office, "vera", "Vera");
    assert_eq!(house.vouches(&word).await.json()["code"], "vouch_key");
}
