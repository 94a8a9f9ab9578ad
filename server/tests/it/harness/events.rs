//! A live line by plain requests, opened as a page of ours would where no socket can be had.

use serde::Serialize;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{Answer, Browser};

/// An open stream of events.
pub struct Events {
    stream: TcpStream,
    raw: Vec<u8>,
    told: Told,
}

/// A line on which one asks again and again.
pub struct Polls<'b> {
    browser: &'b Browser,
    told: Told,
}

/// What has come and was not looked at yet.
#[derive(Default)]
struct Told {
    text: String,
    mark: String,
}

/// What comes out of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Came {
    Frame(String),
    Close(u16),
}

impl Told {
    /// The next event, if it is there as a whole.
    fn next(&mut self) -> Option<Came> {
        while let Some((event, rest)) = self.text.split_once("\n\n") {
            let (event, rest) = (event.to_owned(), rest.to_owned());
            self.text = rest;
            let mut is_close = false;
            for line in event.lines() {
                match line.split_once(": ") {
                    Some(("id", mark)) => mark.clone_into(&mut self.mark),
                    Some(("event", "close")) => is_close = true,
                    Some(("data", code)) if is_close => {
                        return Some(Came::Close(code.parse().unwrap()));
                    }
                    Some(("data", frame)) => return Some(Came::Frame(frame.to_owned())),
                    _ => assert_eq!(line, ":", "a line of an event"),
                }
            }
        }
        None
    }
}

impl Events {
    /// Opens one with the browser's cookies, or tells the status with which it was refused.
    pub async fn open(browser: &Browser, query: &str) -> Result<Self, u16> {
        let (address, cookies) = (browser.address(), browser.cookies());
        let head = format!(
            "GET /api/v1/live/events{query} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookies}\r\n\
             sec-fetch-site: same-origin\r\naccept-encoding: gzip, br\r\n\r\n"
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut raw = Vec::new();
        let end = loop {
            if let Some(at) = raw.windows(4).position(|four| four == b"\r\n\r\n") {
                break at;
            }
            assert!(stream.read_buf(&mut raw).await.unwrap() > 0, "no answer");
        };
        let head = String::from_utf8(raw.drain(..end + 4).collect()).unwrap();
        let head = head.to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        if status != 200 {
            return Err(status);
        }
        for header in [
            "content-type: text/event-stream",
            "cache-control: no-store, no-transform",
            "x-accel-buffering: no",
            "x-content-type-options: nosniff",
        ] {
            assert!(head.contains(header), "{header} in {head}");
        }
        // In a compressor an event would wait for the next one.
        assert!(!head.contains("content-encoding"), "{head}");
        let told = Told::default();
        Ok(Self { stream, raw, told })
    }

    /// What comes next; nothing when the answer is over.
    pub async fn next(&mut self) -> Option<Came> {
        loop {
            if let Some(came) = self.told.next() {
                return Some(came);
            }
            let piece = self.piece().await?;
            self.told.text.push_str(&piece);
        }
    }

    /// The next frame.
    pub async fn frame(&mut self) -> Value {
        match self.next().await {
            Some(Came::Frame(frame)) => serde_json::from_str(&frame).unwrap(),
            other => panic!("no frame: {other:?}"),
        }
    }

    /// The code with which the line ends, whatever comes before.
    pub async fn ends(&mut self) -> u16 {
        loop {
            match self.next().await {
                Some(Came::Close(code)) => return code,
                Some(Came::Frame(_)) => {}
                None => panic!("no goodbye"),
            }
        }
    }

    fn mark(&self) -> &str {
        &self.told.mark
    }

    /// The next piece of an answer that comes in pieces.
    async fn piece(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.raw.windows(2).position(|two| two == b"\r\n") {
                let size = std::str::from_utf8(&self.raw[..end]).unwrap();
                let size = usize::from_str_radix(size, 16).unwrap();
                if self.raw.len() >= end + 2 + size + 2 {
                    let piece: Vec<u8> = self.raw.drain(..end + 2 + size + 2).collect();
                    let piece = piece[end + 2..end + 2 + size].to_vec();
                    return (size > 0).then(|| String::from_utf8(piece).unwrap());
                }
            }
            let read = self.stream.read_buf(&mut self.raw).await.unwrap();
            assert!(read > 0, "the answer broke off");
        }
    }
}

impl<'b> Polls<'b> {
    /// Opens one with the browser's cookies, or tells the status with which it was refused.
    pub async fn open(browser: &'b Browser, query: &str) -> Result<Self, u16> {
        let mut line = Self {
            browser,
            told: Told::default(),
        };
        line.ask(query).await.map(|()| line)
    }

    /// What comes next, or the status with which the line is refused.
    pub async fn next(&mut self) -> Result<Came, u16> {
        loop {
            if let Some(came) = self.told.next() {
                return Ok(came);
            }
            self.ask(&format!("?line={}", self.told.mark)).await?;
        }
    }

    /// The next frame.
    pub async fn frame(&mut self) -> Value {
        match self.next().await {
            Ok(Came::Frame(frame)) => serde_json::from_str(&frame).unwrap(),
            other => panic!("no frame: {other:?}"),
        }
    }

    /// The code with which the line ends, whatever comes before.
    async fn ends(&mut self) -> u16 {
        loop {
            match self.next().await.unwrap() {
                Came::Close(code) => return code,
                Came::Frame(_) => {}
            }
        }
    }

    /// Asks once more and hangs up.
    pub async fn ask_and_leave(self) {
        let (address, cookies) = (self.browser.address(), self.browser.cookies());
        let head = format!(
            "GET /api/v1/live/poll?line={} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookies}\r\n\r\n",
            self.told.mark
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // The server has turned to it by the time it has answered what was asked later.
        for _ in 0..3 {
            self.browser.get("/contact").await;
        }
    }

    fn mark(&self) -> &str {
        &self.told.mark
    }

    async fn ask(&mut self, query: &str) -> Result<(), u16> {
        let path = format!("/api/v1/live/poll{query}");
        let answer = self.browser.get(&path).await;
        if answer.status != 200 {
            return Err(answer.status);
        }
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert!(answer.header("cache-control").starts_with("no-store"));
        self.told.text.push_str(&answer.text());
        Ok(())
    }
}

/// Says something on the line of this mark, as the browser.
pub async fn say(browser: &Browser, mark: &str, calls: &[impl Serialize]) -> Answer {
    let calls = calls
        .iter()
        .map(|call| serde_json::to_string(call).unwrap());
    let body = calls.collect::<Vec<_>>().join("\n");
    say_text(browser, mark, &body).await
}

/// The same with what no page of ours says.
pub async fn say_text(browser: &Browser, mark: &str, body: &str) -> Answer {
    let path = format!("/api/v1/live/call?line={mark}");
    let ask = browser.ask("POST", &path);
    ask.header("content-type", "text/plain;charset=UTF-8")
        .body(body)
        .send()
        .await
}

/// A line of either sort.
pub enum Plain<'b> {
    Events(Events),
    Polls(Polls<'b>),
}

impl<'b> Plain<'b> {
    /// One of each.
    pub async fn both(browser: &'b Browser, query: &str) -> [Self; 2] {
        let events = Events::open(browser, query).await.unwrap();
        let polls = Polls::open(browser, query).await.unwrap();
        [Self::Events(events), Self::Polls(polls)]
    }

    /// The next frame.
    pub async fn frame(&mut self) -> Value {
        match self {
            Self::Events(line) => line.frame().await,
            Self::Polls(line) => line.frame().await,
        }
    }

    /// The next frame of this name, whatever comes before.
    pub async fn frame_of(&mut self, name: &str) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["t"] == name {
                return frame;
            }
        }
    }

    /// The code with which the line ends, whatever comes before.
    pub async fn ends(&mut self) -> u16 {
        match self {
            Self::Events(line) => line.ends().await,
            Self::Polls(line) => line.ends().await,
        }
    }

    /// By which the server knows the line.
    pub fn mark(&self) -> String {
        match self {
            Self::Events(line) => line.mark().to_owned(),
            Self::Polls(line) => line.mark().to_owned(),
        }
    }
}
