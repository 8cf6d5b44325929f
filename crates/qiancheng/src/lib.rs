//! Client for the 前程征信 credit-data API.
#![forbid(unsafe_code)]

mod audit_cipher;
pub mod dictionary;
mod wire;

pub use audit_cipher::{AuditCipher, CipherError, Padding, TextEncoding};
