//! What web hooks are told: each act its events, to each hook what it may know, and nobody what is
//! private.

use pigeon_core::actor::Account;
use pigeon_core::testing::{Backend, Cast, House, both};
use pigeon_core::webhook::{self, Making};
use pigeon_core::{direct, guest, message, person, quarantine, thread, user};
use pigeon_wire::direct::DirectForm;
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::{Source, Status};
use pigeon_wire::webhook::{HOOKS_MAX, HookEvent, HookForm, HookWrong};
use pigeon_wire::{Fault, ThreadId, WebhookId};
use serde_json::{Value, json};

use crate::voice::{answers, door, form, notes, opens, refused, start_form, writes};

pub const TEAM: &str = "https://team.example.org/hook";
pub const PUBLIC: &str = "https://public.example.org/hook";

/// A hook that is told all that it may be told.
pub async fn hook(house: &House, who: &Account, url: &str, team: bool) -> WebhookId {
    let events = HookEvent::ALL.iter().copied();
    let events = events.filter(|event| team || !event.is_for_team());
    made(house, who, url, team, &events.collect::<Vec<_>>()).await
}

async fn made(
    house: &House,
    who: &Account,
    url: &str,
    team: bool,
    events: &[HookEvent],
) -> WebhookId {
    let form = HookForm {
        name: "A program".to_owned(),
        url: url.to_owned(),
        team,
        events: events.to_vec(),
    };
    match webhook::make(&house.office, who, &form).await.unwrap() {
        Making::Made(made) => made.id,
        Making::Refused(wrongs) => panic!("refused: {wrongs:?}"),
    }
}

/// What was told to an address so far, in short: the event, and the text or status that it is about.
fn told(house: &House, url: &str) -> Vec<String> {
    let short = |body: Value| {
        let data = &body["data"];
        let what = match body["type"].as_str().unwrap() {
            "message.created" => &data["message"]["text"],
            "thread.assigned" => &data["thread"]["assignee"]["name"],
            "thread.status_changed" => &data["thread"]["status"],
            _ => &data["thread"]["subject"],
        };
        let what = what.as_str().unwrap_or("-").to_owned();
        format!("{}: {what}", body["type"].as_str().unwrap())
    };
    house.dock.bodies(url).into_iter().map(short).collect()
}

/// How many deliveries stand in a state.
pub async fn standing(house: &House, state: &str) -> i64 {
    let query = format!("SELECT COUNT(*) FROM webhook_deliveries WHERE state = '{state}'");
    house.number(&query).await
}

#[tokio::test]
async fn every_act_tells_its_events_to_each_hook_what_it_may_know() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        hook(house, &cast.olivia, TEAM, true).await;
        hook(house, &cast.olivia, PUBLIC, false).await;
        let guido = cast.guido(office, 1).await;
        let id = guido.thread;
        thread::assign(office, &cast.lena, id, None, Some(cast.nora.person))
            .await
            .unwrap();
        notes(house, &cast.nora, id, "He calls every week.").await;
        answers(house, &cast.nora, id, "Turn the lid.").await;
        let closed = thread::set_status(office, &cast.nora, id, None, Status::Closed).await;
        closed.unwrap();
        writes(house, &guido, "Still leaks.").await;
        assert_eq!(
            standing(house, "queued").await,
            9 + 7,
            "each in its act's unit"
        );
        house.run_hooks().await;
        assert_eq!(
            told(house, TEAM),
            [
                "thread.created: Kettle leaks",
                "message.created: It leaks at the spout (1).",
                "thread.assigned: Nora",
                "message.created: He calls every week.",
                "message.created: Turn the lid.",
                "thread.status_changed: open",
                "thread.status_changed: closed",
                "message.created: Still leaks.",
                "thread.status_changed: pending",
            ]
        );
        assert_eq!(
            told(house, PUBLIC),
            [
                "thread.created: Kettle leaks",
                "message.created: It leaks at the spout (1).",
                "message.created: Turn the lid.",
                "thread.status_changed: open",
                "thread.status_changed: closed",
                "message.created: Still leaks.",
                "thread.status_changed: pending",
            ]
        );
        let public = house.dock.bodies(PUBLIC);
        let text = Value::from(public.clone()).to_string();
        for secret in [
            "every week",
            "Nora\"},",
            "guido1@example.org",
            "assignee",
            "\"kind\"",
        ] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let opened_at = "2026-11-23T09:00:00Z";
        assert_eq!(
            public[2],
            json!({
                "type": "message.created",
                "timestamp": opened_at,
                "data": {
                    "thread": {
                        "id": id.to_string(),
                        "subject": "Kettle leaks",
                        "status": "open",
                        "opened_at": opened_at,
                    },
                    "message": {
                        "id": public[2]["data"]["message"]["id"],
                        "at": opened_at,
                        "author": "Nora",
                        "side": "staff",
                        "text": "Turn the lid.",
                        "files": [],
                    },
                },
            })
        );
        assert_eq!(public[3]["data"]["from"], "pending");
        let team = house.dock.bodies(TEAM);
        let of = |n: usize, name: &str| team[n]["data"][name].clone();
        assert_eq!(of(2, "from"), Value::Null);
        assert_eq!(of(3, "message")["kind"], "note");
        assert_eq!(of(4, "message")["kind"], "message");
        let email = &of(4, "thread")["customer"]["email"];
        assert_eq!(email, "guido1@example.org");
    })
    .await;
}

#[tokio::test]
async fn a_hook_is_told_what_it_was_made_for_and_nothing_from_before_or_while_it_is_off() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        assert_eq!(standing(house, "queued").await, 0);
        let only = [HookEvent::StatusChanged];
        let id = made(house, &cast.olivia, PUBLIC, false, &only).await;
        answers(house, &cast.nora, guido.thread, "One.").await;
        let off = webhook::switch(office, &cast.olivia, id, false).await;
        off.unwrap();
        writes(house, &guido, "Two.").await;
        house.run_hooks().await;
        assert_eq!(told(house, PUBLIC), [""; 0], "what waits goes on waiting");
        let on = webhook::switch(office, &cast.olivia, id, true).await;
        on.unwrap();
        answers(house, &cast.nora, guido.thread, "Three.").await;
        house.run_hooks().await;
        let status = "thread.status_changed: open";
        assert_eq!(told(house, PUBLIC), [status, status]);
        // The same submission once more is no new message.
        let again = form(house, "Four.", None);
        for _ in 0..2 {
            guest::reply(office, &guido, &again, &door(1))
                .await
                .unwrap();
        }
        house.run_hooks().await;
        assert_eq!(told(house, PUBLIC).len(), 3);
        webhook::delete(office, &cast.olivia, id).await.unwrap();
        answers(house, &cast.nora, guido.thread, "Five.").await;
        assert_eq!(house.run_hooks().await, 0);
        assert!(
            webhook::list(office, &cast.olivia)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(house.words("SELECT secret FROM webhooks").await, [""]);
    })
    .await;
}

#[tokio::test]
async fn direct_threads_the_quarantine_and_the_trash_are_told_to_nobody() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        hook(house, &cast.olivia, TEAM, true).await;
        hook(house, &cast.olivia, PUBLIC, false).await;
        let direct = DirectForm {
            to: "nils@example.com".to_owned(),
            body: "Between us.".to_owned(),
            key: office.fresh_key().into(),
            ..DirectForm::default()
        };
        let private = direct::start(office, &cast.uwe, &direct).await.unwrap();
        direct::accept(office, &cast.nils, private).await.unwrap();
        let opened = user::open(office, &cast.nils, private).await.unwrap();
        let seen = opened.change;
        let reply = form(house, "Still between us.", Some(seen));
        user::reply(office, &cast.nils, private, &reply)
            .await
            .unwrap();
        let closed = direct::set_status(office, &cast.nils, private, true).await;
        closed.unwrap();
        let spam = start_form(house, "spam@example.org", "Buy.");
        let caught = guest::start(office, &spam, "http://x", Source::Form, &door(9)).await;
        caught.unwrap();
        assert_eq!(standing(house, "queued").await, 0);

        // What waits when its thread goes to the trash does not leave.
        let guido = cast.guido(office, 1).await.thread;
        thread::assign(office, &cast.lena, guido, None, Some(cast.nils.person))
            .await
            .unwrap();
        assert_eq!(standing(house, "queued").await, 3 + 2);
        thread::trash(office, &cast.nora, guido).await.unwrap();
        let released = person::release(office, &cast.olivia, cast.nils.person).await;
        released.unwrap();
        house.run_hooks().await;
        assert!(house.dock.parcels().is_empty());
        assert_eq!(standing(house, "dropped").await, 3 + 2);
        thread::restore(office, &cast.nora, guido).await.unwrap();
        let page = quarantine::page(office, &cast.nora, None).await.unwrap();
        let accepted = quarantine::accept(office, &cast.nora, page.catches[0].id).await;
        accepted.unwrap();
        house.run_hooks().await;
        let said = ["thread.created: Kettle leaks", "message.created: Buy."];
        assert_eq!(told(house, TEAM), said);
        assert_eq!(told(house, PUBLIC), said);
    })
    .await;
}

#[tokio::test]
async fn an_act_that_is_refused_tells_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        hook(house, &cast.olivia, TEAM, true).await;
        let guido = cast.guido(office, 1).await;
        let seen = opens(house, &cast.nora, guido.thread).await.change;
        answers(house, &cast.nils, guido.thread, "I was first.").await;
        let before = house.row_counts().await;
        let late = form(house, "I was second.", Some(seen));
        let overtaken = message::reply(office, &cast.nora, guido.thread, &late).await;
        assert!(matches!(refused(overtaken), Fault::Overtaken(_)));
        let id = ThreadId(cast.nora.person.0);
        let missing = thread::set_status(office, &cast.nora, id, None, Status::Closed).await;
        assert_eq!(refused(missing), Fault::NotFound);
        assert_eq!(before, house.row_counts().await);
    })
    .await;
}

#[tokio::test]
async fn hooks_are_for_whoever_manages_settings_and_may_read_what_they_tell() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = hook(house, &cast.olivia, TEAM, true).await;
        let form = HookForm {
            name: "Another".to_owned(),
            url: PUBLIC.to_owned(),
            team: false,
            events: vec![HookEvent::MessageCreated],
        };
        let delivery = pigeon_wire::DeliveryId(id.0);
        for who in [&cast.lena, &cast.nora, &cast.sam, &cast.uwe] {
            let tries = [
                webhook::list(office, who).await.map(|_| ()),
                webhook::make(office, who, &form).await.map(|_| ()),
                webhook::log(office, who, id, None).await.map(|_| ()),
                webhook::switch(office, who, id, false).await,
                webhook::replay(office, who, id, delivery).await,
                webhook::replay_failed(office, who, id).await.map(|_| ()),
                webhook::delete(office, who, id).await,
            ];
            for tried in tries {
                assert_eq!(refused(tried), Fault::Forbidden(Permission::ManageSettings));
            }
        }
        // Whoever manages settings and does not read the inbox must not have it sent elsewhere.
        let no = match house.backend {
            Backend::Sqlite => "0",
            Backend::Postgres => "FALSE",
        };
        house
            .sql(&format!(
                "INSERT INTO roles (slug, name, name_folded, permissions, builtin) \
                 VALUES ('clerk', 'Clerk', 'clerk', '[\"manage_settings\"]', {no})"
            ))
            .await;
        house.give_role(cast.sam.person, Some("clerk")).await;
        let forbidden = Fault::Forbidden(Permission::AccessInbox);
        assert_eq!(webhook::list(office, &cast.sam).await.unwrap().len(), 1);
        assert_eq!(
            refused(webhook::make(office, &cast.sam, &form).await),
            forbidden
        );
        webhook::switch(office, &cast.sam, id, false).await.unwrap();
        let on = webhook::switch(office, &cast.sam, id, true).await;
        assert_eq!(refused(on), forbidden);

        for n in 1..HOOKS_MAX {
            hook(
                house,
                &cast.olivia,
                &format!("https://h.example/{n}"),
                false,
            )
            .await;
        }
        let more = webhook::make(office, &cast.olivia, &form).await;
        assert_eq!(refused(more), Fault::TooLarge);
        let acts = house
            .words("SELECT detail FROM audit WHERE act = 'webhook_made'")
            .await;
        assert!(acts.concat().contains("team.example.org"));
        assert!(
            !acts.concat().contains("/hook"),
            "an address may be a secret"
        );
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_hook_is_told_at_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let make = async |name: &str, url: &str, team, events: &[HookEvent]| {
            let form = HookForm {
                name: name.to_owned(),
                url: url.to_owned(),
                team,
                events: events.to_vec(),
            };
            match webhook::make(office, &cast.olivia, &form).await.unwrap() {
                Making::Made(made) => {
                    assert!(made.secret.starts_with("whsec_"), "{}", made.secret);
                    Vec::new()
                }
                Making::Refused(wrongs) => wrongs,
            }
        };
        let message = [HookEvent::MessageCreated];
        let wrongs = make(" ", "http://a.example/", false, &[]).await;
        assert_eq!(
            wrongs,
            [HookWrong::Name, HookWrong::Http, HookWrong::NoEvent]
        );
        let wrongs = make("A", "https://10.0.0.1/", false, HookEvent::ALL).await;
        assert_eq!(wrongs, [HookWrong::Private, HookWrong::TeamOnly]);
        assert_eq!(
            make("A", "a.example", true, &message).await,
            [HookWrong::Address]
        );
        assert_eq!(house.number("SELECT COUNT(*) FROM webhooks").await, 0);
        assert_eq!(
            make("A", "https://a.example", true, HookEvent::ALL).await,
            []
        );
        let shown = webhook::list(office, &cast.olivia).await.unwrap().remove(0);
        assert_eq!(
            (shown.url.as_str(), shown.active),
            ("https://a.example/", true)
        );
        assert_eq!((shown.created_by.as_str(), shown.failed), ("Olivia", 0));
    })
    .await;
}
