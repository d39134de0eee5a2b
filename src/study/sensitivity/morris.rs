//! Elementary effects of Morris (Technometrics 33, 1991), with the mean of absolute effects of Campolongo, Cariboni and
//! Saltelli (Environmental Modelling and Software 22, 2007).

use super::Estimate;
use super::resampling::{estimates, means};
use crate::base::interval::{float, variance};
use crate::study::design::Point;

/// What one factor does to an outcome, per whole range of the factor, in the outcome's unit. Intervals are over trajectories
/// and replicates, of six and two at least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElementaryEffects {
    /// Mean effect (mu): near 0 also where ups and downs cancel. Chance makes it neither larger nor smaller in the mean.
    pub mean: Estimate,
    /// Mean absolute effect (mu*): how much the factor matters at all. Chance has a size, too, and makes it too large.
    pub absolute: Estimate,
    /// Standard deviation of the effects: large where the effect depends on other factors or is not linear, and where chance
    /// is.
    pub deviation: f64,
}

/// One move along a trajectory: the points before and after it, and by how much the factor changed.
type Move = (usize, usize, f64);

/// The effects of each factor. `points` are trajectories one after another, with each coordinate where the factor really
/// was, and `outcomes` those of the points, by replicate. None when there are fewer than two trajectories, or the points are
/// none.
#[must_use]
pub fn elementary_effects(points: &[Point], outcomes: &[Vec<f64>]) -> Option<Vec<ElementaryEffects>> {
    let factors = points.first()?.len();
    let whole = outcomes.first()?.len() == points.len();
    let moves = moves(points, factors).filter(|_| whole)?;
    let trajectories = moves[0].len();
    let effect = |(before, after, step): Move, outcomes: &[f64]| (outcomes[after] - outcomes[before]) / step;
    let found = estimates(trajectories, outcomes, 2 * factors, &|outcomes, numbers, values| {
        for (factor, moves) in moves.iter().enumerate() {
            let effects = || numbers.iter().map(|number| effect(moves[*number], outcomes));
            values[factor] = effects().sum::<f64>() / float(trajectories);
            values[factors + factor] = effects().map(f64::abs).sum::<f64>() / float(trajectories);
        }
    });
    let outcomes = means(outcomes);
    let of = |(factor, moves): (usize, &Vec<Move>)| {
        let effects: Vec<f64> = moves.iter().map(|of| effect(*of, &outcomes)).collect();
        ElementaryEffects {
            mean: found[factor].estimate,
            absolute: found[factors + factor].estimate.at_least_zero(),
            deviation: libm::sqrt(variance(&effects).unwrap_or_default()),
        }
    };
    Some(moves.iter().enumerate().map(of).collect())
}

/// By factor, then trajectory: where it moved. None where the points are no trajectories, two at least.
fn moves(points: &[Point], factors: usize) -> Option<Vec<Vec<Move>>> {
    let length = factors + 1;
    if factors == 0 || !points.len().is_multiple_of(length) || points.len() < 2 * length {
        return None;
    }
    let mut moves: Vec<Vec<Move>> = vec![Vec::new(); factors];
    for (trajectory, of_it) in points.chunks(length).enumerate() {
        for (place, step) in of_it.windows(2).enumerate() {
            let moved = |factor: &usize| (step[1][*factor] - step[0][*factor]).abs() > 1e-12;
            let mut changed = (0..factors).filter(moved);
            let (Some(factor), None) = (changed.next(), changed.next()) else { return None };
            let before = trajectory * length + place;
            moves[factor].push((before, before + 1, step[1][factor] - step[0][factor]));
        }
        if moves.iter().any(|moves| moves.len() != trajectory + 1) {
            return None;
        }
    }
    Some(moves)
}
