//! A comparison of variants for people and programs: sentences, tables of differences, JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::alike::in_a_sentence;
use super::compare_ended::{self, Asked};
use super::compare_sentences::{Tells, Told};
use super::measured::{outcome_summaries, places};
use super::numbers::grouped;
use super::over_time::{self, OverTimeSummary, PairPremiumSummary};
use super::variants::{SetSummary, sets};
use super::{alike, compare_sentences};
use crate::base::{Digest, StateId};
use crate::law::Library;
use crate::scenario::Scenario;
use crate::study::bootstrap::{COCHRAN, FEWEST, RESAMPLES};
use crate::study::course::Course;
use crate::study::outcome::ALL;
use crate::study::sweep::columns::haven_place;
use crate::study::{Comparison, Difference, Followed, Measured, Outcome, PairPremium, digest_of};

/// What a comparison is of.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Title of the scenario.
    pub title: &'a str,
    /// The question it asks.
    pub question: &'a str,
    /// What is said of real States.
    pub caveat: Option<&'a str>,
    /// The state that the study is about, by name.
    pub state: Option<&'a str>,
    /// The outcome whose interval was watched, where one was.
    pub watched: Option<&'static Outcome>,
    /// Each variant: its name, and the scenario with it.
    pub variants: &'a [(&'a str, &'a Scenario)],
    /// How they go over time.
    pub followed: &'a Followed,
    /// The haven premium, where both of its variants are among them: their places, staying out and in, and what was found.
    pub premium: Option<((usize, usize), &'a PairPremium)>,
}

/// A comparison, for programs. Values in the unit of their outcome, shares from 0 to 1.
#[derive(Debug, Serialize)]
pub struct CompareSummary {
    /// Version of the program.
    pub version: &'static str,
    /// Title of the scenario.
    pub title: String,
    /// The question it asks.
    pub question: String,
    /// What is said of real States; none where all are invented.
    pub caveat: Option<String>,
    /// The variant with which the others are compared.
    pub baseline: String,
    /// The state that the study is about, by name.
    pub state: Option<String>,
    /// Seeds, in order: the same in every variant.
    pub seeds: Vec<u64>,
    /// Identifies all runs: over the digests of their histories, variant by variant, seed by seed.
    pub digest: Digest,
    /// Why the study ended.
    pub ended: &'static str,
    /// What a reader has to know of how it ended, in a sentence; none where it ran to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// How intervals were computed.
    pub method: String,
    /// What the outcomes mean.
    pub outcomes: Vec<super::measured::OutcomeSummary>,
    /// The main differences in sentences.
    pub sentences: Vec<String>,
    /// Those with which to begin, of these and that of the premium; none where nothing was compared.
    #[serde(skip)]
    pub headlines: Vec<String>,
    /// Each variant, the baseline first.
    pub variants: Vec<VariantSummary>,
    /// Each variant but the first, by outcome.
    pub differences: Vec<DifferenceSummary>,
    /// The haven premium, where both of its variants are among those compared.
    pub premium: Option<PairPremiumSummary>,
    /// How they go, month by month.
    pub over_time: OverTimeSummary,
    /// The command that gives this result again.
    pub reproduce: String,
}

/// One variant.
#[derive(Debug, Serialize)]
pub struct VariantSummary {
    /// Its name.
    pub name: String,
    /// Digest of the scenario with it.
    pub scenario: Digest,
    /// What it sets beyond the scenario as written.
    pub sets: Vec<SetSummary>,
    /// What is taken for granted under it because nobody entered it, in sentences.
    pub assumptions: Vec<String>,
    /// The state that was a haven for the longest time, by name, and in how many runs; `none` for no haven.
    pub haven_places: Vec<(String, usize)>,
    /// Each run.
    pub runs: Vec<RunSummary>,
}

/// One run.
#[derive(Debug, Serialize)]
pub struct RunSummary {
    /// The seed.
    pub seed: u64,
    /// Digest of its history.
    pub digest: Digest,
    /// Outcomes by key; those not defined are left out.
    pub outcomes: BTreeMap<&'static str, f64>,
    /// Days on which states were havens, by name.
    pub haven_days: BTreeMap<String, u32>,
    /// Code of the state that was one on the most days, for the table of runs: the days by state say it here.
    #[serde(skip)]
    pub haven_place: Option<String>,
}

/// One paired difference: variant minus baseline.
#[derive(Debug, Serialize)]
pub struct DifferenceSummary {
    /// The variant.
    pub variant: String,
    /// The outcome, by key.
    pub outcome: &'static str,
    /// Pairs in which both sides define it.
    pub pairs: usize,
    /// Pairs that were run.
    pub pairs_run: usize,
    /// Pairs in which neither side defines it.
    pub neither: usize,
    /// Pairs in which the baseline alone defines it.
    pub baseline_alone: usize,
    /// Pairs in which the variant alone defines it.
    pub variant_alone: usize,
    /// Whether there is no interval because too many pairs do not define it.
    pub withheld: bool,
    /// Mean of the baseline.
    pub baseline_mean: f64,
    /// Mean of the variant.
    pub variant_mean: f64,
    /// Mean difference.
    pub difference: f64,
    /// Its 95 % interval; none of one pair, where all pairs differ by the same, and where it is withheld.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// `t` or `bootstrap`.
    pub interval_by: Option<&'static str>,
    /// Pairs above zero.
    pub above_zero: usize,
    /// Pairs below zero.
    pub below_zero: usize,
    /// Pairs in which both sides are equal.
    pub equal: usize,
    /// By seed.
    pub differences: Vec<Option<f64>>,
}

/// Sums a comparison up.
#[must_use]
pub fn summarise(question: &Question<'_>, found: &Comparison, reproduce: String) -> CompareSummary {
    let names: Vec<&str> = question.variants.iter().map(|(name, _)| *name).collect();
    let by_variant = || names[1..].iter().zip(&found.differences);
    let length = |course: &Course| course.days[course.days.len() - 1].days_since(course.days[0]);
    let lengths: Vec<i32> = question.followed.courses.iter().map(length).collect();
    let firsts = alike::firsts(&question.variants.iter().map(|(_, scenario)| scenario.digest).collect::<Vec<_>>());
    let sentences = by_variant().zip(1..).map(|((name, differences), place)| match firsts[place] {
        first if first == place => {
            let comparable = |difference: &&Difference| lengths[place] == lengths[0] || !difference.outcome.adds_up();
            let differences: Vec<Difference> = differences.iter().filter(comparable).cloned().collect();
            compare_sentences::of(question.state, &in_a_sentence(name), &differences)
        }
        first => vec![(Tells::Nothing, alike::sentence(name, names[first]))],
    });
    let told: Vec<Vec<Told>> = sentences.collect();
    let premium = question.premium.zip(question.state).map(|(((out, inside), found), state)| {
        let days = &question.followed.courses[out].days;
        over_time::premium(state, (names[out], names[inside]), (days[0], days[days.len() - 1]), found)
    });
    let of_premium = premium.iter().map(|premium| vec![(premium.tells(), premium.sentence())]);
    let headlines = compare_sentences::headlines(&of_premium.chain(told.iter().cloned()).collect::<Vec<_>>());
    CompareSummary {
        version: env!("CARGO_PKG_VERSION"),
        title: question.title.to_owned(),
        question: question.question.to_owned(),
        caveat: question.caveat.map(str::to_owned),
        baseline: names[0].to_owned(),
        state: question.state.map(str::to_owned),
        seeds: found.seeds.clone(),
        digest: digest_of(found.runs.iter().flatten().map(|run| run.digest)),
        ended: found.ended.words(),
        remark: compare_ended::sentence(
            found,
            Asked { watched: question.watched, names: &names, state: question.state },
        ),
        method: method(found.seeds.len(), intervals(found, &firsts)),
        outcomes: outcome_summaries(question.state),
        headlines,
        sentences: told.into_iter().flatten().map(|(_, sentence)| sentence).collect(),
        variants: question
            .variants
            .iter()
            .zip(&found.runs)
            .map(|((name, scenario), runs)| variant(name, scenario, &found.seeds, runs))
            .collect(),
        differences: by_variant()
            .flat_map(|(name, differences)| differences.iter().map(|difference| difference_summary(name, difference)))
            .collect(),
        premium,
        over_time: over_time::summarise(
            question.followed,
            names.iter().copied(),
            &question.variants[0].1.plan.library,
            found.seeds.len(),
        ),
        reproduce,
    }
}

/// Intervals that chance may place wrongly: not those of outcomes that differ in no pair, and those of one world under two names once.
fn intervals(found: &Comparison, firsts: &[usize]) -> usize {
    let shown = found.differences.iter().zip(1..).filter(|(_, place)| firsts[*place] == *place);
    let intervals = shown.flat_map(|(differences, _)| differences).filter_map(|difference| difference.interval);
    intervals.filter(|(interval, _)| interval.low < interval.high).count()
}

/// How intervals are computed with so many pairs of runs, in words; of many intervals, that some are expected to be wrong.
#[must_use]
pub fn method(pairs: usize, intervals: usize) -> String {
    /// Of ten intervals all are right more often than not (0.95 to the tenth is 0.6); of twenty, one is wrong on average.
    const MANY: usize = 10;
    if pairs < 2 {
        return "One pair of runs has no interval: how far chance reaches is not known".to_owned();
    }
    let by_chance = if intervals > MANY {
        format!(
            ". Of twenty such intervals one is expected to miss the true value by chance alone, and here are {}",
            grouped(intervals as u64)
        )
    } else {
        String::new()
    };
    format!(
        "95 % intervals of the mean of paired differences: Student's t where there are fewer than {FEWEST} pairs, or at \
         least {COCHRAN} times the squared skewness of the differences; else the bias-corrected accelerated bootstrap \
         ({} resamples){by_chance}",
        grouped(RESAMPLES as u64)
    )
}

fn variant(name: &str, scenario: &Scenario, seeds: &[u64], runs: &[Measured]) -> VariantSummary {
    let library = &scenario.plan.library;
    VariantSummary {
        name: name.to_owned(),
        scenario: scenario.digest,
        sets: sets(scenario),
        assumptions: scenario.assumptions.clone(),
        haven_places: places(library, runs),
        runs: seeds.iter().zip(runs).map(|(seed, run)| run_summary(library, *seed, run)).collect(),
    }
}

fn run_summary(library: &Library, seed: u64, run: &Measured) -> RunSummary {
    let name = |state: StateId| library.state(state).name.clone();
    RunSummary {
        seed,
        digest: run.digest,
        outcomes: ALL.iter().filter_map(|outcome| Some((outcome.key, run.value(outcome)?))).collect(),
        haven_days: run.havens.iter().map(|(state, days)| (name(*state), *days)).collect(),
        haven_place: haven_place(library, run),
    }
}

/// A difference of a variant, summed up.
pub(super) fn difference_summary(variant: &str, difference: &Difference) -> DifferenceSummary {
    DifferenceSummary {
        variant: variant.to_owned(),
        outcome: difference.outcome.key,
        pairs: difference.pairs,
        pairs_run: difference.coverage.run,
        neither: difference.coverage.missing() - difference.coverage.one_sided(),
        baseline_alone: difference.coverage.baseline_alone,
        variant_alone: difference.coverage.variant_alone,
        withheld: difference.is_withheld,
        baseline_mean: difference.means.0,
        variant_mean: difference.means.1,
        difference: difference.mean,
        low: difference.interval.map(|(interval, _)| interval.low),
        high: difference.interval.map(|(interval, _)| interval.high),
        interval_by: difference.interval.map(|(_, method)| method.word()),
        above_zero: difference.above_zero,
        below_zero: difference.below_zero,
        equal: difference.equal(),
        differences: difference.differences.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::method;

    #[test]
    fn the_rule_of_intervals_is_the_one_that_is_followed() {
        let rule = method(2, 10);
        assert!(
            rule.contains("Student's t where there are fewer than 20 pairs, or at least 25 times the squared"),
            "{rule}"
        );
        assert!(rule.ends_with("else the bias-corrected accelerated bootstrap (2,000 resamples)"), "{rule}");
        assert!(method(1, 0).starts_with("One pair of runs has no interval"));
    }

    #[test]
    fn of_many_intervals_some_are_expected_to_be_wrong() {
        let end = |intervals| method(4, intervals).split_once(". ").map(|(_, end)| end.to_owned()).unwrap_or_default();
        let said = "Of twenty such intervals one is expected to miss the true value by chance alone, and here are";
        assert_eq!(end(10), "");
        assert_eq!(end(11), format!("{said} 11"));
        assert_eq!(end(1_600), format!("{said} 1,600"));
    }
}
