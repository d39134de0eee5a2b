//! How much of the world a measure reaches: what the law says to one request over all ordered pairs of states, on
//! the first and on the last day of a run.

use std::collections::BTreeMap;

use serde::Serialize;

use super::numbers;
use super::summary::Summary;
use crate::base::Day;
use crate::depositary::Unfolded;
use crate::engine::Plan;
use crate::law::pairs::{open, over_all_pairs};
use crate::law::{Decision, Measure, Memberships};
use crate::study::side_by_side;
use crate::world::LineSettings;

/// The measures of a case, in the order in which they are asked for.
const MEASURES: [Measure; 3] = [Measure::Preservation, Measure::StoredData, Measure::Extradition];

/// One line of conduct and one measure.
#[derive(Debug, Serialize)]
pub struct PairsSummary {
    /// The line.
    pub line: String,
    /// The measure.
    pub measure: &'static str,
    /// Ordered pairs of states.
    pub pairs: u64,
    /// Pairs between which the law opened the measure on the first day: the state that is asked must help.
    pub open_on_the_first_day: u64,
    /// The same on the last day.
    pub open_on_the_last_day: u64,
    /// All pairs by what the law says on the last day.
    pub on_the_last_day: BTreeMap<&'static str, u64>,
}

/// Every line with every measure of a case.
pub(super) fn pairs(plan: &Plan, law: &Unfolded) -> Vec<PairsSummary> {
    let [first, last] = [plan.first_day, plan.last_day].map(|day| (day, law.memberships_on(day)));
    let on = |measure, facts, (day, memberships): &(Day, Memberships)| {
        over_all_pairs(&law.library, memberships, measure, facts, *day)
    };
    let row = |&(line, measure): &(&LineSettings, Measure)| {
        let [first, last] = [&first, &last].map(|day| on(measure, line.facts, day));
        PairsSummary {
            line: line.name.clone(),
            measure: measure.name(),
            pairs: last.values().sum(),
            open_on_the_first_day: open(&first, measure),
            open_on_the_last_day: open(&last, measure),
            on_the_last_day: last.into_iter().map(|(decision, count)| (decision.word(), count)).collect(),
        }
    };
    let asked: Vec<_> = plan.world.lines.iter().flat_map(|line| MEASURES.map(|measure| (line, measure))).collect();
    side_by_side(&asked, &row)
}

/// What the table of pairs is called.
pub(super) const HEADING: &str = "What the law says over all ordered pairs of states";

/// What its columns are.
pub(super) fn note(summary: &Summary) -> String {
    format!(
        "Open: the State that is asked must help. The last three columns are of {}: it may refuse; no treaty obliges it, so that \
         its own law or comity decides; it must refuse, or has no basis on which to grant.",
        summary.to
    )
}

/// Headings and rows of a table for people: shares of all pairs.
pub(super) fn in_words(summary: &Summary) -> (Vec<String>, Vec<Vec<String>>) {
    let (from, to) = (format!("open on {}", summary.from), format!("open on {}", summary.to));
    let headings = ["Conduct", "Measure", &from, &to, "may refuse", "no duty", "must refuse or cannot"];
    let row = |row: &PairsSummary| {
        let said = [Decision::MayRefuse, Decision::NoTreatyDuty, Decision::Refuse]
            .map(|decision| row.on_the_last_day.get(decision.word()).copied().unwrap_or(0));
        let shares = [row.open_on_the_first_day, row.open_on_the_last_day].into_iter().chain(said);
        let words = [row.line.clone(), row.measure.replace('-', " ")];
        words.into_iter().chain(shares.map(|pairs| of_all(pairs, row.pairs))).collect()
    };
    (headings.map(str::to_owned).to_vec(), summary.pairs.iter().map(row).collect())
}

fn of_all(part: u64, all: u64) -> String {
    format!("{} %", numbers::part(part, all))
}
