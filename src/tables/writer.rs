//! One writer for both formats: columns first, then rows, then the end.

use std::io::{self, Write};

use super::csv::Csv;
use super::parquet::Parquet;
use super::{Cell, Column};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Parquet: typed, small, with units and meanings in the file.
    Parquet,
    /// Text with commas.
    Csv,
}

impl Format {
    /// The ending of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
        }
    }

    /// The format whose ending this is.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        [Self::Parquet, Self::Csv].into_iter().find(|format| format.ending() == ending)
    }
}

/// The note in the footer of Parquet that says what every column means.
pub const MEANINGS: &str = "comity.columns";

/// A table being written. Rows go out as they come: memory holds one row group of Parquet, or nothing.
pub struct Writer<W: Write + Send> {
    columns: Vec<Column>,
    to: To<W>,
}

enum To<W: Write + Send> {
    Parquet(Box<Parquet<W>>),
    Csv(Box<Csv<W>>),
}

impl<W: Write + Send> Writer<W> {
    /// Begins a table. Unit and meaning of every column go into the footer of Parquet.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(format: Format, to: W, columns: Vec<Column>) -> io::Result<Self> {
        let to = match format {
            Format::Csv => To::Csv(Box::new(Csv::new(to, &columns)?)),
            Format::Parquet => {
                let mut parquet = Box::new(Parquet::new(to, &columns)?);
                parquet.note(MEANINGS, meanings(&columns));
                To::Parquet(parquet)
            }
        };
        Ok(Self { columns, to })
    }

    /// Notes what identifies the table (plan, seed, version) in the footer of Parquet; CSV has no room for it.
    pub fn note(&mut self, name: &str, value: String) {
        if let To::Parquet(parquet) = &mut self.to {
            parquet.note(name, value);
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When it cannot be written.
    ///
    /// # Panics
    /// When a cell does not fit its column, or there are more or fewer cells than columns: tables are made by code.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        assert_eq!(cells.len(), self.columns.len(), "a cell for each column");
        for (cell, column) in cells.iter().zip(&self.columns) {
            assert!(cell.fits(column.kind), "{cell:?} does not fit the column {}", column.name);
        }
        match &mut self.to {
            To::Parquet(parquet) => parquet.row(cells),
            To::Csv(csv) => csv.row(cells),
        }
    }

    /// Ends the table, and gives back what it was written to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<W> {
        match self.to {
            To::Parquet(parquet) => parquet.finish(),
            To::Csv(csv) => csv.finish(),
        }
    }
}

fn meanings(columns: &[Column]) -> String {
    let column = |column: &Column| serde_json::json!({"name": column.name, "unit": column.unit, "means": column.means});
    serde_json::Value::Array(columns.iter().map(column).collect()).to_string()
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};

    use super::{Format, Writer};
    use crate::tables::{Cell, Column, Kind};

    #[test]
    fn parquet_is_read_back_with_its_meanings() {
        let columns = vec![
            Column::new("state", Kind::Text, "", "the state"),
            Column::new("a.b", Kind::Number, "days", "median days"),
            Column::new("seed", Kind::Seed, "", "the seed"),
            Column::new("day", Kind::Day, "", "the day"),
        ];
        let mut table = Writer::new(Format::Parquet, tempfile::tempfile().expect("a file"), columns).expect("begun");
        table.note("plan", "abc".to_owned());
        let day = "1970-01-03".parse().expect("a day");
        // More rows than one row group holds.
        for row in 0..20_000_u32 {
            let number = if row % 3 == 0 { Cell::Nothing } else { Cell::Number(f64::from(row) / 7.0) };
            table
                .row(&[Cell::from(format!("s{}", row % 5)), number, Cell::Seed(u64::MAX), Cell::Day(day)])
                .expect("a row");
        }
        let reader = SerializedFileReader::new(table.finish().expect("written")).expect("Parquet");
        assert_eq!(reader.metadata().num_row_groups(), 2);
        let notes = reader.metadata().file_metadata().key_value_metadata().expect("notes");
        assert!(notes.iter().any(|note| note.key == "plan" && note.value.as_deref() == Some("abc")));
        assert!(notes.iter().any(|note| note.value.as_deref().is_some_and(|value| value.contains("median days"))));
        let rows: Vec<String> =
            reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect();
        assert_eq!(rows.len(), 20_000);
        assert_eq!(rows[3], "{state: \"s3\", a.b: null, seed: 18446744073709551615, day: 1970-01-03}");
        assert!(rows[19_999].starts_with("{state: \"s4\", a.b: 2857.0"), "{}", rows[19_999]);
    }

    #[test]
    #[should_panic(expected = "does not fit")]
    fn a_cell_of_another_kind_is_our_own_mistake() {
        let mut table = Writer::new(Format::Csv, Vec::new(), vec![Column::new("n", Kind::Number, "", "")]).unwrap();
        let _ = table.row(&[Cell::Whole(1)]);
    }
}
