//! Whole numbers in words for people: thousands grouped, thousandths as per cent or as quotients. Numbers with a unit, as
//! studies have them, are in `measured`.

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
pub(super) fn number_of(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// Thousandths as per cent with one decimal.
pub(super) fn percent(permille: u32) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// Thousandths as a number with two decimals.
pub(super) fn quotient(permille: u32) -> String {
    let hundredths = (permille + 5) / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
