//! How hooks are told: signed, in each thread's order, again and again for a day, and never by a
//! receiver's leave alone.

use std::collections::HashSet;

use pigeon_core::office::Options;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::webhook::{self, Answer, Dock};
use pigeon_core::{Office, outbox, thread};
use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
use pigeon_wire::webhook::{DELIVERIES_PAGE, DeliveryLine, DeliveryState, HookEvent};
use pigeon_wire::{Fault, ThreadId, WebhookId};

use crate::voice::{answers, refused, writes};
use crate::webhook::{PUBLIC, TEAM, hook, standing};

fn busy() -> Answer {
    Answer::Said(503, "Come back \0later.".to_owned())
}

/// The texts that were told about a thread, whatever was answered.
fn texts(house: &House, url: &str, thread: ThreadId) -> Vec<String> {
    let thread = thread.to_string();
    let bodies = house.dock.bodies(url).into_iter();
    let of = bodies.filter(|body| body["data"]["thread"]["id"] == thread.as_str());
    let texts = of.map(|body| body["data"]["message"]["text"].as_str().unwrap().to_owned());
    texts.collect()
}

/// A hook that is told of messages alone.
async fn messages(house: &House, cast: &Cast, url: &str) -> WebhookId {
    let form = pigeon_wire::webhook::HookForm {
        name: "Messages".to_owned(),
        url: url.to_owned(),
        team: false,
        events: vec![HookEvent::MessageCreated],
    };
    let made = webhook::make(&house.office, &cast.olivia, &form).await;
    match made.unwrap() {
        webhook::Making::Made(made) => made.id,
        webhook::Making::Refused(wrongs) => panic!("{wrongs:?}"),
    }
}

async fn log(house: &House, cast: &Cast, id: WebhookId) -> Vec<DeliveryLine> {
    let page = webhook::log(&house.office, &cast.olivia, id, None).await;
    page.unwrap().lines
}

#[tokio::test]
async fn a_thread_waits_for_its_own_first_and_for_no_other() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let id = messages(house, &cast, PUBLIC).await;
        messages(house, &cast, TEAM).await;
        let one = cast.guido(&house.office, 1).await;
        house.dock.answer_next(PUBLIC, busy());
        house.run_hooks().await;
        house.forward(1);
        writes(house, &one, "Second.").await;
        let two = cast.guido(&house.office, 2).await.thread;
        house.run_hooks().await;
        // The other thread and the other hook go on.
        assert_eq!(
            texts(house, PUBLIC, one.thread),
            ["It leaks at the spout (1)."]
        );
        assert_eq!(texts(house, PUBLIC, two), ["It leaks at the spout (2)."]);
        assert_eq!(texts(house, TEAM, one.thread).len(), 2);
        let deferred = log(house, &cast, id).await;
        let first = deferred.last().unwrap();
        assert_eq!((first.state, first.attempts), (DeliveryState::Deferred, 1));
        assert_eq!(
            (first.status, first.answer.as_deref()),
            (Some(503), Some("Come back  later."))
        );
        house.forward(5_000);
        house.run_hooks().await;
        let first = "It leaks at the spout (1).";
        assert_eq!(texts(house, PUBLIC, one.thread), [first, first, "Second."]);
        assert_eq!(standing(house, "sent").await, 3 + 3);
        // At every try the same id and bytes, and a signature of its own moment.
        let parcels = house.dock.parcels();
        let tries: Vec<_> = parcels
            .iter()
            .filter(|one| one.url == PUBLIC && one.body.contains("(1)"))
            .collect();
        assert_eq!(tries[0].headers[0], tries[1].headers[0]);
        assert_eq!(tries[0].body, tries[1].body);
        assert_ne!(tries[0].headers[1..], tries[1].headers[1..]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_taken_is_tried_for_a_day_and_then_told_as_failed() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = messages(house, &cast, PUBLIC).await;
        let guido = cast.guido(office, 1).await;
        writes(house, &guido, "Behind it.").await;
        for _ in 0..200 {
            house
                .dock
                .answer_next(PUBLIC, Answer::Silent("no connection".to_owned()));
        }
        let mut tries = 0;
        while standing(house, "dead").await == 0 {
            tries += house.run_hooks().await;
            assert_eq!(standing(house, "sent").await, 0);
            house.forward(MINUTE_MS);
        }
        // Doubling waits up to an hour: some ten in the first hours, then one an hour.
        assert!((30..50).contains(&tries), "{tries} tries");
        let lines = log(house, &cast, id).await;
        let dead = lines
            .iter()
            .find(|one| one.state == DeliveryState::Failed)
            .unwrap();
        let age = dead.settled_at.unwrap().since(dead.created_at);
        assert!((DAY_MS..DAY_MS + 2 * HOUR_MS).contains(&age), "{age}");
        assert_eq!(
            (dead.status, dead.answer.as_deref()),
            (None, Some("no connection"))
        );
        assert_eq!(
            webhook::list(office, &cast.olivia).await.unwrap()[0].failed,
            1
        );

        // What waited behind it all day has some tries of its own, and ends as well.
        assert_eq!(standing(house, "deferred").await, 1);
        let before = house.dock.parcels().len();
        while standing(house, "dead").await == 1 {
            house.run_hooks().await;
            house.forward(MINUTE_MS);
        }
        assert_eq!(
            house.dock.parcels().len() - before,
            4,
            "one of five came before"
        );

        // Sent again by hand: the same ids, in order, with a day of their own.
        let known: HashSet<_> = house
            .dock
            .parcels()
            .iter()
            .map(|p| p.headers[0].1.clone())
            .collect();
        let before = house.dock.parcels().len();
        let replayed = webhook::replay_failed(office, &cast.olivia, id)
            .await
            .unwrap();
        assert_eq!(replayed, 2);
        house.run_hooks().await;
        let again = &house.dock.parcels()[before..];
        assert_eq!(
            again.len(),
            1,
            "the second waits for the first, which is put off"
        );
        assert!(known.contains(&again[0].headers[0].1));
        assert_eq!(standing(house, "deferred").await, 1);
        let log_now = log(house, &cast, id).await;
        let put_off = log_now
            .iter()
            .find(|one| one.state == DeliveryState::Deferred)
            .unwrap();
        assert_eq!(put_off.attempts, 1);
        let acts = house
            .number("SELECT COUNT(*) FROM audit WHERE act = 'webhook_replayed'")
            .await;
        assert_eq!(acts, 1);
    })
    .await;
}

#[tokio::test]
async fn one_delivery_is_sent_again_by_hand() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = messages(house, &cast, PUBLIC).await;
        cast.guido(office, 1).await;
        house.run_hooks().await;
        let line = log(house, &cast, id).await.remove(0);
        assert_eq!(line.state, DeliveryState::Sent);
        webhook::replay(office, &cast.olivia, id, line.id)
            .await
            .unwrap();
        let twice = webhook::replay(office, &cast.olivia, id, line.id).await;
        assert_eq!(refused(twice), Fault::NotFound, "it is on its way already");
        house.run_hooks().await;
        let parcels = house.dock.parcels();
        assert_eq!(parcels.len(), 2);
        assert_eq!(parcels[0].body, parcels[1].body);
        assert_eq!(parcels[0].headers[0], parcels[1].headers[0]);
        let other = hook(house, &cast.olivia, TEAM, true).await;
        let elsewhere = webhook::replay(office, &cast.olivia, other, line.id).await;
        assert_eq!(refused(elsewhere), Fault::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_is_gone_turns_its_hook_off() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = messages(house, &cast, PUBLIC).await;
        let guido = cast.guido(office, 1).await;
        writes(house, &guido, "Waits.").await;
        house
            .dock
            .answer_next(PUBLIC, Answer::Said(410, "Gone.".to_owned()));
        house.run_hooks().await;
        let shown = webhook::list(office, &cast.olivia).await.unwrap().remove(0);
        assert_eq!((shown.active, shown.gone_at), (false, Some(office.now())));
        assert_eq!((shown.failed, shown.waiting), (1, 1));
        writes(house, &guido, "Not told.").await;
        house.forward(HOUR_MS);
        assert_eq!(house.run_hooks().await, 0);
        assert_eq!(
            house
                .number("SELECT COUNT(*) FROM webhook_deliveries")
                .await,
            2
        );
        let acts = house
            .words("SELECT act FROM audit WHERE act = 'webhook_gone'")
            .await;
        assert_eq!(acts.len(), 1);
        // On again, what waited leaves, and what failed can be sent again.
        webhook::switch(office, &cast.olivia, id, true)
            .await
            .unwrap();
        assert_eq!(
            webhook::list(office, &cast.olivia).await.unwrap()[0].gone_at,
            None
        );
        assert_eq!(house.run_hooks().await, 1);
        assert_eq!(texts(house, PUBLIC, guido.thread).last().unwrap(), "Waits.");
    })
    .await;
}

#[tokio::test]
async fn a_redirect_is_no_yes() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        messages(house, &cast, PUBLIC).await;
        cast.guido(&house.office, 1).await;
        for status in [301, 307, 199, 400, 404] {
            house
                .dock
                .answer_next(PUBLIC, Answer::Said(status, String::new()));
        }
        for _ in 0..5 {
            house.run_hooks().await;
            assert_eq!(standing(house, "deferred").await, 1);
            house.forward(HOUR_MS);
        }
        house.run_hooks().await;
        assert_eq!(standing(house, "sent").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_restart_loses_nothing_and_a_lease_that_nobody_settles_runs_out() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        messages(house, &cast, PUBLIC).await;
        let guido = cast.guido(&house.office, 1).await;
        writes(house, &guido, "Second.").await;
        // As if the program had died with the first delivery in hand.
        let until = house.office.now().plus(MINUTE_MS).0;
        house
            .sql(&format!(
                "UPDATE webhook_deliveries SET state = 'leased', attempts = 1, due_at = {until} \
                 WHERE number = (SELECT MIN(number) FROM webhook_deliveries)"
            ))
            .await;
        let staff = house.office.start();
        house.office.stop(staff).await;
        let dock = Dock::default();
        let again = Office::open(Options {
            database: house.database.clone(),
            clock: house.office.clock().clone(),
            randomness: pigeon_core::clock::Randomness::Os,
            overrides: Overrides::default(),
            mailer: pigeon_core::mail::Mailer::memory().0,
            files: house.files.clone(),
            courier: Some(std::sync::Arc::new(dock.clone())),
        });
        let again = again.await.unwrap();
        webhook::worker::run_due(&again).await.unwrap();
        assert!(dock.parcels().is_empty(), "the second waits for the first");
        house.forward(MINUTE_MS);
        webhook::worker::run_due(&again).await.unwrap();
        let texts: Vec<_> = dock
            .bodies(PUBLIC)
            .iter()
            .map(|body| body["data"]["message"]["text"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(texts, ["It leaks at the spout (1).", "Second."]);
    })
    .await;
}

#[tokio::test]
async fn two_workers_tell_each_thing_once_and_in_order() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        messages(house, &cast, PUBLIC).await;
        let mut guests = Vec::new();
        for n in 1..=6 {
            guests.push(cast.guido(&house.office, n).await);
        }
        for guest in &guests {
            writes(house, guest, "Second.").await;
            answers(house, &cast.nora, guest.thread, "Third.").await;
        }
        let office = &house.office;
        let one = webhook::worker::run_due(office);
        let two = webhook::worker::run_due(office);
        let (one, two) = futures::join!(one, two);
        assert_eq!(one.unwrap() + two.unwrap(), 18);
        for (n, guest) in (1..).zip(&guests) {
            let first = format!("It leaks at the spout ({n}).");
            assert_eq!(
                texts(house, PUBLIC, guest.thread),
                [&first, "Second.", "Third."]
            );
        }
    })
    .await;
}

#[tokio::test]
async fn deliveries_are_kept_for_thirty_days_and_go_with_their_thread_and_hook() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        hook(house, &cast.olivia, TEAM, true).await;
        let one = cast.guido(office, 1).await;
        let two = cast.guido(office, 2).await;
        house.run_hooks().await;
        let count = async || {
            house
                .number("SELECT COUNT(*) FROM webhook_deliveries")
                .await
        };
        assert_eq!(count().await, 4);
        thread::trash(office, &cast.nora, two.thread).await.unwrap();
        house.forward(29 * DAY_MS);
        answers(house, &cast.nora, one.thread, "Younger.").await;
        outbox::worker::sweep(office).await.unwrap();
        assert_eq!(count().await, 6);
        house.forward(DAY_MS + 1);
        assert_eq!(thread::purge_due(office).await.unwrap(), 1);
        assert_eq!(count().await, 4, "nothing of a purged thread stays");
        outbox::worker::sweep(office).await.unwrap();
        assert_eq!(count().await, 2);
        // Olivia's session has ended in those days.
        house
            .sql("UPDATE webhooks SET deleted_at = created_at, secret = ''")
            .await;
        outbox::worker::sweep(office).await.unwrap();
        assert_eq!(count().await, 0);
        assert_eq!(house.number("SELECT COUNT(*) FROM webhooks").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_log_goes_on_page_by_page() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = messages(house, &cast, PUBLIC).await;
        let guido = cast.guido(office, 1).await.thread;
        for n in 0..DELIVERIES_PAGE {
            answers(house, &cast.nora, guido, &format!("{n}")).await;
        }
        let first = webhook::log(office, &cast.olivia, id, None).await.unwrap();
        assert_eq!(first.lines.len(), 50);
        let second = webhook::log(office, &cast.olivia, id, first.next)
            .await
            .unwrap();
        assert_eq!((second.lines.len(), second.next), (1, None));
        let all = first.lines.iter().chain(&second.lines).map(|one| one.id);
        assert_eq!(all.collect::<HashSet<_>>().len(), 51);
    })
    .await;
}
