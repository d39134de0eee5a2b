//! The files of one reading, kept for error messages, and how one is read: as text, and no more of it than is allowed.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::offsets::short;
use super::tree::{MAX_FILE_BYTES, too_large};
use crate::base::{Place, Problem};

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name shown to people.
    pub name: String,
    /// The text; empty or cut short when the file could not be read as a whole.
    pub text: String,
    line_starts: Vec<u32>,
}

/// A position as people count it: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Character within the line, from 1.
    pub column: usize,
}

/// All files of a reading. A [`Place`] names its file by the index here.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file; its index. One that is there already under the same name, letter for letter, is not added again, so that
    /// a problem found in it twice is one problem.
    ///
    /// # Panics
    /// At four thousand million files.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        let (name, text) = (name.into(), text.into());
        if let Some(known) = self.files.iter().position(|file| file.name == name && file.text == text) {
            return u32::try_from(known).expect("a reading has far fewer files");
        }
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)))
            .collect();
        self.files.push(Source { name, text, line_starts });
        u32::try_from(self.files.len() - 1).expect("a reading has far fewer files")
    }

    /// The file of this index.
    #[must_use]
    pub fn file(&self, file: u32) -> Option<&Source> {
        self.files.get(file as usize)
    }

    /// The names of all files, in order of reading, for what a result says of its inputs.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|source| source.name.as_str())
    }

    /// What is written at a place.
    #[must_use]
    pub fn text(&self, place: Place) -> Option<&str> {
        self.file(place.file)?.text.get(place.start as usize..place.end as usize)
    }

    /// Line and column of the first byte of a place; `None` when no file holds it.
    #[must_use]
    pub fn line_column(&self, place: Place) -> Option<LineColumn> {
        let source = self.file(place.file)?;
        let (line, start) = source.line_at(place.start);
        let before = source.text.get(start..(place.start as usize).min(source.text.len()))?;
        Some(LineColumn { line, column: before.chars().count() + 1 })
    }
}

impl Source {
    /// Number, from 1, and first byte of the line that holds a byte.
    pub(super) fn line_at(&self, byte: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        (line, self.line_starts[line - 1] as usize)
    }
}

/// Reads a file into the list: at most [`MAX_FILE_BYTES`] of UTF-8; its index.
///
/// # Errors
/// Why it cannot be read, at no place or at the first byte that is no text. The file is listed all the same,
/// with what could be read of it.
pub fn read_file(sources: &mut Sources, path: &Path) -> Result<u32, Problem> {
    read_as(sources, path, path.display().to_string())
}

/// The text of a file alone, within the same limits.
///
/// # Errors
/// As [`read_file`], without a place.
pub fn read_text(path: &Path) -> Result<String, Problem> {
    let mut apart = Sources::default();
    let nowhere = |problem: Problem| Problem {
        place: Place::NOWHERE,
        message: format!("{}: {}", path.display(), problem.message),
        ..problem
    };
    let file = read_file(&mut apart, path).map_err(nowhere)?;
    Ok(apart.file(file).map(|source| source.text.clone()).unwrap_or_default())
}

pub(super) fn read_as(sources: &mut Sources, path: &Path, name: String) -> Result<u32, Problem> {
    let mut bytes = Vec::new();
    // Read to one byte beyond the limit: what a file says of its own size may be wrong, or not yet true.
    #[expect(clippy::disallowed_methods, reason = "the one place where what people write is read")]
    let read = File::open(path).and_then(|file| file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        let file = sources.add(name.as_str(), "");
        let message = if path.is_dir() {
            format!("`{name}` is a folder: give one of its files")
        } else {
            format!("cannot read `{name}`: {error}")
        };
        return Err(Problem::new(Place { file, start: 0, end: 0 }, message));
    }
    if bytes.len() > MAX_FILE_BYTES {
        return Err(too_large(sources.add(name, "")));
    }
    add_bytes(sources, name, bytes)
}

/// Adds a file by its bytes, which have to be UTF-8; its index.
///
/// # Errors
/// The first byte that is no text, at its place: what comes before it is added.
pub fn add_bytes(sources: &mut Sources, name: String, bytes: Vec<u8>) -> Result<u32, Problem> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(name, text)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let text = String::from_utf8_lossy(&bytes[..good]).into_owned();
            let message = format!("the file is not UTF-8 text: byte 0x{:02X} at offset {good}", bytes[good]);
            let file = sources.add(name, text);
            let place = Place { file, start: short(good), end: short(good) };
            Err(Problem::new(place, message).help("save it as UTF-8"))
        }
    }
}
