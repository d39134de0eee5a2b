//! Lines that fit a terminal: wrapped, hanging, a label before its words.

use std::fmt::Write as _;

use super::terminal::grouped;
pub use crate::law::wording::joined;

/// Columns that fit a projected terminal.
pub const WIDTH: usize = 100;

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
    let indent = first.chars().count();
    for (index, line) in wrapped(text, WIDTH.saturating_sub(indent)).iter().enumerate() {
        let _ = if index == 0 { writeln!(out, "{first}{line}") } else { writeln!(out, "{:indent$}{line}", "") };
    }
}

/// A label and its words, in columns that stand under one another.
pub fn labelled(out: &mut String, indent: usize, label: &str, text: &str) {
    /// The longest label in use, and a gap.
    const LABEL: usize = 14;
    if !text.is_empty() {
        hang(out, &format!("{:indent$}{label:<LABEL$}", ""), text);
    }
}

/// The same words, the first letter a capital.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `1 party`, `2 parties`.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count as u64), if count == 1 { one } else { many })
}
