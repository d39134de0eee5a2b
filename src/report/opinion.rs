//! Opinions for people and machines: a tree that fits a terminal, and JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::law::words;
use super::lines::{capital, counted, hang, labelled};
use super::marks::{self, Tone};
use crate::base::CiteId;
use crate::law::time_limit::TimeLimit;
use crate::law::{Bound, ExplainedStep, GroundCode, Library, Measure, Opinion, Question, TreatyDay};

/// The opinion as text: the answer first, then what it rests on, then the steps as an indented tree.
#[must_use]
pub fn text(library: &Library, question: &Question, opinion: &Opinion, steps: &[ExplainedStep]) -> String {
    let mut out = String::new();
    hang(&mut out, "", &format!("{}, {}", asks(library, question, question.measure.name()), question.day));
    let decision = opinion.decision;
    let mark = format!("{} ", Tone::of_decision(decision).mark());
    hang(&mut out, &mark, &format!("{}: {}", decision.word(), decision.meaning_for(question.measure)));
    rests_on(&mut out, library, question.measure, opinion, 2);
    let _ = writeln!(out, "  Steps");
    out.push_str(&tree(steps));
    out
}

/// What is asked, the measure in these words. A State that tries a case itself asks nobody.
pub(super) fn asks(library: &Library, question: &Question, measure: &str) -> String {
    let name = |state| library.state(state).in_prose();
    match question.measure {
        Measure::TrialAtHome => format!("Whether {} may try it itself", name(question.requesting)),
        _ => format!("{} asks {} for {measure}", capital(&name(question.requesting)), name(question.requested)),
    }
}

/// What an opinion rests on: one labelled line for each basis, limit, ground, condition, duty and date.
pub fn rests_on(out: &mut String, library: &Library, measure: Measure, opinion: &Opinion, indent: usize) {
    for (label, words) in findings(library, measure, opinion) {
        labelled(out, indent, &label, &words);
    }
}

/// What an opinion rests on, each with its label. *May* and *must* differ in word and mark.
#[must_use]
pub fn findings(library: &Library, measure: Measure, opinion: &Opinion) -> Vec<(String, String)> {
    let cites =
        |cites: &[CiteId]| -> String { cites.iter().map(|cite| library.cite(*cite)).collect::<Vec<_>>().join(", ") };
    let mut lines =
        vec![("Basis".to_owned(), cites(&opinion.bases)), ("Limited by".to_owned(), cites(&opinion.limits))];
    for ground in &opinion.grounds {
        let through = ground.through.map_or_else(String::new, |cite| format!(", let in by {}", library.cite(cite)));
        let (tone, stands) = marks::stands(ground, measure, opinion.decision);
        let meaning = ground.code.meaning_for(measure);
        lines.push((
            format!("{} {stands}", tone.mark()),
            format!("{} ({}{through}): {meaning}", ground.code.code(), library.cite(ground.cite)),
        ));
    }
    // What is not entered must not be taken for law.
    if opinion.grounds.iter().any(|ground| ground.code == GroundCode::NoTreaty) {
        let looked_at = "no treaty but those named is looked at, and of bilateral ones few are entered; who is not named as a party is taken to be none";
        lines.push(("Note".to_owned(), looked_at.to_owned()));
    } else if let Some(cite) = where_there_is_no_other(library, opinion) {
        let looked_at = format!(
            "{} counts where no other treaty on the matter binds the two; only those named are looked at, and of bilateral ones few are entered",
            library.cite(cite)
        );
        lines.push(("Note".to_owned(), looked_at));
    }
    let mut add = |label: &str, words: String| lines.push((label.to_owned(), words));
    for condition in &opinion.conditions {
        let refused = condition.otherwise.map_or_else(String::new, |code| format!("; if refused, {}", code.code()));
        add("Condition", format!("{}{refused}", library.condition(condition.words)));
    }
    for duty in &opinion.duties {
        let asked = if duty.on_request { ", if the requesting State asks" } else { "" };
        add("Duty", format!("{} ({}){asked}", words::spaced(duty.kind.name()), library.cite(duty.cite)));
    }
    for limit in &opinion.time_limits {
        add("Time limit", format!("{} ({})", words::time(limit.timed, limit.term), library.cite(limit.cite)));
    }
    let missing = opinion.missing.iter().map(|fact| library.facts.question(fact));
    add("Missing", missing.collect::<Vec<_>>().join(" "));
    let turns = |day: Option<TreatyDay>| {
        let words = |day: TreatyDay| format!("{} between the two from {}", library.cite(day.treaty), day.day);
        day.map_or_else(String::new, words)
    };
    add("In force", turns(opinion.in_force_from));
    add("Out of force", turns(opinion.out_of_force_from));
    add("Kept", opinion.kept_through.map_or_else(String::new, |day| format!("through {day}")));
    if opinion.kept_until_decision {
        add("Kept", "until the decision on the follow-up".to_owned());
    }
    add(
        "Held",
        opinion
            .holds_days
            .map_or_else(String::new, |days| format!("at least {}", counted(days as usize, "day", "days"))),
    );
    lines.retain(|(_, words)| !words.is_empty());
    lines
}

/// The first article of an answer that counts only where no other treaty on the matter is in force between the two.
fn where_there_is_no_other(library: &Library, opinion: &Opinion) -> Option<CiteId> {
    let grounds = opinion.grounds.iter().map(|ground| ground.cite);
    opinion.bases.iter().copied().chain(grounds).find(|cite| library.counts_alone(*cite))
}

/// The steps as an indented tree, wrapped to the width of a terminal: question and answer; below, what the
/// provision says, who is bound since when, and what the data cannot express.
#[must_use]
pub fn tree(steps: &[ExplainedStep]) -> String {
    let mut out = String::new();
    for step in steps {
        let indent = " ".repeat(4 + 3 * usize::from(step.depth));
        let mark = step.force.map_or("-", |force| Tone::of_force(force).mark());
        hang(&mut out, &format!("{indent}{mark} "), &answered(step));
        let below = format!("{indent}  ");
        if let Some(says) = &step.says {
            hang(&mut out, &below, says);
        }
        if tells_bound(step) {
            let bound: Vec<String> = step.bound.iter().map(Bound::words).collect();
            hang(&mut out, &below, &format!("{}.", bound.join("; ")));
        }
        if let Some(remark) = &step.not_expressed {
            hang(&mut out, &format!("{below}Not expressed: "), remark);
        }
    }
    out
}

/// Question and answer in one line, with the article unless the question names it.
#[must_use]
pub fn answered(step: &ExplainedStep) -> String {
    let question = step.question.trim_end_matches('.');
    let cite = step.cite.as_ref().filter(|cite| !question.contains(cite.as_str()));
    let cite = cite.map_or_else(String::new, |cite| format!(" [{cite}]"));
    let gap = if question.ends_with('?') && cite.is_empty() { "" } else { ":" };
    format!("{question}{cite}{gap} {}", capital(&step.finding))
}

/// Whether who is bound is worth a line: a treaty's articles bind whom the treaty binds, which stands above them.
pub(super) fn tells_bound(step: &ExplainedStep) -> bool {
    step.says.is_none() && !step.bound.is_empty()
}

/// The opinion as JSON.
#[must_use]
pub fn json(library: &Library, question: &Question, opinion: &Opinion, steps: &[ExplainedStep]) -> Value {
    let cites = |cites: &[crate::base::CiteId]| -> Vec<&str> { cites.iter().map(|cite| library.cite(*cite)).collect() };
    let grounds: Vec<Value> = opinion
        .grounds
        .iter()
        .map(|ground| {
            json!({
                "code": ground.code.code(),
                "meaning": ground.code.meaning_for(question.measure),
                "article": library.cite(ground.cite),
                "force": ground.force,
                "through": ground.through.map(|cite| library.cite(cite)),
            })
        })
        .collect();
    let duties: Vec<Value> = opinion
        .duties
        .iter()
        .map(|duty| json!({"does": duty.kind, "article": library.cite(duty.cite), "on-request": duty.on_request}))
        .collect();
    let time =
        |limit: &TimeLimit| json!({"does": limit.timed, "within": limit.term, "article": library.cite(limit.cite)});
    let whole = |turn: Option<TreatyDay>| turn.map(|turn| library.cite(turn.treaty));
    let times: Vec<Value> = opinion.time_limits.iter().map(time).collect();
    json!({
        "requesting": library.state(question.requesting).code,
        "requested": library.state(question.requested).code,
        "measure": question.measure,
        "day": question.day,
        "decision": opinion.decision,
        "meaning": opinion.decision.meaning_for(question.measure),
        "bases": cites(&opinion.bases),
        "limits": cites(&opinion.limits),
        "grounds": grounds,
        "conditions": opinion.conditions.iter().map(|index| library.condition(index.words)).collect::<Vec<_>>(),
        "duties": duties,
        "missing": library.facts.names_of(opinion.missing),
        "time-limits": times,
        "in-force-from": opinion.in_force_from.map(|turn| turn.day),
        "in-force-of": whole(opinion.in_force_from),
        "out-of-force-from": opinion.out_of_force_from.map(|turn| turn.day),
        "out-of-force-of": whole(opinion.out_of_force_from),
        "kept-through": opinion.kept_through,
        "kept-until-decision": opinion.kept_until_decision,
        "holds-days": opinion.holds_days,
        "steps": steps,
    })
}
