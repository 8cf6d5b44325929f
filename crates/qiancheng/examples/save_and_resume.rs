//! A session that outlives its process: `cargo run -p qiancheng --example save_and_resume`.
//!
//! The first half runs when a web page asks for the captcha, the second when the borrower has typed it in. Between
//! them there is a text, which only holders of the key can read.
#![allow(clippy::print_stdout, reason = "an example shows what it gets")]

use std::error::Error;
use std::io::stdin;
use std::thread::sleep;

use qiancheng::api::telecom::OpenId;
use qiancheng::blocking::Client;
use qiancheng::session::{SaveKey, Step};

fn main() -> Result<(), Box<dyn Error>> {
    // 32 random bytes of your own, from wherever you keep secrets.
    let key = SaveKey::new([7; 32]);
    let (saved, challenge) = first_request(&key)?;
    println!("saved in {} characters, waiting for {challenge}", saved.len());
    let mut answer = String::new();
    stdin().read_line(&mut answer)?;
    second_request(&key, &saved, &challenge, answer.trim())
}

/// Opens a session and leads it to its first challenge.
fn first_request(key: &SaveKey) -> Result<(String, String), Box<dyn Error>> {
    let session = Client::from_env()?.telecom().open(OpenId {
        name: "张三".into(),
        id_card: "110101199003070011".into(),
        mobile: "13800138000".into(),
        service_password: "123789".into(),
        options: None,
    })?;
    loop {
        match session.poll()? {
            Step::NeedsInput { challenge } => return Ok((session.save(key)?, challenge.id().to_owned())),
            Step::Working { poll_after, .. } => sleep(poll_after),
            over => return Err(format!("nothing to ask: {over:?}").into()),
        }
    }
}

/// Takes the session up again, hands the answer in and waits for the data.
fn second_request(key: &SaveKey, saved: &str, challenge: &str, answer: &str) -> Result<(), Box<dyn Error>> {
    let session = Client::from_env()?.resume(key, saved)?;
    session.submit_by_id(challenge, answer.into())?;
    for step in session.steps() {
        if let Step::NeedsInput { challenge } = step? {
            return Err(format!("asked again: {} (try {})", challenge.prompt(), challenge.attempt()).into());
        }
    }
    println!("raw data: {} bytes", session.raw_data()?.text().len());
    Ok(())
}
