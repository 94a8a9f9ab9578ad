//! Accounts made, found again and moved by links in mails: each link once, for its time, for its one
//! purpose, and no answer tells who has an account.

use pigeon_core::actor::Account;
use pigeon_core::proof::NewAccount;
use pigeon_core::session::SignedIn;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both, both_with, visitor};
use pigeon_core::{Error, Office, contact, invitation, person, proof, session, token};
use pigeon_wire::Fault;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
use pigeon_wire::live::close;
use pigeon_wire::permission::Permissions;
use pigeon_wire::person::Language;
use pigeon_wire::proof::ProofKind;
use pigeon_wire::token::Scope;

use crate::voice::refused;

const PASSWORD: &str = "correct horse battery";
const FRESH: &str = "five calm grey pigeons";
const NORMA: &str = "Norma@example.com";
const INA: &str = "ina@example.net";

fn open_house() -> Overrides {
    Overrides {
        open_registration: Some(true),
        ..Overrides::default()
    }
}

/// The newest link that was mailed to `address`, after all that is due was sent.
async fn link_to(house: &House, address: &str) -> Option<String> {
    house.run_mails().await;
    let letters = house.mailbox.letters();
    let mut to = letters.iter().rev().filter(|l| l.to.1.as_str() == address);
    to.find_map(|letter| {
        let (_, rest) = letter.text.split_once("/confirm/")?;
        Some(rest.chars().take_while(|c| !c.is_whitespace()).collect())
    })
}

async fn letters_to(house: &House, address: &str) -> usize {
    house.run_mails().await;
    let letters = house.mailbox.letters();
    letters
        .iter()
        .filter(|l| l.to.1.as_str() == address)
        .count()
}

async fn makes(office: &Office, token: &str) -> Result<SignedIn, Error> {
    let new = NewAccount {
        name: "Ina",
        password: PASSWORD,
        language: Language::De,
    };
    proof::make_account(office, token, new, &visitor("192.0.2.9"), None).await
}

async fn norma(office: &Office) -> Account {
    person::add(office, NORMA, "Norma", "agent", PASSWORD)
        .await
        .unwrap();
    signed_in(office, NORMA, PASSWORD).await
}

async fn signed_in(office: &Office, email: &str, password: &str) -> Account {
    let door = visitor("192.0.2.1");
    let signed_in = session::log_in(office, email, password, &door, None).await;
    account_of(office, &signed_in.unwrap()).await
}

async fn account_of(office: &Office, signed_in: &SignedIn) -> Account {
    let account = session::recognise(office, &signed_in.secret).await;
    account.unwrap().unwrap()
}

async fn is_worthless(office: &Office, token: &str) {
    assert_eq!(refused(proof::open(office, token).await), Fault::NotFound);
}

#[tokio::test]
async fn an_address_becomes_an_account_once_it_is_proven() {
    both_with(open_house(), async |house| {
        let office = &house.office;
        let door = visitor("192.0.2.9");
        proof::register(office, INA, &door).await.unwrap();
        let people = house.number("SELECT COUNT(*) FROM people").await;
        assert_eq!(people, 0, "nothing is there before the proof");
        let token = link_to(house, INA).await.unwrap();
        for _ in 0..2 {
            // A robot looks at it first; nothing is used up.
            let shown = proof::open(office, &token).await.unwrap();
            assert_eq!(
                (shown.kind, shown.email.as_str()),
                (ProofKind::Register, INA)
            );
        }
        let wrong = proof::reset_password(office, &token, FRESH, &door, None).await;
        assert_eq!(
            refused(wrong.map(|_| ())),
            Fault::NotFound,
            "for its purpose alone"
        );
        let (one, other) = tokio::join!(makes(office, &token), makes(office, &token));
        assert!(one.is_ok() != other.is_ok());
        let ina = account_of(office, &one.or(other).unwrap()).await;
        let me = session::me(office, &ina).await.unwrap();
        assert_eq!(
            (me.email.as_str(), me.permissions),
            (INA, Permissions::NONE)
        );
        is_worthless(office, &token).await;
        signed_in(office, INA, PASSWORD).await;
        let acts = house.words("SELECT act FROM audit ORDER BY at, id").await;
        assert!(acts.contains(&"registered".to_owned()), "{acts:?}");
    })
    .await;
}

#[tokio::test]
async fn a_closed_house_makes_no_accounts() {
    both(async |house| {
        let office = &house.office;
        let asked = proof::register(office, INA, &visitor("192.0.2.9")).await;
        assert_eq!(refused(asked), Fault::Off);
        assert_eq!(house.number("SELECT COUNT(*) FROM outbox").await, 0);
    })
    .await;
}

#[tokio::test]
async fn asking_writes_the_same_whoever_has_the_address() {
    both_with(open_house(), async |house| {
        let office = &house.office;
        norma(office).await;
        person::add(office, "gone@example.com", "Gone", "user", PASSWORD)
            .await
            .unwrap();
        let cast = Cast::in_office(office).await;
        person::deactivate(office, &cast.olivia, cast.uwe.person, person::Held::Stays)
            .await
            .unwrap();
        let mut grown = Vec::new();
        for (n, email) in [NORMA, "uwe@example.com", "nobody@example.com"]
            .iter()
            .enumerate()
        {
            let door = visitor(&format!("192.0.2.{n}"));
            let before = house.row_counts().await;
            proof::register(office, email, &door).await.unwrap();
            proof::reset(office, email, &door).await.unwrap();
            let after = house.row_counts().await;
            let more = before.into_iter().zip(after);
            grown.push(more.map(|(a, b)| (a.0, b.1 - a.1)).collect::<Vec<_>>());
        }
        assert_eq!(grown[0], grown[1]);
        assert_eq!(grown[0], grown[2]);
        // What is mailed differs: the account's owner is told, the other gets a link, the last nothing.
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let subjects = |to: &str| -> Vec<String> {
            let to = letters.iter().filter(|l| l.to.1.as_str() == to);
            let mut all: Vec<String> = to.map(|l| l.subject.clone()).collect();
            all.sort();
            all
        };
        assert_eq!(
            subjects(NORMA),
            ["A new password at Pigeon", "You have an account at Pigeon"]
        );
        assert_eq!(
            subjects("nobody@example.com"),
            ["Please confirm your address at Pigeon"]
        );
        assert_eq!(subjects("uwe@example.com"), Vec::<String>::new());
        for letter in &letters {
            assert!(!letter.text.contains("192.0.2."), "{}", letter.text);
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_line() {
    both(async |house| {
        let office = &house.office;
        let phone = norma(office).await;
        let mut line = office.hub().attach_user(&phone);
        let door = visitor("192.0.2.9");
        proof::reset(office, "norma@EXAMPLE.com", &door)
            .await
            .unwrap();
        let token = link_to(house, NORMA).await.unwrap();
        let short = proof::reset_password(office, &token, "short", &door, None).await;
        assert!(matches!(refused(short.map(|_| ())), Fault::Invalid(_)));
        let made = proof::reset_password(office, &token, FRESH, &door, None).await;
        let made = account_of(office, &made.unwrap()).await;
        assert!(session::me(office, &made).await.is_ok());
        assert_eq!(
            refused(session::me(office, &phone).await),
            Fault::NotSignedIn
        );
        let out = line.next().await;
        assert_eq!(out, pigeon_core::hub::Out::Close(close::REVOKED));
        is_worthless(office, &token).await;
        let old = session::log_in(office, NORMA, PASSWORD, &door, None).await;
        assert_eq!(refused(old.map(|_| ())), Fault::WrongPassword);
        signed_in(office, NORMA, FRESH).await;
    })
    .await;
}

#[tokio::test]
async fn links_end_with_their_time_their_account_and_its_address() {
    both(async |house| {
        let office = &house.office;
        let me = norma(office).await;
        let door = visitor("192.0.2.9");
        proof::reset(office, NORMA, &door).await.unwrap();
        let first = link_to(house, NORMA).await.unwrap();
        house.forward(HOUR_MS - 1);
        assert!(proof::open(office, &first).await.is_ok());
        proof::reset(office, NORMA, &door).await.unwrap();
        let second = link_to(house, NORMA).await.unwrap();
        assert_ne!(first, second, "a new link, and the old one goes on");
        assert!(proof::open(office, &first).await.is_ok());
        house.forward(1);
        is_worthless(office, &first).await;
        assert!(proof::open(office, &second).await.is_ok());

        let cast = Cast::in_office(office).await;
        house.deactivate(me.person).await;
        is_worthless(office, &second).await;
        let set = proof::reset_password(office, &second, FRESH, &door, None).await;
        assert_eq!(refused(set.map(|_| ())), Fault::NotFound);
        person::reactivate(office, &cast.olivia, me.person)
            .await
            .unwrap();
        assert!(proof::open(office, &second).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn mails_to_one_address_are_few_whoever_asks() {
    both_with(open_house(), async |house| {
        let office = &house.office;
        norma(office).await;
        for round in 0..40 {
            let door = visitor(&format!("198.51.100.{round}"));
            for email in [NORMA, INA] {
                proof::register(office, email, &door).await.unwrap();
                proof::reset(office, email, &door).await.unwrap();
            }
            house.run_mails().await;
            house.forward(16 * MINUTE_MS);
        }
        // 40 rounds are eleven hours: three an hour and ten a day to an address that is nobody's.
        assert_eq!(letters_to(house, INA).await, 10);
        assert_eq!(letters_to(house, NORMA).await, 20, "ten of each kind");
        house.forward(DAY_MS);
        proof::reset(office, NORMA, &visitor("192.0.2.1"))
            .await
            .unwrap();
        assert_eq!(letters_to(house, NORMA).await, 21);
    })
    .await;
}

#[tokio::test]
async fn an_account_moves_once_the_new_address_is_proven_and_the_old_one_can_take_it_back() {
    both(async |house| {
        let office = &house.office;
        let me = norma(office).await;
        let door = visitor("192.0.2.9");
        let wrong = proof::change_address(office, &me, INA, "wrong horse battery").await;
        let problem = Fault::field(Field::OldPassword, Problem::WrongPassword);
        assert_eq!(refused(wrong), problem);
        proof::change_address(office, &me, INA, PASSWORD)
            .await
            .unwrap();
        let token = link_to(house, INA).await.unwrap();
        assert_eq!(session::me(office, &me).await.unwrap().email, NORMA);

        // A stranger who has the address gets nothing: the account moves for whoever is in it.
        let cast = Cast::in_office(office).await;
        house.question_of(&me, "It leaks.").await;
        let note = contact::write_note(office, &cast.nora, me.person, "Calls weekly.", 0).await;
        assert_eq!(note.unwrap(), 1);
        let stranger = proof::move_address(office, &cast.uwe, &token).await;
        assert_eq!(refused(stranger), Fault::NotFound);
        proof::reset(office, NORMA, &door).await.unwrap();
        let reset = link_to(house, NORMA).await.unwrap();
        proof::move_address(office, &me, &token).await.unwrap();
        assert_eq!(session::me(office, &me).await.unwrap().email, INA);
        let card = contact::card(office, &cast.nora, me.person).await.unwrap();
        let note = card.note.expect("the team's note goes along");
        assert_eq!(
            (card.email.as_str(), note.text.as_str()),
            (INA, "Calls weekly.")
        );
        is_worthless(office, &token).await;
        is_worthless(office, &reset).await;
        signed_in(office, INA, PASSWORD).await;

        // Whoever moved it left a program behind.
        let made = token::make(office, &me, "a program", &[Scope::Read], 30).await;
        let program = made.unwrap().secret;
        assert!(token::recognise(office, &program).await.unwrap().is_some());

        let back = link_to(house, NORMA).await.unwrap();
        house.forward(6 * DAY_MS);
        assert_eq!(
            proof::open(office, &back).await.unwrap().kind,
            ProofKind::OldAddress
        );
        let back_in = proof::take_back(office, &back, FRESH, &door, None).await;
        let owner = account_of(office, &back_in.unwrap()).await;
        assert_eq!(session::me(office, &owner).await.unwrap().email, NORMA);
        assert_eq!(refused(session::me(office, &me).await), Fault::NotSignedIn);
        assert!(token::recognise(office, &program).await.unwrap().is_none());
        signed_in(office, NORMA, FRESH).await;
        is_worthless(office, &back).await;
    })
    .await;
}

#[tokio::test]
async fn an_address_that_somebody_has_is_answered_like_any_other_and_stays_theirs() {
    both(async |house| {
        let office = &house.office;
        let me = norma(office).await;
        Cast::in_office(office).await;
        proof::change_address(office, &me, "sam@example.com", PASSWORD)
            .await
            .unwrap();
        assert_eq!(link_to(house, "sam@example.com").await, None);
        assert_eq!(letters_to(house, "sam@example.com").await, 1);

        // And one that somebody has taken meanwhile.
        proof::change_address(office, &me, INA, PASSWORD)
            .await
            .unwrap();
        let token = link_to(house, INA).await.unwrap();
        person::add(office, INA, "Ina", "user", PASSWORD)
            .await
            .unwrap();
        let moved = proof::move_address(office, &me, &token).await;
        assert_eq!(refused(moved), Fault::NotFound);
        assert_eq!(session::me(office, &me).await.unwrap().email, NORMA);
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_in_by_any_way_whose_account_has_ended() {
    both(async |house| {
        let office = &house.office;
        let me = norma(office).await;
        let cast = Cast::in_office(office).await;
        let door = visitor("192.0.2.9");
        invitation::invite(office, &cast.olivia, "neu@example.com", None, Language::En)
            .await
            .unwrap();
        house.deactivate(me.person).await;
        let log_in = session::log_in(office, NORMA, PASSWORD, &door, None).await;
        assert_eq!(refused(log_in.map(|_| ())), Fault::WrongPassword);
        let operator = session::open_for(office, NORMA, "watch").await;
        assert_eq!(refused(operator.map(|_| ())), Fault::NotFound);
        assert_eq!(refused(session::me(office, &me).await), Fault::NotSignedIn);
        proof::reset(office, NORMA, &door).await.unwrap();
        assert_eq!(link_to(house, NORMA).await, None);
    })
    .await;
}
