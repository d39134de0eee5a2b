//! What a result rests on: what nobody entered, and every number in use by how sure it is.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::base::{Grade, Parameter};
use crate::report::charts::Table;
use crate::report::lines::counted;
use crate::report::numbers::four_digits;
use crate::report::parameters::ParameterGroup;

/// One number, over all states that have it.
struct Number<'a> {
    /// Where it is set.
    path: &'a str,
    parameter: &'a Parameter,
    /// Whose value it is, and the value.
    values: Vec<(String, String)>,
    changed: bool,
    /// Of the least sure of them.
    grade: Grade,
}

/// How many numbers are how sure.
pub(super) fn in_a_sentence(groups: &[ParameterGroup]) -> String {
    let (numbers, _) = numbers(groups);
    let or_none = |count: usize| if count == 0 { "none".to_owned() } else { count.to_string() };
    let count = |grade: Grade| numbers.iter().filter(|number| number.grade == grade).count();
    format!(
        "It rests on {}: {} from a record, {}, {}.",
        counted(numbers.len(), "number", "numbers"),
        or_none(count(Grade::Record)),
        counted(count(Grade::Estimate), "estimate", "estimates"),
        counted(count(Grade::Assumption), "assumption", "assumptions")
    )
}

/// Whose numbers they are, where that needs a sentence; the numbers by grade.
pub(super) fn section(whose: Option<&str>, groups: &[ParameterGroup]) -> Markup {
    let (numbers, derived) = numbers(groups);
    let changed = numbers.iter().filter(|number| number.changed).count();
    let of = |grade: Grade| numbers.iter().filter(move |number| number.grade == grade);
    html! {
        @if let Some(whose) = whose { p { (whose) } }
        p {
            "Of " (numbers.len()) " numbers in use, " (counted(of(Grade::Record).count(), "was", "were")) " read from a record, "
            (counted(of(Grade::Estimate).count(), "is an estimate", "are estimates")) ", and "
            (counted(of(Grade::Assumption).count(), "is an assumption", "are assumptions"))
            ", which nobody has measured. The scenario sets " (changed) " of them otherwise than by default; one that it sets is an "
            "assumption of its author, however well the default is known."
        }
        @for (grade, words) in [
            (Grade::Record, "Numbers read from a record"),
            (Grade::Estimate, "Estimates"),
            (Grade::Assumption, "Assumptions"),
        ] {
            @if of(grade).next().is_some() {
                details {
                    summary { (words) " (" (of(grade).count()) ")" }
                    (table(of(grade)).markup(words))
                }
            }
        }
        @if !derived.is_empty() {
            details {
                summary { "What follows from these, as networks see it (" (derived.len()) ")" }
                (table(derived.iter()).markup("What follows from these"))
            }
        }
    }
}

/// States that share a number share its row. Beside the numbers stand those that follow from them, which are none of their own.
fn numbers(groups: &[ParameterGroup]) -> (Vec<Number<'_>>, Vec<Number<'_>>) {
    let mut numbers: Vec<Number> = Vec::new();
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for group in groups {
        let path = group.path.as_str();
        for parameter in &group.parameters {
            let index = *known.entry((path, &parameter.name)).or_insert_with(|| {
                numbers.push(Number { path, parameter, values: Vec::new(), changed: false, grade: Grade::Record });
                numbers.len() - 1
            });
            numbers[index].values.push((group.states.join(", "), value(parameter)));
            numbers[index].changed |= parameter.is_changed();
            numbers[index].grade = numbers[index].grade.max(parameter.grade_in_use());
        }
    }
    numbers.into_iter().partition(|number| number.parameter.follows_from.is_empty())
}

/// With the path where the key alone does not say which of several it is.
fn key(number: &Number) -> String {
    let key = number.parameter.key();
    if number.path.contains('.') { format!("{}.{key}", number.path) } else { key }
}

const NO_LIMIT: &str = "no limit";

/// Whether a value is the most that can be written, of a number for which that stands for no limit.
fn is_no_limit(parameter: &Parameter, value: f64) -> bool {
    parameter.key() == "trials" && value >= f64::from(u16::MAX)
}

fn value(parameter: &Parameter) -> String {
    if is_no_limit(parameter, parameter.value) {
        return NO_LIMIT.to_owned();
    }
    if parameter.value.to_bits() == parameter.highest.to_bits() {
        four_digits(parameter.value)
    } else {
        format!("{} to {}", four_digits(parameter.value), four_digits(parameter.highest))
    }
}

fn table<'a>(numbers: impl Iterator<Item = &'a Number<'a>>) -> Table {
    let row = |number: &Number| {
        let parameter = number.parameter;
        let (usual, grade) = (default(parameter), parameter.grade.word());
        let default = match (number.changed, parameter.sourced) {
            (true, false) => format!(" (by default {usual}, {grade})"),
            (true, true) => format!(" (by default {usual})"),
            (false, _) => String::new(),
        };
        vec![
            key(number),
            format!("{}{default}", values(&number.values)),
            parameter.unit.to_owned(),
            quoted(&parameter.meaning),
            quoted(parameter.source),
        ]
    };
    Table {
        caption: String::new(),
        columns: ["Number", "in use", "unit", "meaning", "source of the default"].map(str::to_owned).to_vec(),
        rows: numbers.map(row).collect(),
        choice: None,
    }
}

fn default(parameter: &Parameter) -> String {
    if is_no_limit(parameter, parameter.default) { NO_LIMIT.to_owned() } else { four_digits(parameter.default) }
}

/// A text with names of numbers as people quote them, and not as files mark them.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, part) in text.split('`').enumerate() {
        out.extend([["", "\u{201c}", "\u{201d}"][if place == 0 { 0 } else { 2 - place % 2 }], part]);
    }
    out
}

/// One value where all share it; otherwise each with the states that have it.
fn values(values: &[(String, String)]) -> String {
    let mut different: Vec<(&str, Vec<&str>)> = Vec::new();
    for (of, value) in values {
        match different.iter_mut().find(|(known, _)| known == value) {
            Some((_, states)) => states.push(of),
            None => different.push((value, vec![of])),
        }
    }
    match &different[..] {
        [(value, _)] => (*value).to_owned(),
        // The value of most states needs no names.
        several => {
            let most = several.iter().map(|(_, states)| names(states)).max().unwrap_or(0);
            let words = several.iter().map(|(value, states)| {
                if names(states) == most { (*value).to_owned() } else { format!("{value} ({})", states.join(", ")) }
            });
            words.collect::<Vec<_>>().join("; ")
        }
    }
}

fn names(states: &[&str]) -> usize {
    states.iter().map(|codes| codes.split(", ").count()).sum()
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_of_numbers_are_quoted() {
        assert_eq!(quoted("of `data-age-days` and `half-life`."), "of “data-age-days” and “half-life”.");
        assert_eq!(quoted("no names"), "no names");
    }
}
