//! People and roles, at their doors.

use pigeon_core::person;
use pigeon_wire::live::close;

use crate::harness::{Browser, PASSWORD, Pigeon, Socket};

const LINE: &str = "/api/v1/live";

/// Somebody's id, by the address of their page.
async fn path_of(browser: &Browser, name: &str) -> String {
    let page = browser.get(&format!("/people?q={name}&state=all")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    let (_, rest) = text.split_once("href=\"/people/").expect("a person");
    format!("/people/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn a_deactivated_person_is_out_with_the_next_request_and_the_open_socket() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let nora = pigeon.signed_in("agent").await;
    let mut line = Socket::open(&nora, LINE).await.unwrap();
    line.frame().await;
    let path = path_of(&olga, "agent").await;
    let foreign = olga
        .ask("POST", &format!("{path}/deactivate"))
        .header("origin", "https://evil.example")
        .header("sec-fetch-site", "cross-site")
        .form(&[])
        .send()
        .await;
    assert_eq!(foreign.status, 403);
    assert_eq!(nora.get("/inbox").await.status, 200, "nothing happened");
    let by_agent = nora.post(&format!("{path}/deactivate"), &[]).await;
    assert_eq!(by_agent.status, 403);

    olga.post(&format!("{path}/deactivate"), &[])
        .await
        .is_done("deactivated");
    assert_eq!(line.closed().await, close::REVOKED);
    assert_eq!(nora.get("/inbox").await.location(), "/login?next=/inbox");
    let typed = [("email", "agent@example.org"), ("password", PASSWORD)];
    assert_eq!(nora.post("/login", &typed).await.status, 401);
    let page = olga.get(&path).await.text();
    assert!(page.contains("Deactivated since"), "{page}");
    olga.post(&format!("{path}/reactivate"), &[])
        .await
        .is_done("reactivated");
    assert_eq!(nora.post("/login", &typed).await.status, 303);
}

#[tokio::test]
async fn the_last_owner_stays_whatever_is_posted() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let path = path_of(&olga, "owner").await;
    let page = olga.get(&path).await.text();
    assert!(page.contains("last owner who can sign in"), "{page}");
    for gone in ["/role\"", "/deactivate\""] {
        assert!(
            !page.contains(&format!("{path}{gone}")),
            "{gone} is not offered"
        );
    }
    let down = olga
        .post(&format!("{path}/role"), &[("role", "agent")])
        .await;
    assert_eq!(down.status, 422);
    assert!(down.text().contains("last owner"), "{}", down.text());
    let out = olga.post(&format!("{path}/deactivate"), &[]).await;
    assert_eq!(out.status, 422);
    assert_eq!(olga.get(&path).await.status, 200, "still the owner");
}

#[tokio::test]
async fn nobody_gives_a_role_above_their_own() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let admin = pigeon.signed_in("admin").await;
    pigeon.signed_in("agent").await;
    let (owner, agent) = (path_of(&olga, "owner").await, path_of(&olga, "agent").await);
    let page = admin.get(&agent).await.text();
    assert!(page.contains("value=\"lead\""), "{page}");
    assert!(
        !page.contains("value=\"owner\""),
        "what cannot be given is not offered"
    );
    let up = admin
        .post(&format!("{agent}/role"), &[("role", "owner")])
        .await;
    assert_eq!(up.status, 422);
    assert!(
        up.text().contains("Only owners may do this"),
        "{}",
        up.text()
    );
    let page = admin.get(&owner).await.text();
    assert!(page.contains("Only owners may change an owner"), "{page}");
    assert_eq!(
        admin.post(&format!("{owner}/deactivate"), &[]).await.status,
        422
    );
    assert_eq!(
        admin
            .post(&format!("{owner}/sessions"), &[("session", "all")])
            .await
            .status,
        422
    );
    let invited = [("email", "x@example.org"), ("role", "owner")];
    assert_eq!(admin.post("/people", &invited).await.status, 422);
    admin
        .post(&format!("{agent}/role"), &[("role", "lead")])
        .await
        .is_done("role_changed");
    assert_eq!(olga.get("/people/x").await.status, 404);
}

#[tokio::test]
async fn a_custom_role_is_made_changed_and_deleted_with_a_move() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    pigeon.signed_in("agent").await;
    let bad = [("name", " "), ("manage_threads", "on")];
    let refused = olga.post("/roles", &bad).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("id=\"manage_threads\""));
    let ticked = refused
        .text()
        .split("id=\"manage_threads\"")
        .nth(1)
        .unwrap()
        .to_owned();
    assert!(
        ticked.split('>').next().unwrap().contains("checked"),
        "the tick is kept"
    );
    let implied = refused
        .text()
        .split("id=\"access_inbox\"")
        .nth(1)
        .unwrap()
        .to_owned();
    let implied = implied.split('>').next().unwrap();
    assert!(!implied.contains("checked"), "and no other is added");
    let desk = [("name", "Night <desk>"), ("manage_threads", "on")];
    olga.post("/roles", &desk).await.is_done("role_made");
    let roles = olga.get("/roles").await.text();
    assert!(roles.contains("Night &lt;desk&gt;"), "{roles}");
    let slug = roles.split("/roles/custom-").nth(1).expect("a link");
    let path = format!("/roles/custom-{}", slug.split('"').next().unwrap());
    let agent = path_of(&olga, "agent").await;
    let role = path.trim_start_matches("/roles/").to_owned();
    olga.post(&format!("{agent}/role"), &[("role", &role)])
        .await
        .is_done("role_changed");
    let wider = [
        ("name", "Night"),
        ("manage_threads", "on"),
        ("read_direct", "on"),
    ];
    olga.post(&path, &wider).await.is_done("role_saved");
    pigeon.run_mails().await;
    let told = pigeon.mailbox.letters();
    let told = told
        .iter()
        .filter(|letter| letter.text.contains("/audit?act=read_direct_granted"));
    assert_eq!(told.count(), 1, "every owner is told");
    let held = olga.post(&format!("{path}/delete"), &[]).await;
    assert_eq!(held.status, 422);
    assert!(
        held.text().contains("Somebody still has this"),
        "{}",
        held.text()
    );
    let moved = olga
        .post(&format!("{path}/delete"), &[("to", "viewer")])
        .await;
    moved.is_done("role_deleted");
    assert_eq!(olga.get(&path).await.status, 404);
    assert_eq!(olga.get("/roles/agent").await.status, 404, "built in");
    assert!(
        olga.get(&agent)
            .await
            .text()
            .contains("value=\"viewer\" selected")
    );
    // An admin may not allow the reading of others' direct conversations.
    let admin = pigeon.signed_in("admin").await;
    let page = admin.get("/roles").await.text();
    let field = page.split("id=\"read_direct\"").nth(1).unwrap();
    assert!(
        field.split('>').next().unwrap().contains("disabled"),
        "{page}"
    );
    let forged = [("name", "Spy"), ("read_direct", "on")];
    assert_eq!(admin.post("/roles", &forged).await.status, 422);
}

#[tokio::test]
async fn the_list_is_filtered_by_name_role_and_state_and_paged() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    for n in 0..55 {
        let sql = format!(
            "INSERT INTO people (id, kind, name, email, email_folded, language, created_at) \
             VALUES (x'{n:032x}', 'user', 'Person {n:02}', 'p{n}@example.org', 'p{n}@example.org', \
             'en', 1)"
        );
        pigeon_core::testing::run_sql(&pigeon.office, &sql).await;
    }
    let first = olga.get("/people?q=person").await.text();
    assert!(
        first.contains("Person 49") && !first.contains("Person 50"),
        "{first}"
    );
    let next = first.split("href=\"/people?").nth(1).expect("a next page");
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    let second = olga.get(&format!("/people?{next}")).await.text();
    assert!(
        second.contains("Person 54") && !second.contains("Person 49"),
        "{second}"
    );
    let none = olga.get("/people?q=person&of=agent").await.text();
    assert!(none.contains("Nobody fits"), "{none}");
    let unasked = olga.get("/people?state=x&after=y&of=").await;
    assert_eq!(unasked.status, 200);
    person::add(&pigeon.office, "z@example.org", "Zoe", "agent", PASSWORD)
        .await
        .unwrap();
    let agents = olga.get("/people?of=agent").await.text();
    assert!(
        agents.contains("Zoe") && !agents.contains("Person 01"),
        "{agents}"
    );
    let nora = pigeon.signed_in("agent").await;
    let refused = nora.get("/people").await;
    assert_eq!(refused.status, 403);
    assert!(!refused.text().contains("Zoe"));
}
