//! Whoever watches `comity run`: the bar, the record log on disk, who follows over gRPC, the tables.
//!
//! Deliberately absent: what the lines of the log say; see [`crate::report::log`].

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use fs_err::{File, OpenOptions};
use serde_json::Value;

use super::locks::take;
use super::overwriting;
use super::progress::Days;
use super::tidy_files::TidyFiles;
use crate::base::Day;
use crate::engine::{Month, Observer, Record};
use crate::grpc::Observatory;
use crate::law::Library;
use crate::report;

/// What is written into the folder of `--out`.
pub(super) const SUMMARY: &str = "summary.json";
pub(super) const RECORDS: &str = "records.jsonl";

/// Whoever watches a run from the command line.
pub(super) struct Watchers {
    pub progress: Option<Days>,
    pub log: Option<Log>,
    pub publish: Option<Publish>,
    pub tables: Option<TidyFiles>,
}

impl Watchers {
    /// Tells what the run as a whole came to. Like the months it is derived from the records, and no part of the digest.
    pub fn end(&mut self, summary: &report::Summary) {
        for line in report::log::ending(summary) {
            if let Some(log) = &mut self.log {
                log.line(summary.to, &line);
            }
            if let Some(publish) = &mut self.publish {
                publish.line(summary.to, &line);
            }
        }
    }
}

impl Observer for Watchers {
    fn record(&mut self, day: Day, record: Record<'_>) {
        if let Some(progress) = &mut self.progress {
            progress.record(day, record);
        }
        if let Some(log) = &mut self.log {
            log.record(day, record);
        }
        if let Some(publish) = &mut self.publish {
            publish.record(day, record);
        }
        if let Some(tables) = &mut self.tables {
            tables.record(day, record);
        }
    }

    fn month(&mut self, day: Day, month: &Month) {
        if let Some(log) = &mut self.log {
            log.month(day, month);
        }
        if let Some(publish) = &mut self.publish {
            publish.month(day, month);
        }
    }
}

/// Bytes of the log that are gathered before they are written. Less would be many calls for nothing, and so much is written
/// at once.
const GATHERED: usize = 64 * 1024;

/// The record log on disk: whole lines, day by day.
pub(super) struct Log {
    library: Arc<Library>,
    folder: PathBuf,
    file: File,
    /// Lines that are not in the file yet.
    gathered: Vec<u8>,
    /// Bytes that are.
    written: u64,
    /// The day of the line that came last.
    day: Option<Day>,
    /// Days that are over, with what the log has once they are: the last that is in the file for certain, and those after it.
    days: Vec<(u64, Day)>,
    error: Option<io::Error>,
}

impl Log {
    /// Begins a log, which is this run's alone until it is dropped. The summary of an earlier run goes: if this one is broken
    /// off, its records have none.
    pub fn create(folder: &Path, library: &Arc<Library>) -> io::Result<Self> {
        fs_err::create_dir_all(folder)?;
        let (summary, records) = (folder.join(SUMMARY), folder.join(RECORDS));
        overwriting::records(&records)?;
        overwriting::summary(&summary)?;
        // What another run is writing is not cut off, and so emptied only once it is ours.
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(records)?;
        take(&file, folder)?;
        // The other may have ended between the two looks.
        if overwriting::summary(&summary)? {
            fs_err::remove_file(&summary)?;
        }
        file.set_len(0)?;
        Ok(Self {
            library: Arc::clone(library),
            folder: folder.to_owned(),
            file,
            gathered: Vec::new(),
            written: 0,
            day: None,
            days: Vec::new(),
            error: None,
        })
    }

    fn line(&mut self, day: Day, line: &Value) {
        if self.error.is_some() {
            return;
        }
        if let Some(over) = self.day.replace(day).filter(|before| *before != day) {
            self.days.push((self.written + self.gathered.len() as u64, over));
        }
        self.error = writeln!(self.gathered, "{line}").err();
        if self.gathered.len() >= GATHERED {
            self.write();
        }
    }

    /// Writes what was gathered. What cannot be written whole is taken back to the end of a day, as far as the disk lets it.
    fn write(&mut self) {
        let written = self.file.write_all(&self.gathered);
        let there = if written.is_ok() {
            self.written + self.gathered.len() as u64
        } else {
            self.file.metadata().map_or(0, |file| file.len())
        };
        self.gathered.clear();
        let in_the_file = self.days.iter().take_while(|(end, _)| *end <= there).count();
        if let Err(error) = written {
            self.days.truncate(in_the_file);
            drop(self.file.set_len(self.days.last().map_or(0, |(end, _)| *end)));
            self.error = Some(error);
        } else {
            self.written = there;
            self.days.drain(..in_the_file.saturating_sub(1));
        }
    }

    /// Ends the log: it is on the disk before anything is that speaks of it, and stays this run's until it is dropped.
    ///
    /// # Errors
    /// When it could not be written whole; up to which day it was, in words.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        if self.error.is_none() {
            self.write();
        }
        let Some(broken) = self.error.take() else {
            return self.file.sync_all().with_context(|| self.without_summary("may lack days"));
        };
        let left = self.days.last().map_or("is empty".to_owned(), |(_, day)| format!("ends with {day}"));
        Err(broken).with_context(|| self.without_summary(&left))
    }

    fn without_summary(&self, left: &str) -> String {
        format!("the log in {} {left}, and no summary is beside it", self.folder.display())
    }
}

impl Observer for Log {
    fn record(&mut self, day: Day, record: Record<'_>) {
        if self.error.is_some() {
            return;
        }
        if let Some(line) = report::log::json(&self.library, day, record) {
            self.line(day, &line);
        }
    }

    fn month(&mut self, day: Day, month: &Month) {
        self.line(day, &report::log::month(&self.library, day, month));
    }
}

/// Tells whoever follows the run over gRPC.
pub(super) struct Publish {
    pub observatory: Observatory,
    pub library: Arc<Library>,
}

impl Publish {
    fn line(&self, day: Day, line: &Value) {
        let kind = line.get("kind").and_then(Value::as_str).unwrap_or_default();
        self.observatory.publish(day, kind, line.to_string());
    }
}

impl Observer for Publish {
    fn record(&mut self, day: Day, record: Record<'_>) {
        // Heads of registers say nothing to who watches: they are for whoever holds the log to them afterwards.
        if matches!(record, Record::Register(..) | Record::Day) {
            return;
        }
        if let Some(line) = report::log::json(&self.library, day, record) {
            self.line(day, &line);
        }
    }

    fn month(&mut self, day: Day, month: &Month) {
        self.line(day, &report::log::month(&self.library, day, month));
    }
}

#[cfg(test)]
mod tests {
    use super::{Log, RECORDS};
    use crate::base::Day;
    use crate::scenario::{Options, read};

    /// Whoever writes the summary beside it has the folder still.
    #[test]
    fn a_log_that_was_ended_is_its_own_until_it_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let scenario = read("scenarios/hate-speech-haven.yaml".as_ref(), &Options::default()).expect("sound");
        let library = &scenario.plan.library;
        let mut log = Log::create(folder.path(), library).expect("created");
        log.line(Day::from_number(1), &serde_json::json!({"day": "1970-01-02", "kind": "month"}));
        log.finish().expect("written");
        let refused = Log::create(folder.path(), library).err().expect("it is taken");
        assert!(refused.to_string().contains("another run writes into"), "{refused}");
        assert!(folder.path().join(RECORDS).metadata().expect("a log").len() > 0, "and not emptied");
        drop(log);
        Log::create(folder.path(), library).expect("anybody's again");
    }
}
