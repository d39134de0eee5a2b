//! A table of the record, read row by row, with the place of every field: whoever checks the record points at it.
//!
//! Deliberately absent: what a row means. That stands in [`super::record`] and [`super::whole`].

use serde::de::DeserializeOwned;

use crate::base::{Place, Problem, Problems};

/// A table.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// Its columns.
    headers: Vec<String>,
    /// Its rows.
    pub(super) rows: Vec<Row<T>>,
}

/// A row and where it stands.
#[derive(Debug)]
pub(super) struct Row<T> {
    /// What it says.
    pub(super) value: T,
    /// Where each of its fields stands.
    fields: Vec<Place>,
}

/// Whence a table comes, and so how what is wrong with it is told.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whence<'a> {
    /// A file of a reader's list, at whose places problems point.
    Listed(u32),
    /// One of this name in no list: problems name it, with the line.
    Named(&'a str),
}

impl<T: DeserializeOwned> Table<T> {
    /// Reads a table, and says what of it could not be read.
    pub(super) fn read(text: &str, whence: Whence<'_>) -> (Self, Problems) {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut problems = Problems::default();
        let place = |start: u64, end: u64| match whence {
            Whence::Listed(file) => Place {
                file,
                start: u32::try_from(start).unwrap_or(u32::MAX),
                end: u32::try_from(end).unwrap_or(u32::MAX),
            },
            Whence::Named(_) => Place::NOWHERE,
        };
        let mut refuse = |(start, end): (u64, u64), what: String| {
            let message = match whence {
                Whence::Listed(_) => what,
                Whence::Named(name) => format!("{name}, line {}: {what}", line_of(text, start)),
            };
            problems.push(Problem::new(place(start, end), message));
        };
        let headers = reader.headers().cloned().unwrap_or_else(|error| {
            refuse((0, 0), error.to_string());
            csv::StringRecord::new()
        });
        let mut rows = Vec::new();
        for record in reader.records() {
            let at = |position: Option<&csv::Position>| position.map_or(0, csv::Position::byte);
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let start = skip_line_ends(text, at(error.position()));
                    refuse((start, start + 1), unread(&error, None, ""));
                    continue;
                }
            };
            let start = skip_line_ends(text, at(record.position()));
            let ranges = fields(text, start);
            match record.deserialize(Some(&headers)) {
                Ok(value) => {
                    let fields = ranges.into_iter().map(|(start, end)| place(start, end)).collect();
                    rows.push(Row { value, fields });
                }
                Err(error) => {
                    let field = wrong_field(&error, &record);
                    let range = field.and_then(|field| ranges.get(field)).copied().unwrap_or((start, start + 1));
                    let cell = field.and_then(|field| record.get(field)).unwrap_or_default();
                    refuse(range, unread(&error, field.and_then(|field| headers.get(field)), cell));
                }
            }
        }
        (Self { headers: headers.iter().map(str::to_owned).collect(), rows }, problems)
    }
}

impl<T> Table<T> {
    /// Where a field of a row stands; the row's first where there is no such column.
    pub(super) fn place(&self, row: &Row<T>, column: &str) -> Place {
        let index = self.headers.iter().position(|header| header == column).unwrap_or(0);
        row.fields.get(index).or(row.fields.first()).copied().unwrap_or(Place::NOWHERE)
    }
}

/// What of a row, or of a cell in it, could not be read. The reader of tables speaks of records and positions, which nobody
/// sees.
fn unread(error: &csv::Error, column: Option<&str>, cell: &str) -> String {
    use csv::DeserializeErrorKind::{ParseBool, ParseFloat, ParseInt};
    let said = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            return format!("columns in the first line: {expected_len}, cells in this row: {len}");
        }
        csv::ErrorKind::Deserialize { err, .. } => match err.kind() {
            ParseBool(_) => format!("`{cell}` is neither `true` nor `false`"),
            ParseInt(_) => format!("`{cell}` is no whole number that may stand here"),
            ParseFloat(_) => format!("`{cell}` is no number"),
            other => other.to_string(),
        },
        _ => error.to_string(),
    };
    match column {
        Some(column) => format!("column `{column}`: {said}"),
        None => said.replace("missing field", "there is no column"),
    }
}

/// The number of the field that could not be read. The reader knows it of numbers and truths alone; what our own types do not
/// read, such as a day, they quote.
fn wrong_field(error: &csv::Error, record: &csv::StringRecord) -> Option<usize> {
    let csv::ErrorKind::Deserialize { err, .. } = error.kind() else { return None };
    let known = err.field().and_then(|field| usize::try_from(field).ok());
    let said = err.kind().to_string();
    known.or_else(|| record.iter().position(|cell| said.contains(&format!("`{cell}`"))))
}

fn in_memory(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// The line in which a byte stands, from 1.
fn line_of(text: &str, byte: u64) -> usize {
    1 + text.bytes().take(in_memory(byte)).filter(|byte| *byte == b'\n').count()
}

/// The first byte of a record: the reader counts the ends of the lines before it to it.
fn skip_line_ends(text: &str, start: u64) -> u64 {
    let from = in_memory(start);
    let ends = text.as_bytes().get(from..).unwrap_or_default().iter().take_while(|byte| b"\r\n".contains(byte)).count();
    start + ends as u64
}

/// The fields of the record that begins at a byte: first byte, and one past the last, without quotation marks.
fn fields(text: &str, start: u64) -> Vec<(u64, u64)> {
    let from = in_memory(start);
    let mut fields = Vec::new();
    let (mut begin, mut quoted) = (from, false);
    let bytes = text.as_bytes();
    for at in from..=bytes.len() {
        let byte = bytes.get(at).copied();
        if byte == Some(b'"') {
            quoted = !quoted;
        }
        let ends = matches!(byte, None | Some(b'\r' | b'\n'));
        if byte.is_none() || (!quoted && (ends || byte == Some(b','))) {
            let inside = usize::from(at > begin + 1 && bytes[begin] == b'"');
            fields.push(((begin + inside) as u64, (at - inside) as u64));
            begin = at + 1;
            if ends {
                break;
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{Table, Whence};
    use crate::base::Day;

    #[test]
    fn every_field_is_found_where_it_stands() {
        let text = "a,b,c\n1,\"x, \"\"y\"\"\",\r\n\n2,,\"é\"\n3,4,5";
        let (table, problems) = Table::<(String, String, String)>::read(text, Whence::Listed(7));
        assert!(problems.0.is_empty(), "{problems}");
        let quoted: Vec<Vec<&str>> = table
            .rows
            .iter()
            .map(|row| {
                ["a", "b", "c"]
                    .map(|column| table.place(row, column))
                    .map(|place| &text[place.start as usize..place.end as usize])
                    .to_vec()
            })
            .collect();
        assert_eq!(quoted, [["1", "x, \"\"y\"\"", ""], ["2", "", "é"], ["3", "4", "5"]]);
    }

    #[test]
    fn a_field_that_cannot_be_read_is_pointed_at() {
        let text = "a,b\n1,2\n3,x\n4\n";
        let (table, problems) = Table::<(u8, u8)>::read(text, Whence::Listed(7));
        assert_eq!(table.rows.len(), 1);
        let at: Vec<u32> = problems.0.iter().map(|problem| problem.place.start).collect();
        assert_eq!(at, [10, 12], "{problems}");
    }

    #[test]
    fn a_table_in_no_list_is_named_with_the_line() {
        let text = "n,from,is,share\n1,2001-02-28,true,0.5\n\nx,2001-02-28,true,0.5\n1,2001-02-29,true,0.5\n\
                    1,2001-02-28,yes,0.5\n1,2001-02-28,true,half\n1,2001-02-28\n";
        let read = |whence| Table::<(u8, Day, bool, f64)>::read(text, whence).1.to_string();
        assert_eq!(
            read(Whence::Named("own/status/t.csv")),
            "own/status/t.csv, line 4: column `n`: `x` is no whole number that may stand here\n\
             own/status/t.csv, line 5: column `from`: there is no day `2001-02-29`\n\
             own/status/t.csv, line 6: column `is`: `yes` is neither `true` nor `false`\n\
             own/status/t.csv, line 7: column `share`: `half` is no number\n\
             own/status/t.csv, line 8: columns in the first line: 4, cells in this row: 2\n"
        );
        assert!(read(Whence::Listed(7)).starts_with("column `n`: `x` is"), "the place says where");
    }
}
