//! Reports of studies, from plain numbers: paired differences between variants, and outcomes over a factor.

use maud::{Markup, html};

use super::{assumed, head, page, section, with_code};
use crate::report::charts::Table;
use crate::report::charts::dots::Differences;
use crate::report::charts::factor::ByFactor;
use crate::report::havens;
use crate::report::lines::capital;
use crate::report::parameters::parameters;
use crate::scenario::Scenario;
use crate::world::HavenSettings;

/// What stands round the figures of a study.
#[derive(Clone, Debug)]
pub struct Study<'a> {
    /// What it is called.
    pub title: String,
    /// What was studied: question, numbers in use and teaching note are its own.
    pub scenario: &'a Scenario,
    /// What has to be said before it is read; see [`crate::report::caveats`].
    pub caveat: Option<String>,
    /// What is taken for granted because nobody entered it, each time with the words that come before it.
    pub assumed: Vec<(String, String)>,
    /// Whose the numbers in use are, in a sentence, where not everything studied has the same.
    pub numbers_of: Option<String>,
    /// The outcomes shown: what each is called, and what it is.
    pub outcomes: Vec<(String, &'static str)>,
    /// What was done, in a few words: how many runs, which seeds.
    pub done: String,
    /// What came out, in sentences, the main one first.
    pub sentences: Vec<String>,
    /// What the result is known by: a name and a value each, digests above all.
    pub known_by: Vec<(String, String)>,
    /// The command that gives it again.
    pub reproduce: String,
    /// What that command gives beyond this page, in a sentence; nothing, where it gives the same.
    pub beyond: Option<String>,
}

/// The report of a comparison: what each variant comes to, in tables, then one figure a variant.
#[must_use]
pub fn compared(study: &Study, levels: &[Table], variants: &[Differences]) -> String {
    let compared: Vec<Compared> = variants.iter().cloned().map(Compared::Different).collect();
    of(study, &[], levels, &[differences(None, &compared)])
}

/// What a variant comes to against the baseline.
pub(super) enum Compared {
    /// Differences, of some outcome.
    Different(Differences),
    /// None of any outcome, and so nothing to draw: a sentence says it.
    Equal(String),
}

/// The differences of each variant, after what is to be said of all of them.
pub(super) fn differences(lead: Option<&str>, variants: &[Compared]) -> Markup {
    let each = html! {
        @if let Some(lead) = lead { p { (lead) } }
        @for variant in variants {
            @match variant {
                Compared::Different(differences) => (differences.figure().markup()),
                Compared::Equal(sentence) => p { (sentence) },
            }
        }
    };
    section("figures", "What the variants differ by", each)
}

/// The report of a sweep: tables of indices, if it has any, and one figure for an outcome over a factor.
#[must_use]
pub fn swept(study: &Study, indices: &[Table], outcomes: &[ByFactor]) -> String {
    of(study, &[], indices, by_factor(outcomes).as_slice())
}

/// Outcomes over factors; none where there is no figure of any.
pub(super) fn by_factor(outcomes: &[ByFactor]) -> Option<Markup> {
    let figures = html! { @for outcome in outcomes { (outcome.figure().markup()) } };
    (!outcomes.is_empty()).then(|| section("by-factor", "Outcomes by factor", figures))
}

/// A report of these sections, before and after what came out in sentences and tables.
pub(super) fn of(study: &Study, before: &[Markup], tables: &[Table], after: &[Markup]) -> String {
    let scenario = study.scenario;
    let parameters = parameters(scenario);
    let version = ("Version", env!("CARGO_PKG_VERSION").to_owned());
    let known_by = study.known_by.iter().map(|(what, value)| (what.as_str(), value.clone())).chain([version]);
    let known_by: Vec<(&str, String)> = known_by.collect();
    let sentences = html! {
        @for sentence in &study.sentences { p { (sentence) } }
        @for table in tables { (table.markup("What came out")) }
    };
    let head = html! {
        (head::head(&study.title, None, &scenario.question, &study.done))
        @if let Some(caveat) = &study.caveat { p { (caveat) } }
        @for (label, assumption) in &study.assumed { p { strong { (label) ": " } (assumption) } }
    };
    let happened = section("happened", "What came out", sentences);
    let again = html! {
        (head::command(&study.reproduce, &known_by))
        @if let Some(beyond) = &study.beyond { p { (beyond) } }
    };
    let HavenSettings { quotient, excess_impunity, against_elsewhere, hold_days, .. } = scenario.plan.havens;
    let outcomes = html! {
        ul { @for (name, means) in &study.outcomes { li { strong { (capital(name)) } ": " (with_code(means)) "." } } }
        p { (havens::rule(quotient, excess_impunity, against_elsewhere, hold_days)) }
    };
    let last = [
        section("outcomes", "What the outcomes are", outcomes),
        section("assumed", "What was assumed", assumed::section(study.numbers_of.as_deref(), &parameters)),
        section("teaching", "For teaching", head::teaching(scenario)),
        section("again", "To get this again", again),
    ];
    page::page(&study.title, &[&[head], before, &[happened], after, &last].concat())
}
