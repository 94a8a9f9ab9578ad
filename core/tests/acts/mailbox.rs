//! Users in their own support threads: list, badge, reading, writing, and that notes leave no trace.

use pigeon_core::actor::Account;
use pigeon_core::hub::Line;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both, both_with};
use pigeon_core::{inbox, mailbox, message, note, thread, user};
use pigeon_wire::inbox::View;
use pigeon_wire::live::UserFrame;
use pigeon_wire::mailbox::{MailboxPage, MailboxView, QuestionForm, UserThread};
use pigeon_wire::message::{Content, Posted};
use pigeon_wire::thread::{Source, Status};
use pigeon_wire::{Fault, ThreadId};

use crate::numbers::Dice;
use crate::voice::{answers, form, note_form, notes, opens, refused};

fn question(house: &House, subject: &str, body: &str) -> QuestionForm {
    QuestionForm {
        subject: subject.to_owned(),
        body: body.to_owned(),
        key: house.office.fresh_key().into(),
    }
}

async fn asks(house: &House, who: &Account, body: &str) -> ThreadId {
    let form = question(house, "", body);
    user::start(&house.office, who, &form, Vec::new())
        .await
        .unwrap()
}

async fn writes(house: &House, who: &Account, id: ThreadId, body: &str) -> Posted {
    let seen = reads(house, who, id).await.change;
    let form = form(house, body, Some(seen));
    user::reply(&house.office, who, id, &form).await.unwrap()
}

async fn reads(house: &House, who: &Account, id: ThreadId) -> UserThread {
    user::open(&house.office, who, id).await.unwrap()
}

async fn has_read(house: &House, who: &Account, id: ThreadId) {
    let upto = reads(house, who, id).await.change;
    user::seen(&house.office, who, id, upto).await.unwrap();
}

async fn list(house: &House, who: &Account, view: MailboxView) -> MailboxPage {
    mailbox::page(&house.office, who, view, None).await.unwrap()
}

async fn badge(house: &House, who: &Account) -> i64 {
    let counts = mailbox::counts(&house.office, who).await.unwrap();
    assert_eq!(list(house, who, MailboxView::All).await.counts, counts);
    counts.unread
}

/// Unread messages and whether they count, as the list of `who` shows the thread.
async fn unread(house: &House, who: &Account, id: ThreadId) -> i64 {
    let rows = list(house, who, MailboxView::All).await.rows;
    rows.into_iter().find(|row| row.id == id).unwrap().unread
}

fn heard(line: &mut Line) -> Vec<UserFrame> {
    std::iter::from_fn(|| line.waiting())
        .map(|bytes| serde_json::from_slice(&bytes).unwrap())
        .collect()
}

#[tokio::test]
async fn a_question_is_asked_once_and_is_the_teams_work() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let asked = question(house, "Kettle", "It leaks.");
        let id = user::start(office, &cast.uwe, &asked, Vec::new())
            .await
            .unwrap();
        let again = user::start(office, &cast.uwe, &asked, Vec::new()).await;
        assert_eq!(again.unwrap(), id);
        let other = QuestionForm {
            body: "It sings.".to_owned(),
            ..asked.clone()
        };
        let second = user::start(office, &cast.uwe, &other, Vec::new()).await;
        assert_ne!(second.unwrap(), id, "other content is another question");
        let of_another = user::start(office, &cast.nora, &asked, Vec::new()).await;
        assert_ne!(of_another.unwrap(), id, "a key is its author's own");

        let row = inbox::page(office, &cast.nils, View::Pending, None)
            .await
            .unwrap();
        let row = row.rows.into_iter().find(|row| row.row.id == id).unwrap();
        assert_eq!((row.row.source, row.row.guest), (Source::User, false));
        assert_eq!((row.row.customer.as_str(), row.row.verified), ("Uwe", true));
        let own = list(house, &cast.uwe, MailboxView::All).await;
        assert_eq!(own.rows.len(), 2);
        assert!(own.rows.iter().all(|row| row.unread == 0));
        let opened = reads(house, &cast.uwe, id).await;
        assert_eq!(opened.head.status, Status::Pending);
        assert_eq!(opened.entries[0].by, Some(cast.uwe.person));
        house.forward(120_000);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        assert!(letters.iter().all(|l| l.to.1.as_str() != "uwe@example.com"));
        assert!(
            letters
                .iter()
                .any(|letter| letter.text.contains("It leaks."))
        );
    })
    .await;
}

#[tokio::test]
async fn two_that_ask_at_the_same_moment_are_one() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let asked = question(house, "Kettle", "It leaks.");
        let all = (0..6).map(|_| user::start(office, &cast.uwe, &asked, Vec::new()));
        let all = futures::future::join_all(all).await;
        let first = *all[0].as_ref().unwrap();
        for one in all {
            assert_eq!(one.unwrap(), first);
        }
        assert_eq!(house.number("SELECT COUNT(*) FROM messages").await, 1);
        assert_eq!(house.number("SELECT COUNT(*) FROM mailbox").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_unread_mailed_and_read() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = asks(house, &cast.uwe, "It leaks.").await;
        let mut line = office.hub().attach_mine(&cast.uwe);
        let mut others = office.hub().attach_mine(&cast.nora);
        answers(house, &cast.nora, id, "At the spout?").await;
        answers(house, &cast.nora, id, "Or the lid?").await;
        house.told().await;
        let frames = heard(&mut line);
        let texts = frames.iter().filter_map(|frame| match frame {
            UserFrame::Change(change) => Some(&change.entries),
            _ => None,
        });
        let texts: Vec<_> = texts.flatten().map(|entry| entry.by).collect();
        assert_eq!(texts, [None, None], "the team is known by name alone");
        let counts = frames.iter().filter_map(|frame| match frame {
            UserFrame::Counts(counts) => Some(counts.unread),
            _ => None,
        });
        assert_eq!(counts.collect::<Vec<_>>(), [1], "one thread, told once");
        assert!(heard(&mut others).is_empty());
        assert_eq!(
            (
                unread(house, &cast.uwe, id).await,
                badge(house, &cast.uwe).await
            ),
            (2, 1)
        );
        assert_eq!(
            list(house, &cast.uwe, MailboxView::Unread).await.rows.len(),
            1
        );

        house.forward(120_000);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let letter = letters
            .iter()
            .find(|l| l.to.1.as_str() == "uwe@example.com");
        let text = &letter.expect("a mail").text;
        assert!(
            text.contains(&format!("/threads/{id}")) && text.contains("Or the lid?"),
            "{text}"
        );

        has_read(house, &cast.uwe, id).await;
        assert_eq!(
            (
                unread(house, &cast.uwe, id).await,
                badge(house, &cast.uwe).await
            ),
            (0, 0)
        );
        assert!(
            list(house, &cast.uwe, MailboxView::Unread)
                .await
                .rows
                .is_empty()
        );
        let receipts = opens(house, &cast.nora, id).await.receipts;
        assert!(receipts.iter().any(|one| one.who.id == cast.uwe.person));

        answers(house, &cast.nora, id, "Well?").await;
        writes(house, &cast.uwe, id, "The lid.").await;
        assert_eq!(badge(house, &cast.uwe).await, 0, "who answers has read");
        assert_eq!(
            reads(house, &cast.uwe, id).await.head.status,
            Status::Pending
        );
        let blind = form(house, "And more.", Some(1));
        answers(house, &cast.nora, id, "Ah.").await;
        user::reply(office, &cast.uwe, id, &blind).await.unwrap();
        assert_eq!(
            badge(house, &cast.uwe).await,
            1,
            "what was not seen stays unread"
        );
    })
    .await;
}

#[tokio::test]
async fn a_note_leaves_no_trace_for_the_user_whatever_their_role() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for who in [&cast.uwe, &cast.nora, &cast.olivia] {
            let id = asks(house, who, "My own.").await;
            answers(house, &cast.nils, id, "Ours.").await;
            let mut line = office.hub().attach_mine(who);
            let before = (
                reads(house, who, id).await,
                list(house, who, MailboxView::All).await,
            );
            let rows = house.number("SELECT COUNT(*) FROM mailbox").await;
            notes(house, &cast.nils, id, "Between us.").await;
            house.told().await;
            assert!(heard(&mut line).is_empty());
            let after = (
                reads(house, who, id).await,
                list(house, who, MailboxView::All).await,
            );
            assert_eq!(before, after);
            assert_eq!(rows, house.number("SELECT COUNT(*) FROM mailbox").await);
            assert_eq!(
                refused(thread::open(office, who, id).await),
                if who == &cast.uwe {
                    Fault::Forbidden(pigeon_wire::permission::Permission::AccessInbox)
                } else {
                    Fault::NotFound
                }
            );
            let noted = note::add(office, who, id, &note_form(house, "I")).await;
            noted.expect_err("no note on the own thread");
            let changes = user::changed_after(office, who, id, 0).await.unwrap();
            assert_eq!(changes[0].entries.len(), 2);
            assert_eq!(changes[0].now, after.0.change);
            let text = serde_json::to_string(&(after, changes)).unwrap();
            assert!(!text.contains("Between us"), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_closed_thread_counts_only_for_what_came_after() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = asks(house, &cast.uwe, "It leaks.").await;
        answers(house, &cast.nora, id, "Here.").await;
        assert_eq!(badge(house, &cast.uwe).await, 1);
        thread::set_status(office, &cast.nora, id, None, Status::Closed)
            .await
            .unwrap();
        assert_eq!(
            (
                unread(house, &cast.uwe, id).await,
                badge(house, &cast.uwe).await
            ),
            (1, 0)
        );
        assert_eq!(
            list(house, &cast.uwe, MailboxView::Closed).await.rows.len(),
            1
        );
        answers(house, &cast.nora, id, "One thing more.").await;
        assert_eq!(
            (
                unread(house, &cast.uwe, id).await,
                badge(house, &cast.uwe).await
            ),
            (2, 1)
        );
        assert_eq!(
            reads(house, &cast.uwe, id).await.head.status,
            Status::Closed
        );
        has_read(house, &cast.uwe, id).await;
        assert_eq!(badge(house, &cast.uwe).await, 0);
        writes(house, &cast.uwe, id, "Thanks.").await;
        let open = reads(house, &cast.uwe, id).await;
        assert_eq!(open.head.status, Status::Pending);
        let last = open.entries.last().unwrap();
        assert!(matches!(last.entry.content, Content::Event { .. }));
        assert!(
            list(house, &cast.uwe, MailboxView::Closed)
                .await
                .rows
                .is_empty()
        );

        answers(house, &cast.nora, id, "Good.").await;
        user::mute(office, &cast.uwe, id, true).await.unwrap();
        assert_eq!(
            (
                unread(house, &cast.uwe, id).await,
                badge(house, &cast.uwe).await
            ),
            (1, 0)
        );
        house.forward(120_000);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        assert!(!letters.iter().any(|l| l.text.contains("Good.")), "muted");
        user::mute(office, &cast.uwe, id, false).await.unwrap();
        assert_eq!(badge(house, &cast.uwe).await, 1);
        has_read(house, &cast.uwe, id).await;
        let receipts = opens(house, &cast.nora, id).await.receipts;
        user::mark_unread(office, &cast.uwe, id).await.unwrap();
        assert_eq!(
            (
                unread(house, &cast.uwe, id).await,
                badge(house, &cast.uwe).await
            ),
            (1, 1)
        );
        assert_eq!(
            opens(house, &cast.nora, id).await.receipts,
            receipts,
            "read is read"
        );
        has_read(house, &cast.uwe, id).await;
        assert_eq!(badge(house, &cast.uwe).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_theirs_is_not_found() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = asks(house, &cast.uwe, "It leaks.").await;
        let guests = cast.guido(office, 1).await.thread;
        for who in [&cast.nora, &cast.olivia] {
            for id in [id, guests] {
                let reply = form(house, "Me too.", None);
                assert_eq!(refused(user::open(office, who, id).await), Fault::NotFound);
                assert_eq!(
                    refused(user::reply(office, who, id, &reply).await),
                    Fault::NotFound
                );
                assert_eq!(
                    refused(user::seen(office, who, id, 1).await),
                    Fault::NotFound
                );
                assert_eq!(
                    refused(user::mute(office, who, id, true).await),
                    Fault::NotFound
                );
                assert_eq!(
                    refused(user::mark_unread(office, who, id).await),
                    Fault::NotFound
                );
                assert_eq!(
                    refused(user::before(office, who, id, 9).await),
                    Fault::NotFound
                );
            }
            assert!(list(house, who, MailboxView::All).await.rows.is_empty());
        }
        answers(house, &cast.nora, id, "Here.").await;
        thread::trash(office, &cast.nora, id).await.unwrap();
        assert_eq!(
            refused(user::open(office, &cast.uwe, id).await),
            Fault::NotFound
        );
        assert!(
            list(house, &cast.uwe, MailboxView::All)
                .await
                .rows
                .is_empty()
        );
        assert_eq!(badge(house, &cast.uwe).await, 0);
        thread::restore(office, &cast.nora, id).await.unwrap();
        assert_eq!(
            (
                unread(house, &cast.uwe, id).await,
                badge(house, &cast.uwe).await
            ),
            (1, 1)
        );
        house.deactivate(cast.uwe.person).await;
        assert_eq!(
            refused(user::open(office, &cast.uwe, id).await),
            Fault::NotSignedIn
        );
    })
    .await;
}

/// What the badge means, by looking at every row and message.
async fn recount(house: &House, who: &Account) -> i64 {
    let id = house.id(who.person.0);
    house
        .number(&format!(
            "SELECT COUNT(*) FROM threads t WHERE t.customer_id = {id} AND t.trashed_at IS NULL \
             AND EXISTS (SELECT 1 FROM messages m WHERE m.thread_id = t.id AND m.kind = 'message' \
             AND m.author_id <> {id} AND m.public_place > COALESCE((SELECT r.upto FROM reads r \
             WHERE r.thread_id = t.id AND r.person_id = {id}), 0)) \
             AND EXISTS (SELECT 1 FROM participants x WHERE x.thread_id = t.id \
             AND x.person_id = {id} AND x.wants_mail) \
             AND (t.status <> 'closed' OR EXISTS (SELECT 1 FROM messages m WHERE m.thread_id = t.id \
             AND m.kind = 'message' AND m.author_id <> {id} AND m.staff_place > \
             (SELECT MAX(e.staff_place) FROM messages e WHERE e.thread_id = t.id \
             AND e.event LIKE '%\"closed\"%')))"
        ))
        .await
}

#[tokio::test]
async fn the_badge_is_exact_after_every_act() {
    let generous = Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    };
    both_with(generous, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let people = [&cast.uwe, &cast.nils];
        let mut threads = Vec::new();
        for who in people {
            threads.push((who, asks(house, who, "First.").await));
        }
        let mut dice = Dice(41);
        for _ in 0..80 {
            house.forward(3000);
            let (who, id) = threads[usize::try_from(dice.roll(threads.len() as u64)).unwrap()];
            let trashed = thread::open(office, &cast.lena, id).await.unwrap();
            let trashed = trashed.head.trashed_at.is_some();
            match dice.roll(8) {
                0 if threads.len() < 8 => threads.push((who, asks(house, who, "More.").await)),
                1 if trashed => thread::restore(office, &cast.lena, id).await.unwrap(),
                _ if trashed => {}
                2 => thread::trash(office, &cast.lena, id).await.unwrap(),
                3 => has_read(house, who, id).await,
                4 => user::mute(office, who, id, dice.roll(2) == 0)
                    .await
                    .unwrap(),
                5 => {
                    let status = Status::ALL[usize::try_from(dice.roll(3)).unwrap()];
                    let set = thread::set_status(office, &cast.lena, id, None, status);
                    set.await.unwrap();
                }
                6 => {
                    writes(house, who, id, "And?").await;
                }
                _ => {
                    let mut reply = form(house, "So.", None);
                    reply.reopen = dice.roll(2) == 0;
                    message::reply(office, &cast.lena, id, &reply)
                        .await
                        .unwrap();
                }
            }
            for who in people {
                assert_eq!(badge(house, who).await, recount(house, who).await);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn pages_go_on_where_the_one_before_ended() {
    let generous = Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    };
    both_with(generous, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut asked = Vec::new();
        for n in 0..53 {
            // Some at the same moment.
            house.forward(if n % 3 == 0 { 1000 } else { 0 });
            asked.push(asks(house, &cast.uwe, "Again.").await);
        }
        let first = list(house, &cast.uwe, MailboxView::All).await;
        assert_eq!(first.rows.len(), 50);
        let rest = mailbox::page(office, &cast.uwe, MailboxView::All, first.next)
            .await
            .unwrap();
        assert_eq!((rest.rows.len(), rest.next), (3, None));
        let mut seen: Vec<_> = first
            .rows
            .iter()
            .chain(&rest.rows)
            .map(|row| row.id)
            .collect();
        let order: Vec<_> = first
            .rows
            .iter()
            .chain(&rest.rows)
            .map(|r| r.active_at)
            .collect();
        assert!(order.is_sorted_by(|a, b| a >= b));
        seen.sort_unstable();
        asked.sort_unstable();
        assert_eq!(seen, asked);
    })
    .await;
}
