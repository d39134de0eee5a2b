//! Why a comparison ended, in a sentence where it did not just run to its end: of the outcome whose interval was watched,
//! and of what kept that from being as narrow as asked for.

use super::alike::in_a_sentence;
use super::lines::joined;
use super::numbers::grouped;
use crate::study::Ended;
use crate::study::compare::{FIRST_LOOK, MOST_RUNS};
use crate::study::{Comparison, Difference, Outcome};

/// What a comparison is asked of.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The outcome whose interval was watched, where one was.
    pub(super) watched: Option<&'static Outcome>,
    /// The variants, the baseline first.
    pub(super) names: &'a [&'a str],
    /// The state that it is about, by name.
    pub(super) state: Option<&'a str>,
}

/// What a reader has to know of a study that did not just run to its end.
pub(super) fn sentence(found: &Comparison, asked: Asked) -> Option<String> {
    let interval = asked.watched.map_or_else(
        || "the interval".to_owned(),
        |watched| format!("the interval of {}", watched.says(asked.state.unwrap_or("the state"))),
    );
    let without = asked.watched.map(|watched| without(found, watched, asked.names)).unwrap_or_default();
    match found.ended {
        Ended::Complete => None,
        Ended::Interrupted => {
            Some("Interrupted: these are the runs that were finished for every variant by then.".to_owned())
        }
        Ended::NarrowEnough if without.is_empty() => {
            Some(format!("It ended when {interval} was as narrow as asked for."))
        }
        Ended::NarrowEnough => Some(format!(
            "It ended when {interval} was as narrow as asked for where there is one: {}.",
            without.join("; ")
        )),
        Ended::NotNarrowEnough => {
            let runs = found.seeds.len();
            let most = (without.is_empty() || runs >= MOST_RUNS)
                .then(|| format!("no more than {} runs of a variant are made", grouped(runs as u64)));
            let why: Vec<String> = without.into_iter().chain(most).collect();
            Some(format!("It ended before {interval} was as narrow as asked for: {}.", why.join("; ")))
        }
    }
}

/// Why some differences of an outcome have no interval, or one of too few pairs.
fn without(found: &Comparison, watched: &Outcome, names: &[&str]) -> Vec<String> {
    let is_defined = |place: usize| found.runs[place].iter().any(|run| run.value(watched).is_some());
    if !is_defined(0) {
        return vec![format!("no run of {} defines it", in_a_sentence(names[0]))];
    }
    let (undefined, others): (Vec<usize>, Vec<usize>) = (1..names.len()).partition(|place| !is_defined(*place));
    let of = |difference: Option<&Difference>, name: &str| match difference {
        None => Some(format!("with {name} no pair of runs defines it on both sides")),
        Some(Difference { is_withheld: true, coverage, .. }) => Some(format!(
            "with {name} one side alone defines it in {} of {} pairs, and so it has no interval",
            coverage.one_sided(),
            coverage.run
        )),
        Some(difference) if difference.pairs > 1 && difference.equal() == difference.pairs => {
            Some(format!("with {name} it differs in none of {} pairs", difference.pairs))
        }
        Some(difference) if difference.is_tied() => {
            Some(format!("with {name} it differs by the same amount in all pairs"))
        }
        Some(difference) if difference.pairs < FIRST_LOOK => {
            Some(format!("with {name} only {} pairs of runs define it", difference.pairs))
        }
        Some(_) => None,
    };
    let nowhere: Vec<String> = undefined.iter().map(|place| in_a_sentence(names[*place])).collect();
    let nowhere = (!nowhere.is_empty()).then(|| format!("no run of {} defines it", joined(&nowhere, "or")));
    let others = others.into_iter().filter_map(|place| {
        let all = &found.differences[place - 1];
        of(all.iter().find(|difference| difference.outcome.key == watched.key), &in_a_sentence(names[place]))
    });
    nowhere.into_iter().chain(others).collect()
}
