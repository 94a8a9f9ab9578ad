//! Who hears which numbered frames of which act on the live line. Frames without a number (beats,
//! badges) are no part of it: what they hold is personal or tells nothing.

use std::collections::BTreeSet;

use pigeon_core::actor::{Account, Guest};
use pigeon_core::guest::{self, Standing};
use pigeon_core::{message, note, thread};
use pigeon_wire::ThreadId;
use pigeon_wire::live::{GuestFrame, LiveCall, StaffFrame, close};
use pigeon_wire::message::ReplyForm;
use pigeon_wire::note::NoteForm;
use pigeon_wire::thread::Status;

use super::world::{Actor, State, Subject, World};
use crate::harness::Socket;

/// Something that happens to a thread, and who hears which frames of it.
struct Scene {
    act: Act,
    /// The guest whose thread it is. No other guest hears anything.
    guest: &'static [&'static str],
    /// A staff member who looks at the thread, with the inbox open beside it.
    watching: &'static [&'static str],
    /// A staff member who has only the inbox open.
    inbox: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    GuestWrites,
    TeamReplies,
    Note,
    Assign,
    Close,
    SetToOpen,
    GuestReads,
    TeamReads,
}

const SCENES: [Scene; 8] = [
    scene(Act::GuestWrites, &["change"], &["change", "row"], &["row"]),
    scene(Act::TeamReplies, &["change"], &["change", "row"], &["row"]),
    scene(Act::Note, &[], &["change", "row"], &["row"]),
    scene(Act::Assign, &[], &["change", "row"], &["row"]),
    scene(Act::Close, &["change"], &["change", "row"], &["row"]),
    scene(Act::SetToOpen, &["change"], &["change", "row"], &["row"]),
    scene(Act::GuestReads, &[], &[], &[]),
    // Told to the reader's own windows alone.
    scene(Act::TeamReads, &[], &[], &[]),
];

const fn scene(
    act: Act,
    guest: &'static [&'static str],
    watching: &'static [&'static str],
    inbox: &'static [&'static str],
) -> Scene {
    Scene {
        act,
        guest,
        watching,
        inbox,
    }
}

/// Said at the end of a scene: who has heard it has heard all that came before.
const CURTAIN: &str = "That was all.";

#[tokio::test(flavor = "multi_thread")]
async fn everybody_hears_what_is_for_them_and_nothing_else() {
    let world = World::new().await;
    for scene in &SCENES {
        let subject = world.subject(State::None, Actor::Anonymous).await;
        let elsewhere = world.subject(State::None, Actor::Anonymous).await;
        let mut guest = guest_line(&subject).await;
        let mut other = guest_line(&elsewhere).await;
        let mut team = Vec::new();
        for actor in Actor::ALL.into_iter().filter(|actor| actor.is_staff()) {
            let watching = team_line(&world, actor, &subject, subject.thread).await;
            let inbox = team_line(&world, actor, &subject, elsewhere.thread).await;
            team.push((actor, watching, inbox));
        }
        perform(&world, &subject, scene.act).await;
        reply(&world, subject.thread, CURTAIN).await;
        reply(&world, elsewhere.thread, CURTAIN).await;

        let heard = guest_heard(&mut guest).await;
        assert_eq!(heard, set(scene.guest), "the guest, {:?}", scene.act);
        let heard = guest_heard(&mut other).await;
        assert_eq!(heard, set(&[]), "another guest, {:?}", scene.act);
        for (actor, mut watching, mut inbox) in team {
            let who = actor.name();
            if (actor, scene.act) == (Actor::Lead, Act::TeamReads) {
                for line in [&mut watching, &mut inbox] {
                    until(line, "read").await;
                }
            }
            let heard = team_heard(&mut watching, &subject, "change").await;
            assert_eq!(
                heard,
                set(scene.watching),
                "{who} watching, {:?}",
                scene.act
            );
            let heard = team_heard(&mut inbox, &subject, "row").await;
            assert_eq!(
                heard,
                set(scene.inbox),
                "{who} in the inbox, {:?}",
                scene.act
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trash_is_an_end_to_its_guest_and_news_to_the_team() {
    let world = World::new().await;
    let subject = world.subject(State::None, Actor::Anonymous).await;
    let elsewhere = world.subject(State::None, Actor::Anonymous).await;
    let mut guest = guest_line(&subject).await;
    let mut other = guest_line(&elsewhere).await;
    let mut team = Vec::new();
    for actor in Actor::ALL.into_iter().filter(|actor| actor.is_staff()) {
        let watching = team_line(&world, actor, &subject, subject.thread).await;
        let inbox = team_line(&world, actor, &subject, elsewhere.thread).await;
        team.push((actor, watching, inbox));
    }
    let (office, lead) = (&world.pigeon.office, &world.lead);
    thread::trash(office, lead, subject.thread).await.unwrap();
    assert_eq!(
        guest.ends().await,
        close::REVOKED,
        "and heard nothing before"
    );
    thread::restore(office, lead, subject.thread).await.unwrap();
    let mut again = guest_line(&subject).await;
    reply(&world, subject.thread, CURTAIN).await;
    reply(&world, elsewhere.thread, CURTAIN).await;
    assert_eq!(guest_heard(&mut again).await, set(&[]));
    assert_eq!(guest_heard(&mut other).await, set(&[]));
    for (actor, mut watching, mut inbox) in team {
        let heard = team_heard(&mut watching, &subject, "change").await;
        assert_eq!(heard, set(&["change", "row"]), "{} watching", actor.name());
        let heard = team_heard(&mut inbox, &subject, "row").await;
        assert_eq!(heard, set(&["row"]), "{} in the inbox", actor.name());
    }
}

#[tokio::test]
async fn whoever_may_not_read_the_inbox_is_hung_up_for_asking() {
    let world = World::new().await;
    let subject = world.subject(State::None, Actor::User).await;
    let watch = LiveCall::Watch {
        thread: subject.thread,
        after: 0,
    };
    for call in [LiveCall::Inbox, watch] {
        let browser = world.browser_of(Actor::User, &subject).await;
        let mut line = Socket::open(&browser, "/api/v1/live").await.unwrap();
        line.say(&call).await;
        assert_eq!(line.closed().await, close::REVOKED, "{call:?}");
    }
}

async fn guest_line(subject: &Subject) -> Socket {
    // From the newest number on, so that nothing comes that was there before.
    let path = format!("/api/v1/live?thread={}&after=1", subject.thread);
    let mut line = Socket::open(&subject.guest, &path).await.unwrap();
    for first in ["hello", "change"] {
        assert_eq!(name_of(&line.text().await), first);
    }
    line
}

/// A line of `actor` that listens to the inbox and to `thread`.
async fn team_line(world: &World, actor: Actor, subject: &Subject, thread: ThreadId) -> Socket {
    let browser = world.browser_of(actor, subject).await;
    let mut line = Socket::open(&browser, "/api/v1/live").await.unwrap();
    line.say(&LiveCall::Inbox).await;
    line.say(&LiveCall::Watch { thread, after: 0 }).await;
    // Calls are answered in their order, and the second one with what the thread holds.
    until(&mut line, "change").await;
    line
}

async fn until(line: &mut Socket, name: &str) {
    while name_of(&line.text().await) != name {}
}

/// The frames of a guest's line until the curtain, each checked to hold nothing of a note.
async fn guest_heard(line: &mut Socket) -> BTreeSet<String> {
    let mut heard = BTreeSet::new();
    loop {
        let text = line.text().await;
        assert!(!text.contains("inside-"), "a note got out: {text}");
        assert!(!text.contains("@example.com"), "an address got out: {text}");
        serde_json::from_str::<GuestFrame>(&text).unwrap();
        if text.contains(CURTAIN) {
            return heard;
        }
        heard.extend(numbered(&text));
    }
}

/// The frames about `subject` on a team member's line until the curtain of this name.
async fn team_heard(line: &mut Socket, subject: &Subject, last: &str) -> BTreeSet<String> {
    let thread = serde_json::to_string(&subject.thread).unwrap();
    let mut heard = BTreeSet::new();
    loop {
        let text = line.text().await;
        serde_json::from_str::<StaffFrame>(&text).unwrap();
        if !text.contains(&thread) {
            continue;
        }
        let is_curtain = text.contains(CURTAIN);
        if is_curtain && name_of(&text) == last {
            return heard;
        }
        if !is_curtain {
            heard.extend(numbered(&text));
        }
    }
}

fn name_of(text: &str) -> String {
    let frame: serde_json::Value = serde_json::from_str(text).unwrap();
    frame["t"].as_str().unwrap().to_owned()
}

fn numbered(text: &str) -> Option<String> {
    Some(name_of(text)).filter(|name| ["change", "row", "read"].contains(&name.as_str()))
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

async fn perform(world: &World, subject: &Subject, act: Act) {
    let (office, lead, id) = (&world.pigeon.office, &world.lead, subject.thread);
    match act {
        Act::GuestWrites => {
            let form = form(world, "And another thing.");
            let visitor = pigeon_core::testing::visitor(&subject.from);
            let guest = guest_of(world, subject).await;
            guest::reply(office, &guest, &form, &visitor).await.unwrap();
        }
        Act::TeamReplies => reply(world, id, "An answer.").await,
        Act::Note => {
            let form = NoteForm {
                body: "inside-again".to_owned(),
                key: office.fresh_key().into(),
                ..NoteForm::default()
            };
            note::add(office, lead, id, &form).await.unwrap();
        }
        Act::Assign => {
            let to = Some(lead.person);
            thread::assign(office, lead, id, None, to).await.unwrap();
        }
        Act::Close => set_status(world, lead, id, Status::Closed).await,
        Act::SetToOpen => set_status(world, lead, id, Status::Open).await,
        Act::GuestReads => {
            let guest = guest_of(world, subject).await;
            guest::seen(office, &guest, 1).await.unwrap();
        }
        Act::TeamReads => thread::seen(office, lead, id, 1).await.unwrap(),
    }
}

async fn set_status(world: &World, lead: &Account, id: ThreadId, to: Status) {
    let office = &world.pigeon.office;
    thread::set_status(office, lead, id, None, to)
        .await
        .unwrap();
}

async fn reply(world: &World, id: ThreadId, body: &str) {
    let form = form(world, body);
    let replied = message::reply(&world.pigeon.office, &world.lead, id, &form);
    replied.await.unwrap();
}

fn form(world: &World, body: &str) -> ReplyForm {
    ReplyForm {
        body: body.to_owned(),
        key: world.pigeon.office.fresh_key().into(),
        ..ReplyForm::default()
    }
}

async fn guest_of(world: &World, subject: &Subject) -> Guest {
    let cookie = format!("__Host-pigeon-c-{}", subject.thread);
    let secret = subject.guest.cookie(&cookie).unwrap();
    match guest::standing(&world.pigeon.office, subject.thread, &secret)
        .await
        .unwrap()
    {
        Standing::Good(guest) => guest,
        other => panic!("{other:?}"),
    }
}
