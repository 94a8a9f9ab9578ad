//! What users do in their own threads, by programs.

use pigeon_wire::live::{StaffFrame, UserFrame, close};
use serde_json::{Value, json};

use super::{Program, key, send};
use crate::harness::{PASSWORD, Pigeon, Socket};

/// The smallest GIF there is: one pixel.
const DOT: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\
    \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// Another user than the harness's own, with a program of theirs.
async fn ina(pigeon: &Pigeon) -> Program {
    let added =
        pigeon_core::person::add(&pigeon.office, "ina@example.org", "Ina", "user", PASSWORD);
    added.await.unwrap();
    let browser = pigeon.browser();
    let in_ = [("email", "ina@example.org"), ("password", PASSWORD)];
    assert_eq!(browser.post("/login", &in_).await.location(), "/threads");
    Program::made_by(pigeon, &browser, &["own"]).await
}

#[tokio::test]
async fn a_user_asks_the_team_and_reads_the_answer() {
    let pigeon = Pigeon::start().await;
    let uwe = Program::of(&pigeon, "user", &["own"]).await;
    let nora = Program::of(&pigeon, "agent", &["write"]).await;
    let question = json!({ "subject": "Kettle", "text": "It leaks." });
    let mut asked = Vec::new();
    for _ in 0..2 {
        let made = uwe
            .send(
                "POST",
                "/api/v1/own/threads",
                Some(&key('q')),
                Some(question.clone()),
            )
            .await;
        assert_eq!(made.status, 201, "{}", made.text());
        asked.push(made.json()["thread"].as_str().unwrap().to_owned());
    }
    assert_eq!(asked[0], asked[1], "once for each key");
    let id = &asked[0];
    let note = json!({ "text": "Between us." });
    let noted = nora
        .send(
            "POST",
            &format!("/api/v1/threads/{id}/notes"),
            Some(&key('n')),
            Some(note),
        )
        .await;
    assert_eq!(noted.status, 201);
    let file = nora
        .bytes(
            "POST",
            &format!("/api/v1/threads/{id}/files?name=dot.gif"),
            DOT,
        )
        .await;
    assert_eq!(file.status, 201, "{}", file.text());
    let file = file.json()["id"].as_str().unwrap().to_owned();
    let answer = json!({ "text": "Like this?", "files": [file] });
    let posted = nora
        .send(
            "POST",
            &format!("/api/v1/threads/{id}/replies"),
            Some(&key('a')),
            Some(answer),
        )
        .await;
    assert_eq!(posted.status, 201, "{}", posted.text());

    let list = uwe.get("/api/v1/own/threads?view=unread").await.json();
    assert_eq!(list["items"][0]["id"], id.as_str());
    assert_eq!(list["items"][0]["kind"], "support");
    assert_eq!(uwe.get("/api/v1/own/counts").await.json()["unread"], 1);
    let path = |end: &str| format!("/api/v1/own/threads/{id}{end}");
    let entries = uwe.get(&path("/entries")).await;
    assert!(
        !entries.text().contains("Between us."),
        "{}",
        entries.text()
    );
    let entries = entries.json();
    assert_eq!(entries["items"][1]["text"], "Like this?");
    assert_eq!(entries["items"][1]["by"], Value::Null);
    let got = uwe.get(&path(&format!("/files/{file}"))).await;
    assert_eq!((got.status, got.body.as_slice()), (200, DOT));
    let place = entries["items"][1]["place"].clone();
    let read = uwe
        .send("PUT", &path("/read"), None, Some(json!({ "upto": place })))
        .await;
    assert_eq!(read.status, 204);
    assert_eq!(uwe.get("/api/v1/own/counts").await.json()["unread"], 0);
    let sent = uwe.bytes("POST", &path("/files?name=dot.gif"), DOT).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    let reply = json!({ "files": [sent.json()["id"]] });
    let posted = uwe
        .send("POST", &path("/replies"), Some(&key('r')), Some(reply))
        .await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    // A token for the own threads opens nothing else, and one for the inbox nothing of these.
    for elsewhere in [
        format!("/api/v1/threads/{id}"),
        "/api/v1/search?q=leaks".to_owned(),
    ] {
        assert_eq!(uwe.get(&elsewhere).await.status, 403, "{elsewhere}");
    }
    assert_eq!(nora.get(&path("")).await.status, 403);
    assert_eq!(nora.get("/api/v1/own/counts").await.status, 403);
}

#[tokio::test]
async fn users_write_to_each_other_by_programs() {
    let pigeon = Pigeon::start().await;
    let uwe = Program::of(&pigeon, "user", &["own"]).await;
    let olivia = Program::of(&pigeon, "owner", &["own", "write", "people"]).await;
    let ina = ina(&pigeon).await;
    let new = json!({ "to": ["ina@example.org"], "text": "Hello." });
    let made = uwe
        .send("POST", "/api/v1/own/direct", Some(&key('d')), Some(new))
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["thread"].as_str().unwrap().to_owned();
    let path = |end: &str| format!("/api/v1/own/threads/{id}{end}");
    assert_eq!(
        ina.get(&path("")).await.status,
        404,
        "not before she accepts"
    );
    let requests = ina.get("/api/v1/own/requests").await.json();
    assert_eq!(requests["items"][0]["id"], id.as_str());
    let accept = format!("/api/v1/own/requests/{id}/accept");
    assert_eq!(ina.send("POST", &accept, None, None).await.status, 204);
    let thread = ina.get(&path("")).await.json();
    assert_eq!(
        (&thread["kind"], &thread["people"][0]["name"]),
        (&json!("direct"), &json!("user"))
    );
    let hi = ina
        .send(
            "POST",
            &path("/replies"),
            Some(&key('h')),
            Some(json!({ "text": "Hi." })),
        )
        .await;
    let hi = hi.json()["id"].as_str().unwrap().to_owned();
    let mend = path(&format!("/entries/{hi}"));
    let mended = ina
        .send("PUT", &mend, None, Some(json!({ "text": "Hi there." })))
        .await;
    assert_eq!(mended.status, 204, "{}", mended.text());
    assert_eq!(
        uwe.send("PUT", &mend, None, Some(json!({ "text": "No." })))
            .await
            .status,
        422,
        "not his"
    );
    let entries = uwe.get(&path("/entries")).await.json();
    let last = entries["items"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["text"], last["edited_at"].is_string()),
        (&json!("Hi there."), true)
    );
    // Nobody else finds it, whatever their token allows.
    for way in [path(""), path("/entries"), format!("/api/v1/threads/{id}")] {
        assert_eq!(olivia.get(&way).await.status, 404, "{way}");
    }
    let close = json!({ "closed": true });
    assert_eq!(
        uwe.send("PUT", &path("/closed"), None, Some(close))
            .await
            .status,
        204
    );
    assert_eq!(ina.get(&path("")).await.json()["status"], "closed");
    let person = thread["people"][0]["id"].as_str().unwrap();
    let block = path(&format!("/block/{person}"));
    assert_eq!(ina.send("POST", &block, None, None).await.status, 204);
    assert_eq!(
        ina.get("/api/v1/own/blocked").await.json()["items"][0]["id"],
        person
    );
    assert_eq!(ina.get(&path("")).await.status, 404);
    let unblock = format!("/api/v1/own/blocked/{person}/unblock");
    assert_eq!(ina.send("POST", &unblock, None, None).await.status, 204);
    assert_eq!(
        ina.send("POST", &path("/leave"), None, None).await.status,
        204
    );
    assert_eq!(ina.get(&path("")).await.status, 404);
}

#[tokio::test]
async fn a_guests_program_sends_and_fetches_files() {
    let pigeon = Pigeon::start().await;
    let nobody = pigeon.program();
    let start = json!({ "email": "guido@example.org", "text": "It leaks." });
    let once = key('s');
    let started = send(
        &nobody,
        None,
        ("POST", "/api/v1/guest/threads"),
        Some(&once),
        Some(start),
    );
    let token = started.await.json()["token"].as_str().unwrap().to_owned();
    let guest = Program::known(pigeon.program(), &token);
    let sent = guest
        .bytes("POST", "/api/v1/guest/files?name=dot.gif", DOT)
        .await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    let file = sent.json()["id"].as_str().unwrap().to_owned();
    let reply = json!({ "text": "Here.", "files": [file] });
    let posted = guest
        .send(
            "POST",
            "/api/v1/guest/replies",
            Some(&key('r')),
            Some(reply),
        )
        .await;
    assert_eq!(posted.status, 201, "{}", posted.text());
    let got = guest.get(&format!("/api/v1/guest/files/{file}")).await;
    assert_eq!((got.status, got.body.as_slice()), (200, DOT));
    let refused = guest
        .bytes("POST", "/api/v1/guest/files?name=page.html", b"<script>")
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}

#[tokio::test]
async fn a_program_hears_what_its_scopes_open_until_its_token_is_revoked() {
    let pigeon = Pigeon::start().await;
    let owner = pigeon.signed_in("lead").await;
    let both = Program::made_by(&pigeon, &owner, &["read", "own"]).await;
    let bearer = |token: &str| format!("Bearer {token}");
    let open = async |token: &str, path: &'static str| {
        Socket::open_as(&pigeon.program(), path, &bearer(token)).await
    };
    let mut team = open(&both.token, "/api/v1/live").await.unwrap();
    assert!(matches!(team.frame().await, StaffFrame::Hello { .. }));
    let mut own = open(&both.token, "/api/v1/live?mine=true").await.unwrap();
    let hello: UserFrame = serde_json::from_str(&own.text().await).unwrap();
    assert!(matches!(hello, UserFrame::Hello { .. }));
    let reader = Program::made_by(&pigeon, &owner, &["read"]).await;
    assert_eq!(
        open(&reader.token, "/api/v1/live?mine=true").await.err(),
        Some(403)
    );
    assert_eq!(open("pgn_nonsense", "/api/v1/live").await.err(), Some(401));

    let page = owner.get("/account/tokens").await.text();
    for form in page.split("action=\"/account/tokens/").skip(1) {
        let token = form.split('/').next().unwrap();
        let path = format!("/account/tokens/{token}/revoke");
        owner.post(&path, &[]).await.is_done("token_revoked");
    }
    assert_eq!(team.closed().await, close::REVOKED);
    assert_eq!(own.closed().await, close::REVOKED);
}
