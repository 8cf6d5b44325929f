//! Blocking calls: one at a time, and from 32 threads.

use std::thread;

use crate::clients::bare::Bare;
use crate::clients::libcurl::Libcurl;
use crate::clients::ours;
use crate::clients::reqwest_blocking::ReqwestBlocking;
use crate::harness::{Contestant, Length, race};
use crate::machine::Pinned;
use crate::races::{Course, Figure, Outcome};
use crate::vendor::SEARCH_PATH;
use crate::{Failure, Result};

pub(crate) const THREADS: usize = 32;

/// One call at a time, client and server on one processor.
pub(crate) fn one(course: &Course<'_>) -> Result<Vec<Outcome>> {
    let _pinned = Pinned::to(course.core)?;
    let server = course.beside;
    let ours = ours::warm(server)?;
    let mut libcurl = Libcurl::new(server, SEARCH_PATH)?;
    let reqwest = ReqwestBlocking::new(server, SEARCH_PATH)?;
    let mut bare = Bare::new(server)?;
    let contestants = vec![
        Contestant::one_by_one("qiancheng", || ours::search(&ours)),
        Contestant::one_by_one("libcurl", || libcurl.search()),
        Contestant::one_by_one("reqwest::blocking", || reqwest.search()),
        Contestant::one_by_one("bare socket", || bare.search()),
    ];
    Ok(vec![Outcome {
        title: "One blocking call".to_owned(),
        work: "A blacklist lookup over a warm connection, with a warm token; client and server share one processor. \
               The processor time is the client's alone."
            .to_owned(),
        figure: Figure::Microseconds,
        reference: "libcurl",
        target: "≤ 1.00 of libcurl",
        tracks: race(course.plan, Length { rounds: 31, units: 400 }, contestants)?,
    }])
}

/// Lookups from 32 threads.
pub(crate) fn threads(course: &Course<'_>) -> Result<Vec<Outcome>> {
    let server = course.apart;
    let mut ours = vec![ours::warm(server)?; THREADS];
    let mut libcurl = Vec::new();
    libcurl.resize_with(THREADS, || Libcurl::new(server, SEARCH_PATH));
    let mut libcurl = libcurl.into_iter().collect::<Result<Vec<_>>>()?;
    let mut reqwest = vec![ReqwestBlocking::new(server, SEARCH_PATH)?; THREADS];
    let mut bare = Vec::new();
    bare.resize_with(THREADS, || Bare::new(server));
    let mut bare = bare.into_iter().collect::<Result<Vec<_>>>()?;
    let contestants = vec![
        Contestant::new("qiancheng", |units| on_threads(&mut ours, units, |client| ours::search(client))),
        Contestant::new("libcurl", |units| on_threads(&mut libcurl, units, Libcurl::search)),
        Contestant::new("reqwest::blocking", |units| {
            on_threads(&mut reqwest, units, |client| client.search())
        }),
        Contestant::new("bare socket", |units| on_threads(&mut bare, units, Bare::search)),
    ];
    Ok(vec![Outcome {
        title: format!("{THREADS} blocking threads"),
        work: "The same lookup from every thread, all processors. libcurl has a handle for each thread, the others \
               share one client."
            .to_owned(),
        figure: Figure::Throughput,
        reference: "libcurl",
        target: "≥ 1.00 of libcurl",
        tracks: race(course.plan, Length { rounds: 21, units: 3200 }, contestants)?,
    }])
}

/// Shares units of work among threads, one for each client.
pub(crate) fn on_threads<C: Send>(
    clients: &mut [C],
    units: u32,
    work: impl Fn(&mut C) -> Result<()> + Sync,
) -> Result<()> {
    let share = units / u32::try_from(clients.len())?;
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> = clients
            .iter_mut()
            .map(|client| scope.spawn(move || (0..share).try_for_each(|_| work(client))))
            .collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(Failure::from("a thread panicked"))))
    })
}
