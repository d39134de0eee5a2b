//! CSV after RFC 4180: comma, double quotes where needed, UTF-8, one line of names.
//!
//! Spreadsheets run a cell that begins like a formula. A *text* that begins so is given an apostrophe before it (as the
//! Open Worldwide Application Security Project advises); numbers stay numbers, minus signs and all.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Cell, Column};

/// First characters by which a spreadsheet takes a cell for a formula, with the wide forms that some take for the same.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The text as it may stand in a spreadsheet.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A table written as CSV.
pub(super) struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub(super) fn new(to: W, columns: &[Column]) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record(columns.iter().map(|column| harmless(&column.name).into_owned())).map_err(io)?;
        Ok(Self(writer))
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for cell in cells {
            let text = match cell {
                Cell::Text(text) => harmless(text),
                other => other.written(),
            };
            self.0.write_field(text.as_bytes()).map_err(io)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(io)
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.0.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

fn io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Column, Kind};
    use super::{Csv, harmless};

    #[test]
    fn what_begins_like_a_formula_is_marked_as_text() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"] {
            assert_eq!(harmless(bad), format!("'{bad}"));
        }
        for good in ["", "a=1", " =1", "1-1", "'=1"] {
            assert_eq!(harmless(good), good);
        }
    }

    #[test]
    fn numbers_stay_numbers_and_names_are_marked_too() {
        let columns = [
            Column::new("=x", Kind::Text, "", ""),
            Column::new("n", Kind::Number, "", ""),
            Column::new("w", Kind::Whole, "", ""),
        ];
        let mut csv = Csv::new(Vec::new(), &columns).expect("written");
        csv.row(&[Cell::Text("=HYPERLINK(\"a\")".into()), Cell::Number(-0.5), Cell::Whole(-3)]).expect("written");
        csv.row(&[Cell::Nothing, Cell::Nothing, Cell::Nothing]).expect("written");
        csv.row(&[Cell::Text("two\nlines, one comma".into()), Cell::Number(1e21), Cell::Whole(0)]).expect("written");
        let text = String::from_utf8(csv.finish().expect("written")).expect("UTF-8");
        assert_eq!(
            text,
            "'=x,n,w\n\"'=HYPERLINK(\"\"a\"\")\",-0.5,-3\n,,\n\"two\nlines, one comma\",1000000000000000000000,0\n"
        );
    }
}
