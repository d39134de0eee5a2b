//! What the law says on a day to one request, over all pairs of states: how much of the world a measure reaches.

use std::collections::BTreeMap;

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

/// How many ordered pairs of states meet each decision.
#[must_use]
pub fn over_all_pairs(
    library: &Library,
    memberships: &Memberships,
    measure: Measure,
    facts: FactSet,
    day: Day,
) -> BTreeMap<Decision, u64> {
    let mut pairs = BTreeMap::new();
    for requesting in library.state_ids() {
        for requested in library.state_ids().filter(|requested| *requested != requesting) {
            let opinion = decide(library, memberships, &asked(requesting, requested, measure, facts, day));
            *pairs.entry(opinion.decision).or_default() += 1;
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
