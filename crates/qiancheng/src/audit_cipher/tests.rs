//! What can't be seen from outside: the work does not depend on how many threads share it.

use rsa::pkcs8::DecodePrivateKey as _;
use rsa::{Pkcs1v15Encrypt, PrivateKey};

use super::*;

const KEY: &str = include_str!("../../tests/audit_cipher/keys/rsa1024.pem");
const KEY_LEN: usize = 128;
const BLOCK_LEN: usize = KEY_LEN - 11;

#[test]
fn any_number_of_threads_encrypts_every_block_once_and_in_place() {
    let private = PrivateKey::from_pkcs8_pem(KEY).expect("a test key");
    let public = rsa::pkcs8::EncodePublicKey::to_public_key_der(&private.to_public_key()).expect("encodes");
    let key =
        BlockCipher::new(&PublicNumbers::read(public.as_bytes()).expect("a good key")).expect("is taken");
    // A last piece that is not full, with a last block that is not.
    let blocks = 3 * BLOCKS_PER_PIECE + 5;
    let plain: Vec<u8> = (0_u32..).flat_map(u32::to_be_bytes).take(blocks * BLOCK_LEN - 7).collect();
    for threads in [1, 2, 3, 9] {
        let mut ciphertext = vec![0; blocks * KEY_LEN];
        encrypt_blocks(&key, Scheme::Pkcs1v15, &plain, &mut ciphertext, threads).expect("encrypts");
        let decrypted: Vec<_> = ciphertext
            .chunks(KEY_LEN)
            .flat_map(|block| private.decrypt(Pkcs1v15Encrypt, block).expect("decrypts"))
            .collect();
        assert!(decrypted == plain, "{threads} threads");
    }
}

#[test]
fn short_data_stays_on_the_calling_thread() {
    assert_eq!([0, 1, BLOCKS_PER_THREAD, 2 * BLOCKS_PER_THREAD - 1].map(threads_for), [1; 4]);
    assert!((1..=MOST_THREADS).contains(&threads_for(usize::MAX)));
}
