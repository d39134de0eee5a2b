//! A sweep tried out before anything runs: the scenario put together at its points, so that a mistake is found now.

use super::factor::{Coordinate, Levels};
use super::plan::{Sweep, set};
use crate::base::{Problem, Problems, Spanned};
use crate::reading::MAX_PROBLEMS;
use crate::scenario::{Scenario, Template};

/// Points that are put together before anything runs, so that a mistake is found now: half a minute of the largest
/// scenarios. Of larger designs each level is tried by itself.
const TRIED: usize = 400;

/// Puts the scenario together in every variant, as written and at the points or, of many points, at each level by itself.
pub(super) fn try_out(sweep: &mut Sweep, template: &mut Template, state: Option<&Spanned<String>>) -> Problems {
    let mut problems = Problems::default();
    let mut note = |found: Problems| {
        for problem in found.0 {
            if problems.0.len() < MAX_PROBLEMS && !problems.0.contains(&problem) {
                problems.push(problem);
            }
        }
    };
    let variants = sweep.variants.clone();
    let every = sweep.points.len() * variants.len() <= TRIED;
    for variant in &variants {
        match template.with(variant.as_deref(), &[]) {
            Err(found) => note(found),
            Ok(scenario) => {
                sweep.scenarios.push(scenario.digest);
                if let Err(problem) = about(sweep, &scenario, state) {
                    note(Problems(vec![problem]));
                }
            }
        }
        let tries: Vec<Vec<Coordinate>> = if every { sweep.points.clone() } else { each_level(sweep, variants.len()) };
        for coordinates in tries {
            let values: Vec<_> = sweep
                .factors
                .iter()
                .zip(coordinates)
                .map(|(factor, coordinate)| (&factor.path, factor.level(coordinate)))
                .collect();
            if let Err(found) = template.with(variant.as_deref(), &set(&values)) {
                note(found);
            }
        }
    }
    problems
}

/// Each level of each factor by itself; the ends alone where there are too many.
fn each_level(sweep: &Sweep, variants: usize) -> Vec<Vec<Coordinate>> {
    let most = (TRIED / variants / sweep.factors.len().max(1)).max(2);
    let mut tries = Vec::new();
    for (at, factor) in sweep.factors.iter().enumerate() {
        let ends = match &factor.levels {
            Levels::Range(..) => vec![Coordinate::At(0.0), Coordinate::At(1.0)],
            Levels::Listed(levels, _) => {
                let last = u32::try_from(levels.len()).unwrap_or(u32::MAX) - 1;
                if levels.len() <= most {
                    (0..=last).map(Coordinate::Level).collect()
                } else {
                    vec![Coordinate::Level(0), Coordinate::Level(last)]
                }
            }
        };
        for end in ends {
            let mut coordinates = vec![Coordinate::AsWritten; sweep.factors.len()];
            coordinates[at] = end;
            tries.push(coordinates);
        }
    }
    tries
}

/// The state that outcomes are about: the one named, or that of the scenario's premium.
fn about(sweep: &mut Sweep, scenario: &Scenario, named: Option<&Spanned<String>>) -> Result<(), Problem> {
    let library = &scenario.plan.library;
    match named {
        Some(state) if library.state_coded(state).is_none() => {
            let known: Vec<&str> = library.states().iter().map(|state| state.code.as_str()).collect();
            Err(Problem::unknown("state", state, known))
        }
        Some(state) => {
            sweep.state_name = library.state_coded(state).map(|state| library.state(state).name.clone());
            Ok(())
        }
        None => {
            if let (None, Some(premium)) = (&sweep.state, &scenario.premium) {
                let state = library.state(premium.state);
                sweep.state = Some(state.code.clone());
                sweep.state_name = Some(state.name.clone());
            }
            Ok(())
        }
    }
}
