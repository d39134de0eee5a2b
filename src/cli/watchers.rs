//! Whoever watches `comity run`: the bar, the record log on disk, who follows over gRPC, the tables.
//!
//! Deliberately absent: what the lines of the log say; see [`crate::report::log`].

use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

use fs_err::{File, OpenOptions};
use serde_json::Value;

use super::locks::take;
use super::ours;
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
                log.line(&line);
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

/// The record log on disk: whole lines, day by day.
pub(super) struct Log {
    library: Arc<Library>,
    file: BufWriter<File>,
    error: Option<io::Error>,
}

impl Log {
    /// Begins a log, which is this run's alone until it ends. The summary of an earlier run goes: if this one is broken
    /// off, its records have none.
    pub fn create(folder: &Path, library: &Arc<Library>) -> io::Result<Self> {
        fs_err::create_dir_all(folder)?;
        let (summary, records) = (folder.join(SUMMARY), folder.join(RECORDS));
        ours::records(&records)?;
        let has_summary = ours::summary(&summary)?;
        // What another run is writing is not cut off, and so emptied only once it is ours.
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(records)?;
        take(&file, folder)?;
        if has_summary {
            fs_err::remove_file(&summary)?;
        }
        file.set_len(0)?;
        Ok(Self { library: Arc::clone(library), file: BufWriter::new(file), error: None })
    }

    fn line(&mut self, line: &Value) {
        if self.error.is_none() {
            self.error = writeln!(self.file, "{line}").err();
        }
    }

    /// Ends the log. It is on the disk before anything is that speaks of it.
    pub fn finish(mut self) -> io::Result<()> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        self.error.map_or(written, Err)
    }
}

impl Observer for Log {
    fn record(&mut self, day: Day, record: Record<'_>) {
        if self.error.is_some() {
            return;
        }
        if let Some(line) = report::log::json(&self.library, day, record) {
            self.line(&line);
        }
    }

    fn month(&mut self, day: Day, month: &Month) {
        self.line(&report::log::month(&self.library, day, month));
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
