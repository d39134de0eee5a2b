//! What is being written, under a name that no other process has until it is whole.
//!
//! The number of a process would not do: each machine, and each container, counts its own from 1, and a folder of results
//! is one for all of them. Nor does anything tell whether whoever began a file lives. So names are random, and what a killed
//! process left is known by its age alone.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use fs_err as fs;

use super::part::sync_folder;
use crate::reading::folder_of;

/// The ending while something is written.
pub const UNFINISHED: &str = "unfinished";

/// So old, it is nobody's any more. A part or a copy of a plan is written in moments; the rest is for clocks of machines
/// that differ, and for folders that answer slowly.
pub const LEFT_BEHIND: Duration = Duration::from_hours(24);

/// What stands in a name while it is written: 64 bits by chance, so that of all the shards that a sweep may have no two ever
/// draw the same.
///
/// # Errors
/// When the system has no randomness to give.
pub fn mark() -> io::Result<String> {
    let mut bytes = [0; 8];
    #[expect(clippy::disallowed_methods, reason = "a name that no other process has; it is no part of a result")]
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(format!("{:016x}", u64::from_le_bytes(bytes)))
}

/// Whether something was begun so long ago that nobody is writing it.
pub(super) fn is_left_behind(path: &Path) -> bool {
    #[expect(clippy::disallowed_methods, reason = "the clock says what is swept up, never what a result says")]
    let now = SystemTime::now();
    let changed = fs::metadata(path).and_then(|there| there.modified()).ok();
    changed.and_then(|changed| now.duration_since(changed).ok()).is_some_and(|age| age >= LEFT_BEHIND)
}

/// Makes a folder beside the one that it will be, under a name that begins as its own.
pub(super) fn begin_folder(folder: &Path) -> io::Result<PathBuf> {
    let mut begun = folder.file_name().unwrap_or_default().to_owned();
    begun.push(format!(".{}.{UNFINISHED}", mark()?));
    let begun = folder.with_file_name(begun);
    fs::create_dir(&begun)?;
    Ok(begun)
}

/// Gives a folder its name, once all that is in it is on the disk. One that has anything in it is never replaced.
pub(super) fn publish_folder(begun: &Path, folder: &Path) -> io::Result<()> {
    sync(begun)?;
    fs::rename(begun, folder)?;
    sync_folder(folder_of(folder))
}

/// Syncs a folder, and the files and folders in it by the same way.
fn sync(folder: &Path) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "each is synced: the order changes nothing")]
    let entries = fs::read_dir(folder)?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() { sync(&path)? } else { sync_folder(&path)? }
    }
    sync_folder(folder)
}

/// Removes folders that killed processes began beside one that is there now: nobody needs them.
pub(super) fn leave_none_behind(folder: &Path) -> io::Result<()> {
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else { return Ok(()) };
    let begins = format!("{}.", name.to_string_lossy());
    #[expect(clippy::disallowed_methods, reason = "each is removed: the order changes nothing")]
    let entries = fs::read_dir(parent)?;
    for entry in entries {
        let path = entry?.path();
        let found = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_begun = found.starts_with(&begins) && path.extension().is_some_and(|ending| ending == UNFINISHED);
        if is_begun && path.is_dir() && is_left_behind(&path) {
            // Another shard may be removing it now.
            drop(fs::remove_dir_all(path));
        }
    }
    Ok(())
}
