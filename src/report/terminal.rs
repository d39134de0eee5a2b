//! The summary for a terminal: what happened first, then where, why, and how to get it again. At most a hundred
//! columns, no colour needed to read it, each table with a heading that can be read aloud.

use std::fmt::Write as _;

use comfy_table::Table;

use super::by_state::{
    ANSWER_DAYS, ASSUMED, any_haven, are_many, assumed_law, cases, codes, haven_rule, leading, letters, more, networks,
    requests, what_assumed_means,
};
use super::findings_text;
use super::lines::{counted, hang, item, with_expected};
use super::no_haven;
use super::numbers::{grouped, number_of};
use super::summary::{RefusalSummary, StateSummary, Summary};
use super::tables::{add, right, shown, shown_in_parts};

/// The summary as text.
#[must_use]
pub fn text(summary: &Summary) -> String {
    let mut out = String::new();
    let variant = summary.variant.as_ref().map_or_else(String::new, |variant| format!(", variant {variant}"));
    hang(&mut out, "", &format!("{}{variant}", summary.title));
    hang(&mut out, "", &summary.question);
    what_is_set(&mut out, summary);
    let done =
        format!("{}, seed {}; {}", summary.days(), summary.seed, number_of(summary.letters, "letter", "letters"));
    hang(&mut out, "", &done);
    out.push('\n');
    assumptions(&mut out, summary);
    havens(&mut out, summary);
    if let Some(without) = summary.without_cases() {
        hang(&mut out, "", without);
        out.push('\n');
    }
    let section = |out: &mut String, heading: &str, table: &Table| section(out, heading, table, summary);
    if !summary.adopted.is_empty() {
        section(&mut out, "Who is bound by what, on the last day", &super::adoption::table(&summary.adopted));
        under_table(&mut out, super::adoption::others(&summary.bound_besides));
    }
    pairs(&mut out, summary);
    section(&mut out, "Where the networks are on the last day", &networks(summary));
    under_table(&mut out, haven_rule(summary).filter(|_| any_haven(summary)));
    if summary.without_cases().is_none() {
        section(&mut out, "Cases, in the state that investigates", &cases(summary));
        under_table(&mut out, assumed_law(summary));
    }
    if summary.letters > 0 {
        section(&mut out, "Requests decided, received / sent, by what the law says", &requests(summary));
        under_table(&mut out, Some(ANSWER_DAYS.to_owned()));
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
    for (number, part) in shown_in_parts(table).iter().enumerate() {
        let continued = if number > 0 { ", continued" } else { "" };
        hang(out, "", &format!("{heading}{continued}"));
        let _ = writeln!(out, "{part}");
    }
    if let Some(more) = more(summary) {
        let _ = writeln!(out, "{more}: --json has all");
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
    let _ = writeln!(out, "{}\n{}", super::pairs::HEADING, shown(&table));
    hang(out, "", &super::pairs::note(summary));
    out.push('\n');
}

fn havens(out: &mut String, summary: &Summary) {
    if summary.havens.is_empty() {
        hang(out, "", &no_haven::told(summary));
        out.push('\n');
        return;
    }
    for haven in &summary.havens {
        hang(out, "", &format!("{} {}", haven.became(), haven.stood()));
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

fn refusals(out: &mut String, summary: &Summary) {
    /// The first few grounds of each state explain most.
    const SHOWN: usize = 3;
    if summary.states.iter().all(|state| state.refusals.is_empty()) {
        return;
    }
    let _ = writeln!(out, "Most frequent grounds of refusal");
    let refused = |state: &StateSummary| state.refusals.iter().map(|refusal| refusal.requests).sum::<u64>();
    let leading = leading(summary, |state| i64::try_from(refused(state)).unwrap_or(i64::MAX));
    let shown = || leading.iter().filter(|state| !state.refusals.is_empty());
    for state in shown() {
        let of = |refusal: &RefusalSummary| {
            let mark = if refusal.assumed { ASSUMED } else { "" };
            format!("{mark}{} {} ({})", grouped(refusal.requests), refusal.ground, refusal.article)
        };
        let grounds = state.refusals.iter().take(SHOWN).map(of);
        let rest = state.refusals.len().checked_sub(SHOWN).filter(|rest| *rest > 0).map(|rest| format!("{rest} more"));
        item(out, &format!("{}: {}", state.name, grounds.chain(rest).collect::<Vec<_>>().join("; ")));
    }
    let all = summary.states.iter().filter(|state| !state.refusals.is_empty()).count();
    if all > shown().count() {
        let rest = all - shown().count();
        item(out, &format!("and {} that refused less: --json has all", counted(rest, "more state", "more states")));
    }
    if shown().flat_map(|state| state.refusals.iter().take(SHOWN)).any(|refusal| refusal.assumed) {
        item(out, &what_assumed_means());
    }
    out.push('\n');
}

/// What makes the run another than the scenario as written.
fn what_is_set(out: &mut String, summary: &Summary) {
    for set in &summary.sets {
        hang(out, "    ", &format!("{} = {}", set.path, set.short()));
    }
    for setting in &summary.settings {
        hang(out, "    ", &format!("{setting} (--set)"));
    }
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
