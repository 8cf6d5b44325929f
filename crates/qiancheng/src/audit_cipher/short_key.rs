//! RSA for keys of 1024 to 2047 bits, which AWS-LC does not take.
//!
//! The arithmetic is `crypto-bigint`'s, in constant time in the plaintext; the exponent is public. Numbers of a fixed width and a
//! plain square-and-multiply make it twice as fast as the `rsa` crate, whose numbers live on the heap and whose windowed
//! exponentiation prepares more powers than 65537 has use for. The paddings are those of RFC 8017.

use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use aws_lc_rs::rand;
use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{Odd, U1024, U2048, Uint, Word};
use zeroize::{Zeroize as _, Zeroizing};

use super::CipherError;
use super::block::Scheme;
use super::key::PublicNumbers;

pub(super) struct ShortKey {
    exponent: u64,
    modulus: Modulus,
}

/// The modulus with what Montgomery multiplication needs, in the width it fits: 1024 bits, by far the commonest, or more.
enum Modulus {
    Bits1024(Box<FixedMontyParams<{ U1024::LIMBS }>>),
    Bits2048(Box<FixedMontyParams<{ U2048::LIMBS }>>),
}

impl ShortKey {
    /// `numbers` must have fewer than 2048 bits.
    pub(super) fn new(numbers: &PublicNumbers) -> Result<Self, CipherError> {
        let modulus = if numbers.modulus().len() <= U1024::BYTES {
            Modulus::Bits1024(prepare(numbers.modulus())?)
        } else {
            Modulus::Bits2048(prepare(numbers.modulus())?)
        };
        Ok(Self { exponent: numbers.exponent(), modulus })
    }

    /// Pads and encrypts each plaintext into the ciphertext beside it, which is as long as the key.
    pub(super) fn encrypt_blocks<'a>(
        &self,
        scheme: Scheme,
        blocks: impl Iterator<Item = (&'a [u8], &'a mut [u8])>,
    ) -> Result<(), CipherError> {
        let mut random = RandomBytes::new();
        let mut encoded = Zeroizing::new(Vec::new());
        for (plain, ciphertext) in blocks {
            encoded.clear();
            encoded.resize(ciphertext.len(), 0);
            match scheme {
                Scheme::Pkcs1v15 => pad_pkcs1(plain, &mut encoded, &mut random)?,
                Scheme::OaepSha1 => pad_oaep(&SHA1_FOR_LEGACY_USE_ONLY, plain, &mut encoded, &mut random)?,
                Scheme::OaepSha256 => pad_oaep(&SHA256, plain, &mut encoded, &mut random)?,
            }
            match &self.modulus {
                Modulus::Bits1024(params) => raise(&encoded, self.exponent, params, ciphertext),
                Modulus::Bits2048(params) => raise(&encoded, self.exponent, params, ciphertext),
            }
        }
        Ok(())
    }
}

fn prepare<const LIMBS: usize>(modulus: &[u8]) -> Result<Box<FixedMontyParams<LIMBS>>, CipherError> {
    let modulus = Odd::new(read_number(modulus)).into_option().ok_or(CipherError::EvenModulus)?;
    Ok(Box::new(FixedMontyParams::new_vartime(modulus)))
}

/// Reads a big-endian number that may be shorter than the type it goes into.
fn read_number<const LIMBS: usize>(bytes: &[u8]) -> Uint<LIMBS> {
    let mut number = Uint::ZERO;
    for (limb, bytes) in number.as_mut_words().iter_mut().zip(bytes.rchunks(size_of::<Word>())) {
        *limb = bytes.iter().fold(0, |value, byte| value << 8 | Word::from(*byte));
    }
    number
}

/// `ciphertext = encoded ^ exponent mod n`, both big-endian and as long as the modulus.
fn raise<const LIMBS: usize>(
    encoded: &[u8],
    exponent: u64,
    params: &FixedMontyParams<LIMBS>,
    ciphertext: &mut [u8],
) {
    let mut number = read_number::<LIMBS>(encoded);
    let mut base = FixedMontyForm::new(&number, params);
    number.zeroize();
    let mut power = base;
    for bit in (0..exponent.ilog2()).rev() {
        power = power.square();
        if exponent >> bit & 1 == 1 {
            power = power.mul(&base);
        }
    }
    base.zeroize();
    let words = power.retrieve();
    for (bytes, word) in ciphertext.rchunks_mut(size_of::<Word>()).zip(words.as_words()) {
        let word = word.to_be_bytes();
        bytes.copy_from_slice(&word[word.len() - bytes.len()..]);
    }
}

/// EME-PKCS1-v1_5 (RFC 8017 §7.2.1): `00 02 PS 00 M`, with at least eight random bytes PS, none of them zero.
fn pad_pkcs1(plain: &[u8], encoded: &mut [u8], random: &mut RandomBytes) -> Result<(), CipherError> {
    let (padding, message) = encoded.split_at_mut(encoded.len() - plain.len());
    message.copy_from_slice(plain);
    let last = padding.len() - 1;
    padding[1] = 2;
    for byte in &mut padding[2..last] {
        while *byte == 0 {
            *byte = random.next()?;
        }
    }
    Ok(())
}

/// EME-OAEP (RFC 8017 §7.1.1) with an empty label and MGF1 over the same hash: `00 maskedSeed maskedDB`.
fn pad_oaep(
    hash: &'static Algorithm,
    plain: &[u8],
    encoded: &mut [u8],
    random: &mut RandomBytes,
) -> Result<(), CipherError> {
    let (seed, data) = encoded[1..].split_at_mut(hash.output_len());
    let (header, message) = data.split_at_mut(data.len() - plain.len());
    message.copy_from_slice(plain);
    header[..seed.len()].copy_from_slice(digest(hash, b"").as_ref());
    header[seed.len()..].last_mut().map(|byte| *byte = 1).ok_or(CipherError::EncryptionFailed)?;
    for byte in seed.iter_mut() {
        *byte = random.next()?;
    }
    mask(hash, seed, data);
    mask(hash, data, seed);
    Ok(())
}

/// XORs MGF1 of `seed` (RFC 8017 §B.2.1) onto `target`.
fn mask(hash: &'static Algorithm, seed: &[u8], target: &mut [u8]) {
    let mut input = Zeroizing::new(seed.to_vec());
    for (counter, piece) in (0_u32..).zip(target.chunks_mut(hash.output_len())) {
        input.truncate(seed.len());
        input.extend_from_slice(&counter.to_be_bytes());
        for (byte, mask) in piece.iter_mut().zip(digest(hash, &input).as_ref()) {
            *byte ^= mask;
        }
    }
}

/// Random bytes drawn from the generator in bulk: asking it for eight at a time costs as much as a squaring.
///
/// Lives for one run of blocks only, so a fork can't hand the same bytes to two processes.
struct RandomBytes {
    buffer: Zeroizing<[u8; 1024]>,
    used: usize,
}

impl RandomBytes {
    fn new() -> Self {
        let buffer = Zeroizing::new([0; 1024]);
        Self { used: buffer.len(), buffer }
    }

    fn next(&mut self) -> Result<u8, CipherError> {
        if self.used == self.buffer.len() {
            rand::fill(self.buffer.as_mut_slice()).map_err(|_| CipherError::NoRandomness)?;
            self.used = 0;
        }
        let byte = self.buffer[self.used];
        self.used += 1;
        Ok(byte)
    }
}
