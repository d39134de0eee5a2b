//! What cases were lost by: the rule, the delay or the choice of which state, counted.

use std::collections::BTreeMap;

use super::losses::{Lost, Weight};
use crate::base::{CiteId, StateId};
use crate::law::GroundCode;

/// Cases lost by one rule or delay of one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostBy {
    /// The state whose rule or delay it was.
    pub state: StateId,
    /// The cause.
    pub cause: &'static str,
    /// Ground and article of a refusal.
    pub ground: Option<(GroundCode, CiteId)>,
    /// Whether it refused by choice.
    pub by_choice: bool,
    /// How many.
    pub cases: u64,
}

/// The lost cases by what they were lost by, most frequent first.
pub(super) fn lost_by(lost: &BTreeMap<Lost, Weight>) -> Vec<LostBy> {
    let mut counts: BTreeMap<_, u64> = BTreeMap::new();
    for (lost, weight) in lost {
        let (state, cause, ground, by_choice) = match lost {
            Lost::NoOffence(state, ..) => (*state, "no offence", None, false),
            Lost::NoJurisdiction(state) => (*state, "no jurisdiction", None, false),
            Lost::Refused { question, ground, by_choice } => (question.requested, "refused", *ground, *by_choice),
            Lost::Gone { question, .. } => (question.requested, "evidence lapsed", None, false),
            Lost::GoneAtOnce(state) => (*state, "evidence lapsed", None, false),
            Lost::Unanswered(question, _) => (question.requested, "abandoned", None, false),
            Lost::NotIdentified(state) => (*state, "not identified", None, false),
            Lost::WithoutRequest(state) => (*state, "unexplained", None, false),
        };
        *counts.entry((state, cause, ground, by_choice)).or_default() += weight.cases;
    }
    let of = |((state, cause, ground, by_choice), cases)| LostBy { state, cause, ground, by_choice, cases };
    let mut rows: Vec<LostBy> = counts.into_iter().map(of).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.cases));
    rows
}
