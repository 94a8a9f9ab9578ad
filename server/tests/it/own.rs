//! The own account.

use pigeon_core::session;
use pigeon_wire::live::close;

use crate::harness::{PASSWORD, Pigeon, Socket};

const SESSION: &str = "__Host-pigeon";
const LINE: &str = "/api/v1/live";

#[tokio::test]
async fn the_own_account_is_changed_and_other_browsers_end() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let elsewhere = |agent: &'static str| {
        let (office, browser) = (pigeon.office.clone(), pigeon.browser());
        async move {
            let opened = session::open_for(&office, "agent@example.org", agent).await;
            browser.keep(SESSION, &opened.unwrap().secret);
            browser
        }
    };
    let phone = elsewhere("Mozilla/5.0 (Android 15; Mobile; rv:132.0) Firefox/132.0").await;
    let page = nora.get("/account").await;
    assert_eq!((page.status, page.field("name")), (200, "agent".to_owned()));
    let text = page.text();
    assert!(text.contains("Firefox on Android"), "{text}");
    let blank = nora
        .post("/account", &[("name", " "), ("language", "de")])
        .await;
    assert_eq!(blank.status, 422);
    assert!(
        blank.text().contains("value=\"de\" selected"),
        "the choice is kept"
    );
    let good = [("name", "Nora"), ("language", "de")];
    nora.post("/account", &good).await.is_done("profile_saved");
    assert_eq!(nora.get("/account").await.field("name"), "Nora");

    let session = text
        .split("name=\"session\" value=\"")
        .nth(1)
        .map(|rest| rest[..32].to_owned());
    let one = [("session", session.as_deref().expect("the phone's"))];
    let mut line = Socket::open(&phone, LINE).await.unwrap();
    line.frame().await;
    nora.post("/account/sessions", &one)
        .await
        .is_done("session_ended");
    assert_eq!(line.closed().await, close::REVOKED);
    assert_eq!(phone.get("/account").await.status, 303);
    assert_eq!(nora.post("/account/sessions", &one).await.status, 404);

    let wrong = [
        ("old_password", "wrong"),
        ("password", "five calm grey pigeons"),
    ];
    let refused = nora.post("/account/password", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("not your password"),
        "{}",
        refused.text()
    );
    assert!(
        !refused.text().contains("five calm"),
        "no password comes back"
    );
    let tablet = elsewhere("tablet").await;
    let good = [
        ("old_password", PASSWORD),
        ("password", "five calm grey pigeons"),
    ];
    nora.post("/account/password", &good)
        .await
        .is_done("password_changed");
    assert_eq!(tablet.get("/account").await.status, 303);
    assert_eq!(nora.get("/account").await.status, 200);
    let old = [("email", "agent@example.org"), ("password", PASSWORD)];
    assert_eq!(pigeon.browser().post("/login", &old).await.status, 401);

    let desk = elsewhere("desk").await;
    let others = [("session", "all")];
    nora.post("/account/sessions", &others)
        .await
        .is_done("sessions_ended");
    assert_eq!(desk.get("/account").await.status, 303);
}
