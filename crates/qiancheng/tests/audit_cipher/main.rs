//! `AuditCipher` against the `rsa` crate, which decrypts what the cipher encrypts with other libraries.

mod compression;
mod keys;
mod reading;
mod round_trip;
