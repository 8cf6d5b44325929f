//! What can go wrong with a public key or an encryption, told apart so that a caller can be told what to mend.

use crate::error::{Error as CallError, ErrorKind};
use thiserror::Error;

/// Why a public key was not taken, or why audit data could not be prepared.
///
/// No message holds key material or plaintext.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CipherError {
    /// Nothing but white space was given.
    #[error("the public key is empty")]
    EmptyKey,
    /// The PEM armour is damaged: no end line, or an end line that does not match its begin line.
    #[error("the public key's PEM armour is broken: a BEGIN line without its END line")]
    BrokenPem,
    /// The PEM holds something that is neither a key nor a certificate.
    #[error("the PEM does not hold a public key; expected PUBLIC KEY or RSA PUBLIC KEY")]
    UnexpectedPem,
    /// The text between the PEM lines, or the whole input where there are none, is not base64.
    #[error("the public key's text is not valid base64")]
    BrokenBase64,
    /// The bytes are not a DER public key, neither SubjectPublicKeyInfo nor PKCS#1.
    #[error("the public key is not valid DER (SubjectPublicKeyInfo or PKCS#1)")]
    BrokenDer,
    /// An OpenSSH key (`ssh-rsa …`), which is another format.
    #[error("an OpenSSH key was given; convert it with `ssh-keygen -e -m PKCS8`")]
    OpenSshKey,
    /// A private key, which has no business here.
    #[error("a private key was given where the vendor's public key is expected")]
    PrivateKey,
    /// A certificate, or a request for one; the public key inside has to be taken out first.
    #[error("a certificate was given; take the public key out with `openssl x509 -pubkey -noout`")]
    Certificate,
    /// A public key of another kind, elliptic curve for one.
    #[error("the public key is not an RSA encryption key")]
    NotRsa,
    /// Below 1024 bits.
    #[error("the RSA key has {bits} bits; at least 1024 are needed")]
    KeyTooSmall {
        /// Length of the modulus.
        bits: usize,
    },
    /// Above 4096 bits.
    #[error("the RSA key has {bits} bits; at most 4096 are supported")]
    KeyTooLarge {
        /// Length of the modulus.
        bits: usize,
    },
    /// The modulus is even, so it is no product of two large primes.
    #[error("the RSA key's modulus is even")]
    EvenModulus,
    /// The public exponent is below 3.
    #[error("the RSA key's public exponent is too small; at least 3 is needed")]
    ExponentTooSmall,
    /// The public exponent is even.
    #[error("the RSA key's public exponent is even")]
    EvenExponent,
    /// The public exponent is longer than 33 bits.
    #[error("the RSA key's public exponent is longer than 33 bits")]
    ExponentTooLarge,
    /// The cryptographic library refused a key that passed every check above.
    #[error("the RSA key was refused by the cryptographic library")]
    KeyRefused,
    /// A cipher without a key was asked to encrypt.
    #[error("encryption was asked for, but no public key is configured")]
    KeyMissing,
    /// The operating system gave no random bytes.
    #[error("no random bytes could be had from the system")]
    NoRandomness,
    /// The cryptographic library failed on a block.
    #[error("RSA encryption failed")]
    EncryptionFailed,
    /// Data that goes out unencrypted is not UTF-8 text.
    #[error("audit data that is sent unencrypted must be UTF-8 text")]
    NotText,
    /// The body could not be compressed.
    #[error("gzip compression failed")]
    CompressionFailed,
}

impl From<CipherError> for CallError {
    fn from(error: CipherError) -> Self {
        Self::new(ErrorKind::Crypto, error.to_string())
    }
}
