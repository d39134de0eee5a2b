//! The haven premium: how many more networks are settled in a state when it stays out than when it joins, and how
//! that depends on how many of the others have joined.
//!
//! Two runs of one seed that differ by that state's part in two variants of the scenario alone. Which of the others
//! have joined is an order drawn for each seed: with a greater share the same ones have joined, and more.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::bootstrap::{self, Method};
use super::measured::{Measured, digest_of};
use super::outcome::Outcome as Quantity;
use super::runs::{Job, Pool};
use super::standing::{Ended, Standing};
use crate::base::interval::{float, mean};
use crate::base::{Digest, Interval, Problems, Purpose, StateId, Streams, key_of};
use crate::engine::{Outcome, Plan, Stopped, spread};
use crate::scenario::Pair;

/// Per cent of the other states that are to have joined, in the order of the curve. Of few others, two shares may be the
/// same number of them: that number is run and shown once.
pub const SHARES: [usize; 6] = [0, 25, 50, 75, 90, 100];
/// A premium is at least this: all networks gone.
const POSSIBLE: (f64, f64) = (-1.0, f64::INFINITY);
/// Seeds whose plans are held at once.
const BATCH: usize = 10;
/// Seeds of one study: with a few seconds a run, more would take a day, and intervals are narrow long before.
pub const MOST_SEEDS: usize = 1_000;

/// One share of the curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How many of the other states have joined.
    pub joined: usize,
    /// Per cent of the others that these are: with few of them, seldom the share that was asked for.
    pub share: usize,
    /// Networks based in the state in the last year of the run when it stays out, and when it joins: means over the seeds that
    /// give a premium, or over all where none does.
    pub based: (f64, f64),
    /// By seed, in order: the first over the second, minus 1; none where nothing is there to be a ratio of.
    pub premiums: Vec<Option<f64>>,
    /// Seeds in which networks are there when it stays out and none when it joins: without end, and left out.
    pub endless: usize,
    /// Their mean; none where no seed gives one.
    pub premium: Option<f64>,
    /// Its 95 % interval; none where fewer than two seeds give one, and where all give the same.
    pub interval: Option<Interval>,
    /// Part of the pairs with a premium above 0.
    pub above_zero: f64,
    /// Leakage from the others that have joined, the state staying out: against the run of the same seed in which none
    /// has. None for nobody joined, and where their networks do not fall on the mean.
    pub leakage: Option<f64>,
    /// What that is a part of: by how many networks those of these others fall, mean over seeds.
    pub members_fall: f64,
}

/// The premium along the curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Premium {
    /// The state.
    pub state: StateId,
    /// Seeds, in order.
    pub seeds: Vec<u64>,
    /// By share.
    pub steps: Vec<Step>,
    /// How it ended; interrupted, the seeds are those of which all runs were finished by then.
    pub ended: Ended,
    /// Identifies all runs: seed by seed, step by step, out before in.
    pub digest: Digest,
}

/// The premium of one pair of variants that were compared: the last step of the curve where the others have joined in
/// both, with its interval by the rule of paired differences.
#[derive(Clone, Debug, PartialEq)]
pub struct PairPremium {
    /// Networks based in the state in the last year of the run when it stays out, and when it joins: means over the seeds that
    /// give a premium.
    pub based: (f64, f64),
    /// By seed, in order: the first over the second, minus 1; none where nothing is there to be a ratio of.
    pub premiums: Vec<Option<f64>>,
    /// Seeds in which networks are there when it stays out and none when it joins: without end, and left out.
    pub endless: usize,
    /// Seeds that give one: at least one.
    pub pairs: usize,
    /// Their mean.
    pub premium: f64,
    /// Its 95 % interval, and how it was computed; none of one pair, and where all pairs give the same.
    pub interval: Option<(Interval, Method)>,
    /// Pairs with a premium above 0.
    pub above_zero: usize,
}

impl PairPremium {
    /// Of runs on the same seeds, the state staying out and joining; none where no seed gives a premium, as in a study
    /// about no state. `seed` keys the resampling.
    #[must_use]
    pub fn of(out: &[Measured], inside: &[Measured], seed: u64) -> Option<Self> {
        let networks = Quantity::named("state_networks")?;
        let both = |(one, other): (&Measured, &Measured)| Some((one.value(networks)?, other.value(networks)?));
        let pairs: Vec<Option<(f64, f64)>> = out.iter().zip(inside).map(both).collect();
        let premiums: Vec<Option<f64>> = pairs.iter().map(|pair| pair.and_then(premium_of)).collect();
        let defined: Vec<f64> = premiums.iter().copied().flatten().collect();
        Some(Self {
            based: means_of(pairs.iter().copied().flatten().filter(|pair| premium_of(*pair).is_some()))?,
            endless: pairs.iter().flatten().filter(|pair| is_endless(**pair)).count(),
            pairs: defined.len(),
            premium: mean(&defined)?,
            interval: bootstrap::interval(&defined, bootstrap::resampling(seed))
                .map(|(interval, method)| (interval.within(POSSIBLE), method)),
            above_zero: defined.iter().filter(|premium| **premium > 0.0).count(),
            premiums,
        })
    }
}

/// Networks when a state stays out over those when it joins, minus 1.
fn premium_of((out, inside): (f64, f64)) -> Option<f64> {
    (inside > 0.0).then(|| out / inside - 1.0)
}

/// Whether networks are there when a state stays out, and none to divide them by when it joins.
fn is_endless((out, inside): (f64, f64)) -> bool {
    out > 0.0 && inside <= 0.0
}

/// The mean of each side; none of no pairs.
fn means_of(pairs: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let (out, inside): (Vec<f64>, Vec<f64>) = pairs.unzip();
    mean(&out).zip(mean(&inside))
}

/// Why there is no result.
#[derive(Debug)]
pub enum NoPremium {
    /// The scenario cannot be put together so.
    Problems(Problems),
    /// A run stopped.
    Stopped(Stopped),
}

/// Runs the study; `standing` is told each run that ended, and how wide the interval of the last step of the curve is by the
/// seeds of the batches before.
///
/// # Errors
/// When the scenario does not hold together with some of its states in the place of another, or a run stops for another
/// reason than interruption, or is interrupted before all runs of one seed are there.
pub fn premium(
    pair: &mut Pair,
    seeds: &[u64],
    pool: &Pool<'_>,
    standing: &mut dyn FnMut(Standing),
) -> Result<Premium, NoPremium> {
    let mut made = Made::new(pair);
    let runs = seeds.len() * made.of_a_seed();
    let mut ended = Ok(());
    let mut width = None;
    for seeds in seeds.chunks(BATCH) {
        let (jobs, members) = jobs(pair, seeds, &made.counts).map_err(NoPremium::Problems)?;
        made.members.extend(members);
        ended = pool.each(&jobs, &based, &mut |_, based| {
            let (based, digest) = based;
            made.based.push(based);
            made.digests.push(digest);
            standing(Standing { runs: made.based.len(), of: runs, at_most: false, width });
            ControlFlow::Continue(())
        });
        if ended.is_err() {
            break;
        }
        width = made.width();
    }
    let whole = made.seeds();
    let ended = match ended {
        Ok(()) => Ended::Complete,
        Err(Stopped::Interrupted { .. }) if whole > 0 => Ended::Interrupted,
        Err(stopped) => return Err(NoPremium::Stopped(stopped)),
    };
    let steps = (0..made.counts.len()).map(|place| made.step(place)).collect();
    let digest = digest_of(made.digests.iter().take(whole * made.of_a_seed()).copied());
    Ok(Premium { state: made.state, seeds: seeds[..whole].to_vec(), steps, ended, digest })
}

/// The runs that were made.
struct Made {
    state: StateId,
    states: usize,
    /// How many of the others have joined, by step of the curve.
    counts: Vec<usize>,
    /// Networks based in each state: by seed, then step, then out and in.
    based: Vec<Vec<f64>>,
    /// The digests of these runs.
    digests: Vec<Digest>,
    /// Who of the others has joined: by seed, then step.
    members: Vec<Vec<StateId>>,
}

impl Made {
    fn new(pair: &Pair) -> Self {
        let states = pair.scenario.plan.library.states().len();
        Self {
            state: pair.state(),
            states,
            counts: counts(pair.others().len()),
            based: Vec::new(),
            digests: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Runs of each seed.
    fn of_a_seed(&self) -> usize {
        self.counts.len() * 2
    }

    /// Seeds of which all runs are made.
    fn seeds(&self) -> usize {
        self.based.len() / self.of_a_seed()
    }

    /// Networks based in each state, of one run: `joins` is 0 or 1.
    fn run(&self, seed: usize, step: usize, joins: usize) -> &[f64] {
        &self.based[seed * self.of_a_seed() + step * 2 + joins]
    }

    /// By seed: networks based in the state when it stays out, and when it joins.
    fn pairs(&self, step: usize) -> Vec<(f64, f64)> {
        let of = |seed: usize| [0, 1].map(|joins| self.run(seed, step, joins)[self.state.index()]);
        (0..self.seeds()).map(of).map(|[out, inside]| (out, inside)).collect()
    }

    /// How wide the interval of the last step is.
    fn width(&self) -> Option<f64> {
        let premiums: Vec<f64> = self.pairs(self.counts.len() - 1).into_iter().filter_map(premium_of).collect();
        bootstrap::students(&premiums).map(|interval| interval.width())
    }

    /// By how many networks those of the others that have joined fall, and those of the world, added up over the seeds: the
    /// ratio of one seed alone is mostly noise.
    fn falls(&self, step: usize) -> (f64, f64) {
        let (mut of_members, mut of_world) = (0.0, 0.0);
        for seed in 0..self.seeds() {
            let fall = |place: usize| self.run(seed, 0, 0)[place] - self.run(seed, step, 0)[place];
            let members = &self.members[seed * self.counts.len() + step];
            of_members += members.iter().map(|member| fall(member.index())).sum::<f64>();
            of_world += (0..self.states).map(fall).sum::<f64>();
        }
        (of_members, of_world)
    }

    fn step(&self, place: usize) -> Step {
        let (joined, others) = (self.counts[place], self.states - 1);
        let pairs = self.pairs(place);
        let premiums: Vec<Option<f64>> = pairs.iter().copied().map(premium_of).collect();
        let defined: Vec<f64> = premiums.iter().copied().flatten().collect();
        let defining = pairs.iter().copied().filter(|pair| premium_of(*pair).is_some());
        let based = means_of(defining).or_else(|| means_of(pairs.iter().copied())).unwrap_or_default();
        let above = defined.iter().filter(|premium| **premium > 0.0).count();
        let (of_members, of_world) = self.falls(place);
        Step {
            joined,
            share: (joined * 100 + others / 2).checked_div(others).unwrap_or(0),
            based,
            endless: pairs.iter().filter(|pair| is_endless(**pair)).count(),
            premium: mean(&defined),
            interval: bootstrap::students(&defined).map(|interval| interval.within(POSSIBLE)),
            above_zero: if defined.is_empty() { 0.0 } else { float(above) / float(defined.len()) },
            premiums,
            leakage: spread::leakage(of_members, of_world),
            members_fall: of_members / float(self.seeds()),
        }
    }
}

/// How many of so many others are run: those of the shares, rounded, each once.
fn counts(others: usize) -> Vec<usize> {
    let mut counts = SHARES.map(|share| (others * share + 50) / 100).to_vec();
    counts.dedup();
    counts
}

/// By seed, then share, then out and in; and who of the others has joined, by seed and share. Plans of the same others
/// joined are put together once.
fn jobs(pair: &mut Pair, seeds: &[u64], counts: &[usize]) -> Result<(Vec<Job>, Vec<Vec<StateId>>), Problems> {
    let mut plans: BTreeMap<Vec<StateId>, [Arc<Plan>; 2]> = BTreeMap::new();
    let mut jobs = Vec::with_capacity(seeds.len() * counts.len() * 2);
    let mut joined_by = Vec::with_capacity(seeds.len() * counts.len());
    for seed in seeds {
        let order = order(pair, *seed);
        for joined in counts {
            let mut members = order[..*joined].to_vec();
            members.sort_unstable();
            if !plans.contains_key(&members) {
                let [out, inside] = pair.plans(&members)?;
                plans.insert(members.clone(), [Arc::new(out), Arc::new(inside)]);
            }
            jobs.extend(plans[&members].iter().map(|plan| Job { plan: Arc::clone(plan), seed: *seed }));
            joined_by.push(members);
        }
    }
    Ok((jobs, joined_by))
}

/// Networks based in each state, means over the month-ends of the last year; and what identifies the run.
fn based(plan: &Plan, outcome: Outcome) -> (Vec<f64>, Digest) {
    let based = |state| outcome.tally.panel.based_in_last_year(&[state]).unwrap_or_default();
    (plan.library.state_ids().map(based).collect(), outcome.digest)
}

/// The order in which the others join: each in proportion to nothing but chance, keyed by seed and state.
fn order(pair: &Pair, seed: u64) -> Vec<StateId> {
    let streams = Streams::new(seed);
    let draw = |state: StateId| streams.stream(Purpose::OrderOfJoining, key_of(pair.code(state)), 0).unit();
    let mut drawn: Vec<(f64, StateId)> = pair.others().iter().map(|state| (draw(*state), *state)).collect();
    drawn.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    drawn.into_iter().map(|(_, state)| state).collect()
}

#[cfg(test)]
mod tests {
    use super::{Measured, PairPremium, Quantity, counts};
    use crate::base::Digest;
    use crate::study::outcome::OUTCOMES;

    #[test]
    fn the_networks_are_those_of_the_seeds_that_give_a_premium() {
        let run = |networks: f64| {
            let mut values = [None; OUTCOMES];
            values[Quantity::named("state_networks").expect("one of the list").index()] = Some(networks);
            Measured { values, havens: Vec::new(), days: 1_000, states: 8, digest: Digest::default() }
        };
        let [out, inside] = [[6.0, 9.0, 30.0, 0.0], [2.0, 3.0, 0.0, 0.0]].map(|side| side.map(run));
        let found = PairPremium::of(&out, &inside, 1).expect("two seeds give one");
        assert_eq!((found.pairs, found.based, found.endless), (2, (7.5, 2.5), 1));
        assert!((found.premium - 2.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn no_number_of_others_is_run_twice() {
        assert_eq!(counts(7), [0, 2, 4, 5, 6, 7]);
        assert_eq!(counts(5), [0, 1, 3, 4, 5], "nine tenths of five are all of them");
        assert_eq!(counts(1), [0, 1]);
        assert_eq!(counts(0), [0]);
    }
}
