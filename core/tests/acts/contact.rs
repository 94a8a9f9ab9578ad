//! What the team knows of a customer.

use pigeon_core::actor::Account;
use pigeon_core::person::export::Export;
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{blocked, contact, direct, thread};
use pigeon_wire::contact::{CONTACT_THREADS_PAGE, ContactCard, PERSON_NOTE_CHARS_MAX};
use pigeon_wire::direct::DirectForm;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::Status;
use pigeon_wire::{Fault, PersonId, ThreadId};

use crate::outbox::to;
use crate::voice::{led_to, opens, refused, start, start_form};

const GERDA: &str = "gerda@example.org";

/// Gerda starts a thread, from another network address each time.
async fn asks(house: &House, email: &str, n: i64) -> ThreadId {
    let form = start_form(house, email, &format!("Question {n}."));
    house.forward(MINUTE_MS);
    led_to(start(house, &form, &format!("198.51.100.{n}")).await).0
}

async fn customer(house: &House, who: &Account, id: ThreadId) -> PersonId {
    opens(house, who, id).await.head.customer.id
}

async fn card(house: &House, who: &Account, id: PersonId) -> ContactCard {
    contact::card(&house.office, who, id).await.expect("a card")
}

async fn listed(house: &House, who: &Account, id: PersonId) -> Vec<ThreadId> {
    let page = contact::threads(&house.office, who, id, None)
        .await
        .unwrap();
    page.threads.iter().map(|thread| thread.id).collect()
}

#[tokio::test]
async fn a_customers_threads_are_those_under_the_address_but_for_trashed_and_direct_ones() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let first = asks(house, GERDA, 1).await;
        let second = asks(house, "Gerda@Example.org", 2).await;
        let trashed = asks(house, GERDA, 3).await;
        house.trash(trashed).await;
        asks(house, "other@example.org", 4).await;
        thread::set_status(office, &cast.nora, first, None, Status::Closed)
            .await
            .unwrap();
        let gerda = customer(house, &cast.nora, first).await;
        let shown = card(house, &cast.sam, gerda).await;
        assert_eq!((shown.threads, shown.unclosed), (2, 1));
        assert_eq!(
            (shown.email.as_str(), shown.guest, shown.verified),
            (GERDA, true, false)
        );
        assert_eq!((shown.note, shown.blocks), (None, Vec::new()));
        assert_eq!(listed(house, &cast.sam, gerda).await, [second, first]);

        let uwes = house.question_of(&cast.uwe, "It leaks.").await;
        let form = DirectForm {
            to: "nora@example.com".to_owned(),
            body: "Between us.".to_owned(),
            key: office.fresh_key().into(),
            ..DirectForm::default()
        };
        direct::start(office, &cast.uwe, &form).await.unwrap();
        assert_eq!(listed(house, &cast.nora, cast.uwe.person).await, [uwes]);
        let uwe = card(house, &cast.nora, cast.uwe.person).await;
        assert_eq!((uwe.threads, uwe.guest, uwe.verified), (1, false, true));
    })
    .await;
}

#[tokio::test]
async fn a_long_history_comes_in_pages() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut made = Vec::new();
        for n in 0..CONTACT_THREADS_PAGE + 3 {
            made.push(asks(house, GERDA, n).await);
            house.forward(HOUR_MS);
        }
        made.reverse();
        let gerda = customer(house, &cast.nora, made[0]).await;
        let page = contact::threads(office, &cast.nora, gerda, None)
            .await
            .unwrap();
        let rest = contact::threads(office, &cast.nora, gerda, page.next)
            .await
            .unwrap();
        assert_eq!(rest.next, None);
        let all = page.threads.iter().chain(&rest.threads);
        assert_eq!(all.map(|thread| thread.id).collect::<Vec<_>>(), made);
    })
    .await;
}

#[tokio::test]
async fn who_is_no_customer_here_and_whoever_asks_about_themself_finds_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let find = async |who: &Account, id| contact::card(office, who, id).await;
        // Nora asks as a user, and once as a guest under her own address.
        let own = house.question_of(&cast.nora, "My own question.").await;
        let guests = asks(house, "Nora@example.com", 1).await;
        let noras = customer(house, &cast.nils, guests).await;
        for id in [cast.nora.person, noras] {
            assert_eq!(refused(find(&cast.nora, id).await), Fault::NotFound);
            let note = contact::write_note(office, &cast.nora, id, "Nice.", 0).await;
            assert_eq!(refused(note), Fault::NotFound);
            let threads = contact::threads(office, &cast.nora, id, None).await;
            assert_eq!(refused(threads), Fault::NotFound);
            assert_eq!(listed(house, &cast.nils, id).await, [guests, own]);
        }
        assert_eq!(
            refused(find(&cast.nora, cast.lena.person).await),
            Fault::NotFound
        );
        let guido = cast.guido(office, 1).await;
        let inbox = Fault::Forbidden(Permission::AccessInbox);
        assert_eq!(refused(find(&cast.uwe, guido.person).await), inbox);
        assert_eq!(refused(find(&cast.uwe, cast.uwe.person).await), inbox);
        blocked::add(office, &cast.nora, GERDA).await.unwrap();
        let form = start_form(house, GERDA, "Cheap teapots!");
        led_to(start(house, &form, "203.0.113.1").await);
        let held = "SELECT COUNT(*) FROM people WHERE email_folded = 'gerda@example.org'";
        assert_eq!(house.number(held).await, 1);
        assert_eq!(
            listed(house, &cast.nora, guido.person).await,
            [guido.thread]
        );
    })
    .await;
}

#[tokio::test]
async fn a_note_is_written_over_what_its_author_has_seen_and_nothing_else() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let first = asks(house, GERDA, 1).await;
        let second = asks(house, GERDA, 2).await;
        let gerda = customer(house, &cast.nora, first).await;
        let again = customer(house, &cast.nora, second).await;
        let write = async |who: &Account, id, text: &str, seen| {
            contact::write_note(office, who, id, text, seen).await
        };
        assert_eq!(
            write(&cast.nora, gerda, "Calls\r\nweekly. ", 0)
                .await
                .unwrap(),
            1
        );
        let late = write(&cast.nils, again, "Never calls.", 0).await;
        assert_eq!(refused(late), Fault::Changed);
        let note = card(house, &cast.sam, again).await.note.unwrap();
        assert_eq!(
            (note.text.as_str(), note.version, note.by.as_str()),
            ("Calls\nweekly.", 1, "Nora")
        );
        assert_eq!(note.changed_at, office.now());
        assert_eq!(
            write(&cast.nils, again, "Calls daily.", 1).await.unwrap(),
            2
        );
        assert_eq!(
            refused(write(&cast.nora, gerda, "?", 1).await),
            Fault::Changed
        );
        assert_eq!(write(&cast.nora, gerda, " ", 2).await.unwrap(), 3);
        let note = card(house, &cast.sam, gerda).await.note.unwrap();
        assert_eq!((note.text.as_str(), note.by.as_str()), ("", "Nora"));

        let long = "x".repeat(PERSON_NOTE_CHARS_MAX + 1);
        let problem = Problem::TooLong { max: 4000 };
        let answer = refused(write(&cast.nora, gerda, &long, 3).await);
        assert_eq!(answer, Fault::field(Field::Body, problem));
        let answer = refused(write(&cast.sam, gerda, "?", 3).await);
        assert_eq!(answer, Fault::Forbidden(Permission::ManageThreads));
        let logged = "SELECT detail FROM audit WHERE act = 'person_note_changed'";
        assert_eq!(
            house.words(logged).await,
            ["{}", "{}", "{}"],
            "never its text"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_note_at_once_one_is_told() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        for seen in 0..5 {
            let (one, two) = tokio::join!(
                contact::write_note(office, &cast.nora, guido.person, "Mine.", seen),
                contact::write_note(office, &cast.nils, guido.person, "No, mine.", seen),
            );
            let (won, late) = if one.is_ok() { (one, two) } else { (two, one) };
            assert_eq!(won.unwrap(), seen + 1);
            assert_eq!(refused(late), Fault::Changed);
        }
    })
    .await;
}

#[tokio::test]
async fn the_note_is_not_in_what_its_person_takes_with_them() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        house.question_of(&cast.uwe, "It leaks.").await;
        let uwe = cast.uwe.person;
        let text = "Kettle enthusiast.";
        contact::write_note(office, &cast.nora, uwe, text, 0)
            .await
            .unwrap();
        let mut export = Export::begin(office, &cast.uwe).await.unwrap();
        let mut all = String::new();
        while let Some(piece) = export.next().await.unwrap() {
            all.push_str(&piece);
        }
        assert!(all.contains("It leaks."));
        assert!(!all.contains("enthusiast"));
    })
    .await;
}

#[tokio::test]
async fn links_are_sent_anew_no_more_often_than_they_could_be_asked_for() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        house.run_mails().await;
        let mails = || to(house, "guido1@example.org").len();
        assert_eq!(mails(), 1);
        let send = async |who| contact::send_links(office, who, guido.person).await;
        for _ in 0..3 {
            house.forward(MINUTE_MS);
            send(&cast.nora).await.unwrap();
            house.run_mails().await;
        }
        assert_eq!(mails(), 2);
        house.forward(HOUR_MS);
        send(&cast.nora).await.unwrap();
        house.run_mails().await;
        assert_eq!(mails(), 3);
        let viewer = refused(send(&cast.sam).await);
        assert_eq!(viewer, Fault::Forbidden(Permission::ManageThreads));
        house.question_of(&cast.uwe, "It leaks.").await;
        let user = contact::send_links(office, &cast.nora, cast.uwe.person).await;
        assert_eq!(refused(user), Fault::NotFound, "users have an account");
    })
    .await;
}

#[tokio::test]
async fn a_note_goes_with_the_last_of_those_it_is_about() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let first = asks(house, GERDA, 1).await;
        let second = asks(house, GERDA, 2).await;
        let gerda = customer(house, &cast.nora, first).await;
        contact::write_note(office, &cast.nora, gerda, "Calls.", 0)
            .await
            .unwrap();
        let notes = "SELECT COUNT(*) FROM contact_notes";
        house.trash(first).await;
        house.forward(31 * DAY_MS);
        thread::purge_due(office).await.unwrap();
        assert_eq!(house.number(notes).await, 1);
        house.trash(second).await;
        house.forward(31 * DAY_MS);
        thread::purge_due(office).await.unwrap();
        assert_eq!(house.number(notes).await, 0);
    })
    .await;
}
