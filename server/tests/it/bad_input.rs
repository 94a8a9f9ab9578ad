//! Bad input: a clear message for people, problem details for programs, never 500, nothing stored.

use serde_json::json;

use crate::harness::{Browser, Pigeon};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// A body that a door must refuse, and with which status.
struct Bad {
    path: String,
    kind: &'static str,
    body: Vec<u8>,
    status: u16,
}

fn bad(path: &str, kind: &'static str, body: impl Into<Vec<u8>>, status: u16) -> Bad {
    Bad {
        path: path.to_owned(),
        kind,
        body: body.into(),
        status,
    }
}

fn contact_cases() -> Vec<Bad> {
    let typed = |fields: &str| bad("/contact", FORM, fields, 422);
    let long = "x".repeat(20_001);
    vec![
        typed(""),
        typed("email=a%40b.example"),
        typed("body=hello"),
        typed("email=a%40b.example&body=+%0a+"),
        typed("email=no-address&body=hello"),
        typed("email=a%40b.example%0d%0aBcc%3a+x%40y.example&body=hello"),
        typed("email=a%40b.example&name=a%0d%0ab&body=hello"),
        typed("email=a%40b.example&subject=a%0d%0ab&body=hello"),
        typed("email=a%40b.example&body=a%00b"),
        typed("email=a%40b.example&name=a%00b&body=hello"),
        typed("email=a%40b.example&key=short&body=hello"),
        typed(&format!("email=a%40b.example&body={long}")),
        bad("/contact", FORM, "email=a%40b.example&body=%ff%fe", 400),
        bad(
            "/contact",
            FORM,
            b"email=a@b.example&body=\xff\xfe".as_slice(),
            400,
        ),
        bad("/contact", FORM, "body=x&".repeat(100), 413),
        bad("/contact", FORM, "x".repeat(1_100_000), 413),
        bad("/contact", JSON, "{}", 415),
        bad("/contact", "text/plain", "body=hello", 415),
        bad("/contact", "", "body=hello", 415),
        bad("/contact", "multipart/form-data", "no boundary", 400),
        bad(
            "/contact",
            "multipart/form-data; boundary=edge",
            "--edge\r\nbroken",
            400,
        ),
    ]
}

fn guest_cases(path: &str) -> Vec<Bad> {
    let unknown = "0123456789abcdef0123456789abcdef";
    let key = "k".repeat(22);
    let reply = |fields: &str, status| bad(path, FORM, fields, status);
    let call = |function: &str, body: serde_json::Value, status| {
        bad(
            &format!("/ui/guest/{function}"),
            JSON,
            body.to_string(),
            status,
        )
    };
    let thread = path.trim_start_matches("/c/");
    vec![
        reply("", 422),
        reply("body=hello", 422),
        reply(&format!("key={key}"), 422),
        reply(&format!("body=a%00b&key={key}"), 422),
        reply(&format!("body=hello&key={key}&seen=many"), 400),
        reply("body=%ff", 400),
        reply(&"x".repeat(1_100_000), 413),
        bad(&format!("/c/{unknown}"), FORM, "body=hello", 404),
        bad("/c/not-an-id", FORM, "body=hello", 404),
        bad(&format!("{path}/read"), FORM, "", 400),
        bad(&format!("{path}/read"), FORM, "seen=x", 400),
        bad("/link", FORM, "email=", 422),
        bad("/link", FORM, "email=nonsense", 422),
        bad("/link", FORM, "email=a%00%40b.example", 422),
        bad("/theme", FORM, "theme=purple", 400),
        bad("/ui/guest/reply", JSON, "", 400),
        bad("/ui/guest/reply", JSON, "not json", 400),
        bad(
            "/ui/guest/reply",
            JSON,
            b"{\"thread\":\"\xff\"}".as_slice(),
            400,
        ),
        bad("/ui/guest/reply", JSON, "x".repeat(1_100_000), 413),
        bad("/ui/guest/reply", FORM, "thread=x", 415),
        bad("/ui/guest/nothing", JSON, "{}", 404),
        call("reply", json!({}), 400),
        call("reply", json!({ "thread": 7, "form": {} }), 400),
        call("reply", json!({ "thread": "no-id", "form": {} }), 400),
        call(
            "reply",
            json!({ "thread": thread, "form": { "body": 7 } }),
            400,
        ),
        call(
            "reply",
            json!({ "thread": thread, "form": { "body": "", "key": key } }),
            422,
        ),
        call(
            "reply",
            json!({ "thread": thread, "form": { "body": "a\0b", "key": key } }),
            422,
        ),
        call(
            "reply",
            json!({ "thread": unknown, "form": { "body": "a", "key": key } }),
            404,
        ),
    ]
}

fn account_cases(thread: &str) -> Vec<Bad> {
    let unknown = "0123456789abcdef0123456789abcdef";
    let key = "k".repeat(22);
    let call = |function: &str, body: serde_json::Value, status| {
        bad(&format!("/ui/{function}"), JSON, body.to_string(), status)
    };
    let good = json!({ "body": "a", "key": key });
    vec![
        bad("/setup/x", FORM, "name=a", 404),
        bad("/setup/a%00b", FORM, "name=a", 404),
        bad("/ui/message/reply", JSON, "[]", 400),
        bad("/ui/nothing", JSON, "{}", 404),
        call(
            "message/reply",
            json!({ "thread": unknown, "form": good }),
            404,
        ),
        call(
            "message/reply",
            json!({ "thread": thread, "form": { "body": " ", "key": key } }),
            422,
        ),
        call(
            "message/reply",
            json!({ "thread": thread, "form": { "body": "a" } }),
            422,
        ),
        call("note/add", json!({ "thread": unknown, "form": good }), 404),
        call(
            "note/add",
            json!({ "thread": thread, "form": { "body": "a\0", "key": key } }),
            422,
        ),
        call("thread/open", json!({ "thread": unknown }), 404),
        call(
            "thread/status",
            json!({ "thread": thread, "status": "asleep" }),
            400,
        ),
    ]
}

async fn each_is_refused(browser: &Browser, cases: &[Bad], is_program: bool) {
    for case in cases {
        let ask = browser
            .ask("POST", &case.path)
            .header("content-type", case.kind);
        let answer = ask.body(case.body.clone()).send().await;
        let told: String = String::from_utf8_lossy(&case.body)
            .chars()
            .take(80)
            .collect();
        assert_eq!(
            answer.status,
            case.status,
            "{} {told:?}: {}",
            case.path,
            answer.text()
        );
        if is_program {
            assert_eq!(
                answer.header("content-type"),
                "application/problem+json",
                "{told}"
            );
            let problem = answer.json();
            assert_eq!(problem["status"], case.status);
            assert_eq!(problem["type"], "about:blank");
            assert!(
                problem["code"].is_string() && problem["title"].is_string(),
                "{problem}"
            );
        } else if !case.path.starts_with("/ui/") {
            assert!(
                answer.header("content-type").starts_with("text/html"),
                "{told}"
            );
            assert!(
                answer.text().contains("<h1"),
                "a page with words: {}",
                answer.text()
            );
        }
    }
}

#[tokio::test]
async fn bad_input_at_the_open_door_stores_nothing() {
    let pigeon = Pigeon::start().await;
    let before = pigeon.database_bytes();
    each_is_refused(&pigeon.program(), &contact_cases(), true).await;
    each_is_refused(&pigeon.browser(), &contact_cases(), false).await;
    assert!(pigeon.database_bytes() == before, "nothing was stored");
}

#[tokio::test]
async fn bad_input_from_a_guest_stores_nothing() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let program = pigeon.program();
    let cookie = format!("__Host-pigeon-c-{}", path.trim_start_matches("/c/"));
    program.keep(&cookie, &guido.cookie(&cookie).unwrap());
    let before = pigeon.database_bytes();
    each_is_refused(&program, &guest_cases(&path), true).await;
    each_is_refused(&guido, &guest_cases(&path), false).await;
    assert!(pigeon.database_bytes() == before, "nothing was stored");
}

#[tokio::test]
async fn bad_input_from_an_account_stores_nothing() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let nora = pigeon.signed_in("agent").await;
    let program = pigeon.program();
    program.keep("__Host-pigeon", &nora.cookie("__Host-pigeon").unwrap());
    let before = pigeon.database_bytes();
    let cases = account_cases(path.trim_start_matches("/c/"));
    each_is_refused(&program, &cases, true).await;
    assert!(pigeon.database_bytes() == before, "nothing was stored");
}

#[tokio::test]
async fn a_log_in_with_nonsense_is_refused_like_any_other() {
    let pigeon = Pigeon::start().await;
    for typed in [
        "",
        "email=a",
        "email=%00&password=%00",
        "email=a%40b.example&password=",
    ] {
        let browser = pigeon.browser();
        let answer = browser
            .ask("POST", "/login")
            .header("content-type", FORM)
            .body(typed)
            .send()
            .await;
        assert_eq!(answer.status, 401, "{typed:?}");
    }
}

#[tokio::test]
async fn paths_that_mean_nothing_are_not_found() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    for path in [
        "/t/%00",
        "/t/%ff",
        "/c/%ff",
        "/inbox/none",
        "/pkg/../Cargo.toml",
        "/pkg/%2e%2e/x",
    ] {
        let status = nora.get(path).await.status;
        assert!([400, 404].contains(&status), "{path}: {status}");
    }
}
