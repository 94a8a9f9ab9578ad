//! Two threads of one customer become one, and part again: nothing is lost, shown twice, or shown to
//! somebody else.

use pigeon_core::actor::{Account, Guest};
use pigeon_core::guest::{self, Followed, Standing};
use pigeon_core::hub::{Line, Out};
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, House, both, both_with, recognised, signed_in};
use pigeon_core::thread::merge::{desk, merge, part};
use pigeon_core::{inbox, mailbox, message, note, search, thread, user};
use pigeon_wire::act::{Moved, Standing as Stands};
use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
use pigeon_wire::inbox::{InboxRow, View};
use pigeon_wire::live::{GuestFrame, StaffFrame, close};
use pigeon_wire::mailbox::MailboxView;
use pigeon_wire::merge::{MERGE_UNDO_MS, MergeRefusal, MergeStep};
use pigeon_wire::message::{Content, KnownBy, PublicEvent};
use pigeon_wire::note::{Delivery, StaffContent, StaffEvent};
use pigeon_wire::permission::Permission;
use pigeon_wire::search::{Order, Search};
use pigeon_wire::thread::{Side, StaffThread, Status};
use pigeon_wire::{Fault, Millis, ThreadId};

use crate::numbers::Dice;
use crate::outbox::to;
use crate::voice::{
    answers, door, events, form, led_to, note_form, notes, opens, refused, start, start_form,
    writes,
};

const GUIDO: &str = "guido@example.org";

/// A guest who has answered by the mailed link, and the link's secret.
async fn verified(house: &House, email: &str, body: &str, n: u32) -> (Guest, String) {
    let began = start(
        house,
        &start_form(house, email, body),
        &format!("198.51.100.{n}"),
    )
    .await;
    let (thread, _) = led_to(began);
    house.forward(MINUTE_MS);
    house.run_mails().await;
    let secret = house.token_to(email).expect("a link");
    let guest = recognised(&house.office, thread, &secret).await;
    writes(house, &guest, &format!("More on: {body}")).await;
    (guest, secret)
}

/// Everything that was said in a thread: by whom, what, when, and whether it is a note.
fn said(open: &StaffThread) -> Vec<(String, String, Millis, bool)> {
    let entries = open.entries.iter();
    entries
        .filter_map(|entry| {
            let (body, is_note) = match &entry.content {
                StaffContent::Message { body, .. } => (body, false),
                StaffContent::Note { body, .. } => (body, true),
                StaffContent::Event(_) => return None,
            };
            let author = entry.author.name.clone();
            Some((author, body.clone(), entry.at, is_note))
        })
        .collect()
}

fn bodies(open: &StaffThread) -> Vec<String> {
    said(open).into_iter().map(|(_, body, ..)| body).collect()
}

async fn row(house: &House, who: &Account, id: ThreadId) -> (InboxRow, i64) {
    let page = inbox::page(&house.office, who, View::All, None).await;
    let mut rows = page.unwrap().rows.into_iter();
    let mine = rows.find(|mine| mine.row.id == id).expect("a row");
    (mine.row, mine.read)
}

async fn done(house: &House, who: &Account, source: ThreadId, target: ThreadId) {
    let merged = merge(&house.office, who, source, target).await;
    assert_eq!(merged.unwrap(), Ok(()));
}

async fn parted(house: &House, who: &Account, source: ThreadId) {
    assert_eq!(part(&house.office, who, source).await.unwrap(), Ok(()));
}

async fn found(house: &House, who: &Account, typed: &str) -> usize {
    let query = Search {
        typed: typed.to_owned(),
        order: Order::Newest,
        after: None,
    };
    search::page(&house.office, who, query)
        .await
        .unwrap()
        .total
        .count
}

/// What is kept of everybody's threads, against what the threads say.
async fn counts_agree(house: &House) {
    let kept = "SELECT CAST(COALESCE(SUM(threads), 0) AS BIGINT) FROM thread_counts c \
                WHERE c.status = 'STATUS' AND c.customer_id = (SELECT MIN(customer_id) FROM thread_counts)";
    let made =
        "SELECT COUNT(*) FROM threads WHERE kind = 'support' AND NOT held AND status = 'STATUS'";
    let kept = match house.backend {
        pigeon_core::testing::Backend::Sqlite => kept.to_owned(),
        pigeon_core::testing::Backend::Postgres => {
            kept.replace("MIN(customer_id)", "MIN(customer_id::text)::uuid")
        }
    };
    for status in ["pending", "open", "closed"] {
        let (kept, made) = (
            kept.replace("STATUS", status),
            made.replace("STATUS", status),
        );
        assert_eq!(
            house.number(&kept).await,
            house.number(&made).await,
            "{status}"
        );
    }
}

/// The figures of all threads.
async fn figures(house: &House) -> Vec<String> {
    let times = "SELECT COALESCE(CAST(opened_at AS TEXT), '-') || ' ' || COALESCE(CAST(first_at AS TEXT), '-') \
                 || ' ' || COALESCE(CAST(closed_at AS TEXT), '-') FROM thread_times ORDER BY 1";
    let flow = "SELECT CAST(slot AS TEXT) || ' ' || CAST(opened AS TEXT) || ' ' || CAST(reopened AS TEXT) || ' ' \
                || CAST(closed AS TEXT) || ' ' || CAST(replies AS TEXT) FROM thread_flow \
                WHERE opened <> 0 OR reopened <> 0 OR closed <> 0 OR replies <> 0 ORDER BY 1";
    let staff = "SELECT CAST(slot AS TEXT) || ' ' || CAST(replies AS TEXT) || ' ' || CAST(closed AS TEXT) \
                 FROM staff_flow WHERE replies <> 0 OR closed <> 0 ORDER BY 1";
    let mut all = Vec::new();
    for text in [times, flow, staff] {
        all.extend(house.words(text).await);
        all.push("--".to_owned());
    }
    all
}

/// What is kept is what the entries come to: a thread that leaves the trash is counted anew.
async fn figures_agree(house: &House, who: &Account, threads: [ThreadId; 2]) {
    let kept = figures(house).await;
    for id in threads {
        thread::trash(&house.office, who, id).await.unwrap();
        thread::restore(&house.office, who, id).await.unwrap();
    }
    assert_eq!(figures(house).await, kept);
}

/// The guest reads both as one, by either link, and nothing of the note.
async fn reads_as_one(
    house: &House,
    nora: &Account,
    [a, b]: [&Guest; 2],
    secret: &str,
    messages: usize,
) {
    let office = &house.office;
    assert!(matches!(
        guest::follow(office, secret).await.unwrap(),
        Followed::Thread { thread, .. } if thread == b.thread
    ));
    let Standing::Elsewhere(led) = house.worth(a.thread, secret).await else {
        panic!("the link of the source leads on");
    };
    assert_eq!((led.thread, led.person), (b.thread, b.person));
    assert_eq!(
        house.worth(b.thread, secret).await,
        Standing::Good(led.clone())
    );
    assert_eq!(
        refused(guest::open(office, a).await),
        Fault::Expired,
        "the page loads anew"
    );
    for guest in [&led, b] {
        let open = guest::open(office, guest).await.unwrap();
        let text = serde_json::to_string(&open).unwrap();
        assert!(
            !text.contains("zebra") && text.contains("Since Monday."),
            "{text}"
        );
        let shown = open
            .entries
            .iter()
            .filter(|entry| matches!(entry.content, Content::Message { .. }));
        assert_eq!(shown.count(), messages);
    }
    let mailed = house.mailbox.letters();
    let mailed = mailed.iter().filter(|letter| letter.text.contains("/t/"));
    assert_eq!(
        opens(house, nora, b.thread).await.links.len(),
        mailed.count()
    );
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, there and back")]
async fn a_merge_moves_all_and_undoing_it_brings_all_back() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let nora = &cast.nora;
        let (a, secret) = verified(house, GUIDO, "The kettle leaks.", 1).await;
        answers(house, nora, a.thread, "Since when?").await;
        notes(house, &cast.nils, a.thread, "Third zebra this week.").await;
        writes(house, &a, "Since Monday.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let (b, _) = verified(house, "GUIDO@example.org", "My order is late.", 2).await;
        house.forward(HOUR_MS);
        answers(house, nora, b.thread, "It is on its way.").await;
        let before = [
            opens(house, nora, a.thread).await,
            opens(house, nora, b.thread).await,
        ];
        let rows = [
            row(house, nora, a.thread).await.0,
            row(house, nora, b.thread).await.0,
        ];
        assert_eq!(found(house, nora, "Monday").await, 1);

        done(house, nora, a.thread, b.thread).await;

        let all = [said(&before[1]), said(&before[0])].concat();
        let in_b = opens(house, nora, b.thread).await;
        assert_eq!(said(&in_b), all, "in the order of both, with their times");
        assert_eq!(
            in_b.head.public.status,
            Status::Pending,
            "Guido still waits"
        );
        assert_eq!(in_b.head.waiting_since, before[0].head.waiting_since);
        let came = StaffEvent::Merged {
            with: a.thread,
            how: MergeStep::In,
        };
        assert!(events(&in_b).contains(&came));
        let in_a = opens(house, nora, a.thread).await;
        assert_eq!(said(&in_a), []);
        assert_eq!(in_a.head.public.status, Status::Closed);
        assert_eq!(in_a.head.waiting_since, None);
        let left = StaffEvent::Merged {
            with: b.thread,
            how: MergeStep::Into,
        };
        let moved = StaffEvent::Public {
            what: PublicEvent::Moved,
        };
        assert_eq!(
            events(&in_a)
                .iter()
                .filter(|event| **event == moved)
                .count(),
            4
        );
        assert!(events(&in_a).contains(&StaffEvent::NoteMoved));
        assert_eq!(events(&in_a).last(), Some(&left));
        let (of_a, _) = row(house, nora, a.thread).await;
        assert_eq!((of_a.preview.as_str(), of_a.latest), ("", 0));
        assert_eq!(
            house
                .number("SELECT COUNT(*) FROM messages WHERE body = 'Since Monday.'")
                .await,
            1
        );
        assert_eq!(found(house, nora, "Monday").await, 1);
        assert_eq!(found(house, nora, "zebra").await, 1);
        counts_agree(house).await;
        reads_as_one(house, nora, [&a, &b], &secret, all.len() - 1).await;
        figures_agree(house, nora, [a.thread, b.thread]).await;

        parted(house, nora, a.thread).await;

        for (open, rows, id) in [
            (&before[0], &rows[0], a.thread),
            (&before[1], &rows[1], b.thread),
        ] {
            let now = opens(house, nora, id).await;
            assert_eq!(said(&now), said(open));
            assert_eq!(now.head, open.head, "nothing of it is left");
            let (row, _) = row(house, nora, id).await;
            assert_eq!(
                (
                    &row.preview,
                    row.active_at,
                    row.latest,
                    row.has_file,
                    row.status
                ),
                (
                    &rows.preview,
                    rows.active_at,
                    rows.latest,
                    rows.has_file,
                    rows.status
                ),
            );
        }
        let texts = guest::open(office, &a).await.unwrap();
        assert_eq!(
            texts
                .entries
                .iter()
                .filter(|entry| matches!(entry.content, Content::Message { .. }))
                .count(),
            4
        );
        assert!(
            matches!(house.worth(b.thread, &secret).await, Standing::Elsewhere(guest) if guest == a)
        );
        assert_eq!(found(house, nora, "Monday").await, 1);
        counts_agree(house).await;
        figures_agree(house, nora, [a.thread, b.thread]).await;
        let acts = house
            .words("SELECT act FROM audit WHERE act LIKE 'merge%' ORDER BY act")
            .await;
        assert_eq!(acts, ["merge_undone", "merged"]);
        // And once more.
        done(house, nora, a.thread, b.thread).await;
        assert_eq!(bodies(&opens(house, nora, b.thread).await).len(), all.len());
        parted(house, nora, a.thread).await;
        assert_eq!(
            bodies(&opens(house, nora, a.thread).await),
            bodies(&before[0])
        );
    })
    .await;
}

#[tokio::test]
async fn only_two_threads_of_one_customer_who_is_known_go_together() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let nora = &cast.nora;
        let (a, _) = verified(house, GUIDO, "One.", 1).await;
        let (b, _) = verified(house, GUIDO, "Two.", 2).await;
        let (gerda, _) = verified(house, "gerda@example.org", "Mine.", 3).await;
        let typed = start(
            house,
            &start_form(house, GUIDO, "Not proven."),
            "198.51.100.9",
        )
        .await;
        let (typed, _) = led_to(typed);
        let uwes = house.question_of(&cast.uwe, "With an account.").await;
        let own = house.question_of(nora, "My own.").await;
        let direct_or_missing = ThreadId(uuid::Uuid::from_u128(5));
        let why = async |source, target| merge(office, nora, source, target).await.unwrap();
        let cases = [
            (a.thread, a.thread, MergeRefusal::Same),
            (a.thread, gerda.thread, MergeRefusal::OtherCustomer),
            (a.thread, uwes, MergeRefusal::OtherCustomer),
            (uwes, a.thread, MergeRefusal::OtherCustomer),
            (a.thread, typed, MergeRefusal::Unverified),
            (typed, a.thread, MergeRefusal::Unverified),
        ];
        for (source, target, expected) in cases {
            assert_eq!(why(source, target).await, Err(expected));
        }
        for (source, target) in [
            (a.thread, own),
            (own, a.thread),
            (a.thread, direct_or_missing),
        ] {
            assert_eq!(
                refused(merge(office, nora, source, target).await),
                Fault::NotFound
            );
        }
        let viewer = merge(office, &cast.sam, a.thread, b.thread).await;
        assert_eq!(refused(viewer), Fault::Forbidden(Permission::ManageThreads));
        assert_eq!(
            refused(desk(office, &cast.sam, a.thread).await),
            Fault::Forbidden(Permission::ManageThreads)
        );
        assert_eq!(
            refused(merge(office, &cast.uwe, a.thread, b.thread).await),
            Fault::Forbidden(Permission::AccessInbox)
        );
        thread::trash(office, nora, b.thread).await.unwrap();
        assert_eq!(why(a.thread, b.thread).await, Err(MergeRefusal::Trashed));
        thread::restore(office, nora, b.thread).await.unwrap();
        assert_eq!(
            part(office, nora, a.thread).await.unwrap(),
            Err(MergeRefusal::NotMerged)
        );
        let offered = desk(office, nora, a.thread).await.unwrap();
        let choices: Vec<ThreadId> = offered.choices.iter().map(|choice| choice.id).collect();
        assert_eq!(choices, [typed, b.thread], "the newest first");
        assert_eq!(offered.choices[1].messages, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_merged_is_parted_from_where_it_is_and_in_time() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let nora = &cast.nora;
        let (a, _) = verified(house, GUIDO, "One.", 1).await;
        let (b, _) = verified(house, GUIDO, "Two.", 2).await;
        let why = async |source, target| merge(office, nora, source, target).await.unwrap();
        done(house, nora, a.thread, b.thread).await;
        assert_eq!(
            why(a.thread, b.thread).await,
            Err(MergeRefusal::Merged),
            "once is enough"
        );
        assert_eq!(
            why(b.thread, a.thread).await,
            Err(MergeRefusal::TargetMerged)
        );
        house.forward(2 * HOUR_MS);
        let (c, _) = verified(house, GUIDO, "Three.", 4).await;
        done(house, nora, b.thread, c.thread).await;
        assert_eq!(
            bodies(&opens(house, nora, c.thread).await).len(),
            6,
            "with what had come into it"
        );
        assert_eq!(
            part(office, nora, a.thread).await.unwrap(),
            Err(MergeRefusal::TargetMerged)
        );
        assert_eq!(
            refused(part(office, &cast.sam, b.thread).await),
            Fault::Forbidden(Permission::ManageThreads)
        );
        let merged = desk(office, nora, b.thread).await.unwrap();
        assert!(merged.choices.is_empty());
        assert_eq!(
            merged.merged.map(|merged| (merged.into.id, merged.stays)),
            Some((c.thread, None))
        );
        thread::trash(office, nora, c.thread).await.unwrap();
        assert_eq!(
            part(office, nora, b.thread).await.unwrap(),
            Err(MergeRefusal::Trashed)
        );
        thread::restore(office, nora, c.thread).await.unwrap();
        house.forward(MERGE_UNDO_MS + 1);
        let nora = &signed_in(office, nora.person).await;
        assert_eq!(
            part(office, nora, b.thread).await.unwrap(),
            Err(MergeRefusal::TooLate)
        );
    })
    .await;
}

#[tokio::test]
async fn a_key_holds_whichever_thread_it_is_sent_to() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let nora = &cast.nora;
        let (a, _) = verified(house, GUIDO, "One.", 1).await;
        let (b, _) = verified(house, GUIDO, "Two.", 2).await;
        let early = form(house, "Sent before.", None);
        guest::reply(office, &a, &early, &door(1)).await.unwrap();
        let reply = form(house, "Ours, before.", None);
        message::reply(office, nora, a.thread, &reply)
            .await
            .unwrap();
        let noted = note_form(house, "Noted before.");
        note::add(office, nora, a.thread, &noted).await.unwrap();
        done(house, nora, a.thread, b.thread).await;
        let count = bodies(&opens(house, nora, b.thread).await).len();

        guest::reply(office, &a, &early, &door(1)).await.unwrap();
        message::reply(office, nora, a.thread, &reply)
            .await
            .unwrap();
        note::add(office, nora, a.thread, &noted).await.unwrap();
        assert_eq!(
            bodies(&opens(house, nora, b.thread).await).len(),
            count,
            "no second time"
        );

        // What was typed on the page of the source is said where it goes on, and once.
        let late = form(house, "Typed on the old page.", None);
        let posted = guest::reply(office, &a, &late, &door(1)).await.unwrap();
        let again = guest::reply(office, &a, &late, &door(1)).await.unwrap();
        let by_target = guest::reply(office, &b, &late, &door(1)).await.unwrap();
        assert_eq!((posted.id, posted.id), (again.id, by_target.id));
        let open = opens(house, nora, b.thread).await;
        assert_eq!(bodies(&open).len(), count + 1);
        assert_eq!(
            bodies(&open).last().map(String::as_str),
            Some("Typed on the old page.")
        );

        // The team is told where to write.
        let by = Some("Nora".to_owned());
        let now = Stands::Merged(b.thread);
        let moved = Fault::Moved(Moved { by, now });
        let before = opens(house, nora, a.thread).await.change;
        let refusals = [
            message::reply(office, nora, a.thread, &form(house, "New.", None))
                .await
                .map(drop),
            note::add(office, nora, a.thread, &note_form(house, "New."))
                .await
                .map(drop),
            thread::set_status(office, nora, a.thread, None, Status::Open).await,
            thread::assign(office, nora, a.thread, None, Some(nora.person)).await,
            thread::revoke_links(office, nora, a.thread).await,
        ];
        for refusal in refusals {
            assert_eq!(refused(refusal), moved);
        }
        assert_eq!(opens(house, nora, a.thread).await.change, before);

        parted(house, nora, a.thread).await;
        let open = opens(house, nora, b.thread).await;
        assert_eq!(
            bodies(&open).last().map(String::as_str),
            Some("Typed on the old page."),
            "it stays"
        );
        let count = bodies(&opens(house, nora, a.thread).await).len();
        guest::reply(office, &a, &early, &door(1)).await.unwrap();
        message::reply(office, nora, a.thread, &reply)
            .await
            .unwrap();
        assert_eq!(bodies(&opens(house, nora, a.thread).await).len(), count);
    })
    .await;
}

#[tokio::test]
async fn mails_that_wait_are_sent_once_about_what_is_there_and_nobody_else_is_mailed() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let nora = &cast.nora;
        let (a, _) = verified(house, GUIDO, "One.", 1).await;
        let (b, _) = verified(house, GUIDO, "Two.", 2).await;
        notes(house, &cast.nils, a.thread, "I watch this.").await;
        answers(house, nora, a.thread, "An early answer.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let sent = house.mailbox.letters().len();
        answers(house, nora, a.thread, "The answer in the first.").await;
        let read = answers(house, nora, a.thread, "Read already.").await;
        assert!(read.place > 0);
        done(house, nora, a.thread, b.thread).await;
        let entry = |open: &StaffThread, text: &str| {
            let mut entries = open.entries.iter();
            entries.find_map(|entry| match &entry.content {
                StaffContent::Message { body, delivery, .. } if body == text => Some(*delivery),
                _ => None,
            })
        };
        let open = opens(house, nora, b.thread).await;
        assert_eq!(
            entry(&open, "The answer in the first."),
            Some(Some(Delivery::Queued))
        );
        house.forward(HOUR_MS);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let guidos = to(house, GUIDO);
        let last = guidos.last().unwrap();
        assert!(
            last.text.contains("The answer in the first.") && last.text.contains("Read already.")
        );
        let about: Vec<_> = letters[sent..]
            .iter()
            .map(|letter| letter.to.1.as_str())
            .collect();
        assert_eq!(about.iter().filter(|to| **to == GUIDO).count(), 1);
        assert_eq!(
            about.iter().filter(|to| **to == "nils@example.com").count(),
            1,
            "{about:?}"
        );
        let open = opens(house, nora, b.thread).await;
        assert_eq!(
            entry(&open, "The answer in the first."),
            Some(Some(Delivery::Sent))
        );
        let secret = house.token_to(GUIDO).unwrap();
        assert!(matches!(
            house.worth(b.thread, &secret).await,
            Standing::Good(_)
        ));
        // The key of an earlier mail ends those that come now.
        let stop = guidos.iter().find_map(|letter| letter.stop.clone());
        let stop = stop.expect("a mail about a message");
        let key = stop.rsplit('/').next().unwrap();
        pigeon_core::stop::set(office, key, false).await.unwrap();
        let sent = to(house, GUIDO).len();
        answers(house, nora, b.thread, "Not mailed.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), sent);
        pigeon_core::stop::set(office, key, true).await.unwrap();
        // Nils hears of the customer's next message, as he did before.
        writes(house, &b, "Thank you.").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert!(
            to(house, "nils@example.com")
                .last()
                .unwrap()
                .text
                .contains("Thank you.")
        );
        parted(house, nora, a.thread).await;
        let open = opens(house, nora, a.thread).await;
        assert_eq!(
            entry(&open, "The answer in the first."),
            Some(Some(Delivery::Sent))
        );
        assert!(
            opens(house, nora, b.thread)
                .await
                .head
                .participants
                .iter()
                .all(|one| one.person.id != cast.nils.person)
        );
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_is_on_its_way_is_told_where_its_message_is() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let (a, _) = verified(house, GUIDO, "One.", 1).await;
        let (b, _) = verified(house, GUIDO, "Two.", 2).await;
        answers(house, &cast.nora, a.thread, "On its way.").await;
        let until = house.office.now().plus(5 * MINUTE_MS).0;
        house
            .sql(&format!(
                "UPDATE outbox SET state = 'leased', leased_until = {until} WHERE state = 'queued'"
            ))
            .await;
        done(house, &cast.nora, a.thread, b.thread).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert!(
            to(house, GUIDO)
                .last()
                .unwrap()
                .text
                .contains("On its way.")
        );
        let queued = "SELECT COUNT(*) FROM messages WHERE delivery = 'queued'";
        assert_eq!(house.number(queued).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_has_read_is_not_new_to_them() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, nils, lena) = (&cast.nora, &cast.nils, &cast.lena);
        let (a, _) = verified(house, GUIDO, "One.", 1).await;
        let (b, _) = verified(house, GUIDO, "Two.", 2).await;
        answers(house, nora, a.thread, "Yes?").await;
        for (who, threads) in [(nora, vec![&a, &b]), (nils, vec![&b]), (lena, vec![&a])] {
            for guest in threads {
                let change = opens(house, who, guest.thread).await.change;
                thread::seen(office, who, guest.thread, change).await.unwrap();
            }
        }
        let seen_in_a = guest::open(office, &a).await.unwrap().seen;
        let change = guest::open(office, &a).await.unwrap().change;
        guest::seen(office, &a, change).await.unwrap();
        let change = guest::open(office, &b).await.unwrap().change;
        guest::seen(office, &b, change).await.unwrap();
        let at = office.now();
        house.forward(HOUR_MS);
        let badge = inbox::badge(office, nora).await.unwrap();
        done(house, nora, a.thread, b.thread).await;
        for (who, is_unread) in [(nora, false), (nils, true), (lena, true)] {
            let (of_b, read) = row(house, who, b.thread).await;
            assert_eq!(of_b.is_unread(read), is_unread);
            let (of_a, read) = row(house, who, a.thread).await;
            assert!(!of_a.is_unread(read));
        }
        assert_eq!(inbox::badge(office, nora).await.unwrap(), badge);
        let seen = guest::open(office, &b).await.unwrap();
        let last = seen.seen.last().unwrap();
        let is_theirs = |content: &Content| matches!(content, Content::Message { side, .. } if *side == Side::Customer);
        let mut theirs = seen.entries.iter().rev();
        let newest = theirs.find(|entry| is_theirs(&entry.content)).unwrap();
        assert_eq!(last.upto, newest.place);
        assert_eq!(Some(last.at), seen_in_a.last().map(|seen| seen.at));
        assert!(last.at <= at);
        // The guest had read the answer: nobody mails it.
        house.forward(HOUR_MS);
        let sent = to(house, GUIDO).len();
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), sent);
    })
    .await;
}

#[tokio::test]
async fn a_user_reads_both_as_one_and_finds_it_by_the_old_address() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (nora, uwe) = (&cast.nora, &cast.uwe);
        let a = house.question_of(uwe, "One.").await;
        let b = house.question_of(uwe, "Two.").await;
        answers(house, nora, a, "An answer.").await;
        notes(house, nora, a, "A zebra.").await;
        answers(house, nora, b, "Another answer.").await;
        let listed = async || {
            let page = mailbox::page(office, uwe, MailboxView::All, None)
                .await
                .unwrap();
            page.rows
                .iter()
                .map(|row| (row.id, row.unread))
                .collect::<Vec<_>>()
        };
        assert_eq!(mailbox::counts(office, uwe).await.unwrap().unread, 2);
        let mut line = office.hub().attach_user(uwe);
        done(house, nora, a, b).await;
        assert_eq!(listed().await, [(b, 2)]);
        assert_eq!(mailbox::counts(office, uwe).await.unwrap().unread, 1);
        assert_eq!(refused(user::open(office, uwe, a).await), Fault::NotFound);
        assert_eq!(user::goes_on(office, uwe, a).await.unwrap(), Some(b));
        assert_eq!(user::goes_on(office, uwe, b).await.unwrap(), None);
        assert_eq!(user::goes_on(office, nora, a).await.unwrap(), None);
        let open = user::open(office, uwe, b).await.unwrap();
        assert!(!serde_json::to_string(&open).unwrap().contains("zebra"));
        assert_eq!(open.entries.len(), 4);
        house.told().await;
        let mut heard = String::new();
        while let Some(frame) = line.waiting() {
            heard.push_str(std::str::from_utf8(&frame).unwrap());
        }
        assert!(
            !heard.contains("zebra") && !heard.contains("merged"),
            "{heard}"
        );
        let late = form(house, "Typed on the old page.", None);
        let posted = user::reply(office, uwe, a, &late).await.unwrap();
        assert_eq!(
            user::reply(office, uwe, a, &late).await.unwrap().id,
            posted.id
        );
        assert_eq!(
            refused(user::reply(office, &cast.sam, a, &form(house, "Not mine.", None)).await),
            Fault::NotFound
        );
        user::seen(office, uwe, b, i64::MAX).await.unwrap();
        assert_eq!(mailbox::counts(office, uwe).await.unwrap().unread, 0);
        parted(house, nora, a).await;
        let after = listed().await;
        assert!(
            after.contains(&(b, 0)) && after.contains(&(a, 1)),
            "{after:?}"
        );
        assert_eq!(mailbox::counts(office, uwe).await.unwrap().unread, 1);
        assert_eq!(
            user::open(office, uwe, a).await.unwrap().entries.len(),
            4,
            "with closing and opening"
        );
    })
    .await;
}

fn waiting<F: serde::de::DeserializeOwned>(line: &mut Line) -> Vec<F> {
    std::iter::from_fn(|| line.waiting())
        .filter_map(|bytes| serde_json::from_slice(&bytes).ok())
        .collect()
}

#[tokio::test]
async fn open_pages_are_told_and_browsers_that_proved_nothing_are_shut_out() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let nora = &cast.nora;
        let (a, secret) = verified(house, GUIDO, "One.", 1).await;
        let began = start(house, &start_form(house, GUIDO, "Two."), "198.51.100.2").await;
        let (id, browser) = led_to(began);
        let stranger = recognised(office, id, &browser).await;
        house.forward(MINUTE_MS);
        house.run_mails().await;
        let b = house.by_mail(&stranger).await;
        writes(house, &b, "It is me.").await;
        notes(house, nora, a.thread, "A zebra.").await;
        let mut of_a = office.hub().attach_guest(&a);
        let mut of_b = office.hub().attach_guest(&b);
        let mut of_stranger = office.hub().attach_guest(&stranger);
        let mut team = office.hub().attach_user(&cast.nils);
        for id in [a.thread, id] {
            let change = opens(house, &cast.nils, id).await.change;
            thread::follow(office, &cast.nils, &team, id, change)
                .await
                .unwrap();
        }
        done(house, nora, a.thread, id).await;
        house.told().await;
        assert_eq!(of_a.next().await, Out::Close(close::REVOKED));
        assert_eq!(of_stranger.next().await, Out::Close(close::REVOKED));
        assert_eq!(
            refused(guest::open(office, &stranger).await),
            Fault::Expired
        );
        let frames: Vec<GuestFrame> = waiting(&mut of_b);
        let [GuestFrame::Change(change)] = &frames[..] else {
            panic!("{frames:?}");
        };
        assert_eq!(change.entries.len(), 2, "no note");
        assert_eq!(change.now - change.prev, 2);
        assert!(!serde_json::to_string(&frames).unwrap().contains("zebra"));
        let told = waiting::<StaffFrame>(&mut team)
            .into_iter()
            .filter_map(|frame| match frame {
                StaffFrame::Change(change) => Some(change),
                _ => None,
            });
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), 2);
        for change in told {
            let open = opens(house, &cast.nils, change.thread).await;
            assert_eq!(change.now, open.change);
            assert_eq!(change.head, open.head);
        }
        // The guest of the source comes back by the same cookie, and hears where it goes on.
        let Standing::Elsewhere(led) = house.worth(a.thread, &secret).await else {
            panic!("led on");
        };
        let mut led_line = office.hub().attach_guest(&led);
        parted(house, nora, a.thread).await;
        house.told().await;
        assert_eq!(
            led_line.next().await,
            Out::Close(close::REVOKED),
            "theirs is elsewhere again"
        );
        assert_eq!(waiting::<GuestFrame>(&mut of_b).len(), 1);
        let open = guest::open(office, &b).await.unwrap();
        let moved = open.entries.iter().filter(|entry| {
            matches!(
                entry.content,
                Content::Event {
                    event: PublicEvent::Moved,
                    ..
                }
            )
        });
        assert_eq!(moved.count(), 2, "no number is a hole");
        assert!(!serde_json::to_string(&open).unwrap().contains("One."));
        let Content::Message { .. } = &guest::open(office, &a).await.unwrap().entries[0].content
        else {
            panic!("back as it was");
        };
        let back = opens(house, nora, a.thread).await;
        assert!(matches!(
            &back.entries[0].content,
            StaffContent::Message {
                known_by: KnownBy::Browser,
                ..
            }
        ));
    })
    .await;
}

#[tokio::test]
async fn revoking_ends_the_links_of_both() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (a, secret) = verified(house, GUIDO, "One.", 1).await;
        let (b, _) = verified(house, GUIDO, "Two.", 2).await;
        done(house, &cast.nora, a.thread, b.thread).await;
        thread::revoke_links(office, &cast.nora, b.thread)
            .await
            .unwrap();
        assert!(matches!(
            house.worth(a.thread, &secret).await,
            Standing::Expired { .. }
        ));
        assert!(guest::open(office, &b).await.is_err());
        thread::trash(office, &cast.nora, b.thread).await.unwrap();
        assert!(matches!(
            house.worth(a.thread, &secret).await,
            Standing::Expired { .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_merge_at_once_one_is_first() {
    let generous = Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    };
    both_with(generous, async |house| {
        let cast = Cast::in_office(&house.office).await;
        let mut pairs = Vec::new();
        for n in 0..4 {
            let one = house.question_of(&cast.uwe, &format!("One {n}.")).await;
            let other = house.question_of(&cast.uwe, &format!("Two {n}.")).await;
            pairs.push((one, other));
        }
        for (one, other) in pairs {
            let (office, nora, nils) = (&house.office, &cast.nora, &cast.nils);
            let (first, second) = tokio::join!(
                merge(office, nora, one, other),
                merge(office, nils, other, one)
            );
            let (first, second) = (first.unwrap(), second.unwrap());
            assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
            let (source, target) = if first.is_ok() {
                (one, other)
            } else {
                (other, one)
            };
            assert_eq!(bodies(&opens(house, nora, target).await).len(), 2);
            let (undone, again) =
                tokio::join!(part(office, nora, source), part(office, nils, source));
            assert!(undone.unwrap().is_ok() != again.unwrap().is_ok());
            assert_eq!(bodies(&opens(house, nora, source).await).len(), 1);
        }
        counts_agree(house).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_agrees_however_threads_are_merged_and_parted() {
    let generous = Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    };
    both_with(generous, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let team = [&cast.nora, &cast.nils];
        let mut threads = Vec::new();
        for n in 0..4 {
            threads.push(house.question_of(&cast.uwe, &format!("Question {n}.")).await);
        }
        let mut dice = Dice(75);
        let mut pick = |of: u64| usize::try_from(dice.roll(of)).unwrap();
        let mut said = 4;
        for step in 0..120 {
            house.forward(MINUTE_MS);
            let who = team[pick(2)];
            let (id, other) = (threads[pick(4)], threads[pick(4)]);
            match pick(7) {
                0 | 1 => {
                    let _ = merge(office, who, id, other).await.unwrap();
                }
                2 => {
                    let _ = part(office, who, id).await.unwrap();
                }
                3 => {
                    let text = form(house, &format!("Answer {step}."), None);
                    said += i64::from(message::reply(office, who, id, &text).await.is_ok());
                }
                4 => {
                    let text = form(house, &format!("More {step}."), None);
                    user::reply(office, &cast.uwe, id, &text).await.unwrap();
                    said += 1;
                }
                5 => {
                    let _ = thread::set_status(office, who, id, None, Status::ALL[pick(3)]).await;
                }
                _ => {
                    if let Ok(open) = user::open(office, &cast.uwe, id).await {
                        user::seen(office, &cast.uwe, id, open.change).await.unwrap();
                    }
                }
            }
            let kept = "SELECT COUNT(*) FROM messages WHERE kind = 'message' AND body <> ''";
            assert_eq!(house.number(kept).await, said, "step {step}: nothing is lost or doubled");
            let docs = "SELECT COUNT(*) FROM search_docs";
            assert_eq!(house.number(docs).await, said);
            let unread = "SELECT COUNT(*) FROM mailbox b WHERE b.unread <> (SELECT COUNT(*) FROM messages m \
                          WHERE m.thread_id = b.thread_id AND m.kind = 'message' AND m.author_id <> b.person_id \
                          AND m.public_place > COALESCE((SELECT r.upto FROM reads r \
                          WHERE r.thread_id = b.thread_id AND r.person_id = b.person_id), 0))";
            assert_eq!(house.number(unread).await, 0, "step {step}");
            let badge = "SELECT CAST(COALESCE(SUM(unread), 0) AS BIGINT) - \
                         (SELECT COUNT(*) FROM mailbox WHERE counts) FROM mailbox_counts";
            assert_eq!(house.number(badge).await, 0, "step {step}");
            let latest = "SELECT COUNT(*) FROM threads t WHERE t.latest_place <> COALESCE((SELECT MAX(m.staff_place) \
                          FROM messages m WHERE m.thread_id = t.id AND m.kind <> 'event'), 0)";
            assert_eq!(house.number(latest).await, 0, "step {step}");
            let waits = "SELECT COUNT(*) FROM threads WHERE waiting_since IS NOT NULL AND status <> 'pending' \
                         AND merged_into IS NOT NULL";
            assert_eq!(house.number(waits).await, 0, "step {step}");
            counts_agree(house).await;
        }
        let kept = figures(house).await;
        for id in threads {
            thread::trash(office, &cast.nora, id).await.unwrap();
            thread::restore(office, &cast.nora, id).await.unwrap();
        }
        assert_eq!(figures(house).await, kept);
    })
    .await;
}

#[tokio::test]
async fn purging_one_of_the_two_leaves_the_other_whole() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let nora = &cast.nora;
        let (a, secret) = verified(house, GUIDO, "One.", 1).await;
        let (b, _) = verified(house, GUIDO, "Two.", 2).await;
        let (c, _) = verified(house, GUIDO, "Three.", 3).await;
        done(house, nora, a.thread, b.thread).await;
        done(house, nora, c.thread, b.thread).await;
        thread::trash(office, nora, a.thread).await.unwrap();
        house.forward(31 * DAY_MS);
        let nora = &signed_in(office, nora.person).await;
        assert_eq!(thread::purge_due(office).await.unwrap(), 1);
        assert_eq!(bodies(&opens(house, nora, b.thread).await).len(), 6);
        assert_eq!(house.worth(a.thread, &secret).await, Standing::Unknown);
        assert_eq!(house.number("SELECT COUNT(*) FROM merges").await, 1);
        thread::trash(office, nora, b.thread).await.unwrap();
        house.forward(31 * DAY_MS);
        let nora = &signed_in(office, nora.person).await;
        assert_eq!(thread::purge_due(office).await.unwrap(), 1);
        assert_eq!(house.number("SELECT COUNT(*) FROM merges").await, 0);
        assert_eq!(house.number("SELECT COUNT(*) FROM moved").await, 0);
        assert_eq!(
            house
                .number("SELECT COUNT(*) FROM threads WHERE merged_into IS NOT NULL")
                .await,
            0
        );
        assert_eq!(said(&opens(house, nora, c.thread).await), []);
        assert_eq!(
            part(office, nora, c.thread).await.unwrap(),
            Err(MergeRefusal::NotMerged)
        );
        counts_agree(house).await;
    })
    .await;
}
