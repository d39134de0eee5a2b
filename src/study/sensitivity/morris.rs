//! Elementary effects of Morris (Technometrics 33, 1991), with the mean of absolute effects of Campolongo, Cariboni and
//! Saltelli (Environmental Modelling and Software 22, 2007).

use super::Estimate;
use super::resampling::estimates;
use crate::base::interval::float;
use crate::study::design::Point;

/// What one factor does to an outcome, per whole range of the factor, in the outcome's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElementaryEffects {
    /// Mean effect: near 0 also where ups and downs cancel.
    pub mean: f64,
    /// Mean absolute effect (mu*): how much the factor matters at all, with its interval over trajectories, of six at least.
    pub absolute: Estimate,
    /// Standard deviation of the effects: large where the effect depends on other factors or is not linear.
    pub deviation: f64,
}

/// The effects of each factor. `points` are trajectories one after another, with each coordinate where the factor really
/// was, and `outcomes` those of the points. None when there are fewer than two trajectories, or the points are none.
#[must_use]
pub fn elementary_effects(points: &[Point], outcomes: &[f64]) -> Option<Vec<ElementaryEffects>> {
    let factors = points.first()?.len();
    let length = factors + 1;
    if factors == 0
        || points.len() != outcomes.len()
        || !points.len().is_multiple_of(length)
        || points.len() < 2 * length
    {
        return None;
    }
    let trajectories = points.len() / length;
    let mut effects = vec![vec![f64::NAN; trajectories]; factors];
    for (trajectory, (points, outcomes)) in points.chunks(length).zip(outcomes.chunks(length)).enumerate() {
        for (step, results) in points.windows(2).zip(outcomes.windows(2)) {
            let moved = |factor: &usize| (step[1][*factor] - step[0][*factor]).abs() > 1e-12;
            let mut changed = (0..factors).filter(moved);
            let (Some(factor), None) = (changed.next(), changed.next()) else { return None };
            effects[factor][trajectory] = (results[1] - results[0]) / (step[1][factor] - step[0][factor]);
        }
    }
    if effects.iter().flatten().any(|effect| effect.is_nan()) {
        return None;
    }
    let absolute = estimates(trajectories, factors, &mut |numbers, values| {
        for (effects, value) in effects.iter().zip(values) {
            *value = numbers.iter().map(|number| effects[*number].abs()).sum::<f64>() / float(trajectories);
        }
    });
    let of = |(effects, absolute): (&Vec<f64>, Estimate)| {
        let mean = effects.iter().sum::<f64>() / float(trajectories);
        let squares: f64 = effects.iter().map(|effect| (effect - mean) * (effect - mean)).sum();
        ElementaryEffects { mean, absolute, deviation: libm::sqrt(squares / float(trajectories - 1)) }
    };
    Some(effects.iter().zip(absolute).map(of).collect())
}
