//! The team's plain pages.

use crate::harness::Pigeon;

#[tokio::test]
async fn a_plain_page_is_whole_and_says_who_may_not_have_it() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let page = olga.get("/settings/form").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for part in ["id=\"rail\"", "&lt;form action=", "href=\"/settings/form\""] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(
        !text.contains("<div style="),
        "the form is shown, not built in"
    );

    let nora = pigeon.signed_in("agent").await;
    let refused = nora.get("/settings/form").await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("role=\"alert\""));
    let out = pigeon.browser().get("/settings/form").await;
    assert_eq!(
        (out.status, out.location()),
        (303, "/login?next=/settings/form")
    );
    assert_eq!(pigeon.program().get("/settings/form").await.status, 401);
}

#[tokio::test]
async fn what_was_typed_stays_in_its_field() {
    let pigeon = Pigeon::start().await;
    let body = "</textarea><form action=https://evil.example>";
    let refused = pigeon.browser().post("/contact", &[("body", body)]).await;
    assert_eq!(refused.status, 422);
    assert!(
        !refused.text().contains("</textarea><form"),
        "{}",
        refused.text()
    );
    assert!(refused.text().contains("&lt;/textarea>"));
}
