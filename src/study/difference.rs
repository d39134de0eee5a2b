//! Paired differences: the same seed under two variants, one subtracted from the other.

use super::bootstrap::{self, Method};
use super::measured::Measured;
use super::outcome::{ALL, Outcome};
use crate::base::Interval;
use crate::base::interval::mean;

/// What a variant changes of one outcome, against the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The outcome.
    pub outcome: &'static Outcome,
    /// Means of the baseline and of the variant, over the pairs in which both define it.
    pub means: (f64, f64),
    /// By seed, in order: variant minus baseline; none where one of the two does not define it.
    pub differences: Vec<Option<f64>>,
    /// How many are defined: at least one.
    pub pairs: usize,
    /// Their mean.
    pub mean: f64,
    /// Its 95 % interval, and how it was computed; none of one pair, and where all pairs differ by the same.
    pub interval: Option<(Interval, Method)>,
    /// Pairs with a difference above zero.
    pub above_zero: usize,
    /// Pairs with a difference below zero.
    pub below_zero: usize,
}

impl Difference {
    /// Of these runs, seed by seed; none where no pair defines the outcome. `seed` keys the resampling.
    #[must_use]
    pub fn of(outcome: &'static Outcome, baseline: &[Measured], variant: &[Measured], seed: u64) -> Option<Self> {
        let both = |(one, other): (&Measured, &Measured)| Some((one.value(outcome)?, other.value(outcome)?));
        let pairs: Vec<Option<(f64, f64)>> = baseline.iter().zip(variant).map(both).collect();
        // All runs of a variant are as long, and of the same states.
        let possible = [baseline.first()?, variant.first()?].map(|run| run.possible(outcome));
        Self::of_pairs(outcome, &pairs, possible, seed)
    }

    /// Of these pairs, the baseline's value first; `possible` are the least and the most on each side.
    #[must_use]
    pub fn of_pairs(
        outcome: &'static Outcome,
        pairs: &[Option<(f64, f64)>],
        [(least, most), (variant_least, variant_most)]: [(f64, f64); 2],
        seed: u64,
    ) -> Option<Self> {
        let differences: Vec<Option<f64>> = pairs.iter().map(|pair| pair.map(|(one, other)| other - one)).collect();
        let defined: Vec<f64> = differences.iter().copied().flatten().collect();
        let possible = (variant_least - most, variant_most - least);
        let side =
            |side: fn((f64, f64)) -> f64| mean(&pairs.iter().flatten().map(|pair| side(*pair)).collect::<Vec<_>>());
        Some(Self {
            outcome,
            means: (side(|pair| pair.0)?, side(|pair| pair.1)?),
            pairs: defined.len(),
            mean: mean(&defined)?,
            interval: bootstrap::interval(&defined, bootstrap::resampling(seed))
                .map(|(interval, method)| (interval.within(possible), method)),
            above_zero: defined.iter().filter(|difference| **difference > 0.0).count(),
            below_zero: defined.iter().filter(|difference| **difference < 0.0).count(),
            differences,
        })
    }

    /// Every outcome that some pair defines.
    #[must_use]
    pub fn all(baseline: &[Measured], variant: &[Measured], seed: u64) -> Vec<Self> {
        ALL.iter().filter_map(|outcome| Self::of(outcome, baseline, variant, seed)).collect()
    }

    /// Whether the whole interval lies on one side of zero.
    #[must_use]
    pub fn stands_out(&self) -> bool {
        self.interval.is_some_and(|(interval, _)| interval.excludes_zero())
    }

    /// Whether several pairs differ, and all by the same: there is no interval then.
    #[must_use]
    pub const fn is_tied(&self) -> bool {
        self.pairs > 1 && self.interval.is_none() && self.equal() < self.pairs
    }

    /// Pairs in which both sides are equal.
    #[must_use]
    pub const fn equal(&self) -> usize {
        self.pairs - self.above_zero - self.below_zero
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_interval_goes_beyond_what_there_can_be() {
        let ends = |key: &str, pairs: &[(f64, f64)]| {
            let outcome = Outcome::named(key).expect("one of the list");
            let pairs: Vec<Option<(f64, f64)>> = pairs.iter().copied().map(Some).collect();
            let found = Difference::of_pairs(outcome, &pairs, [outcome.possible(); 2], 7).expect("pairs");
            found.interval.map(|(interval, _)| (interval.low, interval.high)).expect("an interval")
        };
        let far = [(0.1, 0.95), (0.1, 0.15), (0.1, 0.6)];
        for key in ["base_concentration", "host_concentration", "impunity"] {
            let (low, high) = ends(key, &far);
            assert!(low < 0.0 && (high - 1.0).abs() < f64::EPSILON, "{key}: {low} to {high}");
        }
        assert!(ends("state_quotient", &far).1 > 1.0, "a quotient has no end");
    }
}
