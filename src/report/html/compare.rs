//! The report of a comparison of variants.

use super::study::{self, Study};
use crate::report::charts::dots::{Differences, PairedDifference};
use crate::report::charts::float;
use crate::report::compare::{CompareSummary, DifferenceSummary};
use crate::report::compare_text::{done, ended};
use crate::report::lines::capital;
use crate::scenario::Scenario;
use crate::study::Outcome;
use crate::study::outcome::Unit;

/// The page. `scenario` is the baseline: its question, numbers and teaching note are shown.
#[must_use]
pub fn of_comparison(scenario: &Scenario, summary: &CompareSummary) -> String {
    let variants = summary.variants.iter().enumerate().skip(1).map(|(index, variant)| Differences {
        name: format!("differences-{index}"),
        baseline: summary.baseline.clone(),
        variant: variant.name.clone(),
        differences: summary
            .differences
            .iter()
            .filter(|difference| difference.variant == variant.name)
            .filter_map(|difference| paired(summary.state.as_deref(), difference))
            .collect(),
    });
    let digests = summary.variants.iter();
    let study = Study {
        scenario,
        done: format!("{}. {}", done(summary), ended(summary.ended).unwrap_or_default()),
        sentences: summary.sentences.iter().cloned().chain([format!("{}.", summary.method)]).collect(),
        known_by: digests
            .map(|variant| (format!("Digest of the scenario, {}", variant.name), variant.scenario.to_string()))
            .collect(),
        reproduce: summary.reproduce.clone(),
    };
    study::compared(&study, &variants.collect::<Vec<_>>())
}

/// A difference as a dot; shares in percentage points.
fn paired(state: Option<&str>, difference: &DifferenceSummary) -> Option<PairedDifference> {
    let outcome = Outcome::named(difference.outcome)?;
    let (unit, times) = match outcome.unit {
        Unit::Share => ("points", 100.0),
        Unit::Count(things) => (things, 1.0),
        Unit::Days => ("days", 1.0),
        Unit::Ratio => ("", 1.0),
    };
    let bounds = difference.low.zip(difference.high);
    Some(PairedDifference {
        outcome: capital(&outcome.says(state.unwrap_or_default())),
        unit: unit.to_owned(),
        mean: difference.difference * times,
        interval: bounds.map(|(low, high)| (low * times, high * times)),
        pairs: difference.pairs,
        above_zero: float(difference.above_zero) / float(difference.pairs.max(1)),
    })
}
