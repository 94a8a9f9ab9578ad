//! Merging two conversations of one guest, at the doors: the page, the links and cookies, the API.

use serde_json::json;

use crate::harness::{Browser, Pigeon};
use crate::rest::Program;

/// A guest with this address who has answered through the mailed link: their browser, and the address of
/// the conversation.
async fn proven(pigeon: &Pigeon, from: &str, body: &str) -> (Browser, String, String) {
    let browser = pigeon.browser();
    let form = [
        ("name", "Greta"),
        ("email", "greta@example.org"),
        ("subject", body),
        ("body", body),
    ];
    let ask = browser.ask("POST", "/contact");
    let sent = ask.header("x-forwarded-for", from).form(&form).send().await;
    let path = sent.location().to_owned();
    let link = pigeon.mailed_link("greta@example.org").await;
    let followed = browser.get(&link).await;
    assert_eq!(followed.location(), path);
    said(&browser, &path, &format!("More: {body}")).await;
    (browser, path, link)
}

/// Replies on the page at `path`; where that leads.
async fn said(browser: &Browser, path: &str, body: &str) -> String {
    let page = browser.get(path).await;
    let (key, seen) = (page.field("key"), page.field("seen"));
    let fields = [("body", body), ("key", &key), ("seen", &seen)];
    let posted = browser.post(path, &fields).await;
    assert_eq!(posted.status, 303, "{}", posted.text());
    posted.location().to_owned()
}

fn room(path: &str) -> String {
    path.replace("/c/", "/inbox/")
}

#[tokio::test]
async fn a_guest_is_led_to_where_their_conversation_goes_on_and_back() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let (first, a, link) = proven(&pigeon, "10.3.0.1", "The saw stops").await;
    let (_, b, _) = proven(&pigeon, "10.3.0.2", "Which blade").await;
    let old_page = first.get(&a).await;
    let page = format!("{}/merge", room(&a));
    let into = b.trim_start_matches("/c/");

    let offered = nora.get(&page).await;
    assert_eq!(offered.status, 200);
    assert!(offered.text().contains(&format!("{page}?into={into}")));
    let sure = nora.get(&format!("{page}?into={into}")).await.text();
    assert!(
        sure.contains("only the team sees them") && sure.contains("<button"),
        "{sure}"
    );
    let merged = nora.post(&page, &[("into", into)]).await;
    assert_eq!((merged.status, merged.location()), (303, room(&b).as_str()));
    let again = nora.post(&page, &[("into", into)]).await;
    assert_eq!(again.status, 409);
    assert!(again.text().contains("merged into another one already"));

    // The page that was open, the link, and what was typed there.
    let led = first.get(&a).await;
    assert_eq!((led.status, led.location()), (303, b.as_str()));
    assert!(
        led.header("set-cookie").contains(into),
        "{}",
        led.header("set-cookie")
    );
    assert_eq!(first.get(&b).await.status, 200);
    let another = pigeon.browser();
    let followed = another.get(&link).await;
    assert_eq!((followed.status, followed.location()), (303, b.as_str()));
    assert!(another.get(&b).await.text().contains("The saw stops"));
    let (key, seen) = (old_page.field("key"), old_page.field("seen"));
    let late = [("body", "Typed before."), ("key", &*key), ("seen", &*seen)];
    for _ in 0..2 {
        let posted = first.post(&a, &late).await;
        assert_eq!(posted.status, 303);
    }
    let shown = nora.get(&room(&b)).await.text();
    let shown = shown.split("<article").nth(1).unwrap();
    let shown = shown.split("</article").next().unwrap();
    assert_eq!(shown.matches(">Typed before.<").count(), 1, "{shown}");

    let undone = nora.post(&format!("{page}/undo"), &[]).await;
    assert_eq!((undone.status, undone.location()), (303, room(&a).as_str()));
    let back = first.get(&b).await;
    assert_eq!(
        (back.status, back.location()),
        (303, a.as_str()),
        "by the cookie that it was led with"
    );
    assert!(first.get(&a).await.text().contains("The saw stops"));
    let twice = nora.post(&format!("{page}/undo"), &[]).await;
    assert_eq!(twice.status, 409);
}

#[tokio::test]
async fn a_program_merges_and_is_told_why_not() {
    let pigeon = Pigeon::start().await;
    let (_, a, _) = proven(&pigeon, "10.3.0.1", "The saw stops").await;
    let (_, b, _) = proven(&pigeon, "10.3.0.2", "Which blade").await;
    let (_, other) = pigeon.guest_with_thread().await;
    let [a, b, other] = [a, b, other].map(|path| path.trim_start_matches("/c/").to_owned());
    let writer = Program::of(&pigeon, "agent", &["read", "write"]).await;
    let reader = Program::of(&pigeon, "lead", &["read"]).await;
    let merge = format!("/api/v1/threads/{a}/merge");
    let call = async |program: &Program, path: &str, into: Option<&str>| {
        let body = into.map(|into| json!({ "into": into }));
        let answer = program.send("POST", path, None, body).await;
        let code = if answer.status == 204 {
            String::new()
        } else {
            answer.json()["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        (answer.status, code)
    };
    let told = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(
        call(&reader, &merge, Some(&b)).await,
        told(403, "out_of_scope")
    );
    assert_eq!(
        call(&writer, &merge, Some(&other)).await,
        told(409, "other_customer")
    );
    assert_eq!(
        call(&writer, &merge, Some(&a)).await,
        told(409, "same_thread")
    );
    assert_eq!(call(&writer, &merge, Some(&b)).await, told(204, ""));
    let reply = json!({ "text": "Into the old one." });
    let path = format!("/api/v1/threads/{a}/replies");
    let refused = writer
        .send("POST", &path, Some(&"k".repeat(22)), Some(reply))
        .await;
    assert_eq!(refused.status, 409);
    let named: String = refused.text().chars().filter(|c| *c != '-').collect();
    assert!(named.contains(&b), "{named}");
    let undo = format!("{merge}/undo");
    assert_eq!(call(&reader, &undo, None).await, told(403, "out_of_scope"));
    assert_eq!(call(&writer, &undo, None).await, told(204, ""));
    assert_eq!(call(&writer, &undo, None).await, told(409, "not_merged"));
}

#[tokio::test]
async fn the_page_is_for_those_who_manage_threads_and_says_what_is_not_proven() {
    let pigeon = Pigeon::start().await;
    let (nora, sam) = (
        pigeon.signed_in("agent").await,
        pigeon.signed_in("viewer").await,
    );
    let (_, a, _) = proven(&pigeon, "10.3.0.1", "The saw stops").await;
    let form = [("email", "greta@example.org"), ("body", "Not proven.")];
    let ask = pigeon.browser();
    let sent = ask
        .ask("POST", "/contact")
        .header("x-forwarded-for", "10.3.0.4");
    let typed = sent.form(&form).send().await.location().to_owned();
    let page = format!("{}/merge", room(&a));
    assert_eq!(sam.get(&page).await.status, 403);
    let into = typed.trim_start_matches("/c/");
    assert_eq!(sam.post(&page, &[("into", into)]).await.status, 403);
    let shown = nora.get(&page).await.text();
    assert!(
        shown.contains("is not verified") && !shown.contains("?into="),
        "{shown}"
    );
    let refused = nora.post(&page, &[("into", into)]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("anybody could have typed it"));
}
