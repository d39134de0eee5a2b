//! The location quotient of a state over the last year of a run: share of the networks over the share expected.
//!
//! What is expected follows the attraction of states, which events change. So it is a mean over the same month-ends as the
//! share that it is compared with: what changes at the very end has not been there for networks to follow.

use crate::base::StateId;
use crate::base::interval::mean;
use crate::engine::{Month, Panel, Plan, Tally};

/// The month-ends of a year: those over which networks are counted, too.
const YEAR_MONTHS: usize = 12;

/// The quotient; none where nobody is expected, or nobody is anywhere.
pub(super) fn in_last_year(plan: &Plan, tally: &Tally, state: StateId) -> Option<f64> {
    let all: Vec<StateId> = plan.library.state_ids().collect();
    let panel: &Panel = &tally.panel;
    let share = panel.based_in_last_year(&[state])? / panel.based_in_last_year(&all)?;
    let months = &panel.months[panel.months.len().saturating_sub(YEAR_MONTHS)..];
    let expected: Vec<f64> = months.iter().map(|month| expected(plan, tally, month, state)).collect();
    // The mean by what differs from the first, so that equal numbers have exactly themselves as their mean.
    let first = *expected.first()?;
    let expected = first + mean(&expected.iter().map(|share| share - first).collect::<Vec<_>>())?;
    (expected > 0.0 && share.is_finite()).then(|| share / expected)
}

/// The share of the bases expected as the last day of a month began.
fn expected(plan: &Plan, tally: &Tally, month: &Month, state: StateId) -> f64 {
    let last = (month.from.first_of_next_month() - 1).min(plan.last_day);
    let shares = &tally.expected_shares;
    let holds = shares.partition_point(|(since, _)| *since < last).saturating_sub(1);
    shares.get(holds).map_or(0.0, |(_, shares)| shares.bases[state.index()])
}
