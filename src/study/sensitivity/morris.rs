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
    /// Mean absolute effect (mu*): how much the factor matters at all, with its interval over trajectories.
    pub absolute: Estimate,
    /// Standard deviation of the effects: large where the effect depends on other factors or is not linear.
    pub deviation: f64,
}

/// The effects of each factor. `points` are trajectories one after another, `outcomes` those of the points. None when
/// there are fewer than two trajectories, or the points are no trajectories.
#[must_use]
pub fn elementary_effects(points: &[Point], outcomes: &[f64]) -> Option<Vec<ElementaryEffects>> {
    let factors = points.first()?.len();
    let length = factors + 1;
    if factors == 0 || points.len() != outcomes.len() || points.len() % length != 0 || points.len() < 2 * length {
        return None;
    }
    let trajectories = points.len() / length;
    let mut effects = vec![vec![f64::NAN; trajectories]; factors];
    for trajectory in 0..trajectories {
        for at in trajectory * length..(trajectory + 1) * length - 1 {
            let (here, next) = (&points[at], &points[at + 1]);
            let mut changed = (0..factors).filter(|factor| (next[*factor] - here[*factor]).abs() > 1e-12);
            let (Some(factor), None) = (changed.next(), changed.next()) else { return None };
            effects[factor][trajectory] = (outcomes[at + 1] - outcomes[at]) / (next[factor] - here[factor]);
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
