//! Breaking the glass of a direct thread, and receipts in one.

use pigeon_core::actor::Account;
use pigeon_core::hub::Line;
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{direct, person, role, user};
use pigeon_wire::direct::{DirectForm, ReportForm};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::live::UserFrame;
use pigeon_wire::mailbox::{SeenBy, UserEntry};
use pigeon_wire::message::{Content, PublicEvent};
use pigeon_wire::permission::Permission;
use pigeon_wire::{Fault, ThreadId};

use crate::voice::refused;

const READS: [Permission; 2] = [Permission::AccessInbox, Permission::ReadDirect];

/// A thread of Uwe and Nora, who has accepted it.
async fn between(house: &House, cast: &Cast) -> ThreadId {
    let form = DirectForm {
        to: "nora@example.com".to_owned(),
        subject: "Between us".to_owned(),
        body: "Hello.".to_owned(),
        key: house.office.fresh_key().into(),
        ..DirectForm::default()
    };
    let id = direct::start(&house.office, &cast.uwe, &form)
        .await
        .unwrap();
    direct::accept(&house.office, &cast.nora, id).await.unwrap();
    id
}

fn event(entry: &UserEntry) -> Option<(&str, PublicEvent)> {
    match &entry.entry.content {
        Content::Event { author, event, .. } => Some((author, *event)),
        Content::Message { .. } => None,
    }
}

fn seen(line: &mut Line) -> Vec<SeenBy> {
    let frames = std::iter::from_fn(|| line.waiting());
    let frames = frames.map(|bytes| serde_json::from_slice(&bytes).unwrap());
    let seen = frames.filter_map(|frame| match frame {
        UserFrame::Seen { seen, .. } => Some(seen),
        _ => None,
    });
    seen.flatten().collect()
}

#[tokio::test]
async fn whoever_may_reads_with_a_reason_and_everybody_in_it_is_told() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = between(house, &cast).await;
        let read = async |who: &Account, reason: &str| {
            direct::glass::read(office, who, id, reason).await
        };
        for who in [&cast.olivia, &cast.nora, &cast.sam, &cast.uwe] {
            assert_eq!(refused(read(who, "Curious").await), Fault::NotFound);
            let there = direct::glass::is_there(office, who, id).await;
            assert_eq!(refused(there), Fault::NotFound);
        }
        let slug = role::create(office, &cast.olivia, "Trust", &READS)
            .await
            .unwrap();
        person::change_role(office, &cast.olivia, cast.sam.person, Some(&slug))
            .await
            .unwrap();
        direct::glass::is_there(office, &cast.sam, id)
            .await
            .unwrap();
        let missing = Fault::field(Field::Reason, Problem::Missing);
        assert_eq!(refused(read(&cast.sam, "  ").await), missing);
        let before = user::open(office, &cast.uwe, id).await.unwrap();
        assert!(
            before.entries.iter().filter_map(event).all(|(_, what)| what != PublicEvent::Read),
            "nothing was read yet"
        );

        let view = read(&cast.sam, "A complaint").await.unwrap();
        let texts = view.entries.iter().map(|entry| &entry.entry.content);
        let hello = |content: &Content| matches!(content, Content::Message { body, .. } if body == "Hello.");
        assert!(texts.into_iter().any(hello));
        assert_eq!(view.parties.len(), 2);
        for who in [&cast.uwe, &cast.nora] {
            let told = user::open(office, who, id).await.unwrap();
            let (name, what) = told.entries.last().and_then(event).unwrap();
            assert_eq!((name, what), ("Sam", PublicEvent::Read));
            assert_eq!(told.head.subject.as_deref(), Some("Between us"));
        }
        let acts = house.words("SELECT detail FROM audit WHERE act = 'direct_read'").await;
        assert_eq!(acts.len(), 1);
        assert!(acts[0].contains("A complaint") && !acts[0].contains("Between us"));
        let linked = house.words("SELECT act FROM audit WHERE act = 'direct_read' AND thread_id IS NOT NULL").await;
        assert!(linked.is_empty(), "the log leads nobody to the thread");
    })
    .await;
}

#[tokio::test]
async fn a_report_leads_only_whoever_may_to_its_thread() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = between(house, &cast).await;
        let entries = user::open(office, &cast.nora, id).await.unwrap().entries;
        let form = ReportForm {
            messages: vec![entries[0].entry.id],
            reason: String::new(),
        };
        direct::report(office, &cast.nora, id, &form).await.unwrap();
        let all = direct::reports(office, &cast.olivia).await.unwrap();
        assert_eq!(all[0].thread, None, "an owner has no such right");
    })
    .await;
}

#[tokio::test]
async fn who_is_in_a_thread_hears_at_once_what_others_have_read() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = between(house, &cast).await;
        let mut uwe = office.hub().attach_mine(&cast.uwe);
        let mut nora = office.hub().attach_mine(&cast.nora);
        let mut olivia = office.hub().attach_mine(&cast.olivia);
        user::seen(office, &cast.nora, id, 1).await.unwrap();
        house.told().await;
        let told = seen(&mut uwe);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].who.as_deref(), Some("Nora"));
        assert_eq!(told[0].seen.upto, 1);
        assert!(seen(&mut nora).is_empty() && seen(&mut olivia).is_empty());
    })
    .await;
}
