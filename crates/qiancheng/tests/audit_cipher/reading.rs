//! A public key is read in every dress it comes in, and anything else is named for what it is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use qiancheng::{AuditCipher, CipherError};
use rsa::PublicKey;

use crate::keys::{PRIVATE_KEYS, pem, pkcs1_der, pkcs1_pem, private_key, spki_der, spki_pem};

fn read(bytes: impl AsRef<[u8]>) -> Result<usize, CipherError> {
    AuditCipher::from_public_key(bytes.as_ref()).map(|cipher| cipher.key_bits().expect("has a key"))
}

fn public_key() -> PublicKey {
    private_key(pem!("rsa2048")).to_public_key()
}

/// A PKCS#1 public key of any numbers at all.
fn pkcs1_of(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    sequence(&[integer(modulus), integer(exponent)].concat())
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    let sign: &[u8] = if bytes[0] > 0x7F { &[0] } else { &[] };
    tagged(0x02, &[sign, bytes].concat())
}

fn sequence(contents: &[u8]) -> Vec<u8> {
    tagged(0x30, contents)
}

fn tagged(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let header = match (u8::try_from(length), u16::try_from(length).expect("short").to_be_bytes()) {
        (Ok(short @ ..0x80), _) => vec![tag, short],
        (Ok(long), _) => vec![tag, 0x81, long],
        (Err(_), [high, low]) => vec![tag, 0x82, high, low],
    };
    [header.as_slice(), contents].concat()
}

/// An odd number of this many bits.
fn odd_modulus(bits: usize) -> Vec<u8> {
    let mut modulus = vec![0xA5; bits.div_ceil(8)];
    modulus[0] = 0xFF >> (modulus.len() * 8 - bits);
    modulus
}

#[test]
fn all_forms_of_all_keys_are_read() {
    for (bits, pem) in PRIVATE_KEYS {
        let key = private_key(pem).to_public_key();
        assert_eq!(read(spki_pem(&key)), Ok(bits));
        assert_eq!(read(spki_der(&key)), Ok(bits));
        assert_eq!(read(pkcs1_pem(&key)), Ok(bits));
        assert_eq!(read(pkcs1_der(&key)), Ok(bits));
    }
}

#[test]
fn keys_as_openssl_writes_them_are_read() {
    assert_eq!(read(pem!("rsa2048_public")), Ok(2048));
    assert_eq!(read(pem!("rsa2048_public_pkcs1")), Ok(2048));
}

#[test]
fn what_copying_does_to_a_key_is_forgiven() {
    let pem = spki_pem(&public_key());
    let base64 = STANDARD.encode(spki_der(&public_key()));
    let pkcs1_base64 = STANDARD.encode(pkcs1_der(&public_key()));
    for (what, text) in [
        ("CRLF", pem.replace('\n', "\r\n")),
        ("CR", pem.replace('\n', "\r")),
        ("no trailing newline", pem.trim_end().to_owned()),
        ("white space around", format!("\n\t  {pem}  \n\n")),
        ("indented lines", pem.replace('\n', "\n    ")),
        ("byte order mark", format!("\u{feff}{pem}")),
        ("a comment before", format!("# 前程征信公钥\n{pem}")),
        ("escaped newlines", pem.replace('\n', "\\n")),
        ("escaped CRLF", pem.replace('\n', "\\r\\n")),
        ("one line", pem.replace('\n', "")),
        ("wrong label", pkcs1_pem(&public_key()).replace("RSA PUBLIC KEY", "PUBLIC KEY")),
        ("bare base64", base64.clone()),
        ("bare base64 of PKCS#1", pkcs1_base64),
        ("bare base64 without padding", base64.trim_end_matches('=').to_owned()),
        ("bare base64 in lines", format!(" {}\r\n{}\r\n", &base64[..64], &base64[64..])),
    ] {
        assert_eq!(read(&text), Ok(2048), "{what}");
    }
}

#[test]
fn parameters_of_the_algorithm_may_be_missing() {
    let rsa_encryption = tagged(0x06, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]);
    let key = tagged(0x03, &[&[0], pkcs1_der(&public_key()).as_slice()].concat());
    let without_null = sequence(&[sequence(&rsa_encryption), key].concat());
    assert_eq!(read(without_null), Ok(2048));
}

#[test]
fn what_is_no_public_rsa_key_is_named() {
    for (what, text, error) in [
        ("nothing", "", CipherError::EmptyKey),
        ("white space", " \r\n\t", CipherError::EmptyKey),
        ("PKCS#8", pem!("rsa2048"), CipherError::PrivateKey),
        ("PKCS#1 private", pem!("rsa2048_private_pkcs1"), CipherError::PrivateKey),
        ("encrypted PKCS#8", pem!("rsa2048_private_encrypted"), CipherError::PrivateKey),
        ("EC private", pem!("ec_private"), CipherError::PrivateKey),
        ("certificate", pem!("certificate"), CipherError::Certificate),
        ("request", pem!("certificate_request"), CipherError::Certificate),
        ("EC", pem!("ec_public"), CipherError::NotRsa),
        ("Ed25519", pem!("ed25519_public"), CipherError::NotRsa),
        ("RSA-PSS", pem!("rsa_pss_public"), CipherError::NotRsa),
        ("512 bits", pem!("rsa512_public"), CipherError::KeyTooSmall { bits: 512 }),
        ("1023 bits", pem!("rsa1023_public"), CipherError::KeyTooSmall { bits: 1023 }),
        ("4104 bits", pem!("rsa4104_public"), CipherError::KeyTooLarge { bits: 4104 }),
        ("OpenSSH", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAA user@host", CipherError::OpenSshKey),
        (
            "other PEM",
            "-----BEGIN PGP MESSAGE-----\nAA==\n-----END PGP MESSAGE-----",
            CipherError::UnexpectedPem,
        ),
        ("no base64", "/etc/qiancheng/key.pem?", CipherError::BrokenBase64),
        ("base64 of nothing much", "AAAA", CipherError::BrokenDer),
    ] {
        assert_eq!(read(text), Err(error), "{what}");
    }
}

#[test]
fn private_keys_and_certificates_are_named_without_their_armour() {
    for (pem, error) in [
        (pem!("rsa2048"), CipherError::PrivateKey),
        (pem!("rsa2048_private_pkcs1"), CipherError::PrivateKey),
        (pem!("rsa2048_private_encrypted"), CipherError::PrivateKey),
        (pem!("ec_private"), CipherError::PrivateKey),
        (pem!("certificate"), CipherError::Certificate),
        (pem!("certificate_request"), CipherError::Certificate),
        (pem!("ec_public"), CipherError::NotRsa),
    ] {
        let base64: String = pem
            .lines()
            .skip_while(|line| !line.starts_with("-----"))
            .filter(|line| !line.starts_with('-'))
            .collect();
        assert_eq!(read(&base64), Err(error));
        assert_eq!(read(STANDARD.decode(&base64).expect("base64")), Err(error));
        let mislabelled = format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n");
        assert_eq!(read(&mislabelled), Err(error));
    }
}

#[test]
fn damage_is_told_apart() {
    let pem = spki_pem(&public_key());
    let der = spki_der(&public_key());
    for (what, text, error) in [
        ("no END", pem.replace("-----END PUBLIC KEY-----", ""), CipherError::BrokenPem),
        ("other END", pem.replace("END PUBLIC", "END RSA PUBLIC"), CipherError::BrokenPem),
        ("no BEGIN", pem.replace("-----BEGIN PUBLIC KEY-----", ""), CipherError::BrokenPem),
        ("cut in the label", "-----BEGIN PUBL".to_owned(), CipherError::BrokenPem),
        ("two BEGIN", format!("-----BEGIN PUBLIC KEY-----\n{pem}"), CipherError::BrokenPem),
        ("a stray character", pem.replacen("IBIj", "IB*j", 1), CipherError::BrokenBase64),
        (
            "a lost line",
            pem.lines().enumerate().filter(|(number, _)| *number != 3).map(|(_, line)| line).collect(),
            CipherError::BrokenDer,
        ),
    ] {
        assert_eq!(read(&text), Err(error), "{what}");
    }
    assert_eq!(read(&der[..der.len() - 1]), Err(CipherError::BrokenDer), "cut short");
    assert_eq!(read([der.as_slice(), b"\0"].concat()), Err(CipherError::BrokenDer), "trailing byte");
}

#[test]
fn bad_numbers_are_named() {
    let even = [odd_modulus(2040), vec![0x10]].concat();
    let good = odd_modulus(2048);
    for (what, der, error) in [
        ("even modulus", pkcs1_of(&even, &[3]), CipherError::EvenModulus),
        ("exponent 0", pkcs1_of(&good, &[0]), CipherError::ExponentTooSmall),
        ("exponent 1", pkcs1_of(&good, &[1]), CipherError::ExponentTooSmall),
        ("exponent 2", pkcs1_of(&good, &[2]), CipherError::ExponentTooSmall),
        ("exponent 4", pkcs1_of(&good, &[4]), CipherError::EvenExponent),
        ("exponent 65536", pkcs1_of(&good, &[1, 0, 0]), CipherError::EvenExponent),
        ("exponent of 34 bits", pkcs1_of(&good, &[2, 0, 0, 0, 1]), CipherError::ExponentTooLarge),
        ("exponent of 72 bits", pkcs1_of(&good, &[1; 9]), CipherError::ExponentTooLarge),
        ("4097 bits", pkcs1_of(&odd_modulus(4097), &[3]), CipherError::KeyTooLarge { bits: 4097 }),
        ("modulus 0", pkcs1_of(&[0], &[3]), CipherError::KeyTooSmall { bits: 0 }),
    ] {
        assert_eq!(read(STANDARD.encode(der)), Err(error), "{what}");
    }
}

#[test]
fn the_bounds_themselves_are_taken() {
    for bits in [1024, 1025, 1031, 2047, 2048, 2049, 4095, 4096] {
        let exponents: [&[u8]; 3] = [&[3], &[1, 0, 1], &[1, 0xFF, 0xFF, 0xFF, 0xFF]];
        for exponent in exponents {
            let cipher =
                AuditCipher::from_public_key(&pkcs1_of(&odd_modulus(bits), exponent)).expect("in bounds");
            assert_eq!(cipher.key_bits(), Some(bits));
            assert!(cipher.encrypt(b"{}").is_ok(), "{bits} bits");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = AuditCipher::from_public_key(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "(-----BEGIN (RSA )?PUBLIC KEY-----)?[ -~\\n]{0,300}(-----END PUBLIC KEY-----)?") {
        let _ = AuditCipher::from_public_key(text.as_bytes());
    }

    #[test]
    fn a_damaged_key_is_refused_or_encrypts(place in 0_usize..294, value: u8) {
        let mut der = spki_der(&public_key());
        der[place] = value;
        if let Ok(cipher) = AuditCipher::from_public_key(&der) {
            prop_assert!(cipher.key_bits().is_some_and(|bits| (1024..=4096).contains(&bits)));
            prop_assert!(cipher.encrypt(b"[]").is_ok());
        }
    }

    #[test]
    fn a_key_cut_short_is_refused(length in 0_usize..294) {
        prop_assert!(AuditCipher::from_public_key(&spki_der(&public_key())[..length]).is_err());
    }
}
