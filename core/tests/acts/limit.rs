//! How often: by network address, by mail address, by link. Every try counts.

use pigeon_core::guest::LinkRequest;
use pigeon_core::testing::{Cast, both};
use pigeon_core::{Error, guest};
use pigeon_wire::Fault;

use crate::voice::{door, form, led_to, refused, start, start_form, writes};

fn is_too_many<T>(answer: &Result<T, Error>) -> bool {
    matches!(answer, Err(Error::Fault(Fault::TooMany { .. })))
}

#[tokio::test]
async fn the_eleventh_start_from_one_network_address_waits_for_the_next_window() {
    both(async |house| {
        let try_once = async |n: u32, from: &str| {
            let form = start_form(house, &format!("guest{n}@example.org"), "It leaks.");
            start(house, &form, from).await
        };
        for n in 0..10 {
            led_to(try_once(n, "203.0.113.1").await);
        }
        let before = house.row_counts().await;
        let refusal = refused(try_once(10, "203.0.113.1").await);
        let Fault::TooMany { retry_after_s } = refusal else {
            panic!("{refusal}")
        };
        assert!((1..=301).contains(&retry_after_s), "{retry_after_s}");
        assert_eq!(before, house.row_counts().await, "nothing is stored");
        led_to(try_once(11, "203.0.113.2").await);
        house.forward(300_000);
        led_to(try_once(12, "203.0.113.1").await);
    })
    .await;
}

#[tokio::test]
async fn one_mail_address_is_counted_whatever_the_network_addresses() {
    both(async |house| {
        let mut passed = 0;
        for n in 0..20 {
            let email = if n % 2 == 0 {
                "guido@example.org"
            } else {
                "Guido@Example.org"
            };
            let form = start_form(house, email, &format!("Try {n}."));
            let answer = start(house, &form, &format!("203.0.113.{n}")).await;
            passed += usize::from(answer.is_ok());
            assert!(answer.is_ok() || is_too_many(&answer));
        }
        assert_eq!(passed, 10);
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_is_not_verified_shares_the_limit_of_starts() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        for n in 0..10 {
            let form = form(house, &format!("Try {n}."), None);
            let answer = guest::reply(office, &guido, &form, &door(n)).await;
            assert_eq!(is_too_many(&answer), n == 9, "the start was one of the ten");
        }
        house.forward(300_000);
        writes(house, &guido, "Later.").await;
    })
    .await;
}

#[tokio::test]
async fn a_live_talk_through_a_mailed_link_may_have_thirty_messages_a_minute() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let guido = house.verified_way(&browser).await;
        for n in 0..32 {
            let form = form(house, &format!("Line {n}."), None);
            let answer = guest::reply(office, &guido, &form, &door(1)).await;
            assert_eq!(is_too_many(&answer), n >= 30, "message {n}");
        }
        house.forward(60_000);
        writes(house, &guido, "Next minute.").await;
    })
    .await;
}

#[tokio::test]
async fn requests_for_links_are_limited_by_network_address() {
    both(async |house| {
        for n in 0..12 {
            let request = LinkRequest::Typed(format!("guest{n}@example.org"));
            let answer = guest::request_link(&house.office, request, &door(1)).await;
            assert_eq!(is_too_many(&answer), n >= 10, "request {n}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_at_once_do_not_slip_through_together() {
    both(async |house| {
        let forms: Vec<_> = (0..40)
            .map(|n| start_form(house, &format!("guest{n}@example.org"), "It leaks."))
            .collect();
        let all = forms.iter().map(|form| start(house, form, "203.0.113.1"));
        let answers = futures::future::join_all(all).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 10);
        assert_eq!(
            answers.iter().filter(|answer| is_too_many(answer)).count(),
            30
        );
    })
    .await;
}
