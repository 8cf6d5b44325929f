//! One HTTP/1 connection. It is driven by whoever uses it, and by nobody in between.
//!
//! Connections are usually handed to a task of their own, which must be woken for everything that happens. Here the
//! call itself polls the connection before it polls for its answer: what arrives wakes the call, and nobody else.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

use ::http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::transport::outbound::Outbound;

/// What a connection runs over.
pub(crate) type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// A connection that carries one exchange at a time.
pub(crate) struct Link {
    sender: SendRequest<Outbound>,
    driver: Pin<Box<Connection<Stream, Outbound>>>,
    /// The driver has returned, and must not be polled again.
    over: bool,
}

impl Link {
    pub(super) async fn on(stream: Stream) -> hyper::Result<Self> {
        let (sender, connection) = http1::handshake(stream).await?;
        Ok(Self { sender, driver: Box::pin(connection), over: false })
    }

    /// Whether a request may be sent. Takes notice of what happened while nobody looked: above all, of a vendor who
    /// closed the connection, so that no request is written into it.
    pub(super) fn is_open(&mut self) -> bool {
        self.drive(&mut Context::from_waker(Waker::noop()));
        !self.over && self.sender.is_ready()
    }

    /// Sends a request; an error holds the request if not a byte of it was written.
    pub(super) async fn send(
        &mut self,
        request: Request<Outbound>,
    ) -> Result<Response<Incoming>, TrySendError<Request<Outbound>>> {
        let answer = self.sender.try_send_request(request);
        self.until(answer).await
    }

    /// Waits for something that this connection brings.
    pub(super) async fn until<T>(&mut self, brought: impl Future<Output = T>) -> T {
        let mut brought = pin!(brought);
        poll_fn(|context| {
            self.drive(context);
            brought.as_mut().poll(context)
        })
        .await
    }

    fn drive(&mut self, context: &mut Context<'_>) {
        // How the connection ended is told to whoever waits for something from it.
        self.over = self.over || self.driver.as_mut().poll(context).is_ready();
    }
}
