//! A mean over seeds with its 95 % interval by Student's t, and a share of seeds with its exact one.
//!
//! Deliberately absent: what to do where the values are skewed; see `study::bootstrap`.

use statrs::distribution::{Beta, ContinuousCDF as _, StudentsT};

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The estimate: a mean.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The mean of a sample with its interval by Student's t; none for fewer than two values.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.len() < 2 {
            return None;
        }
        let mean = mean(values)?;
        let degrees = float(values.len() - 1);
        let half = t_quantile(0.975, degrees) * libm::sqrt(variance(values)? / float(values.len()));
        Some(Self { mean, low: mean - half, high: mean + half })
    }

    /// The share of so many trials that succeed, with its exact interval (Clopper and Pearson 1934, Biometrika 26); none of
    /// fewer than two trials.
    ///
    /// # Panics
    /// Never: both numbers of each distribution are above 0.
    #[must_use]
    pub fn of_share(successes: usize, trials: usize) -> Option<Self> {
        if trials < 2 || successes > trials {
            return None;
        }
        let failures = trials - successes;
        let quantile =
            |one: f64, other: f64, share: f64| Beta::new(one, other).expect("both are positive").inverse_cdf(share);
        let [succeeded, failed] = [successes, failures].map(float);
        let low = if successes == 0 { 0.0 } else { quantile(succeeded, failed + 1.0, 0.025) };
        let high = if failures == 0 { 1.0 } else { quantile(succeeded + 1.0, failed, 0.975) };
        Some(Self { mean: succeeded / float(trials), low, high })
    }

    /// Whether the interval has a value in common with a band.
    #[must_use]
    pub fn meets(&self, band: (f64, f64)) -> bool {
        self.low <= band.1 && band.0 <= self.high
    }

    /// The same, its ends where they would lie beyond what is possible moved to that.
    #[must_use]
    pub const fn within(self, (least, most): (f64, f64)) -> Self {
        Self { low: self.low.clamp(least, most), high: self.high.clamp(least, most), ..self }
    }

    /// From end to end.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Whether the whole interval lies on one side of zero.
    #[must_use]
    pub fn excludes_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// The mean; none of no values.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / float(values.len()))
}

/// The variance of a sample, over one less than its number; none for fewer than two values.
#[must_use]
pub fn variance(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
    (values.len() > 1).then(|| squares / float(values.len() - 1))
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
        assert!(interval.excludes_zero() && !Interval::of(&[-1.0, 1.0]).expect("two values").excludes_zero());
        assert_eq!(Interval::of(&[1.0]), None);
        let share = Interval { mean: 0.9, low: 0.7, high: 1.1 }.within((0.0, 1.0));
        assert_eq!(share, Interval { mean: 0.9, low: 0.7, high: 1.0 });
    }

    /// As R's `binom.test` has them.
    #[test]
    fn the_interval_of_a_share_is_exact() {
        for (successes, trials, low, high) in [
            (25, 30, 0.652_784, 0.943_578),
            (30, 30, 0.884_297, 1.0),
            (0, 30, 0.0, 0.115_703),
            (19, 30, 0.438_560, 0.800_701),
        ] {
            let found = Interval::of_share(successes, trials).expect("thirty trials");
            assert!((found.low - low).abs() < 1e-5 && (found.high - high).abs() < 1e-5, "{successes}: {found:?}");
        }
        assert_eq!(Interval::of_share(1, 1), None);
    }

    /// Tables, for example NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (degrees, known) in [(1.0, 12.706), (2.0, 4.303), (30.0, 2.042), (60.0, 2.000), (100_000.0, 1.960)] {
            let quantile = t_quantile(0.975, degrees);
            assert!((quantile - known).abs() < 6e-4, "{degrees}: {quantile}");
        }
    }
}
