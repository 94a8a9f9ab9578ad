//! The JSON API from the outside.

mod admin;
mod contact;
mod guest;
mod own;
mod team;

use std::fs;
use std::path::Path;

use pigeon_server::{rest, routes};
use serde_json::{Value, json};

use crate::harness::{Answer, Browser, PASSWORD, Pigeon};

/// A program with a token of somebody new with this role.
pub struct Program {
    browser: Browser,
    pub token: String,
}

impl Program {
    /// With these scopes.
    pub async fn of(pigeon: &Pigeon, role: &str, scopes: &[&str]) -> Self {
        let owner = pigeon.signed_in(role).await;
        Self::made_by(pigeon, &owner, scopes).await
    }

    /// With a token that somebody makes who is signed in.
    pub async fn made_by(pigeon: &Pigeon, owner: &Browser, scopes: &[&str]) -> Self {
        let fields: Vec<String> = scopes
            .iter()
            .map(|scope| format!("scope_{scope}"))
            .collect();
        let mut typed = vec![("name", "a program"), ("days", "30")];
        typed.extend(fields.iter().map(|field| (field.as_str(), "on")));
        let made = owner.post("/account/tokens", &typed).await;
        assert_eq!(made.status, 200, "{}", made.text());
        let text = made.text();
        let (_, rest) = text.split_once(">pgn_").expect("a token");
        let secret = rest.split('<').next().unwrap();
        let again = owner.get("/account/tokens").await.text();
        assert!(!again.contains(secret), "shown once");
        Self::known(pigeon.program(), &format!("pgn_{secret}"))
    }

    /// With a token, or the secret of a link.
    pub fn known(browser: Browser, token: &str) -> Self {
        Self {
            browser,
            token: token.to_owned(),
        }
    }

    /// Sends bytes as they are.
    pub async fn bytes(&self, method: &'static str, path: &str, bytes: &[u8]) -> Answer {
        let ask = self
            .browser
            .ask(method, path)
            .header("authorization", &format!("Bearer {}", self.token))
            .header("origin", "")
            .header("sec-fetch-site", "")
            .header("content-type", "application/octet-stream");
        ask.body(bytes.to_vec()).send().await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, None).await
    }

    /// Sends JSON, with a key where one is given.
    pub async fn send(
        &self,
        method: &'static str,
        path: &str,
        key: Option<&str>,
        body: Option<Value>,
    ) -> Answer {
        send(&self.browser, Some(&self.token), (method, path), key, body).await
    }
}

/// A request as programs make them: without cookie, origin or anything of a browser.
pub async fn send(
    browser: &Browser,
    token: Option<&str>,
    (method, path): (&'static str, &str),
    key: Option<&str>,
    body: Option<Value>,
) -> Answer {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let ask = browser
        .ask(method, path)
        .header("authorization", bearer.as_deref().unwrap_or_default())
        .header("origin", "")
        .header("sec-fetch-site", "")
        .header("idempotency-key", key.unwrap_or_default());
    match body {
        None => ask.send().await,
        Some(body) => {
            ask.header("content-type", "application/json")
                .body(body.to_string())
                .send()
                .await
        }
    }
}

/// A key of 22 letters.
pub fn key(letter: char) -> String {
    letter.to_string().repeat(22)
}

#[test]
fn the_document_names_every_door_and_no_other() {
    let api = serde_json::to_value(rest::doc::document()).unwrap();
    let mut told: Vec<String> = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        told.extend(
            item.as_object()
                .unwrap()
                .keys()
                .map(|method| format!("{method} {path}")),
        );
    }
    // The live line is described in docs/LIVE.md, whatever carries it.
    let apart = ["/api/v1/openapi.json", "/api/v1/docs"];
    let mut there: Vec<String> = routes::doors()
        .filter(|(_, path)| path.starts_with("/api/") && !apart.contains(path))
        .filter(|(_, path)| !path.starts_with("/api/v1/live"))
        .map(|(method, path)| format!("{method} {path}"))
        .collect();
    told.sort();
    there.sort();
    assert_eq!(told, there);
}

/// `PIGEON_OPENAPI_WRITE=1 cargo test -p pigeon-server rest` writes it anew, to be read before it is
/// committed: a program out there may rest on what is gone.
#[test]
fn the_document_is_the_one_that_was_agreed_upon() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rest/openapi.json");
    let text = rest::doc::document().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("PIGEON_OPENAPI_WRITE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let api: Value = serde_json::from_str(&text).unwrap();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[tokio::test]
async fn the_document_can_be_read_by_everybody() {
    let pigeon = Pigeon::start().await;
    let nobody = pigeon.browser();
    let api = nobody.get("/api/v1/openapi.json").await;
    assert_eq!(
        (api.status, api.header("content-type")),
        (200, "application/json")
    );
    let page = nobody.get("/api/v1/docs").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("/api/v1/threads/{id}/replies"), "{text}");
    for foreign in ["https://", "http://", "<script"] {
        assert!(!text.contains(foreign), "{foreign}");
    }
}

#[tokio::test]
async fn a_token_alone_opens_the_doors() {
    let pigeon = Pigeon::start().await;
    let program = Program::of(&pigeon, "agent", &["read"]).await;
    let me = program.get("/api/v1/me").await;
    assert_eq!(me.json()["email"], "agent@example.org");
    assert_eq!(me.json()["scopes"], json!(["read"]));
    assert_eq!(me.json()["permissions"], json!(["access_inbox"]));
    assert_eq!(me.header("ratelimit-policy"), "\"token\";q=600;w=60");
    assert!(me.header("ratelimit").starts_with("\"token\";r=599;t="));
    assert_eq!(me.header("cache-control"), "no-store");
    let refused = program.get("/api/v1/people").await;
    assert_eq!(refused.status, 403);
    assert!(
        refused
            .header("ratelimit")
            .starts_with("\"token\";r=598;t=")
    );

    // A session's cookie opens nothing here, and a token nothing elsewhere.
    let browser = pigeon.browser();
    let typed = [("email", "agent@example.org"), ("password", PASSWORD)];
    browser.post("/login", &typed).await;
    let refused = browser.get("/api/v1/me").await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (401, Some("not_signed_in"))
    );
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(program.get("/account").await.status, 401);
    assert_eq!(program.get("/inbox").await.status, 401);
    for token in [None, Some("pgn_x"), Some("nonsense")] {
        let answer = send(
            &pigeon.program(),
            token,
            ("GET", "/api/v1/threads"),
            None,
            None,
        )
        .await;
        assert_eq!(answer.status, 401);
    }
}

#[tokio::test]
async fn a_page_of_tokens_makes_lists_and_revokes() {
    let pigeon = Pigeon::start().await;
    let program = Program::of(&pigeon, "agent", &["read"]).await;
    assert_eq!(program.get("/api/v1/me").await.status, 200);
    let owner = pigeon.browser();
    let typed = [("email", "agent@example.org"), ("password", PASSWORD)];
    owner.post("/login", &typed).await;
    let none = owner
        .post("/account/tokens", &[("name", "x"), ("days", "30")])
        .await;
    assert_eq!((none.status, none.field("name")), (422, "x".to_owned()));
    let list = owner.get("/account/tokens").await.text();
    assert!(
        list.contains("a program") && list.contains("last used"),
        "{list}"
    );
    let (_, rest) = list.split_once("/account/tokens/").expect("a row");
    let path = format!("/account/tokens/{}", rest.split('"').next().unwrap());
    owner.post(&path, &[]).await.is_done("token_revoked");
    assert_eq!(program.get("/api/v1/me").await.status, 401);
    assert_eq!(owner.post(&path, &[]).await.status, 404);
}
