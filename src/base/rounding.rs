//! Whole numbers of fractions: records carry no others.

/// The nearest whole number; what lies half way goes up. For what is never below 0 and fits: counts, shares, quotients.
#[must_use]
pub fn rounded(value: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ends at 0 and at the largest")]
    let whole = libm::round(value) as u32;
    whole
}

/// The nearest number of thousandths.
#[must_use]
pub fn thousandths(value: f64) -> u32 {
    rounded(value * 1000.0)
}

/// The number of which there are so many thousandths.
#[must_use]
pub fn of_thousandths(thousandths: u32) -> f64 {
    f64::from(thousandths) / 1000.0
}
