//! Runs of a sweep on threads. Rows come as runs end, in no order; what they say depends on their number alone.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use super::columns::{Came, haven_place, row};
use super::plan::{Run, Sweep, set};
use crate::base::{Digest, StateId};
use crate::engine::Plan;
use crate::scenario::Template;
use crate::study::Measured;
use crate::study::runs::{InLine, Job, OnPanic, Pool, spawn};
use crate::tables::Cell;

/// Scenarios kept put together. Most studies have fewer variants and points; the others put each together anew, which
/// takes less than its run.
const KEPT: usize = 64;

/// A scenario put together at a point.
#[derive(Clone)]
struct Prepared {
    plan: Arc<Plan>,
    digest: Digest,
    state: Option<StateId>,
}

/// Scenarios by variant and point; none are kept of a sweep with more than [`KEPT`].
type Kept = Mutex<BTreeMap<(usize, usize), Result<Prepared, String>>>;

/// Runs every run that is wanted. `told` is given each row, on the calling thread, and may break the whole off. When
/// `interrupt` is set, runs under way end and no other begins. True when every wanted run was told.
///
/// # Panics
/// When a run does: that is a mistake of ours.
pub fn execute(
    sweep: &Sweep,
    wanted: &(dyn Fn(u64) -> bool + Sync),
    threads: usize,
    interrupt: &AtomicBool,
    told: &mut dyn FnMut(u64, Vec<Cell>) -> ControlFlow<()>,
) -> bool {
    let next = AtomicU64::new(0);
    let kept = Kept::default();
    let (sender, receiver) = mpsc::channel();
    let mut broken = false;
    std::thread::scope(|scope| {
        let rows = || {
            let (next, kept) = (&next, &kept);
            let mut template = None;
            move || {
                let run = claim(sweep, wanted, next, interrupt)?;
                let template = template.get_or_insert_with(|| sweep.template.clone());
                Some((run.number, row(sweep, run, came(sweep, template, run, kept))))
            }
        };
        let work = || {
            let (sender, next, mut rows) = (sender.clone(), &next, rows());
            move || {
                let _stops_others = OnPanic(|| next.store(u64::MAX, Ordering::Relaxed));
                while let Some(row) = rows() {
                    if sender.send(row).is_err() {
                        break;
                    }
                }
            }
        };
        let mut tell = |(number, cells)| {
            if told(number, cells).is_break() {
                broken = true;
                next.store(u64::MAX, Ordering::Relaxed);
            }
            if broken { None } else { Some(()) }
        };
        if spawn(scope, threads.max(1), work) == 0 {
            std::iter::from_fn(rows()).try_for_each(&mut tell);
        }
        drop(sender);
        receiver.into_iter().try_for_each(tell);
    });
    !broken && next.load(Ordering::Relaxed) >= sweep.runs()
}

/// Runs every run and tells the rows in order of their numbers. True when every one was told; after an interruption,
/// every row before the first that is missing was.
///
/// # Errors
/// The first that `told` gives.
pub fn in_order(
    sweep: &Sweep,
    threads: usize,
    interrupt: &AtomicBool,
    told: &mut dyn FnMut(&[Cell]) -> std::io::Result<()>,
) -> std::io::Result<bool> {
    let mut line = InLine::default();
    let mut failed = None;
    let complete = execute(sweep, &|_| true, threads, interrupt, &mut |number, cells| {
        line.add(usize::try_from(number).unwrap_or(usize::MAX), cells);
        while let Some((_, cells)) = line.next() {
            if let Err(error) = told(&cells) {
                failed = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    });
    failed.map_or(Ok(complete), Err)
}

/// The next run that is wanted.
fn claim(
    sweep: &Sweep,
    wanted: &(dyn Fn(u64) -> bool + Sync),
    next: &AtomicU64,
    interrupt: &AtomicBool,
) -> Option<Run> {
    loop {
        if interrupt.load(Ordering::Relaxed) {
            return None;
        }
        // Claimed by comparing, so that a broken-off sweep stays broken off.
        let number = next.load(Ordering::Relaxed);
        if number >= sweep.runs() {
            return None;
        }
        let claimed = next.compare_exchange_weak(number, number + 1, Ordering::Relaxed, Ordering::Relaxed);
        if claimed.is_ok() && wanted(number) {
            return Some(sweep.run(number));
        }
    }
}

fn came(sweep: &Sweep, template: &mut Template, run: Run, kept: &Kept) -> Came {
    let prepared = match prepared(sweep, template, run, kept) {
        Ok(prepared) => prepared,
        Err(why) => return Came::Stopped(why),
    };
    // A run under way is finished: it is what the row is about, and a part of a run is none.
    let never = AtomicBool::new(false);
    let pool = Pool { threads: 1, interrupt: &never };
    let job = Job { plan: prepared.plan, seed: sweep.seed_of(run) };
    match pool.one(&job, &|plan, outcome| Measured::of(plan, prepared.state, &outcome)) {
        Ok(measured) => Came::ToItsEnd {
            scenario: prepared.digest,
            haven_place: haven_place(&job.plan.library, &measured),
            measured: Box::new(measured),
        },
        Err(stopped) => Came::Stopped(stopped.to_string()),
    }
}

fn prepared(sweep: &Sweep, template: &mut Template, run: Run, kept: &Kept) -> Result<Prepared, String> {
    let keeps = sweep.points.len() * sweep.variants.len() <= KEPT;
    let key = (run.variant, run.point);
    if keeps && let Some(known) = kept.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return known.clone();
    }
    let values = sweep.values(run.point);
    let made = template.with(sweep.variants[run.variant].as_deref(), &set(&values)).map(|scenario| {
        let state = sweep.state.as_ref().and_then(|code| scenario.plan.library.state_coded(code));
        Prepared { plan: Arc::new(scenario.plan), digest: scenario.digest, state }
    });
    // The first problem in words: a row has room for one.
    let made = made.map_err(|problems| problems.0.first().map(|problem| problem.message.clone()).unwrap_or_default());
    if keeps {
        kept.lock().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
    }
    made
}
