//! What the calls say, in one pass over them.

use std::collections::HashMap;

use super::FeatureError;
use super::instant::{day, days_between, is_night, is_weekend};
use super::numbers::Owner;
use super::peers::{ActiveDays, Direction, Peers};
use super::source::{Money, Rows, text, value};
use super::window::{Tally, Window, Windows, accumulate};

/// Calls before `as_of`.
#[derive(Debug)]
pub(super) struct Calls<'a> {
    pub(super) windows: Windows,
    tallies: [CallTally; Window::ALL.len()],
    pub(super) peers: Peers<'a>,
    pub(super) days: ActiveDays,
    places: Places<'a>,
    /// What the calls of the last 180 days cost, in yuan; NaN if there are some, and none of them says.
    pub(super) charge: f64,
    last: Option<i64>,
}

/// Counts of calls, and seconds of talk.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CallTally {
    pub(super) calls: u64,
    pub(super) out: u64,
    pub(super) incoming: u64,
    pub(super) night: u64,
    pub(super) weekend: u64,
    pub(super) seconds: u64,
    pub(super) out_seconds: u64,
    pub(super) in_seconds: u64,
    pub(super) night_seconds: u64,
    pub(super) owners: OwnerTally,
}

/// Calls with numbers that tell whose they are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OwnerTally {
    pub(super) police: u64,
    pub(super) ambulance: u64,
    pub(super) court: u64,
    pub(super) legal_aid: u64,
    pub(super) bank: u64,
    pub(super) company: u64,
    /// Of banks and companies, those who called.
    pub(super) service_in: u64,
}

impl<'a> Calls<'a> {
    /// `None`: there is no call that says when it was, so nothing is known of calls.
    pub(super) fn of(rows: Rows<'a>, windows: Windows) -> Result<Option<Self>, FeatureError> {
        let starts = rows.times("start_time")?;
        let lengths = rows.integers("use_time")?;
        let directions = rows.texts("direction")?;
        let peers = rows.texts("peer")?;
        let places = rows.texts("place")?;
        let mut charges = Charges::new(rows.money("subtotal")?);
        let mut calls = Self::before(windows);
        let mut any = false;
        for row in 0..rows.count() {
            let Some(start) = value(starts, row) else { continue };
            any = true;
            if start > windows.as_of {
                continue;
            }
            calls.last = calls.last.max(Some(start));
            let window = windows.shortest(start);
            // A call of less than no time says nothing of its length.
            let seconds = value(lengths, row).and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or(0);
            let direction = match text(directions, row) {
                Some("out") => Some(Direction::Out),
                Some("in") => Some(Direction::In),
                _ => None,
            };
            let owner = text(peers, row).map_or(Owner::Other, |digits| {
                calls.peers.note(digits, start, window, direction, seconds).owner
            });
            let Some(window) = window else { continue };
            let day = day(start);
            calls.days.note(start, day);
            charges.note(row);
            if let Some(place) = text(places, row) {
                calls.places.note(place);
            }
            calls.tallies[window.place()].add(CallTally::of(start, day, direction, seconds, owner));
        }
        calls.places.settle();
        accumulate(&mut calls.tallies);
        calls.charge = if calls.within(Window::Days180).calls == 0 { 0.0 } else { charges.yuan() };
        Ok(any.then_some(calls))
    }

    fn before(windows: Windows) -> Self {
        Self {
            windows,
            tallies: [CallTally::default(); Window::ALL.len()],
            peers: Peers::default(),
            days: ActiveDays::before(&windows),
            places: Places::default(),
            charge: f64::NAN,
            last: None,
        }
    }

    /// Counts within a window.
    pub(super) fn within(&self, window: Window) -> &CallTally {
        &self.tallies[window.place()]
    }

    /// Distinct numbers within a window.
    pub(super) fn distinct(&self, window: Window, direction: Option<Direction>) -> usize {
        self.peers.distinct(&self.windows, window, direction)
    }

    /// Days since the last call that is not later than `as_of`.
    pub(super) fn days_since_last(&self) -> f64 {
        self.last.map_or(f64::NAN, |last| days_between(last, self.windows.as_of))
    }

    /// Different places from where calls were made.
    pub(super) fn place_count(&self) -> usize {
        self.places.calls.len()
    }

    /// Calls at the place where most of them were, and all whose place is known.
    pub(super) fn at_home(&self) -> (u64, u64) {
        let home = self.places.calls.values().copied().max().unwrap_or_default();
        (home, self.places.calls.values().sum())
    }
}

impl CallTally {
    fn of(start: i64, day: i64, direction: Option<Direction>, seconds: u64, owner: Owner) -> Self {
        let out = direction == Some(Direction::Out);
        let incoming = direction == Some(Direction::In);
        let night = is_night(start);
        let if_so = |condition: bool| if condition { seconds } else { 0 };
        Self {
            calls: 1,
            out: u64::from(out),
            incoming: u64::from(incoming),
            night: u64::from(night),
            weekend: u64::from(is_weekend(day)),
            seconds,
            out_seconds: if_so(out),
            in_seconds: if_so(incoming),
            night_seconds: if_so(night),
            owners: OwnerTally::of(owner, incoming),
        }
    }
}

impl OwnerTally {
    fn of(owner: Owner, incoming: bool) -> Self {
        let mut tally = Self::default();
        match owner {
            Owner::Police => tally.police = 1,
            Owner::Ambulance => tally.ambulance = 1,
            Owner::Court => tally.court = 1,
            Owner::LegalAid => tally.legal_aid = 1,
            Owner::Bank => tally.bank = 1,
            Owner::Company => tally.company = 1,
            Owner::Other => {}
        }
        tally.service_in = u64::from(incoming) * (tally.bank + tally.company);
        tally
    }
}

impl Tally for CallTally {
    fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.out += other.out;
        self.incoming += other.incoming;
        self.night += other.night;
        self.weekend += other.weekend;
        self.seconds = self.seconds.saturating_add(other.seconds);
        self.out_seconds = self.out_seconds.saturating_add(other.out_seconds);
        self.in_seconds = self.in_seconds.saturating_add(other.in_seconds);
        self.night_seconds = self.night_seconds.saturating_add(other.night_seconds);
        self.owners.add(other.owners);
    }
}

impl Tally for OwnerTally {
    fn add(&mut self, other: Self) {
        self.police += other.police;
        self.ambulance += other.ambulance;
        self.court += other.court;
        self.legal_aid += other.legal_aid;
        self.bank += other.bank;
        self.company += other.company;
        self.service_in += other.service_in;
    }
}

/// The charges of calls, as far as they are known.
struct Charges<'a> {
    amounts: Money<'a>,
    sum: Option<i128>,
}

impl<'a> Charges<'a> {
    fn new(amounts: Money<'a>) -> Self {
        Self { amounts, sum: None }
    }

    fn note(&mut self, row: usize) {
        if let Some(amount) = self.amounts.at(row) {
            self.sum = Some(self.sum.unwrap_or_default().saturating_add(amount));
        }
    }

    fn yuan(&self) -> f64 {
        self.sum.map_or(f64::NAN, |sum| self.amounts.yuan(sum))
    }
}

/// Calls by the places where they were made.
#[derive(Debug, Default)]
struct Places<'a> {
    calls: HashMap<&'a str, u64>,
    /// The place of the last calls, and how many they are: people stay where they are for long.
    stay: Option<(&'a str, u64)>,
}

impl<'a> Places<'a> {
    fn note(&mut self, place: &'a str) {
        match &mut self.stay {
            Some((same, calls)) if *same == place => *calls += 1,
            _ => {
                self.settle();
                self.stay = Some((place, 1));
            }
        }
    }

    /// Counts the last stay.
    fn settle(&mut self) {
        if let Some((place, calls)) = self.stay.take() {
            *self.calls.entry(city(place)).or_default() += calls;
        }
    }
}

/// A city, with or without 市.
fn city(place: &str) -> &str {
    let place = place.trim();
    place.strip_suffix('市').filter(|city| !city.is_empty()).unwrap_or(place)
}
