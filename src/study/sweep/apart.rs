//! How far two values of a factor lie apart in an outcome, seed by seed: runs that share a seed share its chance, which
//! their difference leaves out.
//!
//! Deliberately absent: differences between variants; see [`crate::study::difference`].

use super::by_factor::{Line, Point};
use crate::base::Interval;
use crate::base::interval::mean;
use crate::study::Outcome;
use crate::study::bootstrap;

/// Pairs of values that are looked at, those first that lie farthest apart: each may need a bootstrap.
const MOST_PAIRS: usize = 300;

/// Two values of a factor and the paired difference between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart<'a> {
    /// The first along the axis, and its mean over the seeds that both have.
    pub one: (&'a Point, f64),
    /// The other.
    pub other: (&'a Point, f64),
    /// The other less the first: the mean over these seeds with its 95 % interval.
    pub difference: Interval,
    /// How many seeds both have.
    pub seeds: usize,
}

impl<'a> Apart<'a> {
    /// The two values of a line that lie farthest apart, of those whose difference has an interval without 0. `seed` keys
    /// the resampling.
    #[must_use]
    pub fn farthest(line: &'a Line, outcome: &Outcome, seed: u64) -> Option<Self> {
        let points = line.points.iter().enumerate();
        let pairs = points.flat_map(|(place, one)| line.points[place + 1..].iter().map(move |other| (one, other)));
        let mut pairs: Vec<Pair> = pairs.filter_map(|(one, other)| Pair::of(one, other)).collect();
        pairs.sort_by(|this, that| that.mean.abs().total_cmp(&this.mean.abs()));
        let found = |pair: Pair<'a>| {
            let (interval, _) = bootstrap::interval(&pair.differences, bootstrap::resampling(seed))?;
            let (least, most) = outcome.unit.possible();
            let difference = interval.within((least - most, most - least));
            difference.excludes_zero().then_some(Self {
                one: pair.one,
                other: pair.other,
                difference,
                seeds: pair.differences.len(),
            })
        };
        pairs.into_iter().take(MOST_PAIRS).find_map(found)
    }
}

/// Two points with their differences by seed.
struct Pair<'a> {
    one: (&'a Point, f64),
    other: (&'a Point, f64),
    differences: Vec<f64>,
    mean: f64,
}

impl<'a> Pair<'a> {
    fn of(one: &'a Point, other: &'a Point) -> Option<Self> {
        let both = one.by_seed.iter().filter_map(|(seed, value)| Some((*value, *other.by_seed.get(seed)?)));
        let (of_one, of_other): (Vec<f64>, Vec<f64>) = both.unzip();
        let differences: Vec<f64> = of_one.iter().zip(&of_other).map(|(one, other)| other - one).collect();
        Some(Self {
            one: (one, mean(&of_one)?),
            other: (other, mean(&of_other)?),
            mean: mean(&differences)?,
            differences,
        })
    }
}
