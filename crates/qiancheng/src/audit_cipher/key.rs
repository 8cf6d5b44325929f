//! Reading the vendor's public key, in whichever dress it was handed over.
//!
//! Keys reach people by mail and chat: as PEM, as DER, as the bare base64 that Java code carries around, with the wrong
//! line ends or none. All of these are read; whatever is something else is named for what it is.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use pkcs1::der::asn1::{BitStringRef, UintRef};
use pkcs1::der::{Decode as _, Encode as _, Reader as _, SliceReader, Tag};
use pkcs1::{ALGORITHM_ID, ALGORITHM_OID, RsaPublicKeyRef};
use spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use super::CipherError;

const SMALLEST_KEY_BITS: usize = 1024;
const LARGEST_KEY_BITS: usize = 4096;
/// AWS-LC takes no longer exponent; real ones are 3 or 65537.
const LONGEST_EXPONENT_BITS: u32 = 33;

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// Base64 with or without its trailing `=`: copying by hand loses them.
const FORGIVING_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An RSA public key that passed all checks: an odd modulus of 1024 to 4096 bits, an odd exponent of 2 to 33 bits.
#[derive(Debug)]
pub(super) struct PublicNumbers {
    /// Big-endian, without leading zeros.
    modulus: Vec<u8>,
    exponent: u64,
}

impl PublicNumbers {
    /// Reads PEM, DER or bare base64.
    pub(super) fn read(input: &[u8]) -> Result<Self, CipherError> {
        let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
        if input.trim_ascii().is_empty() {
            return Err(CipherError::EmptyKey);
        }
        let text = String::from_utf8_lossy(input);
        if let Some(begin) = text.find(BEGIN) {
            return Self::read_pem(&text[begin + BEGIN.len()..]);
        }
        // The DER of a key this long has length octets above 0x7F, so plain ASCII is never DER.
        if !input.is_ascii() {
            return Self::read_der(input);
        }
        let text = text.trim();
        if text.contains(DASHES) {
            Err(CipherError::BrokenPem)
        } else if text.starts_with("ssh-") || text.starts_with("ecdsa-") {
            Err(CipherError::OpenSshKey)
        } else {
            Self::read_der(&decode_base64(text)?)
        }
    }

    /// Reads what follows `-----BEGIN `.
    fn read_pem(rest: &str) -> Result<Self, CipherError> {
        let (label, rest) = rest.split_once(DASHES).ok_or(CipherError::BrokenPem)?;
        if label.contains("PRIVATE KEY") {
            return Err(CipherError::PrivateKey);
        }
        if label.contains("CERTIFICATE") {
            return Err(CipherError::Certificate);
        }
        match label {
            // The label is not held against the contents: PKCS#1 under PUBLIC KEY is a common slip.
            "PUBLIC KEY" | "RSA PUBLIC KEY" => {}
            "EC PUBLIC KEY" | "EC PARAMETERS" | "DSA PUBLIC KEY" => return Err(CipherError::NotRsa),
            _ => return Err(CipherError::UnexpectedPem),
        }
        let (body, _) = rest.split_once(&format!("-----END {label}-----")).ok_or(CipherError::BrokenPem)?;
        if body.contains(DASHES) {
            return Err(CipherError::BrokenPem);
        }
        Self::read_der(&decode_base64(body)?)
    }

    fn read_der(der: &[u8]) -> Result<Self, CipherError> {
        if let Ok(key) = RsaPublicKeyRef::from_der(der) {
            return Self::checked(&key);
        }
        let Ok(info) = SubjectPublicKeyInfoRef::from_der(der) else {
            return Err(name_foreign_der(der).unwrap_or(CipherError::BrokenDer));
        };
        if info.algorithm.oid != ALGORITHM_OID {
            return Err(CipherError::NotRsa);
        }
        let key = info.subject_public_key.as_bytes().ok_or(CipherError::BrokenDer)?;
        Self::checked(&RsaPublicKeyRef::from_der(key).map_err(|_| CipherError::BrokenDer)?)
    }

    fn checked(key: &RsaPublicKeyRef<'_>) -> Result<Self, CipherError> {
        let modulus = without_leading_zeros(key.modulus.as_bytes());
        let bits = bit_length(modulus);
        if bits < SMALLEST_KEY_BITS {
            return Err(CipherError::KeyTooSmall { bits });
        }
        if bits > LARGEST_KEY_BITS {
            return Err(CipherError::KeyTooLarge { bits });
        }
        if modulus.last().is_none_or(|last| last % 2 == 0) {
            return Err(CipherError::EvenModulus);
        }
        let exponent = read_exponent(key.public_exponent.as_bytes())?;
        Ok(Self { modulus: modulus.to_vec(), exponent })
    }

    /// The modulus, big-endian, without leading zeros.
    pub(super) fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// The public exponent: odd, 3 to 2³³ − 1.
    pub(super) fn exponent(&self) -> u64 {
        self.exponent
    }

    /// The key's length in bits.
    pub(super) fn bits(&self) -> usize {
        bit_length(&self.modulus)
    }

    /// The key as SubjectPublicKeyInfo, written anew: what came in may have been PKCS#1 or lack the parameters' NULL.
    pub(super) fn to_spki_der(&self) -> Result<Vec<u8>, CipherError> {
        let exponent = self.exponent.to_be_bytes();
        let encode = || {
            let key = RsaPublicKeyRef {
                modulus: UintRef::new(&self.modulus)?,
                public_exponent: UintRef::new(&exponent)?,
            }
            .to_der()?;
            SubjectPublicKeyInfo {
                algorithm: ALGORITHM_ID,
                subject_public_key: BitStringRef::from_bytes(&key)?,
            }
            .to_der()
        };
        encode().map_err(|_: pkcs1::der::Error| CipherError::KeyRefused)
    }
}

/// Decodes base64, ignoring white space and line ends that were escaped (`\n`) to fit a property or a variable.
///
/// The result is wiped when dropped, for it may turn out to be a private key.
fn decode_base64(text: &str) -> Result<Zeroizing<Vec<u8>>, CipherError> {
    let words =
        text.split_ascii_whitespace().flat_map(|word| word.split("\\n")).flat_map(|word| word.split("\\r"));
    let compact = Zeroizing::new(words.collect::<String>());
    FORGIVING_BASE64.decode(compact.as_bytes()).map(Zeroizing::new).map_err(|_| CipherError::BrokenBase64)
}

/// Tells what a well-formed piece of DER is, if it is not a public key.
fn name_foreign_der(der: &[u8]) -> Option<CipherError> {
    let mut outer = open_sequence(der)?;
    match Tag::peek(&outer).ok()? {
        // A version and then the key: PKCS#1 and PKCS#8 private keys, and the EC one (SEC 1).
        Tag::Integer => {
            let version = outer.tlv_bytes().ok()?;
            let is_version = matches!(version, [_, 1, 0 | 1]);
            let is_private =
                matches!(Tag::peek(&outer).ok()?, Tag::Integer | Tag::Sequence | Tag::OctetString);
            (is_version && is_private).then_some(CipherError::PrivateKey)
        }
        Tag::Sequence => {
            let inner = open_sequence(outer.tlv_bytes().ok()?)?;
            match Tag::peek(&inner).ok()? {
                // An encrypted PKCS#8 private key: the algorithm, then the ciphertext.
                Tag::ObjectIdentifier => {
                    (Tag::peek(&outer).ok()? == Tag::OctetString).then_some(CipherError::PrivateKey)
                }
                // A certificate begins with its version, or in version 1 and in a request with a number.
                Tag::ContextSpecific { .. } | Tag::Integer => Some(CipherError::Certificate),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A reader on the contents of the sequence that `der` begins with.
fn open_sequence(der: &[u8]) -> Option<SliceReader<'_>> {
    let mut reader = SliceReader::new(der).ok()?;
    let header = reader.decode::<pkcs1::der::Header>().ok()?;
    let contents = reader.read_slice(header.length()).ok()?;
    if header.tag() == Tag::Sequence { SliceReader::new(contents).ok() } else { None }
}

fn read_exponent(bytes: &[u8]) -> Result<u64, CipherError> {
    let exponent = without_leading_zeros(bytes).iter().try_fold(0_u64, |value, byte| {
        value.checked_mul(256).map(|value| value | u64::from(*byte)).ok_or(CipherError::ExponentTooLarge)
    })?;
    if exponent >> LONGEST_EXPONENT_BITS != 0 {
        Err(CipherError::ExponentTooLarge)
    } else if exponent < 3 {
        Err(CipherError::ExponentTooSmall)
    } else if exponent % 2 == 0 {
        Err(CipherError::EvenExponent)
    } else {
        Ok(exponent)
    }
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}

fn bit_length(modulus: &[u8]) -> usize {
    modulus.first().map_or(0, |first| modulus.len() * 8 - first.leading_zeros() as usize)
}
