//! Visitors for whom another site vouches: known by (key, subject) alone, in their own threads alone,
//! and nobody any more once the key is gone.

use pigeon_core::actor::Account;
use pigeon_core::embed::{self, Unvouched, Word, key};
use pigeon_core::person::{self as manage, Held, export::Export, own};
use pigeon_core::testing::{Backend, Cast, House, Site, both, visitor};
use pigeon_core::{Error, inbox, mailbox, note, proof, session, setting, thread, token, user};
use pigeon_wire::embed::STAY_S;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::inbox::View;
use pigeon_wire::live::UserFrame;
use pigeon_wire::mailbox::{MailboxView, QuestionForm};
use pigeon_wire::message::Content;
use pigeon_wire::permission::Permission;
use pigeon_wire::{EmbedKeyId, Fault, ThreadId};
use serde_json::json;

use crate::voice::{answers, form, note_form, refused};

async fn asks(house: &House, who: &Account, body: &str) -> ThreadId {
    let form = QuestionForm {
        subject: "Order".to_owned(),
        body: body.to_owned(),
        key: house.office.fresh_key().into(),
    };
    let started = user::start(&house.office, who, &form, Vec::new()).await;
    started.unwrap()
}

async fn reads(house: &House, who: &Account, id: ThreadId) -> Result<(), Error> {
    user::open(&house.office, who, id).await.map(|_| ())
}

fn id_of(site: &Site) -> EmbedKeyId {
    site.key.parse().unwrap()
}

#[tokio::test]
async fn a_visitor_is_known_by_key_and_subject_and_by_nothing_else() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let shop = Site::new(office, &cast.olivia, "Shop").await;
        let blog = Site::new(office, &cast.olivia, "Blog").await;

        let vera = shop.brings(office, "4711").await;
        assert_eq!(shop.brings(office, "4711").await.person, vera.person);
        let other = shop.brings(office, "4712").await;
        let elsewhere = blog.brings(office, "4711").await;
        assert!(vera.person != other.person && vera.person != elsewhere.person);

        // The address of somebody with an account opens nothing of theirs, however it is claimed.
        let now_s = office.now().0 / 1000;
        let claims = json!({ "sub": "4713", "name": "Uwe", "email": "uwe@example.com",
            "iat": now_s, "exp": now_s + 60 });
        let word = embed::vouch(office, &shop.signed(&claims), &visitor("192.0.2.9")).await;
        let Word::Good { person, .. } = word.unwrap() else {
            panic!("it is good");
        };
        assert_ne!(person, cast.uwe.person);

        let id = asks(house, &vera, "Where is my parcel?").await;
        reads(house, &vera, id).await.unwrap();
        for stranger in [&other, &elsewhere, &cast.uwe] {
            assert_eq!(refused(reads(house, stranger, id).await), Fault::NotFound);
            let page = mailbox::page(office, stranger, MailboxView::All, None).await;
            assert!(page.unwrap().rows.is_empty());
            let posted = user::reply(office, stranger, id, &form(house, "Hello?", None)).await;
            assert_eq!(refused(posted), Fault::NotFound);
        }
        let of_uwe = asks(house, &cast.uwe, "A secret.").await;
        assert_eq!(refused(reads(house, &vera, of_uwe).await), Fault::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_visitor_talks_with_the_team_and_is_mailed_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let shop = Site::new(office, &cast.olivia, "Shop").await;
        let vera = shop.brings(office, "vera").await;
        let id = asks(house, &vera, "Where is my parcel?").await;
        let mut line = office.hub().attach_mine(&vera);

        let row = inbox::page(office, &cast.nora, View::All, None)
            .await
            .unwrap();
        assert_eq!(row.rows[0].row.id, id);
        let written = note::add(
            office,
            &cast.nora,
            id,
            &note_form(house, "A difficult one."),
        )
        .await;
        written.unwrap();
        answers(house, &cast.nora, id, "On its way.").await;
        house.told().await;
        house.run_mails().await;
        let letters = house.mailbox.letters();
        assert!(
            letters
                .iter()
                .all(|letter| !letter.to.1.as_str().ends_with(".invalid"))
        );

        assert_eq!(mailbox::counts(office, &vera).await.unwrap().unread, 1);
        let opened = user::open(office, &vera, id).await.unwrap();
        let said: Vec<&str> = opened
            .entries
            .iter()
            .filter_map(|one| match &one.entry.content {
                Content::Message { body, .. } => Some(body.as_str()),
                Content::Event { .. } => None,
            })
            .collect();
        assert_eq!(said, ["Where is my parcel?", "On its way."]);
        let heard: Vec<String> = std::iter::from_fn(|| line.waiting())
            .map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
            .collect();
        assert!(heard.iter().any(|frame| frame.contains("On its way.")));
        assert!(!heard.iter().any(|frame| frame.contains("difficult")));
        assert!(
            heard
                .iter()
                .all(|frame| serde_json::from_str::<UserFrame>(frame).is_ok())
        );
        user::seen(office, &vera, id, opened.change).await.unwrap();
        assert_eq!(mailbox::counts(office, &vera).await.unwrap().unread, 0);
    })
    .await;
}

#[tokio::test]
async fn a_visitor_has_nothing_of_an_account_and_no_permission() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let shop = Site::new(office, &cast.olivia, "Shop").await;
        let vera = shop.brings(office, "vera").await;
        // Not even with a role.
        let given = manage::change_role(office, &cast.olivia, vera.person, Some("owner")).await;
        assert_eq!(refused(given), Fault::field(Field::Role, Problem::Unknown));
        house.give_role(vera.person, Some("owner")).await;
        let id = cast.guido(office, 1).await.thread;

        let forbidden = |permission| Fault::Forbidden(permission);
        let page = inbox::page(office, &vera, View::All, None)
            .await
            .map(|_| ());
        assert_eq!(refused(page), forbidden(Permission::AccessInbox));
        let opened = thread::open(office, &vera, id).await.map(|_| ());
        assert_eq!(refused(opened), forbidden(Permission::AccessInbox));
        let settings = setting::open(office, &vera).await.map(|_| ());
        assert_eq!(refused(settings), forbidden(Permission::ManageSettings));
        let about_an_account = [
            own::account(office, &vera).await.map(|_| ()),
            session::list::own(office, &vera).await.map(|_| ()),
            token::own(office, &vera).await.map(|_| ()),
            token::make(office, &vera, "mine", pigeon_wire::token::Scope::ALL, 30)
                .await
                .map(|_| ()),
            Export::begin(office, &vera).await.map(|_| ()),
            key::all(office, &vera).await.map(|_| ()),
            key::make(office, &vera, "mine").await.map(|_| ()),
        ];
        for asked in about_an_account {
            assert_eq!(refused(asked), Fault::OutOfScope);
        }
        let me = session::me(office, &vera).await.unwrap();
        assert_eq!(me.role, None);

        // Nobody logs in as them, or has a password mailed for them.
        let address = me.email.as_str().to_owned();
        let door = visitor("192.0.2.1");
        let tried = session::log_in(office, &address, "correct horse battery", &door, None);
        assert_eq!(refused(tried.await.map(|_| ())), Fault::WrongPassword);
        proof::reset(office, &address, &visitor("192.0.2.1"))
            .await
            .unwrap();
        house.run_mails().await;
        let letters = house.mailbox.letters();
        assert!(letters.iter().all(|letter| letter.to.1.as_str() != address));
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_revoked_ends_everything_at_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let shop = Site::new(office, &cast.olivia, "Shop").await;
        let blog = Site::new(office, &cast.olivia, "Blog").await;
        let token = shop.token(office, "vera").await.unwrap();
        let vera = embed::recognise(office, &token).await.unwrap().unwrap();
        let kept = blog.brings(office, "vera").await;
        let id = asks(house, &vera, "Where is my parcel?").await;
        let mut line = office.hub().attach_mine(&vera);
        let mut other = office.hub().attach_mine(&kept);

        key::revoke(office, &cast.olivia, id_of(&shop))
            .await
            .unwrap();
        assert_eq!(embed::recognise(office, &token).await.unwrap(), None);
        assert_eq!(refused(reads(house, &vera, id).await), Fault::NotSignedIn);
        let posted = user::reply(office, &vera, id, &form(house, "Hello?", None)).await;
        assert_eq!(refused(posted), Fault::NotSignedIn);
        assert_eq!(shop.token(office, "vera").await, Err(Unvouched::Key));
        assert!(matches!(
            line.next().await,
            pigeon_core::hub::Out::Close(4001)
        ));
        assert!(other.waiting().is_none(), "another site's visitor stays");
        mailbox::counts(office, &kept).await.unwrap();

        // The secret is gone, and a revoked key stays so.
        let again = key::revoke(office, &cast.olivia, id_of(&shop)).await;
        assert_eq!(refused(again), Fault::NotFound);
        let renewed = key::renew(office, &cast.olivia, id_of(&shop))
            .await
            .map(|_| ());
        assert_eq!(refused(renewed), Fault::NotFound);
        let all = key::all(office, &cast.olivia).await.unwrap();
        let revoked: Vec<bool> = all.iter().map(|one| one.revoked_at.is_some()).collect();
        assert_eq!(revoked.iter().filter(|revoked| **revoked).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_new_secret_ends_the_old_one_and_keeps_the_visitors() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let shop = Site::new(office, &cast.olivia, "Shop").await;
        let token = shop.token(office, "vera").await.unwrap();
        let vera = embed::recognise(office, &token).await.unwrap().unwrap();
        let id = asks(house, &vera, "Where is my parcel?").await;
        house.forward(1000);

        let made = key::renew(office, &cast.olivia, id_of(&shop))
            .await
            .unwrap();
        assert_eq!(shop.token(office, "vera").await, Err(Unvouched::Signature));
        assert_eq!(embed::recognise(office, &token).await.unwrap(), None);
        assert_eq!(refused(reads(house, &vera, id).await), Fault::NotSignedIn);
        let renewed = Site::from(made);
        assert_eq!(renewed.key, shop.key);
        assert_ne!(renewed.secret, shop.secret);
        let again = renewed.brings(office, "vera").await;
        assert_eq!(again.person, vera.person);
        reads(house, &again, id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stay_lasts_an_hour_and_only_while_the_person_may() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let shop = Site::new(office, &cast.olivia, "Shop").await;
        let token = shop.token(office, "vera").await.unwrap();
        let vera = embed::recognise(office, &token).await.unwrap().unwrap();
        house.forward(STAY_S * 1000 - 1);
        mailbox::counts(office, &vera).await.unwrap();
        house.forward(1);
        assert_eq!(embed::recognise(office, &token).await.unwrap(), None);
        let counts = mailbox::counts(office, &vera).await.map(|_| ());
        assert_eq!(refused(counts), Fault::NotSignedIn);

        let vera = shop.brings(office, "vera").await;
        let ended = manage::deactivate(office, &cast.olivia, vera.person, Held::Stays).await;
        ended.unwrap();
        let counts = mailbox::counts(office, &vera).await.map(|_| ());
        assert_eq!(refused(counts), Fault::NotSignedIn);
        assert_eq!(
            shop.token(office, "vera").await,
            Err(Unvouched::Deactivated)
        );
    })
    .await;
}

#[tokio::test]
async fn a_word_that_brings_nothing_new_writes_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let shop = Site::new(office, &cast.olivia, "Shop").await;
        let count =
            async |table: &str| house.number(&format!("SELECT COUNT(*) FROM {table}")).await;
        shop.token(office, "vera").await.unwrap();
        let (people, audit) = (count("people").await, count("audit").await);
        for _ in 0..3 {
            shop.token(office, "vera").await.unwrap();
        }
        assert_eq!(
            (count("people").await, count("audit").await),
            (people, audit)
        );

        // Another name is the same person's.
        let word = shop.word(office, "vera", "Vera Visitor");
        let told = embed::vouch(office, &word, &visitor("192.0.2.9"))
            .await
            .unwrap();
        let Word::Good { person, .. } = told else {
            panic!("it is good");
        };
        let vera = shop.brings(office, "vera").await;
        assert_eq!(person, vera.person);
        assert_eq!(count("people").await, people);
    })
    .await;
}

#[tokio::test]
async fn two_words_at_the_same_moment_make_one_person() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let shop = Site::new(office, &cast.olivia, "Shop").await;
        let all = futures::future::join_all((0..8).map(|_| shop.brings(office, "vera"))).await;
        assert!(all.iter().all(|one| one.person == all[0].person));
    })
    .await;
}

#[tokio::test]
async fn keys_are_for_whoever_changes_the_settings_in_person() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for other in [&cast.nora, &cast.uwe] {
            let made = key::make(office, other, "Shop").await.map(|_| ());
            assert_eq!(refused(made), Fault::Forbidden(Permission::ManageSettings));
            let all = key::all(office, other).await.map(|_| ());
            assert_eq!(refused(all), Fault::Forbidden(Permission::ManageSettings));
        }
        let unnamed = key::make(office, &cast.olivia, " ").await.map(|_| ());
        assert_eq!(
            refused(unnamed),
            Fault::field(Field::Name, Problem::Missing)
        );
        let made = key::make(office, &cast.olivia, "Shop").await.unwrap();
        let shown = format!("{:?}", key::all(office, &cast.olivia).await.unwrap());
        assert!(!shown.contains(&made.secret));
        let revoked = key::revoke(office, &cast.nora, made.id).await;
        assert_eq!(
            refused(revoked),
            Fault::Forbidden(Permission::ManageSettings)
        );
    })
    .await;
}

#[tokio::test]
async fn words_are_counted() {
    let house = House::fresh(Backend::Sqlite).await;
    let office = &house.office;
    let mut told = Ok(Word::Bad(Unvouched::Malformed));
    for _ in 0..=600 {
        told = embed::vouch(office, "nonsense", &visitor("192.0.2.9")).await;
    }
    assert!(matches!(told, Err(Error::Fault(Fault::TooMany { .. }))));
}
