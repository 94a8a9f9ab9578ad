//! Carries what web hooks are told: one connection for each delivery, to a network address that was
//! checked, within bounds. Nothing is followed and nothing is kept open.

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use http::Request;
use http::header::{CONNECTION, CONTENT_TYPE, HOST, USER_AGENT};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use pigeon_core::webhook::address::is_public;
use pigeon_core::webhook::{Answer, Courier, Parcel};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};
use url::{Host, Position, Url};

/// How long one delivery may take, from the look-up of the name to the head of the answer.
const DELIVERY_TIME: Duration = Duration::from_secs(10);
/// How long one of several network addresses may take to answer before the next is tried.
const CONNECT_TIME: Duration = Duration::from_secs(3);
/// How long the body of an answer is read: it is for the log alone.
const BODY_TIME: Duration = Duration::from_secs(2);
/// Most bytes of an answer's body that are read.
const BODY_BYTES_MAX: usize = 4 * 1024;
/// Most bytes of an answer's head.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// Most network addresses of one name that are looked at.
const ADDRESSES_MAX: usize = 16;
/// Who we are.
const AGENT: &str = concat!("Pigeon/", env!("CARGO_PKG_VERSION"));

/// Why there was no answer, in words for the log.
pub(crate) type Silence = String;

/// What HTTP is spoken over.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Carries deliveries over HTTP.
pub struct Http {
    private: bool,
    tls: TlsConnector,
    times: Times,
}

/// How long it waits.
#[derive(Clone, Copy)]
struct Times {
    delivery: Duration,
    connect: Duration,
    body: Duration,
}

impl Http {
    /// A courier that goes to private addresses, and over plain http, if `private`. It trusts the
    /// well-known authorities.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(private: bool) -> Result<Self, rustls::Error> {
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        Self::trusting(private, roots)
    }

    fn trusting(private: bool, roots: RootCertStore) -> Result<Self, rustls::Error> {
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            private,
            tls: TlsConnector::from(Arc::new(config)),
            times: Times {
                delivery: DELIVERY_TIME,
                connect: CONNECT_TIME,
                body: BODY_TIME,
            },
        })
    }

    async fn handed(&self, parcel: &Parcel) -> Result<Answer, Silence> {
        let Times { delivery, body, .. } = self.times;
        let deadline = Instant::now() + delivery;
        let late = |_| format!("no answer within {} s", delivery.as_secs_f32());
        let url = Url::parse(&parcel.url).map_err(|cause| format!("no address: {cause}"))?;
        let request = request(&url, parcel)?;
        let stream = timeout_at(deadline, self.connected(&url))
            .await
            .map_err(late)??;
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(HEAD_BYTES_MAX)
            .handshake::<_, Full<Bytes>>(TokioIo::new(stream))
            .await
            .map_err(|cause| format!("no HTTP: {cause}"))?;
        let mut talk = pin!(async {
            let head = timeout_at(deadline, sender.send_request(request)).await;
            let head = head.map_err(late)?;
            let head = head.map_err(|cause| format!("no answer: {cause}"))?;
            let status = head.status().as_u16();
            Ok(Answer::Said(
                status,
                beginning(head.into_body(), body).await,
            ))
        });
        tokio::select! {
            answer = &mut talk => answer,
            // Closed by the other side, which may have answered before.
            _ = connection => talk.await,
        }
    }

    /// A connection to where the address leads now, with TLS if it says so.
    pub(crate) async fn connected(&self, url: &Url) -> Result<Box<dyn Stream>, Silence> {
        let is_secure = match url.scheme() {
            "https" => true,
            "http" if self.private => false,
            _ => return Err("plain http is not allowed here".to_owned()),
        };
        let host = url.host().ok_or("an address without a host")?;
        let port = url.port_or_known_default();
        let port = port.ok_or("an address without a port")?;
        let stream = open_one(&self.addresses(&host, port).await?, self.times.connect).await?;
        if !is_secure {
            return Ok(Box::new(stream));
        }
        let name = server_name(&host)?;
        let stream = self.tls.connect(name, stream).await;
        Ok(Box::new(
            stream.map_err(|cause| format!("no TLS: {cause}"))?,
        ))
    }

    /// Where a host is. Every address must be allowed, not the first alone; and what is connected to
    /// is what was checked here, not what the name may say a moment later.
    async fn addresses(&self, host: &Host<&str>, port: u16) -> Result<Vec<SocketAddr>, Silence> {
        let all: Vec<SocketAddr> = match host {
            Host::Ipv4(ip) => vec![SocketAddr::new(IpAddr::V4(*ip), port)],
            Host::Ipv6(ip) => vec![SocketAddr::new(IpAddr::V6(*ip), port)],
            Host::Domain(name) => {
                let found = lookup_host((*name, port)).await;
                let found = found.map_err(|cause| format!("the name leads nowhere: {cause}"))?;
                found.take(ADDRESSES_MAX).collect()
            }
        };
        allowed(&all, self.private)?;
        Ok(all)
    }
}

/// Refuses a host that leads nowhere, or anywhere private.
fn allowed(all: &[SocketAddr], private: bool) -> Result<(), Silence> {
    if all.is_empty() {
        return Err("the name leads nowhere".to_owned());
    }
    let forbidden = all.iter().find(|address| !is_public(address.ip()));
    match forbidden.filter(|_| !private) {
        Some(address) => Err(format!(
            "it leads to the private address {}, which is not allowed here",
            address.ip()
        )),
        None => Ok(()),
    }
}

/// A connection to the first of these addresses that answers.
async fn open_one(all: &[SocketAddr], time: Duration) -> Result<TcpStream, Silence> {
    let mut why = String::new();
    for address in all {
        match timeout(time, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(cause)) => why = format!("no connection to {address}: {cause}"),
            Err(_) => why = format!("no connection to {address} in time"),
        }
    }
    Err(why)
}

fn server_name(host: &Host<&str>) -> Result<ServerName<'static>, Silence> {
    match host {
        Host::Domain(name) => ServerName::try_from((*name).to_owned())
            .map_err(|cause| format!("no name for TLS: {cause}")),
        Host::Ipv4(ip) => Ok(ServerName::from(IpAddr::V4(*ip))),
        Host::Ipv6(ip) => Ok(ServerName::from(IpAddr::V6(*ip))),
    }
}

fn request(url: &Url, parcel: &Parcel) -> Result<Request<Full<Bytes>>, Silence> {
    // The host with its port, where that is not the scheme's own.
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let mut request = Request::post(&url[Position::BeforePath..Position::AfterQuery])
        .header(HOST, host)
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, AGENT)
        .header(CONNECTION, "close");
    for (name, value) in &parcel.headers {
        request = request.header(*name, value);
    }
    request
        .body(Full::from(parcel.body.clone()))
        .map_err(|cause| format!("no request: {cause}"))
}

/// The beginning of an answer's body; what does not come in time is left out.
async fn beginning(mut body: Incoming, time: Duration) -> String {
    let mut bytes = Vec::new();
    let read = async {
        while let Some(Ok(frame)) = body.frame().await {
            if let Some(data) = frame.data_ref() {
                let left = BODY_BYTES_MAX - bytes.len();
                bytes.extend_from_slice(&data[..data.len().min(left)]);
                if bytes.len() == BODY_BYTES_MAX {
                    break;
                }
            }
        }
    };
    // What was read until then is as good.
    let _ = timeout(time, read).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Courier for Http {
    fn may_go_private(&self) -> bool {
        self.private
    }

    fn carry(&self, parcel: Parcel) -> BoxFuture<'_, Answer> {
        async move {
            let handed = self.handed(&parcel).await;
            handed.unwrap_or_else(Answer::Silent)
        }
        .boxed()
    }
}

#[cfg(test)]
#[path = "courier_tests.rs"]
mod tests;
