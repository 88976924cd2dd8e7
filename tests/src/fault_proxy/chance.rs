//! Randomness that repeats: one seed gives the same faults to the same sequence of calls.

use std::{ops::RangeInclusive, time::Duration};

/// The dice of one call (splitmix64, Steele et al., OOPSLA 2014). Parallel calls are numbered as they arrive, so their
/// faults repeat as far as their order does.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of_call(seed: u64, call: u64) -> Self {
        let mut dice = Self(seed ^ call.wrapping_mul(0xD1B5_4A32_D192_ED03));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, and not, 1.
    fn unit(&mut self) -> f64 {
        // 53 bits: what an f64 holds exactly.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with this probability. It always rolls, so that the rolls after it don't depend on the answer.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of `0..count`; 0 where there is nothing to choose from.
    pub(super) fn pick(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % (count.max(1) as u64)).unwrap_or(0)
    }

    /// A time within the range, every one as likely.
    pub(super) fn within(&mut self, range: &RangeInclusive<Duration>) -> Duration {
        let width = range.end().saturating_sub(*range.start());
        *range.start() + width.mul_f64(self.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_call_of_the_same_seed_rolls_the_same() {
        let roll = |seed, call| Dice::of_call(seed, call).next();
        assert_eq!(roll(1, 2), roll(1, 2));
        assert_ne!(roll(1, 2), roll(1, 3));
        assert_ne!(roll(1, 2), roll(2, 2));
    }

    #[test]
    fn a_chance_comes_about_as_often_as_it_says() {
        let hits = (0..10_000).filter(|call| Dice::of_call(7, *call).chance(0.2)).count();
        assert!((1_800..2_200).contains(&hits), "{hits}");
        assert!((0..1_000).all(|call| !Dice::of_call(7, call).chance(0.0)));
        assert!((0..1_000).all(|call| Dice::of_call(7, call).chance(1.0)));
    }
}
