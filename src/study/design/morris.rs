//! Trajectories of Morris (Technometrics 33, 1991): from a point drawn on a grid of levels, one factor after another
//! is moved by one step.

use super::Point;
use crate::base::interval::float;
use crate::base::{Purpose, Streams};

/// The step: half the levels, `p / (2 (p - 1))`, so that every level is as likely.
///
/// # Panics
/// When the levels are not an even number of 2 or more.
#[must_use]
pub fn step(levels: usize) -> f64 {
    assert!(levels >= 2 && levels.is_multiple_of(2), "an even number of levels");
    float(levels) / (2.0 * float(levels - 1))
}

/// Trajectories one after another, each of `factors + 1` points; from a point to the next one coordinate changes, by a
/// step up or down.
///
/// # Panics
/// As [`step`].
#[must_use]
pub fn morris(seed: u64, factors: usize, trajectories: usize, levels: usize) -> Vec<Point> {
    let step = step(levels);
    let streams = Streams::new(seed);
    let mut points = Vec::with_capacity(trajectories * (factors + 1));
    for trajectory in 0..trajectories as u64 {
        let mut stream = streams.stream(Purpose::Design, u64::MAX, trajectory);
        // The lower half of the levels can go up by a step; which end of it the trajectory begins at is drawn.
        let mut up = Vec::with_capacity(factors);
        let mut point: Point = Vec::with_capacity(factors);
        for _ in 0..factors {
            let low = float(stream.below(levels / 2)) / float(levels - 1);
            up.push(stream.chance(0.5));
            point.push(if up.last() == Some(&true) { low } else { low + step });
        }
        points.push(point.clone());
        for factor in stream.order(factors) {
            point[factor] += if up[factor] { step } else { -step };
            // Levels are fractions: what a step up and down leaves must be the level again.
            point[factor] = point[factor].clamp(0.0, 1.0);
            points.push(point.clone());
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::{morris, step};

    #[test]
    fn a_trajectory_moves_each_factor_once_by_a_step() {
        let points = morris(5, 4, 30, 6);
        assert_eq!(points.len(), 30 * 5);
        for trajectory in points.chunks(5) {
            let mut moved = Vec::new();
            for pair in trajectory.windows(2) {
                let changed: Vec<usize> = (0..4).filter(|f| (pair[0][*f] - pair[1][*f]).abs() > 1e-12).collect();
                assert_eq!(changed.len(), 1);
                assert!(((pair[0][changed[0]] - pair[1][changed[0]]).abs() - step(6)).abs() < 1e-12);
                moved.push(changed[0]);
            }
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3]);
        }
        for coordinate in points.iter().flatten() {
            let level = coordinate * 5.0;
            assert!((level - libm::round(level)).abs() < 1e-9 && (0.0..=1.0).contains(coordinate), "{coordinate}");
        }
    }
}
