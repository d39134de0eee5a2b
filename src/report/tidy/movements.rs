//! Each change of a network in a row: founded, moved, its site lost and back, ended. Displacement is told from this: who
//! went where after which day.

use std::io::{self, Write};

use super::{Table, code, described};
use crate::base::{Day, NetworkId, StateId, of_thousandths};
use crate::law::Library;
use crate::tables::{Cell, Column, Description, Kind};
use crate::world::{Aspect, LineSettings, WorldRecord};

const COLUMNS: [Column; 7] = [
    Column::new("day", Kind::Day, "", "day of the change"),
    Column::new("network", Kind::Whole, "", "its place, plus 100000 for each that had the place before, as in `cases`"),
    Column::new(
        "change",
        Kind::Text,
        "",
        "`founded`, `moved`, `site-lost`, `site-back`, `dismantled` by a case or an operation, or `gave-up`",
    ),
    Column::new(
        "aspect",
        Kind::Text,
        "",
        "what of the network: `base`, `host`, `market`, `line`, or `principal`, whose national stands in front, equal \
         before and after where only the person changed; a network that is founded has a row for each of the first four, one \
         that ends has one for its base",
    ),
    Column::new("from", Kind::Text, "", "code of the state, or name of the line, before; empty if there was none"),
    Column::new("to", Kind::Text, "", "the same afterwards; empty if there is none"),
    Column::new(
        "size",
        Kind::Number,
        "",
        "of a network that is founded, its size: what each of its incidents does, 1 being usual",
    ),
];

pub(super) fn description() -> Description {
    described("movements", "a change of a network", COLUMNS)
}

/// The table under way.
pub(super) struct Movements<W: Write + Send> {
    table: Table<W>,
    /// Names of the lines, by number.
    lines: Vec<String>,
    /// The site that came back last, and where.
    back: Option<(NetworkId, StateId)>,
}

impl<W: Write + Send> Movements<W> {
    pub(super) fn new(table: Table<W>, lines: &[LineSettings]) -> Self {
        Self { table, lines: lines.iter().map(|line| line.name.clone()).collect(), back: None }
    }

    pub(super) fn world(&mut self, library: &Library, day: Day, record: &WorldRecord) -> io::Result<()> {
        use Aspect::{Base, Host, Line, Market};
        let size = match record {
            WorldRecord::NetworkFounded { size_thousandths, .. } => Some(of_thousandths(*size_thousandths)),
            _ => None,
        };
        let mut row = |network: NetworkId, change: &str, aspect: Aspect, from: Option<u16>, to: Option<u16>| {
            let named = |number: Option<u16>| match number {
                None => Cell::Nothing,
                Some(number) if aspect == Line => Cell::from(self.lines.get(usize::from(number)).map(String::as_str)),
                Some(number) => code(library, StateId(number)),
            };
            let network = Cell::from(u64::from(network.0));
            self.table.row([
                Cell::from(day),
                network,
                Cell::from(change),
                Cell::from(aspect.word()),
                named(from),
                named(to),
                Cell::from(size),
            ])
        };
        // The records tell a site that is back elsewhere twice: where it is, and that this is another host than before.
        let back = self.back.take();
        match *record {
            WorldRecord::NetworkMoved { network, aspect: Host, to, .. } if back == Some((network, StateId(to))) => {
                Ok(())
            }
            WorldRecord::NetworkFounded { network, base, host, market, line, .. } => {
                let aspects = [(Base, base.0), (Host, host.0), (Market, market.0), (Line, u16::from(line))];
                aspects.iter().try_for_each(|(aspect, to)| row(network, "founded", *aspect, None, Some(*to)))
            }
            WorldRecord::NetworkMoved { network, aspect, from, to } => {
                row(network, "moved", aspect, Some(from), Some(to))
            }
            WorldRecord::SiteLost { network, host } => row(network, "site-lost", Host, Some(host.0), None),
            WorldRecord::SiteBack { network, host } => {
                self.back = Some((network, host));
                row(network, "site-back", Host, None, Some(host.0))
            }
            WorldRecord::NetworkDismantled { network, base, .. } => {
                row(network, "dismantled", Base, Some(base.0), None)
            }
            WorldRecord::NetworkGaveUp { network, base, .. } => row(network, "gave-up", Base, Some(base.0), None),
            WorldRecord::Month { .. } | WorldRecord::Operation { .. } | WorldRecord::StateChanged { .. } => Ok(()),
        }
    }

    pub(super) fn finish(self) -> Table<W> {
        self.table
    }
}
