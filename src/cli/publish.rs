//! Files that appear whole: written under another name, synced, renamed, and their folder synced, as the parts of a sweep
//! are. A reader sees all of one or nothing.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fs_err::{File, OpenOptions};

use crate::reading::folder_of;
use crate::study::sweep::part::sync_folder;
use crate::study::sweep::unfinished::{UNFINISHED, mark};

/// Writes a file; what `write` gives besides.
///
/// # Errors
/// When it cannot be written; nothing is left then.
pub(super) fn publish<T>(path: &Path, write: impl FnOnce(File) -> io::Result<(File, T)>) -> io::Result<T> {
    publish_some(path, |file| write(file).map(|(file, result)| (Some(file), result)))
}

/// Writes a file that `write` may decide against when it is through, by giving none back: then all stays as it was.
///
/// # Errors
/// As [`publish`].
pub(super) fn publish_some<T>(path: &Path, write: impl FnOnce(File) -> io::Result<(Option<File>, T)>) -> io::Result<T> {
    let written = begin(path).and_then(write).and_then(|(file, result)| {
        match file {
            Some(file) => {
                file.sync_all()?;
                name(path)?;
            }
            None => give_up(path),
        }
        Ok(result)
    });
    written.inspect_err(|_| give_up(path))
}

/// Begins a file, under another name until [`name`] gives it its own.
///
/// # Errors
/// When it cannot be made.
pub(super) fn begin(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(unfinished(path)?)
}

/// Gives a file that was written and synced its name.
///
/// # Errors
/// When the disk does not take it.
pub(super) fn name(path: &Path) -> io::Result<()> {
    fs_err::rename(unfinished(path)?, path)?;
    sync_folder(folder_of(path))
}

/// Removes a file, if it is there, for good: also where the system stops at the next moment.
///
/// # Errors
/// When the disk does not take it.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs_err::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.and_then(|()| sync_folder(folder_of(path))),
    }
}

/// Removes what was begun of a file.
pub(super) fn give_up(path: &Path) {
    drop(unfinished(path).and_then(fs_err::remove_file));
}

/// The name while it is written: each process has its own, so that two that write one file do not mix.
fn unfinished(path: &Path) -> io::Result<PathBuf> {
    static OURS: OnceLock<String> = OnceLock::new();
    let ours = if let Some(ours) = OURS.get() {
        ours
    } else {
        let drawn = mark()?;
        OURS.get_or_init(|| drawn)
    };
    let mut name = path.file_name().map(std::ffi::OsStr::to_owned).unwrap_or_default();
    name.push(format!(".{ours}.{UNFINISHED}"));
    Ok(path.with_file_name(name))
}

/// Names of files in a folder that were begun and have no name of their own yet, in order.
pub(super) fn begun(folder: &Path) -> Vec<String> {
    #[expect(clippy::disallowed_methods, reason = "sorted below")]
    let entries = fs_err::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let is_begun = |name: &String| Path::new(name).extension().is_some_and(|ending| ending == UNFINISHED);
    let mut begun: Vec<String> = names.filter(is_begun).collect();
    begun.sort_unstable();
    begun
}

/// Writes a text.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write_text(path: &Path, text: &str) -> anyhow::Result<()> {
    Ok(publish(path, |mut file| {
        file.write_all(text.as_bytes())?;
        Ok((file, ()))
    })?)
}
