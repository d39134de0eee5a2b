//! Bootstrap intervals: samples are drawn again with replacement, and the statistic is computed of each drawing
//! (Efron, Annals of Statistics 7, 1979). The interval is that of the percentiles.

use super::Estimate;
use crate::base::{Purpose, Streams};

/// Drawings of one interval: its ends then move by about a hundredth of its width from seed to seed, which is less than
/// anybody reads off.
pub const DRAWINGS: usize = 1_000;
/// The seed of the drawings: an interval belongs to its table, so the same table gives the same interval.
const SEED: u64 = 0;

/// A statistic of so many samples, with its interval. `statistic` is given the numbers of the samples drawn, in order
/// and with repetition, and fills in as many values as `statistics`.
pub fn estimates(samples: usize, statistics: usize, statistic: &mut dyn FnMut(&[usize], &mut [f64])) -> Vec<Estimate> {
    let every: Vec<usize> = (0..samples).collect();
    let mut values = vec![0.0; statistics];
    statistic(&every, &mut values);
    let streams = Streams::new(SEED);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(DRAWINGS); statistics];
    let mut numbers = every;
    let mut again = vec![0.0; statistics];
    for drawing in 0..DRAWINGS as u64 {
        let mut stream = streams.stream(Purpose::Resampling, 0, drawing);
        numbers.fill_with(|| stream.below(samples));
        statistic(&numbers, &mut again);
        for (drawn, value) in drawn.iter_mut().zip(&again) {
            drawn.push(*value);
        }
    }
    let ends = |mut drawn: Vec<f64>| {
        drawn.sort_by(f64::total_cmp);
        let outside = DRAWINGS / 40;
        (drawn[outside], drawn[DRAWINGS - 1 - outside])
    };
    values
        .into_iter()
        .zip(drawn)
        .map(|(value, drawn)| {
            let (low, high) = ends(drawn);
            Estimate { value, low, high }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::estimates;

    #[test]
    fn the_interval_of_a_mean_is_about_two_standard_errors_wide_each_way() {
        // 0, 1, ..., 99: mean 49.5, standard deviation 28.87, so 2.887 is the standard error.
        let found = estimates(100, 1, &mut |numbers, values| {
            values[0] = numbers.iter().map(|number| f64::from(u32::try_from(*number).unwrap())).sum::<f64>() / 100.0;
        });
        assert!((found[0].value - 49.5).abs() < 1e-12);
        assert!((found[0].low - (49.5 - 1.96 * 2.887)).abs() < 0.6, "{found:?}");
        assert!((found[0].high - (49.5 + 1.96 * 2.887)).abs() < 0.6, "{found:?}");
    }
}
