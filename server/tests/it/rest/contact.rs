//! Customers and blocks, by programs.

use serde_json::{Value, json};

use super::{Program, key, send};
use crate::harness::Pigeon;

#[tokio::test]
async fn a_program_reads_cards_writes_notes_and_blocks() {
    let pigeon = Pigeon::start().await;
    let program = pigeon.program();
    let start = ("POST", "/api/v1/guest/threads");
    let asks = async |letter, email: &str| {
        let asked = json!({ "name": "Gerda", "email": email, "text": "Cheap teapots!" });
        send(&program, None, start, Some(&key(letter)), Some(asked)).await
    };
    let thread = asks('a', "gerda@one.example").await.json()["thread"].clone();
    let agent = Program::of(&pigeon, "agent", &["read", "write"]).await;
    let opened = agent
        .get(&format!("/api/v1/threads/{}", thread.as_str().unwrap()))
        .await
        .json();
    let id = opened["customer"]["id"].as_str().unwrap().to_owned();
    let path = |end: &str| format!("/api/v1/contacts/{id}{end}");

    let card = agent.get(&path("")).await.json();
    assert_eq!(card["email"], "gerda@one.example");
    assert_eq!(
        (&card["threads"], &card["unclosed"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&card["note"], &card["note_version"]),
        (&json!(""), &json!(0))
    );
    let threads = agent.get(&path("/threads")).await.json();
    assert_eq!(threads["items"][0]["id"], thread);
    assert_eq!(threads["next"], Value::Null);
    let note = json!({ "text": "Calls weekly.", "version": 0 });
    let written = agent
        .send("PUT", &path("/note"), None, Some(note.clone()))
        .await;
    assert_eq!(
        written.json(),
        json!({ "version": 1 }),
        "{}",
        written.text()
    );
    // Sent twice it is one; another text over it is told.
    let again = agent.send("PUT", &path("/note"), None, Some(note)).await;
    assert_eq!(again.json(), json!({ "version": 1 }));
    let other = json!({ "text": "Calls daily.", "version": 0 });
    let late = agent.send("PUT", &path("/note"), None, Some(other)).await;
    assert_eq!(
        (late.status, &late.json()["code"]),
        (409, &json!("changed"))
    );
    let links = agent.send("POST", &path("/links"), None, None).await;
    assert_eq!(links.status, 202);

    let block = |what: &str| Some(json!({ "what": what }));
    let post = async |what| {
        agent
            .send("POST", "/api/v1/blocked", None, block(what))
            .await
    };
    assert_eq!(post("gerda@one.example").await.status, 204);
    assert_eq!(post("one.example").await.status, 403, "a domain takes more");
    let (blocked, heard) = (
        asks('b', "gerda@one.example").await,
        asks('c', "heard@two.example").await,
    );
    assert_eq!((blocked.status, heard.status), (201, 201));
    let shape = |answer: &Value| {
        let fields = answer.as_object().unwrap().iter();
        let length = |value: &Value| value.to_string().len();
        fields
            .map(|(name, value)| (name.clone(), length(value)))
            .collect::<Vec<_>>()
    };
    assert_eq!(shape(&blocked.json()), shape(&heard.json()));
    let caught = agent.get("/api/v1/quarantine").await.json();
    assert_eq!(
        (&caught["honeypot"], &caught["blocked"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(caught["items"][0]["reason"], "blocked");
    assert_eq!(caught["items"][0]["thread"], Value::Null);
    let blocks = agent.get("/api/v1/blocked").await.json();
    assert_eq!(blocks["items"][0]["what"], "gerda@one.example");
    let lift = format!(
        "/api/v1/blocked/{}/lift",
        blocks["items"][0]["id"].as_str().unwrap()
    );
    assert_eq!(agent.send("POST", &lift, None, None).await.status, 204);
    assert_eq!(agent.send("POST", &lift, None, None).await.status, 404);

    let reader = Program::of(&pigeon, "viewer", &["read"]).await;
    assert_eq!(reader.get(&path("")).await.json()["note"], "Calls weekly.");
    assert_eq!(reader.get("/api/v1/blocked").await.status, 403);
    let note = json!({ "text": "", "version": 1 });
    let written = reader.send("PUT", &path("/note"), None, Some(note)).await;
    assert_eq!(written.status, 403);
}
