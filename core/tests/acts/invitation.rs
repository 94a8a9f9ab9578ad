//! Invitations: by mail, once, for a week, and only while their inviter may give what they give.

use pigeon_core::actor::Account;
use pigeon_core::invitation::Acceptance;
use pigeon_core::mail::Refusal;
use pigeon_core::testing::{Cast, House, both, visitor};
use pigeon_core::{Error, invitation, person, role, session};
use pigeon_wire::Fault;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::note::Delivery;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::team::{InvitationView, PeopleFilter, PeopleState};

use crate::voice::refused;

const PASSWORD: &str = "correct horse battery";
const INA: &str = "Ina@example.net";

async fn invites(house: &House, who: &Account, role: Option<&str>) -> Result<(), Error> {
    invitation::invite(&house.office, who, INA, role, Language::En).await
}

async fn pending(house: &House, who: &Account) -> Vec<InvitationView> {
    let filter = PeopleFilter {
        text: String::new(),
        state: PeopleState::All,
        role: None,
        after: None,
    };
    let page = person::people(&house.office, who, &filter).await.unwrap();
    page.invitations
}

/// The token of the newest invitation that was mailed.
async fn token(house: &House) -> String {
    house.run_mails().await;
    let letters = house.mailbox.letters();
    let letter = letters.iter().rev().find(|l| l.text.contains("/invite/"));
    let letter = letter.expect("an invitation");
    assert_eq!(letter.to.1.as_str(), INA);
    let (_, rest) = letter.text.split_once("/invite/").unwrap();
    rest.chars().take_while(|c| !c.is_whitespace()).collect()
}

fn typed(password: &str) -> Acceptance<'_> {
    Acceptance {
        name: "Ina",
        password,
        language: Language::De,
    }
}

async fn accepts(house: &House, token: &str) -> Result<session::SignedIn, Error> {
    let door = visitor("192.0.2.9");
    invitation::accept(&house.office, token, typed(PASSWORD), &door, None).await
}

async fn is_refused(house: &House, token: &str) {
    let shown = invitation::open(&house.office, token).await;
    assert_eq!(refused(shown), Fault::NotFound);
    let accepted = accepts(house, token).await.map(|_| ());
    assert_eq!(refused(accepted), Fault::NotFound);
}

#[tokio::test]
async fn an_invited_address_becomes_an_account_once() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        invites(house, &cast.olivia, Some("agent")).await.unwrap();
        let token = token(house).await;
        for _ in 0..2 {
            // A robot looks at it first; nothing is used up.
            let shown = invitation::open(office, &token).await.unwrap();
            assert_eq!((shown.email.as_str(), shown.by.as_str()), (INA, "Olivia"));
        }
        let door = visitor("192.0.2.9");
        let short = invitation::accept(office, &token, typed("short"), &door, None).await;
        assert!(matches!(refused(short.map(|_| ())), Fault::Invalid(_)));
        let (one, other) = tokio::join!(accepts(house, &token), accepts(house, &token));
        assert!(one.is_ok() != other.is_ok());
        let signed_in = one.or(other).unwrap();
        let ina = session::recognise(office, &signed_in.secret)
            .await
            .unwrap()
            .unwrap();
        let me = session::me(office, &ina).await.unwrap();
        assert_eq!((me.name.as_str(), me.email.as_str()), ("Ina", INA));
        assert!(me.permissions.has(Permission::ManageThreads));
        assert!(
            session::log_in(office, INA, PASSWORD, &door, None)
                .await
                .is_ok()
        );
        is_refused(house, &token).await;
        assert_eq!(pending(house, &cast.olivia).await, []);
        let acts = house.words("SELECT act FROM audit ORDER BY at, id").await;
        assert!(acts.contains(&"invited".to_owned()), "{acts:?}");
        assert!(acts.contains(&"joined".to_owned()), "{acts:?}");
    })
    .await;
}

#[tokio::test]
async fn only_who_may_give_the_role_invites_to_it() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for who in [&cast.lena, &cast.nora, &cast.sam, &cast.uwe] {
            let answer = invites(house, who, None).await;
            assert_eq!(refused(answer), Fault::Forbidden(Permission::ManagePeople));
        }
        person::change_role(office, &cast.olivia, cast.lena.person, Some("admin"))
            .await
            .unwrap();
        let owner = invites(house, &cast.lena, Some("owner")).await;
        let problem = |problem| Fault::field(Field::Role, problem);
        assert_eq!(refused(owner), problem(Problem::OwnersOnly));
        let unknown = invites(house, &cast.lena, Some("king")).await;
        assert_eq!(refused(unknown), problem(Problem::Unknown));
        let address = |problem| Fault::field(Field::Email, problem);
        let there = invitation::invite(office, &cast.lena, "NORA@example.com", None, Language::En);
        assert_eq!(refused(there.await), address(Problem::Taken));
        invites(house, &cast.lena, Some("admin")).await.unwrap();
        let again = invites(house, &cast.olivia, None).await;
        assert_eq!(refused(again), address(Problem::Invited));
        assert_eq!(house.number("SELECT COUNT(*) FROM outbox").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_when_it_expires_is_replaced_or_taken_back() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        invites(house, &cast.olivia, Some("agent")).await.unwrap();
        let first = token(house).await;
        house.forward(7 * DAY_MS);
        is_refused(house, &first).await;
        let one = pending(house, &cast.olivia).await.remove(0);
        assert!(!one.works);
        invitation::send_again(office, &cast.olivia, one.id)
            .await
            .unwrap();
        let second = token(house).await;
        assert_ne!(first, second);
        is_refused(house, &first).await;
        assert!(invitation::open(office, &second).await.is_ok());
        assert!(pending(house, &cast.olivia).await.remove(0).works);
        invitation::send_again(office, &cast.olivia, one.id)
            .await
            .unwrap();
        invitation::revoke(office, &cast.olivia, one.id)
            .await
            .unwrap();
        is_refused(house, &second).await;
        let before = house.mailbox.letters().len();
        house.run_mails().await;
        assert_eq!(house.mailbox.letters().len(), before, "not sent any more");
        let gone = invitation::revoke(office, &cast.olivia, one.id).await;
        assert_eq!(refused(gone), Fault::NotFound);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_gives_what_its_inviter_may_give_now() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let admin = Some("admin");
        person::change_role(office, &cast.olivia, cast.lena.person, admin)
            .await
            .unwrap();
        invites(house, &cast.lena, admin).await.unwrap();
        let link = token(house).await;
        person::change_role(office, &cast.olivia, cast.lena.person, Some("lead"))
            .await
            .unwrap();
        is_refused(house, &link).await;
        person::change_role(office, &cast.olivia, cast.lena.person, admin)
            .await
            .unwrap();
        assert!(invitation::open(office, &link).await.is_ok());
        person::deactivate(office, &cast.olivia, cast.lena.person, person::Held::Stays)
            .await
            .unwrap();
        is_refused(house, &link).await;
        // Somebody who may takes it over.
        let one = pending(house, &cast.olivia).await.remove(0);
        assert!(!one.works);
        invitation::send_again(office, &cast.olivia, one.id)
            .await
            .unwrap();
        let link = token(house).await;
        assert!(accepts(house, &link).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_became_of_an_invitations_mail_is_shown() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        invites(house, &cast.olivia, Some("agent")).await.unwrap();
        let mail = async || {
            let one = pending(house, &cast.olivia).await.remove(0);
            (one.id, one.mail.expect("a mail"))
        };
        let (id, waits) = mail().await;
        assert_eq!((waits.delivery, waits.answer), (Delivery::Queued, None));
        let never = Refusal::Never("550 no such mailbox".to_owned());
        house.mailbox.refuse_next(never);
        house.run_mails().await;
        let (_, failed) = mail().await;
        let words = Some("550 no such mailbox".to_owned());
        assert_eq!((failed.delivery, failed.answer), (Delivery::Failed, words));
        house.forward(1);
        invitation::send_again(office, &cast.olivia, id)
            .await
            .unwrap();
        assert_eq!(mail().await.1.delivery, Delivery::Queued);
        house.run_mails().await;
        assert_eq!(mail().await.1.delivery, Delivery::Sent);
    })
    .await;
}

#[tokio::test]
async fn one_address_is_not_flooded() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        invites(house, &cast.olivia, None).await.unwrap();
        let id = pending(house, &cast.olivia).await.remove(0).id;
        for _ in 0..4 {
            invitation::send_again(office, &cast.olivia, id)
                .await
                .unwrap();
        }
        let more = invitation::send_again(office, &cast.olivia, id).await;
        assert!(matches!(refused(more), Fault::TooMany { .. }));
        house.run_mails().await;
        assert_eq!(
            house.mailbox.letters().len(),
            1,
            "what waits together is one mail"
        );
    })
    .await;
}

#[tokio::test]
async fn the_reading_of_direct_threads_is_given_by_owners_and_told_to_all_of_them() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let olivia = &cast.olivia;
        let change = async |who: &Account, whom: &Account, role: &str| {
            person::change_role(office, who, whom.person, Some(role)).await
        };
        change(olivia, &cast.nils, "owner").await.unwrap();
        change(olivia, &cast.lena, "admin").await.unwrap();
        let all = [Permission::AccessInbox, Permission::ReadDirect];
        let by_admin = role::create(office, &cast.lena, "Trust", &all).await;
        let problem = Fault::field(Field::Permissions, Problem::OwnersOnly);
        assert_eq!(refused(by_admin), problem);
        let slug = role::create(office, olivia, "Trust", &all[..1])
            .await
            .unwrap();
        house.run_mails().await;
        assert_eq!(house.mailbox.letters().len(), 0);
        role::edit(office, olivia, &slug, "Trust", &all)
            .await
            .unwrap();
        let told = async || {
            house.run_mails().await;
            let letters = house.mailbox.letters();
            let mut to: Vec<String> = letters.iter().map(|l| l.to.1.as_str().to_owned()).collect();
            to.sort();
            to
        };
        let both_owners = ["nils@example.com", "olivia@example.com"];
        assert_eq!(told().await, both_owners);
        let handed_on = change(&cast.lena, &cast.nora, &slug).await;
        let problem = Fault::field(Field::Role, Problem::OwnersOnly);
        assert_eq!(refused(handed_on), problem);
        change(olivia, &cast.nora, &slug).await.unwrap();
        assert_eq!(told().await.len(), 4);
        let noted = "SELECT COUNT(*) FROM audit WHERE act = 'read_direct_granted'";
        assert_eq!(house.number(noted).await, 2);
        // An admin may take it away, and tells nobody.
        change(&cast.lena, &cast.nora, "agent").await.unwrap();
        role::edit(office, &cast.lena, &slug, "Trust", &all[..1])
            .await
            .unwrap();
        assert_eq!(told().await.len(), 4);
    })
    .await;
}
