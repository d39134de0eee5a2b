//! What a run comes to, state by state, as tables: where the networks are, cases, requests, letters. Of very many states,
//! those that lead by what a table is about.

use std::collections::BTreeMap;

use comfy_table::Table;

use super::havens::rule;
use super::lines::UNBROKEN;
use super::numbers::{grouped, percent, quotient};
use super::summary::{PresenceSummary, StateSummary, Summary};
use super::tables::{add, right};
use crate::authority::LossKind;
use crate::law::Decision;

/// More states do not fit a projected screen.
const MOST_SHOWN: usize = 20;
/// As many of them are shown then.
pub(super) const SHOWN_OF_MANY: usize = 12;

pub(super) const fn are_many(summary: &Summary) -> bool {
    summary.states.len() > MOST_SHOWN
}

/// How many states are left out of each table, where some are.
pub(super) fn more(summary: &Summary) -> Option<String> {
    let more = summary.states.len().checked_sub(SHOWN_OF_MANY).filter(|_| are_many(summary))?;
    Some(format!("and {more} more, with less of it"))
}

/// All states in their order; of very many, those that lead by this number.
pub(super) fn leading(summary: &Summary, by: impl Fn(&StateSummary) -> i64) -> Vec<&StateSummary> {
    let mut states: Vec<&StateSummary> = summary.states.iter().collect();
    if are_many(summary) {
        states.sort_by_key(|state| std::cmp::Reverse(by(state)));
        states.truncate(SHOWN_OF_MANY);
    }
    states
}

/// The name of a state; among very many, its code where the name would break the table.
fn label(summary: &Summary, state: &StateSummary) -> String {
    /// A wider first column leaves the numbers no room.
    const LONGEST: usize = 16;
    let code = are_many(summary) && state.name.chars().count() > LONGEST;
    if code { state.code.clone() } else { state.name.clone() }
}

fn counted_up(counts: &BTreeMap<&str, u64>) -> i64 {
    i64::try_from(sum(counts)).unwrap_or(i64::MAX)
}

/// The larger of a state's two shares of networks, in thousandths: a quotient would put one network in the smallest
/// state first.
fn share(state: &StateSummary) -> i64 {
    i64::from(state.bases.share_permille.max(state.hosts.share_permille))
}

/// Whose codes stand in a table in place of their names.
pub(super) fn codes(summary: &Summary, table: &Table) -> Option<String> {
    let first: Vec<String> = table.column_cells_iter(0).flatten().map(comfy_table::Cell::content).collect();
    let in_place = |state: &&StateSummary| first.contains(&state.code) && label(summary, state) != state.name;
    let said: Vec<String> =
        summary.states.iter().filter(in_place).map(|state| format!("{} is {}", state.code, state.name)).collect();
    (!said.is_empty()).then(|| format!("{}.", said.join("; ")))
}

pub(super) fn networks(summary: &Summary) -> Table {
    // A number whose heading does not say of which it is could be of either.
    let of_role = |role: &str| {
        let small = role.to_lowercase();
        let others = ["expected", "quotient", "impunity"].map(|number| format!("{small}:\n{number}"));
        std::iter::once(role.to_owned()).chain(others)
    };
    let any_haven = any_haven(summary);
    let headings = std::iter::once("State".to_owned()).chain(of_role("Bases")).chain(of_role("Hosts"));
    let mut table = right(&headings.chain(any_haven.then(|| "Haven".to_owned())).collect::<Vec<_>>());
    for state in leading(summary, share) {
        let presence = |presence: &PresenceSummary| {
            [
                format!("{} %", percent(presence.share_permille)),
                format!("{} %", percent(presence.expected_permille)),
                quotient(presence.quotient_permille),
                presence.impunity_permille.map_or_else(|| "-".to_owned(), |share| format!("{} %", percent(share))),
            ]
        };
        let haven = match (state.bases.haven, state.hosts.haven) {
            (true, true) => "bases, hosts",
            (true, false) => "bases",
            (false, true) => "hosts",
            (false, false) => "",
        };
        let row = std::iter::once(label(summary, state))
            .chain(presence(&state.bases))
            .chain(presence(&state.hosts))
            .chain(any_haven.then(|| haven.to_owned()));
        add(&mut table, row);
    }
    table
}

pub(super) fn any_haven(summary: &Summary) -> bool {
    summary.states.iter().any(|state| state.bases.haven || state.hosts.haven)
}

/// By what a state is called a haven: with what its impunity is compared, no column says.
pub(super) fn haven_rule(summary: &Summary) -> Option<String> {
    let settings = &summary.parameters.iter().find(|group| group.path == "havens")?.parameters;
    let of = |name: &str| settings.iter().find(|setting| setting.name == name).map(|setting| setting.value);
    let rule = rule(of("quotient")?, of("excess_impunity")?, of("against_elsewhere")?, of("hold_days")?);
    Some(rule + " Where few networks are, no impunity makes one.")
}

/// Before a number that rests on a penal law that is assumed.
pub(super) const ASSUMED: &str = "* ";

pub(super) fn cases(summary: &Summary) -> Table {
    let any_lost = |cause: &&str| summary.states.iter().any(|state| state.lost.contains_key(cause));
    let shown: Vec<&str> = LossKind::ALL.map(LossKind::word).into_iter().filter(any_lost).collect();
    let headings: Vec<String> = ["State", "Opened", "Concluded", "Lost"]
        .into_iter()
        .map(str::to_owned)
        .chain(shown.iter().map(|cause| format!("…{UNBROKEN}{cause}")))
        .collect();
    let mut table = right(&headings);
    for state in investigating(summary) {
        let counts = [state.cases_opened, sum(&state.concluded), sum(&state.lost)];
        let lost = shown.iter().map(|cause| {
            let cases = state.lost.get(cause).copied().unwrap_or(0);
            format!("{}{}", if is_assumed(state, cause) { ASSUMED } else { "" }, grouped(cases))
        });
        add(&mut table, std::iter::once(label(summary, state)).chain(counts.map(grouped)).chain(lost));
    }
    table
}

fn investigating(summary: &Summary) -> Vec<&StateSummary> {
    leading(summary, |state| i64::try_from(state.cases_opened).unwrap_or(i64::MAX))
}

/// Whether a state lost cases by a cause that is an assumption there.
fn is_assumed(state: &StateSummary, cause: &str) -> bool {
    state.penal_law_assumed && cause == LossKind::NoOffence.word() && state.lost.contains_key(cause)
}

/// What the mark in the table of cases means, where there is one.
pub(super) fn assumed_law(summary: &Summary) -> Option<String> {
    let marked = investigating(summary).iter().any(|state| is_assumed(state, LossKind::NoOffence.word()));
    marked.then(what_assumed_means)
}

/// What the mark means.
pub(super) fn what_assumed_means() -> String {
    format!("{ASSUMED}by a penal law that is assumed, not entered.")
}

/// What days to answer are of.
pub(super) const ANSWER_DAYS: &str = "Median days to answer are estimated after Kaplan and Meier: requests withdrawn, or still \
                                      waiting at the end, count up to then. Preservation is left out, which has an urgent lane.";

/// In place of a median that is none because too few were answered; whoever was asked for nothing has a line.
pub(super) const MOSTLY_UNANSWERED: &str = "over half unanswered";

pub(super) fn requests(summary: &Summary) -> Table {
    let seen = |state: &StateSummary, decision: &Decision| state.requests_in.contains_key(decision.word());
    let count =
        |counts: &BTreeMap<&str, u64>, decision: Decision| grouped(counts.get(decision.word()).copied().unwrap_or(0));
    let shown: Vec<Decision> =
        Decision::ALL.into_iter().filter(|decision| summary.states.iter().any(|state| seen(state, decision))).collect();
    // What was done with a choice is told only where the law left one.
    let choices = shown.iter().any(|decision| matches!(decision, Decision::MayRefuse | Decision::NoTreatyDuty));
    let headings: Vec<String> = std::iter::once("State".to_owned())
        .chain(shown.iter().map(|decision| heading(*decision).to_owned()))
        .chain(choices.then(|| "refused by choice".to_owned()))
        .chain(["median days to answer".to_owned()])
        .collect();
    let mut table = right(&headings);
    for state in leading(summary, |state| counted_up(&state.requests_in)) {
        let counts = shown.iter().map(|decision| {
            format!("{} / {}", count(&state.requests_in, *decision), count(&state.requests_out, *decision))
        });
        let days = match state.median_answer_days {
            Some(days) => days.to_string(),
            None if state.mostly_unanswered => MOSTLY_UNANSWERED.to_owned(),
            None => "-".to_owned(),
        };
        let choice = choices.then(|| grouped(state.refused_by_choice));
        add(&mut table, std::iter::once(label(summary, state)).chain(counts).chain(choice).chain([days]));
    }
    table
}

/// Law in words short enough for a column, apart from what is refused by choice. What is granted by law is owed, or may be
/// given with no ground open against it; what is refused by law must be, or there is no basis on which to grant it.
const fn heading(decision: Decision) -> &'static str {
    match decision {
        Decision::Grant => "granted by law",
        Decision::GrantCond => "grant on conditions",
        Decision::Partial => "grant in part",
        Decision::Postpone => "may postpone",
        Decision::MayRefuse => "may refuse",
        Decision::Refuse => "refused by law",
        Decision::ProsecuteInstead => "must prosecute instead",
        Decision::NoTreatyDuty => "no duty",
        Decision::Lapsed => "lapsed",
        Decision::NoRequest => "no request needed",
        Decision::NeedsInformation => "needs information",
    }
}

pub(super) fn letters(summary: &Summary) -> Table {
    let kinds = ["request", "answer", "evidence", "spontaneous information", "withdrawal"];
    let mut table = right(&["State", "In / out", "Requests", "Answers", "Evidence", "Spontaneous", "Withdrawals"]);
    for state in leading(summary, |state| counted_up(&state.letters_in)) {
        let total = format!("{} / {}", grouped(sum(&state.letters_in)), grouped(sum(&state.letters_out)));
        let each = kinds.map(|kind| {
            let count = |letters: &BTreeMap<&str, u64>| grouped(letters.get(kind).copied().unwrap_or(0));
            format!("{} / {}", count(&state.letters_in), count(&state.letters_out))
        });
        add(&mut table, [label(summary, state), total].into_iter().chain(each));
    }
    table
}

pub(super) fn sum(counts: &BTreeMap<&str, u64>) -> u64 {
    counts.values().sum()
}
