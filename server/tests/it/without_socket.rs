//! The live line where no socket can be had: a stream of events, and requests that wait for news.

use std::time::Duration;

use pigeon_wire::ThreadId;
use pigeon_wire::live::{GuestCall, LiveCall, UserCall, close};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::harness::events::{Events, Plain, Polls, say, say_text};
use crate::harness::{Browser, PASSWORD, Pigeon};

const NONE: &[LiveCall] = &[];

async fn reply(staff: &Browser, thread: &str, body: &str) {
    let letters = body.chars().filter(char::is_ascii_alphanumeric);
    let key: String = letters.cycle().take(30).collect();
    let form = json!({ "body": body, "key": key });
    let answer = staff
        .call("message/reply", &json!({ "thread": thread, "form": form }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// The text of the newest message that a change brings.
fn body_of(change: &Value) -> &str {
    let newest = change["entries"].as_array().unwrap().last().unwrap();
    // A user's entries stand beside who wrote them.
    let entry = newest.get("entry").unwrap_or(newest);
    entry["content"]["body"].as_str().unwrap()
}

#[tokio::test]
async fn a_guest_hears_a_reply_and_nothing_of_the_note_before_it() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let nora = pigeon.signed_in("agent").await;
    let mut lines = Plain::both(&guido, &format!("?thread={thread}&after=1")).await;
    let mut held = 0;
    for line in &mut lines {
        assert_eq!(line.frame().await["t"], "hello");
        let start = line.frame().await;
        held = start["now"].as_i64().unwrap();
        assert_eq!(start["entries"], json!([]), "nothing was missed");
    }
    let note = json!({ "body": "Between us", "key": "n".repeat(22) });
    let noted = nora
        .call("note/add", &json!({ "thread": thread, "form": note }))
        .await;
    assert_eq!(noted.status, 200, "{}", noted.text());
    reply(&nora, thread, "At ten.").await;
    for line in &mut lines {
        let change = line.frame().await;
        assert_eq!(change["t"], "change");
        assert_eq!(change["prev"], held, "the note left no gap");
        assert_eq!(body_of(&change), "At ten.");
        assert_eq!(change["entries"].as_array().unwrap().len(), 1);
        let said = say(&guido, &line.mark(), &[GuestCall::Typing, GuestCall::Beat]).await;
        assert_eq!(said.status, 204, "{}", said.text());
    }
}

#[tokio::test]
async fn the_team_asks_for_the_inbox_and_a_thread_and_hears_both() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread: ThreadId = path.trim_start_matches("/c/").parse().unwrap();
    let nora = pigeon.signed_in("agent").await;
    let mut lines = Plain::both(&nora, "").await;
    for line in &mut lines {
        assert_eq!(line.frame().await["t"], "hello");
        let calls = [LiveCall::Inbox, LiveCall::Watch { thread, after: 0 }];
        assert_eq!(say(&nora, &line.mark(), &calls).await.status, 204);
        let change = line.frame_of("change").await;
        assert_eq!(body_of(&change), "When do you open on Sundays?");
    }
    let answer = guido
        .post(&path, &[("body", "Anybody?"), ("key", &"g".repeat(22))])
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    for line in &mut lines {
        let mut heard = Vec::new();
        while heard.len() < 2 {
            let frame = line.frame().await;
            match frame["t"].as_str().unwrap() {
                "change" => assert_eq!(body_of(&frame), "Anybody?"),
                "row" => assert_eq!(frame["preview"], "Anybody?"),
                _ => continue,
            }
            heard.push(frame["t"].clone());
        }
        assert_ne!(heard[0], heard[1]);
    }
}

#[tokio::test]
async fn a_user_hears_their_own_threads_and_catches_up() {
    let pigeon = Pigeon::start().await;
    let uwe = pigeon.signed_in("user").await;
    let nora = pigeon.signed_in("agent").await;
    let form = [("body", "It leaks."), ("key", "kkkkkkkkkkkkkkkkkkkkkk")];
    let asked = uwe.post("/threads/new", &form).await;
    let path = asked.location().to_owned();
    let thread: ThreadId = path.trim_start_matches("/threads/").parse().unwrap();
    let mut lines = Plain::both(&uwe, "?mine=true").await;
    for line in &mut lines {
        assert_eq!(line.frame().await["t"], "hello");
        assert_eq!(line.frame().await["t"], "counts");
        let calls = [UserCall::CatchUp { thread, after: 0 }];
        assert_eq!(say(&uwe, &line.mark(), &calls).await.status, 204);
        assert_eq!(body_of(&line.frame_of("change").await), "It leaks.");
    }
    reply(&nora, &thread.to_string(), "At the spout?").await;
    for line in &mut lines {
        assert_eq!(body_of(&line.frame_of("change").await), "At the spout?");
    }
}

#[tokio::test]
async fn a_line_is_found_by_whoever_opened_it_and_by_nobody_else() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let greta = pigeon.browser();
    let question = [("email", "greta@example.org"), ("body", "And me?")];
    assert_eq!(greta.post("/contact", &question).await.status, 303);
    let nora = pigeon.signed_in("agent").await;
    let uwe = pigeon.signed_in("user").await;
    let phone = pigeon.browser();
    let words = [("email", "agent@example.org"), ("password", PASSWORD)];
    assert_eq!(phone.post("/login", &words).await.status, 303);

    let guest = format!("?thread={thread}&after=0");
    for (owner, query, others) in [
        (&guido, guest.as_str(), [&greta, &nora, &uwe]),
        (&nora, "", [&guido, &uwe, &phone]),
        (&nora, "?mine=true", [&guido, &uwe, &phone]),
    ] {
        for mut line in Plain::both(owner, query).await {
            line.frame().await;
            let mark = line.mark();
            let asked = format!("/api/v1/live/poll?line={mark}");
            for other in others.into_iter().chain([&pigeon.browser()]) {
                assert_eq!(other.get(&asked).await.status, 404, "{query}");
                let said = say_text(other, &mark, "{\"t\":\"beat\"}").await;
                assert_eq!(said.status, 404, "{query}");
            }
            let said = say_text(owner, &mark, "{\"t\":\"beat\"}").await;
            assert_eq!(said.status, 204, "and is still there: {query}");
        }
    }
    for mark in ["", ".", "x", "x.1", "x.y", "x.-1"] {
        let asked = format!("/api/v1/live/poll?line={mark}");
        assert_eq!(nora.get(&asked).await.status, 404, "{mark}");
        assert_eq!(say(&nora, mark, NONE).await.status, 404, "{mark}");
    }
}

#[tokio::test]
async fn whoever_may_not_listen_is_told_at_the_door() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let own = format!("?thread={}&after=0", path.trim_start_matches("/c/"));
    let nora = pigeon.signed_in("agent").await;
    for (who, query, status) in [
        (&nora, own.as_str(), 404),
        (&guido, "", 401),
        (&guido, "?mine=true", 401),
        (&guido, "?thread=x", 400),
    ] {
        assert_eq!(
            Events::open(who, query).await.err(),
            Some(status),
            "{query}"
        );
        assert_eq!(Polls::open(who, query).await.err(), Some(status), "{query}");
    }
    assert_eq!(pigeon.office.hub().lines(), 0, "nothing was opened");
}

#[tokio::test]
async fn what_ends_a_credential_ends_its_lines() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let nora = pigeon.signed_in("agent").await;
    let lena = pigeon.signed_in("lead").await;
    let mut guidos = Plain::both(&guido, &format!("?thread={thread}&after=0")).await;
    let mut noras = Plain::both(&nora, "").await;
    for line in guidos.iter_mut().chain(&mut noras) {
        line.frame().await;
    }
    let asked = format!("/api/v1/live/poll?line={}", noras[1].mark());

    let [events, polls] = &mut guidos;
    let revoke = async {
        let thread = json!({ "thread": thread });
        let revoked = lena.call("thread/links/revoke", &thread).await;
        assert_eq!(revoked.status, 200, "{}", revoked.text());
    };
    let (on_events, on_polls, ()) = tokio::join!(events.ends(), polls.ends(), revoke);
    assert_eq!((on_events, on_polls), (close::REVOKED, close::REVOKED));

    // The request that goes on with the line shows a session that has ended meanwhile.
    let secret = nora.cookie("__Host-pigeon").unwrap();
    assert_eq!(nora.post("/logout", &[]).await.status, 303);
    nora.keep("__Host-pigeon", &secret);
    assert_eq!(noras[0].ends().await, close::REVOKED);
    assert_eq!(nora.get(&asked).await.status, 404);
    let mark = noras[0].mark();
    assert_eq!(say(&nora, &mark, &[LiveCall::Inbox]).await.status, 404);
}

#[tokio::test]
async fn an_answer_that_was_lost_ends_the_line_so_that_nothing_is_missed() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let mut line = Polls::open(&nora, "").await.unwrap();
    assert_eq!(line.frame().await["t"], "hello");
    let mark = Plain::Polls(line).mark();
    let address = mark.trim_end_matches(".1");
    assert_ne!(address, mark, "one frame has come");
    let asked = format!("/api/v1/live/poll?line={address}.0");
    assert_eq!(nora.get(&asked).await.status, 404);
    gone(&pigeon).await;
    let asked = format!("/api/v1/live/poll?line={mark}");
    assert_eq!(
        nora.get(&asked).await.status,
        404,
        "nor by the right mark now"
    );
}

#[tokio::test]
async fn a_stream_that_nobody_takes_any_more_ends_its_line() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let mut line = Events::open(&nora, "").await.unwrap();
    line.frame().await;
    let mark = Plain::Events(line).mark();
    gone(&pigeon).await;
    assert_eq!(say(&nora, &mark, NONE).await.status, 404);
}

#[tokio::test]
async fn whoever_hangs_up_while_waiting_for_news_ends_the_line() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let mut line = Polls::open(&nora, "").await.unwrap();
    line.frame().await;
    line.ask_and_leave().await;
    gone(&pigeon).await;
}

/// Waits until nobody is on a line any more.
async fn gone(pigeon: &Pigeon) {
    let gone = async {
        while pigeon.office.hub().lines() > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), gone).await.unwrap();
}

#[tokio::test]
async fn what_the_protocol_does_not_allow_ends_the_line() {
    let pigeon = Pigeon::start().await;
    let uwe = pigeon.signed_in("user").await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let query = format!("?thread={}&after=1", path.trim_start_matches("/c/"));
    let inbox = r#"{"t":"inbox"}"#;
    for (who, query, said, code) in [
        (&guido, query.as_str(), inbox.to_owned(), close::MALFORMED),
        (&uwe, "", inbox.to_owned(), close::REVOKED),
        (&uwe, "", "?".to_owned(), close::MALFORMED),
    ] {
        for mut line in Plain::both(who, query).await {
            line.frame().await;
            assert_eq!(say_text(who, &line.mark(), &said).await.status, 204);
            assert_eq!(line.ends().await, code, "{query} {said}");
        }
    }
    // As many as a guest may make between two beats, and one more.
    for mut line in Plain::both(&guido, &query).await {
        line.frame().await;
        let beats = vec![GuestCall::Beat; 31];
        assert_eq!(say(&guido, &line.mark(), &beats).await.status, 204);
        assert_eq!(line.ends().await, close::BEHIND);
    }
    let mut line = Events::open(&guido, &query).await.unwrap();
    line.frame().await;
    let line = Plain::Events(line);
    for long in ["\n".repeat(33), "x".repeat(4097)] {
        assert_eq!(say_text(&guido, &line.mark(), &long).await.status, 413);
    }
}

#[tokio::test]
async fn a_page_of_another_site_gets_no_line_and_says_nothing() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let mut line = Events::open(&nora, "").await.unwrap();
    line.frame().await;
    let mark = Plain::Events(line).mark();
    for (origin, site) in [
        ("https://evil.example", ""),
        ("https://evil.example", "cross-site"),
        ("", "cross-site"),
        ("", "same-site"),
        ("null", ""),
    ] {
        for door in ["events", "poll", &format!("poll?line={mark}")] {
            let ask = nora.ask("GET", &format!("/api/v1/live/{door}"));
            let ask = ask.header("origin", origin).header("sec-fetch-site", site);
            let answer = ask.send().await;
            assert_eq!(answer.status, 403, "{door} {origin} {site}");
            assert_eq!(answer.json()["code"], "foreign_origin");
        }
    }
    for (origin, site) in [("https://evil.example", ""), ("", ""), ("", "same-site")] {
        let ask = nora.ask("POST", &format!("/api/v1/live/call?line={mark}"));
        let ask = ask.header("origin", origin).header("sec-fetch-site", site);
        let answer = ask.body("{\"t\":\"inbox\"}").send().await;
        assert_eq!(answer.status, 403, "{origin} {site}");
    }
}

#[tokio::test]
async fn nobody_opens_lines_without_end() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let mut lines = Vec::new();
    for _ in 0..32 {
        lines.push(Events::open(&nora, "").await.unwrap());
    }
    assert_eq!(Events::open(&nora, "").await.err(), Some(429));
    assert_eq!(Polls::open(&nora, "?mine=true").await.err(), Some(429));
    let lena = pigeon.signed_in("lead").await;
    assert!(
        Events::open(&lena, "").await.is_ok(),
        "others are not held up"
    );
}
