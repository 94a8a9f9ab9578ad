//! The ledger of mails: joined, still wanted, tried again, given up visibly, and nothing forgotten.

use pigeon_core::mail::Letter;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both, both_with};
use pigeon_core::{guest, thread};
use pigeon_wire::ThreadId;
use pigeon_wire::id::{HOUR_MS, MINUTE_MS};
use pigeon_wire::note::{Delivery, StaffContent};
use pigeon_wire::text::Email;

use crate::voice::{answers, form, notes, opens, writes};

const NORA: &str = "nora@example.com";
const NILS: &str = "nils@example.com";
pub const GUIDO: &str = "guido1@example.org";
/// The From address of a Pigeon that was told nothing.
const SUPPORT: &str = "pigeon@localhost.localdomain";

pub fn to(house: &House, address: &str) -> Vec<Letter> {
    let letters = house.mailbox.letters();
    letters
        .into_iter()
        .filter(|letter| letter.to.1.as_str() == address)
        .collect()
}

pub async fn delivery(house: &House, cast: &Cast, id: ThreadId) -> Option<Delivery> {
    let open = opens(house, &cast.sam, id).await;
    open.entries
        .iter()
        .rev()
        .find_map(|entry| match entry.content {
            StaffContent::Message { delivery, .. } => Some(delivery),
            _ => None,
        })
        .flatten()
}

#[tokio::test]
async fn messages_wait_for_the_first_ones_delay_and_leave_as_one_mail() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), 1, "the link leaves at once");
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.forward(119_999);
        answers(house, &cast.nora, guido.thread, "Second.").await;
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), 1);
        house.forward(1);
        house.run_mails().await;
        let mails = to(house, GUIDO);
        assert_eq!(mails.len(), 2);
        assert!(mails[1].text.contains("First.") && mails[1].text.contains("Second."));
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), 2, "and once");
        assert_eq!(
            delivery(house, &cast, guido.thread).await,
            Some(Delivery::Sent)
        );
    })
    .await;
}

#[tokio::test]
async fn without_a_delay_each_message_leaves_at_once() {
    let at_once = Overrides {
        joining_delay_s: Some(0),
        ..Overrides::default()
    };
    both_with(at_once, async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        house.run_mails().await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_link_in_a_mail_works() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        answers(house, &cast.nora, browser.thread, "First.").await;
        house.forward(2 * MINUTE_MS);
        let guido = house.verified_way(&browser).await;
        let open = guest::open(office, &guido).await.unwrap();
        assert!(open.by_mail);
        writes(house, &guido, "Thank you.").await;
        let letters = house.mailbox.letters();
        let secrets = letters
            .iter()
            .filter_map(|l| house.token_to(l.to.1.as_str()));
        for secret in secrets {
            let stored = format!("SELECT COUNT(*) FROM outbox WHERE answer LIKE '%{secret}%'");
            assert_eq!(house.number(&stored).await, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_read_meanwhile_is_not_mailed() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        house.run_mails().await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        let open = guest::open(office, &guido).await.unwrap();
        guest::seen(office, &guido, open.change).await.unwrap();
        writes(house, &guido, "Read it.").await;
        let seen = opens(house, &cast.nora, guido.thread).await.change;
        thread::seen(office, &cast.nora, guido.thread, seen)
            .await
            .unwrap();
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), 1);
        assert_eq!(to(house, NORA).len(), 0);
        let open = opens(house, &cast.sam, guido.thread).await;
        let StaffContent::Message { delivery, .. } = open.entries[1].content else {
            panic!("a message")
        };
        assert_eq!(delivery, Some(Delivery::Unneeded));
    })
    .await;
}

#[tokio::test]
async fn of_a_bundle_only_what_is_unread_is_mailed() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        house.run_mails().await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        let open = guest::open(office, &guido).await.unwrap();
        guest::seen(office, &guido, open.change).await.unwrap();
        answers(house, &cast.nora, guido.thread, "Second.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let mails = to(house, GUIDO);
        assert_eq!(mails.len(), 2);
        assert!(!mails[1].text.contains("First.") && mails[1].text.contains("Second."));
    })
    .await;
}

#[tokio::test]
async fn a_question_goes_to_the_support_recipients_until_somebody_able_has_it() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, SUPPORT).len(), 1);
        let nora = Some(cast.nora.person);
        thread::assign(office, &cast.nora, guido.thread, None, nora)
            .await
            .unwrap();
        writes(house, &guido, "Hello?").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, SUPPORT).len(), 1);
        assert_eq!(to(house, NORA).len(), 1);
        assert!(to(house, NORA)[0].text.contains("/inbox/"));
        house.deactivate(cast.nora.person).await;
        writes(house, &guido, "Still there?").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(
            to(house, SUPPORT).len(),
            2,
            "the assignee cannot act any more"
        );
        assert_eq!(to(house, NORA).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_two_mails_for_one_message_nor_one_for_their_own() {
    let recipients = ["nora@example.com", "team@example.com", "guido1@example.org"];
    let overrides = Overrides {
        support_recipients: Some(recipients.map(|a| Email::parse(a).unwrap()).to_vec()),
        ..Overrides::default()
    };
    both_with(overrides, async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        answers(house, &cast.nils, guido.thread, "Second.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let before = [NORA, NILS, "team@example.com", GUIDO].map(|a| to(house, a).len());
        writes(house, &guido, "A question to all.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let after = [NORA, NILS, "team@example.com", GUIDO].map(|a| to(house, a).len());
        let more: Vec<usize> = before.iter().zip(after).map(|(b, a)| a - b).collect();
        assert_eq!(more, [1, 1, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn a_note_is_mailed_to_the_team_in_the_thread_alone() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let before = house.mailbox.letters().len();
        notes(house, &cast.nils, guido.thread, "Third kettle this week.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let fresh: Vec<_> = letters[before..].iter().map(|l| l.to.1.as_str()).collect();
        assert_eq!(fresh, [NORA]);
        assert!(letters[before].text.contains("Third kettle"));
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_the_right_before_sending_gets_nothing() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        answers(house, &cast.nils, guido.thread, "Second.").await;
        writes(house, &guido, "A question to both.").await;
        house.give_role(cast.nora.person, None).await;
        house.deactivate(cast.nils.person).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!((to(house, NORA).len(), to(house, NILS).len()), (0, 0));
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
async fn a_thread_in_the_trash_mails_nobody() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.trash(guido.thread).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert!(house.mailbox.letters().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_mail_of_a_thread_refers_to_it_and_tells_no_number() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        notes(house, &cast.nora, guido.thread, "Hm.").await;
        answers(house, &cast.nora, guido.thread, "First.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let mails = to(house, GUIDO);
        assert_eq!(mails[0].thread_ref, mails[1].thread_ref);
        assert!(mails[0].thread_ref.is_some());
        assert_ne!(mails[0].id, mails[1].id);
        let unused = form(house, "", None);
        assert!(mails.iter().all(|mail| mail.id.len() == unused.key.len()));
    })
    .await;
}
