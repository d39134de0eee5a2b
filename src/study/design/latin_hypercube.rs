//! Latin hypercube sampling (`McKay`, Beckman and Conover, Technometrics 21, 1979): each factor's range is cut into as
//! many strata as there are points, and each stratum is met once.

use super::Point;
use crate::base::interval::float;
use crate::base::{Purpose, Streams};

/// So many points in so many factors. Order and place within the stratum are drawn for each factor by itself: a factor
/// more changes nothing in those before it.
#[must_use]
pub fn latin_hypercube(seed: u64, factors: usize, points: usize) -> Vec<Point> {
    let streams = Streams::new(seed);
    let columns: Vec<Vec<f64>> = (0..factors as u64)
        .map(|factor| {
            let mut stream = streams.stream(Purpose::Design, factor, 0);
            let order = stream.order(points);
            order.into_iter().map(|stratum| (float(stratum) + stream.unit()) / float(points)).collect()
        })
        .collect();
    (0..points).map(|point| columns.iter().map(|column| column[point]).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::latin_hypercube;

    #[test]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "strata of a test")]
    fn every_stratum_of_every_factor_is_met_once() {
        let points = latin_hypercube(3, 4, 17);
        for factor in 0..4 {
            let mut strata: Vec<usize> = points.iter().map(|point| (point[factor] * 17.0) as usize).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..17).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_factor_more_changes_none_before_it_and_a_seed_changes_all() {
        let two = latin_hypercube(3, 2, 9);
        let three = latin_hypercube(3, 3, 9);
        assert!(two.iter().zip(&three).all(|(two, three)| two[..] == three[..2]));
        assert_ne!(two, latin_hypercube(4, 2, 9));
        assert!(two.iter().any(|point| (point[0] - point[1]).abs() > 0.1), "columns are not the same");
    }
}
