//! Names and conditions in words that can be read aloud.

use super::fact::{Facts, Pattern};

/// Names in a row: `a, b and c`.
#[must_use]
pub fn joined<T: AsRef<str>>(names: &[T], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

/// The same words, the first letter a capital.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether an article is the one wanted, a paragraph of it, or an article of the instrument wanted.
#[must_use]
pub fn lies_in(article: &str, wanted: &str) -> bool {
    article.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('(') || rest.starts_with(' '))
}

/// A condition by the names of its facts, in words; nothing for one that always holds.
#[must_use]
pub fn condition<T: AsRef<str>>(all: &[T], any: &[T], none: &[T]) -> Option<String> {
    let mut parts = Vec::new();
    if !all.is_empty() {
        parts.push(joined(all, "and"));
    }
    if !any.is_empty() {
        let either = if any.len() > 1 { "either " } else { "" };
        parts.push(format!("{either}{}", joined(any, "or")));
    }
    if !none.is_empty() {
        parts.push(format!("not {}", joined(none, "or")));
    }
    (!parts.is_empty()).then(|| parts.join("; and "))
}

/// A compiled condition in words; nothing for one that always holds.
#[must_use]
pub fn pattern(facts: &Facts, pattern: &Pattern) -> Option<String> {
    condition(&facts.names_of(pattern.all), &facts.names_of(pattern.any), &facts.names_of(pattern.none))
}
