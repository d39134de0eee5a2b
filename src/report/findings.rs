//! The findings of a run for people and programs: the panel by month and state, how networks are spread, and what
//! would have turned the step that ended each lost case. Shares in thousandths, counts whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::numbers::thousandths;
use super::summary::PresenceSummary;

use crate::authority::{Conclusion, LossKind};
use crate::base::{self, CiteId, Day, rounded};
use crate::engine::{Attribution, Month, Panel, StateMonth, Tally};
use crate::law::{Decision, GroundCode, Library, Measure};
use crate::world::Role;

/// The panel of a run: rows of the engine, given their names when they are written, and not before.
#[derive(Debug)]
pub struct PanelSummary {
    library: Arc<Library>,
    months: Arc<Vec<Month>>,
}

impl PanelSummary {
    /// That of a run.
    #[must_use]
    pub fn of(library: &Arc<Library>, panel: &Panel) -> Self {
        Self { library: Arc::clone(library), months: Arc::clone(&panel.months) }
    }

    /// Its rows.
    #[must_use]
    pub fn months(&self) -> &[Month] {
        &self.months
    }
}

impl Serialize for PanelSummary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.months.iter().map(|row| month(&self.library, row)))
    }
}

/// A month of the world.
#[derive(Debug, Serialize)]
pub struct MonthSummary {
    /// Its first day, or the first day of the run.
    pub from: Day,
    /// Herfindahl index of bases when it ended; none where there are no networks.
    pub base_concentration_permille: Option<u32>,
    /// The same of hosts.
    pub host_concentration_permille: Option<u32>,
    /// Each state.
    pub states: Vec<StateMonthSummary>,
}

/// A month of one state; what is empty is left out. See [`StateMonth`].
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the meanings stand once, at the row of the engine")]
pub struct StateMonthSummary {
    pub state: String,
    pub based: u32,
    pub hosted: u32,
    pub bases: PresenceSummary,
    pub hosts: PresenceSummary,
    pub incidents: u32,
    pub recorded: u32,
    pub harm: f64,
    pub cases_opened: u32,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub concluded: BTreeMap<&'static str, u32>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lost: BTreeMap<&'static str, u32>,
    pub letters_out: u32,
    pub letters_in: u32,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub requests_out: BTreeMap<&'static str, u32>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub requests_in: BTreeMap<&'static str, u32>,
    /// By measure, then by what the law said.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub decided_out: BTreeMap<&'static str, BTreeMap<&'static str, u32>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub decided_in: BTreeMap<&'static str, BTreeMap<&'static str, u32>>,
    /// By ground and article.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub refused_out: BTreeMap<String, u32>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub refused_in: BTreeMap<String, u32>,
    pub undecided: u32,
    pub unanswered: u32,
    pub answered: u32,
    pub median_answer_days: Option<u32>,
    pub ninetieth_answer_days: Option<u32>,
    pub preservations_lapsed: u32,
}

/// How much was reshuffled in a year.
#[derive(Debug, Serialize)]
pub struct YearSummary {
    /// The calendar year, or the part of it in the run.
    pub year: i32,
    /// Half the sum of absolute changes of the shares of bases.
    pub base_reshuffle_permille: Option<u32>,
    /// The same of hosts.
    pub host_reshuffle_permille: Option<u32>,
}

/// Leakage: the year before a treaty began to bind states against the year after it.
#[derive(Debug, Serialize)]
pub struct LeakageSummary {
    /// The treaty, by title.
    pub treaty: String,
    /// Whether it is a rule of custom, which emerges and enters into force for nobody.
    #[serde(skip)]
    pub is_custom: bool,
    /// The day.
    pub day: Day,
    /// The states that it began to bind then.
    pub members: Vec<String>,
    /// Mean number of networks based there, before and after, in thousandths.
    pub members_permille: (u64, u64),
    /// The same in the world.
    pub world_permille: (u64, u64),
    /// Month-ends before and after that the means are of; twelve each where the run covers both years.
    pub compared_months: (usize, usize),
    /// 1 - world fall / member fall; none where the members did not lose any.
    pub leakage_permille: Option<i64>,
}

/// What the lost cases were lost by, and what would have turned the step that ended them. Keys speak of savings: what is saved
/// is that step, and not the case to its end.
#[derive(Debug, Serialize)]
pub struct AttributionSummary {
    /// Cases lost.
    pub lost: u64,
    /// Those that were decided again.
    pub decided_again: u64,
    /// By state and rule, most frequent first.
    pub lost_by: Vec<LostBySummary>,
    /// By act, the most effective first. Acts overlap: their savings must not be added up.
    pub savings: Vec<SavingSummary>,
    /// What the numbers leave out.
    pub caveat: &'static str,
}

/// Cases lost by one rule or delay.
#[derive(Debug, Serialize)]
pub struct LostBySummary {
    /// The state whose rule or delay it was, by name.
    pub state: String,
    /// The cause.
    pub cause: &'static str,
    /// Ground of a refusal.
    pub ground: Option<&'static str>,
    /// Its article.
    pub article: Option<String>,
    /// Whether it refused by a choice that the law left open.
    pub by_choice: bool,
    /// Whether it rests on a penal law of that state that is assumed.
    pub assumed: bool,
    /// How many.
    pub cases: u64,
}

/// One act and what it would have turned.
#[derive(Debug, Serialize)]
pub struct SavingSummary {
    /// The state that acts, by name.
    pub state: String,
    /// The kind of act.
    pub kind: &'static str,
    /// The act in a sentence.
    pub act: String,
    /// Cases on which it bears.
    pub cases: u64,
    /// Of how many the step would surely have been granted, or carried out in time.
    pub surely: u64,
    /// The same with those that depend on a chance, as the expected number, rounded.
    pub expected: u64,
}

/// What attribution leaves out.
const CAVEAT: &str = "only the step that ended each case is decided again, with one thing changed; what would have come \
                      after it is not, and acts overlap. Whether a state's constitution allows a law is not looked at";

/// A row of the panel.
#[must_use]
pub fn month(library: &Library, month: &Month) -> MonthSummary {
    let [base_concentration_permille, host_concentration_permille] = concentration_permille(month);
    MonthSummary {
        from: month.from,
        base_concentration_permille,
        host_concentration_permille,
        states: library
            .states()
            .iter()
            .zip(&month.states)
            .map(|(state, row)| of_state(library, &state.code, row))
            .collect(),
    }
}

/// Herfindahl indices of bases and of hosts when a month ended.
pub(super) fn concentration_permille(month: &Month) -> [Option<u32>; 2] {
    [Role::Base, Role::Host]
        .map(|role| crate::engine::spread::concentration(&month.placed(role)).map(base::thousandths))
}

fn of_state(library: &Library, code: &str, row: &StateMonth) -> StateMonthSummary {
    let requests =
        |counts: &[(Measure, u32)]| counts.iter().map(|(measure, number)| (measure.name(), *number)).collect();
    let refused = |counts: &BTreeMap<(GroundCode, CiteId), u32>| {
        counts
            .iter()
            .map(|((code, cite), number)| (format!("{} {}", code.code(), library.cite(*cite)), *number))
            .collect()
    };
    StateMonthSummary {
        state: code.to_owned(),
        based: row.based,
        hosted: row.hosted,
        bases: PresenceSummary::of(&row.standing[0]),
        hosts: PresenceSummary::of(&row.standing[1]),
        incidents: row.incidents,
        recorded: row.recorded,
        harm: row.harm(),
        cases_opened: row.cases_opened,
        concluded: named(&row.concluded, Conclusion::name),
        lost: named(&row.lost, LossKind::word),
        letters_out: row.letters_out,
        letters_in: row.letters_in,
        requests_out: requests(&row.requests_out),
        requests_in: requests(&row.requests_in),
        decided_out: decided(&row.decided_out),
        decided_in: decided(&row.decided_in),
        refused_out: refused(&row.refused_out),
        refused_in: refused(&row.refused_in),
        undecided: row.undecided,
        unanswered: row.unanswered,
        answered: row.answered,
        median_answer_days: row.median_answer_days,
        ninetieth_answer_days: row.ninetieth_answer_days,
        preservations_lapsed: row.preservations_lapsed,
    }
}

/// Counts by the names of what is counted.
pub(super) fn named<K: Copy + Ord, N: Copy>(
    counts: &BTreeMap<K, N>,
    name: fn(K) -> &'static str,
) -> BTreeMap<&'static str, N> {
    counts.iter().map(|(key, number)| (name(*key), *number)).collect()
}

fn decided(counts: &[(Measure, Decision, u32)]) -> BTreeMap<&'static str, BTreeMap<&'static str, u32>> {
    let mut by_measure: BTreeMap<&'static str, BTreeMap<&'static str, u32>> = BTreeMap::new();
    for (measure, decision, number) in counts {
        by_measure.entry(measure.name()).or_default().insert(decision.word(), *number);
    }
    by_measure
}

/// Reshuffle, by year.
#[must_use]
pub fn years(panel: &Panel) -> Vec<YearSummary> {
    let year = |year: crate::engine::Year| YearSummary {
        year: year.year,
        base_reshuffle_permille: year.bases.map(base::thousandths),
        host_reshuffle_permille: year.hosts.map(base::thousandths),
    };
    panel.years().into_iter().map(year).collect()
}

/// Leakage at every entry into force of the run.
#[must_use]
pub fn leakages(library: &Library, tally: &Tally) -> Vec<LeakageSummary> {
    let of = |((day, treaty), members): (&(Day, crate::base::TreatyId), &Vec<crate::base::StateId>)| {
        let leakage = tally.panel.leakage(*treaty, *day, members)?;
        let both =
            |(before, after): (f64, f64)| (thousandths(before).unsigned_abs(), thousandths(after).unsigned_abs());
        Some(LeakageSummary {
            treaty: library.treaty(*treaty).title.clone(),
            is_custom: library.treaty(*treaty).is_custom,
            day: *day,
            members: members.iter().map(|state| library.state(*state).name.clone()).collect(),
            members_permille: both(leakage.in_members),
            world_permille: both(leakage.in_world),
            compared_months: leakage.months,
            leakage_permille: leakage.leakage.map(thousandths),
        })
    };
    tally.in_force.iter().filter_map(of).collect()
}

/// Attribution in names.
#[must_use]
pub fn attribution(library: &Library, found: Attribution) -> AttributionSummary {
    let name = |state| library.state(state).name.clone();
    let lost_by = found.lost_by.into_iter().map(|lost| LostBySummary {
        state: name(lost.state),
        cause: lost.cause.map_or("unexplained", LossKind::word),
        ground: lost.ground.map(|(code, _)| code.code()),
        article: lost.ground.map(|(_, cite)| library.cite(cite).to_owned()),
        by_choice: lost.by_choice,
        assumed: library.state(lost.state).penal_law_is_taken
            && (lost.cause == Some(LossKind::NoOffence)
                || lost.ground.is_some_and(|(code, _)| code.rests_on_penal_law())),
        cases: lost.cases,
    });
    let savings = found.savings.into_iter().map(|saving| SavingSummary {
        state: name(saving.state),
        kind: saving.kind,
        act: saving.says,
        cases: saving.cases,
        surely: saving.surely,
        expected: rounded(saving.expected).into(),
    });
    AttributionSummary {
        lost: found.lost,
        decided_again: found.decided_again,
        lost_by: lost_by.collect(),
        savings: savings.collect(),
        caveat: CAVEAT,
    }
}
