//! Answers gone wrong: what each fault, and each scripted answer, puts on the wire.

use std::io::{Read, Write};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{HeaderValue, StatusCode, header};

use super::plan_io::Plan;
use super::response::Prepared;
use crate::envelope::{self, Refusal};
use crate::faults::Fault;
use crate::script::Then;

/// What is sent: an answer for the HTTP layer to frame, with what happens to it on the way.
pub(crate) struct Sent {
    pub(crate) response: Prepared,
    pub(crate) plan: Plan,
    /// The status the caller sees, if it sees one.
    pub(crate) status: Option<u16>,
    /// The envelope's code, if the vendor answered with an envelope.
    pub(crate) code: Option<i64>,
}

impl Sent {
    pub(crate) fn plain(response: Prepared, code: Option<i64>) -> Self {
        let status = Some(response.status.as_u16());
        Self { response, plan: Plan::Plain, status, code }
    }

    /// An envelope that says no.
    pub(crate) fn refusal(refusal: Refusal) -> Self {
        let code = refusal.code;
        Self::plain(Prepared::json(StatusCode::OK, envelope::write(&Err(refusal))), Some(code))
    }

    /// Sound head and body as raw bytes, after which the connection ends.
    pub(crate) fn replaced(bytes: impl Into<Bytes>, then: Then, status: Option<u16>) -> Self {
        // The HTTP layer writes an answer all the same; nobody sees it. It has to say that the connection ends.
        let unseen = Prepared::new(StatusCode::OK, "text/plain", Bytes::new())
            .with(header::CONNECTION, HeaderValue::from_static("close"));
        Self { response: unseen, plan: Plan::Replace { bytes: bytes.into(), then }, status, code: None }
    }
}

/// The answer to a call that was not processed.
pub(crate) fn instead(fault: &Fault) -> Sent {
    match fault {
        Fault::Close => Sent::replaced(Bytes::new(), Then::Close, None),
        Fault::Html502 => Sent::plain(Prepared::page(StatusCode::BAD_GATEWAY), None),
        Fault::Status429 { retry_after } => {
            let response = Prepared::page(StatusCode::TOO_MANY_REQUESTS);
            Sent::plain(response.with(header::RETRY_AFTER, (*retry_after).into()), None)
        }
        Fault::TokenRefused => Sent::refusal(Refusal::token()),
        Fault::ServiceUnavailable => Sent::refusal(Refusal::unavailable()),
        Fault::GzipBomb { bytes } => Sent::plain(zipped(Prepared::json(StatusCode::OK, bomb(*bytes))), None),
        _ => Sent::replaced(Bytes::new(), Then::Reset, None),
    }
}

/// An answer that was given, gone wrong. `response` is what the vendor meant to say.
pub(crate) fn spoiled(fault: &Fault, response: Prepared) -> Sent {
    let status = Some(response.status.as_u16());
    let length = response.body.len();
    match fault {
        Fault::Dribble { bytes, pause } => {
            Sent { plan: Plan::Dribble { bytes: *bytes, pause: *pause }, ..Sent::plain(response, None) }
        }
        Fault::TruncateBody { after } => {
            // At least one byte is missing, or the body would be whole.
            let after = after.unwrap_or(length / 2).min(length.saturating_sub(1));
            Sent::replaced(joined(response.head(length), &response.body[..after]), Then::Close, status)
        }
        Fault::WrongLength { delta } => {
            let told = i64::try_from(length).unwrap_or(i64::MAX).saturating_add(*delta).max(0);
            let head = response.head(usize::try_from(told).unwrap_or(usize::MAX));
            Sent::replaced(joined(head, &response.body), Then::Close, status)
        }
        Fault::TruncateGzip => {
            let whole = gzip(&response.body);
            let body = whole.slice(..whole.len() / 2);
            Sent::plain(zipped(Prepared { body, ..response }), None)
        }
        Fault::BrokenJson => {
            let body = response.body.slice(..length / 2);
            Sent::plain(Prepared { body, ..response }, None)
        }
        Fault::ProcessedButLost => Sent::replaced(Bytes::new(), Then::Reset, None),
        _ => Sent::plain(response, None),
    }
}

/// A scripted answer, gzip-compressed if it is to be, and ended as it is to end.
pub(crate) fn scripted(response: Prepared, compressed: bool, then: Option<Then>) -> Sent {
    let response = if compressed {
        let body = gzip(&response.body);
        zipped(Prepared { body, ..response })
    } else {
        response
    };
    match then {
        None => Sent::plain(response, None),
        Some(then) => {
            let whole = joined(response.head(response.body.len()), &response.body);
            Sent::replaced(whole, then, Some(response.status.as_u16()))
        }
    }
}

fn joined(mut head: Vec<u8>, body: &[u8]) -> Vec<u8> {
    head.extend_from_slice(body);
    head
}

fn zipped(response: Prepared) -> Prepared {
    response.with(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))
}

fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("writing into memory does not fail").into()
}

/// An envelope whose data is a string of so many zeros, compressed.
fn bomb(bytes: u64) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let mut unfolded =
        br#"{"code":0,"msg":"","data":""#.chain(std::io::repeat(b'0').take(bytes)).chain(&br#""}"#[..]);
    std::io::copy(&mut unfolded, &mut encoder)
        .and_then(|_| encoder.finish())
        .expect("writing into memory does not fail")
        .into()
}
