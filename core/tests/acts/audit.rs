//! The audit log as it is read.

use pigeon_core::actor::Account;
use pigeon_core::testing::{Cast, both, visitor};
use pigeon_core::{audit, person, role, session, thread};
use pigeon_wire::Fault;
use pigeon_wire::audit::{Act, AuditFilter, Recorded};
use pigeon_wire::id::HOUR_MS;
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::Status;

use crate::voice::refused;

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn the_log_is_for_whoever_manages_people_or_settings() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let all = AuditFilter::default();
        for who in [&cast.lena, &cast.nora, &cast.sam, &cast.uwe] {
            let page = audit::page(office, who, &all, None).await;
            assert_eq!(refused(page), Fault::Forbidden(Permission::ManagePeople));
        }
        assert!(audit::page(office, &cast.olivia, &all, None).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn acts_are_found_by_person_act_thread_and_time() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let gerda = cast.guido(office, 2).await;
        let nora = Some(cast.nora.person);
        thread::assign(office, &cast.nora, guido.thread, None, nora)
            .await
            .unwrap();
        house.forward(HOUR_MS);
        thread::set_status(office, &cast.nils, gerda.thread, None, Status::Closed)
            .await
            .unwrap();
        house.forward(1);
        person::change_role(office, &cast.olivia, cast.nora.person, Some("lead"))
            .await
            .unwrap();
        let found = async |filter: AuditFilter| {
            let page = audit::page(office, &cast.olivia, &filter, None)
                .await
                .unwrap();
            let acts = page.lines.into_iter().map(|line| match line.act {
                Recorded::Known(act) => act,
                Recorded::Other(word) => panic!("{word}"),
            });
            acts.collect::<Vec<_>>()
        };
        let newest = found(AuditFilter::default()).await;
        assert_eq!(newest, [Act::RoleChanged, Act::StatusSet, Act::Assigned]);
        let of_nora = AuditFilter {
            person: nora,
            ..AuditFilter::default()
        };
        assert_eq!(
            found(of_nora.clone()).await,
            [Act::RoleChanged, Act::Assigned]
        );
        let in_thread = AuditFilter {
            thread: Some(gerda.thread),
            ..AuditFilter::default()
        };
        assert_eq!(found(in_thread).await, [Act::StatusSet]);
        let by_act = AuditFilter {
            act: Some(Act::Assigned),
            ..AuditFilter::default()
        };
        assert_eq!(found(by_act).await, [Act::Assigned]);
        let early = AuditFilter {
            until: Some(office.now().plus(-1)),
            ..AuditFilter::default()
        };
        assert_eq!(found(early).await, [Act::Assigned]);
        let late = AuditFilter {
            from: Some(office.now().plus(-1)),
            ..AuditFilter::default()
        };
        assert_eq!(found(late).await, [Act::RoleChanged, Act::StatusSet]);
        let page = audit::page(office, &cast.olivia, &of_nora, None)
            .await
            .unwrap();
        assert_eq!(page.person.as_ref().unwrap().name, "Nora");
        let line = &page.lines[0];
        assert_eq!(line.actor.as_ref().unwrap().name, "Olivia");
        assert_eq!(line.fact("to"), Some("lead"));
        assert_eq!(line.fact("from"), Some("agent"));
        assert!(!line.own && page.lines[1].own, "{page:?}");
        let thread = page.lines[1].thread.clone().expect("a thread");
        let subject = Some("Kettle leaks".to_owned());
        assert_eq!((thread.id, thread.subject), (guido.thread, subject));
        assert!(
            page.people
                .iter()
                .any(|person| person.id == cast.uwe.person)
        );
    })
    .await;
}

#[tokio::test]
async fn threads_and_guests_are_named_to_whoever_reads_the_inbox_alone() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        thread::set_status(office, &cast.nora, guido.thread, None, Status::Closed)
            .await
            .unwrap();
        let only = [Permission::ManageSettings];
        let slug = role::create(office, &cast.olivia, "Settings", &only).await;
        person::change_role(office, &cast.olivia, cast.uwe.person, Some(&slug.unwrap()))
            .await
            .unwrap();
        let seen = async |who: &Account| {
            let filter = AuditFilter {
                act: Some(Act::StatusSet),
                ..AuditFilter::default()
            };
            let page = audit::page(office, who, &filter, None).await.unwrap();
            page.lines.into_iter().next().expect("a line").thread
        };
        assert_eq!(seen(&cast.uwe).await, None);
        let shown = seen(&cast.olivia).await.expect("a thread");
        assert_eq!(shown.id, guido.thread);
        house.trash(guido.thread).await;
        assert_eq!(seen(&cast.olivia).await, None, "it cannot be opened");
    })
    .await;
}

#[tokio::test]
async fn pages_of_the_log_miss_nothing_and_repeat_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        for n in 0..120 {
            let to = (n % 2 == 0).then_some(cast.nora.person);
            let from = (n % 2 == 1).then_some(cast.nora.person);
            thread::assign(office, &cast.lena, guido.thread, from, to)
                .await
                .unwrap();
        }
        let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let all = AuditFilter::default();
            let page = audit::page(office, &cast.olivia, &all, after)
                .await
                .unwrap();
            seen.extend(page.lines.iter().map(|line| line.id));
            pages += 1;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((seen.len(), pages), (120, 3));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120);
    })
    .await;
}

#[tokio::test]
async fn a_failed_log_in_is_noted_without_what_was_typed() {
    both(async |house| {
        let office = &house.office;
        person::add(office, "nora@example.com", "Nora", "owner", PASSWORD)
            .await
            .unwrap();
        let door = visitor("192.0.2.77");
        for (email, password) in [
            ("nora@example.com", "my other secret"),
            ("my-password-typed-as-address", "x"),
        ] {
            let failed = session::log_in(office, email, password, &door, None).await;
            assert!(failed.is_err());
        }
        let details = house
            .words("SELECT detail FROM audit WHERE act = 'sign_in_failed'")
            .await;
        assert_eq!(details, [r#"{"from":"192.0.2.77"}"#; 2]);
        let named = "SELECT COUNT(*) FROM audit WHERE act = 'sign_in_failed' \
                     AND person_id IS NOT NULL";
        assert_eq!(house.number(named).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_reader_of_the_log_learns_nothing_of_their_own_question() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let question = house.question_of(&cast.olivia, "May I ask?").await;
        let nora = Some(cast.nora.person);
        thread::assign(office, &cast.nora, question, None, nora)
            .await
            .unwrap();
        let all = AuditFilter::default();
        let page = audit::page(office, &cast.olivia, &all, None).await.unwrap();
        assert_eq!(page.lines, []);
    })
    .await;
}
