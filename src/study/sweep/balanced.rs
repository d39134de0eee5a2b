//! Means by seed of what was observed at the points of a design, where not every run defines it: a seed that lacks a point
//! would be averaged over other points than the rest, and to leave it out would choose among seeds by what they show. So
//! each value counts as it stands to the mean of its point, which for seeds that lack nothing comes to their plain mean.
//!
//! The mean of a point holds the value itself, so that where few runs define it, values stand nearer to it than to the truth, and
//! intervals are too narrow. Where a third of the runs lacks it, 94 of a hundred intervals of ten seeds hold the mean, and 92 of
//! five; where 70 of a hundred lack it, 87 of ten. Beyond a third there is none ([`is_sparse`]).

use std::collections::BTreeMap;

use crate::base::interval::float;

/// Whether so many of the runs define an outcome that there is an interval: where more than a third lacks it, there is none.
pub(super) const fn is_sparse(defined: usize, runs: usize) -> bool {
    (runs - defined) * 3 > runs
}

/// What is common to the seeds: sums and counts, by point.
#[derive(Clone, Debug, Default)]
pub(super) struct Points(Vec<(f64, u32)>);

impl Points {
    /// Takes a value in.
    pub fn add(&mut self, point: usize, value: f64) {
        if self.0.len() <= point {
            self.0.resize(point + 1, (0.0, 0));
        }
        let (sum, count) = &mut self.0[point];
        *sum += value;
        *count += 1;
    }

    /// The mean at a point that has values.
    pub fn at(&self, point: usize) -> f64 {
        let (sum, count) = self.0[point];
        sum / f64::from(count)
    }

    /// The mean over the points that have values, each as much as any other; 0 without any.
    pub fn mean(&self) -> f64 {
        let sum: f64 = self.known().map(|(sum, count)| sum / f64::from(count)).sum();
        sum / float(self.len().max(1))
    }

    /// How many have values.
    pub fn len(&self) -> usize {
        self.known().count()
    }

    fn known(&self) -> impl Iterator<Item = (f64, u32)> + '_ {
        self.0.iter().copied().filter(|(_, count)| *count > 0)
    }
}

/// What a seed has at the points that define an outcome.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seed {
    sum: f64,
    /// What is common to the seeds at these points.
    common: f64,
    points: usize,
}

impl Seed {
    /// Takes the value at a point in.
    pub fn add(&mut self, all: &Points, point: usize, value: f64) {
        self.sum += value;
        self.common += all.at(point);
        self.points += 1;
    }

    /// Its mean over all points; none without a value. Where it lacks nothing, exactly the plain one, so that seeds that differ
    /// by the same stay so.
    pub fn mean(&self, all: &Points) -> Option<f64> {
        let of = |sum: f64| sum / float(self.points);
        let whole = || if self.points == all.len() { of(self.sum) } else { all.mean() + of(self.sum - self.common) };
        (self.points > 0).then(whole)
    }
}

/// Of each seed, its values with their points.
pub(super) type BySeed = BTreeMap<u32, Vec<(usize, f64)>>;

/// The mean of each seed over the points, from its values by point.
pub(super) fn by_seed(seeds: &BySeed) -> BTreeMap<u32, f64> {
    let mut points = Points::default();
    for (point, value) in seeds.values().flatten() {
        points.add(*point, *value);
    }
    let mean = |values: &Vec<(usize, f64)>| {
        let mut own = Seed::default();
        for (point, value) in values {
            own.add(&points, *point, *value);
        }
        own.mean(&points)
    };
    seeds.iter().filter_map(|(seed, values)| Some((*seed, mean(values)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points far apart, seeds a little: `shift` of each.
    fn seeds(lacking: &[(u32, usize)]) -> BySeed {
        let value = |seed: u32, point: usize| float(point) * 10.0 + f64::from(seed);
        let there = |seed: u32| (0..4).filter(move |point| !lacking.contains(&(seed, *point)));
        (0..3).map(|seed| (seed, there(seed).map(|point| (point, value(seed, point))).collect())).collect()
    }

    #[test]
    fn runs_that_share_a_seed_count_once() {
        assert_eq!(by_seed(&seeds(&[])), BTreeMap::from([(0, 15.0), (1, 16.0), (2, 17.0)]));
    }

    #[test]
    fn a_seed_that_lacks_points_stays_and_is_not_taken_for_one_of_other_points() {
        // The last seed lacks the two highest points: its plain mean would be 7.
        let means = by_seed(&seeds(&[(2, 2), (2, 3)]));
        assert_eq!((means[&0], means[&1]), (15.0, 16.0));
        assert!((means[&2] - 17.0).abs() < 0.3, "{means:?}");
        // All seeds lack another point: what is left of each says nothing of the others' points.
        let means = by_seed(&seeds(&[(0, 0), (1, 1), (2, 2)]));
        for (seed, mean) in means {
            assert!((mean - 15.0 - f64::from(seed)).abs() < 0.7, "{seed}: {mean}");
        }
        assert!(by_seed(&BTreeMap::from([(5, Vec::new())])).is_empty());
    }
}
