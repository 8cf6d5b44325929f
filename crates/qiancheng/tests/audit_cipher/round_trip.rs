//! What is encrypted decrypts to the same bytes, for every key, padding, encoding and block boundary.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use qiancheng::{AuditCipher, CipherError, Padding, TextEncoding};
use rsa::sha2::Sha256;
use rsa::{Oaep, Pkcs1v15Encrypt, PrivateKey};
use sha1::Sha1;

use crate::keys::{PRIVATE_KEYS, pem, private_key, spki_der};

const ENCRYPTING: [Padding; 3] = [Padding::Pkcs1v15, Padding::OaepSha1, Padding::OaepSha256];

fn cipher_for(key: &PrivateKey, padding: Padding) -> AuditCipher {
    AuditCipher::from_public_key(&spki_der(&key.to_public_key())).expect("a good key").padding(padding)
}

fn decode(text: &str, encoding: TextEncoding) -> Vec<u8> {
    match encoding {
        TextEncoding::Base64 => STANDARD.decode(text).expect("base64"),
        TextEncoding::Base64Url => URL_SAFE.decode(text).expect("base64url"),
        TextEncoding::Hex => hex::decode(text).expect("hex"),
    }
}

/// Decrypts ciphertexts that follow each other, each as long as the key.
fn decrypt(key: &PrivateKey, padding: Padding, ciphertext: &[u8], key_len: usize) -> Vec<u8> {
    assert_eq!(ciphertext.len() % key_len, 0, "whole blocks");
    let blocks = ciphertext.chunks(key_len).map(|block| match padding {
        Padding::Pkcs1v15 => key.decrypt(Pkcs1v15Encrypt, block).expect("decrypts"),
        Padding::OaepSha1 => key.decrypt(Oaep::<Sha1>::new(), block).expect("decrypts"),
        Padding::OaepSha256 => key.decrypt(Oaep::<Sha256>::new(), block).expect("decrypts"),
        Padding::None => panic!("nothing to decrypt"),
    });
    blocks.collect::<Vec<_>>().concat()
}

/// Bytes without a pattern that a misplaced block could hide in.
fn plaintext(length: usize) -> Vec<u8> {
    (0..length).map(|index| u8::try_from((index * index / 7 + index) % 251).expect("below 256")).collect()
}

#[test]
fn every_padding_and_block_boundary_decrypts_under_every_key() {
    for (bits, pem) in PRIVATE_KEYS {
        let key = private_key(pem);
        for padding in ENCRYPTING {
            let cipher = cipher_for(&key, padding);
            let block = cipher.block_len().expect("encrypts");
            let key_len = bits.div_ceil(8);
            assert_eq!(cipher.key_bits(), Some(bits));
            for length in [0, 1, block - 1, block, block + 1, 2 * block, 10 * block] {
                let plain = plaintext(length);
                let ciphertext = decode(&cipher.encrypt(&plain).expect("encrypts"), TextEncoding::Base64);
                assert_eq!(ciphertext.len(), length.div_ceil(block) * key_len);
                let decrypted = decrypt(&key, padding, &ciphertext, key_len);
                assert!(decrypted == plain, "{bits} bits, {padding:?}, {length} bytes");
            }
        }
    }
}

#[test]
fn block_lengths_are_the_key_less_the_padding() {
    let key = private_key(pem!("rsa2048"));
    let lengths = Padding::ALL.map(|padding| cipher_for(&key, padding).block_len());
    assert_eq!(lengths, [Some(256 - 11), Some(256 - 42), Some(256 - 66), None]);
    let key = private_key(pem!("rsa1024"));
    assert_eq!(cipher_for(&key, Padding::Pkcs1v15).block_len(), Some(117));
}

#[test]
fn large_data_decrypts_in_order() {
    let plain = plaintext(200 * 1024);
    for (pem, key_len) in [(pem!("rsa1024"), 128), (pem!("rsa2048"), 256)] {
        let key = private_key(pem);
        let text = cipher_for(&key, Padding::Pkcs1v15).encrypt(&plain).expect("encrypts");
        let ciphertext = decode(&text, TextEncoding::Base64);
        assert!(decrypt(&key, Padding::Pkcs1v15, &ciphertext, key_len) == plain, "{key_len} bytes");
    }
}

#[test]
fn every_encoding_holds_the_same_blocks() {
    let key = private_key(pem!("rsa1024"));
    let plain = plaintext(1000);
    for padding in ENCRYPTING {
        for encoding in TextEncoding::ALL {
            let text = cipher_for(&key, padding).encoding(encoding).encrypt(&plain).expect("encrypts");
            assert!(!text.contains(char::is_whitespace), "one line");
            assert!(
                decrypt(&key, padding, &decode(&text, encoding), 128) == plain,
                "{padding:?} {encoding:?}"
            );
        }
    }
}

#[test]
fn equal_blocks_never_look_alike() {
    for pem in [pem!("rsa1024"), pem!("rsa2048")] {
        let key = private_key(pem);
        for padding in ENCRYPTING {
            let cipher = cipher_for(&key, padding);
            let plain = vec![b'a'; 200 * cipher.block_len().expect("encrypts")];
            let mut ciphertext = decode(&cipher.encrypt(&plain).expect("encrypts"), TextEncoding::Base64);
            ciphertext.extend(decode(&cipher.encrypt(&plain).expect("encrypts"), TextEncoding::Base64));
            let key_len = cipher.key_bits().expect("has a key") / 8;
            let mut blocks: Vec<_> = ciphertext.chunks(key_len).collect();
            blocks.sort_unstable();
            blocks.dedup();
            assert_eq!(blocks.len(), 400, "{padding:?}");
        }
    }
}

#[test]
fn no_padding_lets_the_text_through_in_every_encoding() {
    let json = r#"{"user_mobile_contacts":[{"name":"张三","mobile":"13800000000"}]}"#;
    let with_key = cipher_for(&private_key(pem!("rsa2048")), Padding::None);
    for encoding in TextEncoding::ALL {
        for cipher in [with_key.clone(), AuditCipher::unencrypted()] {
            let cipher = cipher.encoding(encoding);
            assert_eq!(cipher.encrypt(json.as_bytes()).as_deref(), Ok(json));
            assert_eq!(cipher.encrypt(b"\xff\xfe"), Err(CipherError::NotText));
        }
    }
    assert_eq!(AuditCipher::unencrypted().key_bits(), None);
}

#[test]
fn a_cipher_without_a_key_refuses_to_encrypt() {
    for padding in ENCRYPTING {
        let cipher = AuditCipher::unencrypted().padding(padding);
        assert_eq!(cipher.encrypt(b"{}"), Err(CipherError::KeyMissing));
        assert_eq!(cipher.block_len(), None);
    }
}

#[test]
fn names_lead_back_to_what_they_name() {
    for padding in Padding::ALL {
        assert_eq!(Padding::from_name(padding.name()), Some(padding));
    }
    for encoding in TextEncoding::ALL {
        assert_eq!(TextEncoding::from_name(encoding.name()), Some(encoding));
    }
    assert_eq!(Padding::from_name("PKCS1"), None);
    assert_eq!(TextEncoding::from_name(""), None);
}

#[test]
fn debug_output_shows_settings_and_no_key() {
    let cipher = cipher_for(&private_key(pem!("rsa1024")), Padding::OaepSha1);
    let text = format!("{cipher:?}");
    assert!(text.contains("1024") && text.contains("OaepSha1") && text.contains("Base64"), "{text}");
    assert!(text.len() < 120, "{text}");
}
