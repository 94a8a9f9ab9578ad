//! What becomes of the threads that somebody holds whose account ends, and what is told before.

use pigeon_core::actor::Account;
use pigeon_core::testing::{Cast, both};
use pigeon_core::{inbox, person, role, thread};
use pigeon_wire::Fault;
use pigeon_wire::live::StaffFrame;
use pigeon_wire::permission::Permission;
use pigeon_wire::team::{MayChange, RELEASE_UNIT};

use crate::voice::refused;

#[tokio::test]
async fn what_a_deactivated_person_held_becomes_nobodys_where_it_is_wanted() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (olivia, nora) = (&cast.olivia, cast.nora.person);
        let page = async || person::page(office, olivia, nora).await.unwrap();
        let assigned = async || {
            let guest = cast.guido(office, 1).await;
            thread::assign(office, &cast.lena, guest.thread, None, Some(nora))
                .await
                .unwrap();
            guest.thread
        };
        let thread = assigned().await;
        // What the owner asks of the team is none of their business as an owner.
        let own = house.question_of(olivia, "May I ask?").await;
        thread::assign(office, &cast.lena, own, None, Some(nora))
            .await
            .unwrap();
        assert_eq!((page().await.assigned, page().await.releasable), (1, true));
        let mut line = office.hub().attach_user(&cast.lena);
        inbox::listen(office, &cast.lena, &line).await.unwrap();
        house.told().await;
        while line.waiting().is_some() {}
        person::deactivate(office, olivia, nora, person::Held::Released)
            .await
            .unwrap();
        house.told().await;
        let told: Vec<StaffFrame> = std::iter::from_fn(|| line.waiting())
            .map(|bytes| serde_json::from_slice(&bytes).unwrap())
            .collect();
        let row = told.iter().find_map(|frame| match frame {
            StaffFrame::Row(row) if row.id == thread => Some(row.assignee.clone()),
            _ => None,
        });
        assert_eq!(row, Some(None), "{told:?}");
        assert_eq!(page().await.assigned, 0);
        let id = house.id(nora.0);
        let held = format!("SELECT COUNT(*) FROM threads WHERE assignee_id = {id}");
        assert_eq!(house.number(&held).await, 1, "the owner's own question");

        // Twice does the rest of the first time, and no more.
        person::deactivate(office, olivia, nora, person::Held::Released)
            .await
            .unwrap();
        let noted = "SELECT COUNT(*) FROM audit WHERE act = 'deactivated'";
        assert_eq!(house.number(noted).await, 1);
    })
    .await;
}

#[tokio::test]
async fn more_than_one_unit_holds_is_released_and_only_by_who_may_assign() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (guest, nora) = (cast.guido(office, 1).await, cast.nora.person);
        let copy = format!(
            "INSERT INTO threads (id, kind, status, source, customer_id, assignee_id, \
             public_change, staff_change, latest_place, preview, preview_side, created_at, active_at) \
             SELECT {{id}}, kind, status, source, customer_id, {}, 0, 0, 0, '', preview_side, \
             created_at, active_at FROM threads WHERE id = {}",
            house.id(nora.0),
            house.id(guest.thread.0),
        );
        for n in 0..=RELEASE_UNIT {
            let id = house.id(uuid::Uuid::from_u128(n.unsigned_abs().into()));
            house.sql(&copy.replace("{id}", &id)).await;
        }
        let only = [Permission::ManagePeople, Permission::ManageThreads];
        let slug = role::create(office, &cast.olivia, "Staff office", &only).await;
        person::change_role(office, &cast.olivia, cast.sam.person, Some(&slug.unwrap()))
            .await
            .unwrap();
        let page = person::page(office, &cast.sam, nora).await.unwrap();
        assert_eq!((page.assigned, page.releasable), (RELEASE_UNIT + 1, false));
        let lacks = Fault::Forbidden(Permission::AssignThreads);
        assert_eq!(
            refused(person::release(office, &cast.sam, nora).await),
            lacks
        );
        let ended = person::deactivate(office, &cast.sam, nora, person::Held::Released).await;
        assert_eq!(refused(ended), lacks);
        let page = person::page(office, &cast.olivia, nora).await.unwrap();
        assert_eq!(page.person.deactivated_at, None, "all or nothing");

        person::release(office, &cast.olivia, nora).await.unwrap();
        let page = person::page(office, &cast.olivia, nora).await.unwrap();
        assert_eq!(page.assigned, 0);
    })
    .await;
}

#[tokio::test]
async fn the_last_owner_is_told_before_anything_is_tried() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let olivia = &cast.olivia;
        let last = async |whom: &Account| {
            let page = person::page(office, olivia, whom.person).await.unwrap();
            page.may == MayChange::Sessions
        };
        assert!(last(olivia).await);
        assert!(!last(&cast.lena).await);
        person::change_role(office, olivia, cast.lena.person, Some("owner"))
            .await
            .unwrap();
        assert!(!last(olivia).await && !last(&cast.lena).await);
    })
    .await;
}
