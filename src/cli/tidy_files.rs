//! Tables for other tools as files, each under another name until it is whole.

use std::io::{self, BufWriter, IntoInnerError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use fs_err::File;

use super::locks::{LOCK, Taken};
use super::outputs::Output;
use super::{Ending, overwriting, publish};
use crate::base::Day;
use crate::engine::{Observer, Outcome, Record};
use crate::law::Library;
use crate::report::compare::CompareSummary;
use crate::report::tidy::{Tables, comparison, descriptions, dictionary};
use crate::scenario::Scenario;
use crate::study::Comparison;
use crate::tables::{Description, Format};

/// Where tables go, and how they are written.
#[derive(Clone, Debug, Args)]
pub(super) struct TablesArguments {
    /// Write the result as tables for other tools into this folder (see `comity tables`)
    #[arg(long, value_name = "DIR", value_parser = super::paths::folder_of_tables)]
    tables: Option<PathBuf>,
    /// How the tables are written
    #[arg(long, value_enum, default_value_t = TableFormat::Parquet, requires = "tables")]
    format: TableFormat,
}

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    /// Typed, with units and meanings in the file
    Parquet,
    /// Text with commas
    Csv,
}

impl TablesArguments {
    const fn format(&self) -> Format {
        match self.format {
            TableFormat::Parquet => Format::Parquet,
            TableFormat::Csv => Format::Csv,
        }
    }

    /// The folder, which is made before anything is written.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.tables.as_deref()
    }

    /// The files of a run, if they are wanted.
    pub(super) fn files_of_a_run(&self) -> Vec<Output> {
        self.files(&descriptions())
    }

    /// The files of a comparison, if they are wanted.
    pub(super) fn files_of_a_comparison(&self) -> Vec<Output> {
        self.files(&comparison::descriptions())
    }

    fn files(&self, tables: &[Description]) -> Vec<Output> {
        let of = |folder: &PathBuf| {
            let file = |table: &Description| ("--tables", file_of(folder, table.name, self.format()));
            tables.iter().map(file).chain([("--tables", folder.join(LOCK))]).collect()
        };
        self.tables.as_ref().map_or_else(Vec::new, of)
    }

    /// Begins the tables of a run, if they are wanted.
    pub(super) fn create(&self, scenario: &Scenario) -> anyhow::Result<Option<TidyFiles>> {
        let Some(folder) = &self.tables else { return Ok(None) };
        Ok(Some(TidyFiles::create(folder, self.format(), scenario)?))
    }

    /// Takes the folder for the tables of a comparison, if they are wanted, before anything runs: it is this command's until
    /// that is dropped.
    pub(super) fn take_for_comparison(&self) -> io::Result<Option<Taken>> {
        let Some(folder) = &self.tables else { return Ok(None) };
        let taken = Taken::take(folder)?;
        spare(folder, self.format(), &comparison::descriptions())?;
        Ok(Some(taken))
    }

    /// Writes the tables of a comparison, if they are wanted.
    pub(super) fn comparison(&self, found: &Comparison, summary: &CompareSummary) -> anyhow::Result<()> {
        let Some(folder) = &self.tables else { return Ok(()) };
        Ok(write_comparison(folder, self.format(), found, summary)?)
    }
}

fn write_comparison(folder: &Path, format: Format, found: &Comparison, summary: &CompareSummary) -> io::Result<()> {
    let tables = comparison::descriptions();
    let files = comparison::write(found, summary, format, &mut |name| create(folder, name, format));
    files.and_then(|files| publish(folder, format, files, &tables)).inspect_err(|_| give_up(folder, format, &tables))
}

/// Refuses to write over a table that another program or a person made.
fn spare(folder: &Path, format: Format, tables: &[Description]) -> io::Result<()> {
    tables.iter().try_for_each(|table| overwriting::table(&file_of(folder, table.name, format), format, &table.columns))
}

fn file_of(folder: &Path, table: &str, format: Format) -> PathBuf {
    folder.join(format!("{table}.{}", format.ending()))
}

fn create(folder: &Path, table: &str, format: Format) -> io::Result<BufWriter<File>> {
    publish::begin(&file_of(folder, table, format)).map(BufWriter::new)
}

/// Gives whole tables their names, once all of them are on the disk. The first, whose rows name seed and digest, comes last,
/// and that of an earlier result goes before all: where this is cut short, there is none, and the rest is taken for no result.
fn publish(
    folder: &Path,
    format: Format,
    files: impl IntoIterator<Item = BufWriter<File>>,
    tables: &[Description],
) -> io::Result<()> {
    for file in files {
        file.into_inner().map_err(IntoInnerError::into_error)?.sync_all()?;
    }
    let place = |table: &Description| file_of(folder, table.name, format);
    let Some((names_all, others)) = tables.split_first() else { return Ok(()) };
    publish::remove(&place(names_all))?;
    others.iter().chain([names_all]).try_for_each(|table| publish::name(&place(table)))?;
    say_what_is_left(folder, format, tables);
    Ok(())
}

/// Tables of another result that lie in the folder too: they are easily taken for tables of this one. And what a run that
/// was killed began: it may as well be of one that goes on, so that it is not removed.
fn say_what_is_left(folder: &Path, format: Format, written: &[Description]) {
    let (of_a_run, of_a_comparison) = (descriptions(), comparison::descriptions());
    let names = || of_a_run.iter().chain(&of_a_comparison).map(|table| table.name);
    let every = [Format::Parquet, Format::Csv].into_iter().flat_map(|format| names().map(move |name| (name, format)));
    let left: Vec<String> = every
        .filter(|(name, of)| *of != format || written.iter().all(|table| table.name != *name))
        .filter(|(name, format)| file_of(folder, name, *format).exists())
        .map(|(name, format)| format!("{name}.{}", format.ending()))
        .collect();
    if !left.is_empty() {
        tell!("{} still holds tables of another result: {}", folder.display(), left.join(", "));
    }
    let begun = publish::begun(folder);
    if !begun.is_empty() {
        tell!("{} holds what runs began that go on or were killed: {}", folder.display(), begun.join(", "));
    }
}

fn give_up(folder: &Path, format: Format, tables: &[Description]) {
    for table in tables {
        publish::give_up(&file_of(folder, table.name, format));
    }
}

/// Prints the data dictionary.
pub(super) fn dictionary() -> anyhow::Result<Ending> {
    super::print_exactly(&dictionary::page())?;
    Ok(Ending::Done)
}

/// Tables under way. A run that stops leaves none.
pub(super) struct TidyFiles {
    folder: PathBuf,
    format: Format,
    library: Arc<Library>,
    tables: Option<Tables<BufWriter<File>>>,
    error: Option<io::Error>,
    /// Let go last.
    _taken: Taken,
}

impl TidyFiles {
    pub(super) fn create(folder: &Path, format: Format, scenario: &Scenario) -> io::Result<Self> {
        let taken = Taken::take(folder)?;
        spare(folder, format, &descriptions())?;
        let library = Arc::clone(&scenario.plan.library);
        // From here on what was begun is cleared away, also where the next step fails.
        let mut files = Self { folder: folder.to_owned(), format, library, tables: None, error: None, _taken: taken };
        files.tables = Some(Tables::new(scenario, format, &mut |name| create(folder, name, format))?);
        Ok(files)
    }

    /// Ends the tables and gives them their names.
    pub(super) fn finish(mut self, scenario: &Scenario, outcome: &Outcome) -> io::Result<()> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let Some(tables) = self.tables.take() else { return Ok(()) };
        publish(&self.folder, self.format, tables.finish(scenario, outcome)?, &descriptions())
    }
}

impl Observer for TidyFiles {
    fn record(&mut self, day: Day, record: Record<'_>) {
        if let (None, Some(tables)) = (&self.error, &mut self.tables) {
            self.error = tables.record(&self.library, day, record).err();
        }
    }
}

impl Drop for TidyFiles {
    /// What a stopped run left of its tables says nothing.
    fn drop(&mut self) {
        give_up(&self.folder, self.format, &descriptions());
    }
}
