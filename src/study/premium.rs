//! The haven premium: how many more networks are settled in a state when it stays out than when it joins, and how
//! that depends on how many of the others have joined.
//!
//! Two runs of one seed that differ by that state's part in two variants of the scenario alone. Which of the others
//! have joined is an order drawn for each seed: with a greater share the same ones have joined, and more.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use super::interval::{Interval, float};
use crate::base::{Problems, Purpose, StateId, Streams};
use crate::engine::{self, Observer, Plan, Stopped, spread};
use crate::scenario::Pair;
use crate::transport::{Direct, Options};

/// Per cent of the other states that have joined, in the order of the curve.
pub const SHARES: [usize; 6] = [0, 25, 50, 75, 90, 100];
/// Seeds of one study: with a few seconds a run, more would take a day, and intervals are narrow long before.
pub const MOST_SEEDS: usize = 1_000;

/// One share of the curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Per cent of the other states.
    pub share: usize,
    /// How many that are.
    pub joined: usize,
    /// Networks based in the state in the last year of the run when it stays out, and when it joins: means over seeds.
    pub based: (f64, f64),
    /// By seed, in order: the first over the second, minus 1.
    pub premiums: Vec<f64>,
    /// Their mean and its 95 % interval; none where no seed gives one.
    pub premium: Option<Interval>,
    /// Part of the pairs with a premium above 0.
    pub above_zero: f64,
    /// Leakage from the others that have joined, the state staying out: against the run of the same seed in which none
    /// has. None for nobody joined, and where their networks do not fall on the mean.
    pub leakage: Option<f64>,
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
}

/// Why there is no result.
#[derive(Debug)]
pub enum NoPremium {
    /// The scenario cannot be put together so.
    Problems(Problems),
    /// A run stopped.
    Stopped(Stopped),
}

/// One run: its plan and seed, and the others that have joined in it.
struct Job {
    plan: Arc<Plan>,
    seed: u64,
    members: Arc<Vec<StateId>>,
}

/// What a study needs of a run: networks based in the state, in the members, in the world.
#[derive(Clone, Debug)]
struct Based {
    /// Mean over the month-ends of the last year, by state.
    by_state: Vec<f64>,
}

/// Runs the study in so many threads; `done` is told each run that ended.
///
/// # Errors
/// When the scenario does not hold together with some of its states in the place of another, or a run stops.
pub fn premium(
    pair: &mut Pair,
    seeds: &[u64],
    threads: usize,
    interrupt: &AtomicBool,
    done: &mut dyn FnMut(usize, usize),
) -> Result<Premium, NoPremium> {
    let state = pair.state();
    let jobs = jobs(pair, seeds).map_err(NoPremium::Problems)?;
    let results = all(&jobs, threads, interrupt, done).map_err(NoPremium::Stopped)?;
    let states = jobs[0].plan.library.states().len();
    let steps = SHARES.iter().enumerate().map(|(index, share)| {
        let of = |seed: usize, joins: usize| &results[(seed * SHARES.len() + index) * 2 + joins].by_state;
        let pairs: Vec<(f64, f64)> =
            (0..seeds.len()).map(|seed| (of(seed, 0)[state.index()], of(seed, 1)[state.index()])).collect();
        let premiums: Vec<f64> =
            pairs.iter().filter(|(_, inside)| *inside > 0.0).map(|(out, inside)| out / inside - 1.0).collect();
        let mean = |side: fn(&(f64, f64)) -> f64| pairs.iter().map(side).sum::<f64>() / float(pairs.len());
        let above = premiums.iter().filter(|premium| **premium > 0.0).count();
        // Falls are summed over seeds before they are compared: the ratio of one seed alone is mostly noise.
        let mut falls = (0.0, 0.0);
        for seed in 0..seeds.len() {
            let job = &jobs[(seed * SHARES.len() + index) * 2];
            let none = &results[seed * SHARES.len() * 2].by_state;
            let fall = |of_states: &mut dyn Iterator<Item = usize>| -> f64 {
                of_states.map(|place| none[place] - of(seed, 0)[place]).sum()
            };
            falls.0 += fall(&mut job.members.iter().map(|member| member.index()));
            falls.1 += fall(&mut (0..states));
        }
        Step {
            share: *share,
            joined: joined(*share, states - 1),
            based: (mean(|pair| pair.0), mean(|pair| pair.1)),
            premium: Interval::of(&premiums),
            above_zero: if premiums.is_empty() { 0.0 } else { float(above) / float(premiums.len()) },
            premiums,
            leakage: spread::leakage(falls.0, falls.1),
        }
    });
    Ok(Premium { state, seeds: seeds.to_vec(), steps: steps.collect() })
}

/// So many per cent of the others, rounded.
fn joined(share: usize, others: usize) -> usize {
    (others * share + 50) / 100
}

/// By seed, then share, then out and in. Plans of the same others joined are put together once.
fn jobs(pair: &mut Pair, seeds: &[u64]) -> Result<Vec<Job>, Problems> {
    let mut plans: BTreeMap<Vec<StateId>, [Arc<Plan>; 2]> = BTreeMap::new();
    let mut jobs = Vec::with_capacity(seeds.len() * SHARES.len() * 2);
    for seed in seeds {
        let order = order(pair.others(), *seed);
        for share in SHARES {
            let mut members = order[..joined(share, order.len())].to_vec();
            members.sort_unstable();
            if !plans.contains_key(&members) {
                let [out, inside] = pair.plans(&members)?;
                plans.insert(members.clone(), [Arc::new(out), Arc::new(inside)]);
            }
            let both = &plans[&members];
            let members = Arc::new(members);
            jobs.extend(both.iter().map(|plan| Job {
                plan: Arc::clone(plan),
                seed: *seed,
                members: Arc::clone(&members),
            }));
        }
    }
    Ok(jobs)
}

/// The order in which the others join: each in proportion to nothing but chance, keyed by seed and state.
fn order(others: &[StateId], seed: u64) -> Vec<StateId> {
    let streams = Streams::new(seed);
    let mut drawn: Vec<(f64, StateId)> = others
        .iter()
        .map(|state| (streams.stream(Purpose::OrderOfJoining, u64::from(state.0), 0).unit(), *state))
        .collect();
    drawn.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    drawn.into_iter().map(|(_, state)| state).collect()
}

/// Runs all jobs; results stand in the order of the jobs, whatever thread ran them.
fn all(
    jobs: &[Job],
    threads: usize,
    interrupt: &AtomicBool,
    done: &mut dyn FnMut(usize, usize),
) -> Result<Vec<Based>, Stopped> {
    let next = AtomicUsize::new(0);
    let mut results: Vec<Option<Based>> = vec![None; jobs.len()];
    let (sender, receiver) = mpsc::channel();
    let mut stopped = None;
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some((index, job)) = claim(jobs, next) {
                    let result = one(job, interrupt);
                    let failed = result.is_err();
                    // Nobody listens any more once another run has stopped.
                    if sender.send((index, result)).is_err() || failed {
                        next.store(jobs.len(), Ordering::Relaxed);
                    }
                }
            });
        }
        drop(sender);
        let mut ended = 0;
        for (index, result) in receiver {
            match result {
                Ok(based) => results[index] = Some(based),
                Err(error) => stopped = Some(error),
            }
            ended += 1;
            done(ended, jobs.len());
        }
    });
    stopped.map_or_else(|| Ok(results.into_iter().flatten().collect()), Err)
}

fn claim<'a>(jobs: &'a [Job], next: &AtomicUsize) -> Option<(usize, &'a Job)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(index).map(|job| (index, job))
}

fn one(job: &Job, interrupt: &AtomicBool) -> Result<Based, Stopped> {
    let plan = Plan { seed: job.seed, ..Plan::clone(&job.plan) };
    let opened = Direct::open(Arc::clone(&plan.library), plan.offices(), &Options::default());
    let mut nodes = opened.expect("a plan has as many offices as states");
    let outcome = engine::run(&plan, &mut nodes, &mut Vec::<Box<dyn Observer>>::new(), interrupt)?;
    let based = |state| outcome.tally.panel.based_in_last_year(&[state]).unwrap_or_default();
    Ok(Based { by_state: plan.library.state_ids().map(based).collect() })
}
