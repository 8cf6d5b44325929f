//! Client for the 前程征信 credit-data API.
//!
//! The vendor sells credit data over HTTP: a blacklist, telecom, degree and e-bank data collected with the
//! borrower's help, and a risk audit. This crate wraps every endpoint, fetches and renews merchant tokens, decides
//! what may be sent again and what never, and leads a borrower through captchas and query passwords.
//!
//! - [`Client`] is async; [`blocking::Client`] has the same names and needs no runtime.
//! - [`api`] holds the requests and answers, a module for each chapter of the vendor's document.
//! - [`session`] leads a collection from its opening to its data.
//! - [`Error`] says what happened, whether it may be tried again, and what the vendor may have done.
#![forbid(unsafe_code)]

pub mod answer;
pub mod api;
mod audit_cipher;
pub mod background;
pub mod blocking;
mod client;
mod clock;
mod config;
mod deadline;
pub mod dictionary;
pub mod endpoint;
mod error;
mod event;
mod identity;
mod lenient;
pub mod many;
mod mismatch;
mod params;
pub mod personal;
mod scrub;
pub mod session;
mod token;
mod transport;
mod validate;
mod wire;

pub use answer::{Answer, Document, Reply};
pub use audit_cipher::{AuditCipher, CipherError, Padding, TextEncoding};
pub use client::{Client, chapters};
pub use clock::Clock;
pub use config::{CallOptions, ClientBuilder, PRODUCTION_URL, TEST_URL};
pub use deadline::{Cancel, Timeouts};
pub use error::{Error, ErrorKind, Outcome, Result};
pub use event::{Event, Level};
pub use token::store::{FileStore, StoredToken, TokenKey, TokenStore};
pub use transport::stats::{LatencyBucket, Stats};
pub use wire::body::WireFormat;

/// Compiles the guide's examples.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/rust.md")]
mod guide {}
