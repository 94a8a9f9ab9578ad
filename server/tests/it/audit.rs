//! The audit log, as a page.

use pigeon_core::role;
use pigeon_wire::permission::Permission;
use serde_json::json;

use crate::harness::{Browser, PASSWORD, Pigeon};

/// The lines of the log's page.
async fn lines(browser: &Browser, query: &str) -> Vec<String> {
    let page = browser.get(&format!("/audit?{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    let rows = text.split("<li class=\"ledger-row\">").skip(1);
    rows.map(|row| row.split("</li>").next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn acts_are_worded_filtered_and_hold_no_secret() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let olga = pigeon.signed_in("owner").await;
    let nora = pigeon.signed_in("agent").await;
    let failed = [
        ("email", "agent@example.org"),
        ("password", "my other secret"),
    ];
    assert_eq!(pigeon.browser().post("/login", &failed).await.status, 401);
    let closed = json!({ "thread": thread, "status": "closed" });
    assert_eq!(nora.call("thread/status", &closed).await.status, 200);
    let invited = [("email", "ina@example.org"), ("role", "agent")];
    olga.post("/people", &invited).await.is_done("invited");

    let all = lines(&olga, "").await.join("\n");
    for sentence in [
        "owner invited ina@example.org",
        "agent set the status to “closed”",
        "A log-in as agent failed, from 127.0.0.1",
        "agent was added from the command line",
        &format!("href=\"/inbox/{thread}\""),
        "Opening hours",
    ] {
        assert!(all.contains(sentence), "{sentence} in {all}");
    }
    for secret in ["my other secret", PASSWORD, "on Sundays"] {
        assert!(!all.contains(secret), "{secret}");
    }
    let status = lines(&olga, "act=status_set").await;
    assert_eq!(status.len(), 1, "{status:?}");
    assert_eq!(lines(&olga, "until=2020-01-31").await, [""; 0]);
    assert_eq!(lines(&olga, "from=2020-01-31&act=invited").await.len(), 1);
    let strange = lines(&olga, "person=x&act=y&from=z&after=1&thread=?").await;
    assert_eq!(strange.len(), lines(&olga, "").await.len());
    let german = olga.ask("GET", "/audit").header("accept-language", "de");
    let german = german.send().await.text();
    assert!(
        german.contains("owner hat ina@example.org eingeladen"),
        "{german}"
    );

    assert_eq!(nora.get("/audit").await.status, 403);
    assert_eq!(pigeon.program().get("/audit").await.status, 401);
}

#[tokio::test]
async fn whoever_reads_no_inbox_finds_no_way_into_a_conversation() {
    let pigeon = Pigeon::start().await;
    let (_, path) = pigeon.guest_with_thread().await;
    let thread = path.trim_start_matches("/c/");
    let olga = pigeon.signed_in("owner").await;
    let uwe = pigeon.signed_in("user").await;
    let closed = json!({ "thread": thread, "status": "closed" });
    assert_eq!(olga.call("thread/status", &closed).await.status, 200);
    let only = [
        ("name", "Settings"),
        (Permission::ManageSettings.as_str(), "on"),
    ];
    olga.post("/roles", &only).await.is_done("role_made");
    let roles = olga.get("/roles").await.text();
    let slug = roles.split("/roles/custom-").nth(1).expect("a link");
    let slug = format!("custom-{}", slug.split('"').next().unwrap());
    let list = olga.get("/people?q=user").await.text();
    let id = list.split("href=\"/people/").nth(1).expect("a person");
    let role = format!("/people/{}/role", id.split('"').next().unwrap());
    olga.post(&role, &[("role", &slug)])
        .await
        .is_done("role_changed");

    let told = lines(&uwe, "act=status_set").await.join("\n");
    assert!(told.contains("owner set the status"), "{told}");
    assert!(
        !told.contains("/inbox/") && !told.contains("Opening hours"),
        "{told}"
    );
    let told = lines(&olga, "act=status_set").await.join("\n");
    assert!(told.contains("Opening hours"), "{told}");
}

#[tokio::test]
async fn the_log_goes_on_where_a_page_ended() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let secret = olga.cookie("__Host-pigeon").unwrap();
    let account = pigeon_core::session::recognise(&pigeon.office, &secret).await;
    let account = account.unwrap().unwrap();
    for n in 0..60 {
        let name = format!("Role {n}");
        role::create(&pigeon.office, &account, &name, &[Permission::AccessInbox])
            .await
            .unwrap();
    }
    let first = olga.get("/audit?act=role_made").await.text();
    let next = first.split("href=\"/audit?").skip(1);
    let next = next.map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
    let next = next
        .into_iter()
        .find(|query| query.contains("after="))
        .expect("older");
    assert_eq!(lines(&olga, "act=role_made").await.len(), 50);
    assert_eq!(lines(&olga, &next).await.len(), 10);
}
