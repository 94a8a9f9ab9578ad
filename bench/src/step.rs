//! The steps of a measurement.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use crate::http::Client;
use crate::report;
use crate::server::Server;

/// Who measures: the owner of a made world.
const EMAIL: &str = "olivia.owner%40example.com";
const PASSWORD: &str = "pigeons+come+home";
/// Pages that are timed one after the other.
const PAGES: usize = 200;
/// Clients of the steps that count, and how long these take.
const CLIENTS: usize = 8;
const COUNTED: Duration = Duration::from_secs(5);
/// Senders that post at once, and posts of each.
const SENDERS: usize = 32;
const POSTS_EACH: usize = 60;
/// Sockets of the fan-out, and messages that each hears.
const SOCKETS: usize = 1000;
const HEARD: usize = 100;
/// Entries of the conversation whose page is measured.
const ENTRIES: std::ops::Range<i64> = 50..90;

/// What is searched for: common and rare words, phrases, beginnings, operators, nothing.
const SEARCHES: &[&str] = &[
    "kettle",
    "lid",
    "invoice",
    "the",
    "Bestellung",
    "Deckel tropft",
    "%22spare part%22",
    "samovar",
    "Wernigerode",
    "from:smith",
    "from:anna",
    "is:open kettle",
    "is:pending",
    "is:closed refund",
    "in:note courier",
    "in:note",
    "assignee:me",
    "assignee:none lamp",
    "assignee:nora invoice",
    "before:2026-01-01 teapot",
    "after:2026-06-01 Rechnung",
    "has:file",
    "zzzzqqqq",
    "123456",
    "%22order number%22",
    "thermostat gasket",
    "smith kettle leaks",
    "xq",
    "thank you",
    "kett",
    "olivia",
    "example.org",
    "Zuckschwerdt",
    "ravenscroft telescope",
    "from:patel is:closed",
    "before:2025-06-01 is:open",
    "%22is broken%22 lamp",
    "Nähmaschine Hängematte",
    "a",
    "refund%20",
];

/// Somebody who is signed in.
pub struct At {
    address: SocketAddr,
    cookie: String,
    /// Threads of the first page of the inbox.
    threads: Vec<String>,
    /// A thread with a page full of entries.
    full: String,
}

impl At {
    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Threads of the first page of the inbox.
    pub fn threads(&self) -> &[String] {
        &self.threads
    }

    /// A connection of whoever is signed in.
    pub async fn client(&self) -> io::Result<Client> {
        Client::open(self.address, &self.cookie).await
    }
}

/// Signs in and looks for threads to measure with.
pub async fn sign_in(server: &Server) -> io::Result<At> {
    let mut client = Client::open(server.address, "").await?;
    let form = format!("email={EMAIL}&password={PASSWORD}&next=");
    let kind = "application/x-www-form-urlencoded";
    let answer = client.ask("POST", "/login", kind, &form).await?;
    let cookie = answer
        .cookie
        .filter(|_| answer.status == 303)
        .ok_or_else(|| io::Error::other("nobody is let in: is this a made world?"))?;
    let mut at = At {
        address: server.address,
        cookie,
        threads: Vec::new(),
        full: String::new(),
    };
    let mut client = at.client().await?;
    let mut after = Value::Null;
    for _ in 0..40 {
        let ask = json!({ "view": "all", "filter": {}, "sort": "activity" });
        let asked = json!({ "ask": ask, "after": after }).to_string();
        let page: Value = serde_json::from_slice(&client.post("/ui/inbox/page", &asked).await?)?;
        for row in page["rows"].as_array().into_iter().flatten() {
            let id = row["id"].as_str().or_else(|| row["row"]["id"].as_str());
            let id = id.unwrap_or_default().replace('-', "");
            let latest = row["latest"]
                .as_i64()
                .or_else(|| row["row"]["latest"].as_i64());
            if at.full.is_empty() && latest.is_some_and(|latest| ENTRIES.contains(&latest)) {
                at.full.clone_from(&id);
            }
            at.threads.push(id);
        }
        after = page["next"].clone();
        if !at.full.is_empty() || after.is_null() {
            break;
        }
    }
    if at.threads.is_empty() {
        return Err(io::Error::other(
            "there are no threads: is this a made world?",
        ));
    }
    if at.full.is_empty() {
        at.full.clone_from(&at.threads[0]);
    }
    Ok(at)
}

/// What the server holds when nobody asks for anything.
pub async fn memory(server: &Server) -> io::Result<()> {
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mib = server.memory_kib()? / 1024;
    report::line("memory, idle", &format!("{mib} MiB"));
    Ok(())
}

/// The inbox and a conversation, one after the other and by several clients.
pub async fn pages(at: &At) -> io::Result<()> {
    let full = format!("/inbox/{}", at.full);
    for (name, path) in [("inbox page", "/inbox"), ("conversation page", &full)] {
        let mut client = at.client().await?;
        for _ in 0..20 {
            client.get(path).await?;
        }
        let mut times = Vec::new();
        for _ in 0..PAGES {
            let since = Instant::now();
            client.get(path).await?;
            times.push(since.elapsed());
        }
        report::times(&format!("{name}, one client"), times);
        let since = Instant::now();
        let each = (0..CLIENTS).map(async |_| {
            let mut client = at.client().await?;
            let mut count = 0;
            while since.elapsed() < COUNTED {
                client.get(path).await?;
                count += 1;
            }
            io::Result::Ok(count)
        });
        let count: usize = try_join_all(each).await?.into_iter().sum();
        report::rate(
            &format!("{name}, {CLIENTS} clients"),
            count,
            since.elapsed(),
        );
    }
    Ok(())
}

/// The first page of many searches, as the page that shows it, in both orders.
pub async fn search(at: &At) -> io::Result<()> {
    let mut client = at.client().await?;
    for order in ["ranked", "newest"] {
        let mut times = Vec::new();
        let mut slow = Vec::new();
        for round in 0..4 {
            for typed in SEARCHES {
                let typed = typed.replace(' ', "+");
                let since = Instant::now();
                client
                    .get(&format!("/search?q={typed}&order={order}"))
                    .await?;
                let took = since.elapsed();
                // The first round warms what a day's work would have warmed.
                if round > 0 {
                    times.push(took);
                    slow.push((took, typed));
                }
            }
        }
        report::times(&format!("search, first page, {order}"), times);
        slow.sort();
        for (took, typed) in slow.iter().rev().step_by(3).take(3) {
            report::line(
                &format!("    among the slowest: {typed}"),
                &format!("{took:.2?}"),
            );
        }
    }
    Ok(())
}

/// How much waits for somebody in their own threads, as a page or a program asks.
pub async fn counts(at: &At) -> io::Result<()> {
    let mut client = at.client().await?;
    let mut times = Vec::new();
    for n in 0..PAGES + 20 {
        let since = Instant::now();
        client.post("/ui/session/me", "{}").await?;
        if n >= 20 {
            times.push(since.elapsed());
        }
    }
    report::times("unread count of the own threads", times);
    Ok(())
}

/// Staff replies in threads of their own, each answered when it is on the disk.
pub async fn posts(at: &At, server: &Server) -> io::Result<()> {
    let used = server.processor_us()?;
    let since = Instant::now();
    let senders = (0..SENDERS).map(async |n| {
        let mut client = at.client().await?;
        let thread = &at.threads[n % at.threads.len()];
        let mut times = Vec::new();
        for post in 0..POSTS_EACH {
            let began = Instant::now();
            reply(&mut client, thread, &format!("p{n}-{post}-{}", nonce())).await?;
            times.push(began.elapsed());
        }
        io::Result::Ok(times)
    });
    let times: Vec<Duration> = try_join_all(senders).await?.into_iter().flatten().collect();
    let (count, took) = (times.len(), since.elapsed());
    let used = server.processor_us()? - used;
    report::rate(&format!("durable posts, {SENDERS} senders"), count, took);
    report::times("    each", times);
    let each = used / u64::try_from(count).unwrap_or(1);
    report::line("    server's processor for each", &format!("{each} us"));
    Ok(())
}

/// Many sockets that watch one thread while somebody writes in it.
pub async fn fan_out(at: &At, server: &Server) -> io::Result<()> {
    let thread = at.threads[0].clone();
    let heard = Arc::new(AtomicUsize::new(0));
    let mut sockets = Vec::new();
    for _ in 0..SOCKETS {
        let mut request = format!("ws://{}/api/v1/live", at.address)
            .into_client_request()
            .map_err(io::Error::other)?;
        let headers = request.headers_mut();
        let origin = format!("http://{}", at.address);
        headers.insert(
            "origin",
            HeaderValue::try_from(origin).map_err(io::Error::other)?,
        );
        let cookie = HeaderValue::try_from(&at.cookie).map_err(io::Error::other)?;
        headers.insert("cookie", cookie);
        let (mut socket, _) = connect_async(request).await.map_err(io::Error::other)?;
        let call = json!({ "t": "watch", "thread": thread, "after": i64::MAX }).to_string();
        socket
            .send(Message::text(call))
            .await
            .map_err(io::Error::other)?;
        sockets.push(socket);
    }
    let mut tasks = Vec::new();
    for mut socket in sockets {
        let heard = Arc::clone(&heard);
        #[expect(clippy::disallowed_methods, reason = "each socket is read by itself")]
        tasks.push(tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                // A row of the inbox would carry the text too; these sockets asked for none.
                if matches!(message, Message::Text(text) if text.contains("\"fan-out")) {
                    heard.fetch_add(1, Ordering::Relaxed);
                }
            }
        }));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let memory = server.memory_kib()?;
    let used = server.processor_us()?;
    let since = Instant::now();
    let mut client = at.client().await?;
    for n in 0..HEARD {
        reply(&mut client, &thread, &format!("fan-out {n} {}", nonce())).await?;
    }
    let wanted = SOCKETS * HEARD;
    while heard.load(Ordering::Relaxed) < wanted && since.elapsed() < Duration::from_mins(1) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let took = since.elapsed();
    let used = server.processor_us()? - used;
    let count = heard.load(Ordering::Relaxed);
    for task in tasks {
        task.abort();
    }
    report::rate(
        &format!("fan-out to {SOCKETS} sockets, deliveries"),
        count,
        took,
    );
    if count != wanted {
        report::line(
            "    MISSING",
            &format!("{} of {wanted}", wanted - count.min(wanted)),
        );
    }
    let nanos = used * 1000 / u64::try_from(count).unwrap_or(1).max(1);
    report::line("    server's processor for each", &format!("{nanos} ns"));
    report::line("    memory with them", &format!("{} MiB", memory / 1024));
    Ok(())
}

async fn reply(client: &mut Client, thread: &str, body: &str) -> io::Result<()> {
    let key: String = format!(
        "{:0<32}",
        body.replace(|c: char| !c.is_ascii_alphanumeric(), "")
    );
    let key: String = key.chars().take(64).collect();
    let form = json!({ "body": body, "key": key });
    let call = json!({ "thread": thread, "form": form }).to_string();
    client.post("/ui/message/reply", &call).await.map(drop)
}

/// What no run before has used.
pub fn nonce() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:x}x{count:x}", std::process::id())
}
