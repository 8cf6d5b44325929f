//! One HTTP/1 connection. It is driven by whoever uses it, and by nobody in between.
//!
//! Connections are usually handed to a task of their own, which must be woken for everything that happens. Here the
//! call itself polls the connection before it polls for its answer: what arrives wakes the call, and nobody else. A
//! blocking call is not even woken: it waits in the socket ([`Direct`]), a beat of its engine's pulse at a time.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use ::http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::rt::TokioIo;
use tokio::sync::Notify;

use crate::deadline::Deadline;
use crate::transport::direct::Direct;
use crate::transport::outbound::Outbound;
use crate::transport::process::PULSE;
use crate::transport::socket::Socket;

/// What a connection runs over.
pub(crate) type Stream = MaybeHttpsStream<TokioIo<Socket>>;

/// A connection that carries one exchange at a time.
pub(crate) struct Link {
    sender: SendRequest<Outbound>,
    driver: Pin<Box<Connection<Stream, Outbound>>>,
    /// There if the calling thread waits in the socket, and not in the runtime's event queue.
    wait: Option<Wait>,
    /// The driver has returned, and must not be polled again.
    over: bool,
}

/// How the calling thread waits.
struct Wait {
    socket: Arc<Direct>,
    /// Of the engine that the thread runs.
    pulse: Arc<Notify>,
}

impl Link {
    /// With a pulse, the calling thread is to wait in the socket.
    pub(super) async fn on(mut stream: Stream, pulse: Option<Arc<Notify>>) -> io::Result<Self> {
        let wait = match pulse {
            Some(pulse) => Some(Wait { socket: socket(&mut stream).leave_queue()?, pulse }),
            None => None,
        };
        let (sender, connection) = http1::handshake(stream).await.map_err(io::Error::other)?;
        Ok(Self { sender, driver: Box::pin(connection), wait, over: false })
    }

    /// Whether a request may be sent. Takes notice of what happened while nobody looked: above all, of a vendor who
    /// closed the connection, so that no request is written into it.
    pub(super) fn is_open(&mut self) -> bool {
        if let Some(wait) = &self.wait {
            wait.socket.look();
        }
        self.drive(&mut Context::from_waker(Waker::noop()));
        !self.over && self.sender.is_ready()
    }

    /// Sends a request; an error holds the request if not a byte of it was written.
    pub(super) async fn send(
        &mut self,
        request: Request<Outbound>,
        ends: Deadline,
    ) -> Result<Response<Incoming>, TrySendError<Request<Outbound>>> {
        let answer = self.sender.try_send_request(request);
        self.until(answer, ends).await
    }

    /// Waits for something that this connection brings. Whoever polls this gets its turn when the time has come.
    pub(super) async fn until<T>(&mut self, brought: impl Future<Output = T>, ends: Deadline) -> T {
        let mut brought = pin!(brought);
        poll_fn(|context| self.poll(brought.as_mut(), ends, context)).await
    }

    fn poll<T>(
        &mut self,
        mut brought: Pin<&mut impl Future<Output = T>>,
        ends: Deadline,
        context: &mut Context<'_>,
    ) -> Poll<T> {
        let began = Instant::now();
        if let Some(wait) = &self.wait {
            wait.socket.begin(ends.left_at(began).min(PULSE));
        }
        loop {
            self.drive(context);
            let result = brought.as_mut().poll(context);
            let Some(wait) = &self.wait else { return result };
            if result.is_ready() {
                return result;
            }
            if !wait.socket.goes_on() || began.elapsed() >= PULSE {
                // The thread is due elsewhere too: timers, a cancellation, the caller's watch. It comes back after that.
                wait.pulse.notify_waiters();
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            wait.socket.wait();
        }
    }

    fn drive(&mut self, context: &mut Context<'_>) {
        // How the connection ended is told to whoever waits for something from it.
        self.over = self.over || self.driver.as_mut().poll(context).is_ready();
    }
}

/// The socket at the bottom of a stream.
fn socket(stream: &mut Stream) -> &mut Socket {
    match stream {
        MaybeHttpsStream::Http(socket) => socket.inner_mut(),
        MaybeHttpsStream::Https(tls) => tls.inner_mut().get_mut().0.inner_mut().inner_mut(),
    }
}
