//! Parts put together into one table: any order, any repetition, any number of times, always the same rows.
//!
//! Memory holds where each row lies (some fifty bytes a run), not what it says.

use std::io::{self, BufRead as _, Write};
use std::path::{Path, PathBuf};

use fs_err::File;

use super::columns::{Stopped, columns};
use super::part;
use super::plan::Sweep;
use super::results::Results;
use crate::base::{Digest, DigestChain};
use crate::tables::{Cell, Column, Format, Writer};

/// Files held open at a time: far below what any system allows.
const OPEN_FILES: usize = 64;

/// Where a row lies.
#[derive(Clone, Copy)]
struct Place {
    part: u32,
    start: u64,
    digest: [u8; 16],
}

/// All rows of a folder of results, each once, in order of their numbers.
pub struct Merged {
    columns: Vec<Column>,
    parts: Vec<PathBuf>,
    rows: Vec<Option<Place>>,
    /// The folder as it was found.
    pub results: Results,
}

/// Why nothing can be put together.
#[derive(Debug)]
pub enum NoMerge {
    /// Two parts disagree about a run.
    Disagree(Box<Disagreement>),
    /// The disk.
    Disk(io::Error),
}

/// Two parts that disagree.
#[derive(Debug)]
pub struct Disagreement {
    /// The run.
    pub run: u64,
    /// Each part, with the build that ran it.
    pub parts: [(PathBuf, String); 2],
}

impl From<io::Error> for NoMerge {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl Merged {
    /// Finds every row of a sweep in a folder.
    ///
    /// # Errors
    /// When two parts have other content for the same run, or the folder cannot be read.
    ///
    /// # Panics
    /// At four thousand million parts.
    pub fn find(sweep: &Sweep, folder: &Path) -> Result<Self, NoMerge> {
        let runs = usize::try_from(sweep.runs()).map_err(io::Error::other)?;
        let mut rows: Vec<Option<Place>> = vec![None; runs];
        let mut parts: Vec<PathBuf> = Vec::new();
        let mut builds: Vec<String> = Vec::new();
        let mut disagreement = None;
        let results = Results::find(folder, &sweep.digest(), sweep.runs(), &mut |path, part| {
            let number = u32::try_from(parts.len()).expect("far fewer parts");
            parts.push(path.to_owned());
            builds.push(part.header.build.clone());
            for row in &part.rows {
                let mut digest = [0; 16];
                digest.copy_from_slice(&row.digest.0[..16]);
                let place = Place { part: number, start: row.start, digest };
                let slot = &mut rows[usize::try_from(row.run).expect("the folder holds rows of the plan alone")];
                match slot {
                    None => *slot = Some(place),
                    Some(known) if known.digest == digest => {}
                    Some(known) => {
                        let of = |part: u32| (parts[part as usize].clone(), builds[part as usize].clone());
                        disagreement.get_or_insert(Disagreement { run: row.run, parts: [of(known.part), of(number)] });
                    }
                }
            }
        })?;
        match disagreement {
            Some(disagreement) => Err(NoMerge::Disagree(Box::new(disagreement))),
            None => Ok(Self { columns: columns(sweep), parts, rows, results }),
        }
    }

    /// The columns of the rows.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Tells every row that is there, in order of the numbers.
    ///
    /// # Errors
    /// When a part cannot be read any more, or `each` fails.
    pub fn each(&self, each: &mut dyn FnMut(&[Cell]) -> io::Result<()>) -> io::Result<Digest> {
        let mut chain = DigestChain::default();
        let mut files = Files { parts: &self.parts, open: Vec::new() };
        let mut record = Vec::new();
        for place in self.rows.iter().flatten() {
            files.record(*place, &mut record)?;
            let cells = part::cells(&self.columns, &record).ok_or_else(|| {
                let path = self.parts[place.part as usize].display();
                io::Error::other(format!("{path} has a row of another table"))
            })?;
            chain.fold(record.as_slice());
            each(&cells)?;
        }
        Ok(chain.digest())
    }

    /// The runs that did not reach their end.
    ///
    /// # Errors
    /// As [`Merged::each`].
    pub fn stopped(&self) -> io::Result<Stopped> {
        let mut stopped = Stopped::default();
        self.each(&mut |cells| {
            stopped.look_at(cells);
            Ok(())
        })?;
        Ok(stopped)
    }

    /// Writes the table; the digest of its content, equal whenever the rows are.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write<W: Write + Send>(&self, sweep: &Sweep, format: Format, to: W) -> io::Result<(W, Digest)> {
        let mut writer = Writer::new(format, to, self.columns.clone())?;
        writer.note("comity.plan", sweep.digest().to_string());
        writer.note("comity.build", super::BUILD.to_owned());
        let digest = self.each(&mut |cells| writer.row(cells))?;
        Ok((writer.finish()?, digest))
    }
}

/// Parts held open while rows are fetched from them. Rows of one part stand in order, so each is read from front to back.
struct Files<'a> {
    parts: &'a [PathBuf],
    open: Vec<(u32, io::BufReader<File>, u64)>,
}

impl Files<'_> {
    fn record(&mut self, place: Place, into: &mut Vec<u8>) -> io::Result<()> {
        let open = self.open.iter().position(|(part, ..)| *part == place.part);
        let at = if let Some(at) = open {
            at
        } else {
            if self.open.len() == OPEN_FILES {
                self.open.remove(0);
            }
            #[expect(clippy::disallowed_methods, reason = "a part that was read whole before")]
            let file = File::open(&self.parts[place.part as usize])?;
            self.open.push((place.part, io::BufReader::new(file), 0));
            self.open.len() - 1
        };
        let (_, file, position) = &mut self.open[at];
        file.seek_relative(place.start.cast_signed() - position.cast_signed())?;
        read_record(file, into)?;
        *position = place.start + into.len() as u64;
        Ok(())
    }
}

/// One record of CSV with its line end: up to a line end outside quotes.
fn read_record(file: &mut io::BufReader<File>, into: &mut Vec<u8>) -> io::Result<()> {
    into.clear();
    loop {
        if file.read_until(b'\n', into)? == 0 || !into.ends_with(b"\n") {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        // Quotes inside a quoted field are doubled: within a record their number is even.
        let open = into.iter().fold(false, |open, byte| open ^ (*byte == b'"'));
        if !open {
            return Ok(());
        }
    }
}
