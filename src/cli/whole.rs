//! Files that appear whole: written under another name, synced, and renamed. A reader sees all of one or nothing.

use std::io::{self, Write as _};
use std::path::Path;

use fs_err::File;

/// Writes a file; what `write` gives besides.
///
/// # Errors
/// When it cannot be written; nothing is left then.
pub(super) fn publish<T>(path: &Path, write: impl FnOnce(File) -> io::Result<(File, T)>) -> io::Result<T> {
    let mut name = path.file_name().map(std::ffi::OsStr::to_owned).unwrap_or_default();
    name.push(format!(".{}.unfinished", std::process::id()));
    let unfinished = path.with_file_name(name);
    let written = (|| {
        #[expect(clippy::disallowed_methods, reason = "the one place where a result of a command is written")]
        let file = File::create(&unfinished)?;
        let (file, result) = write(file)?;
        file.sync_all()?;
        fs_err::rename(&unfinished, path)?;
        Ok(result)
    })();
    written.inspect_err(|_| drop(fs_err::remove_file(&unfinished)))
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
