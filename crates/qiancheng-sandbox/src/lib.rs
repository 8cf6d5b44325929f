//! The vendor, played on a local port.
#![forbid(unsafe_code)]

pub mod story;
