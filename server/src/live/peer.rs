//! The other side of a talk: what carries frames to it and calls from it.

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use bytes::Bytes;
use futures::SinkExt as _;

use super::pigeonhole::Clerk;

/// The other side.
#[expect(
    clippy::large_enum_variant,
    reason = "almost every line has a socket, and there may be very many of them"
)]
pub enum Peer {
    /// A socket.
    Socket(WebSocket),
    /// Plain requests, which come and go.
    Plain(Clerk),
}

/// What came from the other side.
#[derive(Debug)]
pub enum Said {
    /// A call, as its text.
    Call(Utf8Bytes),
    /// A sign of life.
    Life,
    /// What no client of ours says.
    Noise,
    /// It is gone.
    Gone,
}

impl Peer {
    /// What comes next. Safe to drop and call again.
    pub async fn hear(&mut self) -> Said {
        match self {
            Self::Socket(socket) => match socket.recv().await {
                Some(Ok(Message::Text(text))) => Said::Call(text),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => Said::Life,
                Some(Ok(Message::Binary(_))) => Said::Noise,
                Some(Ok(Message::Close(_)) | Err(_)) | None => Said::Gone,
            },
            Self::Plain(clerk) => clerk.hear().await,
        }
    }

    /// Hands frames over. Waits while the other side takes none; `false` when it is gone.
    pub async fn tell(&mut self, frames: impl IntoIterator<Item = Utf8Bytes>) -> bool {
        match self {
            Self::Socket(socket) => {
                for frame in frames {
                    if socket.feed(Message::Text(frame)).await.is_err() {
                        return false;
                    }
                }
                socket.flush().await.is_ok()
            }
            Self::Plain(clerk) => {
                clerk.put(frames).await;
                true
            }
        }
    }

    /// Asks for a sign of life, where the other side's machine gives one by itself: browsers answer a
    /// ping, and show nobody that one came.
    pub async fn ping(&mut self, beat: Bytes) -> bool {
        match self {
            Self::Socket(socket) => socket.feed(Message::Ping(beat)).await.is_ok(),
            Self::Plain(_) => true,
        }
    }

    /// Says with which code it ends. What the other side makes of it is its own affair.
    pub async fn dismiss(self, code: u16) {
        match self {
            Self::Socket(mut socket) => {
                let reason = Utf8Bytes::default();
                let goodbye = Message::Close(Some(CloseFrame { code, reason }));
                let _ = socket.send(goodbye).await;
            }
            Self::Plain(clerk) => clerk.dismiss(code).await,
        }
    }
}
