//! Who may do what: every command of the team, for everybody, asked at the moment of use.

use pigeon_core::actor::Account;
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{Error, inbox, message, note, session, thread};
use pigeon_wire::act::{Moved, Standing};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::inbox::View;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;
use pigeon_wire::thread::Status;
use pigeon_wire::{Fault, ThreadId};
use uuid::Uuid;

use crate::voice::{form, note_form, notes, opens, refused};

/// The commands of the team that are about one thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    Open,
    Before,
    Follow,
    Seen,
    Reply,
    Note,
    Close,
    Take,
    Give,
    Revoke,
    Trash,
    Restore,
}

use Command::{Before, Close, Follow, Give, Note, Open, Reply, Restore, Revoke, Seen, Take, Trash};

const READING: [Command; 4] = [Open, Before, Follow, Seen];
const MANAGING: [Command; 7] = [Reply, Note, Close, Take, Revoke, Trash, Restore];

async fn run(
    house: &House,
    cast: &Cast,
    command: Command,
    who: &Account,
    id: ThreadId,
) -> Result<(), Error> {
    let office = &house.office;
    match command {
        Open => thread::open(office, who, id).await.map(drop),
        Before => thread::before(office, who, id, 9).await.map(drop),
        Follow => {
            let line = office.hub().attach_user(who);
            thread::follow(office, who, &line, id, 0).await.map(drop)
        }
        Seen => thread::seen(office, who, id, 1).await,
        Reply => message::reply(office, who, id, &form(house, "Here.", None))
            .await
            .map(drop),
        Note => note::add(office, who, id, &note_form(house, "Hm."))
            .await
            .map(drop),
        Close => thread::set_status(office, who, id, None, Status::Closed).await,
        Take => thread::assign(office, who, id, None, Some(who.person)).await,
        Give => thread::assign(office, who, id, None, Some(cast.nils.person)).await,
        Revoke => thread::revoke_links(office, who, id).await,
        Trash => thread::trash(office, who, id).await,
        Restore => thread::restore(office, who, id).await,
    }
}

fn all() -> impl Iterator<Item = Command> {
    READING.into_iter().chain(MANAGING).chain([Give])
}

/// Everybody with what they may do in a support thread, and the permission that they lack for the
/// rest. Somebody who is not signed in any more lacks none: they are nobody.
async fn everybody(house: &House, cast: &Cast) -> Vec<(&'static str, Account, u8)> {
    let again = async |email: &str| {
        let signed_in = session::open_for(&house.office, email, "test")
            .await
            .unwrap();
        let account = session::recognise(&house.office, &signed_in.secret).await;
        account.unwrap().unwrap()
    };
    let signed_out = again("olivia@example.com").await;
    session::end(&house.office, &signed_out).await.unwrap();
    let expired = again("lena@example.com").await;
    let id = house.id(expired.session().unwrap().0);
    let now = house.office.now().0;
    house
        .sql(&format!(
            "UPDATE sessions SET expires_at = {now} WHERE id = {id}"
        ))
        .await;
    let borrowed = Account {
        person: cast.olivia.person,
        by: cast.uwe.by,
    };
    vec![
        ("owner", cast.olivia.clone(), 3),
        ("lead", cast.lena.clone(), 3),
        ("agent", cast.nora.clone(), 2),
        ("viewer", cast.sam.clone(), 1),
        ("user", cast.uwe.clone(), 0),
        ("signed out", signed_out, 9),
        ("expired", expired, 9),
        ("somebody else's session", borrowed, 9),
    ]
}

fn expected(command: Command, rank: u8) -> Result<(), Fault> {
    let needs = match command {
        command if READING.contains(&command) => 1,
        Give => 3,
        _ => 2,
    };
    match rank {
        9 => Err(Fault::NotSignedIn),
        0 => Err(Fault::Forbidden(Permission::AccessInbox)),
        rank if rank >= needs => Ok(()),
        1 => Err(Fault::Forbidden(Permission::ManageThreads)),
        _ => Err(Fault::Forbidden(Permission::AssignThreads)),
    }
}

#[tokio::test]
async fn each_role_may_do_what_its_permissions_say_and_nothing_else() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let mut guests = 0;
        for (name, who, rank) in everybody(house, &cast).await {
            for command in all() {
                guests += 1;
                let id = cast.guido(&house.office, guests).await.thread;
                let before = house.row_counts().await;
                let answer = run(house, &cast, command, &who, id).await;
                let answer = answer.map_err(Fault::from);
                assert_eq!(answer, expected(command, rank), "{name}: {command:?}");
                if answer.is_err() {
                    let after = house.row_counts().await;
                    assert_eq!(before, after, "{name}: {command:?} left something");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_lists_are_for_staff_alone() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for (name, who, rank) in everybody(house, &cast).await {
            let line = office.hub().attach_user(&who);
            let answers = [
                inbox::page(office, &who, View::All, None).await.map(drop),
                inbox::dashboard(office, &who).await.map(drop),
                inbox::badge(office, &who).await.map(drop),
                inbox::listen(office, &who, &line).await,
            ];
            for answer in answers {
                assert_eq!(answer.map_err(Fault::from), expected(Open, rank), "{name}");
            }
            let able = thread::assignees(office, &who).await.map(drop);
            let wanted = match rank {
                0 | 1 => Err(Fault::Forbidden(Permission::ManageThreads)),
                rank => expected(Take, rank),
            };
            assert_eq!(able.map_err(Fault::from), wanted, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn rights_that_end_bite_at_the_next_act() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        opens(house, &cast.nora, id).await;
        house.give_role(cast.nora.person, Some("viewer")).await;
        let answer = run(house, &cast, Reply, &cast.nora, id).await;
        assert_eq!(refused(answer), Fault::Forbidden(Permission::ManageThreads));
        house.give_role(cast.nora.person, None).await;
        let answer = run(house, &cast, Open, &cast.nora, id).await;
        assert_eq!(refused(answer), Fault::Forbidden(Permission::AccessInbox));
        house.deactivate(cast.nora.person).await;
        for command in all() {
            let answer = run(house, &cast, command, &cast.nora, id).await;
            assert_eq!(refused(answer), Fault::NotSignedIn, "{command:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_for_staff_is_not_found_and_never_forbidden() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let direct = cast.guido(office, 2).await.thread;
        let id = house.id(direct.0);
        house
            .sql(&format!(
                "UPDATE threads SET kind = 'direct' WHERE id = {id}"
            ))
            .await;
        let unknown = ThreadId(Uuid::from_u128(7));
        for who in [&cast.olivia, &cast.lena, &cast.nora, &cast.sam] {
            let own = house.question_of(who, "My kettle leaks.").await;
            for id in [direct, unknown, own] {
                for command in all() {
                    let answer = run(house, &cast, command, who, id).await;
                    assert_eq!(refused(answer), Fault::NotFound, "{command:?}");
                }
            }
        }
        for (command, n) in all().zip(3..) {
            let there = cast.guido(office, n).await.thread;
            let uwe = &cast.uwe;
            assert_eq!(
                refused(run(house, &cast, command, uwe, there).await),
                refused(run(house, &cast, command, uwe, unknown).await),
                "a user without a role cannot tell one from the other"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_agent_takes_what_is_free_and_drops_what_is_theirs() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let (nora, nils) = (Some(cast.nora.person), Some(cast.nils.person));
        let assign = async |who, from, to| {
            let done = thread::assign(office, who, id, from, to).await;
            done.map_err(Fault::from)
        };
        let forbidden = Err(Fault::Forbidden(Permission::AssignThreads));
        assert_eq!(assign(&cast.nora, None, nils).await, forbidden);
        assert_eq!(assign(&cast.nora, None, nora).await, Ok(()));
        assert_eq!(assign(&cast.nils, nora, nils).await, forbidden);
        assert_eq!(assign(&cast.nils, nora, None).await, forbidden);
        let taken = |by: &str, now: Option<PersonRef>| {
            let now = Standing::Assignee(now);
            let by = Some(by.to_owned());
            Err(Fault::Moved(Moved { by, now }))
        };
        let holder = || async { opens(house, &cast.sam, id).await.head.assignee };
        assert_eq!(
            assign(&cast.nils, None, nils).await,
            taken("Nora", holder().await),
            "it is not free any more"
        );
        assert_eq!(assign(&cast.nora, nora, None).await, Ok(()));
        assert_eq!(assign(&cast.lena, None, nils).await, Ok(()));
        assert_eq!(assign(&cast.lena, nils, nora).await, Ok(()));
        assert_eq!(
            assign(&cast.lena, nils, None).await,
            taken("Lena", holder().await),
            "compared before it is set"
        );
        let open = opens(house, &cast.sam, id).await;
        assert_eq!(open.head.assignee.map(|a| a.id), nora);
    })
    .await;
}

#[tokio::test]
async fn a_thread_is_given_only_to_whoever_can_answer_it_now() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let own = house.question_of(&cast.nora, "My kettle leaks.").await;
        house.deactivate(cast.nils.person).await;
        let unable = [
            (guido.thread, cast.sam.person, "a viewer"),
            (guido.thread, cast.uwe.person, "a user without a role"),
            (
                guido.thread,
                cast.nils.person,
                "somebody who was deactivated",
            ),
            (guido.thread, guido.person, "the guest"),
            (
                own,
                cast.nora.person,
                "the customer, though an agent elsewhere",
            ),
        ];
        for (id, to, who) in unable {
            let answer = thread::assign(office, &cast.lena, id, None, Some(to)).await;
            let wanted = Fault::field(Field::Assignee, Problem::Unknown);
            assert_eq!(refused(answer), wanted, "{who}");
        }
        let able = thread::assignees(office, &cast.lena).await.unwrap();
        let names: Vec<_> = able.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Lena", "Nora", "Olivia"]);
        notes(house, &cast.nora, guido.thread, "She can still write here.").await;
    })
    .await;
}

#[tokio::test]
async fn who_assigned_closed_and_revoked_stands_in_the_log() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let id = cast.guido(&house.office, 1).await.thread;
        for command in [Give, Close, Revoke] {
            run(house, &cast, command, &cast.lena, id).await.unwrap();
        }
        let lena = house.id(cast.lena.person.0);
        let acts = house
            .words(&format!(
                "SELECT act FROM audit WHERE actor_id = {lena} ORDER BY act"
            ))
            .await;
        assert_eq!(acts, ["assigned", "links_revoked", "status_set"]);
    })
    .await;
}
