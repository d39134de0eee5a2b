//! How far two values of a factor lie apart in an outcome, seed by seed: runs that share a seed share its chance, which
//! their difference leaves out.
//!
//! Deliberately absent: differences between variants; see [`crate::study::difference`].

use super::by_factor::{Line, Point};
use crate::base::Interval;
use crate::base::interval::{float, mean, t_quantile, variance};
use crate::study::Outcome;
use crate::study::bootstrap;

/// Pairs of values that are looked at, those first that lie farthest apart: each may need a bootstrap.
const MOST_PAIRS: usize = 300;

/// Values of one factor that are compared at most: their pairs grow with the square.
pub const MOST_VALUES: usize = 1_000;

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
    /// The two values of a line that lie farthest apart, of those whose difference has an interval without 0 and is more than
    /// chance would bring about in the widest of so many pairs; none of more than [`MOST_VALUES`]. `seed` keys the resampling.
    #[must_use]
    pub fn farthest(line: &'a Line, outcome: &Outcome, seed: u64) -> Option<Self> {
        if line.points.len() > MOST_VALUES {
            return None;
        }
        // A value that many runs lack has no interval, and no difference from it has one.
        let points: Vec<&Point> = line.points.iter().filter(|point| !point.lacking.is_sparse).collect();
        let pairs = points
            .iter()
            .enumerate()
            .flat_map(|(place, one)| points[place + 1..].iter().map(move |other| (*one, *other)));
        let far = |(one, other)| Some((mean_difference(one, other)?.abs(), one, other));
        let mut pairs: Vec<(f64, &Point, &Point)> = pairs.filter_map(far).collect();
        pairs.sort_by(|this, that| that.0.total_cmp(&this.0));
        let tests = pairs.len();
        let found = |(_, one, other): (f64, &'a Point, &'a Point)| {
            let pair = Pair::of(one, other)?;
            if !is_beyond_chance(&pair.differences, tests) {
                return None;
            }
            let (interval, _) = bootstrap::interval(&pair.differences, bootstrap::resampling(seed))?;
            let (least, most) = outcome.possible();
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

/// Whether differences have a mean that chance brings about in one of twenty such lines at most, where nothing differs in any
/// of so many pairs: Student's t at a level shared among them (Bonferroni).
fn is_beyond_chance(differences: &[f64], tests: usize) -> bool {
    let (Some(mean), Some(variance)) = (mean(differences), variance(differences)) else { return false };
    let error = libm::sqrt(variance / float(differences.len()));
    let critical = t_quantile(1.0 - 0.025 / float(tests.max(1)), float(differences.len() - 1));
    mean.abs() > critical * error
}

/// The values of two points by the seeds that both have.
fn by_seed(one: &Point, other: &Point) -> impl Iterator<Item = (f64, f64)> {
    one.by_seed.iter().filter_map(|(seed, value)| Some((*value, *other.by_seed.get(seed)?)))
}

/// The mean of the second less the first; none without a seed that both have.
fn mean_difference(one: &Point, other: &Point) -> Option<f64> {
    let (mut sum, mut seeds) = (0.0, 0.0);
    for (one, other) in by_seed(one, other) {
        sum += other - one;
        seeds += 1.0;
    }
    (seeds > 0.0).then(|| sum / seeds)
}

/// Two points with their differences by seed.
struct Pair<'a> {
    one: (&'a Point, f64),
    other: (&'a Point, f64),
    differences: Vec<f64>,
}

impl<'a> Pair<'a> {
    fn of(one: &'a Point, other: &'a Point) -> Option<Self> {
        let (of_one, of_other): (Vec<f64>, Vec<f64>) = by_seed(one, other).unzip();
        let differences = of_one.iter().zip(&of_other).map(|(one, other)| other - one).collect();
        Some(Self { one: (one, mean(&of_one)?), other: (other, mean(&of_other)?), differences })
    }
}
