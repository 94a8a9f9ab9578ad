//! Accounts made, found again and moved by links in mails, at their doors.

use pigeon_core::setting::Overrides;

use crate::harness::{Answer, PASSWORD, Pigeon};

const FRESH: &str = "five calm grey pigeons";

async fn open_house() -> Pigeon {
    Pigeon::start_with(Overrides {
        open_registration: Some(true),
        ..Overrides::default()
    })
    .await
}

/// The path of the newest link mailed to `address`.
async fn mailed(pigeon: &Pigeon, address: &str) -> String {
    pigeon.run_mails().await;
    let letters = pigeon.mailbox.letters();
    let mut to = letters.iter().rev().filter(|l| l.to.1.as_str() == address);
    let found = to.find_map(|letter| letter.text.split_once("/confirm/"));
    let (_, rest) = found.expect("a link");
    let token: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    format!("/confirm/{token}")
}

/// All that an answer tells, but for what is another each time.
fn told(answer: &Answer, email: &str) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| {
        !["date", "x-request-id", "content-security-policy"].contains(&name.as_str())
    });
    (
        answer.status,
        headers.cloned().collect(),
        answer.text().replace(email, "EMAIL"),
    )
}

#[tokio::test]
async fn an_account_is_made_behind_the_mailed_link() {
    let pigeon = open_house().await;
    let ina = pigeon.browser();
    let log_in = ina.get("/login").await.text();
    assert!(log_in.contains("/register") && log_in.contains("/reset"));
    let asked = ina.post("/register", &[("email", "ina@example.org")]).await;
    assert_eq!((asked.status, asked.location()), (303, "/register?sent"));
    assert!(ina.get("/register?sent").await.text().contains("mailbox"));
    let path = mailed(&pigeon, "ina@example.org").await;

    let before = pigeon.database_bytes();
    let followed = ina.get(&path).await;
    assert_eq!((followed.status, followed.location()), (303, "/confirm"));
    assert_eq!(followed.header("referrer-policy"), "no-referrer");
    let cookie = followed.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "__Host-"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let form = ina.get("/confirm").await;
    assert_eq!(form.status, 200);
    let token = path.trim_start_matches("/confirm/");
    assert!(!form.text().contains(token), "the page carries no secret");
    assert!(!form.text().contains("<script"), "and no program");
    assert_eq!(before, pigeon.database_bytes(), "looking writes nothing");

    let short = [("name", "Ina"), ("password", "short"), ("language", "de")];
    let refused = ina.post("/confirm", &short).await;
    assert_eq!(
        (refused.status, refused.field("name")),
        (422, "Ina".to_owned())
    );
    let good = [("name", "Ina"), ("password", PASSWORD), ("language", "de")];
    let made = ina.post("/confirm", &good).await;
    assert_eq!((made.status, made.location()), (303, "/threads"));
    assert_eq!(ina.get("/account").await.status, 200);
    assert_eq!(ina.cookie("__Host-pigeon-proof"), None);
    for path in [path.as_str(), "/confirm"] {
        let late = pigeon.browser().get(path).await;
        assert_eq!(late.status, 404);
        assert!(late.text().contains("does not work"), "{}", late.text());
    }
    assert_eq!(pigeon.program().get("/confirm").await.status, 404);
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    let pigeon = open_house().await;
    pigeon.signed_in("agent").await;
    for door in ["/register", "/reset"] {
        let answered = async |email: &str| {
            let browser = pigeon.browser();
            let sent = browser.post(door, &[("email", email)]).await;
            let page = browser.get(sent.location()).await;
            (told(&sent, email), told(&page, email))
        };
        let known = answered("agent@example.org").await;
        assert_eq!(known.0.0, 303);
        assert_eq!(known, answered("nobody@example.org").await, "{door}");
        // Once more, while a mail is on its way.
        assert_eq!(known, answered("agent@example.org").await, "{door}");
    }
    let nonsense = pigeon
        .browser()
        .post("/reset", &[("email", "nonsense")])
        .await;
    assert_eq!(
        (nonsense.status, nonsense.field("email")),
        (422, "nonsense".to_owned())
    );
}

#[tokio::test]
async fn a_closed_house_says_so() {
    let pigeon = Pigeon::start().await;
    let ina = pigeon.browser();
    assert!(!ina.get("/login").await.text().contains("/register"));
    assert_eq!(ina.get("/register").await.status, 403);
    let typed = [("email", "ina@example.org")];
    assert_eq!(ina.post("/register", &typed).await.status, 403);
    assert_eq!(
        pigeon.program().post("/register", &typed).await.json()["code"],
        "off"
    );
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_once() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let other = pigeon.browser();
    other
        .post("/reset", &[("email", "agent@example.org")])
        .await;
    let path = mailed(&pigeon, "agent@example.org").await;
    other.get(&path).await;
    let set = other.post("/confirm", &[("password", FRESH)]).await;
    assert_eq!((set.status, set.location()), (303, "/inbox"));
    assert_eq!(other.get("/inbox").await.status, 200);
    assert_eq!(nora.get("/inbox").await.location(), "/login?next=/inbox");
    assert_eq!(pigeon.browser().get(&path).await.status, 404);
}

#[tokio::test]
async fn an_account_moves_and_comes_back() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let typed = [
        ("email", "new@example.org"),
        ("own_password", "wrong password"),
    ];
    let refused = nora.post("/account/address", &typed).await;
    assert_eq!(
        (refused.status, refused.field("email")),
        (422, "new@example.org".to_owned())
    );
    let typed = [("email", "new@example.org"), ("own_password", PASSWORD)];
    nora.post("/account/address", &typed)
        .await
        .is_done("moving");
    let path = mailed(&pigeon, "new@example.org").await;

    // Whoever has the new mailbox, and is not in the account, can do nothing.
    let stranger = pigeon.browser();
    stranger.get(&path).await;
    let shown = stranger.get("/confirm").await.text();
    assert!(shown.contains("log in to your account first"), "{shown}");
    assert_eq!(stranger.post("/confirm", &[]).await.status, 401);

    nora.get(&path).await;
    nora.post("/confirm", &[]).await.is_done("moved");
    assert!(
        nora.get("/account")
            .await
            .text()
            .contains("new@example.org")
    );
    let back = mailed(&pigeon, "agent@example.org").await;
    let owner = pigeon.browser();
    owner.get(&back).await;
    let taken = owner.post("/confirm", &[("password", FRESH)]).await;
    assert_eq!(taken.status, 303);
    assert!(
        owner
            .get("/account")
            .await
            .text()
            .contains("agent@example.org")
    );
    assert_eq!(
        nora.get("/inbox").await.status,
        303,
        "whoever moved it is out"
    );
}

#[tokio::test]
async fn a_picture_is_handed_to_whoever_may_see_it() {
    let pigeon = Pigeon::start().await;
    let uwe = pigeon.signed_in("user").await;
    let dot: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\
        \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    let mut body =
        b"--b\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"a.gif\"\r\n\r\n"
            .to_vec();
    body.extend_from_slice(dot);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let ask = uwe.ask("POST", "/account/picture");
    let ask = ask
        .header("content-type", "multipart/form-data; boundary=b")
        .body(body);
    ask.send().await.is_done("picture_saved");
    let page = uwe.get("/account").await.text();
    let (_, rest) = page.split_once("src=\"/picture/").expect("a picture");
    let path = format!("/picture/{}", rest.split('"').next().unwrap());
    let shown = uwe.get(&path).await;
    assert_eq!(
        (shown.status, shown.header("content-type")),
        (200, "image/jpeg")
    );
    assert_eq!(
        pigeon.signed_in("viewer").await.get(&path).await.status,
        200
    );
    assert_eq!(pigeon.program().get(&path).await.status, 401);
    uwe.post("/account/picture/remove", &[])
        .await
        .is_done("picture_removed");
    assert_eq!(
        uwe.ask("GET", &path)
            .header("accept", "*/*")
            .send()
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn own_data_comes_as_a_file() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let file = nora.get("/account/export").await;
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(file.json()["profile"]["email"], "agent@example.org");
    assert_eq!(file.json()["threads"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn times_are_told_by_the_readers_clocks() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    assert!(
        nora.get("/account")
            .await
            .text()
            .contains("2026-11-23 00:00 UTC")
    );
    let zone = [
        ("name", "Nora"),
        ("language", "en"),
        ("time_zone", "Asia/Tokyo"),
    ];
    nora.post("/account", &zone).await.is_done("profile_saved");
    let page = nora.get("/account").await.text();
    assert!(page.contains("2026-11-23 09:00 JST"), "{page}");
    let wrong = [
        ("name", "Nora"),
        ("language", "en"),
        ("time_zone", "Mars/Base"),
    ];
    assert_eq!(nora.post("/account", &wrong).await.status, 422);
}
