//! Web hooks from the outside: their pages, and real deliveries to a receiver on this machine that is
//! slow, wrong, down and back.

mod receiver;

use pigeon_core::testing::Cast;
use pigeon_core::webhook::worker;
use pigeon_core::{guest, message};
use pigeon_wire::id::HOUR_MS;
use pigeon_wire::message::ReplyForm;

use crate::harness::{Answer, Browser, Pigeon};
use receiver::{Receiver, Say};

const HERE: &str = "/settings/webhooks";

/// Makes a hook that is told of messages, and gives its secret.
async fn make(owner: &Browser, url: &str) -> String {
    let fields = [("name", "CRM"), ("url", url), ("message_created", "on")];
    let answer = owner.post(HERE, &fields).await;
    let page = answer.text();
    assert_eq!(answer.status, 200, "{page}");
    let (_, secret) = page.split_once("whsec_").expect("a secret");
    let secret: String = secret.chars().take_while(|c| *c != '<').collect();
    let again = owner.get(HERE).await.text();
    assert!(
        again.contains("CRM") && !again.contains("whsec_"),
        "{again}"
    );
    format!("whsec_{}", secret.replace("&#x2F;", "/"))
}

/// The address of the newest hook's own page.
async fn own_page(owner: &Browser) -> String {
    let page = owner.get(HERE).await.text();
    let (_, rest) = page
        .split_once("href=\"/settings/webhooks/")
        .expect("a hook");
    format!("{HERE}/{}", rest.split('"').next().unwrap())
}

fn led(answer: &Answer, path: &str) {
    let text = answer.text();
    assert_eq!((answer.status, answer.location()), (303, path), "{text}");
}

fn said(pigeon: &Pigeon, body: &str) -> ReplyForm {
    ReplyForm {
        body: body.to_owned(),
        key: pigeon.office.fresh_key().into(),
        ..ReplyForm::default()
    }
}

#[tokio::test]
async fn a_hook_is_made_looked_at_turned_off_and_on_and_deleted() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let page = olga.get(HERE).await.text();
    assert!(page.contains("There is no web hook."), "{page}");
    assert!(page.contains("href=\"/mail\"") && page.contains("aria-current=\"page\""));
    let wrong = [
        ("name", "CRM"),
        ("url", "mail me"),
        ("thread_assigned", "on"),
    ];
    let refused = olga.post(HERE, &wrong).await;
    let text = refused.text();
    assert_eq!(refused.status, 422, "{text}");
    for part in [
        "no address that can be posted to",
        "only together with",
        "value=\"mail me\"",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    make(&olga, "http://127.0.0.1:9/hook?token=1").await;
    let own = own_page(&olga).await;
    let text = olga.get(&own).await.text();
    assert!(text.contains("Nothing was told to it yet."), "{text}");
    let off = olga.post(&format!("{own}/switch"), &[("to", "off")]).await;
    led(&off, &format!("{own}?done=hook_off"));
    let text = olga.get(off.location()).await.text();
    assert!(
        text.contains("Off: it is told nothing more.") && text.contains("Turn on"),
        "{text}"
    );
    let on = olga.post(&format!("{own}/switch"), &[("to", "on")]).await;
    led(&on, &format!("{own}?done=hook_on"));
    let neither = olga.post(&format!("{own}/switch"), &[("to", "x")]).await;
    assert_eq!(neither.status, 400);
    // From another site nothing of it is done.
    let foreign = olga
        .ask("POST", &format!("{own}/delete"))
        .header("origin", "https://evil.example")
        .header("sec-fetch-site", "cross-site")
        .form(&[])
        .send()
        .await;
    assert_eq!(foreign.status, 403);
    led(
        &olga.post(&format!("{own}/delete"), &[]).await,
        &format!("{HERE}?done=hook_deleted"),
    );
    assert_eq!(olga.get(&own).await.status, 404);
    let log = olga.get("/audit").await.text();
    for part in [
        "made the web hook “CRM” (127.0.0.1)",
        "turned the web hook “CRM” (127.0.0.1) off",
        "deleted the web hook",
    ] {
        assert!(log.contains(part), "{part}: {log}");
    }
    assert!(!log.contains("token=1"), "an address may be a secret");
    let german = olga
        .ask("GET", HERE)
        .header("accept-language", "de")
        .send()
        .await
        .text();
    assert!(german.contains("Neuer Webhook"), "{german}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_receiver_does_each_thread_comes_in_order_and_at_least_once() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let receiver = Receiver::start().await;
    let secret = make(&olga, &receiver.url()).await;
    let own = own_page(&olga).await;
    let cast = Cast::in_office(&pigeon.office).await;
    // Every third answer and more is trouble, in a different way each time.
    receiver.then([
        Say::Status(500),
        Say::Nonsense,
        Say::Taken,
        Say::HangUp,
        Say::Redirect,
        Say::Taken,
        Say::Status(429),
        Say::LongTalk,
        Say::HangUp,
        Say::Nonsense,
        Say::Taken,
        Say::Status(503),
    ]);
    let mut written: Vec<Vec<String>> = vec![Vec::new(); 3];
    let mut guests = Vec::new();
    for n in 0..3_u32 {
        let guest = cast.guido(&pigeon.office, n).await;
        written[n as usize].push(format!("It leaks at the spout ({n})."));
        guests.push(guest);
    }
    let mut port = receiver.port();
    let mut receiver = Some(receiver);
    let mut ledger = Vec::new();
    for round in 0..12 {
        if round < 6 {
            for (n, guest) in guests.iter().enumerate() {
                let text = format!("{round} of {n}");
                let form = said(&pigeon, &text);
                if round % 2 == 0 {
                    message::reply(&pigeon.office, &cast.nora, guest.thread, &form)
                        .await
                        .unwrap();
                } else {
                    guest::reply(&pigeon.office, guest, &form, &cast.visitor)
                        .await
                        .unwrap();
                }
                written[n].push(text);
            }
        }
        match round {
            3 => {
                // Down: nobody listens there any more.
                let down = receiver.take().unwrap();
                port = down.port();
                ledger.extend(down.stop().await);
            }
            5 => receiver = Some(Receiver::at(port).await),
            _ => {}
        }
        worker::run_due(&pigeon.office).await.unwrap();
        if round == 3 {
            let log = olga.get(&own).await.text();
            assert!(
                log.contains("Put off") && log.contains("no connection to"),
                "{log}"
            );
            assert!(log.contains("Try now"), "{log}");
        }
        pigeon.clock.forward(HOUR_MS);
    }
    ledger.extend(receiver.unwrap().stop().await);
    for (n, guest) in guests.iter().enumerate() {
        let of = ledger
            .iter()
            .filter(|one| one.thread == guest.thread.to_string());
        let mut taken: Vec<String> = Vec::new();
        let mut at: Option<String> = None;
        for one in of {
            assert!(one.is_signed_by(&secret), "{one:?}");
            // What was not taken comes again before anything else of its thread.
            if let Some(text) = at.take() {
                assert_eq!(one.text, text);
            }
            if one.taken {
                taken.push(one.text.clone());
            } else {
                at = Some(one.text.clone());
            }
        }
        assert_eq!(taken, written[n], "in order, and each of them");
        let ids: std::collections::HashSet<_> = ledger
            .iter()
            .filter(|one| one.text == "1 of 0")
            .map(|one| &one.id)
            .collect();
        assert_eq!(ids.len(), 1, "the same id at every try");
    }
    let troubles = ledger.iter().filter(|one| !one.taken).count();
    assert!(troubles >= 8, "{troubles}");
    let log = olga.get(&own).await.text();
    assert!(log.contains("Taken") && !log.contains("Put off"), "{log}");
    assert!(!log.contains("1 of 0"), "what was told is not shown: {log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_receiver_holds_up_its_thread_and_no_other() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let receiver = Receiver::start().await;
    make(&olga, &receiver.url()).await;
    let cast = Cast::in_office(&pigeon.office).await;
    // The server's own worker, woken by the post alone: the clock stands.
    let staff = pigeon.office.start();
    receiver.then([Say::Wait]);
    let slow = cast.guido(&pigeon.office, 1).await;
    receiver.came(1).await;
    let behind = said(&pigeon, "Behind it.");
    guest::reply(&pigeon.office, &slow, &behind, &cast.visitor)
        .await
        .unwrap();
    cast.guido(&pigeon.office, 2).await;
    let came = receiver.came(2).await;
    assert_eq!(came[1].text, "It leaks at the spout (2).");
    receiver.release();
    let came = receiver.came(3).await;
    assert_eq!(came[2].text, "Behind it.");
    pigeon.office.stop(staff).await;
    receiver.stop().await;
}

#[tokio::test]
async fn an_answer_is_kept_for_the_log_in_bounds_and_sent_again_by_hand() {
    let pigeon = Pigeon::start().await;
    let olga = pigeon.signed_in("owner").await;
    let receiver = Receiver::start().await;
    make(&olga, &receiver.url()).await;
    let own = own_page(&olga).await;
    let cast = Cast::in_office(&pigeon.office).await;
    receiver.then([Say::LongTalk, Say::Gone]);
    cast.guido(&pigeon.office, 1).await;
    worker::run_due(&pigeon.office).await.unwrap();
    let log = olga.get(&own).await.text();
    assert!(log.contains("answer 500") && log.contains("&lt;b"), "{log}");
    assert!(log.matches('~').count() < 500, "its beginning alone");
    // The one form on the page for a delivery.
    let replay = log
        .split("action=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    let replay = replay
        .filter(|path| path.ends_with("/replay"))
        .find(|path| *path != format!("{own}/replay"));
    let replay = replay.expect("a way to try it now").to_owned();
    led(
        &olga.post(&replay, &[]).await,
        &format!("{own}?done=replayed"),
    );
    led(
        &olga.post(&replay, &[]).await,
        &format!("{own}?done=overtaken"),
    );
    worker::run_due(&pigeon.office).await.unwrap();
    let log = olga.get(&own).await.text();
    assert!(
        log.contains("said that it is gone (410)") && log.contains("1 failed"),
        "{log}"
    );
    led(
        &olga.post(&format!("{own}/switch"), &[("to", "on")]).await,
        &format!("{own}?done=hook_on"),
    );
    led(
        &olga.post(&format!("{own}/replay"), &[]).await,
        &format!("{own}?done=replayed"),
    );
    worker::run_due(&pigeon.office).await.unwrap();
    let ledger = receiver.stop().await;
    let taken: Vec<bool> = ledger.iter().map(|one| one.taken).collect();
    assert_eq!(taken, [false, false, true]);
    assert!(ledger.iter().all(|one| one.id == ledger[0].id));
    assert!(
        ledger
            .iter()
            .all(|one| one.head.starts_with("POST /hook?token=1 HTTP/1.1"))
    );
}
