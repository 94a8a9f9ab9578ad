//! Who looks and who types: the team hears all of it, the guest hears a reply being typed.

use pigeon_core::hub::Line;
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{guest, inbox, presence, thread};
use pigeon_wire::Fault;
use pigeon_wire::live::{GuestFrame, PublicWhisper, StaffFrame};
use pigeon_wire::presence::{Doing, LOOK_MS, Pen, TYPING_MS, ThreadPresence};
use serde::de::DeserializeOwned;

use crate::voice::{answers, notes, refused, writes};

fn heard<F: DeserializeOwned>(line: &mut Line) -> Vec<F> {
    std::iter::from_fn(|| line.waiting())
        .map(|bytes| serde_json::from_slice(&bytes).unwrap())
        .collect()
}

/// What a line of the team heard of who is there.
fn presences(line: &mut Line) -> Vec<ThreadPresence> {
    let told = heard::<StaffFrame>(line).into_iter();
    told.filter_map(|frame| match frame {
        StaffFrame::Presence(presence) => Some(presence),
        _ => None,
    })
    .collect()
}

/// What a guest heard of who types.
fn typists(line: &mut Line) -> Vec<Option<String>> {
    let told = heard::<GuestFrame>(line).into_iter();
    told.filter_map(|frame| match frame {
        GuestFrame::Whisper(PublicWhisper { typing, .. }) => Some(typing),
        _ => None,
    })
    .collect()
}

async fn whispers(house: &House) {
    house.told().await;
    house.whispers();
}

fn doings(presence: &ThreadPresence) -> Vec<(&str, Doing)> {
    let people = presence.people.iter();
    people
        .map(|one| (one.who.name.as_str(), one.doing))
        .collect()
}

#[tokio::test]
async fn the_team_hears_who_is_there_and_the_guest_only_of_a_reply_being_typed() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        let mut guest = office.hub().attach_guest(&guido);
        let mut watching = office.hub().attach_user(&cast.nils);
        thread::follow(office, &cast.nils, &watching, id, 1)
            .await
            .unwrap();
        let mut listing = office.hub().attach_user(&cast.sam);
        inbox::listen(office, &cast.sam, &listing).await.unwrap();
        let mut idle = office.hub().attach_user(&cast.lena);
        let nora = office.hub().attach_user(&cast.nora);
        heard::<StaffFrame>(&mut watching);

        presence::look(office, &cast.nora, &nora, id).await.unwrap();
        presence::look(office, &cast.sam, &listing, id)
            .await
            .unwrap();
        whispers(house).await;
        for line in [&mut watching, &mut listing] {
            let told = presences(line);
            let both = [("Nora", Doing::Looking), ("Sam", Doing::Looking)];
            assert_eq!(doings(&told[0]), both, "a viewer looks too");
            assert_eq!(told.len(), 1, "told once, together");
        }
        presence::types(office, &cast.nora, &nora, id, Pen::Note)
            .await
            .unwrap();
        presence::types(office, &cast.sam, &listing, id, Pen::Reply)
            .await
            .unwrap();
        whispers(house).await;
        let told = presences(&mut watching);
        let noting = [("Nora", Doing::Noting), ("Sam", Doing::Looking)];
        assert_eq!(doings(&told[0]), noting, "a viewer cannot type");
        notes(house, &cast.nora, id, "Hm.").await;
        whispers(house).await;
        assert_eq!(doings(&presences(&mut watching)[0])[0].1, Doing::Looking);
        assert_eq!(guest.waiting(), None, "nothing of it is for the guest");

        presence::types(office, &cast.nora, &nora, id, Pen::Reply)
            .await
            .unwrap();
        whispers(house).await;
        assert_eq!(typists(&mut guest), [Some("Nora".to_owned())]);
        answers(house, &cast.nora, id, "It is covered.").await;
        whispers(house).await;
        let told = typists(&mut guest);
        assert_eq!(told.last(), Some(&None), "sent is typed no more");
        assert!(
            presences(&mut idle).is_empty(),
            "who does not ask is not told"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_is_gone_and_so_is_whoever_falls_silent() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        let mut listing = office.hub().attach_user(&cast.sam);
        inbox::listen(office, &cast.sam, &listing).await.unwrap();
        let mut guest = office.hub().attach_guest(&guido);
        for way in ["hangs up", "hides the page", "says nothing more"] {
            let nora = office.hub().attach_user(&cast.nora);
            presence::look(office, &cast.nora, &nora, id).await.unwrap();
            presence::types(office, &cast.nora, &nora, id, Pen::Reply)
                .await
                .unwrap();
            presence::guest_types(office, &guido, &guest).await.unwrap();
            whispers(house).await;
            let told = presences(&mut listing);
            assert!(told[0].customer_types, "{way}");
            assert_eq!(doings(&told[0]), [("Nora", Doing::Replying)], "{way}");
            assert_eq!(typists(&mut guest), [Some("Nora".to_owned())], "{way}");
            match way {
                "hangs up" => drop(nora),
                "hides the page" => nora.look_away(),
                _ => {
                    house.forward(TYPING_MS);
                    whispers(house).await;
                    let told = presences(&mut listing);
                    assert_eq!(doings(&told[0]), [("Nora", Doing::Looking)]);
                    house.forward(LOOK_MS - TYPING_MS);
                }
            }
            house.forward(TYPING_MS);
            whispers(house).await;
            assert!(presences(&mut listing)[0].is_empty(), "{way}");
            assert_eq!(typists(&mut guest), [None], "{way}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_later_is_told_whole() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let nora = office.hub().attach_user(&cast.nora);
        presence::types(office, &cast.nora, &nora, guido.thread, Pen::Reply)
            .await
            .unwrap();
        whispers(house).await;
        let mut late = office.hub().attach_user(&cast.sam);
        inbox::listen(office, &cast.sam, &late).await.unwrap();
        let told: Vec<StaffFrame> = heard(&mut late);
        let [StaffFrame::Presences { threads }] = &told[..] else {
            panic!("{told:?}")
        };
        assert_eq!(doings(&threads[0]), [("Nora", Doing::Replying)]);
        assert_eq!(late.presence(guido.thread).as_ref(), threads.first());
        let guest = office.hub().attach_guest(&guido);
        assert_eq!(guest.typing(guido.thread).as_deref(), Some("Nora"));
        assert_eq!(guest.typing(cast.guido(office, 2).await.thread), None);
    })
    .await;
}

#[tokio::test]
async fn a_customer_who_is_staff_elsewhere_hears_nothing_of_their_own_thread() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = house.question_of(&cast.nora, "My own kettle leaks.").await;
        let mut own = office.hub().attach_user(&cast.nora);
        inbox::listen(office, &cast.nora, &own).await.unwrap();
        let nils = office.hub().attach_user(&cast.nils);
        presence::types(office, &cast.nils, &nils, id, Pen::Note)
            .await
            .unwrap();
        whispers(house).await;
        assert!(presences(&mut own).is_empty());
        inbox::listen(office, &cast.nora, &own).await.unwrap();
        assert_eq!(own.waiting(), None, "nor when they come later");
        let looked = presence::look(office, &cast.nora, &own, id).await;
        assert_eq!(refused(looked), Fault::NotFound);
        let typed = presence::types(office, &cast.uwe, &own, id, Pen::Reply).await;
        assert!(matches!(refused(typed), Fault::Forbidden(_)));
    })
    .await;
}

#[tokio::test]
async fn a_guest_whose_link_has_ended_types_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let line = office.hub().attach_guest(&guido);
        thread::revoke_links(office, &cast.nora, guido.thread)
            .await
            .unwrap();
        let typed = presence::guest_types(office, &guido, &line).await;
        assert_eq!(refused(typed), Fault::Expired);
    })
    .await;
}

#[tokio::test]
async fn the_guests_own_message_ends_their_typing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let line = office.hub().attach_guest(&guido);
        let mut listing = office.hub().attach_user(&cast.sam);
        inbox::listen(office, &cast.sam, &listing).await.unwrap();
        presence::guest_types(office, &guido, &line).await.unwrap();
        whispers(house).await;
        assert!(presences(&mut listing)[0].customer_types);
        writes(house, &guido, "Hello?").await;
        whispers(house).await;
        assert!(presences(&mut listing)[0].is_empty());
        assert!(guest::open(office, &guido).await.is_ok());
    })
    .await;
}
