//! The numbers at the other end of calls: how often, how long, when last, and who comes first.

use std::collections::HashMap;

use super::numbers::Owner;
use super::ratio;
use super::window::{Window, Windows};

/// Numbers of which the most called make up a circle that is compared over time.
const CIRCLE: usize = 20;

/// A call's direction, where the carrier tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Out,
    In,
}

/// A number at the other end. All counts are of the last 180 days.
#[derive(Debug)]
pub(super) struct Peer<'a> {
    digits: &'a str,
    pub(super) owner: Owner,
    pub(super) calls: u64,
    seconds: u64,
    /// The last 90 days of them.
    recent: Share,
    /// The 90 days before.
    earlier: Share,
    /// The last call, whenever it was.
    pub(super) last: i64,
    last_out: i64,
    last_in: i64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Share {
    calls: u64,
    seconds: u64,
}

/// Earlier than every call.
const NEVER: i64 = i64::MIN;

/// All numbers of a document's calls.
#[derive(Debug, Default)]
pub(super) struct Peers<'a> {
    places: HashMap<&'a str, usize>,
    peers: Vec<Peer<'a>>,
}

impl<'a> Peers<'a> {
    /// Notes a call that is not later than `as_of`.
    pub(super) fn note(
        &mut self,
        digits: &'a str,
        start: i64,
        window: Option<Window>,
        direction: Option<Direction>,
        seconds: u64,
    ) -> &Peer<'a> {
        let peers = &mut self.peers;
        let place = *self.places.entry(digits).or_insert_with(|| {
            peers.push(Peer::new(digits));
            peers.len() - 1
        });
        let peer = &mut peers[place];
        peer.last = peer.last.max(start);
        match direction {
            Some(Direction::Out) => peer.last_out = peer.last_out.max(start),
            Some(Direction::In) => peer.last_in = peer.last_in.max(start),
            None => {}
        }
        if let Some(window) = window {
            peer.calls += 1;
            peer.seconds = peer.seconds.saturating_add(seconds);
            let share = if window == Window::Days180 { &mut peer.earlier } else { &mut peer.recent };
            share.calls += 1;
            share.seconds = share.seconds.saturating_add(seconds);
        }
        peer
    }

    /// Distinct numbers that were called or called in a window; with a direction, of these calls alone.
    pub(super) fn distinct(&self, windows: &Windows, window: Window, direction: Option<Direction>) -> usize {
        let edge = windows.edge(window);
        let last = |peer: &Peer<'_>| match direction {
            None => peer.last,
            Some(Direction::Out) => peer.last_out,
            Some(Direction::In) => peer.last_in,
        };
        self.peers.iter().filter(|peer| last(peer) > edge).count()
    }

    /// Distinct numbers with calls in both directions in the last 180 days.
    pub(super) fn mutual(&self, windows: &Windows) -> usize {
        let edge = windows.edge(Window::Days180);
        self.peers.iter().filter(|peer| peer.last_out > edge && peer.last_in > edge).count()
    }

    /// The calls with the numbers that have most of them.
    pub(super) fn calls_with_top(&self, count: usize) -> u64 {
        top(self.peers.iter().map(|peer| peer.calls).collect(), count)
    }

    /// The seconds with the numbers that have most of them.
    pub(super) fn seconds_with_top(&self, count: usize) -> u64 {
        top(self.peers.iter().map(|peer| peer.seconds).collect(), count)
    }

    /// How much of the circle of the last 90 days was the circle of the 90 days before: those in both among those in either.
    /// NaN if one of them is empty, for then nobody left and nobody came.
    pub(super) fn retained(&self) -> f64 {
        let recent = self.circle(|peer| peer.recent);
        let earlier = self.circle(|peer| peer.earlier);
        if recent.is_empty() || earlier.is_empty() {
            return f64::NAN;
        }
        let both = recent.iter().filter(|place| earlier.contains(place)).count();
        ratio(both, recent.len() + earlier.len() - both)
    }

    /// The numbers with most calls; among equals those with longer ones, then by their digits, so that the order in which calls
    /// stand decides nothing.
    fn circle(&self, share: impl Fn(&Peer<'_>) -> Share) -> Vec<usize> {
        let mut places: Vec<usize> =
            (0..self.peers.len()).filter(|&place| share(&self.peers[place]).calls > 0).collect();
        places.sort_unstable_by(|&left, &right| {
            let (one, other) = (&self.peers[left], &self.peers[right]);
            let (share, other_share) = (share(one), share(other));
            (other_share.calls, other_share.seconds)
                .cmp(&(share.calls, share.seconds))
                .then(one.digits.cmp(other.digits))
        });
        places.truncate(CIRCLE);
        places
    }

    /// A number of which something may be known.
    pub(super) fn get(&self, digits: &str) -> Option<&Peer<'a>> {
        self.places.get(digits).map(|&place| &self.peers[place])
    }

    /// A number's place by calls in the last 180 days, from 1; equals share a place.
    pub(super) fn rank(&self, peer: &Peer<'_>) -> usize {
        self.peers.iter().filter(|other| other.calls > peer.calls).count() + 1
    }
}

impl<'a> Peer<'a> {
    fn new(digits: &'a str) -> Self {
        Self {
            digits,
            owner: Owner::of(digits),
            calls: 0,
            seconds: 0,
            recent: Share::default(),
            earlier: Share::default(),
            last: NEVER,
            last_out: NEVER,
            last_in: NEVER,
        }
    }
}

/// The sum of the greatest.
fn top(mut values: Vec<u64>, count: usize) -> u64 {
    if values.len() > count {
        values.select_nth_unstable_by(count, |one, other| other.cmp(one));
        values.truncate(count);
    }
    values.into_iter().fold(0, u64::saturating_add)
}

/// How many days lie in the 180-day window, the first of them only in part.
pub(super) const DAYS: usize = Window::Days180.days() as usize + 1;

/// The days of the last 180 days on which there were calls.
#[derive(Debug)]
pub(super) struct ActiveDays {
    /// The day of `as_of`.
    today: i64,
    /// The last call of each day, by how many days ago it was.
    last: [i64; DAYS],
}

impl ActiveDays {
    pub(super) fn before(windows: &Windows) -> Self {
        Self { today: super::instant::day(windows.as_of), last: [NEVER; DAYS] }
    }

    /// Notes a call within the window.
    pub(super) fn note(&mut self, start: i64, day: i64) {
        let ago = usize::try_from(self.today - day).ok();
        if let Some(last) = ago.and_then(|ago| self.last.get_mut(ago)) {
            *last = start.max(*last);
        }
    }

    /// Days with a call in a window.
    pub(super) fn count(&self, windows: &Windows, window: Window) -> usize {
        let edge = windows.edge(window);
        self.last.iter().filter(|&&last| last > edge).count()
    }

    /// The lengths of the silences, in whole days without a call between two days with calls.
    pub(super) fn silences(&self) -> impl Iterator<Item = usize> {
        let mut active = (0..DAYS).filter(|&ago| self.last[ago] != NEVER);
        let mut before = active.next();
        active.filter_map(move |ago| {
            let silence = ago - before.replace(ago)? - 1;
            (silence > 0).then_some(silence)
        })
    }
}
