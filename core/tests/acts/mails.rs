//! Looking after the outbox: every mail is told where it stands, and a person can try again or
//! cancel.

use pigeon_core::mail::Refusal;
use pigeon_core::outbox::{self, Keeper};
use pigeon_core::testing::{Cast, House, both};
use pigeon_wire::Fault;
use pigeon_wire::id::{HOUR_MS, MINUTE_MS};
use pigeon_wire::note::{Delivery, StaffContent, StaffEntryView};
use pigeon_wire::outbox::{MAILS_PAGE, MailKind, MailLine, MailPage, MailState, MailView};
use pigeon_wire::permission::Permission;

use crate::outbox::{GUIDO, delivery, to};
use crate::voice::{answers, notes, opens, refused};

fn keeper(cast: &Cast) -> Keeper {
    Keeper::Account(cast.olivia.clone())
}

async fn list(house: &House, cast: &Cast, view: MailView) -> MailPage {
    outbox::page(&house.office, &keeper(cast), view, None)
        .await
        .unwrap()
}

async fn only(house: &House, cast: &Cast, view: MailView) -> MailLine {
    let mut lines = list(house, cast, view).await.lines;
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

fn delivery_of(entry: &StaffEntryView) -> Option<Delivery> {
    match &entry.content {
        StaffContent::Message { delivery, .. } => *delivery,
        _ => None,
    }
}

/// A thread whose answer to the guest was refused for good.
async fn failed(house: &House, cast: &Cast) -> pigeon_wire::ThreadId {
    let guido = cast.guido(&house.office, 1).await;
    house.forward(HOUR_MS);
    house.run_mails().await;
    answers(house, &cast.nora, guido.thread, "First.").await;
    answers(house, &cast.nora, guido.thread, "Second.").await;
    house.forward(2 * MINUTE_MS);
    let refusal = Refusal::Never("550 5.1.1 no such user".into());
    house.mailbox.refuse_next(refusal);
    house.run_mails().await;
    guido.thread
}

#[tokio::test]
async fn whoever_works_on_a_thread_reads_why_its_mail_failed_and_tries_again() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = failed(house, &cast).await;
        let entries = opens(house, &cast.nora, id).await.entries;
        let written: Vec<_> = entries
            .iter()
            .filter(|entry| delivery_of(entry).is_some())
            .collect();
        assert_eq!(written.len(), 2);
        for entry in &written {
            let fate = outbox::fate(office, &cast.sam, id, entry.id).await.unwrap();
            let fate = fate.unwrap();
            assert_eq!(fate.state, MailState::Failed);
            assert_eq!(fate.attempts, 1);
        }
        let (first, last) = (written[0].id, written[1].id);
        let answer = outbox::fate(office, &cast.nora, id, first)
            .await
            .unwrap()
            .unwrap()
            .answer;
        assert!(answer.unwrap().contains("no such user"));
        let reader = outbox::retry_message(office, &cast.sam, id, last).await;
        assert_eq!(refused(reader), Fault::Forbidden(Permission::ManageThreads));
        let other = cast.guido(office, 2).await.thread;
        let wrong = outbox::fate(office, &cast.nora, other, first).await;
        assert_eq!(wrong.unwrap(), None, "through another thread");
        outbox::retry_message(office, &cast.nora, id, last)
            .await
            .unwrap();
        let again = outbox::retry_message(office, &cast.nora, id, first).await;
        assert_eq!(refused(again), Fault::NotFound, "it is on its way");
        house.run_mails().await;
        let entries = opens(house, &cast.nora, id).await.entries;
        let states: Vec<_> = entries.iter().filter_map(delivery_of).collect();
        assert_eq!(states, [Delivery::Sent, Delivery::Sent]);
    })
    .await;
}

#[tokio::test]
async fn mails_are_for_whoever_manages_settings_and_the_operator() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        failed(house, &cast).await;
        let id = only(house, &cast, MailView::Trouble).await.id;
        let before = house.row_counts().await;
        let forbidden = Fault::Forbidden(Permission::ManageSettings);
        for who in [&cast.lena, &cast.nora, &cast.sam, &cast.uwe] {
            let who = Keeper::Account(who.clone());
            let page = outbox::page(office, &who, MailView::Trouble, None).await;
            assert_eq!(refused(page), forbidden);
            assert_eq!(refused(outbox::retry(office, &who, id).await), forbidden);
            assert_eq!(refused(outbox::cancel(office, &who, id).await), forbidden);
            assert_eq!(refused(outbox::retry_all(office, &who).await), forbidden);
        }
        for who in [&cast.lena, &cast.sam] {
            assert_eq!(refused(outbox::failed(office, who).await), forbidden);
            assert_eq!(refused(outbox::trial(office, who).await), forbidden);
        }
        assert_eq!(before, house.row_counts().await);
        let page = outbox::page(office, &Keeper::Operator, MailView::Trouble, None);
        assert_eq!(page.await.unwrap().lines.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_failed_mail_is_tried_again_by_hand_and_shown_on_its_way() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let thread = failed(house, &cast).await;
        assert_eq!(outbox::failed(office, &cast.olivia).await.unwrap(), 1);
        let line = only(house, &cast, MailView::Trouble).await;
        assert_eq!(
            (line.state, line.kind),
            (MailState::Failed, MailKind::NewMessage)
        );
        assert_eq!(line.address.as_deref(), Some(GUIDO));
        assert_eq!(line.answer.as_deref(), Some("550 5.1.1 no such user"));
        assert_eq!((line.thread, line.attempts), (Some(thread), 1));

        outbox::retry(office, &keeper(&cast), line.id)
            .await
            .unwrap();
        assert_eq!(delivery(house, &cast, thread).await, Some(Delivery::Queued));
        let again = outbox::retry(office, &keeper(&cast), line.id).await;
        assert_eq!(refused(again), Fault::NotFound, "it waits already");
        assert_eq!(
            list(house, &cast, MailView::Waiting).await.counts.waiting,
            1
        );
        let sent = to(house, GUIDO).len();
        house.run_mails().await;
        let mails = to(house, GUIDO);
        assert_eq!(mails.len(), sent + 1);
        let text = &mails.last().unwrap().text;
        assert!(
            text.contains("First.") && text.contains("Second."),
            "{text}"
        );
        assert_eq!(delivery(house, &cast, thread).await, Some(Delivery::Sent));
        assert_eq!(outbox::failed(office, &cast.olivia).await.unwrap(), 0);
        let acts = house.words("SELECT act FROM audit WHERE act = 'mail_retried'");
        assert_eq!(acts.await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn all_failed_mails_are_tried_again_and_one_is_put_aside() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for n in 1..4 {
            cast.guido(office, n).await;
            house.mailbox.refuse_next(Refusal::Never("552 no".into()));
            house.run_mails().await;
        }
        let page = list(house, &cast, MailView::Trouble).await;
        assert_eq!(page.counts.failed, 3, "{page:?}");
        let aside = page.lines[0].id;
        outbox::cancel(office, &keeper(&cast), aside).await.unwrap();
        let kept = list(house, &cast, MailView::Dropped).await;
        let kept = kept.lines.iter().find(|line| line.id == aside).unwrap();
        assert_eq!(kept.answer.as_deref(), Some("552 no"));
        let sent = house.mailbox.letters().len();
        assert_eq!(outbox::retry_all(office, &keeper(&cast)).await.unwrap(), 2);
        house.run_mails().await;
        assert_eq!(house.mailbox.letters().len(), sent + 2);
        assert_eq!(outbox::retry_all(office, &keeper(&cast)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_waits_is_cancelled_and_a_later_one_leaves() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        house.run_mails().await;
        let sent = to(house, GUIDO).len();
        answers(house, &cast.nora, guido.thread, "First.").await;
        answers(house, &cast.nora, guido.thread, "Second.").await;
        let waiting = list(house, &cast, MailView::Waiting).await;
        let line = waiting
            .lines
            .iter()
            .find(|line| line.address.as_deref() == Some(GUIDO))
            .unwrap();
        assert_eq!(line.state, MailState::Queued);
        outbox::cancel(office, &keeper(&cast), line.id)
            .await
            .unwrap();
        assert_eq!(
            delivery(house, &cast, guido.thread).await,
            Some(Delivery::Unneeded)
        );
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), sent, "nothing left");
        answers(house, &cast.nora, guido.thread, "Third.").await;
        // A page from before names the first mail of the same recipient and thread.
        let late = outbox::cancel(office, &keeper(&cast), line.id).await;
        assert_eq!(refused(late), Fault::NotFound);
        house.forward(HOUR_MS);
        house.run_mails().await;
        let mails = to(house, GUIDO);
        assert_eq!(mails.len(), sent + 1);
        let last = &mails.last().unwrap().text;
        assert!(
            last.contains("Third.") && !last.contains("First."),
            "{last}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_was_put_off_says_when_it_is_tried_next() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        cast.guido(office, 1).await;
        house.mailbox.refuse_next(Refusal::Later("451 busy".into()));
        house.run_mails().await;
        let line = only(house, &cast, MailView::Trouble).await;
        assert_eq!(
            (line.state, line.kind, line.answer.as_deref()),
            (
                MailState::Deferred,
                MailKind::GuestStarted,
                Some("451 busy")
            )
        );
        assert!(line.due_at > office.now());
        outbox::retry(office, &keeper(&cast), line.id)
            .await
            .unwrap();
        house.run_mails().await;
        assert_eq!(to(house, GUIDO).len(), 1);
        let sent = list(house, &cast, MailView::Sent).await;
        assert_eq!(sent.lines[0].sent_at, Some(office.now()));
        assert_eq!(sent.counts.sent_today, 1);
    })
    .await;
}

#[tokio::test]
async fn the_customer_of_a_thread_finds_no_trace_of_its_notes_here() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let thread = house.question_of(&cast.olivia, "My own question.").await;
        answers(house, &cast.nora, thread, "Ours.").await;
        answers(house, &cast.nils, thread, "Ours too.").await;
        notes(house, &cast.nora, thread, "Between us.").await;
        for view in MailView::ALL {
            let page = list(house, &cast, *view).await;
            assert_eq!((page.lines, page.counts.waiting), (Vec::new(), 0), "{view}");
        }
        let operator = outbox::page(office, &Keeper::Operator, MailView::Waiting, None).await;
        assert!(!operator.unwrap().lines.is_empty());
    })
    .await;
}

#[tokio::test]
async fn pages_go_on_where_the_one_before_ended() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let count = MAILS_PAGE + 3;
        for n in 0..count {
            let id = house.id(uuid::Uuid::from_u128(n.unsigned_abs().into()));
            let (state, at) = (if n % 2 == 0 { "dead" } else { "deferred" }, n / 2);
            house
                .sql(&format!(
                    "INSERT INTO outbox (id, kind, channel, bundle, state, due_at, attempts, created_at) \
                     VALUES ({id}, 'guest_links', 'mail', 'b{n}', '{state}', 9000000000000000, 1, {at})"
                ))
                .await;
        }
        let first = list(house, &cast, MailView::Trouble).await;
        assert_eq!(i64::try_from(first.lines.len()), Ok(MAILS_PAGE));
        let keeper = keeper(&cast);
        let next = outbox::page(office, &keeper, MailView::Trouble, first.next);
        let second = next.await.unwrap();
        assert_eq!((second.lines.len(), second.next), (3, None));
        let all: Vec<_> = first.lines.iter().chain(&second.lines).collect();
        let mut ids: Vec<_> = all.iter().map(|line| line.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(i64::try_from(ids.len()), Ok(count), "none twice, none left out");
        let key = |line: &MailLine| (line.state.as_str(), -line.created_at.0);
        assert!(all.is_sorted_by_key(|line| key(line)), "failed first, then the newest");
    })
    .await;
}

#[tokio::test]
async fn a_test_mail_tells_what_the_mail_server_said() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let took = outbox::trial(office, &cast.olivia).await.unwrap();
        assert_eq!(
            (took.to.as_str(), took.refusal),
            ("olivia@example.com", None)
        );
        let letters = to(house, "olivia@example.com");
        assert!(
            letters[0].text.contains("This is a test."),
            "{}",
            letters[0].text
        );
        house.mailbox.refuse_next(Refusal::Later("535 who?".into()));
        let refused_by = outbox::trial(office, &cast.olivia).await.unwrap();
        assert_eq!(refused_by.refusal.as_deref(), Some("535 who?"));
        for _ in 0..18 {
            outbox::trial(office, &cast.olivia).await.unwrap();
        }
        let much = outbox::trial(office, &cast.olivia).await;
        assert!(matches!(refused(much), Fault::TooMany { .. }));
        assert_eq!(house.number("SELECT COUNT(*) FROM outbox").await, 0);
    })
    .await;
}
