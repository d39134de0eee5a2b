//! Tables of text that fit a terminal, each with headings that can be read aloud.

use comfy_table::{Cell, ContentArrangement, LineStyle, Table, presets};

use super::lines::WIDTH;

/// An empty table whose columns stand to the left.
#[must_use]
pub fn left(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(WIDTH).unwrap_or(u16::MAX));
    table.set_header(headings.to_vec());
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    table
}

/// Adds a row.
pub fn add(table: &mut Table, cells: impl IntoIterator<Item = String>) {
    table.add_row(cells.into_iter().map(Cell::new));
}
