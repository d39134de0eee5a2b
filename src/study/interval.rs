//! A mean over seeds with its interval by Student's t.

/// Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom (tables, for example NIST/SEMATECH e-Handbook
/// of Statistical Methods, 1.3.6.7.2).
const QUANTILES: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
];
/// The same quantile of the normal distribution.
const NORMAL: f64 = 1.959_964;

/// A mean and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// Lower end; none of fewer than two values.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Interval {
    /// Of these values, in their order; none of no values.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let count = float(values.len());
        let mean = (count > 0.0).then(|| values.iter().sum::<f64>() / count)?;
        let half = (values.len() > 1).then(|| {
            let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
            quantile(values.len() - 1) * libm::sqrt(squares / (count - 1.0) / count)
        });
        Some(Self { mean, low: half.map(|half| mean - half), high: half.map(|half| mean + half) })
    }
}

/// The 97.5th percentile of Student's t; beyond the table by the first two terms of its expansion in the degrees of
/// freedom (Abramowitz and Stegun 26.7.5), which is right to three decimals there.
#[must_use]
pub fn quantile(degrees: usize) -> f64 {
    let z = NORMAL;
    let expanded = |degrees: f64| {
        let cube = z * z * z;
        z + (cube + z) / (4.0 * degrees) + (5.0 * cube * z * z + 16.0 * cube + 3.0 * z) / (96.0 * degrees * degrees)
    };
    QUANTILES.get(degrees.saturating_sub(1)).copied().unwrap_or_else(|| expanded(float(degrees)))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of seeds")]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::{Interval, quantile};

    #[test]
    fn an_interval_by_hand() {
        // Mean 2, variance 1, three values: 2 +- 4.303 / sqrt 3.
        let Interval { mean, low, high } = Interval::of(&[1.0, 2.0, 3.0]).expect("values");
        let half = 4.303 / libm::sqrt(3.0);
        assert!((mean - 2.0).abs() < 1e-12);
        assert!(low.is_some_and(|low| (low - (2.0 - half)).abs() < 1e-12), "{low:?}");
        assert!(high.is_some_and(|high| (high - (2.0 + half)).abs() < 1e-12), "{high:?}");
        assert_eq!(Interval::of(&[5.0]), Some(Interval { mean: 5.0, low: None, high: None }));
        assert_eq!(Interval::of(&[]), None);
    }

    #[test]
    fn quantiles_go_on_where_the_table_ends() {
        for (degrees, known) in [(1, 12.706), (30, 2.042), (31, 2.040), (60, 2.000), (120, 1.980), (100_000, 1.960)] {
            assert!((quantile(degrees) - known).abs() < 6e-4, "{degrees}: {}", quantile(degrees));
        }
    }
}
