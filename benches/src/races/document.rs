//! Raw data of 1.2 MB, from the wire to something a program can work with.

use crate::Result;
use crate::clients::libcurl::Libcurl;
use crate::clients::ours;
use crate::clients::reqwest_blocking::ReqwestBlocking;
use crate::harness::{Contestant, Length, race};
use crate::machine::Pinned;
use crate::races::{Course, Figure, Outcome};
use crate::vendor::{GZIP, PLAIN, RAW_DATA_PATH};

/// The answer as it is, and compressed.
pub(crate) fn run(course: &Course<'_>) -> Result<Vec<Outcome>> {
    let _pinned = Pinned::to(course.core)?;
    Ok(vec![fetched(course, PLAIN, "plain")?, fetched(course, GZIP, "gzip")?])
}

fn fetched(course: &Course<'_>, open_id: &'static str, how: &str) -> Result<Outcome> {
    let server = course.beside;
    let ours = ours::warm(server)?;
    let mut libcurl = Libcurl::new(server, RAW_DATA_PATH)?;
    let reqwest = ReqwestBlocking::new(server, RAW_DATA_PATH)?;
    let contestants = vec![
        Contestant::one_by_one("qiancheng, typed answer", || ours::document(&ours, open_id)),
        Contestant::one_by_one("qiancheng, JSON value", || ours::value(&ours, open_id)),
        Contestant::one_by_one("libcurl, JSON value", || libcurl.value(open_id)),
        Contestant::one_by_one("reqwest::blocking, JSON value", || reqwest.value(open_id)),
    ];
    Ok(Outcome {
        title: format!("Raw data of 1.2 MB, {how}"),
        work: format!(
            "A call for telecom raw data, answered {how}, client and server on one processor. The typed answer is a \
             checked document whose parts are read when they are asked for; a JSON value is all of it, parsed."
        ),
        figure: Figure::Milliseconds,
        reference: "libcurl, JSON value",
        target: "≤ 1.00 of libcurl, JSON value against JSON value",
        tracks: race(course.plan, Length { rounds: 21, units: 4 }, contestants)?,
    })
}
