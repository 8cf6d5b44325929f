//! How fast raw data become tables: `cargo run --release -p qiancheng-tables --example decode_speed [FILE…]`.
//!
//! Without files it reads synthetic telecom raw data of about 1,500 and 10,000 calls. It prints the best time of many rounds
//! for the whole document and for its calls alone, and what two threads make of distinct documents.

use std::fmt::Write as _;
use std::io::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use qiancheng_sandbox::story::{Applicant, synthetic_applicant};
use qiancheng_tables::{Options, telecom_raw};
use serde_json::json;

const ROUNDS: u32 = 60;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut report = String::new();
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        for digit in ['6', '9'] {
            let [first, second] = [0, 1].map(|index| telecom(index, digit));
            let calls = json!({"transactions": [{"calls": first["transactions"][0]["calls"]}]}).to_string();
            measure(&mut report, &format!("{digit}, whole"), first.to_string().as_bytes())?;
            measure(&mut report, &format!("{digit}, calls"), calls.as_bytes())?;
            two_threads(&mut report, first.to_string().as_bytes(), second.to_string().as_bytes())?;
        }
    }
    for file in files {
        measure(&mut report, &file, &std::fs::read(&file)?)?;
    }
    std::io::stdout().write_all(report.as_bytes())?;
    Ok(())
}

/// Telecom raw data of a size chosen by the mobile number's last digit.
fn telecom(index: u64, digit: char) -> serde_json::Value {
    let person = synthetic_applicant(7, index);
    let mobile = format!("{}{digit}", &person.mobile[..10]);
    let as_of = "2018-01-31T04:00:00Z".parse().expect("a valid instant");
    Applicant::new(7, &person.name, &person.id_card, &mobile, as_of, &[]).telecom_raw_data()
}

fn measure(report: &mut String, name: &str, bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let mut best = Duration::MAX;
    let mut rows = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let tables = telecom_raw(bytes, &Options::default())?;
        best = best.min(start.elapsed());
        rows = tables.table("calls").map_or(0, qiancheng_tables::Table::num_rows);
    }
    #[allow(clippy::cast_precision_loss, reason = "megabytes")]
    let speed = bytes.len() as f64 / best.as_secs_f64() / 1e6;
    writeln!(report, "{name}: {rows} calls, {} KB, {best:.2?}, {speed:.0} MB/s", bytes.len() / 1000)?;
    Ok(())
}

/// The same work by one thread after another and by two at once.
fn two_threads(report: &mut String, first: &[u8], second: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let work = |bytes: &[u8]| (0..ROUNDS).all(|_| telecom_raw(bytes, &Options::default()).is_ok());
    let start = Instant::now();
    let alone = work(first) && work(second);
    let one = start.elapsed();
    let start = Instant::now();
    let together = thread::scope(|scope| {
        let other = scope.spawn(|| work(second));
        work(first) && other.join().unwrap_or(false)
    });
    let two = start.elapsed();
    writeln!(
        report,
        "two threads: {:.2} times one ({})",
        one.as_secs_f64() / two.as_secs_f64(),
        alone && together
    )?;
    Ok(())
}
