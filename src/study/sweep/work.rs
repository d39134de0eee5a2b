//! One shard of a sweep, worked off into a folder: what is there is skipped, what is new appears part by part.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::columns::Stopped;
use super::execute::execute;
use super::part;
use super::plan::Sweep;
use super::precision::Precision;
use super::results::{Results, take};
use super::shard::Shard;
use crate::study::Standing;

/// Runs of a part, unless told otherwise: few enough to be written in a moment, many enough that a million runs are a
/// thousand files.
pub const PART_RUNS: u32 = 1_000;
/// A part is written with the first run that ends so long after the last part: what a kill costs, beside runs under way.
pub const PART_TIME: Duration = Duration::from_mins(1);

/// How a shard is worked off.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// Which.
    pub shard: Shard,
    /// Threads.
    pub threads: usize,
    /// Most runs of a part.
    pub part_runs: u32,
    /// Go on with parts of another build.
    pub any_build: bool,
    /// When set, runs under way end, are written, and no other begins.
    pub interrupt: &'a AtomicBool,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Runs that were there already.
    pub found: u64,
    /// Runs made now.
    pub made: u64,
    /// Runs of the shard that are missing still.
    pub missing: u64,
    /// Those made now that did not reach their end.
    pub stopped: Stopped,
    /// Damaged parts that were put out of the way.
    pub damaged: usize,
}

/// Why a shard was not worked off.
#[derive(Debug)]
pub enum NoWork {
    /// Another process has it.
    Taken,
    /// The folder has parts of another plan.
    Strange(PathBuf),
    /// The folder has parts of another build.
    OtherBuild(PathBuf, String),
    /// The disk.
    Disk(io::Error),
}

impl From<io::Error> for NoWork {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// Works a shard off. `standing` is told how many of its runs are there, and how closely those made now tell mean impunity.
///
/// # Errors
/// Before anything runs: another process, another plan, another build. Later: the disk.
pub fn work(sweep: &Sweep, folder: &Path, how: How<'_>, standing: &mut dyn FnMut(Standing)) -> Result<Done, NoWork> {
    let Some(_held) = take(folder, how.shard)? else { return Err(NoWork::Taken) };
    let plan = sweep.digest();
    let results = Results::find(folder, &plan, sweep.runs(), &mut |_, _| {})?;
    if let Some((path, _)) = results.strange.first() {
        return Err(NoWork::Strange(path.clone()));
    }
    if let Some((path, build)) = results.other_builds.first().filter(|_| !how.any_build) {
        return Err(NoWork::OtherBuild(path.clone(), build.clone()));
    }
    let damaged = results.set_aside()?;
    let missing = results.missing(how.shard);
    let all = how.shard.count(0..sweep.runs());
    let found = all - missing;
    let mut tell = |there: u64, width| {
        let place = |runs: u64| usize::try_from(runs).unwrap_or(usize::MAX);
        standing(Standing { runs: place(there), of: place(all), at_most: false, width });
    };
    tell(found, None);
    let mut precision = Precision::new(sweep, how.shard);
    let mut parts = Parts { folder, shard: how.shard, plan, rows: Vec::new(), began: now() };
    let (mut made, mut stopped) = (0, Stopped::default());
    let mut failed = None;
    let wanted = |run: u64| how.shard.holds(run) && !results.is_done(run);
    execute(sweep, &wanted, how.threads, how.interrupt, &mut |run, cells| {
        let result = part::record(&cells).and_then(|record| parts.add(run, record, how.part_runs));
        made += 1;
        stopped.look_at(&cells);
        precision.look_at(run, &cells);
        tell(found + made, precision.width());
        match result {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = failed {
        return Err(NoWork::Disk(error));
    }
    parts.write()?;
    Ok(Done { found, made, missing: missing - made, stopped, damaged })
}

/// The part under way.
struct Parts<'a> {
    folder: &'a Path,
    shard: Shard,
    plan: crate::base::Digest,
    rows: Vec<(u64, Vec<u8>)>,
    began: Instant,
}

#[expect(clippy::disallowed_methods, reason = "the clock says when rows are written, never what they say")]
fn now() -> Instant {
    Instant::now()
}

impl Parts<'_> {
    fn add(&mut self, run: u64, record: Vec<u8>, most: u32) -> io::Result<()> {
        self.rows.push((run, record));
        if self.rows.len() >= most as usize || now().duration_since(self.began) >= PART_TIME {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        self.began = now();
        if self.rows.is_empty() {
            return Ok(());
        }
        self.rows.sort_unstable_by_key(|(run, _)| *run);
        part::publish(self.folder, &self.plan, self.shard, &self.rows)?;
        self.rows.clear();
        Ok(())
    }
}
