//! What lies in a folder of results: whole parts of the plan, damaged ones, strange ones; which runs are done.

use std::collections::BTreeSet;
use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};

use fs_err::{self as fs, File};

use super::BUILD;
use super::part::{self, ENDING, Header, Part};
use super::shard::Shard;
use super::unfinished::{UNFINISHED, is_left_behind};
use crate::base::Digest;

/// A folder of results as it was found.
#[derive(Clone, Debug)]
pub struct Results {
    /// Whole parts, in order of name, without their rows.
    pub parts: Vec<(PathBuf, Header)>,
    /// Parts that are damaged, and why.
    pub damaged: Vec<(PathBuf, String)>,
    /// Parts of other plans.
    pub strange: Vec<(PathBuf, String)>,
    /// Parts that another build ran.
    pub other_builds: Vec<(PathBuf, String)>,
    /// Which runs are done.
    done: Vec<bool>,
}

impl Results {
    /// Looks through a folder for the parts of a plan of so many runs; `each` is given every whole part of the plan. A
    /// folder that is not there has no parts.
    ///
    /// # Errors
    /// When the folder cannot be listed, or a part in it not be read.
    ///
    /// # Panics
    /// Never: rows beyond the plan are sorted out first.
    pub fn find(folder: &Path, plan: &Digest, runs: u64, each: &mut dyn FnMut(&Path, &Part)) -> io::Result<Self> {
        let runs = usize::try_from(runs).map_err(io::Error::other)?;
        let mut found = Self {
            parts: Vec::new(),
            damaged: Vec::new(),
            strange: Vec::new(),
            other_builds: Vec::new(),
            done: vec![false; runs],
        };
        for path in names(folder, ENDING)? {
            let part = match part::read(&path)? {
                Some(Ok(part)) => part,
                Some(Err(why)) => {
                    found.damaged.push((path, why));
                    continue;
                }
                // Another shard has put it aside since it was listed.
                None => continue,
            };
            if part.header.plan != plan.to_string() {
                found.strange.push((path, part.header.plan));
                continue;
            }
            if part.header.last >= runs as u64 {
                found.damaged.push((path, "it has runs that the plan has not".to_owned()));
                continue;
            }
            if part.header.build != BUILD {
                found.other_builds.push((path.clone(), part.header.build.clone()));
            }
            for row in &part.rows {
                found.done[usize::try_from(row.run).expect("below the number of runs")] = true;
            }
            each(&path, &part);
            found.parts.push((path, part.header));
        }
        Ok(found)
    }

    /// Whether a run is done.
    #[must_use]
    pub fn is_done(&self, run: u64) -> bool {
        usize::try_from(run).ok().and_then(|run| self.done.get(run)).is_some_and(|done| *done)
    }

    /// How many runs are done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.iter().filter(|done| **done).count() as u64
    }

    /// How many of a shard are missing.
    #[must_use]
    pub fn missing(&self, shard: Shard) -> u64 {
        (0..self.done.len() as u64).filter(|run| shard.holds(*run) && !self.is_done(*run)).count() as u64
    }

    /// The shards, of so many, that have a run missing.
    ///
    /// # Panics
    /// When that is 0 shards.
    #[must_use]
    pub fn open_shards(&self, of: u32) -> Vec<u32> {
        let missing = (0..self.done.len() as u64).filter(|run| !self.is_done(*run));
        let shards: BTreeSet<u32> =
            missing.map(|run| u32::try_from(run % u64::from(of)).expect("below a number of 32 bits") + 1).collect();
        shards.into_iter().collect()
    }

    /// Puts damaged parts out of the way, under a name that nobody takes for a part; how many. Other shards may do the same
    /// at once: a part that is gone by now is done with, and one that was made anew since is none of the damaged.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn set_aside(&self) -> io::Result<usize> {
        let mut aside = 0;
        for (path, _) in &self.damaged {
            let is_whole = |part: Part| part.header.last < self.done.len() as u64;
            if part::read(path)?.is_none_or(|found| found.is_ok_and(is_whole)) {
                continue;
            }
            match fs::rename(path, path.with_extension("damaged")) {
                Ok(()) => aside += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(aside)
    }

    /// Into how many shards the plan was cut by whoever wrote the parts: the most that any names.
    #[must_use]
    pub fn cut_into(&self) -> u32 {
        let of = |header: &Header| header.shard.parse::<Shard>().ok().map(|shard| shard.of);
        self.parts.iter().filter_map(|(_, header)| of(header)).max().unwrap_or(1)
    }
}

/// Takes a shard for this process until the file is dropped, and removes what a killed process of the same shard left
/// half written long ago. None when another process has it. Where the disk knows no locks, or keeps those of each machine
/// apart, two processes of one shard do the same work twice, and no harm: what was begun of late may be another's, and stays.
///
/// # Errors
/// When the disk does not take it.
pub fn take(folder: &Path, shard: Shard) -> io::Result<Option<File>> {
    #[expect(clippy::disallowed_methods, reason = "an empty file that is locked, never read")]
    let file = File::create(folder.join(format!("shard-{}-of-{}.lock", shard.number, shard.of)))?;
    match file.file().try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(Some(file)),
        Err(TryLockError::Error(error)) => return Err(error),
        Ok(()) => {}
    }
    let left = part::unfinished_of(&shard.to_string());
    for path in names(folder, UNFINISHED)? {
        if path.to_string_lossy().ends_with(&left) && is_left_behind(&path) {
            // Another process of this shard may be removing it now.
            drop(fs::remove_file(path));
        }
    }
    Ok(Some(file))
}

/// Files of a folder with an ending, in order of name.
fn names(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    #[expect(clippy::disallowed_methods, reason = "sorted below")]
    let entries = fs::read_dir(folder)?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == ending) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::{Digest, Results, Shard, fs};
    use crate::study::sweep::part;

    /// What another shard put aside, or made anew, between the look and the deed.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "damages files")]
    fn parts_that_others_dealt_with_are_left_to_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let plan = Digest::of(b"plan");
        let publish = |run: u64| {
            let rows = [(run, format!("{run},x\n").into_bytes())];
            part::publish(folder.path(), &plan, Shard::WHOLE, &rows).expect("written")
        };
        let parts = [publish(0), publish(1), publish(2), publish(7)];
        for path in &parts[..3] {
            std::fs::write(path, "damaged").expect("written");
        }
        let found = Results::find(folder.path(), &plan, 3, &mut |_, _| {}).expect("listed");
        assert_eq!(found.damaged.len(), 4, "the last has a run that the plan has not");
        fs::rename(&parts[0], parts[0].with_extension("damaged")).expect("by another shard");
        assert_eq!(publish(1), parts[1], "made anew");
        assert_eq!(found.set_aside().expect("no trouble"), 2);
        assert_eq!(parts.map(|path| path.exists()), [false, true, false, false]);
    }
}
