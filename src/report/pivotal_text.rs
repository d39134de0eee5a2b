//! Pivotal acts for a terminal of 80 columns: a ranked table, then the sets that end the haven, and what was tried.

use std::fmt::Write as _;

use super::compare_text::{hang, narrow, wrap};
use super::lines::{counted, joined};
use super::measured::{amount, signed};
use super::numbers::grouped;
use super::pivotal::{ActSummary, ChangeSummary, PivotalSummary, SetsSummary};
use super::tables::{add, shown};
use crate::study::Outcome;

/// Outcomes shown of each act.
const SHOWN: [&str; 3] = ["impunity", "state_haven_days", "haven_days"];
/// Sets that are shown of those that are equally small.
const MOST_SETS_SHOWN: usize = 10;

/// Why a search ends early: some runs may be left, and the next step takes more.
const OUT_OF_RUNS: &str = "out of runs for the next step";

/// The summary as text.
#[must_use]
pub fn text(summary: &PivotalSummary) -> String {
    let mut out = String::new();
    let seeds = summary.seeds.len();
    let asked =
        if is_haven(summary) { "which acts would end the haven in" } else { "what single acts would change in" };
    wrap(&mut out, &format!("{}: {asked} {}", summary.title, summary.state));
    if let Some(caveat) = &summary.caveat {
        wrap(&mut out, caveat);
    }
    wrap(&mut out, &lead(summary));
    if summary.ended == "interrupted" {
        wrap(&mut out, interrupted(summary));
    }
    let intervals = if seeds == 1 { "in one pair of runs, which has no interval" } else { "with 95 % intervals" };
    out.push('\n');
    wrap(&mut out, &format!("What each act alone changes, {intervals}"));
    let (nothing, something): (Vec<&ActSummary>, Vec<&ActSummary>) = summary.acts.iter().partition(changes_nothing);
    if !something.is_empty() {
        let _ = writeln!(out, "{}", shown(&acts(summary, &something)));
    }
    if !nothing.is_empty() {
        let names: Vec<&str> = nothing.iter().map(|act| act.act.as_str()).collect();
        let acts = counted(nothing.len(), "act changes", "acts change");
        wrap(&mut out, &format!("{acts} nothing of this in any run: {}.", names.join("; ")));
    }
    if summary.left_out > 0 {
        let were = if summary.left_out == 1 { "was" } else { "were" };
        wrap(&mut out, &format!("{} of other states {were} not tried.", counted(summary.left_out, "act", "acts")));
    }
    out.push('\n');
    if is_haven(summary) {
        sets(&mut out, summary);
    }
    wrap(&mut out, summary.left_open);
    let _ = writeln!(out, "Again with {}", summary.reproduce);
    out
}

/// Whether there is a haven to end.
const fn is_haven(summary: &PivotalSummary) -> bool {
    summary.seeds_with_haven > 0
}

/// What is asked, and on what.
fn lead(summary: &PivotalSummary) -> String {
    const DONE: &str = "Below, each act is done alone on the first day of the run, or as soon as it can be, and run on the \
                        same seeds.";
    let seeds = counted(summary.seeds.len(), "seed", "seeds");
    if !is_haven(summary) {
        let none = if summary.seeds.len() == 1 { "in the one seed".to_owned() } else { format!("in any of {seeds}") };
        return format!("As it is, {} is no haven {none}: there is none to end. {DONE}", summary.state);
    }
    let may_be_left = match summary.may_be_left {
        0 => "all of them".to_owned(),
        left => format!("all but {left}"),
    };
    format!(
        "As it is, {} is a haven in {} of {seeds}. {DONE} A set of acts ends the haven when the state is a haven, for bases \
         or hosts, on no day in at least 95 % of the seeds: here in {may_be_left}.",
        summary.state, summary.seeds_with_haven,
    )
}

/// Whether an act changes none of the outcomes that are shown, in no pair of runs.
fn changes_nothing(act: &&ActSummary) -> bool {
    let shown = act.changes.iter().filter(|change| SHOWN.contains(&change.outcome));
    shown.flat_map(|change| [Some(change.difference), change.low, change.high]).flatten().all(|value| value == 0.0)
}

const fn interrupted(summary: &PivotalSummary) -> &'static str {
    if summary.sets.is_some() {
        "Interrupted: these are the runs of single acts, all finished, and the search for sets as far as it was by then."
    } else {
        "Interrupted: these are the runs that were finished for every act by then."
    }
}

fn acts(summary: &PivotalSummary, acts: &[&ActSummary]) -> comfy_table::Table {
    let own = format!("haven days of {}", summary.state);
    let seeds = if is_haven(summary) { "Seeds left" } else { "Seeds with it" };
    let mut table = narrow(&["Act", seeds, "impunity, points", &own, "haven days, world"]);
    for act in acts {
        let changes = SHOWN.map(|key| {
            let change = act.changes.iter().find(|change| change.outcome == key);
            change.map_or_else(|| "-".to_owned(), changed)
        });
        let seeds = format!("{} of {}", act.seeds_with_haven, summary.seeds.len());
        add(&mut table, [act.act.clone(), seeds].into_iter().chain(changes));
    }
    table
}

/// A difference with its interval below it.
fn changed(change: &ChangeSummary) -> String {
    let Some(outcome) = Outcome::named(change.outcome) else { return "-".to_owned() };
    let difference = signed(outcome.unit, change.difference);
    match (change.low, change.high) {
        (Some(low), Some(high)) if low < high => {
            let end = |value| amount(outcome.unit, value, true);
            format!("{difference}\n{} to {}", end(low), end(high))
        }
        _ => difference,
    }
}

fn sets(out: &mut String, summary: &PivotalSummary) {
    let Some(sets) = &summary.sets else {
        wrap(out, &not_searched(summary));
        out.push('\n');
        return;
    };
    let (greedy_cut, cut) = if summary.ended == "interrupted" {
        // A search by sizes is interrupted after the greedy one, which may have been out of runs before.
        ("cut short", "interrupted")
    } else {
        (OUT_OF_RUNS, OUT_OF_RUNS)
    };
    let come_to = come_to(sets, greedy_cut);
    wrap(out, &format!("One act after another, each the one that leaves least of the haven; {come_to}:"));
    for act in &sets.greedy {
        hang(out, "  - ", act);
    }
    out.push('\n');
    smallest(out, sets);
    out.push('\n');
    let end = if is_whole(sets) { String::new() } else { format!(", and stopped there: {cut}") };
    let runs = counted(sets.runs, "run", "runs");
    wrap(out, &format!("Tried: {}. The search took {runs}{end}.", joined(&tried(sets), "and")));
}

fn not_searched(summary: &PivotalSummary) -> String {
    if summary.seeds_with_haven > summary.may_be_left {
        return "Sets of acts were not searched for.".to_owned();
    }
    format!("{} is a haven in too few seeds for a search of what ends it.", summary.state)
}

/// What the acts taken greedily come to.
fn come_to(sets: &SetsSummary, cut: &str) -> String {
    match (sets.greedy_ends, sets.greedy_whole) {
        (true, true) => "they end the haven".to_owned(),
        (true, false) => format!("they end the haven. Whether it takes all of them was not tried to the end ({cut})"),
        (false, true) => "they do not end the haven".to_owned(),
        (false, false) => format!("the haven is not ended yet. The search stopped here ({cut})"),
    }
}

/// Whether all sets of the sizes that were reached were tried.
fn is_whole(sets: &SetsSummary) -> bool {
    sets.tried.iter().all(|(tried, all)| tried == all)
}

fn smallest(out: &mut String, sets: &SetsSummary) {
    let Some(size) = sets.smallest.first().map(Vec::len) else {
        let _ = writeln!(out, "No set of those tried ends it.");
        return;
    };
    wrap(out, &which(sets, size));
    for (number, set) in (1..).zip(sets.smallest.iter().take(MOST_SETS_SHOWN)) {
        numbered(out, number, set);
    }
    if sets.smallest.len() > MOST_SETS_SHOWN {
        let _ = writeln!(out, "and {} more: --json has all", sets.smallest.len() - MOST_SETS_SHOWN);
    }
}

/// Which sets follow. Those of the smallest size that has any are all of them only where all of that size were tried.
fn which(sets: &SetsSummary, size: usize) -> String {
    let count = sets.smallest.len();
    let part = tried(sets).pop().filter(|_| !is_whole(sets));
    match (part, count) {
        _ if size == 1 && count == 1 => "Alone, this act ends it:".to_owned(),
        _ if size == 1 => "Alone, each of these ends it:".to_owned(),
        (Some(part), 1) => format!("Among {part} tried, this one ends it; no smaller set does:"),
        (Some(part), _) => format!("Among {part} tried, these {count} end it; no smaller set does:"),
        (None, 1) => format!("The smallest set that ends it has {size} acts, done together:"),
        (None, _) => format!("The smallest sets that end it are these {count}, each of {size} acts done together:"),
    }
}

/// A set under its number, one act a line.
fn numbered(out: &mut String, number: usize, set: &[String]) {
    let label = format!("  {number}. ");
    let indent = " ".repeat(label.len());
    for (index, act) in set.iter().enumerate() {
        let start = if index == 0 { &label } else { &indent };
        let end = if index + 1 < set.len() { " and" } else { "" };
        hang(out, start, &format!("{act}{end}"));
    }
}

/// By size, how many sets of how many were tried.
fn tried(sets: &SetsSummary) -> Vec<String> {
    let sizes = [("single act", "single acts"), ("pair", "pairs"), ("triple", "triples")];
    let tried = |((tried, all), (one, many)): (&(usize, usize), (&str, &str))| {
        let sets = counted(*all, one, many);
        match *tried {
            1 if *all == 1 => format!("the only {one}"),
            tried if tried == *all => format!("all {sets}"),
            0 => format!("none of {sets}"),
            tried => format!("{} of {sets}", grouped(tried as u64)),
        }
    };
    sets.tried.iter().zip(sizes).map(tried).collect()
}

#[cfg(test)]
mod tests {
    use super::{ActSummary, ChangeSummary, PivotalSummary, SetsSummary, come_to, smallest, text, tried};

    /// An act that changes impunity by so much, within such an interval.
    fn act(name: &str, difference: f64, interval: (f64, f64)) -> ActSummary {
        let change = ChangeSummary {
            outcome: "impunity",
            difference,
            low: Some(interval.0),
            high: Some(interval.1),
            interval_by: Some("t"),
        };
        let (act, state) = (name.to_owned(), "Gova".to_owned());
        ActSummary { act, kind: "enacts", state, seeds_with_haven: 0, changes: vec![change] }
    }

    fn of(seeds_with_haven: usize, acts: Vec<ActSummary>) -> String {
        text(&PivotalSummary {
            version: "1",
            title: "A title".to_owned(),
            caveat: None,
            state: "Gova".to_owned(),
            seeds: vec![1, 2, 3],
            ended: "complete",
            seeds_with_haven,
            may_be_left: 0,
            acts,
            left_out: 0,
            sets: None,
            left_open: "",
            reproduce: "comity pivotal x".to_owned(),
        })
    }

    #[test]
    fn acts_that_change_nothing_are_named_in_one_line() {
        let acts = || vec![act("A", -0.1, (-0.2, 0.0)), act("B", 0.0, (0.0, 0.0)), act("C", 0.0, (-0.1, 0.1))];
        let said = of(3, acts());
        assert!(said.contains("\n1 act changes nothing of this in any run: B.\n"), "{said}");
        assert!(said.contains("\nA ") && said.contains("\nC ") && !said.contains("\nB "), "{said}");
        let none = of(3, vec![act("B", 0.0, (0.0, 0.0)), act("D", 0.0, (0.0, 0.0))]);
        assert!(
            none.contains("2 acts change nothing of this in any run: B; D.") && !none.contains("Seeds left"),
            "{none}"
        );
    }

    #[test]
    fn where_there_is_no_haven_nothing_is_said_of_ending_it() {
        let said = of(0, vec![act("A", -0.1, (-0.2, 0.0))]);
        assert!(said.contains("Gova is no haven in any of 3 seeds: there is none to end."), "{said}");
        assert!(!said.contains("would end the haven") && !said.contains("ends the haven"), "{said}");
        assert!(!said.contains("search"), "{said}");
        assert!(of(1, Vec::new()).contains("which acts would end the haven in Gova"));
    }

    fn sets(acts: &[&[&str]], tried: &[(usize, usize)]) -> SetsSummary {
        SetsSummary {
            greedy: Vec::new(),
            greedy_ends: false,
            greedy_whole: false,
            smallest: acts.iter().map(|set| set.iter().map(|act| (*act).to_owned()).collect()).collect(),
            tried: tried.to_vec(),
            runs: 0,
        }
    }

    #[track_caller]
    fn check(sets: &SetsSummary, shown: &str) {
        let mut out = String::new();
        smallest(&mut out, sets);
        assert_eq!(out, shown);
    }

    #[test]
    fn sets_are_told_from_their_acts() {
        let whole = [(3, 3), (3, 3)];
        check(
            &sets(&[&["A joins", "B enacts"]], &whole),
            "The smallest set that ends it has 2 acts, done together:\n  1. A joins and\n     B enacts\n",
        );
        check(
            &sets(&[&["A joins", "B enacts"], &["A joins", "C enacts"]], &whole),
            "The smallest sets that end it are these 2, each of 2 acts done together:\n  \
               1. A joins and\n     B enacts\n  2. A joins and\n     C enacts\n",
        );
        check(&sets(&[&["A joins"]], &[(3, 3)]), "Alone, this act ends it:\n  1. A joins\n");
        let two: [&[&str]; 2] = [&["A joins"], &["B joins"]];
        check(&sets(&two, &[(3, 3)]), "Alone, each of these ends it:\n  1. A joins\n  2. B joins\n");
    }

    #[test]
    fn sets_of_a_search_cut_short_are_not_all_of_them() {
        let part = [(19, 19), (100, 171)];
        let shown = "Among 100 of 171 pairs tried, this one ends it; no smaller set does:\n  1. A and\n     B\n";
        check(&sets(&[&["A", "B"]], &part), shown);
        check(&sets(&[], &part), "No set of those tried ends it.\n");
        assert_eq!(tried(&sets(&[], &[(19, 19), (0, 171)])), ["all 19 single acts", "none of 171 pairs"]);
        assert_eq!(tried(&sets(&[], &[(1, 1), (0, 1)])), ["the only single act", "none of 1 pair"]);
    }

    #[test]
    fn a_search_that_ran_out_of_runs_does_not_say_that_the_haven_lasts() {
        let cut = super::OUT_OF_RUNS;
        let of = |ends, whole| come_to(&SetsSummary { greedy_ends: ends, greedy_whole: whole, ..sets(&[], &[]) }, cut);
        assert_eq!(of(true, true), "they end the haven");
        assert_eq!(of(false, true), "they do not end the haven");
        assert_eq!(
            of(false, false),
            "the haven is not ended yet. The search stopped here (out of runs for the next step)"
        );
        assert!(
            of(true, false).starts_with("they end the haven. Whether it takes all of them was not tried to the end")
        );
    }
}
