//! Encryption of the risk audit's `data` field (§7.1), and the compression of the body around it.
//!
//! The way through: JSON → blocks of the key's length less the padding → RSA → ciphertexts joined → text. The vendor's
//! document names none of the parameters, so each is a choice; the defaults are what public clients do. Building the JSON
//! and the body is left to others.

mod block;
mod error;
mod gzip;
mod key;
mod short_key;
#[cfg(test)]
mod tests;

use std::fmt;
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use block::{BlockCipher, Scheme};
pub use error::CipherError;
use gzip::Content;
use key::PublicNumbers;

/// Blocks a thread takes at a time: half a millisecond of work, so that the threads end together.
const BLOCKS_PER_PIECE: usize = 32;
/// Blocks that make another thread worth its start.
const BLOCKS_PER_THREAD: usize = 64;
/// More threads would shorten a call by less than a millisecond, at the cost of everyone else on the machine.
const MOST_THREADS: usize = 8;

/// How blocks are padded before RSA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Padding {
    /// PKCS#1 v1.5: blocks of the key's bytes − 11.
    #[default]
    Pkcs1v15,
    /// OAEP with SHA-1 and MGF1 over SHA-1: blocks of the key's bytes − 42.
    OaepSha1,
    /// OAEP with SHA-256 and MGF1 over SHA-256: blocks of the key's bytes − 66. (Java's `OAEPWithSHA-256AndMGF1Padding`
    /// has MGF1 over SHA-1 unless told otherwise, which is another thing.)
    OaepSha256,
    /// No encryption at all: the JSON goes out as it is.
    None,
}

impl Padding {
    /// Every padding there is.
    pub const ALL: [Self; 4] = [Self::Pkcs1v15, Self::OaepSha1, Self::OaepSha256, Self::None];

    /// The name used in configuration, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pkcs1v15 => "pkcs1v15",
            Self::OaepSha1 => "oaep_sha1",
            Self::OaepSha256 => "oaep_sha256",
            Self::None => "none",
        }
    }

    /// The padding called `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|padding| padding.name() == name)
    }

    const fn scheme(self) -> Option<Scheme> {
        match self {
            Self::Pkcs1v15 => Some(Scheme::Pkcs1v15),
            Self::OaepSha1 => Some(Scheme::OaepSha1),
            Self::OaepSha256 => Some(Scheme::OaepSha256),
            Self::None => None,
        }
    }
}

/// How the ciphertext becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TextEncoding {
    /// Standard base64 with padding, on one line (RFC 4648 §4).
    #[default]
    Base64,
    /// The URL-safe alphabet, with padding (RFC 4648 §5).
    Base64Url,
    /// Lower-case hexadecimal digits.
    Hex,
}

impl TextEncoding {
    /// Every encoding there is.
    pub const ALL: [Self; 3] = [Self::Base64, Self::Base64Url, Self::Hex];

    /// The name used in configuration, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Hex => "hex",
        }
    }

    /// The encoding called `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.name() == name)
    }

    fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Base64 => STANDARD.encode(bytes),
            Self::Base64Url => URL_SAFE.encode(bytes),
            Self::Hex => base16ct::lower::encode_string(bytes),
        }
    }
}

/// Encrypts audit data under the vendor's public key. Cheap to clone.
#[derive(Clone)]
pub struct AuditCipher {
    key: Option<Arc<BlockCipher>>,
    padding: Padding,
    encoding: TextEncoding,
}

impl AuditCipher {
    /// A cipher for a public key of 1024 to 4096 bits: PEM or DER, SubjectPublicKeyInfo (`PUBLIC KEY`) or PKCS#1
    /// (`RSA PUBLIC KEY`), or the base64 of such a key without its BEGIN and END lines.
    pub fn from_public_key(bytes: &[u8]) -> Result<Self, CipherError> {
        let key = BlockCipher::new(&PublicNumbers::read(bytes)?)?;
        Ok(Self { key: Some(Arc::new(key)), padding: Padding::default(), encoding: TextEncoding::default() })
    }

    /// A cipher without a key, which lets the JSON through as it is.
    pub fn unencrypted() -> Self {
        Self { key: None, padding: Padding::None, encoding: TextEncoding::default() }
    }

    /// The same cipher with another padding.
    #[must_use]
    pub fn padding(mut self, padding: Padding) -> Self {
        self.padding = padding;
        self
    }

    /// The same cipher with another text encoding.
    #[must_use]
    pub fn encoding(mut self, encoding: TextEncoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// The key's length in bits; nothing without a key.
    pub fn key_bits(&self) -> Option<usize> {
        self.key.as_ref().map(|key| key.bits())
    }

    /// How many bytes of plaintext go into one RSA block; nothing if blocks are not encrypted.
    pub fn block_len(&self) -> Option<usize> {
        Some(self.key.as_ref()?.block_len(self.padding.scheme()?))
    }

    /// Encrypts `plain` and gives the text that goes into `data`.
    ///
    /// No plaintext is no block, so that the text is empty. Long plaintexts are spread over the machine's cores; the
    /// threads end before the call does.
    pub fn encrypt(&self, plain: &[u8]) -> Result<String, CipherError> {
        let Some(scheme) = self.padding.scheme() else {
            return String::from_utf8(plain.to_vec()).map_err(|_| CipherError::NotText);
        };
        let key = self.key.as_ref().ok_or(CipherError::KeyMissing)?;
        let blocks = plain.len().div_ceil(key.block_len(scheme));
        let mut ciphertext = vec![0; blocks * key.key_len()];
        encrypt_blocks(key, scheme, plain, &mut ciphertext, threads_for(blocks))?;
        Ok(self.encoding.encode(&ciphertext))
    }

    /// Compresses a request body whose `data` this cipher made, in the gzip format.
    pub fn gzip(&self, body: &[u8]) -> Result<Vec<u8>, CipherError> {
        let content = if self.padding == Padding::None { Content::Json } else { Content::Ciphertext };
        gzip::gzip(body, content)
    }
}

impl fmt::Debug for AuditCipher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AuditCipher")
            .field("key_bits", &self.key_bits())
            .field("padding", &self.padding)
            .field("encoding", &self.encoding)
            .finish_non_exhaustive()
    }
}

/// How many threads are worth their start. The machine is asked only if there could be more than one: asking reads files.
fn threads_for(blocks: usize) -> usize {
    match (blocks / BLOCKS_PER_THREAD).min(MOST_THREADS) {
        0 | 1 => 1,
        wanted => wanted.min(thread::available_parallelism().map_or(1, NonZero::get)),
    }
}

/// Encrypts all blocks on up to `threads` threads, the calling one among them.
///
/// The threads take pieces from a common pile rather than a share each: a thread that does not start leaves its work to the
/// others. They are plain scoped threads and not a pool, which a fork would leave without its workers.
fn encrypt_blocks(
    key: &BlockCipher,
    scheme: Scheme,
    plain: &[u8],
    ciphertext: &mut [u8],
    threads: usize,
) -> Result<(), CipherError> {
    let pieces = plain
        .chunks(BLOCKS_PER_PIECE * key.block_len(scheme))
        .zip(ciphertext.chunks_mut(BLOCKS_PER_PIECE * key.key_len()));
    let pile = Mutex::new(pieces);
    let take = || pile.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some((plain, ciphertext)) = take() {
            key.encrypt_run(scheme, plain, ciphertext)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads)
            .map_while(|_| thread::Builder::new().name("qiancheng-rsa".into()).spawn_scoped(scope, work).ok())
            .collect();
        let own = work();
        helpers
            .into_iter()
            .map(|helper| helper.join().unwrap_or(Err(CipherError::EncryptionFailed)))
            .fold(own, Result::and)
    })
}
