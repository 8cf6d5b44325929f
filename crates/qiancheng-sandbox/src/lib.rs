//! The vendor, played on a local port: the 前程征信 credit-data API with synthetic applicants, faults and a clock.
//!
//! ```
//! use qiancheng_sandbox::{Sandbox, SandboxConfig};
//! use serde_json::json;
//!
//! let sandbox = Sandbox::start(SandboxConfig { seed: 7, ..SandboxConfig::default() })?;
//! sandbox.add_faults(json!({"match": {"endpoint": "blacklist.search"}, "times": 2, "fault": {"kind": "html_502"}}))?;
//! // … point a client at sandbox.base_url(), with sandbox.username() and sandbox.password() …
//! assert!(sandbox.journal().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It checks what it is sent as strictly as the vendor's document allows, from a table of its own, and keeps a journal of
//! every request in clear. Give it synthetic people only. The README lists the values that choose what happens.
#![forbid(unsafe_code)]

pub mod story;

mod audit_fields;
mod audit_key;
mod check;
mod clock;
mod config;
mod control;
mod documents;
mod endpoints;
mod envelope;
mod error;
mod faults;
mod identity;
mod ids;
mod journal;
mod machines;
mod matching;
mod picture;
mod routes;
mod sandbox;
mod script;
mod server;
mod tokens;
mod wire;
mod world;

pub use config::{AuditKey, DATA_AS_OF, SandboxConfig, Verdicts};
pub use error::{ControlError, StartError};
pub use sandbox::{Ready, Sandbox, serve_until};

/// Runs the README's examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
