//! Pivotal acts: which single act of a state would change most, and which few acts together end a haven.
//!
//! Every act is made in the scenario as it is, and run on the same seeds as that: the differences are paired. A set of
//! acts *ends the haven* when the state is a haven, for bases or hosts, on no day of the run in at least 95 % of the
//! seeds: of a hundred others than those of the study, where that has seeds enough to choose what is tried on them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::act::{self, Act};
use super::compare::{Comparison, Length, Variant, compare};
use super::difference::Difference;
use super::measured::{Measured, digest_of};
use super::outcome::Outcome;
use super::runs::{Job, Pool, seeds_from};
use super::sets::{Left, Search, Seeds, Sets};
use super::standing::{Ended, Standing};
use crate::base::{CiteId, Digest, StateId};
use crate::engine::{Plan, Stopped};

/// Per cent of the seeds in which a haven may be left when it counts as ended.
const LEFT_PERCENT: usize = 5;
/// Seeds of a study from which on what it finds is tried on fresh ones: with fewer, a haven may be left in none.
const ENOUGH_SEEDS: usize = 20;
/// Fresh seeds: with these, an act or set that leaves the haven in three of a hundred is found to end it in nine cases of
/// ten, one that leaves it in ten of a hundred in one of twenty (both stages: 3 of 20, then 5 of 100).
const FRESH_SEEDS: usize = 100;

/// One act and what it changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The act.
    pub act: Act,
    /// Seeds in which the state is still a haven.
    pub seeds_with_haven: usize,
    /// What it changes, by outcome.
    pub differences: Vec<Difference>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Pivotal {
    /// Whose haven.
    pub state: StateId,
    /// Seeds, in order.
    pub seeds: Vec<u64>,
    /// Seeds in which the state is a haven with nothing changed.
    pub seeds_with_haven: usize,
    /// Seeds in which it may still be one when the haven counts as ended; or, with fresh ones, when that is looked at.
    pub may_be_left: usize,
    /// Fresh seeds on which a set is tried that may end it by the others, and in how many of them it may be left; none
    /// where the study has too few seeds for that.
    pub fresh: Option<(usize, usize)>,
    /// The acts, the one that leaves least of the haven first: fewest seeds with it, then least impunity in the world, then
    /// fewest days.
    pub acts: Vec<Tried>,
    /// Acts that were not tried, because there were too many.
    pub left_out: usize,
    /// What the search for sets found; none when the state is no haven, no search was asked for, or the study was
    /// interrupted before.
    pub sets: Option<Sets>,
    /// Why it ended.
    pub ended: Ended,
    /// Identifies the runs of the scenario as it is and of each act alone, in the order in which acts are found.
    pub digest: Digest,
}

/// Why there is no result.
#[derive(Debug)]
pub enum NoPivotal {
    /// No state was named, and none was a haven in any run.
    NoHaven,
    /// A run stopped.
    Stopped(Stopped),
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The scenario as it is.
    pub plan: &'a Plan,
    /// Whose haven; the state that is a haven in most runs, if none is named.
    pub state: Option<StateId>,
    /// Seeds, from the plan's own on.
    pub runs: usize,
    /// Runs that the search for sets may take; with none there is no search.
    pub search_runs: usize,
}

/// The outcome of which the intervals are told while single acts are tried.
///
/// # Panics
/// Never: it is in the list.
#[must_use]
pub fn watched() -> &'static Outcome {
    Outcome::named("state_haven_days").expect("one of the list")
}

/// Tries every act alone, then sets of them. `standing` is told how far each of the three parts is.
///
/// # Errors
/// When there is no haven to ask about, or a run stops before anything is known.
///
/// # Panics
/// Never: the outcomes by which acts are ranked are in the list.
pub fn pivotal(
    asked: &Asked<'_>,
    pool: &Pool<'_>,
    standing: &mut dyn FnMut(&'static str, Standing),
) -> Result<Pivotal, NoPivotal> {
    let seeds = seeds_from(asked.plan.seed, asked.runs);
    let plan = Arc::new(asked.plan.clone());
    let (state, refused_by) = as_it_is(asked, &plan, &seeds, pool, standing)?;
    let (mut acts, mut left_out) = act::candidates(&plan, state, &in_any(&refused_by));
    let variants: Vec<Variant> = std::iter::once(Arc::clone(&plan))
        .chain(acts.iter().map(|act| Arc::new(act::with(&plan, &[act]))))
        .map(|plan| Variant { name: String::new(), plan, state: Some(state) })
        .collect();
    let length = Length::Runs(asked.runs);
    let found = compare(&variants, plan.seed, length, pool, watched(), &mut |at| standing("single acts", at));
    let mut found = found.map_err(NoPivotal::Stopped)?;
    if found.ended == Ended::Interrupted {
        let known = act::candidates(&plan, state, &in_any(&refused_by[..found.seeds.len()]));
        (acts, left_out, found) = of_finished(acts, known, found);
    }
    let with_haven = |runs: &[Measured]| runs.iter().filter(|run| run.is_haven(state)).count();
    let before = with_haven(&found.runs[0]);
    let enough = found.seeds.len() >= ENOUGH_SEEDS;
    let fresh = if enough { fresh_seeds(&found.seeds) } else { Vec::new() };
    let Comparison { seeds, runs, differences, mut ended } = found;
    let tried_on = Seeds {
        first: &seeds,
        may_be_left: if enough { most_by_chance(seeds.len()) } else { 0 },
        fresh: &fresh,
        may_be_left_of_fresh: fresh.len() * LEFT_PERCENT / 100,
    };
    let order = ranked(&runs, state);
    let sets = if ended == Ended::Complete && before > tried_on.may_be_left && asked.search_runs > 0 {
        let acts: Vec<&Act> = order.iter().map(|index| &acts[*index]).collect();
        let alone: Vec<&[Measured]> = order.iter().map(|index| runs[index + 1].as_slice()).collect();
        let mut search = Search::new(&plan, state, &acts, tried_on, asked.search_runs);
        let sets = search.run(&alone, pool, &mut |at| standing("sets of acts", at)).map_err(NoPivotal::Stopped)?;
        if sets.interrupted {
            ended = Ended::Interrupted;
        }
        // Interrupted before its first run it is a study without a search.
        (sets.runs > 0 || !sets.interrupted).then_some(sets)
    } else {
        None
    };
    let tried = |index: usize| Tried {
        act: acts[index].clone(),
        seeds_with_haven: with_haven(&runs[index + 1]),
        differences: differences[index].clone(),
    };
    Ok(Pivotal {
        state,
        seeds_with_haven: before,
        may_be_left: tried_on.may_be_left,
        fresh: enough.then_some((fresh.len(), tried_on.may_be_left_of_fresh)),
        acts: order.into_iter().map(tried).collect(),
        left_out,
        sets,
        seeds,
        ended,
        digest: digest_of(runs.iter().flatten().map(|run| run.digest)),
    })
}

/// Whose haven it is, and by which articles that state refuses, by seed: from runs of the scenario as it is.
fn as_it_is(
    asked: &Asked<'_>,
    plan: &Arc<Plan>,
    seeds: &[u64],
    pool: &Pool<'_>,
    standing: &mut dyn FnMut(&'static str, Standing),
) -> Result<(StateId, Vec<BTreeSet<CiteId>>), NoPivotal> {
    let jobs: Vec<Job> = seeds.iter().map(|seed| Job { plan: Arc::clone(plan), seed: *seed }).collect();
    type Refused = Vec<BTreeSet<CiteId>>;
    let measure = |plan: &Plan, outcome: crate::engine::Outcome| -> (Option<StateId>, Refused) {
        let place = Measured::of(plan, None, &outcome).place();
        let of = |tally: &crate::engine::StateTally| tally.refusals.keys().map(|(_, cite)| *cite).collect();
        (place, outcome.tally.states.iter().map(of).collect())
    };
    let mut done = |runs, of| standing("the scenario as it is", Standing { runs, of, at_most: false, width: None });
    let found = pool.all(&jobs, &measure, &mut done).map_err(NoPivotal::Stopped)?;
    let mut places: BTreeMap<StateId, usize> = BTreeMap::new();
    for place in found.iter().filter_map(|(place, _)| *place) {
        *places.entry(place).or_default() += 1;
    }
    let most = places.iter().max_by_key(|(state, runs)| (**runs, std::cmp::Reverse(**state))).map(|(state, _)| *state);
    let state = asked.state.or(most).ok_or(NoPivotal::NoHaven)?;
    Ok((state, found.into_iter().map(|(_, mut refused)| std::mem::take(&mut refused[state.index()])).collect()))
}

/// The most seeds in which chance leaves a haven, in 95 of 100 studies, if it is left in as many as may be.
fn most_by_chance(seeds: usize) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "a study has at most some thousand seeds")]
    let (chance, number) = (LEFT_PERCENT as f64 / 100.0, seeds as f64);
    // The terms of the binomial distribution, one from the other.
    let mut term = libm::pow(1.0 - chance, number);
    let (mut below, mut left) = (term, 0.0);
    while below < 0.95 && left < number {
        term *= (number - left) / (left + 1.0) * chance / (1.0 - chance);
        left += 1.0;
        below += term;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of seeds")]
    let most = left as usize;
    most
}

/// Seeds after the last of the study.
fn fresh_seeds(seeds: &[u64]) -> Vec<u64> {
    let last = seeds.iter().copied().max().unwrap_or_default();
    seeds_from(last.wrapping_add(1), FRESH_SEEDS)
}

/// Articles by which some of these runs refused.
fn in_any(refused_by: &[BTreeSet<CiteId>]) -> BTreeSet<CiteId> {
    refused_by.iter().flatten().copied().collect()
}

/// An interrupted study as it is when just the finished seeds are asked for: `known` are the acts that their runs
/// suggest, and how many are left out; an act that later runs alone suggested goes.
fn of_finished(
    tried: Vec<Act>,
    (known, left_out): (Vec<Act>, usize),
    found: Comparison,
) -> (Vec<Act>, usize, Comparison) {
    let suggested: Vec<bool> = tried.iter().map(|act| known.contains(act)).collect();
    let keep = suggested.iter().copied();
    let acts: Vec<Act> = tried.into_iter().zip(keep.clone()).filter_map(|(act, keep)| keep.then_some(act)).collect();
    // With nothing changed come the first runs.
    let keep = std::iter::once(true).chain(keep);
    let runs = found.runs.into_iter().zip(keep).filter_map(|(runs, keep)| keep.then_some(runs)).collect();
    let untried = known.len() - acts.len();
    (acts, left_out + untried, Comparison::of(found.seeds, runs, found.ended))
}

/// Acts by what they leave, the least first.
fn ranked(runs: &[Vec<Measured>], state: StateId) -> Vec<usize> {
    let mut order: Vec<(usize, Left)> = runs[1..].iter().map(|runs| Left::of(runs, state)).enumerate().collect();
    order.sort_by(|one, other| one.1.compare(&other.1).then(one.0.cmp(&other.0)));
    order.into_iter().map(|(index, _)| index).collect()
}
