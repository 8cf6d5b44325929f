//! An HTTP client with its connections.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;

use ::http::Uri;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::config::Config;
use crate::error::Outcome;
use crate::transport::connector::Connector;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Connections that nobody has used for this long are not used again: gateways drop them without a word.
const IDLE_LIMIT: Duration = Duration::from_secs(30);

/// Connections and whoever drives them. Cheap to clone; must be used on the runtime it was first used on.
#[derive(Clone)]
pub(crate) struct Lane(pub(crate) Client<Timed, Outbound>);

impl Lane {
    pub(crate) fn new(config: &Config, tls: Arc<ClientConfig>) -> Self {
        let connector = Timed {
            inner: HttpsConnector::from((Connector::new(config), tls)),
            limit: config.connect_timeout,
        };
        Self(
            Client::builder(TokioExecutor::new())
                .timer(TokioTimer::new())
                .pool_idle_timeout(IDLE_LIMIT)
                .build(connector),
        )
    }
}

/// Remembers whether any byte of a request may have left.
#[derive(Clone, Default)]
pub(crate) struct Departure(Arc<AtomicBool>);

impl Departure {
    pub(crate) fn mark(&self) {
        self.0.store(true, Relaxed);
    }

    /// What is known of a request that got no answer.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.0.load(Relaxed) { Outcome::Unknown } else { Outcome::NotSent }
    }
}

/// A request's body, which notes when it is asked for: HTTP/1 writes nothing to the socket before that.
pub(crate) struct Outbound {
    data: Option<Bytes>,
    departure: Departure,
}

impl Outbound {
    pub(crate) fn new(data: Bytes, departure: Departure) -> Self {
        if data.is_empty() {
            // An empty body is never asked for, so the note has to be made beforehand.
            departure.mark();
        }
        Self { data: Some(data).filter(|data| !data.is_empty()), departure }
    }
}

impl Body for Outbound {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.departure.mark();
        Poll::Ready(self.data.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}

/// Making a connection took too long.
#[derive(Debug)]
pub(crate) struct ConnectTimedOut(pub(crate) Duration);

impl fmt::Display for ConnectTimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no connection within {:?}", self.0)
    }
}

impl std::error::Error for ConnectTimedOut {}

/// Bounds everything that makes a connection: name, TCP, proxy and TLS together.
#[derive(Clone)]
pub(crate) struct Timed {
    inner: HttpsConnector<Connector>,
    limit: Duration,
}

impl Service<Uri> for Timed {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, destination: Uri) -> Self::Future {
        let connecting = self.inner.call(destination);
        let limit = self.limit;
        Box::pin(async move {
            tokio::time::timeout(limit, connecting)
                .await
                .unwrap_or_else(|_| Err(Box::new(ConnectTimedOut(limit))))
        })
    }
}
