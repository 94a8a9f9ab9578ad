//! Threads that rest: gone from what there is to do, and back when it is time or the customer writes.

use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{guest, inbox, thread};
use pigeon_wire::act::{Moved, Outcome, SNOOZE_DAYS_MAX, Standing, ThreadAct};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::{DAY_MS, HOUR_MS};
use pigeon_wire::inbox::{View, ViewCounts};
use pigeon_wire::note::StaffEvent;
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::Status;
use pigeon_wire::{Fault, Millis, ThreadId};

use crate::voice::{answers, events, listed, opens, refused, writes};

/// The views of Nora that hold the thread, and whether her counts say the same.
async fn views(house: &House, cast: &Cast, id: ThreadId) -> Vec<View> {
    let counts = inbox::counts(&house.office, &cast.nora).await.unwrap();
    let mut holding = Vec::new();
    for view in View::ALL {
        let rows = listed(house, &cast.nora, *view).await;
        assert_eq!(
            counts.of(*view),
            i64::try_from(rows.len()).unwrap(),
            "{view}"
        );
        if rows.contains(&id) {
            holding.push(*view);
        }
    }
    holding
}

#[tokio::test]
async fn what_rests_leaves_what_there_is_to_do_and_comes_back_in_time() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (nora, id) = (&cast.nora, guido.thread);
        thread::assign(office, nora, id, None, Some(nora.person))
            .await
            .unwrap();
        answers(house, nora, id, "We look into it.").await;
        let seen = guest::open(office, &guido).await.unwrap();
        assert_eq!(
            views(house, &cast, id).await,
            [View::All, View::Mine, View::Open]
        );

        let until = office.now().plus(HOUR_MS);
        thread::snooze(office, nora, id, None, Some(until))
            .await
            .unwrap();
        assert_eq!(
            views(house, &cast, id).await,
            [View::All, View::Open, View::Snoozed]
        );
        assert_eq!(opens(house, nora, id).await.head.snoozed_until, Some(until));
        assert_eq!(
            guest::open(office, &guido).await.unwrap(),
            seen,
            "its guest sees nothing of it"
        );
        house.forward(HOUR_MS - 1);
        assert_eq!(thread::wake_due(office).await.unwrap(), 0, "not yet");
        house.forward(1);
        assert_eq!(thread::wake_due(office).await.unwrap(), 1);
        assert_eq!(thread::wake_due(office).await.unwrap(), 0, "once");

        let awake = opens(house, nora, id).await;
        assert_eq!(awake.head.snoozed_until, None);
        assert_eq!(awake.head.public.status, Status::Pending, "our turn again");
        assert_eq!(
            views(house, &cast, id).await,
            [View::All, View::NeedsReply, View::Mine, View::Pending]
        );
        assert!(events(&awake).ends_with(&[
            StaffEvent::Snoozed { until: Some(until) },
            StaffEvent::SnoozeEnded,
        ]));
    })
    .await;
}

#[tokio::test]
async fn the_customer_and_a_closing_end_it_at_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (nora, id) = (&cast.nora, guido.thread);
        let until = office.now().plus(DAY_MS);
        let rests = async || opens(house, nora, id).await.head.snoozed_until.is_some();
        thread::snooze(office, nora, id, None, Some(until))
            .await
            .unwrap();
        answers(house, nora, id, "Until Monday, then.").await;
        assert!(rests().await, "our own answer ends nothing");
        writes(house, &guido, "It is urgent now.").await;
        assert!(!rests().await);
        assert_eq!(listed(house, nora, View::NeedsReply).await, [id]);

        thread::snooze(office, nora, id, None, Some(until))
            .await
            .unwrap();
        thread::set_status(office, nora, id, None, Status::Closed)
            .await
            .unwrap();
        assert!(!rests().await);
        assert_eq!(
            views(house, &cast, id).await,
            [View::All, View::Closed],
            "and it is counted once"
        );
        let closed = thread::snooze(office, nora, id, None, Some(until)).await;
        assert_eq!(
            refused(closed),
            Fault::field(Field::Until, Problem::Unknown)
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_is_second_is_told_and_no_moment_is_taken_that_never_comes() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let (nora, nils) = (&cast.nora, &cast.nils);
        let now = office.now();
        let until = now.plus(HOUR_MS);
        for bad in [now, Millis(0), now.plus(SNOOZE_DAYS_MAX * DAY_MS + 1)] {
            let set = thread::snooze(office, nora, id, None, Some(bad)).await;
            assert_eq!(refused(set), Fault::field(Field::Until, Problem::Unknown));
        }
        let reader = thread::snooze(office, &cast.sam, id, None, Some(until)).await;
        assert_eq!(refused(reader), Fault::Forbidden(Permission::ManageThreads));
        thread::snooze(office, nora, id, None, Some(until))
            .await
            .unwrap();
        let later = thread::snooze(office, nils, id, None, Some(until.plus(1))).await;
        let moved = Moved {
            by: Some("Nora".into()),
            now: Standing::Snoozed(Some(until)),
        };
        assert_eq!(refused(later), Fault::Moved(moved));
        let task = pigeon_wire::act::Task {
            thread: id,
            act: ThreadAct::Snooze {
                was: Some(until),
                until: None,
            },
        };
        let outcomes = thread::all(office, nils, &[task]).await.unwrap();
        assert_eq!(
            outcomes.first().and_then(Outcome::undo),
            Some(ThreadAct::Snooze {
                was: None,
                until: Some(until)
            })
        );
        thread::trash(office, nora, id).await.unwrap();
        house.forward(DAY_MS);
        assert_eq!(thread::wake_due(office).await.unwrap(), 0);
        let counts = inbox::counts(office, nora).await.unwrap();
        let expected = ViewCounts {
            trash: 1,
            ..ViewCounts::default()
        };
        assert_eq!(counts, expected);
    })
    .await;
}
