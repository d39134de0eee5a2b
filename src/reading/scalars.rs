//! Numbers as files may write them: fewer ways than YAML or Rust allow, so that no two readers can differ.

use std::str::FromStr;

/// A whole number in plain decimal writing: no `+`, no leading zeros (octal to some readers), no underscores.
pub(super) fn decimal<T: FromStr>(text: &str) -> Option<T> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let canonical = digits == "0" && text == digits || !digits.starts_with('0');
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if canonical && plain { text.parse().ok() } else { None }
}

/// A finite decimal number; Rust's own reading would also take `inf`, `nan` and `.5`.
pub(super) fn finite(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let shaped = unsigned.starts_with(|first: char| first.is_ascii_digit())
        && text.ends_with(|last: char| last.is_ascii_digit())
        && unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    let octal = unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.as_bytes()[1].is_ascii_digit();
    if !shaped || octal {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
