//! The C ABI from Rust, through the exported functions alone, against a sandbox.
//!
//! What a compiler of C sees, and what a sanitizer does, is tested from C.
#![allow(
    clippy::undocumented_unsafe_blocks,
    reason = "every handle here comes from the library and is freed once"
)]

mod answers;
mod boundary;
mod calls;
mod encodings;
mod ending;
#[rustfmt::skip]
#[allow(
    unused_unsafe,
    unused_variables,
    clippy::let_unit_value,
    clippy::semicolon_if_nothing_returned,
    reason = "every row is alike"
)]
mod every_function;
mod good;
mod logging;
mod risk;
mod sessions;
mod setup;
mod spoiling;
mod support;
mod tables;
