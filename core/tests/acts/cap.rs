//! We cannot be made to mail strangers: caps on mails to addresses that are not verified, and
//! nothing in them that a guest has typed.

use pigeon_core::guest;
use pigeon_core::guest::LinkRequest;
use pigeon_core::mail::Letter;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both_with, recognised};
use pigeon_wire::id::{HOUR_MS, MINUTE_MS};
use pigeon_wire::note::{Delivery, StaffContent};

use crate::voice::{answers, door, led_to, opens, start, start_form, writes};

fn generous() -> Overrides {
    Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    }
}

fn mails_to(house: &House, address: &str) -> Vec<Letter> {
    let letters = house.mailbox.letters();
    letters
        .into_iter()
        .filter(|letter| letter.to.1.folded() == address)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_gets_three_mails_an_hour_and_ten_a_day_whatever_is_tried() {
    both_with(generous(), async |house| {
        for n in 0..14 {
            let email = if n % 2 == 0 {
                "victim@example.org"
            } else {
                "Victim@example.org"
            };
            let form = start_form(house, email, &format!("Try {n}."));
            led_to(start(house, &form, &format!("203.0.113.{n}")).await);
        }
        let mut by_hour = Vec::new();
        for _ in 0..24 {
            let before = mails_to(house, "victim@example.org").len();
            for _ in 0..3 {
                house.run_mails().await;
                house.forward(20 * MINUTE_MS);
            }
            by_hour.push(mails_to(house, "victim@example.org").len() - before);
        }
        assert_eq!(by_hour[0], 3);
        assert!(by_hour.iter().all(|mails| *mails <= 3), "{by_hour:?}");
        assert_eq!(by_hour.iter().sum::<usize>(), 10, "{by_hour:?}");
    })
    .await;
}

#[tokio::test]
async fn above_the_cap_the_teams_answers_wait_visibly_and_are_joined() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        for n in 2..4 {
            let form = start_form(house, "guido1@example.org", &format!("Again {n}."));
            led_to(start(house, &form, &format!("203.0.113.{n}")).await);
        }
        house.run_mails().await;
        assert_eq!(mails_to(house, "guido1@example.org").len(), 3);
        let deliveries = async || {
            let open = opens(house, &cast.nora, guido.thread).await;
            open.entries
                .iter()
                .filter_map(|entry| match entry.content {
                    StaffContent::Message { delivery, .. } => delivery,
                    _ => None,
                })
                .collect::<Vec<_>>()
        };
        answers(house, &cast.nora, guido.thread, "First answer.").await;
        assert_eq!(deliveries().await, [Delivery::Queued]);
        house.forward(2 * MINUTE_MS);
        house.run_mails().await;
        assert_eq!(deliveries().await, [Delivery::Deferred]);
        let change = opens(house, &cast.nora, guido.thread).await.change;
        house.forward(10 * MINUTE_MS);
        house.run_mails().await;
        let again = opens(house, &cast.nora, guido.thread).await.change;
        assert_eq!(change, again, "waiting on is no news and takes no number");
        answers(house, &cast.nora, guido.thread, "Second answer.").await;
        assert_eq!(mails_to(house, "guido1@example.org").len(), 3);
        house.forward(HOUR_MS);
        house.run_mails().await;
        let mails = mails_to(house, "guido1@example.org");
        assert_eq!(mails.len(), 4, "one mail for both");
        assert!(mails[3].text.contains("First answer."));
        assert!(mails[3].text.contains("Second answer."));
        assert_eq!(deliveries().await, [Delivery::Sent, Delivery::Sent]);
    })
    .await;
}

#[tokio::test]
async fn above_the_cap_requests_for_links_are_dropped() {
    both_with(generous(), async |house| {
        for n in 0..3 {
            let form = start_form(house, "victim@example.org", &format!("Try {n}."));
            led_to(start(house, &form, &format!("203.0.113.{n}")).await);
        }
        house.run_mails().await;
        let request = LinkRequest::Typed("victim@example.org".to_owned());
        guest::request_link(&house.office, request, &door(1))
            .await
            .unwrap();
        for _ in 0..30 {
            house.run_mails().await;
            house.forward(5 * MINUTE_MS);
        }
        assert_eq!(mails_to(house, "victim@example.org").len(), 3);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_proved_itself_has_no_cap() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let guido = house.verified_way(&browser).await;
        writes(house, &guido, "From the mail.").await;
        for n in 0..8 {
            answers(house, &cast.nora, guido.thread, &format!("Answer {n}.")).await;
            house.forward(3 * MINUTE_MS);
            house.run_mails().await;
        }
        assert_eq!(mails_to(house, "guido1@example.org").len(), 9);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_strangers_together_have_a_cap_of_their_own() {
    both_with(generous(), async |house| {
        house
            .sql("INSERT INTO settings (name, value, changed_at) VALUES ('unverified_mails_total_hour', '12', 1)")
            .await;
        house.office.reload_settings().await.unwrap();
        for n in 0..20 {
            let form = start_form(house, &format!("victim{n}@example.org"), "Try.");
            led_to(start(house, &form, &format!("203.0.113.{n}")).await);
        }
        let sent = || {
            let letters = house.mailbox.letters();
            letters
                .iter()
                .filter(|letter| letter.to.1.as_str().starts_with("victim"))
                .count()
        };
        house.run_mails().await;
        assert_eq!(sent(), 12);
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(sent(), 20, "none is forgotten");
    })
    .await;
}

#[tokio::test]
async fn a_mail_to_a_stranger_holds_nothing_that_a_guest_typed() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut form = start_form(house, "victim@example.org", "BODYMARK buy kettles");
        form.name = "NAMEMARK".to_owned();
        form.subject = "SUBJECTMARK".to_owned();
        let (thread, secret) = led_to(start(house, &form, "203.0.113.1").await);
        let guido = recognised(office, thread, &secret).await;
        house.run_mails().await;
        writes(house, &guido, "REPLYMARK").await;
        answers(house, &cast.nora, thread, "We look into it.").await;
        house.forward(3 * MINUTE_MS);
        house.run_mails().await;
        let request = LinkRequest::Typed("victim@example.org".to_owned());
        guest::request_link(office, request, &door(1))
            .await
            .unwrap();
        house.run_mails().await;
        let mails = mails_to(house, "victim@example.org");
        assert_eq!(mails.len(), 3);
        for letter in &mails {
            let all = format!(
                "{:?} {} {} {} {:?} {}",
                letter.to.0, letter.subject, letter.text, letter.html, letter.thread_ref, letter.id
            );
            assert!(!all.contains("MARK"), "{all}");
        }
        assert!(mails[1].text.contains("We look into it."));
        let guido = house.by_mail(&guido).await;
        writes(house, &guido, "From the mail.").await;
        answers(house, &cast.nora, thread, "Good.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let mails = mails_to(house, "victim@example.org");
        assert!(mails[3].subject.contains("SUBJECTMARK"), "now it is theirs");
    })
    .await;
}
