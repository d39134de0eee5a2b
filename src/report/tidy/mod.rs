//! The results of one run as tidy tables (`run`, `panel`, `panel_counts`, `networks`, `movements`, `requests`, `cases`), and
//! those of a comparison.
//!
//! Each begins with the variant and the seed, so that tables of several runs can be put under one another. Deliberately
//! absent: sums and shares that follow from other columns.

mod cases;
pub mod comparison;
pub mod dictionary;
mod movements;
mod networks;
mod panel;
mod requests;
mod run;

use std::io::{self, Write};

use crate::base::{Day, FileNumber, StateId};
use crate::engine::{Outcome, Plan, Record};
use crate::law::Library;
use crate::scenario::Scenario;
use crate::tables::{Cell, Column, Description, Format, Kind, Writer};

/// The columns with which every table of a run begins.
const FIRST: [Column; 2] = [
    Column::new("variant", Kind::Text, "", "variant of the scenario; empty for the scenario as written"),
    Column::new("seed", Kind::Seed, "", "seed of all chance in the run"),
];

/// The tables of a run, in order.
#[must_use]
pub fn descriptions() -> [Description; 7] {
    [
        run::description(),
        panel::description(),
        panel::counts(),
        networks::description(),
        movements::description(),
        requests::description(),
        cases::description(),
    ]
}

/// The columns of a table, those of every table before them.
fn described(name: &'static str, row: &'static str, columns: impl IntoIterator<Item = Column>) -> Description {
    Description { name, row, columns: FIRST.into_iter().chain(columns).collect() }
}

fn code(library: &Library, state: StateId) -> Cell {
    Cell::from(library.state(state).code.as_str())
}

fn file(library: &Library, file: FileNumber) -> Cell {
    Cell::from(format!("{}/{}", library.state(file.state).code, file.case.0))
}

/// One table of a run under way.
struct Table<W: Write + Send> {
    writer: Writer<W>,
    first: [Cell; 2],
    cells: Vec<Cell>,
}

impl<W: Write + Send> Table<W> {
    fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> io::Result<()> {
        self.cells.clear();
        self.cells.extend(self.first.iter().cloned());
        self.cells.extend(cells);
        self.writer.row(&self.cells)
    }
}

/// All tables of a run: told of each record as it happens, and of the outcome at the end.
pub struct Tables<W: Write + Send> {
    run: Table<W>,
    panel: Table<W>,
    counts: Table<W>,
    networks: networks::Networks<W>,
    movements: movements::Movements<W>,
    requests: requests::Requests<W>,
    cases: cases::Cases<W>,
}

impl<W: Write + Send> Tables<W> {
    /// Begins the tables; `open` is asked for a place to write each to, by its name.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn new(
        scenario: &Scenario,
        format: Format,
        open: &mut dyn FnMut(&'static str) -> io::Result<W>,
    ) -> io::Result<Self> {
        let first = [Cell::from(scenario.variant.clone()), Cell::Seed(scenario.plan.seed)];
        let mut table = |description: Description| -> io::Result<Table<W>> {
            let writer = Writer::new(format, open(description.name)?, description.columns)?;
            Ok(Table { writer, first: first.clone(), cells: Vec::new() })
        };
        let lines = &scenario.plan.world.lines;
        Ok(Self {
            run: table(run::description())?,
            panel: table(panel::description())?,
            counts: table(panel::counts())?,
            networks: networks::Networks::new(table(networks::description())?, lines),
            movements: movements::Movements::new(table(movements::description())?, lines),
            requests: requests::Requests::new(table(requests::description())?),
            cases: cases::Cases::new(table(cases::description())?),
        })
    }

    /// Takes note of a record.
    ///
    /// # Errors
    /// When a row cannot be written.
    pub fn record(&mut self, library: &Library, day: Day, record: Record<'_>) -> io::Result<()> {
        match record {
            Record::World(record) => {
                self.networks.world(library, day, record)?;
                self.movements.world(library, day, record)?;
            }
            Record::Letter(letter) => self.requests.letter(day, letter),
            Record::Authority(state, record) => {
                self.requests.authority(library, day, record)?;
                self.cases.authority(library, day, state, record)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Writes what is open still, the panel and the run, and ends every table.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn finish(mut self, scenario: &Scenario, outcome: &Outcome) -> io::Result<Vec<W>> {
        let plan: &Plan = &scenario.plan;
        run::write(&mut self.run, scenario, outcome)?;
        panel::write(&mut self.panel, &mut self.counts, &plan.library, &outcome.tally.panel)?;
        let tables = [
            self.run,
            self.panel,
            self.counts,
            self.networks.finish(),
            self.movements.finish(),
            self.requests.finish(&plan.library)?,
            self.cases.finish(&plan.library)?,
        ];
        let end = |table: Table<W>| {
            let mut writer = table.writer;
            writer.note("comity.scenario", scenario.digest.to_string());
            writer.note("comity.seed", plan.seed.to_string());
            writer.finish()
        };
        tables.into_iter().map(end).collect()
    }
}
