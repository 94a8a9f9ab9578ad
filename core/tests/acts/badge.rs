//! The badge: how many threads need a reply from each reader, always exact, told when it changes.

use std::time::Duration;

use pigeon_core::actor::Account;
use pigeon_core::hub::{Line, Out};
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both, both_with};
use pigeon_core::{inbox, thread};
use pigeon_wire::inbox::View;
use pigeon_wire::live::StaffFrame;
use pigeon_wire::thread::Status;

use crate::numbers::Dice;
use crate::voice::{answers, opens, writes};

/// Counts what the badge means by looking at every row.
async fn recount(house: &House, who: &Account) -> i64 {
    let page = inbox::page(&house.office, who, View::All, None).await;
    let rows = page.unwrap().rows;
    let mine = rows
        .iter()
        .filter(|row| row.row.needs_reply_from(who.person));
    i64::try_from(mine.count()).unwrap()
}

/// Reads the line until it has told `count`.
async fn hears(line: &mut Line, count: i64) {
    let hearing = async {
        loop {
            let Out::Frame(frame) = line.next().await else {
                panic!("the line ended")
            };
            let frame: StaffFrame = serde_json::from_slice(&frame).unwrap();
            if frame == (StaffFrame::Badge { count }) {
                return;
            }
        }
    };
    let heard = tokio::time::timeout(Duration::from_secs(5), hearing).await;
    assert!(heard.is_ok(), "the badge {count} was never told");
}

#[tokio::test]
async fn it_counts_what_is_pending_and_mine_or_nobodys() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let badge = async |who| inbox::badge(office, who).await.unwrap();
        assert_eq!(badge(&cast.nora).await, 0);
        let free = cast.guido(office, 1).await;
        let taken = cast.guido(office, 2).await;
        let answered = cast.guido(office, 3).await;
        let nils = Some(cast.nils.person);
        thread::assign(office, &cast.lena, taken.thread, None, nils)
            .await
            .unwrap();
        answers(house, &cast.nora, answered.thread, "Here.").await;
        assert_eq!(badge(&cast.nora).await, 1, "free, not another's");
        assert_eq!(badge(&cast.nils).await, 2);
        assert_eq!(badge(&cast.sam).await, 1);
        house.question_of(&cast.nora, "My own.").await;
        assert_eq!(badge(&cast.nora).await, 1, "one's own question is no work");
        assert_eq!(badge(&cast.nils).await, 3);
        house.trash(free.thread).await;
        assert_eq!(badge(&cast.nora).await, 0);
        let board = inbox::dashboard(office, &cast.nils).await.unwrap();
        assert_eq!((board.counts.needs_reply, board.needs_reply.len()), (2, 2));
        assert_eq!((board.mine.len(), board.longest.len()), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn it_is_exact_and_told_after_every_act() {
    let generous = Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    };
    both_with(generous, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let staff = office.start();
        let team = [&cast.olivia, &cast.lena, &cast.nora, &cast.nils, &cast.sam];
        let mut lines = Vec::new();
        for who in team {
            let mut line = office.hub().attach_user(who);
            inbox::listen(office, who, &line).await.unwrap();
            hears(&mut line, 0).await;
            lines.push((who, line, 0));
        }
        house.question_of(&cast.lena, "My own.").await;
        let mut guests = vec![cast.guido(office, 0).await];
        let mut dice = Dice(97);
        for n in 1..40 {
            let guido = guests[usize::try_from(dice.roll(guests.len() as u64)).unwrap()].clone();
            let id = guido.thread;
            match dice.roll(6) {
                0 => guests.push(cast.guido(office, n).await),
                1 => {
                    answers(house, &cast.nora, id, "Here.").await;
                }
                2 => {
                    writes(house, &guido, "Hello?").await;
                }
                3 => {
                    let status = Status::ALL[usize::try_from(dice.roll(3)).unwrap()];
                    thread::set_status(office, &cast.nora, id, None, status)
                        .await
                        .unwrap();
                }
                _ => {
                    let from = opens(house, &cast.lena, id)
                        .await
                        .head
                        .assignee
                        .map(|a| a.id);
                    let to = [None, Some(cast.nils.person), Some(cast.nora.person)];
                    let to = to[usize::try_from(dice.roll(3)).unwrap()];
                    thread::assign(office, &cast.lena, id, from, to)
                        .await
                        .unwrap();
                }
            }
            for (who, line, told) in &mut lines {
                let count = recount(house, who).await;
                assert_eq!(inbox::badge(office, who).await.unwrap(), count);
                if count != *told {
                    hears(line, count).await;
                    *told = count;
                }
            }
        }
        office.stop(staff).await;
    })
    .await;
}

#[tokio::test]
async fn the_views_agree_with_the_rule_that_pages_apply_to_rows() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for n in 0..9 {
            let id = cast.guido(office, n).await.thread;
            let to = [None, Some(cast.nora.person), Some(cast.nils.person)];
            let to = to[usize::try_from(n % 3).unwrap()];
            thread::assign(office, &cast.lena, id, None, to)
                .await
                .unwrap();
            let status = Status::ALL[usize::try_from(n / 3).unwrap()];
            thread::set_status(office, &cast.lena, id, None, status)
                .await
                .unwrap();
            house.forward(1000);
        }
        for who in [&cast.nora, &cast.nils, &cast.sam] {
            let all = inbox::page(office, who, View::All, None)
                .await
                .unwrap()
                .rows;
            assert_eq!(all.len(), 9);
            for view in View::ALL {
                let page = inbox::page(office, who, *view, None).await.unwrap();
                let admitted = all.iter().filter(|row| view.admits(&row.row, who.person));
                assert!(admitted.eq(page.rows.iter()), "{view}");
            }
        }
    })
    .await;
}
