//! One row: the run as a whole, with the outcomes by which studies compare.

use std::io::{self, Write};

use super::{Table, described};
use crate::engine::Outcome;
use crate::scenario::Scenario;
use crate::study::Measured;
use crate::study::sweep::columns::outcomes;
use crate::tables::{Cell, Column, Description, Kind};

const COLUMNS: [Column; 6] = [
    Column::new("version", Kind::Text, "", "version of the program"),
    Column::new("scenario", Kind::Text, "", "digest of the scenario as it ran and of the law it rests on"),
    Column::new("digest", Kind::Text, "", "digest of everything that happened in the run"),
    Column::new("title", Kind::Text, "", "title of the scenario"),
    Column::new("from", Kind::Day, "", "first day"),
    Column::new("to", Kind::Day, "", "last day"),
];

pub(super) fn description() -> Description {
    described("run", "one run: there is one row", COLUMNS.into_iter().chain(outcomes()))
}

pub(super) fn write<W: Write + Send>(table: &mut Table<W>, scenario: &Scenario, outcome: &Outcome) -> io::Result<()> {
    let plan = &scenario.plan;
    let state = scenario.premium.as_ref().map(|premium| premium.state);
    let measured = Measured::of(plan, state, outcome);
    let cells = [
        Cell::from(env!("CARGO_PKG_VERSION")),
        Cell::from(scenario.digest.to_string()),
        Cell::from(outcome.digest.to_string()),
        Cell::from(scenario.title.as_str()),
        Cell::from(plan.first_day),
        Cell::from(plan.last_day),
    ];
    table.row(cells.into_iter().chain(measured.values.iter().map(|value| Cell::from(*value))))
}
