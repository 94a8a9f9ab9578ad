//! Notes leave no trace: in two houses with the same acts, one of them with notes besides, a guest
//! gets the same bytes by every way there is.

use std::fmt::Write as _;

use std::collections::HashMap;

use pigeon_core::actor::Guest;
use pigeon_core::guest::LinkRequest;
use pigeon_core::hub::Line;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Backend, Cast, House, both};
use pigeon_core::{Error, guest, inbox, message, note, thread};
use pigeon_wire::Fault;
use pigeon_wire::message::Content;
use pigeon_wire::seen::seen_at;
use pigeon_wire::thread::{Side, Status};

use crate::files::{by, uploads};
use crate::numbers::Dice;
use crate::voice::{answers, door, form, note_form, notes, opens, refused, writes};

const ROUNDS: usize = 30;

/// Renames ids, keys and tokens by first sight, so that two houses can be compared.
#[derive(Default)]
struct Names(HashMap<String, usize>);

impl Names {
    fn rename(&mut self, text: &str) -> String {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let mut renamed = String::new();
        let mut rest = text;
        while let Some(begin) = rest.find(is_word) {
            renamed.push_str(&rest[..begin]);
            let word: String = rest[begin..].chars().take_while(|c| is_word(*c)).collect();
            rest = &rest[begin + word.len()..];
            let plain = word.replace('-', "");
            let is_id = plain.len() == 32 && plain.chars().all(|c| c.is_ascii_hexdigit());
            if is_id || word.len() == 43 {
                let next = self.0.len();
                let name = *self.0.entry(word).or_insert(next);
                write!(renamed, "#{name}").unwrap();
            } else {
                renamed.push_str(&word);
            }
        }
        renamed.push_str(rest);
        renamed
    }
}

/// A house with one guest, and all that the guest has got so far.
struct World {
    house: House,
    cast: Cast,
    guido: Guest,
    line: Line,
    names: Names,
    mails: usize,
    with_notes: bool,
}

impl World {
    async fn new(backend: Backend, with_notes: bool) -> Self {
        let overrides = Overrides {
            rate_messages: Some(1_000_000),
            ..Overrides::default()
        };
        let house = House::with(backend, overrides).await;
        let cast = Cast::in_office(&house.office).await;
        let browser = cast.guido(&house.office, 1).await;
        let guido = house.verified_way(&browser).await;
        let line = house.office.hub().attach_guest(&guido);
        Self {
            house,
            cast,
            guido,
            line,
            names: Names::default(),
            mails: 0,
            with_notes,
        }
    }

    /// What the customer or the team does for the customer to see.
    async fn public_act(&self, kind: u64, which: u64) {
        let (house, office, id) = (&self.house, &self.house.office, self.guido.thread);
        let who = [&self.cast.nora, &self.cast.lena][usize::try_from(which % 2).unwrap()];
        let done: Result<(), Error> = match kind {
            0 => message::reply(office, who, id, &form(house, "Here.", None))
                .await
                .map(drop),
            1 => {
                let file = uploads(house, &by(who, id), "leaflet.txt", b"Page 1").await;
                let mut form = form(house, "See there.", None);
                form.attachments = vec![file.id];
                message::reply(office, who, id, &form).await.map(drop)
            }
            2 => {
                let seen = guest::open(office, &self.guido).await.unwrap().change;
                let form = form(house, "Hello?", Some(seen));
                guest::reply(office, &self.guido, &form, &door(1))
                    .await
                    .map(drop)
            }
            3 => {
                let status = Status::ALL[usize::try_from(which).unwrap()];
                thread::set_status(office, who, id, None, status).await
            }
            4 if which == 0 => {
                let change = opens(house, who, id).await.change;
                thread::seen(office, who, id, change).await
            }
            4 => guest::seen(office, &self.guido, i64::try_from(which).unwrap() * 7).await,
            5 => {
                let address = LinkRequest::Typed("guido1@example.org".to_owned());
                guest::request_link(office, address, &door(2)).await
            }
            _ => {
                house.forward(i64::try_from(which + 1).unwrap() * 50_000);
                house.run_mails().await;
                Ok(())
            }
        };
        done.map_err(Fault::from).unwrap_or_else(|fault| {
            assert!(matches!(fault, Fault::TooMany { .. }), "{fault}");
        });
    }

    /// What the team does among itself.
    async fn secret_act(&self, kind: u64) {
        let (house, office, id) = (&self.house, &self.house.office, self.guido.thread);
        let (lena, nils) = (&self.cast.lena, &self.cast.nils);
        match kind {
            0 | 1 => {
                notes(house, nils, id, "He is the one with the kettle.").await;
            }
            2 => {
                let file = uploads(house, &by(lena, id), "kettle.txt", b"kettle.").await;
                let mut form = note_form(house, "Nobody tells him.");
                form.attachments = vec![file.id];
                note::add(office, lena, id, &form).await.unwrap();
            }
            3 => {
                let from = opens(house, lena, id).await.head.assignee.map(|a| a.id);
                let to = [None, Some(nils.person), Some(lena.person)]
                    .into_iter()
                    .find(|to| *to != from);
                thread::assign(office, lena, id, from, to.flatten())
                    .await
                    .unwrap();
            }
            _ => {
                // What the guest wrote is read for the guest to see; what the team wrote is not.
                let guest = guest::open(office, &self.guido).await.unwrap();
                let own = guest.entries.iter().rev().find(|entry| {
                    matches!(
                        &entry.content,
                        Content::Message {
                            side: Side::Customer,
                            ..
                        }
                    )
                });
                if own.is_some_and(|own| seen_at(&guest.seen, own.place).is_some()) {
                    let change = opens(house, nils, id).await.change;
                    thread::seen(office, nils, id, change).await.unwrap();
                }
            }
        }
    }

    /// All that the guest gets now, with the names changed.
    async fn look(&mut self) -> String {
        let (office, guido) = (&self.house.office, &self.guido);
        let open = guest::open(office, guido).await.unwrap();
        let mut all = vec![
            serde_json::to_string(&open).unwrap(),
            serde_json::to_string(&guest::before(office, guido, open.change).await.unwrap())
                .unwrap(),
            format!("{:?}", guest::expires_at(office, guido).await.unwrap()),
        ];
        for after in [0, open.change / 2, open.change] {
            let changes = guest::changed_after(office, guido, after).await.unwrap();
            all.push(serde_json::to_string(&changes).unwrap());
        }
        self.house.told().await;
        while let Some(frame) = self.line.waiting() {
            all.push(String::from_utf8(frame.to_vec()).unwrap());
        }
        let letters = self.house.mailbox.letters();
        let mine = letters
            .iter()
            .filter(|letter| letter.to.1.as_str() == "guido1@example.org");
        for letter in mine.clone().skip(self.mails) {
            all.push(format!(
                "{} {} {:?} {:?} {} {} {:?}",
                letter.id,
                letter.domain,
                letter.at,
                letter.to,
                letter.subject,
                letter.text,
                letter
                    .thread_ref
                    .as_deref()
                    .map(|anchor| anchor.replace("thread-", ""))
            ));
            all.push(letter.html.clone());
        }
        self.mails = mine.count();
        self.names.rename(&all.join("\n"))
    }
}

#[tokio::test]
async fn a_guest_gets_the_same_bytes_with_and_without_notes() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        for seed in [11, 23, 47] {
            let mut dice = Dice(seed);
            let mut worlds = [
                World::new(backend, false).await,
                World::new(backend, true).await,
            ];
            let mut looked = 0;
            for round in 0..ROUNDS {
                let (kind, which, secret) = (dice.roll(8), dice.roll(3), dice.roll(5));
                let mut got = Vec::new();
                for world in &mut worlds {
                    if world.with_notes {
                        world.secret_act(secret).await;
                    }
                    world.public_act(kind, which).await;
                    if world.with_notes {
                        world.secret_act(4 - secret).await;
                    }
                    got.push(world.look().await);
                }
                assert_eq!(got[0], got[1], "{backend:?}, seed {seed}, round {round}");
                assert!(!got[1].contains("kettle.") && !got[1].contains("Nobody"));
                looked += got[1].matches("leaflet.txt").count();
            }
            assert!(looked > 0, "files were shown");
            let [without, with] = &worlds;
            assert!(without.mails > 0 && with.mails == without.mails);
            let staff = opens(&with.house, &with.cast.sam, with.guido.thread).await;
            let plain = opens(&without.house, &without.cast.sam, without.guido.thread).await;
            assert!(staff.change > plain.change, "there was something to hide");
        }
    }
}

#[tokio::test]
async fn a_customer_who_is_staff_elsewhere_never_sees_the_notes_of_their_own_thread() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let id = house.question_of(&cast.nora, "My own kettle leaks.").await;
        let other = cast.guido(office, 1).await.thread;
        let mut line = office.hub().attach_user(&cast.nora);
        inbox::listen(office, &cast.nora, &line).await.unwrap();
        let hub = office.hub();
        let mut colleague = hub.attach_user(&cast.nils);
        inbox::listen(office, &cast.nils, &colleague).await.unwrap();
        thread::follow(office, &cast.nils, &colleague, id, 0)
            .await
            .unwrap();
        notes(house, &cast.lena, id, "Nora complains again.").await;
        answers(house, &cast.lena, id, "It is covered.").await;

        let unknown = async |answer| assert_eq!(answer, Fault::NotFound);
        unknown(refused(thread::open(office, &cast.nora, id).await)).await;
        unknown(refused(thread::before(office, &cast.nora, id, 99).await)).await;
        let followed = thread::follow(office, &cast.nora, &line, id, 0).await;
        unknown(refused(followed)).await;
        for view in pigeon_wire::inbox::View::ALL {
            let page = inbox::page(office, &cast.nora, *view, None).await.unwrap();
            assert!(page.rows.iter().all(|row| row.row.id == other), "{view}");
        }
        house.told().await;
        assert_eq!(line.waiting(), None, "not even a row of it comes live");
        assert!(colleague.waiting().is_some());
        house.forward(3_600_000);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let to_nora: Vec<_> = letters
            .iter()
            .filter(|letter| letter.to.1.as_str() == "nora@example.com")
            .filter(|letter| letter.text.contains("complains"))
            .collect();
        assert!(to_nora.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_note_is_no_activity_for_anybody() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        writes(house, &guido, "Hello?").await;
        let row = async || {
            let view = pigeon_wire::inbox::View::All;
            let page = inbox::page(office, &cast.sam, view, None).await.unwrap();
            page.rows[0].row.clone()
        };
        let before = row().await;
        house.forward(60_000);
        notes(house, &cast.nora, guido.thread, "Hm.").await;
        let after = row().await;
        assert_eq!(after.active_at, before.active_at);
        assert_eq!(after.preview, before.preview);
        assert_eq!(after.status, before.status);
        assert_eq!(after.waiting_since, before.waiting_since);
        assert!(
            after.is_unread(before.latest),
            "but the team has it to read"
        );
    })
    .await;
}
