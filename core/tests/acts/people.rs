//! People and their roles: who may change whom, what ends with an account, and the last owner.

use pigeon_core::actor::Account;
use pigeon_core::hub::Out;
use pigeon_core::person::own;
use pigeon_core::session::list;
use pigeon_core::testing::{Cast, House, both, visitor};
use pigeon_core::{Error, inbox, person, role, session, thread};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::HOUR_MS;
use pigeon_wire::live::{StaffFrame, close};
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::team::{NO_ROLE, PeopleFilter, PeopleState};
use pigeon_wire::{Fault, PersonId};

use crate::voice::{refused, writes};

const PASSWORD: &str = "correct horse battery";

fn at_role(problem: Problem) -> Fault {
    Fault::field(Field::Role, problem)
}

async fn gives(
    house: &House,
    who: &Account,
    whom: &Account,
    role: Option<&str>,
) -> Result<(), Error> {
    person::change_role(&house.office, who, whom.person, role).await
}

async fn role_of(house: &House, person: PersonId) -> String {
    let id = house.id(person.0);
    let query = format!("SELECT COALESCE(role, 'none') FROM people WHERE id = {id}");
    house.words(&query).await.remove(0)
}

/// An admin beside the cast.
async fn admin(house: &House) -> Account {
    let office = &house.office;
    person::add(office, "ada@example.com", "Ada", "admin", PASSWORD)
        .await
        .unwrap();
    let signed_in = session::open_for(office, "ada@example.com", "test")
        .await
        .unwrap();
    let account = session::recognise(office, &signed_in.secret).await;
    account.unwrap().unwrap()
}

fn everybody(text: &str, state: PeopleState) -> PeopleFilter {
    PeopleFilter {
        text: text.to_owned(),
        state,
        role: None,
        after: None,
    }
}

#[tokio::test]
async fn only_whoever_manages_people_sees_and_changes_them() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for who in [&cast.lena, &cast.nora, &cast.sam, &cast.uwe] {
            let lacks = Fault::Forbidden(Permission::ManagePeople);
            let list = person::people(office, who, &everybody("", PeopleState::All)).await;
            assert_eq!(refused(list), lacks);
            let page = person::page(office, who, cast.nils.person).await;
            assert_eq!(refused(page), lacks);
            assert_eq!(refused(gives(house, who, &cast.nils, None).await), lacks);
            let ended =
                person::deactivate(office, who, cast.nils.person, person::Held::Stays).await;
            assert_eq!(refused(ended), lacks);
            let back = person::reactivate(office, who, cast.nils.person).await;
            assert_eq!(refused(back), lacks);
            let out = list::end_others(office, who, cast.nils.person).await;
            assert_eq!(refused(out), lacks);
            assert_eq!(refused(role::list(office, who).await), lacks);
        }
        assert_eq!(role_of(house, cast.nils.person).await, "agent");
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_what_they_do_not_hold_and_owners_alone_touch_owners() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let ada = admin(house).await;
        gives(house, &ada, &cast.nora, Some("lead")).await.unwrap();
        gives(house, &ada, &cast.nora, Some("admin")).await.unwrap();
        gives(house, &ada, &cast.nora, None).await.unwrap();
        let owner = gives(house, &ada, &cast.nora, Some("owner")).await;
        assert_eq!(refused(owner), at_role(Problem::OwnersOnly));
        let down = gives(house, &ada, &cast.olivia, Some("agent")).await;
        assert_eq!(refused(down), at_role(Problem::OwnersOnly));
        let out =
            person::deactivate(&house.office, &ada, cast.olivia.person, person::Held::Stays).await;
        assert_eq!(refused(out), at_role(Problem::OwnersOnly));
        let sessions = list::end_others(&house.office, &ada, cast.olivia.person).await;
        assert_eq!(refused(sessions), at_role(Problem::OwnersOnly));
        let unknown = gives(house, &ada, &cast.nora, Some("king")).await;
        assert_eq!(refused(unknown), at_role(Problem::Unknown));
        // Who manages people and nothing else hands on nothing else.
        let only = [Permission::ManagePeople];
        let slug = role::create(&house.office, &cast.olivia, "Staff office", &only).await;
        let slug = slug.unwrap();
        gives(house, &cast.olivia, &cast.sam, Some(&slug))
            .await
            .unwrap();
        let more = gives(house, &cast.sam, &cast.nora, Some("viewer")).await;
        assert_eq!(refused(more), at_role(Problem::BeyondOwn));
        gives(house, &cast.sam, &cast.nora, Some(&slug))
            .await
            .unwrap();
        gives(house, &cast.olivia, &cast.nora, Some("owner"))
            .await
            .unwrap();
        assert_eq!(role_of(house, cast.nora.person).await, "owner");
    })
    .await;
}

#[tokio::test]
async fn the_last_owner_stays() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let olivia = &cast.olivia;
        for role in [None, Some("admin")] {
            let down = gives(house, olivia, olivia, role).await;
            assert_eq!(refused(down), at_role(Problem::LastOwner));
        }
        let out = person::deactivate(office, olivia, olivia.person, person::Held::Stays).await;
        assert_eq!(refused(out), at_role(Problem::LastOwner));
        // An owner who cannot sign in does not count.
        gives(house, olivia, &cast.lena, Some("owner"))
            .await
            .unwrap();
        person::deactivate(office, olivia, cast.lena.person, person::Held::Stays)
            .await
            .unwrap();
        let down = gives(house, olivia, olivia, Some("admin")).await;
        assert_eq!(refused(down), at_role(Problem::LastOwner));
        person::reactivate(office, olivia, cast.lena.person)
            .await
            .unwrap();
        gives(house, olivia, olivia, Some("admin")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_owners_who_demote_each_other_leave_one() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (olivia, lena) = (&cast.olivia, &cast.lena);
        for _ in 0..8 {
            gives(house, olivia, lena, Some("owner")).await.unwrap();
            let (one, other) = tokio::join!(
                gives(house, olivia, lena, Some("viewer")),
                person::deactivate(office, lena, olivia.person, person::Held::Stays),
            );
            assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
            let owners = house
                .number(
                    "SELECT COUNT(*) FROM people WHERE role = 'owner' AND deactivated_at IS NULL",
                )
                .await;
            assert_eq!(owners, 1);
            if other.is_ok() {
                return;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn two_owners_who_leave_at_once_leave_one() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let (olivia, lena) = (&cast.olivia, &cast.lena);
        gives(house, olivia, lena, Some("owner")).await.unwrap();
        let (one, other) = tokio::join!(
            gives(house, olivia, olivia, None),
            gives(house, lena, lena, None),
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let loser = one.and(other);
        assert_eq!(refused(loser), at_role(Problem::LastOwner));
    })
    .await;
}

#[tokio::test]
async fn a_deactivated_person_is_out_at_once_with_sessions_lines_and_mails() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        house.run_mails().await;
        let nora = Some(cast.nora.person);
        thread::assign(office, &cast.nora, guido.thread, None, nora)
            .await
            .unwrap();
        writes(house, &guido, "Are you there?").await;
        let mut line = office.hub().attach_user(&cast.nora);
        let mut beside = office.hub().attach_user(&cast.nils);
        person::deactivate(office, &cast.olivia, cast.nora.person, person::Held::Stays)
            .await
            .unwrap();
        assert_eq!(line.next().await, Out::Close(close::REVOKED));
        house.told().await;
        assert_eq!(beside.waiting(), None);
        let me = session::me(office, &cast.nora).await;
        assert_eq!(refused(me), Fault::NotSignedIn);
        let id = house.id(cast.nora.person.0);
        let sessions = format!("SELECT COUNT(*) FROM sessions WHERE person_id = {id}");
        assert_eq!(house.number(&sessions).await, 0);
        let states = format!("SELECT DISTINCT state FROM outbox WHERE person_id = {id}");
        assert_eq!(house.words(&states).await, ["dropped"]);
        let before = house.mailbox.letters().len();
        house.forward(HOUR_MS);
        house.run_mails().await;
        let to_nora = |all: &[pigeon_core::mail::Letter]| {
            let to = all.iter().filter(|l| l.to.1.as_str() == "nora@example.com");
            to.count()
        };
        assert_eq!(to_nora(&house.mailbox.letters()[before..]), 0);
        // What is hers stays hers, and the support recipients hear of what comes next.
        let held = format!("SELECT COUNT(*) FROM threads WHERE assignee_id = {id}");
        assert_eq!(house.number(&held).await, 1);
        writes(house, &guido, "Hello?").await;
        let to_support = house
            .number("SELECT COUNT(*) FROM outbox WHERE address IS NOT NULL AND state = 'queued'")
            .await;
        assert_eq!(to_support, 1);
        // Twice is once.
        person::deactivate(office, &cast.olivia, cast.nora.person, person::Held::Stays)
            .await
            .unwrap();
        let noted = "SELECT COUNT(*) FROM audit WHERE act = 'deactivated'";
        assert_eq!(house.number(noted).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_reactivated_person_signs_in_again_and_no_old_session_comes_back() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let rita = person::add(office, "rita@example.com", "Rita", "agent", PASSWORD)
            .await
            .unwrap();
        let door = visitor("192.0.2.1");
        let old = session::log_in(office, "rita@example.com", PASSWORD, &door, None)
            .await
            .unwrap();
        person::deactivate(office, &cast.olivia, rita, person::Held::Stays)
            .await
            .unwrap();
        let refusal = session::log_in(office, "rita@example.com", PASSWORD, &door, None).await;
        assert_eq!(refused(refusal.map(|_| ())), Fault::WrongPassword);
        person::reactivate(office, &cast.olivia, rita)
            .await
            .unwrap();
        assert!(
            session::recognise(office, &old.secret)
                .await
                .unwrap()
                .is_none()
        );
        let again = session::log_in(office, "rita@example.com", PASSWORD, &door, None).await;
        assert!(again.is_ok());
        assert_eq!(role_of(house, rita).await, "agent");
    })
    .await;
}

#[tokio::test]
async fn who_loses_the_inbox_is_hung_up_and_who_keeps_it_asks_anew() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut nora = office.hub().attach_user(&cast.nora);
        inbox::listen(office, &cast.nora, &nora).await.unwrap();
        let mut nils = office.hub().attach_user(&cast.nils);
        gives(house, &cast.olivia, &cast.nora, Some("viewer"))
            .await
            .unwrap();
        house.told().await;
        let frames: Vec<StaffFrame> = std::iter::from_fn(|| nora.waiting())
            .map(|bytes| serde_json::from_slice(&bytes).unwrap())
            .collect();
        assert!(frames.contains(&StaffFrame::Rights), "{frames:?}");
        assert_eq!(nils.waiting(), None);
        gives(house, &cast.olivia, &cast.nora, None).await.unwrap();
        assert_eq!(nora.next().await, Out::Close(close::REVOKED));

        // The same by a change of the role itself.
        let all = [Permission::AccessInbox, Permission::ManageSettings];
        let slug = role::create(office, &cast.olivia, "Desk", &all)
            .await
            .unwrap();
        gives(house, &cast.olivia, &cast.nils, Some(&slug))
            .await
            .unwrap();
        let less = [Permission::AccessInbox];
        role::edit(office, &cast.olivia, &slug, "Desk", &less)
            .await
            .unwrap();
        let mut sam = office.hub().attach_user(&cast.sam);
        house.told().await;
        while nils.waiting().is_some() {}
        let none = [Permission::ManageSettings];
        role::edit(office, &cast.olivia, &slug, "Desk", &none)
            .await
            .unwrap();
        assert_eq!(nils.next().await, Out::Close(close::REVOKED));
        house.told().await;
        assert_eq!(sam.waiting(), None);
    })
    .await;
}

#[tokio::test]
async fn people_are_listed_by_name_filtered_and_paged() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        person::deactivate(office, &cast.olivia, cast.sam.person, person::Held::Stays)
            .await
            .unwrap();
        let names = async |filter: PeopleFilter| {
            let page = person::people(office, &cast.olivia, &filter).await.unwrap();
            let names = page.people.into_iter().map(|person| person.name);
            names.collect::<Vec<_>>()
        };
        let active = names(everybody("", PeopleState::Active)).await;
        assert_eq!(active, ["Lena", "Nils", "Nora", "Olivia", "Uwe"]);
        assert_eq!(
            names(everybody("", PeopleState::Deactivated)).await,
            ["Sam"]
        );
        assert_eq!(names(everybody("NO", PeopleState::All)).await, ["Nora"]);
        assert_eq!(names(everybody("sam@", PeopleState::All)).await, ["Sam"]);
        assert_eq!(names(everybody("%", PeopleState::All)).await, [""; 0]);
        let role = |role: &str| PeopleFilter {
            role: Some(role.to_owned()),
            ..everybody("", PeopleState::All)
        };
        assert_eq!(names(role("agent")).await, ["Nils", "Nora"]);
        assert_eq!(names(role(NO_ROLE)).await, ["Uwe"]);
        let further = PeopleFilter {
            after: Some(cast.nils.person),
            ..role("agent")
        };
        assert_eq!(names(further).await, ["Nora"]);
        let after = PeopleFilter {
            after: Some(cast.nora.person),
            ..everybody("", PeopleState::All)
        };
        assert_eq!(names(after).await, ["Olivia", "Sam", "Uwe"]);
        for n in 0..60 {
            let email = format!("p{n}@example.com");
            person::add(office, &email, "Zoe", "user", PASSWORD)
                .await
                .unwrap();
            if n == 2 {
                // Hashing sixty passwords proves nothing more.
                break;
            }
        }
        let page = person::people(office, &cast.olivia, &everybody("zo", PeopleState::All)).await;
        let page = page.unwrap();
        assert_eq!((page.people.len(), page.more), (3, false));
        let owner = page.roles.iter().any(|role| role.slug == "owner");
        assert!(owner, "an owner may make owners");
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_or_together() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let open = async || {
            let signed_in = session::open_for(office, "nora@example.com", "phone").await;
            let secret = signed_in.unwrap().secret;
            session::recognise(office, &secret).await.unwrap().unwrap()
        };
        let (phone, tablet) = (open().await, open().await);
        let nora = cast.nora.person;
        let own = list::own(office, &cast.nora).await.unwrap();
        assert_eq!(own.len(), 3);
        assert_eq!(own.iter().filter(|one| one.this).count(), 1);
        let others = list::end(office, &cast.nils, nora, phone.session().unwrap()).await;
        assert_eq!(refused(others), Fault::Forbidden(Permission::ManagePeople));
        let strange = list::end(office, &cast.nora, nora, cast.nils.session().unwrap()).await;
        assert_eq!(refused(strange), Fault::NotFound);
        let mut line = office.hub().attach_user(&phone);
        list::end(office, &cast.nora, nora, phone.session().unwrap())
            .await
            .unwrap();
        assert_eq!(line.next().await, Out::Close(close::REVOKED));
        list::end_others(office, &cast.nora, nora).await.unwrap();
        let gone = session::me(office, &tablet).await;
        assert_eq!(refused(gone), Fault::NotSignedIn);
        assert_eq!(list::own(office, &cast.nora).await.unwrap().len(), 1);
        // Whoever manages people ends the last one too.
        list::end_others(office, &cast.olivia, nora).await.unwrap();
        let gone = session::me(office, &cast.nora).await;
        assert_eq!(refused(gone), Fault::NotSignedIn);
    })
    .await;
}

#[tokio::test]
async fn a_session_tells_the_hour_in_which_it_was_used_and_a_read_writes_no_more() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let signed_in = session::open_for(office, "nora@example.com", "phone").await;
        let secret = signed_in.unwrap().secret;
        let seen = "SELECT MAX(seen_at) FROM sessions";
        let began = house.number(seen).await;
        house.forward(HOUR_MS - 1);
        session::recognise(office, &secret).await.unwrap();
        assert_eq!(house.number(seen).await, began);
        house.forward(1);
        session::recognise(office, &secret).await.unwrap();
        assert_eq!(house.number(seen).await, began + HOUR_MS);
        let id = house.id(cast.nora.person.0);
        let person = format!("SELECT seen_at FROM people WHERE id = {id}");
        assert_eq!(house.number(&person).await, began + HOUR_MS);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_takes_the_old_one_and_ends_other_sessions() {
    both(async |house| {
        let office = &house.office;
        person::add(office, "rita@example.com", "Rita", "agent", PASSWORD)
            .await
            .unwrap();
        let door = visitor("192.0.2.1");
        let log_in = async |password: &str| {
            session::log_in(office, "rita@example.com", password, &door, None).await
        };
        let here = log_in(PASSWORD).await.unwrap().secret;
        let there = log_in(PASSWORD).await.unwrap().secret;
        let rita = session::recognise(office, &here).await.unwrap().unwrap();
        let wrong = own::change_password(office, &rita, "wrong", "another long one").await;
        let problem = Fault::field(Field::OldPassword, Problem::WrongPassword);
        assert_eq!(refused(wrong), problem);
        let short = own::change_password(office, &rita, PASSWORD, "short").await;
        assert!(matches!(refused(short), Fault::Invalid(_)));
        let new = "another long one";
        own::change_password(office, &rita, PASSWORD, new)
            .await
            .unwrap();
        assert!(session::recognise(office, &here).await.unwrap().is_some());
        assert!(session::recognise(office, &there).await.unwrap().is_none());
        let old = log_in(PASSWORD).await.map(|_| ());
        assert_eq!(refused(old), Fault::WrongPassword);
        assert!(log_in(new).await.is_ok());
        own::change_profile(office, &rita, "Rita R.", Language::De, "")
            .await
            .unwrap();
        let account = own::account(office, &rita).await.unwrap();
        assert_eq!(
            (account.name.as_str(), account.language),
            ("Rita R.", Language::De)
        );
    })
    .await;
}
