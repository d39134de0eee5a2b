//! The law and the scenarios that the binary carries, so that it runs from any folder.

/// Every file under `law/` and `scenarios/`: its path in the repository (with `/`) and its text, sorted by path.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of one embedded file.
#[must_use]
pub fn file(path: &str) -> Option<&'static str> {
    FILES.binary_search_by(|(known, _)| (*known).cmp(path)).ok().map(|index| FILES[index].1)
}
