//! Paired differences: the same seed under two variants, one subtracted from the other.
//!
//! Not every run defines every outcome, and which do may hang on what they come to: the median days to an answer are not
//! there just in the slowest runs. Pairs that one side alone defines are then chosen by the outcome itself, and what is left of
//! them says nothing of all seeds.

use super::bootstrap::{self, Method};
use super::measured::Measured;
use super::outcome::{ALL, Outcome};
use crate::base::Interval;
use crate::base::interval::mean;

/// Of how many pairs of runs an outcome is defined, and on which side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Pairs that were run.
    pub run: usize,
    /// Pairs of the study that nobody has run yet.
    pub not_run: usize,
    /// Those that define it on both sides.
    pub both: usize,
    /// Those in which the baseline alone defines it.
    pub baseline_alone: usize,
    /// Those in which the variant alone does.
    pub variant_alone: usize,
}

impl Coverage {
    /// Of the pairs that define an outcome on some side, one in so many may do so on one side alone. A convention: were these
    /// all those with the largest differences, the mean would lie off by about a tenth of a standard deviation (that of
    /// the rest, without the outermost twentieth of a normal distribution), as far as the interval of three hundred pairs
    /// reaches.
    pub const ONE_SIDED: usize = 20;

    /// Takes a pair in.
    pub const fn add(&mut self, pair: (Option<f64>, Option<f64>)) {
        self.run += 1;
        match pair {
            (Some(_), Some(_)) => self.both += 1,
            (Some(_), None) => self.baseline_alone += 1,
            (None, Some(_)) => self.variant_alone += 1,
            (None, None) => {}
        }
    }

    /// Pairs that do not define it on both sides.
    #[must_use]
    pub const fn missing(&self) -> usize {
        self.run - self.both
    }

    /// Pairs that define it on one side alone.
    #[must_use]
    pub const fn one_sided(&self) -> usize {
        self.baseline_alone + self.variant_alone
    }

    /// Whether these are too many for an interval: more than one in [`Self::ONE_SIDED`].
    #[must_use]
    pub const fn is_one_sided(&self) -> bool {
        self.one_sided() * Self::ONE_SIDED > self.one_sided() + self.both
    }
}

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
    /// Of how many pairs of runs they are.
    pub coverage: Coverage,
    /// Whether too many pairs are missing for an interval of those that are there.
    pub is_withheld: bool,
    /// Their mean.
    pub mean: f64,
    /// Its 95 % interval, and how it was computed; none of one pair, where all pairs differ by the same, and where it is
    /// withheld.
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
        let values = |(one, other): (&Measured, &Measured)| (one.value(outcome), other.value(outcome));
        let mut coverage = Coverage::default();
        let both = |pair: (Option<f64>, Option<f64>)| {
            coverage.add(pair);
            pair.0.zip(pair.1)
        };
        let pairs: Vec<Option<(f64, f64)>> = baseline.iter().zip(variant).map(values).map(both).collect();
        // All runs of a variant are as long, and of the same states.
        let possible = [baseline.first()?, variant.first()?].map(|run| run.possible(outcome));
        Self::of_pairs(outcome, &pairs, (coverage, coverage.is_one_sided()), possible, seed)
    }

    /// Of these pairs, the baseline's value first; of how many they are, and whether an interval is withheld for it; `possible`
    /// are the least and the most on each side.
    #[must_use]
    pub fn of_pairs(
        outcome: &'static Outcome,
        pairs: &[Option<(f64, f64)>],
        (coverage, is_withheld): (Coverage, bool),
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
            coverage,
            is_withheld,
            mean: mean(&defined)?,
            interval: bootstrap::interval(&defined, bootstrap::resampling(seed))
                .filter(|_| !is_withheld)
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
        self.pairs > 1 && !self.is_withheld && self.interval.is_none() && self.equal() < self.pairs
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
            let all = (Coverage { run: pairs.len(), both: pairs.len(), ..Coverage::default() }, false);
            let found = Difference::of_pairs(outcome, &pairs, all, [outcome.possible(); 2], 7).expect("pairs");
            found.interval.map(|(interval, _)| (interval.low, interval.high)).expect("an interval")
        };
        let far = [(0.1, 0.95), (0.1, 0.15), (0.1, 0.6)];
        for key in ["base_concentration", "host_concentration", "impunity"] {
            let (low, high) = ends(key, &far);
            assert!(low < 0.0 && (high - 1.0).abs() < f64::EPSILON, "{key}: {low} to {high}");
        }
        assert!(ends("state_quotient", &far).1 > 1.0, "a quotient has no end");
    }

    #[test]
    fn pairs_that_one_side_alone_defines_are_counted() {
        let of = |both: usize, baseline: usize, variant: usize, neither: usize| {
            let mut coverage = Coverage::default();
            let cases = [(both, (Some(1.0), Some(2.0))), (baseline, (Some(1.0), None)), (variant, (None, Some(1.0)))];
            for (times, pair) in cases.into_iter().chain([(neither, (None, None))]) {
                (0..times).for_each(|_| coverage.add(pair));
            }
            coverage
        };
        let found = of(20, 18, 1, 1);
        assert_eq!((found.run, found.both, found.missing(), found.one_sided()), (40, 20, 20, 19));
        assert!(found.is_one_sided());
        assert!(!of(38, 1, 1, 0).is_one_sided(), "one in twenty");
        assert!(of(37, 1, 1, 0).is_one_sided());
        assert!(!of(20, 0, 0, 20).is_one_sided(), "what neither defines chooses between no sides");
    }
}
