//! Every case of a run. Rows come as cases end; those still open come at the end, by state and number.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Table, code, described, file};
use crate::authority::{AuthorityRecord, LossCause, Outcome};
use crate::base::{Day, FileNumber, NetworkId, StateId};
use crate::law::Library;
use crate::tables::{Cell, Column, Description, Kind};

const COLUMNS: [Column; 14] = [
    Column::new("case", Kind::Text, "", "the case: code of the investigating state and number"),
    Column::new("state", Kind::Text, "", "code of the investigating state"),
    Column::new(
        "network",
        Kind::Whole,
        "",
        "number of the network: its place, plus 100000 for each network that held this place before",
    ),
    Column::new(
        "base",
        Kind::Text,
        "",
        "code of the state where its people were when the case was opened; empty while it is open",
    ),
    Column::new("host", Kind::Text, "", "code of the state where its site was then; empty while the case is open"),
    Column::new("opened", Kind::Day, "", "day on which it was opened"),
    Column::new("closed", Kind::Day, "", "day on which it ended; empty if it was open at the end of the run"),
    Column::new(
        "needs_data",
        Kind::Truth,
        "",
        "whether it needs the data of the site; else it rests on what the state has itself",
    ),
    Column::new("case_days", Kind::Whole, "days", "days from opening to end"),
    Column::new("outcome", Kind::Text, "", "`concluded`, `lost` or `open`"),
    Column::new("result", Kind::Text, "", "by what it was concluded, or by which rule or delay it was lost"),
    Column::new(
        "measure",
        Kind::Text,
        "",
        "measure at which it was lost, where a request was refused or not answered in time",
    ),
    Column::new("ground", Kind::Text, "", "code of the ground, where a refusal on a ground ended it"),
    Column::new("article", Kind::Text, "", "article of the ground"),
];

pub(super) fn description() -> Description {
    described("cases", "a case", COLUMNS)
}

/// What is known of a case while it is open.
struct Opened {
    network: NetworkId,
    day: Day,
    needs_data: bool,
}

/// The table under way. Memory grows with cases that are open, not with all.
pub(super) struct Cases<W: Write + Send> {
    table: Table<W>,
    open: BTreeMap<FileNumber, Opened>,
}

impl<W: Write + Send> Cases<W> {
    pub(super) const fn new(table: Table<W>) -> Self {
        Self { table, open: BTreeMap::new() }
    }

    pub(super) fn authority(
        &mut self,
        library: &Library,
        day: Day,
        state: StateId,
        record: &AuthorityRecord,
    ) -> io::Result<()> {
        match record {
            AuthorityRecord::CaseOpened { case, network, needs_data } => {
                let opened = Opened { network: *network, day, needs_data: *needs_data };
                self.open.insert(FileNumber { state, case: *case }, opened);
            }
            AuthorityRecord::CaseClosed { case, network, base, host, opened, outcome } => {
                let number = FileNumber { state, case: *case };
                let known = self.open.remove(&number);
                let (word, result, measure, ground) = match outcome {
                    Outcome::Concluded(conclusion) => ("concluded", conclusion.name(), None, None),
                    Outcome::Lost(cause) => match cause {
                        LossCause::Refused(measure, ground) => {
                            ("lost", cause.kind().word(), Some(measure.name()), *ground)
                        }
                        LossCause::Abandoned(measure) => ("lost", cause.kind().word(), Some(measure.name()), None),
                        _ => ("lost", cause.kind().word(), None, None),
                    },
                };
                self.table.row([
                    file(library, number),
                    code(library, state),
                    Cell::from(network.0),
                    code(library, *base),
                    code(library, *host),
                    Cell::from(*opened),
                    Cell::from(day),
                    Cell::from(known.map(|known| known.needs_data)),
                    Cell::from(i64::from(day.days_since(*opened))),
                    Cell::from(word),
                    Cell::from(result),
                    Cell::from(measure),
                    Cell::from(ground.map(|ground| ground.code.code())),
                    Cell::from(ground.map(|ground| library.cite(ground.cite))),
                ])?;
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn finish(mut self, library: &Library) -> io::Result<Table<W>> {
        for (number, Opened { network, day: opened, needs_data }) in &self.open {
            let empty = || Cell::Nothing;
            self.table.row([
                file(library, *number),
                code(library, number.state),
                Cell::from(network.0),
                empty(),
                empty(),
                Cell::from(*opened),
                empty(),
                Cell::from(*needs_data),
                empty(),
                Cell::from("open"),
                empty(),
                empty(),
                empty(),
                empty(),
            ])?;
        }
        Ok(self.table)
    }
}
