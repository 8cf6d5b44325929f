//! A socket that can be told to misbehave while an answer goes out.
//!
//! The HTTP layer writes its answer as always; the plan says what becomes of the bytes on their way.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::script::Then;

/// How much of a refused body is still read, unkept, so that its sender gets to see the refusal, and for how long.
const DRAIN_BYTES: usize = 256 << 20;
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// What becomes of the next answer.
#[derive(Debug)]
pub(crate) enum Plan {
    /// Sent as it is.
    Plain,
    /// Sent a few bytes at a time.
    Dribble { bytes: usize, pause: Duration },
    /// Replaced by these bytes, after which the connection ends.
    Replace { bytes: Bytes, then: Then },
    /// Sent as it is; what the caller is still sending is then read and forgotten.
    Drain,
}

/// One connection, as its socket and its requests share it.
pub(crate) struct Connection {
    /// Counted from 1 since the start.
    pub(crate) number: u64,
    altered: AtomicBool,
    plan: Mutex<Plan>,
}

impl Connection {
    pub(crate) fn new(number: u64) -> Self {
        Self { number, altered: AtomicBool::new(false), plan: Mutex::new(Plan::Plain) }
    }

    /// Says what becomes of the next answer.
    pub(crate) fn set(&self, plan: Plan) {
        let altered = !matches!(plan, Plan::Plain);
        // The usual case touches no lock.
        if altered || self.altered.load(Ordering::Acquire) {
            *self.plan.lock().unwrap_or_else(PoisonError::into_inner) = plan;
            self.altered.store(altered, Ordering::Release);
        }
    }

    /// The plan, taken out of the lock's reach.
    fn with<T>(&self, look: impl FnOnce(&mut Plan) -> T) -> T {
        look(&mut self.plan.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_altered(&self) -> bool {
        self.altered.load(Ordering::Acquire)
    }
}

/// The socket.
pub(crate) struct PlanIo {
    socket: TcpStream,
    connection: Arc<Connection>,
    pause: Option<Pin<Box<Sleep>>>,
    /// Set once shutting down has begun to drain: until when, and how much more.
    draining: Option<(Pin<Box<Sleep>>, usize)>,
}

impl PlanIo {
    pub(crate) fn new(socket: TcpStream, connection: Arc<Connection>) -> Self {
        Self { socket, connection, pause: None, draining: None }
    }

    fn dribble(
        &mut self,
        cx: &mut Context<'_>,
        data: &[u8],
        bytes: usize,
        pause: Duration,
    ) -> Poll<io::Result<usize>> {
        if let Some(sleeping) = &mut self.pause {
            ready!(sleeping.as_mut().poll(cx));
            self.pause = None;
        }
        let written = ready!(Pin::new(&mut self.socket).poll_write(cx, &data[..data.len().min(bytes)]))?;
        self.pause = Some(Box::pin(sleep(pause)));
        Poll::Ready(Ok(written))
    }

    /// Writes what stands in for the answer, all of it.
    fn write_replacement(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let left = self.connection.with(|plan| match plan {
                Plan::Replace { bytes, .. } => bytes.clone(),
                _ => Bytes::new(),
            });
            if left.is_empty() {
                return Poll::Ready(Ok(()));
            }
            let written = ready!(Pin::new(&mut self.socket).poll_write(cx, &left))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.connection.with(|plan| {
                if let Plan::Replace { bytes, .. } = plan {
                    *bytes = std::mem::take(bytes).slice(written..);
                }
            });
        }
    }

    /// Reads and forgets, so that the end of the connection does not wipe out an answer that was not read yet.
    fn drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let (until, left) = self.draining.get_or_insert_with(|| (Box::pin(sleep(DRAIN_TIME)), DRAIN_BYTES));
        let mut buffer = [0; 16 * 1024];
        while *left > 0 && until.as_mut().poll(cx).is_pending() {
            let mut unread = ReadBuf::new(&mut buffer);
            // Any error ends it: the caller is gone.
            let read = ready!(Pin::new(&mut self.socket).poll_read(cx, &mut unread));
            let count = unread.filled().len();
            if read.is_err() || count == 0 {
                break;
            }
            *left = left.saturating_sub(count);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for PlanIo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        unread: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(cx, unread)
    }
}

impl AsyncWrite for PlanIo {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        if self.connection.is_altered() {
            let dribble = self.connection.with(|plan| match plan {
                Plan::Replace { .. } => Some(None),
                Plan::Dribble { bytes, pause } => Some(Some((*bytes, *pause))),
                Plan::Plain | Plan::Drain => None,
            });
            match dribble {
                Some(None) => return Poll::Ready(Ok(data.len())),
                Some(Some((bytes, pause))) => return self.dribble(cx, data, bytes, pause),
                None => {}
            }
        }
        Pin::new(&mut self.socket).poll_write(cx, data)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.connection.is_altered() {
            let first = data.iter().find(|slice| !slice.is_empty()).map_or(&[][..], |slice| &**slice);
            return self.poll_write(cx, first);
        }
        Pin::new(&mut self.socket).poll_write_vectored(cx, data)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.connection.is_altered() {
            ready!(self.write_replacement(cx))?;
        }
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.connection.is_altered() {
            return Pin::new(&mut self.socket).poll_shutdown(cx);
        }
        ready!(self.write_replacement(cx))?;
        let (reset, drain) = self.connection.with(|plan| match plan {
            Plan::Replace { then, .. } => (*then == Then::Reset, false),
            Plan::Drain => (false, true),
            Plan::Plain | Plan::Dribble { .. } => (false, false),
        });
        if reset {
            // With no time to linger, closing the socket resets the connection.
            return Poll::Ready(self.socket.set_zero_linger());
        }
        if self.draining.is_none() {
            ready!(Pin::new(&mut self.socket).poll_shutdown(cx))?;
        }
        if drain { self.drain(cx) } else { Poll::Ready(Ok(())) }
    }
}
