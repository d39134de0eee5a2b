//! Validation: whether the simulated world shows what measured worlds have shown. One target a study; each is a world,
//! a statistic, and the band in which the statistic has to lie. What is not met is reported as it falls.
//!
//! Deliberately absent: fitting. Which targets the model's defaults were fitted on is said in [`Target::fitted_on`];
//! nothing here changes a default.

mod burn_in;
pub mod observed;
pub mod protocol;
pub mod regression;
pub mod statistics;
mod targets;
pub mod world;

pub use protocol::{Band, Found, Measured, NotMeasured, Sign, Statistic, Target, Verdict};
pub use targets::all;
