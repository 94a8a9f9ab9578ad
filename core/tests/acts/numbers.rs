//! One order for everybody, without holes, for both audiences, whoever writes at once.

use futures::future::join_all;
use pigeon_core::actor::{Account, Guest};
use pigeon_core::hub::Line;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both_with};
use pigeon_core::{Error, guest, message, note, thread};
use pigeon_wire::live::{Change, GuestFrame, PublicChange, StaffChange, StaffFrame};
use pigeon_wire::message::EntryView;
use pigeon_wire::note::StaffEntryView;
use pigeon_wire::thread::Status;
use pigeon_wire::{Fault, ThreadId};
use serde::de::DeserializeOwned;

use crate::voice::{door, form, note_form, opens};

const WRITERS: u64 = 8;
const ACTS: u64 = 10;

fn generous() -> Overrides {
    Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    }
}

/// A small generator of numbers that a failing run can be repeated with.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, faces: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % faces
    }
}

/// One random act; what the rules refuse is no failure.
async fn act(house: &House, dice: &mut Dice, who: &Account, guido: &Guest) {
    let (office, id) = (&house.office, guido.thread);
    let status = Status::ALL[usize::try_from(dice.roll(3)).unwrap()];
    let done: Result<(), Error> = match dice.roll(8) {
        0 | 1 => message::reply(office, who, id, &form(house, "Here.", None))
            .await
            .map(drop),
        2 | 3 => guest::reply(office, guido, &form(house, "Hello?", None), &door(1))
            .await
            .map(drop),
        4 => note::add(office, who, id, &note_form(house, "Hm."))
            .await
            .map(drop),
        5 => thread::set_status(office, who, id, None, status).await,
        6 => {
            let now = opens(house, who, id).await.head.assignee.map(|a| a.id);
            let to = match now {
                Some(now) if now == who.person => None,
                _ => Some(who.person),
            };
            thread::assign(office, who, id, now, to).await
        }
        _ => {
            let mut reply = form(house, "Again.", None);
            reply.reopen = true;
            message::reply(office, who, id, &reply).await.map(drop)
        }
    };
    match done.map_err(Fault::from) {
        Ok(()) | Err(Fault::Moved(_) | Fault::Forbidden(_)) => {}
        Err(other) => panic!("{other}"),
    }
}

/// Checks that changes lead from `from` to `to` without a hole, in whichever order they came.
fn leads<H, E>(mut changes: Vec<Change<H, E>>, from: i64, to: i64) {
    changes.sort_by_key(|change| change.now);
    let mut at = from;
    for change in changes {
        assert_eq!(change.prev, at, "a hole after {at}");
        assert!(change.now > change.prev);
        at = change.now;
    }
    assert_eq!(at, to);
}

fn frames<F: DeserializeOwned>(line: &mut Line) -> Vec<F> {
    std::iter::from_fn(|| line.waiting())
        .map(|bytes| serde_json::from_slice(&bytes).unwrap())
        .collect()
}

async fn all_public(house: &House, guido: &Guest) -> Vec<EntryView> {
    let open = guest::open(&house.office, guido).await.unwrap();
    let (mut entries, mut more) = (open.entries, open.more_before);
    while more {
        let older = guest::before(&house.office, guido, entries[0].place).await;
        let (mut older, still) = older.unwrap();
        older.append(&mut entries);
        (entries, more) = (older, still);
    }
    entries
}

async fn all_staff(house: &House, who: &Account, id: ThreadId) -> Vec<StaffEntryView> {
    let open = opens(house, who, id).await;
    let (mut entries, mut more) = (open.entries, open.more_before);
    while more {
        let older = thread::before(&house.office, who, id, entries[0].place).await;
        let (mut older, still) = older.unwrap();
        older.append(&mut entries);
        (entries, more) = (older, still);
    }
    entries
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_writers_leave_no_hole_and_catching_up_from_anywhere_is_complete() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        // What has begun the thread must not be heard after it.
        house.told().await;
        let mut guests_line = office.hub().attach_guest(&guido);
        let mut staffs_line = office.hub().attach_user(&cast.sam);
        thread::follow(office, &cast.sam, &staffs_line, id, 0)
            .await
            .unwrap();
        let team = [&cast.olivia, &cast.lena, &cast.nora, &cast.nils];
        let writers = (0..WRITERS).map(async |seed| {
            let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (seed << 20) | 1);
            let who = team[usize::try_from(seed).unwrap() % team.len()];
            for _ in 0..ACTS {
                act(house, &mut dice, who, &guido).await;
            }
        });
        join_all(writers).await;
        house.told().await;

        let public = guest::open(office, &guido).await.unwrap();
        let heard: Vec<GuestFrame> = frames(&mut guests_line);
        let heard: Vec<PublicChange> = heard
            .into_iter()
            .map(|frame| match frame {
                GuestFrame::Change(change) => change,
                other => panic!("{other:?}"),
            })
            .collect();
        leads(heard, 1, public.change);
        let entries = all_public(house, &guido).await;
        for pair in entries.windows(2) {
            assert!(pair[0].place < pair[1].place);
        }
        for after in 0..=public.change {
            let changes = guest::changed_after(office, &guido, after).await.unwrap();
            let caught_up: Vec<_> = changes.iter().flat_map(|c| c.entries.clone()).collect();
            assert_eq!(changes.last().unwrap().head, public.head);
            assert_eq!(changes[0].prev, after);
            assert_eq!(changes.last().unwrap().now, public.change);
            let wanted = entries.iter().filter(|entry| entry.change > after);
            assert!(wanted.eq(caught_up.iter()), "after {after}");
        }

        let staff = opens(house, &cast.sam, id).await;
        let heard: Vec<StaffFrame> = frames(&mut staffs_line);
        let heard: Vec<StaffChange> = heard
            .into_iter()
            .filter_map(|frame| match frame {
                StaffFrame::Change(change) => Some(change),
                _ => None,
            })
            .collect();
        for change in &heard {
            let named = change
                .head
                .assignee
                .as_ref()
                .is_none_or(|a| !a.name.is_empty());
            assert!(named, "an assignee has a name in every frame");
        }
        leads(heard, 1, staff.change);
        let mut entries = all_staff(house, &cast.sam, id).await;
        let places: Vec<i64> = entries.iter().map(|entry| entry.place).collect();
        let all: Vec<i64> = (1..=staff.change).collect();
        assert_eq!(places, all, "nothing but entries took a number");
        entries.sort_by_key(|entry| entry.change);
        for after in 0..=staff.change {
            let changes = thread::follow(office, &cast.sam, &staffs_line, id, after).await;
            let changes = changes.unwrap();
            let caught_up: Vec<_> = changes.iter().flat_map(|c| c.entries.clone()).collect();
            assert_eq!(changes.last().unwrap().head, staff.head);
            assert_eq!(changes[0].prev, after);
            assert_eq!(changes.last().unwrap().now, staff.change);
            let wanted = entries.iter().filter(|entry| entry.change > after);
            assert!(wanted.eq(caught_up.iter()), "after {after}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waited_for_a_thread_sees_the_assignee_of_that_moment() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut line = office.hub().attach_user(&cast.sam);
        for n in 0..6 {
            let guido = cast.guido(office, n).await;
            thread::follow(office, &cast.sam, &line, guido.thread, 0)
                .await
                .unwrap();
            let nora = Some(cast.nora.person);
            let forms: Vec<_> = (0..6).map(|_| form(house, "Hello?", None)).collect();
            let door = door(1);
            let (taken, _) = tokio::join!(
                thread::assign(office, &cast.nora, guido.thread, None, nora),
                join_all(
                    forms
                        .iter()
                        .map(|form| guest::reply(office, &guido, form, &door))
                ),
            );
            taken.unwrap();
            house.told().await;
            for frame in frames::<StaffFrame>(&mut line) {
                if let StaffFrame::Change(change) = frame
                    && let Some(assignee) = change.head.assignee
                {
                    assert_eq!(assignee.name, "Nora");
                }
            }
            line.leave_staff(guido.thread);
        }
    })
    .await;
}

#[tokio::test]
async fn who_missed_very_much_catches_up_piece_by_piece() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (thread, person) = (house.id(guido.thread.0), house.id(guido.person.0));
        let missed = 2500;
        let (numbers, id) = match house.backend {
            pigeon_core::testing::Backend::Sqlite => (
                format!("WITH RECURSIVE s(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM s WHERE i < {missed})"),
                "randomblob(16)",
            ),
            pigeon_core::testing::Backend::Postgres => (
                format!("WITH s(i) AS (SELECT generate_series(2, {missed}))"),
                "gen_random_uuid()",
            ),
        };
        house
            .sql(&format!(
                "{numbers} INSERT INTO messages (id, thread_id, kind, author_id, side, body, \
                 public_place, public_change, staff_place, staff_change, known_by, created_at) \
                 SELECT {id}, {thread}, 'message', {person}, 'customer', 'x', i, i, i, i, 'browser', 1 \
                 FROM s"
            ))
            .await;
        house
            .sql(&format!(
                "UPDATE threads SET public_change = {missed}, staff_change = {missed} WHERE id = {thread}"
            ))
            .await;
        let (mut after, mut got, mut rounds) = (0, 0, 0);
        loop {
            let changes = guest::changed_after(office, &guido, after).await.unwrap();
            got += changes.iter().map(|c| c.entries.len()).sum::<usize>();
            assert!(changes.iter().all(|change| change.entries.len() <= 100));
            rounds += 1;
            leads(changes.clone(), after, changes.last().unwrap().now);
            match message::rest_after(&changes) {
                Some(rest) => after = rest,
                None => break,
            }
        }
        assert_eq!((got, rounds), (missed, 2));
        let line = office.hub().attach_user(&cast.sam);
        let changes = thread::follow(office, &cast.sam, &line, guido.thread, 0).await;
        let changes = changes.unwrap();
        assert_eq!(message::rest_after(&changes), Some(2000));
    })
    .await;
}
