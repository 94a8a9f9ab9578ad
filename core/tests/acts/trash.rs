//! The trash: what is thrown away is gone for everybody but whoever looks into the trash, comes back
//! as it was, and is purged in time.

use pigeon_core::hub::{Line, Out};
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, both, both_with};
use pigeon_core::{guest, inbox, message, note, search, thread};
use pigeon_wire::Fault;
use pigeon_wire::act::ThreadAct;
use pigeon_wire::id::{DAY_MS, HOUR_MS};
use pigeon_wire::inbox::View;
use pigeon_wire::live::{GuestFrame, StaffFrame, close};
use pigeon_wire::note::{Delivery, StaffContent, StaffEvent};
use pigeon_wire::thread::Status;

use crate::voice::{answers, door, events, form, listed, note_form, notes, opens, refused, writes};

fn waiting<F: serde::de::DeserializeOwned>(line: &mut Line) -> Vec<F> {
    std::iter::from_fn(|| line.waiting())
        .map(|bytes| serde_json::from_slice(&bytes).unwrap())
        .collect()
}

#[tokio::test]
async fn what_is_thrown_away_is_in_no_list_no_search_and_no_mail_and_comes_back_as_it_was() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        answers(house, &cast.nora, id, "It is covered.").await;
        writes(house, &guido, "By whom?").await;
        notes(house, &cast.nora, id, "Third kettle.").await;
        let nora = Some(cast.nora.person);
        thread::assign(office, &cast.nora, id, None, nora)
            .await
            .unwrap();
        let before = opens(house, &cast.sam, id).await;
        let owed = "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'deferred')";
        assert!(house.number(owed).await > 0);
        let search = async || {
            let query = pigeon_wire::search::Search {
                typed: "covered".to_owned(),
                order: pigeon_wire::search::Order::Newest,
                after: None,
            };
            let page = search::page(office, &cast.sam, query).await.unwrap();
            page.total.count
        };
        assert_eq!(search().await, 1);

        thread::trash(office, &cast.nora, id).await.unwrap();
        for view in View::ALL {
            let expected = if *view == View::Trash {
                vec![id]
            } else {
                Vec::new()
            };
            assert_eq!(listed(house, &cast.nora, *view).await, expected, "{view}");
        }
        assert_eq!(search().await, 0);
        assert_eq!(house.number(owed).await, 0, "its mails are cancelled");
        let open = opens(house, &cast.sam, id).await;
        assert_eq!(open.head.trashed_at, Some(office.now()));
        let delivery = open.entries.iter().find_map(|entry| match &entry.content {
            StaffContent::Message { delivery, .. } => *delivery,
            _ => None,
        });
        assert_eq!(delivery, Some(Delivery::Unneeded), "and the team sees it");
        let seen = guest::open(office, &guido).await;
        assert_eq!(refused(seen), Fault::Expired);
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert!(house.mailbox.letters().is_empty());

        thread::restore(office, &cast.nils, id).await.unwrap();
        let after = opens(house, &cast.sam, id).await;
        assert_eq!(after.head, before.head);
        assert_eq!(listed(house, &cast.nora, View::Mine).await, [id]);
        assert_eq!(listed(house, &cast.nora, View::Trash).await, []);
        assert_eq!(search().await, 1);
        let seen = guest::open(office, &guido).await.unwrap();
        assert_eq!(seen.entries.len(), 3, "no line tells the guest of it");
        assert!(events(&after).ends_with(&[StaffEvent::Trashed, StaffEvent::Restored]));
        let acts = house
            .words("SELECT act FROM audit WHERE act IN ('trashed', 'restored') ORDER BY act")
            .await;
        assert_eq!(acts, ["restored", "trashed"]);
        writes(house, &guido, "Still there?").await;
    })
    .await;
}

#[tokio::test]
async fn in_the_trash_a_thread_is_read_and_restored_and_nothing_else() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        thread::trash(office, &cast.nora, id).await.unwrap();
        let before = opens(house, &cast.sam, id).await.change;
        let nora = &cast.nora;
        let answers = [
            message::reply(office, nora, id, &form(house, "Here.", None))
                .await
                .map(drop),
            note::add(office, nora, id, &note_form(house, "Hm."))
                .await
                .map(drop),
            thread::set_status(office, nora, id, None, Status::Closed).await,
            thread::assign(office, nora, id, None, Some(nora.person)).await,
            thread::revoke_links(office, nora, id).await,
        ];
        for answer in answers {
            assert_eq!(refused(answer), Fault::Trashed);
        }
        assert_eq!(opens(house, &cast.sam, id).await.change, before);
        thread::trash(office, &cast.nils, id).await.unwrap();
        assert_eq!(
            opens(house, &cast.sam, id).await.change,
            before,
            "once is enough"
        );
        let answer = guest::reply(office, &guido, &form(house, "Hello?", None), &door(1)).await;
        assert_eq!(refused(answer), Fault::Expired);
    })
    .await;
}

#[tokio::test]
async fn the_guest_hears_an_end_and_the_team_hears_why() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let gerda = cast.guido(office, 2).await;
        let id = guido.thread;
        let mut guest = office.hub().attach_guest(&guido);
        let mut other = office.hub().attach_guest(&gerda);
        let mut team = office.hub().attach_user(&cast.sam);
        thread::follow(office, &cast.sam, &team, id, 1)
            .await
            .unwrap();
        inbox::listen(office, &cast.sam, &team).await.unwrap();
        thread::trash(office, &cast.nora, id).await.unwrap();
        house.told().await;
        let end = guest.next().await;
        assert_eq!(end, Out::Close(close::REVOKED), "and not a frame before");
        assert_eq!(waiting::<GuestFrame>(&mut other), []);
        let heard: Vec<StaffFrame> = waiting(&mut team);
        let [StaffFrame::Change(change), StaffFrame::Row(row)] = &heard[..] else {
            panic!("{heard:?}")
        };
        assert_eq!(change.head.trashed_at, Some(office.now()));
        assert!(row.is_trashed() && View::Trash.admits(row, cast.sam.person));

        let mut again = office.hub().attach_guest(&guido);
        thread::restore(office, &cast.nora, id).await.unwrap();
        house.told().await;
        assert_eq!(
            waiting::<GuestFrame>(&mut again),
            [],
            "nobody is told of a return"
        );
        let heard: Vec<StaffFrame> = waiting(&mut team);
        assert!(
            matches!(&heard[..], [StaffFrame::Change(_), StaffFrame::Row(row)]
            if !row.is_trashed())
        );
    })
    .await;
}

#[tokio::test]
async fn the_trash_is_emptied_in_time_with_all_that_hangs_on_it() {
    let soon = Overrides {
        trash_days: Some(5),
        ..Overrides::default()
    };
    both_with(soon, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut counts = Vec::new();
        let kept = cast.guido(office, 0).await.thread;
        answers(house, &cast.nora, kept, "Stays.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        for (table, count) in house.row_counts().await {
            counts.push((table, count));
        }
        for n in 1..=23 {
            let guido = cast.guido(office, n).await;
            answers(house, &cast.nora, guido.thread, "Here.").await;
            house.verified_way(&guido).await;
            thread::trash(office, &cast.nora, guido.thread)
                .await
                .unwrap();
        }
        let mut team = office.hub().attach_user(&cast.sam);
        inbox::listen(office, &cast.sam, &team).await.unwrap();
        house.forward(5 * DAY_MS - 1);
        assert_eq!(thread::purge_due(office).await.unwrap(), 0);
        house.forward(1);
        assert_eq!(thread::purge_due(office).await.unwrap(), 23);
        assert_eq!(thread::purge_due(office).await.unwrap(), 0);
        house.told().await;
        let heard: Vec<StaffFrame> = waiting(&mut team);
        let gone = heard
            .iter()
            .filter(|frame| matches!(frame, StaffFrame::Gone { .. }));
        assert_eq!(gone.count(), 23);
        let after = house.row_counts().await;
        let allowed = [
            "audit",
            "people",
            "staff_flow",
            "thread_counts",
            "thread_flow",
            "tries",
        ];
        for (before, after) in counts.iter().zip(&after) {
            if !allowed.contains(&before.0.as_str()) && !before.0.starts_with("search_") {
                assert_eq!(before, after);
            }
        }
        let happened = "SELECT CAST(SUM(opened + replies) AS BIGINT) FROM thread_flow";
        assert_eq!(
            house.number(happened).await,
            2,
            "and what is kept is counted"
        );
        let named = "SELECT COUNT(*) FROM people WHERE email LIKE 'guido%'";
        assert_eq!(house.number(named).await, 1, "nobody is remembered by name");
        let purged = "SELECT COUNT(*) FROM audit WHERE act = 'purged' AND actor_id IS NULL";
        assert_eq!(house.number(purged).await, 23);
        opens(house, &cast.sam, kept).await;
    })
    .await;
}

#[tokio::test]
async fn what_undoes_a_trashing_undoes_no_later_one() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let task = |act| [pigeon_wire::act::Task { thread: id, act }];
        let done = thread::all(office, &cast.nora, &task(ThreadAct::Trash))
            .await
            .unwrap();
        let undo = done[0].undo().unwrap();
        house.forward(1000);
        thread::restore(office, &cast.nils, id).await.unwrap();
        thread::trash(office, &cast.nils, id).await.unwrap();
        let undone = thread::all(office, &cast.nora, &task(undo)).await.unwrap();
        let pigeon_wire::act::Outcome::Refused {
            fault: Fault::Moved(moved),
        } = &undone[0]
        else {
            panic!("{undone:?}")
        };
        assert_eq!(moved.by.as_deref(), Some("Nils"));
        assert!(opens(house, &cast.sam, id).await.head.trashed_at.is_some());
    })
    .await;
}
