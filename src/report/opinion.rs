//! Opinions for people and machines: a tree that fits a terminal, and JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::law::{ExplainedStep, Library, Opinion, Question};

/// Columns that fit a terminal.
const WIDTH: usize = 100;

/// The opinion as text: the answer first, then what it rests on, then the steps as an indented tree.
#[must_use]
pub fn text(library: &Library, question: &Question, opinion: &Opinion, steps: &[ExplainedStep]) -> String {
    let mut out = String::new();
    let name = |state| library.state(state).name.as_str();
    let _ = writeln!(
        out,
        "{} asks {} for {}, {}",
        name(question.requesting),
        name(question.requested),
        question.measure.name(),
        question.day
    );
    let _ = writeln!(out, "{}: {}", opinion.decision.word(), opinion.decision.meaning());
    let cites = |cites: &[crate::base::CiteId]| -> String {
        cites.iter().map(|cite| library.cite(*cite)).collect::<Vec<_>>().join(", ")
    };
    if !opinion.bases.is_empty() {
        let _ = writeln!(out, "  Basis       {}", cites(&opinion.bases));
    }
    if !opinion.limits.is_empty() {
        let _ = writeln!(out, "  Limited by  {}", cites(&opinion.limits));
    }
    for ground in &opinion.grounds {
        let through = ground.through.map_or_else(String::new, |cite| format!(", let in by {}", library.cite(cite)));
        let _ = writeln!(
            out,
            "  {:<11} {} ({}{through}): {}",
            capital(ground.force.word()),
            ground.code.code(),
            library.cite(ground.cite),
            ground.code.meaning()
        );
    }
    for condition in &opinion.conditions {
        let _ = writeln!(
            out,
            "  Condition   {}{}",
            library.condition(condition.words),
            condition.otherwise.map_or_else(String::new, |code| format!(" (otherwise REFUSE, {})", code.code()))
        );
    }
    for duty in &opinion.duties {
        let asked = if duty.on_request { ", if the requesting State asks" } else { "" };
        let _ = writeln!(out, "  Duty        {} ({}){asked}", duty.kind.name(), library.cite(duty.cite));
    }
    if !opinion.missing.is_empty() {
        let _ = writeln!(out, "  Missing     {}", library.facts.names_of(opinion.missing).join(", "));
    }
    if let Some(day) = opinion.in_force_from {
        let _ = writeln!(out, "  In force    between the two from {day}");
    }
    for limit in &opinion.time_limits {
        let _ = writeln!(out, "  Time        {}: {} ({})", limit.timed.name(), limit.term, library.cite(limit.cite));
    }
    if let Some(day) = opinion.out_of_force_from {
        let _ = writeln!(out, "  Denounced   no longer binds both from {day}");
    }
    match (opinion.kept_until_decision, opinion.kept_through) {
        (true, _) => out.push_str("  Held        until the decision on the request that followed\n"),
        (false, Some(day)) => {
            let _ = writeln!(out, "  Held        through {day}");
        }
        (false, None) => {}
    }
    if let Some(days) = opinion.holds_days {
        let _ = writeln!(out, "  Held        at least {days} days");
    }
    let _ = writeln!(out, "  Steps");
    out.push_str(&tree(steps));
    out
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The steps as an indented tree, wrapped to the width of a terminal.
#[must_use]
pub fn tree(steps: &[ExplainedStep]) -> String {
    let mut out = String::new();
    for step in steps {
        let indent = 4 + 3 * usize::from(step.depth);
        let cite = step.cite.as_ref().map_or_else(String::new, |cite| format!(" [{cite}]"));
        let line = format!("{}{cite}: {}", step.question.trim_end_matches('.'), step.finding);
        for (index, part) in wrapped(&line, WIDTH.saturating_sub(indent + 2)).iter().enumerate() {
            let mark = if index == 0 { "- " } else { "  " };
            let _ = writeln!(out, "{:indent$}{mark}{part}", "");
        }
    }
    out
}

/// Words in lines of at most so many characters (a longer word stands alone).
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
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
                "meaning": ground.code.meaning(),
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
    json!({
        "requesting": library.state(question.requesting).code,
        "requested": library.state(question.requested).code,
        "measure": question.measure,
        "day": question.day,
        "decision": opinion.decision,
        "meaning": opinion.decision.meaning(),
        "bases": cites(&opinion.bases),
        "limits": cites(&opinion.limits),
        "grounds": grounds,
        "conditions": opinion.conditions.iter().map(|index| library.condition(index.words)).collect::<Vec<_>>(),
        "duties": duties,
        "missing": library.facts.names_of(opinion.missing),
        "in-force-from": opinion.in_force_from,
        "holds-days": opinion.holds_days,
        "kept-through": opinion.kept_through,
        "kept-until-decision": opinion.kept_until_decision,
        "out-of-force-from": opinion.out_of_force_from,
        "time-limits": opinion.time_limits.iter().map(|limit| json!({
            "for": limit.timed, "within": limit.term, "article": library.cite(limit.cite)
        })).collect::<Vec<_>>(),
        "steps": steps,
    })
}
