//! What whoever looks after a house does with it, by programs.

use pigeon_core::guest;
use pigeon_core::testing::visitor;
use pigeon_wire::message::StartForm;
use pigeon_wire::thread::Source;
use serde_json::{Value, json};

use super::{Program, key};
use crate::harness::{Answer, Pigeon};

async fn put(who: &Program, path: &str, body: Value) -> Answer {
    who.send("PUT", path, None, Some(body)).await
}

async fn post(who: &Program, path: &str, body: Option<Value>) -> Answer {
    who.send("POST", path, None, body).await
}

#[tokio::test]
async fn settings_mails_and_the_log_are_looked_after() {
    let pigeon = Pigeon::start().await;
    let admin = Program::of(&pigeon, "admin", &["administer"]).await;
    let list = admin.get("/api/v1/settings").await.json();
    let named = |list: &Value, name: &str| -> Value {
        let items = list["items"].as_array().unwrap();
        items.iter().find(|one| one["name"] == name).unwrap()["value"].clone()
    };
    let before = named(&list, "link_days");
    let path = "/api/v1/settings/link_days";
    let late = put(&admin, path, json!({ "value": "7", "was": "99" })).await;
    assert_eq!(late.status, 409, "{}", late.text());
    let wrong = put(&admin, path, json!({ "value": "none" })).await;
    assert_eq!(wrong.status, 422);
    let done = put(&admin, path, json!({ "value": "7", "was": before })).await;
    assert_eq!(done.status, 204, "{}", done.text());
    assert_eq!(pigeon.office.settings().link_days, 7);
    let unknown = put(&admin, "/api/v1/settings/moon", json!({ "value": "1" })).await;
    assert_eq!(unknown.status, 404);

    let trial = post(&admin, "/api/v1/mails/test", None).await;
    assert_eq!(
        (trial.status, &trial.json()["refusal"]),
        (200, &Value::Null)
    );
    pigeon.guest_with_thread().await;
    let mails = admin.get("/api/v1/mails?view=waiting").await;
    assert!(
        !mails.text().contains("When do you open"),
        "nothing of what stands in them"
    );
    let mail = mails.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let cancel = format!("/api/v1/mails/{mail}/cancel");
    assert_eq!(post(&admin, &cancel, None).await.status, 204);
    assert_eq!(post(&admin, &cancel, None).await.status, 404);
    assert_eq!(
        post(&admin, "/api/v1/mails/retry", None).await.json()["count"],
        0
    );

    let log = admin.get("/api/v1/audit?act=setting_changed").await.json();
    assert_eq!(log["items"].as_array().unwrap().len(), 1);
    assert_eq!(log["items"][0]["actor"]["name"], "admin");
    assert_eq!(admin.get("/api/v1/audit?act=nonsense").await.status, 400);
    // The right is asked for with each use: an agent's token opens none of it.
    let agent = Program::of(&pigeon, "agent", &["administer"]).await;
    for way in [
        "/api/v1/settings",
        "/api/v1/mails",
        "/api/v1/audit",
        "/api/v1/roles",
    ] {
        assert_eq!(agent.get(way).await.status, 403, "{way}");
    }
}

#[tokio::test]
async fn people_and_roles_are_looked_after() {
    let pigeon = Pigeon::start().await;
    let admin = Program::of(&pigeon, "admin", &["administer", "assign"]).await;
    let viewer = Program::of(&pigeon, "viewer", &["read"]).await;
    let role = json!({ "name": "Night watch", "permissions": ["access_inbox"] });
    let made = post(&admin, "/api/v1/roles", Some(role)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let word = made.json()["role"].as_str().unwrap().to_owned();
    let beyond = json!({ "name": "All", "permissions": ["read_direct"] });
    let refused = post(&admin, "/api/v1/roles", Some(beyond)).await;
    assert_eq!(refused.status, 422, "nobody gives what they do not hold");
    let people = admin.get("/api/v1/people?q=viewer").await.json();
    let id = people["items"][0]["id"].as_str().unwrap().to_owned();
    let person = |end: &str| format!("/api/v1/people/{id}/{end}");
    let given = put(&admin, &person("role"), json!({ "role": word })).await;
    assert_eq!(given.status, 204, "{}", given.text());
    let kept = post(
        &admin,
        &format!("/api/v1/roles/{word}/delete"),
        Some(json!({})),
    )
    .await;
    assert_eq!(kept.status, 422, "somebody has it: {}", kept.text());
    let gone = json!({ "to": "viewer" });
    let gone = post(&admin, &format!("/api/v1/roles/{word}/delete"), Some(gone)).await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    assert_eq!(viewer.get("/api/v1/me").await.status, 200);
    let ended = post(
        &admin,
        &person("deactivate"),
        Some(json!({ "release": true })),
    )
    .await;
    assert_eq!(ended.status, 204, "{}", ended.text());
    assert_eq!(viewer.get("/api/v1/me").await.status, 401);
    assert_eq!(post(&admin, &person("reactivate"), None).await.status, 204);

    let invited = json!({ "email": "new@example.org", "role": "agent", "language": "de" });
    let invited = post(&admin, "/api/v1/invitations", Some(invited)).await;
    assert_eq!(invited.status, 204, "{}", invited.text());
    let list = admin.get("/api/v1/invitations").await.json();
    assert_eq!(list["items"][0]["role"], "agent");
    let invitation = list["items"][0]["id"].as_str().unwrap();
    let way = format!("/api/v1/invitations/{invitation}/revoke");
    assert_eq!(post(&admin, &way, None).await.status, 204);
    assert_eq!(post(&admin, &way, None).await.status, 404);
}

#[tokio::test]
async fn hooks_and_catches_are_looked_after() {
    let pigeon = Pigeon::start().await;
    let owner = Program::of(&pigeon, "owner", &["administer", "write"]).await;
    let bad = json!({ "name": "x", "url": "nowhere", "events": ["message.created"] });
    assert_eq!(
        post(&owner, "/api/v1/webhooks", Some(bad)).await.status,
        422
    );
    let hook = json!({
        "name": "Ledger", "url": "https://hooks.example/pigeon", "events": ["message.created"]
    });
    let made = post(&owner, "/api/v1/webhooks", Some(hook)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let made = made.json();
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
    let id = made["id"].as_str().unwrap();
    let list = owner.get("/api/v1/webhooks").await;
    assert!(!list.text().contains("whsec_"), "told once");
    assert_eq!(list.json()["items"][0]["name"], "Ledger");
    let active = format!("/api/v1/webhooks/{id}/active");
    let off = put(&owner, &active, json!({ "active": false })).await;
    assert_eq!(off.status, 204);
    let log = owner
        .get(&format!("/api/v1/webhooks/{id}/deliveries"))
        .await
        .json();
    assert_eq!(log["items"], json!([]));
    let delete = format!("/api/v1/webhooks/{id}/delete");
    assert_eq!(post(&owner, &delete, None).await.status, 204);
    assert_eq!(post(&owner, &delete, None).await.status, 404);

    let form = StartForm {
        email: "guido@example.org".to_owned(),
        body: "Buy this.".to_owned(),
        key: key('b'),
        ..StartForm::default()
    };
    let door = visitor("198.51.100.9");
    let caught = guest::start(&pigeon.office, &form, "I am a robot", Source::Form, &door).await;
    assert_eq!(caught.unwrap(), guest::Started::Caught);
    let page = owner.get("/api/v1/quarantine").await.json();
    assert_eq!(page["items"][0]["text"], "Buy this.");
    let one = page["items"][0]["id"].as_str().unwrap();
    let accepted = post(&owner, &format!("/api/v1/quarantine/{one}/accept"), None).await;
    assert_eq!(accepted.status, 201, "{}", accepted.text());
    let thread = accepted.json()["thread"].as_str().unwrap().to_owned();
    assert_eq!(
        owner.get(&format!("/api/v1/threads/{thread}")).await.status,
        200
    );
    assert_eq!(owner.get("/api/v1/counts").await.json()["pending"], 1);
    let revoke = format!("/api/v1/threads/{thread}/links/revoke");
    assert_eq!(post(&owner, &revoke, None).await.status, 204);
}
