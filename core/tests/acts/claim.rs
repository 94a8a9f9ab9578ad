//! A guest becomes a user: what they began without an account is theirs, and nobody else's.

use pigeon_core::actor::{Account, Guest};
use pigeon_core::guest::{self, Standing, Started};
use pigeon_core::testing::{Cast, House, both, recognised, visitor};
use pigeon_core::user::{claim_guest_threads, claimable};
use pigeon_core::{mailbox, user};
use pigeon_wire::ThreadId;
use pigeon_wire::id::HOUR_MS;
use pigeon_wire::mailbox::MailboxView;
use pigeon_wire::message::{Content, KnownBy, StartForm};
use pigeon_wire::note::{Delivery, StaffContent, StaffEvent};
use pigeon_wire::thread::Source;

use crate::outbox::{delivery, to};
use crate::voice::{answers, form as said, notes, opens};

const UWE: &str = "uwe@example.com";

/// What somebody with Uwe's address types at the door.
fn form(key: &str) -> StartForm {
    StartForm {
        name: "Uwe (web)".to_owned(),
        email: "UWE@example.com".to_owned(),
        subject: "Kettle leaks".to_owned(),
        body: "It leaks at the spout.".to_owned(),
        key: key.to_owned(),
    }
}

async fn begun(house: &House, key: &str) -> (Guest, String) {
    let door = visitor("198.51.100.77");
    let started = guest::start(&house.office, &form(key), "", Source::Form, &door).await;
    let Started::Thread { thread, secret, .. } = started.unwrap() else {
        panic!("no thread");
    };
    (recognised(&house.office, thread, &secret).await, secret)
}

async fn listed(house: &House, who: &Account) -> Vec<ThreadId> {
    let page = mailbox::page(&house.office, who, MailboxView::All, None).await;
    page.unwrap().rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn who_has_proven_the_address_takes_the_guests_threads_over() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (guest, secret) = begun(house, "key-of-the-first-start-01").await;
        let id = guest.thread;
        let other = cast.guido(office, 1).await;
        answers(house, &cast.nora, id, "Which kettle is it?").await;
        notes(house, &cast.nora, id, "Not their first one.").await;
        assert_eq!(listed(house, &cast.uwe).await, []);
        assert_eq!(claimable(office, &cast.uwe).await.unwrap(), 1);
        assert_eq!(claimable(office, &cast.sam).await.unwrap(), 0);

        assert_eq!(claim_guest_threads(office, &cast.uwe).await.unwrap(), 1);

        assert_eq!(listed(house, &cast.uwe).await, [id]);
        assert_eq!(claimable(office, &cast.uwe).await.unwrap(), 0);
        let counts = mailbox::counts(office, &cast.uwe).await.unwrap();
        assert_eq!(counts.unread, 1, "the answer that was not read yet");
        let seen = user::open(office, &cast.uwe, id).await.unwrap();
        let lines: Vec<_> = seen
            .entries
            .iter()
            .map(|entry| match &entry.entry.content {
                Content::Message { body, .. } => (body.as_str(), entry.by == Some(cast.uwe.person)),
                Content::Event { .. } => panic!("an event that the team alone sees"),
            })
            .collect();
        assert_eq!(
            lines,
            [
                ("It leaks at the spout.", true),
                ("Which kettle is it?", false)
            ],
        );
        // No link of the guest opens it any more.
        assert_eq!(
            guest::standing(office, id, &secret).await.unwrap(),
            Standing::Expired {
                email_hint: "u•••@example.com".to_owned()
            },
        );
        assert!(guest::open(office, &guest).await.is_err());
        // Guido's is still Guido's.
        assert!(guest::open(office, &other).await.is_ok());
        // The team sees whose it is, how its first message was known, and what happened.
        let team = opens(house, &cast.nora, id).await;
        assert_eq!(team.head.customer.name, "Uwe");
        assert!(team.head.customer.verified && !team.head.customer.guest);
        assert!(team.links.is_empty());
        let first = &team.entries.first().unwrap().content;
        assert!(matches!(
            first,
            StaffContent::Message {
                known_by: KnownBy::Browser,
                ..
            }
        ));
        let last = &team.entries.last().unwrap().content;
        assert_eq!(*last, StaffContent::Event(StaffEvent::Claimed));
        // The mail that waited for the guest goes to the account, with the account's link.
        house.forward(HOUR_MS);
        house.run_mails().await;
        let mails = to(house, UWE);
        assert_eq!(
            mails.len(),
            1,
            "one about the answer, and no link for guests"
        );
        assert!(mails[0].text.contains("Which kettle is it?"));
        assert!(mails[0].text.contains(&format!("/threads/{id}")));
        assert!(!mails[0].text.contains("Not their first one."));
        assert_eq!(delivery(house, &cast, id).await, Some(Delivery::Sent));
        // It goes on like any other thread of theirs.
        let more = said(house, "The blue one.", None);
        user::reply(office, &cast.uwe, id, &more).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_same_start_sent_again_hands_nothing_of_an_account_out() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (guest, _) = begun(house, "key-of-the-first-start-01").await;
        claim_guest_threads(office, &cast.uwe).await.unwrap();
        let door = visitor("198.51.100.77");
        let form = form("key-of-the-first-start-01");
        let again = guest::start(office, &form, "", Source::Form, &door).await;
        assert_eq!(again.unwrap(), Started::Claimed);
        assert_eq!(listed(house, &cast.uwe).await, [guest.thread]);
        assert_eq!(claimable(office, &cast.uwe).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_stands_in_it_for_the_team_does_not_become_its_customer() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (guest, _) = begun(house, "key-of-the-first-start-01").await;
        house.give_role(cast.uwe.person, Some("agent")).await;
        notes(house, &cast.uwe, guest.thread, "That was me at home.").await;
        assert_eq!(claimable(office, &cast.uwe).await.unwrap(), 0);
        assert_eq!(claim_guest_threads(office, &cast.uwe).await.unwrap(), 0);
        assert!(guest::open(office, &guest).await.is_ok());
    })
    .await;
}
