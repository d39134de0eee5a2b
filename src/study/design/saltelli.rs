//! Saltelli's design for Sobol indices (Computer Physics Communications 145, 2002, and 181, 2010): two independent
//! samples A and B, and for each factor A with that factor's column taken from B.
//!
//! The two samples are the halves of one Latin hypercube in twice the factors: stratified, and any number of samples
//! will do. Deliberately absent: the points for second-order indices, which double the runs.

use super::{Point, latin_hypercube};

/// For each sample: A, B, then A with each factor of B, `factors + 2` points. Samples stand one after another, so that a
/// study cut short has whole samples.
#[must_use]
pub fn saltelli(seed: u64, factors: usize, samples: usize) -> Vec<Point> {
    let mut points = Vec::with_capacity(samples * (factors + 2));
    for both in latin_hypercube(seed, 2 * factors, samples) {
        let (a, b) = both.split_at(factors);
        points.push(a.to_vec());
        points.push(b.to_vec());
        for factor in 0..factors {
            let mut mixed = a.to_vec();
            mixed[factor] = b[factor];
            points.push(mixed);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::saltelli;

    #[test]
    #[expect(clippy::float_cmp, reason = "coordinates are taken over")]
    fn one_column_is_taken_over() {
        for sample in saltelli(1, 3, 8).chunks(5) {
            for factor in 0..3 {
                for (coordinate, value) in sample[2 + factor].iter().enumerate() {
                    let from = usize::from(coordinate == factor);
                    assert_eq!(*value, sample[from][coordinate]);
                }
            }
        }
    }
}
