//! Replies that wait: posted once when it is time, taken back before, stopped when somebody was quicker.

use futures::future::join_all;
use pigeon_core::actor::Account;
use pigeon_core::attachment;
use pigeon_core::message::{self, Sent, Waits};
use pigeon_core::person::{self, Held, notice};
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{Error, draft, guest, thread, waiting};
use pigeon_wire::act::{Moved, Outcome, Standing, Task, ThreadAct};
use pigeon_wire::draft::{DraftKept, DraftKind};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::{DAY_MS, HOUR_MS};
use pigeon_wire::live::StaffFrame;
use pigeon_wire::message::{ENTRIES_PAGE_MAX, ReplyForm};
use pigeon_wire::note::StaffContent;
use pigeon_wire::notice::Notices;
use pigeon_wire::text::Key;
use pigeon_wire::thread::{StaffThread, Status};
use pigeon_wire::waiting::{SEND_DAYS_MAX, SendWhen, WAITING_IN_THREAD_MAX, WaitingView};
use pigeon_wire::{Fault, Millis, ThreadId, WaitingId};

use crate::files::{by, uploads};
use crate::voice::{answers, form, notes, opens, refused, writes};

const UNDO_MS: i64 = 10_000;

async fn sends(
    house: &House,
    who: &Account,
    id: ThreadId,
    body: &str,
    when: SendWhen,
) -> Result<Sent, Error> {
    let seen = opens(house, who, id).await.change;
    let form = form(house, body, Some(seen));
    message::send(&house.office, who, id, &form, Some(when), &[]).await
}

/// What a reply waits as, which was sent to wait.
fn waits(sent: Result<Sent, Error>) -> Waits {
    match sent {
        Ok(Sent::Waits(waits)) => waits,
        other => panic!("it does not wait: {other:?}"),
    }
}

async fn acts(house: &House, who: &Account, thread: ThreadId, act: ThreadAct) -> Outcome {
    let task = Task { thread, act };
    let outcomes = thread::all(&house.office, who, &[task]).await.unwrap();
    outcomes.into_iter().next().unwrap()
}

async fn takes_back(house: &House, who: &Account, id: ThreadId, reply: WaitingId) -> Outcome {
    acts(house, who, id, ThreadAct::Unsend { reply }).await
}

/// The bodies of a thread's messages, oldest first.
fn said(open: &StaffThread) -> Vec<String> {
    let bodies = open
        .entries
        .iter()
        .filter_map(|entry| match &entry.content {
            StaffContent::Message { body, .. } => Some(body.clone()),
            _ => None,
        });
    bodies.skip(1).collect()
}

async fn due(house: &House) -> usize {
    waiting::send_due(&house.office).await.unwrap()
}

fn draft_of(open: &StaffThread) -> Option<&str> {
    open.drafts.first().map(|draft| draft.text.as_str())
}

/// The one reply that waits for somebody's eyes.
async fn only(house: &House, who: &Account, id: ThreadId) -> WaitingView {
    let all = waiting::list(&house.office, who, id).await.unwrap();
    match <[WaitingView; 1]>::try_from(all) {
        Ok([one]) => one,
        Err(all) => panic!("not one waits: {all:?}"),
    }
}

#[tokio::test]
async fn a_reply_waits_unseen_by_the_customer_and_is_posted_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (nora, id) = (&cast.nora, guido.thread);
        // What the team is told of the question leaves first.
        house.forward(HOUR_MS);
        house.run_mails().await;
        let seen = guest::open(office, &guido).await.unwrap();
        let mails = house.mailbox.letters().len();
        let mine = form(
            house,
            "Tomorrow then.",
            Some(opens(house, nora, id).await.change),
        );
        let when = Some(SendWhen::At(office.now().plus(HOUR_MS)));
        let first = message::send(office, nora, id, &mine, when, &[])
            .await
            .unwrap();
        let again = message::send(office, nora, id, &mine, when, &[])
            .await
            .unwrap();
        assert_eq!(first, again, "the one answer");
        assert_eq!(
            message::reply(office, nora, id, &mine).await.unwrap(),
            first.clone().posted(),
            "however it is asked for"
        );
        let lenas = only(house, &cast.lena, id).await;
        assert_eq!(lenas.body, "Tomorrow then.");
        assert_eq!(lenas.author.name, "Nora");
        let keys = opens(house, &cast.lena, id).await.head.waiting;
        assert_eq!(keys.first().map(Key::as_str), Some(mine.key.as_str()));
        assert_eq!(guest::open(office, &guido).await.unwrap(), seen);
        house.forward(HOUR_MS - 1);
        assert_eq!(due(house).await, 0, "not yet");
        house.forward(1);
        assert_eq!(due(house).await, 1);
        assert_eq!(due(house).await, 0, "once");
        let open = opens(house, nora, id).await;
        assert_eq!(said(&open), ["Tomorrow then."]);
        assert!(open.head.waiting.is_empty());
        assert_eq!(open.head.public.status, Status::Open);
        assert_eq!(open.read, open.entries.last().unwrap().place, "it is read");
        let Sent::Posted(posted) = message::send(office, nora, id, &mine, when, &[])
            .await
            .unwrap()
        else {
            panic!("it is posted");
        };
        assert_eq!(posted.id, open.entries.last().unwrap().id);
        assert_eq!(said(&opens(house, nora, id).await).len(), 1);
        house.forward(HOUR_MS);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let [letter] = letters.get(mails..).unwrap() else {
            panic!("it is mailed like any other, once: {}", letters.len())
        };
        assert_eq!(letter.to.1.as_str(), "guido1@example.org");
    })
    .await;
}

#[tokio::test]
async fn the_team_hears_of_what_waits_and_no_guest_does() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (nora, id) = (&cast.nora, guido.thread);
        let mut guests = office.hub().attach_guest(&guido);
        let mut team = office.hub().attach_user(&cast.lena);
        let change = opens(house, &cast.lena, id).await.change;
        thread::follow(office, &cast.lena, &team, id, change)
            .await
            .unwrap();
        let at = SendWhen::At(office.now().plus(HOUR_MS));
        let reply = waits(sends(house, nora, id, "Secret plan.", at).await).id;
        house.told().await;
        house.whispers();
        let heard = team.waiting().expect("a frame");
        let StaffFrame::Change(change) = serde_json::from_slice(&heard).unwrap() else {
            panic!("{heard:?}")
        };
        assert!(change.entries.is_empty() && change.now == change.prev + 1);
        assert_eq!(change.head.waiting.len(), 1);
        takes_back(house, nora, id, reply).await;
        house.told().await;
        house.whispers();
        let heard = team.waiting().expect("a frame");
        let StaffFrame::Change(change) = serde_json::from_slice(&heard).unwrap() else {
            panic!("{heard:?}")
        };
        assert!(change.head.waiting.is_empty());
        assert!(guests.waiting().is_none(), "not a frame");

        // Whoever was away catches up by the same number.
        let missed = thread::follow(office, &cast.lena, &team, id, change.prev - 1).await;
        let missed = missed.unwrap();
        assert_eq!(missed.last().map(|last| last.now), Some(change.now));
    })
    .await;
}

#[tokio::test]
async fn moments_are_bounded_and_so_is_how_much_waits() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, id) = (&cast.nora, cast.guido(office, 1).await.thread);
        let now = office.now();
        for bad in [
            now.plus(-1),
            Millis(0),
            now.plus(SEND_DAYS_MAX * DAY_MS + 1),
        ] {
            let sent = sends(house, nora, id, "When?", SendWhen::At(bad)).await;
            assert_eq!(refused(sent), Fault::field(Field::Until, Problem::Unknown));
        }
        for good in [now, now.plus(SEND_DAYS_MAX * DAY_MS)] {
            waits(sends(house, nora, id, "Then.", SendWhen::At(good)).await);
        }
        assert_eq!(due(house).await, 1, "now is at once");
        for n in 1..WAITING_IN_THREAD_MAX {
            let at = SendWhen::At(now.plus(DAY_MS + n));
            waits(sends(house, nora, id, &n.to_string(), at).await);
        }
        let more = sends(house, nora, id, "One more.", SendWhen::At(now.plus(DAY_MS))).await;
        let max = u32::try_from(WAITING_IN_THREAD_MAX).unwrap();
        assert_eq!(
            refused(more),
            Fault::field(Field::Until, Problem::TooMany { max })
        );
        let reader = form(house, "May I?", None);
        let when = Some(SendWhen::Undoable);
        let sent = message::send(office, &cast.sam, id, &reader, when, &[]).await;
        assert!(matches!(refused(sent), Fault::Forbidden(_)));
    })
    .await;
}

#[tokio::test]
async fn a_reply_can_be_taken_back_where_nobody_would_hear_it() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (nora, id) = (&cast.nora, guido.thread);
        let seen = guest::open(office, &guido).await.unwrap();
        let waiting = waits(sends(house, nora, id, "Oops.", SendWhen::Undoable).await);
        assert_eq!(waiting.due, office.now().plus(UNDO_MS));
        assert_eq!(
            takes_back(house, &cast.lena, id, waiting.id).await,
            Outcome::Refused {
                fault: Fault::NotFound
            },
            "it is the author's"
        );
        assert_eq!(
            takes_back(house, nora, id, waiting.id).await,
            Outcome::Nothing
        );
        house.forward(UNDO_MS);
        assert_eq!(due(house).await, 0);
        let open = opens(house, nora, id).await;
        assert_eq!((said(&open).len(), draft_of(&open)), (0, Some("Oops.")));
        assert_eq!(guest::open(office, &guido).await.unwrap(), seen);

        // Whoever is there reads at once.
        let line = office.hub().attach_guest(&guido);
        let sent = sends(house, nora, id, "At once.", SendWhen::Undoable).await;
        assert!(matches!(sent, Ok(Sent::Posted(_))));
        drop(line);
        let waiting = waits(sends(house, nora, id, "Soon.", SendWhen::Undoable).await);
        // What is sent after it does not overtake it.
        let line = office.hub().attach_guest(&guido);
        house.forward(1000);
        let next = waits(sends(house, nora, id, "And then.", SendWhen::Undoable).await);
        assert_eq!(next.due, waiting.due);
        house.forward(UNDO_MS);
        assert_eq!(due(house).await, 2);
        assert_eq!(
            said(&opens(house, nora, id).await),
            ["At once.", "Soon.", "And then."]
        );
        drop(line);
        let late = takes_back(house, nora, id, waiting.id).await;
        let moved = Moved {
            by: None,
            now: Standing::Sent,
        };
        assert_eq!(
            late,
            Outcome::Refused {
                fault: Fault::Moved(moved)
            }
        );

        // And whoever wants none has none.
        let none = Notices::default().undoing(Some(0));
        notice::change(office, nora, none).await.unwrap();
        let sent = sends(house, nora, id, "No waiting.", SendWhen::Undoable).await;
        assert!(matches!(sent, Ok(Sent::Posted(_))));
        let long = Notices::default().undoing(Some(30));
        notice::change(office, nora, long).await.unwrap();
        let waiting = waits(sends(house, nora, id, "Long.", SendWhen::Undoable).await);
        assert_eq!(waiting.due, office.now().plus(30_000));
    })
    .await;
}

#[tokio::test]
async fn a_repetition_that_comes_after_the_undo_sends_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, id) = (&cast.nora, cast.guido(office, 1).await.thread);
        let mine = form(house, "Oops.", None);
        let when = Some(SendWhen::Undoable);
        let waiting = waits(message::send(office, nora, id, &mine, when, &[]).await);
        takes_back(house, nora, id, waiting.id).await;
        for when in [when, None] {
            let late = message::send(office, nora, id, &mine, when, &[]).await;
            assert_eq!(refused(late), Fault::KeyReused);
        }
        assert!(said(&opens(house, nora, id).await).is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_stands_before_what_was_begun_since() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, id) = (&cast.nora, cast.guido(office, 1).await.thread);
        let waiting = waits(sends(house, nora, id, "First.", SendWhen::Undoable).await);
        let kept = DraftKept {
            thread: id,
            kind: DraftKind::Reply,
            text: "Fi".into(),
            began: 1,
            tab: 7,
        };
        draft::keep(office, nora, kept).await.unwrap();
        takes_back(house, nora, id, waiting.id).await;
        let open = opens(house, nora, id).await;
        assert_eq!(draft_of(&open), Some("First.\n\nFi"));

        // One that is posted later forgets no text that was begun since, however it begins.
        let at = SendWhen::At(office.now().plus(HOUR_MS));
        waits(sends(house, nora, id, "First. And more.", at).await);
        let kept = DraftKept {
            thread: id,
            kind: DraftKind::Reply,
            text: "First.".into(),
            began: 1,
            tab: 7,
        };
        draft::keep(office, nora, kept).await.unwrap();
        house.forward(HOUR_MS);
        assert_eq!(due(house).await, 1);
        assert_eq!(draft_of(&opens(house, nora, id).await), Some("First."));
    })
    .await;
}

#[tokio::test]
async fn what_somebody_overtook_is_not_sent_and_stays_its_authors() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for (n, who) in ["Guido", "Lena"].into_iter().enumerate() {
            let guido = cast.guido(office, u32::try_from(n).unwrap()).await;
            let (nora, id) = (&cast.nora, guido.thread);
            let at = SendWhen::At(office.now().plus(HOUR_MS));
            let waiting = waits(sends(house, nora, id, "As planned.", at).await);
            notes(house, &cast.lena, id, "A note stops nothing.").await;
            if who == "Guido" {
                writes(house, &guido, "It is solved.").await;
            } else {
                answers(house, &cast.lena, id, "I do it.").await;
            }
            let before = said(&opens(house, nora, id).await);
            house.forward(HOUR_MS);
            assert_eq!(due(house).await, 1);
            assert_eq!(due(house).await, 0);
            let open = opens(house, nora, id).await;
            assert_eq!(said(&open), before, "{who}");
            assert_eq!(only(house, nora, id).await.stopped.as_deref(), Some(who));
            assert_eq!(only(house, nora, id).await.body, "As planned.");
            let own = waiting::own_list(office, nora).await.unwrap();
            assert_eq!(
                own.first().and_then(|one| one.stopped.as_deref()),
                Some(who)
            );
            let lenas = waiting::list(office, &cast.lena, id).await.unwrap();
            assert!(lenas.is_empty(), "and nobody else's");

            // An act that its author has not seen stops the second try as well.
            let reply = waiting.id;
            let send = |seen| ThreadAct::Send {
                reply,
                until: None,
                seen,
            };
            if who == "Lena" {
                let told = acts(house, nora, id, send(1)).await;
                assert!(matches!(
                    told,
                    Outcome::Refused {
                        fault: Fault::Overtaken(_)
                    }
                ));
            }
            assert_eq!(
                acts(house, nora, id, send(open.change)).await,
                Outcome::Nothing
            );
            let open = opens(house, nora, id).await;
            assert_eq!(said(&open).last().map(String::as_str), Some("As planned."));
            assert!(open.head.waiting.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn within_the_seconds_of_undo_the_team_alone_stops_a_reply() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (nora, id) = (&cast.nora, guido.thread);
        waits(sends(house, nora, id, "One.", SendWhen::Undoable).await);
        writes(house, &guido, "By the way").await;
        house.forward(UNDO_MS);
        due(house).await;
        assert_eq!(said(&opens(house, nora, id).await).last().unwrap(), "One.");
        waits(sends(house, nora, id, "Two.", SendWhen::Undoable).await);
        answers(house, &cast.lena, id, "Mine.").await;
        house.forward(UNDO_MS);
        due(house).await;
        let open = opens(house, nora, id).await;
        assert_eq!(said(&open).last().unwrap(), "Mine.");
        assert_eq!(only(house, nora, id).await.stopped.as_deref(), Some("Lena"));
        takes_back(house, nora, id, only(house, nora, id).await.id).await;

        // What the customer has just written is not closed away.
        let closing = ReplyForm {
            close: true,
            ..form(house, "Done.", Some(opens(house, nora, id).await.change))
        };
        let when = Some(SendWhen::Undoable);
        waits(message::send(office, nora, id, &closing, when, &[]).await);
        let open = opens(house, nora, id).await;
        assert_ne!(open.head.public.status, Status::Closed, "not yet");
        writes(house, &guido, "Not done!").await;
        house.forward(UNDO_MS);
        due(house).await;
        let open = opens(house, nora, id).await;
        assert_eq!(
            only(house, nora, id).await.stopped.as_deref(),
            Some("Guido")
        );
        assert_eq!(open.head.public.status, Status::Pending);
        let reply = only(house, nora, id).await.id;
        let seen = open.change;
        let send = ThreadAct::Send {
            reply,
            until: None,
            seen,
        };
        acts(house, nora, id, send).await;
        let open = opens(house, nora, id).await;
        assert_eq!(open.head.public.status, Status::Closed);
    })
    .await;
}

#[tokio::test]
async fn rights_are_asked_anew_when_it_is_time() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, olivia) = (&cast.nora, &cast.olivia);
        let at = SendWhen::At(office.now().plus(HOUR_MS));
        let mut threads = Vec::new();
        for (n, author) in [&cast.nils, nora].into_iter().enumerate() {
            let id = cast.guido(office, u32::try_from(n).unwrap()).await.thread;
            waits(sends(house, author, id, "Planned.", at).await);
            threads.push(id);
        }
        let [trashed, left] = threads.as_slice() else {
            unreachable!()
        };
        thread::trash(office, olivia, *trashed).await.unwrap();
        person::deactivate(office, olivia, nora.person, Held::Stays)
            .await
            .unwrap();
        house.forward(HOUR_MS);
        assert_eq!(due(house).await, 2);
        for id in [trashed, left] {
            let open = opens(house, olivia, *id).await;
            assert!(said(&open).is_empty());
            assert_eq!(open.head.waiting.len(), 1);
            let others = waiting::list(office, olivia, *id).await.unwrap();
            assert!(others.is_empty(), "it is its author's alone");
        }
        let kept =
            "SELECT body FROM waiting_replies WHERE state = 'stopped' AND stopped_by IS NULL";
        assert_eq!(house.words(kept).await, ["Planned.", "Planned."], "kept");
        thread::restore(office, olivia, *trashed).await.unwrap();
        assert_eq!(due(house).await, 0, "what was stopped stays so");
        let nils = only(house, &cast.nils, *trashed).await;
        assert_eq!(nils.stopped.as_deref(), Some(""));
        // And it goes with its thread.
        thread::trash(office, olivia, *trashed).await.unwrap();
        house.forward(400 * DAY_MS);
        assert_eq!(thread::purge_due(office).await.unwrap(), 1);
        let left = house.number("SELECT COUNT(*) FROM waiting_replies").await;
        assert_eq!(left, 1);
    })
    .await;
}

#[tokio::test]
async fn files_wait_with_their_reply() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, id) = (&cast.nora, cast.guido(office, 1).await.thread);
        let mut files = Vec::new();
        for name in ["b.txt", "a.txt"] {
            files.push(uploads(house, &by(nora, id), name, b"A file.").await);
        }
        let ids: Vec<_> = files.iter().map(|file| file.id).collect();
        let mine = ReplyForm {
            attachments: ids.clone(),
            ..form(house, "", None)
        };
        let at = Some(SendWhen::At(office.now().plus(5 * DAY_MS)));
        let waiting = waits(message::send(office, nora, id, &mine, at, &[]).await);
        let again = ReplyForm {
            attachments: ids.clone(),
            ..form(house, "Again.", None)
        };
        assert!(
            matches!(
                refused(message::reply(office, nora, id, &again).await),
                Fault::Files(_)
            ),
            "they are no other message's"
        );
        house.forward(2 * DAY_MS);
        attachment::sweep(office).await.unwrap();
        assert_eq!(only(house, nora, id).await.attachments, files);
        takes_back(house, nora, id, waiting.id).await;
        attachment::sweep(office).await.unwrap();
        let at = Some(SendWhen::At(office.now().plus(2 * DAY_MS)));
        waits(message::send(office, nora, id, &again, at, &[]).await);
        house.forward(2 * DAY_MS);
        attachment::sweep(office).await.unwrap();
        assert_eq!(due(house).await, 1);
        let open = opens(house, nora, id).await;
        let StaffContent::Message { attachments, .. } = &open.entries.last().unwrap().content
        else {
            panic!("no message");
        };
        assert_eq!(*attachments, files, "in their order");
    })
    .await;
}

#[tokio::test]
async fn another_moment_can_be_chosen() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, id) = (&cast.nora, cast.guido(office, 1).await.thread);
        let at = SendWhen::At(office.now().plus(HOUR_MS));
        let reply = waits(sends(house, nora, id, "Then.", at).await).id;
        let later = office.now().plus(2 * HOUR_MS);
        let seen = opens(house, nora, id).await.change;
        let send = |until| ThreadAct::Send { reply, until, seen };
        acts(house, nora, id, send(Some(later))).await;
        house.forward(HOUR_MS);
        assert_eq!(due(house).await, 0);
        assert_eq!(only(house, nora, id).await.due, later);
        let bad = acts(house, nora, id, send(Some(Millis(1)))).await;
        let fault = Fault::field(Field::Until, Problem::Unknown);
        assert_eq!(bad, Outcome::Refused { fault });
        house.forward(HOUR_MS);
        assert_eq!(due(house).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_moment_and_the_undo_exactly_one_wins() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (nora, id) = (&cast.nora, guido.thread);
        let mut posted = 0;
        for n in 0..100 {
            let body = format!("Number {n}.");
            let mine = form(house, &body, None);
            let when = Some(SendWhen::Undoable);
            let reply = waits(message::send(office, nora, id, &mine, when, &[]).await).id;
            house.forward(UNDO_MS);
            let (keepers, taken) = tokio::join!(
                join_all([waiting::send_due(office), waiting::send_due(office)]),
                takes_back(house, nora, id, reply),
            );
            let sent: usize = keepers.into_iter().map(Result::unwrap).sum();
            let is_posted = said(&opens(house, nora, id).await).contains(&body);
            posted += usize::from(is_posted);
            match taken {
                Outcome::Nothing => assert_eq!((sent, is_posted), (0, false), "{n}"),
                Outcome::Refused {
                    fault: Fault::Moved(_),
                } => assert_eq!((sent, is_posted), (1, true), "{n}"),
                other => panic!("{n}: {other:?}"),
            }
        }
        let seen = guest::open(office, &guido).await.unwrap();
        let page = usize::try_from(ENTRIES_PAGE_MAX).unwrap();
        assert_eq!(
            seen.entries.len(),
            page.min(posted + 1),
            "as its guest sees"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_is_sent_many_times_at_once_waits_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, id) = (&cast.nora, cast.guido(office, 1).await.thread);
        let mine = form(house, "Once.", None);
        let when = Some(SendWhen::Undoable);
        let all = (0..20).map(|_| message::send(office, nora, id, &mine, when, &[]));
        let all: Vec<_> = join_all(all)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert!(all.iter().all(|sent| sent == all.first().unwrap()));
        house.forward(UNDO_MS);
        let keepers = (0..8).map(|_| waiting::send_due(office));
        let sent: usize = join_all(keepers)
            .await
            .into_iter()
            .map(Result::unwrap)
            .sum();
        assert_eq!(sent, 1);
        assert_eq!(said(&opens(house, nora, id).await), ["Once."]);
    })
    .await;
}

#[tokio::test]
async fn the_keeper_posts_what_is_due_by_itself() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, id) = (&cast.nora, cast.guido(office, 1).await.thread);
        waits(sends(house, nora, id, "After a restart.", SendWhen::Undoable).await);
        house.forward(UNDO_MS);
        let staff = office.start();
        for _ in 0..200 {
            if !said(&opens(house, nora, id).await).is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(said(&opens(house, nora, id).await), ["After a restart."]);
        office.stop(staff).await;
    })
    .await;
}
