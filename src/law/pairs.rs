//! What the law says on a day to one request, over all pairs of states: how much of the world a measure reaches.

use std::collections::BTreeMap;

use super::decide::decide;
use super::fact::FactSet;
use super::library::Library;
use super::measure::Measure;
use super::membership::{Memberships, Position};
use super::opinion::Decision;
use super::question::Question;
use super::rule::Rule;
use super::state::{DomesticOffence, State};
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
    let alike = alike(library, memberships, day);
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

/// States by what a request in which everything happens on one day can see of them: their law of that day, and where they
/// stand towards each treaty.
fn alike(library: &Library, memberships: &Memberships, day: Day) -> Vec<Vec<StateId>> {
    let mut seen: Vec<(Seen, Vec<StateId>)> = Vec::new();
    for state in library.state_ids() {
        let this = Seen::of(library, memberships, state, day);
        match seen.iter_mut().find(|(other, _)| *other == this) {
            Some((_, states)) => states.push(state),
            None => seen.push((this, vec![state])),
        }
    }
    seen.into_iter().map(|(_, states)| states).collect()
}

#[derive(PartialEq)]
struct Seen {
    /// Its law, without its name and without what is dated.
    law: State,
    offences: Vec<DomesticOffence>,
    rules: Vec<Rule>,
    positions: Vec<Position>,
    /// The state itself, where a treaty is one between it and another.
    itself: Option<StateId>,
}

impl Seen {
    fn of(library: &Library, memberships: &Memberships, state: StateId, day: Day) -> Self {
        let law = library.state(state);
        let in_force = law.offences.iter().filter(|offence| offence.in_force(day));
        let undated = |offence: &DomesticOffence| DomesticOffence {
            name: String::new(),
            from: None,
            until: None,
            awaits_treaty: false,
            ..offence.clone()
        };
        let rules = law.rules.iter().filter(|rule| rule.in_force(day));
        let party = |(one, other): (StateId, StateId)| one == state || other == state;
        let own_treaty = library.treaties().iter().filter_map(|treaty| treaty.between).any(party);
        Self {
            offences: in_force.map(undated).collect(),
            rules: rules.map(|rule| Rule { from: None, until: None, ..rule.clone() }).collect(),
            positions: library.treaty_ids().map(|treaty| memberships.position(treaty, state, day)).collect(),
            itself: own_treaty.then_some(state),
            law: law.undated(),
        }
    }
}

/// How many of these pairs leave the requested state no choice but to help, or need no request at all.
#[must_use]
pub fn open(pairs: &BTreeMap<Decision, u64>, measure: Measure) -> u64 {
    let granted = [Decision::Grant, Decision::GrantCond, Decision::Partial, Decision::Postpone, Decision::NoRequest];
    let opens = |decision: Decision| granted.contains(&decision) || decision.carries_out(measure);
    pairs.iter().filter(|(decision, _)| opens(**decision)).map(|(_, count)| count).sum()
}
