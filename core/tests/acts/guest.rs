//! Guests: how they come in, what proves their address, and how their links end.

use pigeon_core::guest;
use pigeon_core::guest::{Followed, LinkRequest, Standing, Started};
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, both, both_with, recognised, visitor};
use pigeon_wire::Fault;
use pigeon_wire::fault::{Field, FieldFault, Problem};
use pigeon_wire::id::{DAY_MS, HOUR_MS};
use pigeon_wire::message::{KnownBy, StartForm};
use pigeon_wire::note::StaffContent;
use pigeon_wire::thread::{LinkOrigin, Source};

use crate::voice::{answers, door, form, led_to, opens, refused, start, start_form, writes};

#[tokio::test]
async fn the_browser_that_started_is_in_for_a_day_and_in_its_thread_alone() {
    both(async |house| {
        let form = start_form(house, "guido@example.org", "It leaks.");
        let (thread, secret) = led_to(start(house, &form, "203.0.113.1").await);
        let other = start_form(house, "gerda@example.org", "It hisses.");
        let (elsewhere, _) = led_to(start(house, &other, "203.0.113.2").await);
        let guest = recognised(&house.office, thread, &secret).await;
        assert_eq!(guest.origin, LinkOrigin::Browser);
        assert_eq!(house.worth(elsewhere, &secret).await, Standing::Unknown);
        house.forward(DAY_MS - 1);
        assert_eq!(
            house.worth(thread, &secret).await,
            Standing::Good(guest.clone())
        );
        house.forward(1);
        let expired = Standing::Expired {
            email_hint: "g•••@example.org".to_owned(),
        };
        assert_eq!(house.worth(thread, &secret).await, expired);
        let late = crate::voice::form(house, "Hello?", None);
        let answer = guest::reply(&house.office, &guest, &late, &door(1)).await;
        assert_eq!(refused(answer), Fault::Expired);
        assert_eq!(
            refused(guest::open(&house.office, &guest).await),
            Fault::Expired
        );
    })
    .await;
}

#[tokio::test]
async fn only_a_message_through_a_mailed_link_proves_the_address() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let verified = async || {
            opens(house, &cast.nora, browser.thread)
                .await
                .head
                .customer
                .verified
        };
        writes(house, &browser, "From the browser that typed it.").await;
        let mailed = house.verified_way(&browser).await;
        guest::seen(office, &mailed, 2).await.unwrap();
        assert!(!verified().await);
        writes(house, &mailed, "From the mail.").await;
        assert!(verified().await);
        writes(house, &browser, "From the first browser again.").await;
        let open = opens(house, &cast.nora, browser.thread).await;
        let known: Vec<_> = open
            .entries
            .iter()
            .filter_map(|entry| match &entry.content {
                StaffContent::Message { known_by, .. } => Some(*known_by),
                _ => None,
            })
            .collect();
        assert_eq!(
            known,
            [
                KnownBy::Browser,
                KnownBy::Browser,
                KnownBy::MailedLink,
                KnownBy::Browser
            ],
            "each message keeps how its sender was known"
        );
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_browser_and_leaves_the_mail() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let mailed = house.verified_way(&browser).await;
        guest::sign_out(office, &browser).await.unwrap();
        assert_eq!(refused(guest::open(office, &browser).await), Fault::Expired);
        guest::sign_out(office, &mailed).await.unwrap();
        let token = house.token_to("guido1@example.org").unwrap();
        let followed = guest::follow(office, &token).await.unwrap();
        assert!(matches!(followed, Followed::Thread { .. }));
    })
    .await;
}

#[tokio::test]
async fn whoever_says_not_me_is_left_alone() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let mailed = house.verified_way(&browser).await;
        answers(house, &cast.nora, browser.thread, "Queued before.").await;
        guest::not_me(office, &mailed).await.unwrap();
        for guest in [&browser, &mailed] {
            assert_eq!(refused(guest::open(office, guest).await), Fault::Expired);
        }
        answers(house, &cast.nora, browser.thread, "Written after.").await;
        let request = LinkRequest::Typed("guido1@example.org".to_owned());
        guest::request_link(office, request, &door(1))
            .await
            .unwrap();
        let before = house.mailbox.letters().len();
        house.forward(HOUR_MS);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let more = letters[before..]
            .iter()
            .filter(|letter| letter.to.1.as_str() == "guido1@example.org");
        assert_eq!(more.count(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_thread_in_the_trash_is_an_expired_link_to_its_guest() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let guido = house.verified_way(&browser).await;
        house.trash(guido.thread).await;
        let form = form(house, "Hello?", None);
        let answer = guest::reply(office, &guido, &form, &door(1)).await;
        assert_eq!(refused(answer), Fault::Expired);
        let token = house.token_to("guido1@example.org").unwrap();
        assert!(matches!(
            guest::follow(office, &token).await.unwrap(),
            Followed::Expired { .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn what_the_honeypot_catches_is_kept_apart_and_mails_nobody() {
    both(async |house| {
        let form = start_form(house, "robot@example.org", "Cheap kettles!");
        let before = house.row_counts().await;
        let caught = guest::start(&house.office, &form, "http://x", Source::Form, &door(1)).await;
        assert_eq!(caught.unwrap(), Started::Caught);
        let after = house.row_counts().await;
        let grown: Vec<_> = before
            .iter()
            .zip(&after)
            .filter(|(old, new)| old != new)
            .map(|(_, new)| new.0.as_str())
            .collect();
        assert_eq!(grown, ["quarantine", "tries"]);
        house.forward(HOUR_MS);
        assert_eq!(house.run_mails().await, 0);
        let kept = house.words("SELECT body FROM quarantine").await;
        assert_eq!(kept, ["Cheap kettles!"]);
    })
    .await;
}

#[tokio::test]
async fn without_a_honeypot_its_field_means_nothing() {
    let without = Overrides {
        honeypot_on: Some(false),
        ..Overrides::default()
    };
    both_with(without, async |house| {
        let form = start_form(house, "guido@example.org", "It leaks.");
        let started = guest::start(&house.office, &form, "x", Source::Form, &door(1)).await;
        led_to(started);
    })
    .await;
}

#[tokio::test]
async fn where_guests_may_not_start_old_threads_go_on() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        house
            .sql("INSERT INTO settings (name, value, changed_at) VALUES ('allow_guest_threads', 'false', 1)")
            .await;
        office.reload_settings().await.unwrap();
        let form = start_form(house, "gerda@example.org", "It hisses.");
        let before = house.row_counts().await;
        assert_eq!(refused(start(house, &form, "203.0.113.1").await), Fault::Off);
        assert_eq!(before, house.row_counts().await);
        writes(house, &guido, "Still there?").await;
        answers(house, &cast.nora, guido.thread, "Yes.").await;
    })
    .await;
}

#[tokio::test]
async fn bad_input_is_told_field_by_field_and_stores_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let good = start_form(house, "gerda@example.org", "It hisses.");
        let with = |change: fn(&mut StartForm)| {
            let mut form = good.clone();
            change(&mut form);
            form
        };
        let bad: [(StartForm, Field, Problem); 12] = [
            (with(|f| f.body.clear()), Field::Body, Problem::Missing),
            (
                with(|f| f.body = " \r\n\t".into()),
                Field::Body,
                Problem::Missing,
            ),
            (
                with(|f| f.body = "a\0b".into()),
                Field::Body,
                Problem::ForbiddenCharacter,
            ),
            (
                with(|f| f.body = "x".repeat(1 << 20)),
                Field::Body,
                Problem::TooLong { max: 20_000 },
            ),
            (with(|f| f.email.clear()), Field::Email, Problem::Missing),
            (
                with(|f| f.email = "gerda".into()),
                Field::Email,
                Problem::NotAnAddress,
            ),
            (
                with(|f| f.email = "g@x.org\r\nBcc: a@b.org".into()),
                Field::Email,
                Problem::NotAnAddress,
            ),
            (
                with(|f| f.name = "Ger\r\nda".into()),
                Field::Name,
                Problem::ForbiddenCharacter,
            ),
            (
                with(|f| f.name = "x".repeat(101)),
                Field::Name,
                Problem::TooLong { max: 100 },
            ),
            (
                with(|f| f.subject = "a\nb".into()),
                Field::Subject,
                Problem::ForbiddenCharacter,
            ),
            (
                with(|f| f.subject = "x".repeat(201)),
                Field::Subject,
                Problem::TooLong { max: 200 },
            ),
            (
                with(|f| f.key = "short".into()),
                Field::Key,
                Problem::NotAKey,
            ),
        ];
        let before = house.row_counts().await;
        for (form, field, problem) in bad {
            let answer = refused(start(house, &form, "203.0.113.9").await);
            assert_eq!(answer, Fault::Invalid(vec![FieldFault { field, problem }]));
        }
        let mut reply = form(house, "a\u{7}b", None);
        reply.key = "!".repeat(22);
        let answer = guest::reply(office, &guido, &reply, &visitor("203.0.113.9")).await;
        let faults = [
            (Field::Body, Problem::ForbiddenCharacter),
            (Field::Key, Problem::NotAKey),
        ];
        let faults = faults.map(|(field, problem)| FieldFault { field, problem });
        assert_eq!(refused(answer), Fault::Invalid(faults.to_vec()));
        let request = LinkRequest::Typed("no address".to_owned());
        let answer = guest::request_link(office, request, &door(1)).await;
        assert!(matches!(refused(answer), Fault::Invalid(_)));
        assert_eq!(before, house.row_counts().await);
        assert!(start(house, &good, "203.0.113.9").await.is_ok());
    })
    .await;
}
