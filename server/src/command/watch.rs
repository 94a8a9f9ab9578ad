//! `pigeon watch`: prints a live stream, one frame a line. With a token it is that of the token's owner,
//! at any Pigeon that can be reached; with `--email` it runs where the database is, and signs in by
//! holding it.

use clap::Args;
use futures::{SinkExt as _, StreamExt as _};
use http::header::{AUTHORIZATION, COOKIE, ORIGIN};
use http::{HeaderName, HeaderValue};
use pigeon_core::mail::Mailer;
use pigeon_core::session;
use pigeon_core::setting::Overrides;
use pigeon_wire::ThreadId;
use pigeon_wire::live::LiveCall;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};
use url::{Position, Url};

use super::Failure;
use super::api::token;
use crate::config::Place;
use crate::cookie::Cookies;
use crate::courier::Http;

/// What to watch.
#[derive(Args, Debug)]
pub struct Watch {
    /// Where the server is reached; the token stands in `PIGEON_TOKEN`
    #[arg(
        long,
        env = "PIGEON_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:3000"
    )]
    url: String,
    /// The own threads, rather than the inbox: needs a token for them
    #[arg(long, conflicts_with_all = ["thread", "email"])]
    own: bool,
    /// Follow this conversation too
    #[arg(long, value_name = "ID")]
    thread: Option<ThreadId>,
    /// Mail address of an account of this machine's database, instead of a token
    #[arg(long)]
    email: Option<String>,
    /// With `--email`, the public address that the server was told, where it is another
    #[arg(long, env = "PIGEON_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
}

/// By what the server knows us.
type Headers = Vec<(HeaderName, String)>;

/// The command.
pub async fn run(place: &Place, watch: &Watch) -> Result<(), Failure> {
    let Some(email) = &watch.email else {
        let bearer = format!("Bearer {}", token()?);
        return stream(watch, vec![(AUTHORIZATION, bearer)]).await;
    };
    let mailer = Mailer::folder(place.mail_folder());
    let office = super::office(place, Overrides::default(), mailer).await?;
    let signed_in = session::open_for(&office, email, "pigeon watch").await?;
    let origin = watch.public_url.as_ref().unwrap_or(&watch.url);
    let origin = origin.trim_end_matches('/').to_owned();
    // Whichever of the two names the server knows is read; the other means nothing to it.
    let cookies = [true, false].map(|secure| Cookies::new(secure).session_pair(&signed_in.secret));
    let known = vec![(ORIGIN, origin), (COOKIE, cookies.join("; "))];
    let ended = stream(watch, known).await;
    if let Some(account) = session::recognise(&office, &signed_in.secret).await? {
        session::end(&office, &account).await?;
    }
    ended
}

async fn stream(watch: &Watch, known: Headers) -> Result<(), Failure> {
    let why = |cause: &dyn std::fmt::Display| Failure::Api(cause.to_string());
    let base = Url::parse(&watch.url).map_err(|cause| why(&cause))?;
    let path = if watch.own {
        "/api/v1/live?mine=true"
    } else {
        "/api/v1/live"
    };
    // Whoever calls this has chosen where it goes.
    let stream = Http::new(true)?.connected(&base).await;
    let stream = stream.map_err(|cause| why(&cause))?;
    // The scheme says only which port is meant: the stream stands already.
    let host = &base[Position::BeforeHost..Position::AfterPort];
    let mut request = format!("ws://{host}{path}").into_client_request()?;
    for (name, value) in known {
        let value = HeaderValue::try_from(value).map_err(tungstenite::Error::from)?;
        request.headers_mut().insert(name, value);
    }
    let (mut socket, _) = client_async(request, stream).await?;
    if !watch.own {
        let watched = watch
            .thread
            .map(|thread| LiveCall::Watch { thread, after: 0 });
        for call in [LiveCall::Inbox].into_iter().chain(watched) {
            let call = serde_json::to_string(&call).map_err(std::io::Error::from)?;
            socket.send(Message::text(call)).await?;
        }
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
