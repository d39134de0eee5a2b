//! The summary for a terminal: what happened first, then where, why, and how to get it again. At most a hundred
//! columns, no colour needed to read it, each table with a heading that can be read aloud.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use comfy_table::Table;

use super::findings_text;
use super::havens::rule;
use super::lines::{UNBROKEN, hang, item, with_expected};
use super::no_haven;
use super::numbers::{grouped, number_of, percent, quotient};
use super::summary::{PresenceSummary, StateSummary, Summary};
use super::tables::{add, right, shown};
use crate::authority::LossKind;
use crate::law::Decision;

/// The summary as text.
#[must_use]
pub fn text(summary: &Summary) -> String {
    let mut out = String::new();
    let variant = summary.variant.as_ref().map_or_else(String::new, |variant| format!(", variant {variant}"));
    hang(&mut out, "", &format!("{}{variant}", summary.title));
    hang(&mut out, "", &summary.question);
    let done = format!(
        "{} to {}, seed {}; {} on {}",
        summary.from,
        summary.to,
        summary.seed,
        number_of(summary.letters, "letter", "letters"),
        number_of(summary.eventful_days, "eventful day", "eventful days")
    );
    hang(&mut out, "", &done);
    out.push('\n');
    assumptions(&mut out, summary);
    havens(&mut out, summary);
    let section = |out: &mut String, heading: &str, table: &Table| section(out, heading, table, summary);
    if !summary.adopted.is_empty() {
        section(&mut out, "Who is bound by what, on the last day", &super::adoption::table(&summary.adopted));
        under_table(&mut out, super::adoption::others(&summary.bound_besides));
    }
    pairs(&mut out, summary);
    section(&mut out, "Where the networks are on the last day", &networks(summary));
    under_table(&mut out, haven_rule(summary));
    section(&mut out, "Cases, in the state that investigates", &cases(summary));
    under_table(&mut out, assumed_law(summary));
    if summary.letters > 0 {
        section(&mut out, "Requests decided, received / sent, by what the law says", &requests(summary));
        under_table(&mut out, Some("Days to answer leave out preservation, which has an urgent lane.".to_owned()));
        section(&mut out, "Letters", &letters(summary));
    }
    refusals(&mut out, summary);
    findings_text::spread(&mut out, summary);
    super::dated::text(&mut out, &summary.dated);
    findings_text::attribution(&mut out, summary);
    findings(&mut out, summary);
    let _ = writeln!(out, "Digest     {}", summary.digest);
    let _ = writeln!(out, "Again with {}", summary.reproduce);
    out
}

fn section(out: &mut String, heading: &str, table: &Table, summary: &Summary) {
    let _ = writeln!(out, "{heading}\n{}", shown(table));
    if let Some(more) = summary.states.len().checked_sub(SHOWN_OF_MANY).filter(|_| are_many(summary)) {
        let _ = writeln!(out, "and {more} more, with less of it: --json has all");
    }
    if let Some(codes) = codes(summary, table) {
        hang(out, "", &codes);
    }
    out.push('\n');
}

/// What belongs to the table before it.
fn under_table(out: &mut String, note: Option<String>) {
    if let Some(note) = note {
        out.pop();
        hang(out, "", &note);
        out.push('\n');
    }
}

/// Whose codes stand in a table in place of their names.
fn codes(summary: &Summary, table: &Table) -> Option<String> {
    let first: Vec<String> = table.column_cells_iter(0).flatten().map(comfy_table::Cell::content).collect();
    let in_place = |state: &&StateSummary| first.contains(&state.code) && label(summary, state) != state.name;
    let said: Vec<String> =
        summary.states.iter().filter(in_place).map(|state| format!("{} is {}", state.code, state.name)).collect();
    (!said.is_empty()).then(|| format!("{}.", said.join("; ")))
}

/// More states do not fit a projected screen.
const MOST_SHOWN: usize = 20;
/// As many of them are shown then.
const SHOWN_OF_MANY: usize = 12;

pub(super) const fn are_many(summary: &Summary) -> bool {
    summary.states.len() > MOST_SHOWN
}

/// All states in their order; of very many, those that lead by this number.
fn leading(summary: &Summary, by: impl Fn(&StateSummary) -> i64) -> Vec<&StateSummary> {
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

fn assumptions(out: &mut String, summary: &Summary) {
    for caveat in &summary.caveats {
        hang(out, "", caveat);
        out.push('\n');
    }
    for assumption in &summary.assumptions {
        hang(out, "", &format!("Assumed: {assumption}"));
        out.push('\n');
    }
}

/// In a world of many states the map of the law comes first: no table of letters can show it.
fn pairs(out: &mut String, summary: &Summary) {
    if !are_many(summary) {
        return;
    }
    let (headings, rows) = super::pairs::in_words(summary);
    let mut table = right(&headings);
    for row in rows {
        add(&mut table, row);
    }
    let _ = writeln!(out, "{}\n{}\n", super::pairs::HEADING, shown(&table));
}

fn havens(out: &mut String, summary: &Summary) {
    if summary.havens.is_empty() {
        hang(out, "", &no_haven::told(summary));
        out.push('\n');
        return;
    }
    for haven in &summary.havens {
        hang(out, "", &haven.says());
        for reason in &haven.reasons {
            with_expected(out, reason.cases, reason.expected_cases, &reason.words());
        }
        if let Some((cases, expected)) = haven.others() {
            with_expected(out, cases, expected, "for other reasons");
        }
        if let Some(end) = haven.end_says() {
            hang(out, "", &end);
        }
        out.push('\n');
    }
}

fn networks(summary: &Summary) -> Table {
    let of_role = |role| [role, "expected", "quotient", "impunity"];
    let any_haven = any_haven(summary);
    let headings = ["State"].into_iter().chain(of_role("Bases")).chain(of_role("Hosts"));
    let mut table = right(&headings.chain(any_haven.then_some("Haven")).collect::<Vec<_>>());
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

fn any_haven(summary: &Summary) -> bool {
    summary.states.iter().any(|state| state.bases.haven || state.hosts.haven)
}

/// By what the table calls a state a haven, where it calls one so: with what its impunity is compared, no column says.
fn haven_rule(summary: &Summary) -> Option<String> {
    let settings = &summary.parameters.iter().find(|group| group.path == "havens" && any_haven(summary))?.parameters;
    let of = |name: &str| settings.iter().find(|setting| setting.name == name).map(|setting| setting.value);
    let rule = rule(of("quotient")?, of("excess_impunity")?, of("against_elsewhere")?, of("hold_days")?);
    Some(rule + " Where few networks are, no impunity makes one.")
}

/// Before a number that rests on a penal law that is assumed.
const ASSUMED: &str = "* ";

fn cases(summary: &Summary) -> Table {
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
fn assumed_law(summary: &Summary) -> Option<String> {
    let marked = investigating(summary).iter().any(|state| is_assumed(state, LossKind::NoOffence.word()));
    marked.then(|| format!("{ASSUMED}by a penal law that is assumed, not entered."))
}

fn requests(summary: &Summary) -> Table {
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
        let days = state.median_answer_days.map_or_else(|| "-".to_owned(), |days| days.to_string());
        let choice = choices.then(|| grouped(state.refused_by_choice));
        add(&mut table, std::iter::once(label(summary, state)).chain(counts).chain(choice).chain([days]));
    }
    table
}

/// Law in words short enough for a column: *may* and *must* look different.
const fn heading(decision: Decision) -> &'static str {
    match decision {
        Decision::Grant => "must grant",
        Decision::GrantCond => "grant on conditions",
        Decision::Partial => "grant in part",
        Decision::Postpone => "may postpone",
        Decision::MayRefuse => "may refuse",
        Decision::Refuse => "must refuse",
        Decision::ProsecuteInstead => "must prosecute instead",
        Decision::NoTreatyDuty => "no duty",
        Decision::Lapsed => "lapsed",
        Decision::NoRequest => "no request needed",
        Decision::NeedsInformation => "needs information",
    }
}

fn letters(summary: &Summary) -> Table {
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

fn refusals(out: &mut String, summary: &Summary) {
    /// The first few grounds of each state explain most.
    const SHOWN: usize = 3;
    if summary.states.iter().all(|state| state.refusals.is_empty()) {
        return;
    }
    let _ = writeln!(out, "Most frequent grounds of refusal");
    let refused = |state: &StateSummary| state.refusals.iter().map(|refusal| refusal.requests).sum::<u64>();
    let leading = leading(summary, |state| i64::try_from(refused(state)).unwrap_or(i64::MAX));
    for state in leading.into_iter().filter(|state| !state.refusals.is_empty()) {
        let grounds: Vec<String> = state
            .refusals
            .iter()
            .take(SHOWN)
            .map(|refusal| format!("{} {} ({})", grouped(refusal.requests), refusal.ground, refusal.article))
            .collect();
        item(out, &format!("{}: {}", state.name, grounds.join("; ")));
    }
    out.push('\n');
}

fn findings(out: &mut String, summary: &Summary) {
    if summary.findings.is_empty() {
        return;
    }
    let _ = writeln!(out, "What this scenario expects");
    for finding in &summary.findings {
        let met = if finding.met { "met:" } else { "NOT MET:" };
        item(out, &format!("{met} {}", finding.sentence()));
    }
    out.push('\n');
}

fn sum(counts: &BTreeMap<&str, u64>) -> u64 {
    counts.values().sum()
}
