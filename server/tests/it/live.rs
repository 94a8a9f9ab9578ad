//! The socket, as far as the doors answer for it: who gets in, and that nothing of a note gets out.

use pigeon_wire::live::{GuestFrame, LiveCall, StaffFrame};
use serde_json::json;

use crate::harness::{Pigeon, Socket};

/// The next frame of a guest's line that is no beat.
async fn next(socket: &mut Socket) -> (String, GuestFrame) {
    let text = socket.text().await;
    let frame = serde_json::from_str(&text).unwrap();
    (text, frame)
}

#[tokio::test]
async fn a_guest_hears_a_reply_and_nothing_of_the_note_before_it() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let nora = pigeon.signed_in("agent").await;
    let mut line = Socket::open(&guido, &format!("/api/v1/live?thread={thread}&after=1"))
        .await
        .unwrap();
    assert!(matches!(next(&mut line).await.1, GuestFrame::Hello { .. }));
    let (_, GuestFrame::Change(start)) = next(&mut line).await else {
        panic!("what is held")
    };

    let note = json!({ "body": "Between us", "key": "n".repeat(22) });
    let noted = nora
        .call("note/add", &json!({ "thread": thread, "form": note }))
        .await;
    assert_eq!(noted.status, 200, "{}", noted.text());
    let reply = json!({ "body": "At ten.", "key": "r".repeat(22) });
    let replied = nora
        .call("message/reply", &json!({ "thread": thread, "form": reply }))
        .await;
    assert_eq!(replied.status, 200, "{}", replied.text());

    let (text, frame) = next(&mut line).await;
    let GuestFrame::Change(change) = frame else {
        panic!("the reply, not {text}")
    };
    assert_eq!(change.prev, start.now, "the note left no gap");
    assert_eq!(change.entries.len(), 1);
    assert!(text.contains("At ten.") && !text.contains("Between us") && !text.contains("note"));
}

#[tokio::test]
async fn the_team_hears_of_a_new_thread() {
    let pigeon = Pigeon::start().await;
    let (_, old) = pigeon.guest_with_thread().await;
    let nora = pigeon.signed_in("agent").await;
    let mut line = Socket::open(&nora, "/api/v1/live").await.unwrap();
    assert!(matches!(line.frame().await, StaffFrame::Hello { .. }));
    line.say(&LiveCall::Inbox).await;
    // Calls are answered in turn: once this one is, the inbox is listened to.
    let thread = old.trim_start_matches("/c/").parse().unwrap();
    line.say(&LiveCall::Watch { thread, after: 0 }).await;
    while !matches!(line.frame().await, StaffFrame::Change(_)) {}

    let question = [("email", "new@example.org"), ("body", "Hello?")];
    let sent = pigeon.browser().post("/contact", &question).await;
    let new = sent.location().to_owned();
    let row = loop {
        if let StaffFrame::Row(row) = line.frame().await {
            break row;
        }
    };
    assert!(new.ends_with(&row.id.to_string()));
}

#[tokio::test]
async fn whoever_may_not_listen_is_told_at_the_door() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let nora = pigeon.signed_in("agent").await;
    let own = format!("/api/v1/live?thread={thread}&after=0");
    assert_eq!(
        Socket::open(&nora, &own).await.err(),
        Some(404),
        "no guest's cookie"
    );
    assert_eq!(
        Socket::open(&guido, "/api/v1/live").await.err(),
        Some(401),
        "no account"
    );
    assert_eq!(Socket::open(&pigeon.browser(), &own).await.err(), Some(404));
    assert_eq!(
        Socket::open(&guido, "/api/v1/live?thread=x").await.err(),
        Some(400)
    );
    assert!(Socket::open(&guido, &own).await.is_ok());
}
