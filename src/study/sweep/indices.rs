//! What the design of a sweep was made for: elementary effects or Sobol indices of every outcome, by variant.
//!
//! The outcome of a point is the mean over its replicates. All points of a variant share their seeds. What chance does to all
//! of them alike changes nothing; what it does where histories part counts as an effect, the same in every sample. So
//! intervals are over samples and replicates both.

use std::io;

use super::Coordinate;
use super::columns::IDENTITY;
use super::merge::Merged;
use super::plan::{Design, Sweep};
use crate::study::bootstrap::tied;
use crate::study::outcome::{self, OUTCOMES, Outcome};
use crate::study::sensitivity::resampling::means;
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
    // By variant and replicate, then outcome, then point; NaN where a run does not define it.
    let (points, replicates) = (sweep.points.len(), sweep.replicates as usize);
    let mut values = vec![vec![vec![f64::NAN; points]; OUTCOMES]; sweep.variants.len() * replicates];
    merged.each(&mut |cells| {
        let Cell::Whole(number) = cells[0] else { return Ok(()) };
        let run = sweep.run(number.cast_unsigned());
        let of_replicate = &mut values[run.variant * replicates + run.replicate as usize];
        for (values, cell) in of_replicate.iter_mut().zip(&cells[first..]) {
            if let Cell::Number(value) = cell {
                values[run.point] = *value;
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
    for (variant, values) in sweep.variants.iter().zip(values.chunks_mut(replicates)) {
        for outcome in &outcome::ALL {
            let of_replicate = |values: &mut Vec<Vec<f64>>| std::mem::take(&mut values[outcome.index()]);
            let values: Vec<Vec<f64>> = values.iter_mut().map(of_replicate).collect();
            if values.iter().flatten().all(|value| value.is_nan()) {
                continue;
            }
            let complete = !values.iter().flatten().any(|value| value.is_nan());
            let sensitivity =
                if complete { of(sweep, &points, &values) } else { Sensitivity::Nothing("some runs do not define it") };
            found.push(Found { variant: variant.clone(), outcome, sensitivity });
        }
    }
    Ok(Some(found))
}

/// `outcomes` are those of the points, by replicate.
fn of(sweep: &Sweep, points: &[Vec<f64>], outcomes: &[Vec<f64>]) -> Sensitivity {
    const SAME: &str = "it is the same at every point";
    if tied(&means(outcomes)) {
        return Sensitivity::Nothing(SAME);
    }
    if sweep.design == Design::Morris {
        let effects = elementary_effects(points, outcomes);
        return effects.map_or(Sensitivity::Nothing("the points are no trajectories"), Sensitivity::Effects);
    }
    sobol_indices(sweep.factors.len(), outcomes).map_or(Sensitivity::Nothing(SAME), Sensitivity::Indices)
}
