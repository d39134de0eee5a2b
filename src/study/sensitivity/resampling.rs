//! 95 % intervals of a statistic of a design, over both that chance has a part in: which samples the design has, and which
//! seeds its runs share.
//!
//! *Samples* are drawn again with replacement, and the statistic is computed of each drawing (Efron, Annals of Statistics 7,
//! 1979). The ends are percentiles, taken further out as the t quantile lies beyond the normal one, as in
//! [`crate::study::bootstrap`] and for its reason: those of 2.5 and 97.5 % of eight samples hold the true value 89 times in
//! a hundred (Hesterberg 2015, The American Statistician 69, 3.4).
//!
//! *Replicates* are left out each in turn (the jackknife: Tukey 1958, Annals of Mathematical Statistics 29; Efron and Stein
//! 1981, Annals of Statistics 9), with Student's t of one less than their number. They are few, and two or three drawn again
//! never lie further out than they do themselves. All points share their seeds, so that no number of samples takes this
//! part away: a factor that only makes histories part has an effect of its own in any given seeds.
//!
//! The two are put together side by side, as squares (Zou and Donner 2008, Statistics in Medicine 27, 1693). Chance that
//! belongs to single runs is in both, and makes intervals a little wide.

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::Estimate;
use crate::base::interval::{float, mean, t_quantile};
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
/// Fewer replicates have no interval: nothing tells how far the chance of one seed reaches.
pub const FEWEST_REPLICATES: usize = 2;
/// The seed of the drawings: an interval belongs to its table, so the same table gives the same interval.
const SEED: u64 = 0;

/// Fills in the statistics, given the outcomes of all points and the numbers of the samples drawn, in order and with
/// repetition.
pub type Statistic<'a> = dyn Fn(&[f64], &[usize], &mut [f64]) + 'a;

/// A statistic with its interval, and with what the chance of the seeds adds to it in the mean.
#[derive(Clone, Copy, Debug)]
pub struct Resampled {
    /// The statistic of the means over the replicates.
    pub estimate: Estimate,
    /// By how much it is too large in the mean because replicates are few (Quenouille 1956, Biometrika 43); 0 of one.
    pub bias: f64,
}

/// So many statistics of so many samples; `outcomes` are those of all points, by replicate.
///
/// # Panics
/// Without replicates.
pub fn estimates(
    samples: usize,
    outcomes: &[Vec<f64>],
    statistics: usize,
    statistic: &Statistic<'_>,
) -> Vec<Resampled> {
    let every: Vec<usize> = (0..samples).collect();
    let means = means(outcomes);
    let mut values = vec![0.0; statistics];
    statistic(&means, &every, &mut values);
    if outcomes.len() < FEWEST_REPLICATES {
        let alone = |value| Resampled { estimate: Estimate { value, interval: None }, bias: 0.0 };
        return values.into_iter().map(alone).collect();
    }
    let seeds = by_replicate(outcomes, &means, statistics, &|outcomes, values| statistic(outcomes, &every, values));
    let ends = (samples >= FEWEST).then(|| {
        by_sample(samples, statistics, &|numbers, values| {
            statistic(&means, numbers, values);
        })
    });
    let of = |(place, value): (usize, f64)| {
        let Chance { reach, without } = seeds[place];
        let interval = ends.as_ref().map(|ends| {
            let (low, high) = ends[place];
            (value - libm::hypot(value - low.min(value), reach), value + libm::hypot(high.max(value) - value, reach))
        });
        // Where no drawing gives anything else, nothing tells how far chance reaches.
        let interval = interval.filter(|(low, high)| low < high);
        let bias = (without - value) * float(outcomes.len() - 1);
        Resampled { estimate: Estimate { value, interval }, bias }
    };
    values.into_iter().enumerate().map(of).collect()
}

/// Of each point, the mean over the replicates.
#[must_use]
pub fn means(outcomes: &[Vec<f64>]) -> Vec<f64> {
    let sum = |point: usize| outcomes.iter().map(|of_replicate| of_replicate[point]).sum::<f64>();
    (0..outcomes[0].len()).map(|point| sum(point) / float(outcomes.len())).collect()
}

/// What the seeds do to a statistic.
#[derive(Clone, Copy)]
struct Chance {
    /// How far it reaches to each side in 95 of a hundred studies.
    reach: f64,
    /// The mean of the statistic without each replicate.
    without: f64,
}

/// The chance of the seeds, two at least: each is left out in turn.
fn by_replicate(
    outcomes: &[Vec<f64>],
    means: &[f64],
    statistics: usize,
    statistic: &dyn Fn(&[f64], &mut [f64]),
) -> Vec<Chance> {
    let (count, others) = (float(outcomes.len()), float(outcomes.len() - 1));
    let without = |left_out: &Vec<f64>| {
        let of_point = |(mean, own): (&f64, &f64)| mean + (mean - own) / others;
        let outcomes: Vec<f64> = means.iter().zip(left_out).map(of_point).collect();
        let mut values = vec![0.0; statistics];
        statistic(&outcomes, &mut values);
        values
    };
    let all: Vec<Vec<f64>> = outcomes.iter().map(without).collect();
    let of = |place: usize| {
        let values: Vec<f64> = all.iter().map(|values| values[place]).collect();
        let centre = mean(&values).unwrap_or_default();
        let squares: f64 = values.iter().map(|value| (value - centre) * (value - centre)).sum();
        let reach = t_quantile(0.975, others) * libm::sqrt(squares * others / count);
        Chance { reach, without: centre }
    };
    (0..statistics).map(of).collect()
}

/// The ends that the choice of the samples gives each statistic: they are drawn again.
fn by_sample(samples: usize, statistics: usize, statistic: &dyn Fn(&[usize], &mut [f64])) -> Vec<(f64, f64)> {
    let drawings = if samples < FEW { DRAWINGS_OF_FEW } else { DRAWINGS };
    let streams = Streams::new(SEED);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(drawings); statistics];
    let mut numbers = vec![0; samples];
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
    drawn.into_iter().map(ends).collect()
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
    use crate::base::interval::{float, variance};
    use crate::base::{Purpose, Streams};

    fn mean_of(outcomes: &[f64], numbers: &[usize], values: &mut [f64]) {
        values[0] = numbers.iter().map(|number| outcomes[*number]).sum::<f64>() / float(numbers.len());
    }

    #[test]
    fn the_interval_of_a_mean_is_about_two_standard_errors_wide_each_way() {
        // 0, 1, ..., 99: mean 49.5, standard deviation 28.87, so 2.887 is the standard error.
        let outcomes = vec![(0..100).map(float).collect(); 2];
        let found = estimates(100, &outcomes, 1, &mean_of)[0].estimate;
        let (low, high) = found.interval.expect("a hundred samples");
        assert!((found.value - 49.5).abs() < 1e-12);
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
            let found = estimates(count, &[effects.clone(), effects], 1, &mean_of);
            let (low, high) = found[0].estimate.interval.expect("enough effects");
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
    fn the_interval_over_replicates_of_a_mean_is_students() {
        // Every sample has the same: nothing is left but the three replicates, 1, 2 and 6.
        let outcomes: Vec<Vec<f64>> = [1.0, 2.0, 6.0].map(|value| vec![value; 10]).to_vec();
        let found = estimates(10, &outcomes, 1, &mean_of)[0];
        let half = 4.302_65 * libm::sqrt(variance(&[1.0, 2.0, 6.0]).expect("three") / 3.0);
        let (low, high) = found.estimate.interval.expect("three replicates");
        assert!((low - (3.0 - half)).abs() < 1e-3 && (high - (3.0 + half)).abs() < 1e-3, "{found:?}");
        assert!(found.bias.abs() < 1e-12, "a mean is not biased: {found:?}");
    }

    #[test]
    fn what_few_replicates_add_to_a_square_is_known() {
        // The square of the mean of -1 and 1, whose truth may be 0: 0, and 1 of either alone.
        let outcomes = [vec![-1.0; 6], vec![1.0; 6]];
        let square = |outcomes: &[f64], _: &[usize], values: &mut [f64]| values[0] = outcomes[0] * outcomes[0];
        assert!((estimates(6, &outcomes, 1, &square)[0].bias - 1.0).abs() < 1e-12);
        assert!(estimates(6, &outcomes[..1], 1, &square)[0].bias.abs() < 1e-12);
    }

    #[test]
    fn too_few_samples_or_replicates_have_no_interval() {
        let found = |samples: usize, replicates: usize| {
            let outcomes = vec![(0..samples).map(float).collect::<Vec<f64>>(); replicates];
            estimates(samples, &outcomes, 1, &mean_of)[0].estimate.interval
        };
        assert_eq!((found(FEWEST - 1, 2), found(FEWEST, 1)), (None, None));
        assert!(found(FEWEST, 2).is_some());
        let nothing = estimates(40, &[vec![0.0; 40], vec![0.0; 40]], 1, &mean_of)[0].estimate.interval;
        assert_eq!(nothing, None, "nothing varies");
    }
}
