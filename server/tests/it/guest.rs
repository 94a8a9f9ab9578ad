//! A guest's way without a script.

use pigeon_core::setting::Overrides;
use pigeon_wire::id::DAY_MS;

use crate::harness::{Pigeon, guidos_question};

#[tokio::test]
async fn a_guest_asks_reads_replies_and_leaves() {
    let pigeon = Pigeon::start().await;
    let guido = pigeon.browser();
    let form = guido.get("/contact").await;
    assert_eq!(form.status, 200);
    let key = form.field("key");

    let mut question = guidos_question().to_vec();
    question.push(("key", &key));
    let sent = guido.post("/contact", &question).await;
    assert_eq!(sent.status, 303);
    let path = sent.location().to_owned();
    assert!(path.starts_with("/c/"), "{path}");
    let cookie = sent.header("set-cookie");
    for part in [
        "__Host-pigeon-c-",
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=86400",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }

    let page = guido.get(&path).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.text().contains("When do you open on Sundays?"));

    let (key, seen) = (page.field("key"), page.field("seen"));
    let reply = [("body", "Or on Mondays?"), ("key", &key), ("seen", &seen)];
    for _ in 0..2 {
        let posted = guido.post(&path, &reply).await;
        assert_eq!((posted.status, posted.location()), (303, path.as_str()));
    }
    let page = guido.get(&path).await.text();
    // Not in the head, where the page's data stands.
    let shown = page.split("<main").nth(1).unwrap();
    assert_eq!(
        shown.matches("Or on Mondays?").count(),
        1,
        "the same key is the same message"
    );

    let read = guido.post(&format!("{path}/read"), &[("seen", "2")]).await;
    assert_eq!((read.status, read.location()), (303, path.as_str()));

    let gone = guido.post(&format!("{path}/sign-out"), &[]).await;
    assert_eq!(gone.status, 303);
    assert_eq!(guido.cookie_count(), 0);
    assert_eq!(guido.get(gone.location()).await.status, 200);
    assert_eq!(guido.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_repeated_start_is_one_thread_for_each_key() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let guido = pigeon.browser();
    let key = guido.get("/contact").await.field("key");
    let mut question = guidos_question().to_vec();
    question.push(("key", &key));
    let first = guido
        .post("/contact", &question)
        .await
        .location()
        .to_owned();
    let again = guido
        .post("/contact", &question)
        .await
        .location()
        .to_owned();
    assert_eq!(first, again);
    assert_eq!(pigeon.threads_seen_by(&nora).await, 1);
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let pigeon = Pigeon::start().await;
    let guido = pigeon.browser();
    let typed = [
        ("name", "Guido <G>"),
        ("email", "no address"),
        ("body", "Kept \"text\""),
    ];
    let refused = guido.post("/contact", &typed).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.field("name"), "Guido &lt;G&gt;");
    assert_eq!(refused.field("email"), "no address");
    assert!(
        refused.text().contains("Kept \"text\"")
            || refused.text().contains("Kept &quot;text&quot;")
    );
    assert_eq!(guido.cookie_count(), 0);

    let (guido, path) = pigeon.guest_with_thread().await;
    let page = guido.get(&path).await;
    let reply = [
        ("body", "typed\u{7}text"),
        ("key", &*page.field("key")),
        ("seen", "1"),
    ];
    let refused = guido.post(&path, &reply).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("typed\u{7}text"));
    assert_eq!(
        refused.field("key"),
        page.field("key"),
        "the next try is the same submission"
    );
}

#[tokio::test]
async fn the_form_is_read_as_multipart_too_and_files_that_it_does_not_ask_for_are_skipped() {
    let pigeon = Pigeon::start().await;
    let part = |head: &str, text: &str| {
        format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n")
    };
    let mut body: String = guidos_question()
        .iter()
        .map(|(name, value)| part(&format!("name=\"{name}\""), value))
        .collect();
    body += &part("name=\"photo\"; filename=\"a.bin\"", "\u{fffd}not text");
    body += "--edge--\r\n";
    let guido = pigeon.browser();
    let ask = guido.ask("POST", "/contact");
    let sent = ask
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body)
        .send()
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert!(
        guido
            .get(sent.location())
            .await
            .text()
            .contains("Opening hours")
    );
}

#[tokio::test]
async fn a_robot_is_told_nothing_and_its_message_is_kept_apart() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let robot = pigeon.browser();
    let mut question = guidos_question().to_vec();
    question.push(("website", "https://spam.example"));
    let sent = robot.post("/contact", &question).await;
    assert_eq!((sent.status, sent.location()), (303, "/contact/sent"));
    assert_eq!(robot.get("/contact/sent").await.status, 200);
    assert_eq!(robot.cookie_count(), 0);
    assert_eq!(pigeon.threads_seen_by(&nora).await, 0);
}

#[tokio::test]
async fn a_program_is_told_where_the_conversation_is() {
    let pigeon = Pigeon::start().await;
    let program = pigeon.program();
    let sent = program.post("/contact", &guidos_question()).await;
    assert_eq!(sent.status, 201);
    assert_eq!(sent.json()["location"], sent.location());
    assert_eq!(program.get(sent.location()).await.status, 200);
}

#[tokio::test]
async fn too_many_starts_are_told_when_to_come_back_and_keep_their_text() {
    let few = Overrides {
        rate_messages: Some(1),
        ..Overrides::default()
    };
    let pigeon = Pigeon::start_with(few).await;
    pigeon.guest_with_thread().await;
    let again = pigeon
        .browser()
        .post("/contact", &[("email", "a@example.org"), ("body", "Kept?")])
        .await;
    assert_eq!(again.status, 429);
    assert!(again.header("retry-after").parse::<u32>().unwrap() > 0);
    assert!(again.text().contains("Kept?"));
}

#[tokio::test]
async fn limits_count_by_the_address_that_the_proxy_reports() {
    let few = Overrides {
        rate_messages: Some(1),
        ..Overrides::default()
    };
    let pigeon = Pigeon::start_with(few).await;
    let start = async |from: &str, email: &str| {
        let browser = pigeon.browser();
        let ask = browser
            .ask("POST", "/contact")
            .form(&[("email", email), ("body", "Hello")]);
        ask.header("x-forwarded-for", from).send().await.status
    };
    assert_eq!(start("203.0.113.1", "a@example.org").await, 303);
    assert_eq!(start("203.0.113.1", "b@example.org").await, 429);
    assert_eq!(start("203.0.113.2", "c@example.org").await, 303);
    assert_eq!(start("2001:db8::1", "d@example.org").await, 303);
    assert_eq!(start("2001:db8::2", "e@example.org").await, 429);
}

#[tokio::test]
async fn switched_off_means_off() {
    let off = Overrides {
        allow_guest_threads: Some(false),
        ..Overrides::default()
    };
    let pigeon = Pigeon::start_with(off).await;
    let guido = pigeon.browser();
    assert_eq!(guido.get("/contact").await.status, 403);
    assert_eq!(guido.post("/contact", &guidos_question()).await.status, 403);
    let told = pigeon.program().post("/contact", &guidos_question()).await;
    assert_eq!((told.status, &told.json()["code"]), (403, &"off".into()));
}

#[tokio::test]
async fn a_mailed_link_becomes_a_cookie_and_opening_it_writes_nothing() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let link = pigeon.mailed_link("guido@example.org").await;
    let before = pigeon.database_bytes();
    for _ in 0..20 {
        let robot = pigeon.browser();
        let followed = robot.get(&link).await;
        assert_eq!((followed.status, followed.location()), (303, path.as_str()));
        assert_eq!(followed.header("referrer-policy"), "no-referrer");
        assert_eq!(followed.header("cache-control"), "no-store");
        assert_eq!(robot.get(&path).await.status, 200);
    }
    assert!(
        pigeon.database_bytes() == before,
        "opening a link must change no row"
    );
}

#[tokio::test]
async fn an_expired_link_offers_a_fresh_one_in_one_tap() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let link = pigeon.mailed_link("guido@example.org").await;
    let guido = pigeon.browser();
    guido.get(&link).await;
    let open = guido.get(&path).await;
    pigeon.clock.forward(31 * DAY_MS);

    let expired = pigeon.browser().get(&link).await;
    assert_eq!(expired.status, 410);
    assert!(
        expired.text().contains("g•••@example.org"),
        "{}",
        expired.text()
    );
    let asked = guido
        .post("/link", &[("token", &expired.field("token"))])
        .await;
    assert_eq!((asked.status, asked.location()), (303, "/link/sent"));

    let late = [
        ("body", "Too late?"),
        ("key", &*open.field("key")),
        ("seen", "1"),
    ];
    let refused = guido.post(&path, &late).await;
    assert_eq!(refused.status, 410);
    assert!(refused.text().contains("Too late?"), "the text is kept");
    let asked = guido.post(&format!("{path}/link"), &[]).await;
    assert_eq!((asked.status, asked.location()), (303, "/link/sent"));
}

#[tokio::test]
async fn an_unknown_link_asks_for_the_address_and_the_answer_tells_nothing() {
    let pigeon = Pigeon::start().await;
    pigeon.guest_with_thread().await;
    let stranger = pigeon.browser();
    let unknown = stranger.get(&format!("/t/{}", "A".repeat(43))).await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("name=\"email\""));
    assert_eq!(unknown.header("referrer-policy"), "no-referrer");
    let told = [
        stranger
            .post("/link", &[("email", "guido@example.org")])
            .await,
        stranger
            .post("/link", &[("email", "nobody@example.org")])
            .await,
    ];
    for answer in told {
        assert_eq!((answer.status, answer.location()), (303, "/link/sent"));
    }
}

#[tokio::test]
async fn not_me_ends_the_links_for_good() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let link = pigeon.mailed_link("guido@example.org").await;
    let stranger = pigeon.browser();
    stranger.get(&link).await;
    let gone = stranger.post(&format!("{path}/not-me"), &[]).await;
    assert_eq!(gone.status, 303);
    assert_eq!(stranger.get(gone.location()).await.status, 200);
    assert_eq!(pigeon.browser().get(&link).await.status, 410);
}

#[tokio::test]
async fn a_guests_language_is_the_browsers_until_they_choose() {
    let pigeon = Pigeon::start().await;
    let guido = pigeon.browser();
    let german = guido
        .ask("GET", "/contact")
        .header("accept-language", "de-AT")
        .send()
        .await;
    assert!(german.text().contains("<html lang=\"de\""));
    let chosen = guido
        .post("/lang", &[("language", "de"), ("next", "/link")])
        .await;
    assert_eq!((chosen.status, chosen.location()), (303, "/link"));
    guido
        .post("/theme", &[("theme", "dark"), ("next", "//evil.example")])
        .await;
    let page = guido.get("/contact").await.text();
    assert!(
        page.contains("<html lang=\"de\" data-theme=\"dark\""),
        "{page}"
    );
    assert_eq!(guido.post("/lang", &[("language", "xx")]).await.status, 400);
}
