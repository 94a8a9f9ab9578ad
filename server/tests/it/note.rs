//! A note leaves no trace at a guest's doors.

use serde_json::json;

use crate::harness::Pigeon;

#[tokio::test]
async fn a_note_is_in_no_byte_that_a_guest_gets() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let nora = pigeon.signed_in("agent").await;
    let seen = |key: &str, page: &str| page.replace(key, "KEY");
    let page = guido.get(&path).await;
    let (key, seen_before) = (page.field("key"), page.field("seen"));
    let before = seen(&key, &page.text());

    let form = json!({ "body": "Between us: a difficult one", "key": "n".repeat(22) });
    let noted = nora
        .call("note/add", &json!({ "thread": thread, "form": form }))
        .await;
    assert_eq!(noted.status, 200, "{}", noted.text());

    let page = guido.get(&path).await;
    let after = seen(&page.field("key"), &page.text());
    let without_nonce = |page: &str| {
        let nonce = page
            .split("nonce=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        nonce.map_or(page.to_owned(), |nonce| page.replace(nonce, "NONCE"))
    };
    assert_eq!(
        without_nonce(&before),
        without_nonce(&after),
        "not a byte differs"
    );
    assert_eq!(page.field("seen"), seen_before);

    let call = json!({ "thread": thread, "place": 100 });
    let entries = guido.call("guest/before", &call).await;
    assert_eq!(entries.status, 200, "{}", entries.text());
    assert!(!entries.text().contains("Between us"));
    assert!(!entries.text().contains("note"));

    let staff = nora.call("thread/open", &json!({ "thread": thread })).await;
    assert!(
        staff.text().contains("Between us"),
        "the team sees it: {}",
        staff.text()
    );
}
