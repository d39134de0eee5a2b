//! A part: the rows of some runs in one file that is whole or not there.
//!
//! Line 1 has the digest of all that follows, line 2 a header in JSON, and then come the rows as CSV in order of their
//! numbers (`tail -n +3` shows them). Any byte that changes, the header's among them, makes the part *damaged*. The name
//! ends in the first digits of the digest, so that another content never takes the place of a file that is there.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fs_err::{self as fs, File, OpenOptions};
use serde::{Deserialize, Serialize};

use super::unfinished::{UNFINISHED, mark};
use super::{BUILD, FORMAT, Shard};
use crate::base::Digest;
use crate::tables::{Cell, Column};

/// What the first line begins with.
const FIRST: &str = "comity part ";
/// The ending of a part's name.
pub const ENDING: &str = "part";

/// What a part says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of this form.
    pub format: u32,
    /// Digest of the plan.
    pub plan: String,
    /// The build that ran it.
    pub build: String,
    /// Its version, for people.
    pub version: String,
    /// The shard that wrote it, as `3/7`.
    pub shard: String,
    /// Number of the first run.
    pub first: u64,
    /// Number of the last run.
    pub last: u64,
    /// How many runs.
    pub rows: u64,
    /// Digest of the rows.
    pub content: String,
}

/// One row of a part: the run, and its record as CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Number of the run.
    pub run: u64,
    /// Where its record begins in the file.
    pub start: u64,
    /// Digest of the record.
    pub digest: Digest,
}

/// A part that was read whole.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it says of itself.
    pub header: Header,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row as one record of CSV, line end included.
pub(super) fn record(cells: &[Cell]) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(cells.iter().map(|cell| cell.written().into_owned())).map_err(io::Error::other)?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Reads a record back into the cells of these columns; none when it is no row of theirs.
pub(super) fn cells(columns: &[Column], record: &[u8]) -> Option<Vec<Cell>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(record);
    let mut fields = csv::StringRecord::new();
    if !reader.read_record(&mut fields).ok()? || fields.len() != columns.len() {
        return None;
    }
    fields.iter().zip(columns).map(|(field, column)| Cell::read(column.kind, field)).collect()
}

/// Publishes rows (run and record, in order of runs): under another name first, synced, then renamed.
///
/// # Errors
/// When the disk does not take it.
///
/// # Panics
/// When there are no rows.
pub fn publish(folder: &Path, plan: &Digest, shard: Shard, rows: &[(u64, Vec<u8>)]) -> io::Result<PathBuf> {
    let content: Vec<u8> = rows.iter().flat_map(|(_, record)| record.iter().copied()).collect();
    let header = Header {
        format: FORMAT,
        plan: plan.to_string(),
        build: BUILD.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        shard: shard.to_string(),
        first: rows.first().expect("a part has rows").0,
        last: rows.last().expect("a part has rows").0,
        rows: rows.len() as u64,
        content: Digest::of(&content).to_string(),
    };
    write(folder, &header, &content)
}

/// Writes a part with its header as it is.
pub(super) fn write(folder: &Path, header: &Header, content: &[u8]) -> io::Result<PathBuf> {
    let mut body = serde_json::to_vec(header)?;
    body.push(b'\n');
    body.extend_from_slice(content);
    let digest = Digest::of(&body);
    let name = format!("{:09}-{:09}-{}", header.first, header.last, digest.short());
    let path = folder.join(format!("{name}.{ENDING}"));
    let of_shard = unfinished_of(&header.shard);
    let unfinished = folder.join(format!("{name}.{}{of_shard}", mark()?));
    let mut file = OpenOptions::new().write(true).create_new(true).open(&unfinished)?;
    writeln!(file, "{FIRST}{digest}")?;
    file.write_all(&body)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&unfinished, &path)?;
    sync_folder(folder)?;
    Ok(path)
}

/// How the names of a shard's unfinished parts end.
pub(super) fn unfinished_of(shard: &str) -> String {
    format!(".{}.{UNFINISHED}", shard.replace('/', "-of-"))
}

/// Syncs a folder: a name is on the disk only once its folder is.
///
/// # Errors
/// When the disk does not take it.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        #[expect(clippy::disallowed_methods, reason = "a folder is synced by way of its file")]
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Reads a part whole and holds it to its digests; if it is damaged, why, in words. None where it is not there.
///
/// # Errors
/// When the disk does not give it. That says nothing of what is in it.
pub fn read(path: &Path) -> io::Result<Option<Result<Part, String>>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where a part is read; its length is that of what was written"
    )]
    let read = fs::read(path);
    match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => Ok(Some(of_bytes(&read?))),
    }
}

fn of_bytes(bytes: &[u8]) -> Result<Part, String> {
    let line = |from: usize| bytes[from..].iter().position(|byte| *byte == b'\n').map(|length| from + length);
    let first = line(0).ok_or("it has no first line")?;
    let (head, body) = (&bytes[..first], &bytes[first + 1..]);
    if head != format!("{FIRST}{}", Digest::of(body)).as_bytes() {
        return Err("its content is not what its digest says".to_owned());
    }
    // Whole, then: what does not fit now was written by another program.
    let second = line(first + 1).ok_or("it has no header")?;
    let header: Header = serde_json::from_slice(&bytes[first + 1..second])
        .map_err(|error| format!("its header is not ours: {error}"))?;
    if header.format != FORMAT {
        return Err(format!("it has the form {}, and this program knows {FORMAT}", header.format));
    }
    let content = &bytes[second + 1..];
    let mut rows = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(content);
    let mut record = csv::ByteRecord::new();
    let mut start = 0;
    while reader.read_byte_record(&mut record).map_err(|error| format!("a row is none: {error}"))? {
        let end = usize::try_from(reader.position().byte()).map_err(|_| "it is too long".to_owned())?;
        let run = record.get(0).and_then(|field| std::str::from_utf8(field).ok()?.parse().ok());
        let run = run.ok_or("a row has no number")?;
        rows.push(Row { run, start: (second + 1 + start) as u64, digest: Digest::of(&content[start..end]) });
        start = end;
    }
    let ordered = rows.windows(2).all(|pair| pair[0].run < pair[1].run);
    let ends = (rows.first().map(|row| row.run), rows.last().map(|row| row.run));
    if !ordered || ends != (Some(header.first), Some(header.last)) || rows.len() as u64 != header.rows {
        return Err("its rows are not those that its header names".to_owned());
    }
    Ok(Part { header, rows })
}

#[cfg(test)]
mod tests {
    use super::{Cell, Digest, Shard, cells, of_bytes, publish, read, record};
    use crate::tables::{Column, Kind};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "damages a file")]
    fn a_part_is_read_back_and_every_flipped_byte_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let row = |run: i64| vec![Cell::Whole(run), Cell::Text("two\nlines, \"quoted\"".into()), Cell::Number(0.1)];
        let rows: Vec<(u64, Vec<u8>)> =
            [3_u64, 10, 11].into_iter().map(|run| (run, record(&row(run.cast_signed())).expect("a record"))).collect();
        let path = publish(folder.path(), &Digest::of(b"plan"), Shard { number: 4, of: 7 }, &rows).expect("written");
        let part = read(&path).expect("no trouble").expect("there").expect("whole");
        assert_eq!((part.header.first, part.header.last, part.header.rows), (3, 11, 3));
        assert_eq!(part.header.shard, "4/7");
        let bytes = std::fs::read(&path).expect("bytes");
        let columns = [
            Column::new("run", Kind::Whole, "", ""),
            Column::new("t", Kind::Text, "", ""),
            Column::new("n", Kind::Number, "", ""),
        ];
        for (index, found) in part.rows.iter().enumerate() {
            let start = usize::try_from(found.start).expect("small");
            assert_eq!(cells(&columns, &bytes[start..]), Some(row(rows[index].0.cast_signed())));
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            assert!(of_bytes(&damaged).is_err(), "byte {at}");
        }
        for length in 0..bytes.len() {
            assert!(of_bytes(&bytes[..length]).is_err(), "cut to {length}");
        }
        assert_eq!(
            publish(folder.path(), &Digest::of(b"plan"), Shard { number: 4, of: 7 }, &rows).expect("again"),
            path
        );
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1, "nothing unfinished stays");
    }
}
