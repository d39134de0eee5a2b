//! Where no state became a haven: which came nearest, and what it lacked.

use serde::Serialize;

use super::havens::compared_with;
use super::lines::{capital, counted};
use super::numbers::{percent, quotient};
use super::summary::Summary;
use crate::base::{Day, StateId, in_prose};
use crate::engine::Outcome;
use crate::scenario::Scenario;
use crate::world::{HavenSettings, HavenStanding, Role};

/// Of the states with a quotient that counts on the last day, the one that meets most of the other conditions of a haven.
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

/// That no state became a haven, and why the nearest did not; where the run was too short for one, that comes first.
#[must_use]
pub(super) fn told(summary: &Summary) -> String {
    let why = summary.no_haven_before.map_or_else(String::new, |day| format!(" {}.", too_short(day)));
    let nearest = summary.nearest_to_haven.as_ref().map_or_else(String::new, |nearest| format!(" {}", nearest.says()));
    format!("No state became a haven.{why}{nearest}")
}

/// In a run that is too short for a haven, the first day on which one could have been confirmed.
pub(super) fn no_haven_before(scenario: &Scenario) -> Option<Day> {
    let plan = &scenario.plan;
    Some(plan.havens.earliest(plan.first_day)).filter(|earliest| *earliest > plan.last_day)
}

fn too_short(earliest: Day) -> String {
    format!("The run is too short for one: none can be confirmed before {earliest}")
}

/// The nearest, of a run in which no state became a haven; none where none holds so many that its quotient counts.
pub(super) fn nearest(scenario: &Scenario, outcome: &Outcome) -> Option<NearestToHaven> {
    let settings = &scenario.plan.havens;
    // Where the penal law of some states is assumed, one whose law was entered stands out by that alone.
    let assumed = scenario.plan.library.states().iter().any(|state| state.penal_law_is_taken);
    if assumed || !outcome.tally.havens.is_empty() {
        return None;
    }
    let standing = |role, state| outcome.havens.standing(role, state);
    let states = scenario.plan.library.state_ids();
    let all = states.flat_map(|state| [Role::Base, Role::Host].map(|role| (role, state)));
    let excess = |(role, state): &(Role, StateId)| {
        let standing = standing(*role, *state);
        i64::from(standing.share_permille) - i64::from(standing.expected_permille)
    };
    // Nearest is which meets more of the conditions; of those that meet as many, which draws most beyond its attraction.
    let nearness = |of: &(Role, StateId)| {
        let found = standing(of.0, of.1);
        let met = lacked(settings, found, outcome.havens.compared_permille(of.1));
        (met, excess(of))
    };
    let (role, state) =
        all.filter(|(role, state)| holds_many(settings, standing(*role, *state))).max_by_key(nearness)?;
    let found = standing(role, state);
    let compared = outcome.havens.compared_permille(state);
    Some(NearestToHaven {
        state: scenario.plan.library.state(state).name.clone(),
        role: role.word(),
        quotient_permille: found.quotient_permille,
        impunity_permille: found.impunity_permille(),
        compared_impunity_permille: compared,
        lacks: lacks(settings, found, compared, is_within_window(scenario)),
    })
}

/// Whether so many networks are there, beyond those expected, that it could be a haven.
pub(super) fn holds_many(settings: &HavenSettings, found: &HavenStanding) -> bool {
    f64::from(found.quotient_permille) > settings.quotient * 1e3
}

/// The first condition that fails, in the order in which they are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lacked {
    /// Too few cases closed.
    Cases,
    /// Too little impunity beyond that of the cases compared with.
    Impunity,
    /// What makes a haven has not held long enough.
    Days,
}

fn lacked(settings: &HavenSettings, found: &HavenStanding, compared: Option<u32>) -> Lacked {
    if f64::from(found.closed) < settings.fewest_cases {
        return Lacked::Cases;
    }
    let excess = |(here, there)| (f64::from(here) - f64::from(there)) / 1e3;
    match found.impunity_permille().zip(compared).map(excess) {
        Some(excess) if !settings.is_excess(excess) => Lacked::Impunity,
        _ => Lacked::Days,
    }
}

/// Whether the whole run lies within the days over which closed cases are counted.
fn is_within_window(scenario: &Scenario) -> bool {
    let plan = &scenario.plan;
    f64::from(plan.last_day.days_since(plan.first_day) + 1) <= plan.havens.window_days
}

fn lacks(settings: &HavenSettings, found: &HavenStanding, compared: Option<u32>, is_within_window: bool) -> String {
    let HavenSettings { fewest_cases, window_days, excess_impunity, hold_days, .. } = settings;
    match (lacked(settings, found, compared), found.impunity_permille(), compared) {
        (Lacked::Cases, ..) => {
            let cases = match found.closed {
                0 => "no case".to_owned(),
                closed => counted(closed as usize, "case", "cases"),
            };
            let when = if is_within_window { "run".to_owned() } else { format!("last {}", days(*window_days)) };
            let are = if (fewest_cases - 1.0).abs() < f64::EPSILON { "is" } else { "are" };
            format!("{cases} against networks there closed in the {when}, and {fewest_cases} {are} needed")
        }
        (Lacked::Impunity, Some(here), Some(there)) => {
            let needed_permille = (excess_impunity * 1e3).round();
            let beyond = f64::from(there) + needed_permille > 1e3;
            format!(
                "{} % of the cases against networks there were lost, {} % of those {}, and a haven needs {} {} more than these{}",
                percent(here),
                percent(there),
                compared_with(settings),
                needed_permille / 10.0,
                if (needed_permille - 10.0).abs() < f64::EPSILON { "point" } else { "points" },
                if beyond { ", which no state can have" } else { "" }
            )
        }
        _ => format!("what makes a haven has not held for {} without a break", days(*hold_days)),
    }
}

/// A setting of whole days.
fn days(setting: f64) -> String {
    format!("{setting} {}", if (setting - 1.0).abs() < f64::EPSILON { "day" } else { "days" })
}

impl NearestToHaven {
    /// All of it in a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        let Self { state, role, quotient_permille, lacks, .. } = self;
        let times = quotient(*quotient_permille);
        format!(
            "{} came nearest, with {times} times its expected share of {role}s on the last day; but {lacks}.",
            capital(&in_prose(state))
        )
    }
}
