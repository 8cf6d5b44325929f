//! The C ABI of `qiancheng`: what `include/qiancheng.h` declares. It translates, and decides nothing.
//!
//! A function of a file in `exports` order is a thin shell: one `unsafe` block around a boundary, in which raw arguments
//! become references and options, and a safe function that does the work. What all of them ask of their callers is said
//! once, in the header's opening chapter; that is also why they hold no `# Safety` of their own.
#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]
#![allow(non_camel_case_types, reason = "types are spelled as in the header")]
#![allow(clippy::missing_safety_doc, reason = "the header's opening chapter says it once for all functions")]
#![allow(dead_code)]

mod argument;
mod boundary;
mod handle;
mod text;

pub mod error;
pub mod options;
#[rustfmt::skip]
pub mod status;
pub mod version;
