//! Pivotal acts summed up, for programs and for the text beside this.

use serde::Serialize;

use super::caveats::of_study;
use super::compare;
use crate::base::Digest;
use crate::engine::Plan;
use crate::scenario::Scenario;
use crate::study::pivotal::Tried;
use crate::study::sets::{Remains, Sets};
use crate::study::{Difference, Pivotal};

/// Pivotal acts, for programs.
#[derive(Debug, Serialize)]
pub struct PivotalSummary {
    /// Version of the program.
    pub version: &'static str,
    /// Title of the scenario.
    pub title: String,
    /// What has to be said first: of real States, and of a haven rule that is not the default one.
    pub caveat: Option<String>,
    /// Whose haven, by name.
    pub state: String,
    /// Identifies the runs of the scenario as it is and of each act alone.
    pub digest: Digest,
    /// Identifies the scenario.
    pub scenario: Digest,
    /// Seeds, in order.
    pub seeds: Vec<u64>,
    /// Why the study ended.
    pub ended: &'static str,
    /// Seeds in which the state is a haven with nothing changed.
    pub seeds_with_haven: usize,
    /// Seeds in which it may still be one when the haven counts as ended; or, with fresh ones, when that is looked at.
    pub may_be_left: usize,
    /// On what a set is tried that may end the haven by these seeds; none where that settles it.
    pub fresh: Option<FreshSummary>,
    /// The acts, the one that leaves least of the haven first.
    pub acts: Vec<ActSummary>,
    /// How intervals were computed, and how many of all that are here are expected to be wrong.
    pub method: String,
    /// Acts left out because there were too many.
    pub left_out: usize,
    /// The sets of acts that were found; none where they were not searched for.
    pub sets: Option<SetsSummary>,
    /// What is left open by all of this.
    pub left_open: &'static str,
    /// The command that gives this result again.
    pub reproduce: String,
}

/// Further seeds on which a set is tried.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FreshSummary {
    /// How many, after the last of the study.
    pub seeds: usize,
    /// In how many of them the haven may be left when it counts as ended.
    pub may_be_left: usize,
}

/// One act.
#[derive(Debug, Serialize)]
pub struct ActSummary {
    /// The act in a sentence.
    pub act: String,
    /// What kind of act.
    pub kind: &'static str,
    /// Who acts, by name.
    pub state: String,
    /// Seeds in which the haven is left.
    pub seeds_with_haven: usize,
    /// What it changes, by outcome.
    pub changes: Vec<ChangeSummary>,
}

/// What an act changes of an outcome.
#[derive(Debug, Serialize)]
pub struct ChangeSummary {
    /// The outcome, by key.
    pub outcome: &'static str,
    /// Mean paired difference.
    pub difference: f64,
    /// Its 95 % interval; none of one pair, and where all pairs differ by the same.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// `t` or `bootstrap`.
    pub interval_by: Option<&'static str>,
}

/// In how many seeds a set that ends the haven leaves it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RemainsSummary {
    /// Of those of the study.
    pub of_first: usize,
    /// Of the others; none where there were none.
    pub of_fresh: Option<usize>,
}

/// Sets of acts.
#[derive(Debug, Serialize)]
pub struct SetsSummary {
    /// Acts taken greedily.
    pub greedy: Vec<String>,
    /// Whether they end the haven.
    pub greedy_ends: bool,
    /// In how many seeds they leave it, where they end it.
    pub greedy_remains: Option<RemainsSummary>,
    /// Whether that search came to its own end.
    pub greedy_whole: bool,
    /// The smallest sets that end it, of those tried.
    pub smallest: Vec<Vec<String>>,
    /// In how many seeds each of these leaves it.
    pub smallest_remains: Vec<RemainsSummary>,
    /// By size from one: sets tried, of how many.
    pub tried: Vec<(usize, usize)>,
    /// Runs that the search took.
    pub runs: usize,
}

/// What the study does not say.
const LEFT_OPEN: &str = "Each act is tried once and in one size: more of the same, such as further desks, may end a haven that one \
                      does not end. An act is named because the result depends on it, not because it is likely, lawful or \
                      advised; whether a state's constitution allows a law is not looked at.";

/// Sums a study up.
#[must_use]
pub fn summarise(scenario: &Scenario, found: &Pivotal, reproduce: String) -> PivotalSummary {
    let plan = &scenario.plan;
    let says = |act: usize| found.acts[act].act.says(plan);
    let list = |set: &[usize]| set.iter().map(|act| says(*act)).collect::<Vec<_>>();
    let remains = |remains: &Remains| RemainsSummary {
        of_first: remains.of_first,
        of_fresh: found.fresh.map(|_| remains.of_fresh),
    };
    let sets = |sets: &Sets| SetsSummary {
        greedy: list(&sets.greedy),
        greedy_ends: sets.greedy_ends.is_some(),
        greedy_remains: sets.greedy_ends.as_ref().map(remains),
        greedy_whole: sets.greedy_whole,
        smallest: sets.smallest.iter().map(|(set, _)| list(set)).collect(),
        smallest_remains: sets.smallest.iter().map(|(_, left)| remains(left)).collect(),
        tried: sets.tried.clone(),
        runs: sets.runs,
    };
    let acts: Vec<ActSummary> = found.acts.iter().map(|tried| act(plan, tried)).collect();
    PivotalSummary {
        version: env!("CARGO_PKG_VERSION"),
        title: scenario.title.clone(),
        caveat: of_study(&[("", scenario)]),
        state: plan.library.state(found.state).name.clone(),
        digest: found.digest,
        scenario: scenario.digest,
        seeds: found.seeds.clone(),
        ended: found.ended.words(),
        seeds_with_haven: found.seeds_with_haven,
        may_be_left: found.may_be_left,
        fresh: found.fresh.map(|(seeds, may_be_left)| FreshSummary { seeds, may_be_left }),
        method: method(found.seeds.len(), acts.iter().flat_map(|act| &act.changes)),
        acts,
        left_out: found.left_out,
        sets: found.sets.as_ref().map(sets),
        left_open: LEFT_OPEN,
        reproduce,
    }
}

/// How intervals of these changes were computed with so many seeds, in sentences.
pub(super) fn method<'a>(seeds: usize, changes: impl Iterator<Item = &'a ChangeSummary>) -> String {
    // Chance can place none wrongly that has no width.
    let intervals = changes.filter(|change| change.low.zip(change.high).is_some_and(|(low, high)| low < high)).count();
    let method = compare::method(seeds, intervals);
    if intervals == 0 {
        return format!("{method}.");
    }
    format!(
        "{method}. All acts are compared with the same runs of the scenario as it is: where chance has these lie high or low, \
         the intervals of all acts are wrong together."
    )
}

fn act(plan: &Plan, tried: &Tried) -> ActSummary {
    let change = |difference: &Difference| ChangeSummary {
        outcome: difference.outcome.key,
        difference: difference.mean,
        low: difference.interval.map(|(interval, _)| interval.low),
        high: difference.interval.map(|(interval, _)| interval.high),
        interval_by: difference.interval.map(|(_, method)| method.word()),
    };
    ActSummary {
        act: tried.act.says(plan),
        kind: tried.act.kind(),
        state: plan.library.state(tried.act.actor()).name.clone(),
        seeds_with_haven: tried.seeds_with_haven,
        changes: tried.differences.iter().map(change).collect(),
    }
}
