//! What leaves: a request's body, and whether any of it may have left.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::error::Outcome;

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
        Self { data: Some(data).filter(|data| !data.is_empty()), departure }
    }

    /// To be called when there is a connection: an empty body is never asked for, so the note is made here.
    pub(crate) fn about_to_leave(&self) {
        if self.data.is_none() {
            self.departure.mark();
        }
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
