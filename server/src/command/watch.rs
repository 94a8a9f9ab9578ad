//! `pigeon watch`: prints the live stream of an account, one frame a line. Runs where the database is,
//! and signs in by holding it.

use clap::Args;
use futures::{SinkExt as _, StreamExt as _};
use http::HeaderValue;
use http::header::{COOKIE, ORIGIN};
use pigeon_core::mail::Mailer;
use pigeon_core::session;
use pigeon_core::setting::Overrides;
use pigeon_wire::ThreadId;
use pigeon_wire::live::LiveCall;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};

use super::Failure;
use crate::config::Place;
use crate::cookie::Cookies;

/// What to watch.
#[derive(Args, Debug)]
pub struct Watch {
    /// Mail address of the account
    #[arg(long)]
    email: String,
    /// Where the server is reached; plain http
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:3000")]
    url: String,
    /// The public address that the server was told, where it is another
    #[arg(long, env = "PIGEON_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Follow this conversation too
    #[arg(long, value_name = "ID")]
    thread: Option<ThreadId>,
}

/// The command.
pub async fn run(place: &Place, watch: &Watch) -> Result<(), Failure> {
    let mailer = Mailer::folder(place.mail_folder());
    let office = super::office(place, Overrides::default(), mailer).await?;
    let signed_in = session::open_for(&office, &watch.email, "pigeon watch").await?;
    let ended = stream(watch, &signed_in.secret).await;
    if let Some(account) = session::recognise(&office, &signed_in.secret).await? {
        session::end(&office, &account).await?;
    }
    ended
}

async fn stream(watch: &Watch, secret: &str) -> Result<(), Failure> {
    let url = watch.url.trim_end_matches('/');
    let origin = watch
        .public_url
        .as_deref()
        .map_or(url, |public| public.trim_end_matches('/'));
    let host = url.strip_prefix("http://").ok_or(Failure::WatchAddress)?;
    let mut request = format!("ws://{host}/api/v1/live").into_client_request()?;
    // Whichever of the two names the server knows is read; the other means nothing to it.
    let cookies = [true, false]
        .map(|secure| Cookies::new(secure).session_pair(secret))
        .join("; ");
    let headers = request.headers_mut();
    headers.insert(
        ORIGIN,
        HeaderValue::try_from(origin).map_err(tungstenite::Error::from)?,
    );
    headers.insert(
        COOKIE,
        HeaderValue::try_from(cookies).map_err(tungstenite::Error::from)?,
    );
    let (mut socket, _) = connect_async(request).await?;
    let watched = watch
        .thread
        .map(|thread| LiveCall::Watch { thread, after: 0 });
    for call in [LiveCall::Inbox].into_iter().chain(watched) {
        let call = serde_json::to_string(&call).map_err(std::io::Error::from)?;
        socket.send(Message::text(call)).await?;
    }
    loop {
        let frame = tokio::select! {
            frame = socket.next() => frame,
            stopped = tokio::signal::ctrl_c() => {
                stopped?;
                socket.close(None).await?;
                return Ok(());
            }
        };
        match frame {
            Some(Ok(Message::Text(text))) => println!("{text}"),
            Some(Ok(Message::Close(Some(end)))) => {
                eprintln!("The server hung up with code {}.", u16::from(end.code));
                return Ok(());
            }
            None | Some(Ok(Message::Close(None))) => return Ok(()),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error.into()),
        }
    }
}
