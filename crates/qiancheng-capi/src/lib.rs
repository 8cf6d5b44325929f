//! The C ABI of `qiancheng`: what `include/qiancheng.h` declares. It translates, and decides nothing.
//!
//! Each exported function is a thin shell: one `unsafe` block around a boundary, in which raw arguments become references and
//! options, and a safe function that does the work. What all of them ask of their callers is said once, in the header's opening
//! chapter; so they hold no `# Safety` of their own. A public module is a chapter of the header, and opens with its prose.
#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]
#![allow(non_camel_case_types, reason = "types are spelled as in the header")]
#![allow(clippy::missing_safety_doc, reason = "the header's opening chapter says it once for all functions")]
mod argument;
mod boundary;
mod defect;
mod ends;
mod handle;
mod parameters;
mod settings;
mod text;

// What the header declares, a chapter each, in its order.
pub mod version;

#[rustfmt::skip]
pub mod status;

pub mod error;

pub mod options;

pub mod log;

pub mod client;

pub mod call_options;

pub mod cancel;

pub mod call;

#[rustfmt::skip]
pub mod endpoints;

pub mod answer;

#[rustfmt::skip]
pub mod openings;

pub mod session;

pub mod risk;

pub mod owned;

pub mod tables;
