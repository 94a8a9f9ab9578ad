//! Searching, as a page.

use serde_json::json;

use crate::harness::Pigeon;

#[tokio::test]
async fn a_hit_is_marked_and_a_note_is_told_apart() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let nora = pigeon.signed_in("agent").await;
    let thread = path.trim_start_matches("/c/");
    let form = json!({ "body": "Sundays are for bank holidays.", "key": "k".repeat(22) });
    let noted = nora
        .call("note/add", &json!({ "thread": thread, "form": form }))
        .await;
    assert_eq!(noted.status, 200, "{}", noted.text());

    let found = nora.get("/search?q=s%C3%BCndays").await;
    assert_eq!(found.status, 200);
    let text = found.text();
    assert!(text.contains("2 hits"), "{text}");
    assert_eq!(text.matches("<mark>Sundays</mark>").count(), 2, "{text}");
    assert_eq!(text.matches("Internal note").count(), 1, "{text}");
    assert!(text.contains(&format!("/inbox/{thread}?at=")), "{text}");

    let inside = nora.get("/search?q=sundays+in%3Anote").await.text();
    assert!(inside.contains("1 hit<"), "{inside}");
    assert!(inside.contains("Search without in:note"), "{inside}");
    let nothing = nora
        .get("/search?q=%22%3C%2Ftitle%3E*+NEAR%28&after=x&order=y")
        .await;
    assert_eq!(nothing.status, 200);
    assert!(
        nothing.text().contains("Nothing fits"),
        "{}",
        nothing.text()
    );
    // Whoever has no inbox searches nothing.
    assert_eq!(guido.get("/search?q=sundays").await.status, 303);
    let uwe = pigeon.signed_in("user").await;
    let refused = uwe.get("/search?q=sundays").await;
    assert_eq!(refused.status, 403);
    assert!(!refused.text().contains("holidays"));
}
