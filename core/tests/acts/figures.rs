//! What figures count, when, and who sees whose.

use pigeon_core::actor::Account;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Backend, Cast, House, both, both_with, visitor};
use pigeon_core::{figures, guest, message, thread, user};
use pigeon_wire::figures::{Figures, Happened, Period, Spread};
use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::{Source, Status};
use pigeon_wire::{Fault, ThreadId};

use crate::voice::{answers, form, notes, refused, writes};

async fn of(house: &House, who: &Account, period: Period) -> Figures {
    figures::of(&house.office, who, period).await.unwrap()
}

/// What the last week came to.
async fn week(house: &House, who: &Account) -> Happened {
    of(house, who, Period::Week).await.total
}

/// The lines of people: who, replies, first responses, closings.
fn lines(figures: &Figures) -> Vec<(&str, i64, usize, i64)> {
    let people = figures.people.iter();
    people
        .map(|one| {
            let name = one.person.name.as_str();
            (name, one.replies, one.first_response.count, one.closed)
        })
        .collect()
}

async fn sets(house: &House, who: &Account, id: ThreadId, to: Status) {
    thread::set_status(&house.office, who, id, None, to)
        .await
        .unwrap();
}

const fn took(ms: i64) -> Spread {
    Spread {
        count: 1,
        median: Some(ms),
        p90: Some(ms),
    }
}

/// What is kept, against what the migration would make of the entries now.
async fn agree(house: &House) {
    let mut kept = Vec::new();
    let tables = [
        (
            "thread_times",
            "opened_at, first_at, closed_at, thread_id",
            "TRUE",
        ),
        (
            "thread_flow",
            "slot, opened, reopened, closed, replies",
            "opened <> 0 OR reopened <> 0 OR closed <> 0 OR replies <> 0",
        ),
        (
            "staff_flow",
            "slot, replies, closed, person_id",
            "replies <> 0 OR closed <> 0",
        ),
    ];
    for made_anew in [false, true] {
        if made_anew {
            for (table, _, _) in tables {
                house.sql(&format!("DELETE FROM {table}")).await;
            }
            let folder = match house.backend {
                Backend::Sqlite => {
                    include_str!("../../../migrations/sqlite/0024_figures.sql")
                }
                Backend::Postgres => {
                    include_str!("../../../migrations/postgres/0024_figures.sql")
                }
            };
            let (_, fills) = folder.split_once("INSERT INTO thread_times").unwrap();
            house
                .sql(&["INSERT INTO thread_times", fills].concat())
                .await;
        }
        let mut rows = Vec::new();
        for (table, columns, filled) in tables {
            let is_sqlite = house.backend == Backend::Sqlite;
            let cell = |column: &str| {
                // An id is no text on SQLite.
                if is_sqlite && column.ends_with("_id") {
                    format!("hex({column})")
                } else {
                    format!("COALESCE(CAST({column} AS TEXT), '-')")
                }
            };
            let cells: Vec<String> = columns.split(", ").map(cell).collect();
            let cells = cells.join(" || ' ' || ");
            let text = format!("SELECT {cells} FROM {table} WHERE {filled} ORDER BY 1");
            rows.push((table, house.words(&text).await));
        }
        kept.push(rows);
    }
    assert_eq!(kept[0], kept[1], "kept, made of the entries");
}

#[tokio::test]
async fn the_first_response_is_the_teams_first_message_and_nothing_else() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        house.forward(MINUTE_MS);
        notes(house, &cast.nora, id, "Third kettle.").await;
        let nora = Some(cast.nora.person);
        thread::assign(office, &cast.nora, id, None, nora)
            .await
            .unwrap();
        sets(house, &cast.nora, id, Status::Open).await;
        writes(house, &guido, "Is anybody there?").await;
        let happened = week(house, &cast.lena).await;
        assert_eq!((happened.opened, happened.replies), (1, 0));
        assert_eq!(happened.first_response, Spread::default());
        assert_eq!(happened.backlog, 1);

        house.forward(MINUTE_MS);
        answers(house, &cast.nils, id, "It is covered.").await;
        house.forward(HOUR_MS);
        answers(house, &cast.nora, id, "Send it in.").await;
        let figures = of(house, &cast.lena, Period::Week).await;
        assert_eq!(figures.total.first_response, took(2 * MINUTE_MS));
        assert_eq!(figures.total.replies, 2);
        assert_eq!(lines(&figures), [("Nils", 1, 1, 0), ("Nora", 1, 0, 0)]);
        assert_eq!(figures.people[0].first_response, took(2 * MINUTE_MS));
        agree(house).await;
    })
    .await;
}

#[tokio::test]
async fn resolution_goes_to_the_last_closing_and_there_is_none_while_a_thread_is_open_again() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        house.forward(HOUR_MS);
        sets(house, &cast.nora, id, Status::Closed).await;
        let happened = week(house, &cast.nora).await;
        assert_eq!(happened.resolution, took(HOUR_MS));
        assert_eq!((happened.closed, happened.backlog), (1, 0));

        house.forward(HOUR_MS);
        writes(house, &guido, "It leaks again.").await;
        let happened = week(house, &cast.nora).await;
        assert_eq!(happened.resolution, Spread::default());
        assert_eq!(
            (happened.closed, happened.reopened, happened.backlog),
            (1, 1, 1)
        );

        house.forward(HOUR_MS);
        let mut last = form(house, "A new one is on its way.", None);
        last.close = true;
        message::reply(office, &cast.nils, id, &last).await.unwrap();
        let figures = of(house, &cast.lena, Period::Week).await;
        assert_eq!(figures.total.resolution, took(3 * HOUR_MS));
        assert_eq!(figures.total.first_response, took(3 * HOUR_MS));
        assert_eq!((figures.total.closed, figures.total.backlog), (2, 0));
        assert_eq!(lines(&figures), [("Nils", 1, 1, 1), ("Nora", 0, 0, 1)]);

        // An answer in a closed thread closes nothing once more.
        house.forward(HOUR_MS);
        answers(house, &cast.nora, id, "It has left.").await;
        let happened = week(house, &cast.nora).await;
        assert_eq!(happened.resolution, took(3 * HOUR_MS));
        assert_eq!((happened.closed, happened.replies), (2, 2));
        agree(house).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_asks_as_a_customer_does_not_answer_as_staff() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = house.question_of(&cast.nils, "My own kettle leaks.").await;
        house.forward(MINUTE_MS);
        let more = form(house, "At the spout.", None);
        user::reply(office, &cast.nils, id, &more).await.unwrap();
        let figures = of(house, &cast.lena, Period::Week).await;
        assert_eq!((figures.total.opened, figures.total.replies), (1, 0));
        assert_eq!(figures.total.first_response, Spread::default());
        assert_eq!(lines(&figures), []);
        agree(house).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_in_the_trash_counts_nowhere_and_counts_as_before_once_it_is_back() {
    let soon = Overrides {
        trash_days: Some(1),
        ..Overrides::default()
    };
    both_with(soon, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        house.forward(20 * HOUR_MS);
        answers(house, &cast.nora, id, "It is covered.").await;
        sets(house, &cast.nora, id, Status::Closed).await;
        house.forward(HOUR_MS);
        writes(house, &guido, "Thank you.").await;
        sets(house, &cast.nils, id, Status::Closed).await;
        let other = cast.guido(office, 2).await.thread;
        let before = of(house, &cast.lena, Period::Week).await;
        assert_eq!((before.total.opened, before.total.closed), (2, 2));

        house.forward(MINUTE_MS);
        thread::trash(office, &cast.nora, id).await.unwrap();
        let without = of(house, &cast.lena, Period::Week).await;
        let only_the_other = Happened {
            opened: 1,
            backlog: 1,
            ..Happened::default()
        };
        assert_eq!(without.total, only_the_other);
        assert_eq!(lines(&without), []);
        assert!(
            without
                .days
                .iter()
                .rev()
                .skip(1)
                .all(|day| day.happened == Happened::default())
        );
        agree(house).await;

        thread::restore(office, &cast.nora, id).await.unwrap();
        assert_eq!(of(house, &cast.lena, Period::Week).await, before);
        agree(house).await;

        // What is purged was gone already.
        thread::trash(office, &cast.nora, id).await.unwrap();
        thread::trash(office, &cast.nora, other).await.unwrap();
        house.forward(2 * DAY_MS);
        assert_eq!(thread::purge_due(office).await.unwrap(), 2);
        let nothing = of(house, &cast.lena, Period::Quarter).await;
        assert_eq!(nothing.total, Happened::default());
        agree(house).await;
    })
    .await;
}

#[tokio::test]
async fn everything_counts_on_the_day_of_the_sites_zone_on_which_it_happened() {
    let tokyo = Overrides {
        time_zone: Some("Asia/Tokyo".to_owned()),
        ..Overrides::default()
    };
    both_with(tokyo, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        // Six in the evening there, on the 23rd; one minute after midnight when it is answered.
        let guido = cast.guido(office, 1).await;
        house.forward(6 * HOUR_MS + MINUTE_MS);
        answers(house, &cast.nora, guido.thread, "It is covered.").await;
        cast.guido(office, 2).await;
        house.forward(2 * DAY_MS);
        sets(house, &cast.nora, guido.thread, Status::Closed).await;
        let figures = of(house, &cast.nora, Period::Week).await;
        assert_eq!(figures.zone, "Asia/Tokyo");
        assert_eq!(figures.days.len(), 7);
        let told: Vec<_> = figures
            .days
            .iter()
            .skip(3)
            .map(|day| {
                let Happened {
                    opened,
                    closed,
                    replies,
                    backlog,
                    first_response,
                    resolution,
                    ..
                } = day.happened;
                let counts = (first_response.count, resolution.count);
                (day.day.as_str(), opened, closed, replies, backlog, counts)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("2026-11-23", 1, 0, 0, 1, (0, 0)),
                ("2026-11-24", 1, 0, 1, 2, (1, 0)),
                ("2026-11-25", 0, 0, 0, 2, (0, 0)),
                ("2026-11-26", 0, 1, 0, 1, (0, 1)),
            ]
        );
        assert!(
            figures.days[..3]
                .iter()
                .all(|day| day.happened == Happened::default())
        );

        // The days pass, and what was before them is in no total; what is left to do stays.
        house.forward(5 * DAY_MS);
        let happened = week(house, &cast.nora).await;
        assert_eq!(
            (happened.opened, happened.replies, happened.closed),
            (0, 0, 1)
        );
        assert_eq!((happened.first_response.count, happened.backlog), (0, 1));
        let month = of(house, &cast.nora, Period::Month).await;
        assert_eq!((month.days.len(), month.total.opened), (30, 2));
    })
    .await;
}

#[tokio::test]
async fn direct_threads_and_what_the_honeypot_caught_count_nowhere() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let caught = crate::voice::start_form(house, "robot@example.org", "Cheap pills.");
        let door = visitor("192.0.2.77");
        let source = Source::Form;
        let sent = guest::start(office, &caught, "a bait", source, &door).await;
        assert!(matches!(sent, Ok(guest::Started::Caught)));
        crate::direct::acquainted(house, &cast.nora, &cast.nils, "nils@example.com").await;
        let figures = of(house, &cast.lena, Period::Week).await;
        assert_eq!(figures.total, Happened::default());
        assert_eq!(lines(&figures), []);
        let kept = "SELECT (SELECT COUNT(*) FROM thread_times) + (SELECT COUNT(*) FROM thread_flow) \
                    + (SELECT COUNT(*) FROM staff_flow)";
        assert_eq!(house.number(kept).await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_assigns_sees_everybodys_line_and_others_their_own() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        answers(house, &cast.nora, id, "It is covered.").await;
        answers(house, &cast.nils, id, "It is.").await;
        answers(house, &cast.nils, id, "Send it in.").await;
        let all = [("Nils", 2, 0, 0), ("Nora", 1, 1, 0)];
        for who in [&cast.lena, &cast.olivia] {
            let figures = of(house, who, Period::Week).await;
            assert_eq!(
                (lines(&figures).as_slice(), figures.everybody),
                (&all[..], true)
            );
        }
        for (who, line) in [
            (&cast.nora, ("Nora", 1, 1, 0)),
            (&cast.nils, ("Nils", 2, 0, 0)),
            (&cast.sam, ("Sam", 0, 0, 0)),
        ] {
            let figures = of(house, who, Period::Week).await;
            assert_eq!((lines(&figures), figures.everybody), (vec![line], false));
            assert_eq!(figures.total.replies, 3, "the team's are everybody's");
        }
        let uwe = figures::of(office, &cast.uwe, Period::Week).await;
        assert_eq!(refused(uwe), Fault::Forbidden(Permission::AccessInbox));
    })
    .await;
}
