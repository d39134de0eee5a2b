//! The scenario of a sweep at its own point, every factor as the scenario has it: one run of each variant, all on the first
//! seed. A table of many runs has numbers; who refused whom, and why, only a run that is there whole can tell.
//!
//! Deliberately absent: the points of the design, whose runs are gone once their rows are written.

use std::sync::Arc;

use super::plan::Sweep;
use crate::base::Problems;
use crate::engine::Stopped;
use crate::scenario::{AS_WRITTEN, Scenario};
use crate::study::compare::{Length, Variant};
use crate::study::outcome::ALL;
use crate::study::{Comparison, Followed, Pool, follow};

/// A scenario in all variants of a sweep, and a run of each.
#[derive(Debug)]
pub struct OwnPoint {
    /// Each variant: its name, and the scenario with it.
    pub scenarios: Vec<(String, Scenario)>,
    /// What the runs come to, and the runs themselves; or why one of them did not reach its end.
    pub runs: Result<(Comparison, Followed), Stopped>,
}

impl OwnPoint {
    /// Makes the runs. Variants with seeds of their own run on that of the first all the same, so that they can be laid over
    /// one another.
    ///
    /// # Errors
    /// When the scenario cannot be put together.
    pub fn run(sweep: &Sweep, pool: &Pool) -> Result<Self, Problems> {
        let mut template = sweep.template.clone();
        let of = |variant: &Option<String>| {
            let scenario = template.with(variant.as_deref(), &[])?;
            Ok((variant.clone().unwrap_or_else(|| AS_WRITTEN.to_owned()), scenario))
        };
        let scenarios = sweep.variants.iter().map(of).collect::<Result<Vec<(String, Scenario)>, Problems>>()?;
        let variant = |(name, scenario): &(String, Scenario)| Variant {
            name: name.clone(),
            plan: Arc::new(scenario.plan.clone()),
            state: sweep.state.as_ref().and_then(|code| scenario.plan.library.state_coded(code)),
        };
        let variants: Vec<Variant> = scenarios.iter().map(variant).collect();
        let seed = sweep.seed_of(sweep.run(0));
        let runs = follow(&variants, seed, Length::Runs(1), pool, &ALL[0], &mut |_| {});
        Ok(Self { scenarios, runs })
    }
}
