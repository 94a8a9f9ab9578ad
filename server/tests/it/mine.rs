//! The users' own threads, through the doors.

use pigeon_wire::ThreadId;
use pigeon_wire::live::{LiveCall, StaffFrame, UserCall, UserFrame};
use pigeon_wire::presence::Pen;
use serde_json::json;

use crate::harness::{Browser, PASSWORD, Pigeon, Socket};

const KEY: &str = "kkkkkkkkkkkkkkkkkkkkkk";

/// A question of somebody signed in; where it is.
async fn asks(who: &Browser, body: &str) -> String {
    let form = [("subject", "Kettle"), ("body", body), ("key", KEY)];
    let asked = who.post("/threads/new", &form).await;
    assert_eq!(asked.status, 303, "{}", asked.text());
    asked.location().to_owned()
}

/// A staff member answers.
async fn answers(who: &Browser, path: &str, body: &str) {
    let thread = path.trim_start_matches("/threads/");
    let letters = body.chars().filter(char::is_ascii_alphanumeric);
    let key: String = letters.cycle().take(30).collect();
    let form = json!({ "body": body, "key": key });
    let reply = json!({ "thread": thread, "form": form });
    let answered = who.call("message/reply", &reply).await;
    assert_eq!(answered.status, 200, "{}", answered.text());
}

#[tokio::test]
async fn a_user_asks_reads_and_answers_by_plain_forms() {
    let pigeon = Pigeon::start().await;
    let uwe = pigeon.signed_in("user").await;
    let nora = pigeon.signed_in("agent").await;
    let list = uwe.get("/threads").await;
    assert_eq!(list.status, 200);
    let text = list.text();
    assert!(text.contains("href=\"/threads\"") && text.contains("action=\"/logout\""));
    assert!(
        !text.contains("href=\"/inbox\""),
        "no way to where they may not go"
    );
    assert_eq!(uwe.get("/").await.location(), "/threads");
    assert_eq!(nora.get("/").await.location(), "/inbox");

    let blank = uwe
        .post("/threads/new", &[("body", " "), ("subject", "Kept")])
        .await;
    assert_eq!(blank.status, 422);
    assert_eq!(blank.field("subject"), "Kept");
    let path = asks(&uwe, "It leaks.").await;
    assert_eq!(
        asks(&uwe, "It leaks.").await,
        path,
        "sent twice is sent once"
    );
    answers(&nora, &path, "At the spout?").await;
    assert!(uwe.get("/threads").await.text().contains("1 unread"));
    let page = uwe.get(&path).await;
    assert!(page.text().contains("At the spout?"));
    assert!(
        uwe.get("/threads").await.text().contains("1 unread"),
        "looking reads nothing"
    );
    let seen = page.field("seen");
    let read = uwe.post(&format!("{path}/read"), &[("seen", &seen)]).await;
    read.is_done("read");
    assert!(!uwe.get("/threads").await.text().contains("1 unread"));
    uwe.post(&format!("{path}/unread"), &[])
        .await
        .is_done("unread");
    assert!(uwe.get("/threads").await.text().contains("1 unread"));
    uwe.post(&format!("{path}/mute"), &[("muted", "on")])
        .await
        .is_done("muted");

    let odd = uwe
        .post(&path, &[("body", "With a bell\u{7}"), ("key", KEY)])
        .await;
    assert_eq!(odd.status, 422);
    assert!(odd.text().contains("With a bell"), "nothing is lost");
    let reply = [("body", "The lid."), ("key", KEY), ("seen", &seen)];
    for _ in 0..2 {
        assert_eq!(uwe.post(&path, &reply).await.location(), path);
    }
    let page = uwe.get(&path).await.text();
    // Before it stands what the program starts with.
    let shown = page.split("id=\"talk\"").nth(1).expect("the conversation");
    assert_eq!(shown.matches("The lid.").count(), 1);
    assert_eq!(nora.get(&path).await.status, 404, "not hers");
    let elsewhere = pigeon.browser().get(&path).await;
    assert!(elsewhere.location().starts_with("/login?next=/threads"));
}

#[tokio::test]
async fn the_line_of_the_own_threads_tells_answers_and_no_notes() {
    let pigeon = Pigeon::start().await;
    let uwe = pigeon.signed_in("user").await;
    let nora = pigeon.signed_in("agent").await;
    let path = asks(&uwe, "It leaks.").await;
    let mut line = Socket::open(&uwe, "/api/v1/live?mine=true").await.unwrap();
    let mut other = Socket::open(&nora, "/api/v1/live?mine=true").await.unwrap();
    let next = async |line: &mut Socket| {
        let text = line.text().await;
        let frame: UserFrame = serde_json::from_str(&text).unwrap();
        (text, frame)
    };
    for line in [&mut line, &mut other] {
        assert!(matches!(next(line).await.1, UserFrame::Hello { .. }));
        assert!(matches!(next(line).await.1, UserFrame::Counts(_)));
    }
    let thread = path.trim_start_matches("/threads/");
    let note = json!({ "body": "Between us", "key": "n".repeat(22) });
    let noted = nora
        .call("note/add", &json!({ "thread": thread, "form": note }))
        .await;
    assert_eq!(noted.status, 200);
    answers(&nora, &path, "At the spout?").await;
    let (mut changed, mut counted) = (false, false);
    while !(changed && counted) {
        let (text, frame) = next(&mut line).await;
        assert!(!text.contains("Between us"), "{text}");
        match frame {
            UserFrame::Change(change) => {
                assert_eq!((change.prev, change.now, change.entries.len()), (1, 2, 1));
                changed = true;
            }
            UserFrame::Counts(counts) => {
                assert_eq!(counts.unread, 1);
                counted = true;
            }
            _ => {}
        }
    }
    let thread = thread.parse().unwrap();
    let call = serde_json::to_string(&UserCall::CatchUp { thread, after: 0 }).unwrap();
    line.say_text(&call).await;
    let again = loop {
        if let UserFrame::Change(change) = next(&mut line).await.1 {
            break change;
        }
    };
    assert_eq!((again.prev, again.now, again.entries.len()), (0, 2, 2));
    // A thread that is not theirs is passed over, and the line goes on.
    other.say_text(&call).await;
    let mine = asks(&nora, "My own.").await;
    let row = loop {
        match next(&mut other).await.1 {
            UserFrame::Row(row) => break row,
            UserFrame::Change(change) => assert!(mine.ends_with(&change.thread.to_string())),
            _ => {}
        }
    };
    assert!(mine.ends_with(&row.id.to_string()));
    assert_eq!(
        Socket::open(&pigeon.browser(), "/api/v1/live?mine=true")
            .await
            .err(),
        Some(401)
    );
}

/// Whoever looks or types is told to the other, and to nobody else.
async fn signs_are_told(uwe: &Browser, ina: &Browser, thread: &str) {
    let thread = thread.parse().unwrap();
    let mut theirs = Socket::open(ina, "/api/v1/live?mine=true").await.unwrap();
    let mut his = Socket::open(uwe, "/api/v1/live?mine=true").await.unwrap();
    for call in [UserCall::Look { thread }, UserCall::Typing { thread }] {
        his.say_text(&serde_json::to_string(&call).unwrap()).await;
    }
    let mut told = Vec::new();
    while told.len() < 2 {
        let frame: UserFrame = serde_json::from_str(&theirs.text().await).unwrap();
        if let UserFrame::Sign {
            thread: at,
            who,
            types,
        } = frame
        {
            assert_eq!((at, who.name.as_str()), (thread, "user"));
            told.push(types);
        }
    }
    assert_eq!(told, [false, true]);
    // Their own signs are not told to them.
    let call = UserCall::CatchUp { thread, after: 0 };
    his.say_text(&serde_json::to_string(&call).unwrap()).await;
    loop {
        let text = his.text().await;
        assert!(!text.contains("\"sign\""), "{text}");
        if text.contains("\"change\"") {
            break;
        }
    }
}

#[tokio::test]
async fn a_user_hears_a_reply_being_typed_and_the_team_hears_the_user() {
    let pigeon = Pigeon::start().await;
    let staff = pigeon.office.start();
    let uwe = pigeon.signed_in("user").await;
    let nora = pigeon.signed_in("agent").await;
    let path = asks(&uwe, "It leaks.").await;
    let thread: ThreadId = path.trim_start_matches("/threads/").parse().unwrap();
    let mut his = Socket::open(&uwe, "/api/v1/live?mine=true").await.unwrap();
    let mut hers = Socket::open(&nora, "/api/v1/live").await.unwrap();
    hers.say(&LiveCall::Watch { thread, after: 0 }).await;
    while !matches!(hers.frame().await, StaffFrame::Change(_)) {}
    for pen in [Pen::Note, Pen::Reply] {
        hers.say(&LiveCall::Typing { thread, pen }).await;
    }
    let call = UserCall::Typing { thread };
    his.say_text(&serde_json::to_string(&call).unwrap()).await;
    let by = loop {
        let frame: UserFrame = serde_json::from_str(&his.text().await).unwrap();
        if let UserFrame::Typing { thread: at, by } = frame {
            assert_eq!(at, thread);
            break by;
        }
    };
    assert_eq!(by.as_deref(), Some("agent"));
    loop {
        if let StaffFrame::Presence(told) = hers.frame().await
            && told.customer_types
        {
            break;
        }
    }
    pigeon.office.stop(staff).await;
}

#[tokio::test]
async fn users_write_to_each_other_and_nobody_else_gets_in() {
    let pigeon = Pigeon::start().await;
    let uwe = pigeon.signed_in("user").await;
    let olivia = pigeon.signed_in("owner").await;
    let added =
        pigeon_core::person::add(&pigeon.office, "ina@example.org", "Ina", "user", PASSWORD);
    added.await.unwrap();
    let ina = pigeon.browser();
    let in_ = [("email", "ina@example.org"), ("password", PASSWORD)];
    assert_eq!(ina.post("/login", &in_).await.location(), "/threads");

    let form = [("to", "ina@example.org"), ("body", "Hello."), ("key", KEY)];
    let sent = uwe.post("/threads/write", &form).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let path = sent.location().to_owned();
    let id = path.trim_start_matches("/threads/");
    assert!(uwe.get(&path).await.text().contains("ina@example.org"));
    assert_eq!(ina.get(&path).await.status, 404, "not before she accepts");
    assert!(ina.get("/threads").await.text().contains("Requests (1)"));
    let request = format!("/threads/requests/{id}");
    assert!(ina.get(&request).await.text().contains("Hello."));
    assert_eq!(olivia.get(&request).await.status, 404);
    ina.post(&format!("{request}/accept"), &[])
        .await
        .is_done("accepted_request");
    signs_are_told(&uwe, &ina, id).await;
    let reply = [("body", "Hi."), ("key", KEY)];
    assert_eq!(ina.post(&path, &reply).await.status, 303);
    assert!(uwe.get(&path).await.text().contains("Hi."));
    for path in [path.clone(), format!("/inbox/{id}")] {
        let refused = olivia.get(&path).await;
        assert_eq!(refused.status, 404);
        assert!(!refused.text().contains("Hello."));
    }
    uwe.post(&format!("{path}/status"), &[("closed", "on")])
        .await
        .is_done("closed");
    ina.post(&format!("{path}/leave"), &[])
        .await
        .is_done("left");
    assert_eq!(ina.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_user_finds_their_own_words_again_and_nobody_elses() {
    let pigeon = Pigeon::start().await;
    let uwe = pigeon.signed_in("user").await;
    let nora = pigeon.signed_in("agent").await;
    let path = asks(&uwe, "The samovar leaks.").await;
    let guest = [
        ("name", "Guido"),
        ("email", "guido@example.org"),
        ("subject", "Tea"),
        ("body", "A samovar for a guest."),
    ];
    assert_eq!(pigeon.browser().post("/contact", &guest).await.status, 303);
    let thread = path.trim_start_matches("/threads/");
    let note = json!({ "body": "samovar again, says the note", "key": KEY });
    let noted = json!({ "thread": thread, "form": note });
    assert_eq!(nora.call("note/add", &noted).await.status, 200);

    let found = uwe.get("/threads/search?q=samovar").await;
    assert_eq!(found.status, 200);
    let page = found.text();
    assert!(page.contains("1 hit") && !page.contains("note"), "{page}");
    let way = format!("href=\"{path}?at=1#e1\"");
    assert!(page.contains(&way), "{way}: {page}");
    let there = uwe.get(&format!("{path}?at=1")).await.text();
    assert!(there.contains("id=\"e1\""), "{there}");
    assert!(
        nora.get("/search?q=samovar")
            .await
            .text()
            .contains("3 hits")
    );
    let other = pigeon.signed_in("viewer").await;
    let theirs = other.get("/threads/search?q=samovar").await.text();
    assert!(!theirs.contains("leaks"), "{theirs}");
}
