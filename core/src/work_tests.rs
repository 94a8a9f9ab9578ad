//! Units of work: together or not at all, many in one commit, each with its own answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::join_all;
use pigeon_wire::{Fault, PersonId};
use tokio::sync::Barrier;

use super::Work;
use crate::db::on;
use crate::testing::{Backend, Cast, House, both};
use crate::{Error, Office, message};

/// Puts a row into a table that nobody else uses here.
async fn put(work: &mut Work, name: &str) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(crate::setting::sql::SET)
        .bind(name).bind("1").bind(work.now).bind(None::<PersonId>)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A row that refers to nothing, which the database finds out at the commit.
async fn break_commit(work: &mut Work) -> Result<(), Error> {
    let nothing = pigeon_wire::ThreadId(work.office.fresh_id());
    let key = work.office.fresh_key();
    on!(&mut work.conn, c => sqlx::query(crate::guest::sql::ADD_START)
        .bind(key.as_str()).bind([0_u8; 32].as_slice()).bind("nobody@example.org").bind(nothing)
        .bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}

async fn stored(house: &House) -> Vec<String> {
    house.words("SELECT name FROM settings ORDER BY name").await
}

/// What one unit of a batch does.
#[derive(Clone, Copy, PartialEq)]
enum Does {
    Well,
    Fails,
    Panics,
    BreaksCommit,
}

/// Runs these units so that they all wait for the writer before the first of them goes on.
async fn batch(office: &Office, units: &[Does]) -> Vec<Result<(), Error>> {
    let gate = Arc::new(Barrier::new(2));
    let held = {
        let gate = Arc::clone(&gate);
        office.write(move |_| {
            Box::pin(async move {
                gate.wait().await;
                Ok(())
            })
        })
    };
    let all = units.iter().enumerate().map(|(n, does)| {
        let does = *does;
        office.write(move |work| {
            Box::pin(async move {
                put(work, &format!("unit-{n:03}")).await?;
                match does {
                    Does::Well => Ok(()),
                    Does::Fails => Err(Fault::NotFound.into()),
                    Does::Panics => panic!("a unit that panics"),
                    Does::BreaksCommit => break_commit(work).await,
                }
            })
        })
    });
    let opening = async {
        // By now every unit has been given to a task of its own; they queue up in turn.
        for _ in 0..units.len() * 4 {
            tokio::task::yield_now().await;
        }
        gate.wait().await;
    };
    let (held, answers, ()) = tokio::join!(held, join_all(all), opening);
    drop(held);
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_posts_at_once_are_all_answered_and_all_there() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let forms: Vec<_> = (0..200)
            .map(|n| pigeon_wire::message::ReplyForm {
                body: format!("Post {n}."),
                key: office.fresh_key().into(),
                ..Default::default()
            })
            .collect();
        let posts = forms
            .iter()
            .map(|form| message::reply(office, &cast.nora, guido.thread, form));
        let mut places: Vec<i64> = join_all(posts)
            .await
            .into_iter()
            .map(|posted| posted.unwrap().place)
            .collect();
        places.sort_unstable();
        assert_eq!(places, (2..=201).collect::<Vec<_>>());
        let there = "SELECT COUNT(*) FROM messages WHERE kind = 'message'";
        assert_eq!(house.number(there).await, 201);
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_fails_undoes_itself_and_not_its_neighbours() {
    both(async |house| {
        let units = [Does::Well, Does::Fails, Does::Well, Does::Fails, Does::Well];
        let answers = batch(&house.office, &units).await;
        for (answer, does) in answers.iter().zip(units) {
            match does {
                Does::Well => assert!(answer.is_ok(), "{answer:?}"),
                _ => assert!(matches!(answer, Err(Error::Fault(Fault::NotFound)))),
            }
        }
        assert_eq!(stored(house).await, ["unit-000", "unit-002", "unit-004"]);
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_panics_undoes_itself_and_keeps_nobody_waiting() {
    both(async |house| {
        let units = [
            Does::Well,
            Does::Panics,
            Does::Well,
            Does::Panics,
            Does::Panics,
            Does::Well,
            Does::Panics,
        ];
        let answers = batch(&house.office, &units).await;
        for (answer, does) in answers.iter().zip(units) {
            match does {
                Does::Well => assert!(answer.is_ok(), "{answer:?}"),
                _ => assert!(matches!(answer, Err(Error::UnitLost(_))), "{answer:?}"),
            }
        }
        assert_eq!(stored(house).await, ["unit-000", "unit-002", "unit-005"]);
        let after = batch(&house.office, &[Does::Well]).await;
        assert!(after[0].is_ok(), "the writer goes on");
    })
    .await;
}

#[tokio::test]
async fn a_commit_that_fails_is_told_to_the_whole_batch_and_the_next_one_goes_on() {
    let house = House::fresh(Backend::Sqlite).await;
    let units = [Does::Well, Does::Fails, Does::BreaksCommit, Does::Well];
    for answer in batch(&house.office, &units).await {
        assert!(matches!(answer, Err(Error::BatchLost(_))), "{answer:?}");
        let fault = Fault::from(answer.unwrap_err());
        assert!(matches!(fault, Fault::Busy { .. }), "safe to try again");
    }
    assert_eq!(stored(&house).await, Vec::<String>::new());
    let again = batch(&house.office, &[Does::Well, Does::Well]).await;
    assert!(again.iter().all(Result::is_ok));
    assert_eq!(stored(&house).await.len(), 2);
}

#[tokio::test]
async fn a_commit_that_fails_is_told_on_postgresql_to_its_own_unit() {
    let house = House::fresh(Backend::Postgres).await;
    let answers = batch(&house.office, &[Does::Well, Does::BreaksCommit, Does::Well]).await;
    let good: Vec<bool> = answers.iter().map(Result::is_ok).collect();
    assert_eq!(good, [true, false, true]);
    assert_eq!(stored(&house).await, ["unit-000", "unit-002"]);
}

#[tokio::test]
async fn nobody_is_answered_before_the_batch_is_on_the_disk() {
    let house = House::fresh(Backend::Sqlite).await;
    let office = &house.office;
    let answered = Arc::new(AtomicUsize::new(0));
    let gate = Arc::new(Barrier::new(2));
    let first = async {
        office
            .write(|work| Box::pin(async move { put(work, "first").await }))
            .await
            .unwrap();
        answered.fetch_add(1, Ordering::SeqCst);
    };
    let (count, hold) = (Arc::clone(&answered), Arc::clone(&gate));
    let second = office.write(move |work| {
        Box::pin(async move {
            hold.wait().await;
            put(work, "second").await?;
            Ok(count.load(Ordering::SeqCst))
        })
    });
    let third = async {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        // In this order: whoever was answered by now must be found. (The other way round, a unit
        // may be stored whose answer is still under way.)
        let told = answered.load(Ordering::SeqCst);
        let seen = stored(&house).await.len();
        assert!(told <= seen, "{told} answered, {seen} stored");
        gate.wait().await;
    };
    tokio::join!(first, second, third).1.unwrap();
    assert_eq!(stored(&house).await, ["first", "second"]);
}

#[tokio::test]
async fn a_full_disk_is_told_as_something_that_passes() {
    let house = House::fresh(Backend::Sqlite).await;
    house.sql("PRAGMA max_page_count = 1").await;
    let full = house.office.write(|work| {
        Box::pin(async move {
            let much = "x".repeat(4_000_000);
            on!(&mut work.conn, c => sqlx::query(crate::setting::sql::SET)
                .bind("much").bind(&much).bind(work.now).bind(None::<PersonId>)
                .execute(c).await.map(|_| ()))?;
            Ok(())
        })
    });
    let fault = Fault::from(full.await.unwrap_err());
    assert!(matches!(fault, Fault::Busy { .. }), "{fault}");
    house.sql("PRAGMA max_page_count = 1000000").await;
    let again = batch(&house.office, &[Does::Well]).await;
    assert!(again[0].is_ok());
}

#[tokio::test]
async fn a_caller_who_hangs_up_leaves_nothing_half_done() {
    both(async |house| {
        let office = &house.office;
        let gate = Arc::new(Barrier::new(2));
        let hold = Arc::clone(&gate);
        let mut call = Box::pin(office.write(move |work| {
            Box::pin(async move {
                put(work, "before").await?;
                hold.wait().await;
                put(work, "after").await
            })
        }));
        tokio::select! {
            // The gate is asked first: once it has opened, the unit may be done as soon.
            biased;
            _ = gate.wait() => {}
            _ = &mut call => panic!("it waits"),
        }
        drop(call);
        batch(office, &[Does::Well]).await;
        let mut names = stored(house).await;
        while names.len() < 3 {
            tokio::task::yield_now().await;
            names = stored(house).await;
        }
        assert_eq!(names, ["after", "before", "unit-000"]);
    })
    .await;
}
