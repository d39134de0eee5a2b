//! Cells of CSV files that spreadsheets open: a cell that would be taken for a formula gets a leading apostrophe.

use crate::tables::{field, field_writer};

/// Writes rows of safe cells.
pub struct Writer(csv::Writer<Vec<u8>>);

impl Writer {
    /// A file with these headings.
    ///
    /// # Errors
    /// None that the memory does not give.
    pub fn new(header: &[&str]) -> anyhow::Result<Self> {
        let mut writer = field_writer(Vec::new());
        writer.write_record(header)?;
        Ok(Self(writer))
    }

    /// One row.
    ///
    /// # Errors
    /// A row of another length than the headings.
    pub fn row(&mut self, cells: &[String]) -> anyhow::Result<()> {
        Ok(self.0.write_record(cells.iter().map(|cell| field(cell).into_owned()))?)
    }

    /// The text.
    ///
    /// # Errors
    /// None that the memory does not give.
    pub fn finish(self) -> anyhow::Result<String> {
        Ok(String::from_utf8(self.0.into_inner()?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;

    #[test]
    fn quotes_and_commas_survive() {
        let mut writer = Writer::new(&["a", "b"]).expect("headings");
        writer.row(&["x, \"y\"".to_owned(), "=z".to_owned()]).expect("a row");
        assert_eq!(writer.finish().expect("text"), "a,b\n\"x, \"\"y\"\"\",'=z\n");
    }
}
