//! Who looks and who types, over real sockets: what each side hears, and what a guest never does.

use pigeon_wire::ThreadId;
use pigeon_wire::live::{GuestFrame, LiveCall, StaffFrame, close};
use pigeon_wire::presence::{Doing, Pen, ThreadPresence};
use serde_json::json;

use crate::harness::{Browser, Pigeon, Socket};

/// The next word on who is there.
async fn presence(socket: &mut Socket) -> ThreadPresence {
    loop {
        if let StaffFrame::Presence(told) = socket.frame().await {
            return told;
        }
    }
}

async fn guest_line(guest: &Browser, path: &str) -> Socket {
    let thread = path.trim_start_matches("/c/");
    let path = format!("/api/v1/live?thread={thread}&after=0");
    Socket::open(guest, &path).await.unwrap()
}

/// A line of the team that hears the inbox.
async fn listening(browser: &Browser) -> Socket {
    let mut line = Socket::open(browser, "/api/v1/live").await.unwrap();
    line.say(&LiveCall::Inbox).await;
    while !matches!(line.frame().await, StaffFrame::Badge { .. }) {}
    line
}

#[tokio::test]
async fn a_guest_hears_a_reply_being_typed_and_never_a_note_or_a_look() {
    let pigeon = Pigeon::start().await;
    let staff = pigeon.office.start();
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread: ThreadId = path.trim_start_matches("/c/").parse().unwrap();
    let nora = pigeon.signed_in("agent").await;
    let lena = pigeon.signed_in("lead").await;
    let mut guidos = guest_line(&guido, &path).await;
    let mut lenas = listening(&lena).await;
    let mut noras = Socket::open(&nora, "/api/v1/live").await.unwrap();

    let look = LiveCall::Look {
        thread: Some(thread),
    };
    noras.say(&look).await;
    assert_eq!(presence(&mut lenas).await.people[0].doing, Doing::Looking);
    let pen = Pen::Note;
    noras.say(&LiveCall::Typing { thread, pen }).await;
    assert_eq!(presence(&mut lenas).await.people[0].doing, Doing::Noting);
    let pen = Pen::Reply;
    noras.say(&LiveCall::Typing { thread, pen }).await;
    assert_eq!(presence(&mut lenas).await.people[0].doing, Doing::Replying);

    let mut heard = Vec::new();
    loop {
        let text = guidos.text().await;
        let frame = serde_json::from_str(&text).unwrap();
        heard.push(text);
        if let GuestFrame::Whisper(whisper) = frame {
            assert_eq!(whisper.typing.as_deref(), Some("agent"));
            break;
        }
    }
    assert_eq!(heard.len(), 3, "hello, what is held, the typing: {heard:?}");
    let all = heard.join("\n");
    for trace in ["noting", "looking", "people", "lead"] {
        assert!(!all.contains(trace), "{trace} in {all}");
    }

    drop(noras);
    assert!(presence(&mut lenas).await.people.is_empty());
    let text = guidos.text().await;
    assert!(text.contains("\"typing\":null"), "{text}");
    pigeon.office.stop(staff).await;
}

#[tokio::test]
async fn a_guest_types_and_may_say_nothing_else() {
    let pigeon = Pigeon::start().await;
    let staff = pigeon.office.start();
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread: ThreadId = path.trim_start_matches("/c/").parse().unwrap();
    let lena = pigeon.signed_in("lead").await;
    let mut lenas = listening(&lena).await;
    let mut line = guest_line(&guido, &path).await;
    line.say_text("{\"t\":\"typing\"}").await;
    let told = presence(&mut lenas).await;
    assert_eq!((told.thread, told.customer_types), (thread, true));
    line.say(&LiveCall::Look {
        thread: Some(thread),
    })
    .await;
    assert_eq!(line.closed().await, close::MALFORMED);
    assert!(presence(&mut lenas).await.is_empty());

    let mut line = guest_line(&guido, &path).await;
    for _ in 0..=30 {
        line.say_text("{\"t\":\"typing\"}").await;
    }
    assert_eq!(line.closed().await, close::BEHIND, "a flood is hung up");
    pigeon.office.stop(staff).await;
}

#[tokio::test]
async fn receipts_are_told_live_and_stand_in_the_page() {
    let pigeon = Pigeon::start().await;
    let (guido, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let nora = pigeon.signed_in("agent").await;
    let mut line = guest_line(&guido, &path).await;
    assert!(!guido.get(&path).await.text().contains("Seen by the team"));
    let seen = json!({ "thread": thread, "upto": 1 });
    assert_eq!(nora.call("thread/seen", &seen).await.status, 200);
    let whisper = loop {
        let frame = serde_json::from_str(&line.text().await).unwrap();
        if let GuestFrame::Whisper(whisper) = frame {
            break whisper;
        }
    };
    assert_eq!(whisper.seen.len(), 1);
    assert_eq!(whisper.seen[0].upto, 1);
    assert!(guido.get(&path).await.text().contains("Seen by the team"));

    let reply = json!({ "body": "At ten.", "key": "r".repeat(22) });
    nora.call("message/reply", &json!({ "thread": thread, "form": reply }))
        .await;
    let page = nora.get(&format!("/inbox/{thread}")).await.text();
    assert!(!page.contains("Seen by the guest"));
    let seen = guido.post(&format!("{path}/read"), &[("seen", "2")]).await;
    assert_eq!(seen.status, 303);
    let page = nora.get(&format!("/inbox/{thread}")).await.text();
    assert!(page.contains("Seen by the guest"));
}
