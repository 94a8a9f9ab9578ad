//! What the team does, by programs.

use serde_json::{Value, json};

use super::{Program, key};
use crate::harness::Pigeon;

/// A thread of a guest, by its id.
async fn question(pigeon: &Pigeon) -> String {
    let (_, path) = pigeon.guest_with_thread().await;
    path.trim_start_matches("/c/").to_owned()
}

#[tokio::test]
async fn threads_are_listed_opened_and_read() {
    let pigeon = Pigeon::start().await;
    let id = question(&pigeon).await;
    let reader = Program::of(&pigeon, "viewer", &["read"]).await;
    let list = reader
        .get("/api/v1/threads?status=pending&by=guest&unread=1")
        .await
        .json();
    assert_eq!(list["items"][0]["id"], id.as_str());
    assert_eq!(list["items"][0]["subject"], "Opening hours");
    assert_eq!(list["items"][0]["unread"], true);
    assert_eq!(list["next"], Value::Null);
    assert_eq!(
        reader.get("/api/v1/threads?view=closed").await.json()["items"],
        json!([])
    );
    for bad in [
        "view=none",
        "status=gone",
        "assignee=x",
        "from=today",
        "sort=no",
        "after=zz",
    ] {
        let answer = reader.get(&format!("/api/v1/threads?{bad}")).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (400, Some("malformed")),
            "{bad}"
        );
    }
    let thread = reader.get(&format!("/api/v1/threads/{id}")).await.json();
    assert_eq!(thread["customer"]["email"], "guido@example.org");
    let entries = reader
        .get(&format!("/api/v1/threads/{id}/entries"))
        .await
        .json();
    assert_eq!(entries["items"][0]["kind"], "message");
    assert_eq!(entries["items"][0]["text"], "When do you open on Sundays?");
    let place = entries["items"][0]["place"].clone();
    let path = format!("/api/v1/threads/{id}/read");
    let read = reader
        .send("PUT", &path, None, Some(json!({ "upto": place })))
        .await;
    assert_eq!(read.status, 204, "{}", read.text());
    let list = reader.get("/api/v1/threads?unread=1").await.json();
    assert_eq!(list["items"], json!([]));
    let hits = reader.get("/api/v1/search?q=Sundays").await.json();
    assert_eq!(
        (&hits["items"][0]["thread"], &hits["total"]),
        (&json!(id), &json!(1))
    );
    assert_eq!(reader.get("/api/v1/threads/nonsense").await.status, 404);
}

#[tokio::test]
async fn a_list_goes_on_where_its_page_ended() {
    let pigeon = Pigeon::start().await;
    let reader = Program::of(&pigeon, "viewer", &["read"]).await;
    let mut ids = Vec::new();
    for n in 0..52 {
        let typed = [
            ("email", format!("guest{n}@example.org")),
            ("body", format!("Question {n}")),
        ];
        let typed = typed
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let browser = pigeon.browser();
        let from = format!("198.51.100.{n}");
        let ask = browser
            .ask("POST", "/contact")
            .header("x-forwarded-for", &from);
        let answer = ask.form(&typed).send().await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        ids.push(answer.location().trim_start_matches("/c/").to_owned());
    }
    let mut found = Vec::new();
    let mut next = String::new();
    loop {
        let page = reader
            .get(&format!("/api/v1/threads?sort=created{next}"))
            .await
            .json();
        let items = page["items"].as_array().unwrap();
        found.extend(
            items
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(word) => next = format!("&after={word}"),
            None => break,
        }
    }
    ids.sort();
    found.sort();
    assert_eq!(found, ids, "each once");
}

#[tokio::test]
async fn a_writer_answers_and_notes_once_for_each_key() {
    let pigeon = Pigeon::start().await;
    let id = question(&pigeon).await;
    let writer = Program::of(&pigeon, "lead", &["write"]).await;
    let path = |end: &str| format!("/api/v1/threads/{id}/{end}");
    let said = json!({ "text": "On Sundays we sleep." });
    let first = writer
        .send(
            "POST",
            &path("replies"),
            Some(&key('a')),
            Some(said.clone()),
        )
        .await;
    assert_eq!(first.status, 201, "{}", first.text());
    let again = writer
        .send(
            "POST",
            &path("replies"),
            Some(&key('a')),
            Some(said.clone()),
        )
        .await;
    assert_eq!((again.status, again.json()), (201, first.json()));
    let other = json!({ "text": "Something else." });
    let reused = writer
        .send(
            "POST",
            &path("replies"),
            Some(&key('a')),
            Some(other.clone()),
        )
        .await;
    assert_eq!(
        (reused.status, reused.json()["code"].as_str()),
        (422, Some("key_reused"))
    );
    let keyless = writer
        .send("POST", &path("replies"), None, Some(other))
        .await;
    assert_eq!(
        (keyless.status, keyless.json()["code"].as_str()),
        (422, Some("invalid"))
    );
    let empty = json!({ "text": " " });
    let empty = writer
        .send("POST", &path("replies"), Some(&key('b')), Some(empty))
        .await;
    assert_eq!(empty.status, 422);
    let noted = json!({ "text": "He asks each week." });
    let note = writer
        .send("POST", &path("notes"), Some(&key('c')), Some(noted))
        .await;
    assert_eq!(note.status, 201, "{}", note.text());
    let entries = writer.get(&path("entries")).await.json();
    let kinds: Vec<_> = entries["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["kind"])
        .collect();
    assert_eq!(kinds, ["message", "message", "note"]);
}

#[tokio::test]
async fn a_writer_takes_closes_trashes_and_restores() {
    let pigeon = Pigeon::start().await;
    let id = question(&pigeon).await;
    let writer = Program::of(&pigeon, "lead", &["write"]).await;
    let path = |end: &str| format!("/api/v1/threads/{id}/{end}");
    let me = writer.get("/api/v1/me").await.json()["id"].clone();
    let taken = json!({ "assignee": me, "from": null });
    let taken = writer
        .send("PUT", &path("assignee"), None, Some(taken))
        .await;
    assert_eq!(taken.status, 204, "{}", taken.text());
    let stale = json!({ "assignee": null, "from": null });
    assert_eq!(
        writer
            .send("PUT", &path("assignee"), None, Some(stale))
            .await
            .status,
        409
    );
    let dropped = json!({ "assignee": null });
    assert_eq!(
        writer
            .send("PUT", &path("assignee"), None, Some(dropped))
            .await
            .status,
        204
    );

    let closed = json!({ "status": "closed", "from": "pending" });
    assert_eq!(
        writer
            .send("PUT", &path("status"), None, Some(closed))
            .await
            .status,
        204
    );
    let late = writer
        .send(
            "PUT",
            &path("status"),
            None,
            Some(json!({ "status": "pending", "from": "open" })),
        )
        .await;
    assert_eq!(late.status, 409);
    let wrong = json!({ "status": "gone" });
    assert!(
        [400, 422].contains(
            &writer
                .send("PUT", &path("status"), None, Some(wrong))
                .await
                .status
        )
    );
    assert_eq!(
        writer.send("POST", &path("trash"), None, None).await.status,
        204
    );
    assert_eq!(
        writer.get("/api/v1/threads").await.json()["items"],
        json!([])
    );
    assert_eq!(
        writer
            .send("POST", &path("restore"), None, None)
            .await
            .status,
        204
    );
    let thread = writer.get(&format!("/api/v1/threads/{id}")).await.json();
    assert_eq!(
        (&thread["status"], &thread["assignee"]),
        (&json!("closed"), &Value::Null)
    );
}

#[tokio::test]
async fn no_door_opens_without_its_scope() {
    let pigeon = Pigeon::start().await;
    let id = question(&pigeon).await;
    let reader = Program::of(&pigeon, "owner", &["read"]).await;
    let path = |end: &str| format!("/api/v1/threads/{id}/{end}");
    let body = || Some(json!({ "text": "x", "status": "closed", "assignee": null }));
    let calls = [
        ("POST", path("replies")),
        ("POST", path("notes")),
        ("PUT", path("status")),
        ("PUT", path("assignee")),
        ("POST", path("trash")),
        ("POST", path("restore")),
    ];
    for (method, path) in calls {
        let answer = reader.send(method, &path, Some(&key('a')), body()).await;
        let code = answer.json()["code"].clone();
        assert_eq!(
            (answer.status, code),
            (403, json!("out_of_scope")),
            "{path}"
        );
    }
    assert_eq!(reader.get("/api/v1/people").await.status, 403);
    let clerk = Program::of(&pigeon, "admin", &["people"]).await;
    let people = clerk.get("/api/v1/people?q=owner").await.json();
    assert_eq!(people["items"][0]["email"], "owner@example.org");
    assert_eq!(clerk.get("/api/v1/threads").await.status, 403);
    // The scope alone gives nothing that its owner does not hold.
    let agents = Program::of(&pigeon, "agent", &["people"]).await;
    let refused = agents.get("/api/v1/people").await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (403, Some("forbidden"))
    );
}

#[tokio::test]
async fn a_reply_waits_is_moved_and_taken_back() {
    let pigeon = Pigeon::start().await;
    let id = question(&pigeon).await;
    let agent = Program::of(&pigeon, "agent", &["read", "write"]).await;
    let replies = format!("/api/v1/threads/{id}/replies");
    let waiting = format!("/api/v1/threads/{id}/waiting");
    let at = |ms: i64| pigeon.office.now().plus(ms).rfc3339();
    let text = json!({ "text": "Tomorrow.", "send_at": at(3_600_000) });
    let key = key('w');
    let taken = agent
        .send("POST", &replies, Some(&key), Some(text.clone()))
        .await;
    assert_eq!(taken.status, 202, "{}", taken.text());
    let reply = taken.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(taken.json()["send_at"], at(3_600_000).as_str());
    let again = agent.send("POST", &replies, Some(&key), Some(text)).await;
    assert_eq!((again.status, again.json()), (202, taken.json()));
    let list = agent.get(&waiting).await.json();
    assert_eq!(list[0]["text"], "Tomorrow.");
    assert_eq!(list[0]["stopped"], false);
    let one = format!("{waiting}/{reply}");
    let later = json!({ "send_at": at(7_200_000) });
    let moved = agent.send("PUT", &one, None, Some(later)).await;
    assert_eq!(moved.status, 204, "{}", moved.text());
    let list = agent.get(&waiting).await.json();
    assert_eq!(list[0]["send_at"], at(7_200_000).as_str());
    for bad in ["2020-01-01T00:00:00Z", "soon"] {
        let text = json!({ "text": "When?", "send_at": bad });
        let bad = agent
            .send("POST", &replies, Some(&super::key('x')), Some(text))
            .await;
        assert_eq!(bad.status, 422, "{}", bad.text());
    }
    let cancel = format!("{one}/cancel");
    let other = Program::of(&pigeon, "lead", &["read", "write"]).await;
    assert_eq!(other.send("POST", &cancel, None, None).await.status, 404);
    assert_eq!(agent.send("POST", &cancel, None, None).await.status, 204);
    assert_eq!(agent.get(&waiting).await.json(), json!([]));
    let text = json!({ "text": "Now then.", "send_at": at(3_600_000) });
    let taken = agent
        .send("POST", &replies, Some(&super::key('y')), Some(text))
        .await;
    let reply = taken.json()["id"].as_str().unwrap().to_owned();
    let one = format!("{waiting}/{reply}");
    let now = json!({ "send_at": null });
    assert_eq!(agent.send("PUT", &one, None, Some(now)).await.status, 204);
    let entries = agent.get(&format!("/api/v1/threads/{id}/entries")).await;
    assert!(entries.text().contains("Now then."), "{}", entries.text());
}
