//! A mail server over a real socket that says what a test has planned.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// What the server does instead of taking a command.
#[derive(Clone, Copy)]
pub enum Act {
    /// Answers with this line.
    Say(&'static str),
    /// Answers with this line and hangs up.
    SayAndHangUp(&'static str),
    /// Hangs up without an answer.
    HangUp,
    /// Never answers.
    Silence,
}

/// How one connection goes: acts for the first command that begins with a word (each is used
/// once, in order), where "greeting" and "." stand for the start and for the end of the text.
#[derive(Clone, Default)]
pub struct Plan {
    pub acts: Vec<(&'static str, Act)>,
    /// What EHLO offers.
    pub offers: &'static [&'static str],
    /// The certificate to encrypt with, and whether from the first byte.
    pub tls: Option<(TlsAcceptor, bool)>,
}

/// What the server has heard.
#[derive(Clone, Default)]
pub struct Heard {
    /// The commands of each connection.
    pub talks: Vec<Vec<String>>,
    /// The texts it took, dots unstuffed.
    pub mails: Vec<String>,
}

pub struct Server {
    pub address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    silent: Arc<Notify>,
    _task: JoinSet<()>,
}

impl Server {
    /// Starts a server whose connections go by these plans, further ones by none.
    pub async fn start(plans: Vec<Plan>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (heard, silent) = (Arc::<Mutex<Heard>>::default(), Arc::new(Notify::new()));
        let mut task = JoinSet::new();
        task.spawn(serve(listener, plans, heard.clone(), silent.clone()));
        Self {
            address,
            heard,
            silent,
            _task: task,
        }
    }

    pub fn heard(&self) -> Heard {
        self.heard.lock().unwrap().clone()
    }

    /// Waits until the server has come to an [`Act::Silence`].
    pub async fn fallen_silent(&self) {
        self.silent.notified().await;
    }
}

async fn serve(
    listener: TcpListener,
    plans: Vec<Plan>,
    heard: Arc<Mutex<Heard>>,
    silent: Arc<Notify>,
) {
    let mut plans = plans.into_iter();
    let mut talks = JoinSet::new();
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        let plan = plans.next().unwrap_or_default();
        let index = {
            let mut heard = heard.lock().unwrap();
            heard.talks.push(Vec::new());
            heard.talks.len() - 1
        };
        let talk = Talk {
            index,
            plan,
            heard: heard.clone(),
            silent: silent.clone(),
        };
        talks.spawn(talk.whole(socket));
    }
}

struct Talk {
    index: usize,
    plan: Plan,
    heard: Arc<Mutex<Heard>>,
    silent: Arc<Notify>,
}

enum End {
    Over,
    Encrypt,
}

impl Talk {
    async fn whole(mut self, mut socket: TcpStream) {
        let acceptor = match self.plan.tls.clone() {
            Some((acceptor, true)) => acceptor,
            Some((acceptor, false)) => {
                // A failed talk is the client's to notice.
                match self.part(&mut socket, true).await {
                    Ok(End::Encrypt) => acceptor,
                    _ => return,
                }
            }
            None => {
                let _ = self.part(&mut socket, true).await;
                return;
            }
        };
        let implicit = matches!(self.plan.tls, Some((_, true)));
        if let Ok(stream) = acceptor.accept(socket).await {
            let _ = self.part(stream, implicit).await;
        }
    }

    async fn part(
        &mut self,
        stream: impl AsyncRead + AsyncWrite + Unpin,
        greet: bool,
    ) -> std::io::Result<End> {
        let mut stream = BufStream::new(stream);
        if greet
            && !self
                .answer(&mut stream, "greeting", "220 relay.example ESMTP")
                .await?
        {
            return Ok(End::Over);
        }
        let mut line = String::new();
        while {
            line.clear();
            stream.read_line(&mut line).await?
        } > 0
        {
            let command = line.trim_end().to_owned();
            self.heard.lock().unwrap().talks[self.index].push(command.clone());
            let usual = match command.split(' ').next().unwrap() {
                "EHLO" => {
                    let mut lines = vec!["250-relay.example".to_owned()];
                    lines.extend(self.plan.offers.iter().map(|offer| format!("250-{offer}")));
                    lines.push("250 HELP".to_owned());
                    lines.join("\r\n")
                }
                "AUTH" => "235 2.7.0 welcome".to_owned(),
                "DATA" => "354 go on".to_owned(),
                "QUIT" => "221 bye".to_owned(),
                "STARTTLS" => "220 go on".to_owned(),
                _ => "250 2.0.0 ok".to_owned(),
            };
            let data = command == "DATA" && !self.plans("DATA");
            if !self.answer(&mut stream, &command, &usual).await? || command == "QUIT" {
                return Ok(End::Over);
            }
            if command == "STARTTLS" {
                return Ok(End::Encrypt);
            }
            if data && !self.text(&mut stream).await? {
                return Ok(End::Over);
            }
        }
        Ok(End::Over)
    }

    async fn text<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        stream: &mut BufStream<S>,
    ) -> std::io::Result<bool> {
        if self.plans("text") {
            return self.answer(stream, "text", "").await;
        }
        let (mut text, mut line) = (String::new(), String::new());
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(false);
            }
            if line == ".\r\n" {
                break;
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
        }
        if !self.plans(".") || self.takes() {
            self.heard.lock().unwrap().mails.push(text);
        }
        self.answer(stream, ".", "250 2.0.0 queued").await
    }

    fn plans(&self, command: &str) -> bool {
        self.plan
            .acts
            .iter()
            .any(|(word, _)| command.starts_with(word))
    }

    /// Whether the planned answer to the text is that it was taken.
    fn takes(&self) -> bool {
        self.plan.acts.iter().any(|(word, act)| {
            *word == "."
                && matches!(act, Act::Say(said) | Act::SayAndHangUp(said) if said.starts_with('2'))
        })
    }

    /// Answers as planned or as usual; `false` when the talk is over.
    async fn answer<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        stream: &mut BufStream<S>,
        command: &str,
        usual: &str,
    ) -> std::io::Result<bool> {
        let planned = self
            .plan
            .acts
            .iter()
            .position(|(word, _)| command.starts_with(word));
        let act = planned.map(|position| self.plan.acts.remove(position).1);
        let said = match act {
            None => usual,
            Some(Act::Say(said) | Act::SayAndHangUp(said)) => said,
            Some(Act::HangUp) => return Ok(false),
            Some(Act::Silence) => {
                self.silent.notify_one();
                std::future::pending().await
            }
        };
        stream.write_all(format!("{said}\r\n").as_bytes()).await?;
        stream.flush().await?;
        Ok(!matches!(act, Some(Act::SayAndHangUp(_))))
    }
}
