//! Tags: given and taken off one by one, counted, filtered by.

use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{guest, inbox, thread};
use pigeon_wire::act::{Outcome, Task, ThreadAct};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::inbox::{Ask, Filter};
use pigeon_wire::note::StaffEvent;
use pigeon_wire::permission::Permission;
use pigeon_wire::tag::{TAGS_MAX, Tag};
use pigeon_wire::{Fault, ThreadId};

use crate::voice::{events, opens, refused};

fn tag(word: &str) -> Tag {
    word.parse().unwrap()
}

async fn tagged(house: &House, cast: &Cast, word: &str) -> Vec<ThreadId> {
    let ask = Ask {
        filter: Filter {
            tag: Some(tag(word)),
            ..Filter::default()
        },
        ..Ask::default()
    };
    let page = inbox::page(&house.office, &cast.sam, ask, None)
        .await
        .unwrap();
    page.rows.iter().map(|mine| mine.row.id).collect()
}

#[tokio::test]
async fn a_tag_is_given_found_by_and_taken_off() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, guido) = (&cast.nora, cast.guido(office, 1).await);
        let (id, other) = (guido.thread, cast.guido(office, 2).await.thread);
        let seen = guest::open(office, &guido).await.unwrap();
        thread::set_tag(office, nora, id, tag("vip"), true)
            .await
            .unwrap();
        thread::set_tag(office, nora, id, tag("late"), true)
            .await
            .unwrap();
        thread::set_tag(office, nora, id, tag("late"), true)
            .await
            .unwrap();
        thread::set_tag(office, nora, other, tag("late"), true)
            .await
            .unwrap();
        let open = opens(house, nora, id).await;
        assert_eq!(open.head.tags, [tag("late"), tag("vip")]);
        let given = StaffEvent::Tagged {
            tag: tag("late"),
            on: true,
        };
        assert!(events(&open).ends_with(&[given]), "once");
        assert_eq!(
            guest::open(office, &guido).await.unwrap(),
            seen,
            "its guest sees nothing"
        );
        assert_eq!(tagged(house, &cast, "vip").await, [id]);
        assert_eq!(tagged(house, &cast, "late").await.len(), 2);
        assert_eq!(tagged(house, &cast, "lat").await, [], "whole words");
        let known = thread::tags(office, &cast.sam).await.unwrap();
        assert_eq!(known, [tag("late"), tag("vip")]);

        let task = Task {
            thread: id,
            act: ThreadAct::Tag {
                tag: tag("vip"),
                on: false,
            },
        };
        let outcomes = thread::all(office, nora, &[task]).await.unwrap();
        let undo = outcomes.first().and_then(Outcome::undo);
        assert_eq!(
            undo,
            Some(ThreadAct::Tag {
                tag: tag("vip"),
                on: true
            })
        );
        assert_eq!(opens(house, nora, id).await.head.tags, [tag("late")]);
        assert_eq!(
            thread::tags(office, &cast.sam).await.unwrap(),
            [tag("late")]
        );

        thread::trash(office, nora, id).await.unwrap();
        house.forward(31 * DAY_MS);
        assert_eq!(thread::purge_due(office).await.unwrap(), 1);
        let left = house
            .number("SELECT threads FROM tags WHERE name = 'late'")
            .await;
        assert_eq!(left, 1, "what is purged counts no longer");
    })
    .await;
}

#[tokio::test]
async fn tags_have_bounds_and_readers_give_none() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let reader = thread::set_tag(office, &cast.sam, id, tag("vip"), true).await;
        assert_eq!(refused(reader), Fault::Forbidden(Permission::ManageThreads));
        for n in 0..TAGS_MAX {
            let one = tag(&format!("t{n}"));
            thread::set_tag(office, &cast.nora, id, one, true)
                .await
                .unwrap();
        }
        let more = thread::set_tag(office, &cast.nora, id, tag("more"), true).await;
        let max = u32::try_from(TAGS_MAX).unwrap();
        assert_eq!(
            refused(more),
            Fault::field(Field::Tag, Problem::TooMany { max })
        );
        let user = thread::tags(office, &cast.uwe).await;
        assert!(matches!(refused(user), Fault::Forbidden(_)));
    })
    .await;
}
