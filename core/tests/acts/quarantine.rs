//! What the honeypot caught: seen by whoever manages threads, accepted as the form would have taken
//! it, or deleted.

use pigeon_core::guest::{self, Started};
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{inbox, outbox, quarantine};
use pigeon_wire::Fault;
use pigeon_wire::id::{DAY_MS, HOUR_MS, RecordId};
use pigeon_wire::inbox::View;
use pigeon_wire::note::StaffContent;
use pigeon_wire::permission::Permission;
use pigeon_wire::quarantine::CATCHES_PAGE;
use pigeon_wire::thread::{Source, Status};

use crate::outbox::to;
use crate::voice::{door, opens, refused, start_form};

const GERDA: &str = "gerda@example.org";

/// Somebody's browser fills in everything, the trap too.
async fn caught(house: &House, email: &str, n: u32) {
    let form = start_form(house, email, &format!("Number {n}, <b>bold</b>."));
    let office = &house.office;
    let started = guest::start(office, &form, "http://x", Source::Widget, &door(n)).await;
    assert_eq!(started.unwrap(), Started::Caught);
}

async fn first(house: &House, cast: &Cast) -> RecordId {
    let page = quarantine::page(&house.office, &cast.nora, None).await;
    page.unwrap().catches[0].id
}

#[tokio::test]
async fn the_quarantine_is_for_whoever_manages_threads() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        caught(house, GERDA, 1).await;
        let id = first(house, &cast).await;
        let forbidden = Fault::Forbidden(Permission::ManageThreads);
        let before = house.row_counts().await;
        for who in [&cast.sam, &cast.uwe] {
            let page = quarantine::page(office, who, None).await;
            assert_eq!(refused(page), forbidden);
            assert_eq!(refused(quarantine::count(office, who).await), forbidden);
            let accepted = quarantine::accept(office, who, id).await;
            assert_eq!(refused(accepted), forbidden);
            let deleted = quarantine::delete(office, who, &[id]).await;
            assert_eq!(refused(deleted), forbidden);
        }
        assert_eq!(before, house.row_counts().await);
        assert_eq!(
            quarantine::count(office, &cast.nora).await.unwrap().total(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_accepted_is_a_guests_thread_as_the_form_makes_it() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        caught(house, GERDA, 1).await;
        house.run_mails().await;
        assert!(
            house.mailbox.letters().is_empty(),
            "nobody is mailed before"
        );
        house.forward(3 * HOUR_MS);
        let id = first(house, &cast).await;
        let thread = quarantine::accept(office, &cast.nora, id).await.unwrap();
        let open = opens(house, &cast.nora, thread).await;
        assert_eq!(
            (open.head.public.status, open.head.source),
            (Status::Pending, Source::Widget)
        );
        assert!(!open.head.customer.verified);
        assert_eq!(open.entries[0].at, office.now());
        let StaffContent::Message { body, .. } = &open.entries[0].content else {
            panic!("{:?}", open.entries[0])
        };
        assert_eq!(body, "Number 1, <b>bold</b>.");
        let rows = inbox::page(office, &cast.nora, View::NeedsReply, None).await;
        assert_eq!(rows.unwrap().rows[0].row.id, thread);
        house.forward(HOUR_MS);
        house.run_mails().await;
        let link = to(house, GERDA);
        assert_eq!(link.len(), 1);
        assert!(link[0].text.contains("/t/") && !link[0].text.contains("Number 1"));
        let support = to(house, "pigeon@localhost.localdomain");
        assert_eq!(support.len(), 1, "the support recipients are told");
        assert_eq!(
            quarantine::count(office, &cast.nora).await.unwrap().total(),
            0
        );
        let log = "SELECT act FROM audit WHERE act = 'catch_accepted' AND thread_id IS NOT NULL";
        assert_eq!(house.words(log).await.len(), 1);
        let told = house.number("SELECT COUNT(*) FROM audit WHERE detail LIKE '%Number%'");
        assert_eq!(told.await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_accept_at_once_the_second_is_told() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for n in 1..6 {
            caught(house, GERDA, n).await;
            let id = first(house, &cast).await;
            let (one, two) = tokio::join!(
                quarantine::accept(office, &cast.nora, id),
                quarantine::accept(office, &cast.nils, id),
            );
            let late = if one.is_ok() { two } else { one };
            assert_eq!(refused(late), Fault::NotFound);
            let threads = house.number("SELECT COUNT(*) FROM threads").await;
            assert_eq!(threads, i64::from(n));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_so_is_what_was_kept_for_its_time() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for n in 0..30 {
            caught(house, &format!("g{n}@example.org"), n).await;
            house.forward(1);
        }
        let page = quarantine::page(office, &cast.nora, None).await.unwrap();
        assert_eq!(i64::try_from(page.catches.len()), Ok(CATCHES_PAGE));
        assert_eq!(page.catches[0].email, "g29@example.org", "newest first");
        let rest = quarantine::page(office, &cast.nora, page.next).await;
        let rest = rest.unwrap();
        assert_eq!((rest.catches.len(), rest.next), (5, None));
        let ids: Vec<RecordId> = page.catches.iter().map(|one| one.id).collect();
        let deleted = quarantine::delete(office, &cast.nora, &ids).await;
        assert_eq!(deleted.unwrap(), CATCHES_PAGE);
        let again = quarantine::delete(office, &cast.nils, &ids[..1]).await;
        assert_eq!(refused(again), Fault::NotFound);
        let more = [ids.as_slice(), &ids[..1]].concat();
        let much = quarantine::delete(office, &cast.nora, &more).await;
        assert_eq!(refused(much), Fault::TooLarge);
        assert_eq!(
            quarantine::count(office, &cast.nora).await.unwrap().total(),
            5
        );
        assert_eq!(house.number("SELECT COUNT(*) FROM threads").await, 0);

        let kept = async || house.number("SELECT COUNT(*) FROM quarantine").await;
        house.forward(90 * DAY_MS - 1000);
        outbox::worker::sweep(office).await.unwrap();
        assert_eq!(kept().await, 5);
        house.forward(1000);
        outbox::worker::sweep(office).await.unwrap();
        assert_eq!(kept().await, 0);
    })
    .await;
}
