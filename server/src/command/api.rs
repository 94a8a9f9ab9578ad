//! `pigeon threads` and `pigeon reply`: the API from the command line, of any Pigeon that can be reached,
//! in the name of whoever made the token.

use std::io::{self, Read as _};
use std::pin::pin;

use bytes::Bytes;
use clap::Args;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{Method, Request};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use pigeon_core::clock::Randomness;
use pigeon_wire::ThreadId;
use pigeon_wire::inbox::View;
use serde_json::{Value, json};
use url::{Position, Url};

use super::Failure;
use crate::courier::Http;

/// The variable that holds the token: as an argument, everybody on the machine could read it.
const TOKEN: &str = "PIGEON_TOKEN";
/// Most bytes of an answer: a page of threads is far below.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Bytes of an idempotency key: 128 bits.
const KEY_BYTES: usize = 16;

/// Where to ask.
#[derive(Args, Debug)]
pub struct Reach {
    /// Where the server is reached; the token stands in `PIGEON_TOKEN`
    #[arg(
        long,
        env = "PIGEON_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:3000"
    )]
    url: String,
    /// Print JSON as the API answers it, one thing a line
    #[arg(long)]
    json: bool,
}

/// Which threads.
#[derive(Args, Debug)]
pub struct Threads {
    #[command(flatten)]
    reach: Reach,
    /// all, needs-reply, mine, unassigned, pending, open, closed or trash
    #[arg(long, value_name = "VIEW", default_value = "needs-reply")]
    view: View,
    /// Go on with the next pages, up to so many threads
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
}

/// What to answer.
#[derive(Args, Debug)]
pub struct Reply {
    #[command(flatten)]
    reach: Reach,
    /// Which conversation
    thread: ThreadId,
    /// The number of the last change that you have seen: the reply is refused if somebody else acted
    /// since
    #[arg(long, value_name = "N")]
    seen: Option<i64>,
    /// An idempotency key: sent again with the same, it is the same reply
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

/// Lists threads.
pub async fn threads(asked: &Threads) -> Result<(), Failure> {
    let program = Program::new(&asked.reach)?;
    let mut left = asked.most;
    let mut after: Option<String> = None;
    while left > 0 {
        let mut path = format!("/api/v1/threads?view={}", asked.view);
        if let Some(after) = &after {
            path.push_str("&after=");
            path.push_str(after);
        }
        let page = program.ask(Method::GET, &path, None, None).await?;
        let rows = page["items"].as_array().cloned().unwrap_or_default();
        for row in rows.iter().take(left) {
            if asked.reach.json {
                println!("{row}");
            } else {
                println!("{}", line(row));
            }
        }
        left = left.saturating_sub(rows.len());
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() || rows.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Answers a customer with what comes from the standard input.
pub async fn reply(asked: &Reply) -> Result<(), Failure> {
    let program = Program::new(&asked.reach)?;
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let key = asked.key.clone().unwrap_or_else(fresh_key);
    let path = format!("/api/v1/threads/{}/replies", asked.thread);
    let body = json!({ "text": text.trim_end(), "seen": asked.seen });
    let posted = program
        .ask(Method::POST, &path, Some(&key), Some(&body))
        .await?;
    if asked.reach.json {
        println!("{posted}");
    } else {
        println!("Sent: {}", posted["id"].as_str().unwrap_or_default());
    }
    Ok(())
}

/// The token that programs are known by.
///
/// # Errors
/// Where it is to be had, when there is none.
pub(super) fn token() -> Result<String, Failure> {
    let token = std::env::var(TOKEN).unwrap_or_default();
    if token.trim().is_empty() {
        return Err(Failure::Api(format!(
            "{TOKEN} is not set; make a token at /account/tokens"
        )));
    }
    Ok(token.trim().to_owned())
}

fn fresh_key() -> String {
    let bytes = Randomness::default().bytes::<KEY_BYTES>();
    format!("{:032x}", u128::from_be_bytes(bytes))
}

/// A thread on one line: nothing that somebody typed can end it or begin another.
fn line(row: &Value) -> String {
    let text = |name: &str| {
        let text = row[name].as_str().unwrap_or_default();
        let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        plain.collect::<String>()
    };
    let columns = ["id", "status", "active_at", "customer", "subject"].map(text);
    columns.join("\t")
}

/// Whoever asks.
struct Program {
    base: Url,
    token: String,
    way: Http,
}

impl Program {
    fn new(reach: &Reach) -> Result<Self, Failure> {
        let token = token()?;
        let base = Url::parse(&reach.url);
        Ok(Self {
            base: base.map_err(|cause| Failure::Api(format!("--url: {cause}")))?,
            token,
            // Whoever calls this has chosen where it goes.
            way: Http::new(true)?,
        })
    }

    /// The answer to one call.
    ///
    /// # Errors
    /// Why there is none, or in the server's words why not.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let why = |cause: &dyn std::fmt::Display| Failure::Api(cause.to_string());
        let url = self.base.join(path).map_err(|cause| why(&cause))?;
        let host = &url[Position::BeforeHost..Position::AfterPort];
        let mut request = Request::builder()
            .method(method)
            .uri(&url[Position::BeforePath..Position::AfterQuery])
            .header(HOST, host)
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
            .header(ACCEPT, "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = request.body(Full::new(Bytes::from(body)));
        let request = request.map_err(|cause| why(&cause))?;
        let stream = self
            .way
            .connected(&url)
            .await
            .map_err(|cause| why(&cause))?;
        let shaken = http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = shaken.map_err(|cause| why(&cause))?;
        let mut talk = pin!(async {
            let head = sender.send_request(request).await;
            let head = head.map_err(|cause| why(&cause))?;
            let status = head.status();
            let body = Limited::new(head.into_body(), ANSWER_BYTES_MAX).collect();
            let body = body.await.map_err(|cause| why(&cause))?.to_bytes();
            let told: Value = serde_json::from_slice(&body).unwrap_or_default();
            if status.is_success() {
                return Ok(told);
            }
            let detail = told["detail"].as_str().or_else(|| told["title"].as_str());
            let detail = detail.unwrap_or("no reason given");
            Err(Failure::Api(format!("{status}: {detail}")))
        });
        tokio::select! {
            answer = &mut talk => answer,
            // Closed by the other side, which may have answered before.
            _ = connection => talk.await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_stands_on_one_line() {
        let row =
            json!({ "id": "7", "status": "open", "subject": "a\nb\tc\u{1b}[2J", "customer": "G" });
        let line = line(&row);
        assert_eq!(line.lines().count(), 1);
        assert_eq!(line.matches('\t').count(), 4);
        assert!(!line.contains('\u{1b}'));
    }
}
