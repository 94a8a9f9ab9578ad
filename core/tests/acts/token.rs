//! API tokens: within their scopes, within their owner's rights, and no longer than both.

use pigeon_core::actor::Account;
use pigeon_core::person::{export::Export, own};
use pigeon_core::testing::{Cast, House, both};
use pigeon_core::{Error, inbox, message, note, person, proof, session, setting, thread, token};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::{DAY_MS, MINUTE_MS};
use pigeon_wire::inbox::View;
use pigeon_wire::message::ReplyForm;
use pigeon_wire::note::NoteForm;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::thread::Status;
use pigeon_wire::token::Scope;
use pigeon_wire::{Fault, ThreadId};

use crate::voice::refused;

/// A program with a token of `owner` that has these scopes.
async fn program(house: &House, owner: &Account, scopes: &[Scope]) -> Account {
    let made = token::make(&house.office, owner, "a program", scopes, 30).await;
    let secret = made.unwrap().secret;
    assert!(secret.starts_with("pgn_") && secret.len() == 47, "{secret}");
    let known = token::recognise(&house.office, &secret).await.unwrap();
    known.expect("a token that stands").account
}

async fn reads(house: &House, who: &Account) -> Result<(), Error> {
    inbox::page(&house.office, who, View::All, None)
        .await
        .map(|_| ())
}

async fn writes(house: &House, who: &Account, id: ThreadId, key: &str) -> Result<(), Error> {
    let form = ReplyForm {
        body: format!("An answer to {id}."),
        key: key.to_owned(),
        ..ReplyForm::default()
    };
    message::reply(&house.office, who, id, &form)
        .await
        .map(|_| ())
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_and_nothing_else() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let key = |n: u32| format!("{n:0>22}");
        let forbidden = |permission| Fault::Forbidden(permission);

        let reader = program(house, &cast.olivia, &[Scope::Read]).await;
        reads(house, &reader).await.unwrap();
        let written = writes(house, &reader, id, &key(1)).await;
        assert_eq!(refused(written), forbidden(Permission::ManageThreads));
        let closed = thread::set_status(office, &reader, id, None, Status::Closed).await;
        assert_eq!(refused(closed), forbidden(Permission::ManageThreads));

        let writer = program(house, &cast.olivia, &[Scope::Write]).await;
        writes(house, &writer, id, &key(2)).await.unwrap();
        let given = thread::assign(office, &writer, id, None, Some(cast.nils.person)).await;
        assert_eq!(refused(given), forbidden(Permission::AssignThreads));

        let lead = program(house, &cast.olivia, &[Scope::Assign]).await;
        thread::assign(office, &lead, id, None, Some(cast.nils.person))
            .await
            .unwrap();
        let clerk = program(house, &cast.olivia, &[Scope::People]).await;
        let read = reads(house, &clerk).await;
        assert_eq!(refused(read), forbidden(Permission::AccessInbox));

        // What its scopes do not open stays shut for an owner's token.
        let others = Scope::ALL.iter().copied();
        let others: Vec<Scope> = others.filter(|one| *one != Scope::Administer).collect();
        let most = program(house, &cast.olivia, &others).await;
        let settings = setting::open(office, &most).await.map(|_| ());
        assert_eq!(refused(settings), forbidden(Permission::ManageSettings));
        // And what no scope opens for one with all of them.
        let all = program(house, &cast.olivia, Scope::ALL).await;
        setting::open(office, &all).await.unwrap();
        let own_account = [
            own::account(office, &all).await.map(|_| ()),
            own::change_profile(office, &all, "Mallory", Language::En, "").await,
            own::change_password(office, &all, "old password", "new password").await,
            proof::change_address(office, &all, "m@example.net", "old password").await,
            session::list::own(office, &all).await.map(|_| ()),
            session::end(office, &all).await,
            token::own(office, &all).await.map(|_| ()),
            token::make(office, &all, "more", Scope::ALL, 30)
                .await
                .map(|_| ()),
            Export::begin(office, &all).await.map(|_| ()),
        ];
        for answer in own_account {
            assert_eq!(refused(answer), Fault::OutOfScope);
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_is_never_worth_more_than_its_owner_is_now() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = cast.guido(office, 1).await.thread;
        let viewers = program(house, &cast.sam, Scope::ALL).await;
        reads(house, &viewers).await.unwrap();
        let written = writes(house, &viewers, id, &"1".repeat(22)).await;
        assert_eq!(
            refused(written),
            Fault::Forbidden(Permission::ManageThreads)
        );
        let users = program(house, &cast.uwe, Scope::ALL).await;
        let read = reads(house, &users).await;
        assert_eq!(refused(read), Fault::Forbidden(Permission::AccessInbox));

        let noras = program(house, &cast.nora, Scope::ALL).await;
        writes(house, &noras, id, &"2".repeat(22)).await.unwrap();
        person::change_role(office, &cast.olivia, cast.nora.person, Some("viewer"))
            .await
            .unwrap();
        let written = writes(house, &noras, id, &"3".repeat(22)).await;
        assert_eq!(
            refused(written),
            Fault::Forbidden(Permission::ManageThreads)
        );
        house.deactivate(cast.nora.person).await;
        assert_eq!(refused(reads(house, &noras).await), Fault::NotSignedIn);
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_with_its_days_and_when_it_is_revoked() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let made = token::make(office, &cast.nora, "hook", &[Scope::Read], 7)
            .await
            .unwrap();
        let stands = async || {
            token::recognise(office, &made.secret)
                .await
                .unwrap()
                .is_some()
        };
        assert!(stands().await);
        for wrong in [
            "",
            "pgn_",
            &made.secret[4..],
            &made.secret.replace("pgn_", "PGN_"),
        ] {
            assert!(token::recognise(office, wrong).await.unwrap().is_none());
        }
        let stored = house.words("SELECT name FROM tokens").await;
        assert_eq!(stored, ["hook"]);
        house.forward(7 * DAY_MS - 1);
        assert!(stands().await);
        house.forward(1);
        assert!(!stands().await);

        let made = token::make(office, &cast.nora, "hook", &[Scope::Read], 7)
            .await
            .unwrap();
        let known = token::recognise(office, &made.secret)
            .await
            .unwrap()
            .unwrap();
        let used = token::own(office, &cast.nora).await.unwrap()[0].used_at;
        assert!(used.is_some(), "the hour of its use is kept");
        let others = token::revoke(office, &cast.nils, made.view.id).await;
        assert_eq!(refused(others), Fault::NotFound);
        token::revoke(office, &cast.nora, made.view.id)
            .await
            .unwrap();
        assert!(
            token::recognise(office, &made.secret)
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(
            refused(reads(house, &known.account).await),
            Fault::NotSignedIn
        );
        let acts = house.words("SELECT act FROM audit ORDER BY act").await;
        assert_eq!(acts, ["token_made", "token_made", "token_revoked"]);
        let detail = house.words("SELECT detail FROM audit").await.concat();
        assert!(!detail.contains("pgn_"), "{detail}");
    })
    .await;
}

#[tokio::test]
async fn a_token_has_a_name_a_scope_and_an_end() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let make = async |name: &str, scopes: &[Scope], days| {
            token::make(office, &cast.nora, name, scopes, days)
                .await
                .map(|_| ())
        };
        let wrong = |field, problem| Fault::field(field, problem);
        let read = [Scope::Read];
        assert_eq!(
            refused(make("", &read, 30).await),
            wrong(Field::Name, Problem::Missing)
        );
        assert_eq!(
            refused(make("a", &[], 30).await),
            wrong(Field::Scopes, Problem::Missing)
        );
        assert_eq!(
            refused(make("a", &read, 0).await),
            wrong(Field::Days, Problem::Unknown)
        );
        for _ in 0..50 {
            make("a", &read, 30).await.unwrap();
        }
        assert_eq!(refused(make("a", &read, 30).await), Fault::TooLarge);
    })
    .await;
}

#[tokio::test]
async fn a_program_uses_a_key_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let one = cast.guido(office, 1).await.thread;
        let writer = program(house, &cast.nora, &[Scope::Write]).await;
        let key = "k".repeat(22);
        let say = async |who: &Account, body: &str| {
            let form = ReplyForm {
                body: body.to_owned(),
                key: key.clone(),
                ..ReplyForm::default()
            };
            message::reply(office, who, one, &form).await
        };
        let first = say(&writer, "One.").await.unwrap();
        assert_eq!(say(&writer, "One.").await.unwrap(), first);
        assert_eq!(
            refused(say(&writer, "Two.").await.map(|_| ())),
            Fault::KeyReused
        );
        let note = NoteForm {
            body: "One.".to_owned(),
            key: key.clone(),
            ..NoteForm::default()
        };
        let noted = note::add(office, &writer, one, &note).await.map(|_| ());
        assert_eq!(refused(noted), Fault::KeyReused);
        say(&cast.nora, "Two.").await.unwrap();
        let count = house
            .number("SELECT COUNT(*) FROM messages WHERE kind = 'message'")
            .await;
        assert_eq!(
            count, 3,
            "the question, and the two of the page and the program"
        );
    })
    .await;
}

#[tokio::test]
async fn requests_of_a_token_are_counted_by_themselves() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let made = token::make(office, &cast.nora, "a", &[Scope::Read], 30)
            .await
            .unwrap();
        let known = token::recognise(office, &made.secret)
            .await
            .unwrap()
            .unwrap();
        for n in 1..=600 {
            let spent = token::spend(office, &known).unwrap();
            assert_eq!((spent.most, spent.left), (600, 600 - n));
        }
        let (spent, fault) = token::spend(office, &known).unwrap_err();
        assert_eq!(spent.left, 0);
        assert!(matches!(fault, Fault::TooMany { .. }));
        house.forward(MINUTE_MS);
        assert_eq!(token::spend(office, &known).unwrap().left, 599);
    })
    .await;
}
