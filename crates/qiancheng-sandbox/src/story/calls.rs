//! The calls: who, when, how long, from where, at what price.

use super::calendar::{Calendar, DayKind, Moment};
use super::identity::Papers;
use super::life::Life;
use super::peers::{Peer, Role, is_mobile};
use super::places::Place;
use super::rng::{Stream, Wheel};

/// Which way a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// 主叫.
    Out,
    /// 被叫.
    In,
    /// The carrier does not say, or says 呼转.
    Unknown,
}

/// How the carrier writes the other number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Digits.
    Plain,
    /// With this country code.
    Prefixed(&'static str),
    /// The middle hidden.
    Masked,
    /// `null`.
    Missing,
}

/// One call.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// When it began.
    pub(super) at: Moment,
    /// The carrier lost the time: `start_time` is null.
    pub(super) time_lost: bool,
    /// Place in the list of peers.
    pub(super) peer: usize,
    /// How the number is written.
    pub(super) spelling: Spelling,
    /// Length in seconds.
    pub(super) seconds: i64,
    /// Which way it went.
    pub(super) direction: Direction,
    /// Where the applicant was.
    pub(super) place: &'static Place,
    /// Price in fen; [`super::bills`] sets it.
    pub(super) fee: i64,
}

/// Shares of the day's calls by hour from 6 to 22, for work and for private life.
const WORK_HOURS: [f64; 17] = [1., 2., 5., 9., 11., 10., 6., 6., 9., 10., 10., 9., 6., 4., 3., 2., 1.];
const PRIVATE_HOURS: [f64; 17] = [1., 3., 4., 4., 5., 6., 7., 6., 4., 4., 5., 6., 9., 11., 11., 9., 6.];
/// And from 23 to 5.
const NIGHT_HOURS: [f64; 7] = [34., 26., 14., 8., 5., 5., 8.];

pub(super) fn work_rhythm(kind: DayKind) -> f64 {
    match kind {
        DayKind::Workday => 1.0,
        DayKind::Weekend => 0.35,
        DayKind::Holiday => 0.25,
        DayKind::SpringFestival => 0.15,
    }
}

pub(super) fn private_rhythm(kind: DayKind) -> f64 {
    match kind {
        DayKind::Workday => 0.85,
        DayKind::Weekend => 1.2,
        DayKind::Holiday => 1.3,
        DayKind::SpringFestival => 1.6,
    }
}

/// Draws days and times for one applicant.
pub(super) struct Clock<'a> {
    life: &'a Life,
    days: Wheel,
    hours: Wheel,
    night: Wheel,
    night_share: f64,
}

impl<'a> Clock<'a> {
    /// A clock for work or for private life.
    pub(super) fn new(life: &'a Life, private: bool, night_share: f64, stream: &mut Stream) -> Self {
        let rhythm = if private { private_rhythm } else { work_rhythm };
        // No two days are alike.
        let days = Wheel::new(
            (0..life.calendar.days.len()).map(|day| life.activity(day, rhythm) * stream.span(0.5, 1.5)),
        );
        let hours = Wheel::new(if private { PRIVATE_HOURS } else { WORK_HOURS });
        Self { life, days, hours, night: Wheel::new(NIGHT_HOURS), night_share }
    }

    /// A day of the window.
    pub(super) fn day(&self, stream: &mut Stream) -> usize {
        self.days.spin(stream)
    }

    /// A moment on that day; on the day of the fetch, before the fetch.
    pub(super) fn moment(&self, day: usize, stream: &mut Stream) -> Moment {
        let hour = if stream.chance(self.night_share) {
            (23 + self.night.spin(stream)) % 24
        } else {
            6 + self.hours.spin(stream)
        };
        let moment = self.life.calendar.midnight(day) + hour as i64 * 3600 + stream.below(3600) as i64;
        if moment < self.life.calendar.as_of {
            return moment;
        }
        let passed = self.life.calendar.as_of - self.life.calendar.midnight(day);
        self.life.calendar.midnight(day) + stream.below(passed.max(1) as u64) as i64
    }
}

/// All calls, in order of time.
pub(super) fn calls(papers: &Papers, life: &Life, peers: &[Peer]) -> Vec<Call> {
    let mut stream = papers.stream("calls");
    let night_share = (0.02 + 0.20 * papers.facet(life.risk, "night") + stream.bell(0.0, 0.012)).max(0.004);
    let private = Clock::new(life, true, night_share, &mut stream);
    let work = Clock::new(life, false, 0.0, &mut stream);

    let mut list = Vec::with_capacity(life.calls);
    for (index, peer) in peers.iter().enumerate() {
        for _ in 0..peer.counted {
            let day = (0..40).map(|_| work.day(&mut stream)).find(|&day| known_on(peer, day));
            if let Some(day) = day.filter(|_| list.len() < life.calls) {
                list.push(call(index, peer, work.moment(day, &mut stream), life, &mut stream));
            }
        }
    }
    let wheel = Wheel::new(peers.iter().map(|peer| peer.weight));
    while list.len() < life.calls {
        // Long acquaintances are met more often than short ones; a few tries find somebody for the day.
        let mut drawn = (0, &work, 0);
        for _ in 0..8 {
            let index = wheel.spin(&mut stream);
            let clock = if peers[index].role.private() { &private } else { &work };
            drawn = (index, clock, clock.day(&mut stream));
            if known_on(&peers[index], drawn.2) {
                break;
            }
        }
        let (index, clock, day) = drawn;
        list.push(call(index, &peers[index], clock.moment(day, &mut stream), life, &mut stream));
    }
    list.sort_by_key(|call| call.at);
    untangle(&mut list, &life.calendar);
    dress(&mut list, peers, papers);
    list
}

fn known_on(peer: &Peer, day: usize) -> bool {
    (peer.days.0..=peer.days.1).contains(&day)
}

fn call(index: usize, peer: &Peer, at: Moment, life: &Life, stream: &mut Stream) -> Call {
    let seconds = (2.0 + stream.exponential(peer.mean_seconds)).min(5_400.0) as i64;
    let direction = if stream.chance(peer.out_share) { Direction::Out } else { Direction::In };
    let place = life.whereabouts[life.calendar.day_index(at)];
    Call { at, time_lost: false, peer: index, spelling: Spelling::Plain, seconds, direction, place, fee: 0 }
}

/// Nobody makes two calls at once: later ones wait for earlier ones, and the last one ends before the fetch.
fn untangle(list: &mut [Call], calendar: &Calendar) {
    let mut free = i64::MIN;
    for call in list.iter_mut() {
        call.at = call.at.max(free);
        free = call.at + call.seconds + 3;
    }
    let mut limit = calendar.as_of;
    for call in list.iter_mut().rev() {
        if call.at + call.seconds < limit {
            break;
        }
        call.at = limit - call.seconds - 3;
        limit = call.at;
    }
}

/// What carriers do to their records.
fn dress(list: &mut [Call], peers: &[Peer], papers: &Papers) {
    let mut stream = papers.stream("calls/dress");
    for call in list.iter_mut() {
        let draw = stream.unit();
        call.time_lost = draw < 0.001;
        let draw = stream.unit();
        if draw < 0.008 {
            call.direction = Direction::Unknown;
        }
        let peer = &peers[call.peer];
        let draw = stream.unit();
        call.spelling = match () {
            () if draw < 0.001 => Spelling::Missing,
            () if !is_mobile(&peer.number) => Spelling::Plain,
            () if draw < 0.003 => Spelling::Masked,
            () if draw < 0.040 => Spelling::Prefixed("+86"),
            () if draw < 0.060 => Spelling::Prefixed("86"),
            () if draw < 0.075 => Spelling::Prefixed("0086"),
            () => Spelling::Plain,
        };
        // The numbers that decide a report are never hidden.
        if peer.role > Role::Hotline && matches!(call.spelling, Spelling::Masked | Spelling::Missing) {
            call.spelling = Spelling::Plain;
        }
    }
}
