//! Who follows a thread: by hand, and by being mentioned in a note.

use pigeon_core::testing::{Cast, both};
use pigeon_core::thread;
use pigeon_wire::Fault;

use crate::voice::{notes, opens, refused, writes};

#[tokio::test]
async fn whoever_is_mentioned_is_mailed_and_nobody_else() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        house.forward(3_600_000);
        house.run_mails().await;
        let before = house.mailbox.letters().len();
        notes(house, &cast.nora, id, "@lena and @Uwe, can you look?").await;
        house.forward(3_600_000);
        house.run_mails().await;
        let mailed: Vec<_> = house.mailbox.letters()[before..]
            .iter()
            .map(|letter| letter.to.1.as_str().to_owned())
            .collect();
        assert_eq!(mailed, ["lena@example.com"], "Uwe is none of the team");
        assert!(opens(house, &cast.lena, id).await.follows);
        assert!(!opens(house, &cast.nils, id).await.follows);
    })
    .await;
}

#[tokio::test]
async fn following_brings_a_threads_mails_until_it_is_ended() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (sam, id) = (&cast.sam, guido.thread);
        let mails = async |text: &str| {
            let before = house.mailbox.letters().len();
            writes(house, &guido, text).await;
            house.forward(3_600_000);
            house.run_mails().await;
            let letters = house.mailbox.letters();
            letters[before..]
                .iter()
                .filter(|letter| letter.to.1.as_str() == "sam@example.com")
                .count()
        };
        house.forward(3_600_000);
        house.run_mails().await;
        assert_eq!(mails("One").await, 0);
        thread::set_followed(office, sam, id, true).await.unwrap();
        assert!(opens(house, sam, id).await.follows);
        assert_eq!(mails("Two").await, 1);
        thread::set_followed(office, sam, id, false).await.unwrap();
        assert!(!opens(house, sam, id).await.follows);
        assert_eq!(mails("Three").await, 0);
        notes(house, &cast.nora, id, "@Sam!").await;
        assert_eq!(mails("Four").await, 0, "who has ended it stays so");
        thread::set_followed(office, sam, id, true).await.unwrap();
        assert_eq!(mails("Five").await, 1);

        let stranger = thread::set_followed(office, &cast.uwe, id, true).await;
        assert!(matches!(refused(stranger), Fault::Forbidden(_)));
        let seen = thread::colleagues(office, sam, id).await.unwrap();
        let names: Vec<_> = seen.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Lena", "Nils", "Nora", "Olivia"]);
    })
    .await;
}
