//! Customers as the team knows them, and senders whom it does not hear.

use pigeon_core::guest::{self, Standing};

use crate::harness::{Answer, Browser, Pigeon};

/// What Gerda types into the contact form.
fn question(email: &str) -> [(&'static str, String); 4] {
    [
        ("name", "Gerda".to_owned()),
        ("email", email.to_owned()),
        ("subject", "Teapots".to_owned()),
        ("body", "They are cheap.".to_owned()),
    ]
}

async fn asks(browser: &Browser, email: &str, from: &str) -> Answer {
    let form = question(email);
    let fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let ask = browser.ask("POST", "/contact");
    ask.header("x-forwarded-for", from)
        .form(&fields)
        .send()
        .await
}

/// The whole of an answer, with what is another one each time put out of sight: ids and secrets.
fn alike(answer: &Answer) -> String {
    let own = ["x-request-id", "date"];
    let head = answer.headers.iter();
    let head = head.filter(|(name, _)| !own.contains(&name.as_str()));
    let head = head.map(|(name, value)| format!("{name}: {value}\n"));
    let all = format!(
        "{}\n{}\n{}",
        answer.status,
        head.collect::<String>(),
        answer.text()
    );
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let mut out = String::new();
    let mut word = String::new();
    for c in all.chars().chain(['\n']) {
        if is_part(c) {
            word.push(c);
            continue;
        }
        let is_random = word.len() >= 20;
        out.push_str(if is_random { "…" } else { &word });
        word.clear();
        out.push(c);
    }
    out
}

/// The address of the card of the guest who is in the conversation at `/c/…`.
async fn card_of(pigeon: &Pigeon, guest: &Browser, path: &str) -> String {
    let thread = path.trim_start_matches("/c/");
    let secret = guest.cookie(&format!("__Host-pigeon-c-{thread}")).unwrap();
    let standing = guest::standing(&pigeon.office, thread.parse().unwrap(), &secret).await;
    let Standing::Good(guest) = standing.unwrap() else {
        panic!("the guest is in")
    };
    format!("/contacts/{}", guest.person)
}

#[tokio::test]
async fn a_blocked_sender_gets_every_answer_that_anybody_gets() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let known = pigeon.browser();
    let there = asks(&known, "b@two.example", "10.2.0.9")
        .await
        .location()
        .to_owned();
    nora.post("/blocked", &[("email", "A@one.example")])
        .await
        .is_done("blocked");
    nora.post("/blocked", &[("email", "b@two.example")])
        .await
        .is_done("blocked");
    let (blocked, heard) = (pigeon.browser(), pigeon.browser());
    let one = asks(&blocked, "a@one.example", "10.2.0.1").await;
    let two = asks(&heard, "c@six.example", "10.2.0.2").await;
    assert_eq!((one.status, two.status), (303, 303));
    assert_eq!(alike(&one), alike(&two));
    let (theirs, other) = (one.location().to_owned(), two.location().to_owned());
    // The page shows a hint of the address and moments, which are another's; the rest is the same.
    let (one, two) = (blocked.get(&theirs).await, heard.get(&other).await);
    let pages = [
        alike(&one),
        alike(&two).replace("c•••@six.example", "a•••@one.example"),
    ];
    assert_eq!(pages[0], pages[1]);
    let reply = async |browser: &Browser, path: &str, body: &str| {
        let page = browser.get(path).await;
        let (key, seen) = (page.field("key"), page.field("seen"));
        let fields = [("body", body), ("key", &key), ("seen", &seen)];
        browser.post(path, &fields).await
    };
    let (one, two) = (
        reply(&blocked, &theirs, "Well?").await,
        reply(&heard, &other, "Well?").await,
    );
    assert_eq!(alike(&one), alike(&two));
    let three = reply(&known, &there, "Nobody?").await;
    assert_eq!(
        alike(&three),
        alike(&two),
        "in a thread that the team knows"
    );
    for (browser, path, said) in [
        (&blocked, &theirs, "Well?"),
        (&heard, &other, "Well?"),
        (&known, &there, "Nobody?"),
    ] {
        let page = browser.get(path).await.text();
        assert!(page.contains(said), "{said}: {page}");
    }

    assert_eq!(pigeon.threads_seen_by(&nora).await, 2);
    let page = nora.get("/quarantine").await.text();
    assert_eq!(page.matches("from a blocked sender").count(), 3, "{page}");
    assert!(
        page.contains("0 in the trap, 3 from blocked senders"),
        "{page}"
    );
    let inside = nora
        .get(&format!("/inbox/{}", there.trim_start_matches("/c/")))
        .await;
    assert!(!inside.text().contains("Nobody?"));
    pigeon.run_mails().await;
    let letters = pigeon.mailbox.letters();
    let to: Vec<&str> = letters.iter().map(|letter| letter.to.1.as_str()).collect();
    assert_eq!(to, ["c@six.example"]);
}

#[tokio::test]
async fn the_card_shows_notes_blocks_and_lifts() {
    let pigeon = Pigeon::start().await;
    let nora = pigeon.signed_in("agent").await;
    let gerda = pigeon.browser();
    let path = asks(&gerda, "gerda@one.example", "10.2.0.1")
        .await
        .location()
        .to_owned();
    let card = card_of(&pigeon, &gerda, &path).await;
    let page = nora.get(&card).await.text();
    for part in [
        "gerda@one.example",
        "not verified",
        "One conversation",
        "Teapots",
        "Save note",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(
        !page.contains("Block all of"),
        "domains are for whoever keeps the settings"
    );
    let note = [card.as_str(), "/note"].concat();
    let typed = "Calls <b>weekly</b>.";
    nora.post(&note, &[("body", typed), ("seen", "0")])
        .await
        .is_done("note_saved");
    let late = nora
        .post(&note, &[("body", "Never calls."), ("seen", "0")])
        .await;
    assert_eq!(late.status, 409);
    let both = late.text();
    assert!(
        both.contains("Calls &lt;b") && both.contains("Never calls."),
        "{both}"
    );
    assert_eq!(late.field("seen"), "1");
    let long = nora
        .post(&note, &[("body", &"x".repeat(4001)), ("seen", "1")])
        .await;
    assert_eq!(long.status, 422);

    let beside = nora
        .get(&format!(
            "{card}/beside?thread={}",
            path.trim_start_matches("/c/")
        ))
        .await;
    assert_eq!(beside.header("cache-control"), "no-store");
    let part = beside.text();
    assert!(
        part.contains("Calls &lt;b") && part.contains("This is the only one."),
        "{part}"
    );
    assert!(!part.contains("<html"));

    let back = card.trim_start_matches("/contacts/");
    let blocked = nora
        .post(
            "/blocked",
            &[("email", "gerda@one.example"), ("back", back)],
        )
        .await;
    assert_eq!(blocked.location(), format!("{card}?done=blocked"));
    let page = nora.get(&card).await.text();
    assert!(page.contains("Blocked: gerda@one.example"), "{page}");
    let (_, rest) = page
        .split_once("action=\"/blocked/")
        .expect("a way to lift it");
    let lift = format!("/blocked/{}", rest.split('"').next().unwrap());
    let lifted = nora.post(&lift, &[("back", "//evil.example")]).await;
    assert_eq!(lifted.location(), "/blocked?done=lifted");
    let again = nora.post(&lift, &[]).await;
    assert_eq!(again.location(), "/blocked?done=overtaken");
    let links = nora.post(&[card.as_str(), "/links"].concat(), &[]).await;
    assert_eq!(links.location(), format!("{card}?done=links_asked"));

    let vera = pigeon.signed_in("viewer").await;
    let page = vera.get(&card).await.text();
    assert!(page.contains("Calls &lt;b"), "{page}");
    for way in ["<textarea", "Send fresh links", "Block this address"] {
        assert!(!page.contains(way), "{way} in {page}");
    }
    assert_eq!(
        vera.post(&note, &[("body", "?"), ("seen", "1")])
            .await
            .status,
        403
    );
    assert_eq!(vera.get("/blocked").await.status, 403);
    for browser in [&gerda, &pigeon.signed_in("user").await] {
        let page = browser.get(&path).await.text();
        assert!(!page.contains("weekly"));
        assert_ne!(browser.get(&card).await.status, 200);
    }
}

#[tokio::test]
async fn a_domain_is_blocked_by_whoever_keeps_the_settings() {
    let pigeon = Pigeon::start().await;
    let (nora, olga) = (
        pigeon.signed_in("agent").await,
        pigeon.signed_in("owner").await,
    );
    assert_eq!(
        nora.post("/blocked", &[("email", "one.example")])
            .await
            .status,
        403
    );
    olga.post("/blocked", &[("email", "One.Example")])
        .await
        .is_done("blocked");
    olga.post("/blocked", &[("email", "gmail.com")])
        .await
        .is_done("blocked_shared");
    let wrong = olga.post("/blocked", &[("email", "one example")]).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text().contains("neither a mail address nor a domain"),
        "{}",
        wrong.text()
    );
    assert_eq!(wrong.field("email"), "one example");
    let team = olga
        .post("/blocked", &[("email", "agent@example.org")])
        .await;
    assert!(
        team.text().contains("Somebody of the team"),
        "{}",
        team.text()
    );
    let list = nora.get("/blocked").await.text();
    assert!(
        list.contains("one.example") && list.contains("Domain, with all below it"),
        "{list}"
    );
    assert!(!list.contains("/lift"), "no agent lifts a domain's");
    assert!(olga.get("/blocked").await.text().contains("/lift"));
}
