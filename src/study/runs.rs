//! Many runs on the direct transport, in any number of threads: results come in the order of the jobs, whatever
//! thread ran them and in whatever order they ended.
//!
//! Deliberately absent: what is made of the results; see the studies beside it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::Scope;

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
            let work = || {
                let (sender, next) = (sender.clone(), &next);
                move || {
                    let _stops_others = OnPanic(|| next.store(jobs.len(), Ordering::Relaxed));
                    while let Some((index, job)) = claim(jobs, next) {
                        let result = one(job);
                        let failed = result.is_err();
                        // Nobody listens any more once the whole has ended.
                        if sender.send((index, result)).is_err() || failed {
                            next.store(jobs.len(), Ordering::Relaxed);
                        }
                    }
                }
            };
            if spawn(scope, self.threads.clamp(1, jobs.len().max(1)), work) == 0 {
                let here = std::iter::from_fn(|| claim(jobs, &next).map(|(index, job)| (index, one(job))));
                return in_order(here, finished);
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

/// How many threads the machine runs at once, as far as this process may have them.
#[must_use]
pub fn threads_of_the_machine() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// What becomes of each of some things, in their order: on as many threads as the machine has, where they are more than one.
///
/// # Panics
/// When `one` does.
pub fn side_by_side<J: Sync, T: Send>(things: &[J], one: &(dyn Fn(&J) -> T + Sync)) -> Vec<T> {
    let threads = threads_of_the_machine().get().min(things.len());
    if threads < 2 {
        return things.iter().map(one).collect();
    }
    let mut results = Vec::with_capacity(things.len());
    let pool = Pool { threads, interrupt: &AtomicBool::new(false) };
    let Ok(()) = pool.work(things, &|thing| Ok::<T, Infallible>(one(thing)), &mut |_, result| {
        results.push(result);
        ControlFlow::Continue(())
    });
    results
}

/// Begins so many threads that do the same work, or as many of them as the system has: how many. Where it has none, the
/// caller does the work.
pub(super) fn spawn<'scope, W: FnOnce() + Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    threads: usize,
    work: impl Fn() -> W,
) -> usize {
    for begun in 0..threads {
        if let Err(error) = std::thread::Builder::new().spawn_scoped(scope, work()) {
            tracing::warn!(%error, "{begun} of {threads} threads: the system has no more");
            return begun;
        }
    }
    threads
}

fn claim<'a, J>(jobs: &'a [J], next: &AtomicUsize) -> Option<(usize, &'a J)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(index).map(|job| (index, job))
}

/// Tells results in the order of the jobs.
fn in_order<T, E>(
    results: impl IntoIterator<Item = (usize, Result<T, E>)>,
    finished: &mut dyn FnMut(usize, T) -> ControlFlow<()>,
) -> Result<(), E> {
    let mut line = InLine::default();
    for (index, result) in results {
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

#[cfg(test)]
mod tests {
    use super::{AtomicBool, ControlFlow, Pool};

    /// In a child of its own, which can have no thread at all: their stacks are to be larger than there are addresses.
    #[test]
    fn where_the_system_has_no_threads_the_caller_works() {
        const STACK: &str = "RUST_MIN_STACK";
        const TOO_LARGE: &str = "1125899906842624";
        const NAME: &str = "study::runs::tests::where_the_system_has_no_threads_the_caller_works";
        #[expect(clippy::disallowed_methods, reason = "whether this is the child")]
        let is_child = std::env::var(STACK).is_ok_and(|stack| stack == TOO_LARGE);
        if is_child {
            std::thread::Builder::new().spawn(|| {}).expect_err("there are no threads");
            let pool = Pool { threads: 4, interrupt: &AtomicBool::new(false) };
            let mut told = Vec::new();
            let square = |job: &u64| if *job < 7 { Ok(job * job) } else { Err(*job) };
            let mut tell = |index, square| {
                told.push((index, square));
                ControlFlow::Continue(())
            };
            assert_eq!(pool.work(&[2, 3, 9, 5, 8], &square, &mut tell), Err(9));
            assert_eq!(told, [(0, 4), (1, 9)]);
            return;
        }
        let mut child = std::process::Command::new(std::env::current_exe().expect("this program"));
        child.args(["--exact", NAME, "--test-threads", "1"]).env(STACK, TOO_LARGE);
        let output = child.output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
}
