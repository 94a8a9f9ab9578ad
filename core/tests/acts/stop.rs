//! Ending mails about a thread from a mail itself.

use pigeon_core::testing::{Cast, both};
use pigeon_core::{message, stop};
use pigeon_wire::Fault;

use crate::voice::{form, refused};

#[tokio::test]
async fn a_key_of_a_mail_ends_the_mails_of_its_reader_alone_and_brings_them_back() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let says = async |body: &str| {
            let reply = form(house, body, None);
            message::reply(office, &cast.nora, guido.thread, &reply)
                .await
                .unwrap();
            house.forward(office.settings().joining_delay_s * 1000 + 1);
            house.run_mails().await;
        };
        let keys = || -> Vec<String> {
            let all = house.mailbox.letters().into_iter();
            let stops = all.filter_map(|letter| letter.stop);
            stops
                .map(|address| address.rsplit('/').next().unwrap().to_owned())
                .collect()
        };
        says("First.").await;
        let [key] = keys().try_into().unwrap();
        assert!(stop::wants(office, &key).await.unwrap());
        for _ in 0..2 {
            stop::set(office, &key, false).await.unwrap();
        }
        assert!(!stop::wants(office, &key).await.unwrap());
        says("Second.").await;
        assert_eq!(keys().len(), 1, "nothing more is mailed");

        stop::set(office, &key, true).await.unwrap();
        says("Third.").await;
        assert_eq!(keys().len(), 2);
        let a_key = "A".repeat(43);
        for wrong in ["", "x", a_key.as_str()] {
            assert_eq!(refused(stop::wants(office, wrong).await), Fault::NotFound);
            let set = stop::set(office, wrong, false).await;
            assert_eq!(refused(set), Fault::NotFound);
        }
    })
    .await;
}
