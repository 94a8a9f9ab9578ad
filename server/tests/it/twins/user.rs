//! What a user can fetch or is sent who has asked the team something, and writes with another user.

use pigeon_core::outbox::worker;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::Backend;
use pigeon_wire::ThreadId;
use pigeon_wire::live::{LiveCall, UserCall};
use pigeon_wire::presence::Pen;
use serde_json::json;

use super::{Dice, Names, assert_same, frames, whole};
use crate::harness::{Answer, Browser, PASSWORD, Pigeon, Socket};
use crate::rest::Program;

/// Rounds on each database.
const ROUNDS: u64 = 80;
/// Between two rounds in which every page is fetched.
const PAGES_EVERY: u64 = 4;
const KEY: &str = "kkkkkkkkkkkkkkkkkkkkkk";

/// A Pigeon with one user, somebody whom they know, and those who answer them.
struct World {
    pigeon: Pigeon,
    uwe: Browser,
    program: Program,
    ina: Browser,
    nora: Browser,
    lena: Browser,
    asked: ThreadId,
    direct: ThreadId,
    line: Socket,
    lenas: Socket,
    names: Names,
    notes: u64,
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
        let uwe = pigeon.signed_in("user").await;
        let program = Program::made_by(&pigeon, &uwe, &["own"]).await;
        let added =
            pigeon_core::person::add(&pigeon.office, "ina@example.org", "Ina", "user", PASSWORD);
        added.await.unwrap();
        let ina = pigeon.browser();
        let in_ = [("email", "ina@example.org"), ("password", PASSWORD)];
        assert_eq!(ina.post("/login", &in_).await.status, 303);
        let question = [("subject", "Boiler"), ("body", "It hums."), ("key", KEY)];
        let asked = id_of(&uwe.post("/threads/new", &question).await);
        // Threads that began at one moment stand in an order by chance.
        pigeon.clock.forward(1000);
        let hello = [("to", "ina@example.org"), ("body", "Hello."), ("key", KEY)];
        let direct = id_of(&uwe.post("/threads/write", &hello).await);
        let accept = format!("/threads/requests/{direct}/accept");
        ina.post(&accept, &[]).await.is_done("accepted_request");
        let line = Socket::open(&uwe, "/api/v1/live?mine=true").await.unwrap();
        let lenas = Socket::open(&lena, "/api/v1/live").await.unwrap();
        Self {
            pigeon,
            uwe,
            program,
            ina,
            nora,
            lena,
            asked,
            direct,
            line,
            lenas,
            names: Names::default(),
            notes: 0,
            mails: 0,
        }
    }

    fn path(&self) -> String {
        format!("/threads/{}", self.asked)
    }

    /// Something that the user may see. Tells what they were answered.
    async fn public_act(&mut self, kind: u64, round: u64) -> String {
        // Threads that were active at one moment stand in an order by chance.
        self.pigeon.clock.forward(1000);
        let path = self.path();
        let answer = match kind {
            0 => {
                let seen = self.uwe.get(&path).await.field("seen");
                let key = format!("form{round:022}");
                let fields = [("key", &*key), ("seen", &*seen), ("body", "Hello?")];
                self.uwe.post(&path, &fields).await
            }
            1 => {
                let way = format!("/api/v1/own/threads/{}/replies", self.asked);
                let body = json!({ "text": "And?" });
                let key = format!("program{round:022}");
                self.program
                    .send("POST", &way, Some(&key), Some(body))
                    .await
            }
            2 => {
                let seen = self.uwe.get(&path).await.field("seen");
                let read = format!("{path}/read");
                self.uwe.post(&read, &[("seen", &*seen)]).await
            }
            3 => self.uwe.post(&format!("{path}/unread"), &[]).await,
            4 => {
                let minutes = i64::try_from(1 + round % 3).unwrap();
                self.pigeon.clock.forward(minutes * 60_000);
                while worker::run_due(&self.pigeon.office).await.unwrap() > 0 {}
                return String::new();
            }
            5 => {
                let way = format!("/threads/{}", self.direct);
                let key = format!("ina{round:022}");
                let said = [("body", "Tea?"), ("key", &*key)];
                assert_eq!(self.ina.post(&way, &said).await.status, 303);
                return String::new();
            }
            _ => {
                let read = json!({ "thread": self.asked, "upto": 1_000_000 });
                assert_eq!(self.nora.call("thread/seen", &read).await.status, 200);
                return String::new();
            }
        };
        self.shown(&answer)
    }

    /// Something that the team does among itself.
    async fn secret_act(&mut self, kind: u64) {
        let thread = self.asked;
        self.notes += 1;
        match kind {
            0 | 1 => {
                let key = format!("note{:022}", self.notes);
                let form = json!({ "body": "It is the old pump.", "key": key });
                let noted = json!({ "thread": thread, "form": form });
                assert_eq!(self.lena.call("note/add", &noted).await.status, 200);
            }
            2 => {
                let open = json!({ "thread": thread });
                let opened = self.lena.call("thread/open", &open).await.json();
                let from = opened["head"]["assignee"]["id"].clone();
                let staff = self.lena.call("thread/assignees", &json!({})).await.json();
                let others = staff.as_array().unwrap();
                let to = others.iter().find(|person| person["id"] != from).unwrap();
                let moved = json!({ "thread": thread, "from": from, "to": to["id"] });
                assert_eq!(self.lena.call("thread/assign", &moved).await.status, 200);
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

    async fn replies(&mut self, body: &str, key: String) {
        self.pigeon.clock.forward(1000);
        let form = json!({ "body": body, "key": key });
        let arguments = json!({ "thread": self.asked, "form": form });
        let answer = self.nora.call("message/reply", &arguments).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
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
            .filter(|letter| letter.to.1.as_str() == "user@example.org");
        let mut new: Vec<_> = mine.clone().skip(self.mails).collect();
        // Bundles that are due at once leave in any order.
        new.sort_by(|one, other| one.text.cmp(&other.text));
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
        let (asked, direct) = (self.asked, self.direct);
        let pages = [
            self.path(),
            format!("/threads/{direct}"),
            format!("/inbox/{asked}"),
            "/threads".to_owned(),
            "/threads?view=unread".to_owned(),
            "/threads?view=closed".to_owned(),
            "/threads?view=direct".to_owned(),
            "/threads/search?q=pump".to_owned(),
            "/threads/search?q=hums".to_owned(),
            "/threads/search?q=in:note".to_owned(),
            "/account/export".to_owned(),
        ];
        let mut all = Vec::new();
        for page in &pages {
            let answer = self.uwe.get(page).await;
            all.push(self.shown(&answer));
        }
        for way in [
            "counts".to_owned(),
            "threads".to_owned(),
            format!("threads/{asked}"),
            format!("threads/{asked}/entries"),
            format!("threads/{asked}/entries?before=20"),
            format!("threads/{direct}/entries"),
        ] {
            let answer = self.program.get(&format!("/api/v1/own/{way}")).await;
            all.push(self.shown(&answer));
        }
        let mut line = Socket::open(&self.uwe, "/api/v1/live?mine=true")
            .await
            .unwrap();
        let call = UserCall::CatchUp {
            thread: asked,
            after: 3,
        };
        line.say_text(&serde_json::to_string(&call).unwrap()).await;
        let caught_up = frames(&mut line, marker).await.join("\n");
        all.push(self.named(&caught_up));
        all.join("\n")
    }
}

fn id_of(answer: &Answer) -> ThreadId {
    let way = answer.location().trim_start_matches("/threads/").to_owned();
    way.parse().unwrap_or_else(|_| panic!("{way}"))
}

#[tokio::test]
async fn a_user_cannot_tell_two_houses_apart_of_which_one_writes_notes() {
    for (backend, seed) in [(Backend::Sqlite, 17), (Backend::Postgres, 29)] {
        let mut dice = Dice(seed);
        let mut worlds = [World::new(backend).await, World::new(backend).await];
        for round in 1..=ROUNDS {
            let (kind, secret, marker) = (dice.roll(7), dice.roll(4), format!("Round {round}."));
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
            assert!(!got[1].contains("old pump."));
        }
        let [without, with] = &worlds;
        assert!(without.mails > 0 && with.mails == without.mails);
        let open = json!({ "thread": with.asked });
        let staff = with.nora.call("thread/open", &open).await.text();
        assert!(staff.contains("old pump."), "there was something to hide");
    }
}
