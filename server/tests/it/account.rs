//! Signing in and out, and the first owner.

use pigeon_core::setup;

use crate::harness::{PASSWORD, Pigeon};

const SESSION: &str = "__Host-pigeon";

#[tokio::test]
async fn an_account_signs_in_and_out() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    assert_eq!(nora.get("/inbox").await.status, 200);
    assert_eq!(nora.get("/").await.location(), "/inbox");
    assert_eq!(
        nora.get("/login?next=/dashboard").await.location(),
        "/dashboard"
    );
    let secret = nora.cookie(SESSION).unwrap();

    let out = nora.post("/logout", &[]).await;
    assert_eq!((out.status, out.location()), (303, "/login"));
    assert_eq!(nora.cookie(SESSION), None);
    nora.keep(SESSION, &secret);
    assert_eq!(
        nora.get("/inbox").await.location(),
        "/login?next=/inbox",
        "the session has ended"
    );
}

#[tokio::test]
async fn nobody_is_sent_to_log_in_and_comes_back() {
    let pigeon = Pigeon::start().await;
    pigeon.signed_in("agent").await;
    let nora = pigeon.browser();
    assert_eq!(nora.get("/").await.location(), "/contact");
    let sent = nora.get("/inbox?view=mine").await;
    assert_eq!(
        (sent.status, sent.location()),
        (303, "/login?next=/inbox%3Fview%3Dmine")
    );
    let form = nora.get(sent.location()).await;
    assert_eq!(form.status, 200);
    let next = form.field("next");
    let typed = [
        ("email", "agent@example.org"),
        ("password", PASSWORD),
        ("next", &next),
    ];
    assert_eq!(
        nora.post("/login", &typed).await.location(),
        "/inbox?view=mine"
    );

    let program = pigeon.program().get("/inbox").await;
    assert_eq!(
        (program.status, &program.json()["code"]),
        (401, &"not_signed_in".into())
    );
}

#[tokio::test]
async fn a_log_in_leads_to_our_own_pages_alone() {
    let pigeon = Pigeon::start().await;
    pigeon.signed_in("agent").await;
    for next in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:x",
    ] {
        let typed = [
            ("email", "agent@example.org"),
            ("password", PASSWORD),
            ("next", next),
        ];
        assert_eq!(
            pigeon.browser().post("/login", &typed).await.location(),
            "/inbox",
            "{next}"
        );
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_are_told_alike() {
    let pigeon = Pigeon::start().await;
    pigeon.signed_in("agent").await;
    let told = async |email: &str| {
        let typed = [("email", email), ("password", "wrong password")];
        let answer = pigeon.browser().post("/login", &typed).await;
        assert_eq!(answer.field("email"), email, "the address is kept");
        assert!(!answer.text().contains("wrong password"));
        let page = answer.text().replace(email, "EMAIL");
        // The nonce is another one each time.
        let nonce = page
            .split("nonce=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let page = nonce.map_or(page.clone(), |nonce| page.replace(nonce, "NONCE"));
        (answer.status, page)
    };
    let known = told("agent@example.org").await;
    assert_eq!(known.0, 401);
    assert_eq!(known, told("nobody@example.org").await);
}

#[tokio::test]
async fn a_log_in_ends_the_session_that_the_browser_held() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let old = nora.cookie(SESSION).unwrap();
    let typed = [("email", "agent@example.org"), ("password", PASSWORD)];
    nora.post("/login", &typed).await;
    assert_ne!(nora.cookie(SESSION).unwrap(), old);
    let planted = pigeon.browser();
    planted.keep(SESSION, &old);
    assert_eq!(planted.get("/inbox").await.status, 303);
}

#[tokio::test]
async fn tries_are_limited() {
    let pigeon = Pigeon::start().await;
    pigeon.signed_in("agent").await;
    let typed = [
        ("email", "agent@example.org"),
        ("password", "wrong password"),
    ];
    let mut last = pigeon.browser().post("/login", &typed).await;
    for _ in 0..30 {
        if last.status != 401 {
            break;
        }
        last = pigeon.browser().post("/login", &typed).await;
    }
    assert_eq!(last.status, 429);
    assert!(last.header("retry-after").parse::<u32>().unwrap() > 0);
    assert_eq!(last.field("email"), "agent@example.org");
}

#[tokio::test]
async fn the_first_link_makes_the_owner_once() {
    let pigeon = Pigeon::start().await;
    let token = setup::offer(&pigeon.office)
        .await
        .unwrap()
        .expect("no owner yet");
    let path = format!("/setup/{token}");
    let olga = pigeon.browser();
    assert_eq!(olga.get(&path).await.status, 200);
    let short = [
        ("name", "Olga"),
        ("email", "olga@example.org"),
        ("password", "short"),
    ];
    let refused = olga.post(&path, &short).await;
    assert_eq!(
        (refused.status, &*refused.field("email")),
        (422, "olga@example.org")
    );

    let good = [
        ("name", "Olga"),
        ("email", "olga@example.org"),
        ("password", PASSWORD),
    ];
    let made = olga.post(&path, &good).await;
    assert_eq!((made.status, made.location()), (303, "/inbox"));
    assert_eq!(olga.get("/inbox").await.status, 200);
    assert_eq!(olga.get(&path).await.status, 404);
    assert_eq!(olga.post(&path, &good).await.status, 404);
    assert_eq!(pigeon.browser().get("/setup/nonsense").await.status, 404);
}

#[tokio::test]
async fn one_browser_holds_a_guest_and_an_account() {
    let pigeon = Pigeon::start().await;
    let (both, path) = pigeon.guest_with_thread().await;
    pigeon.signed_in("viewer").await;
    let typed = [("email", "viewer@example.org"), ("password", PASSWORD)];
    both.post("/login", &typed).await;
    assert_eq!(both.get("/inbox").await.status, 200);
    assert_eq!(both.get(&path).await.status, 200);
    both.post("/logout", &[]).await;
    assert_eq!(both.get(&path).await.status, 200);
}
