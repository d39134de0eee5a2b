//! Known functions of which each point is run on the same few seeds, as in a sweep: how often intervals hold the truth.
//!
//! Chance is of three kinds: what a seed does where a factor lies high, which is an effect in these seeds and none in all of
//! them; what it does to a single run; and the choice of the design.

use std::f64::consts::PI;

use super::sobol::FEWEST_REPLICATES;
use super::{Estimate, elementary_effects, sobol_indices};
use crate::base::{Purpose, Stream, Streams};
use crate::study::design::{Point, morris, saltelli};

/// Twelve uniform ones less 6: nearly normal.
fn normal(stream: &mut Stream) -> f64 {
    (0..12).map(|_| stream.unit()).sum::<f64>() - 6.0
}

/// The outcomes of the points in so many replicates. The last factor has no effect but that histories part by it: which of
/// the two comes out higher is the seed's.
fn outcomes(study: u64, points: &[Point], replicates: u64, function: impl Fn(&Point) -> f64) -> Vec<Vec<f64>> {
    let streams = Streams::new(study);
    let of_replicate = |replicate: u64| {
        let mut stream = streams.stream(Purpose::Founding, 1, replicate);
        let shift = normal(&mut stream);
        let mut outcome = |point: &Point| {
            let apart = if point[point.len() - 1] > 0.5 { shift } else { -shift };
            function(point) + 0.5 * apart + 0.2 * normal(&mut stream)
        };
        points.iter().map(&mut outcome).collect()
    };
    (0..replicates).map(of_replicate).collect()
}

fn holds(found: Estimate, truth: f64) -> bool {
    found.interval.is_some_and(|(low, high)| low <= truth && truth <= high)
}

/// Intervals of mu of both factors of `y = 2 x0`, as many of a hundred as hold 2 and 0.
#[track_caller]
fn check(replicates: u64) {
    const STUDIES: u64 = 200;
    let mut held = [0, 0];
    for study in 0..STUDIES {
        let points = morris(study, 2, 10, 4);
        let outcomes = outcomes(study, &points, replicates, |point| 2.0 * point[0]);
        let found = elementary_effects(&points, &outcomes).expect("trajectories");
        for (held, (found, truth)) in held.iter_mut().zip(found.iter().zip([2.0, 0.0])) {
            *held += u64::from(holds(found.mean, truth));
        }
    }
    for held in held {
        assert!((92..=100).contains(&(held * 100 / STUDIES)), "{held} of {STUDIES}, {replicates} replicates");
    }
}

#[test]
fn ninety_five_of_a_hundred_intervals_of_mu_hold_the_mean_effect_over_all_seeds() {
    check(10);
    check(2);
}

#[test]
fn more_trajectories_do_not_narrow_what_the_seeds_do() {
    let width = |trajectories: usize, replicates: u64| {
        let points = morris(1, 2, trajectories, 4);
        let found = elementary_effects(&points, &outcomes(3, &points, replicates, |point| 2.0 * point[0]));
        let (low, high) = found.expect("trajectories")[1].mean.interval.expect("an interval");
        high - low
    };
    assert!(width(200, 5) > 0.6 * width(10, 5), "{} {}", width(200, 5), width(10, 5));
    assert!(width(10, 50) < 0.5 * width(10, 5), "{} {}", width(10, 50), width(10, 5));
}

#[test]
fn of_few_replicates_there_is_no_interval() {
    let points = morris(1, 2, 20, 4);
    let found = elementary_effects(&points, &outcomes(1, &points, 1, |point| point[0])).expect("trajectories");
    assert!(found.iter().all(|found| found.mean.interval.is_none() && found.absolute.interval.is_none()), "{found:?}");
    let points = saltelli(1, 2, 20);
    let has_intervals = |replicates: u32| {
        let outcomes = outcomes(1, &points, u64::from(replicates), |point| point[0]);
        let found = sobol_indices(2, &outcomes).expect("samples");
        found.iter().all(|found| found.first.interval.is_some() && found.total.interval.is_some())
    };
    assert!(!has_intervals(1) && !has_intervals(FEWEST_REPLICATES - 1) && has_intervals(FEWEST_REPLICATES));
}

#[test]
fn indices_are_those_of_the_mean_over_all_seeds() {
    // Ishigami without its third factor, and one that only makes histories part: 49/8 of the second, 1/2 of the first.
    let variance = 0.5 + 49.0 / 8.0;
    let known = [(0.5 / variance, 0.5 / variance), (49.0 / 8.0 / variance, 49.0 / 8.0 / variance), (0.0, 0.0)];
    const STUDIES: u64 = 60;
    let (mut held, mut last) = (0, 0.0);
    for study in 0..STUDIES {
        let points = saltelli(100 + study, 3, 100);
        let outcomes = outcomes(study, &points, 10, |point| {
            let [one, two] = [0, 1].map(|place| libm::sin(PI * (2.0 * point[place] - 1.0)));
            one + 7.0 * two * two
        });
        let found = sobol_indices(3, &outcomes).expect("samples");
        for (found, (first, total)) in found.iter().zip(known) {
            held += u64::from(holds(found.first, first)) + u64::from(holds(found.total, total));
        }
        #[expect(clippy::cast_precision_loss, reason = "some sixty")]
        let studies = STUDIES as f64;
        last += found[2].total.value / studies;
    }
    assert!((92..=100).contains(&(held * 100 / (6 * STUDIES))), "{held} of {}", 6 * STUDIES);
    // Chance taken for an effect would make it 0.004.
    assert!(last.abs() < 0.0015, "{last}");
}
