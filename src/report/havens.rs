//! The havens of a run: when each began and ended, how the state stood then, and what ended the cases against networks
//! there; as values and in sentences. Where there was none, see `no_haven`.

use serde::Serialize;

use super::lines::capital;
use super::numbers::{decimals, grouped, percent, quotient};
use crate::base::{Day, StateId, in_prose};
use crate::engine::Tally;
use crate::law::{Force, Library};
use crate::scenario::Scenario;
use crate::world::{HavenRecord, HavenSettings, HavenSpell, Reason, haven_spells};

/// A haven.
#[derive(Debug, Serialize)]
pub struct HavenSummary {
    /// The state, by name.
    pub state: String,
    /// For bases or hosts.
    pub role: &'static str,
    /// The day it began.
    pub began: Day,
    /// The day it ended, if it did.
    pub ended: Option<Day>,
    /// How that state stood then.
    pub end: Option<HavenEndSummary>,
    /// The day of confirmation, after the time that a haven needs to be one.
    pub confirmed: Day,
    /// Location quotient when confirmed, in thousandths.
    pub quotient_permille: u32,
    /// Closed cases against networks there, over which impunity is taken.
    pub cases: u32,
    /// What its impunity is compared with, cases `in the world` or `that it had no part in`.
    pub compared_with: &'static str,
    /// How many these are.
    pub compared_cases: u32,
    /// Impunity there when confirmed, in thousandths.
    pub impunity_permille: u32,
    /// Impunity of the cases compared with.
    pub compared_impunity_permille: u32,
    /// What ended the lost cases, first what did so most beyond what was expected.
    pub reasons: Vec<ReasonSummary>,
    /// Lost cases that ended for other reasons than these.
    pub cases_of_other_reasons: u32,
    /// How many that would be at the rate of the cases compared with.
    pub expected_of_other_reasons: u32,
}

/// How a state stood when it was a haven no longer: what of the conditions failed, and what had changed.
#[derive(Debug, Serialize)]
pub struct HavenEndSummary {
    /// Whether its quotient was no longer above the threshold.
    pub quotient_fell: bool,
    /// Location quotient, in thousandths.
    pub quotient_permille: u32,
    /// Impunity there; none without closed cases.
    pub impunity_permille: Option<u32>,
    /// Impunity of the cases compared with.
    pub compared_impunity_permille: Option<u32>,
    /// What ended the cases still lost, first what did so most beyond what was expected.
    pub reasons: Vec<ReasonSummary>,
    /// Treaties that began to bind the state while it was a haven: day and title.
    pub came_to_bind: Vec<(Day, String)>,
}

/// A reason of a haven.
#[derive(Debug, Serialize)]
pub struct ReasonSummary {
    /// The cause.
    pub cause: &'static str,
    /// The ground, where a request was refused on one.
    pub ground: Option<&'static str>,
    /// Whether the article that has it leaves a choice; none where that hangs on the case.
    pub by_choice: Option<bool>,
    /// Its meaning.
    pub meaning: Option<&'static str>,
    /// The article.
    pub article: Option<String>,
    /// Cases lost so in the window.
    pub cases: u32,
    /// How many it would have been at the rate of the cases compared with, rounded.
    pub expected_cases: u32,
}

impl HavenSummary {
    /// Which state became a haven, from when to when.
    #[must_use]
    pub fn became(&self) -> String {
        let Self { state, role, began, .. } = self;
        let end = self
            .ended
            .map_or_else(|| "and still is one on the last day".to_owned(), |day| format!("and was one until {day}"));
        // Where the rule asks for no more impunity than elsewhere, a haven may be one by its networks alone.
        let by_share = if self.impunity_permille > self.compared_impunity_permille {
            String::new()
        } else {
            format!(
                ": by its networks alone, for its impunity was no higher than that of the cases {}",
                self.compared_with
            )
        };
        format!("{} became a haven for {role}s on {began}, {end}{by_share}.", capital(&in_prose(state)))
    }

    /// How it stood then; what ended the lost cases is to follow.
    #[must_use]
    pub fn stood(&self) -> String {
        format!(
            "When that was confirmed, on {}, it held {} times its expected share; of the {} cases against networks there {} % \
             were lost, of the {} {} {} %. What ended the lost cases (in brackets: how many there would have been at the rate \
             of the cases {}):",
            self.confirmed,
            quotient(self.quotient_permille),
            grouped(self.cases.into()),
            percent(self.impunity_permille),
            grouped(self.compared_cases.into()),
            self.compared_with,
            percent(self.compared_impunity_permille),
            self.compared_with,
        )
    }

    /// Cases lost for other reasons than those listed, and how many were expected; none if neither were any.
    #[must_use]
    pub fn others(&self) -> Option<(u32, u32)> {
        let others = (self.cases_of_other_reasons, self.expected_of_other_reasons);
        (others != (0, 0)).then_some(others)
    }

    /// How it stood when it was a haven no longer, if it ended.
    #[must_use]
    pub fn end_says(&self) -> Option<String> {
        let end = self.end.as_ref()?;
        let share = |share: Option<u32>| {
            share.map_or_else(|| "none of the".to_owned(), |share| format!("{} % of the", percent(share)))
        };
        let bound = match end.came_to_bind.last() {
            Some((day, treaty)) => format!(" Meanwhile the {treaty} had begun to bind it, on {day}."),
            None => String::new(),
        };
        Some(format!(
            "When the end was confirmed it held {} times its expected share, and {} cases there were lost, {} of those {}.{bound}",
            quotient(end.quotient_permille),
            share(end.impunity_permille),
            end.compared_impunity_permille.map_or_else(|| "-".to_owned(), |share| format!("{} %", percent(share))),
            self.compared_with,
        ))
    }
}

impl ReasonSummary {
    /// The cause, with ground and article where a request was refused.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.ground, self.meaning, &self.article) {
            (Some(ground), Some(meaning), Some(article)) => {
                let how = match self.by_choice {
                    Some(true) => " by choice",
                    Some(false) => ", as it must be",
                    None => "",
                };
                format!("{}{how}: {ground}, {article}: {meaning}", self.cause)
            }
            _ => self.cause.to_owned(),
        }
    }
}

/// Every haven of a run, in order of confirmation.
pub(super) fn havens(scenario: &Scenario, tally: &Tally) -> Vec<HavenSummary> {
    let library = &scenario.plan.library;
    let reasons = |reasons: &[Reason]| reasons.iter().map(|reason| reason_summary(library, reason)).collect::<Vec<_>>();
    let compared_with = compared_with(&scenario.plan.havens);
    let end = |spell: &HavenSpell<'_>, record: &HavenRecord| HavenEndSummary {
        quotient_fell: f64::from(record.quotient_permille) <= scenario.plan.havens.quotient * 1000.0,
        quotient_permille: record.quotient_permille,
        impunity_permille: record.impunity_permille,
        compared_impunity_permille: record.compared_impunity_permille,
        reasons: reasons(&record.reasons.listed),
        came_to_bind: came_to_bind(library, tally, spell.state, (spell.began, record.day)),
    };
    let of = |spell: HavenSpell<'_>| {
        let record = spell.beginning;
        HavenSummary {
            state: library.state(spell.state).name.clone(),
            role: spell.role.word(),
            began: spell.began,
            ended: spell.ended,
            end: spell.end.map(|record| end(&spell, record)),
            confirmed: record.confirmed,
            quotient_permille: record.quotient_permille,
            cases: record.reasons.cases,
            compared_with,
            compared_cases: record.reasons.compared_cases,
            impunity_permille: record.impunity_permille.unwrap_or_default(),
            compared_impunity_permille: record.compared_impunity_permille.unwrap_or_default(),
            reasons: reasons(&record.reasons.listed),
            cases_of_other_reasons: record.reasons.other_cases,
            expected_of_other_reasons: record.reasons.other_expected,
        }
    };
    haven_spells(&tally.havens).into_iter().map(of).collect()
}

/// The cases that a state's are compared with.
pub(super) fn compared_with(settings: &HavenSettings) -> &'static str {
    if settings.against_elsewhere > 0.0 { "that it had no part in" } else { "in the world" }
}

/// The rule by which a state is a haven, in a sentence.
pub(super) fn rule(quotient: f64, excess_impunity: f64, against_elsewhere: f64, hold_days: f64) -> String {
    let compared = if against_elsewhere > 0.0 { "that of the cases it has no part in" } else { "the world's" };
    // The second sentence answers the first question of whoever sees that a state holds most networks and is none.
    let (impunity, everywhere) = if excess_impunity > 0.0 {
        let points = format!("at least {} points above {compared}", decimals(excess_impunity * 100.0, 1));
        (points, " Where cases are lost as often everywhere, no state is one.")
    } else {
        (format!("not below {compared}"), "")
    };
    format!(
        "Haven: more than {quotient} times the expected share, and an impunity {impunity}, both for {hold_days} days.{everywhere}"
    )
}

/// Treaties that began to bind a state while it was a haven.
fn came_to_bind(library: &Library, tally: &Tally, state: StateId, (began, ended): (Day, Day)) -> Vec<(Day, String)> {
    let within =
        tally.in_force.iter().filter(|((day, _), states)| (began..=ended).contains(day) && states.contains(&state));
    within.map(|((day, treaty), _)| (*day, library.treaty(*treaty).title.clone())).collect()
}

fn reason_summary(library: &Library, reason: &Reason) -> ReasonSummary {
    ReasonSummary {
        cause: reason.kind.word(),
        ground: reason.ground.map(|(code, _)| code.code()),
        by_choice: reason
            .ground
            .and_then(|(code, cite)| library.force_of(code, cite))
            .map(|force| force != Force::Must),
        meaning: reason.ground.map(|(code, _)| code.meaning()),
        article: reason.ground.map(|(_, cite)| library.cite(cite).to_owned()),
        cases: reason.cases,
        expected_cases: reason.expected_cases,
    }
}
