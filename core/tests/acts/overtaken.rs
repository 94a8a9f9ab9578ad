//! Two people who act at once never overwrite each other silently.

use futures::future::join_all;
use pigeon_core::testing::{Cast, both};
use pigeon_core::{Error, guest, message, thread};
use pigeon_wire::Fault;
use pigeon_wire::act::{Moved, Standing};
use pigeon_wire::fault::Overtaken;
use pigeon_wire::message::ReplyForm;
use pigeon_wire::thread::Status;

use crate::voice::{answers, door, form, notes, opens, refused, writes};

fn overtaken(fault: Fault) -> Overtaken {
    match fault {
        Fault::Overtaken(overtaken) => overtaken,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn an_act_of_another_that_was_not_seen_stops_a_reply() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for (n, act) in ["reply", "note", "status", "assign"]
            .into_iter()
            .enumerate()
        {
            let id = cast.guido(office, u32::try_from(n).unwrap()).await.thread;
            let seen = opens(house, &cast.nora, id).await.change;
            house.forward(1000);
            match act {
                "reply" => {
                    answers(house, &cast.lena, id, "Mine.").await;
                }
                "note" => {
                    notes(house, &cast.lena, id, "Wait.").await;
                }
                "status" => thread::set_status(office, &cast.lena, id, None, Status::Closed)
                    .await
                    .unwrap(),
                _ => thread::assign(office, &cast.lena, id, None, Some(cast.nils.person))
                    .await
                    .unwrap(),
            }
            let at = office.now();
            house.forward(1000);
            let mut mine = form(house, "Also mine.", Some(seen));
            let before = house.row_counts().await;
            let told = overtaken(refused(message::reply(office, &cast.nora, id, &mine).await));
            assert_eq!((told.by.as_str(), told.at), ("Lena", at), "{act}");
            assert_eq!(before, house.row_counts().await, "nothing is stored");
            mine.seen = Some(told.now);
            let sent = message::reply(office, &cast.nora, id, &mine).await;
            assert!(sent.is_ok(), "send anyway, after {act}: {sent:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_customer_has_just_written_is_not_closed_away() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        let shown = opens(house, &cast.nora, id).await.change;
        house.forward(1000);
        writes(house, &guido, "One more thing!").await;
        let mut mine = ReplyForm {
            close: true,
            shown: Some(shown),
            ..form(house, "All done.", Some(shown))
        };
        let told = overtaken(refused(message::reply(office, &cast.nora, id, &mine).await));
        assert_eq!((told.by.as_str(), told.at), ("Guido", office.now()));
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.public.status, Status::Pending);
        mine.shown = Some(told.now);
        message::reply(office, &cast.nora, id, &mine).await.unwrap();
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.public.status, Status::Closed);
    })
    .await;
}

#[tokio::test]
async fn a_snooze_that_ends_by_itself_stops_nobody() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        answers(house, &cast.lena, id, "We look.").await;
        let until = office.now().plus(1000);
        thread::snooze(office, &cast.lena, id, None, Some(until))
            .await
            .unwrap();
        let seen = opens(house, &cast.nora, id).await.change;
        house.forward(1000);
        assert_eq!(thread::wake_due(office).await.unwrap(), 1);
        assert!(opens(house, &cast.nora, id).await.change > seen);
        let mine = form(house, "Found it.", Some(seen));
        message::reply(office, &cast.nora, id, &mine).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn own_acts_and_the_customers_stop_nobody() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        let seen = opens(house, &cast.nora, id).await.change;
        notes(house, &cast.nora, id, "Looking.").await;
        thread::set_status(office, &cast.nora, id, None, Status::Open)
            .await
            .unwrap();
        writes(house, &guido, "Hello?").await;
        house.run_mails().await;
        let form = form(house, "Here.", Some(seen));
        message::reply(office, &cast.nora, id, &form).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_repeated_reply_gets_its_answer_even_after_others_acted() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let form = form(house, "Here.", Some(1));
        let first = message::reply(office, &cast.nora, id, &form).await.unwrap();
        answers(house, &cast.lena, id, "And here.").await;
        let again = message::reply(office, &cast.nora, id, &form).await.unwrap();
        assert_eq!(first, again);
    })
    .await;
}

#[tokio::test]
async fn a_customer_is_never_stopped_nor_whoever_names_no_number() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        answers(house, &cast.lena, guido.thread, "Mine.").await;
        let stale = form(house, "Meanwhile.", Some(0));
        guest::reply(office, &guido, &stale, &door(1))
            .await
            .unwrap();
        let unnumbered = form(house, "Mine too.", None);
        message::reply(office, &cast.nora, guido.thread, &unnumbered)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_four_who_answer_at_once_one_is_first_and_three_are_told() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let team = [&cast.olivia, &cast.lena, &cast.nora, &cast.nils];
        let forms: Vec<_> = team.iter().map(|_| form(house, "Here.", Some(1))).collect();
        let all = team
            .iter()
            .zip(&forms)
            .map(|(who, form)| message::reply(office, who, id, form));
        let answers = join_all(all).await;
        let sent = answers.iter().filter(|answer| answer.is_ok()).count();
        let told = answers
            .iter()
            .filter(|answer| matches!(answer, Err(Error::Fault(Fault::Overtaken(_)))))
            .count();
        assert_eq!((sent, told), (1, 3));
        assert_eq!(opens(house, &cast.sam, id).await.entries.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_take_a_thread_at_once_one_has_it_and_the_other_is_told() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for n in 0..8 {
            let id = cast.guido(office, n).await.thread;
            let (nora, nils) = (cast.nora.person, cast.nils.person);
            let (one, two) = tokio::join!(
                thread::assign(office, &cast.nora, id, None, Some(nora)),
                thread::assign(office, &cast.nils, id, None, Some(nils)),
            );
            let holder = opens(house, &cast.sam, id).await.head.assignee.unwrap();
            let (winner, loser) = if one.is_ok() {
                (nora, two)
            } else {
                (nils, one)
            };
            assert_eq!(holder.id, winner);
            let (name, now) = (holder.name.clone(), Standing::Assignee(Some(holder)));
            let moved = Moved {
                by: Some(name),
                now,
            };
            assert_eq!(refused(loser), Fault::Moved(moved));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_answer_at_once_a_thousand_times_never_both_do_so_unknowingly() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let mut seen = opens(house, &cast.sam, id).await.change;
        for round in 0..1000 {
            let mine = form(house, "Here.", Some(seen));
            let theirs = form(house, "Here, too.", Some(seen));
            let (one, two) = tokio::join!(
                message::reply(office, &cast.nora, id, &mine),
                message::reply(office, &cast.nils, id, &theirs),
            );
            let (posted, loser, by) = match (one, two) {
                (Ok(posted), Err(loser)) => (posted, loser, "Nora"),
                (Err(loser), Ok(posted)) => (posted, loser, "Nils"),
                other => panic!("round {round}: {other:?}"),
            };
            let told = overtaken(loser.into());
            assert_eq!((told.by.as_str(), told.now), (by, posted.place), "{round}");
            seen = posted.place;
        }
        let page = opens(house, &cast.sam, id).await;
        assert_eq!(page.change, seen, "a thousand replies, each after the last");
    })
    .await;
}
