//! A list of cases from outside: CSV, one row a case, columns are paths of the scenario, an empty cell is as written.
//!
//! By this EMA Workbench, `OpenMOLE` or a spreadsheet drive Comity: whatever chooses the points needs no code of ours.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::factor::{Coordinate, Factor};
use super::plan::{MOST_FACTORS, most_points};
use super::points::tabulated;
use crate::base::{Place, Problem, Problems};
use crate::reading::{self, Key, Kind, MAX_PROBLEMS, Node, Sources};

/// Longest table, in bytes.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A table of cases as factors and points.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns, in their order.
    pub factors: Vec<Factor>,
    /// The rows; what is wrong of one is as written.
    pub points: Vec<Vec<Coordinate>>,
    /// What is wrong with rows, whatever the scenario says to the others.
    pub problems: Problems,
}

/// Reads a table of cases into factors and points.
///
/// # Errors
/// What is wrong with it as a whole, by line.
pub fn read(sources: &mut Sources, path: &Path) -> Result<Table, Problems> {
    let name = path.display().to_string();
    let nowhere = |message: String| Problems(vec![Problem::new(Place::NOWHERE, message)]);
    let mut bytes = Vec::new();
    #[expect(
        clippy::disallowed_methods,
        reason = "tables of cases are longer than what people write, and have their own limit"
    )]
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| nowhere(format!("cannot read `{name}`: {error}")))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(nowhere(format!("`{name}` is larger than {MOST_BYTES} bytes")));
    }
    // A mark of byte order is no part of the first cell, and none of what is shown.
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(.."\u{feff}".len());
    }
    let file = reading::add_bytes(sources, name, bytes).map_err(|problem| Problems(vec![problem]))?;
    let text = sources.file(file).map_or("", |source| &source.text);
    of_text(file, text)
}

fn of_text(file: u32, text: &str) -> Result<Table, Problems> {
    if text.trim().is_empty() {
        let whole = Place { file, start: 0, end: 0 };
        return Err(Problems(vec![Problem::new(whole, "the table of cases is empty")]));
    }
    let written = Written { file, text };
    // Rows of another length are told here, all of them.
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let names = table.headers().map_err(|error| written.no_row(&error))?.clone();
    let keys: Vec<Key> =
        names.iter().zip(written.cells(0)).map(|(name, place)| Key { text: name.trim().to_owned(), place }).collect();
    if let Some(problem) = written.open_cell(0) {
        return Err(Problems(vec![problem]));
    }
    let mut problems = columns(&keys, written.line(0));
    let (are_columns_known, most) = (problems.0.is_empty(), most_points(keys.len()));
    let mut rows: Vec<Vec<(usize, Node)>> = Vec::new();
    let mut record = csv::StringRecord::new();
    while problems.0.len() < MAX_PROBLEMS {
        let before = byte_of(table.position());
        let more = table.read_record(&mut record).map_err(|error| written.no_row(&error))?;
        let start = if more { after_line_ends(text, before) } else { text.len() };
        if keys.len() == 1 {
            // The reader of tables passes over a blank line, which in a table of one column is an empty cell.
            rows.extend((0..blank_lines(text, before, start)).map(|_| Vec::new()));
        }
        if rows.len() >= most && (more || rows.len() > most) {
            problems.push(Problem::new(written.line(0), format!("more than {most} cases")));
            break;
        }
        if !more {
            break;
        }
        if let Some(problem) = written.open_cell(start) {
            // All that follows would be in this cell.
            problems.push(problem);
            return Err(problems);
        }
        rows.push(written.row(start, &names, &record, &mut problems));
    }
    if rows.is_empty() {
        problems.push(Problem::new(written.line(0), "the table has no cases"));
    }
    if rows.is_empty() || !are_columns_known {
        return Err(problems);
    }
    // Every column is a factor in its place, also one that is empty.
    let (factors, points) = tabulated(&keys.iter().collect::<Vec<_>>(), &rows);
    Ok(Table { factors, points, problems })
}

/// A table as it is written, with the places in it.
struct Written<'a> {
    file: u32,
    text: &'a str,
}

impl Written<'_> {
    fn place(&self, (start, end): (usize, usize)) -> Place {
        let short = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Place { file: self.file, start: short(start), end: short(end) }
    }

    /// From a byte to the end of its line.
    fn line(&self, start: usize) -> Place {
        let end = self.text[start..].find('\n').map_or(self.text.len(), |length| start + length);
        self.place((start, end.max(start + 1)))
    }

    /// The cells of the row that begins there; its line for those that it lacks.
    fn cells(&self, start: usize) -> impl Iterator<Item = Place> {
        cells(self.text, start).map(|cell| self.place(cell)).chain(std::iter::repeat(self.line(start)))
    }

    /// That a cell of the row that begins there has no end, if one has none.
    fn open_cell(&self, start: usize) -> Option<Problem> {
        let (from, _) = cells(self.text, start).find(|(from, to)| is_open(&self.text[*from..*to]))?;
        let message = "a quotation mark begins this cell, and none ends it";
        Some(Problem::new(self.line(from), message).help("a quotation mark within a cell is written twice"))
    }

    fn no_row(&self, error: &csv::Error) -> Problems {
        let at = error.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        Problems(vec![Problem::new(self.line(at.min(self.text.len())), format!("no row of the table: {error}"))])
    }

    /// The values of the row that begins there, each with the number of its column.
    fn row(
        &self,
        start: usize,
        names: &csv::StringRecord,
        record: &csv::StringRecord,
        problems: &mut Problems,
    ) -> Vec<(usize, Node)> {
        if record.len() != names.len() {
            // Which cell belongs to which column is not known.
            let message = format!("columns in the first line: {}, cells in this row: {}", names.len(), record.len());
            problems.push(Problem::new(self.line(start), message));
            return Vec::new();
        }
        let filled = record.iter().enumerate().zip(self.cells(start)).filter(|((_, cell), _)| !cell.trim().is_empty());
        let mut row = Vec::with_capacity(names.len());
        for ((at, cell), place) in filled {
            match value(self.file, cell, place) {
                Ok(node) => row.push((at, node)),
                Err(message) => problems.push(Problem::new(place, format!("`{}`: {message}", names[at].trim()))),
            }
        }
        row
    }
}

fn byte_of(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Where the row begins that a reader of tables finds from here on: it passes over line ends.
fn after_line_ends(text: &str, start: usize) -> usize {
    start + text[start..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// Blank lines between the end of a row and the beginning of the next, or the end of the text.
fn blank_lines(text: &str, before: usize, start: usize) -> usize {
    let gap = &text[before.min(start)..start];
    // The reader may leave the second half of a line end for the next row.
    let is_half = gap.starts_with('\n') && text[..before].ends_with('\r');
    gap[usize::from(is_half)..].replace("\r\n", "\n").len()
}

/// What is wrong with the first line, which names the columns.
fn columns(keys: &[Key], line: Place) -> Problems {
    let mut problems = Problems::default();
    if let [key] = keys
        && key.text.contains(';')
    {
        let message = "the columns are separated by semicolons, where commas are expected";
        problems.push(Problem::new(line, message).help("save the table as CSV with commas"));
        return problems;
    }
    if keys.is_empty() || keys.len() > MOST_FACTORS {
        problems.push(Problem::new(line, format!("a table of cases has between 1 and {MOST_FACTORS} columns")));
    }
    for (at, key) in keys.iter().enumerate() {
        if let Err(problem) = reading::segments(key) {
            problems.push(problem.help("the first line names the columns, each a path of the scenario"));
        } else if keys[..at].iter().any(|other| other.text == key.text) {
            problems.push(Problem::new(key.place, format!("the column `{}` stands twice", key.text)));
        }
    }
    problems
}

/// First byte and one past the last of each cell of a row, without the blanks around it. Line ends before the row are passed
/// over, as the reader of the table does.
fn cells(text: &str, start: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut next = Some(after_line_ends(text, start));
    std::iter::from_fn(move || {
        let from = next?;
        let mut quoted = false;
        let ends = |byte: u8| {
            quoted ^= byte == b'"';
            !quoted && matches!(byte, b',' | b'\n' | b'\r')
        };
        let to = text.bytes().skip(from).position(ends).map_or(text.len(), |length| from + length);
        next = (text.as_bytes().get(to) == Some(&b',')).then_some(to + 1);
        let cell = &text[from..to];
        let blanks = cell.len() - cell.trim_start().len();
        Some((from + blanks, (from + cell.trim_end().len()).max(from + blanks)))
    })
}

/// Whether a cell begins with a quotation mark and does not end with one: then it goes on to the end of the table.
fn is_open(cell: &str) -> bool {
    cell.starts_with('"') && !cell.matches('"').count().is_multiple_of(2)
}

/// A cell as YAML, standing where its row does.
fn value(file: u32, cell: &str, place: Place) -> Result<Node, String> {
    let mut node = reading::parse(file, cell.trim()).map_err(|unread| {
        unread.problems.0.first().map_or_else(|| "no value".to_owned(), |problem| problem.message.clone())
    })?;
    move_to(&mut node, place);
    Ok(node)
}

fn move_to(node: &mut Node, place: Place) {
    node.place = place;
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| move_to(item, place)),
        Kind::Map(entries) => {
            for (key, value) in entries {
                key.place = place;
                move_to(value, place);
            }
        }
        Kind::Nothing | Kind::Scalar { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Coordinate, Problems, Table, of_text};
    use crate::tables::Kind;

    #[test]
    fn rows_are_points_and_empty_cells_are_as_written() {
        let text = "membership.t.hesper,networks.count\n,200\nnever,\n\"{signed: 2011-01-01}\",200\n";
        let Table { factors, points, .. } = of_text(0, text).expect("cases");
        let names: Vec<&str> = factors.iter().map(|factor| factor.path.text.as_str()).collect();
        assert_eq!(names, ["membership.t.hesper", "networks.count"], "in the order of the columns");
        assert_eq!((factors[0].kind(), factors[1].kind()), (Kind::Text, Kind::Number));
        let (level, written) = (Coordinate::Level, Coordinate::AsWritten);
        assert_eq!(points, [[written, level(0)], [level(0), written], [level(1), level(0)]]);
    }

    #[test]
    fn a_blank_line_of_one_column_is_a_case() {
        let of = |text: &str| of_text(0, text).expect("cases").points.concat();
        let (level, written) = (Coordinate::Level, Coordinate::AsWritten);
        let expected = [written, level(0), written, written, level(1)];
        assert_eq!(of("a\n\n1\n\n\n2\n"), expected);
        assert_eq!(of("a\r\n\r\n1\r\n\r\n\r\n2"), expected, "other line ends");
        assert_eq!(of("a\n1\n"), [level(0)]);
        assert_eq!(of("a\n1\n\n"), [level(0), written], "the last line as well");
        assert_eq!(of("\n\na\n1\n"), [level(0)], "what stands before the first line is no case");
        assert_eq!(of("a,b\n\n1,2\n\n"), [level(0), level(0)], "with more columns it is nothing");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let problems = |text: &str| -> Problems { of_text(0, text).map_or_else(|all| all, |table| table.problems) };
        let message = |text: &str| problems(text).to_string();
        assert!(message("a..b\n1\n").contains("empty part"));
        assert!(message("a,a\n1,2\n").contains("stands twice"));
        assert!(message("a\n").contains("no cases"));
        assert!(
            message("a,b\n1\n1,2,3\n")
                .contains("line: 2, cells in this row: 1\ncolumns in the first line: 2, cells in this row: 3")
        );
        assert!(message("a;b\n1;2\n").contains("semicolons"));
        // Only what begins a cell opens it.
        assert_eq!(message("a,b\n1,2\n3,\"4\n5,6\n"), "a quotation mark begins this cell, and none ends it\n");
        assert_eq!(problems("a,b\n1,2\n3,\"4\n5,6\n").0[0].place.start, 10);
        assert!(message("a,\"b\n1,2\n").contains("none ends it"));
        assert!(!message("a,b\n1,2\"\n").contains("none ends it"));
        assert_eq!(problems("a\n1\n[1\n").0[0].place.start, 4);
        // After a blank line, a row stands where it stands.
        assert_eq!(problems("a,b\n\n1\n").0[0].place.start, 5);
        // The second cell of the second row, whatever stands before it.
        let text = "a,b\r\n\r\n\"{x: 1,\r\ny: 2}\", [1 \r\n";
        let place = problems(text).0[0].place;
        assert_eq!(&text[place.start as usize..place.end as usize], "[1");
        let place = problems("a,b..c\n1,2\n").0[0].place;
        assert_eq!((place.start, place.end), (2, 6));
    }
}
