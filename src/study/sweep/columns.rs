//! The table of a sweep: one row a run, with what identifies it, its factors and its outcomes.

use std::borrow::Cow;

use super::Sweep;
use crate::study::outcome::{self, Measured};
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

/// The columns of the outcomes.
pub fn outcomes() -> impl Iterator<Item = Column> {
    outcome::ALL.iter().map(|outcome| Column::new(outcome.key, Kind::Number, outcome.unit.word(), outcome.means))
}

/// The columns of a sweep's table: identity, factors by their paths, outcomes.
#[must_use]
pub fn columns(sweep: &Sweep) -> Vec<Column> {
    let factor = |factor: &super::Factor| Column {
        name: Cow::Owned(factor.path.text.clone()),
        kind: factor.kind(),
        unit: "",
        means: Cow::Borrowed("value set at this path of the scenario; empty where it is as written"),
    };
    IDENTITY.into_iter().chain(sweep.factors.iter().map(factor)).chain(outcomes()).collect()
}

/// Whether a name is taken.
pub(super) fn reserved(name: &str) -> bool {
    IDENTITY.iter().any(|column| column.name == name) || outcome::ALL.iter().any(|outcome| outcome.key == name)
}

/// What a run came to.
pub enum Came {
    /// To its end: digest of the scenario, and what was measured.
    ToItsEnd(crate::base::Digest, Box<Measured>),
    /// To nothing, and why.
    Stopped(String),
}

/// The row of a run.
pub(super) fn row(sweep: &Sweep, run: Run, came: Came) -> Vec<Cell> {
    let (scenario, measured, stopped) = match came {
        Came::ToItsEnd(scenario, measured) => (Some(scenario.to_string()), Some(measured), None),
        Came::Stopped(why) => (None, None, Some(why)),
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
    cells
}
