//! What the variants of a comparison are: what each sets beyond the scenario as written, and what is assumed under it.
//! Numbers mean nothing without either.

use serde::Serialize;

use super::alike::in_a_sentence;
use super::compare::VariantSummary;
use super::lines::joined;
use crate::scenario::Scenario;

/// A value that a variant sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetSummary {
    /// Where.
    pub path: String,
    /// The value, as YAML in one line.
    pub value: String,
}

/// A longer value is a law or a list of states, which nobody reads in a line.
const MOST_LETTERS: usize = 160;

impl SetSummary {
    /// The value for people: of a long one, how it begins.
    #[must_use]
    pub fn short(&self) -> String {
        let mut letters = self.value.chars();
        let begin: String = letters.by_ref().take(MOST_LETTERS).collect();
        if letters.next().is_some() { begin + "… (cut: --json has all of it)" } else { begin }
    }
}

/// What a scenario sets as the variant that it is.
pub(super) fn sets(scenario: &Scenario) -> Vec<SetSummary> {
    let of = |(path, value): &(String, String)| SetSummary { path: path.clone(), value: value.clone() };
    scenario.sets.iter().map(of).collect()
}

/// That a variant sets nothing, where none is; the variant is to be named before it.
pub(super) const SETS_NOTHING: &str = "sets nothing";

/// What is assumed, each time with the words that come before it: under which variants, where not under all alike.
#[must_use]
pub fn assumed(variants: &[VariantSummary]) -> Vec<(String, String)> {
    assumed_by(variants.iter().map(|variant| (variant.name.as_str(), variant.assumptions.as_slice())))
}

/// The same of variants by name.
pub(super) fn assumed_by<'a>(variants: impl Iterator<Item = (&'a str, &'a [String])>) -> Vec<(String, String)> {
    let mut different: Vec<(&[String], Vec<String>)> = Vec::new();
    for (name, assumptions) in variants {
        let name = in_a_sentence(name);
        match different.iter_mut().find(|(known, _)| *known == assumptions) {
            Some((_, names)) => names.push(name),
            None => different.push((assumptions, vec![name])),
        }
    }
    let alike = different.len() == 1;
    let of = |(assumptions, names): &(&[String], Vec<String>)| {
        let label = if alike { "Assumed".to_owned() } else { format!("Assumed under {}", joined(names, "and")) };
        assumptions.iter().map(|assumption| (label.clone(), assumption.clone())).collect::<Vec<_>>()
    };
    different.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Digest;

    fn variant(name: &str, assumptions: &[&str]) -> VariantSummary {
        VariantSummary {
            name: name.to_owned(),
            scenario: Digest::of(&[]),
            sets: Vec::new(),
            assumptions: assumptions.iter().map(|one| (*one).to_owned()).collect(),
            haven_places: Vec::new(),
            runs: Vec::new(),
        }
    }

    #[track_caller]
    fn check(variants: &[VariantSummary], expected: &[(&str, &str)]) {
        let expected: Vec<(String, String)> =
            expected.iter().map(|(label, words)| ((*label).to_owned(), (*words).to_owned())).collect();
        assert_eq!(assumed(variants), expected);
    }

    #[test]
    fn what_is_assumed_is_told_of_the_variants_that_assume_it() {
        check(&[variant("a", &["Little."]), variant("b", &["Little."])], &[("Assumed", "Little.")]);
        check(&[variant("a", &[]), variant("b", &[])], &[]);
        check(
            &[variant("as written", &["Little."]), variant("most", &["Much."]), variant("b", &["Little."])],
            &[
                ("Assumed under the scenario as written and \u{201c}b\u{201d}", "Little."),
                ("Assumed under \u{201c}most\u{201d}", "Much."),
            ],
        );
    }

    #[test]
    fn long_values_are_cut_for_people() {
        let set = |value: String| SetSummary { path: "a".to_owned(), value }.short();
        assert_eq!(set("x".repeat(160)), "x".repeat(160));
        assert_eq!(set("é".repeat(161)), "é".repeat(160) + "… (cut: --json has all of it)");
    }
}
