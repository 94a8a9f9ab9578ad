//! What the team is writing: kept for its author alone, and gone once it is sent.

use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{draft, inbox, message, token};
use pigeon_wire::draft::{DraftKept, DraftKind};
use pigeon_wire::inbox::View;
use pigeon_wire::live::StaffFrame;
use pigeon_wire::text::BODY_CHARS_MAX;
use pigeon_wire::thread::Status;
use pigeon_wire::token::Scope;
use pigeon_wire::{Fault, ThreadId};

use crate::voice::{answers, form, notes, opens, refused};

fn reply(thread: ThreadId, text: &str) -> DraftKept {
    DraftKept {
        thread,
        kind: DraftKind::Reply,
        text: text.to_owned(),
        began: 1,
        tab: 7,
    }
}

async fn beginnings(house: &House, cast: &Cast) -> Vec<(ThreadId, String)> {
    let page = inbox::page(&house.office, &cast.nora, View::All, None).await;
    page.unwrap().drafts
}

#[tokio::test]
async fn a_draft_is_its_authors_until_it_is_sent() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        draft::keep(office, &cast.nora, reply(id, "Dear Guido"))
            .await
            .unwrap();
        draft::keep(office, &cast.nora, reply(id, "Dear Guido, it is"))
            .await
            .unwrap();
        let note = DraftKept {
            kind: DraftKind::Note,
            ..reply(id, "He rang before.")
        };
        draft::keep(office, &cast.nora, note).await.unwrap();
        let held = opens(house, &cast.nora, id).await.drafts;
        let texts: Vec<_> = held
            .iter()
            .map(|one| (one.kind, one.text.as_str()))
            .collect();
        let both_kinds = [
            (DraftKind::Note, "He rang before."),
            (DraftKind::Reply, "Dear Guido, it is"),
        ];
        assert_eq!(texts, both_kinds);
        assert_eq!(
            beginnings(house, &cast).await,
            [(id, "Dear Guido, it is".to_owned())]
        );
        assert!(
            opens(house, &cast.nils, id).await.drafts.is_empty(),
            "nobody else's"
        );
        notes(house, &cast.nora, id, "He rang before.").await;
        answers(house, &cast.nora, id, "Dear Guido, it is the lid.").await;
        assert!(opens(house, &cast.nora, id).await.drafts.is_empty());
        assert!(beginnings(house, &cast).await.is_empty());
        draft::keep(office, &cast.nora, reply(id, "And"))
            .await
            .unwrap();
        draft::keep(office, &cast.nora, reply(id, " "))
            .await
            .unwrap();
        assert!(
            opens(house, &cast.nora, id).await.drafts.is_empty(),
            "emptied"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_again_leaves_what_was_begun_since() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let begun = async |kind, text: &str| {
            let draft = DraftKept {
                kind,
                ..reply(id, text)
            };
            draft::keep(office, &cast.nora, draft).await.unwrap();
        };
        begun(DraftKind::Reply, "A second thing").await;
        begun(DraftKind::Note, "He is the baker").await;
        answers(house, &cast.nora, id, "Dear Guido, it is the lid.").await;
        notes(house, &cast.nora, id, "Dear Guido, it is the lid.").await;
        let held = opens(house, &cast.nora, id).await.drafts;
        let texts: Vec<_> = held.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["He is the baker", "A second thing"]);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_told_to_its_authors_windows_and_to_no_program() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let made = token::make(office, &cast.nora, "a program", &[Scope::Read], 7).await;
        let known = token::recognise(office, &made.unwrap().secret).await;
        let program = known.unwrap().unwrap().account;
        let mut lines = [&cast.nora, &program, &cast.nils].map(|who| office.hub().attach_user(who));
        let kept = reply(id, "Not for others");
        draft::keep(office, &cast.nora, kept.clone()).await.unwrap();
        house.told().await;
        let heard = lines.each_mut().map(|line| {
            let frames = std::iter::from_fn(|| line.waiting());
            let frames = frames.map(|bytes| serde_json::from_slice(&bytes).unwrap());
            let drafts = frames.filter_map(|frame| match frame {
                StaffFrame::Draft(draft) => Some(draft),
                _ => None,
            });
            drafts.collect::<Vec<DraftKept>>()
        });
        assert_eq!(heard, [vec![kept], vec![], vec![]]);
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_write_keeps_no_draft() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let viewer = draft::keep(office, &cast.sam, reply(id, "Hello")).await;
        assert!(matches!(refused(viewer), Fault::Forbidden(_)));
        let user = draft::keep(office, &cast.uwe, reply(id, "Hello")).await;
        assert!(matches!(refused(user), Fault::Forbidden(_)));
        let long = "x".repeat(BODY_CHARS_MAX + 1);
        let long = draft::keep(office, &cast.nora, reply(id, &long)).await;
        assert_eq!(refused(long), Fault::TooLarge);
        let nul = draft::keep(office, &cast.nora, reply(id, "Dear\0")).await;
        assert_eq!(refused(nul), Fault::Malformed);
        assert_eq!(house.number("SELECT COUNT(*) FROM drafts").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_reply_can_close_its_thread_in_one_act() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let mut last = form(house, "That is all.", Some(1));
        last.close = true;
        message::reply(office, &cast.nora, id, &last).await.unwrap();
        message::reply(office, &cast.nora, id, &last).await.unwrap();
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(open.head.public.status, Status::Closed);
        assert_eq!(
            open.entries.len(),
            3,
            "the question, the answer, the closing"
        );
        assert_eq!(open.head.waiting_since, None);
        let closed = "SELECT COUNT(*) FROM audit WHERE act = 'status_set'";
        assert_eq!(house.number(closed).await, 1);
    })
    .await;
}
