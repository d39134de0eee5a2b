//! CSV after RFC 4180: comma, double quotes where needed, UTF-8, one line of names.
//!
//! Spreadsheets run a cell that begins like a formula. A *text* that begins so is given an apostrophe before it (as the
//! Open Worldwide Application Security Project advises); numbers stay numbers, minus signs and all. Where the separator of
//! lists is `;`, as in German or French, a spreadsheet cuts texts there, and at tabs where one is told to: what would begin a
//! cell then is given one, too.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Cell, Column};

/// First characters by which a spreadsheet takes a cell for a formula, with the wide forms that some take for the same.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
/// Where other readers than ours begin a new cell inside a text: one that does not cut at commas does not know our quotes,
/// which do not begin its cells, so that line ends cut as well.
const CUTS: [char; 4] = [';', '\t', '\r', '\n'];
/// What makes quotes necessary: for us, and for those who cut elsewhere.
const QUOTED: [char; 6] = [',', '"', '\r', '\n', ';', '\t'];

/// The text as it may stand in a spreadsheet. What is so already stays as it is.
fn harmless(text: &str) -> Cow<'_, str> {
    if !text.starts_with(FORMULA) && !text.contains(CUTS) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut begins_cell = true;
    for (at, character) in text.char_indices() {
        if begins_cell && is_run(text, at) {
            out.push('\'');
        }
        out.push(character);
        begins_cell = CUTS.contains(&character);
    }
    Cow::Owned(out)
}

/// Whether a cell that begins there would be run. Of cuts that follow one another the last begins a cell with anything in it;
/// and quotes at its beginning are taken off by whoever reads it.
fn is_run(text: &str, at: usize) -> bool {
    let cell = if at == 0 { text } else { text[at..].trim_start_matches('"') };
    cell.starts_with(FORMULA) && (at == 0 || !cell.starts_with(CUTS))
}

/// A text as a field: harmless, and in quotes where it needs them.
fn field(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if text.contains(QUOTED) { Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))) } else { text }
}

/// A table written as CSV.
pub(super) struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub(super) fn new(to: W, columns: &[Column]) -> io::Result<Self> {
        // Fields have their quotes already.
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Never).from_writer(to);
        writer.write_record(columns.iter().map(|column| field(&column.name).into_owned())).map_err(io)?;
        Ok(Self(writer))
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for cell in cells {
            let text = match cell {
                Cell::Text(text) => field(text),
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
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1", "\n1", "＝1"] {
            assert_eq!(harmless(bad), format!("'{bad}"));
        }
        for good in ["", "a=1", " =1", "1-1", "'=1"] {
            assert_eq!(harmless(good), good);
        }
    }

    #[test]
    fn what_would_begin_a_cell_where_others_cut_is_marked_too() {
        for (bad, safe) in [
            ("a;=1+1", "a;'=1+1"),
            ("a\t@SUM(A1)", "a\t'@SUM(A1)"),
            ("a;b;-1;c;＝1", "a;b;'-1;c;'＝1"),
            ("=1;=2", "'=1;'=2"),
            ("a\n=1", "a\n'=1"),
            ("a;;\t+1", "a;;\t'+1"),
            ("\t=1", "'\t'=1"),
            // A reader of the second cell takes its quotes off.
            ("a;\"=1", "a;'\"=1"),
        ] {
            assert_eq!(harmless(bad), safe);
            assert_eq!(harmless(safe), safe, "once is enough");
        }
        for good in ["a;b", "a;b=1", "a; =1", "a\tb", "a\nb", "a;", "a,=1"] {
            assert_eq!(harmless(good), good);
        }
    }

    /// As a spreadsheet reads it whose separator is the semicolon: no cell begins like a formula.
    #[test]
    fn a_reader_that_cuts_at_semicolons_meets_no_formula() {
        let columns = [Column::new("n", Kind::Whole, "", ""), Column::new("t;=t", Kind::Text, "", "")];
        for text in ["a;=1+1", "a;\"=1", "=1;@x", "\";=1", "a\n=1", "a;\n=1", "a;\"\"=1;-2"] {
            let mut csv = Csv::new(Vec::new(), &columns).expect("written");
            csv.row(&[Cell::Whole(7), Cell::Text(text.into())]).expect("written");
            let written = csv.finish().expect("written");
            let mut reader =
                csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(&*written);
            let cells: Vec<String> = reader
                .records()
                .flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
                .collect();
            assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{text:?}: {cells:?}");
            // And with commas it is one cell, quoted.
            let mut reader = csv::Reader::from_reader(&*written);
            let row = reader.records().next().expect("a row").expect("a row");
            assert_eq!((&row[0], &row[1]), ("7", &*harmless(text)));
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
        csv.row(&[Cell::Text("a;-1".into()), Cell::Number(-1.5), Cell::Whole(-1)]).expect("written");
        csv.row(&[Cell::Text("a\tb".into()), Cell::Nothing, Cell::Nothing]).expect("written");
        let text = String::from_utf8(csv.finish().expect("written")).expect("UTF-8");
        assert_eq!(
            text,
            "'=x,n,w\n\"'=HYPERLINK(\"\"a\"\")\",-0.5,-3\n,,\n\"two\nlines, one comma\",1000000000000000000000,0\n\
             \"a;'-1\",-1.5,-1\n\"a\tb\",,\n"
        );
    }
}
