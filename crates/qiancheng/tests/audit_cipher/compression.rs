//! The gzip step gives gzip that decompresses to the body, and earns its time.

use std::io::Read as _;

use flate2::read::GzDecoder;
use proptest::prelude::*;
use qiancheng::{AuditCipher, Padding, TextEncoding};

use crate::keys::pem;

fn cipher() -> AuditCipher {
    AuditCipher::from_public_key(pem!("rsa2048_public").as_bytes()).expect("a good key")
}

fn decompress(compressed: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    GzDecoder::new(compressed).read_to_end(&mut body).expect("gzip");
    body
}

fn body_around(data: &str) -> String {
    format!(r#"{{"name":"张三","phone":13800000000,"id_card":"110101199003070000","data":"{data}"}}"#)
}

fn address_book(entries: usize) -> String {
    let entries = (0..entries).map(|entry| {
        format!(r#"{{"mobile":"138{:08}","name":"联系人{entry}"}}"#, entry * 7919 % 100_000_000)
    });
    format!(r#"{{"user_mobile_contacts":[{}]}}"#, entries.collect::<Vec<_>>().join(","))
}

#[test]
fn ciphertext_loses_what_its_alphabet_wastes() {
    for (encoding, share) in
        [(TextEncoding::Base64, 76), (TextEncoding::Base64Url, 76), (TextEncoding::Hex, 52)]
    {
        let cipher = cipher().encoding(encoding);
        let body = body_around(&cipher.encrypt(address_book(1000).as_bytes()).expect("encrypts"));
        let compressed = cipher.gzip(body.as_bytes()).expect("compresses");
        assert!(compressed.len() * 100 < body.len() * share, "{encoding:?}: {}", compressed.len());
        assert!(decompress(&compressed) == body.as_bytes());
    }
}

#[test]
fn plain_json_is_searched_for_repetitions() {
    for cipher in [cipher().padding(Padding::None), AuditCipher::unencrypted()] {
        let body = address_book(1000);
        let compressed = cipher.gzip(body.as_bytes()).expect("compresses");
        assert!(compressed.len() * 100 < body.len() * 30, "{}", compressed.len());
        assert!(decompress(&compressed) == body.as_bytes());
    }
}

proptest! {
    #[test]
    fn any_body_comes_back(body in proptest::collection::vec(any::<u8>(), 0..20_000)) {
        for cipher in [cipher(), AuditCipher::unencrypted()] {
            let compressed = cipher.gzip(&body).expect("compresses");
            prop_assert!(decompress(&compressed) == body);
        }
    }
}
