//! Tables of text that fit a terminal, each with headings that can be read aloud.

use std::fmt::Display;

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Row, Table, Width, presets};

use super::lines::{UNBROKEN, table_width, width, with_units};

/// An empty table whose columns stand to the left.
#[must_use]
pub fn left(headings: &[impl Display]) -> Table {
    let mut table = bare(table_width());
    table.set_header(headings.iter().map(Cell::new));
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    table
}

fn bare(width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    table
}

/// The same table with the rows alone that say anything in these columns.
fn with_rows(table: &Table, columns: &[usize]) -> Table {
    let mut part = bare(table.width().unwrap_or_else(table_width));
    if let Some(header) = table.header() {
        part.set_header(header.clone());
    }
    part.add_rows(table.row_iter().filter(|row| says_anything(row, columns)).cloned());
    for (column, whole) in part.column_iter_mut().zip(table.column_iter()) {
        *column = whole.clone();
    }
    part
}

/// An empty table whose columns stand to the right, but for the first: numbers, and whose they are.
#[must_use]
pub fn right(headings: &[impl Display]) -> Table {
    let mut table = left(headings);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A name for a heading: longer than so many characters, it goes on below after a hyphen or a stroke, if it has one.
#[must_use]
pub fn broken(name: &str, most: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in name.split_inclusive(['-', '/', ' ']) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + part.trim_end().chars().count() <= most => line.push_str(part),
            _ => lines.push(part.to_owned()),
        }
    }
    lines.join("\n")
}

/// Adds a row. Where a cell is wrapped, its numbers keep their unit.
pub fn add(table: &mut Table, cells: impl IntoIterator<Item = String>) {
    table.add_row(cells.into_iter().map(|cell| Cell::new(with_units(&cell))));
}

/// The table as text. Where the terminal is too narrow for its words, its columns go on below, the first one standing
/// before them again, without the rows that have nothing in them.
#[must_use]
pub fn shown(table: &Table) -> String {
    shown_in_parts(table).join("\n")
}

/// The parts of which such a table is made; one, where there is room for all.
#[must_use]
pub fn shown_in_parts(table: &Table) -> Vec<String> {
    let columns: Vec<Column> = (0..table.column_iter().count()).map(|number| Column::of(table, number)).collect();
    let room = table.width().map_or_else(width, usize::from);
    let parts = parts(&columns, room);
    let of_columns = |shown: &Vec<usize>| {
        let mut part = if parts.len() > 1 { with_rows(table, shown) } else { table.clone() };
        let wanted: usize = shown.iter().map(|number| columns[*number].width).sum();
        for (number, column) in part.column_iter_mut().enumerate() {
            if !shown.contains(&number) {
                column.set_constraint(ColumnConstraint::Hidden);
            } else if wanted <= room {
                // Else the widest sentence takes room that a word of its neighbour needs.
                let least = u16::try_from(columns[number].width - BETWEEN).unwrap_or(u16::MAX);
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
        }
        // The last column is filled up to its width: nobody wants these blanks, least of all in a file.
        let text = part.to_string().replace(UNBROKEN, " ");
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    };
    parts.iter().map(of_columns).collect()
}

/// Whether a row has anything in these columns beside the first of all.
fn says_anything(row: &Row, columns: &[usize]) -> bool {
    let mut beside = row.cell_iter().enumerate().filter(|(number, _)| *number > 0 && columns.contains(number));
    beside.any(|(_, cell)| !cell.content().is_empty())
}

/// The empty line that stands between columns.
const BETWEEN: usize = 1;

/// What has to be known of a column to give it its place.
#[derive(Clone, Copy)]
struct Column {
    /// The fewest characters in which it can be read: no word and no number is broken.
    width: usize,
    /// Whether it says more of the column before: its heading does not begin with a capital.
    belongs: bool,
}

impl Column {
    fn of(table: &Table, number: usize) -> Self {
        /// A number with its unit, or two of them; what is longer is a sentence.
        const NUMBER: usize = 14;
        let of_line = |line: &str| {
            let whole = line.chars().count();
            let word = line.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
            if whole <= NUMBER && line.contains(|letter: char| letter.is_ascii_digit()) { whole } else { word }
        };
        let needed = |content: String| content.split('\n').map(of_line).max().unwrap_or(0);
        let cells = || table.column_cells_with_header_iter(number);
        let heading = cells().next().flatten().map(Cell::content);
        let gap = table.column(number).map_or(0, |column| usize::from(column.padding_width())) + BETWEEN;
        Self {
            width: cells().flatten().map(|cell| needed(cell.content())).max().unwrap_or(0) + gap,
            belongs: heading.is_some_and(|heading| !heading.starts_with(char::is_uppercase)),
        }
    }
}

/// Which columns stand in each part, so that each fits: the first in all of them, and together what belongs together
/// unless that fits nowhere.
fn parts(columns: &[Column], width: usize) -> Vec<Vec<usize>> {
    let mut parts = vec![vec![0]];
    let first = columns.first().map_or(0, |column| column.width);
    let mut taken = first;
    for (number, column) in columns.iter().enumerate().skip(1) {
        let group: usize = if column.belongs && number > 1 {
            column.width
        } else {
            let rest = columns[number + 1..].iter().take_while(|next| next.belongs);
            column.width + rest.map(|next| next.width).sum::<usize>()
        };
        let whole = if first + group <= width { group } else { column.width };
        let part = parts.last_mut().expect("never empty");
        if taken + whole > width && part.len() > 1 {
            taken = first;
            parts.push(vec![0, number]);
        } else {
            part.push(number);
        }
        taken += column.width;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns of these widths; those that belong to the one before, negative.
    fn columns(widths: &[i32]) -> Vec<Column> {
        let of = |width: &i32| Column { width: width.unsigned_abs() as usize, belongs: *width < 0 };
        widths.iter().map(of).collect()
    }

    #[test]
    fn columns_go_on_below_where_they_do_not_fit() {
        assert_eq!(parts(&columns(&[8, 20, 20, 20]), 80), [[0, 1, 2, 3]]);
        assert_eq!(parts(&columns(&[8, 30, 30, 30, 30]), 70), [vec![0, 1, 2], vec![0, 3, 4]]);
        assert_eq!(parts(&columns(&[8, 90, 10]), 40), [vec![0, 1], vec![0, 2]], "what fits nowhere stands alone");
        assert_eq!(parts(&columns(&[]), 40), [[0]]);
    }

    #[test]
    fn columns_that_belong_together_stay_together() {
        assert_eq!(parts(&columns(&[8, 20, -20, 20, -20]), 70), [vec![0, 1, 2], vec![0, 3, 4]]);
        assert_eq!(parts(&columns(&[8, -20, -20, -20, -20]), 70), [vec![0, 1, 2, 3], vec![0, 4]], "too many together");
    }

    #[test]
    fn long_names_of_columns_go_on_after_a_hyphen() {
        assert_eq!(broken("joins", 14), "joins");
        assert_eq!(broken("treaty-is-no-practice", 14), "treaty-is-no-\npractice");
        assert_eq!(broken("internet-trafficking", 4), "internet-\ntrafficking");
    }

    #[test]
    fn a_table_is_no_wider_than_it_was_made() {
        let mut table = left(&["Outcome", "treaty-is-no-\npractice", "difference", "95 % interval", "above 0"]);
        table.set_width(60);
        let row = ["Concentration of bases", "23,521", "−21,035", "−28,635 to −13,435", "0 of 3\n2 equal"];
        add(&mut table, row.map(str::to_owned));
        let text = shown(&table);
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
        assert!(text.lines().all(|line| !line.ends_with(' ')), "{text}");
    }

    #[test]
    fn a_sentence_takes_no_room_that_a_word_needs() {
        let mut table = left(&["Treaty", "signed", "consented", "first in force", "binds", "of them with the law"]);
        let long = "internet-trafficking-protocol/conduct";
        add(&mut table, [long, "7", "18", "2011-02-01", "18", "18"].map(str::to_owned));
        assert!(shown(&table).contains(long), "{}", shown(&table));
    }

    #[test]
    fn rows_that_say_nothing_are_left_out_of_what_goes_on_below() {
        let mut table = right(&["State", "Bases", "Haven"]);
        let wide = "x".repeat(80);
        for (state, haven) in [("Alba", ""), ("Hesper", "as-good-as-any-other")] {
            add(&mut table, [state, &wide, haven].map(str::to_owned));
        }
        let text = shown(&table);
        assert_eq!((text.matches("Alba").count(), text.matches("Hesper").count()), (1, 2), "{text}");
    }

    #[test]
    fn no_word_of_a_heading_and_no_number_is_broken() {
        let mut table = left(&["State", "quotient", "What ended it"]);
        add(&mut table, ["Hesper", "100.0 %", "the conduct is no crime"].map(str::to_owned));
        assert_eq!([0, 1, 2].map(|number| Column::of(&table, number).width), [8, 10, 9]);
        assert_eq!([0, 1, 2].map(|number| Column::of(&table, number).belongs), [false, true, false]);
        add(&mut table, ["Alba", "4 of 4\n1 equal", ""].map(str::to_owned));
        assert_eq!(Column::of(&table, 1).width, 10, "two lines are not one");
    }
}
