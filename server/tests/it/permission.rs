//! Who may do what, at the doors.

use serde_json::json;

use crate::harness::Pigeon;

#[tokio::test]
async fn a_viewer_reads_and_nothing_else() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let vera = pigeon.signed_in("viewer").await;
    assert_eq!(vera.get("/inbox").await.status, 200);
    assert_eq!(vera.get(&format!("/inbox/{thread}")).await.status, 200);
    let opened = vera.call("thread/open", &json!({ "thread": thread })).await;
    assert_eq!(opened.status, 200, "{}", opened.text());

    let key = "k".repeat(22);
    let form = json!({ "body": "Hello", "key": key });
    let before = pigeon.database_bytes();
    for (function, arguments) in [
        ("message/reply", json!({ "thread": thread, "form": form })),
        ("note/add", json!({ "thread": thread, "form": form })),
        (
            "thread/status",
            json!({ "thread": thread, "status": "closed" }),
        ),
        (
            "thread/assign",
            json!({ "thread": thread, "from": null, "to": null }),
        ),
        ("thread/links/revoke", json!({ "thread": thread })),
    ] {
        let refused = vera.call(function, &arguments).await;
        assert_eq!(refused.status, 403, "{function}: {}", refused.text());
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert_eq!(refused.json()["code"], "forbidden");
    }
    assert!(pigeon.database_bytes() == before, "nothing was stored");
}

#[tokio::test]
async fn a_plain_user_has_no_inbox() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let ulla = pigeon.signed_in("user").await;
    for door in ["/inbox", "/dashboard", &format!("/inbox/{thread}")] {
        let page = ulla.get(door).await;
        assert!([403, 404].contains(&page.status), "{door}: {}", page.status);
        assert!(!page.text().contains("Opening hours"), "{door}");
    }
    for (function, arguments) in [
        (
            "inbox/page",
            json!({ "ask": { "view": "all", "filter": {}, "sort": "activity" }, "after": null }),
        ),
        ("dashboard", json!({})),
        ("thread/open", json!({ "thread": thread })),
    ] {
        let refused = ulla.call(function, &arguments).await;
        assert!(
            [403, 404].contains(&refused.status),
            "{function}: {}",
            refused.text()
        );
    }
}

#[tokio::test]
async fn nobody_calls_nothing() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    for (function, arguments) in [
        ("session/me", json!({})),
        (
            "inbox/page",
            json!({ "ask": { "view": "all", "filter": {}, "sort": "activity" }, "after": null }),
        ),
        ("thread/open", json!({ "thread": thread })),
        (
            "note/add",
            json!({ "thread": thread, "form": { "body": "x", "key": "k".repeat(22) } }),
        ),
    ] {
        let refused = guido.call(function, &arguments).await;
        assert_eq!(refused.status, 401, "{function}: {}", refused.text());
    }
}

#[tokio::test]
async fn a_guest_reaches_their_own_thread_alone() {
    let pigeon = Pigeon::start().await;
    let (guido, own) = pigeon.guest_with_thread().await;
    let other = pigeon.browser();
    let sent = other
        .post(
            "/contact",
            &[("email", "x@example.org"), ("body", "Secret")],
        )
        .await;
    let others = sent.location().to_owned();
    assert_eq!(guido.get(&others).await.status, 404);
    // Even with the own secret under the other thread's name.
    let secret = guido
        .cookie(&format!("__Host-pigeon-c-{}", &own[3..]))
        .unwrap();
    guido.keep(&format!("__Host-pigeon-c-{}", &others[3..]), &secret);
    assert_eq!(guido.get(&others).await.status, 404);
    let form = json!({ "body": "x", "key": "k".repeat(22) });
    let refused = guido
        .call(
            "guest/reply",
            &json!({ "thread": &others[3..], "form": form }),
        )
        .await;
    assert_eq!(refused.status, 404);
}
