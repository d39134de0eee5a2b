//! Quantiles, shares and what is computed of them over seeds.

pub use crate::base::interval::{float, mean};

/// The value below which a share of the sample lies (the smallest of it that does); none of no values.
#[must_use]
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the length")]
    let place = libm::ceil(share.clamp(0.0, 1.0) * float(sorted.len())) as usize;
    sorted.get(place.saturating_sub(1)).copied()
}

/// Numbers as shares of their sum; zeros when that is zero.
#[must_use]
pub fn shares(numbers: &[f64]) -> Vec<f64> {
    let total: f64 = numbers.iter().sum();
    numbers.iter().map(|number| if total > 0.0 { number / total } else { 0.0 }).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_shares_and_correlation() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(quantile(&values, 0.5), Some(3.0));
        assert_eq!(quantile(&values, 0.9), Some(5.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!((shares(&[3.0, 1.0]), shares(&[0.0])), (vec![0.75, 0.25], vec![0.0]));
        assert!((correlation(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).expect("varies") - 1.0).abs() < 1e-12);
        assert_eq!(correlation(&[1.0, 1.0], &[2.0, 4.0]), None);
    }
}
