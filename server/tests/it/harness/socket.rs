//! A real socket, opened as a page of ours would.

use pigeon_wire::live::{LiveCall, StaffFrame};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use futures::{SinkExt as _, StreamExt as _};

use super::Browser;

/// An open socket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens one with the browser's cookies, or tells the status with which it was refused.
    pub async fn open(browser: &Browser, path: &str) -> Result<Self, u16> {
        let origin = format!("http://{}", browser.address());
        Self::open_from(browser, path, &origin).await
    }

    /// The same from a page of `origin`, or from none where that is empty.
    pub async fn open_from(browser: &Browser, path: &str, origin: &str) -> Result<Self, u16> {
        let address = browser.address();
        let mut request = format!("ws://{address}{path}")
            .into_client_request()
            .unwrap();
        let headers = request.headers_mut();
        if !origin.is_empty() {
            headers.insert("origin", HeaderValue::try_from(origin).unwrap());
        }
        headers.insert("cookie", HeaderValue::try_from(browser.cookies()).unwrap());
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    /// The same as a program that shows a token, in a header's words, and comes from no page.
    pub async fn open_as(browser: &Browser, path: &str, bearer: &str) -> Result<Self, u16> {
        let address = browser.address();
        let mut request = format!("ws://{address}{path}")
            .into_client_request()
            .unwrap();
        let known = HeaderValue::try_from(bearer).unwrap();
        request.headers_mut().insert("authorization", known);
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    /// The next frame of text.
    pub async fn text(&mut self) -> String {
        loop {
            match self.0.next().await.expect("an open socket").unwrap() {
                Message::Text(text) => return text.to_string(),
                Message::Ping(_) => {}
                other => panic!("no text: {other}"),
            }
        }
    }

    /// The next frame, on a team member's line.
    pub async fn frame(&mut self) -> StaffFrame {
        serde_json::from_str(&self.text().await).unwrap()
    }

    /// The code with which the other side closes.
    pub async fn closed(&mut self) -> u16 {
        loop {
            match self.0.next().await.expect("a goodbye").unwrap() {
                Message::Close(Some(goodbye)) => return goodbye.code.into(),
                Message::Close(None) => panic!("no code"),
                _ => {}
            }
        }
    }

    /// The code with which the other side closes, with nothing but beats before.
    pub async fn ends(&mut self) -> u16 {
        loop {
            match self.0.next().await.expect("a goodbye").unwrap() {
                Message::Close(Some(goodbye)) => return goodbye.code.into(),
                Message::Text(text) => assert_eq!(text.as_str(), r#"{"t":"beat"}"#),
                Message::Ping(_) => {}
                other => panic!("no goodbye: {other}"),
            }
        }
    }

    /// Sends bytes that are no text.
    pub async fn say_bytes(&mut self, bytes: &[u8]) {
        let bytes = bytes.to_vec();
        self.0.send(Message::binary(bytes)).await.unwrap();
    }

    pub async fn say(&mut self, call: &LiveCall) {
        let text = serde_json::to_string(call).unwrap();
        self.say_text(&text).await;
    }

    pub async fn say_text(&mut self, text: &str) {
        let text = text.to_owned();
        self.0.send(Message::text(text)).await.unwrap();
    }
}
