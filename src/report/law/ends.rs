//! How far the tables of the record reach, beside what is told of a day: after its end a table says nothing.

use serde::Serialize;

use crate::base::Day;
use crate::report::lines::{counted, hang};
use crate::scenario::Corpus;

/// Tables of the record, and how many of them end before a day.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TablesEnded {
    /// All of them.
    pub tables: usize,
    /// Those that end before the day.
    pub ended: usize,
}

impl TablesEnded {
    /// Before this day.
    #[must_use]
    pub fn before(corpus: &Corpus, day: Day) -> Self {
        let ends: Vec<Day> = corpus.record.keys().filter_map(|treaty| corpus.table_ends(treaty)).collect();
        Self { tables: ends.len(), ended: ends.iter().filter(|end| **end < day).count() }
    }

    /// The same, to end a text; nothing where none has ended.
    pub fn text(&self, out: &mut String) {
        if self.ended == 0 {
            return;
        }
        let said = format!(
            "Of {} of the record {} end before this day: what was done since is not in them. `comity law status TREATY` has \
             the day of each.",
            counted(self.tables, "table", "tables"),
            self.ended
        );
        out.push('\n');
        hang(out, "", &said);
    }
}
