//! Designs: at which points of its factors a study runs. Points lie in the unit cube, one coordinate a factor; what a
//! coordinate means for a factor is said in `study::sweep`.
//!
//! Every design is a pure function of its numbers and a seed: the streams are keyed by factor and sample, so that
//! neither threads nor shards can change a point. Deliberately absent: designs that choose points by what earlier ones
//! gave, for then an interrupted study would depend on where it was interrupted.

mod grid;
mod latin_hypercube;
mod morris;
mod one_at_a_time;
mod saltelli;

pub use grid::grid;
pub use latin_hypercube::latin_hypercube;
pub use morris::{morris, step};
pub use one_at_a_time::one_at_a_time;
pub use saltelli::saltelli;

/// A place in the unit cube.
pub type Point = Vec<f64>;
