//! The table of a sweep: one row a run, with what identifies it, its factors and its outcomes.

use std::borrow::Cow;

use super::Sweep;
use crate::base::Digest;
use crate::law::Library;
use crate::study::Measured;
use crate::study::outcome::{self, Outcome};
use crate::tables::{Cell, Column, Kind};

use super::plan::Run;

/// What every row begins with.
pub const IDENTITY: [Column; 9] = [
    Column::new("run", Kind::Whole, "", "number of the run in the plan, from 0"),
    Column::new("replicate", Kind::Whole, "", "number of the replicate, from 0: the same replicate has the same seed"),
    Column::new("variant", Kind::Text, "", "variant of the scenario; empty for the scenario as written"),
    Column::new("point", Kind::Whole, "", "number of the point of the design, from 0"),
    Column::new("seed", Kind::Seed, "", "seed of all chance in the run"),
    Column::new("version", Kind::Text, "", "version of the program"),
    Column::new("scenario", Kind::Text, "", "digest of the scenario as it ran and of the law it rests on"),
    Column::new("digest", Kind::Text, "", "digest of everything that happened in the run"),
    Column::new("stopped", Kind::Text, "", "why the run has no outcomes; empty for a run that reached its end"),
];

/// Runs that did not reach their end, and so have no outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stopped {
    /// How many.
    pub runs: u64,
    /// Why, of the first that was looked at.
    pub why: String,
}

impl Stopped {
    /// Counts a row, if it is one of these.
    pub fn look_at(&mut self, cells: &[Cell]) {
        if let Some(Cell::Text(why)) = cells.get(IDENTITY.len() - 1) {
            if self.runs == 0 {
                self.why.clone_from(why);
            }
            self.runs += 1;
        }
    }

    /// In a sentence; none where all reached their end.
    #[must_use]
    pub fn sentence(&self, of: u64) -> Option<String> {
        let stop = if self.runs == 1 { "stops before its end and has" } else { "stop before their end and have" };
        (self.runs > 0).then(|| {
            format!("{} of {of} runs {stop} no outcomes (column `stopped`), for example: {}.", self.runs, self.why)
        })
    }
}

/// The columns of the outcomes.
pub fn outcomes() -> impl Iterator<Item = Column> {
    outcome::ALL.iter().map(|outcome| Column::new(outcome.key, Kind::Number, outcome.unit.word(), outcome.means))
}

/// Where the haven was: beside the outcomes, for it is no number of which there are means.
pub const HAVEN_PLACE: Column = Column::new(
    "haven_place",
    Kind::Text,
    "",
    "code of the state that was a haven on the most days, of those that tie the first by code; empty where none \
     was",
);

/// What a run has in that column.
#[must_use]
pub fn haven_place(library: &Library, measured: &Measured) -> Option<String> {
    measured.place().map(|state| library.state(state).code.clone())
}

/// The columns of a sweep's table: identity, factors by their paths, outcomes, and where the haven was.
#[must_use]
pub fn columns(sweep: &Sweep) -> Vec<Column> {
    let factor = |factor: &super::Factor| Column {
        name: Cow::Owned(factor.path.text.clone()),
        kind: factor.kind(),
        unit: "",
        means: Cow::Borrowed("value set at this path of the scenario; empty where it is as written"),
    };
    IDENTITY.into_iter().chain(sweep.factors.iter().map(factor)).chain(outcomes()).chain([HAVEN_PLACE]).collect()
}

/// Whether a name is taken.
pub(super) fn reserved(name: &str) -> bool {
    IDENTITY.iter().chain([&HAVEN_PLACE]).any(|column| column.name == name) || Outcome::named(name).is_some()
}

/// What a run came to.
pub enum Came {
    /// To its end.
    ToItsEnd {
        /// Digest of the scenario.
        scenario: Digest,
        /// What was measured.
        measured: Box<Measured>,
        /// Code of the state where the haven was.
        haven_place: Option<String>,
    },
    /// To nothing, and why.
    Stopped(String),
}

/// The row of a run.
pub(super) fn row(sweep: &Sweep, run: Run, came: Came) -> Vec<Cell> {
    let (scenario, measured, haven_place, stopped) = match came {
        Came::ToItsEnd { scenario, measured, haven_place } => {
            (Some(scenario.to_string()), Some(measured), haven_place, None)
        }
        Came::Stopped(why) => (None, None, None, Some(why)),
    };
    let mut cells = vec![
        Cell::from(run.number),
        Cell::from(run.replicate),
        Cell::from(sweep.variants[run.variant].clone()),
        Cell::from(run.point as u64),
        Cell::Seed(sweep.seed_of(run)),
        Cell::from(env!("CARGO_PKG_VERSION")),
        Cell::from(scenario),
        Cell::from(measured.as_ref().map(|measured| measured.digest.to_string())),
        Cell::from(stopped),
    ];
    cells.extend(sweep.values(run.point).into_iter().map(|(_, level)| level.map_or(Cell::Nothing, |level| level.cell)));
    match measured {
        Some(measured) => cells.extend(measured.values.iter().map(|value| Cell::from(*value))),
        None => cells.extend(std::iter::repeat_n(Cell::Nothing, outcome::OUTCOMES)),
    }
    cells.push(Cell::from(haven_place));
    cells
}

#[cfg(test)]
mod tests {
    use crate::base::{Digest, StateId};
    use crate::study::Measured;
    use crate::study::outcome::OUTCOMES;

    #[test]
    fn the_haven_is_where_it_was_for_most_days() {
        for (days, place) in [(vec![], None), (vec![(1, 30), (4, 60), (7, 60)], Some(StateId(4)))] {
            let havens = days.into_iter().map(|(state, days)| (StateId(state), days)).collect();
            let digest = Digest::of(b"history");
            let measured = Measured { values: [None; OUTCOMES], havens, days: 100, states: 9, digest };
            assert_eq!(measured.place(), place);
        }
    }
}
