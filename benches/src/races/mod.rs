//! What is measured, a file for each kind of work.

mod audit;
mod calls;
mod document;
mod flight;
mod from_c;

use crate::harness::{Plan, Track};
use crate::server::Server;
use crate::{Result, machine};

/// A race that has been run.
pub(crate) struct Outcome {
    pub(crate) title: String,
    /// What everyone did, in a sentence or two.
    pub(crate) work: String,
    pub(crate) figure: Figure,
    /// What the others are compared with.
    pub(crate) reference: &'static str,
    /// What this project wants to reach.
    pub(crate) target: &'static str,
    pub(crate) tracks: Vec<Track>,
}

/// How a race's figures are best read.
#[derive(Clone, Copy)]
pub(crate) enum Figure {
    /// Microseconds for one unit, less is better.
    Microseconds,
    /// Milliseconds for one unit, less is better.
    Milliseconds,
    /// Units in a second, more is better.
    Throughput,
}

/// Where a race is run.
pub(crate) struct Course<'a> {
    pub(crate) plan: &'a Plan,
    /// The one processor for races on one.
    pub(crate) core: usize,
    /// A server on that processor.
    pub(crate) beside: &'a Server,
    /// A server on whichever processor is free.
    pub(crate) apart: &'a Server,
}

type Race = fn(&Course<'_>) -> Result<Vec<Outcome>>;

const RACES: [(&str, Race); 6] = [
    ("call", calls::one),
    ("flight", flight::run),
    ("threads", calls::threads),
    ("from-c", from_c::run),
    ("audit", audit::run),
    ("document", document::run),
];

/// Runs the races that the plan names.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Outcome>> {
    let core = *machine::cores()?.first().ok_or("this process may use no processor")?;
    let course = Course { plan, core, beside: &Server::start(Some(core))?, apart: &Server::start(None)? };
    let mut outcomes = Vec::new();
    for (name, race) in RACES.into_iter().filter(|(name, _)| plan.includes(name)) {
        outcomes.extend(race(&course).map_err(|error| format!("{name}: {error}"))?);
    }
    if outcomes.is_empty() {
        return Err(format!("there are these races: {}", RACES.map(|(name, _)| name).join(", ")).into());
    }
    Ok(outcomes)
}
