//! Signing in and out, and what stands in the way of guessing.

use pigeon_core::testing::{both, visitor};
use pigeon_core::{Error, Office, person, session};
use pigeon_wire::Fault;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::{DAY_MS, MINUTE_MS};
use pigeon_wire::live::close;

use crate::voice::refused;

const PASSWORD: &str = "correct horse battery";
const EMAIL: &str = "Nora@example.com";

async fn log_in(office: &Office, email: &str, password: &str, from: &str) -> Result<String, Error> {
    let door = visitor(from);
    let signed_in = session::log_in(office, email, password, &door, None).await?;
    Ok(signed_in.secret)
}

async fn with_nora(office: &Office) {
    person::add(office, EMAIL, "Nora", "agent", PASSWORD)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_right_password_opens_a_session_for_thirty_days() {
    both(async |house| {
        let office = &house.office;
        with_nora(office).await;
        let secret = log_in(office, "nora@EXAMPLE.com", PASSWORD, "192.0.2.1").await;
        let secret = secret.unwrap();
        let account = session::recognise(office, &secret).await.unwrap().unwrap();
        assert_eq!(session::me(office, &account).await.unwrap().name, "Nora");
        house.forward(30 * DAY_MS - 1);
        assert!(session::recognise(office, &secret).await.unwrap().is_some());
        house.forward(1);
        assert!(session::recognise(office, &secret).await.unwrap().is_none());
        assert_eq!(
            refused(session::me(office, &account).await),
            Fault::NotSignedIn
        );
        let stored = house.number("SELECT COUNT(*) FROM sessions").await;
        assert_eq!(stored, 1);
    })
    .await;
}

#[tokio::test]
async fn wrong_password_and_unknown_account_are_answered_alike() {
    both(async |house| {
        let office = &house.office;
        with_nora(office).await;
        person::add(office, "uwe@example.com", "Uwe", "user", PASSWORD)
            .await
            .unwrap();
        let before = house.number("SELECT COUNT(*) FROM sessions").await;
        let long = "x".repeat(100_000);
        for (email, password) in [
            (EMAIL, "wrong horse battery"),
            (EMAIL, ""),
            (EMAIL, long.as_str()),
            ("nobody@example.com", PASSWORD),
            ("no address", PASSWORD),
            ("' OR 1=1 --", PASSWORD),
        ] {
            let answer = log_in(office, email, password, "192.0.2.1").await;
            assert_eq!(refused(answer), Fault::WrongPassword, "{email}");
        }
        let after = house.number("SELECT COUNT(*) FROM sessions").await;
        assert_eq!(before, after);
        let user = log_in(office, "uwe@example.com", PASSWORD, "192.0.2.1").await;
        assert!(user.is_ok(), "users without a role sign in too");
    })
    .await;
}

#[tokio::test]
async fn a_new_log_in_ends_the_browsers_old_session_and_its_lines() {
    both(async |house| {
        let office = &house.office;
        with_nora(office).await;
        let old = log_in(office, EMAIL, PASSWORD, "192.0.2.1").await.unwrap();
        let phone = log_in(office, EMAIL, PASSWORD, "192.0.2.1").await.unwrap();
        let account = session::recognise(office, &old).await.unwrap().unwrap();
        let mut line = office.hub().attach_user(&account);
        let door = visitor("192.0.2.1");
        let new = session::log_in(office, EMAIL, PASSWORD, &door, Some(&old)).await;
        let new = new.unwrap().secret;
        assert_ne!(old, new);
        assert!(session::recognise(office, &old).await.unwrap().is_none());
        assert!(session::recognise(office, &new).await.unwrap().is_some());
        assert!(session::recognise(office, &phone).await.unwrap().is_some());
        let out = line.next().await;
        assert_eq!(out, pigeon_core::hub::Out::Close(close::REVOKED));
        let failed = session::log_in(office, EMAIL, "wrong", &door, Some(&new)).await;
        assert!(failed.is_err());
        assert!(
            session::recognise(office, &new).await.unwrap().is_some(),
            "a failed try ends nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn ten_tries_for_one_account_whether_it_is_there_or_not() {
    both(async |house| {
        let office = &house.office;
        with_nora(office).await;
        for email in [EMAIL, "nobody@example.com"] {
            for n in 0..12 {
                let from = format!("192.0.2.{n}");
                let answer = refused(log_in(office, email, "wrong", &from).await);
                let limited = matches!(answer, Fault::TooMany { .. });
                assert_eq!(limited, n >= 10, "{email}: try {n}: {answer}");
            }
        }
        let right = log_in(office, EMAIL, PASSWORD, "192.0.2.99").await;
        assert!(matches!(refused(right), Fault::TooMany { .. }));
        house.forward(15 * MINUTE_MS);
        assert!(log_in(office, EMAIL, PASSWORD, "192.0.2.99").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn one_network_address_may_try_sixty_times_for_all_accounts() {
    both(async |house| {
        let office = &house.office;
        house
            .sql("INSERT INTO tries (bucket, window_start, count) VALUES ('log-in-from:192.0.2.1', 0, 0)")
            .await;
        // Tries that were counted before a restart count on.
        let window = 15 * MINUTE_MS;
        let start = office.now().0 - office.now().0.rem_euclid(window);
        house
            .sql(&format!("UPDATE tries SET window_start = {start}, count = 59"))
            .await;
        let first = refused(log_in(office, "a@example.com", "wrong", "192.0.2.1").await);
        assert_eq!(first, Fault::WrongPassword);
        let second = refused(log_in(office, "b@example.com", "wrong", "192.0.2.1").await);
        assert!(matches!(second, Fault::TooMany { .. }));
        let elsewhere = refused(log_in(office, "b@example.com", "wrong", "192.0.2.2").await);
        assert_eq!(elsewhere, Fault::WrongPassword);
    })
    .await;
}

#[tokio::test]
async fn somebody_who_was_deactivated_is_out_and_stays_out() {
    both(async |house| {
        let office = &house.office;
        with_nora(office).await;
        let secret = log_in(office, EMAIL, PASSWORD, "192.0.2.1").await.unwrap();
        let account = session::recognise(office, &secret).await.unwrap().unwrap();
        house.deactivate(account.person).await;
        assert!(session::recognise(office, &secret).await.unwrap().is_none());
        assert_eq!(
            refused(session::me(office, &account).await),
            Fault::NotSignedIn
        );
        let again = log_in(office, EMAIL, PASSWORD, "192.0.2.1").await;
        assert_eq!(refused(again), Fault::WrongPassword);
    })
    .await;
}

#[tokio::test]
async fn a_secret_that_is_none_is_nobody() {
    both(async |house| {
        for secret in ["", "x", &"A".repeat(43), &"é".repeat(43), "' OR 1=1"] {
            let nobody = session::recognise(&house.office, secret).await.unwrap();
            assert_eq!(nobody, None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_person_is_added_once_and_with_a_role_that_there_is() {
    both(async |house| {
        let office = &house.office;
        with_nora(office).await;
        let add = async |email, role, password| {
            refused(person::add(office, email, "Other", role, password).await)
        };
        let taken = Fault::field(Field::Email, Problem::Taken);
        assert_eq!(add("NORA@example.com", "agent", PASSWORD).await, taken);
        let unknown = Fault::field(Field::Role, Problem::Unknown);
        assert_eq!(add("x@example.com", "king", PASSWORD).await, unknown);
        let short = Fault::field(Field::Password, Problem::TooShort { min: 10 });
        assert_eq!(add("x@example.com", "agent", "short").await, short);
        let people = house.number("SELECT COUNT(*) FROM people").await;
        assert_eq!(people, 1);
    })
    .await;
}

#[tokio::test]
async fn no_password_and_no_secret_is_stored_as_it_is() {
    both(async |house| {
        let office = &house.office;
        with_nora(office).await;
        let secret = log_in(office, EMAIL, PASSWORD, "192.0.2.1").await.unwrap();
        let stored = house.words("SELECT password_hash FROM people").await;
        assert!(stored[0].starts_with("$argon2id$") && !stored[0].contains(PASSWORD));
        let logged = house.words("SELECT detail FROM audit").await;
        assert!(!logged.iter().any(|detail| detail.contains(&secret)));
        let acts = house.words("SELECT act FROM audit ORDER BY act").await;
        assert_eq!(acts, ["person_added", "signed_in"]);
    })
    .await;
}
