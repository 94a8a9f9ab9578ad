//! The page of what the honeypot caught.

use pigeon_core::outbox::worker;

use crate::harness::{Pigeon, guidos_question};

async fn caught(pigeon: &Pigeon, count: usize) {
    for n in 0..count {
        let from = format!("10.1.0.{n}");
        let email = format!("g{n}@example.org");
        let mut form = guidos_question().to_vec();
        form[1] = ("email", &email);
        form[3] = ("body", "Buy <script>alert(1)</script> now");
        form.push(("website", "http://spam.example"));
        let answer = pigeon
            .browser()
            .ask("POST", "/contact")
            .header("x-forwarded-for", &from)
            .form(&form)
            .send()
            .await;
        assert_eq!(answer.location(), "/contact/sent", "{}", answer.text());
        pigeon.clock.forward(1);
    }
}

fn act(page: &str, act: &str) -> String {
    let mut forms = page.split("action=\"").skip(1);
    let found = forms.find_map(|rest| {
        let address = rest.split('"').next()?;
        let is_one = address.ends_with(&format!("/{act}")) && address.len() > 30;
        is_one.then_some(address)
    });
    found
        .unwrap_or_else(|| panic!("no {act} in {page}"))
        .to_owned()
}

#[tokio::test]
async fn a_catch_is_shown_as_text_and_accepted_once() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    assert!(
        nora.get("/quarantine")
            .await
            .text()
            .contains("Nothing is in the quarantine")
    );
    caught(&pigeon, 1).await;
    let page = nora.get("/quarantine").await.text();
    assert!(page.contains("Buy &lt;script"), "{page}");
    assert!(
        page.contains("http://spam.example") && page.contains("section-count\">1<"),
        "{page}"
    );
    assert_eq!(pigeon.threads_seen_by(&nora).await, 0);
    let accept = act(&page, "accept");
    for what in ["accepted", "overtaken"] {
        let answer = nora.post(&accept, &[]).await;
        let there = format!("/quarantine?done={what}");
        assert_eq!((answer.status, answer.location()), (303, there.as_str()));
    }
    assert_eq!(pigeon.threads_seen_by(&nora).await, 1);
    worker::run_due(&pigeon.office).await.unwrap();
    let to: Vec<String> = pigeon
        .mailbox
        .letters()
        .iter()
        .map(|letter| letter.to.1.as_str().to_owned())
        .collect();
    assert_eq!(to, ["g0@example.org"], "the private link leaves at once");
    assert!(
        nora.get("/quarantine?done=accepted")
            .await
            .text()
            .contains("Accepted:")
    );
}

#[tokio::test]
async fn all_that_is_shown_is_deleted_in_one_go() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    caught(&pigeon, 27).await;
    let page = nora.get("/quarantine").await.text();
    let ids: Vec<(&str, &str)> = page
        .split("name=\"id\" value=\"")
        .skip(1)
        .map(|rest| ("id", rest.split('"').next().unwrap()))
        .collect();
    assert_eq!(ids.len(), 25);
    let older = page.split("href=\"/quarantine?after=").nth(1).unwrap();
    let older = format!("/quarantine?after={}", older.split('"').next().unwrap());
    assert!(
        nora.get(&older)
            .await
            .text()
            .contains("Delete all 2 shown here")
    );
    let deleted = nora.post("/quarantine/delete", &ids).await;
    assert_eq!(deleted.location(), "/quarantine?done=deleted");
    let rest = nora.get("/quarantine").await.text();
    assert_eq!(rest.matches("class=\"record\"").count(), 2, "{rest}");
    assert_eq!(
        nora.post("/quarantine/delete", &[("id", "x")]).await.status,
        404
    );

    let vera = pigeon.signed_in("viewer").await;
    assert_eq!(vera.get("/quarantine").await.status, 403);
    let forged = vera.post(&act(&rest, "delete"), &[]).await;
    assert_eq!(forged.status, 403);
    let still = nora.get("/quarantine").await.text();
    assert_eq!(still.matches("class=\"record\"").count(), 2, "{still}");
}
