//! What is found, by whom, and in which order.

use pigeon_core::actor::Account;
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{search, thread};
use pigeon_wire::id::MINUTE_MS;
use pigeon_wire::permission::Permission;
use pigeon_wire::search::{HITS_PAGE, Order, Search, SearchPage};
use pigeon_wire::thread::Status;
use pigeon_wire::{Fault, ThreadId};

use crate::numbers::Dice;
use crate::voice::{answers, led_to, notes, refused, start, start_form, writes};

fn asked(typed: &str, order: Order) -> Search {
    Search {
        typed: typed.to_owned(),
        order,
        after: None,
    }
}

async fn finds(house: &House, who: &Account, typed: &str) -> SearchPage {
    let page = search::page(&house.office, who, asked(typed, Order::Newest)).await;
    page.expect("to search")
}

async fn count(house: &House, who: &Account, typed: &str) -> usize {
    finds(house, who, typed).await.total.count
}

async fn own(house: &House, who: &Account, typed: &str) -> usize {
    let page = search::own_page(&house.office, who, asked(typed, Order::Newest)).await;
    page.expect("to search").total.count
}

#[tokio::test]
async fn words_names_addresses_subjects_and_notes_are_found() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        answers(house, &cast.nora, guido.thread, "La crème brûlée, 東京都.").await;
        notes(house, &cast.nora, guido.thread, "He is a baker.").await;
        for (typed, expected) in [
            ("spout", 1),
            ("SPO", 1),
            ("spo ", 0),
            ("\"at the spout\"", 1),
            ("\"spout the\"", 0),
            ("kettle", 1),
            ("guido", 1),
            ("guido1@example.org", 1),
            ("creme brulee", 1),
            ("東京", 1),
            ("京都", 1),
            ("都", 1),
            ("京東", 0),
            ("baker", 1),
            ("nora@example.com", 0),
            ("from:nora", 2),
            ("from:nora baker", 1),
            ("from:guido", 1),
            ("in:note", 1),
            ("in:note brulee", 0),
            ("is:open", 3),
            ("is:closed", 0),
            ("has:file", 0),
            ("assignee:none spout", 1),
            ("assignee:me spout", 0),
            ("assignee:nora spout", 0),
            ("before:2026-11-23", 0),
            ("before:2026-11-24 spout", 1),
            ("after:2026-11-22 spout", 1),
            ("after:2026-11-23 spout", 0),
        ] {
            assert_eq!(count(house, &cast.sam, typed).await, expected, "{typed}");
        }
        let page = finds(house, &cast.sam, "leaks").await;
        let hit = &page.hits.unwrap()[0];
        assert_eq!((hit.thread, hit.place, hit.note), (guido.thread, 1, false));
        assert!(
            hit.snippet
                .iter()
                .any(|piece| piece.hit && piece.text == "leaks")
        );
        let page = finds(house, &cast.sam, "is:open spout").await;
        assert_eq!(page.chips[0].without, "spout");
        assert!(finds(house, &cast.sam, "  ").await.hits.is_none());
    })
    .await;
}

#[tokio::test]
async fn the_right_to_see_is_part_of_the_search() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        let question = house.question_of(&cast.uwe, "My kettle sings.").await;
        let staffs = house.question_of(&cast.nora, "My own kettle.").await;
        notes(house, &cast.nora, question, "A kettle for a tenor.").await;
        notes(house, &cast.lena, staffs, "Another kettle note.").await;
        // Nora is the customer of one: it is not hers to find as staff.
        assert_eq!(count(house, &cast.sam, "kettle").await, 5);
        assert_eq!(count(house, &cast.nora, "kettle").await, 3);
        // Who takes part finds their own messages, and nothing of the notes.
        for (typed, expected) in [("kettle", 1), ("tenor", 0), ("in:note", 0), ("uwe", 1)] {
            assert_eq!(own(house, &cast.uwe, typed).await, expected, "{typed}");
        }
        assert_eq!(own(house, &cast.nora, "kettle").await, 1);
        assert_eq!(own(house, &cast.sam, "kettle").await, 0);
        let all = asked("kettle", Order::Ranked);
        let fault = refused(search::page(&house.office, &cast.uwe, all).await);
        assert_eq!(fault, Fault::Forbidden(Permission::AccessInbox));
        house.trash(guido.thread).await;
        house.trash(question).await;
        assert_eq!(count(house, &cast.sam, "kettle").await, 2);
        assert_eq!(own(house, &cast.uwe, "kettle").await, 0);
        let id = house.id(question.0);
        house
            .sql(&format!("DELETE FROM messages WHERE thread_id = {id}"))
            .await;
        assert_eq!(house.number("SELECT COUNT(*) FROM search_notes").await, 1);
        assert_eq!(
            house.number("SELECT COUNT(*) FROM search_messages").await,
            2
        );
    })
    .await;
}

#[tokio::test]
async fn an_index_that_was_lost_is_written_anew_piece_by_piece() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        for n in 0..120 {
            house.forward(MINUTE_MS);
            answers(house, &cast.nora, guido.thread, &format!("answer {n}")).await;
        }
        notes(house, &cast.nora, guido.thread, "He is a baker.").await;
        let docs = "SELECT COUNT(*) FROM search_docs";
        let before = house.number(docs).await;
        house.sql("DELETE FROM search_docs").await;
        assert_eq!(count(house, &cast.sam, "answer").await, 0);
        let (mut after, mut written, mut steps) = (None, 0, 0);
        while let Some(step) = search::rebuild(&house.office, after).await.unwrap() {
            (after, written, steps) = (Some(step.last), written + step.count, steps + 1);
            // A step that is done again leaves nothing twice.
            search::rebuild(&house.office, None).await.unwrap();
        }
        assert_eq!((written, steps), (122, 2));
        assert_eq!(house.number(docs).await, before);
        for (typed, expected) in [
            ("answer", 120),
            ("in:note baker", 1),
            ("kettle from:guido", 1),
        ] {
            assert_eq!(count(house, &cast.sam, typed).await, expected, "{typed}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_hit_opens_its_thread_around_itself() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        let id = guido.thread;
        for n in 2..=300 {
            answers(house, &cast.nora, id, &format!("answer {n}")).await;
        }
        let page = finds(house, &cast.sam, "\"answer 150\"").await;
        let at = page.hits.unwrap()[0].place;
        assert_eq!(at, 150);
        let places = async |at: Option<i64>| {
            let opened = thread::open_at(&house.office, &cast.sam, id, at)
                .await
                .unwrap();
            let places = opened.entries.iter().map(|entry| entry.place);
            let (first, last) = (places.clone().min().unwrap(), places.max().unwrap());
            (first, last, opened.more_before, opened.more_after)
        };
        assert_eq!(places(Some(150)).await, (131, 170, true, true));
        assert_eq!(places(Some(1)).await, (1, 21, false, true));
        assert_eq!(places(Some(290)).await, (261, 300, true, false));
        for nonsense in [i64::MIN, -1, 0] {
            assert_eq!(places(Some(nonsense)).await, (1, 20, false, true));
        }
        assert_eq!(places(Some(i64::MAX)).await, (261, 300, true, false));
        // Whoever was never there finds the newest, and then what they have not read.
        assert_eq!(places(None).await, (261, 300, true, false));
        for (upto, found) in [
            (200, (181, 220, true, true)),
            (259, (240, 279, true, true)),
            (260, (261, 300, true, false)),
            (300, (261, 300, true, false)),
        ] {
            thread::seen(&house.office, &cast.sam, id, upto)
                .await
                .unwrap();
            assert_eq!(places(None).await, found, "{upto}");
        }
        let (newer, more) = thread::after(&house.office, &cast.sam, id, 200)
            .await
            .unwrap();
        assert_eq!((newer.len(), newer[0].place, more), (100, 201, false));
        let refused = refused(thread::after(&house.office, &cast.uwe, id, 1).await);
        assert_eq!(refused, Fault::Forbidden(Permission::AccessInbox));
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_double() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let mut threads: Vec<ThreadId> = Vec::new();
        for n in 0..3 {
            let form = start_form(house, &format!("g{n}@example.org"), "A first word.");
            threads.push(led_to(start(house, &form, &format!("192.0.2.{n}")).await).0);
        }
        for n in 0..45 {
            house.forward(MINUTE_MS);
            let thread = threads[n % 3];
            answers(
                house,
                &cast.nora,
                thread,
                &format!("answer {}", "more ".repeat(n % 7)),
            )
            .await;
        }
        house.sql("UPDATE threads SET status = 'closed'").await;
        for order in [Order::Newest, Order::Ranked] {
            let mut search = asked("answer is:closed", order);
            let mut seen = Vec::new();
            loop {
                let page = search::page(&house.office, &cast.nora, search.clone())
                    .await
                    .unwrap();
                assert_eq!((page.total.count, page.total.more), (45, false));
                let hits = page.hits.unwrap();
                assert!(hits.len() <= HITS_PAGE);
                assert!(hits.iter().all(|hit| hit.status == Status::Closed));
                seen.extend(hits.into_iter().map(|hit| hit.message));
                search.after = page.next;
                if search.after.is_none() {
                    break;
                }
            }
            let found = seen.len();
            seen.sort();
            seen.dedup();
            assert_eq!((found, seen.len()), (45, 45), "{order}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_typed_upsets_the_index() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        writes(house, &guido, "x' OR \"1\" :* & ! <-> NEAR(a b) ^ \\").await;
        for typed in [
            "\"",
            "'",
            "*",
            "a*",
            "-a",
            "NOT",
            "AND OR",
            "NEAR(a b, 2)",
            "words:x",
            "^a",
            "\\",
            "a:b",
            "(",
            ")",
            "a & b | !c <-> d",
            "';--",
            "\u{0}",
            "%",
            "_",
            "{words}: a",
            "¤file",
            "\u{301}",
            "🕊",
            "from:\"",
            "from:*",
            "assignee:'",
            "before:9999-99-99",
            "after:9999-12-31",
            "ﷺ",
        ] {
            let _ = count(house, &cast.nora, typed).await;
            let _ = own(house, &cast.uwe, typed).await;
        }
        // And whatever these make together, in any order and run into each other.
        let pieces = [
            "kettle",
            "\"",
            "from:",
            "is:",
            "open",
            "in:note",
            "has:file",
            "assignee:",
            "me",
            "none",
            "before:2026-01-01",
            "after:",
            "*",
            "(",
            ")",
            "'",
            "\\",
            ":",
            "-",
            " ",
            "  ",
            "東京",
            "ß",
            "\u{301}",
            "\u{0}",
            "¤",
            "NEAR",
            "OR",
            "&",
            "|",
            "!",
            "<->",
            ":*",
            "%",
            "x",
            "🕊",
            "\t",
        ];
        let mut dice = Dice(0x5eed);
        for _ in 0..150 {
            let length = dice.roll(9) + 1;
            let pick = |_| pieces[usize::try_from(dice.roll(pieces.len() as u64)).unwrap()];
            let typed: String = (0..length).map(pick).collect();
            for order in [Order::Newest, Order::Ranked] {
                let page = search::page(&house.office, &cast.nora, asked(&typed, order)).await;
                assert!(page.is_ok(), "{typed:?}: {page:?}");
            }
            let _ = own(house, &cast.uwe, &typed).await;
        }
        assert_eq!(count(house, &cast.nora, "¤file").await, 0);
        assert_eq!(count(house, &cast.nora, "near(a").await, 1);
    })
    .await;
}
