//! Direct threads: private to those in them, alike for known and unknown addresses, and what
//! participants can do.

use pigeon_core::actor::Account;
use pigeon_core::hub::Line;
use pigeon_core::outbox::{self, Keeper};
use pigeon_core::setting::{self, Overrides};
use pigeon_core::testing::{Cast, House, both, both_with};
use pigeon_core::{direct, inbox, mailbox, message, note, presence, search, thread, user};
use pigeon_wire::direct::{DirectForm, ReportForm};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::inbox::View;
use pigeon_wire::live::{StaffFrame, UserFrame};
use pigeon_wire::mailbox::{MailboxRow, MailboxView, UserThread};
use pigeon_wire::message::Content;
use pigeon_wire::outbox::MailView;
use pigeon_wire::permission::Permission;
use pigeon_wire::search::{Order, Search};
use pigeon_wire::setting::{Setting, Typed};
use pigeon_wire::thread::{Status, ThreadKind};
use pigeon_wire::{Fault, PersonId, ThreadId};

use crate::voice::{form, note_form, refused};

fn to(house: &House, to: &str, body: &str) -> DirectForm {
    DirectForm {
        to: to.to_owned(),
        body: body.to_owned(),
        key: house.office.fresh_key().into(),
        ..DirectForm::default()
    }
}

async fn writes_to(house: &House, who: &Account, addresses: &str, body: &str) -> ThreadId {
    let form = to(house, addresses, body);
    direct::start(&house.office, who, &form).await.unwrap()
}

async fn says(house: &House, who: &Account, id: ThreadId, body: &str) {
    let seen = reads(house, who, id).await.change;
    let form = form(house, body, Some(seen));
    user::reply(&house.office, who, id, &form).await.unwrap();
}

async fn reads(house: &House, who: &Account, id: ThreadId) -> UserThread {
    user::open(&house.office, who, id).await.unwrap()
}

async fn list(house: &House, who: &Account) -> Vec<MailboxRow> {
    let page = mailbox::page(&house.office, who, MailboxView::All, None).await;
    page.unwrap().rows
}

async fn asked(house: &House, who: &Account) -> Vec<ThreadId> {
    let rows = mailbox::requests(&house.office, who).await.unwrap();
    let counts = mailbox::counts(&house.office, who).await.unwrap();
    assert_eq!(usize::try_from(counts.asked).unwrap(), rows.len());
    rows.into_iter().map(|row| row.id).collect()
}

async fn badge(house: &House, who: &Account) -> i64 {
    mailbox::counts(&house.office, who).await.unwrap().unread
}

/// The texts and events of a thread, as somebody sees them.
async fn told(house: &House, who: &Account, id: ThreadId) -> Vec<String> {
    let entries = reads(house, who, id).await.entries.into_iter();
    entries
        .map(|entry| match entry.entry.content {
            Content::Message { body, .. } => body,
            Content::Event { author, event, .. } => format!("{author} {event}"),
        })
        .collect()
}

fn heard(line: &mut Line) -> Vec<String> {
    std::iter::from_fn(|| line.waiting())
        .map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
        .collect()
}

/// A thread of two who know each other.
pub async fn acquainted(house: &House, one: &Account, other: &Account, address: &str) -> ThreadId {
    let id = writes_to(house, one, address, "Hello.").await;
    direct::accept(&house.office, other, id).await.unwrap();
    id
}

#[tokio::test]
async fn known_and_unknown_addresses_look_alike_until_somebody_answers() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let known = writes_to(house, &cast.uwe, "Nora@Example.com", "Hello.").await;
        let unknown = writes_to(house, &cast.uwe, "nobody@example.com", "Hello.").await;
        let shape = async |id| {
            let open = reads(house, &cast.uwe, id).await;
            assert_eq!(
                (open.kind, open.head.status),
                (ThreadKind::Direct, Status::Open)
            );
            let row = list(house, &cast.uwe)
                .await
                .into_iter()
                .find(|row| row.id == id);
            let with = open.with.len();
            (
                with,
                open.parties,
                open.entries.len(),
                open.change,
                open.seen,
                row.unwrap().unread,
            )
        };
        assert_eq!(shape(known).await, shape(unknown).await);
        assert_eq!(
            reads(house, &cast.uwe, known).await.with,
            ["Nora@Example.com"],
            "as typed"
        );
        assert_eq!(asked(house, &cast.nora).await, [known]);
        assert!(list(house, &cast.nora).await.is_empty());
        assert_eq!(badge(house, &cast.nora).await, 0, "a request is no badge");
        assert_eq!(
            refused(user::open(office, &cast.nora, known).await),
            Fault::NotFound
        );

        house.forward(120_000);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let [letter] = &letters[..] else {
            panic!("one mail, not {}", letters.len())
        };
        assert_eq!(letter.to.1.as_str(), "nora@example.com");
        assert!(
            letter.text.contains("Uwe") && !letter.text.contains("Hello."),
            "no stranger's text"
        );

        let (open, by) = direct::request(office, &cast.nora, known).await.unwrap();
        assert_eq!((by.name.as_str(), open.entries.len()), ("Uwe", 1));
        direct::accept(office, &cast.nora, known).await.unwrap();
        assert_eq!(reads(house, &cast.uwe, known).await.with, ["Nora"]);
        assert_eq!(
            told(house, &cast.uwe, known).await,
            ["Hello.", "Nora joined"]
        );
        assert_eq!(
            (
                asked(house, &cast.nora).await.len(),
                badge(house, &cast.nora).await
            ),
            (0, 1)
        );
        let next = writes_to(house, &cast.nora, "uwe@example.com", "Next.").await;
        assert_eq!(
            badge(house, &cast.uwe).await,
            1,
            "who is known is not asked"
        );
        assert_eq!(reads(house, &cast.uwe, next).await.with, ["Nora"]);
        assert_eq!(
            direct::contacts(office, &cast.uwe).await.unwrap()[0].name,
            "Nora"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_is_ignored_or_blocked_cannot_tell() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let first = writes_to(house, &cast.uwe, "nora@example.com", "Hello.").await;
        let before = reads(house, &cast.uwe, first).await;
        direct::ignore(office, &cast.nora, first).await.unwrap();
        assert_eq!(reads(house, &cast.uwe, first).await, before);
        assert!(asked(house, &cast.nora).await.is_empty());
        assert_eq!(
            refused(direct::accept(office, &cast.nora, first).await),
            Fault::NotFound
        );

        let second = writes_to(house, &cast.uwe, "nora@example.com", "Again.").await;
        direct::block(office, &cast.nora, second, cast.uwe.person)
            .await
            .unwrap();
        let third = writes_to(house, &cast.uwe, "nora@example.com", "And again.").await;
        let third = reads(house, &cast.uwe, third).await;
        assert_eq!(
            (third.with, third.parties),
            (vec!["nora@example.com".to_owned()], vec![])
        );
        assert!(asked(house, &cast.nora).await.is_empty());
        assert_eq!(
            direct::blocked(office, &cast.nora).await.unwrap()[0].name,
            "Uwe"
        );

        let id = acquainted(house, &cast.nils, &cast.lena, "lena@example.com").await;
        direct::block(office, &cast.lena, id, cast.nils.person)
            .await
            .unwrap();
        let mut line = office.hub().attach_mine(&cast.lena);
        let before = reads(house, &cast.nils, id).await;
        says(house, &cast.nils, id, "Still there?").await;
        let after = reads(house, &cast.nils, id).await;
        assert_eq!((after.with, after.parties), (before.with, before.parties));
        let other = writes_to(house, &cast.nils, "lena@example.com", "Hello?").await;
        assert_eq!(
            reads(house, &cast.nils, other).await.with,
            ["Lena"],
            "as before"
        );
        house.told().await;
        assert!(heard(&mut line).is_empty());
        assert!(list(house, &cast.lena).await.is_empty());
        assert_eq!(badge(house, &cast.lena).await, 0);
        house.forward(120_000);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        assert!(!letters.iter().any(|l| l.text.contains("Still there?")));
        direct::unblock(office, &cast.lena, cast.nils.person)
            .await
            .unwrap();
        assert_eq!(
            list(house, &cast.lena).await.len(),
            2,
            "what they had comes back"
        );
        says(house, &cast.lena, id, "Yes.").await;
    })
    .await;
}

#[tokio::test]
async fn nobody_else_finds_anything_of_it() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let secret = "Zinnoberkessel";
        let mut watch = office.hub().attach_user(&cast.olivia);
        inbox::listen(office, &cast.olivia, &watch).await.unwrap();
        let mut own = office.hub().attach_mine(&cast.olivia);
        let dashboard = inbox::dashboard(office, &cast.olivia).await.unwrap();
        let id = writes_to(house, &cast.uwe, "nora@example.com", secret).await;
        direct::accept(office, &cast.nora, id).await.unwrap();
        says(house, &cast.nora, id, secret).await;
        direct::set_status(office, &cast.uwe, id, true)
            .await
            .unwrap();
        house.told().await;
        for frame in heard(&mut watch) {
            let frame: StaffFrame = serde_json::from_str(&frame).unwrap();
            assert!(
                matches!(
                    frame,
                    StaffFrame::Counts(_) | StaffFrame::Badge { count: 0 }
                ),
                "{frame:?}"
            );
        }
        assert!(heard(&mut own).is_empty());

        let everybody = [&cast.olivia, &cast.lena, &cast.nils, &cast.sam, &cast.nora];
        for who in everybody {
            for view in View::ALL {
                let page = inbox::page(office, who, *view, None).await.unwrap();
                assert!(page.rows.is_empty());
            }
            let now = inbox::dashboard(office, who).await.unwrap();
            assert_eq!(now.counts, dashboard.counts);
            let missing = Fault::NotFound;
            assert_eq!(refused(thread::open(office, who, id).await), missing);
            assert_eq!(refused(thread::before(office, who, id, 9).await), missing);
            assert_eq!(refused(thread::after(office, who, id, 0).await), missing);
            assert_eq!(refused(thread::receipts(office, who, id).await), missing);
            assert_eq!(refused(thread::seen(office, who, id, 1).await), missing);
            let line = office.hub().attach_user(who);
            assert_eq!(
                refused(thread::follow(office, who, &line, id, 0).await),
                missing
            );
            assert_eq!(
                refused(presence::look(office, who, &line, id).await),
                missing
            );
            let reply = form(house, "Me too.", None);
            assert_eq!(
                refused(message::reply(office, who, id, &reply).await),
                missing
            );
            let noted = note::add(office, who, id, &note_form(house, "Hm.")).await;
            assert_eq!(refused(noted), missing);
            assert_eq!(refused(thread::trash(office, who, id).await), missing);
            let asked = Search {
                typed: secret.to_owned(),
                order: Order::Newest,
                after: None,
            };
            let found = search::page(office, who, asked).await.unwrap();
            assert_eq!(found.total.count, 0);
        }
        for who in [&cast.olivia, &cast.lena] {
            assert_eq!(refused(user::open(office, who, id).await), Fault::NotFound);
            let reply = form(house, "Me too.", None);
            assert_eq!(
                refused(user::reply(office, who, id, &reply).await),
                Fault::NotFound
            );
            assert_eq!(
                refused(direct::leave(office, who, id).await),
                Fault::NotFound
            );
            assert_eq!(
                refused(direct::accept(office, who, id).await),
                Fault::NotFound
            );
            assert!(mailbox::requests(office, who).await.unwrap().is_empty());
        }
        for view in MailView::ALL {
            let keeper = Keeper::Account(cast.olivia.clone());
            let page = outbox::page(office, &keeper, *view, None).await.unwrap();
            assert!(page.lines.is_empty(), "{view}");
            assert_eq!(page.counts.waiting, 0);
        }
        let docs = house.number("SELECT COUNT(*) FROM search_docs").await;
        assert_eq!(docs, 0);
        let audit = house
            .number("SELECT COUNT(*) FROM audit WHERE thread_id IS NOT NULL")
            .await;
        assert_eq!(audit, 0);
        let counts = house.number("SELECT COUNT(*) FROM thread_counts").await;
        assert_eq!(counts, 0);
    })
    .await;
}

#[tokio::test]
async fn a_conversation_goes_back_and_forth() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = acquainted(house, &cast.uwe, &cast.nora, "nora@example.com").await;
        let mut line = office.hub().attach_mine(&cast.uwe);
        says(house, &cast.nora, id, "Hi.").await;
        house.told().await;
        let change = heard(&mut line).into_iter().find_map(|frame| {
            match serde_json::from_str(&frame).unwrap() {
                UserFrame::Change(change) => Some(change),
                _ => None,
            }
        });
        let change = change.expect("the message");
        assert_eq!(change.entries[0].by, Some(cast.nora.person));
        assert_eq!(badge(house, &cast.uwe).await, 1);
        house.forward(120_000);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let letter = letters.last().unwrap();
        assert_eq!(letter.to.1.as_str(), "uwe@example.com");
        assert!(letter.text.contains("Hi.") && letter.text.contains(&format!("/threads/{id}")));
        let upto = reads(house, &cast.uwe, id).await.change;
        user::seen(office, &cast.uwe, id, upto).await.unwrap();
        let seen = reads(house, &cast.nora, id).await.seen;
        assert_eq!(seen.last().unwrap().who.as_deref(), Some("Uwe"));
        assert_eq!(seen.last().unwrap().seen.upto, upto);

        direct::set_status(office, &cast.uwe, id, true)
            .await
            .unwrap();
        assert_eq!(
            reads(house, &cast.nora, id).await.head.status,
            Status::Closed
        );
        says(house, &cast.nora, id, "One thing more.").await;
        assert_eq!(
            reads(house, &cast.nora, id).await.head.status,
            Status::Open,
            "a message reopens"
        );
        direct::leave(office, &cast.nora, id).await.unwrap();
        assert_eq!(
            refused(user::open(office, &cast.nora, id).await),
            Fault::NotFound
        );
        let told = told(house, &cast.uwe, id).await;
        assert_eq!(told.last().unwrap(), "Nora left");
        says(house, &cast.uwe, id, "Alone.").await;
        assert_eq!(badge(house, &cast.nora).await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_added_knows_nothing_of_before() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = acquainted(house, &cast.uwe, &cast.nora, "nora@example.com").await;
        acquainted(house, &cast.nora, &cast.nils, "nils@example.com").await;
        says(house, &cast.uwe, id, "Before.").await;
        let people = [cast.nils.person];
        direct::add(office, &cast.nora, id, "lena@example.com", &people)
            .await
            .unwrap();
        assert_eq!(told(house, &cast.nils, id).await, ["Nils joined"]);
        let row = list(house, &cast.nils)
            .await
            .into_iter()
            .find(|row| row.id == id);
        assert_eq!(row.unwrap().preview, "");
        assert_eq!(asked(house, &cast.lena).await, [id]);
        says(house, &cast.nils, id, "After.").await;
        direct::accept(office, &cast.lena, id).await.unwrap();
        assert_eq!(
            told(house, &cast.lena, id).await,
            ["Lena joined"],
            "the history begins there"
        );
        let changes = user::changed_after(office, &cast.lena, id, 0)
            .await
            .unwrap();
        assert_eq!(changes[0].entries.len(), 1);
        says(house, &cast.lena, id, "Hello.").await;
        assert_eq!(reads(house, &cast.uwe, id).await.parties.len(), 3);
        let stranger = [cast.olivia.person];
        assert_eq!(
            refused(direct::add(office, &cast.uwe, id, "", &stranger).await),
            Fault::field(Field::Recipients, Problem::Unknown)
        );
    })
    .await;
}

#[tokio::test]
async fn an_author_mends_for_five_minutes_and_it_is_marked() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = acquainted(house, &cast.uwe, &cast.nora, "nora@example.com").await;
        let open = reads(house, &cast.uwe, id).await;
        let message = open.entries[0].entry.id;
        let edit = async |who, body| direct::edit(office, who, id, message, body).await;
        edit(&cast.uwe, "Hello, Nora.").await.unwrap();
        let after = reads(house, &cast.nora, id).await;
        assert_eq!(told(house, &cast.nora, id).await[0], "Hello, Nora.");
        assert!(after.entries[0].edited_at.is_some());
        assert_eq!((after.change, after.unread), (open.change + 1, 1));
        assert_eq!(house.words("SELECT body FROM edits").await, ["Hello."]);
        let changes = user::changed_after(office, &cast.nora, id, open.change)
            .await
            .unwrap();
        assert_eq!(changes[0].entries.len(), 1);
        let unknown = Fault::field(Field::Messages, Problem::Unknown);
        assert_eq!(refused(edit(&cast.nora, "Mine.").await), unknown);
        house.forward(300_001);
        assert_eq!(refused(edit(&cast.uwe, "Too late.").await), Fault::Changed);
    })
    .await;
}

#[tokio::test]
async fn a_report_shows_the_picked_messages_and_nothing_else() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = acquainted(house, &cast.uwe, &cast.nora, "nora@example.com").await;
        says(house, &cast.uwe, id, "Nasty.").await;
        says(house, &cast.nora, id, "Stop.").await;
        let entries = reads(house, &cast.nora, id).await.entries;
        let of = |body: &str| {
            let found = entries.iter().find(|entry| {
                matches!(&entry.entry.content, Content::Message { body: b, .. } if b == body)
            });
            found.unwrap().entry.id
        };
        let report = |message| ReportForm {
            messages: vec![message],
            reason: "Rude".to_owned(),
        };
        let unknown = Fault::field(Field::Messages, Problem::Unknown);
        let own = direct::report(office, &cast.nora, id, &report(of("Stop."))).await;
        assert_eq!(refused(own), unknown, "not one's own");
        let strangers = direct::report(office, &cast.lena, id, &report(of("Nasty."))).await;
        assert_eq!(refused(strangers), Fault::NotFound);
        direct::report(office, &cast.nora, id, &report(of("Nasty.")))
            .await
            .unwrap();
        let all = direct::reports(office, &cast.olivia).await.unwrap();
        assert_eq!((all.len(), all[0].reason.as_str()), (1, "Rude"));
        let lines: Vec<_> = all[0].lines.iter().map(|line| line.body.as_str()).collect();
        assert_eq!(lines, ["Nasty."]);
        assert_eq!(all[0].lines[0].author.name, "Uwe");
        assert_eq!(
            refused(direct::reports(office, &cast.nora).await),
            Fault::Forbidden(Permission::ManagePeople)
        );
        direct::settle(office, &cast.olivia, all[0].id)
            .await
            .unwrap();
        assert!(
            direct::reports(office, &cast.olivia)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            refused(direct::settle(office, &cast.olivia, all[0].id).await),
            Fault::NotFound
        );
    })
    .await;
}

#[tokio::test]
async fn the_owner_says_who_may_start_and_limits_hold() {
    let few = Overrides {
        rate_messages: Some(3),
        ..Overrides::default()
    };
    both_with(few, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let set = async |setting: Setting, text: &str, was: &str| {
            let typed = Typed {
                setting,
                text: text.to_owned(),
                was: was.to_owned(),
            };
            setting::change(office, &cast.olivia, vec![typed])
                .await
                .unwrap();
        };
        let hello = async |who| {
            let form = to(house, "sam@example.com", "Hello.");
            direct::start(office, who, &form).await
        };
        set(Setting::DirectRoles, "agent", "").await;
        assert_eq!(refused(hello(&cast.uwe).await), Fault::Off);
        let id = hello(&cast.nora).await.unwrap();
        set(Setting::DirectRoles, "agent user", "agent").await;
        hello(&cast.uwe).await.unwrap();
        set(Setting::AllowDirect, "", "on").await;
        assert_eq!(refused(hello(&cast.nora).await), Fault::Off);
        says(house, &cast.nora, id, "Those that are there go on.").await;
        set(Setting::AllowDirect, "on", "").await;
        let again = to(house, "sam@example.com, nils@example.com", "Twice.");
        let first = direct::start(office, &cast.nils, &again).await.unwrap();
        assert_eq!(
            direct::start(office, &cast.nils, &again).await.unwrap(),
            first
        );
        assert_eq!(
            reads(house, &cast.nils, first).await.with.len(),
            1,
            "oneself is no recipient"
        );
        hello(&cast.nils).await.unwrap();
        assert!(matches!(
            refused(hello(&cast.nils).await),
            Fault::TooMany { .. }
        ));
        let none = to(house, " ", "Hello.");
        assert_eq!(
            refused(direct::start(office, &cast.sam, &none).await),
            Fault::field(Field::Recipients, Problem::Missing)
        );
        let stranger = DirectForm {
            people: vec![PersonId(uuid::Uuid::from_u128(7))],
            ..to(house, "", "Hello.")
        };
        assert_eq!(
            refused(direct::start(office, &cast.nora, &stranger).await),
            Fault::field(Field::Recipients, Problem::Unknown)
        );
    })
    .await;
}

#[tokio::test]
async fn many_at_once_neither_wait_in_a_circle_nor_miscount() {
    let generous = Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    };
    both_with(generous, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let people = [&cast.uwe, &cast.nora, &cast.nils];
        acquainted(house, &cast.uwe, &cast.nora, "nora@example.com").await;
        acquainted(house, &cast.uwe, &cast.nils, "nils@example.com").await;
        acquainted(house, &cast.nora, &cast.nils, "nils@example.com").await;
        let all = "uwe@example.com nora@example.com nils@example.com";
        let mut threads = Vec::new();
        for who in people {
            threads.push(writes_to(house, who, all, "All of us.").await);
        }
        let mut posts = Vec::new();
        for round in 0..8 {
            for who in people {
                for id in &threads {
                    let form = form(house, &format!("Round {round}."), None);
                    posts.push(
                        async move { user::reply(office, who, *id, &form).await.map(|_| ()) },
                    );
                }
            }
        }
        for done in futures::future::join_all(posts).await {
            done.unwrap();
        }
        for who in people {
            let mut counted = 0;
            for row in list(house, who).await {
                // Two others wrote eight times each, and one of them may have begun it.
                let is_one = threads.contains(&row.id);
                assert!(!is_one || [16, 17].contains(&row.unread), "{row:?}");
                counted += i64::from(row.unread > 0);
            }
            assert_eq!(badge(house, who).await, counted);
        }
    })
    .await;
}
