//! `pigeon serve` from its first word to its last.

use std::io::{BufRead as _, BufReader, Lines};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::events::Events;
use crate::harness::{Browser, Socket, guidos_question};

/// How long the server lets requests finish that are under way.
const FINISH_TIME: Duration = Duration::from_secs(10);

/// The program in a process of its own; waiting for its words blocks this test alone.
struct Server {
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    address: SocketAddr,
}

impl Server {
    fn start(folder: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pigeon"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .env_clear()
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = out.next().expect("a first line").unwrap();
        let address = first
            .split("http://")
            .nth(1)
            .expect("an address")
            .parse()
            .unwrap();
        Self {
            child,
            out,
            address,
        }
    }

    /// The next line that holds `words`.
    fn line(&mut self, words: &str) -> String {
        let mut lines = self.out.by_ref().map(Result::unwrap);
        let found = lines.find(|line| line.contains(words));
        found.unwrap_or_else(|| panic!("the program ended before it said {words}"))
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Where a test failed half-way; a program that has ended is no longer there to kill.
        let _ = self.child.kill();
    }
}

#[tokio::test]
async fn the_first_start_leads_to_the_owner_and_the_stop_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    assert!(server.line("SQLite").contains("one process"));
    assert!(server.line("mail").contains("data/mail"));
    let link = server.line("/setup/");
    let path = link
        .trim()
        .strip_prefix(&format!("http://{}", server.address))
        .unwrap()
        .to_owned();
    let browser = Browser::new(server.address, "text/html");
    assert_eq!(browser.get(&path).await.status, 200);

    let sent = browser.post("/contact", &guidos_question()).await;
    assert_eq!(sent.status, 303);
    let page = sent.location().to_owned();
    let query = format!("?thread={}&after=0", page.trim_start_matches("/c/"));
    let live = format!("/api/v1/live{query}");
    let mut socket = Socket::open(&browser, &live).await.unwrap();
    socket.text().await;
    let mut events = Events::open(&browser, &query).await.unwrap();
    events.frame().await;

    server.signal("-TERM");
    let told = Instant::now();
    assert_eq!(events.ends().await, 1012);
    assert_eq!(socket.closed().await, 1012, "come back soon");
    assert!(server.child.wait().unwrap().success());
    assert!(
        told.elapsed() < FINISH_TIME,
        "a stream was waited for as if it had an end"
    );

    let mut again = Server::start(folder.path());
    let browser_again = Browser::new(again.address, "text/html");
    browser_again.keep_from(&browser);
    assert_eq!(
        browser_again.get(&page).await.status,
        200,
        "nothing was lost"
    );
    again.signal("-INT");
    assert!(again.child.wait().unwrap().success());
}

#[tokio::test]
async fn a_request_under_way_is_finished_and_no_new_one_begun() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let body = "email=guido%40example.org&body=Before+you+close";
    let head = format!(
        "POST /contact HTTP/1.1\r\nhost: x\r\naccept: text/html\r\nexpect: 100-continue\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    server.signal("-TERM");
    server.line("Stopping");
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(server.child.wait().unwrap().success());
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[test]
fn a_taken_port_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = Command::new(env!("CARGO_BIN_EXE_pigeon"))
        .args(["serve", "--listen", &address])
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    assert!(!refused.status.success());
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("choose another with --listen"), "{told}");
    assert!(
        !folder.path().join("data").exists(),
        "nothing was made for nothing"
    );
}
