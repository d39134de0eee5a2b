//! The summary of a run: everything a person or a program needs to know of its result, in one value.
//!
//! The transport is no part of it: the same run gives the same summary however its letters travelled.

use std::collections::BTreeMap;

use serde::Serialize;

use super::dated::DatedSummary;
use super::findings::{self, AttributionSummary, LeakageSummary, PanelSummary, YearSummary};
use super::havens::{HavenSummary, havens};
use super::no_haven::NearestToHaven;
use super::pairs::{PairsSummary, pairs};
use super::parameters::{ParameterGroup, parameters};
use super::variants::SetSummary;
use crate::authority::{Body, Conclusion, LossKind};
use crate::base::{Day, Digest, StateId};
use crate::engine::{Outcome, StateTally, attribute_by_pieces, median_days};
use crate::law::{Decision, Library};
use crate::scenario::{Finding, Scenario};
use crate::study::{side_by_side, threads_of_the_machine};
use crate::world::{HavenStanding, Role};

/// The summary of a run.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// Version of the program.
    pub version: &'static str,
    /// Title of the scenario.
    pub title: String,
    /// The question it asks.
    pub question: String,
    /// Digest of the scenario and the law it rests on.
    pub scenario: Digest,
    /// The variant, if one was chosen.
    pub variant: Option<String>,
    /// What that variant sets beyond the scenario as written.
    pub sets: Vec<SetSummary>,
    /// What was set over it (`--set`), each `PATH=VALUE`.
    pub settings: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Last day of the scenario: later, where the run was interrupted or was to end before.
    pub scenario_to: Day,
    /// Digest of everything that happened.
    pub digest: Digest,
    /// Each state.
    pub states: Vec<StateSummary>,
    /// How treaties were adopted, where the scenario lets states adopt any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adopted: Vec<super::adoption::AdoptedSummary>,
    /// Beside these, treaties whose memberships are given, and how many states each binds on the last day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bound_besides: Vec<super::adoption::BoundSummary>,
    /// Havens, in order of confirmation.
    pub havens: Vec<HavenSummary>,
    /// Where there was none: which state came nearest, and what it lacked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest_to_haven: Option<NearestToHaven>,
    /// Of a run too short for a haven, the first day on which one could have been confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_haven_before: Option<Day>,
    /// What was done on days of the run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dated: Vec<DatedSummary>,
    /// What the law says over all pairs of states.
    pub pairs: Vec<PairsSummary>,
    /// What has to be said before the result is read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<String>,
    /// What is taken for granted because nobody entered it.
    pub assumptions: Vec<String>,
    /// Each month, by state.
    pub panel: PanelSummary,
    /// How much was reshuffled, by year.
    pub years: Vec<YearSummary>,
    /// Leakage at each entry into force.
    pub leakages: Vec<LeakageSummary>,
    /// What the lost cases were lost by, and what would have turned the step that ended them.
    pub attribution: AttributionSummary,
    /// Letters sent.
    pub letters: u64,
    /// Letters on their way when the run ended.
    pub letters_on_the_way: u64,
    /// Days on which anything happened.
    pub eventful_days: u64,
    /// What the scenario expects of this variant, and whether the run shows it.
    pub findings: Vec<FindingSummary>,
    /// The numbers in use, with their origin.
    pub parameters: Vec<ParameterGroup>,
    /// The command that gives this result again.
    pub reproduce: String,
}

impl Summary {
    /// That no case was opened, or that not even an incident happened, in a sentence; none where cases were.
    #[must_use]
    pub fn without_cases(&self) -> Option<&'static str> {
        if self.states.iter().any(|state| state.cases_opened > 0) {
            return None;
        }
        let incidents = self.panel.months().iter().flat_map(|month| &month.states).any(|month| month.incidents > 0);
        Some(if incidents {
            "No case was opened in this run."
        } else {
            "No incident happened in this run, and no case was opened."
        })
    }
}

/// One state.
#[derive(Debug, Serialize)]
pub struct StateSummary {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The networks based there.
    pub bases: PresenceSummary,
    /// The networks hosted there.
    pub hosts: PresenceSummary,
    /// Cases opened there.
    pub cases_opened: u64,
    /// Cases concluded, by result.
    pub concluded: BTreeMap<&'static str, u64>,
    /// Cases lost, by cause.
    pub lost: BTreeMap<&'static str, u64>,
    /// Whether its penal law is assumed, and with it every case that was lost to there being no offence.
    pub penal_law_assumed: bool,
    /// Letters sent, by kind.
    pub letters_out: BTreeMap<&'static str, u64>,
    /// Letters received, by kind.
    pub letters_in: BTreeMap<&'static str, u64>,
    /// Own requests decided elsewhere, by what the law said.
    pub requests_out: BTreeMap<&'static str, u64>,
    /// Requests decided here, by what the law said.
    pub requests_in: BTreeMap<&'static str, u64>,
    /// Requests decided here, by measure and what the law said.
    pub requests_in_by_measure: BTreeMap<&'static str, BTreeMap<&'static str, u64>>,
    /// Requests refused here, by ground and article.
    pub refusals: Vec<RefusalSummary>,
    /// Requests granted here by a choice that the law left open.
    pub granted_by_choice: u64,
    /// Requests refused here by such a choice.
    pub refused_by_choice: u64,
    /// Median days from a request to this state until its final reply, requests for preservation left out.
    pub median_answer_days: Option<u32>,
    /// Whether there is no such median because over half of these requests are reckoned to stay without reply.
    pub mostly_unanswered: bool,
    /// Preserved data released because no follow-up request came.
    pub preservations_lapsed: u64,
    /// Sites that networks lost to its own law, operations apart. A site that is gone when its removal comes is none.
    pub sites_removed: u64,
}

/// Networks of one kind in a state, on the last day. Shares, quotients and impunity in thousandths.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PresenceSummary {
    /// Share of all active networks.
    pub share_permille: u32,
    /// Share expected when all risks are equal.
    pub expected_permille: u32,
    /// Location quotient: share over expected share.
    pub quotient_permille: u32,
    /// Cases of the last window that were lost, over all closed; none without closed cases.
    pub impunity_permille: Option<u32>,
    /// Whether the state is a haven on the last day.
    pub haven: bool,
}

/// Requests refused on one ground.
#[derive(Debug, Serialize)]
pub struct RefusalSummary {
    /// The code.
    pub ground: &'static str,
    /// The article.
    pub article: String,
    /// Whether it rests on a penal law of that state that is assumed.
    pub assumed: bool,
    /// How many.
    pub requests: u64,
}

/// An expected finding.
#[derive(Debug, Serialize)]
pub struct FindingSummary {
    /// In words.
    pub expected: String,
    /// Whether this run shows it.
    pub met: bool,
    /// What was found instead; none where it is met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// What has to be known beside it: that the run is too short to show anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

impl FindingSummary {
    /// What is expected and, where it is not met, what was found instead.
    #[must_use]
    pub fn sentence(&self) -> String {
        let found = self.instead.as_ref().map_or_else(String::new, |found| format!("; found: {found}"));
        let remark = self.remark.as_ref().map_or_else(String::new, |remark| format!("; {remark}"));
        format!("{}{found}{remark}", self.expected)
    }
}

impl PresenceSummary {
    /// A standing in numbers for people.
    #[must_use]
    pub fn of(standing: &HavenStanding) -> Self {
        Self {
            share_permille: standing.share_permille,
            expected_permille: standing.expected_permille,
            quotient_permille: standing.quotient_permille,
            impunity_permille: standing.impunity_permille(),
            haven: standing.is_haven,
        }
    }
}

impl Summary {
    /// From when to when, and when the scenario would have gone on.
    #[must_use]
    pub fn days(&self) -> String {
        let Self { from, to, scenario_to, .. } = self;
        let goes_on =
            if to < scenario_to { format!(" (the scenario goes on to {scenario_to})") } else { String::new() };
        format!("{from} to {to}{goes_on}")
    }
}

/// Sums a run up. `reproduce` is the command that gives it again.
#[must_use]
pub fn summarise(scenario: &Scenario, outcome: &Outcome, reproduce: String) -> Summary {
    let plan = &scenario.plan;
    let library = &plan.library;
    let attribution = attribute_by_pieces(plan, &outcome.tally, threads_of_the_machine(), side_by_side);
    let (adopted, bound_besides) = super::adoption::adopted(plan, &outcome.tally.law);
    Summary {
        version: env!("CARGO_PKG_VERSION"),
        title: scenario.title.clone(),
        question: scenario.question.clone(),
        scenario: scenario.digest,
        variant: scenario.variant.clone(),
        sets: super::variants::sets(scenario),
        settings: scenario.settings.clone(),
        seed: plan.seed,
        from: plan.first_day,
        to: plan.last_day,
        scenario_to: plan.unfolds_until,
        digest: outcome.digest,
        states: library.state_ids().map(|state| state_summary(library, outcome, state)).collect(),
        adopted,
        bound_besides,
        dated: super::dated::dated(plan, outcome),
        pairs: pairs(plan, &outcome.tally.law),
        caveats: super::caveats::caveats(scenario, outcome),
        assumptions: scenario.assumptions.clone(),
        havens: havens(scenario, &outcome.tally),
        nearest_to_haven: super::no_haven::nearest(scenario, outcome),
        no_haven_before: super::no_haven::no_haven_before(scenario),
        panel: PanelSummary::of(library, &outcome.tally.panel),
        years: findings::years(&outcome.tally.panel),
        leakages: findings::leakages(library, &outcome.tally),
        attribution: findings::attribution(library, attribution),
        letters: outcome.tally.letters,
        letters_on_the_way: outcome.tally.on_the_way,
        eventful_days: outcome.tally.days,
        findings: expected(scenario, outcome),
        parameters: parameters(scenario),
        reproduce,
    }
}

fn state_summary(library: &Library, outcome: &Outcome, state: StateId) -> StateSummary {
    let tally: &StateTally = &outcome.tally.states[state.index()];
    let presence = |role| PresenceSummary::of(outcome.havens.standing(role, state));
    let mut by_measure: BTreeMap<&'static str, BTreeMap<&'static str, u64>> = BTreeMap::new();
    for ((measure, decision), count) in &tally.requests_in {
        *by_measure.entry(measure.name()).or_default().entry(decision.word()).or_default() += count;
    }
    let refusals = tally.refusals.iter().map(|((code, cite), requests)| RefusalSummary {
        ground: code.code(),
        article: library.cite(*cite).to_owned(),
        assumed: code.rests_on_penal_law() && library.state(state).penal_law_is_taken,
        requests: *requests,
    });
    let mut refusals: Vec<RefusalSummary> = refusals.collect();
    let median_answer_days = median_days(&tally.answer_days, &tally.waited_days);
    let was_asked = !tally.answer_days.is_empty() || !tally.waited_days.is_empty();
    refusals.sort_by_key(|refusal| std::cmp::Reverse(refusal.requests));
    StateSummary {
        code: library.state(state).code.clone(),
        name: library.state(state).name.clone(),
        bases: presence(Role::Base),
        hosts: presence(Role::Host),
        cases_opened: tally.cases_opened,
        concluded: findings::named(&tally.concluded, Conclusion::name),
        lost: findings::named(&tally.lost, LossKind::word),
        penal_law_assumed: library.state(state).penal_law_is_taken,
        letters_out: by_kind(&tally.letters_out),
        letters_in: by_kind(&tally.letters_in),
        requests_out: by_decision(tally.requests_out.iter().map(|((.., decision), count)| (*decision, *count))),
        requests_in: by_decision(tally.requests_in.iter().map(|((_, decision), count)| (*decision, *count))),
        requests_in_by_measure: by_measure,
        refusals,
        granted_by_choice: tally.discretion.0,
        refused_by_choice: tally.discretion.1,
        median_answer_days,
        mostly_unanswered: was_asked && median_answer_days.is_none(),
        preservations_lapsed: tally.preservations_lapsed,
        sites_removed: tally.sites_removed,
    }
}

fn by_kind(letters: &[u64]) -> BTreeMap<&'static str, u64> {
    Body::KINDS.into_iter().zip(letters.iter().copied()).filter(|(_, letters)| *letters > 0).collect()
}

fn by_decision(requests: impl Iterator<Item = (Decision, u64)>) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for (decision, count) in requests {
        *counts.entry(decision.word()).or_default() += count;
    }
    counts
}

fn expected(scenario: &Scenario, outcome: &Outcome) -> Vec<FindingSummary> {
    let (plan, tally) = (&scenario.plan, &outcome.tally);
    let of_this_run = |finding: &&Finding| finding.expected_of(&scenario.also_known_as);
    let findings: Vec<&Finding> = scenario.findings.iter().filter(of_this_run).collect();
    // What the law says over all pairs takes as long as the run, where states are many.
    side_by_side(&findings, &|finding| FindingSummary {
        expected: finding.says(&plan.library),
        met: finding.holds(tally),
        instead: finding.instead(plan, tally),
        remark: finding.remark(plan, tally),
    })
}
