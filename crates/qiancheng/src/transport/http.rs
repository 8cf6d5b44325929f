//! One attempt: a request goes out, an answer's bytes come in, within time and within size.

use std::error::Error as StdError;
use std::io::{self, Read};
use std::time::Duration;

use ::http::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER,
    USER_AGENT,
};
use ::http::uri::PathAndQuery;
use ::http::{Request, Response};
use bytes::{Bytes, BytesMut};
use flate2::read::MultiGzDecoder;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::timeout_at;

use crate::deadline::Deadline;
use crate::endpoint::Method;
use crate::error::{Error, ErrorKind, Outcome};
use crate::transport::lane::{Broken, ConnectTimedOut, Lane};
use crate::transport::link::Link;
use crate::transport::outbound::{Departure, Outbound};
use crate::wire::body::Outgoing;

const TIME_IS_UP: &str = "the call's time is up (the total timeout, or the caller's deadline)";

/// A request, ready to be sent any number of times.
pub(crate) struct Wire {
    pub(crate) method: Method,
    pub(crate) target: PathAndQuery,
    pub(crate) user_agent: HeaderValue,
    pub(crate) outgoing: Outgoing,
}

/// What an attempt may take.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) read: Duration,
    pub(crate) attempt: Duration,
    pub(crate) answer_bytes: usize,
}

/// An answer as it came, decompressed.
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Bytes,
    /// Bytes of the body on the wire.
    pub(crate) received: usize,
}

/// Why an attempt gave no answer.
pub(crate) struct Failure {
    pub(crate) error: Error,
    /// Whether another attempt could fare better.
    pub(crate) passing: bool,
}

impl Failure {
    fn passing(
        kind: ErrorKind,
        message: impl Into<std::borrow::Cow<'static, str>>,
        departure: &Departure,
    ) -> Self {
        Self { error: Error::new(kind, message).with_outcome(departure.outcome()), passing: true }
    }

    fn lasting(message: impl Into<std::borrow::Cow<'static, str>>, status: u16) -> Self {
        let error =
            Error::new(ErrorKind::Protocol, message).with_outcome(Outcome::Unknown).with_http_status(status);
        Self { error, passing: false }
    }
}

/// Sends the request once and reads the whole answer.
pub(crate) async fn attempt(
    lane: &Lane,
    wire: &Wire,
    limits: Limits,
    deadline: Deadline,
    departure: &Departure,
) -> Result<Raw, Failure> {
    if deadline.left().is_zero() {
        return Err(Failure::passing(ErrorKind::Timeout, TIME_IS_UP, departure));
    }
    let ends = deadline.within(limits.attempt);
    let timed_out = |limit: Deadline| {
        let words = if limit.left() > Duration::ZERO || ends.left() > Duration::ZERO {
            format!("no byte came for {:?} (the read timeout)", limits.read)
        } else if deadline.left() > Duration::ZERO {
            format!("the attempt took longer than {:?} (the attempt timeout)", limits.attempt)
        } else {
            TIME_IS_UP.to_owned()
        };
        Failure::passing(ErrorKind::Timeout, words, departure)
    };

    let silence = ends.within(limits.read);
    let (response, mut link) = timeout_at(silence.instant(), lane.request(request(wire, departure), silence))
        .await
        .map_err(|_| timed_out(silence))?
        .map_err(|broken| unanswered(&broken, departure))?;

    let status = response.status().as_u16();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(retry_after);
    let gzip = response
        .headers()
        .get(CONTENT_ENCODING)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"gzip"));
    let body = read(response, &mut link, status, limits, ends, &timed_out, departure).await?;
    lane.give_back(link);
    let received = body.len();
    let body = if gzip { decompress(&body, limits.answer_bytes, status, departure)? } else { body };
    Ok(Raw { status, retry_after, body, received })
}

fn request(wire: &Wire, departure: &Departure) -> Request<Outbound> {
    let Outgoing { content_type, gzip, bytes, .. } = &wire.outgoing;
    let method = match wire.method {
        Method::GET => ::http::Method::GET,
        Method::POST => ::http::Method::POST,
    };
    let mut request = Request::new(Outbound::new(bytes.clone(), departure.clone()));
    *request.method_mut() = method;
    *request.uri_mut() = wire.target.clone().into();
    let headers = request.headers_mut();
    headers.insert(USER_AGENT, wire.user_agent.clone());
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    if *gzip {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    request
}

async fn read(
    response: Response<Incoming>,
    link: &mut Link,
    status: u16,
    limits: Limits,
    ends: Deadline,
    timed_out: &impl Fn(Deadline) -> Failure,
    departure: &Departure,
) -> Result<Bytes, Failure> {
    let promised =
        response.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if promised.is_some_and(|promised| promised > limits.answer_bytes) {
        return Err(too_large(limits.answer_bytes, status));
    }
    let mut body = response.into_body();
    let mut first = Bytes::new();
    let mut rest: Option<BytesMut> = None;
    loop {
        let silence = ends.within(limits.read);
        let frame = match timeout_at(silence.instant(), link.until(body.frame(), silence))
            .await
            .map_err(|_| timed_out(silence))?
        {
            None => break,
            Some(Ok(frame)) => frame,
            Some(Err(error)) => {
                return Err(not_http(&error).unwrap_or_else(|| {
                    let words = format!("the answer broke off: {}", deepest(&error));
                    Failure::passing(ErrorKind::Connection, words, departure)
                }));
            }
        };
        let Ok(data) = frame.into_data() else { continue };
        let so_far = rest.as_ref().map_or(first.len(), BytesMut::len);
        if so_far + data.len() > limits.answer_bytes {
            return Err(too_large(limits.answer_bytes, status));
        }
        // Most answers are one piece, and are handed on without a copy.
        match (&mut rest, first.is_empty()) {
            (None, true) => first = data,
            (None, false) => {
                let mut joined = BytesMut::with_capacity(promised.unwrap_or(0).max(first.len() + data.len()));
                joined.extend_from_slice(&first);
                joined.extend_from_slice(&data);
                rest = Some(joined);
            }
            (Some(joined), _) => joined.extend_from_slice(&data),
        }
    }
    Ok(rest.map_or(first, BytesMut::freeze))
}

fn decompress(body: &Bytes, most: usize, status: u16, departure: &Departure) -> Result<Bytes, Failure> {
    let mut out = Vec::with_capacity(body.len().saturating_mul(4).min(most).min(1 << 20));
    let mut decoder = MultiGzDecoder::new(&body[..]).take(most as u64 + 1);
    match decoder.read_to_end(&mut out) {
        Ok(_) if out.len() > most => Err(too_large(most, status)),
        Ok(_) => Ok(Bytes::from(out)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Err(Failure::passing(ErrorKind::Connection, "the compressed answer broke off", departure))
        }
        Err(_) => Err(Failure::lasting("the answer says that it is compressed with gzip and is not", status)),
    }
}

fn too_large(most: usize, status: u16) -> Failure {
    Failure::lasting(format!("the answer is larger than {most} bytes (`max_answer_bytes`)"), status)
}

/// Whoever answers does not speak HTTP, or not to an end: asking again would change nothing.
fn not_http(error: Cause<'_>) -> Option<Failure> {
    let garbled = |cause: Cause<'_>| {
        // What is wrong with the pieces of a chunked body, hyper says by kinds of I/O errors.
        // TLS says the same of its records, and there the connection is what broke.
        let in_body = cause.downcast_ref::<io::Error>().is_some_and(|error| {
            matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData)
                && !error.get_ref().is_some_and(<dyn StdError + Send + Sync>::is::<rustls::Error>)
        });
        in_body || cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse)
    };
    chain(error).any(garbled).then(|| {
        let error =
            Error::new(ErrorKind::Protocol, format!("the answer is not sound HTTP: {}", deepest(error)))
                .with_outcome(Outcome::Unknown);
        Failure { error, passing: false }
    })
}

/// Tells a connection that could not be made from one that broke, and from one that brought no HTTP.
fn unanswered(broken: &Broken, departure: &Departure) -> Failure {
    let error = match broken {
        Broken::Connecting(error) => &**error,
        Broken::Underway(error) => {
            return not_http(error).unwrap_or_else(|| {
                let message = format!("the connection broke: {}", deepest(error));
                Failure::passing(ErrorKind::Connection, message, departure)
            });
        }
    };
    let took_too_long = |cause: Cause<'_>| {
        cause.is::<ConnectTimedOut>()
            || cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::TimedOut)
    };
    let cause = deepest(error);
    if chain(error).any(took_too_long) {
        return Failure::passing(ErrorKind::Timeout, format!("{cause} (the connect timeout)"), departure);
    }
    Failure::passing(ErrorKind::Connection, format!("no connection to the vendor: {cause}"), departure)
}

type Cause<'a> = &'a (dyn StdError + 'static);

fn chain(error: Cause<'_>) -> impl Iterator<Item = Cause<'_>> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let current = next?;
        next = current.source();
        Some(current)
    })
}

/// The cause at the bottom, which says most; none of these quote what was sent.
fn deepest(error: Cause<'_>) -> String {
    chain(error).last().map_or_else(String::new, ToString::to_string)
}

/// Seconds, or a date.
fn retry_after(value: &HeaderValue) -> Option<Duration> {
    let text = value.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(std::time::SystemTime::now()).unwrap_or(Duration::ZERO))
}
