//! Rounds, interleaved: whatever else the machine does meanwhile, it does to all of them.
//!
//! A round gives every contestant the same amount of work, one after the other, and each round begins with
//! another of them. A contestant's figure is the median of its rounds; a ratio is the median of the rounds' ratios.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::time::{ClockId, clock_gettime};

use crate::Result;

/// What this run is to do.
pub(crate) struct Plan {
    names: Vec<String>,
    only: Option<String>,
    quick: bool,
    file: Option<PathBuf>,
    c_program: Option<PathBuf>,
}

impl Plan {
    pub(crate) fn read(arguments: &[String]) -> Result<Self> {
        let mut plan = Self { names: Vec::new(), only: None, quick: false, file: None, c_program: None };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => plan.quick = true,
                "--only" => {
                    plan.only = Some(arguments.next().ok_or("--only needs a contestant's name")?.clone());
                }
                "--write" => plan.file = Some(arguments.next().ok_or("--write needs a file")?.into()),
                "--c-program" => {
                    plan.c_program = Some(arguments.next().ok_or("--c-program needs a file")?.into());
                }
                option if option.starts_with('-') => return Err(format!("unknown option {option}").into()),
                name => plan.names.push(name.to_owned()),
            }
        }
        Ok(plan)
    }

    /// Where the results are kept, if everything is measured.
    pub(crate) fn file(&self) -> Option<&Path> {
        let whole = self.names.is_empty() && self.only.is_none() && !self.quick;
        self.file.as_deref().filter(|_| whole)
    }

    /// The contestant in C, if there is one.
    pub(crate) fn c_program(&self) -> Option<&Path> {
        self.c_program.as_deref()
    }

    pub(crate) fn includes(&self, race: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|name| name == race)
    }

    fn invites(&self, contestant: &str) -> bool {
        self.only.as_ref().is_none_or(|only| contestant.contains(only.as_str()))
    }
}

/// Somebody who can do a number of units of the work.
pub(crate) struct Contestant<'a> {
    name: &'static str,
    work: Box<dyn FnMut(u32) -> Result<Sample> + 'a>,
}

impl<'a> Contestant<'a> {
    pub(crate) fn new(name: &'static str, mut work: impl FnMut(u32) -> Result<()> + 'a) -> Self {
        Self::measured(name, move |units| timed(units, &mut work))
    }

    /// A contestant in another process, who says what one unit took.
    pub(crate) fn measured(name: &'static str, work: impl FnMut(u32) -> Result<Sample> + 'a) -> Self {
        Self { name, work: Box::new(work) }
    }

    /// A contestant who does one unit at a time.
    pub(crate) fn one_by_one(name: &'static str, mut work: impl FnMut() -> Result<()> + 'a) -> Self {
        Self::new(name, move |units| (0..units).try_for_each(|_| work()))
    }
}

/// What one unit of the work took.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    /// Processor time of the contestant's process, all threads together, in seconds.
    pub(crate) cpu: f64,
    /// Time on the clock, in seconds.
    pub(crate) wall: f64,
}

/// A contestant's rounds.
pub(crate) struct Track {
    pub(crate) name: &'static str,
    samples: Vec<Sample>,
}

impl Track {
    pub(crate) fn median(&self, measure: impl Fn(&Sample) -> f64) -> f64 {
        median(self.samples.iter().map(measure).collect())
    }

    /// How this one compares with another, round by round.
    pub(crate) fn ratio(&self, other: &Self, measure: impl Fn(&Sample) -> f64) -> f64 {
        median(self.samples.iter().zip(&other.samples).map(|(a, b)| measure(a) / measure(b)).collect())
    }
}

/// Rounds, and units of work in each.
#[derive(Clone, Copy)]
pub(crate) struct Length {
    pub(crate) rounds: u32,
    pub(crate) units: u32,
}

/// Lets them run. The first round warms caches and connections and does not count.
pub(crate) fn race(plan: &Plan, length: Length, contestants: Vec<Contestant<'_>>) -> Result<Vec<Track>> {
    let Length { rounds, units } =
        if plan.quick { Length { rounds: 5, units: length.units.div_ceil(4) } } else { length };
    let mut runners: Vec<_> =
        contestants.into_iter().filter(|contestant| plan.invites(contestant.name)).collect();
    let mut tracks: Vec<_> =
        runners.iter().map(|runner| Track { name: runner.name, samples: Vec::new() }).collect();
    for round in 0..=rounds as usize {
        for turn in 0..runners.len() {
            let index = (round + turn) % runners.len();
            let sample =
                (runners[index].work)(units).map_err(|error| format!("{}: {error}", tracks[index].name))?;
            if round > 0 {
                tracks[index].samples.push(sample);
            }
        }
    }
    Ok(tracks)
}

fn timed(units: u32, work: &mut dyn FnMut(u32) -> Result<()>) -> Result<Sample> {
    let (cpu, wall) = (process_time()?, Instant::now());
    work(units)?;
    let wall = wall.elapsed();
    let cpu = process_time()?.saturating_sub(cpu);
    Ok(Sample { cpu: cpu.as_secs_f64() / f64::from(units), wall: wall.as_secs_f64() / f64::from(units) })
}

fn process_time() -> Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)?.into())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn only_a_whole_run_is_kept() {
        let kept = |arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(|&argument| argument.to_owned()).collect();
            Plan::read(&arguments).expect("a plan").file().is_some()
        };
        assert!(kept(&["--write", "rust.md"]));
        assert!(!kept(&["--write", "rust.md", "--quick"]));
        assert!(!kept(&["--write", "rust.md", "call"]));
        assert!(!kept(&[]));
    }

    #[test]
    fn every_contestant_gets_the_same_work() {
        let (mut a, mut b) = (0, 0);
        let plan = Plan::read(&[]).expect("a plan");
        let contestants = vec![
            Contestant::one_by_one("a", || {
                a += 1;
                Ok(())
            }),
            Contestant::new("b", |units| {
                b += units;
                Ok(())
            }),
        ];
        let tracks = race(&plan, Length { rounds: 4, units: 5 }, contestants).expect("a race");
        assert_eq!(tracks.iter().map(|track| track.samples.len()).collect::<Vec<_>>(), [4, 4]);
        assert_eq!((a, b), (25, 25));
    }
}
