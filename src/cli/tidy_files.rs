//! Tables for other tools as files, each under another name until it is whole.

use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use fs_err::{self as fs, File};

use super::Ending;
use crate::base::Day;
use crate::engine::{Observer, Outcome, Record};
use crate::law::Library;
use crate::report::compare::CompareSummary;
use crate::report::tidy::{Tables, comparison, descriptions, dictionary};
use crate::scenario::Scenario;
use crate::study::Comparison;
use crate::tables::{Description, Format};

/// Longest first line that is looked at, in bytes: ours are shorter.
const LONGEST_LINE: u64 = 4096;

/// Where tables go, and how they are written.
#[derive(Clone, Debug, Args)]
pub(super) struct TablesArguments {
    /// Write the result as tables for other tools into this folder (see `comity tables`)
    #[arg(long, value_name = "DIR", value_parser = super::paths::new_folder)]
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

    /// Begins the tables of a run, if they are wanted.
    pub(super) fn create(&self, scenario: &Scenario) -> anyhow::Result<Option<TidyFiles>> {
        let Some(folder) = &self.tables else { return Ok(None) };
        Ok(Some(TidyFiles::create(folder, self.format(), scenario)?))
    }

    /// Whether the tables of a comparison can be written, before anything runs.
    pub(super) fn spare_for_comparison(&self) -> io::Result<()> {
        self.tables.as_ref().map_or(Ok(()), |folder| spare(folder, self.format(), &comparison::descriptions()))
    }

    /// Writes the tables of a comparison, if they are wanted.
    pub(super) fn comparison(&self, found: &Comparison, summary: &CompareSummary) -> anyhow::Result<()> {
        let Some(folder) = &self.tables else { return Ok(()) };
        Ok(write_comparison(folder, self.format(), found, summary)?)
    }
}

fn write_comparison(folder: &Path, format: Format, found: &Comparison, summary: &CompareSummary) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for mut file in comparison::write(found, summary, format, &mut |name| create(folder, name))? {
        file.flush()?;
    }
    name(folder, format, comparison::descriptions().iter().map(|table| table.name))
}

/// Refuses to write over a table that another program or a person made: of ours the first line is known.
fn spare(folder: &Path, format: Format, tables: &[Description]) -> io::Result<()> {
    for table in tables.iter().filter(|_| format == Format::Csv) {
        let path = folder.join(format!("{}.{}", table.name, format.ending()));
        let ours: Vec<&str> = table.columns.iter().take(2).map(|column| &*column.name).collect();
        let mut line = String::new();
        #[expect(clippy::disallowed_methods, reason = "a line, which tells what would be lost")]
        let there = File::open(&path).and_then(|file| BufReader::new(file).take(LONGEST_LINE).read_line(&mut line));
        if there.is_ok_and(|length| length > 0) && !line.starts_with(&ours.join(",")) {
            let message = format!("{} is there already and is no table of this program", path.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
    }
    Ok(())
}

fn create(folder: &Path, name: &'static str) -> io::Result<BufWriter<File>> {
    #[expect(clippy::disallowed_methods, reason = "the one place where tables of a run or a comparison are written")]
    let file = File::create(folder.join(unfinished(name)))?;
    Ok(BufWriter::new(file))
}

/// Gives whole tables their names.
fn name(folder: &Path, format: Format, tables: impl Iterator<Item = &'static str>) -> io::Result<()> {
    for table in tables {
        fs::rename(folder.join(unfinished(table)), folder.join(format!("{table}.{}", format.ending())))?;
    }
    Ok(())
}

/// Prints the data dictionary.
pub(super) fn dictionary() -> anyhow::Result<Ending> {
    write!(io::stdout(), "{}", dictionary::page())?;
    Ok(Ending::Done)
}

/// Tables under way. A run that stops leaves none.
pub(super) struct TidyFiles {
    folder: PathBuf,
    format: Format,
    library: Arc<Library>,
    tables: Option<Tables<BufWriter<File>>>,
    error: Option<io::Error>,
    /// Folders that were made for them, the innermost first.
    made: Vec<PathBuf>,
}

impl TidyFiles {
    pub(super) fn create(folder: &Path, format: Format, scenario: &Scenario) -> io::Result<Self> {
        let is_new = |above: &&Path| !above.as_os_str().is_empty() && !above.exists();
        let made: Vec<PathBuf> = folder.ancestors().take_while(is_new).map(Path::to_owned).collect();
        fs::create_dir_all(folder)?;
        spare(folder, format, &descriptions())?;
        let tables = Some(Tables::new(scenario, format, &mut |name| create(folder, name))?);
        let library = Arc::clone(&scenario.plan.library);
        Ok(Self { folder: folder.to_owned(), format, library, tables, error: None, made })
    }

    /// Ends the tables and gives them their names.
    pub(super) fn finish(mut self, scenario: &Scenario, outcome: &Outcome) -> io::Result<()> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let Some(tables) = self.tables.take() else { return Ok(()) };
        for mut file in tables.finish(scenario, outcome)? {
            file.flush()?;
        }
        name(&self.folder, self.format, descriptions().iter().map(|table| table.name))
    }
}

fn unfinished(name: &str) -> String {
    format!("{name}.unfinished")
}

impl Observer for TidyFiles {
    fn record(&mut self, day: Day, record: Record<'_>) {
        if let (None, Some(tables)) = (&self.error, &mut self.tables) {
            self.error = tables.record(&self.library, day, record).err();
        }
    }
}

impl Drop for TidyFiles {
    /// What a stopped run left of its tables says nothing, and no more does a folder made for them. One with anything in
    /// it is not removed.
    fn drop(&mut self) {
        for table in descriptions() {
            drop(fs::remove_file(self.folder.join(unfinished(table.name))));
        }
        let _ = self.made.iter().try_for_each(fs::remove_dir);
    }
}
