//! Numbers for people: thousands grouped, thousandths as per cent or as quotients, decimals rounded by one rule. Numbers
//! with a unit, as studies have them, are in `measured`.

/// 1234567 as 1,234,567.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 letter`, `2 letters`.
pub(crate) fn number_of(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// The nearest number of thousandths, of what may be below 0.
#[expect(clippy::cast_possible_truncation, reason = "numbers of networks and cases, shares and ratios")]
pub(super) fn thousandths(value: f64) -> i64 {
    libm::round(value * 1000.0) as i64
}

/// Thousandths as per cent with one decimal.
pub(super) fn percent(permille: u32) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// Thousandths as a number: all three decimals, for a number that was rounded to them must not be rounded again.
pub(super) fn quotient(permille: u32) -> String {
    format!("{}.{:03}", permille / 1000, permille % 1000)
}

/// The sign of a number below 0, everywhere but in data.
pub(super) const MINUS: char = '\u{2212}';

/// A number with so many decimals, thousands grouped; never a zero with a minus. What lies half way between two goes to
/// the one farther from 0: the one rule of every number that people read.
pub(crate) fn decimals(value: f64, places: usize) -> String {
    /// A share such as 0.0615 has no exact number: what lies as near to half way as this is taken to lie there.
    const SLACK: f64 = 1e-9;
    let power = (0..places).fold(1.0, |power, _| power * 10.0);
    let rounded = libm::floor(value.abs() * power + 0.5 + SLACK);
    let digits = format!("{rounded:0>least$.0}", least = places + 1);
    let (whole, rest) = digits.split_at(digits.len().saturating_sub(places));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    let minus = if value < 0.0 && rounded > 0.0 { MINUS.to_string() } else { String::new() };
    if rest.is_empty() { format!("{minus}{whole}") } else { format!("{minus}{whole}.{rest}") }
}

/// A number as it is set, with four digits that count: more of them are those of a fit, and nobody reads them. None of the
/// digits before its point is lost.
pub(super) fn four_digits(value: f64) -> String {
    const MOST_DECIMALS: f64 = 12.0;
    if value.fract() == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 12")]
    let decimals = (3.0 - libm::floor(libm::log10(value.abs()))).clamp(0.0, MOST_DECIMALS) as usize;
    let rounded = format!("{value:.decimals$}");
    if decimals == 0 { rounded } else { rounded.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

/// A part of a whole in per cent with one decimal; nothing of nothing.
pub(super) fn part(part: u64, whole: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of a run")]
    let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    decimals(share * 100.0, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_way_goes_up_wherever_a_number_is_shown() {
        assert_eq!(
            [0.25, 0.35, 12.25, 12.35, 6.15, 99.95].map(|value| decimals(value, 1)),
            ["0.3", "0.4", "12.3", "12.4", "6.2", "100.0"]
        );
        assert_eq!([0.5, 1.5, 2.5, 1234.5, 0.49].map(|value| decimals(value, 0)), ["1", "2", "3", "1,235", "0"]);
        assert_eq!([-0.25, -0.04, -1234.55].map(|value| decimals(value, 1)), ["\u{2212}0.3", "0.0", "\u{2212}1,234.6"]);
        assert_eq!([0.0, 0.001_25, 1.005].map(|value| decimals(value, 4)), ["0.0000", "0.0013", "1.0050"]);
        assert_eq!(
            [decimals(1.005, 2), decimals(0.0, 9), decimals(1e15, 1)],
            ["1.01", "0.000000000", "1,000,000,000,000,000.0"]
        );
        // Of 2,000 pairs, in thousandths and as a share.
        assert_eq!([part(1, 2000), part(123, 2000), part(2, 3), part(0, 0)], ["0.1", "6.2", "66.7", "0.0"]);
    }

    #[test]
    fn four_digits_are_enough_of_a_number_that_is_set() {
        assert_eq!(
            [0.096_946_547_614_608_41, 0.25, 365.0, 1.5, 12_345.678, 0.000_123_456, 999.96, 1e6].map(four_digits),
            ["0.09695", "0.25", "365", "1.5", "12346", "0.0001235", "1000", "1000000"]
        );
    }

    #[test]
    fn thousandths_are_not_rounded_again() {
        assert_eq!([345, 344, 1_820, 0, 12_005].map(quotient), ["0.345", "0.344", "1.820", "0.000", "12.005"]);
    }
}
