//! The audit's body: 200 KB of JSON, encrypted with RSA, as base64 in JSON, compressed.

use std::io::{Read, Write};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use openssl::pkey::{Private, Public};
use openssl::rsa::{Padding, Rsa};
use qiancheng::AuditCipher;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::harness::{Contestant, Length, Plan, race};
use crate::machine::Pinned;
use crate::races::{Course, Figure, Outcome};
use crate::{Failure, Result, machine, vendor};

const KEY_BITS: u32 = 2048;
/// What PKCS#1 v1.5 takes of every block.
const PADDING_BYTES: usize = 11;
const PLAIN_BYTES: usize = 200_000;

/// The request around the ciphertext.
#[derive(Serialize, Deserialize)]
struct Body<'a> {
    name: &'a str,
    id_card: &'a str,
    phone: u64,
    token: &'a str,
    data: &'a str,
}

/// On one thread, and on all processors.
pub(crate) fn run(course: &Course<'_>) -> Result<Vec<Outcome>> {
    let key = Rsa::generate(KEY_BITS)?;
    let plain = address_book();
    let one = {
        let _pinned = Pinned::to(course.core)?;
        encrypted(
            course.plan,
            &key,
            &plain,
            1,
            "on one thread",
            "≥ 1.10 times as fast as openssl + flate2 (level 3)",
        )?
    };
    let cores = machine::cores()?.len();
    let all = encrypted(
        course.plan,
        &key,
        &plain,
        cores,
        &format!("on {cores} processors"),
        "≥ 1.10 times as fast as openssl + flate2 (level 3)",
    )?;
    Ok(vec![one, all])
}

fn encrypted(
    plan: &Plan,
    key: &Rsa<Private>,
    clear: &[u8],
    threads: usize,
    how: &str,
    target: &'static str,
) -> Result<Outcome> {
    let pem = key.public_key_to_pem()?;
    let ours = AuditCipher::from_public_key(&pem)?;
    let openssl = Rsa::public_key_from_pem(&pem)?;
    let by_us = || ours.gzip(&body(&ours.encrypt(clear)?)?).map_err(Failure::from);
    let by_openssl = |level| gzip(&body(&STANDARD.encode(encrypt(&openssl, clear, threads)?))?, level);
    let mut sizes = Vec::new();
    for made in [by_us()?, by_openssl(Compression::new(3))?, by_openssl(Compression::default())?] {
        if decrypted(key, &made)? != clear {
            return Err("an audit body does not decrypt to what went in".into());
        }
        sizes.push(format!("{} KB", made.len().div_ceil(1000)));
    }
    let smallest = clear.len();
    let check =
        |made: Vec<u8>| if made.len() > smallest { Ok(()) } else { Err("the body is too short".into()) };
    let contestants = vec![
        Contestant::one_by_one("qiancheng", || check(by_us()?)),
        Contestant::one_by_one("openssl + flate2 (level 3)", || check(by_openssl(Compression::new(3))?)),
        Contestant::one_by_one("openssl + flate2 (level 6)", || check(by_openssl(Compression::default())?)),
    ];
    Ok(Outcome {
        title: format!("The audit's body, {how}"),
        work: format!(
            "200 KB of JSON → RSA-{KEY_BITS}, PKCS#1 v1.5, block by block → base64 → JSON → gzip. flate2 stands on \
             zlib-rs here; its default is level 6. Sizes: {}.",
            sizes.join(", ")
        ),
        figure: Figure::Milliseconds,
        reference: "openssl + flate2 (level 3)",
        target,
        tracks: race(plan, Length { rounds: 21, units: 4 }, contestants)?,
    })
}

/// What a careful user of the `openssl` crate writes: the blocks shared among threads.
fn encrypt(key: &Rsa<Public>, plain: &[u8], threads: usize) -> Result<Vec<u8>> {
    let (block, size) = (key.size() as usize - PADDING_BYTES, key.size() as usize);
    let blocks = plain.len().div_ceil(block);
    let share = blocks.div_ceil(threads);
    let mut ciphertext = vec![0; blocks * size];
    let run = |plain: &[u8], ciphertext: &mut [u8]| -> Result<()> {
        for (plain, ciphertext) in plain.chunks(block).zip(ciphertext.chunks_mut(size)) {
            key.public_encrypt(plain, ciphertext, Padding::PKCS1)?;
        }
        Ok(())
    };
    if threads == 1 {
        run(plain, &mut ciphertext)?;
        return Ok(ciphertext);
    }
    thread::scope(|scope| {
        let shares = plain.chunks(share * block).zip(ciphertext.chunks_mut(share * size));
        let running: Vec<_> = shares.map(|(plain, out)| scope.spawn(|| run(plain, out))).collect();
        running
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(Failure::from("a thread panicked"))))
    })?;
    Ok(ciphertext)
}

fn body(data: &str) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(data.len() + 256);
    let (name, id_card, token) = (vendor::NAME, vendor::ID_CARD, vendor::TOKEN);
    serde_json::to_writer(&mut out, &Body { name, id_card, phone: vendor::MOBILE.parse()?, token, data })?;
    Ok(out)
}

fn gzip(body: &[u8], level: Compression) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len()), level);
    encoder.write_all(body)?;
    Ok(encoder.finish()?)
}

/// The way back, as the vendor goes it.
fn decrypted(key: &Rsa<Private>, compressed: &[u8]) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    GzDecoder::new(compressed).read_to_end(&mut text)?;
    let body: Body<'_> = serde_json::from_slice(&text)?;
    let ciphertext = STANDARD.decode(body.data)?;
    let mut block = vec![0; key.size() as usize];
    let mut plain = Vec::with_capacity(ciphertext.len());
    for chunk in ciphertext.chunks(key.size() as usize) {
        let length = key.private_decrypt(chunk, &mut block, Padding::PKCS1)?;
        plain.extend_from_slice(&block[..length]);
    }
    Ok(plain)
}

/// The bulk of an audit: the phone's address book, all made up, as JSON.
fn address_book() -> Vec<u8> {
    let mut plain = b"{\"user_mobile_contacts\":[".to_vec();
    let mut seq = 0_u64;
    while plain.len() < PLAIN_BYTES {
        let contact =
            json!({"mobile": format!("138{:08}", seq * 7919 % 100_000_000), "name": format!("联系人{seq}")});
        plain.extend_from_slice(contact.to_string().as_bytes());
        plain.push(b',');
        seq += 1;
    }
    plain.pop();
    plain.extend_from_slice(b"]}");
    plain
}
