//! Numbers of reports: thousandths as per cent or as quotients, parts of a whole, settings with the digits that count; grouped
//! and rounded as `base` does it everywhere. Numbers with a unit, as studies have them, are in `measured`.

pub(super) use crate::base::numbers::MINUS;
pub use crate::base::numbers::{decimals, grouped, number_of};

/// The nearest number of thousandths, of what may be below 0.
#[expect(clippy::cast_possible_truncation, reason = "numbers of networks and cases, shares and ratios")]
pub(super) fn thousandths(value: f64) -> i64 {
    libm::round(value * 1000.0) as i64
}

/// Thousandths as per cent with one decimal.
pub(super) fn percent(permille: u32) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// A location quotient of thousandths: the second decimal is more than anybody reads, and one network moves it.
pub(super) fn quotient(permille: u32) -> String {
    decimals(f64::from(permille) / 1000.0, 2)
}

/// Thousandths as a number, with all that is known of it.
pub(super) fn in_thousandths(permille: u32) -> String {
    format!("{}.{:03}", permille / 1000, permille % 1000)
}

/// A number as it is set, with four digits that count: more of them are those of a fit, and nobody reads them. None of the
/// digits before its point is lost.
pub(super) fn four_digits(value: f64) -> String {
    const MOST_DECIMALS: f64 = 12.0;
    if value.fract() == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 12")]
    let places = (3.0 - libm::floor(libm::log10(value.abs()))).clamp(0.0, MOST_DECIMALS) as usize;
    let rounded = decimals(value, places).replace(',', "");
    if places == 0 { rounded } else { rounded.trim_end_matches('0').trim_end_matches('.').to_owned() }
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
    fn a_part_is_rounded_as_every_number_is() {
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
    fn quotients_have_two_decimals_and_an_index_three() {
        assert_eq!([345, 344, 1_820, 0, 12_005].map(quotient), ["0.35", "0.34", "1.82", "0.00", "12.01"]);
        assert_eq!([345, 0, 12_005].map(in_thousandths), ["0.345", "0.000", "12.005"]);
    }
}
