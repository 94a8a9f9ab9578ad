//! Whose turn it is, and how long somebody has waited for theirs.

use pigeon_core::testing::{Cast, both};
use pigeon_core::{guest, message, thread};
use pigeon_wire::message::{Content, PublicEvent};
use pigeon_wire::note::{StaffContent, StaffEvent};
use pigeon_wire::thread::Status;

use crate::voice::{answers, form, notes, opens, writes};

#[tokio::test]
async fn an_answer_opens_and_a_question_makes_pending() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        let status = async || {
            opens(house, &cast.nora, guido.thread)
                .await
                .head
                .public
                .status
        };
        assert_eq!(status().await, Status::Pending);
        answers(house, &cast.nora, guido.thread, "It is covered.").await;
        assert_eq!(status().await, Status::Open);
        writes(house, &guido, "By whom?").await;
        assert_eq!(status().await, Status::Pending);
        notes(house, &cast.nora, guido.thread, "By us.").await;
        assert_eq!(status().await, Status::Pending, "a note moves nothing");
    })
    .await;
}

#[tokio::test]
async fn a_guests_message_opens_a_closed_thread_again_and_everybody_is_told() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        thread::set_status(office, &cast.nora, guido.thread, None, Status::Closed)
            .await
            .unwrap();
        writes(house, &guido, "Once more.").await;
        let seen = guest::open(office, &guido).await.unwrap();
        assert_eq!(seen.head.status, Status::Pending);
        let events: Vec<_> = seen
            .entries
            .iter()
            .filter_map(|entry| match &entry.content {
                Content::Event { author, event, .. } => Some((author.as_str(), *event)),
                Content::Message { .. } => None,
            })
            .collect();
        assert_eq!(
            events,
            [
                ("Nora", PublicEvent::Closed),
                ("Guido", PublicEvent::Reopened)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn an_answer_leaves_a_closed_thread_closed_unless_it_reopens() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        thread::set_status(office, &cast.nora, id, None, Status::Closed)
            .await
            .unwrap();
        answers(house, &cast.nora, id, "One thing more.").await;
        let seen = guest::open(office, &guido).await.unwrap();
        assert_eq!(seen.head.status, Status::Closed);
        assert_eq!(seen.entries.len(), 3, "it is delivered all the same");

        let mut reopening = form(house, "And another.", None);
        reopening.reopen = true;
        message::reply(office, &cast.nora, id, &reopening)
            .await
            .unwrap();
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.public.status, Status::Open);
        let last = &open.entries.last().unwrap().content;
        let reopened = StaffEvent::Public {
            what: PublicEvent::Reopened,
        };
        assert_eq!(*last, StaffContent::Event(reopened));
    })
    .await;
}

#[tokio::test]
async fn a_status_chosen_by_hand_is_seen_by_all_and_who_chose_it_by_the_team() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let before = guest::open(office, &guido).await.unwrap();
        thread::set_status(office, &cast.nora, guido.thread, None, Status::Open)
            .await
            .unwrap();
        let after = guest::open(office, &guido).await.unwrap();
        assert_eq!(after.head.status, Status::Open);
        assert_eq!(after.change, before.change + 1);
        assert_eq!(after.entries, before.entries);
        let open = opens(house, &cast.sam, guido.thread).await;
        let last = open.entries.last().unwrap();
        assert_eq!(last.author.name, "Nora");
        let set = StaffEvent::StatusSet { to: Status::Open };
        assert_eq!(last.content, StaffContent::Event(set));

        thread::set_status(office, &cast.nora, guido.thread, None, Status::Open)
            .await
            .unwrap();
        let again = opens(house, &cast.sam, guido.thread).await;
        assert_eq!(again.change, open.change, "what is so already is no change");
    })
    .await;
}

#[tokio::test]
async fn waiting_is_counted_from_the_oldest_question_without_an_answer() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        let id = guido.thread;
        let waiting = async || opens(house, &cast.nora, id).await.head.waiting_since;
        let first = house.office.now();
        assert_eq!(waiting().await, Some(first));
        house.forward(60_000);
        writes(house, &guido, "Hello?").await;
        assert_eq!(waiting().await, Some(first), "not from the newest");
        notes(house, &cast.nora, id, "Looking.").await;
        assert_eq!(waiting().await, Some(first), "a note answers nobody");
        answers(house, &cast.nora, id, "Here.").await;
        assert_eq!(waiting().await, None);
        house.forward(60_000);
        writes(house, &guido, "Thanks.").await;
        assert_eq!(waiting().await, Some(house.office.now()));
        thread::set_status(&house.office, &cast.nora, id, None, Status::Closed)
            .await
            .unwrap();
        assert_eq!(waiting().await, None, "whoever closes has dealt with it");
    })
    .await;
}

#[tokio::test]
async fn posting_reads_what_was_seen_and_no_more() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        let seen = opens(house, &cast.nora, id).await.change;
        let posted = answers(house, &cast.nora, id, "First.").await;
        assert_eq!(opens(house, &cast.nora, id).await.read, posted.place);
        writes(house, &guido, "Came unseen.").await;
        let stale = form(house, "Second.", Some(posted.place));
        message::reply(office, &cast.nora, id, &stale)
            .await
            .unwrap();
        assert_eq!(opens(house, &cast.nora, id).await.read, posted.place);
        assert!(seen < posted.place);
        assert_eq!(
            opens(house, &cast.sam, id).await.read,
            0,
            "viewing marks nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_acts_takes_part_and_whoever_looks_does_not() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        opens(house, &cast.sam, id).await;
        thread::seen(office, &cast.sam, id, 1).await.unwrap();
        answers(house, &cast.nora, id, "Here.").await;
        notes(house, &cast.olivia, id, "Good.").await;
        let nils = cast.nils.person;
        thread::assign(office, &cast.lena, id, None, Some(nils))
            .await
            .unwrap();
        let open = opens(house, &cast.sam, id).await;
        let mut names: Vec<_> = open
            .head
            .participants
            .iter()
            .map(|p| p.person.name.as_str())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["Guido", "Nils", "Nora", "Olivia"]);
    })
    .await;
}
