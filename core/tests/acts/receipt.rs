//! Read receipts: to the team who has read how far, to guests that the team has read their message.

use pigeon_core::actor::Guest;
use pigeon_core::hub::Line;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both, both_with};
use pigeon_core::{guest, thread};
use pigeon_wire::live::{GuestFrame, StaffFrame};
use pigeon_wire::presence::{Receipt, seen_by};
use pigeon_wire::seen::{Seen, seen_at};
use pigeon_wire::thread::Side;
use serde::de::DeserializeOwned;

use crate::voice::{answers, notes, opens, writes};

fn heard<F: DeserializeOwned>(line: &mut Line) -> Vec<F> {
    std::iter::from_fn(|| line.waiting())
        .map(|bytes| serde_json::from_slice(&bytes).unwrap())
        .collect()
}

/// The steps that a guest's line was told.
fn steps(line: &mut Line) -> Vec<Seen> {
    let told = heard::<GuestFrame>(line).into_iter();
    told.filter_map(|frame| match frame {
        GuestFrame::Whisper(whisper) => Some(whisper.seen),
        _ => None,
    })
    .flatten()
    .collect()
}

async fn of_guest(house: &House, guest: &Guest) -> Vec<Seen> {
    let open = guest::open(&house.office, guest).await.unwrap();
    let again = guest::seen_by_team(&house.office, guest).await.unwrap();
    assert_eq!(open.seen, again);
    again
}

#[tokio::test]
async fn a_guest_is_told_when_the_team_first_read_their_message() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        let mut line = office.hub().attach_guest(&guido);
        assert!(of_guest(house, &guido).await.is_empty());
        let morning = office.now();

        thread::seen(office, &cast.sam, id, 1).await.unwrap();
        house.told().await;
        let first = Seen {
            upto: 1,
            at: morning,
        };
        assert_eq!(steps(&mut line), [first], "a viewer reads for the team");
        house.forward(60_000);
        thread::seen(office, &cast.nora, id, 1).await.unwrap();
        writes(house, &guido, "And the lid.").await;
        house.told().await;
        assert!(steps(&mut line).is_empty(), "the first one counts");

        house.forward(60_000);
        answers(house, &cast.nora, id, "Both are covered.").await;
        house.told().await;
        let second = Seen {
            upto: 2,
            at: office.now(),
        };
        assert_eq!(steps(&mut line), [second], "who answers has read");
        let known = of_guest(house, &guido).await;
        assert_eq!(known, [first, second]);
        assert_eq!(seen_at(&known, 1), Some(morning));
        assert_eq!(seen_at(&known, 3), None, "our answer is not the guest's");
    })
    .await;
}

#[tokio::test]
async fn a_note_makes_and_moves_no_receipt() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        let mut line = office.hub().attach_guest(&guido);
        notes(house, &cast.nora, id, "Who is that?").await;
        house.told().await;
        assert!(steps(&mut line).is_empty(), "noting is not reading");
        assert!(of_guest(house, &guido).await.is_empty());
        thread::seen(office, &cast.nora, id, 1).await.unwrap();
        let known = of_guest(house, &guido).await;
        for who in [&cast.nora, &cast.nils] {
            house.forward(60_000);
            notes(house, who, id, "The one with the kettle.").await;
            let change = opens(house, who, id).await.change;
            thread::seen(office, who, id, change).await.unwrap();
        }
        house.told().await;
        assert_eq!(steps(&mut line).len(), 1);
        assert_eq!(of_guest(house, &guido).await, known);
    })
    .await;
}

#[tokio::test]
async fn guests_are_told_nothing_where_the_owner_says_so() {
    let silent = Overrides {
        show_seen_to_guests: Some(false),
        ..Overrides::default()
    };
    both_with(silent, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut line = office.hub().attach_guest(&guido);
        thread::seen(office, &cast.nora, guido.thread, 1)
            .await
            .unwrap();
        house.told().await;
        assert!(steps(&mut line).is_empty());
        assert!(of_guest(house, &guido).await.is_empty());
        let told = opens(house, &cast.sam, guido.thread).await.receipts;
        assert!(told.iter().any(|one| one.who.id == cast.nora.person));
    })
    .await;
}

#[tokio::test]
async fn the_team_is_told_who_has_read_how_far_in_its_own_order() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        notes(house, &cast.nora, id, "Hm.").await;
        let answer = answers(house, &cast.nora, id, "It is covered.").await;
        let mut watching = office.hub().attach_user(&cast.sam);
        thread::follow(office, &cast.sam, &watching, id, answer.place)
            .await
            .unwrap();
        heard::<StaffFrame>(&mut watching);
        house.forward(60_000);
        guest::seen(office, &guido, 2).await.unwrap();
        thread::seen(office, &cast.nils, id, answer.place)
            .await
            .unwrap();
        house.told().await;
        let told: Vec<Receipt> = heard::<StaffFrame>(&mut watching)
            .into_iter()
            .filter_map(|frame| match frame {
                StaffFrame::Receipts { receipts, .. } => Some(receipts),
                _ => None,
            })
            .flatten()
            .collect();
        let at = office.now();
        let shown: Vec<_> = told
            .iter()
            .map(|one| (one.who.name.as_str(), one.side, one.seen))
            .collect();
        let upto = answer.place;
        let seen = Seen { upto, at };
        assert_eq!(
            shown,
            [("Guido", Side::Customer, seen), ("Nils", Side::Staff, seen)]
        );
        let all = opens(house, &cast.sam, id).await.receipts;
        let again = thread::receipts(office, &cast.sam, id).await.unwrap();
        assert_eq!(all, again);
        let by = seen_by(all.iter(), upto, cast.nora.person);
        let names: Vec<_> = by.iter().map(|(who, ..)| who.name.as_str()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.contains(&"Guido") && names.contains(&"Nils"));
    })
    .await;
}
