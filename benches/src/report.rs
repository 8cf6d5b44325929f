//! The chapter of results: for people, in Markdown. `benches/run` puts it into `RESULTS.md`.

use std::fmt::Write;
use std::process::Command;

use jiff::Timestamp;

use crate::harness::Sample;
use crate::races::{Figure, Outcome};
use crate::{Result, machine};

/// The whole chapter.
pub(crate) fn chapter(outcomes: &[Outcome]) -> Result<String> {
    let mut page = String::new();
    writeln!(page, "## From Rust\n\n{}", introduction()?)?;
    for outcome in outcomes {
        write!(page, "\n### {}\n\n{}\n\n", outcome.title, outcome.work)?;
        table(&mut page, outcome)?;
        writeln!(page, "\nTarget: {}.", outcome.target)?;
    }
    Ok(page)
}

fn introduction() -> Result<String> {
    let libcurl = curl::Version::get();
    Ok(format!(
        "The server is a small one of the bench's own. A ratio is a row's time, or for calls a second its speed, against \
         the row of 1.00.\n\n\
         | | |\n|---|---|\n\
         | run | {date} |\n\
         | machine | {processor}, {cores} processors, {kernel} |\n\
         | compiler | {compiler} |\n\
         | libcurl | {libcurl} |\n\
         | reqwest | {reqwest} |\n\
         | openssl | {openssl} |\n\
         | flate2 | {flate2} on zlib-rs {zlib} |",
        date = Timestamp::now().strftime("%Y-%m-%d %H:%M UTC"),
        processor = machine::processor(),
        cores = machine::cores()?.len(),
        kernel = machine::kernel(),
        compiler = compiler(),
        libcurl = libcurl.version(),
        reqwest = locked("reqwest")?,
        openssl = openssl::version::version(),
        flate2 = locked("flate2")?,
        zlib = locked("zlib-rs")?,
    ))
}

fn table(page: &mut String, outcome: &Outcome) -> Result<()> {
    let cpu = |sample: &Sample| sample.cpu;
    let wall = |sample: &Sample| sample.wall;
    let reference = outcome.tracks.iter().find(|track| track.name == outcome.reference);
    let (unit, scale, faster) = match outcome.figure {
        Figure::Microseconds => ("µs", 1e6, false),
        Figure::Milliseconds => ("ms", 1e3, false),
        Figure::Throughput => ("calls", 1.0, true),
    };
    if faster {
        writeln!(
            page,
            "| | calls a second | calls a CPU second | ratio | CPU ratio |\n|---|--:|--:|--:|--:|"
        )?;
    } else {
        writeln!(page, "| | CPU, {unit} | wall, {unit} | CPU ratio | wall ratio |\n|---|--:|--:|--:|--:|")?;
    }
    for track in &outcome.tracks {
        let shown = |seconds: f64| {
            if faster { format!("{:.0}", 1.0 / seconds) } else { format!("{:.1}", seconds * scale) }
        };
        let ratio = |measure: fn(&Sample) -> f64| match reference {
            Some(reference) if faster => format!("{:.2}", reference.ratio(track, measure)),
            Some(reference) => format!("{:.2}", track.ratio(reference, measure)),
            None => "—".to_owned(),
        };
        let order =
            if faster { [wall as fn(&Sample) -> f64, cpu] } else { [cpu as fn(&Sample) -> f64, wall] };
        let [first, second] = order;
        writeln!(
            page,
            "| {} | {} | {} | {} | {} |",
            track.name,
            shown(track.median(first)),
            shown(track.median(second)),
            ratio(first),
            ratio(second)
        )?;
    }
    Ok(())
}

fn compiler() -> String {
    let output =
        Command::new("rustc").arg("--version").output().ok().filter(|output| output.status.success());
    output.map_or_else(
        || "unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

/// The version of a dependency that this program was built with.
fn locked(name: &str) -> Result<&'static str> {
    let lock = include_str!("../../Cargo.lock");
    let entry = format!("name = \"{name}\"\nversion = \"");
    let at = lock.find(&entry).ok_or_else(|| format!("{name} is not a dependency"))? + entry.len();
    lock[at..].split('"').next().ok_or_else(|| "the lock file is broken".into())
}
