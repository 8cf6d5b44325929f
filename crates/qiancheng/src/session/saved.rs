//! A session on paper: saved in one process or web request, resumed in another.
//!
//! The text is versioned, encrypted and authenticated under a key the caller gives (XChaCha20-Poly1305), and bound
//! to the vendor's host and the merchant. It holds no password, no captcha and nothing about the borrower.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::{Error, ErrorKind, Result};
use crate::session::progress::Progress;

const PREFIX: &str = "qcs";
const VERSION: u8 = 1;
const BINDING_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;

/// The key that sessions are saved under: 32 random bytes that stay on the caller's side.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SaveKey([u8; 32]);

impl SaveKey {
    /// A key from 32 random bytes, such as `openssl rand 32` gives.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key from a slice, which must hold 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Self> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| Error::new(ErrorKind::Crypto, "a key for saved sessions has 32 bytes"))
    }
}

impl fmt::Debug for SaveKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SaveKey(****)")
    }
}

/// Whose session it is.
pub(crate) struct Owner<'a> {
    pub(crate) origin: &'a str,
    pub(crate) username: &'a str,
}

impl Owner<'_> {
    fn binding(&self) -> [u8; BINDING_BYTES] {
        let digest = Sha256::digest(format!("{}\n{}", self.origin, self.username));
        let mut binding = [0; BINDING_BYTES];
        binding.copy_from_slice(&digest[..BINDING_BYTES]);
        binding
    }
}

/// Writes a session down: `qcs1.` and the base64 of binding, nonce and ciphertext.
pub(crate) fn save(progress: &Progress, key: &SaveKey, owner: &Owner<'_>) -> Result<String> {
    let failed = |_| Error::new(ErrorKind::Crypto, "the session could not be encrypted");
    let plain = Zeroizing::new(serde_json::to_vec(progress).map_err(|error| {
        Error::new(ErrorKind::Session, format!("the session could not be written: {error}"))
    })?);
    let mut nonce = [0; NONCE_BYTES];
    aws_lc_rs::rand::fill(&mut nonce)
        .map_err(|_| Error::new(ErrorKind::Crypto, "the system gives no random bytes"))?;
    let binding = owner.binding();
    let sealed = cipher(key)
        .encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: &header(binding) })
        .map_err(failed)?;
    let bytes = [&binding[..], &nonce, &sealed].concat();
    Ok(format!("{PREFIX}{VERSION}.{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Reads a session back, or says why it is not taken.
pub(crate) fn resume(text: &str, key: &SaveKey, owner: &Owner<'_>) -> Result<Progress> {
    let refuse = |words: &'static str| Error::new(ErrorKind::Session, words);
    let (version, body) = text
        .trim()
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.split_once('.'))
        .ok_or_else(|| refuse("this is not a saved session"))?;
    if version != VERSION.to_string() {
        return Err(refuse("the saved session is of a version that this library does not know"));
    }
    let bytes =
        URL_SAFE_NO_PAD.decode(body).map_err(|_| refuse("the saved session was altered or cut off"))?;
    let (binding, rest) = bytes
        .split_at_checked(BINDING_BYTES)
        .ok_or_else(|| refuse("the saved session was altered or cut off"))?;
    let (nonce, sealed) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or_else(|| refuse("the saved session was altered or cut off"))?;
    let own = owner.binding();
    if binding != own {
        return Err(refuse("the saved session belongs to another merchant or another host, or was altered"));
    }
    let plain = cipher(key)
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &header(own) })
        .map(Zeroizing::new)
        .map_err(|_| refuse("the saved session was altered, or was saved under another key"))?;
    serde_json::from_slice(&plain)
        .map_err(|_| refuse("the saved session is of a version that this library does not know"))
}

fn cipher(key: &SaveKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.0.into())
}

/// What is authenticated beside the ciphertext.
fn header(binding: [u8; BINDING_BYTES]) -> Vec<u8> {
    [&[VERSION], &binding[..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::rules::SessionKind;
    use proptest::prelude::*;
    use std::time::{Duration, UNIX_EPOCH};

    const OWNER: Owner<'_> = Owner { origin: "https://credit.example", username: "demo" };

    fn key() -> SaveKey {
        SaveKey::new([7; 32])
    }

    fn saved() -> String {
        let opened = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let progress = Progress::new(SessionKind::Telecom, "f47e9276860685349c7ef4be67c823ab".into(), opened);
        save(&progress, &key(), &OWNER).expect("saved")
    }

    fn refusal(text: &str, key: &SaveKey, owner: &Owner<'_>) -> String {
        let error = resume(text, key, owner).expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Session);
        error.message().to_owned()
    }

    #[test]
    fn a_session_comes_back_as_it_was() {
        let progress = resume(&saved(), &key(), &OWNER).expect("resumed");
        assert_eq!(progress.open_id.expose(), "f47e9276860685349c7ef4be67c823ab");
    }

    #[test]
    fn a_refusal_says_which() {
        let other = Owner { username: "other", ..OWNER };
        assert!(refusal(&saved(), &key(), &other).contains("another merchant or another host"));
        let other = Owner { origin: "https://elsewhere.example", ..OWNER };
        assert!(refusal(&saved(), &key(), &other).contains("another merchant or another host"));
        assert!(
            refusal(&saved(), &SaveKey::new([8; 32]), &OWNER)
                .contains("altered, or was saved under another key")
        );
        assert!(refusal(&saved().replacen("qcs1", "qcs2", 1), &key(), &OWNER).contains("version"));
        assert!(refusal("hello", &key(), &OWNER).contains("not a saved session"));
    }

    #[test]
    fn nothing_of_the_session_can_be_read_without_the_key() {
        let text = saved();
        let body = URL_SAFE_NO_PAD.decode(text.trim_start_matches("qcs1.")).expect("base64");
        assert!(!String::from_utf8_lossy(&body).contains("f47e9276"));
    }

    proptest! {
        #[test]
        fn an_altered_text_is_refused(at in 5usize..200, to in "[A-Za-z0-9_-]") {
            let text = saved();
            let at = at.min(text.len() - 1);
            let mut altered = text.clone();
            altered.replace_range(at..=at, &to);
            prop_assume!(altered != text);
            prop_assert!(resume(&altered, &key(), &OWNER).is_err());
        }

        #[test]
        fn any_text_is_refused_quietly(text in "\\PC*") {
            prop_assert!(resume(&text, &key(), &OWNER).is_err());
        }
    }
}
