//! One TCP connection: served by the runtime's event queue, or by the thread that waits for it.
//!
//! A blocking call has one thing to wait for, and a thread that may wait. So once its connection stands, the socket
//! leaves the event queue, and the thread waits in the read itself: that saves the way through the queue and back.
//! A socket does not know whether something is due, and so whether a read may wait; whoever drives it says so, by the
//! socket's [`Direct`] handle.

#[cfg(test)]
mod tests;

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::transport::direct::{Allowed, Direct};

/// A connection. It writes one piece at a time, though the system could take several: what it offers for that raises
/// SIGPIPE where the vendor is gone, and a program in C is ended by that.
pub(crate) struct Socket(Served);

enum Served {
    ByQueue(tokio::net::TcpStream),
    ByThread(Blocking),
    /// Neither any more: it could not be moved.
    Lost,
}

/// A socket outside of the event queue, whose reads and writes wait for a moment at most.
struct Blocking {
    stream: TcpStream,
    direct: Arc<Direct>,
    /// How long the system lets them wait.
    patience: Duration,
    /// How much of a buffer is offered to a read. It has to be cleared before, and most answers are small.
    piece: usize,
}

/// The first reads of an answer are offered this much.
const PIECE: usize = 2 << 10;

impl Socket {
    pub(crate) fn new(stream: tokio::net::TcpStream) -> Self {
        Self(Served::ByQueue(stream))
    }

    /// Takes the socket out of the event queue. From now on reads come back with nothing unless they are allowed more.
    pub(crate) fn leave_queue(&mut self) -> io::Result<Arc<Direct>> {
        let blocking = match std::mem::replace(&mut self.0, Served::Lost) {
            Served::ByQueue(stream) => {
                let stream = stream.into_std()?;
                stream.set_nonblocking(false)?;
                Blocking { stream, direct: Arc::default(), patience: Duration::MAX, piece: PIECE }
            }
            Served::ByThread(blocking) => blocking,
            Served::Lost => return Err(lost()),
        };
        let direct = Arc::clone(&blocking.direct);
        self.0 = Served::ByThread(blocking);
        Ok(direct)
    }
}

impl Blocking {
    /// Sets how long reads and writes may wait. It is nearly always the same.
    fn be_patient(&mut self) -> io::Result<()> {
        let patience = self.direct.patience();
        if patience != self.patience {
            self.stream.set_read_timeout(Some(patience))?;
            self.stream.set_write_timeout(Some(patience))?;
            self.patience = patience;
        }
        Ok(())
    }

    fn read(&mut self, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let allowed = self.direct.allowed();
        if let Allowed::Nothing = allowed {
            return Poll::Pending;
        }
        let free = buffer.initialize_unfilled_to(buffer.remaining().min(self.piece));
        let result = match allowed {
            Allowed::Wait => self.be_patient().and_then(|()| (&self.stream).read(free)),
            Allowed::Look | Allowed::Nothing => look(&self.stream, free),
        };
        match result {
            Ok(count) => {
                let filled = count == free.len();
                self.direct.has_read(filled);
                self.piece = if filled { self.piece.saturating_mul(2) } else { PIECE };
                buffer.advance(count);
                Poll::Ready(Ok(()))
            }
            Err(error) if nothing_yet(&error) => {
                self.direct.has_read_nothing();
                Poll::Pending
            }
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = self.be_patient().and_then(|()| (&self.stream).write(bytes));
        let blocked = result.as_ref().is_err_and(nothing_yet);
        self.direct.has_written(!blocked);
        if blocked { Poll::Pending } else { Poll::Ready(result) }
    }
}

/// Reads what is there, and does not wait.
#[cfg(unix)]
fn look(stream: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    let (count, _) = rustix::net::recv(stream, buffer, rustix::net::RecvFlags::DONTWAIT)?;
    Ok(count)
}

/// The same where a single read cannot be told not to wait.
#[cfg(not(unix))]
fn look(mut stream: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    stream.set_nonblocking(true)?;
    let result = stream.read(buffer);
    stream.set_nonblocking(false)?;
    result
}

/// Whether the wait is over, or was cut short by a signal.
fn nothing_yet(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

fn lost() -> io::Error {
    io::Error::new(io::ErrorKind::NotConnected, "the socket could not leave the event queue")
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Served::ByQueue(stream) => Pin::new(stream).poll_read(context, buffer),
            Served::ByThread(stream) => stream.read(buffer),
            Served::Lost => Poll::Ready(Err(lost())),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.0 {
            Served::ByQueue(stream) => Pin::new(stream).poll_write(context, bytes),
            Served::ByThread(stream) => stream.write(bytes),
            Served::Lost => Poll::Ready(Err(lost())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // TCP keeps nothing back.
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Served::ByQueue(stream) => Pin::new(stream).poll_shutdown(context),
            Served::ByThread(Blocking { stream, .. }) => Poll::Ready(stream.shutdown(Shutdown::Write)),
            Served::Lost => Poll::Ready(Err(lost())),
        }
    }
}

impl Connection for Socket {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
