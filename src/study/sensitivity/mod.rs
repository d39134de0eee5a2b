//! Sensitivity: how much an outcome depends on each factor. Closed forms over the outcomes of a design's points.
//!
//! Deliberately absent: surrogate models and second-order indices.

pub mod morris;
pub mod resampling;
pub mod sobol;

#[cfg(test)]
mod known;
#[cfg(test)]
mod shared_seeds;

pub use morris::{ElementaryEffects, elementary_effects};
pub use sobol::{Impossible, Indices, STRAY, sobol_indices};

/// An estimate and its 95 % interval over samples and seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// The lower and the upper end of the interval; none of fewer samples than [`resampling::FEWEST`], and of fewer
    /// replicates than [`resampling::FEWEST_REPLICATES`], or for an index [`sobol::FEWEST_REPLICATES`].
    pub interval: Option<(f64, f64)>,
}

impl Estimate {
    /// The same of what is never below 0.
    fn at_least_zero(self) -> Self {
        Self { interval: self.interval.map(|(low, high)| (low.max(0.0), high)), ..self }
    }

    /// Whether there is an interval, and 0 in it.
    #[must_use]
    pub fn reaches_zero(&self) -> bool {
        self.interval.is_some_and(|(low, high)| low <= 0.0 && 0.0 <= high)
    }
}
