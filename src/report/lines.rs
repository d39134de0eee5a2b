//! Lines that fit a terminal: wrapped, hanging, a label before its words.
//!
//! On a terminal its width holds, from 60 columns to 100; what goes elsewhere has 100. Two things are never broken,
//! however narrow it is: digests and commands, which people copy whole.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::numbers::{grouped, number_of};
pub use crate::law::wording::{capital, joined};

/// Columns that fit a projected terminal, and that every text has which goes elsewhere than to a terminal.
const USUAL_WIDTH: usize = 100;
/// Below this, tables of eight columns are words of two letters.
const NARROWEST: usize = 60;

/// Columns of the texts that this program prints. It belongs to the program as its terminal does: every table and sentence
/// asks for it.
static WIDTH: AtomicUsize = AtomicUsize::new(USUAL_WIDTH);

/// Columns that a text may have.
#[must_use]
pub fn width() -> usize {
    WIDTH.load(Ordering::Relaxed)
}

/// The same, as the tables want it.
#[must_use]
pub fn table_width() -> u16 {
    u16::try_from(width()).unwrap_or(u16::MAX)
}

/// Says how many columns the terminal has; wider ones are not filled.
pub fn fit(columns: usize) {
    WIDTH.store(columns.clamp(NARROWEST, USUAL_WIDTH), Ordering::Relaxed);
}

/// A space at which no line ends.
pub const UNBROKEN: char = '\u{a0}';

/// The text with numbers that keep their unit, and with brackets that hold an interval, `[a to b]`, kept on one line: all
/// of the bracket where it is short, else the interval in it.
#[must_use]
pub fn unbroken(text: &str) -> String {
    with_whole_brackets(&with_units(text))
}

/// What a number must not be parted from.
const UNITS: [&str; 5] = ["%", "points", "days", "months", "years"];

/// The text without an end of line between a number and its unit.
#[must_use]
pub fn with_units(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(' ') {
        let (before, after) = (&rest[..place], &rest[place + 1..]);
        let word = after.split(|letter: char| !letter.is_alphanumeric() && letter != '%').next().unwrap_or_default();
        let glued = before.ends_with(|last: char| last.is_ascii_digit()) && UNITS.contains(&word);
        out.push_str(before);
        out.push(if glued { UNBROKEN } else { ' ' });
        rest = after;
    }
    out + rest
}

fn with_whole_brackets(text: &str) -> String {
    /// Characters of a bracket that stays whole: an interval with the words before it.
    const SHORT: usize = 32;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(['(', '[']) {
        let after = begin + 1;
        let length = rest[after..].find(['(', '[', ')', ']']).unwrap_or(rest.len() - after);
        let (before, bracket) = (&rest[..after], &rest[after..after + length]);
        out.push_str(before);
        let glued = interval_glued(bracket);
        let whole = glued != bracket && bracket.chars().count() <= SHORT;
        out.push_str(&if whole { bracket.replace(' ', &UNBROKEN.to_string()) } else { glued });
        rest = &rest[after + length..];
    }
    out + rest
}

/// The text without an end of line inside `a to b`, both numbers.
fn interval_glued(text: &str) -> String {
    const BETWEEN: &str = " to ";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(BETWEEN) {
        let (low, high) = (&rest[..place], &rest[place + BETWEEN.len()..]);
        let is_interval = low.ends_with(|last: char| last.is_ascii_digit())
            && high.trim_start_matches(['\u{2212}', '-', '+']).starts_with(|first: char| first.is_ascii_digit());
        let between = if is_interval { BETWEEN.replace(' ', &UNBROKEN.to_string()) } else { BETWEEN.to_owned() };
        out.extend([low, &between]);
        rest = high;
    }
    out + rest
}

/// Words in lines of at most so many characters (a longer word stands alone); what is [`unbroken`] counts as a word.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let ends_word = |character: char| character.is_whitespace() && character != UNBROKEN;
    for word in unbroken(text).split(ends_word).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|line| line.replace(UNBROKEN, " ")).collect()
}

/// Text in lines that fit, the first after `first`, the others under it.
pub fn hang(out: &mut String, first: &str, text: &str) {
    hang_within(out, width(), first, text);
}

/// The same in lines of at most so many characters.
pub fn hang_within(out: &mut String, width: usize, first: &str, text: &str) {
    let indent = first.chars().count();
    for (index, line) in wrapped(text, width.saturating_sub(indent)).iter().enumerate() {
        let _ = if index == 0 { writeln!(out, "{first}{line}") } else { writeln!(out, "{:indent$}{line}", "") };
    }
}

/// One text of several under a heading: indented, its further lines deeper than its first.
pub fn item(out: &mut String, text: &str) {
    const FIRST: usize = 4;
    const FURTHER: usize = 8;
    for (index, line) in wrapped(text, width() - FURTHER).iter().enumerate() {
        let indent = if index == 0 { FIRST } else { FURTHER };
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
}

/// A number and what it counts; numbers of one list stand under one another.
pub fn with_number(out: &mut String, number: u64, what: &str) {
    hang(out, &format!("{:>9}  ", grouped(number)), what);
}

/// A number and, in brackets, what was to be expected; numbers of one list stand under one another.
pub fn with_expected(out: &mut String, number: u32, expected: u32, what: &str) {
    let expected = format!("({})", grouped(expected.into()));
    hang(out, &format!("{:>9} {expected:>7}  ", grouped(number.into())), what);
}

/// A label and its words, in columns that stand under one another.
pub fn labelled(out: &mut String, indent: usize, label: &str, text: &str) {
    /// The longest label in use, `◇ may postpone`, and a gap.
    const LABEL: usize = 16;
    if !text.is_empty() {
        hang(out, &format!("{:indent$}{label:<LABEL$}", ""), text);
    }
}

/// `1 party`, `2 parties`.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    number_of(count as u64, one, many)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Force;
    use crate::report::marks::{self, Tone};

    #[test]
    fn an_interval_stays_in_its_bracket() {
        let text = "impunity is lower by 4.0 points (95 % interval \u{2212}3.0 to 1.0), in 2 of 4 pairs (or more)";
        for width in 26..text.len() {
            let lines = wrapped(text, width);
            assert!(lines.iter().any(|line| line.contains("(95 % interval \u{2212}3.0 to 1.0)")), "{width}: {lines:?}");
            assert_eq!(lines.join(" "), text, "{width}");
            assert!(!lines.join("").contains(UNBROKEN));
        }
        let long = "(95 % interval 1.0 to 3.0, and so not told from chance)";
        for width in 10..long.len() {
            assert!(wrapped(long, width).iter().any(|line| line.contains("1.0 to 3.0")), "{width}");
        }
        assert_eq!(wrapped("(first to last)", 6), ["(first", "to", "last)"]);
        assert_eq!(unbroken("mu* [0.18 to 0.49"), "mu* [0.18\u{a0}to\u{a0}0.49");
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        let text = "of all cases 12.3 % were lost, 4.0 points fewer, after 1,234 days; with 95 % of 20 dayflies";
        for width in 12..text.len() {
            let lines = wrapped(text, width);
            for whole in ["12.3 %", "4.0 points", "1,234 days", "95 %"] {
                assert!(lines.iter().any(|line| line.contains(whole)), "{width}: {whole}: {lines:?}");
            }
            assert_eq!(lines.join(" "), text, "{width}");
        }
        assert_eq!(unbroken("20 dayflies"), "20 dayflies");
    }

    #[test]
    fn no_label_runs_into_its_words() {
        for force in [Force::Must, Force::May, Force::Postpone] {
            let label = format!("{} {}", Tone::of_force(force).mark(), marks::force(force));
            let mut out = String::new();
            labelled(&mut out, 2, &label, "G.PENDING");
            let (before, _) = out.split_once("G.PENDING").expect("its words");
            assert_eq!(before.trim(), label);
            assert_eq!(before.chars().count(), 18, "all words stand under one another: {out}");
        }
    }
}
