//! Everybody who might knock, and threads in every state.

use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use futures::stream;
use pigeon_core::actor::{Account, Guest};
use pigeon_core::attachment::{self, Uploader};
use pigeon_core::guest::{self, Standing};
use pigeon_core::setting::Overrides;
use pigeon_core::testing::run_sql;
use pigeon_core::{note, session, thread};
use pigeon_wire::message::ReplyForm;
use pigeon_wire::note::NoteForm;
use pigeon_wire::permission::{BuiltinRole, Permission, Permissions};
use pigeon_wire::thread::Status;
use pigeon_wire::{AttachmentId, PersonId, ThreadId};

use crate::harness::{Browser, PASSWORD, Pigeon};

/// Who knocks, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    Anonymous,
    /// The guest whose thread it is.
    Guest,
    /// A guest with another thread.
    OtherGuest,
    User,
    Viewer,
    Agent,
    Lead,
    Admin,
    Owner,
    /// An agent whose account was deactivated while the session stood.
    Deactivated,
}

impl Actor {
    pub const ALL: [Self; 10] = [
        Self::Anonymous,
        Self::Guest,
        Self::OtherGuest,
        Self::User,
        Self::Viewer,
        Self::Agent,
        Self::Lead,
        Self::Admin,
        Self::Owner,
        Self::Deactivated,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Guest => "guest",
            Self::OtherGuest => "other",
            Self::User => "user",
            Self::Viewer => "viewer",
            Self::Agent => "agent",
            Self::Lead => "lead",
            Self::Admin => "admin",
            Self::Owner => "owner",
            Self::Deactivated => "deactivated",
        }
    }

    pub fn permissions(self) -> Permissions {
        match self {
            Self::Viewer => BuiltinRole::Viewer.permissions(),
            Self::Agent => BuiltinRole::Agent.permissions(),
            Self::Lead => BuiltinRole::Lead.permissions(),
            Self::Admin => BuiltinRole::Admin.permissions(),
            Self::Owner => BuiltinRole::Owner.permissions(),
            _ => Permissions::NONE,
        }
    }

    pub fn is_staff(self) -> bool {
        self.permissions().is_staff()
    }

    /// The role with which the account is made; none for people without an account.
    const fn role(self) -> Option<&'static str> {
        match self {
            Self::Anonymous | Self::Guest | Self::OtherGuest => None,
            Self::User => Some("user"),
            Self::Viewer => Some("viewer"),
            Self::Agent | Self::Deactivated => Some("agent"),
            Self::Lead => Some("lead"),
            Self::Admin => Some("admin"),
            Self::Owner => Some("owner"),
        }
    }

    fn email(self) -> String {
        format!("{}@example.com", self.name())
    }
}

/// How a thread stands to whoever calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The call names no thread.
    None,
    /// Theirs: the guest's own, or assigned to the staff member who calls.
    Own,
    /// Assigned to a colleague.
    Others,
    Missing,
    Closed,
    Trashed,
    /// A direct thread of other people.
    Direct,
}

impl State {
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "-",
            Self::Own => "own",
            Self::Others => "other's",
            Self::Missing => "missing",
            Self::Closed => "closed",
            Self::Trashed => "trashed",
            Self::Direct => "direct",
        }
    }

    /// Whether whoever has the right to a call reaches a thread in this state.
    pub const fn is_reachable(self) -> bool {
        matches!(self, Self::None | Self::Own | Self::Others | Self::Closed)
    }
}

/// The thread that a call is about.
pub struct Subject {
    pub thread: ThreadId,
    /// An agent on whom those who manage people try what they may do.
    pub person: PersonId,
    /// The guest whose thread it is.
    pub customer: PersonId,
    /// Words that stand in its message alone.
    pub body: String,
    /// Words that stand in its note alone.
    pub note: String,
    /// A file of one of its messages, and one of its note, where the call asks for files. They hold
    /// the same words.
    pub file: AttachmentId,
    pub note_file: AttachmentId,
    /// A network of its own for the call, so that no limit is met.
    pub from: String,
    /// The browser of the guest whose thread it is.
    pub guest: Browser,
}

/// After so many starts the clock goes on, so that the limit on all starts together is not met.
const STARTS_A_WINDOW: u32 = 200;
const WINDOW_MS: i64 = 900_000;

/// One Pigeon with everybody in it.
pub struct World {
    pub pigeon: Pigeon,
    pub lead: Account,
    colleague: PersonId,
    target: PersonId,
    people: Vec<(Actor, PersonId)>,
    deactivated: String,
    made: AtomicU32,
}

impl World {
    pub async fn new() -> Self {
        let pigeon = Pigeon::start_with(Overrides {
            rate_messages: Some(1_000_000),
            ..Overrides::default()
        })
        .await;
        let office = &pigeon.office;
        let mut people = Vec::new();
        for actor in Actor::ALL {
            if let Some(role) = actor.role() {
                let (name, email) = (actor.name(), actor.email());
                let added = pigeon_core::person::add(office, &email, name, role, PASSWORD);
                added.await.unwrap();
                let person = session::open_for(office, &email, "matrix")
                    .await
                    .unwrap()
                    .person;
                people.push((actor, person));
            }
        }
        let added = pigeon_core::person::add(office, "nils@example.com", "Nils", "agent", PASSWORD);
        added.await.unwrap();
        let colleague = session::open_for(office, "nils@example.com", "matrix").await;
        let added =
            pigeon_core::person::add(office, "petra@example.com", "Petra", "agent", PASSWORD);
        let target = added.await.unwrap();
        let lead = session::open_for(office, &Actor::Lead.email(), "matrix")
            .await
            .unwrap();
        let lead = session::recognise(office, &lead.secret)
            .await
            .unwrap()
            .unwrap();
        let gone = Actor::Deactivated.email();
        let deactivated = session::open_for(office, &gone, "matrix")
            .await
            .unwrap()
            .secret;
        run_sql(
            office,
            &format!("UPDATE people SET deactivated_at = 1 WHERE email = '{gone}'"),
        )
        .await;
        Self {
            deactivated,
            colleague: colleague.unwrap().person,
            target,
            lead,
            people,
            made: AtomicU32::new(0),
            pigeon,
        }
    }

    /// A thread of a new guest, with a note, in `state` as seen by `actor`.
    pub async fn subject(&self, state: State, actor: Actor) -> Subject {
        self.subject_with(state, actor, false).await
    }

    /// The same, and with a file of a message and one of the note if wanted.
    pub async fn subject_with(&self, state: State, actor: Actor, with_files: bool) -> Subject {
        let n = self.made.fetch_add(1, Ordering::Relaxed);
        let (body, inside) = (
            format!("kettle-{n:06}-leaks"),
            format!("inside-{n:06}-only"),
        );
        let guest = self.pigeon.browser();
        let path = self.start(&guest, n, &body).await;
        let thread: ThreadId = path.trim_start_matches("/c/").parse().unwrap();
        let office = &self.pigeon.office;
        let secret = guest.cookie(&format!("__Host-pigeon-c-{thread}")).unwrap();
        let standing = guest::standing(office, thread, &secret).await.unwrap();
        let Standing::Good(Guest { person, .. }) = standing else {
            panic!("the guest is in")
        };
        let (file, note_file) = if with_files {
            self.files(thread, &guest, &body, &inside).await
        } else {
            let none = "019b0000-0000-7000-8000-000000000001".parse().unwrap();
            (none, none)
        };
        let form = NoteForm {
            body: inside.clone(),
            key: office.fresh_key().into(),
            attachments: if with_files {
                vec![note_file]
            } else {
                Vec::new()
            },
        };
        note::add(office, &self.lead, thread, &form).await.unwrap();
        let theirs = self.people.iter().find(|(who, _)| *who == actor);
        let manages = actor.permissions().has(Permission::ManageThreads);
        let theirs = theirs.filter(|_| manages).map(|(_, person)| *person);
        let assignee = match state {
            State::Own => theirs,
            State::Others => Some(self.colleague),
            _ => None,
        };
        if assignee.is_some() {
            let done = thread::assign(office, &self.lead, thread, None, assignee);
            done.await.unwrap();
        }
        let id = format!("x'{}'", thread.0.simple());
        match state {
            State::None | State::Own | State::Others | State::Missing => {}
            State::Closed => thread::set_status(office, &self.lead, thread, None, Status::Closed)
                .await
                .unwrap(),
            State::Trashed => thread::trash(office, &self.lead, thread).await.unwrap(),
            State::Direct => {
                run_sql(
                    office,
                    &format!("UPDATE threads SET kind = 'direct' WHERE id = {id}"),
                )
                .await;
            }
        }
        let nobodys = "019b0000-0000-7000-8000-000000000000";
        let (thread, customer) = match state {
            State::Missing => (nobodys.parse().unwrap(), nobodys.parse().unwrap()),
            _ => (thread, person),
        };
        Subject {
            thread,
            person: self.target,
            customer,
            body,
            note: inside,
            file,
            note_file,
            from: network(n),
            guest,
        }
    }

    /// A file of a message of the guest's, which is posted, and one for a note, which is not yet.
    async fn files(
        &self,
        thread: ThreadId,
        guest: &Browser,
        body: &str,
        inside: &str,
    ) -> (AttachmentId, AttachmentId) {
        let office = &self.pigeon.office;
        let send = async |who: Uploader, text: &str| {
            let bytes = Bytes::from(text.to_owned());
            let pieces = stream::iter([Ok(bytes)]);
            attachment::upload(office, &who, "a.txt", pieces)
                .await
                .unwrap()
                .id
        };
        let secret = guest.cookie(&format!("__Host-pigeon-c-{thread}")).unwrap();
        let standing = guest::standing(office, thread, &secret).await.unwrap();
        let Standing::Good(guest) = standing else {
            panic!("the guest is in")
        };
        let visitor = pigeon_core::testing::visitor(&thread.to_string());
        let file = send(Uploader::Guest(guest.clone(), visitor.clone()), body).await;
        let form = ReplyForm {
            key: office.fresh_key().into(),
            attachments: vec![file],
            ..ReplyForm::default()
        };
        guest::reply(office, &guest, &form, &visitor).await.unwrap();
        let by_team = Uploader::Staff(self.lead.clone(), thread);
        (file, send(by_team, inside).await)
    }

    /// A fresh browser with the cookies of `actor`.
    pub async fn browser_of(&self, actor: Actor, subject: &Subject) -> Browser {
        let browser = self.pigeon.browser();
        match actor {
            Actor::Anonymous => {}
            Actor::Guest => browser.keep_from(&subject.guest),
            Actor::OtherGuest => {
                let n = self.made.fetch_add(1, Ordering::Relaxed);
                self.start(&browser, n, "Something else").await;
            }
            // Its session stands, but the account does not.
            Actor::Deactivated => browser.keep("__Host-pigeon", &self.deactivated),
            _ => {
                let (office, email) = (&self.pigeon.office, actor.email());
                let opened = session::open_for(office, &email, "matrix").await;
                browser.keep("__Host-pigeon", &opened.unwrap().secret);
            }
        }
        browser
    }

    /// Writes through the contact form from a network of its own; where the conversation is.
    async fn start(&self, browser: &Browser, n: u32, body: &str) -> String {
        if n.is_multiple_of(STARTS_A_WINDOW) {
            self.pigeon.clock.forward(WINDOW_MS);
        }
        let email = format!("guest{n}@example.org");
        let from = network(n);
        let answer = browser
            .ask("POST", "/contact")
            .header("x-forwarded-for", &from)
            .form(&[("email", &email), ("name", "Guido"), ("body", body)])
            .send()
            .await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.location().to_owned()
    }
}

fn network(n: u32) -> String {
    let [_, a, b, c] = n.to_be_bytes();
    format!("10.{a}.{b}.{c}")
}
