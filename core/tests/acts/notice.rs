//! What people want to be told: by mail soon, once a day or never, and by the badge.

use pigeon_core::actor::Account;
use pigeon_core::mail::Letter;
use pigeon_core::person::{notice, own};
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{mailbox, user};
use pigeon_wire::id::HOUR_MS;
use pigeon_wire::note::Delivery;
use pigeon_wire::notice::{MailPace, NoticeKind, Notices};
use pigeon_wire::person::Language;

use crate::outbox::{delivery, to};
use crate::voice::{answers, notes, opens};

const UWE: &str = "uwe@example.com";
const NORA: &str = "nora@example.com";

async fn choose(house: &House, who: &Account, kind: NoticeKind, pace: MailPace) {
    let chosen = notice::own(&house.office, who).await.unwrap();
    let chosen = chosen.mailing(kind, pace);
    notice::change(&house.office, who, chosen).await.unwrap();
}

/// The mails of the day that somebody got.
fn of_the_day(house: &House, address: &str) -> Vec<Letter> {
    let mut letters = to(house, address);
    letters.retain(|letter| letter.subject.starts_with("What is new"));
    letters
}

#[tokio::test]
async fn the_day_comes_as_one_mail_in_the_morning_without_what_was_read() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        own::change_profile(office, &cast.uwe, "Uwe", Language::En, "Europe/Berlin")
            .await
            .unwrap();
        choose(house, &cast.uwe, NoticeKind::Support, MailPace::Daily).await;
        let mut asked = Vec::new();
        for body in ["First.", "Second.", "Third."] {
            let id = house.question_of(&cast.uwe, body).await;
            answers(house, &cast.nora, id, "An answer.").await;
            asked.push(id);
        }
        answers(house, &cast.nora, asked[0], "And one more.").await;
        assert_eq!(
            delivery(house, &cast, asked[0]).await,
            Some(Delivery::Queued)
        );
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, UWE), [], "nothing before the morning");
        let read = user::open(office, &cast.uwe, asked[1]).await.unwrap();
        user::seen(office, &cast.uwe, asked[1], read.change)
            .await
            .unwrap();
        house.forward(24 * HOUR_MS);
        house.run_mails().await;
        let mails = to(house, UWE);
        assert_eq!((mails.len(), of_the_day(house, UWE).len()), (1, 1));
        let text = &mails[0].text;
        assert!(text.contains("2 new, Nora"), "{text}");
        for (id, is_told) in asked.iter().zip([true, false, true]) {
            assert_eq!(text.contains(&format!("/threads/{id}")), is_told, "{text}");
        }
        for id in asked {
            // It carried them all; of the one that was read meanwhile the page tells more.
            assert_eq!(delivery(house, &cast, id).await, Some(Delivery::Sent));
        }
        house.forward(48 * HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, UWE).len(), 1, "and once");
    })
    .await;
}

#[tokio::test]
async fn what_is_never_mailed_is_not_even_when_it_was_owed_before() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = house.question_of(&cast.uwe, "It leaks.").await;
        answers(house, &cast.nora, id, "Where?").await;
        choose(house, &cast.uwe, NoticeKind::Support, MailPace::Never).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, UWE), []);
        assert_eq!(delivery(house, &cast, id).await, Some(Delivery::Unneeded));
        answers(house, &cast.nora, id, "At the spout?").await;
        house.run_mails().await;
        assert_eq!(to(house, UWE), []);
        assert_eq!(delivery(house, &cast, id).await, None, "none is owed");
    })
    .await;
}

#[tokio::test]
async fn staff_choose_for_notes_apart_from_messages() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        answers(house, &cast.nora, guido.thread, "Hello.").await;
        choose(house, &cast.nora, NoticeKind::Note, MailPace::Never).await;
        choose(house, &cast.nora, NoticeKind::Team, MailPace::Daily).await;
        notes(house, &cast.nils, guido.thread, "Between us.").await;
        answers(house, &cast.nils, guido.thread, "Tomorrow.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, NORA), []);
        house.forward(24 * HOUR_MS);
        house.run_mails().await;
        let mails = of_the_day(house, NORA);
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("1 new, Nils"), "{}", mails[0].text);
        assert!(mails[0].text.contains(&format!("/inbox/{}", guido.thread)));
        opens(house, &cast.nora, guido.thread).await;
    })
    .await;
}

#[tokio::test]
async fn the_badge_counts_what_its_owner_wants_counted() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = house.question_of(&cast.uwe, "It leaks.").await;
        let unread = async || mailbox::counts(office, &cast.uwe).await.unwrap().unread;
        answers(house, &cast.nora, id, "Where?").await;
        assert_eq!(unread().await, 1);
        let silent = Notices::default().counting(NoticeKind::Support, false);
        notice::change(office, &cast.uwe, silent).await.unwrap();
        assert_eq!(unread().await, 0);
        answers(house, &cast.nora, id, "At the spout?").await;
        assert_eq!(unread().await, 0);
        let counted = Notices::default();
        notice::change(office, &cast.uwe, counted).await.unwrap();
        assert_eq!(unread().await, 1);
        let read = user::open(office, &cast.uwe, id).await.unwrap();
        user::seen(office, &cast.uwe, id, read.change)
            .await
            .unwrap();
        assert_eq!(unread().await, 0);
    })
    .await;
}
