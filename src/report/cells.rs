//! Cells of CSV files that spreadsheets open: a cell that would be taken for a formula gets a leading apostrophe.

/// Characters with which a spreadsheet begins a formula; tab and return are stripped before some look.
const BEGINS_A_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet computes.
#[must_use]
pub fn safe(cell: &str) -> String {
    if cell.starts_with(BEGINS_A_FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// Writes rows of safe cells.
pub struct Writer(csv::Writer<Vec<u8>>);

impl Writer {
    /// A file with these headings.
    ///
    /// # Errors
    /// None that the memory does not give.
    pub fn new(header: &[&str]) -> anyhow::Result<Self> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(header)?;
        Ok(Self(writer))
    }

    /// One row.
    ///
    /// # Errors
    /// A row of another length than the headings.
    pub fn row(&mut self, cells: &[String]) -> anyhow::Result<()> {
        Ok(self.0.write_record(cells.iter().map(|cell| safe(cell)))?)
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
    use super::{Writer, safe};

    #[test]
    fn formulas_are_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(safe(formula), format!("'{formula}"));
        }
        for text in ["Austria", "2012-10-01", "", "a=b", " =1"] {
            assert_eq!(safe(text), text);
        }
    }

    #[test]
    fn quotes_and_commas_survive() {
        let mut writer = Writer::new(&["a", "b"]).expect("headings");
        writer.row(&["x, \"y\"".to_owned(), "=z".to_owned()]).expect("a row");
        assert_eq!(writer.finish().expect("text"), "a,b\n\"x, \"\"y\"\"\",'=z\n");
    }
}
