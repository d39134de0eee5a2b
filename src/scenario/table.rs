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

impl<T: DeserializeOwned> Table<T> {
    /// Reads a table, and says what of it could not be read. `file` is that of a reader's list; none stands for a
    /// table that is in no list.
    pub(super) fn read(name: &str, text: &str, file: Option<u32>) -> (Self, Problems) {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut problems = Problems::default();
        let mut refuse = |place: Place, error: &csv::Error| {
            problems.push(Problem::new(place, format!("law/status/{name}.csv: {error}")));
        };
        let place = |start: u64, end: u64| match file {
            Some(file) => Place {
                file,
                start: u32::try_from(start).unwrap_or(u32::MAX),
                end: u32::try_from(end).unwrap_or(u32::MAX),
            },
            None => Place::NOWHERE,
        };
        let headers = match reader.headers() {
            Ok(headers) => headers.clone(),
            Err(error) => {
                refuse(place(0, 0), &error);
                csv::StringRecord::new()
            }
        };
        let mut rows = Vec::new();
        for record in reader.records() {
            let at = |position: Option<&csv::Position>| position.map_or(0, csv::Position::byte);
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let start = skip_line_ends(text, at(error.position()));
                    refuse(place(start, start + 1), &error);
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
                    let wrong = match error.kind() {
                        csv::ErrorKind::Deserialize { err, .. } => err.field(),
                        _ => None,
                    };
                    let field = wrong.and_then(|field| usize::try_from(field).ok());
                    let (start, end) = field.and_then(|field| ranges.get(field)).copied().unwrap_or((start, start + 1));
                    refuse(place(start, end), &error);
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

/// The first byte of a record: the reader counts the ends of the lines before it to it.
fn skip_line_ends(text: &str, start: u64) -> u64 {
    let from = usize::try_from(start).unwrap_or(usize::MAX);
    let ends = text.as_bytes().get(from..).unwrap_or_default().iter().take_while(|byte| b"\r\n".contains(byte)).count();
    start + ends as u64
}

/// The fields of the record that begins at a byte: first byte, and one past the last, without quotation marks.
fn fields(text: &str, start: u64) -> Vec<(u64, u64)> {
    let from = usize::try_from(start).unwrap_or(usize::MAX);
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
    use super::Table;

    #[test]
    fn every_field_is_found_where_it_stands() {
        let text = "a,b,c\n1,\"x, \"\"y\"\"\",\r\n\n2,,\"é\"\n3,4,5";
        let (table, problems) = Table::<(String, String, String)>::read("t", text, Some(7));
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
        let (table, problems) = Table::<(u8, u8)>::read("t", text, Some(7));
        assert_eq!(table.rows.len(), 1);
        let at: Vec<u32> = problems.0.iter().map(|problem| problem.place.start).collect();
        assert_eq!(at, [10, 12], "{problems}");
    }
}
