//! Blocked senders: answered as everybody is, kept from the team, and let in by it alone.

use pigeon_core::actor::Account;
use pigeon_core::guest::{self, Followed, LinkRequest, Standing};
use pigeon_core::testing::{Cast, House, both, recognised};
use pigeon_core::{blocked, inbox, outbox, quarantine, search, thread};
use pigeon_wire::contact::BlockKind;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::{DAY_MS, HOUR_MS, RecordId};
use pigeon_wire::inbox::View;
use pigeon_wire::message::{Content, EntryView};
use pigeon_wire::note::{StaffContent, StaffEntryView};
use pigeon_wire::permission::Permission;
use pigeon_wire::quarantine::{CatchCounts, CatchPage, CatchReason};
use pigeon_wire::search::{Order, Search};
use pigeon_wire::thread::{LinkOrigin, Status};
use pigeon_wire::{Fault, ThreadId};

use crate::outbox::to;
use crate::voice::{answers, door, form, led_to, opens, refused, start, start_form, writes};

const GERDA: &str = "gerda@example.org";
const SUPPORT: &str = "pigeon@localhost.localdomain";

async fn block(house: &House, who: &Account, what: &str) {
    let blocked = blocked::add(&house.office, who, what).await;
    blocked.expect("to block");
}

/// The first block of the list.
async fn newest(house: &House, who: &Account) -> (RecordId, BlockKind, String) {
    let page = blocked::page(&house.office, who, None).await.unwrap();
    let first = page.blocks.into_iter().next().expect("a block");
    (first.id, first.kind, first.what)
}

async fn caught(house: &House, who: &Account) -> CatchPage {
    let page = quarantine::page(&house.office, who, None).await;
    page.expect("the quarantine")
}

async fn listed(house: &House, who: &Account, view: View) -> Vec<ThreadId> {
    let page = inbox::page(&house.office, who, view, None).await.unwrap();
    page.rows.iter().map(|mine| mine.row.id).collect()
}

async fn found(house: &House, who: &Account, typed: &str) -> usize {
    let search = Search {
        typed: typed.to_owned(),
        order: Order::Newest,
        after: None,
    };
    let page = search::page(&house.office, who, search).await.unwrap();
    page.total.count
}

/// What a guest sees of the texts of a thread.
fn theirs(entries: &[EntryView]) -> Vec<&str> {
    let texts = entries.iter().filter_map(|entry| match &entry.content {
        Content::Message { body, .. } => Some(body.as_str()),
        Content::Event { .. } => None,
    });
    texts.collect()
}

/// What the team sees of them.
fn ours(entries: &[StaffEntryView]) -> Vec<&str> {
    let texts = entries.iter().filter_map(|entry| match &entry.content {
        StaffContent::Message { body, .. } => Some(body.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Starts a thread from an address, and whether the team sees it.
async fn is_heard(house: &House, who: &Account, email: &str, n: u32) -> bool {
    let form = start_form(house, email, "Is anybody there?");
    let started = start(house, &form, &format!("198.51.100.{n}")).await;
    let (id, _) = led_to(started);
    match thread::open(&house.office, who, id).await {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(Fault::from(error), Fault::NotFound);
            false
        }
    }
}

#[tokio::test]
async fn what_a_blocked_address_starts_is_its_senders_thread_and_nobody_elses_until_it_is_let_in() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        block(house, &cast.nora, " Gerda@Example.ORG ").await;
        let form = start_form(house, "GERDA@example.org", "Cheap teapots!");
        let (id, secret) = led_to(start(house, &form, "203.0.113.1").await);
        let (again, _) = led_to(start(house, &form, "203.0.113.1").await);
        assert_eq!(id, again, "sent twice, it is one");
        let gerda = recognised(office, id, &secret).await;
        house.forward(1);
        writes(house, &gerda, "Really cheap.").await;
        let open = guest::open(office, &gerda).await.unwrap();
        assert_eq!(theirs(&open.entries), ["Cheap teapots!", "Really cheap."]);
        assert_eq!(open.head.status, Status::Pending);

        let nora = &cast.nora;
        assert_eq!(
            refused(thread::open(office, nora, id).await),
            Fault::NotFound
        );
        for view in [View::All, View::NeedsReply, View::Trash] {
            assert_eq!(listed(house, nora, view).await, []);
        }
        assert_eq!(inbox::badge(office, nora).await.unwrap(), 0);
        let counts = inbox::counts(office, nora).await.unwrap();
        assert_eq!(counts, pigeon_wire::inbox::ViewCounts::default());
        assert_eq!(found(house, nora, "teapots").await, 0);
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert!(house.mailbox.letters().is_empty(), "nobody is mailed");
        let page = caught(house, nora).await;
        let two = CatchCounts {
            honeypot: 0,
            blocked: 2,
        };
        assert_eq!(page.counts, two);
        let first = page.catches.last().unwrap();
        assert_eq!(first.reason, CatchReason::Blocked);
        assert_eq!(
            (first.email.as_str(), first.body.as_str()),
            ("GERDA@example.org", "Cheap teapots!")
        );
        assert_eq!(first.thread_id, None, "the team cannot open it yet");

        let thread = quarantine::accept(office, nora, first.id).await.unwrap();
        assert_eq!(thread, id);
        let open = opens(house, nora, id).await;
        assert_eq!(ours(&open.entries), ["Cheap teapots!", "Really cheap."]);
        assert_eq!(open.head.trashed_at, None);
        assert_eq!(listed(house, nora, View::NeedsReply).await, [id]);
        assert_eq!(listed(house, nora, View::Trash).await, []);
        assert_eq!(inbox::badge(office, nora).await.unwrap(), 1);
        assert_eq!(found(house, nora, "teapots").await, 1);
        assert_eq!(caught(house, nora).await.catches, []);
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, SUPPORT).len(), 1, "the team is told");
        assert_eq!(
            to(house, "GERDA@example.org").len(),
            0,
            "she is still blocked"
        );
        let open = guest::open(office, &gerda).await.unwrap();
        assert_eq!(theirs(&open.entries), ["Cheap teapots!", "Really cheap."]);
    })
    .await;
}

#[tokio::test]
async fn a_reply_of_a_blocked_guest_is_seen_by_them_and_comes_in_when_it_is_accepted() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let guido = house.verified_way(&browser).await;
        let id = guido.thread;
        answers(house, &cast.nora, id, "It is covered.").await;
        block(house, &cast.nora, "guido1@example.org").await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let mailed = house.mailbox.letters().len();
        let before = opens(house, &cast.nora, id).await;
        let listed_before = inbox::page(office, &cast.nora, View::All, None)
            .await
            .unwrap();

        let form = form(house, "By whom, you crooks?", None);
        let posted = guest::reply(office, &guido, &form, &door(1)).await.unwrap();
        let again = guest::reply(office, &guido, &form, &door(1)).await.unwrap();
        assert_eq!(posted, again, "sent twice, it is one");
        let open = guest::open(office, &guido).await.unwrap();
        let said = [
            "It leaks at the spout (1).",
            "It is covered.",
            "By whom, you crooks?",
        ];
        assert_eq!(theirs(&open.entries), said);
        assert_eq!(open.entries[2].place, posted.place);

        let after = opens(house, &cast.nora, id).await;
        assert_eq!(after.entries, before.entries);
        assert_eq!(
            (after.change, after.head),
            (before.change, before.head.clone())
        );
        let listed_after = inbox::page(office, &cast.nora, View::All, None)
            .await
            .unwrap();
        assert_eq!(listed_after, listed_before);
        let (all, _) = thread::after(office, &cast.nora, id, -100).await.unwrap();
        assert_eq!(ours(&all), said[..2]);
        assert_eq!(found(house, &cast.nora, "crooks").await, 0);
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(house.mailbox.letters().len(), mailed);

        // The team answers meanwhile: its numbers go on as if nothing were there.
        answers(house, &cast.nora, id, "By us.").await;
        let until = office.now().plus(HOUR_MS);
        thread::snooze(office, &cast.nora, id, None, Some(until))
            .await
            .unwrap();
        let page = caught(house, &cast.nora).await;
        assert_eq!(page.catches[0].thread_id, Some(id));
        let accepted = quarantine::accept(office, &cast.nora, page.catches[0].id).await;
        assert_eq!(accepted.unwrap(), id);
        let open = opens(house, &cast.nora, id).await;
        assert_eq!(ours(&open.entries), [said[0], said[1], "By us.", said[2]]);
        assert_eq!(open.head.public.status, Status::Pending);
        assert_eq!(open.head.snoozed_until, None, "it waits for us now");
        assert!(open.head.customer.verified);
        assert_eq!(found(house, &cast.nora, "crooks").await, 1);
        assert_eq!(caught(house, &cast.nora).await.counts.total(), 0);
        let open = guest::open(office, &guido).await.unwrap();
        assert_eq!(theirs(&open.entries), [said[0], said[1], said[2], "By us."]);
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_goes_from_its_sender_too_and_so_does_what_is_old() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        block(house, &cast.nora, "guido1@example.org").await;
        block(house, &cast.nora, GERDA).await;
        writes(house, &guido, "Cheap kettles!").await;
        let form = start_form(house, GERDA, "Cheap teapots!");
        let (held, secret) = led_to(start(house, &form, "203.0.113.9").await);
        let ids: Vec<RecordId> = caught(house, &cast.nora)
            .await
            .catches
            .iter()
            .map(|c| c.id)
            .collect();
        let deleted = quarantine::delete(office, &cast.nora, &ids).await;
        assert_eq!(deleted.unwrap(), 2);
        assert_eq!(house.worth(held, &secret).await, Standing::Unknown);
        let open = guest::open(office, &guido).await.unwrap();
        assert_eq!(theirs(&open.entries), ["It leaks at the spout (1)."]);
        assert_eq!(house.number("SELECT COUNT(*) FROM threads").await, 1);
        assert_eq!(house.number("SELECT COUNT(*) FROM messages").await, 1);

        let form = start_form(house, GERDA, "Once more!");
        let (id, secret) = led_to(start(house, &form, "203.0.113.9").await);
        house.forward(60 * DAY_MS);
        thread::purge_due(office).await.unwrap();
        let gerda = start_form(house, GERDA, "And another.");
        led_to(start(house, &gerda, "203.0.113.9").await);
        house.forward(31 * DAY_MS);
        outbox::worker::sweep(office).await.unwrap();
        let left = house.words("SELECT body FROM quarantine").await;
        assert_eq!(
            left,
            ["And another."],
            "the trash's days are not the quarantine's"
        );
        assert_eq!(house.worth(id, &secret).await, Standing::Unknown);
    })
    .await;
}

#[tokio::test]
async fn a_domain_is_blocked_with_all_below_it_and_nothing_beside_it() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        block(house, &cast.olivia, "@Spam.Example").await;
        for (n, (email, heard)) in (1..).zip([
            ("a@spam.example", false),
            ("a@SPAM.example", false),
            ("a@mail.spam.example", false),
            ("a@a.b.c.d.e.f.g.h.spam.example", false),
            ("a@nospam.example", true),
            ("spam.example@example.org", true),
            ("a@spam.example.org", true),
        ]) {
            assert_eq!(
                is_heard(house, &cast.nora, email, n).await,
                heard,
                "{email}"
            );
        }
        let (id, kind, what) = newest(house, &cast.nora).await;
        assert_eq!((kind, what.as_str()), (BlockKind::Domain, "spam.example"));
        let lifted = blocked::lift(office, &cast.nora, id).await;
        let settings = Fault::Forbidden(Permission::ManageSettings);
        assert_eq!(refused(lifted), settings, "a domain is a rule of the house");
        blocked::lift(office, &cast.olivia, id).await.unwrap();
        assert!(is_heard(house, &cast.nora, "a@spam.example", 20).await);
        assert_eq!(
            caught(house, &cast.nora).await.counts.blocked,
            4,
            "what was caught stays"
        );
    })
    .await;
}

#[tokio::test]
async fn the_team_and_accounts_are_always_heard() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let own = blocked::add(office, &cast.olivia, "nora@example.com").await;
        assert_eq!(refused(own), Fault::field(Field::Email, Problem::InUse));
        block(house, &cast.olivia, "example.com").await;
        block(house, &cast.nora, "uwe@example.com").await;
        let uwes = house.question_of(&cast.uwe, "In my account.").await;
        assert_eq!(
            ours(&opens(house, &cast.nora, uwes).await.entries),
            ["In my account."]
        );
        assert!(is_heard(house, &cast.nils, "nora@example.com", 1).await);
        assert!(
            !is_heard(house, &cast.nils, "uwe@example.com", 2).await,
            "he is no guest there"
        );
        assert_eq!(
            quarantine::count(office, &cast.nora).await.unwrap().blocked,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn who_may_block_lift_and_look() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        block(house, &cast.nora, GERDA).await;
        let (id, _, _) = newest(house, &cast.nora).await;
        let before = house.row_counts().await;
        let threads = Fault::Forbidden(Permission::ManageThreads);
        for who in [&cast.sam, &cast.uwe] {
            assert_eq!(refused(blocked::page(office, who, None).await), threads);
            assert_eq!(
                refused(blocked::add(office, who, "x@example.org").await),
                threads
            );
            assert_eq!(refused(blocked::lift(office, who, id).await), threads);
        }
        let domain = blocked::add(office, &cast.nora, "example.org").await;
        assert_eq!(
            refused(domain),
            Fault::Forbidden(Permission::ManageSettings)
        );
        for (typed, problem) in [
            ("", Problem::Missing),
            ("nobody", Problem::NotAnAddress),
            ("a b@example.org", Problem::NotAnAddress),
        ] {
            let wrong = blocked::add(office, &cast.olivia, typed).await;
            assert_eq!(
                refused(wrong),
                Fault::field(Field::Email, problem),
                "{typed}"
            );
        }
        block(house, &cast.nils, GERDA).await;
        assert_eq!(before, house.row_counts().await, "once is enough");
        blocked::lift(office, &cast.nils, id).await.unwrap();
        assert_eq!(
            refused(blocked::lift(office, &cast.nora, id).await),
            Fault::NotFound
        );
        assert!(is_heard(house, &cast.nora, GERDA, 1).await);
        let acts = house
            .words("SELECT act FROM audit WHERE act LIKE 'block%' ORDER BY act")
            .await;
        assert_eq!(acts, ["block_lifted", "blocked"]);
    })
    .await;
}

#[tokio::test]
async fn no_mail_leaves_to_a_blocked_guest_and_their_links_go_on_working() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let browser = cast.guido(office, 1).await;
        let guido = house.verified_way(&browser).await;
        assert_eq!(guido.origin, LinkOrigin::Mail);
        block(house, &cast.nora, "guido1@example.org").await;
        let before = to(house, "guido1@example.org").len();
        answers(house, &cast.nora, guido.thread, "It is covered.").await;
        let request = LinkRequest::Typed("guido1@example.org".to_owned());
        guest::request_link(office, request, &door(1))
            .await
            .unwrap();
        house.forward(HOUR_MS);
        house.run_mails().await;
        assert_eq!(to(house, "guido1@example.org").len(), before);
        let token = house.token_to("guido1@example.org").unwrap();
        let followed = guest::follow(office, &token).await.unwrap();
        assert!(matches!(followed, Followed::Thread { .. }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_accept_a_reply_at_once_one_is_told_and_it_comes_in_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        block(house, &cast.nora, "guido1@example.org").await;
        for n in 1..4 {
            writes(house, &guido, &format!("Again {n}.")).await;
            let id = caught(house, &cast.nora).await.catches[0].id;
            let (one, two) = tokio::join!(
                quarantine::accept(office, &cast.nora, id),
                quarantine::accept(office, &cast.nils, id),
            );
            let (won, late) = if one.is_ok() { (one, two) } else { (two, one) };
            assert_eq!(won.unwrap(), guido.thread);
            assert_eq!(refused(late), Fault::NotFound);
            let open = opens(house, &cast.nora, guido.thread).await;
            assert_eq!(ours(&open.entries).len(), n + 1);
        }
    })
    .await;
}
