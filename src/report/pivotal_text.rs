//! Pivotal acts for a terminal of 80 columns: a ranked table, then the sets that end the haven, and what was tried
//! (see `pivotal_sets`).

use std::fmt::Write as _;

use super::compare_text::{known_by, narrow, wrap};
use super::lines::counted;
use super::measured::differing;
use super::pivotal::{ActSummary, ChangeSummary, FreshSummary, PivotalSummary, method};
use super::pivotal_sets::sets;
use super::tables::{add, shown};
use crate::base::in_prose;
use crate::study::Outcome;

/// Outcomes shown of each act.
const SHOWN: [&str; 3] = ["impunity", "state_haven_days", "haven_days"];

/// The summary as text.
#[must_use]
pub fn text(summary: &PivotalSummary) -> String {
    let mut out = String::new();
    let seeds = summary.seeds.len();
    let asked =
        if is_haven(summary) { "which acts would end the haven in" } else { "what single acts would change in" };
    wrap(&mut out, &format!("{}: {asked} {}", summary.title, in_prose(&summary.state)));
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
    // Of one seed the heading says that there is none.
    if !something.is_empty() && seeds > 1 {
        if something.iter().any(|act| is_told_from_chance_in_nothing(act)) {
            wrap(&mut out, "Where all intervals of an act hold 0, its place in this list may be chance.");
        }
        wrap(&mut out, &method(seeds, something.iter().flat_map(|act| shown_changes(act))));
    }
    out.push('\n');
    if is_haven(summary) {
        sets(&mut out, summary);
    }
    wrap(&mut out, summary.left_open);
    known_by(&mut out, summary.digest, summary.version, &summary.reproduce);
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
        return format!("As it is, {} is no haven {none}: there is none to end. {DONE}", in_prose(&summary.state));
    }
    let asked = match summary.fresh {
        None => "here in all of them".to_owned(),
        Some(FreshSummary { seeds, may_be_left }) => format!(
            "what leaves it in at most {} of these is run on {seeds} others, and ends it if at most {may_be_left} of them have it \
             left",
            summary.may_be_left
        ),
    };
    format!(
        "As it is, {} is a haven in {} of {seeds}. {DONE} A set of acts ends the haven when the state is a haven, for bases \
         or hosts, on no day in at least 95 % of the seeds: {asked}.",
        in_prose(&summary.state),
        summary.seeds_with_haven,
    )
}

/// What an act changes of the outcomes that are shown.
fn shown_changes(act: &ActSummary) -> impl Iterator<Item = &ChangeSummary> {
    act.changes.iter().filter(|change| SHOWN.contains(&change.outcome))
}

/// Whether an act changes none of the outcomes that are shown, in no pair of runs.
fn changes_nothing(act: &&ActSummary) -> bool {
    shown_changes(act)
        .flat_map(|change| [Some(change.difference), change.low, change.high])
        .flatten()
        .all(|value| value == 0.0)
}

/// Whether no interval of what is shown of an act leaves 0 out.
fn is_told_from_chance_in_nothing(act: &ActSummary) -> bool {
    let intervals = shown_changes(act).filter_map(|change| change.low.zip(change.high));
    let mut intervals = intervals.filter(|(low, high)| low < high).peekable();
    intervals.peek().is_some() && intervals.all(|(low, high)| low <= 0.0 && high >= 0.0)
}

const fn interrupted(summary: &PivotalSummary) -> &'static str {
    if summary.sets.is_some() {
        "Interrupted: these are the runs of single acts, all finished, and the search for sets as far as it was by then."
    } else {
        "Interrupted: these are the runs that were finished for every act by then."
    }
}

fn acts(summary: &PivotalSummary, acts: &[&ActSummary]) -> comfy_table::Table {
    let own = format!("haven days of {}", in_prose(&summary.state));
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
    let interval = change.low.zip(change.high).filter(|(low, high)| low < high);
    match differing(outcome.unit, change.difference, interval) {
        (mean, Some((low, high))) => format!("{mean}\n{low} to {high}"),
        (mean, None) => mean,
    }
}

#[cfg(test)]
mod tests {
    use super::{ActSummary, ChangeSummary, PivotalSummary, text};
    use crate::base::Digest;

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
        about("Gova", seeds_with_haven, acts)
    }

    fn about(state: &str, seeds_with_haven: usize, acts: Vec<ActSummary>) -> String {
        text(&PivotalSummary {
            version: "1",
            title: "A title".to_owned(),
            caveat: None,
            state: state.to_owned(),
            digest: Digest::default(),
            scenario: Digest::default(),
            seeds: vec![1, 2, 3],
            ended: "complete",
            seeds_with_haven,
            may_be_left: 0,
            fresh: None,
            method: String::new(),
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
    fn how_intervals_were_computed_is_told_of_those_that_are_shown() {
        let words = |acts: Vec<ActSummary>| of(3, acts).split_whitespace().collect::<Vec<_>>().join(" ");
        let wide = |count: usize| (0..count).map(|_| act("A", -0.1, (-0.2, 0.0))).collect::<Vec<_>>();
        let few = words(wide(10));
        let said = "95 % intervals of the mean of paired differences: Student's t where there are fewer than 20 pairs";
        assert!(few.contains(said) && !few.contains("such intervals"), "{few}");
        assert!(few.contains(". All acts are compared with the same runs of the scenario as it is: "), "{few}");
        let mut many = wide(40);
        many[0].changes[0].outcome = "incidents";
        many.push(act("B", 0.1, (0.1, 0.1)));
        let many = words(many);
        let missing =
            "Of twenty such intervals one is expected to miss the true value by chance alone, and here are 39. All";
        assert!(many.contains(missing), "neither an outcome that is not shown nor one without width counts: {many}");
        // Where no interval is shown, nothing is said of any.
        assert!(!words(vec![act("B", 0.0, (0.0, 0.0))]).contains("of paired differences"));
        assert!(!words(vec![act("B", 0.1, (0.1, 0.1))]).contains("All acts"));
    }

    #[test]
    fn a_state_has_its_article() {
        for haven in [0, 3] {
            let said = about("United States", haven, Vec::new());
            assert!(said.contains("As it is, the United States is "), "{said}");
        }
    }

    #[test]
    fn where_there_is_no_haven_nothing_is_said_of_ending_it() {
        let said = of(0, vec![act("A", -0.1, (-0.2, 0.0))]);
        assert!(said.contains("Gova is no haven in any of 3 seeds: there is none to end."), "{said}");
        assert!(!said.contains("would end the haven") && !said.contains("ends the haven"), "{said}");
        assert!(!said.contains("search"), "{said}");
        assert!(of(1, Vec::new()).contains("which acts would end the haven in Gova"));
    }
}
