//! Sessions written down and taken up again elsewhere.

use qiancheng::ErrorKind;
use qiancheng::blocking::{Client, Session};
use qiancheng::session::{SaveKey, SessionKind, Step};

use crate::support::{ID_CARD, MOBILE, NAME, Vendor, assert_refused, next_challenge, person, right, walk};

fn key() -> SaveKey {
    SaveKey::new([7; 32])
}

/// The same session in a client of its own, as in another process.
fn elsewhere(vendor: &Vendor, session: &Session) -> Session {
    let client = vendor.builder().build_blocking().expect("a client");
    client.resume(&key(), &session.save(&key()).expect("saved")).expect("resumed")
}

#[test]
fn a_session_goes_on_elsewhere_from_wherever_it_stands() {
    let vendor = Vendor::start();
    let journeys = [
        (SessionKind::Telecom, "captcha_then_query"),
        (SessionKind::Telecom, "restart"),
        (SessionKind::Telecom, ""),
        (SessionKind::Degree, "slow_2"),
        (SessionKind::Ebank, "picture"),
        (SessionKind::EbankV2, "captcha_x2"),
    ];
    for (kind, password) in journeys {
        let whole = walk(&vendor.open(kind, password));
        // Taken up elsewhere before every single step.
        let mut session = vendor.open(kind, password);
        let mut words = Vec::new();
        loop {
            session = elsewhere(&vendor, &session);
            let step = session.poll().expect("a step");
            words.push(crate::support::word(&step));
            if let Step::NeedsInput { challenge } = &step {
                session = elsewhere(&vendor, &session);
                session.submit(challenge, right(challenge.kind())).expect("taken elsewhere");
            }
            if step.is_last() {
                break;
            }
        }
        assert_eq!(words.join(" "), whole, "{} {password}", kind.name());
        let session = elsewhere(&vendor, &session);
        assert_eq!(vendor.silent(|| session.poll()).expect("a step"), Step::Finished);
        assert!(session.raw_data().is_ok());
    }
}

#[test]
fn what_a_session_knows_of_itself_comes_along() {
    let vendor = Vendor::start();
    let session = vendor.client.open_session(SessionKind::EbankV2, person()).expect("a session");
    let resumed = elsewhere(&vendor, &session);
    assert_eq!(resumed.kind(), SessionKind::EbankV2);
    assert_eq!(resumed.open_id(), session.open_id());
    assert_eq!(resumed.expires_at(), session.expires_at());
    assert_eq!(resumed.provider(), session.provider());
    assert_refused(vendor.silent(|| resumed.poll()), ErrorKind::Session, "not logged in yet");
}

#[test]
fn a_challenge_is_answered_on_one_side_only() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    session.submit(&challenge, "123456").expect("answered here");
    let resumed = elsewhere(&vendor, &session);
    assert_refused(resumed.submit(&challenge, "123456"), ErrorKind::Challenge, "answered already");
    vendor.advance(600);
    assert_eq!(vendor.silent(|| resumed.poll()).expect("a step"), Step::Expired);
}

#[test]
fn a_cancelled_session_stays_cancelled() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    session.cancel();
    assert_refused(elsewhere(&vendor, &session).poll(), ErrorKind::Session, "cancelled");
}

#[test]
fn what_is_not_this_merchants_session_is_refused_and_says_why() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let saved = session.save(&key()).expect("saved");
    let refused = |client: &Client, key: &SaveKey, text: &str, words: &str| {
        assert_refused(vendor.silent(|| client.resume(key, text)), ErrorKind::Session, words);
    };

    let merchant = vendor.builder().account("other", "other-password").build_blocking().expect("a client");
    refused(&merchant, &key(), &saved, "another merchant or another host");
    let host = vendor.builder().base_url("https://credit.example").build_blocking().expect("a client");
    refused(&host, &key(), &saved, "another merchant or another host");
    refused(&vendor.client, &SaveKey::new([8; 32]), &saved, "under another key");
    refused(&vendor.client, &key(), &saved.replacen("qcs1.", "qcs9.", 1), "version");
    refused(&vendor.client, &key(), "", "not a saved session");
    refused(&vendor.client, &key(), &saved[..saved.len() / 2], "altered");
    refused(&vendor.client, &key(), "qcs1.", "altered or cut off");
    let flipped = |at: usize| {
        let other = if saved.as_bytes()[at] == b'A' { "B" } else { "A" };
        format!("{}{other}{}", &saved[..at], &saved[at + 1..])
    };
    for at in (5..saved.len()).step_by(7) {
        refused(&vendor.client, &key(), &flipped(at), "altered");
    }
    vendor.client.resume(&key(), &format!(" {saved}\n")).expect("white space around it is nobody's doing");
}

#[test]
fn a_key_has_32_bytes() {
    assert!(SaveKey::from_slice(&[7; 32]).is_ok());
    for length in [0, 16, 31, 33] {
        assert_refused(SaveKey::from_slice(&vec![7; length]), ErrorKind::Crypto, "32 bytes");
    }
    assert_eq!(format!("{:?}", key()), "SaveKey(****)");
}

#[test]
fn a_saved_session_shows_nothing() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "hunter2");
    let challenge = next_challenge(&session);
    session.submit(&challenge, "123456").expect("taken");
    let open_id = session.open_id();
    let saved = session.save(&key()).expect("saved");
    let bytes = base64::Engine::decode(
        &base64::engine::general_purpose::URL_SAFE_NO_PAD,
        saved.strip_prefix("qcs1.").expect("the version"),
    )
    .expect("base64");
    for text in [saved.as_bytes(), &bytes[..]] {
        for secret in [NAME, ID_CARD, MOBILE, "hunter2", "123456", open_id.expose(), "demo", "telecom"] {
            let found = text.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret}");
        }
    }
    assert_ne!(saved, session.save(&key()).expect("saved"), "no two are alike");
}
