//! Means, intervals and shares over seeds.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

/// A mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The mean of a sample with its 95 % interval by Student's t; none for fewer than two values.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let count = float(values.len());
        if values.len() < 2 {
            return None;
        }
        let mean = mean(values)?;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0);
        let half = t_quantile(0.975, count - 1.0) * libm::sqrt(variance / count);
        Some(Self { mean, low: mean - half, high: mean + half })
    }

    /// Whether the interval has a value in common with a band.
    #[must_use]
    pub fn meets(&self, band: (f64, f64)) -> bool {
        self.low <= band.1 && band.0 <= self.high
    }
}

/// The mean; none of no values.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / float(values.len()))
}

/// The value below which a share of the sample lies (the smallest of it that does); none of no values.
#[must_use]
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the length")]
    let place = libm::ceil(share.clamp(0.0, 1.0) * float(sorted.len())) as usize;
    sorted.get(place.saturating_sub(1)).copied()
}

/// Half the sum of absolute differences of two lists of shares.
#[must_use]
pub fn reshuffle(before: &[f64], after: &[f64]) -> f64 {
    before.iter().zip(after).map(|(before, after)| (before - after).abs()).sum::<f64>() / 2.0
}

/// Numbers as shares of their sum; zeros when that is zero.
#[must_use]
pub fn shares(numbers: &[f64]) -> Vec<f64> {
    let total: f64 = numbers.iter().sum();
    numbers.iter().map(|number| if total > 0.0 { number / total } else { 0.0 }).collect()
}

/// Herfindahl index of shares.
#[must_use]
pub fn herfindahl(shares: &[f64]) -> f64 {
    shares.iter().map(|share| share * share).sum()
}

/// Pearson's correlation; none without variation.
#[must_use]
pub fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let (mean_one, mean_other) = (mean(one)?, mean(other)?);
    let product = |a: &[f64], mean_a: f64, b: &[f64], mean_b: f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum()
    };
    let spread = product(one, mean_one, one, mean_one) * product(other, mean_other, other, mean_other);
    (spread > 0.0).then(|| product(one, mean_one, other, mean_other) / libm::sqrt(spread))
}

/// Quantile of Student's t.
///
/// # Panics
/// When the degrees of freedom are not positive.
#[must_use]
pub fn t_quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, degrees_of_freedom).expect("degrees of freedom are positive").inverse_cdf(probability)
}

/// A count as a number to reckon with. Counts of runs stay far below 2^52.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of a run")]
pub const fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_students() {
        // Mean 3, sd sqrt(2.5), t(0.975, 4) = 2.776.
        let interval = Interval::of(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("five values");
        assert!((interval.mean - 3.0).abs() < 1e-12);
        assert!((interval.high - 3.0 - 2.776_445 * (2.5_f64 / 5.0).sqrt()).abs() < 1e-5);
        assert!(interval.meets((4.9, 9.0)) && !interval.meets((5.0, 9.0)));
        assert_eq!(Interval::of(&[1.0]), None);
    }

    #[test]
    fn quantiles_shares_and_concentration() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(quantile(&values, 0.5), Some(3.0));
        assert_eq!(quantile(&values, 0.9), Some(5.0));
        assert_eq!(quantile(&[], 0.5), None);
        let before = shares(&[3.0, 1.0]);
        assert!((herfindahl(&before) - 0.625).abs() < 1e-12);
        assert!((reshuffle(&before, &shares(&[1.0, 3.0])) - 0.5).abs() < 1e-12);
        assert!((correlation(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).expect("varies") - 1.0).abs() < 1e-12);
        assert_eq!(correlation(&[1.0, 1.0], &[2.0, 4.0]), None);
    }
}
