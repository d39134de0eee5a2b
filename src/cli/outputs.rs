//! What a command is to write, looked at before anything runs: hours of runs must not end at two results that are one file, nor
//! at a folder that takes none.

use std::path::{Component, Path, PathBuf};

use super::publish;
use crate::reading;

/// A file that is to be written, and the option that asks for it.
pub(super) type Output = (&'static str, PathBuf);

/// Whether each of these is a file of its own, and none of them lies where another is to be a file. Where it is not so, that
/// is said.
pub(super) fn are_apart(outputs: &[Output]) -> bool {
    let placed: Vec<(&str, &Path, PathBuf)> =
        outputs.iter().map(|(option, path)| (*option, path.as_path(), place(path))).collect();
    for (number, (option, path, place)) in placed.iter().enumerate() {
        for (other, other_path, other_place) in placed[..number].iter().filter(|(other, ..)| other != option) {
            if place == other_place {
                tell!("error: {other} and {option} are both to write {}: choose another name for one", path.display());
                return false;
            }
            let (inner, outer, file) = match (place.starts_with(other_place), other_place.starts_with(place)) {
                (true, _) => (option, other, other_path),
                (_, true) => (other, option, path),
                _ => continue,
            };
            tell!(
                "error: {inner} is to write into {}, which is a file of {outer}: choose another name",
                file.display()
            );
            return false;
        }
    }
    true
}

/// Whether a report can be written into its folder, if that is there already. Where it cannot, that is said.
pub(super) fn takes_files(report: Option<&Path>) -> bool {
    let Some(report) = report.filter(|report| reading::folder_of(report).is_dir()) else { return true };
    let tried = publish::begin(report).map(drop);
    publish::give_up(report);
    tried.map_err(|error| tell!("error: --report: {error}")).is_ok()
}

/// Where a path leads, by whatever way it is written: as much of it as is there, and the names of what is not yet.
fn place(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|above| Some((above.canonicalize().ok()?, above)));
    let Some((mut place, above)) = there else { return path };
    for part in path.strip_prefix(above).into_iter().flat_map(Path::components) {
        match part {
            Component::ParentDir => drop(place.pop()),
            Component::CurDir => {}
            part => place.push(part),
        }
    }
    place
}
