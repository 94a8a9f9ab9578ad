//! The socket when something ended, was missed or makes no sense.

use pigeon_wire::ThreadId;
use pigeon_wire::live::{GuestFrame, LiveCall, StaffFrame, close};
use serde_json::json;

use crate::harness::{Browser, Pigeon, Socket};

async fn reply(staff: &Browser, thread: &str, body: &str, key: &str) {
    let form = json!({ "body": body, "key": key });
    let answer = staff
        .call("message/reply", &json!({ "thread": thread, "form": form }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn guest_line(guest: &Browser, thread: &str, after: i64) -> Socket {
    let path = format!("/api/v1/live?thread={thread}&after={after}");
    Socket::open(guest, &path).await.unwrap()
}

#[tokio::test]
async fn a_guest_who_was_away_gets_what_they_missed_by_number() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    for n in 0..150 {
        reply(&nora, thread, &format!("Answer {n}"), &format!("{n:022}")).await;
    }
    let mut line = guest_line(&guido, thread, 11).await;
    let mut held = 11;
    let mut bodies = Vec::new();
    while held < 151 {
        let frame = serde_json::from_str(&line.text().await).unwrap();
        let GuestFrame::Change(change) = frame else {
            continue;
        };
        assert_eq!(change.prev, held, "frames follow one another");
        held = change.now;
        for entry in change.entries {
            bodies.push(serde_json::to_value(entry.content).unwrap()["body"].clone());
        }
    }
    let expected: Vec<_> = (10..150).map(|n| json!(format!("Answer {n}"))).collect();
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn a_watcher_who_was_away_gets_notes_and_events_too() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let lena = pigeon.signed_in("lead").await;
    let (_, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let note = json!({ "body": "Between us", "key": "n".repeat(22) });
    nora.call("note/add", &json!({ "thread": thread, "form": note }))
        .await;
    nora.call(
        "thread/status",
        &json!({ "thread": thread, "status": "closed" }),
    )
    .await;

    let mut line = Socket::open(&lena, "/api/v1/live").await.unwrap();
    let id: ThreadId = thread.parse().unwrap();
    line.say(&LiveCall::Watch {
        thread: id,
        after: 1,
    })
    .await;
    let change = loop {
        if let StaffFrame::Change(change) = line.frame().await {
            break change;
        }
    };
    assert_eq!((change.prev, change.now), (1, 3));
    assert_eq!(change.entries.len(), 2, "the note and the closing");
}

#[tokio::test]
async fn what_ends_a_credential_ends_its_sockets() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let mut guidos = guest_line(&guido, thread, 0).await;
    let mut noras = Socket::open(&nora, "/api/v1/live").await.unwrap();
    noras.frame().await;

    let revoked = nora
        .call("thread/links/revoke", &json!({ "thread": thread }))
        .await;
    assert_eq!(revoked.status, 200, "{}", revoked.text());
    assert_eq!(guidos.closed().await, close::REVOKED);

    assert_eq!(nora.post("/logout", &[]).await.status, 303);
    assert_eq!(noras.closed().await, close::REVOKED);
}

#[tokio::test]
async fn what_the_protocol_does_not_allow_ends_the_socket() {
    let pigeon = Pigeon::start().await;
    let uwe = pigeon.signed_in("user").await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");

    let mut line = guest_line(&guido, thread, 1).await;
    line.say(&LiveCall::Inbox).await;
    assert_eq!(
        line.closed().await,
        close::MALFORMED,
        "a guest asks for nothing"
    );

    let mut line = Socket::open(&uwe, "/api/v1/live").await.unwrap();
    line.say(&LiveCall::Inbox).await;
    assert_eq!(line.closed().await, close::REVOKED, "no role, no inbox");
}

#[tokio::test]
async fn a_stop_tells_every_socket_to_come_back() {
    let pigeon = Pigeon::start().await;
    let staff = pigeon.office.start();
    let nora = pigeon.signed_in("agent").await;
    let mut line = Socket::open(&nora, "/api/v1/live").await.unwrap();
    line.frame().await;
    pigeon.office.stop(staff).await;
    assert_eq!(line.closed().await, close::RESTART);
}
