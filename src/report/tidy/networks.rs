//! The networks by month and by where they are: base, host and market together, which the panel by state has each by
//! itself. What a treaty between two states does to the networks between them is told from this.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Table, code, described};
use crate::base::{Day, NetworkId, StateId};
use crate::law::Library;
use crate::tables::{Cell, Column, Description, Kind};
use crate::world::{Aspect, LineSettings, WorldRecord};

const COLUMNS: [Column; 6] = [
    Column::new("month", Kind::Day, "", "first day of the month, or of the run"),
    Column::new(
        "base",
        Kind::Text,
        "",
        "code of the state where the people of these networks were when the month ended",
    ),
    Column::new("host", Kind::Text, "", "code of the state where their sites were then; empty if they were down"),
    Column::new("market", Kind::Text, "", "code of the state that they served"),
    Column::new("line", Kind::Text, "", "their line of conduct"),
    Column::new(
        "networks",
        Kind::Whole,
        "networks",
        "active networks of which all this is true; combinations without any have no row",
    ),
];

pub(super) fn description() -> Description {
    described("networks", "a base, host, market and line in a month", COLUMNS)
}

/// Where a network is, in the order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    base: StateId,
    host: Option<StateId>,
    market: StateId,
    line: u8,
}

/// The table under way. Memory grows with networks that are active.
pub(super) struct Networks<W: Write + Send> {
    table: Table<W>,
    /// Names of the lines, by number.
    lines: Vec<String>,
    active: BTreeMap<NetworkId, Standing>,
    /// First day of the month that has begun, once the networks are founded.
    month: Option<Day>,
}

impl<W: Write + Send> Networks<W> {
    pub(super) fn new(table: Table<W>, lines: &[LineSettings]) -> Self {
        let lines = lines.iter().map(|line| line.name.clone()).collect();
        Self { table, lines, active: BTreeMap::new(), month: None }
    }

    pub(super) fn world(&mut self, library: &Library, day: Day, record: &WorldRecord) -> io::Result<()> {
        match *record {
            WorldRecord::NetworkFounded { network, base, host, market, line, .. } => {
                self.active.insert(network, Standing { base, host: Some(host), market, line });
            }
            WorldRecord::NetworkMoved { network, aspect, to, .. } => {
                if let Some(standing) = self.active.get_mut(&network) {
                    match aspect {
                        Aspect::Base => standing.base = StateId(to),
                        Aspect::Host => standing.host = Some(StateId(to)),
                        Aspect::Market => standing.market = StateId(to),
                        Aspect::Line => standing.line = u8::try_from(to).unwrap_or(u8::MAX),
                        Aspect::Principal => {}
                    }
                }
            }
            WorldRecord::SiteLost { network, .. } => self.set_host(network, None),
            WorldRecord::SiteBack { network, host } => self.set_host(network, Some(host)),
            WorldRecord::NetworkDismantled { network, .. } | WorldRecord::NetworkGaveUp { network, .. } => {
                self.active.remove(&network);
            }
            // Every state has such a record for every month; the first of them ends it here.
            WorldRecord::Month { state, .. } if state.index() == 0 => {
                if let Some(month) = self.month.replace(day) {
                    self.rows(library, month)?;
                }
            }
            WorldRecord::Month { .. } | WorldRecord::Operation { .. } | WorldRecord::StateChanged { .. } => {}
        }
        Ok(())
    }

    fn set_host(&mut self, network: NetworkId, host: Option<StateId>) {
        if let Some(standing) = self.active.get_mut(&network) {
            standing.host = host;
        }
    }

    fn rows(&mut self, library: &Library, month: Day) -> io::Result<()> {
        let mut counts: BTreeMap<Standing, u32> = BTreeMap::new();
        for standing in self.active.values() {
            *counts.entry(*standing).or_default() += 1;
        }
        for (Standing { base, host, market, line }, networks) in counts {
            let line = self.lines.get(usize::from(line)).map(String::as_str);
            self.table.row([
                Cell::from(month),
                code(library, base),
                host.map_or(Cell::Nothing, |host| code(library, host)),
                code(library, market),
                Cell::from(line),
                Cell::from(networks),
            ])?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Table<W> {
        self.table
    }
}
