//! The settings, as a page and as what holds after it.

use pigeon_core::setting::Overrides;

use crate::harness::{Answer, Browser, Pigeon, guidos_question};

async fn olga(pigeon: &Pigeon) -> Browser {
    pigeon.signed_in("owner").await
}

/// The part of the page about one field.
fn about<'p>(page: &'p str, name: &str) -> &'p str {
    let start = page.find(&format!("for=\"{name}\"")).unwrap();
    let end = page[start..].find("</div>").unwrap();
    &page[start..start + end]
}

async fn saved(browser: &Browser, fields: &[(&str, &str)]) {
    let answer = browser.post("/settings", fields).await;
    assert_eq!(
        (answer.status, answer.location()),
        (303, "/settings?done=saved"),
        "{}",
        answer.text()
    );
}

fn refused(answer: &Answer, status: u16, name: &str, words: &str) {
    let page = answer.text();
    assert_eq!(answer.status, status, "{name}: {page}");
    let field = about(&page, name);
    assert!(field.contains(words), "{words}: {field}");
    assert!(field.contains("aria-invalid=\"true\""), "{field}");
}

#[tokio::test]
async fn every_setting_has_a_label_and_a_field() {
    let pigeon = Pigeon::start().await;
    let olga = olga(&pigeon).await;
    let answer = olga.get("/settings").await;
    assert_eq!(answer.status, 200);
    let page = answer.text();
    for setting in pigeon_wire::setting::Setting::ALL {
        let field = about(&page, setting.as_str());
        assert!(field.contains("class=\"field-hint\""), "{field}");
    }
    assert!(about(&page, "link_days").contains("1 to 365."), "{page}");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!page.contains("brand.css"), "no colour was chosen");
    let german = olga
        .ask("GET", "/settings")
        .header("accept-language", "de")
        .send()
        .await
        .text();
    assert!(about(&german, "link_days").contains("1 bis 365."));
}

#[tokio::test]
async fn every_bound_is_checked_and_what_was_typed_stays() {
    let pigeon = Pigeon::start().await;
    let olga = olga(&pigeon).await;
    let before = pigeon.database_bytes();
    for (name, was, typed, words) in [
        ("site_name", "Pigeon", "", "Please fill this in"),
        ("site_name", "Pigeon", "a\u{7}b", "one line"),
        ("language", "en", "tlh", "choose one"),
        ("accent", "", "red", "like #0f6b5c"),
        ("time_zone", "UTC", "Mars/Base", "choose one"),
        ("allow_guest_threads", "on", "maybe", "choose one"),
        ("link_days", "30", "0", "from 1 to 365"),
        ("link_days", "30", "366", "from 1 to 365"),
        ("link_days", "30", "ten", "whole number"),
        ("link_days", "30", "", "Please fill this in"),
        ("from_name", "Pigeon", "", "Please fill this in"),
        (
            "from_address",
            "pigeon@localhost.localdomain",
            "me",
            "mail address",
        ),
        ("support_recipients", "", "a@x.org, me", "mail address"),
        ("undo_s", "10", "31", "from 0 to 30"),
        ("joining_delay_s", "120", "3601", "from 0 to 3600"),
        ("rate_messages", "10", "0", "from 1 to 1000000"),
        ("rate_window_s", "300", "86401", "from 1 to 86400"),
        (
            "honeypot_field",
            "website",
            "body",
            "needs a field of this name",
        ),
        ("honeypot_field", "website", "my page", "underscores"),
        ("unverified_mails_hour", "3", "101", "from 1 to 100"),
        ("unverified_mails_day", "10", "0", "from 1 to 1000"),
        (
            "unverified_mails_total_hour",
            "200",
            "-1",
            "from 1 to 1000000",
        ),
    ] {
        let was_name = format!("was.{name}");
        let fields = [
            (name, typed),
            (was_name.as_str(), was),
            ("was.show_seen_to_guests", "on"),
        ];
        let answer = olga.post("/settings", &fields).await;
        refused(&answer, 422, name, words);
        let page = answer.text();
        assert!(page.contains("role=\"alert\""), "{name}");
        if !typed.is_empty() && !["maybe", "tlh", "Mars/Base"].contains(&typed) {
            assert!(about(&page, name).contains(typed), "{name}: {page}");
        }
        assert!(
            !about(&page, "show_seen_to_guests").contains("checked"),
            "the switch stays as it was put"
        );
    }
    assert!(pigeon.database_bytes() == before, "nothing was stored");
}

#[tokio::test]
async fn a_changed_setting_holds_on_the_next_page() {
    let pigeon = Pigeon::start().await;
    let olga = olga(&pigeon).await;
    let fields = [
        ("site_name", "Harbour Tools"),
        ("was.site_name", "Pigeon"),
        ("accent", "#aa0000"),
        ("was.accent", ""),
        ("honeypot_field", "homepage"),
        ("was.honeypot_field", "website"),
        ("language", "de"),
        ("was.language", "en"),
    ];
    saved(&olga, &fields).await;
    let page = olga.get("/settings?done=saved").await.text();
    assert!(page.contains("Gespeichert."), "{page}");
    assert!(page.contains("/brand.css?v=aa0000"), "{page}");
    let contact = pigeon.browser().get("/contact").await.text();
    assert!(contact.contains("Harbour Tools") && contact.contains("lang=\"de\""));
    assert!(contact.contains("name=\"homepage\"") && contact.contains("/brand.css?v=aa0000"));
    let snippet = olga.get("/settings/form").await.text();
    assert!(snippet.contains("name=\"homepage\"") && !snippet.contains("name=\"website\""));
    let mut trapped = guidos_question().to_vec();
    trapped.push(("homepage", "https://spam.example"));
    let caught = pigeon.browser().post("/contact", &trapped).await;
    assert_eq!(caught.location(), "/contact/sent");

    let styles = pigeon.browser().get("/brand.css?v=aa0000").await;
    assert_eq!(styles.header("content-type"), "text/css; charset=utf-8");
    assert!(styles.header("cache-control").contains("immutable"));
    assert!(styles.text().contains("--accent:light-dark(#aa0000,"));
    let old = pigeon.browser().get("/brand.css?v=00aa00").await;
    assert_eq!(old.header("cache-control"), "no-store");

    saved(&olga, &[("was.allow_guest_threads", "on")]).await;
    let closed = pigeon.browser().post("/contact", &guidos_question()).await;
    assert_eq!(closed.status, 403);
    let kept = closed.text();
    assert!(kept.contains("When do you open on Sundays?"), "{kept}");
}

#[tokio::test]
async fn guests_see_the_logo_and_the_clocks_of_the_site() {
    let pigeon = Pigeon::start().await;
    let olga = olga(&pigeon).await;
    let fields = [("time_zone", "Asia/Tokyo"), ("was.time_zone", "UTC")];
    saved(&olga, &fields).await;
    let guido = pigeon.browser();
    let sent = guido.post("/contact", &guidos_question()).await;
    let talk = guido.get(sent.location()).await.text();
    assert!(
        talk.contains(" JST") && talk.contains("guest-mark"),
        "{talk}"
    );

    let dot: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\
        \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    let lead = b"--b\r\ncontent-disposition: form-data; name=\"logo\"; filename=\"a.gif\"\r\n\r\n";
    let form = |file: &[u8]| [lead, file, b"\r\n--b--\r\n"].concat();
    let upload = async |who: &Browser, file: &[u8]| {
        let ask = who.ask("POST", "/settings/logo");
        let ask = ask.header("content-type", "multipart/form-data; boundary=b");
        ask.body(form(file)).send().await
    };
    let agent = pigeon.signed_in("agent").await;
    assert_eq!(upload(&agent, dot).await.status, 403);
    let refused = upload(&olga, b"<svg onload='alert(1)'/>").await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("role=\"alert\""));
    upload(&olga, dot).await.is_done("logo_saved");
    let talk = guido.get(sent.location()).await.text();
    let (_, rest) = talk.split_once("src=\"/logo.png?v=").expect("a logo");
    let path = format!("/logo.png?v={}", rest.split('"').next().unwrap());
    let shown = pigeon.browser().get(&path).await;
    assert_eq!(
        (shown.status, shown.header("content-type")),
        (200, "image/png")
    );
    assert!(shown.header("cache-control").contains("immutable"));
    assert!(shown.header("content-security-policy").contains("sandbox"));
    olga.post("/settings/logo/remove", &[])
        .await
        .is_done("logo_removed");
    assert_eq!(pigeon.browser().get(&path).await.status, 404);
    let talk = guido.get(sent.location()).await.text();
    assert!(talk.contains("guest-mark") && !talk.contains("/logo.png"));
}

#[tokio::test]
async fn what_the_environment_fixes_is_shown_locked_and_stays() {
    let pigeon = Pigeon::start_with(Overrides {
        link_days: Some(7),
        site_name: Some("Fixed".to_owned()),
        ..Overrides::default()
    })
    .await;
    let olga = olga(&pigeon).await;
    let page = olga.get("/settings").await.text();
    for (name, variable) in [
        ("link_days", "PIGEON_LINK_DAYS"),
        ("site_name", "PIGEON_SITE_NAME"),
        ("public_url", "PIGEON_PUBLIC_URL"),
    ] {
        let field = about(&page, name);
        assert!(
            field.contains(" disabled") && field.contains(variable),
            "{field}"
        );
        assert!(!page.contains(&format!("name=\"was.{name}\"")), "{name}");
    }
    for forged in [
        [("link_days", "9"), ("was.link_days", "7")].as_slice(),
        &[("link_days", "9")],
        &[("was.link_days", "7")],
    ] {
        let answer = olga.post("/settings", forged).await;
        refused(&answer, 422, "link_days", "cannot be changed here");
    }
    assert_eq!(pigeon.office.settings().link_days, 7);
}

#[tokio::test]
async fn a_form_from_before_somebody_elses_change_is_told_who() {
    let pigeon = Pigeon::start().await;
    let olga = olga(&pigeon).await;
    let anna = pigeon.signed_in("admin").await;
    saved(&anna, &[("link_days", "9"), ("was.link_days", "30")]).await;
    pigeon.clock.forward(61_000);
    let mine = [
        ("link_days", "7"),
        ("was.link_days", "30"),
        ("site_name", "Mine"),
        ("was.site_name", "Pigeon"),
    ];
    let answer = olga.post("/settings", &mine).await;
    refused(
        &answer,
        409,
        "link_days",
        "admin set this to “9” a minute ago",
    );
    assert_eq!(answer.field("link_days"), "7");
    assert_eq!(answer.field("was.link_days"), "9");
    assert_eq!(answer.field("site_name"), "Mine");
    assert_eq!(pigeon.office.settings().link_days, 9);
    saved(&olga, &[("link_days", "7"), ("was.link_days", "9")]).await;
    assert_eq!(pigeon.office.settings().link_days, 7);

    let program = pigeon.program();
    program.keep_from(&olga);
    let late = [("link_days", "8"), ("was.link_days", "30")];
    let told = program.post("/settings", &late).await;
    assert_eq!(
        (told.status, &told.json()["code"]),
        (409, &"changed".into())
    );
    let wrong = [("link_days", "0"), ("was.link_days", "7")];
    let told = program.post("/settings", &wrong).await;
    assert_eq!(
        (told.status, &told.json()["code"]),
        (422, &"invalid".into())
    );
}
