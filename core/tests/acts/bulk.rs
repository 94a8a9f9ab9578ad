//! Acts on threads as a whole: one at a time or many at once, each giving way to whoever was
//! quicker, and each undone only if nobody has acted since.

use pigeon_core::testing::{Cast, both};
use pigeon_core::thread;
use pigeon_wire::act::{Moved, Outcome, Standing, TASKS_MAX, Task, ThreadAct};
use pigeon_wire::id::HOUR_MS;
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::Status;
use pigeon_wire::{Fault, ThreadId};
use uuid::Uuid;

use crate::voice::{answers, opens, refused, writes};

const CLOSE: ThreadAct = ThreadAct::Status {
    from: Some(Status::Pending),
    to: Status::Closed,
};

fn tasks(threads: &[ThreadId], act: ThreadAct) -> Vec<Task> {
    threads
        .iter()
        .map(|thread| Task {
            thread: *thread,
            act,
        })
        .collect()
}

/// What undoes all that was done.
fn undo(tasks: &[Task], outcomes: &[Outcome]) -> Vec<Task> {
    let done = tasks.iter().zip(outcomes);
    done.filter_map(|(task, outcome)| {
        Some(Task {
            act: outcome.undo()?,
            ..*task
        })
    })
    .collect()
}

#[tokio::test]
async fn each_thread_of_many_has_an_answer_of_its_own() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut threads = Vec::new();
        for n in 0..4 {
            threads.push(cast.guido(office, n).await.thread);
        }
        let [free, answered, closed, trashed] = threads[..] else {
            panic!()
        };
        answers(house, &cast.nils, answered, "Here.").await;
        thread::set_status(office, &cast.nils, closed, None, Status::Closed)
            .await
            .unwrap();
        thread::trash(office, &cast.nils, trashed).await.unwrap();
        let own = house.question_of(&cast.nora, "My own.").await;
        let unknown = ThreadId(Uuid::from_u128(7));
        let all = [free, answered, closed, trashed, own, unknown];
        let outcomes = thread::all(office, &cast.nora, &tasks(&all, CLOSE))
            .await
            .unwrap();
        let refusal = |fault| Outcome::Refused { fault };
        let moved = Fault::Moved(Moved {
            by: Some("Nils".to_owned()),
            now: Standing::Status(Status::Open),
        });
        let undo = ThreadAct::Status {
            from: Some(Status::Closed),
            to: Status::Pending,
        };
        let expected = [
            Outcome::Done { undo },
            refusal(moved),
            Outcome::Nothing,
            refusal(Fault::Trashed),
            refusal(Fault::NotFound),
            refusal(Fault::NotFound),
        ];
        assert_eq!(outcomes, expected);
        let status = async |id| opens(house, &cast.sam, id).await.head.public.status;
        assert_eq!(status(free).await, Status::Closed);
        assert_eq!(
            status(answered).await,
            Status::Open,
            "nothing was overwritten"
        );
    })
    .await;
}

#[tokio::test]
async fn undoing_brings_back_what_was_and_overwrites_no_later_act() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut threads = Vec::new();
        let mut guests = Vec::new();
        for n in 0..3 {
            let guido = cast.guido(office, n).await;
            threads.push(guido.thread);
            guests.push(guido);
        }
        let waits = opens(house, &cast.sam, threads[0]).await.head.waiting_since;
        assert!(waits.is_some());
        let close = tasks(&threads, CLOSE);
        house.forward(1000);
        let outcomes = thread::all(office, &cast.nora, &close).await.unwrap();
        let back = undo(&close, &outcomes);
        assert_eq!(back.len(), 3);
        writes(house, &guests[1], "Wait!").await;
        answers(house, &cast.nils, threads[1], "We do.").await;
        let outcomes = thread::all(office, &cast.nora, &back).await.unwrap();
        assert!(outcomes[0].undo().is_some() && outcomes[2].undo().is_some());
        assert!(
            matches!(&outcomes[1], Outcome::Refused { fault: Fault::Moved(moved) }
            if moved.now == Standing::Status(Status::Open))
        );
        let head = opens(house, &cast.sam, threads[0]).await.head;
        assert_eq!(head.public.status, Status::Pending);
        assert_eq!(
            head.waiting_since, waits,
            "the customer waits as long as before"
        );

        let (nora, nils) = (Some(cast.nora.person), Some(cast.nils.person));
        let give = tasks(
            &threads,
            ThreadAct::Assign {
                from: None,
                to: nils,
            },
        );
        let outcomes = thread::all(office, &cast.lena, &give).await.unwrap();
        let back = undo(&give, &outcomes);
        thread::assign(office, &cast.lena, threads[2], nils, nora)
            .await
            .unwrap();
        let outcomes = thread::all(office, &cast.lena, &back).await.unwrap();
        let holder = async |id| {
            opens(house, &cast.sam, id)
                .await
                .head
                .assignee
                .map(|a| a.id)
        };
        assert_eq!(holder(threads[0]).await, None);
        assert_eq!(holder(threads[2]).await, nora);
        assert!(
            matches!(&outcomes[2], Outcome::Refused { fault: Fault::Moved(moved) }
            if moved.by.as_deref() == Some("Lena"))
        );
    })
    .await;
}

#[tokio::test]
async fn many_at_once_are_for_whoever_manages_threads_and_no_more_than_a_page() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let one = tasks(&[id], ThreadAct::Trash);
        let answer = thread::all(office, &cast.sam, &one).await;
        assert_eq!(refused(answer), Fault::Forbidden(Permission::ManageThreads));
        let many = tasks(&vec![id; TASKS_MAX + 1], ThreadAct::Trash);
        let answer = thread::all(office, &cast.nora, &many).await;
        assert_eq!(refused(answer), Fault::TooLarge);
        let give = ThreadAct::Assign {
            from: None,
            to: Some(cast.nils.person),
        };
        let answer = thread::all(office, &cast.nora, &tasks(&[id], give))
            .await
            .unwrap();
        let fault = Fault::Forbidden(Permission::AssignThreads);
        assert_eq!(
            answer,
            [Outcome::Refused { fault }],
            "an agent gives nobody work"
        );
        assert!(opens(house, &cast.sam, id).await.head.trashed_at.is_none());
    })
    .await;
}

#[tokio::test]
async fn whoever_is_given_a_thread_by_somebody_else_is_mailed_unless_they_know() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut threads = Vec::new();
        for n in 0..6 {
            threads.push(cast.guido(office, n).await.thread);
        }
        let [given, taken, read, withdrawn, trashed, muted] = threads[..] else {
            panic!()
        };
        house.forward(HOUR_MS);
        house.run_mails().await;
        let nils = Some(cast.nils.person);
        for id in [given, read, withdrawn, trashed, muted] {
            thread::assign(office, &cast.lena, id, None, nils).await.unwrap();
        }
        thread::assign(office, &cast.nils, taken, None, nils).await.unwrap();
        let change = opens(house, &cast.nils, read).await.change;
        thread::seen(office, &cast.nils, read, change).await.unwrap();
        thread::assign(office, &cast.lena, withdrawn, nils, None).await.unwrap();
        thread::trash(office, &cast.lena, trashed).await.unwrap();
        let (thread, person) = (house.id(muted.0), house.id(cast.nils.person.0));
        let no = match house.backend {
            pigeon_core::testing::Backend::Sqlite => "0",
            pigeon_core::testing::Backend::Postgres => "FALSE",
        };
        house
            .sql(&format!(
                "UPDATE participants SET wants_mail = {no} WHERE thread_id = {thread} AND person_id = {person}"
            ))
            .await;
        let before = house.mailbox.letters().len();
        house.forward(HOUR_MS);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let [letter] = &letters[before..] else {
            panic!("{} letters", letters.len() - before)
        };
        assert_eq!(letter.to.1.as_str(), "nils@example.com");
        assert_eq!(letter.subject, "Yours now: Kettle leaks");
        let text = "Lena gave you a conversation with Guido";
        assert!(letter.text.contains(text), "{}", letter.text);
        assert!(letter.text.contains(&format!("/inbox/{given}")));
        assert!(!letter.text.contains("It leaks"), "no message's text");
    })
    .await;
}
