//! A receiver of web hooks on this machine, which answers as it is told and keeps a ledger of what
//! came.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// How it answers one delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    /// With yes.
    Taken,
    /// With this status.
    Status(u16),
    /// That it is elsewhere: on this very machine, where following it would show.
    Redirect,
    /// That it is gone.
    Gone,
    /// With what is no HTTP.
    Nonsense,
    /// Not at all.
    HangUp,
    /// With a refusal of many words.
    LongTalk,
    /// With yes, once it is released.
    Wait,
}

/// A delivery that came.
#[derive(Clone, Debug)]
pub struct Came {
    pub head: String,
    pub id: String,
    pub thread: String,
    pub text: String,
    pub taken: bool,
    seconds: String,
    signature: String,
    body: String,
}

/// The receiver.
pub struct Receiver {
    port: u16,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    says: Mutex<VecDeque<Say>>,
    ledger: watch::Sender<Vec<Came>>,
    released: Semaphore,
}

impl Came {
    /// Whether its signature is that of the Standard Webhooks for this secret.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let key = STANDARD
            .decode(secret.strip_prefix("whsec_").unwrap())
            .unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{}.{}.{}", self.id, self.seconds, self.body).as_bytes());
        let expected = STANDARD.encode(mac.finalize().into_bytes());
        self.signature == format!("v1,{expected}")
    }

    fn read(head: String, body: String, taken: bool) -> Self {
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.expect(name).1.to_owned()
        };
        assert_eq!(header("content-type"), "application/json");
        let told: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(told["type"], "message.created");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            id: header("webhook-id"),
            seconds: header("webhook-timestamp"),
            signature: header("webhook-signature"),
            thread: text(&told["data"]["thread"]["id"]),
            text: text(&told["data"]["message"]["text"]),
            taken,
            head,
            body,
        }
    }
}

impl Receiver {
    pub async fn start() -> Self {
        Self::at(0).await
    }

    /// One that listens where another one did.
    pub async fn at(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            says: Mutex::default(),
            ledger: watch::Sender::default(),
            released: Semaphore::new(0),
        });
        let receiving = receive(listener, port, Arc::clone(&shared));
        #[expect(
            clippy::disallowed_methods,
            reason = "the receiver runs beside the test"
        )]
        let task = tokio::spawn(receiving);
        Self { port, shared, task }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook?token=1", self.port)
    }

    /// How it answers what comes next; afterwards it takes whatever comes.
    pub fn then(&self, says: impl IntoIterator<Item = Say>) {
        self.shared.says.lock().unwrap().extend(says);
    }

    /// Lets go of what waits for its answer.
    pub fn release(&self) {
        self.shared.released.add_permits(1);
    }

    /// What came, once it is so many.
    pub async fn came(&self, many: usize) -> Vec<Came> {
        let mut ledger = self.shared.ledger.subscribe();
        let came = ledger.wait_for(|came| came.len() >= many).await.unwrap();
        came.clone()
    }

    /// Stops listening; what came so far.
    pub async fn stop(self) -> Vec<Came> {
        self.task.abort();
        let _ = self.task.await;
        self.shared.ledger.borrow().clone()
    }
}

async fn receive(listener: TcpListener, port: u16, shared: Arc<Shared>) {
    let mut talks = tokio::task::JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        talks.spawn(answer(stream, port, Arc::clone(&shared)));
    }
}

async fn answer(mut stream: TcpStream, port: u16, shared: Arc<Shared>) {
    let (head, body) = read(&mut stream).await;
    let say = shared
        .says
        .lock()
        .unwrap()
        .pop_front()
        .unwrap_or(Say::Taken);
    let taken = matches!(say, Say::Taken | Say::Wait);
    let came = Came::read(head, body, taken);
    shared.ledger.send_modify(|ledger| ledger.push(came));
    let short = |status: u16| format!("HTTP/1.1 {status} So\r\ncontent-length: 2\r\n\r\nok");
    let bytes = match say {
        Say::Taken => short(204).replace("content-length: 2\r\n\r\nok", "\r\n"),
        Say::Status(status) => short(status),
        Say::Gone => short(410),
        Say::Redirect => {
            let to = format!("location: http://127.0.0.1:{port}/elsewhere\r\ncontent-length: 2");
            short(307).replace("content-length: 2", &to)
        }
        Say::Nonsense => "SSH-2.0-OpenSSH\r\n\r\n".to_owned(),
        Say::HangUp => return,
        Say::LongTalk => {
            let long = format!("<b>{}", "~".repeat(100_000));
            format!(
                "HTTP/1.1 500 No\r\ncontent-length: {}\r\n\r\n{long}",
                long.len()
            )
        }
        Say::Wait => {
            shared.released.acquire().await.unwrap().forget();
            short(200)
        }
    };
    // Whoever has heard enough hangs up.
    let _ = stream.write_all(bytes.as_bytes()).await;
}

async fn read(stream: &mut TcpStream) -> (String, String) {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.expect("a length").parse().unwrap();
            if body.len() >= length {
                return (head.to_owned(), body.to_owned());
            }
        }
        let read = stream.read_buf(&mut bytes).await.unwrap();
        assert!(read > 0, "half a request: {text}");
    }
}
