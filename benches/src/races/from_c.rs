//! The C library beside the Rust one: what a call costs more, and whether threads get in each other's way.

use crate::Result;
use crate::clients::c_program::CProgram;
use crate::clients::ours;
use crate::harness::{Contestant, Length, race};
use crate::machine::Pinned;
use crate::races::calls::{THREADS, on_threads};
use crate::races::{Course, Figure, Outcome};

/// One at a time, and from many threads; nothing if there is no program.
pub(crate) fn run(course: &Course<'_>) -> Result<Vec<Outcome>> {
    let Some(program) = course.plan.c_program() else { return Ok(Vec::new()) };
    let one = {
        let _pinned = Pinned::to(course.core)?;
        let ours = ours::warm(course.beside)?;
        let mut c = CProgram::start(program, course.beside)?;
        let contestants = vec![
            Contestant::one_by_one("from Rust", || ours::search(&ours)),
            Contestant::measured("from C", |units| c.look_up(1, units)),
        ];
        race(course.plan, Length { rounds: 31, units: 400 }, contestants)?
    };
    let mut ours = vec![ours::warm(course.apart)?; THREADS];
    let mut c = CProgram::start(program, course.apart)?;
    let contestants = vec![
        Contestant::new("from Rust", |units| on_threads(&mut ours, units, |client| ours::search(client))),
        Contestant::measured("from C", |units| c.look_up(THREADS, units)),
    ];
    let many = race(course.plan, Length { rounds: 21, units: 3200 }, contestants)?;
    Ok(vec![
        Outcome {
            title: "From C, one call at a time".to_owned(),
            work: "The same lookup through `qc_blacklist_search` of the shared library that is released, from a program in C, \
                   with the answer read and freed; client and server share one processor."
                .to_owned(),
            figure: Figure::Microseconds,
            reference: "from Rust",
            target: "at most 3 µs of CPU more than from Rust",
            tracks: one,
        },
        Outcome {
            title: format!("From C, {THREADS} threads"),
            work: "The same from every thread, all processors; one client for all.".to_owned(),
            figure: Figure::Throughput,
            reference: "from Rust",
            target: "≥ 0.95 of Rust",
            tracks: many,
        },
    ])
}
