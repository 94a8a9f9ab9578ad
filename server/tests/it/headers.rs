//! What every answer tells the browser.

use crate::harness::Pigeon;

#[tokio::test]
async fn every_answer_carries_a_policy_that_lets_nothing_in() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let nora = pigeon.signed_in("agent").await;
    for (browser, door, status) in [
        (&guido, "/contact", 200),
        (&guido, &*path, 200),
        (&guido, "/nowhere", 404),
        (&guido, "/t/unknown", 404),
        (&guido, "/healthz", 200),
        (&guido, "/pkg/none.js", 404),
        (&nora, "/inbox", 200),
        (&nora, "/", 303),
    ] {
        let answer = browser.get(door).await;
        assert_eq!(answer.status, status, "{door}");
        let policy = answer.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ] {
            assert!(
                policy.split("; ").any(|part| part == rule),
                "{rule} in {policy} of {door}"
            );
        }
        assert!(policy.contains("script-src 'self' 'nonce-"), "{policy}");
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store", "{door}");
        let referrer = if door.starts_with("/t/") {
            "no-referrer"
        } else {
            "same-origin"
        };
        assert_eq!(answer.header("referrer-policy"), referrer, "{door}");
        assert!(!answer.header("x-request-id").is_empty());
        assert_eq!(
            answer.header("strict-transport-security"),
            "",
            "plain http on loopback"
        );
    }
}

#[tokio::test]
async fn a_pages_scripts_carry_the_nonce_of_its_own_answer() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let answer = nora.get("/inbox").await;
    let policy = answer.header("content-security-policy");
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .unwrap();
    let page = answer.text();
    for script in page.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        let is_data = tag.contains("application/json");
        assert!(
            is_data || tag.contains(&format!("nonce=\"{nonce}\"")),
            "{tag}"
        );
    }
    assert!(
        !page.contains(" style=\""),
        "inline styles are blocked by the policy"
    );
    let again = nora.get("/inbox").await;
    assert_ne!(
        again.header("content-security-policy"),
        policy,
        "a nonce is used once"
    );
}

#[tokio::test]
async fn a_site_reached_by_https_says_so() {
    let pigeon = Pigeon::start_with(pigeon_core::setting::Overrides {
        public_url: Some("https://help.example.org".to_owned()),
        ..Default::default()
    })
    .await;
    let answer = pigeon.browser().get("/contact").await;
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
}

#[tokio::test]
async fn what_is_not_there_is_told_to_people_and_programs_in_their_own_way() {
    let pigeon = Pigeon::start().await;
    let page = pigeon.browser().get("/nowhere").await;
    assert_eq!(page.status, 404);
    assert!(page.header("content-type").starts_with("text/html"));
    let problem = pigeon.program().get("/nowhere").await;
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.json()["code"], "not_found");
    assert_eq!(problem.json()["status"], 404);

    let method = pigeon.program().ask("DELETE", "/contact").send().await;
    assert_eq!(
        (method.status, &method.json()["code"]),
        (405, &"method_not_allowed".into())
    );
    assert!(method.header("allow").contains("POST"));
}

#[tokio::test]
async fn health_is_told() {
    let pigeon = Pigeon::start().await;
    let answer = pigeon.program().get("/healthz").await;
    assert_eq!((answer.status, &*answer.text()), (200, "ok"));
}
