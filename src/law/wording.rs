//! Names and conditions in words that can be read aloud.

use super::fact::{FactSet, Facts, Pattern};

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

/// A compiled condition by the questions of its facts and the answers that it needs; nothing for one that always holds.
#[must_use]
pub fn pattern(facts: &Facts, pattern: &Pattern) -> Option<String> {
    let asked =
        |set: FactSet| set.iter().map(|fact| format!("\u{201c}{}\u{201d}", facts.question(fact))).collect::<Vec<_>>();
    let part = |answer: &str, set: FactSet, last| {
        (!set.is_empty()).then(|| format!("{answer} to {}", joined(&asked(set), last)))
    };
    let parts = [part("yes", pattern.all, "and"), part("yes", pattern.any, "or"), part("no", pattern.none, "and")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::fact::FactId;

    #[test]
    fn a_condition_is_said_by_its_questions() {
        let facts = Facts {
            asks: ["Was it sold?", "Was it kept?", "Is it old?"].map(str::to_owned).to_vec(),
            ..Facts::default()
        };
        let [sold, kept, old] = [0, 1, 2].map(|number| FactSet::NONE.and(FactId(number)));
        let said = |all, any, none| pattern(&facts, &Pattern { all, any, none });
        assert_eq!(said(FactSet::NONE, FactSet::NONE, FactSet::NONE), None);
        assert_eq!(
            said(sold, FactSet::NONE, kept.with(old)).as_deref(),
            Some("yes to “Was it sold?”, and no to “Was it kept?” and “Is it old?”")
        );
        assert_eq!(
            said(FactSet::NONE, sold.with(old), FactSet::NONE).as_deref(),
            Some("yes to “Was it sold?” or “Is it old?”")
        );
    }
}
