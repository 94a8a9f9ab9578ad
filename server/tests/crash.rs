//! Killed while eight people write: every acknowledged message is there exactly once, and the
//! numbers have no holes. `PIGEON_CRASH_ROUNDS` says how often; `cargo xtask crash` sets it.

#![expect(clippy::unwrap_used, reason = "tests may stop at the first surprise")]

use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pigeon_core::actor::{Account, Guest, Reuse, Visitor};
use pigeon_core::clock::{Clock, Randomness};
use pigeon_core::guest::{Standing, Started};
use pigeon_core::mail::Mailer;
use pigeon_core::office::Options;
use pigeon_core::setting::Overrides;
use pigeon_core::{Office, guest, person, session, thread};
use pigeon_wire::ThreadId;
use pigeon_wire::message::{EntryView, StartForm};
use pigeon_wire::note::{StaffContent, StaffEntryView};
use pigeon_wire::person::Language;
use pigeon_wire::thread::Source;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Writers at once: half of them staff, half guests.
const WRITERS: usize = 8;
/// Rounds of one test run.
const ROUNDS: u32 = 3;
/// How long a start may take before the test gives up.
const READY: Duration = Duration::from_secs(30);

/// Somebody who writes: what goes before and after the key in a request of theirs.
#[derive(Clone)]
struct Writer {
    thread: ThreadId,
    cookie: String,
    is_staff: bool,
    name: String,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_9() {
    let rounds = std::env::var("PIGEON_CRASH_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok());
    let rounds = rounds.unwrap_or(ROUNDS);
    let folder = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let writers = prepare(folder.path()).await;
    let mut acknowledged: HashMap<String, usize> = HashMap::new();
    let mut unsure: Vec<Option<String>> = vec![None; WRITERS];
    let mut longest = Duration::ZERO;
    for round in 0..rounds {
        let started = Instant::now();
        let mut server = serve(folder.path(), address);
        ready(address, &mut server).await;
        longest = longest.max(started.elapsed());
        let stop = Arc::new(AtomicBool::new(false));
        let mut tasks = Vec::new();
        for (n, writer) in writers.iter().enumerate() {
            // What a round left unanswered is sent again under its own key, as a page does.
            let first = unsure[n].take();
            let (writer, stop) = (writer.clone(), Arc::clone(&stop));
            #[expect(clippy::disallowed_methods, reason = "writers write at once")]
            tasks.push(tokio::spawn(write_on(writer, address, round, first, stop)));
        }
        // Each round is killed at another moment of the work.
        tokio::time::sleep(Duration::from_millis(150 + u64::from(round) * 97 % 400)).await;
        server.kill().unwrap();
        server.wait().unwrap();
        stop.store(true, Ordering::SeqCst);
        for (n, task) in tasks.into_iter().enumerate() {
            let (done, left) = task.await.unwrap();
            for body in done {
                *acknowledged.entry(body).or_default() += 1;
            }
            unsure[n] = left;
        }
    }
    let total: usize = acknowledged.values().sum();
    println!("{rounds} kills, {total} acknowledged messages, ready again within {longest:?}");
    assert!(total > 0, "nobody wrote anything");
    check(folder.path(), &writers, &acknowledged).await;
}

/// Writes until the server is gone; answers what was acknowledged, and what was left in the air.
async fn write_on(
    writer: Writer,
    address: SocketAddr,
    round: u32,
    first: Option<String>,
    stop: Arc<AtomicBool>,
) -> (Vec<String>, Option<String>) {
    let mut done = Vec::new();
    let mut next = first;
    for n in 0.. {
        let body = next
            .take()
            .unwrap_or_else(|| format!("{}-{round}-{n}", writer.name));
        match post(&writer, address, &body).await {
            Ok(200 | 303) => done.push(body),
            Ok(status) => panic!("{} was answered {status}", writer.name),
            Err(_) => return (done, Some(body)),
        }
        if stop.load(Ordering::SeqCst) {
            return (done, None);
        }
    }
    (done, None)
}

/// Posts one message; its own text makes its key.
async fn post(writer: &Writer, address: SocketAddr, body: &str) -> io::Result<u16> {
    let key: String = body
        .chars()
        .chain(std::iter::repeat('0'))
        .take(40)
        .collect();
    let thread = writer.thread;
    let (path, kind, payload) = if writer.is_staff {
        let form = serde_json::json!({ "body": body, "key": key });
        let call = serde_json::json!({ "thread": thread, "form": form });
        (
            "/ui/message/reply".to_owned(),
            "application/json",
            call.to_string(),
        )
    } else {
        let form = format!("body={body}&key={key}");
        (
            format!("/c/{thread}"),
            "application/x-www-form-urlencoded",
            form,
        )
    };
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
         sec-fetch-site: same-origin\r\ncookie: {}\r\ncontent-type: {kind}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{payload}",
        writer.cookie,
        payload.len()
    );
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let head = String::from_utf8_lossy(&answer);
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    status.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

fn serve(data: &Path, address: SocketAddr) -> Child {
    Command::new(env!("CARGO_BIN_EXE_pigeon"))
        .args([
            "serve",
            "--rate-messages",
            "1000000",
            "--log",
            "error",
            "--listen",
        ])
        .arg(address.to_string())
        .arg("--data")
        .arg(data)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

async fn ready(address: SocketAddr, server: &mut Child) {
    let since = Instant::now();
    while TcpStream::connect(address).await.is_err() {
        assert!(
            server.try_wait().unwrap().is_none(),
            "the server ended by itself"
        );
        assert!(since.elapsed() < READY, "the server did not come up");
        tokio::task::yield_now().await;
    }
}

async fn open(data: &Path) -> Office {
    let options = Options {
        database: format!("sqlite://{}", data.join("pigeon.db").display()),
        clock: Clock::default(),
        randomness: Randomness::default(),
        overrides: Overrides {
            rate_messages: Some(1_000_000),
            ..Overrides::default()
        },
        mailer: Mailer::memory().0,
        files: data.join("files"),
        courier: None,
    };
    Office::open(options).await.unwrap()
}

/// Four guests with a thread each; four staff members who write into the first two.
async fn prepare(data: &Path) -> Vec<Writer> {
    let office = open(data).await;
    let mut writers = Vec::new();
    for n in 0..WRITERS / 2 {
        let form = StartForm {
            email: format!("guest{n}@example.org"),
            body: "Hello".to_owned(),
            key: office.fresh_key().into(),
            ..StartForm::default()
        };
        let visitor = Visitor {
            address: format!("192.0.2.{n}"),
            language: Language::En,
            agent: String::new(),
            reuse: Reuse::Beside,
        };
        let started = guest::start(&office, &form, "", Source::Form, &visitor)
            .await
            .unwrap();
        let Started::Thread { thread, secret, .. } = started else {
            panic!("caught")
        };
        writers.push(Writer {
            thread,
            cookie: format!("__Host-pigeon-c-{thread}={secret}"),
            is_staff: false,
            name: format!("guest{n}"),
        });
    }
    for n in 0..WRITERS / 2 {
        let email = format!("staff{n}@example.com");
        let secret = staff_secret(&office, &email).await;
        writers.push(Writer {
            thread: writers[n % 2].thread,
            cookie: format!("__Host-pigeon={secret}"),
            is_staff: true,
            name: format!("staff{n}"),
        });
    }
    let staff = office.start();
    office.stop(staff).await;
    writers
}

async fn staff_secret(office: &Office, email: &str) -> String {
    person::add(office, email, "Staff", "agent", "correct horse battery")
        .await
        .unwrap();
    session::open_for(office, email, "test")
        .await
        .unwrap()
        .secret
}

async fn check(data: &Path, writers: &[Writer], acknowledged: &HashMap<String, usize>) {
    let office = open(data).await;
    let reader = staff_secret(&office, "reader@example.com").await;
    let reader = session::recognise(&office, &reader).await.unwrap().unwrap();
    let mut found: HashMap<String, usize> = HashMap::new();
    for writer in writers.iter().filter(|writer| !writer.is_staff) {
        let entries = all_entries(&office, &reader, writer.thread).await;
        let places: Vec<i64> = entries.iter().map(|entry| entry.place).collect();
        let wanted: Vec<i64> = (1..).take(entries.len()).collect();
        assert_eq!(places, wanted, "the staff order has no holes");
        for entry in entries {
            if let StaffContent::Message { body, .. } = entry.content {
                *found.entry(body).or_default() += 1;
            }
        }
        let guest = recognised(&office, writer).await;
        let entries = all_public_entries(&office, &guest).await;
        let places: Vec<i64> = entries.iter().map(|entry| entry.place).collect();
        let wanted: Vec<i64> = (1..).take(entries.len()).collect();
        assert_eq!(places, wanted, "the public order has no holes");
    }
    for (body, times) in acknowledged {
        assert_eq!(*times, 1, "{body} was acknowledged as one");
        assert_eq!(
            found.get(body),
            Some(&1),
            "{body} was acknowledged and is there once"
        );
    }
    let twice: Vec<_> = found
        .iter()
        .filter(|(body, times)| **times > 1 && *body != "Hello")
        .collect();
    assert!(twice.is_empty(), "{twice:?} are there more than once");
}

async fn all_entries(office: &Office, reader: &Account, id: ThreadId) -> Vec<StaffEntryView> {
    let mut all = Vec::new();
    let mut place = i64::MAX;
    loop {
        let (mut page, more) = thread::before(office, reader, id, place).await.unwrap();
        place = page.first().map_or(0, |entry| entry.place);
        page.append(&mut all);
        all = page;
        if !more {
            return all;
        }
    }
}

async fn all_public_entries(office: &Office, guest: &Guest) -> Vec<EntryView> {
    let mut all = Vec::new();
    let mut place = i64::MAX;
    loop {
        let (mut page, more) = guest::before(office, guest, place).await.unwrap();
        place = page.first().map_or(0, |entry| entry.place);
        page.append(&mut all);
        all = page;
        if !more {
            return all;
        }
    }
}

async fn recognised(office: &Office, writer: &Writer) -> Guest {
    let secret = writer.cookie.split_once('=').unwrap().1;
    match guest::standing(office, writer.thread, secret)
        .await
        .unwrap()
    {
        Standing::Good(guest) => guest,
        other => panic!("{other:?}"),
    }
}
