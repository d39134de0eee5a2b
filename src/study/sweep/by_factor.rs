//! Means of outcomes by the values of one factor, and what the other factors are meanwhile.
//!
//! Runs that share a seed share its chance: each seed is averaged over its points first (see `balanced`), and the interval
//! is over seeds.
//! Deliberately absent: indices, which belong to their own designs; see [`super::indices`].

use std::collections::{BTreeMap, BTreeSet};
use std::io;

pub use super::axis::Scale;

use super::axis::Axis;
use super::balanced::{self, BySeed};
use super::columns::IDENTITY;
use super::merge::Merged;
use super::plan::Run;
use super::{Coordinate, Design, Sweep};
use crate::base::interval::{Interval, float, mean};
use crate::scenario::Scenario;
use crate::study::Outcome;
use crate::study::bootstrap;
use crate::tables::Cell;

/// Factors that are looked at: the first of the study.
const MOST_FACTORS: usize = 8;
/// What the other factors are where one of them is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// There are none.
    Absent,
    /// All as the scenario has them.
    AsWritten,
    /// Every combination of them, at each value.
    EveryCombination,
    /// Other ones at each value by the design: a difference between two means is not the factor's own.
    Different,
    /// Other ones at each value for now: runs are missing, or do not define the outcome, of a design that has every combination.
    Incomplete,
}

/// One outcome by one factor.
#[derive(Clone, Debug)]
pub struct Means {
    /// Place of the factor in the study.
    pub place: usize,
    /// The factor: its path in the scenario.
    pub factor: String,
    /// How its values lie.
    pub scale: Scale,
    /// Whether values were put together in classes.
    pub in_classes: bool,
    /// The outcome.
    pub outcome: &'static Outcome,
    /// What the other factors are.
    pub others: Others,
    /// By variant, those that have any value.
    pub lines: Vec<Line>,
}

/// The means of one variant.
#[derive(Clone, Debug)]
pub struct Line {
    /// The variant; none for the scenario as written.
    pub variant: Option<String>,
    /// In the order of the scale; last that of the scenario's own value, where nobody wrote down which that is.
    pub points: Vec<Point>,
}

/// One mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Where it lies on the scale, a class at its middle; none for a value of the scenario's own that is not known.
    pub at: Option<f64>,
    /// The value in words.
    pub value: String,
    /// Mean of the outcome over the seeds, each averaged over its points there, in the outcome's own unit.
    pub mean: f64,
    /// Its 95 % interval over the seeds, without the spread of the points; none of a single seed, and where more than a third
    /// of the runs have no value.
    pub interval: Option<Interval>,
    /// Of the runs there, how many have no value, and why.
    pub lacking: Lacking,
    /// By replicate, and so by seed: what the mean is taken over.
    pub by_seed: BTreeMap<u32, f64>,
}

/// Which part of the runs at a value has no value of an outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lacking {
    /// Of the runs that were made: the part that does not define it.
    pub undefined: f64,
    /// Of all runs: the part that nobody has made yet.
    pub not_made: f64,
    /// Whether more than a third of all runs has none: then there is no interval.
    pub is_sparse: bool,
}

impl Lacking {
    fn of(defined: usize, made: usize, all: usize) -> Self {
        let lacks = |there: usize, of: usize| 1.0 - float(there) / float(of.max(1));
        Self {
            undefined: lacks(defined, made),
            not_made: lacks(made, all),
            is_sparse: balanced::is_sparse(defined, all),
        }
    }
}

/// The means of these outcomes, by factor and outcome.
///
/// # Errors
/// When parts cannot be read any more.
pub fn means(sweep: &Sweep, merged: &Merged, outcomes: &[&'static Outcome]) -> io::Result<Vec<Means>> {
    let rows = rows(sweep, merged, outcomes)?;
    let mut template = sweep.template.clone();
    let scenarios: Vec<Option<Scenario>> =
        sweep.variants.iter().map(|variant| template.with(variant.as_deref(), &[]).ok()).collect();
    let mut found = Vec::new();
    for place in 0..sweep.factors.len().min(MOST_FACTORS) {
        let axis = Axis::of((sweep, &scenarios), rows.iter().map(|row| (row.run.variant, &row.factors[place])), place);
        for (shown, outcome) in outcomes.iter().enumerate() {
            found.push(Means {
                place,
                factor: sweep.factors[place].path.text.clone(),
                scale: axis.scale.clone(),
                in_classes: axis.in_classes(),
                outcome,
                others: Others::of(
                    sweep,
                    rows.len() as u64 == sweep.runs() && rows.iter().all(|row| row.outcomes[shown].is_some()),
                ),
                lines: lines(&axis, sweep, &rows, place, (shown, outcome)),
            });
        }
    }
    Ok(found)
}

impl Others {
    /// Whether a difference between two means is the factor's own doing.
    #[must_use]
    pub const fn tells_effects(self) -> bool {
        !matches!(self, Self::Different | Self::Incomplete)
    }

    /// `whole`: every run is there and defines the outcome, without which a grid holds other combinations at each value.
    #[must_use]
    pub fn of(sweep: &Sweep, whole: bool) -> Self {
        match sweep.design {
            _ if sweep.factors.len() < 2 => Self::Absent,
            Design::Points("one-at-a-time") => Self::AsWritten,
            Design::Points("grid") if whole => Self::EveryCombination,
            Design::Points("grid") => Self::Incomplete,
            Design::Points(_) | Design::Morris | Design::Sobol => Self::Different,
        }
    }
}

/// One run: where it stands, factors, outcomes looked at.
struct Row {
    run: Run,
    factors: Vec<Cell>,
    outcomes: Vec<Option<f64>>,
}

fn rows(sweep: &Sweep, merged: &Merged, outcomes: &[&'static Outcome]) -> io::Result<Vec<Row>> {
    let first = IDENTITY.len();
    let last = first + sweep.factors.len();
    let mut rows = Vec::new();
    merged.each(&mut |cells| {
        let Cell::Whole(number) = cells[0] else { return Ok(()) };
        let value = |outcome: &&'static Outcome| match &cells[last + outcome.index()] {
            Cell::Number(value) => Some(*value),
            _ => None,
        };
        rows.push(Row {
            run: sweep.run(number.cast_unsigned()),
            factors: cells[first..last].to_vec(),
            outcomes: outcomes.iter().map(value).collect(),
        });
        Ok(())
    })?;
    Ok(rows)
}

/// The means of an outcome along an axis, by variant.
fn lines(axis: &Axis, sweep: &Sweep, rows: &[Row], place: usize, (shown, outcome): (usize, &Outcome)) -> Vec<Line> {
    let line = |(variant, name): (usize, &Option<String>)| {
        // By place and seed; and which points, how many runs and which seeds there are.
        let mut values: BTreeMap<usize, (BySeed, BTreeSet<usize>, usize)> = BTreeMap::new();
        let mut all_seeds = BTreeSet::new();
        for row in rows.iter().filter(|row| row.run.variant == variant && looked_at(sweep, row.run, place)) {
            let (seeds, points, made) =
                values.entry(axis.place(axis.cell(row.run.variant, &row.factors[place]))).or_default();
            points.insert(row.run.point);
            *made += 1;
            all_seeds.insert(row.run.replicate);
            if let Some(value) = row.outcomes[shown] {
                seeds.entry(row.run.replicate).or_default().push((row.run.point, value));
            }
        }
        let point = |(place, (seeds, points, made)): (&usize, &(BySeed, BTreeSet<usize>, usize))| {
            let defined = seeds.values().map(Vec::len).sum();
            let lacking = Lacking::of(defined, *made, points.len() * all_seeds.len());
            let by_seed = balanced::by_seed(seeds);
            let means: Vec<f64> = by_seed.values().copied().collect();
            let interval = bootstrap::students(&means).filter(|_| !lacking.is_sparse);
            let interval = interval.map(|found| found.within(outcome.possible()));
            let (at, value) = axis.places[*place].clone();
            Some(Point { at, value, mean: mean(&means)?, interval, lacking, by_seed })
        };
        Line { variant: name.clone(), points: values.iter().filter_map(point).collect() }
    };
    let lines = sweep.variants.iter().enumerate().map(line);
    lines.filter(|line| !line.points.is_empty()).collect()
}

/// Whether a run says something of a factor: of one at a time, not those that change another.
fn looked_at(sweep: &Sweep, run: Run, place: usize) -> bool {
    let mut others = sweep.points[run.point].iter().enumerate().filter(|(factor, _)| *factor != place);
    sweep.design != Design::Points("one-at-a-time") || others.all(|(_, at)| *at == Coordinate::AsWritten)
}
