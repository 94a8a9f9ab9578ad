//! A client of a few lines that costs next to nothing beside the server: HTTP/1.1 over one
//! connection that stays open.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// One connection, signed in or not.
pub struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
    cookie: String,
}

/// What the server said.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The cookie that it set, without its attributes.
    pub cookie: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Client {
    /// Connects.
    pub async fn open(address: SocketAddr, cookie: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::with_capacity(64 * 1024, stream),
            address,
            cookie: cookie.to_owned(),
        })
    }

    /// Asks for a page; any answer but 200 is an error.
    pub async fn get(&mut self, path: &str) -> io::Result<Vec<u8>> {
        let answer = self.ask("GET", path, "text/plain", "").await?;
        if answer.status == 200 {
            return Ok(answer.body);
        }
        Err(io::Error::other(format!("{path}: {}", answer.status)))
    }

    /// Posts JSON; any answer but 200 is an error.
    pub async fn post(&mut self, path: &str, json: &str) -> io::Result<Vec<u8>> {
        let answer = self.ask("POST", path, "application/json", json).await?;
        if answer.status == 200 {
            return Ok(answer.body);
        }
        let why = String::from_utf8_lossy(&answer.body).into_owned();
        Err(io::Error::other(format!("{path}: {} {why}", answer.status)))
    }

    /// Sends one request and reads its answer.
    pub async fn ask(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: &str,
    ) -> io::Result<Answer> {
        self.ask_from("127.0.0.1", method, path, kind, body).await
    }

    /// The same, as a proxy hands it on that was asked from another network address.
    pub async fn ask_from(
        &mut self,
        from: &str,
        method: &str,
        path: &str,
        kind: &str,
        body: &str,
    ) -> io::Result<Answer> {
        let Self {
            address, cookie, ..
        } = self;
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
             x-forwarded-for: {from}\r\n\
             sec-fetch-site: same-origin\r\naccept: text/html,application/json\r\n\
             cookie: {cookie}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no status: {first:?}")))?;
        let (mut length, mut chunked, mut cookie) = (0_usize, false, None);
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().map_err(io::Error::other)?,
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "set-cookie" => cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        if chunked {
            body = self.chunks().await?;
        } else {
            self.stream.read_exact(&mut body).await?;
        }
        Ok(Answer {
            status,
            cookie,
            body,
        })
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.line().await?;
            let length = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
            let at = body.len();
            body.resize(at + length, 0);
            self.stream.read_exact(&mut body[at..]).await?;
            self.line().await?;
            if length == 0 {
                return Ok(body);
            }
        }
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}
