//! What the law says on a day to one request, over all pairs of states: how much of the world a measure reaches.

use std::collections::BTreeMap;

use super::alike::Alike;
use super::decide::decide;
use super::fact::FactSet;
use super::library::Library;
use super::measure::Measure;
use super::membership::Memberships;
use super::opinion::Decision;
use super::question::Question;
use crate::base::{Day, StateId};

/// A request as it is put to every pair: conduct of the same day, by a national of the state that asks.
#[must_use]
pub fn asked(requesting: StateId, requested: StateId, measure: Measure, facts: FactSet, day: Day) -> Question {
    Question { nationality: Some(requesting), ..Question::on(day, (requesting, requested), measure, facts) }
}

/// How many ordered pairs of states meet each decision. States that such a request cannot tell apart are asked once.
#[must_use]
pub fn over_all_pairs(
    library: &Library,
    memberships: &Memberships,
    measure: Measure,
    facts: FactSet,
    day: Day,
) -> BTreeMap<Decision, u64> {
    let alike = Alike::on(library, memberships, day).states();
    let mut pairs = BTreeMap::new();
    for (requesting, asking) in alike.iter().enumerate() {
        for (requested, answering) in alike.iter().enumerate() {
            let itself = requesting == requested;
            let Some(answers) = answering.get(usize::from(itself)) else { continue };
            let opinion = decide(library, memberships, &asked(asking[0], *answers, measure, facts, day));
            let count = asking.len() * (answering.len() - usize::from(itself));
            *pairs.entry(opinion.decision).or_default() += count as u64;
        }
    }
    pairs
}

/// How many of these pairs leave the requested state no choice but to help, or need no request at all.
#[must_use]
pub fn open(pairs: &BTreeMap<Decision, u64>, measure: Measure) -> u64 {
    let granted = [Decision::Grant, Decision::GrantCond, Decision::Partial, Decision::Postpone, Decision::NoRequest];
    let opens = |decision: Decision| granted.contains(&decision) || decision.carries_out(measure);
    pairs.iter().filter(|(decision, _)| opens(**decision)).map(|(_, count)| count).sum()
}
