//! Invitations: sent, followed, accepted, taken back.

use crate::harness::{PASSWORD, Pigeon};

const SESSION: &str = "__Host-pigeon";

/// The path of the newest invitation mailed to `address`.
async fn mailed_invitation(pigeon: &Pigeon, address: &str) -> String {
    pigeon.run_mails().await;
    let letters = pigeon.mailbox.letters();
    let to = letters.iter().rev();
    let letter = to.clone().find(|letter| letter.to.1.as_str() == address);
    let text = &letter.expect("a mail").text;
    let (_, rest) = text.split_once("/invite/").expect("a link");
    let token: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    format!("/invite/{token}")
}

#[tokio::test]
async fn an_invitation_is_sent_accepted_and_its_secret_leaves_the_address() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let typed = [
        ("email", "ina@example.org"),
        ("role", "agent"),
        ("language", "de"),
    ];
    olga.post("/people", &typed).await.is_done("invited");
    let again = olga.post("/people", &typed).await;
    assert_eq!(
        (again.status, again.field("email")),
        (422, "ina@example.org".to_owned())
    );
    assert!(again.text().contains("invited already"), "{}", again.text());
    assert!(
        again.text().contains("value=\"agent\" selected"),
        "the role is kept"
    );
    let list = olga.get("/people").await.text();
    assert!(list.contains("Mail waiting to be sent"), "{list}");
    let path = mailed_invitation(&pigeon, "ina@example.org").await;
    assert!(olga.get("/people").await.text().contains("Mailed"));

    let ina = pigeon.browser();
    let before = pigeon.database_bytes();
    let followed = ina.get(&path).await;
    assert_eq!((followed.status, followed.location()), (303, "/invite"));
    assert_eq!(followed.header("referrer-policy"), "no-referrer");
    let cookie = followed.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "__Host-"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let form = ina.get("/invite").await;
    assert_eq!(form.status, 200);
    let text = form.text();
    let token = path.trim_start_matches("/invite/");
    assert!(!text.contains(token), "the page carries no secret");
    assert!(!text.contains("<script"), "and no program");
    assert!(text.contains("owner invites you"), "{text}");
    assert_eq!(before, pigeon.database_bytes(), "looking writes nothing");

    let short = [("name", "Ina"), ("password", "short"), ("language", "en")];
    let refused = ina.post("/invite", &short).await;
    assert_eq!(
        (refused.status, refused.field("name")),
        (422, "Ina".to_owned())
    );
    assert!(refused.text().contains("At least 10 characters"));
    let good = [("name", "Ina"), ("password", PASSWORD), ("language", "en")];
    let made = ina.post("/invite", &good).await;
    assert_eq!((made.status, made.location()), (303, "/inbox"));
    assert_eq!(ina.get("/inbox").await.status, 200);
    assert_eq!(ina.cookie("__Host-pigeon-invite"), None);

    for path in [path.as_str(), "/invite"] {
        let late = pigeon.browser().get(path).await;
        assert_eq!(late.status, 404);
        assert!(late.text().contains("does not work"), "{}", late.text());
    }
    assert_eq!(pigeon.browser().post("/invite", &good).await.status, 404);
    assert_eq!(pigeon.program().get("/invite").await.status, 404);
}

#[tokio::test]
async fn somebody_without_a_role_begins_at_their_account() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let typed = [
        ("email", "ina@example.org"),
        ("role", "user"),
        ("language", "en"),
    ];
    olga.post("/people", &typed).await.is_done("invited");
    let path = mailed_invitation(&pigeon, "ina@example.org").await;
    // The owner opens it in their own browser: they are told, and signed out by accepting.
    let secret = olga.cookie(SESSION).unwrap();
    olga.get(&path).await;
    assert!(
        olga.get("/invite")
            .await
            .text()
            .contains("signed in with another account")
    );
    let good = [("name", "Ina"), ("password", PASSWORD), ("language", "en")];
    assert_eq!(olga.post("/invite", &good).await.location(), "/threads");
    let account = olga.get("/account").await;
    assert_eq!(
        (account.status, account.field("name")),
        (200, "Ina".to_owned())
    );
    let before = pigeon.browser();
    before.keep(SESSION, &secret);
    assert_eq!(before.get("/people").await.status, 303);
}

#[tokio::test]
async fn an_invitation_is_taken_back_and_sent_again_from_the_list() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let typed = [("email", "ina@example.org"), ("role", "viewer")];
    olga.post("/people", &typed).await.is_done("invited");
    let first = mailed_invitation(&pigeon, "ina@example.org").await;
    let list = olga.get("/people").await.text();
    let (_, rest) = list.split_once("/people/invitations/").expect("a row");
    let id = rest.split('/').next().unwrap();
    let path = |act: &str| format!("/people/invitations/{id}/{act}");
    olga.post(&path("again"), &[]).await.is_done("sent_again");
    let second = mailed_invitation(&pigeon, "ina@example.org").await;
    assert_eq!(pigeon.browser().get(&first).await.status, 404);
    assert_eq!(pigeon.browser().get(&second).await.status, 303);
    let nora = pigeon.signed_in("agent").await;
    assert_eq!(nora.post(&path("revoke"), &[]).await.status, 403);
    olga.post(&path("revoke"), &[]).await.is_done("taken_back");
    assert_eq!(pigeon.browser().get(&second).await.status, 404);
    assert_eq!(olga.post(&path("revoke"), &[]).await.status, 404);
    assert_eq!(
        olga.post("/people/invitations/x/again", &[]).await.status,
        404
    );
}
