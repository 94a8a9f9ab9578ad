//! Links: opened by robots, slid by activity, revoked, asked for anew.

use pigeon_core::actor::Guest;
use pigeon_core::guest::{Followed, LinkRequest};
use pigeon_core::testing::{Cast, House, both, recognised};
use pigeon_core::{Office, guest, thread};
use pigeon_wire::Fault;
use pigeon_wire::id::{DAY_MS, MINUTE_MS};

use crate::voice::{answers, door, form, led_to, notes, opens, refused, start, start_form};

async fn expiry(office: &Office, guest: &Guest) -> i64 {
    let at = guest::expires_at(office, guest).await.unwrap();
    at.since(office.now())
}

/// All that an opened link could have touched.
async fn everything(house: &House) -> (Vec<(String, i64)>, i64, i64) {
    let used = "SELECT COUNT(*) FROM links WHERE last_used_at IS NOT NULL";
    let read = "SELECT CAST(COALESCE(SUM(upto), 0) AS BIGINT) FROM reads";
    (
        house.row_counts().await,
        house.number(used).await,
        house.number(read).await,
    )
}

#[tokio::test]
async fn opening_a_link_a_hundred_times_changes_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let guido = house.verified_way(&browser).await;
        answers(house, &cast.nora, guido.thread, "It is covered.").await;
        let token = house.token_to("guido1@example.org").unwrap();
        let before = everything(house).await;
        for _ in 0..100 {
            let followed = guest::follow(office, &token).await.unwrap();
            assert!(matches!(followed, Followed::Thread { thread, .. } if thread == guido.thread));
            let guest = recognised(office, guido.thread, &token).await;
            guest::open(office, &guest).await.unwrap();
            guest::before(office, &guest, 9).await.unwrap();
            guest::changed_after(office, &guest, 0).await.unwrap();
        }
        assert_eq!(before, everything(house).await);
        let head = opens(house, &cast.nora, guido.thread).await.head;
        assert!(!head.customer.verified, "opening and reading prove nothing");
    })
    .await;
}

#[tokio::test]
async fn a_mailed_link_slides_with_public_activity_and_ends_after_a_year() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        house
            .sql("UPDATE sessions SET expires_at = 9000000000000")
            .await;
        let browser = cast.guido(office, 1).await;
        let guido = house.verified_way(&browser).await;
        assert_eq!(expiry(office, &guido).await, 30 * DAY_MS);
        house.forward(20 * DAY_MS);
        notes(house, &cast.nora, guido.thread, "Still looking.").await;
        assert_eq!(
            expiry(office, &guido).await,
            10 * DAY_MS,
            "a note moves nothing"
        );
        answers(house, &cast.nora, guido.thread, "Found it.").await;
        assert_eq!(expiry(office, &guido).await, 30 * DAY_MS);
        for _ in 0..17 {
            house.forward(20 * DAY_MS);
            answers(house, &cast.nora, guido.thread, "Still here.").await;
        }
        assert_eq!(expiry(office, &guido).await, 5 * DAY_MS, "the hard cap");
        house.forward(5 * DAY_MS);
        assert_eq!(refused(guest::open(office, &guido).await), Fault::Expired);
    })
    .await;
}

#[tokio::test]
async fn a_new_link_ends_no_older_one() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let first = house.verified_way(&browser).await;
        answers(house, &cast.nora, browser.thread, "Here.").await;
        house.forward(5 * MINUTE_MS);
        let second = house.verified_way(&browser).await;
        assert_ne!(first.link, second.link);
        for guest in [&first, &second, &browser] {
            guest::open(office, guest).await.unwrap();
        }
        let links = opens(house, &cast.nora, browser.thread).await.links;
        assert_eq!(links.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn revoked_links_open_nothing_from_the_next_request_on() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let mailed = house.verified_way(&browser).await;
        let token = house.token_to("guido1@example.org").unwrap();
        thread::revoke_links(office, &cast.nora, browser.thread)
            .await
            .unwrap();
        for guest in [&browser, &mailed] {
            assert_eq!(refused(guest::open(office, guest).await), Fault::Expired);
            let form = form(house, "Hello?", None);
            let answer = guest::reply(office, guest, &form, &door(1)).await;
            assert_eq!(refused(answer), Fault::Expired);
            assert_eq!(refused(guest::seen(office, guest, 1).await), Fault::Expired);
        }
        let followed = guest::follow(office, &token).await.unwrap();
        assert!(matches!(followed, Followed::Expired { .. }));
        assert!(
            opens(house, &cast.nora, browser.thread)
                .await
                .links
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn a_request_for_a_link_is_the_same_row_whoever_is_known() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        house.verified_way(&browser).await;
        let token = house.token_to("guido1@example.org").unwrap();
        house.forward(31 * DAY_MS);
        let requests = [
            LinkRequest::Typed("guido1@example.org".to_owned()),
            LinkRequest::Typed("nobody@example.org".to_owned()),
            LinkRequest::Token(token.clone()),
            LinkRequest::Token("A".repeat(43)),
            LinkRequest::Token("no token".to_owned()),
            LinkRequest::Thread(browser.thread, token),
        ];
        for (n, request) in requests.into_iter().enumerate() {
            let before = house.row_counts().await;
            let door = door(u32::try_from(n).unwrap());
            guest::request_link(office, request, &door).await.unwrap();
            let after = house.row_counts().await;
            let grown: Vec<_> = before
                .iter()
                .zip(&after)
                .filter(|(old, new)| old != new)
                .map(|(old, new)| (old.0.as_str(), new.1 - old.1))
                .collect();
            assert_eq!(grown, [("outbox", 1), ("tries", 1)], "request {n}");
        }
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let to: Vec<_> = letters.iter().map(|letter| letter.to.1.as_str()).collect();
        let own = to.iter().filter(|to| **to == "guido1@example.org").count();
        assert_eq!(own, 2, "one mail for one address, beside the first");
        assert!(!to.contains(&"nobody@example.org"));
    })
    .await;
}

#[tokio::test]
async fn one_request_gives_one_mail_with_all_threads_and_the_next_after_a_quarter_of_an_hour() {
    both(async |house| {
        let office = &house.office;
        for (n, body) in ["It leaks.", "It hisses."].into_iter().enumerate() {
            let form = start_form(house, "guido@example.org", body);
            led_to(start(house, &form, &format!("203.0.113.{n}")).await);
        }
        house.run_mails().await;
        house.forward(2 * DAY_MS);
        let mailed = || {
            let letters = house.mailbox.letters();
            letters
                .into_iter()
                .filter(|letter| letter.to.1.as_str() == "guido@example.org")
                .collect::<Vec<_>>()
        };
        let before = mailed().len();
        let ask = async || {
            let request = LinkRequest::Typed("GUIDO@example.org".to_owned());
            guest::request_link(office, request, &door(9))
                .await
                .unwrap();
            house.run_mails().await;
        };
        ask().await;
        assert_eq!(mailed().len(), before + 1);
        assert_eq!(mailed()[before].text.matches("/t/").count(), 2);
        house.forward(15 * MINUTE_MS - 1);
        ask().await;
        assert_eq!(mailed().len(), before + 1, "too soon: dropped, not kept");
        house.forward(2);
        house.run_mails().await;
        assert_eq!(mailed().len(), before + 1);
        ask().await;
        assert_eq!(mailed().len(), before + 2);
    })
    .await;
}
