//! Lines that fit a terminal: wrapped, hanging, a label before its words.
//!
//! On a terminal its width holds, from 60 columns to 100; what goes elsewhere has 100. Two things are never broken,
//! however narrow it is: digests and commands, which people copy whole.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::numbers::grouped;
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

/// Words in lines of at most so many characters (a longer word stands alone).
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
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
    format!("{} {}", grouped(count as u64), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::labelled;
    use crate::law::Force;
    use crate::report::marks::{self, Tone};

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
