//! What cases were lost by: the rule, the delay or the choice of which state, counted.

use std::collections::BTreeMap;

use super::losses::{Lost, Weight};
use crate::authority::LossKind;
use crate::base::{CiteId, StateId};
use crate::law::GroundCode;

/// Cases lost by one rule or delay of one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostBy {
    /// The state whose rule or delay it was.
    pub state: StateId,
    /// The cause; none where the record is not whole.
    pub cause: Option<LossKind>,
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
            Lost::NoOffence(state, ..) => (*state, Some(LossKind::NoOffence), None, false),
            Lost::NoJurisdiction(state, _) => (*state, Some(LossKind::NoJurisdiction), None, false),
            Lost::Refused { question, ground, by_choice } => {
                (question.requested, Some(LossKind::Refused), *ground, *by_choice)
            }
            Lost::Gone { question, .. } => (question.requested, Some(LossKind::EvidenceLapsed), None, false),
            Lost::GoneAtOnce(state) => (*state, Some(LossKind::EvidenceLapsed), None, false),
            Lost::Unanswered(question, _) => (question.requested, Some(LossKind::Abandoned), None, false),
            Lost::NotIdentified(state) => (*state, Some(LossKind::NotIdentified), None, false),
            Lost::WithoutRequest(state) => (*state, None, None, false),
        };
        *counts.entry((state, cause, ground, by_choice)).or_default() += weight.cases;
    }
    let of = |((state, cause, ground, by_choice), cases)| LostBy { state, cause, ground, by_choice, cases };
    let mut rows: Vec<LostBy> = counts.into_iter().map(of).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.cases));
    rows
}
