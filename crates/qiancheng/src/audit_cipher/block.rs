//! One key, many blocks: pads and encrypts a run of plaintext, block by block.
//!
//! Keys from 2048 bits on go to AWS-LC, whose assembly takes a quarter of the time of portable arithmetic. It refuses
//! shorter ones; those, which the tutorials of the vendor's time are full of, go to [`ShortKey`].

use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, Pkcs1PublicEncryptingKey,
    PublicEncryptingKey,
};

use super::CipherError;
use super::key::PublicNumbers;
use super::short_key::ShortKey;

/// Below this AWS-LC refuses a key.
const SHORTEST_AWS_LC_BITS: usize = 2048;

/// How a block is padded before it is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Pkcs1v15,
    OaepSha1,
    OaepSha256,
}

impl Scheme {
    /// Bytes of a block that the padding takes (RFC 8017 §7.1.1 and §7.2.1).
    pub(super) const fn overhead(self) -> usize {
        match self {
            Self::Pkcs1v15 => 11,
            Self::OaepSha1 => 2 * 20 + 2,
            Self::OaepSha256 => 2 * 32 + 2,
        }
    }
}

/// A key, ready to encrypt.
pub(super) struct BlockCipher {
    bits: usize,
    engine: Engine,
}

enum Engine {
    AwsLc { pkcs1: Pkcs1PublicEncryptingKey, oaep: OaepPublicEncryptingKey },
    Short(ShortKey),
}

impl BlockCipher {
    pub(super) fn new(numbers: &PublicNumbers) -> Result<Self, CipherError> {
        let engine = if numbers.bits() < SHORTEST_AWS_LC_BITS {
            Engine::Short(ShortKey::new(numbers)?)
        } else {
            let key = PublicEncryptingKey::from_der(&numbers.to_spki_der()?)
                .map_err(|_| CipherError::KeyRefused)?;
            Engine::AwsLc {
                pkcs1: Pkcs1PublicEncryptingKey::new(key.clone()).map_err(|_| CipherError::KeyRefused)?,
                oaep: OaepPublicEncryptingKey::new(key).map_err(|_| CipherError::KeyRefused)?,
            }
        };
        Ok(Self { bits: numbers.bits(), engine })
    }

    pub(super) fn bits(&self) -> usize {
        self.bits
    }

    /// Length of one ciphertext block in bytes.
    pub(super) fn key_len(&self) -> usize {
        self.bits.div_ceil(8)
    }

    /// Plaintext bytes that fit one block.
    pub(super) fn block_len(&self, scheme: Scheme) -> usize {
        self.key_len() - scheme.overhead()
    }

    /// Encrypts `plain`, cut into blocks, into `ciphertext`, which has room for exactly as many.
    pub(super) fn encrypt_run(
        &self,
        scheme: Scheme,
        plain: &[u8],
        ciphertext: &mut [u8],
    ) -> Result<(), CipherError> {
        debug_assert_eq!(plain.len().div_ceil(self.block_len(scheme)) * self.key_len(), ciphertext.len());
        let blocks = plain.chunks(self.block_len(scheme)).zip(ciphertext.chunks_mut(self.key_len()));
        match &self.engine {
            Engine::Short(key) => key.encrypt_blocks(scheme, blocks),
            Engine::AwsLc { pkcs1, oaep } => {
                for (plain, ciphertext) in blocks {
                    match scheme {
                        Scheme::Pkcs1v15 => pkcs1.encrypt(plain, ciphertext),
                        Scheme::OaepSha1 => oaep.encrypt(&OAEP_SHA1_MGF1SHA1, plain, ciphertext, None),
                        Scheme::OaepSha256 => oaep.encrypt(&OAEP_SHA256_MGF1SHA256, plain, ciphertext, None),
                    }
                    .map_err(|_| CipherError::EncryptionFailed)?;
                }
                Ok(())
            }
        }
    }
}
