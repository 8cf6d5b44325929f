//! Opening `data` of `risk.audit`: which encoding and which padding it came in is found out, not asked.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey, LineEnding};
use rsa::traits::PublicKeyParts;
use rsa::{Oaep, PrivateKey};
use serde_json::Value;

use crate::config::AuditKey;
use crate::error::StartError;
use crate::wire::read_json;

const PUBLISHED: &str = include_str!("../keys/sandbox_audit_key.pem");

/// The private half, and the public half as PEM for callers.
pub(crate) struct Opener {
    key: PrivateKey,
    public_pem: String,
}

/// How blocks are padded. OAEP names the digest of the label and that of the mask, which some platforms leave at SHA-1.
#[derive(Debug, Clone, Copy)]
enum Padding {
    Pkcs1v15,
    OaepSha1,
    OaepSha256,
    OaepSha256MaskSha1,
}

const PADDINGS: [Padding; 4] =
    [Padding::Pkcs1v15, Padding::OaepSha1, Padding::OaepSha256, Padding::OaepSha256MaskSha1];

impl Opener {
    pub(crate) fn new(from: &AuditKey) -> Result<Self, StartError> {
        let wrong = |error: &dyn std::fmt::Display| StartError::AuditKey(error.to_string());
        let read = |pem: &str| {
            // Text before the PEM is a remark.
            let pem = pem.find("-----BEGIN").map_or(pem, |at| &pem[at..]);
            PrivateKey::from_pkcs8_pem(pem)
                .or_else(|_| PrivateKey::from_pkcs1_pem(pem))
                .map_err(|error| wrong(&error))
        };
        let key = match from {
            AuditKey::Published => read(PUBLISHED)?,
            AuditKey::Pem(pem) => read(pem)?,
            AuditKey::Generated(bits) if !(1024..=4096).contains(bits) => {
                return Err(StartError::AuditKey(format!("{bits} bits: 1024 to 4096 are allowed")));
            }
            AuditKey::Generated(bits) => {
                PrivateKey::new(&mut getrandom::SysRng, *bits).map_err(|error| wrong(&error))?
            }
        };
        let public_pem =
            key.to_public_key().to_public_key_pem(LineEnding::LF).map_err(|error| wrong(&error))?;
        Ok(Self { key, public_pem })
    }

    pub(crate) fn public_pem(&self) -> &str {
        &self.public_pem
    }

    /// The JSON that `data` holds: encrypted by one of the known ways, or plain. What is wrong is told in the vendor's language.
    pub(crate) fn open(&self, data: &str) -> Result<Value, String> {
        let text = data.trim();
        if text.starts_with('{') {
            return read_json(text.as_bytes()).map_err(|why| format!("data {why}"));
        }
        let ciphertext = self.decode(text)?;
        let mut last = None;
        for padding in PADDINGS {
            // A wrong padding can look right by chance; JSON inside it can't.
            match self.decrypt(padding, &ciphertext).map(|plain| read_json(&plain)) {
                Some(Ok(value)) => return Ok(value),
                Some(Err(why)) => last = Some(why),
                None => {}
            }
        }
        match last {
            Some(why) => Err(format!("data 解密后{why}")),
            None => Err("data 无法用审核公钥对应的私钥解密为 JSON".to_owned()),
        }
    }

    /// Hexadecimal, base64 or its URL-safe form, with or without padding and line breaks; a whole number of blocks.
    fn decode(&self, text: &str) -> Result<Vec<u8>, String> {
        let compact: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let candidates = [
            hex::decode(&compact).ok(),
            GeneralPurpose::new(&STANDARD, config).decode(&compact).ok(),
            GeneralPurpose::new(&URL_SAFE, config).decode(&compact).ok(),
        ];
        if candidates.iter().all(Option::is_none) {
            return Err("data 既不是 base64 也不是十六进制".to_owned());
        }
        let block = self.key.size();
        candidates
            .into_iter()
            .flatten()
            .find(|bytes| !bytes.is_empty() && bytes.len() % block == 0)
            .ok_or_else(|| format!("data 密文长度不是 {block} 字节的整数倍"))
    }

    /// The plain bytes, if they begin as a JSON object does. The rest is not opened otherwise: PKCS#1 v1.5 with a wrong
    /// padding gives made-up bytes rather than an error, so that only the content tells.
    fn decrypt(&self, padding: Padding, ciphertext: &[u8]) -> Option<Vec<u8>> {
        let mut plain = Vec::with_capacity(ciphertext.len());
        for block in ciphertext.chunks(self.key.size()) {
            let opened = match padding {
                Padding::Pkcs1v15 => self.key.pkcs1v15_decrypt(block),
                Padding::OaepSha1 => self.key.decrypt(Oaep::<sha1::Sha1>::new(), block),
                Padding::OaepSha256 => self.key.decrypt(Oaep::<sha2::Sha256>::new(), block),
                Padding::OaepSha256MaskSha1 => {
                    self.key.decrypt(Oaep::<sha2::Sha256, sha1::Sha1>::new_with_mgf_hash(), block)
                }
            };
            plain.extend_from_slice(&opened.ok()?);
            if !plain.trim_ascii_start().starts_with(b"{") {
                return None;
            }
        }
        Some(plain)
    }
}
