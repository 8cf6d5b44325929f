//! What a client has done so far, counted without locks.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use serde::Serialize;

use crate::error::{Error, ErrorKind};

/// Upper bounds of the latency histogram's buckets double from 64 µs; the last is open.
const BUCKETS: usize = 24;
const FIRST_BOUND_MICROSECONDS: u64 = 64;
const KINDS: usize = ErrorKind::ALL.len();

/// The counters.
#[derive(Default)]
pub(crate) struct Counters {
    calls: AtomicU64,
    attempts: AtomicU64,
    repeats: AtomicU64,
    tokens: AtomicU64,
    sent: AtomicU64,
    received: AtomicU64,
    errors: [AtomicU64; KINDS],
    latency: [AtomicU64; BUCKETS],
}

impl Counters {
    pub(crate) fn attempt(&self, again: bool) {
        self.attempts.fetch_add(1, Relaxed);
        if again {
            self.repeats.fetch_add(1, Relaxed);
        }
    }

    pub(crate) fn token(&self) {
        self.tokens.fetch_add(1, Relaxed);
    }

    pub(crate) fn bytes(&self, sent: usize, received: usize) {
        self.sent.fetch_add(sent as u64, Relaxed);
        self.received.fetch_add(received as u64, Relaxed);
    }

    pub(crate) fn call(&self, took: Duration, error: Option<&Error>) {
        self.calls.fetch_add(1, Relaxed);
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.latency[bucket(microseconds)].fetch_add(1, Relaxed);
        if let Some(index) =
            error.and_then(|error| ErrorKind::ALL.iter().position(|&kind| kind == error.kind()))
        {
            self.errors[index].fetch_add(1, Relaxed);
        }
    }

    pub(crate) fn snapshot(&self) -> Stats {
        Stats {
            calls: self.calls.load(Relaxed),
            attempts: self.attempts.load(Relaxed),
            repeats: self.repeats.load(Relaxed),
            tokens_fetched: self.tokens.load(Relaxed),
            bytes_sent: self.sent.load(Relaxed),
            bytes_received: self.received.load(Relaxed),
            errors: ErrorKind::ALL
                .iter()
                .zip(&self.errors)
                .map(|(kind, count)| (kind.name(), count.load(Relaxed)))
                .filter(|(_, count)| *count > 0)
                .collect(),
            latency: self
                .latency
                .iter()
                .enumerate()
                .map(|(index, count)| LatencyBucket {
                    up_to_microseconds: (index + 1 < BUCKETS).then(|| FIRST_BOUND_MICROSECONDS << index),
                    calls: count.load(Relaxed),
                })
                .filter(|bucket| bucket.calls > 0)
                .collect(),
        }
    }
}

fn bucket(microseconds: u64) -> usize {
    let doublings =
        (microseconds / FIRST_BOUND_MICROSECONDS).checked_ilog2().map_or(0, |log| log as usize + 1);
    doublings.min(BUCKETS - 1)
}

/// A snapshot of what a client has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Calls that ended, well or not.
    pub calls: u64,
    /// Requests that were sent or tried, those for tokens among them.
    pub attempts: u64,
    /// Of these, how many repeated an earlier one.
    pub repeats: u64,
    /// Tokens that were fetched.
    pub tokens_fetched: u64,
    /// Bytes of request bodies.
    pub bytes_sent: u64,
    /// Bytes of answers, as they came over the wire.
    pub bytes_received: u64,
    /// Calls that failed, by the kind of error.
    pub errors: std::collections::BTreeMap<&'static str, u64>,
    /// How long calls took; empty buckets are left out.
    pub latency: Vec<LatencyBucket>,
}

/// A bucket of the latency histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LatencyBucket {
    /// Calls here took less than this, in microseconds; `None` for the last bucket, which is open.
    pub up_to_microseconds: Option<u64>,
    /// How many there were.
    pub calls: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_double_and_the_last_is_open() {
        assert_eq!([0, 63, 64, 127, 128, 256].map(bucket), [0, 0, 1, 1, 2, 3]);
        assert_eq!(bucket(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn a_failed_call_is_counted_by_its_kind() {
        let counters = Counters::default();
        counters.call(Duration::from_micros(100), Some(&Error::new(ErrorKind::Timeout, "late")));
        counters.call(Duration::from_micros(100), None);
        let stats = counters.snapshot();
        assert_eq!((stats.calls, stats.errors.get("Timeout")), (2, Some(&1)));
        assert_eq!(stats.latency, [LatencyBucket { up_to_microseconds: Some(128), calls: 2 }]);
    }
}
