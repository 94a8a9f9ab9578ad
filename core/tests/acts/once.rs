//! The same submission, however often it is sent, is one message.

use std::collections::HashSet;

use futures::future::join_all;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, both, both_with, recognised};
use pigeon_core::{guest, message, note};
use pigeon_wire::Fault;

use crate::voice::{door, form, led_to, note_form, opens, start, start_form};

const TIMES: usize = 50;

fn generous() -> Overrides {
    Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staff_reply_sent_fifty_times_at_once_is_one() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let form = form(house, "It is covered.", Some(1));
        let all = (0..TIMES).map(|_| message::reply(office, &cast.nora, id, &form));
        let answers = join_all(all).await;
        let first = answers[0].as_ref().unwrap().clone();
        assert!(answers.iter().all(|a| a.as_ref().unwrap() == &first));
        assert_eq!(opens(house, &cast.nora, id).await.entries.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_sent_fifty_times_at_once_is_one() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let form = note_form(house, "Third kettle this week.");
        let all = (0..TIMES).map(|_| note::add(office, &cast.nora, id, &form));
        let answers = join_all(all).await;
        let first = answers[0].as_ref().unwrap().clone();
        assert!(answers.iter().all(|a| a.as_ref().unwrap() == &first));
        assert_eq!(opens(house, &cast.nora, id).await.entries.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_reply_sent_fifty_times_at_once_is_one() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (form, door) = (form(house, "It still leaks.", Some(1)), door(1));
        let all = (0..TIMES).map(|_| guest::reply(office, &guido, &form, &door));
        let answers = join_all(all).await;
        let first = answers[0].as_ref().unwrap().clone();
        assert!(answers.iter().all(|a| a.as_ref().unwrap() == &first));
        assert_eq!(guest::open(office, &guido).await.unwrap().entries.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_sent_fifty_times_at_once_is_one_thread_and_lets_each_sender_in() {
    both_with(generous(), async |house| {
        for with_key in [true, false] {
            let email = format!("guido-{with_key}@example.org");
            let mut form = start_form(house, &email, "It leaks.");
            if !with_key {
                form.key = String::new();
            }
            let all = (0..TIMES).map(|_| start(house, &form, "203.0.113.1"));
            let led: Vec<_> = join_all(all).await.into_iter().map(led_to).collect();
            let threads: HashSet<_> = led.iter().map(|(thread, _)| *thread).collect();
            assert_eq!(threads.len(), 1, "with a key: {with_key}");
            for (thread, secret) in led {
                let guest = recognised(&house.office, thread, &secret).await;
                let open = guest::open(&house.office, &guest).await.unwrap();
                assert_eq!(open.entries.len(), 1);
            }
        }
        house.run_mails().await;
        let confirmations = house
            .mailbox
            .letters()
            .iter()
            .filter(|letter| letter.to.1.as_str().starts_with("guido"))
            .count();
        assert_eq!(confirmations, 2);
    })
    .await;
}

#[tokio::test]
async fn without_a_key_equal_content_is_one_within_ten_minutes_and_two_after() {
    both(async |house| {
        let mut form = start_form(house, "guido@example.org", "It leaks.");
        form.key = String::new();
        let from = "203.0.113.1";
        let (first, _) = led_to(start(house, &form, from).await);
        house.forward(10 * 60_000 - 1);
        let (second, _) = led_to(start(house, &form, from).await);
        assert_eq!(first, second);
        let (elsewhere, _) = led_to(start(house, &form, "203.0.113.2").await);
        assert_ne!(first, elsewhere, "somebody else may write the same");
        let mut other = form.clone();
        other.body = "It leaks no more.".to_owned();
        assert_ne!(first, led_to(start(house, &other, from).await).0);
        house.forward(2);
        let (third, _) = led_to(start(house, &form, from).await);
        assert_ne!(first, third);
        let (fourth, _) = led_to(start(house, &form, from).await);
        assert_eq!(third, fourth);
    })
    .await;
}

#[tokio::test]
async fn other_content_under_the_same_key_is_a_message_of_its_own_and_once_too() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let first = form(house, "First text.", None);
        let mut second = first.clone();
        second.body = "Second text.".to_owned();
        let post = async |form| message::reply(office, &cast.nora, id, form).await.unwrap();
        let (one, two) = (post(&first).await, post(&second).await);
        assert_ne!(one.id, two.id);
        assert_eq!(post(&first).await, one);
        assert_eq!(post(&second).await, two, "its retry finds it again");
        assert_eq!(opens(house, &cast.nora, id).await.entries.len(), 3);

        let mut note = note_form(house, "First text.");
        note.key.clone_from(&first.key);
        let noted = note::add(office, &cast.nora, id, &note).await.unwrap();
        assert_ne!(noted.id, one.id, "a note is not the message of its key");
    })
    .await;
}

#[tokio::test]
async fn other_content_under_the_same_starts_key_hands_out_nothing_of_the_first() {
    both(async |house| {
        let first = start_form(house, "guido@example.org", "It leaks.");
        let mut thief = first.clone();
        thief.body = "Let me in.".to_owned();
        let (thread, _) = led_to(start(house, &first, "203.0.113.1").await);
        let (other, secret) = led_to(start(house, &thief, "203.0.113.2").await);
        assert_ne!(thread, other);
        let guest = recognised(&house.office, other, &secret).await;
        let open = guest::open(&house.office, &guest).await.unwrap();
        assert_eq!(open.entries.len(), 1);
        let (again, _) = led_to(start(house, &thief, "203.0.113.2").await);
        assert_eq!(other, again, "its retry finds it again");
        house.trash(thread).await;
        let (fresh, _) = led_to(start(house, &first, "203.0.113.1").await);
        assert_ne!(thread, fresh, "what lies in the trash opens nothing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_in_two_threads_at_once_never_breaks() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let one = cast.guido(office, 1).await.thread;
        let two = cast.guido(office, 2).await.thread;
        for round in 0..10 {
            let form = form(house, &format!("Round {round}."), None);
            let posted = join_all([
                message::reply(office, &cast.nora, one, &form),
                message::reply(office, &cast.nora, two, &form),
            ])
            .await;
            for (answer, thread) in posted.into_iter().zip([one, two]) {
                match answer.map_err(Fault::from) {
                    Ok(_) => {}
                    Err(Fault::Busy { .. }) => {
                        let again = message::reply(office, &cast.nora, thread, &form).await;
                        again.expect("the next try");
                    }
                    Err(other) => panic!("{other}"),
                }
            }
        }
        for thread in [one, two] {
            assert_eq!(opens(house, &cast.nora, thread).await.entries.len(), 11);
        }
    })
    .await;
}
