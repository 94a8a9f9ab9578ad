//! A made world is the one that the commands would have left: the same story is played through them,
//! and every row is compared.

use std::collections::HashMap;

use pigeon_wire::ThreadId;
use pigeon_wire::id::{DAY_MS, LinkId};
use pigeon_wire::message::{ReplyForm, StartForm};
use pigeon_wire::note::NoteForm;
use pigeon_wire::thread::LinkOrigin;

use super::story::{Act, Step, Story};
use super::{Plan, calendar, hire, make, staff};
use crate::actor::{Account, Guest};
use crate::db::on;
use crate::guest::Started;
use crate::setting::Overrides;
use crate::testing::{Backend, House, MORNING, recognised, visitor};
use crate::thread::row::{self, ThreadRow};
use crate::{guest, message, note, person, session, thread};

/// When somebody was here last: the story tells of no log-in, which the commands need.
const UNTOLD: &str = "seen_at";

/// Tables that are compared, each with columns that are made of chance alone, of which only counts
/// whether they are filled: ids of rows that nobody refers to, and secrets.
const COMPARED: &[(&str, &[&str])] = &[
    ("people", &["id", "password_hash"]),
    ("threads", &[]),
    ("starts", &["client_key"]),
    ("participants", &[]),
    ("messages", &["client_key", "content_hash"]),
    ("search_docs", &["number"]),
    ("reads", &[]),
    ("receipts", &[]),
    ("team_reads", &[]),
    ("links", &["id", "hash"]),
    ("outbox", &["id"]),
    ("audit", &["id"]),
    ("thread_times", &[]),
    ("thread_flow", &[]),
    ("staff_flow", &[]),
];

fn plan(threads: usize, texts: usize, days: i64) -> Plan {
    Plan {
        seed: 11,
        threads,
        texts,
        from: MORNING,
        to: MORNING.plus(days * DAY_MS),
    }
}

fn generous() -> Overrides {
    Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    }
}

#[tokio::test]
async fn a_made_world_is_the_one_that_the_commands_would_have_left() {
    let plan = plan(24, 240, 25);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        eprintln!("on {backend:?}");
        let made = House::with(backend, generous()).await;
        let played = House::with(backend, generous()).await;
        make(&made.office, &plan, |_| {}).await.unwrap();
        play(&played, &plan).await;
        let (of_made, of_played) = (Names::of(&made).await, Names::of(&played).await);
        for (table, by_chance) in COMPARED {
            let expected = of_played.rows(&played, table, by_chance).await;
            assert!(expected.len() > 4, "{table}: {expected:?}");
            let rows = of_made.rows(&made, table, by_chance).await;
            same(table, &rows, &expected);
        }
        // The commands leave a count of none where there was one once.
        let counts = "threads <> 0";
        let expected = of_played
            .rows_with(&played, "thread_counts", &[], counts)
            .await;
        let counted = of_made.rows_with(&made, "thread_counts", &[], counts).await;
        same("thread_counts", &counted, &expected);
        let expected = of_played.words(&played).await;
        same("words", &of_made.words(&made).await, &expected);
    }
}

#[tokio::test]
async fn the_same_seed_makes_the_same_world_of_exactly_so_many_texts() {
    let plan = plan(150, 1500, 60);
    let mut worlds = Vec::new();
    for _ in 0..2 {
        let house = House::fresh(Backend::Sqlite).await;
        make(&house.office, &plan, |_| {}).await.unwrap();
        let text = "SELECT hex(id) || body FROM messages WHERE kind <> 'event' ORDER BY id";
        worlds.push(house.words(text).await);
        let threads = house.number("SELECT COUNT(*) FROM threads").await;
        assert_eq!(threads, 150);
        let again = make(&house.office, &plan, |_| {}).await;
        assert!(again.is_err(), "never among what is there already");
    }
    assert_eq!(worlds[0].len(), 1500);
    assert!(worlds[0] == worlds[1]);
}

fn same(table: &str, rows: &[String], expected: &[String]) {
    let differs = rows.iter().zip(expected).find(|(row, other)| row != other);
    assert_eq!(differs, None, "{table}: made, played");
    assert_eq!(rows.len(), expected.len(), "{table}");
}

/// What happens at a moment.
enum Moment {
    Step(usize, Step),
    Mails,
}

/// Plays a plan through the commands, with the clock at each moment in turn.
async fn play(house: &House, plan: &Plan) {
    let office = &house.office;
    let team = staff::of(plan);
    hire(office, plan, &team).await.unwrap();
    let mut accounts = Vec::new();
    for member in team.clone() {
        let opened = office.write(move |work| {
            Box::pin(async move {
                let log_in = person::may_log_in(work, member.id, None).await?;
                session::open(work, &log_in.unwrap(), "test").await
            })
        });
        let secret = opened.await.unwrap().secret;
        let account = session::recognise(office, &secret).await.unwrap();
        accounts.push(account.unwrap());
    }
    let slots = calendar::slots(plan).into_iter().enumerate();
    let stories: Vec<Story> = slots
        .map(|(n, slot)| Story::of(plan, n, slot, &team))
        .collect();
    let mut moments = Vec::new();
    for (n, story) in stories.iter().enumerate() {
        for step in &story.steps {
            let delay = office.settings().joining_delay_s * 1000;
            moments.push((step.at, 0, Moment::Step(n, step.clone())));
            moments.push((step.at, 1, Moment::Mails));
            moments.push((step.at.plus(delay), 1, Moment::Mails));
        }
    }
    moments.sort_by_key(|(at, order, _)| (*at, *order));
    let mut player = Player {
        house,
        accounts,
        browsers: HashMap::new(),
    };
    for (at, _, moment) in moments {
        house.forward(at.since(office.now()));
        match moment {
            Moment::Step(n, step) => player.act(&stories[n], n, &step.act).await,
            Moment::Mails => {
                house.run_mails().await;
            }
        }
    }
}

struct Player<'h> {
    house: &'h House,
    accounts: Vec<Account>,
    browsers: HashMap<usize, Guest>,
}

impl Player<'_> {
    async fn act(&mut self, story: &Story, n: usize, act: &Act) {
        let office = &self.house.office;
        if let Act::Start { body } = act {
            return self.start(story, n, body).await;
        }
        let browser = self.browsers[&n].clone();
        let now = self.thread(browser.thread).await;
        let form = |body: &str, seen: i64| ReplyForm {
            body: body.to_owned(),
            key: office.fresh_key().into(),
            seen: Some(seen),
            ..ReplyForm::default()
        };
        let id = browser.thread;
        match act {
            Act::Start { .. } => {}
            Act::Ask { body, mailed } => {
                let guest = if *mailed {
                    self.by_mail(&browser).await
                } else {
                    browser
                };
                let form = form(body, now.public_change);
                let door = visitor("198.51.100.1");
                guest::reply(office, &guest, &form, &door).await.unwrap();
            }
            Act::Look => {
                let guest = self.by_mail(&browser).await;
                guest::seen(office, &guest, i64::MAX).await.unwrap();
            }
            Act::Reply { by, body } => {
                let form = form(body, now.staff_change);
                let posted = message::reply(office, &self.accounts[*by], id, &form).await;
                posted.unwrap();
            }
            Act::Note { by, body } => {
                let form = NoteForm {
                    body: body.clone(),
                    key: office.fresh_key().into(),
                    ..NoteForm::default()
                };
                note::add(office, &self.accounts[*by], id, &form)
                    .await
                    .unwrap();
            }
            Act::Assign { by, to } => {
                let to = to.map(|to| self.accounts[to].person);
                let done = thread::assign(office, &self.accounts[*by], id, now.assignee_id, to);
                done.await.unwrap();
            }
            Act::Set { by, to } => {
                let done = thread::set_status(office, &self.accounts[*by], id, None, *to);
                done.await.unwrap();
            }
            Act::Read { by } => {
                let done = thread::seen(office, &self.accounts[*by], id, i64::MAX);
                done.await.unwrap();
            }
        }
    }

    async fn start(&mut self, story: &Story, n: usize, body: &str) {
        let office = &self.house.office;
        let form = StartForm {
            name: story.name.clone(),
            email: story.email.clone(),
            subject: story.subject.clone().unwrap_or_default(),
            body: body.to_owned(),
            key: office.fresh_key().into(),
        };
        let mut door = visitor(&format!("198.51.100.{n}"));
        door.language = story.language;
        let started = guest::start(office, &form, "", story.source, &door).await;
        let Started::Thread { thread, secret, .. } = started.unwrap() else {
            panic!("no robot");
        };
        let guest = recognised(office, thread, &secret).await;
        self.browsers.insert(n, guest);
    }

    async fn thread(&self, id: ThreadId) -> ThreadRow {
        let mut conn = self.house.office.read().await.unwrap();
        row::find(&mut conn, id).await.unwrap().unwrap()
    }

    /// The guest with the newest link that was mailed about their thread.
    async fn by_mail(&self, guest: &Guest) -> Guest {
        let mut conn = self.house.office.read().await.unwrap();
        let text = "SELECT id FROM links WHERE thread_id = $1 AND origin = 'mail' \
                    ORDER BY created_at DESC LIMIT 1";
        let link: LinkId = on!(&mut conn, c => sqlx::query_scalar(text).bind(guest.thread)
            .fetch_one(c).await)
        .unwrap();
        Guest {
            link,
            origin: LinkOrigin::Mail,
            ..guest.clone()
        }
    }
}

/// What the ids of a world are called in both worlds.
struct Names(HashMap<String, String>);

impl Names {
    async fn of(house: &House) -> Self {
        let id = |column: &str| match house.backend {
            Backend::Sqlite => format!("lower(hex({column}))"),
            Backend::Postgres => format!("replace(CAST({column} AS TEXT), '-', '')"),
        };
        let (one, of_thread) = (id("id"), id("m.id"));
        let texts = [
            format!("SELECT {one} || '=person ' || email || ' ' || created_at FROM people"),
            format!("SELECT {one} || '=thread ' || created_at FROM threads"),
            format!(
                "SELECT {of_thread} || '=entry ' || t.created_at || ' ' || m.staff_place \
                 FROM messages m JOIN threads t ON t.id = m.thread_id"
            ),
        ];
        let mut names = HashMap::new();
        for text in texts {
            for line in house.words(&text).await {
                let (id, name) = line.split_once('=').unwrap();
                names.insert(id.to_owned(), name.to_owned());
            }
        }
        Self(names)
    }

    /// The rows of a table in words, without what is made of chance, in an order of their own.
    async fn rows(&self, house: &House, table: &str, by_chance: &[&str]) -> Vec<String> {
        self.rows_with(house, table, by_chance, "1 = 1").await
    }

    /// The same of some rows only.
    async fn rows_with(
        &self,
        house: &House,
        table: &str,
        by_chance: &[&str],
        of: &str,
    ) -> Vec<String> {
        let columns = match house.backend {
            Backend::Sqlite => {
                format!("SELECT name FROM pragma_table_info('{table}') ORDER BY name")
            }
            Backend::Postgres => format!(
                "SELECT column_name::text FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY column_name"
            ),
        };
        let mut columns = house.words(&columns).await;
        columns.retain(|column| column != UNTOLD);
        let shown = columns.iter().map(|column| match house.backend {
            _ if by_chance.contains(&column.as_str()) => {
                format!("CASE WHEN {column} IS NULL THEN '-' ELSE '+' END")
            }
            Backend::Sqlite => format!(
                "'{column} ' || COALESCE(CASE typeof({column}) WHEN 'blob' THEN lower(hex({column})) \
                 ELSE CAST({column} AS TEXT) END, 'none')"
            ),
            Backend::Postgres => {
                format!("'{column} ' || COALESCE(CAST({column} AS TEXT), 'none')")
            }
        });
        let shown: Vec<String> = shown.collect();
        let shown = shown.join(" || ' | ' || ");
        let text = format!("SELECT {shown} FROM {table} WHERE {of}");
        self.named(house.words(&text).await)
    }

    /// Every word of the index with its place in its text.
    async fn words(&self, house: &House) -> Vec<String> {
        let mut words = Vec::new();
        for index in ["search_messages", "search_notes"] {
            let text = match house.backend {
                Backend::Sqlite => {
                    house
                        .sql(&format!(
                            "CREATE VIRTUAL TABLE {index}_all USING fts5vocab({index}, instance)"
                        ))
                        .await;
                    format!(
                        "SELECT '{index} ' || lower(hex(d.message_id)) || ' ' || v.term || ' ' || v.offset \
                         FROM {index}_all v JOIN search_docs d ON d.number = v.doc"
                    )
                }
                Backend::Postgres => format!(
                    "SELECT '{index} ' || d.message_id || ' ' || w.lexeme || ' ' || \
                     COALESCE(CAST(w.positions AS TEXT), '') FROM {index} s \
                     JOIN search_docs d ON d.number = s.number, LATERAL unnest(s.words) w"
                ),
            };
            words.extend(house.words(&text).await);
        }
        assert!(words.len() > 1000);
        self.named(words)
    }

    fn named(&self, lines: Vec<String>) -> Vec<String> {
        let mut lines: Vec<String> = lines.iter().map(|line| self.name(line)).collect();
        lines.sort();
        lines
    }

    /// A line with every id in it replaced by its name.
    fn name(&self, line: &str) -> String {
        let line = line.replace('-', "");
        let mut named = String::new();
        let mut rest = line.as_str();
        while !rest.is_empty() {
            let run = rest
                .find(|c: char| !c.is_ascii_hexdigit())
                .unwrap_or(rest.len());
            let (digits, after) = rest.split_at(run);
            named.push_str(self.0.get(digits).map_or(digits, String::as_str));
            let next = after.chars().next().map_or(0, char::len_utf8);
            named.push_str(&after[..next]);
            rest = &after[next..];
        }
        named
    }
}
