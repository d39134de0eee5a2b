//! Files that a command writes over: only those that this program wrote, for what another program or a person made must
//! not be lost to a slip.
//!
//! Looked at is the beginning, and the end where the form has something there: enough to tell, however long the file is.

use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use fs_err::{self as fs, File};

use crate::tables::{Column, Format, MEANINGS};

/// What is looked at of a beginning, in bytes: the first lines of ours are shorter.
const BEGINNING: u64 = 4096;
/// And of what stands at the end of Parquet: our notes come last in it.
const END: u64 = 1024 * 1024;

/// Refuses to write over a table that is none of ours, whose first columns are known. Later versions of a table have more
/// columns, and sweeps have some of their own, after these.
pub(super) fn table(path: &Path, format: Format, columns: &[Column]) -> io::Result<()> {
    let there = match format {
        Format::Csv => is_there(path, |file| Ok(is_csv(&beginning(file)?, columns))),
        Format::Parquet => is_there(path, is_parquet),
    };
    refused(path, "table", there).map(drop)
}

/// Whether there is the summary of a run.
pub(super) fn summary(path: &Path) -> io::Result<bool> {
    let begins = |file: &mut File| {
        let beginning = beginning(file)?;
        let mut lines = beginning.split(|byte| *byte == b'\n');
        let keys = ["{", "  \"version\": \"", "  \"title\": \"", "  \"question\": \""];
        Ok(keys.iter().all(|key| lines.next().is_some_and(|line| line.starts_with(key.as_bytes()))))
    };
    refused(path, "summary", is_there(path, begins))
}

/// Whether there are the records of a run.
pub(super) fn records(path: &Path) -> io::Result<bool> {
    let begins = |file: &mut File| {
        let beginning = beginning(file)?;
        let after = beginning.strip_prefix(b"{\"day\":\"").and_then(|rest| rest.get("2011-01-01".len()..));
        Ok(after.is_some_and(|rest| rest.starts_with(b"\",\"kind\":\"")))
    };
    refused(path, "log", is_there(path, begins))
}

/// Whether there is a text of ours, all of which begin alike.
pub(super) fn beginning_with(path: &Path, what: &str, mark: &str) -> io::Result<bool> {
    refused(path, what, is_there(path, |file| Ok(beginning(file)?.starts_with(mark.as_bytes()))))
}

/// Whether there is this very text: of what people go on with by hand, nothing else can be written over.
pub(super) fn exactly(path: &Path, what: &str, text: &str) -> io::Result<bool> {
    let is_same = |file: &mut File| {
        let mut bytes = Vec::new();
        file.take(text.len() as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes == text.as_bytes())
    };
    refused(path, what, is_there(path, is_same))
}

/// What stands at a path.
enum There {
    Nothing,
    Ours,
    Foreign,
}

/// An empty file is as good as none: nothing in it can be lost.
fn is_there(path: &Path, is_ours: impl FnOnce(&mut File) -> io::Result<bool>) -> io::Result<There> {
    let found = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(There::Nothing),
        found => found?,
    };
    if !found.is_file() {
        return Ok(There::Foreign);
    }
    if found.len() == 0 {
        return Ok(There::Nothing);
    }
    #[expect(clippy::disallowed_methods, reason = "some bytes, which tell what would be lost")]
    let mut file = File::open(path)?;
    Ok(if is_ours(&mut file)? { There::Ours } else { There::Foreign })
}

fn refused(path: &Path, what: &str, there: io::Result<There>) -> io::Result<bool> {
    match there? {
        There::Nothing => Ok(false),
        There::Ours => Ok(true),
        There::Foreign => {
            let message = format!("{} is there already and is no {what} of this program", path.display());
            Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
        }
    }
}

fn beginning(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(BEGINNING).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether the names in the first line are these, as far as there are both.
fn is_csv(beginning: &[u8], columns: &[Column]) -> bool {
    /// Fewer names than this say too little.
    const LEAST: usize = 2;
    let line = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let names: Vec<&[u8]> = line.strip_suffix(b"\r").unwrap_or(line).split(|byte| *byte == b',').collect();
    names.len() >= LEAST && names.iter().zip(columns).all(|(name, column)| *name == column.name.as_bytes())
}

/// Whether it is Parquet, by the mark at both ends, and has the meanings of its columns, by their key, in the notes.
fn is_parquet(file: &mut File) -> io::Result<bool> {
    const MARK: &[u8; 4] = b"PAR1";
    /// Mark; notes; their length, four bytes, least first; mark.
    const AROUND: u64 = 12;
    let length = file.metadata()?.len();
    let (mut first, mut last) = ([0; 4], [0; 8]);
    if length < AROUND {
        return Ok(false);
    }
    file.read_exact(&mut first)?;
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(&mut last)?;
    let [a, b, c, d, mark @ ..] = last;
    let notes = u64::from(u32::from_le_bytes([a, b, c, d]));
    if first != *MARK || mark != *MARK || notes > length - AROUND {
        return Ok(false);
    }
    let looked_at = notes.min(END);
    file.seek(SeekFrom::Start(length - 8 - looked_at))?;
    let mut bytes = Vec::new();
    file.take(looked_at).read_to_end(&mut bytes)?;
    Ok(bytes.windows(MEANINGS.len()).any(|window| window == MEANINGS.as_bytes()))
}
