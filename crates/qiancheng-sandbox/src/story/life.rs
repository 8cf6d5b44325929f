//! The applicant's circumstances: everything the sections of the data must agree on.

use super::calendar::{Calendar, DAY, DayKind, Moment, date_of};
use super::identity::Papers;
use super::names;
use super::places::{PLACES, Place};
use super::rng::Stream;

/// What lies behind the data.
#[derive(Clone)]
pub(super) struct Life {
    /// Between 0 and 1.
    pub(super) risk: f64,
    /// The days that are told of.
    pub(super) calendar: Calendar,
    /// Where the applicant lives and the number was issued.
    pub(super) home: &'static Place,
    /// When the number entered the network.
    pub(super) joined: Moment,
    /// How many calls there are.
    pub(super) calls: usize,
    /// Whole years.
    pub(super) age: i64,
    /// The employer's name.
    pub(super) employer: String,
    /// Monthly pay in fen.
    pub(super) salary: i64,
    /// Day of the month on which it comes.
    pub(super) payday: i64,
    /// Where parcels go.
    pub(super) home_address: String,
    /// Where parcels go on workdays.
    pub(super) work_address: String,
    /// For each day of the window: the phone is off.
    pub(super) silent: Vec<bool>,
    /// For each day of the window: the city the applicant is in.
    pub(super) whereabouts: Vec<&'static Place>,
}

impl Life {
    /// Draws a life.
    pub(super) fn new(papers: &Papers, calendar: Calendar) -> Self {
        let risk = risk(papers);
        let mut stream = papers.stream("life");
        let age = papers.age_on(date_of(calendar.as_of.div_euclid(DAY)));
        let home =
            if stream.chance(0.5) { papers.hometown } else { Place::magnet(stream.below(64) as usize) };
        let calls = call_count(papers.last_digit, &mut stream);
        let joined = joined(papers, &calendar, age, risk, &mut stream);
        let employer = names::company(&mut stream, home);
        // Pay falls with risk; it is kept to whole tens of yuan.
        let salary =
            (stream.bell(3_200.0 + 9_000.0 * (1.0 - risk), 1_200.0).max(2_200.0) / 10.0) as i64 * 1_000;
        let payday = *stream.pick(&[5, 8, 10, 15, 20, 25]);
        let home_address = names::address(&mut stream, home);
        let work_address = names::address(&mut stream, home);
        let silent = silences(&calendar, joined, risk, papers);
        let whereabouts = whereabouts(&calendar, home, papers);
        Self {
            risk,
            calendar,
            home,
            joined,
            calls,
            age,
            employer,
            salary,
            payday,
            home_address,
            work_address,
            silent,
            whereabouts,
        }
    }

    /// How likely something happens on a day: never while the phone is off or before the number existed, less on the day
    /// that has only begun. `rhythm` says how the kind of day counts.
    pub(super) fn activity(&self, index: usize, rhythm: fn(DayKind) -> f64) -> f64 {
        let joined_on = self.calendar.day_index(self.joined);
        if self.silent[index]
            || index < joined_on
            || (index == joined_on && self.joined > self.calendar.midnight(0))
        {
            return 0.0;
        }
        rhythm(self.calendar.days[index].kind) * self.calendar.elapsed(index)
    }

    /// Months the number has been in the network, of thirty days each.
    pub(super) fn months_in_network(&self) -> i64 {
        (self.calendar.as_of - self.joined) / (30 * DAY)
    }

    /// The first day with data.
    pub(super) fn first_day(&self) -> usize {
        self.calendar.day_index(self.joined)
    }
}

/// The latent risk. Most people are rather safe; a number on the blacklist belongs to somebody who is not.
fn risk(papers: &Papers) -> f64 {
    let mut stream = papers.stream("risk");
    let draw = libm::pow(stream.unit(), 1.6);
    if papers.mobile.ends_with("4444") { 0.8 + 0.2 * draw } else { draw }
}

fn call_count(last_digit: Option<u8>, stream: &mut Stream) -> usize {
    let count = match last_digit {
        Some(0) => stream.between(50, 72),
        Some(digit @ 1..=6) => {
            let low = 400 + i64::from(digit - 1) * 180;
            stream.between(low, low + 200)
        }
        Some(7 | 8) => stream.between(3_000, 5_000),
        Some(9) => 10_000,
        _ => stream.between(600, 1_200),
    };
    count as usize
}

/// Safe people keep their number for years. One that ends in 0 is a month or two old, others are at least two months old.
fn joined(papers: &Papers, calendar: &Calendar, age: i64, risk: f64, stream: &mut Stream) -> Moment {
    let risk = papers.facet(risk, "tenure");
    let days = if papers.last_digit == Some(0) {
        stream.between(32, 58)
    } else {
        let mean = 2_600.0 * libm::pow(1.0 - risk, 1.5) + 120.0;
        let since_sixteen = ((age - 16) * 365).clamp(90, 7_000);
        ((62.0 + stream.bell(mean, mean * 0.3).max(0.0)) as i64).min(since_sixteen)
    };
    (calendar.as_of.div_euclid(DAY) - days) * DAY + stream.between(9 * 3600, 18 * 3600)
}

/// Days on which the phone is off: rarely for the safe, again and again for the risky.
fn silences(calendar: &Calendar, joined: Moment, risk: f64, papers: &Papers) -> Vec<bool> {
    let mut stream = papers.stream("silences");
    let risk = papers.facet(risk, "silences");
    let mut silent = vec![false; calendar.days.len()];
    let first = calendar.day_index(joined) + 3;
    // The phone was on when the data were collected and the days before.
    let end = calendar.days.len().saturating_sub(4);
    if first >= end {
        return silent;
    }
    let share = (end - first) as f64 / 160.0;
    let mut budget = (end - first) / 3;
    for _ in 0..stream.poisson(share * (0.1 + 4.5 * risk * risk)) {
        let length = (3.0 + stream.exponential(0.5 + 5.0 * risk)).min(24.0) as usize;
        let start = stream.between(first as i64, end as i64) as usize;
        if length > budget {
            break;
        }
        budget -= length;
        silent[start..(start + length).min(end)].fill(true);
    }
    silent
}

/// Home on most days, the hometown over the Spring Festival, elsewhere on a few trips.
fn whereabouts(calendar: &Calendar, home: &'static Place, papers: &Papers) -> Vec<&'static Place> {
    let mut stream = papers.stream("whereabouts");
    let mut days = vec![home; calendar.days.len()];
    for _ in 0..stream.poisson(2.2) {
        let start = stream.below(days.len() as u64) as usize;
        let length = stream.between(1, 4) as usize;
        let place = stream.pick(PLACES);
        let end = (start + length).min(days.len());
        days[start..end].fill(place);
    }
    if papers.hometown.city != home.city {
        let (before, after) = (stream.below(4) as usize, stream.below(5) as usize);
        let festival = |day: &super::calendar::Day| day.kind == DayKind::SpringFestival;
        if let Some(first) = calendar.days.iter().position(festival) {
            let last = calendar.days.iter().rposition(festival).unwrap_or(first);
            days[first.saturating_sub(before)..(last + 1 + after).min(calendar.days.len())]
                .fill(papers.hometown);
        }
    }
    days
}
