//! The connections to the vendor: made when they are needed, kept while they are warm.

#[cfg(test)]
mod tests;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use ::http::header::{HOST, HeaderValue};
use ::http::{Request, Response, Uri};
use hyper::body::Incoming;
use hyper_rustls::HttpsConnector;
use rustls::ClientConfig;
use tokio::sync::Notify;
use tower_service::Service;

use crate::config::Config;
use crate::deadline::Deadline;
use crate::error::{Error, ErrorKind, Result};
use crate::transport::connector::Connector;
use crate::transport::link::{Link, Stream};
use crate::transport::outbound::Outbound;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Connections that nobody has used for this long are not used again: gateways drop them without a word.
const IDLE_LIMIT: Duration = Duration::from_secs(30);

/// Connections and the way to make more. Cheap to clone; must be used on the runtime it was first used on.
#[derive(Clone)]
pub(crate) struct Lane(Arc<Inner>);

struct Inner {
    connector: Timed,
    origin: Uri,
    host: HeaderValue,
    /// Connections at rest, and since when: the one used last comes last.
    idle: Mutex<Vec<(Instant, Link)>>,
    /// Beats while the engine runs whose lane this is.
    pulse: Option<Arc<Notify>>,
}

/// Why a request got no answer.
pub(crate) enum Broken {
    /// There was no connection to send it over.
    Connecting(BoxError),
    /// The connection broke.
    Underway(hyper::Error),
}

impl Lane {
    pub(crate) fn new(config: &Config, tls: Arc<ClientConfig>, pulse: Option<Arc<Notify>>) -> Result<Self> {
        let refuse = || Error::new(ErrorKind::Config, "the base URL's host is not one of HTTP");
        let origin = config.base.origin();
        let host = origin.split_once("://").map_or(origin, |(_, host)| host);
        Ok(Self(Arc::new(Inner {
            connector: Timed {
                inner: HttpsConnector::from((Connector::new(config), tls)),
                limit: config.connect_timeout,
            },
            origin: origin.parse().map_err(|_| refuse())?,
            host: HeaderValue::from_str(host).map_err(|_| refuse())?,
            idle: Mutex::default(),
            pulse,
        })))
    }

    /// Whether it is an engine's, and so used by one blocking call at a time.
    pub(crate) fn is_an_engines(&self) -> bool {
        self.0.pulse.is_some()
    }

    /// Beats while the engine runs whose lane this is; none on a runtime of the caller's.
    pub(crate) fn pulse(&self) -> Option<&Notify> {
        self.0.pulse.as_deref()
    }

    /// Sends a request over the warmest connection, or over a new one, and waits for its answer so long. The connection comes back with the answer's
    /// head: the body is still on it.
    pub(crate) async fn request(
        &self,
        mut request: Request<Outbound>,
        ends: Deadline,
    ) -> std::result::Result<(Response<Incoming>, Link), Broken> {
        request.headers_mut().insert(HOST, self.0.host.clone());
        while let Some(mut link) = self.warmest() {
            request.body().about_to_leave();
            match link.send(request, ends).await {
                Ok(response) => return Ok((response, link)),
                // Closed by the vendor at this very moment, before anything was written: as if it had not been there.
                Err(mut error) => match error.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err(Broken::Underway(error.into_error())),
                },
            }
        }
        // Seldom done, and large: it would make every call larger.
        let mut link = Box::pin(self.connect()).await?;
        request.body().about_to_leave();
        match link.send(request, ends).await {
            Ok(response) => Ok((response, link)),
            Err(error) => Err(Broken::Underway(error.into_error())),
        }
    }

    /// Takes a connection back whose answer has been read to its end. One that is not fit for more is found out when
    /// it is wanted again.
    pub(crate) fn give_back(&self, link: Link) {
        let now = Instant::now();
        let mut idle = self.idle();
        let cold = idle.iter().take_while(|(since, _)| is_cold(*since, now)).count();
        let dropped: Vec<_> = idle.drain(..cold).collect();
        idle.push((now, link));
        drop(idle);
        // Closing takes system calls; not under the lock.
        drop(dropped);
    }

    /// The connection used last, if it still can be.
    fn warmest(&self) -> Option<Link> {
        loop {
            let (since, mut link) = self.idle().pop()?;
            if !is_cold(since, Instant::now()) && link.is_open() {
                return Some(link);
            }
        }
    }

    async fn connect(&self) -> std::result::Result<Link, Broken> {
        let mut connector = self.0.connector.clone();
        poll_fn(|context| connector.poll_ready(context)).await.map_err(Broken::Connecting)?;
        let stream = connector.call(self.0.origin.clone()).await.map_err(Broken::Connecting)?;
        Link::on(stream, self.0.pulse.clone()).await.map_err(|error| Broken::Connecting(error.into()))
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(Instant, Link)>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_cold(since: Instant, now: Instant) -> bool {
    now.saturating_duration_since(since) >= IDLE_LIMIT
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
    type Response = Stream;
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
