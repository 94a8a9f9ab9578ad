//! What people choose about themselves, and take away with them.

use bytes::Bytes;
use futures::stream;
use pigeon_core::actor::Account;
use pigeon_core::person::export::Export;
use pigeon_core::person::{own, picture};
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{Error, message, note};
use pigeon_wire::Fault;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::message::ReplyForm;
use pigeon_wire::note::NoteForm;
use pigeon_wire::person::Language;
use serde_json::Value;

use crate::voice::refused;

/// The smallest GIF there is: one pixel.
const DOT: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\
    \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

async fn chooses(house: &House, who: &Account, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let piece = Ok(Bytes::copy_from_slice(bytes));
    picture::change(&house.office, who, name, stream::iter([piece])).await
}

async fn exported(house: &House, who: &Account) -> Value {
    let mut export = Export::begin(&house.office, who).await.unwrap();
    let mut text = String::new();
    while let Some(piece) = export.next().await.unwrap() {
        text.push_str(&piece);
    }
    serde_json::from_str(&text).unwrap_or_else(|cause| panic!("{cause}: {text}"))
}

#[tokio::test]
async fn a_time_zone_is_one_of_the_list() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let set = async |zone: &str| {
            own::change_profile(office, &cast.nora, "Nora", Language::En, zone).await
        };
        let unknown = Fault::field(Field::TimeZone, Problem::Unknown);
        assert_eq!(refused(set("Mars/Base").await), unknown);
        set("Europe/Berlin").await.unwrap();
        let account = own::account(office, &cast.nora).await.unwrap();
        assert_eq!(account.time_zone.as_deref(), Some("Europe/Berlin"));
        set("").await.unwrap();
        let account = own::account(office, &cast.nora).await.unwrap();
        assert_eq!(account.time_zone, None);
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_a_small_square_for_the_team_and_its_owner() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        chooses(house, &cast.uwe, "me.gif", DOT).await.unwrap();
        for who in [&cast.uwe, &cast.sam] {
            let jpeg = picture::of(office, who, cast.uwe.person).await.unwrap();
            assert!(jpeg.starts_with(&[0xff, 0xd8, 0xff]), "a JPEG of our own");
        }
        chooses(house, &cast.nora, "me.gif", DOT).await.unwrap();
        let other = picture::of(office, &cast.uwe, cast.nora.person).await;
        assert_eq!(refused(other), Fault::NotFound, "a user sees nobody else's");
        assert_eq!(house.number("SELECT COUNT(*) FROM attachments").await, 0);
        let text = chooses(house, &cast.nora, "me.png", b"<script>alert(1)</script>").await;
        assert!(matches!(refused(text), Fault::Files(_)));
        let page = chooses(house, &cast.nora, "me.svg", b"<svg/>").await;
        assert!(matches!(refused(page), Fault::Files(_)));
        picture::remove(office, &cast.nora).await.unwrap();
        let gone = picture::of(office, &cast.sam, cast.nora.person).await;
        assert_eq!(refused(gone), Fault::NotFound);
        house.deactivate(cast.uwe.person).await;
        assert_eq!(
            refused(picture::of(office, &cast.uwe, cast.uwe.person).await),
            Fault::NotSignedIn
        );
    })
    .await;
}

#[tokio::test]
async fn own_data_holds_no_secret_no_note_and_nobody_elses_words() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let question = house.question_of(&cast.uwe, "Where is my kettle?").await;
        let guido = cast.guido(office, 1).await;
        for n in 0..130 {
            let form = ReplyForm {
                body: format!("Answer {n}."),
                key: office.fresh_key().into(),
                seen: Some(i64::MAX),
                ..ReplyForm::default()
            };
            message::reply(office, &cast.nora, question, &form)
                .await
                .unwrap();
        }
        let form = NoteForm {
            body: "He is odd.".to_owned(),
            key: office.fresh_key().into(),
            ..NoteForm::default()
        };
        note::add(office, &cast.nora, question, &form)
            .await
            .unwrap();
        note::add(
            office,
            &cast.nora,
            guido.thread,
            &NoteForm {
                body: "A note elsewhere.".to_owned(),
                key: office.fresh_key().into(),
                ..NoteForm::default()
            },
        )
        .await
        .unwrap();

        let uwes = exported(house, &cast.uwe).await;
        assert_eq!(uwes["profile"]["email"], "uwe@example.com");
        assert_eq!(uwes["sessions"].as_array().unwrap().len(), 1);
        let messages = uwes["threads"][0]["messages"].as_array().unwrap();
        assert_eq!(messages.len(), 131, "page by page, and all of them");
        assert_eq!(messages[0]["text"], "Where is my kettle?");
        assert_eq!(
            (&messages[1]["by"], &messages[1]["mine"]),
            (&"Nora".into(), &false.into())
        );

        let noras = exported(house, &cast.nora).await;
        let mine = noras["threads"].as_array().unwrap();
        let all: Vec<&Value> = mine
            .iter()
            .flat_map(|t| t["messages"].as_array().unwrap())
            .collect();
        assert_eq!(all.len(), 130);
        assert!(all.iter().all(|message| message["mine"] == true));
        for text in [uwes.to_string(), noras.to_string()] {
            for secret in [
                "odd",
                "elsewhere",
                "hash",
                "password",
                "Guido",
                "Kettle leaks",
            ] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
        house.deactivate(cast.uwe.person).await;
        let ended = Export::begin(office, &cast.uwe).await.map(|_| ());
        assert_eq!(refused(ended), Fault::NotSignedIn);
    })
    .await;
}
