//! The 95 % interval of a mean of paired differences: Student's t, or the bootstrap where they are too skewed for it.
//!
//! The rule is Cochran's (Sampling Techniques, 3rd edition, 1977, 2.15): the normal approximation serves when there are
//! more than 25 times the squared skewness of values. Where there are fewer, the interval is the bias-corrected
//! accelerated one (Efron 1987, JASA 82), its percentiles taken further out as the t quantile lies beyond the normal
//! one, without which it is too narrow for small samples (Hesterberg 2015, The American Statistician 69, 3.4).
//!
//! Deliberately absent: a choice by what kind of outcome it is. The same outcome is skewed in one scenario and not in
//! another.

use statrs::distribution::{ContinuousCDF as _, Normal};

use crate::base::interval::{float, mean, t_quantile, variance};
use crate::base::{Interval, Purpose, Stream, Streams};

/// Resamples of a bootstrap: the ends of an interval then hang by chance for some hundredths of its width.
pub const RESAMPLES: usize = 2_000;
/// With fewer values there is too little to resample, and the skewness of the sample says next to nothing: to go by it
/// then costs more coverage than it brings (91 % instead of 95 % for ten differences of exponential values).
pub const FEWEST: usize = 20;
/// Cochran's factor on the squared skewness.
pub const COCHRAN: f64 = 25.0;

/// How an interval was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Student's t.
    StudentsT,
    /// The bias-corrected accelerated bootstrap.
    Bootstrap,
}

impl Method {
    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::StudentsT => "t",
            Self::Bootstrap => "bootstrap",
        }
    }
}

/// The stream that resamples in a study of this first seed. It hangs on nothing else, so that outcomes with equal
/// differences, and variants with equal runs, have equal intervals.
#[must_use]
pub fn resampling(seed: u64) -> Stream {
    Streams::new(seed).stream(Purpose::Resampling, 0, 0)
}

/// The mean of values with its 95 % interval, by the rule of this module; none for fewer than two values, and for values
/// that are [`tied`]. The stream is drawn from for a bootstrap alone.
#[must_use]
pub fn interval(values: &[f64], stream: Stream) -> Option<(Interval, Method)> {
    if tied(values) {
        return None;
    }
    match method(values) {
        Method::StudentsT => Some((Interval::of(values)?, Method::StudentsT)),
        Method::Bootstrap => Some((accelerated(values, stream)?, Method::Bootstrap)),
    }
}

/// The mean of values with its 95 % interval by Student's t, whatever their skewness; none as of [`interval`].
#[must_use]
pub fn students(values: &[f64]) -> Option<Interval> {
    if tied(values) { None } else { Interval::of(values) }
}

/// Whether values are all the same, but for what rounding leaves of it. Such a sample tells nothing of how far chance
/// reaches, and an interval without width would say that it does not reach at all: of differences that are nothing in nine
/// pairs of ten, every third sample of ten has nothing else.
#[must_use]
pub fn tied(values: &[f64]) -> bool {
    /// Differences of shares that are the same differ by some 1e-16.
    const SLACK: f64 = 1e-12;
    let same = |first: &f64| values.iter().all(|value| (value - first).abs() <= SLACK * first.abs());
    values.first().is_some_and(same)
}

/// Which method the rule asks for.
#[must_use]
pub fn method(values: &[f64]) -> Method {
    let skewness = skewness(values).unwrap_or(0.0);
    let enough = float(values.len()) >= COCHRAN * skewness * skewness;
    if values.len() < FEWEST || enough { Method::StudentsT } else { Method::Bootstrap }
}

/// The third moment about the mean over the second to the power of 3/2; none without variation.
fn skewness(values: &[f64]) -> Option<f64> {
    let (second, third) = moments(values)?;
    Some(third / (second * libm::sqrt(second)))
}

/// Means of the squared and of the cubed deviations; none without variation.
fn moments(values: &[f64]) -> Option<(f64, f64)> {
    let mean = mean(values)?;
    let of =
        |power: &dyn Fn(f64) -> f64| values.iter().map(|value| power(value - mean)).sum::<f64>() / float(values.len());
    let second = of(&|deviation| deviation * deviation);
    (second > 0.0).then(|| (second, of(&|deviation| deviation * deviation * deviation)))
}

/// How many standard deviations from the middle of the resamples their percentiles are taken, for an interval of 95 % of so
/// many values, two at least: as far as the t quantile lies out, and further by what resamples vary less than samples do.
#[must_use]
pub fn widened(count: usize) -> f64 {
    let count = float(count);
    t_quantile(0.975, count - 1.0) * libm::sqrt(count / (count - 1.0))
}

fn accelerated(values: &[f64], mut stream: Stream) -> Option<Interval> {
    let mean = mean(values)?;
    variance(values).filter(|variance| *variance > 0.0)?;
    let count = float(values.len());
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| (0..values.len()).map(|_| values[stream.below(values.len())]).sum::<f64>() / count)
        .collect();
    means.sort_by(f64::total_cmp);
    // Resamples that hit the mean exactly count half: differences are often whole numbers.
    let below = means.partition_point(|resampled| *resampled < mean);
    let up_to = means.partition_point(|resampled| *resampled <= mean);
    let normal = Normal::standard();
    let resamples = float(RESAMPLES);
    let part = (float(below + up_to) / (2.0 * resamples)).clamp(1.0 / resamples, 1.0 - 1.0 / resamples);
    let bias = normal.inverse_cdf(part);
    let acceleration = skewness(values)? / (6.0 * libm::sqrt(count));
    let beyond = widened(values.len());
    let end = |z: f64| {
        let shifted = bias + z;
        let share = normal.cdf(bias + shifted / (1.0 - acceleration * shifted));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the resamples")]
        let place = libm::floor(share * (resamples + 1.0)) as usize;
        means[place.saturating_sub(1).min(RESAMPLES - 1)]
    };
    Some(Interval { mean, low: end(-beyond), high: end(beyond) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples of a known model, and how often the interval holds the true mean.
    fn coverage(count: usize, repetitions: u64, draw: &dyn Fn(&mut Stream) -> f64, truth: f64) -> (f64, f64) {
        let streams = Streams::new(11);
        let (mut held, mut bootstraps) = (0_u32, 0_u32);
        for repetition in 0..repetitions {
            let mut stream = streams.stream(Purpose::Founding, count as u64, repetition);
            let sample: Vec<f64> = (0..count).map(|_| draw(&mut stream)).collect();
            let resampling = streams.stream(Purpose::Resampling, count as u64, repetition);
            let (interval, method) = interval(&sample, resampling).expect("two values at least");
            held += u32::from(interval.low <= truth && truth <= interval.high);
            bootstraps += u32::from(method == Method::Bootstrap);
        }
        #[expect(clippy::cast_precision_loss, reason = "some thousand")]
        let of = |number: u32| f64::from(number) / repetitions as f64;
        (of(held), of(bootstraps))
    }

    fn exponential(stream: &mut Stream) -> f64 {
        -libm::log(1.0 - stream.unit())
    }

    fn normal(stream: &mut Stream) -> f64 {
        // Twelve uniform ones: known mean, no skewness, tails short enough to tell apart only in millions.
        (0..12).map(|_| stream.unit()).sum::<f64>() - 6.0
    }

    #[track_caller]
    fn check(count: usize, draw: &dyn Fn(&mut Stream) -> f64, truth: f64, bootstraps: std::ops::Range<f64>) {
        let (held, by_bootstrap) = coverage(count, 4_000, draw, truth);
        assert!((0.93..=0.97).contains(&held), "{held} of the intervals of {count} values hold the mean");
        assert!(bootstraps.contains(&by_bootstrap), "{by_bootstrap} by bootstrap");
    }

    #[test]
    fn ninety_five_of_a_hundred_intervals_hold_the_mean_by_students_t() {
        check(30, &normal, 0.0, 0.0..0.05);
        check(5, &normal, 0.0, 0.0..0.001);
        check(15, &|stream| exponential(stream) - exponential(stream), 0.0, 0.0..0.001);
    }

    #[test]
    fn ninety_five_of_a_hundred_intervals_hold_the_mean_by_bootstrap() {
        check(30, &exponential, 1.0, 0.5..1.0);
        check(60, &exponential, 1.0, 0.3..1.0);
        check(30, &|stream| exponential(stream) - exponential(stream), 0.0, 0.1..0.3);
    }

    /// Differences that are mostly nothing, and large now and then: the interval errs on the safe side.
    #[test]
    fn rare_large_differences_are_covered() {
        let rare = |stream: &mut Stream| if stream.chance(0.15) { 300.0 + 100.0 * stream.unit() } else { 0.0 };
        let (held, by_bootstrap) = coverage(40, 500, &rare, 52.5);
        assert!((0.94..=0.99).contains(&held) && by_bootstrap > 0.8, "{held}, {by_bootstrap} by bootstrap");
    }

    #[test]
    fn values_that_are_all_the_same_have_no_interval() {
        let of = |values: &[f64]| interval(values, Streams::new(1).stream(Purpose::Resampling, 0, 0));
        assert_eq!(of(&[2.0; 40]), None);
        assert_eq!(of(&[44.0, 44.0]), None);
        assert_eq!(of(&[0.5 - 0.2, 0.4 - 0.1]), None, "the same but for rounding");
        assert!(of(&[44.0, 45.0]).is_some() && of(&[0.0, 1e-300]).is_some());
        assert_eq!(of(&[0.0; 40]), None, "nothing in all of them is no proof that there is nothing");
    }
}
