//! Pivotal acts for people and programs: a ranked table, the sets that end the haven, JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::compare_text::{narrow, wrap};
use super::lines::{counted, joined};
use super::measured::{amount, signed};
use super::terminal::{add, grouped};
use crate::engine::Plan;
use crate::study::pivotal::Tried;
use crate::study::sets::Sets;
use crate::study::{Difference, Outcome, Pivotal};

/// Outcomes shown of each act.
const SHOWN: [&str; 3] = ["impunity", "state_haven_days", "haven_days"];
/// Sets that are shown of those that are equally small.
const MOST_SETS_SHOWN: usize = 10;

/// Pivotal acts, for programs.
#[derive(Debug, Serialize)]
pub struct PivotalSummary {
    /// Version of the program.
    pub version: &'static str,
    /// Title of the scenario.
    pub title: String,
    /// Whose haven, by name.
    pub state: String,
    /// Seeds, in order.
    pub seeds: Vec<u64>,
    /// Why the study ended.
    pub ended: &'static str,
    /// Seeds in which the state is a haven with nothing changed.
    pub seeds_with_haven: usize,
    /// Seeds in which it may still be one when the haven counts as ended.
    pub may_be_left: usize,
    /// The acts, the one that leaves least of the haven first.
    pub acts: Vec<ActSummary>,
    /// Acts left out because there were too many.
    pub left_out: usize,
    /// The sets of acts that were found; none where they were not searched for.
    pub sets: Option<SetsSummary>,
    /// What is left open by all of this.
    pub caveat: &'static str,
    /// The command that gives this result again.
    pub reproduce: String,
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
    /// Its 95 % interval.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// `t` or `bootstrap`.
    pub interval_by: Option<&'static str>,
}

/// Sets of acts.
#[derive(Debug, Serialize)]
pub struct SetsSummary {
    /// Acts taken greedily.
    pub greedy: Vec<String>,
    /// Whether they end the haven.
    pub greedy_ends: bool,
    /// The smallest sets that end it, of those tried.
    pub smallest: Vec<Vec<String>>,
    /// By size from one: sets tried, of how many.
    pub tried: Vec<(usize, usize)>,
    /// Runs that the search took.
    pub runs: usize,
}

/// What the study does not say.
const CAVEAT: &str = "An act is named because the result depends on it, not because it is likely, lawful or advised; whether a \
                      text is open to a state is not looked at.";

/// Sums a study up.
#[must_use]
pub fn summarise(title: &str, plan: &Plan, found: &Pivotal, reproduce: String) -> PivotalSummary {
    let says = |act: usize| found.acts[act].act.says(plan);
    let list = |set: &[usize]| set.iter().map(|act| says(*act)).collect::<Vec<_>>();
    let sets = |sets: &Sets| SetsSummary {
        greedy: list(&sets.greedy),
        greedy_ends: sets.greedy_ends,
        smallest: sets.smallest.iter().map(|set| list(set)).collect(),
        tried: sets.tried.clone(),
        runs: sets.runs,
    };
    PivotalSummary {
        version: env!("CARGO_PKG_VERSION"),
        title: title.to_owned(),
        state: plan.library.state(found.state).name.clone(),
        seeds: found.seeds.clone(),
        ended: found.ended.words(),
        seeds_with_haven: found.seeds_with_haven,
        may_be_left: found.may_be_left,
        acts: found.acts.iter().map(|tried| act(plan, tried)).collect(),
        left_out: found.left_out,
        sets: found.sets.as_ref().map(sets),
        caveat: CAVEAT,
        reproduce,
    }
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

/// The summary as text.
#[must_use]
pub fn text(summary: &PivotalSummary) -> String {
    let mut out = String::new();
    let seeds = summary.seeds.len();
    let _ = writeln!(out, "{}: which acts would end the haven in {}", summary.title, summary.state);
    wrap(
        &mut out,
        &format!(
            "As it is, {} is a haven in {} of {}. Below, each act is done alone on the first day of the run, or as soon as \
             it can be, and run on the same seeds. A set of acts ends the haven when the state is a haven, for bases or \
             hosts, on no day in at least 95 % of the seeds: here in all but {}.",
            summary.state,
            summary.seeds_with_haven,
            counted(seeds, "seed", "seeds"),
            summary.may_be_left,
        ),
    );
    if summary.ended == "interrupted" {
        wrap(&mut out, "Interrupted: these are the runs that were finished for every act by then.");
    }
    let _ = writeln!(out, "\nWhat each act alone changes, with 95 % intervals\n{}", acts(summary));
    if summary.left_out > 0 {
        wrap(&mut out, &format!("{} of other states were not tried.", counted(summary.left_out, "act", "acts")));
    }
    out.push('\n');
    sets(&mut out, summary);
    wrap(&mut out, summary.caveat);
    let _ = writeln!(out, "Again with {}", summary.reproduce);
    out
}

fn acts(summary: &PivotalSummary) -> comfy_table::Table {
    let own = format!("haven days of {}", summary.state);
    let mut table = narrow(&["Act", "Seeds left", "impunity, points", &own, "haven days, world"]);
    for act in &summary.acts {
        let changes = SHOWN.map(|key| {
            let change = act.changes.iter().find(|change| change.outcome == key);
            change.map_or_else(|| "-".to_owned(), changed)
        });
        let seeds = format!("{} of {}", act.seeds_with_haven, summary.seeds.len());
        add(&mut table, [act.act.clone(), seeds].into_iter().chain(changes));
    }
    table
}

/// A difference with its interval below it.
fn changed(change: &ChangeSummary) -> String {
    let Some(outcome) = Outcome::named(change.outcome) else { return "-".to_owned() };
    let difference = signed(outcome.unit, change.difference);
    match (change.low, change.high) {
        (Some(low), Some(high)) if low < high => {
            let end = |value| amount(outcome.unit, value, true);
            format!("{difference}\n{} to {}", end(low), end(high))
        }
        _ => difference,
    }
}

fn sets(out: &mut String, summary: &PivotalSummary) {
    let Some(sets) = &summary.sets else {
        if summary.ended != "interrupted" {
            wrap(out, &format!("{} is a haven in too few seeds for a search of what ends it.", summary.state));
            out.push('\n');
        }
        return;
    };
    let ends = if sets.greedy_ends { "they end the haven" } else { "they do not end the haven" };
    wrap(out, &format!("One act after another, each the one that leaves least of the haven; {ends}:"));
    listed(out, &sets.greedy);
    let size = sets.smallest.first().map(Vec::len);
    match size {
        None => {
            let _ = writeln!(out, "\nNo set of those tried ends it.");
        }
        Some(1) => {
            let _ = writeln!(out, "\nAlone, each of these ends it:");
        }
        Some(size) => {
            let _ = writeln!(out, "\nThe smallest sets that end it have {size} acts:");
        }
    }
    for (number, set) in sets.smallest.iter().take(MOST_SETS_SHOWN).enumerate() {
        if size.is_some_and(|size| size > 1) && sets.smallest.len() > 1 {
            let _ = writeln!(out, "  {}.", number + 1);
        }
        listed(out, set);
    }
    if sets.smallest.len() > MOST_SETS_SHOWN {
        let _ = writeln!(out, "and {} more: --json has all", sets.smallest.len() - MOST_SETS_SHOWN);
    }
    out.push('\n');
    let sizes = ["single acts", "pairs", "triples"];
    let tried: Vec<String> = sets
        .tried
        .iter()
        .zip(sizes)
        .map(|((tried, all), size)| {
            let count = grouped(*all as u64);
            if tried == all {
                format!("all {count} {size}")
            } else {
                format!("{} of {count} {size}", grouped(*tried as u64))
            }
        })
        .collect();
    wrap(out, &format!("Tried: {}. The search took {} runs.", joined(&tried, "and"), grouped(sets.runs as u64)));
}

fn listed(out: &mut String, acts: &[String]) {
    for act in acts {
        for (index, line) in super::lines::wrapped(act, super::compare_text::WIDTH - 4).iter().enumerate() {
            let _ = writeln!(out, "{}{line}", if index == 0 { "  - " } else { "    " });
        }
    }
}
