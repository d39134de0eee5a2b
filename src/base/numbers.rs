//! Numbers as people read them, by one rule wherever they stand: thousands grouped, decimals rounded from half way up.

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
#[must_use]
pub fn number_of(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// The sign of a number below 0, everywhere but in data.
pub const MINUS: char = '\u{2212}';

/// A number with so many decimals, thousands grouped; never a zero with a minus. What lies half way between two goes to
/// the one farther from 0.
#[must_use]
pub fn decimals(value: f64, places: usize) -> String {
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

#[cfg(test)]
mod tests {
    use super::decimals;

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
    }
}
