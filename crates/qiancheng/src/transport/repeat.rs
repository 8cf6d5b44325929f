//! Whether a failed attempt is made again, and after what pause.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::time::Duration;

use crate::config::Backoff;
use crate::endpoint::Repeat;
use crate::error::{Error, Outcome};

/// A full budget pays for this many repeats.
const BUDGET_REPEATS: i64 = 100;
/// A repeat costs as much as this many good calls bring in.
const COST: i64 = 10;

/// Keeps a client from adding to an outage: repeats are paid for by calls that went well.
pub(crate) struct Budget(AtomicI64);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicI64::new(BUDGET_REPEATS * COST))
    }
}

impl Budget {
    /// Pays for one repeat, if there is enough.
    fn spend(&self) -> bool {
        self.0.fetch_update(Relaxed, Relaxed, |left| (left >= COST).then(|| left - COST)).is_ok()
    }

    /// A call went well at the first attempt.
    pub(crate) fn earn(&self) {
        // Reading first keeps a full budget's cache line shared between cores.
        if self.0.load(Relaxed) < BUDGET_REPEATS * COST {
            self.0.fetch_add(1, Relaxed);
        }
    }
}

impl Backoff {
    /// The pause before repeat number `repeat` (from 1): anything up to an exponentially growing limit, but not
    /// less than the vendor asked for. The limit is bounded; what the vendor asks for is not.
    fn pause(self, repeat: u32, asked: Option<Duration>) -> Duration {
        let limit = self.first.saturating_mul(1 << (repeat - 1).min(20)).min(self.longest);
        limit.mul_f64(random_fraction()).max(asked.unwrap_or(Duration::ZERO))
    }
}

/// A number from 0 up to, but not including, 1.
fn random_fraction() -> f64 {
    let mut bytes = [0; 4];
    // Without randomness the full pause is taken: late, never wrong.
    if aws_lc_rs::rand::fill(&mut bytes).is_err() {
        return 1.0;
    }
    f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}

/// A failed attempt, as the decision sees it.
pub(crate) struct Failed<'a> {
    pub(crate) error: &'a Error,
    /// Whether another attempt could fare better.
    pub(crate) passing: bool,
    /// The vendor's `Retry-After`.
    pub(crate) asked: Option<Duration>,
    /// Attempts so far.
    pub(crate) attempts: u32,
    /// The call's time that is left.
    pub(crate) left: Duration,
}

/// The pause before the next attempt, or `None` if there is to be none.
pub(crate) fn pause(
    failed: &Failed<'_>,
    repeat: Repeat,
    max_retries: u32,
    backoff: Backoff,
    budget: &Budget,
) -> Option<Duration> {
    let harmless = repeat == Repeat::Harmless || failed.error.outcome() == Outcome::NotSent;
    if !failed.passing || !harmless || failed.attempts > max_retries {
        return None;
    }
    let pause = backoff.pause(failed.attempts, failed.asked);
    // A pause that leaves no time for the attempt after it would only be waited for in vain.
    (pause < failed.left && budget.spend()).then_some(pause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn decide(
        outcome: Outcome,
        repeat: Repeat,
        passing: bool,
        attempts: u32,
        asked: u64,
    ) -> Option<Duration> {
        let error = Error::new(ErrorKind::Connection, "broke").with_outcome(outcome);
        let failed = Failed {
            error: &error,
            passing,
            asked: Some(Duration::from_secs(asked)),
            attempts,
            left: Duration::from_secs(60),
        };
        pause(&failed, repeat, 2, Backoff::default(), &Budget::default())
    }

    #[test]
    fn what_may_have_left_is_repeated_only_where_that_is_harmless() {
        assert!(decide(Outcome::Unknown, Repeat::Harmless, true, 1, 0).is_some());
        assert!(decide(Outcome::Unknown, Repeat::Never, true, 1, 0).is_none());
        assert!(decide(Outcome::NotSent, Repeat::Never, true, 1, 0).is_some());
        assert!(decide(Outcome::Unknown, Repeat::Harmless, false, 1, 0).is_none());
    }

    #[test]
    fn two_retries_are_three_attempts() {
        assert!(decide(Outcome::Unknown, Repeat::Harmless, true, 2, 0).is_some());
        assert!(decide(Outcome::Unknown, Repeat::Harmless, true, 3, 0).is_none());
    }

    #[test]
    fn a_pause_is_at_least_what_the_vendor_asks_for_and_ends_within_the_call() {
        let pause = decide(Outcome::Unknown, Repeat::Harmless, true, 1, 7).expect("a pause");
        assert_eq!(pause, Duration::from_secs(7));
        assert!(decide(Outcome::Unknown, Repeat::Harmless, true, 1, 61).is_none());
    }

    #[test]
    fn an_empty_budget_ends_repeats_until_calls_go_well_again() {
        let budget = Budget::default();
        while budget.spend() {}
        (0..COST - 1).for_each(|_| budget.earn());
        assert!(!budget.spend());
        budget.earn();
        assert!(budget.spend());
    }

    #[test]
    fn pauses_grow_to_a_limit() {
        let backoff = Backoff::default();
        for repeat in 1..40 {
            assert!(backoff.pause(repeat, None) <= backoff.longest);
        }
        assert!((0..1000).all(|_| (0.0..1.0).contains(&random_fraction())));
    }
}
