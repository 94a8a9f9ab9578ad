//! What a guest can fetch or is sent.

use pigeon_core::outbox::worker;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::Backend;
use pigeon_wire::ThreadId;
use pigeon_wire::live::LiveCall;
use pigeon_wire::presence::Pen;
use serde_json::{Value, json};

use super::{Dice, Names, assert_same, frames, whole};
use crate::harness::{Answer, Browser, Pigeon, Socket};

/// Rounds on each database; each is three acts in one house and five in the other.
const ROUNDS: u64 = 120;
/// Between two rounds in which every page is fetched.
const PAGES_EVERY: u64 = 4;

/// A Pigeon with one guest, and those who look after them.
struct World {
    pigeon: Pigeon,
    guido: Browser,
    program: Browser,
    nora: Browser,
    lena: Browser,
    thread: ThreadId,
    path: String,
    line: Socket,
    lenas: Socket,
    names: Names,
    keys: u64,
    mails: usize,
}

impl World {
    async fn new(backend: Backend) -> Self {
        let overrides = Overrides {
            rate_messages: Some(1_000_000),
            ..Overrides::default()
        };
        let pigeon = Pigeon::start_on(backend, overrides).await;
        let nora = pigeon.signed_in("agent").await;
        let lena = pigeon.signed_in("lead").await;
        let (guido, path) = pigeon.guest_with_thread().await;
        let program = pigeon.program();
        program.keep_from(&guido);
        let thread: ThreadId = path.trim_start_matches("/c/").parse().unwrap();
        let way = format!("/api/v1/live?thread={thread}&after=0");
        let line = Socket::open(&guido, &way).await.unwrap();
        let lenas = Socket::open(&lena, "/api/v1/live").await.unwrap();
        Self {
            pigeon,
            guido,
            program,
            nora,
            lena,
            thread,
            path,
            line,
            lenas,
            names: Names::default(),
            keys: 0,
            mails: 0,
        }
    }

    /// A fresh key; guests' and the team's never meet.
    fn key(&mut self, whose: &str) -> String {
        self.keys += 1;
        format!("{whose}{:022}", self.keys)
    }

    /// Whether it was done; a refusal is no failure here.
    async fn calls(who: &Browser, function: &str, arguments: Value) -> bool {
        who.call(function, &arguments).await.status == 200
    }

    async fn replies(&mut self, body: &str, key: String) {
        let form = json!({ "body": body, "key": key });
        let arguments = json!({ "thread": self.thread, "form": form });
        let answer = self.nora.call("message/reply", &arguments).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// Something that the guest may see. Tells what the guest was answered.
    async fn public_act(&mut self, kind: u64, round: u64) -> String {
        let thread = self.thread;
        let answer = match kind {
            0 => {
                let page = self.guido.get(&self.path).await;
                let (key, seen) = (page.field("key"), page.field("seen"));
                let fields = [("key", &*key), ("seen", &*seen), ("body", "Hello?")];
                self.guido.post(&self.path, &fields).await
            }
            1 => {
                let form = json!({ "body": "And?", "key": format!("guest{round:022}") });
                let arguments = json!({ "thread": thread, "form": form });
                self.program.call("guest/reply", &arguments).await
            }
            2 => {
                let read = format!("{}/read", self.path);
                let seen = self.guido.get(&self.path).await.field("seen");
                self.guido.post(&read, &[("seen", &*seen)]).await
            }
            3 => {
                let fields = [("email", "guido@example.org")];
                self.guido.post("/link", &fields).await
            }
            4 => {
                let minutes = i64::try_from(1 + round % 3).unwrap();
                self.pigeon.clock.forward(minutes * 60_000);
                while worker::run_due(&self.pigeon.office).await.unwrap() > 0 {}
                return String::new();
            }
            _ => {
                let read = json!({ "thread": thread, "upto": 1_000_000 });
                assert!(Self::calls(&self.nora, "thread/seen", read).await);
                return String::new();
            }
        };
        self.shown(&answer)
    }

    /// Something that the team does among itself.
    async fn secret_act(&mut self, kind: u64) {
        let thread = self.thread;
        let key = self.key("note");
        match kind {
            0 | 1 => {
                let form = json!({ "body": "He is the one with the kettle.", "key": key });
                let noted = json!({ "thread": thread, "form": form });
                assert!(Self::calls(&self.lena, "note/add", noted).await);
            }
            2 => {
                let open = json!({ "thread": thread });
                let opened = self.lena.call("thread/open", &open).await.json();
                let from = opened["head"]["assignee"]["id"].clone();
                let staff = self.lena.call("thread/assignees", &json!({})).await.json();
                let others = staff.as_array().unwrap();
                let to = others.iter().find(|person| person["id"] != from).unwrap();
                let moved = json!({ "thread": thread, "from": from, "to": to["id"] });
                assert!(Self::calls(&self.lena, "thread/assign", moved).await);
            }
            _ => {
                let look = LiveCall::Look {
                    thread: Some(thread),
                };
                self.lenas.say(&look).await;
                let pen = Pen::Note;
                self.lenas.say(&LiveCall::Typing { thread, pen }).await;
            }
        }
    }

    fn shown(&mut self, answer: &Answer) -> String {
        let text = whole(answer);
        self.named(&text)
    }

    fn named(&mut self, text: &str) -> String {
        let here = self.pigeon.address.to_string();
        self.names.rename(&text.replace(&here, "HERE"))
    }

    /// What came by itself since last time: frames and mails.
    async fn came(&mut self, marker: &str) -> String {
        let mut all = frames(&mut self.line, marker).await;
        let letters = self.pigeon.mailbox.letters();
        let mine = letters
            .iter()
            .filter(|letter| letter.to.1.as_str() == "guido@example.org");
        let mut new: Vec<_> = mine.clone().skip(self.mails).collect();
        // Bundles that are due at once leave in any order.
        new.sort_by(|one, other| one.subject.cmp(&other.subject));
        for letter in new {
            all.push(format!(
                "{}\n{}\n{}\n{:?}",
                letter.subject, letter.text, letter.html, letter.at
            ));
        }
        self.mails = mine.count();
        let all = all.join("\n");
        self.named(&all)
    }

    /// Whatever can be fetched.
    async fn fetched(&mut self, marker: &str) -> String {
        let pages = [
            self.path.clone(),
            format!("{}/sign-out", self.path),
            format!("{}/not-me", self.path),
            "/contact".to_owned(),
            "/link".to_owned(),
            format!("/inbox/{}", self.thread),
        ];
        let mut all = Vec::new();
        for page in &pages {
            let answer = self.guido.get(page).await;
            all.push(self.shown(&answer));
            let answer = self.program.get(page).await;
            all.push(self.shown(&answer));
        }
        for place in [1_000_000, 20] {
            let before = json!({ "thread": self.thread, "place": place });
            let answer = self.program.call("guest/before", &before).await;
            all.push(self.shown(&answer));
        }
        let again = format!("/api/v1/live?thread={}&after=3", self.thread);
        let mut line = Socket::open(&self.guido, &again).await.unwrap();
        let caught_up = frames(&mut line, marker).await.join("\n");
        all.push(self.named(&caught_up));
        all.join("\n")
    }
}

#[tokio::test]
async fn a_guest_cannot_tell_two_houses_apart_of_which_one_writes_notes() {
    for (backend, seed) in [(Backend::Sqlite, 11), (Backend::Postgres, 23)] {
        let mut dice = Dice(seed);
        let mut worlds = [World::new(backend).await, World::new(backend).await];
        for round in 1..=ROUNDS {
            let (kind, secret, marker) = (dice.roll(6), dice.roll(4), format!("Round {round}."));
            let mut got = Vec::new();
            for (world, with_notes) in worlds.iter_mut().zip([false, true]) {
                if with_notes {
                    world.secret_act(secret).await;
                }
                let mut all = vec![world.public_act(kind, round).await];
                if with_notes {
                    world.secret_act(3 - secret).await;
                }
                world.replies(&marker, format!("reply{round:022}")).await;
                all.push(world.came(&marker).await);
                if round % PAGES_EVERY == 0 {
                    all.push(world.fetched(&marker).await);
                }
                got.push(all.join("\n"));
            }
            let when = format!("{backend:?}, seed {seed}, round {round}");
            assert_same(&got[0], &got[1], &when);
            assert!(!got[1].contains("kettle."));
        }
        let [without, with] = &worlds;
        assert!(without.mails > 0 && with.mails == without.mails);
        let open = json!({ "thread": with.thread });
        let staff = with.nora.call("thread/open", &open).await.text();
        assert!(staff.contains("kettle."), "there was something to hide");
    }
}
