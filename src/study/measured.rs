//! The outcomes of one run, and its havens. Each number is taken from what the engine counted, by the same functions as the
//! summary of a run.

use std::collections::BTreeMap;

use super::outcome::{OUTCOMES, Outcome};
use super::quotient;
use crate::base::{Day, Digest, DigestChain, StateId};
use crate::engine::spread::concentration;
use crate::engine::{self, Plan, StateTally, Tally};
use crate::world::{Role, haven_spells};

/// What one run comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// In the order of [`ALL`](super::outcome::ALL); none where a run does not define it.
    pub values: [Option<f64>; OUTCOMES],
    /// States that were havens, with the number of days, in the order of the states.
    pub havens: Vec<(StateId, u32)>,
    /// Days of the run.
    pub days: u32,
    /// States in it.
    pub states: u32,
    /// Identifies the history of the run.
    pub digest: Digest,
}

/// Identifies many runs, over the digests of their histories in this order.
#[must_use]
pub fn digest_of(histories: impl IntoIterator<Item = Digest>) -> Digest {
    let mut chain = DigestChain::default();
    for history in histories {
        chain.fold(&history);
    }
    chain.digest()
}

impl Measured {
    /// Takes the outcomes of a run; `state` is the one that the study is about, if it is about one.
    #[must_use]
    pub fn of(plan: &Plan, state: Option<StateId>, run: &engine::Outcome) -> Self {
        let tally = &run.tally;
        let havens = haven_days(tally, plan.last_day);
        let days_of = |state: StateId| havens.iter().find(|(haven, _)| *haven == state).map_or(0, |(_, days)| *days);
        let last = tally.panel.months.last();
        let concentration = |role| last.and_then(|month| concentration(&month.placed(role)));
        let impunity = |state| run.havens.standing(Role::Base, state).impunity_permille();
        let sum = |of: &dyn Fn(&engine::StateTally) -> u64| Some(count(tally.states.iter().map(of).sum()));
        Self {
            values: [
                tally.lost_share(None, None),
                state.and_then(impunity).map(|permille| f64::from(permille) / 1000.0),
                Some(count(tally.panel.incidents())),
                state.and_then(|state| tally.panel.based_in_last_year(&[state])),
                state.and_then(|state| quotient::in_last_year(plan, tally, state)),
                Some(count(havens.len() as u64)),
                Some(count(havens.iter().map(|(_, days)| u64::from(*days)).sum())),
                state.map(|state| f64::from(days_of(state))),
                sum(&|state| state.concluded.values().sum()),
                tally.median_answer_days().map(f64::from),
                sum(&StateTally::evidence_lapsed),
                sum(&|state| state.refusals.values().sum()),
                concentration(Role::Base),
                concentration(Role::Host),
                Some(count(tally.in_force.values().map(Vec::len).sum::<usize>() as u64)),
                Some(count(tally.letters)),
                (plan.world.behaviour.size_spread > 0.0).then(|| tally.panel.harm()),
            ],
            havens,
            days: u32::try_from(plan.last_day.days_since(plan.first_day) + 1).unwrap_or(0),
            states: u32::try_from(plan.library.states().len()).unwrap_or(u32::MAX),
            digest: run.digest,
        }
    }

    /// The value of an outcome.
    #[must_use]
    pub fn value(&self, outcome: &Outcome) -> Option<f64> {
        self.values[outcome.index()]
    }

    /// The least and the most that an outcome can be in such a run: no state is a haven on more days than there are.
    #[must_use]
    pub fn possible(&self, outcome: &Outcome) -> (f64, f64) {
        let (days, states) = (f64::from(self.days), f64::from(self.states));
        match outcome.key {
            "havens" => (0.0, states),
            "haven_days" => (0.0, days * states),
            "state_haven_days" => (0.0, days),
            _ => outcome.possible(),
        }
    }

    /// Where the haven is: the state that was one for the longest time, the first of those that tie.
    #[must_use]
    pub fn place(&self) -> Option<StateId> {
        self.havens.iter().min_by_key(|(state, days)| (std::cmp::Reverse(*days), *state)).map(|(state, _)| *state)
    }

    /// Whether a state was a haven on any day.
    #[must_use]
    pub fn is_haven(&self, state: StateId) -> bool {
        self.havens.iter().any(|(haven, _)| *haven == state)
    }
}

/// Days on which each state was a haven in one role or both.
fn haven_days(tally: &Tally, last_day: Day) -> Vec<(StateId, u32)> {
    let mut spells = haven_spells(&tally.havens);
    spells.sort_by_key(|spell| (spell.state, spell.began));
    let mut days: BTreeMap<StateId, (u32, Day)> = BTreeMap::new();
    for spell in spells {
        let until = spell.ended.unwrap_or(last_day + 1);
        let (counted, covered) = days.entry(spell.state).or_insert((0, spell.began));
        // A day that counts for bases already does not count again for hosts.
        let from = spell.began.max(*covered);
        *counted += u32::try_from(until.days_since(from)).unwrap_or(0);
        *covered = until.max(*covered);
    }
    days.into_iter().map(|(state, (days, _))| (state, days)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of a run lie far below 2^52")]
fn count(number: u64) -> f64 {
    number as f64
}
