//! Many runs on the direct transport, in any number of threads: results come in the order of the jobs, whatever
//! thread ran them and in whatever order they ended.
//!
//! Deliberately absent: what is made of the results; see the studies beside it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::engine::{self, Outcome, Plan, Stopped};
use crate::transport::Direct;

/// One run to be made.
#[derive(Clone, Debug)]
pub struct Job {
    /// What to run; its own seed is not used.
    pub plan: Arc<Plan>,
    /// The seed in its place.
    pub seed: u64,
}

/// Who runs, and when to stop.
#[derive(Clone, Copy, Debug)]
pub struct Pool<'a> {
    /// Threads; at least one runs.
    pub threads: usize,
    /// When set, runs under way end after the day they are in, and no other begins.
    pub interrupt: &'a AtomicBool,
}

impl Pool<'_> {
    /// Runs the jobs. `measure` makes of each run what is wanted of it, on the thread that ran it; `finished` is told
    /// that in the order of the jobs, as soon as all before it are there, so that memory does not grow with their number.
    /// It may end the whole by breaking.
    ///
    /// # Errors
    /// The first run, in the order of the jobs, that stopped: by interruption, a limit or a broken rule. `finished` was
    /// told of every job before it.
    ///
    /// # Panics
    /// When `measure` does.
    pub fn each<T: Send>(
        &self,
        jobs: &[Job],
        measure: &(dyn Fn(&Plan, Outcome) -> T + Sync),
        finished: &mut dyn FnMut(usize, T) -> ControlFlow<()>,
    ) -> Result<(), Stopped> {
        self.work(jobs, &|job| self.one(job, measure), finished)
    }

    /// The same with jobs of any kind: `one` does one of them, on one of the threads.
    ///
    /// # Errors
    /// The first, in the order of the jobs, that `one` gave.
    ///
    /// # Panics
    /// When `one` does.
    pub fn work<J: Sync, T: Send, E: Send>(
        &self,
        jobs: &[J],
        one: &(dyn Fn(&J) -> Result<T, E> + Sync),
        finished: &mut dyn FnMut(usize, T) -> ControlFlow<()>,
    ) -> Result<(), E> {
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        std::thread::scope(|scope| {
            for _ in 0..self.threads.clamp(1, jobs.len().max(1)) {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    let _stops_others = OnPanic(|| next.store(jobs.len(), Ordering::Relaxed));
                    while let Some((index, job)) = claim(jobs, next) {
                        let result = one(job);
                        let failed = result.is_err();
                        // Nobody listens any more once the whole has ended.
                        if sender.send((index, result)).is_err() || failed {
                            next.store(jobs.len(), Ordering::Relaxed);
                        }
                    }
                });
            }
            drop(sender);
            in_order(receiver, finished)
        })
    }

    /// The same with all results kept; `done` is told how many there are, of how many.
    ///
    /// # Errors
    /// As [`Self::each`].
    pub fn all<T: Send>(
        &self,
        jobs: &[Job],
        measure: &(dyn Fn(&Plan, Outcome) -> T + Sync),
        done: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<T>, Stopped> {
        let mut results = Vec::with_capacity(jobs.len());
        self.each(jobs, measure, &mut |index, result| {
            results.push(result);
            done(index + 1, jobs.len());
            ControlFlow::Continue(())
        })?;
        Ok(results)
    }

    /// One job on this thread.
    pub(super) fn one<T>(&self, job: &Job, measure: &(dyn Fn(&Plan, Outcome) -> T + Sync)) -> Result<T, Stopped> {
        let plan = Plan { seed: job.seed, ..Plan::clone(&job.plan) };
        let outcome = engine::run(&plan, &mut Direct::of(&plan), &mut (), self.interrupt)?;
        Ok(measure(&plan, outcome))
    }
}

fn claim<'a, J>(jobs: &'a [J], next: &AtomicUsize) -> Option<(usize, &'a J)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(index).map(|job| (index, job))
}

/// Tells results in the order of the jobs.
fn in_order<T, E>(
    receiver: mpsc::Receiver<(usize, Result<T, E>)>,
    finished: &mut dyn FnMut(usize, T) -> ControlFlow<()>,
) -> Result<(), E> {
    let mut line = InLine::default();
    for (index, result) in receiver {
        line.add(index, result);
        while let Some((told, result)) = line.next() {
            if finished(told, result?).is_break() {
                return Ok(());
            }
        }
    }
    // Jobs are claimed in their order, so that whatever is missing was stopped, and says why.
    line.waiting.into_values().find_map(Result::err).map_or(Ok(()), Err)
}

/// What comes in any order, and goes on in that of its numbers. What waits for an earlier one is little: as many as the other
/// threads end while that one runs.
pub(super) struct InLine<T> {
    waiting: BTreeMap<usize, T>,
    next: usize,
}

impl<T> Default for InLine<T> {
    fn default() -> Self {
        Self { waiting: BTreeMap::new(), next: 0 }
    }
}

impl<T> InLine<T> {
    /// Takes one in.
    pub(super) fn add(&mut self, number: usize, value: T) {
        self.waiting.insert(number, value);
    }

    /// The next one, with its number, if it has come.
    pub(super) fn next(&mut self) -> Option<(usize, T)> {
        let value = self.waiting.remove(&self.next)?;
        self.next += 1;
        Some((self.next - 1, value))
    }
}

/// Does something when its thread panics: tells the others to begin nothing more.
pub(super) struct OnPanic<F: Fn()>(pub(super) F);

impl<F: Fn()> Drop for OnPanic<F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            (self.0)();
        }
    }
}

/// Seeds from this one on.
#[must_use]
pub fn seeds_from(first: u64, count: usize) -> Vec<u64> {
    (first..=u64::MAX).take(count).collect()
}
