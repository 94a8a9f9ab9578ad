//! Saved views: whose they are, and who may delete them.

use pigeon_core::saved::{delete, list, save};
use pigeon_core::testing::{Cast, both};
use pigeon_core::{Error, inbox};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::inbox::{Ask, Sort, View};
use pigeon_wire::permission::Permission;
use pigeon_wire::saved::{SAVED_MAX, SAVED_NAME_CHARS_MAX, SavedView};
use pigeon_wire::{Fault, SavedViewId};
use uuid::Uuid;

use crate::voice::refused;

fn named(list: Result<Vec<SavedView>, Error>) -> Vec<(String, bool)> {
    let list = list.unwrap().into_iter();
    list.map(|one| (one.name, one.deletable)).collect()
}

#[tokio::test]
async fn ones_own_are_for_oneself_and_shared_ones_for_the_team() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let ask = Ask {
            sort: Sort::Waiting,
            ..Ask::of(View::Mine)
        };
        let own = save(office, &cast.nora, "Longest", &ask, false)
            .await
            .unwrap();
        let shared = save(office, &cast.nora, "Ours", &ask, true).await.unwrap();
        save(office, &cast.nils, "longest", &ask, false)
            .await
            .unwrap();
        for (name, shared) in [("LONGEST", false), ("OURS", true)] {
            let again = save(office, &cast.nora, name, &ask, shared).await;
            assert_eq!(refused(again), Fault::field(Field::Name, Problem::Taken));
        }
        let both = |name: &str, may: bool| (name.to_owned(), may);
        let list_of = async |who| named(list(office, who).await);
        assert_eq!(
            list_of(&cast.nora).await,
            [both("Longest", true), both("Ours", true)]
        );
        assert_eq!(
            list_of(&cast.nils).await,
            [both("longest", true), both("Ours", false)]
        );
        assert_eq!(list_of(&cast.olivia).await, [both("Ours", true)]);
        let page = inbox::page(office, &cast.sam, View::All, None)
            .await
            .unwrap();
        let saved = page.saved.first().unwrap();
        assert_eq!(
            (saved.name.as_str(), saved.query.as_str()),
            ("Ours", "view=mine&sort=waiting")
        );

        assert_eq!(
            refused(delete(office, &cast.nils, own).await),
            Fault::NotFound
        );
        let settings = Fault::Forbidden(Permission::ManageSettings);
        assert_eq!(refused(delete(office, &cast.nils, shared).await), settings);
        let none = SavedViewId(Uuid::from_u128(9));
        assert_eq!(
            refused(delete(office, &cast.olivia, none).await),
            Fault::NotFound
        );
        delete(office, &cast.olivia, shared).await.unwrap();
        delete(office, &cast.nora, own).await.unwrap();
        assert_eq!(list_of(&cast.nora).await, []);
        assert_eq!(list_of(&cast.nils).await, [both("longest", true)]);
    })
    .await;
}

#[tokio::test]
async fn they_are_few_and_have_names() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let ask = Ask::of(View::Open);
        let long = "x".repeat(SAVED_NAME_CHARS_MAX + 1);
        for bad in ["", " ", &long] {
            let answer = save(office, &cast.sam, bad, &ask, false).await;
            assert!(matches!(refused(answer), Fault::Invalid(_)), "{bad}");
        }
        let reader = save(office, &cast.sam, "Ours", &ask, true).await;
        assert_eq!(refused(reader), Fault::Forbidden(Permission::ManageThreads));
        for n in 0..SAVED_MAX {
            save(office, &cast.sam, &n.to_string(), &ask, false)
                .await
                .unwrap();
        }
        let more = save(office, &cast.sam, "more", &ask, false).await;
        assert_eq!(refused(more), Fault::TooLarge);
        let user = save(office, &cast.uwe, "Mine", &ask, false).await;
        assert!(matches!(refused(user), Fault::Forbidden(_)));
    })
    .await;
}
