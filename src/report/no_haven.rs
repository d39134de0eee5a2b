//! Where no state became a haven: which came nearest, and what it lacked.

use serde::Serialize;

use super::havens::compared_with;
use super::lines::counted;
use super::numbers::{percent, quotient};
use crate::base::StateId;
use crate::engine::Outcome;
use crate::scenario::Scenario;
use crate::world::{HavenSettings, Role};

/// The state that holds most networks beyond what its attraction explains, on the last day.
#[derive(Clone, Debug, Serialize)]
pub struct NearestToHaven {
    /// The state, by name.
    pub state: String,
    /// For bases or hosts.
    pub role: &'static str,
    /// Location quotient, in thousandths.
    pub quotient_permille: u32,
    /// Impunity there; none without closed cases.
    pub impunity_permille: Option<u32>,
    /// Impunity of the cases compared with.
    pub compared_impunity_permille: Option<u32>,
    /// In a sentence, what of the conditions fails.
    pub lacks: String,
}

/// That no state became a haven, and why the nearest did not.
#[must_use]
pub(super) fn says(nearest: Option<&NearestToHaven>) -> String {
    let why = nearest.map_or_else(String::new, |nearest| format!(" {}", nearest.says()));
    format!("No state became a haven.{why}")
}

/// The nearest, of a run in which no state became a haven; none where none holds so many that its quotient counts.
pub(super) fn nearest(scenario: &Scenario, outcome: &Outcome) -> Option<NearestToHaven> {
    let settings = &scenario.plan.havens;
    if !outcome.tally.havens.is_empty() {
        return None;
    }
    let standing = |role, state| outcome.havens.standing(role, state);
    let states = scenario.plan.library.state_ids();
    let all = states.flat_map(|state| [Role::Base, Role::Host].map(|role| (role, state)));
    let holds_many = |(role, state): &(Role, StateId)| {
        f64::from(standing(*role, *state).quotient_permille) > settings.quotient * 1e3
    };
    let excess = |(role, state): &(Role, StateId)| {
        let standing = standing(*role, *state);
        i64::from(standing.share_permille) - i64::from(standing.expected_permille)
    };
    let (role, state) = all.filter(holds_many).max_by_key(excess)?;
    let found = standing(role, state);
    let compared = outcome.havens.compared_permille(state);
    Some(NearestToHaven {
        state: scenario.plan.library.state(state).name.clone(),
        role: role.word(),
        quotient_permille: found.quotient_permille,
        impunity_permille: found.impunity_permille(),
        compared_impunity_permille: compared,
        lacks: lacks(settings, found.closed, found.impunity_permille(), compared),
    })
}

fn lacks(settings: &HavenSettings, closed: u32, impunity: Option<u32>, compared: Option<u32>) -> String {
    let HavenSettings { fewest_cases, window_days, excess_impunity, hold_days, .. } = settings;
    if f64::from(closed) < *fewest_cases {
        let cases = counted(closed as usize, "case", "cases");
        return format!(
            "{cases} against networks there closed in the last {window_days} days, and {fewest_cases} are needed"
        );
    }
    let elsewhere = compared_with(settings);
    match (impunity, compared) {
        (Some(here), Some(there)) if f64::from(here) - f64::from(there) < excess_impunity * 1e3 => format!(
            "{} % of the cases against networks there were lost, {} % {elsewhere}: its impunity is no {} points greater",
            percent(here),
            percent(there),
            excess_impunity * 100.0
        ),
        _ => format!("what makes a haven has not held for {hold_days} days without a break"),
    }
}

impl NearestToHaven {
    /// All of it in a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        let Self { state, role, quotient_permille, lacks, .. } = self;
        let times = quotient(*quotient_permille);
        format!("{state} came nearest, with {times} times its expected share of {role}s on the last day; but {lacks}.")
    }
}
