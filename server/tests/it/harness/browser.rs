//! A browser without scripts, down to its bytes: it keeps cookies, says where its pages come from,
//! and can be made to send what no browser would.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Mutex;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Somebody who calls on the server.
pub struct Browser {
    address: SocketAddr,
    accept: &'static str,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// A request to be.
pub struct Ask<'b> {
    browser: &'b Browser,
    method: &'static str,
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Browser {
    pub fn new(address: SocketAddr, accept: &'static str) -> Self {
        Self {
            address,
            accept,
            cookies: Mutex::default(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path).send().await
    }

    /// Posts a form of one of our own pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask("POST", path).form(fields).send().await
    }

    /// Calls a server function.
    pub async fn call(&self, function: &str, arguments: &Value) -> Answer {
        let ask = self.ask("POST", &format!("/ui/{function}"));
        ask.header("content-type", "application/json")
            .body(arguments.to_string())
            .send()
            .await
    }

    /// A request as this browser makes them, to be changed.
    pub fn ask(&self, method: &'static str, path: &str) -> Ask<'_> {
        let mut headers = BTreeMap::new();
        headers.insert("host".to_owned(), self.address.to_string());
        headers.insert("accept".to_owned(), self.accept.to_owned());
        headers.insert("connection".to_owned(), "close".to_owned());
        if method != "GET" {
            headers.insert("origin".to_owned(), format!("http://{}", self.address));
            headers.insert("sec-fetch-site".to_owned(), "same-origin".to_owned());
        }
        headers.insert("cookie".to_owned(), self.cookies());
        Ask {
            browser: self,
            method,
            path: path.to_owned(),
            headers,
            body: Vec::new(),
        }
    }

    /// Where the server is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// All cookies as a request carries them.
    pub fn cookies(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        let pairs = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// Takes over another browser's cookies, as the same browser after a restart.
    pub fn keep_from(&self, other: &Self) {
        self.cookies
            .lock()
            .unwrap()
            .clone_from(&other.cookies.lock().unwrap());
    }

    /// The cookie of this name, if the browser holds one.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// How many cookies the browser holds.
    pub fn cookie_count(&self) -> usize {
        self.cookies.lock().unwrap().len()
    }

    /// Plants a cookie.
    pub fn keep(&self, name: &str, value: &str) {
        self.cookies
            .lock()
            .unwrap()
            .insert(name.to_owned(), value.to_owned());
    }

    fn keep_all(&self, answer: &Answer) {
        let mut cookies = self.cookies.lock().unwrap();
        for (name, header) in &answer.headers {
            if name != "set-cookie" {
                continue;
            }
            let (name, rest) = header.split_once('=').unwrap();
            let (value, attributes) = rest.split_once(';').unwrap();
            if attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Ask<'_> {
    /// Sets a header, or leaves it out when `value` is empty.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if value.is_empty() {
            self.headers.remove(name);
        } else {
            self.headers.insert(name.to_owned(), value.to_owned());
        }
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        self.header("content-type", "application/x-www-form-urlencoded")
            .body(pairs.join("&"))
    }

    pub async fn send(self) -> Answer {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        write!(head, "content-length: {}\r\n\r\n", self.body.len()).unwrap();
        let mut stream = TcpStream::connect(self.browser.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // A server that refuses by the head alone may close before the body is there.
        let _ = stream.write_all(&self.body).await;
        let mut bytes = Vec::new();
        let answer = loop {
            if let Some(answer) = Answer::parse(&bytes) {
                break answer;
            }
            let read = stream.read_buf(&mut bytes).await.unwrap_or_default();
            assert!(
                read > 0,
                "half an answer: {}",
                String::from_utf8_lossy(&bytes)
            );
        };
        self.browser.keep_all(&answer);
        answer
    }
}

impl Answer {
    /// The answer in `bytes`, once all of it is there.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
        let headers: Vec<(String, String)> = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let mut answer = Self {
            status,
            headers,
            body: Vec::new(),
        };
        let raw = &bytes[end + 4..];
        answer.body = match answer.header("content-length").parse::<usize>() {
            Ok(length) => raw.get(..length)?.to_vec(),
            // A stream has no end that could be waited for.
            Err(_) if answer.header("content-type") == "text/event-stream" => Vec::new(),
            Err(_) if answer.header("transfer-encoding") == "chunked" => unchunked(raw)?,
            Err(_) => Vec::new(),
        };
        Some(answer)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// A header, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map_or("", |(_, value)| value)
    }

    /// Where the answer leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// Checks that the answer leads back to a page that says by this word what was done.
    #[track_caller]
    pub fn is_done(&self, what: &str) {
        assert_eq!(self.status, 303, "{}", self.text());
        let leads = self.location();
        assert!(leads.ends_with(&format!("?done={what}")), "{leads}");
    }

    /// The value of the input field of this name in the page.
    pub fn field(&self, name: &str) -> String {
        let page = self.text();
        let tags = page.split('<').filter(|tag| tag.starts_with("input"));
        let tag = tags
            .clone()
            .find(|tag| tag.contains(&format!("name=\"{name}\"")));
        let tag = tag.unwrap_or_else(|| panic!("no field {name} in {page}"));
        let value = tag
            .split("value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().to_owned()
    }
}

fn unchunked(mut raw: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = raw.windows(2).position(|two| two == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&raw[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(raw.get(end + 2..end + 2 + size)?);
        raw = raw.get(end + 4 + size..)?;
    }
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(byte.into());
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
    }
    out
}
