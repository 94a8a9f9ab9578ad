//! The people of the tests.

use pigeon_wire::message::StartForm;
use pigeon_wire::person::Language;
use pigeon_wire::text::{Email, Name};
use pigeon_wire::thread::Source;
use pigeon_wire::{PersonId, ThreadId};

use crate::actor::{Account, Guest, Reuse, Visitor};
use crate::guest::{Standing, Started};
use crate::{Office, guest, person, session};

/// Signed-in people of every role, and a visitor.
pub struct Cast {
    /// Owner.
    pub olivia: Account,
    /// Lead.
    pub lena: Account,
    /// Agent.
    pub nora: Account,
    /// Another agent.
    pub nils: Account,
    /// Viewer.
    pub sam: Account,
    /// A user without a role.
    pub uwe: Account,
    /// Somebody at the door whom nobody knows.
    pub visitor: Visitor,
}

impl Cast {
    /// Makes the cast in `office`. Their passwords cannot be typed: log-ins are tested with people
    /// of their own.
    pub async fn in_office(office: &Office) -> Self {
        Self {
            olivia: account(office, "Olivia", Some("owner")).await,
            lena: account(office, "Lena", Some("lead")).await,
            nora: account(office, "Nora", Some("agent")).await,
            nils: account(office, "Nils", Some("agent")).await,
            sam: account(office, "Sam", Some("viewer")).await,
            uwe: account(office, "Uwe", None).await,
            visitor: visitor("192.0.2.7"),
        }
    }

    /// The guest Guido starts a thread and is in it by his browser's session. Each call comes from
    /// another network address and mail address `guidoN@example.org`.
    pub async fn guido(&self, office: &Office, n: u32) -> Guest {
        let form = StartForm {
            name: "Guido".to_owned(),
            email: format!("guido{n}@example.org"),
            subject: "Kettle leaks".to_owned(),
            body: format!("It leaks at the spout ({n})."),
            key: office.fresh_key().into(),
        };
        let door = visitor(&format!("198.51.100.{n}"));
        match guest::start(office, &form, "", Source::Form, &door)
            .await
            .expect("a start")
        {
            Started::Thread { thread, secret, .. } => recognised(office, thread, &secret).await,
            Started::Caught | Started::Claimed => panic!("Guido is no robot"),
        }
    }
}

/// The guest behind a credential.
pub async fn recognised(office: &Office, thread: ThreadId, secret: &str) -> Guest {
    match guest::standing(office, thread, secret)
        .await
        .expect("a standing")
    {
        Standing::Good(guest) => guest,
        other => panic!("the credential is worth {other:?}"),
    }
}

/// Somebody at the door, from this network address.
pub fn visitor(address: &str) -> Visitor {
    Visitor {
        address: address.to_owned(),
        language: Language::En,
        agent: "test".to_owned(),
        reuse: Reuse::Beside,
    }
}

async fn account(office: &Office, name: &str, role: Option<&str>) -> Account {
    let email = format!("{}@example.com", name.to_lowercase());
    let new = person::NewUser {
        email: Email::parse(&email).expect("an address"),
        name: Name::parse(name).expect("a name"),
        role: role.map(str::to_owned),
        password_hash: "none".to_owned(),
        language: Language::En,
    };
    let person = office
        .write(move |work| Box::pin(async move { person::insert(work, &new).await }))
        .await
        .expect("a person");
    signed_in(office, person).await
}

/// Somebody, signed in now: sessions end, and some stories take longer.
pub async fn signed_in(office: &Office, person: PersonId) -> Account {
    let signed_in = office
        .write(move |work| {
            Box::pin(async move {
                let log_in = person::may_log_in(work, person, None).await?;
                session::open(work, &log_in.expect("an account"), "test").await
            })
        })
        .await
        .expect("an account");
    session::recognise(office, &signed_in.secret)
        .await
        .expect("a session")
        .expect("an account")
}
