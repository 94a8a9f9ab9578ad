//! Mails that do not leave at the first try: tried again, given up where somebody sees it, and never
//! forgotten, whoever dies.

use pigeon_core::mail::Refusal;
use pigeon_core::office::Options;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both};
use pigeon_wire::id::{HOUR_MS, MINUTE_MS};
use pigeon_wire::note::Delivery;

use crate::outbox::{GUIDO, delivery, to};
use crate::voice::answers;

async fn states(house: &House, state: &str) -> i64 {
    house
        .number(&format!(
            "SELECT COUNT(*) FROM outbox WHERE state = '{state}'"
        ))
        .await
}

#[tokio::test]
async fn a_mail_refused_for_now_is_tried_again_under_the_same_id() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.forward(2 * MINUTE_MS);
        let first = house
            .words("SELECT bundle FROM outbox WHERE state = 'queued'")
            .await;
        assert_eq!(first.len(), 1);
        for _ in 0..3 {
            house
                .mailbox
                .refuse_next(Refusal::Later("greylisted".into()));
        }
        house.run_mails().await;
        assert_eq!(
            delivery(house, &cast, guido.thread).await,
            Some(Delivery::Deferred)
        );
        let answer = "SELECT answer FROM outbox WHERE state = 'deferred'";
        assert_eq!(house.words(answer).await, ["greylisted"]);
        assert_eq!(house.run_mails().await, 0, "not before its time");
        house.forward(5_000);
        assert_eq!(house.run_mails().await, 1);
        house.forward(5_000);
        assert_eq!(house.run_mails().await, 0, "each wait is longer");
        house.forward(5_000);
        assert_eq!(house.run_mails().await, 1);
        house.forward(20_000);
        assert_eq!(house.run_mails().await, 1);
        let mails = to(house, GUIDO);
        assert_eq!(mails.len(), 2);
        let id: uuid::Uuid = mails[1].id.parse().unwrap();
        let row = house.id(id);
        let sent = format!("SELECT state FROM outbox WHERE id = {row} AND attempts = 4");
        assert_eq!(
            house.words(&sent).await,
            ["sent"],
            "the row's own id all along"
        );
        assert_eq!(
            delivery(house, &cast, guido.thread).await,
            Some(Delivery::Sent)
        );
    })
    .await;
}

#[tokio::test]
async fn a_mail_refused_for_good_fails_where_the_team_sees_it() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.forward(2 * MINUTE_MS);
        house
            .mailbox
            .refuse_next(Refusal::Never("no such user".into()));
        house.run_mails().await;
        assert_eq!(
            delivery(house, &cast, guido.thread).await,
            Some(Delivery::Failed)
        );
        assert_eq!(states(house, "dead").await, 1);
        house.forward(100 * HOUR_MS);
        assert_eq!(house.run_mails().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_relay_that_is_down_for_a_day_costs_no_mail_and_three_days_are_told() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let down = async |hours: i64| {
            for _ in 0..hours * 2 {
                for _ in 0..8 {
                    house
                        .mailbox
                        .refuse_next(Refusal::Later("no answer".into()));
                }
                house.run_mails().await;
                house.forward(HOUR_MS / 2);
            }
        };
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.forward(2 * MINUTE_MS);
        down(24).await;
        assert_eq!(
            delivery(house, &cast, guido.thread).await,
            Some(Delivery::Deferred)
        );
        assert_eq!(states(house, "deferred").await, 1);
        down(49).await;
        assert_eq!(
            delivery(house, &cast, guido.thread).await,
            Some(Delivery::Failed)
        );
        assert_eq!(
            pigeon_core::outbox::worker::owed(&house.office)
                .await
                .unwrap(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn a_killed_workers_rows_come_back_when_its_lease_ends() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.forward(2 * MINUTE_MS);
        let until = house.office.now().plus(5 * MINUTE_MS).0;
        house
            .sql(&format!(
                "UPDATE outbox SET state = 'leased', leased_until = {until}, attempts = 1 \
                 WHERE state = 'queued'"
            ))
            .await;
        assert_eq!(house.run_mails().await, 0, "somebody else holds it");
        house.forward(5 * MINUTE_MS);
        assert_eq!(house.run_mails().await, 1);
        assert_eq!(to(house, GUIDO).len(), 2);
        assert_eq!(
            delivery(house, &cast, guido.thread).await,
            Some(Delivery::Sent)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_on_the_same_rows_send_each_mail_once() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        for n in 0..12 {
            let guido = cast.guido(&house.office, n).await;
            answers(house, &cast.nora, guido.thread, "First.").await;
        }
        house.forward(HOUR_MS);
        let (one, two) = tokio::join!(house.run_mails(), house.run_mails());
        assert!(one + two >= 24);
        for n in 0..12 {
            assert_eq!(to(house, &format!("guido{n}@example.org")).len(), 2);
        }
    })
    .await;
}

#[tokio::test]
async fn a_restart_forgets_no_mail() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.forward(HOUR_MS);
        let staff = house.office.start();
        house.office.stop(staff).await;
        let (mailer, mailbox) = pigeon_core::mail::Mailer::memory();
        let again = pigeon_core::Office::open(Options {
            database: house.database.clone(),
            clock: house.office.clock().clone(),
            randomness: pigeon_core::clock::Randomness::Os,
            overrides: Overrides::default(),
            mailer,
            files: house.files.clone(),
            courier: None,
        });
        let again = again.await.unwrap();
        pigeon_core::outbox::worker::run_due(&again).await.unwrap();
        let sent = mailbox.letters().len() + house.mailbox.letters().len();
        assert_eq!(sent, 3, "link, answer, and the notice to the team");
    })
    .await;
}
