//! The law as a whole: what no file shows by itself, because it is wrong only beside others, or only because facts,
//! articles and dates cannot be so. Each part of it gives its problems at the places where they were written.
//!
//! Deliberately absent: whether a file reads and compiles, which [`super::check`] finds for each by itself.

mod articles;
mod cited;
mod conditions;
mod connections;
mod reservations;
mod tables;

use super::record;
use super::shelf::Shelf;
use crate::base::{OneOrMany, Problem, Problems, Spanned};
use crate::law::forms::{FactsForm, LawForm, RuleForm, TreatyForm};
use crate::law::{Facts, Library, Measure};

pub(super) use cited::check as cited;

/// What is wrong with one treaty, its facts and articles held against one another.
pub(super) fn treaty(facts: &Facts, form: &TreatyForm) -> Problems {
    let mut problems = articles::check(form);
    problems.add(conditions::of_treaty(facts, form));
    problems
}

/// What is wrong with one law.
pub(super) fn law(facts: &Facts, name: &Spanned<String>, law: &LawForm) -> Problems {
    let mut problems = articles::effects(&law.rules);
    problems.add(conditions::of_law(facts, law));
    let extradites = |rule: &RuleForm| rule.measures.contains(&Measure::Extradition);
    if !law.rules.values().any(|rules: &OneOrMany<RuleForm>| rules.0.iter().any(extradites)) {
        let problem = Problem::new(name.place, format!("`{}` has no rule on extradition", name.value));
        problems.push(problem.help("write one under `rules`; what is not known of it goes into `not-expressed`"));
    }
    problems
}

/// What is wrong with the list of facts beyond what compiling it shows.
pub(super) fn facts(form: &FactsForm) -> Problems {
    Library::build(form, &[], &[]).map(|library| conditions::of_facts(&library.facts, form)).unwrap_or_default()
}

/// What is wrong between files: treaties that name others, and protocols that contradict one another.
pub(super) fn connections(shelf: &mut Shelf, facts: &Facts) -> Problems {
    let treaties = every_treaty(shelf);
    let recorded = record::placed::<record::StateRow>(shelf, "states").0;
    let mut states: Vec<String> = recorded.rows.into_iter().map(|row| row.value.alpha3).collect();
    states.extend(shelf.all_names("states").iter().map(|name| name.to_uppercase()));
    connections::check(facts, &treaties, &shelf.all_names("treaties"), &states)
}

/// What is wrong with the record, and how many tables of it there are.
pub(super) fn record(shelf: &mut Shelf) -> (Problems, usize) {
    let treaties = every_treaty(shelf);
    let mut problems = tables::check(shelf, &treaties);
    problems.add(reservations::check(shelf, &treaties));
    (problems, shelf.all_tables().len())
}

/// Every treaty of the shelf that reads; what is wrong with another is found elsewhere.
fn every_treaty(shelf: &mut Shelf) -> Vec<TreatyForm> {
    let names = shelf.all_names("treaties");
    let mut treaties: Vec<TreatyForm> =
        names.into_iter().filter_map(|name| shelf.treaty(&Spanned::nowhere(name)).ok()).collect();
    built_in_first(shelf, &mut treaties);
    treaties
}

/// Puts what is built in before what others wrote: where two clash, the later is told.
pub(super) fn built_in_first(shelf: &Shelf, treaties: &mut [TreatyForm]) {
    treaties.sort_by_key(|form| !shelf.is_built_in(form.treaty.place));
}

/// "unknown", as [`Problem::unknown`] says it, at a place that was not read by a form.
fn unknown<'a>(
    kind: &str,
    name: &str,
    place: crate::base::Place,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Problem {
    Problem::unknown(kind, &Spanned { value: name.to_owned(), place }, known)
}
