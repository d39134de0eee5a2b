//! What the variants of a sweep come to against the first, in sentences.

use super::alike::in_a_sentence;
use super::compare_sentences;
use super::lines::counted;
use crate::scenario::AS_WRITTEN;
use crate::study::Difference;
use crate::study::sweep::Sweep;

/// The sentences, of what was found by variant but the first; none of a single variant.
#[must_use]
pub fn sentences(sweep: &Sweep, found: &[Vec<Difference>]) -> Vec<String> {
    let name = |variant: &Option<String>| in_a_sentence(variant.as_deref().unwrap_or(AS_WRITTEN));
    let Some((first, others)) = sweep.variants.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Vec::new();
    };
    if !sweep.common_seeds {
        let why = "Each variant has seeds of its own (`seeds: by-variant`): they are not compared seed by seed.";
        return vec![why.to_owned()];
    }
    let points = match sweep.points.len() {
        1 => String::new(),
        points => format!(", each seed averaged over the {} of the design first", counted(points, "point", "points")),
    };
    let lead = format!("Compared with {} on the same seeds{points}; a pair is a seed, and not a point:", name(first));
    let said = others.iter().zip(found).filter(|(_, differences)| !differences.is_empty()).flat_map(
        |(variant, differences)| compare_sentences::of(sweep.state_name.as_deref(), &name(variant), differences),
    );
    let said: Vec<String> = said.map(|(_, sentence)| sentence).collect();
    if said.is_empty() {
        return vec!["No seed has runs of two variants yet: nothing is compared.".to_owned()];
    }
    std::iter::once(lead).chain(not_run(found)).chain(said).collect()
}

/// That pairs of runs are still to be made, where some are, and what is missing for it: more than a third, and nothing has an
/// interval.
fn not_run(found: &[Vec<Difference>]) -> Option<String> {
    let coverages = || found.iter().flatten().map(|difference| difference.coverage);
    let most = coverages().max_by_key(|coverage| coverage.not_run).filter(|coverage| coverage.not_run > 0)?;
    let all = most.run + most.not_run;
    Some(format!(
        "Of the {all} pairs of runs of these seeds, up to {} are not made yet; where more than a third has no value, there is no \
         interval.",
        most.not_run
    ))
}
