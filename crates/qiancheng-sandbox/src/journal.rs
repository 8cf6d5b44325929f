//! What was asked, as it was understood, and what became of it.
//!
//! The journal holds everything in clear, passwords and decrypted audits too: a sandbox is for synthetic data only.

use std::collections::VecDeque;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Map, Value, json};

use crate::clock::{Millis, beijing_text};
use crate::wire::{Encoding, Params};

/// Answers up to this size are kept: tokens, states, verdicts; not raw data.
pub(crate) const MOST_ANSWER_BYTES: usize = 1024;

/// How many bytes of request bodies it keeps, however few requests they are.
const MOST_BYTES: usize = 64 << 20;

/// What is known of a request before it is answered.
pub(crate) struct Request {
    pub(crate) at: Millis,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) endpoint: Option<&'static str>,
    pub(crate) headers: HeaderMap,
    pub(crate) encoding: Encoding,
    pub(crate) params: Params,
    pub(crate) audit_data: Option<Value>,
    pub(crate) connection: u64,
    /// How much it weighs here.
    pub(crate) bytes: usize,
}

/// What became of it.
#[derive(Default)]
pub(crate) struct Result {
    /// `None` if nothing was sent.
    pub(crate) http_status: Option<u16>,
    /// The envelope's, where there was one.
    pub(crate) code: Option<i64>,
    pub(crate) fault: Option<&'static str>,
    /// The envelope as it was meant to be sent, if it is short.
    pub(crate) answer: Option<Bytes>,
}

/// Where a request stands in the journal.
#[derive(Clone, Copy)]
pub(crate) struct Ticket {
    /// Which journal it was: a reset begins a new one, and what is still being answered then has no place in it.
    generation: u64,
    seq: u64,
}

pub(crate) struct Journal {
    generation: u64,
    entries: VecDeque<(Request, Result)>,
    /// The number of the oldest entry kept.
    first: u64,
    bytes: usize,
    most: usize,
}

impl Journal {
    pub(crate) fn new(most: usize) -> Self {
        Self { generation: 0, entries: VecDeque::new(), first: 1, bytes: 0, most }
    }

    /// Notes a request.
    pub(crate) fn open(&mut self, request: Request) -> Ticket {
        let seq = self.first + self.entries.len() as u64;
        self.bytes += request.bytes;
        self.entries.push_back((request, Result::default()));
        while self.entries.len() > self.most || (self.bytes > MOST_BYTES && self.entries.len() > 1) {
            if let Some((dropped, _)) = self.entries.pop_front() {
                self.bytes -= dropped.bytes;
                self.first += 1;
            }
        }
        Ticket { generation: self.generation, seq }
    }

    /// Notes what became of a request, if it is still here.
    pub(crate) fn close(&mut self, ticket: Ticket, result: Result) {
        if ticket.generation != self.generation {
            return;
        }
        let at = ticket.seq.checked_sub(self.first).and_then(|at| usize::try_from(at).ok());
        if let Some((_, open)) = at.and_then(|at| self.entries.get_mut(at)) {
            *open = result;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.generation += 1;
        self.entries.clear();
        self.first = 1;
        self.bytes = 0;
    }

    /// The entries after a number, oldest first.
    pub(crate) fn after(&self, seq: u64) -> Vec<Value> {
        (self.first..)
            .zip(&self.entries)
            .filter(|(at, _)| *at > seq)
            .map(|(at, entry)| written(at, entry))
            .collect()
    }
}

fn written(seq: u64, (request, result): &(Request, Result)) -> Value {
    let mut headers = Map::new();
    for (name, value) in &request.headers {
        let text = String::from_utf8_lossy(value.as_bytes());
        match headers.get_mut(name.as_str()) {
            Some(Value::String(earlier)) => {
                earlier.push_str(", ");
                earlier.push_str(&text);
            }
            _ => {
                headers.insert(name.as_str().to_owned(), text.into());
            }
        }
    }
    json!({
        "seq": seq,
        "at": beijing_text(request.at),
        "method": request.method.as_str(),
        "path": request.path,
        "endpoint": request.endpoint,
        "encoding": request.encoding.name(),
        "content_encoding": headers.get("content-encoding"),
        "headers": headers,
        "params": request.params,
        "audit_data": request.audit_data,
        "http_status": result.http_status,
        "code": result.code,
        "fault": result.fault,
        "answer": result.answer.as_ref().and_then(|answer| serde_json::from_slice::<Value>(answer).ok()),
        "connection": request.connection,
    })
}
