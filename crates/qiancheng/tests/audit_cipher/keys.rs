//! The test keys of `keys/`, and their public halves in every form a key is handed over in.

use rsa::pkcs1::{EncodeRsaPublicKey as _, LineEnding};
use rsa::pkcs8::{DecodePrivateKey as _, EncodePublicKey as _};
use rsa::{PrivateKey, PublicKey};

macro_rules! pem {
    ($name:literal) => {
        include_str!(concat!("keys/", $name, ".pem"))
    };
}
pub(crate) use pem;

/// All test keys a cipher must take.
pub(crate) const PRIVATE_KEYS: [(usize, &str); 9] = [
    (1024, pem!("rsa1024")),
    (1024, pem!("rsa1024_exponent3")),
    (1029, pem!("rsa1029")),
    (1536, pem!("rsa1536")),
    (2048, pem!("rsa2048")),
    (2048, pem!("rsa2048_exponent3")),
    (2050, pem!("rsa2050")),
    (3072, pem!("rsa3072")),
    (4096, pem!("rsa4096")),
];

/// The key pair in a private key's PEM.
pub(crate) fn private_key(pem: &str) -> PrivateKey {
    PrivateKey::from_pkcs8_pem(pem).expect("a test key")
}

/// The public key as SubjectPublicKeyInfo in DER.
pub(crate) fn spki_der(key: &PublicKey) -> Vec<u8> {
    key.to_public_key_der().expect("encodes").into_vec()
}

/// The public key as SubjectPublicKeyInfo in PEM.
pub(crate) fn spki_pem(key: &PublicKey) -> String {
    key.to_public_key_pem(LineEnding::LF).expect("encodes")
}

/// The public key as PKCS#1 in DER.
pub(crate) fn pkcs1_der(key: &PublicKey) -> Vec<u8> {
    key.to_pkcs1_der().expect("encodes").into_vec()
}

/// The public key as PKCS#1 in PEM.
pub(crate) fn pkcs1_pem(key: &PublicKey) -> String {
    key.to_pkcs1_pem(LineEnding::LF).expect("encodes")
}
