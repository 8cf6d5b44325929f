//! Chance that is the same everywhere.
//!
//! Every section of the data draws from its own [`Stream`], seeded by SHA-256 over seed, applicant and section, so that a
//! new section leaves the others as they were. The generator (xoshiro256++) is defined bit by bit, integers are drawn by
//! multiplication, and the few transcendental functions come from `libm`, not from the platform: the same draws on every
//! machine. Not for secrets.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of draws.
pub(super) struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream that belongs to a seed and a list of texts. Lengths go into the hash, so that no two lists collide.
    pub(super) fn new(seed: u64, parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_be_bytes());
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        Self(Xoshiro256PlusPlus::from_seed(hash.finalize().into()))
    }

    /// An integer in `0..bound`; 0 if there is nothing to choose from.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let product = u128::from(self.0.next_u64()) * u128::from(bound);
        (product >> 64) as u64
    }

    /// An integer from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low).max(0) as u64 + 1) as i64
    }

    /// A number in `0.0..1.0`.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number in `low..high`.
    pub(super) fn span(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// True with this probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the items, which must not be none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// A bell curve: the sum of six uniform draws, scaled. Good to about three deviations, which is all a story needs.
    pub(super) fn bell(&mut self, mean: f64, deviation: f64) -> f64 {
        let sum: f64 = (0..6).map(|_| self.unit()).sum();
        mean + deviation * (sum - 3.0) * std::f64::consts::SQRT_2
    }

    /// A waiting time with this mean.
    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.unit())
    }

    /// How many of something rare happened, when `mean` are to be expected. For means below a hundred or so.
    pub(super) fn poisson(&mut self, mean: f64) -> u32 {
        let limit = libm::exp(-mean.max(0.0));
        let mut product = self.unit();
        let mut count = 0;
        while product > limit {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// `count` random digits.
    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

/// A wheel of fortune: chooses an index with a probability in proportion to its weight.
pub(super) struct Wheel(Vec<u64>);

impl Wheel {
    /// Weights are kept to a millionth; negative ones count as zero.
    pub(super) fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut total = 0;
        let sums = weights.into_iter().map(|weight| {
            total += (weight.max(0.0) * 1e6) as u64;
            total
        });
        Self(sums.collect())
    }

    /// An index. When all weights are zero, the last one.
    pub(super) fn spin(&self, stream: &mut Stream) -> usize {
        let total = self.0.last().copied().unwrap_or(0);
        let draw = stream.below(total);
        self.0.partition_point(|&sum| sum <= draw).min(self.0.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_of_different_sections_differ_and_lengths_keep_lists_apart() {
        let draw = |parts: &[&str]| Stream::new(7, parts).below(u64::MAX);
        assert_eq!(draw(&["a", "b"]), draw(&["a", "b"]));
        assert_ne!(draw(&["a", "b"]), draw(&["ab", ""]));
        assert_ne!(draw(&["a"]), Stream::new(8, &["a"]).below(u64::MAX));
    }

    #[test]
    fn draws_have_the_distribution_they_promise() {
        let mut stream = Stream::new(1, &["distribution"]);
        let mut mean = |draw: &mut dyn FnMut(&mut Stream) -> f64| {
            (0..20_000).map(|_| draw(&mut stream)).sum::<f64>() / 20_000.0
        };
        assert!((mean(&mut Stream::unit) - 0.5).abs() < 0.01);
        assert!((mean(&mut |s| s.bell(10.0, 3.0)) - 10.0).abs() < 0.1);
        assert!((mean(&mut |s| s.exponential(4.0)) - 4.0).abs() < 0.15);
        assert!((mean(&mut |s| f64::from(s.poisson(2.5))) - 2.5).abs() < 0.05);
        assert!((mean(&mut |s| s.between(-3, 3) as f64)).abs() < 0.1);
    }

    #[test]
    fn a_wheel_never_lands_on_weight_zero_and_follows_the_weights() {
        let wheel = Wheel::new([0.0, 1.0, 0.0, 3.0, 0.0]);
        let mut stream = Stream::new(1, &["wheel"]);
        let mut hits = [0_u32; 5];
        (0..4_000).for_each(|_| hits[wheel.spin(&mut stream)] += 1);
        assert_eq!((hits[0], hits[2], hits[4]), (0, 0, 0));
        assert!((2_850..3_150).contains(&hits[3]), "{hits:?}");
    }
}
