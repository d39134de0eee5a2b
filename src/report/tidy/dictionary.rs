//! The data dictionary: every table with its columns, units and meanings, written from the code that fills them.

use std::fmt::Write as _;

use super::{comparison, descriptions};
use crate::study::sweep::columns::{HAVEN_PLACE, IDENTITY, outcomes};
use crate::tables::{Column, Kind};

/// The dictionary as a page.
#[must_use]
pub fn page() -> String {
    let mut text = String::from(
        "# Tables\n\
         \n\
         <!-- Written by `comity tables`. Do not change by hand. -->\n\
         \n\
         `comity run SCENARIO --tables DIR` writes the tables of one run (`run` to `cases`), `comity compare SCENARIO --tables\n\
         DIR` those of a comparison (`runs` and what follows), `comity sweep merge` and `comity sweep cases` the table of many\n\
         runs. Parquet, the default, is typed and carries unit and meaning of each column in its footer (`comity.columns`);\n\
         CSV (`--format csv`) is UTF-8 with commas, as RFC 4180 has it.\n\
         \n\
         - A row is one observation, a column one variable. What does not apply is empty (null), never 0.\n\
         - Dates are days of the calendar, `2012-06-01` in CSV.\n\
         - A share lies between 0 and 1.\n\
         - **Formulas.** A text of CSV that begins with `=`, `+`, `-`, `@`, a tab or a line end would be run by a\n\
         \u{20} spreadsheet; it is given a leading apostrophe. So is what begins like that after a `;` or a tab within it, where\n\
         \u{20} some spreadsheets begin a cell. Numbers stay numbers. Parquet is not changed.\n\
         - Equal runs give equal tables: same rows, same order.\n",
    );
    for table in descriptions().into_iter().chain(comparison::descriptions()) {
        let _ = writeln!(text, "\n## `{}`\n\nA row is {}.\n", table.name, table.row);
        columns(&mut text, &table.columns);
    }
    text.push_str(
        "\n## The table of a sweep\n\nA row is a run. The columns of what identifies it come first, then one column for each \
         factor, named by\nits path in the scenario, then the outcomes, and where the haven was.\n\n",
    );
    let factor = Column::new(
        "PATH",
        Kind::Text,
        "",
        "of each factor: the value set at its path, as number, date or text; empty where it is as the scenario has it",
    );
    let all = IDENTITY.into_iter().chain([factor]).chain(outcomes()).chain([HAVEN_PLACE]);
    columns(&mut text, &all.collect::<Vec<_>>());
    text
}

fn columns(text: &mut String, columns: &[Column]) {
    text.push_str("| column | holds | unit | meaning |\n|---|---|---|---|\n");
    for Column { name, kind, unit, means } in columns {
        let _ = writeln!(text, "| `{name}` | {} | {unit} | {means} |", kind.word());
    }
}
