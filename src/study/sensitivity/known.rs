//! Functions whose indices are known, and what the estimators say of them. They know no chance: all replicates are the same.

use std::f64::consts::PI;

use super::sobol::FEWEST_REPLICATES;
use super::{Estimate, Impossible, Indices, elementary_effects, sobol_indices};
use crate::study::design::{Point, morris, saltelli};

/// Ishigami and Homma (1990), a = 7, b = 0.1, coordinates from -pi to pi.
fn ishigami(point: &Point) -> f64 {
    let x: Vec<f64> = point.iter().map(|unit| PI * (2.0 * unit - 1.0)).collect();
    let sine = |x: f64| libm::sin(x);
    sine(x[0]) + 7.0 * sine(x[1]) * sine(x[1]) + 0.1 * x[2] * x[2] * x[2] * x[2] * sine(x[0])
}

/// The g-function of Sobol, with the factors' weights.
fn g_function(point: &Point, a: &[f64]) -> f64 {
    point.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

fn of(points: &[Point], function: impl Fn(&Point) -> f64) -> Vec<Vec<f64>> {
    vec![points.iter().map(function).collect(); FEWEST_REPLICATES as usize]
}

#[track_caller]
fn near(what: &str, found: Estimate, known: f64, within: f64) {
    assert!((found.value - known).abs() < within, "{what}: {found:?}, known {known}");
    let (low, high) = found.interval.expect("enough samples");
    assert!(low <= found.value && found.value <= high, "{what}: {found:?}");
}

#[test]
fn ishigami_has_its_known_indices() {
    // First order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437: closed forms of the variance.
    let found = sobol_indices(3, &of(&saltelli(1, 3, 4_096), ishigami)).expect("whole samples");
    for (factor, (first, total)) in [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)].into_iter().enumerate() {
        near("first", found[factor].first, first, 0.03);
        near("total", found[factor].total, total, 0.03);
    }
}

#[test]
fn indices_of_few_samples_are_what_none_can_be_and_of_many_are_not() {
    let impossible = |samples: usize| {
        let found = sobol_indices(3, &of(&saltelli(1, 3, samples), ishigami)).expect("whole samples");
        found.iter().filter_map(Indices::impossible).count()
    };
    assert!(impossible(8) > 0);
    assert_eq!(impossible(4_096), 0);
    let exact = |value: f64| Estimate { value, interval: Some((value, value)) };
    let indices = |first: f64, total: f64| Indices { first: exact(first), total: exact(total) };
    assert_eq!(indices(0.36, 0.22).impossible(), Some(Impossible::FirstAboveTotal));
    assert_eq!(indices(0.24, 0.22).impossible(), None, "chance of many samples");
    assert_eq!(indices(0.3, 1.2).impossible(), Some(Impossible::Outside));
    assert_eq!(indices(-0.1, 0.2).impossible(), Some(Impossible::Outside));
}

#[test]
fn the_g_function_has_its_known_indices() {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
    let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
    let variance = a.iter().map(|a| 1.0 + part(*a)).product::<f64>() - 1.0;
    let found = sobol_indices(6, &of(&saltelli(2, 6, 8_192), |point| g_function(point, &a))).expect("whole samples");
    for (factor, weight) in a.into_iter().enumerate() {
        let others: f64 = a.iter().enumerate().filter(|(at, _)| *at != factor).map(|(_, a)| 1.0 + part(*a)).product();
        near("first", found[factor].first, part(weight) / variance, 0.03);
        near("total", found[factor].total, part(weight) * others / variance, 0.03);
    }
}

#[test]
fn intervals_hold_the_known_index_about_nineteen_times_in_twenty() {
    let known = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
    let mut held = 0;
    for seed in 0..40 {
        let found = sobol_indices(3, &of(&saltelli(100 + seed, 3, 256), ishigami)).expect("whole samples");
        for (found, (first, total)) in found.iter().zip(known) {
            let holds = |found: Estimate, known: f64| {
                let (low, high) = found.interval.expect("enough samples");
                low <= known && known <= high
            };
            held += usize::from(holds(found.first, first)) + usize::from(holds(found.total, total));
        }
    }
    // 240 intervals. A Latin hypercube is steadier than the independent samples that resampling takes them for, so
    // they err on the wide side; percentile intervals of few samples err a little on the narrow one.
    assert!((218..=240).contains(&held), "{held} of 240");
}

#[test]
fn outcomes_without_variance_or_of_half_a_sample_have_no_index() {
    assert_eq!(sobol_indices(2, &[vec![3.0; 16]]), None);
    assert_eq!(sobol_indices(2, &[vec![1.0, 2.0, 3.0, 4.0, 5.0]]), None);
    assert_eq!(sobol_indices(0, &[vec![]]), None);
}

#[test]
fn effects_of_a_linear_function_are_its_slopes() {
    let points = morris(1, 3, 10, 4);
    let found = elementary_effects(&points, &of(&points, |x| 2.0 * x[0] - 3.0 * x[1] + 1.0)).expect("trajectories");
    for (found, slope) in found.iter().zip([2.0, -3.0, 0.0_f64]) {
        assert!((found.mean.value - slope).abs() < 1e-9 && found.deviation < 1e-9, "{found:?}");
        // Of effects that do not vary there is no interval, but for what rounding leaves.
        assert!((found.absolute.value - slope.abs()).abs() < 1e-9, "{found:?}");
        assert!(found.absolute.interval.is_none_or(|(low, high)| high - low < 1e-9), "{found:?}");
    }
}

#[test]
fn effects_tell_interaction_from_slope() {
    // y = x0 x1 on two levels: the effect of x0 is x1, 0 or 1 as often; mean 1/2, deviation 1/2.
    let points = morris(2, 2, 4_000, 2);
    let found = elementary_effects(&points, &of(&points, |x| x[0] * x[1])).expect("trajectories");
    for found in &found {
        assert!((found.mean.value - 0.5).abs() < 0.03 && (found.deviation - 0.5).abs() < 0.01, "{found:?}");
    }
    // y = (x0 - 1/2)^2 on four levels: effects cancel, and their absolute mean does not. With step 2/3 from 0 the
    // effect is (1/36 - 1/4) / (2/3) = -1/3, from 1/3 it is (1/4 - 1/36) / (2/3) = 1/3.
    let points = morris(3, 1, 4_000, 4);
    let found = elementary_effects(&points, &of(&points, |x| (x[0] - 0.5) * (x[0] - 0.5))).expect("trajectories");
    assert!(found[0].mean.value.abs() < 0.02, "{found:?}");
    assert!((found[0].absolute.value - 1.0 / 3.0).abs() < 1e-9, "{found:?}");
}

#[test]
fn the_g_function_is_ranked_by_its_weights() {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0];
    let points = morris(4, 5, 60, 4);
    let found = elementary_effects(&points, &of(&points, |point| g_function(point, &a))).expect("trajectories");
    let absolute: Vec<f64> = found.iter().map(|found| found.absolute.value).collect();
    assert!(absolute.windows(2).all(|pair| pair[0] > pair[1]), "{absolute:?}");
}

#[test]
fn points_that_are_no_trajectories_have_no_effects() {
    let points = saltelli(1, 2, 6);
    assert_eq!(elementary_effects(&points, &[vec![0.0; points.len()]]), None);
    let points = morris(1, 2, 1, 4);
    assert_eq!(elementary_effects(&points, &[vec![0.0; points.len()]]), None, "one trajectory has no deviation");
}
