//! The first start: one link, one owner, once.

use pigeon_core::testing::{both, visitor};
use pigeon_core::{person, session, setup};
use pigeon_wire::Fault;

use crate::voice::refused;

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn the_link_makes_one_owner_and_then_nothing() {
    both(async |house| {
        let office = &house.office;
        let token = setup::offer(office).await.unwrap().unwrap();
        assert!(setup::is_open(office, &token).await.unwrap());
        let door = visitor("192.0.2.1");
        let claim = async |token: &str, email: &str, password: &str| {
            setup::claim(office, token, "Olivia", email, password, &door).await
        };
        let bad = claim(&token, "olivia@example.com", "short").await;
        assert!(matches!(
            bad.map(drop).map_err(Fault::from),
            Err(Fault::Invalid(_))
        ));
        assert!(
            setup::is_open(office, &token).await.unwrap(),
            "typing badly costs nothing"
        );

        let signed_in = claim(&token, "olivia@example.com", PASSWORD).await.unwrap();
        let account = session::recognise(office, &signed_in.secret).await;
        let me = session::me(office, &account.unwrap().unwrap())
            .await
            .unwrap();
        assert_eq!(me.role.as_deref(), Some("owner"));
        assert!(!setup::is_open(office, &token).await.unwrap());
        let second = claim(&token, "oskar@example.com", PASSWORD)
            .await
            .map(|s| s.person);
        assert_eq!(refused(second), Fault::NotFound);
        assert_eq!(setup::offer(office).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_claim_at_once_one_is_the_owner() {
    both(async |house| {
        let office = &house.office;
        let token = setup::offer(office).await.unwrap().unwrap();
        let door = visitor("192.0.2.1");
        let (one, two) = tokio::join!(
            setup::claim(office, &token, "One", "one@example.com", PASSWORD, &door),
            setup::claim(office, &token, "Two", "two@example.com", PASSWORD, &door),
        );
        assert!(one.is_ok() != two.is_ok());
        let owners = house.number("SELECT COUNT(*) FROM people").await;
        assert_eq!(owners, 1);
    })
    .await;
}

#[tokio::test]
async fn a_new_link_ends_the_one_before_and_a_guess_opens_nothing() {
    both(async |house| {
        let office = &house.office;
        let first = setup::offer(office).await.unwrap().unwrap();
        let second = setup::offer(office).await.unwrap().unwrap();
        assert!(!setup::is_open(office, &first).await.unwrap());
        assert!(setup::is_open(office, &second).await.unwrap());
        for guess in ["", "x", &"A".repeat(43)] {
            assert!(!setup::is_open(office, guess).await.unwrap());
        }
    })
    .await;
}

#[tokio::test]
async fn an_owner_from_the_command_line_closes_the_link() {
    both(async |house| {
        let office = &house.office;
        let token = setup::offer(office).await.unwrap().unwrap();
        person::add(office, "olivia@example.com", "Olivia", "owner", PASSWORD)
            .await
            .unwrap();
        assert!(!setup::is_open(office, &token).await.unwrap());
        let door = visitor("192.0.2.1");
        let late = setup::claim(office, &token, "Eve", "eve@example.com", PASSWORD, &door).await;
        assert_eq!(refused(late.map(|s| s.person)), Fault::NotFound);
    })
    .await;
}
