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
    assert!(levels >= 2 && levels.is_multiple_of(2), "an even number of levels");
    let half = levels / 2;
    let streams = Streams::new(seed);
    let mut points = Vec::with_capacity(trajectories * (factors + 1));
    for trajectory in 0..trajectories as u64 {
        let mut stream = streams.stream(Purpose::Design, u64::MAX, trajectory);
        // The lower half of the levels can go up by a step; which end of it the trajectory begins at is drawn.
        let mut at: Vec<(usize, bool)> = (0..factors)
            .map(|_| {
                let low = stream.below(half);
                let up = stream.chance(0.5);
                (if up { low } else { low + half }, up)
            })
            .collect();
        // Coordinates come of the numbers of levels alone: a level reached from above is that reached from below.
        let point = |at: &[(usize, bool)]| at.iter().map(|(level, _)| float(*level) / float(levels - 1)).collect();
        points.push(point(&at));
        for factor in stream.order(factors) {
            let (level, up) = at[factor];
            at[factor].0 = if up { level + half } else { level - half };
            points.push(point(&at));
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::{float, morris, step};

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
    }

    #[test]
    fn a_level_is_one_number_however_it_is_reached() {
        for levels in [2, 4, 6, 8, 10, 100] {
            let points = morris(5, 4, 600, levels);
            let mut met: Vec<u64> = points.iter().flatten().map(|coordinate| coordinate.to_bits()).collect();
            met.sort_unstable();
            met.dedup();
            let all: Vec<u64> = (0..levels).map(|level| (float(level) / float(levels - 1)).to_bits()).collect();
            assert_eq!(met, all, "{levels}");
        }
    }
}
