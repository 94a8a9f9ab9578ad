//! What guests do, by programs.

use serde_json::{Value, json};

use super::{Program, key, send};
use crate::harness::Pigeon;

#[tokio::test]
async fn a_guests_program_asks_reads_and_answers_and_never_meets_a_note() {
    let pigeon = Pigeon::start().await;
    let program = pigeon.program();
    let asked =
        json!({ "name": "Guido", "email": "guido@example.org", "text": "When do you open?" });
    let start = ("POST", "/api/v1/guest/threads");
    let made = send(&program, None, start, Some(&key('a')), Some(asked.clone())).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let (id, token) = (made.json()["thread"].clone(), made.json()["token"].clone());
    let again = send(&program, None, start, Some(&key('a')), Some(asked)).await;
    assert_eq!((again.status, &again.json()["thread"]), (201, &id));
    let other = json!({ "email": "guido@example.org", "text": "Another question." });
    let reused = send(&program, None, start, Some(&key('a')), Some(other.clone())).await;
    assert_eq!(
        (reused.status, reused.json()["code"].as_str()),
        (422, Some("key_reused"))
    );
    let keyless = send(&program, None, start, None, Some(other)).await;
    assert_eq!(keyless.status, 422);

    let writer = Program::of(&pigeon, "agent", &["write"]).await;
    let path = |end: &str| format!("/api/v1/threads/{}/{end}", id.as_str().unwrap());
    let note = json!({ "text": "He is odd." });
    writer
        .send("POST", &path("notes"), Some(&key('n')), Some(note))
        .await;
    let reply = json!({ "text": "At nine." });
    writer
        .send("POST", &path("replies"), Some(&key('r')), Some(reply))
        .await;

    let token = token.as_str().unwrap();
    let thread = send(
        &program,
        Some(token),
        ("GET", "/api/v1/guest/thread"),
        None,
        None,
    )
    .await;
    assert_eq!(
        (&thread.json()["id"], &thread.json()["status"]),
        (&id, &json!("open"))
    );
    let entries = send(
        &program,
        Some(token),
        ("GET", "/api/v1/guest/entries"),
        None,
        None,
    )
    .await;
    let texts: Vec<Value> = entries.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["text"].clone())
        .collect();
    assert_eq!(texts, ["When do you open?", "At nine."]);
    for text in [thread.text(), entries.text()] {
        for hidden in [
            "odd",
            "note",
            "assignee",
            "agent@example.org",
            "staff_change",
        ] {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
    }
    let reply = ("POST", "/api/v1/guest/replies");
    let said = Some(json!({ "text": "Thank you." }));
    let posted = send(&program, Some(token), reply, Some(&key('b')), said).await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    let other = Some(json!({ "text": "Something else." }));
    let reused = send(&program, Some(token), reply, Some(&key('b')), other).await;
    assert_eq!(reused.json()["code"], "key_reused");

    // One credential opens nothing of the other's.
    assert_eq!(
        send(
            &program,
            Some(token),
            ("GET", "/api/v1/threads"),
            None,
            None
        )
        .await
        .status,
        401
    );
    let teams = send(
        &program,
        Some(&writer.token),
        ("GET", "/api/v1/guest/thread"),
        None,
        None,
    )
    .await;
    assert_eq!(teams.status, 401);
}

#[tokio::test]
async fn a_link_is_asked_for_alike_by_everybody() {
    let pigeon = Pigeon::start().await;
    pigeon.guest_with_thread().await;
    let program = pigeon.program();
    let door = ("POST", "/api/v1/guest/links");
    let mut answers = Vec::new();
    for email in ["guido@example.org", "nobody@example.org"] {
        let answer = send(&program, None, door, None, Some(json!({ "email": email }))).await;
        answers.push((answer.status, answer.body));
    }
    assert_eq!(answers[0], (202, Vec::new()));
    assert_eq!(answers[0], answers[1]);
    let link = pigeon.mailed_link("guido@example.org").await;
    let token = link.trim_start_matches("/t/");
    let thread = send(
        &program,
        Some(token),
        ("GET", "/api/v1/guest/thread"),
        None,
        None,
    )
    .await;
    assert_eq!(thread.json()["subject"], "Opening hours");
}
