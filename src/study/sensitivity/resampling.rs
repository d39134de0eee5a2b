//! Bootstrap intervals: samples are drawn again with replacement, and the statistic is computed of each drawing
//! (Efron, Annals of Statistics 7, 1979). The interval is that of the percentiles, taken further out as the t quantile lies
//! beyond the normal one, as in [`crate::study::bootstrap`] and for its reason: those of 2.5 and 97.5 % of eight samples
//! hold the true value 89 times in a hundred (Hesterberg 2015, The American Statistician 69, 3.4).

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::Estimate;
use crate::base::interval::float;
use crate::base::{Purpose, Streams};
use crate::study::bootstrap::widened;

/// Drawings of one interval: its ends then move by about a hundredth of its width from seed to seed, which is less than
/// anybody reads off.
pub const DRAWINGS: usize = 1_000;
/// Of fewer than [`FEW`] samples there are so many: their percentiles lie further out, where fewer drawings are.
const DRAWINGS_OF_FEW: usize = 10_000;
const FEW: usize = 50;
/// Fewer samples have no interval: the percentiles that it would take lie beyond what can be drawn of so few.
pub const FEWEST: usize = 6;
/// The seed of the drawings: an interval belongs to its table, so the same table gives the same interval.
const SEED: u64 = 0;

/// A statistic of so many samples, with its interval. `statistic` is given the numbers of the samples drawn, in order
/// and with repetition, and fills in as many values as `statistics`.
pub fn estimates(samples: usize, statistics: usize, statistic: &mut dyn FnMut(&[usize], &mut [f64])) -> Vec<Estimate> {
    let every: Vec<usize> = (0..samples).collect();
    let mut values = vec![0.0; statistics];
    statistic(&every, &mut values);
    if samples < FEWEST {
        return values.into_iter().map(|value| Estimate { value, interval: None }).collect();
    }
    let drawings = if samples < FEW { DRAWINGS_OF_FEW } else { DRAWINGS };
    let streams = Streams::new(SEED);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(drawings); statistics];
    let mut numbers = every;
    let mut again = vec![0.0; statistics];
    for drawing in 0..drawings as u64 {
        let mut stream = streams.stream(Purpose::Resampling, 0, drawing);
        numbers.fill_with(|| stream.below(samples));
        statistic(&numbers, &mut again);
        for (drawn, value) in drawn.iter_mut().zip(&again) {
            drawn.push(*value);
        }
    }
    let outside = outside(samples, drawings);
    let ends = |mut drawn: Vec<f64>| {
        drawn.sort_by(f64::total_cmp);
        (drawn[outside], drawn[drawings - 1 - outside])
    };
    let both = values.into_iter().zip(drawn);
    // Where no drawing gives anything else, nothing tells how far chance reaches.
    let interval = |drawn| Some(ends(drawn)).filter(|(low, high)| low < high);
    both.map(|(value, drawn)| Estimate { value, interval: interval(drawn) }).collect()
}

/// How many of these drawings lie beyond each end of the interval of so many samples.
fn outside(samples: usize, drawings: usize) -> usize {
    let share = Normal::standard().cdf(-widened(samples));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of the drawings")]
    let outside = libm::floor(share * float(drawings)) as usize;
    outside
}

#[cfg(test)]
mod tests {
    use super::{FEWEST, estimates};
    use crate::base::interval::float;
    use crate::base::{Purpose, Streams};

    #[test]
    fn the_interval_of_a_mean_is_about_two_standard_errors_wide_each_way() {
        // 0, 1, ..., 99: mean 49.5, standard deviation 28.87, so 2.887 is the standard error.
        let found = estimates(100, 1, &mut |numbers, values| {
            values[0] = numbers.iter().map(|number| float(*number)).sum::<f64>() / 100.0;
        });
        let (low, high) = found[0].interval.expect("a hundred samples");
        assert!((found[0].value - 49.5).abs() < 1e-12);
        assert!((low - (49.5 - 1.96 * 2.887)).abs() < 0.6, "{found:?}");
        assert!((high - (49.5 + 1.96 * 2.887)).abs() < 0.6, "{found:?}");
    }

    /// How many of a hundred intervals of the mean of so many normal effects hold the true one.
    #[track_caller]
    fn check(count: usize, held: std::ops::RangeInclusive<f64>) {
        const REPETITIONS: u32 = 1_000;
        let streams = Streams::new(5);
        let holds = |repetition: u32| {
            let mut stream = streams.stream(Purpose::Founding, count as u64, u64::from(repetition));
            // Twelve uniform ones less 6 are nearly normal; effects of mean 10 never change their sign.
            let effects: Vec<f64> = (0..count).map(|_| 4.0 + (0..12).map(|_| stream.unit()).sum::<f64>()).collect();
            let found = estimates(count, 1, &mut |numbers, values| {
                values[0] = numbers.iter().map(|number| effects[*number].abs()).sum::<f64>() / float(count);
            });
            let (low, high) = found[0].interval.expect("enough effects");
            low <= 10.0 && 10.0 <= high
        };
        let share = f64::from((0..REPETITIONS).map(holds).map(u32::from).sum::<u32>()) * 100.0 / f64::from(REPETITIONS);
        assert!(held.contains(&share), "{share} of a hundred intervals of {count} effects");
    }

    #[test]
    fn ninety_five_of_a_hundred_intervals_of_few_effects_hold_the_mean() {
        check(8, 92.5..=97.0);
        check(10, 92.5..=97.0);
    }

    #[test]
    fn too_few_samples_have_no_interval() {
        let found = |samples| estimates(samples, 1, &mut |numbers, values| values[0] = float(numbers[0]))[0].interval;
        assert_eq!(found(FEWEST - 1), None);
        assert!(found(FEWEST).is_some());
        assert_eq!(estimates(40, 1, &mut |_, values| values[0] = 0.0)[0].interval, None, "nothing varies");
    }
}
