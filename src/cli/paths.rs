//! Paths that people type, looked at before anything runs: hours of runs must not end at a folder that is not there, and
//! a law that is not found must not be taken for the one that is built in.

use std::path::{Path, PathBuf};

use crate::base::nearest;
use crate::scenario::LAW_FOLDERS;

/// The list of facts of a law folder.
const FACTS: &str = "facts.yaml";

/// A folder laid out like `law/`.
pub(super) fn law_folder(text: &str) -> Result<PathBuf, String> {
    let folder = PathBuf::from(text);
    if !folder.is_dir() {
        return Err(if folder.exists() { "it is no folder" } else { "there is no such folder" }.to_owned());
    }
    #[expect(clippy::disallowed_methods, reason = "sorted below")]
    let entries = std::fs::read_dir(&folder).map_err(|error| error.to_string())?;
    let mut inside: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    inside.sort_unstable();
    let known = || LAW_FOLDERS.into_iter().chain([FACTS]);
    let mut slips = inside.iter().filter(|name| !known().any(|known| known == *name));
    if let Some((name, near)) = slips.find_map(|name| Some((name, nearest(name, known())?))) {
        return Err(format!("`{name}` in it is not read; did you mean `{near}`?"));
    }
    if !inside.iter().any(|name| known().any(|known| known == name)) {
        let folders = LAW_FOLDERS.map(|folder| format!("{folder}/")).join(", ");
        return Err(format!("nothing of a law is in it: neither {FACTS} nor any of {folders}"));
    }
    Ok(folder)
}

/// A file that is to be written.
pub(super) fn new_file(text: &str) -> Result<PathBuf, String> {
    let file = PathBuf::from(text);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(format!("there is no folder {}", folder.display()));
    }
    if file.is_dir() || file.file_name().is_none() {
        return Err("it is a folder, and a file is to be written".to_owned());
    }
    Ok(file)
}

/// A folder that is to be written into, and made if it is not there.
pub(super) fn new_folder(text: &str) -> Result<PathBuf, String> {
    let folder = PathBuf::from(text);
    match folder.ancestors().find(|above| above.exists()) {
        Some(above) if !above.is_dir() => Err(format!("{} is no folder", above.display())),
        _ => Ok(folder),
    }
}
