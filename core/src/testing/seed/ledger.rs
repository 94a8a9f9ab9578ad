//! The rows that a story leaves: the same numbers, places, read marks, mails and words that the
//! commands would have written, act by act.

mod marks;
mod rows;

pub use rows::hire;

use pigeon_wire::id::LinkId;
use pigeon_wire::inbox::PREVIEW_CHARS;
use pigeon_wire::message::{KnownBy, PublicEvent};
use pigeon_wire::note::{Delivery, StaffEvent};
use pigeon_wire::person::{PersonKind, PersonRef};
use pigeon_wire::text::{Body, Email};
use pigeon_wire::thread::{LinkOrigin, ParticipantRole, Side, Status, ThreadKind};
use pigeon_wire::{MessageId, Millis, PersonId, ThreadId};

use super::Plan;
use super::bulk::Shelf;
use super::dice::Dice;
use super::staff::Member;
use super::story::{Act, Story};
use crate::Office;
use crate::audit::Act as Audited;
use crate::message::entry::{self, EntryKind, EntryRow};
use crate::message::hash_of;
use crate::secret::key_of;
use crate::thread::row::ThreadRow;

/// What is the same for all threads.
pub struct House {
    /// The team.
    pub staff: Vec<Member>,
    recipients: Vec<Email>,
    delay_ms: i64,
    seed: u64,
}

impl House {
    /// With the settings in force.
    pub fn of(office: &Office, plan: &Plan, staff: Vec<Member>) -> Self {
        let settings = office.settings();
        Self {
            staff,
            recipients: settings.support_recipients().to_vec(),
            delay_ms: settings.joining_delay_s.saturating_mul(1000),
            seed: plan.seed,
        }
    }
}

/// Enters a thread with all that happened in it.
pub fn enter(house: &House, story: &Story, shelf: &mut Shelf) {
    let Some(first) = story.steps.first() else {
        return;
    };
    let number = u64::try_from(story.number).unwrap_or_default();
    let mut dice = Dice::new(house.seed.rotate_left(17), number);
    let guest = PersonId(dice.id(first.at));
    let thread = ThreadRow {
        id: ThreadId(dice.id(first.at)),
        kind: ThreadKind::Support,
        status: Status::Pending,
        source: story.source,
        subject: story.subject.clone(),
        customer_id: guest,
        customer_verified_at: None,
        assignee_id: None,
        public_change: 0,
        staff_change: 0,
        latest_place: 0,
        preview: String::new(),
        preview_side: Side::Customer,
        waiting_since: None,
        created_at: first.at,
        active_at: first.at,
        trashed_at: None,
        has_file: false,
        snoozed_until: None,
        snoozed_by: None,
        tags: String::new(),
        held: false,
        replies_waiting: 0,
        merged_into: None,
        customer_name: story.name.clone(),
        customer_email: story.email.clone(),
        customer_kind: PersonKind::Guest,
        customer_language: story.language,
        assignee_name: None,
    };
    let mut book = Book {
        house,
        dice,
        at: first.at,
        thread,
        entries: Vec::new(),
        reads: Vec::new(),
        parties: Vec::new(),
        links: Vec::new(),
        team_read: 0,
        shelf,
    };
    for step in &story.steps {
        book.at = step.at;
        book.act(&step.act);
    }
    book.close();
}

struct Read {
    person: PersonId,
    side: Side,
    upto: i64,
    at: Millis,
}

struct Link {
    id: LinkId,
    origin: LinkOrigin,
    at: Millis,
    used: Option<Millis>,
}

struct Book<'b> {
    house: &'b House,
    dice: Dice,
    at: Millis,
    thread: ThreadRow,
    entries: Vec<(EntryRow, Option<[u8; 32]>)>,
    reads: Vec<Read>,
    /// Parties with their folded addresses, the customer first.
    parties: Vec<(PersonId, String)>,
    links: Vec<Link>,
    team_read: i64,
    shelf: &'b mut Shelf,
}

impl Book<'_> {
    fn act(&mut self, act: &Act) {
        match act {
            Act::Start { body } => self.start(body),
            Act::Ask { body, mailed } => self.ask(body, *mailed),
            Act::Look => self.look(),
            Act::Reply { by, body } => self.reply(*by, body),
            Act::Note { by, body } => self.note(*by, body),
            Act::Assign { by, to } => self.assign(*by, *to),
            Act::Set { by, to } => self.set(*by, *to),
            Act::Read { by } => {
                let (who, upto) = (self.house.staff[*by].id, self.thread.staff_change);
                self.mark(who, Side::Staff, upto);
            }
        }
    }

    fn start(&mut self, body: &str) {
        let guest = self.customer();
        self.open(body);
        self.join(guest.id, ParticipantRole::Guest);
        let message = self.message(&guest, Side::Customer, KnownBy::Browser, body, false, None);
        self.mark(guest.id, Side::Customer, self.thread.public_change);
        self.links.push(Link {
            id: LinkId(self.dice.id(self.at)),
            origin: LinkOrigin::Browser,
            at: self.at,
            used: None,
        });
        let bundle = format!("started:{}", self.thread.id);
        let to = self.thread.customer_email.to_lowercase();
        self.mail("guest_started", None, Some(guest.id), &to, &bundle, self.at);
        self.owe(message, guest.id, Side::Customer);
    }

    fn ask(&mut self, body: &str, mailed: bool) {
        let guest = self.customer();
        let wanted = if mailed {
            LinkOrigin::Mail
        } else {
            LinkOrigin::Browser
        };
        let known_by = if mailed {
            KnownBy::MailedLink
        } else {
            KnownBy::Browser
        };
        if mailed {
            let verified = self.thread.customer_verified_at.or(Some(self.at));
            self.thread.customer_verified_at = verified;
        }
        let message = self.message(&guest, Side::Customer, known_by, body, true, None);
        let place = self.thread.public_change;
        let status = self.thread.status.after_message(Side::Customer, false);
        self.status(&guest, Side::Customer, known_by, status, false);
        self.mark(guest.id, Side::Customer, place);
        self.use_link(wanted);
        self.owe(message, guest.id, Side::Customer);
    }

    fn look(&mut self) {
        let (guest, upto) = (self.thread.customer_id, self.thread.public_change);
        if self.read_by(guest) < upto {
            self.use_link(LinkOrigin::Mail);
            self.mark(guest, Side::Customer, upto);
        }
    }

    fn reply(&mut self, by: usize, body: &str) {
        let (who, known_by) = (self.member(by), KnownBy::Account);
        let sent = Some(Delivery::Queued);
        let message = self.message(&who, Side::Staff, known_by, body, true, sent);
        let place = self.thread.staff_change;
        let status = self.thread.status.after_message(Side::Staff, false);
        self.status(&who, Side::Staff, known_by, status, false);
        self.join(who.id, ParticipantRole::Staff);
        self.mark(who.id, Side::Staff, place);
        self.owe(message, who.id, Side::Staff);
    }

    fn note(&mut self, by: usize, body: &str) {
        let who = self.member(by);
        let before = self.thread.staff_change;
        let hash = self.body_hash("note", body);
        let author = (&who, Side::Staff, KnownBy::Account);
        let note = self.add(author, EntryKind::Note, body, None, Some(hash), None);
        self.thread.latest_place = self.thread.staff_change;
        self.join(who.id, ParticipantRole::Staff);
        if self.read_by(who.id) >= before {
            self.mark(who.id, Side::Staff, self.thread.staff_change);
        }
        // Only the team hears of a note.
        let others: Vec<_> = self.parties.iter().skip(1).cloned().collect();
        for (person, address) in others.into_iter().filter(|(person, _)| *person != who.id) {
            self.news(note, Some(person), &address);
        }
    }

    fn assign(&mut self, by: usize, to: Option<usize>) {
        let who = self.member(by);
        let to = to.map(|to| self.member(to));
        self.thread.assignee_id = to.as_ref().map(|to| to.id);
        if let Some(to) = &to {
            self.join(to.id, ParticipantRole::Staff);
        }
        let person = to.as_ref().map(|to| to.id);
        let event = StaffEvent::Assigned { to };
        let event = self.event(&who, Side::Staff, KnownBy::Account, event);
        if let Some(person) = person.filter(|person| *person != who.id) {
            self.given(event, person);
        }
        self.audit(who.id, Audited::Assigned, person, "{}");
    }

    fn set(&mut self, by: usize, to: Status) {
        if self.thread.status == to {
            return;
        }
        let who = self.member(by);
        self.status(&who, Side::Staff, KnownBy::Account, to, true);
        let detail = serde_json::json!({ "to": to }).to_string();
        self.audit(who.id, Audited::StatusSet, None, &detail);
    }

    fn message(
        &mut self,
        who: &PersonRef,
        side: Side,
        known_by: KnownBy,
        body: &str,
        keyed: bool,
        delivery: Option<Delivery>,
    ) -> MessageId {
        self.thread.active_at = self.at;
        self.thread.preview = body.chars().take(PREVIEW_CHARS).collect();
        self.thread.preview_side = side;
        self.thread.waiting_since = match side {
            Side::Customer => self.thread.waiting_since.or(Some(self.at)),
            Side::Staff => None,
        };
        let hash = keyed.then(|| self.body_hash("message", body));
        let author = (who, side, known_by);
        let id = self.add(author, EntryKind::Message, body, None, hash, delivery);
        self.thread.latest_place = self.thread.staff_change;
        id
    }

    fn status(
        &mut self,
        who: &PersonRef,
        side: Side,
        known_by: KnownBy,
        to: Status,
        by_hand: bool,
    ) {
        let from = self.thread.status;
        if from == to {
            return;
        }
        self.thread.status = to;
        if by_hand {
            self.thread.waiting_since = match to {
                Status::Pending => self.unanswered_since(),
                Status::Open | Status::Closed => None,
            };
        }
        let event = if from.closes(to) {
            StaffEvent::Public {
                what: PublicEvent::Closed,
            }
        } else if from.reopens(to) {
            StaffEvent::Public {
                what: PublicEvent::Reopened,
            }
        } else if by_hand {
            self.thread.public_change += 1;
            StaffEvent::StatusSet { to }
        } else {
            return;
        };
        self.event(who, side, known_by, event);
    }

    fn event(
        &mut self,
        who: &PersonRef,
        side: Side,
        known_by: KnownBy,
        event: StaffEvent,
    ) -> MessageId {
        let author = (who, side, known_by);
        self.add(author, EntryKind::Event, "", Some(&event), None, None)
    }

    fn add(
        &mut self,
        (who, side, known_by): (&PersonRef, Side, KnownBy),
        kind: EntryKind,
        body: &str,
        event: Option<&StaffEvent>,
        hash: Option<[u8; 32]>,
        delivery: Option<Delivery>,
    ) -> MessageId {
        let public = kind == EntryKind::Message || matches!(event, Some(StaffEvent::Public { .. }));
        self.thread.staff_change += 1;
        self.thread.public_change += i64::from(public);
        let number = public.then_some(self.thread.public_change);
        let key = hash.map(|_| key_of(self.dice.bytes()).as_str().to_owned());
        let row = EntryRow {
            id: MessageId(self.dice.id(self.at)),
            kind,
            author_id: who.id,
            author_name: who.name.clone(),
            side,
            body: body.to_owned(),
            event: event.map(|event| entry::event_to_json(event).expect("an event")),
            public_place: number,
            public_change: number,
            staff_place: self.thread.staff_change,
            staff_change: self.thread.staff_change,
            known_by,
            delivery,
            client_key: key,
            created_at: self.at,
            edited_at: None,
            files: Vec::new(),
        };
        let id = row.id;
        self.entries.push((row, hash));
        id
    }

    /// Since when the customer's oldest message waits that nobody has answered.
    fn unanswered_since(&self) -> Option<Millis> {
        let written = self.entries.iter().map(|(row, _)| row);
        let newest = written.rev().filter(|row| row.kind == EntryKind::Message);
        let waiting = newest.take_while(|row| row.side == Side::Customer);
        waiting.last().map(|row| row.created_at)
    }

    fn customer(&self) -> PersonRef {
        PersonRef {
            id: self.thread.customer_id,
            name: self.thread.customer_name.clone(),
        }
    }

    fn member(&self, at: usize) -> PersonRef {
        let member = &self.house.staff[at];
        PersonRef {
            id: member.id,
            name: member.name.to_owned(),
        }
    }

    fn body_hash(&self, kind: &str, body: &str) -> [u8; 32] {
        let body = Body::parse(body).expect("a body");
        hash_of(kind, self.thread.id, Some(&body), &[])
    }
}
