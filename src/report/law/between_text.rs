//! What holds between two states, as text.

use std::fmt::Write as _;

use super::answers::Answer;
use super::between::{Between, GivesWay, MeasureBetween, Side, TreatyBetween};
use super::status::Standing;
use super::words::spaced;
use crate::base::in_prose;
use crate::law::{Library, Measure};
use crate::report::lines::{hang, joined};
use crate::report::marks::Tone;
use crate::scenario::record::StatementKind;

/// What holds between two states, as text.
#[must_use]
pub fn text(library: &Library, between: &Between) -> String {
    let mut out = String::new();
    let _ =
        writeln!(out, "If {} asks {} on {}", in_prose(&between.requesting), in_prose(&between.requested), between.on);
    if let Some(facts) = &between.facts {
        let facts = if facts.is_empty() { "none".to_owned() } else { facts.join(", ") };
        hang(&mut out, "  Facts: ", &facts);
    }
    for offence in &between.offences {
        hang(&mut out, &format!("  Offence in {}: ", in_prose(&offence.state)), &offence.words());
    }
    treaties(&mut out, between);
    if between.facts.is_some() {
        answers(&mut out, library, &between.answers);
        left_out(&mut out, &between.left_out);
    } else {
        general(&mut out, &between.measures);
    }
    reservations(&mut out, between);
    between.record.text(&mut out);
    out
}

fn treaties(out: &mut String, between: &Between) {
    let (in_force, others): (Vec<&TreatyBetween>, Vec<&TreatyBetween>) =
        between.treaties.iter().partition(|treaty| treaty.in_force_since.is_some());
    let _ = writeln!(out, "\nIn force between the two ({})", in_force.len());
    for treaty in in_force {
        let undated = [treaty.requesting, treaty.requested].iter().any(|stands| matches!(stands, Standing::PartyBy(_)));
        let latest = if undated { " at the latest" } else { "" };
        let since = treaty.in_force_since.map_or_else(String::new, |day| format!(",{latest} since {day}"));
        hang(out, "  ■ ", &format!("{} ({}){since}", treaty.title, treaty.name));
    }
    if others.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nNot in force between the two ({})", others.len());
    for treaty in others {
        let stand = format!(
            "{} ({}): {} {}; {} {}",
            treaty.title,
            treaty.name,
            between.requesting,
            treaty.requesting.words(),
            between.requested,
            treaty.requested.words()
        );
        hang(out, "  · ", &stand);
    }
}

fn general(out: &mut String, measures: &[MeasureBetween]) {
    for measure in measures.iter().filter(|measure| measure.is_carried()) {
        out.push('\n');
        hang(out, &format!("{}: governed by ", spaced(measure.measure.name())), &joined(&measure.governed_by, "and"));
        for given in &measure.gives_way {
            hang(out, "  · ", &gives_way(given));
        }
        for line in &measure.lines {
            let applies = if line.applies == "always" { String::new() } else { format!(", {}", line.applies) };
            let words = format!("{}: {}{applies}", line.cite, line.effect.words);
            hang(out, &format!("  {} ", line.effect.binds.mark()), &words);
        }
    }
    let closed: Vec<String> =
        measures.iter().filter(|measure| !measure.is_carried()).map(|measure| spaced(measure.measure.name())).collect();
    if !closed.is_empty() {
        out.push('\n');
        hang(out, "Carried by no treaty in force between the two: ", &joined(&closed, "and"));
    }
}

/// What gives way to what, and by which article.
fn gives_way(given: &GivesWay) -> String {
    let to = joined(&given.to, "and");
    match (given.provisions.split_last(), &given.by) {
        (None, Some(by)) => format!("{} gives way to {to} ({by})", given.treaty),
        (None, None) => format!("{} gives way to {to}", given.treaty),
        (Some((one, [])), _) => format!("{one} gives way to {to}, by its own terms"),
        (Some(_), _) => format!("{} give way to {to}, by their own terms", joined(&given.provisions, "and")),
    }
}

fn answers(out: &mut String, library: &Library, answers: &[Answer]) {
    for answer in answers.iter().filter(|answer| !answer.is_closed()) {
        let opinion = answer.opinion();
        let decision = opinion.decision;
        out.push('\n');
        let first = format!("{} {}: ", Tone::of_decision(decision).mark(), spaced(answer.measure.name()));
        hang(out, &first, &format!("{}, {}", decision.word(), decision.meaning_for(answer.measure)));
        if !answer.assumed.is_empty() {
            hang(out, "    Taken as given: ", &answer.assumed.join(", "));
        }
        crate::report::opinion::rests_on(out, library, answer.measure, opinion, 4);
    }
    let closed: Vec<&Answer> = answers.iter().filter(|answer| answer.is_closed()).collect();
    if closed.is_empty() {
        return;
    }
    out.push('\n');
    let names: Vec<String> = closed.iter().map(|answer| spaced(answer.measure.name())).collect();
    let mark = Tone::of_decision(closed[0].opinion().decision).mark();
    hang(out, &format!("{mark} "), &format!("No treaty duty, domestic law or comity decides: {}", names.join(", ")));
    let mut told: Vec<String> = Vec::new();
    for ground in closed.iter().flat_map(|answer| &answer.opinion().grounds) {
        let words = format!("{} ({}): {}", ground.code.code(), library.cite(ground.cite), ground.code.meaning());
        if !told.contains(&words) {
            hang(out, "    ", &words);
            told.push(words);
        }
    }
}

/// The measures of which the facts say nothing, and how they are answered all the same.
fn left_out(out: &mut String, measures: &[Measure]) {
    if measures.is_empty() {
        return;
    }
    out.push('\n');
    let names: Vec<&str> = measures.iter().map(|measure| measure.name()).collect();
    let words = format!("{} (--measure NAME answers one)", names.join(", "));
    hang(out, "The facts say nothing of: ", &words);
}

fn reservations(out: &mut String, between: &Between) {
    if !between.taken_out.is_empty() {
        let _ = writeln!(out, "\nOffences that a reservation takes out between the two");
        for taken in &between.taken_out {
            let offences: Vec<String> = taken.offences.iter().map(|offence| spaced(offence)).collect();
            hang(out, "  ■ ", &format!("{}, by {}: {}", taken.article, taken.by, offences.join(", ")));
        }
    }
    for (reserves, heading) in [(true, "Reservations that stand"), (false, "Declarations and notices on record")] {
        let is_so = |side: &&Side| (side.statement.kind == StatementKind::Reservation) == reserves;
        let sides: Vec<_> = between.statements.iter().filter(is_so).collect();
        if sides.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{heading}");
        for side in sides {
            let article = if side.statement.article.is_empty() { "" } else { " Art. " };
            let words = format!(
                "{}, {}{article}{}: {}",
                side.state, side.treaty, side.statement.article, side.statement.effect
            );
            hang(out, "  ", &words);
        }
    }
}
