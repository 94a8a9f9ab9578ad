//! Ending mails at one click, as a mail program does.

use crate::harness::{Pigeon, guidos_question};

#[tokio::test]
async fn a_mail_program_posts_without_a_page_and_an_unknown_key_is_told_so() {
    let pigeon = Pigeon::start().await;
    let sent = pigeon.browser().post("/contact", &guidos_question()).await;
    assert_eq!(sent.status, 303);
    let path = format!("/stop/{}", "A".repeat(43));
    let reader = pigeon.browser();
    for method in ["GET", "POST"] {
        let ask = reader.ask(method, &path);
        let ask = ask.header("content-type", "application/x-www-form-urlencoded");
        let answer = ask
            .body(b"List-Unsubscribe=One-Click".to_vec())
            .send()
            .await;
        assert_eq!(
            answer.status, 404,
            "{method}: and not for want of an origin"
        );
        assert!(
            answer.text().contains("works no longer"),
            "{}",
            answer.text()
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
}
