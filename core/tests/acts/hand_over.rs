//! Handing a thread over with a note.

use pigeon_core::testing::{Cast, both};
use pigeon_core::thread::{assign, hand_over};
use pigeon_wire::Fault;
use pigeon_wire::act::HandOver;
use pigeon_wire::note::{StaffContent, StaffEvent};
use pigeon_wire::permission::Permission;

use crate::voice::{events, opens, refused};

#[tokio::test]
async fn it_changes_hands_and_tells_why_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let form = HandOver {
            from: None,
            to: Some(cast.nora.person),
            note: "They like tea.".to_owned(),
            key: office.fresh_key().into(),
        };
        for _ in 0..2 {
            hand_over(office, &cast.lena, id, &form).await.unwrap();
        }
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.assignee.map(|one| one.id), form.to);
        let notes = open
            .entries
            .iter()
            .filter_map(|entry| match &entry.content {
                StaffContent::Note { body, .. } => Some(body.as_str()),
                _ => None,
            });
        assert_eq!(notes.collect::<Vec<_>>(), ["They like tea."]);
        house.forward(3_600_000);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let mut told = letters
            .iter()
            .filter(|letter| letter.to.1.as_str() == "nora@example.com");
        assert!(told.any(|letter| letter.text.contains("They like tea.")));
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_leaves_no_note_behind() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let form = |from, to| HandOver {
            from,
            to,
            note: "For you.".to_owned(),
            key: office.fresh_key().into(),
        };
        let nils = Some(cast.nils.person);
        let given = hand_over(office, &cast.nora, id, &form(None, nils)).await;
        assert_eq!(refused(given), Fault::Forbidden(Permission::AssignThreads));
        assign(office, &cast.lena, id, None, nils).await.unwrap();
        let late = form(None, Some(cast.nora.person));
        let late = refused(hand_over(office, &cast.lena, id, &late).await);
        assert!(matches!(late, Fault::Moved(_)), "{late:?}");
        let open = opens(house, &cast.nils, id).await;
        let is_note = |content: &StaffContent| matches!(content, StaffContent::Note { .. });
        assert!(!open.entries.iter().any(|entry| is_note(&entry.content)));
        assert!(matches!(&events(&open)[..], [StaffEvent::Assigned { .. }]));

        // Without a word it is an assignment like any other.
        let silent = HandOver {
            note: "  ".to_owned(),
            key: String::new(),
            ..form(nils, None)
        };
        hand_over(office, &cast.nils, id, &silent).await.unwrap();
        assert!(opens(house, &cast.nils, id).await.head.assignee.is_none());
    })
    .await;
}
