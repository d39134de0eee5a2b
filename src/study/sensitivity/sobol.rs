//! Sobol indices from Saltelli's design. First order by the estimator of Saltelli et al. (Computer Physics
//! Communications 181, 2010, table 2, b), total by Jansen's (Computer Physics Communications 117, 1999; table 2, f).
//!
//! Both are of squares, in which chance counts as if a factor had moved the outcome. What it adds in the mean is known where
//! there are replicates, and taken off: indices are those of the mean over all seeds.

use super::Estimate;
use super::resampling::{Resampled, estimates, means};
use crate::base::interval::float;
use crate::study::bootstrap::tied;

/// What part of an outcome's variance one factor accounts for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// By itself: the part of the variance that would go if the factor were known.
    pub first: Estimate,
    /// With all that it does together with others: the part that would stay if all others were known.
    pub total: Estimate,
}

/// How far indices may lie where none can: less than so much is what chance leaves of some thousands of samples.
pub const STRAY: f64 = 0.05;

/// What indices cannot be, and are of too few samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// A part by itself above the part with all others.
    FirstAboveTotal,
    /// An interval that leaves 0 to 1; of samples too few for one, an index that does.
    Outside,
}

impl Indices {
    /// What they are by more than [`STRAY`], and cannot be.
    #[must_use]
    pub fn impossible(&self) -> Option<Impossible> {
        let outside = |estimate: &Estimate| {
            let (low, high) = estimate.interval.unwrap_or((estimate.value, estimate.value));
            low < -STRAY || high > 1.0 + STRAY
        };
        if self.first.value > self.total.value + STRAY {
            return Some(Impossible::FirstAboveTotal);
        }
        (outside(&self.first) || outside(&self.total)).then_some(Impossible::Outside)
    }
}

/// Fewer replicates give an index no interval. It is of squares, and what chance adds to these is as large as they are where a
/// factor does nothing: with two or three replicates neither is known.
pub const FEWEST_REPLICATES: u32 = 5;

/// The indices of each factor from the outcomes of [`crate::study::design::saltelli`]'s points, by replicate. None of fewer
/// than two samples, of outcomes that are not whole samples, and of outcomes that do not vary.
#[must_use]
pub fn sobol_indices(factors: usize, outcomes: &[Vec<f64>]) -> Option<Vec<Indices>> {
    let length = factors + 2;
    let points = outcomes.first()?.len();
    let samples = points / length;
    if factors == 0 || !points.is_multiple_of(length) || samples < 2 || tied(&means(outcomes)) {
        return None;
    }
    let found = estimates(samples, outcomes, 2 * factors, &|outcomes, numbers, values| {
        let sample = |number: usize| &outcomes[number * length..][..length];
        // Outcomes about their mean: the estimators are the same in the limit, and vary less before it.
        let all = (0..samples).map(|number| sample(number)[0] + sample(number)[1]).sum::<f64>();
        let centre = all / (2.0 * float(samples));
        let both = || numbers.iter().flat_map(|number| sample(*number)[..2].iter());
        let mean = both().sum::<f64>() / (2.0 * float(samples));
        let variance = both().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (2.0 * float(samples));
        for factor in 0..factors {
            let mut first = 0.0;
            let mut total = 0.0;
            for number in numbers {
                let sample = sample(*number);
                let (a, b, mixed) = (sample[0], sample[1], sample[2 + factor]);
                first += (b - centre) * (mixed - a);
                total += (a - mixed) * (a - mixed);
            }
            // Samples drawn again can all be one: no variance, and nothing to account for.
            let part = |sum: f64| if variance > 0.0 { sum / float(samples) / variance } else { 0.0 };
            values[factor] = part(first);
            values[factors + factor] = part(total / 2.0);
        }
    });
    let unbiased = |Resampled { estimate, bias }: Resampled| Estimate {
        value: estimate.value - bias,
        interval: estimate
            .interval
            .filter(|_| outcomes.len() >= FEWEST_REPLICATES as usize)
            .map(|(low, high)| (low - bias, high - bias)),
    };
    let found: Vec<Estimate> = found.into_iter().map(unbiased).collect();
    Some((0..factors).map(|factor| Indices { first: found[factor], total: found[factors + factor] }).collect())
}
