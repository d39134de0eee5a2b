//! Tables of text that fit a terminal, each with headings that can be read aloud.

use std::fmt::Display;

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, presets};

use super::lines::{table_width, width};

/// An empty table whose columns stand to the left.
#[must_use]
pub fn left(headings: &[impl Display]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(table_width());
    table.set_header(headings.iter().map(Cell::new));
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    table
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

/// Adds a row.
pub fn add(table: &mut Table, cells: impl IntoIterator<Item = String>) {
    table.add_row(cells.into_iter().map(Cell::new));
}

/// The table as text. Where the terminal is too narrow for its words, its columns go on below, the first one standing
/// before them again.
#[must_use]
pub fn shown(table: &Table) -> String {
    let columns: Vec<Column> = (0..table.column_iter().count()).map(|number| Column::of(table, number)).collect();
    let of_columns = |shown: &Vec<usize>| {
        let mut part = table.clone();
        for (number, column) in part.column_iter_mut().enumerate() {
            if !shown.contains(&number) {
                column.set_constraint(ColumnConstraint::Hidden);
            }
        }
        part.to_string()
    };
    parts(&columns, width()).iter().map(of_columns).collect::<Vec<_>>().join("\n")
}

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
        let needed = |content: String| {
            let whole = content.chars().count();
            let word = content.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
            if whole <= NUMBER && content.contains(|letter: char| letter.is_ascii_digit()) { whole } else { word }
        };
        let cells = || table.column_cells_with_header_iter(number);
        let heading = cells().next().flatten().map(Cell::content);
        // Padding, and the empty line that stands between columns.
        let gap = table.column(number).map_or(0, |column| usize::from(column.padding_width())) + 1;
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
    fn no_word_of_a_heading_and_no_number_is_broken() {
        let mut table = left(&["State", "quotient", "What ended it"]);
        add(&mut table, ["Hesper", "100.0 %", "the conduct is no crime"].map(str::to_owned));
        assert_eq!([0, 1, 2].map(|number| Column::of(&table, number).width), [8, 10, 9]);
        assert_eq!([0, 1, 2].map(|number| Column::of(&table, number).belongs), [false, true, false]);
    }
}
