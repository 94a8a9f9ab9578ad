//! How much of each view is unread for its reader: what the rows themselves say, told when it
//! changes.

use std::time::Duration;

use pigeon_core::actor::Account;
use pigeon_core::hub::{Line, Out};
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{inbox, thread};
use pigeon_wire::inbox::{View, ViewCounts};
use pigeon_wire::live::StaffFrame;

use crate::voice::{answers, notes, opens, writes};

/// What is unread by looking at every row.
async fn recount(house: &House, who: &Account) -> ViewCounts {
    let mut counts = ViewCounts::default();
    let all = inbox::page(&house.office, who, View::All, None).await;
    for mine in all.unwrap().rows {
        if mine.row.is_unread(mine.read) {
            counts.add(who.person, &mine.row.state(), 1);
        }
    }
    counts
}

async fn told(house: &House, who: &Account) -> ViewCounts {
    let page = inbox::page(&house.office, who, View::Closed, None).await;
    page.unwrap().unread
}

/// Reads the line until it has told `unread`.
async fn hears(line: &mut Line, unread: ViewCounts) {
    let hearing = async {
        loop {
            let Out::Frame(frame) = line.next().await else {
                panic!("the line ended")
            };
            let frame: StaffFrame = serde_json::from_slice(&frame).unwrap();
            if frame == StaffFrame::Unread(unread) {
                return;
            }
        }
    };
    let heard = tokio::time::timeout(Duration::from_secs(5), hearing).await;
    assert!(heard.is_ok(), "{unread:?} was never told");
}

#[tokio::test]
async fn it_is_what_the_rows_say_for_each_reader() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let staff = office.start();
        let (nora, nils) = (&cast.nora, &cast.nils);
        let mut line = office.hub().attach_user(nora);
        inbox::listen(office, nora, &line).await.unwrap();
        hears(&mut line, ViewCounts::default()).await;

        let first = cast.guido(office, 1).await;
        let second = cast.guido(office, 2).await;
        house.question_of(nora, "My own.").await;
        let unread = told(house, nora).await;
        assert_eq!(
            (unread.all, unread.needs_reply, unread.unassigned),
            (2, 2, 2)
        );
        assert_eq!(
            told(house, nils).await.all,
            3,
            "one's own question is unread for others"
        );
        hears(&mut line, unread).await;

        let upto = opens(house, nora, first.thread).await.change;
        thread::seen(office, nora, first.thread, upto)
            .await
            .unwrap();
        let unread = told(house, nora).await;
        assert_eq!(
            (unread.all, unread.pending),
            (1, 1),
            "what was read counts no more"
        );
        hears(&mut line, unread).await;
        assert_eq!(told(house, nils).await.all, 3, "for nobody else");

        // Writing once more makes it unread, without moving it to another view.
        writes(house, &first, "Hello?").await;
        hears(
            &mut line,
            ViewCounts {
                all: 2,
                needs_reply: 2,
                unassigned: 2,
                pending: 2,
                ..unread
            },
        )
        .await;
        answers(house, nils, second.thread, "Here.").await;
        notes(house, nils, first.thread, "Mine.").await;
        thread::assign(office, &cast.lena, first.thread, None, Some(nora.person))
            .await
            .unwrap();
        for who in [nora, nils, &cast.lena, &cast.sam] {
            assert_eq!(told(house, who).await, recount(house, who).await);
        }
        let unread = told(house, nora).await;
        assert_eq!((unread.mine, unread.open), (1, 1));
        hears(&mut line, unread).await;
        house.trash(first.thread).await;
        assert_eq!(
            told(house, nora).await.mine,
            0,
            "nothing in the trash is unread"
        );
        office.stop(staff).await;
    })
    .await;
}
