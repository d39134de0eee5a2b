//! Sensitivity: how much an outcome depends on each factor. Closed forms over the outcomes of a design's points.
//!
//! Deliberately absent: surrogate models and second-order indices.

pub mod morris;
pub mod resampling;
pub mod sobol;

#[cfg(test)]
mod known;

pub use morris::{ElementaryEffects, elementary_effects};
pub use sobol::{Impossible, Indices, STRAY, sobol_indices};

/// An estimate and its 95 % interval by resampling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// The lower and the upper end of the interval; none of fewer samples than [`resampling::FEWEST`].
    pub interval: Option<(f64, f64)>,
}
