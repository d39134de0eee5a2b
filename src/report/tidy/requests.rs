//! Every request of a run, from sending to final reply. Rows come as requests are answered; those never answered come at
//! the end, by sender and number.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Table, code, described, file};
use crate::authority::{AuthorityRecord, Body, Letter, Request, Ruling};
use crate::base::{Day, FileNumber, LetterId, StateId};
use crate::law::{Decision, Library};
use crate::tables::{Cell, Column, Description, Kind};

const COLUMNS: [Column; 17] = [
    Column::new("request", Kind::Text, "", "the request: code of the sender and running number of its letters"),
    Column::new("case", Kind::Text, "", "the case: code of the investigating state and number"),
    Column::new("from", Kind::Text, "", "code of the state that asks"),
    Column::new("to", Kind::Text, "", "code of the state that is asked"),
    Column::new("measure", Kind::Text, "", "measure asked for"),
    Column::new("urgent", Kind::Truth, "", "whether it went to the contact point for urgent requests"),
    Column::new("sent", Kind::Day, "", "day on which it was sent"),
    Column::new("decided", Kind::Day, "", "day on which it was decided; empty if it never was"),
    Column::new("waited_days", Kind::Whole, "days", "days from receipt to decision"),
    Column::new("decision", Kind::Text, "", "what the law said"),
    Column::new("ruling", Kind::Text, "", "what was done: `granted`, `refused`, or `data gone` before it could be"),
    Column::new(
        "ground",
        Kind::Text,
        "",
        "code of the ground of a refusal; empty where no duty was owed and comity not shown, and where a provider chose not to disclose",
    ),
    Column::new("article", Kind::Text, "", "article of the ground"),
    Column::new("by_choice", Kind::Truth, "", "whether the ruling was a choice that the law left open"),
    Column::new("withdrawn", Kind::Day, "", "day on which the sender withdrew it; empty if it did not"),
    Column::new("answered", Kind::Day, "", "day of the final reply; empty if none came in the run"),
    Column::new("answer_days", Kind::Whole, "days", "days from sending to the final reply"),
];

pub(super) fn description() -> Description {
    described("requests", "a request", COLUMNS)
}

/// A request whose final reply has not come.
struct Open {
    file: FileNumber,
    to: StateId,
    request: Request,
    sent: Day,
    decided: Option<Decided>,
    withdrawn: Option<Day>,
}

struct Decided {
    day: Day,
    waited_days: u32,
    decision: Decision,
    ruling: Ruling,
    by_choice: bool,
}

/// The table under way. Memory grows with requests that are open, not with all.
pub(super) struct Requests<W: Write + Send> {
    table: Table<W>,
    open: BTreeMap<LetterId, Open>,
}

impl<W: Write + Send> Requests<W> {
    pub(super) const fn new(table: Table<W>) -> Self {
        Self { table, open: BTreeMap::new() }
    }

    pub(super) fn letter(&mut self, day: Day, letter: &Letter) {
        match &letter.body {
            Body::Request(request) => {
                let Letter { file, to, sent, .. } = *letter;
                let open = Open { file, to, request: *request, sent, decided: None, withdrawn: None };
                self.open.insert(letter.id, open);
            }
            Body::Withdrawal => {
                if let Some(open) = letter.in_reply_to.and_then(|request| self.open.get_mut(&request)) {
                    open.withdrawn = Some(day);
                }
            }
            Body::Answer(_) | Body::Evidence(_) | Body::Spontaneous(_) => {}
        }
    }

    pub(super) fn authority(&mut self, library: &Library, day: Day, record: &AuthorityRecord) -> io::Result<()> {
        match record {
            AuthorityRecord::Decided { request, decision, ruling, discretionary, waited_days, .. } => {
                if let Some(open) = self.open.get_mut(request) {
                    open.decided = Some(Decided {
                        day,
                        waited_days: *waited_days,
                        decision: *decision,
                        ruling: *ruling,
                        by_choice: *discretionary,
                    });
                }
            }
            AuthorityRecord::Answered { request, answer_days, .. } => {
                if let Some(open) = self.open.remove(request) {
                    write(&mut self.table, library, *request, &open, Some((day, *answer_days)))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn finish(mut self, library: &Library) -> io::Result<Table<W>> {
        for (request, open) in &self.open {
            write(&mut self.table, library, *request, open, None)?;
        }
        Ok(self.table)
    }
}

fn write<W: Write + Send>(
    table: &mut Table<W>,
    library: &Library,
    id: LetterId,
    open: &Open,
    answered: Option<(Day, u32)>,
) -> io::Result<()> {
    let decided = open.decided.as_ref();
    let ruling = decided.map(|decided| match decided.ruling {
        Ruling::Granted => "granted",
        Ruling::Refused(_) => "refused",
        Ruling::DataGone => "data gone",
    });
    let ground = decided.and_then(|decided| if let Ruling::Refused(ground) = decided.ruling { ground } else { None });
    table.row([
        Cell::from(format!("{}/{}", library.state(id.from).code, id.number)),
        file(library, open.file),
        code(library, id.from),
        code(library, open.to),
        Cell::from(open.request.measure.name()),
        Cell::from(open.request.urgent),
        Cell::from(open.sent),
        Cell::from(decided.map(|decided| decided.day)),
        Cell::from(decided.map(|decided| decided.waited_days)),
        Cell::from(decided.map(|decided| decided.decision.word())),
        Cell::from(ruling),
        Cell::from(ground.map(|ground| ground.code.code())),
        Cell::from(ground.map(|ground| library.cite(ground.cite))),
        Cell::from(decided.map(|decided| decided.by_choice)),
        Cell::from(open.withdrawn),
        Cell::from(answered.map(|(day, _)| day)),
        Cell::from(answered.map(|(_, days)| days)),
    ])
}
