//! Canned replies: whose they are, who may change them, and how they are filled in.

use pigeon_core::Error;
use pigeon_core::canned::{self, CannedTyped, Offered};
use pigeon_core::message::{self, Sent};
use pigeon_core::testing::{Cast, both};
use pigeon_core::{thread, waiting};
use pigeon_wire::act::ThreadAct;
use pigeon_wire::canned::{CANNED_NAME_CHARS_MAX, CannedView};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::HOUR_MS;
use pigeon_wire::permission::Permission;
use pigeon_wire::tag::Tag;
use pigeon_wire::thread::Status;
use pigeon_wire::waiting::SendWhen;
use pigeon_wire::{CannedId, Fault};
use uuid::Uuid;

use crate::voice::{events, form, opens, refused};

fn typed(name: &str, text: &str, shared: bool) -> CannedTyped {
    CannedTyped {
        name: name.to_owned(),
        text: text.to_owned(),
        shared,
        ..CannedTyped::default()
    }
}

fn named(list: Result<Vec<CannedView>, Error>) -> Vec<(String, bool)> {
    let list = list.unwrap().into_iter();
    list.map(|one| (one.name, one.changeable)).collect()
}

#[tokio::test]
async fn ones_own_are_seen_by_their_author_and_shared_ones_by_the_team() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let own = canned::make(office, &cast.nora, &typed("Thanks", "Thank you.", false))
            .await
            .unwrap();
        let hours = canned::make(office, &cast.nora, &typed("Hours", "From 9 to 5.", true))
            .await
            .unwrap();
        // Somebody else's own one may have the same name; one for the team may not.
        let others = typed("thanks", "Many thanks.", false);
        canned::make(office, &cast.nils, &others).await.unwrap();
        let taken = Fault::field(Field::Name, Problem::Taken);
        for shared in [true, false] {
            let name = if shared { "HOURS" } else { "THANKS" };
            let again = canned::make(office, &cast.nora, &typed(name, "x", shared)).await;
            assert_eq!(refused(again), taken, "{name}");
        }
        let list = named(canned::list(office, &cast.nora).await);
        assert_eq!(
            list,
            [("Thanks".to_owned(), true), ("Hours".to_owned(), true)]
        );
        let list = named(canned::list(office, &cast.nils).await);
        assert_eq!(
            list,
            [("thanks".to_owned(), true), ("Hours".to_owned(), false)]
        );
        let list = named(canned::list(office, &cast.olivia).await);
        assert_eq!(list, [("Hours".to_owned(), true)]);

        let better = typed("Hours", "From 8 to 5.", true);
        let by_nils = canned::change(office, &cast.nils, hours, &better).await;
        let barred = Fault::Forbidden(Permission::ManageSettings);
        assert_eq!(refused(by_nils), barred);
        let by_nils = canned::delete(office, &cast.nils, hours).await;
        assert_eq!(refused(by_nils), barred);
        canned::change(office, &cast.olivia, hours, &better)
            .await
            .unwrap();
        // Nobody takes what is the team's for its author alone, but the author.
        let hiding = typed("Hours", "None.", false);
        let hidden = canned::change(office, &cast.olivia, hours, &hiding);
        assert_eq!(refused(hidden.await), barred);
        for id in [own, CannedId(Uuid::nil())] {
            let change = canned::change(office, &cast.olivia, id, &better).await;
            assert_eq!(refused(change), Fault::NotFound);
            let delete = canned::delete(office, &cast.olivia, id).await;
            assert_eq!(refused(delete), Fault::NotFound);
        }
        canned::delete(office, &cast.nora, own).await.unwrap();
        let list = named(canned::list(office, &cast.nora).await);
        assert_eq!(list, [("Hours".to_owned(), true)]);
    })
    .await;
}

#[tokio::test]
async fn they_are_filled_in_for_those_who_may_write_in_the_thread() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let text = "Dear {first_name}, {me} of {site} has {this} for {customer}.";
        canned::make(office, &cast.nora, &typed("Dear", text, true))
            .await
            .unwrap();
        let filled = canned::for_thread(office, &cast.lena, id).await.unwrap();
        let customer = opens(house, &cast.lena, id).await.head.customer;
        let first = customer.name.split(' ').next().unwrap();
        let expected = format!(
            "Dear {first}, Lena of Pigeon has {{this}} for {}.",
            customer.name
        );
        let lena = filled[0].reply.text.replace("Lena Lead", "Lena");
        assert_eq!(lena, expected);
        for (who, fault) in [
            (&cast.uwe, Fault::Forbidden(Permission::AccessInbox)),
            (&cast.sam, Fault::Forbidden(Permission::ManageThreads)),
        ] {
            let asked = canned::for_thread(office, who, id).await;
            assert_eq!(refused(asked), fault);
        }
        for who in [&cast.uwe, &cast.sam] {
            let made = canned::make(office, who, &typed("x", "y", false)).await;
            assert_eq!(refused(made), Fault::Forbidden(Permission::ManageThreads));
            let list = canned::list(office, who).await;
            assert_eq!(refused(list), Fault::Forbidden(Permission::ManageThreads));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_one_is_told_by_its_fields() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let long = "n".repeat(CANNED_NAME_CHARS_MAX + 1);
        let max = u32::try_from(CANNED_NAME_CHARS_MAX).unwrap();
        let sam = cast.sam.person;
        let cases = [
            (typed("", "x", false), Field::Name, Problem::Missing),
            (
                typed(&long, "x", false),
                Field::Name,
                Problem::TooLong { max },
            ),
            (typed("x", " \n ", false), Field::Body, Problem::Missing),
            (
                CannedTyped {
                    tags: "a, b c,d".to_owned(),
                    ..typed("x", "y", false)
                },
                Field::Tag,
                Problem::TooMany { max: 3 },
            ),
            (
                CannedTyped {
                    tags: "a!".to_owned(),
                    ..typed("x", "y", false)
                },
                Field::Tag,
                Problem::Unknown,
            ),
            (
                CannedTyped {
                    status: "closed".to_owned(),
                    rest: "monday".to_owned(),
                    ..typed("x", "y", false)
                },
                Field::Until,
                Problem::Unknown,
            ),
            (
                CannedTyped {
                    assign: sam.to_string(),
                    ..typed("x", "y", false)
                },
                Field::Assignee,
                Problem::Unknown,
            ),
        ];
        for (typed, field, problem) in cases {
            let made = canned::make(office, &cast.nora, &typed).await;
            assert_eq!(refused(made), Fault::field(field, problem));
        }
    })
    .await;
}

#[tokio::test]
async fn what_one_does_goes_with_the_reply_in_one_unit() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        let nils = cast.nils.person;
        let typed = CannedTyped {
            status: "pending".to_owned(),
            assign: nils.to_string(),
            tags: "Late, vip late".to_owned(),
            rest: "tomorrow".to_owned(),
            ..typed(
                "Hand over",
                "Dear {first_name}, Nils will look at it.",
                true,
            )
        };
        let made = canned::make(office, &cast.lena, &typed).await.unwrap();
        let offered = canned::for_thread(office, &cast.lena, id).await.unwrap();
        let Offered { reply, acts } = &offered[0];
        assert_eq!(reply.text, "Dear Guido, Nils will look at it.");
        assert_eq!(acts.len(), 5);
        // What was shown is done, whatever becomes of the canned reply.
        canned::delete(office, &cast.lena, made).await.unwrap();
        let before = opens(house, &cast.lena, id).await.change;
        let form = form(house, &reply.text, None);
        let sent = message::send(office, &cast.lena, id, &form, None, acts)
            .await
            .unwrap();
        let open = opens(house, &cast.sam, id).await;
        assert_eq!(open.head.public.status, Status::Pending);
        assert_eq!(open.head.assignee.as_ref().map(|one| one.id), Some(nils));
        let tags: Vec<String> = open.head.tags.iter().map(Tag::to_string).collect();
        assert_eq!(tags, ["late", "vip"]);
        assert!(
            open.head
                .snoozed_until
                .is_some_and(|until| until > office.now())
        );
        assert_eq!(events(&open).len(), 5);
        // The same again is the same message, and does nothing.
        let again = message::send(office, &cast.lena, id, &form, None, acts)
            .await
            .unwrap();
        assert_eq!(again, sent);
        assert_eq!(opens(house, &cast.sam, id).await.change, open.change);
        assert_eq!(open.change, before + 6);
        let tagged = thread::tags(office, &cast.sam).await.unwrap();
        assert_eq!(tagged.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_keeps_neither_the_reply_nor_the_rest() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let nils = cast.nils.person;
        let acts = [
            // An agent gives conversations to nobody else.
            ThreadAct::Assign {
                from: None,
                to: Some(nils),
            },
            ThreadAct::Tag {
                tag: "late".parse().unwrap(),
                on: true,
            },
        ];
        let said = form(house, "Here.", None);
        message::send(office, &cast.nora, id, &said, None, &acts)
            .await
            .unwrap();
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.assignee, None);
        assert_eq!(open.head.tags.len(), 1);
        assert_eq!(open.head.public.status, Status::Open);
        // Somebody was quicker: nothing of theirs is written over.
        let lena = cast.lena.person;
        thread::assign(office, &cast.lena, id, None, Some(lena))
            .await
            .unwrap();
        let take = ThreadAct::Assign {
            from: None,
            to: Some(nils),
        };
        let said = form(house, "And here.", None);
        message::send(office, &cast.nils, id, &said, None, &[take])
            .await
            .unwrap();
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.assignee.map(|one| one.id), Some(lena));
        // To close is as with the button: what the customer has written meanwhile is not closed away.
        let close = ThreadAct::Status {
            from: None,
            to: Status::Closed,
        };
        let mut said = form(house, "Bye.", None);
        said.shown = Some(0);
        let closed = message::send(office, &cast.nora, id, &said, None, &[close]).await;
        assert!(matches!(refused(closed), Fault::Overtaken(_)));
        said.shown = None;
        message::send(office, &cast.nora, id, &said, None, &[close])
            .await
            .unwrap();
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.public.status, Status::Closed);
        for acts in [vec![ThreadAct::Trash], vec![close; 7]] {
            let said = form(house, "More.", None);
            let asked = message::send(office, &cast.nora, id, &said, None, &acts).await;
            assert_eq!(refused(asked), Fault::Malformed);
        }
        let said = form(house, "Mine.", None);
        let barred = message::send(office, &cast.sam, id, &said, None, &[close]).await;
        assert_eq!(refused(barred), Fault::Forbidden(Permission::ManageThreads));
    })
    .await;
}

#[tokio::test]
async fn what_one_does_waits_with_the_reply_and_what_its_reader_may_not_do_is_not_promised() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let nils = cast.nils.person;
        let gives = CannedTyped {
            assign: nils.to_string(),
            tags: "late".to_owned(),
            ..typed("Hand over", "Nils will look at it.", true)
        };
        canned::make(office, &cast.lena, &gives).await.unwrap();
        let names = |offered: &[Offered]| -> Vec<(String, usize)> {
            let offered = offered.iter();
            offered
                .map(|one| (one.reply.name.clone(), one.acts.len()))
                .collect()
        };
        // An agent gives conversations to nobody else.
        let of_nora = canned::for_thread(office, &cast.nora, id).await.unwrap();
        assert_eq!(names(&of_nora), [("Hand over".to_owned(), 1)]);
        assert_eq!(of_nora[0].reply.acts.assign, None);
        let of_lena = canned::for_thread(office, &cast.lena, id).await.unwrap();
        assert_eq!(names(&of_lena), [("Hand over".to_owned(), 2)]);

        let seen = opens(house, &cast.lena, id).await.change;
        let said = form(house, "Nils will look at it.", Some(seen));
        let when = Some(SendWhen::At(office.now().plus(HOUR_MS)));
        let acts = &of_lena[0].acts;
        let sent = message::send(office, &cast.lena, id, &said, when, acts).await;
        assert!(matches!(sent, Ok(Sent::Waits(_))));
        let open = opens(house, &cast.nora, id).await;
        assert_eq!((open.head.assignee, open.head.tags.len()), (None, 0));
        house.forward(HOUR_MS);
        assert_eq!(waiting::send_due(office).await.unwrap(), 1);
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.assignee.map(|one| one.id), Some(nils));
        assert_eq!(open.head.tags.len(), 1);
    })
    .await;
}
