//! The main line: a guest writes, staff answer, the guest answers.

use pigeon_core::testing::{Cast, both};
use pigeon_core::{guest, inbox, message, thread};
use pigeon_wire::inbox::View;
use pigeon_wire::message::{Content, ReplyForm};
use pigeon_wire::thread::Status;

#[tokio::test]
async fn a_question_is_asked_answered_and_answered_again() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;

        let page = inbox::page(office, &cast.nora, View::NeedsReply, None)
            .await
            .unwrap();
        assert_eq!(page.counts.needs_reply, 1);
        assert_eq!(page.rows.len(), 1);
        assert!(page.rows[0].row.is_unread(page.rows[0].read));

        let open = thread::open(office, &cast.nora, guido.thread)
            .await
            .unwrap();
        assert_eq!(open.head.public.status, Status::Pending);
        let form = ReplyForm {
            body: "It is covered.".into(),
            key: office.fresh_key().into(),
            seen: Some(open.change),
            ..ReplyForm::default()
        };
        let posted = message::reply(office, &cast.nora, guido.thread, &form)
            .await
            .unwrap();
        let again = message::reply(office, &cast.nora, guido.thread, &form)
            .await
            .unwrap();
        assert_eq!(posted, again);

        let seen = guest::open(office, &guido).await.unwrap();
        assert_eq!(seen.head.status, Status::Open);
        assert_eq!(seen.entries.len(), 2);
        assert!(matches!(&seen.entries[1].content,
            Content::Message { author, body, .. } if author == "Nora" && body == "It is covered."));

        let form = ReplyForm {
            body: "Thank you.".into(),
            key: office.fresh_key().into(),
            seen: Some(seen.change),
            ..ReplyForm::default()
        };
        guest::reply(office, &guido, &form, &cast.visitor)
            .await
            .unwrap();
        let page = inbox::page(office, &cast.nora, View::All, None)
            .await
            .unwrap();
        assert_eq!(page.rows[0].row.status, Status::Pending);
        assert_eq!(page.counts.needs_reply, 1);
    })
    .await;
}
