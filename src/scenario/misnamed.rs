//! Law files that are called otherwise than what they hold: nobody who names that finds them.

use std::path::{Path, PathBuf};

use crate::base::{Place, Problem};
use crate::reading::{self, Sources};

/// That a law folder holds what is named here as another file.
pub(super) fn problem(place: Place, on_shelf: &str) -> Problem {
    Problem::new(place, format!("a law folder holds this as `{on_shelf}`, and nowhere else"))
}

/// The path within a law folder, of a file that stands in one of its folders though the law folder was not named.
pub(super) fn in_folder_of(path: &Path, on_shelf: &str) -> Option<String> {
    let (folder, _) = on_shelf.split_once('/')?;
    let above = reading::folder_of(path).canonicalize().ok()?;
    (above.file_name()? == folder)
        .then(|| format!("{folder}/{}", path.file_name().unwrap_or_default().to_string_lossy()))
}

/// The file of a law folder that holds a treaty or a law of this name under another name.
pub(super) fn holder(law: &Path, kind: &str, name: &str) -> Option<PathBuf> {
    let key = match kind {
        "treaties" => "treaty",
        "laws" => "name",
        _ => return None,
    };
    #[expect(clippy::disallowed_methods, reason = "sorted below")]
    let entries = std::fs::read_dir(law.join(kind)).ok()?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let holds = |file: &PathBuf| {
        let tree = reading::load(&mut Sources::default(), file, &|_| None);
        tree.is_ok_and(|tree| tree.get(key).is_some_and(|found| found.text() == Some(name)))
    };
    files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "yaml")).find(holds)
}
