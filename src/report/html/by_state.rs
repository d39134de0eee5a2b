//! The states of a run in tables, as the terminal has them: where the networks are, cases, requests, letters.

use maud::{Markup, html};

use crate::report::by_state::{ANSWER_DAYS, assumed_law, cases, codes, letters, more, networks, requests};
use crate::report::charts::Table;
use crate::report::summary::Summary;

/// Each table folded: figures come first, and numbers are there for whoever asks.
pub(super) fn section(summary: &Summary) -> Markup {
    let folded = |heading: &str, table: &comfy_table::Table, note: Option<String>| {
        html! {
            details {
                summary { (heading) }
                (of_text(table).markup(heading))
                @if let Some(more) = more(summary) { p { (more) "; " code { "--json" } " has all." } }
                @if let Some(codes) = codes(summary, table) { p { (codes) } }
                @if let Some(note) = note { p { (note) } }
            }
        }
    };
    html! {
        (folded("Where the networks are on the last day", &networks(summary), None))
        (folded("Cases, in the state that investigates", &cases(summary), assumed_law(summary)))
        @if summary.letters > 0 {
            (folded(
                "Requests decided, received / sent, by what the law says; days to answer",
                &requests(summary),
                Some(ANSWER_DAYS.to_owned()),
            ))
            (folded("Letters", &letters(summary), None))
        } @else {
            p { "No letter was sent." }
        }
    }
}

/// A table for a terminal as one of a page.
fn of_text(table: &comfy_table::Table) -> Table {
    let cells = |row: &comfy_table::Row| row.cell_iter().map(comfy_table::Cell::content).collect::<Vec<String>>();
    Table {
        caption: String::new(),
        columns: table
            .header()
            .map(cells)
            .unwrap_or_default()
            .iter()
            .map(|heading| heading.replace('\n', " "))
            .collect(),
        rows: table.row_iter().map(cells).collect(),
        choice: None,
    }
}
