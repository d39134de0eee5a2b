//! Files and folders that one command writes at a time.

use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};

use fs_err::{self as fs, File, OpenOptions};

/// The file by which a folder of tables is taken. It goes when the command ends.
pub(super) const LOCK: &str = "tables.lock";

/// Takes a file for this process until it is closed. Where the disk knows no locks, nobody can be told.
pub(super) fn take(file: &File, folder: &Path) -> io::Result<()> {
    match file.file().try_lock() {
        Err(TryLockError::WouldBlock) => {
            let message = format!(
                "another run writes into {}: wait until it has ended, or name another folder",
                folder.display()
            );
            Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
        }
        Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => Err(error),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// A folder that is this command's alone. Dropped, it is anybody's again, and gone if it was made for this and is empty.
pub(super) struct Taken {
    folder: PathBuf,
    /// Folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
    _lock: File,
}

impl Taken {
    /// Takes a folder, and makes it if it is not there.
    pub(super) fn take(folder: &Path) -> io::Result<Self> {
        let is_new = |above: &&Path| !above.as_os_str().is_empty() && !above.exists();
        let made: Vec<PathBuf> = folder.ancestors().take_while(is_new).map(Path::to_owned).collect();
        fs::create_dir_all(folder)?;
        let path = folder.join(LOCK);
        loop {
            let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            if lock.metadata()?.len() > 0 {
                let message = format!("{} is there already and is no lock of this program", path.display());
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
            }
            take(&lock, folder)?;
            // Whoever had it may have removed it after it was opened here: then the folder is taken by another file.
            if is_at(&path, &lock) {
                return Ok(Self { folder: folder.to_owned(), made, _lock: lock });
            }
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        drop(fs::remove_file(self.folder.join(LOCK)));
        // One with anything in it is not removed.
        let _ = self.made.iter().try_for_each(fs::remove_dir);
    }
}

/// Whether an open file is the one of this name still.
#[cfg(unix)]
fn is_at(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |found: std::fs::Metadata| (found.dev(), found.ino());
    file.metadata().map(place).is_ok_and(|open| fs::metadata(path).map(place).is_ok_and(|named| named == open))
}

#[cfg(not(unix))]
fn is_at(path: &Path, _file: &File) -> bool {
    path.exists()
}
