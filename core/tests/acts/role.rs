//! Custom roles.

use pigeon_core::actor::Account;
use pigeon_core::hub::Out;
use pigeon_core::role::Move;
use pigeon_core::testing::{Cast, both};
use pigeon_core::{invitation, person, role, session};
use pigeon_wire::Fault;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::live::close;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;

use crate::voice::refused;

const READ: [Permission; 1] = [Permission::AccessInbox];

#[tokio::test]
async fn a_custom_role_is_made_given_changed_and_deleted() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let olivia = &cast.olivia;
        let slug = role::create(office, olivia, "  Night shift ", &READ)
            .await
            .unwrap();
        person::change_role(office, olivia, cast.uwe.person, Some(&slug))
            .await
            .unwrap();
        let me = session::me(office, &cast.uwe).await.unwrap();
        assert!(me.permissions.is_staff());
        assert!(!me.permissions.has(Permission::ManageThreads));
        let more = [Permission::ManageThreads];
        role::edit(office, olivia, &slug, "Day shift", &more)
            .await
            .unwrap();
        let me = session::me(office, &cast.uwe).await.unwrap();
        assert!(
            me.permissions.has(Permission::ManageThreads),
            "at the next request"
        );
        let in_use = role::delete(office, olivia, &slug, Move::Nowhere).await;
        assert_eq!(refused(in_use), Fault::field(Field::Role, Problem::InUse));
        let roles = role::list(office, olivia).await.unwrap().roles;
        let shift = roles.iter().find(|one| one.role.slug == slug).unwrap();
        assert_eq!((shift.role.name.as_str(), shift.used), ("Day shift", 1));
        person::change_role(office, olivia, cast.uwe.person, None)
            .await
            .unwrap();
        role::delete(office, olivia, &slug, Move::Nowhere)
            .await
            .unwrap();
        let gone = role::delete(office, olivia, &slug, Move::Nowhere).await;
        assert_eq!(refused(gone), Fault::NotFound);
        let acts = house.words("SELECT act FROM audit WHERE act LIKE 'role%' ORDER BY at, id");
        let expected = [
            "role_made",
            "role_changed",
            "role_edited",
            "role_changed",
            "role_deleted",
        ];
        let mut acts = acts.await;
        acts.sort();
        let mut expected = expected.map(str::to_owned);
        expected.sort();
        assert_eq!(acts, expected);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_deleted_role_moves_to_another() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let olivia = &cast.olivia;
        let made = async |name: &str| role::create(office, olivia, name, &READ).await.unwrap();
        let given = async |whom: &Account, slug: &str| {
            person::change_role(office, olivia, whom.person, Some(slug))
                .await
                .unwrap();
        };
        let desk = made("Desk").await;
        given(&cast.uwe, &desk).await;
        given(&cast.sam, &desk).await;
        person::deactivate(office, olivia, cast.sam.person, person::Held::Stays)
            .await
            .unwrap();
        invitation::invite(office, olivia, "ina@example.net", Some(&desk), Language::En)
            .await
            .unwrap();
        let to = |slug: &str| Move::To(slug.to_owned());
        for nowhere in [to(&desk), to("king")] {
            let moved = role::delete(office, olivia, &desk, nowhere).await;
            assert_eq!(refused(moved), Fault::field(Field::Role, Problem::Unknown));
        }
        let ada = person::add(
            office,
            "ada@example.com",
            "Ada",
            "admin",
            "correct horse battery",
        );
        ada.await.unwrap();
        let ada = session::open_for(office, "ada@example.com", "test")
            .await
            .unwrap();
        let ada = session::recognise(office, &ada.secret)
            .await
            .unwrap()
            .unwrap();
        let up = role::delete(office, &ada, &desk, to("owner")).await;
        assert_eq!(refused(up), Fault::field(Field::Role, Problem::OwnersOnly));

        role::delete(office, &ada, &desk, to("agent"))
            .await
            .unwrap();
        let me = session::me(office, &cast.uwe).await.unwrap();
        assert!(me.permissions.has(Permission::ManageThreads));
        let agents = "SELECT COUNT(*) FROM people WHERE role = 'agent'";
        assert_eq!(house.number(agents).await, 4, "the deactivated one too");
        let invited = "SELECT role FROM invitations";
        assert_eq!(house.words(invited).await, ["agent"]);

        let night = made("Night").await;
        given(&cast.uwe, &night).await;
        let mut line = office.hub().attach_user(&cast.uwe);
        role::delete(office, olivia, &night, Move::ToNone)
            .await
            .unwrap();
        assert_eq!(line.next().await, Out::Close(close::REVOKED));
        let me = session::me(office, &cast.uwe).await.unwrap();
        assert_eq!(me.role, None);
    })
    .await;
}

#[tokio::test]
async fn built_in_roles_stay_and_names_are_unique() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let olivia = &cast.olivia;
        let built_in = Fault::field(Field::Role, Problem::BuiltIn);
        for slug in ["owner", "admin", "lead", "agent", "viewer"] {
            let edited = role::edit(office, olivia, slug, "Boss", &READ).await;
            assert_eq!(refused(edited), built_in);
            let deleted = role::delete(office, olivia, slug, Move::Nowhere).await;
            assert_eq!(refused(deleted), built_in);
        }
        let taken = Fault::field(Field::Name, Problem::Taken);
        let same = role::create(office, olivia, "OWNER", &READ).await;
        assert_eq!(refused(same), taken);
        let slug = role::create(office, olivia, "Desk", &READ).await.unwrap();
        role::create(office, olivia, "Desk 2", &READ).await.unwrap();
        let same = role::edit(office, olivia, &slug, "desk 2", &READ).await;
        assert_eq!(refused(same), taken);
        role::edit(office, olivia, &slug, "DESK", &READ)
            .await
            .unwrap();
        let empty = role::create(office, olivia, " ", &[]).await;
        let Fault::Invalid(faults) = refused(empty) else {
            panic!("both fields")
        };
        let fields: Vec<Field> = faults.into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, [Field::Name, Field::Permissions]);
        let long = role::create(office, olivia, &"x".repeat(41), &READ).await;
        let problem = Problem::TooLong { max: 40 };
        assert_eq!(refused(long), Fault::field(Field::Name, problem));
    })
    .await;
}

#[tokio::test]
async fn nobody_puts_into_a_role_what_they_do_not_hold() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let olivia = &cast.olivia;
        let few = [Permission::ManagePeople, Permission::AccessInbox];
        let slug = role::create(office, olivia, "Office", &few).await.unwrap();
        person::change_role(office, olivia, cast.sam.person, Some(&slug))
            .await
            .unwrap();
        let more = [Permission::ManagePeople, Permission::ManageThreads];
        let beyond = Fault::field(Field::Permissions, Problem::BeyondOwn);
        let grown = role::edit(office, &cast.sam, &slug, "Office", &more).await;
        assert_eq!(refused(grown), beyond);
        let made = role::create(office, &cast.sam, "Mine", &more).await;
        assert_eq!(refused(made), beyond);
        // What a role has already may stay in it.
        let strong = [Permission::ManageThreads, Permission::ManageSettings];
        let strong = role::create(office, olivia, "Strong", &strong)
            .await
            .unwrap();
        let kept = [Permission::ManageThreads];
        role::edit(office, &cast.sam, &strong, "Less strong", &kept)
            .await
            .unwrap();
    })
    .await;
}
