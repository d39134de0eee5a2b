//! Paths that people type, looked at before anything runs: hours of runs must not end at a folder that is not there, and
//! a law that is not found must not be taken for the one that is built in.

use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use fs_err::File;

use crate::base::nearest;
use crate::reading;
use crate::report::html::BEGINNING;
use crate::scenario::LAW_FOLDERS;
use crate::tables::Format;

/// The list of facts of a law folder.
const FACTS: &str = "facts.yaml";

/// A folder laid out like `law/`.
pub(super) fn law_folder(text: &str) -> Result<PathBuf, String> {
    let folder = PathBuf::from(text);
    if !folder.is_dir() {
        return Err(if folder.exists() { "it is no folder" } else { "there is no such folder" }.to_owned());
    }
    #[expect(clippy::disallowed_methods, reason = "sorted below")]
    let entries = fs_err::read_dir(&folder).map_err(|error| error.to_string())?;
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

/// A page that is to be written. What is there already must be one, so that no scenario is lost to a slip.
pub(super) fn page(text: &str) -> Result<PathBuf, String> {
    let file = page_in_new_folder(text)?;
    has_its_folder(&file, &[]).map(|()| file)
}

/// The same where the command may make the folder first; [`has_folder`] says whether it does.
pub(super) fn page_in_new_folder(text: &str) -> Result<PathBuf, String> {
    /// Other kinds of documents, for which a page would be taken by its name.
    const NO_PAGES: [&str; 6] = ["pdf", "docx", "md", "txt", "png", "svg"];
    let file = new_file(text)?;
    let ending = file.extension().and_then(std::ffi::OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    if NO_PAGES.contains(&ending.as_str()) {
        return Err(format!("a page of HTML is written, not {ending}: choose a name that ends in .html"));
    }
    // A pipe or a device would be waited for, and cannot be written beside and renamed.
    match fs_err::metadata(&file) {
        Err(_) => return Ok(file),
        Ok(there) if !there.is_file() => return Err("it is there already and is no file".to_owned()),
        Ok(_) => {}
    }
    let mut beginning = Vec::new();
    #[expect(clippy::disallowed_methods, reason = "a few bytes, which tell what would be lost")]
    let there = File::open(&file).and_then(|file| file.take(BEGINNING.len() as u64).read_to_end(&mut beginning));
    match there {
        Ok(_) if beginning == BEGINNING.as_bytes() || beginning.is_empty() => Ok(file),
        Ok(_) => {
            Err("it is there already and is no page of this program: choose another name, or remove it".to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// A table that is to be written: its name says how.
pub(super) fn table(text: &str) -> Result<(PathBuf, Format), String> {
    let file = new_file(text)?;
    has_its_folder(&file, &[])?;
    let format = format_of(&file).ok_or_else(|| "it ends neither in .parquet nor in .csv".to_owned())?;
    Ok((file, format))
}

/// What the ending of a name says of how a table is written.
fn format_of(path: &Path) -> Option<Format> {
    Format::of_ending(path.extension()?.to_str()?)
}

/// Whether two paths lead to one file.
pub(super) fn same(one: &Path, other: &Path) -> bool {
    // A file that is not there yet is known by its folder.
    let place = |path: &Path| {
        let beside = || Some(path.parent()?.join(".").canonicalize().ok()?.join(path.file_name()?));
        path.canonicalize().ok().or_else(beside)
    };
    place(one).is_some_and(|one| place(other) == Some(one))
}

/// Whether a report has a folder: one that is there, or that this command makes. Where it has none, that is said.
pub(super) fn has_folder(report: Option<&Path>, made: &[Option<&Path>]) -> bool {
    let found = report.map_or(Ok(()), |report| {
        if made.iter().flatten().any(|made| same(report, made)) {
            return Err("a folder of this name is to be made".to_owned());
        }
        has_its_folder(report, made)
    });
    found.map_err(|why| tell!("error: --report: {why}")).is_ok()
}

/// The folder of a file is there, or is made with one of these.
fn has_its_folder(file: &Path, made: &[Option<&Path>]) -> Result<(), String> {
    let folder = reading::folder_of(file);
    let plain = |path: &Path| -> PathBuf { path.components().filter(|part| *part != Component::CurDir).collect() };
    if folder.is_dir() || made.iter().flatten().any(|made| plain(made).starts_with(plain(folder))) {
        return Ok(());
    }
    Err(format!("there is no folder {}", folder.display()))
}

/// A file that is to be written.
fn new_file(text: &str) -> Result<PathBuf, String> {
    let file = PathBuf::from(text);
    if text.is_empty() {
        return Err("a name is needed".to_owned());
    }
    // Elsewhere it stands for the output stream, and what is written here is a file.
    if text == "-" {
        return Err("`-` is no file; one of this name is `./-`".to_owned());
    }
    if file.is_dir() || file.file_name().is_none() {
        return Err("it is a folder, and a file is to be written".to_owned());
    }
    Ok(file)
}

/// A folder for tables: a name that looks like that of one table is a slip.
pub(super) fn folder_of_tables(text: &str) -> Result<PathBuf, String> {
    let folder = new_folder(text)?;
    match format_of(&folder) {
        Some(format) => {
            let format = format.ending();
            Err(format!("tables go into a folder, and not into one file: name one, with `--format {format}`"))
        }
        None => Ok(folder),
    }
}

/// A folder that is to be written into, and made if it is not there.
pub(super) fn new_folder(text: &str) -> Result<PathBuf, String> {
    let folder = PathBuf::from(text);
    if text.is_empty() {
        return Err("a name is needed; `.` is the current folder".to_owned());
    }
    match folder.ancestors().find(|above| above.exists()) {
        Some(above) if !above.is_dir() => Err(format!("{} is no folder", above.display())),
        _ => Ok(folder),
    }
}
