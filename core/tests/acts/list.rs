//! Lists: views, filters and orders agree with the rule that pages apply to rows, page by page, and
//! with the counts that are kept.

use pigeon_core::actor::Account;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both, both_with};
use pigeon_core::{inbox, saved, thread};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::inbox::{Ask, Filter, Holder, ListCount, MyRow, RowCursor, Sort, Starter, View};
use pigeon_wire::saved::SAVED_MAX;
use pigeon_wire::thread::{Source, Status};
use pigeon_wire::{Fault, Millis};

use crate::numbers::Dice;
use crate::voice::{answers, led_to, opens, refused, start, start_form, writes};

fn generous() -> Overrides {
    Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    }
}

/// All rows of a list, page by page.
async fn walk(house: &House, who: &Account, ask: Ask) -> Vec<MyRow> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = inbox::page(&house.office, who, ask, after).await.unwrap();
        assert!(page.rows.len() <= 50);
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => return rows,
        }
    }
}

/// Every filter worth trying.
fn filters(cast: &Cast, middle: Millis) -> Vec<Filter> {
    let none = Filter::default();
    let day = pigeon_wire::day::Day::of(middle);
    let mut all = vec![
        none,
        Filter {
            unread: true,
            ..none
        },
        Filter {
            has_file: true,
            ..none
        },
        Filter {
            from: Some(day),
            ..none
        },
        Filter {
            until: Some(day),
            ..none
        },
        Filter {
            from: Some(day),
            until: Some(day),
            ..none
        },
        Filter {
            source: Some(Source::Form),
            starter: Some(Starter::User),
            ..none
        },
    ];
    all.extend(Status::ALL.iter().map(|one| Filter {
        status: Some(*one),
        ..none
    }));
    all.extend(Source::ALL.iter().map(|one| Filter {
        source: Some(*one),
        ..none
    }));
    all.extend(Starter::ALL.iter().map(|one| Filter {
        starter: Some(*one),
        ..none
    }));
    let holders = [Holder::Nobody, Holder::Me, Holder::Person(cast.nils.person)];
    all.extend(holders.map(|one| Filter {
        assignee: Some(one),
        ..none
    }));
    all
}

/// Saves lists as views, and compares what is counted with what they hold.
async fn counts_as_saved_views(house: &House, who: &Account, lists: &[(Ask, ListCount)]) {
    let office = &house.office;
    let mut expected = Vec::new();
    for (n, (ask, held)) in lists.iter().enumerate() {
        let name = format!("{n:03}");
        let id = saved::save(office, who, &name, ask, false).await.unwrap();
        expected.push((id, *held));
    }
    assert_eq!(saved::counts(office, who).await.unwrap(), expected);
    for (id, _) in expected {
        saved::delete(office, who, id).await.unwrap();
    }
}

#[tokio::test]
async fn every_list_holds_what_its_address_says_in_its_order() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let began = office.now();
        let mut dice = Dice(41);
        for n in 0..24 {
            let id = match n % 6 {
                0 => house.question_of(&cast.uwe, "And mine?").await,
                1 if n < 12 => house.question_of(&cast.nora, "My own.").await,
                _ => cast.guido(office, n).await.thread,
            };
            house.forward(i64::try_from(dice.roll(4)).unwrap() * 20_000_000);
            let to = [None, Some(cast.nora.person), Some(cast.nils.person)];
            let to = to[usize::try_from(dice.roll(3)).unwrap()];
            // Nora's own question is not hers to look after, nor to see.
            if n % 6 != 1 {
                thread::assign(office, &cast.lena, id, None, to)
                    .await
                    .unwrap();
            }
            let status = Status::ALL[usize::try_from(dice.roll(3)).unwrap()];
            thread::set_status(office, &cast.lena, id, None, status)
                .await
                .unwrap();
            if dice.roll(3) == 0 {
                let change = opens(house, &cast.lena, id).await.change;
                thread::seen(office, &cast.lena, id, change).await.unwrap();
            }
            if dice.roll(5) == 0 {
                thread::trash(office, &cast.lena, id).await.unwrap();
            }
        }
        let middle = Millis(i64::midpoint(began.0, office.now().0));
        for who in [&cast.nora, &cast.lena, &cast.sam] {
            let mut all = walk(house, who, Ask::of(View::All)).await;
            all.extend(walk(house, who, Ask::of(View::Trash)).await);
            let expected_len = if who.person == cast.nora.person {
                22
            } else {
                24
            };
            assert_eq!(all.len(), expected_len, "all but one's own");
            let mut lists = Vec::new();
            for view in View::ALL {
                for filter in filters(&cast, middle) {
                    for sort in Sort::ALL {
                        let ask = Ask {
                            view: *view,
                            filter,
                            sort: *sort,
                        };
                        let rows = walk(house, who, ask).await;
                        let mut expected: Vec<_> = all
                            .iter()
                            .filter(|mine| ask.admits(&mine.row, who.person, mine.read))
                            .cloned()
                            .collect();
                        expected.sort_by_key(|mine| sort.place(&mine.row));
                        assert_eq!(rows, expected, "{}", ask.query());
                        if *sort == Sort::Activity {
                            let threads = i64::try_from(rows.len()).unwrap();
                            lists.push((
                                ask,
                                ListCount {
                                    threads,
                                    more: false,
                                },
                            ));
                        }
                    }
                }
            }
            for some in lists.chunks(usize::try_from(SAVED_MAX).unwrap()) {
                counts_as_saved_views(house, who, some).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_a_list_hold_each_row_once_in_every_order() {
    both_with(generous(), async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for n in 0..110 {
            let guido = cast.guido(office, n).await;
            if n % 3 == 0 {
                house.forward(1);
            }
            if n % 4 == 0 {
                answers(house, &cast.nora, guido.thread, "Here.").await;
            }
        }
        for sort in Sort::ALL {
            let ask = Ask {
                sort: *sort,
                ..Ask::of(View::All)
            };
            let rows = walk(house, &cast.sam, ask).await;
            assert_eq!(rows.len(), 110);
            for pair in rows.windows(2) {
                assert!(
                    sort.place(&pair[0].row) < sort.place(&pair[1].row),
                    "{sort}"
                );
            }
        }
        let some = walk(house, &cast.sam, Ask::default()).await[0].row.id;
        let odd = RowCursor::Text("a".to_owned(), some);
        let answer = inbox::page(office, &cast.sam, View::All, Some(odd)).await;
        assert_eq!(refused(answer), Fault::Malformed);
    })
    .await;
}

#[tokio::test]
async fn subjects_stand_by_their_letters_on_both_databases() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for (n, subject) in ["Zebra", "ärger", "Apple", "apple pie", "_", "Ärger 2"]
            .iter()
            .enumerate()
        {
            let mut form = start_form(house, &format!("g{n}@example.org"), "It leaks.");
            form.subject = (*subject).to_owned();
            let address = format!("203.0.113.{n}");
            led_to(start(house, &form, &address).await);
        }
        let ask = Ask {
            sort: Sort::Subject,
            ..Ask::of(View::All)
        };
        let rows = walk(house, &cast.sam, ask).await;
        let subjects: Vec<_> = rows
            .iter()
            .filter_map(|mine| mine.row.subject.clone())
            .collect();
        assert_eq!(
            subjects,
            ["_", "Apple", "apple pie", "Zebra", "ärger", "Ärger 2"]
        );
        // Those of an older version have none yet; the next start folds them.
        house.sql("UPDATE threads SET subject_folded = NULL").await;
        house.fold_subjects().await;
        assert_eq!(walk(house, &cast.sam, ask).await, rows);
    })
    .await;
}

#[tokio::test]
async fn the_kept_counts_are_those_of_the_lists_after_every_act() {
    let soon = Overrides {
        trash_days: Some(2),
        ..generous()
    };
    both_with(soon, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut dice = Dice(1_234_567);
        let mut threads = vec![house.question_of(&cast.nora, "My own.").await];
        let mut guests = Vec::new();
        for n in 0..90 {
            let id = threads[usize::try_from(dice.roll(threads.len() as u64)).unwrap()];
            match dice.roll(11) {
                0 | 1 if threads.len() < 40 => {
                    let guido = cast.guido(office, n).await;
                    threads.push(guido.thread);
                    guests.push(guido);
                }
                2 if threads.len() < 40 => {
                    threads.push(house.question_of(&cast.lena, "Mine.").await);
                }
                3 | 4 => {
                    let status = Status::ALL[usize::try_from(dice.roll(3)).unwrap()];
                    let _ = thread::set_status(office, &cast.olivia, id, None, status).await;
                }
                5 | 6 => {
                    let from = opens(house, &cast.olivia, id).await.head.assignee;
                    let to = [None, Some(cast.nils.person), Some(cast.olivia.person)];
                    let to = to[usize::try_from(dice.roll(3)).unwrap()];
                    let from = from.map(|person| person.id);
                    let _ = thread::assign(office, &cast.olivia, id, from, to).await;
                }
                7 => {
                    let _ = thread::trash(office, &cast.olivia, id).await;
                }
                8 => {
                    let _ = thread::restore(office, &cast.olivia, id).await;
                }
                9 => {
                    house.forward(DAY_MS);
                    thread::purge_due(office).await.unwrap();
                    let mut standing = Vec::new();
                    for id in threads {
                        if thread::open(office, &cast.olivia, id).await.is_ok() {
                            standing.push(id);
                        }
                    }
                    threads = standing;
                    if threads.is_empty() {
                        threads.push(house.question_of(&cast.lena, "Again.").await);
                    }
                }
                _ => {
                    if let Some(guido) = guests.iter().find(|guest| guest.thread == id) {
                        let open = pigeon_core::guest::open(office, guido).await;
                        if open.is_ok() {
                            writes(house, guido, "Hello?").await;
                        }
                    }
                }
            }
            for who in [&cast.olivia, &cast.lena, &cast.nora, &cast.nils] {
                let counts = inbox::counts(office, who).await.unwrap();
                for view in View::ALL {
                    let listed = walk(house, who, Ask::of(*view)).await.len();
                    assert_eq!(counts.of(*view), i64::try_from(listed).unwrap(), "{view}");
                }
            }
        }
        let none = house
            .number("SELECT COUNT(*) FROM thread_counts WHERE threads < 0")
            .await;
        assert_eq!(none, 0);
    })
    .await;
}
