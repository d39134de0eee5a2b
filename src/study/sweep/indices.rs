//! What the design of a sweep was made for: elementary effects or Sobol indices of every outcome, by variant.
//!
//! The outcome of a point is the mean over its replicates. All points share their seeds, unless the study says otherwise,
//! so that chance shifts all of them alike; what chance is left counts as interaction, and falls with more replicates.

use std::io;

use super::Coordinate;
use super::columns::IDENTITY;
use super::merge::Merged;
use super::plan::{Design, Sweep};
use crate::base::interval::float;
use crate::study::bootstrap::tied;
use crate::study::outcome::{self, OUTCOMES, Outcome};
use crate::study::sensitivity::{ElementaryEffects, Indices, elementary_effects, sobol_indices};
use crate::tables::Cell;

/// What is found of one outcome in one variant.
#[derive(Clone, Debug)]
pub struct Found {
    /// The variant; none for the scenario as written.
    pub variant: Option<String>,
    /// The outcome.
    pub outcome: &'static Outcome,
    /// By factor.
    pub sensitivity: Sensitivity,
}

/// By factor, in their order.
#[derive(Clone, Debug)]
pub enum Sensitivity {
    /// Of Morris's design.
    Effects(Vec<ElementaryEffects>),
    /// Of Saltelli's design.
    Indices(Vec<Indices>),
    /// None, and why.
    Nothing(&'static str),
}

/// The sensitivity of every outcome to every factor. None when the design is not for that.
///
/// # Errors
/// When parts cannot be read.
pub fn sensitivity(sweep: &Sweep, merged: &Merged) -> io::Result<Option<Vec<Found>>> {
    if matches!(sweep.design, Design::Points(_)) {
        return Ok(None);
    }
    let first = IDENTITY.len() + sweep.factors.len();
    // By variant and point: sums by outcome, and how many runs have each.
    let places = sweep.variants.len() * sweep.points.len();
    let mut sums = vec![[(0.0, 0_u32); OUTCOMES]; places];
    merged.each(&mut |cells| {
        let Cell::Whole(number) = cells[0] else { return Ok(()) };
        let run = sweep.run(number.cast_unsigned());
        for (sum, cell) in sums[run.variant * sweep.points.len() + run.point].iter_mut().zip(&cells[first..]) {
            if let Cell::Number(value) = cell {
                *sum = (sum.0 + value, sum.1 + 1);
            }
        }
        Ok(())
    })?;
    // An effect is one over the step really made, which with whole numbers is not quite that of the design.
    let realised = |point: &Vec<Coordinate>| {
        let both = sweep.factors.iter().zip(point);
        both.map(|(factor, at)| factor.realised(*at).unwrap_or_default()).collect()
    };
    let points: Vec<Vec<f64>> = sweep.points.iter().map(realised).collect();
    let mut found = Vec::new();
    for (variant, sums) in sweep.variants.iter().zip(sums.chunks(sweep.points.len())) {
        for outcome in &outcome::ALL {
            let index = outcome.index();
            let complete = sums.iter().all(|sum| sum[index].1 == sweep.replicates);
            let none = sums.iter().all(|sum| sum[index].1 == 0);
            if none {
                continue;
            }
            let means: Vec<f64> = sums.iter().map(|sum| sum[index].0 / float(sum[index].1 as usize)).collect();
            let sensitivity =
                if complete { of(sweep, &points, &means) } else { Sensitivity::Nothing("some runs do not define it") };
            found.push(Found { variant: variant.clone(), outcome, sensitivity });
        }
    }
    Ok(Some(found))
}

fn of(sweep: &Sweep, points: &[Vec<f64>], means: &[f64]) -> Sensitivity {
    const SAME: &str = "it is the same at every point";
    if tied(means) {
        return Sensitivity::Nothing(SAME);
    }
    if sweep.design == Design::Morris {
        let effects = elementary_effects(points, means);
        return effects.map_or(Sensitivity::Nothing("the points are no trajectories"), Sensitivity::Effects);
    }
    sobol_indices(sweep.factors.len(), means).map_or(Sensitivity::Nothing(SAME), Sensitivity::Indices)
}
