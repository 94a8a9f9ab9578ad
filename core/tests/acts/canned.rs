//! Canned replies: whose they are, who may change them, and how they are filled in.

use pigeon_core::Error;
use pigeon_core::canned::{self, CannedTyped};
use pigeon_core::testing::{Cast, both};
use pigeon_wire::canned::{CANNED_NAME_CHARS_MAX, CannedView};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::permission::Permission;
use pigeon_wire::{CannedId, Fault};
use uuid::Uuid;

use crate::voice::refused;

fn typed(name: &str, text: &str, shared: bool) -> CannedTyped {
    CannedTyped {
        name: name.to_owned(),
        text: text.to_owned(),
        shared,
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
        let customer = crate::voice::opens(house, &cast.lena, id)
            .await
            .head
            .customer;
        let first = customer.name.split(' ').next().unwrap();
        let expected = format!(
            "Dear {first}, Lena of Pigeon has {{this}} for {}.",
            customer.name
        );
        let lena = filled[0].text.replace("Lena Lead", "Lena");
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
        let cases = [
            (typed("", "x", false), Field::Name, Problem::Missing),
            (
                typed(&long, "x", false),
                Field::Name,
                Problem::TooLong { max },
            ),
            (typed("x", " \n ", false), Field::Body, Problem::Missing),
        ];
        for (typed, field, problem) in cases {
            let made = canned::make(office, &cast.nora, &typed).await;
            assert_eq!(refused(made), Fault::field(field, problem));
        }
    })
    .await;
}
