//! The page of mails.

use pigeon_core::mail::Refusal;
use pigeon_core::outbox::worker;
use pigeon_wire::id::HOUR_MS;

use crate::harness::{Browser, Pigeon};

const SAID: &str = "550 5.1.1 <guido@example.org>: no such user";

/// A guest's own mail that was refused for good.
async fn failed(pigeon: &Pigeon) {
    pigeon.guest_with_thread().await;
    pigeon.mailbox.refuse_next(Refusal::Never(SAID.to_owned()));
    pigeon.clock.forward(1);
    worker::run_due(&pigeon.office).await.unwrap();
}

/// The address that the first form on the page with this act posts to.
fn act(page: &str, act: &str) -> String {
    let mut forms = page.split("action=\"").skip(1);
    let found = forms.find_map(|rest| {
        let address = rest.split('"').next()?;
        (address != "/mail/retry" && address.ends_with(&format!("/{act}"))).then_some(address)
    });
    found
        .unwrap_or_else(|| panic!("no {act} in {page}"))
        .to_owned()
}

async fn done(browser: &Browser, path: &str, what: &str) {
    let answer = browser.post(path, &[]).await;
    let expected = format!("/mail?done={what}");
    assert_eq!(
        (answer.status, answer.location()),
        (303, expected.as_str()),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_failed_mail_is_told_with_the_servers_words_and_tried_again() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let quiet = olga.get("/mail").await.text();
    assert!(quiet.contains("No mail has failed"), "{quiet}");
    assert!(!quiet.contains("section-count"), "{quiet}");
    failed(&pigeon).await;
    let page = olga.get("/mail").await.text();
    for part in [
        "Failed",
        "Guido Gast &lt;guido@example.org",
        "550 5.1.1 &lt;guido@example.org",
        "Private link of a new conversation",
        "/inbox/",
        "1 failed",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for secret in ["/t/", "When do you open on Sundays?", "Opening hours"] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
    // Every other administrative page tells of it.
    let settings = olga.get("/settings").await.text();
    assert!(settings.contains("section-count\">1 failed"), "{settings}");

    let retry = act(&page, "retry");
    done(&olga, &retry, "retried").await;
    done(&olga, &retry, "overtaken").await;
    worker::run_due(&pigeon.office).await.unwrap();
    let sent = olga.get("/mail?view=sent").await.text();
    assert!(sent.contains("guido@example.org"), "{sent}");
    assert_eq!(pigeon.mailbox.letters().len(), 1);
}

#[tokio::test]
async fn a_waiting_mail_is_cancelled_and_failed_ones_are_tried_together() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    failed(&pigeon).await;
    let waiting = olga.get("/mail?view=waiting").await.text();
    assert!(
        waiting.contains("pigeon@localhost.localdomain"),
        "{waiting}"
    );
    done(&olga, &act(&waiting, "cancel"), "cancelled").await;
    let dropped = olga.get("/mail?view=dropped").await.text();
    assert!(dropped.contains("cancelled by hand"), "{dropped}");
    done(&olga, "/mail/retry", "retried").await;
    pigeon.clock.forward(HOUR_MS);
    worker::run_due(&pigeon.office).await.unwrap();
    let letters = pigeon.mailbox.letters();
    let to: Vec<&str> = letters.iter().map(|one| one.to.1.as_str()).collect();
    assert_eq!(to, ["guido@example.org"], "and not the cancelled one");
    assert_eq!(olga.post("/mail/nonsense/retry", &[]).await.status, 404);
}

#[tokio::test]
async fn a_test_mail_shows_the_answer_on_the_page() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let taken = olga.post("/mail/test", &[]).await;
    assert_eq!(taken.status, 200);
    let text = taken.text();
    assert!(
        text.contains("has taken the test mail to owner@example.org"),
        "{text}"
    );
    assert_eq!(
        pigeon.mailbox.letters()[0].to.1.as_str(),
        "owner@example.org"
    );
    let said = Refusal::Later("the mail server refused the log-in: 535 <b>who</b>?".to_owned());
    pigeon.mailbox.refuse_next(said);
    let text = olga.post("/mail/test", &[]).await.text();
    assert!(
        text.contains("role=\"alert\"") && text.contains("535 &lt;b"),
        "{text}"
    );
    for _ in 0..18 {
        olga.post("/mail/test", &[]).await;
    }
    let much = olga.post("/mail/test", &[]).await;
    assert_eq!(much.status, 429);
    assert!(!much.header("retry-after").is_empty());
}

#[tokio::test]
async fn whoever_may_not_read_the_inbox_is_led_to_no_conversation() {
    let pigeon = Pigeon::start().await;
    failed(&pigeon).await;
    let ida = pigeon.signed_in("user").await;
    let sql = "UPDATE people SET role = 'clerk' WHERE email = 'user@example.org'";
    let role = "INSERT INTO roles (slug, name, name_folded, permissions, builtin) \
                VALUES ('clerk', 'Clerk', 'clerk', '[\"manage_settings\"]', 0)";
    pigeon_core::testing::run_sql(&pigeon.office, role).await;
    pigeon_core::testing::run_sql(&pigeon.office, sql).await;
    let page = ida.get("/mail").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(
        text.contains("guido@example.org") && !text.contains("href=\"/inbox/"),
        "{text}"
    );
}
