//! The bytes of a body, up to a limit.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;

/// What came of reading a body.
pub(crate) enum Received {
    /// All of it.
    Whole(Bytes),
    /// The caller went away or broke the framing before the end.
    Half,
    /// More than the limit; the rest was not read.
    TooLarge,
}

/// Reads a body, keeping at most `limit` bytes. One that announces more is not read at all.
pub(crate) async fn receive(headers: &HeaderMap, mut body: Incoming, limit: usize) -> Received {
    let announced =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Received::TooLarge;
    }
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Received::Half };
        let Ok(data) = frame.into_data() else { continue };
        if first.len() + rest.len() + data.len() > limit {
            return Received::TooLarge;
        }
        // Most bodies come in one piece, which then needs no copy.
        if first.is_empty() && rest.is_empty() {
            first = data;
        } else {
            if rest.is_empty() {
                rest.extend_from_slice(&first);
                first = Bytes::new();
            }
            rest.extend_from_slice(&data);
        }
    }
    Received::Whole(if rest.is_empty() { first } else { rest.freeze() })
}
