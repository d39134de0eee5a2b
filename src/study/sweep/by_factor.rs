//! Means of outcomes by the values of one factor, and what the other factors are meanwhile.
//!
//! Runs that share a seed share its chance: each seed is averaged over its points first, and the interval is over seeds.
//! Deliberately absent: indices, which belong to their own designs; see [`super::indices`].

use std::collections::BTreeMap;
use std::io;

use super::columns::IDENTITY;
use super::merge::Merged;
use super::plan::Run;
use super::{Coordinate, Design, Sweep};
use crate::base::interval::{Interval, float, mean};
use crate::study::Outcome;
use crate::tables::Cell;

/// Factors that are looked at: the first of the study.
const MOST_FACTORS: usize = 8;
/// Values of a factor that stand one by one; more are put together in classes of equal width.
const MOST_VALUES: usize = 24;
const CLASSES: usize = 12;

/// What the other factors are where one of them is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// There are none.
    Absent,
    /// All as the scenario has them.
    AsWritten,
    /// Every combination of them, at each value.
    EveryCombination,
    /// Other ones at each value: a difference between two means is not the factor's own.
    Different,
}

/// One outcome by one factor.
#[derive(Clone, Debug)]
pub struct Means {
    /// Place of the factor in the study.
    pub place: usize,
    /// The factor, with what stands for what where its values are words.
    pub factor: String,
    /// Its unit; may be empty.
    pub factor_unit: &'static str,
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
    /// By value of the factor, rising.
    pub points: Vec<Point>,
}

/// One mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Value of the factor, or the middle of its class.
    pub factor: f64,
    /// Mean of the outcome over the seeds, each averaged over its points there, in the outcome's own unit.
    pub mean: f64,
    /// Its 95 % interval over the seeds, without the spread of the points; none of a single seed.
    pub interval: Option<Interval>,
}

/// The means of these outcomes, by factor and outcome.
///
/// # Errors
/// When parts cannot be read any more.
pub fn means(sweep: &Sweep, merged: &Merged, outcomes: &[&'static Outcome]) -> io::Result<Vec<Means>> {
    let rows = rows(sweep, merged, outcomes)?;
    let mut found = Vec::new();
    for place in 0..sweep.factors.len().min(MOST_FACTORS) {
        let axis = Axis::of(sweep, &rows, place);
        for (shown, outcome) in outcomes.iter().enumerate() {
            found.push(Means {
                place,
                factor: axis.name.clone(),
                factor_unit: axis.unit,
                outcome,
                others: Others::of(
                    sweep,
                    rows.len() as u64 == sweep.runs() && rows.iter().all(|row| row.outcomes[shown].is_some()),
                ),
                lines: axis.lines(sweep, &rows, place, shown),
            });
        }
    }
    Ok(found)
}

impl Others {
    /// `whole`: every run is there and defines the outcome, without which a grid holds other combinations at each value.
    #[must_use]
    pub fn of(sweep: &Sweep, whole: bool) -> Self {
        match sweep.design {
            _ if sweep.factors.len() < 2 => Self::Absent,
            Design::Points("one-at-a-time") => Self::AsWritten,
            Design::Points("grid") if whole => Self::EveryCombination,
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

/// How a factor lies on the axis.
struct Axis {
    name: String,
    unit: &'static str,
    /// Of a factor whose values are words: these, at 1, 2 and so on.
    words: Vec<String>,
    /// Places of the points, rising; the middle of each class where values are put together.
    places: Vec<f64>,
    /// Lowest value and width of the classes, if there are any.
    classes: Option<(f64, f64)>,
}

impl Axis {
    fn of(sweep: &Sweep, rows: &[Row], place: usize) -> Self {
        let cells = || rows.iter().map(|row| &row.factors[place]);
        let path = &sweep.factors[place].path.text;
        let mut words: Vec<String> = Vec::new();
        if cells().any(|cell| number(cell).is_none()) {
            for word in cells().map(word) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        let unit = if cells().any(|cell| matches!(cell, Cell::Day(_))) && words.is_empty() { "year" } else { "" };
        let listed = words.iter().enumerate().map(|(at, word)| format!("{}: {word}", at + 1)).collect::<Vec<_>>();
        let name = if words.is_empty() { path.clone() } else { format!("{path} ({})", listed.join(", ")) };
        let mut axis = Self { name, unit, words, places: Vec::new(), classes: None };
        let mut values: Vec<f64> = cells().map(|cell| axis.value(cell)).collect();
        values.sort_by(f64::total_cmp);
        values.dedup_by(|one, other| one.total_cmp(other).is_eq());
        if values.len() > MOST_VALUES {
            let (low, high) = (values[0], values[values.len() - 1]);
            let width = (high - low) / float(CLASSES);
            axis.classes = Some((low, width));
            values = (0..CLASSES).map(|class| low + width * (float(class) + 0.5)).collect();
            axis.name.push_str(", in twelve classes");
        }
        axis.places = values;
        axis
    }

    fn value(&self, cell: &Cell) -> f64 {
        if self.words.is_empty() {
            return number(cell).unwrap_or_default();
        }
        let word = word(cell);
        float(self.words.iter().position(|known| *known == word).map_or(0, |at| at + 1))
    }

    fn place(&self, cell: &Cell) -> usize {
        let value = self.value(cell);
        match self.classes {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 0 to the number of classes"
            )]
            Some((low, width)) => (((value - low) / width) as usize).min(CLASSES - 1),
            None => self.places.iter().position(|known| known.total_cmp(&value).is_eq()).unwrap_or_default(),
        }
    }

    fn lines(&self, sweep: &Sweep, rows: &[Row], place: usize, shown: usize) -> Vec<Line> {
        let line = |(variant, name): (usize, &Option<String>)| {
            // By place and seed.
            let mut values: BTreeMap<usize, BTreeMap<u32, Vec<f64>>> = BTreeMap::new();
            for row in rows.iter().filter(|row| row.run.variant == variant && looked_at(sweep, row.run, place)) {
                if let Some(value) = row.outcomes[shown] {
                    let seeds = values.entry(self.place(&row.factors[place])).or_default();
                    seeds.entry(row.run.replicate).or_default().push(value);
                }
            }
            let points = values.iter().filter_map(|(place, seeds)| point(self.places[*place], seeds));
            Line { variant: name.clone(), points: points.collect() }
        };
        let lines = sweep.variants.iter().enumerate().map(line);
        lines.filter(|line| !line.points.is_empty()).collect()
    }
}

/// Whether a run says something of a factor: of one at a time, not those that change another.
fn looked_at(sweep: &Sweep, run: Run, place: usize) -> bool {
    let mut others = sweep.points[run.point].iter().enumerate().filter(|(factor, _)| *factor != place);
    sweep.design != Design::Points("one-at-a-time") || others.all(|(_, at)| *at == Coordinate::AsWritten)
}

/// The mean over seeds. A seed that lacks runs which others have would be averaged over other points: it is left out.
fn point(factor: f64, seeds: &BTreeMap<u32, Vec<f64>>) -> Option<Point> {
    let most = seeds.values().map(Vec::len).max()?;
    let whole = seeds.values().filter(|values| values.len() == most);
    let means: Vec<f64> = whole.filter_map(|values| mean(values)).collect();
    Some(Point { factor, mean: mean(&means)?, interval: Interval::of(&means) })
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        #[expect(clippy::cast_precision_loss, reason = "a place on an axis")]
        Cell::Whole(value) => Some(*value as f64),
        Cell::Number(value) => Some(*value),
        Cell::Day(day) => {
            let (year, month, of_month) = day.calendar();
            Some(f64::from(year) + (f64::from(month - 1) + f64::from(of_month - 1) / 31.0) / 12.0)
        }
        _ => None,
    }
}

fn word(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => "as written".to_owned(),
        Cell::Whole(value) => value.to_string(),
        Cell::Seed(value) => value.to_string(),
        Cell::Number(value) => value.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Truth(value) => if *value { "yes" } else { "no" }.to_owned(),
        Cell::Day(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::point;
    use crate::base::interval::Interval;

    #[test]
    fn runs_that_share_a_seed_count_once() {
        // Three seeds at four points that differ by far more than the seeds do.
        let seed = |shift: f64| [0.0, 10.0, 20.0, 30.0].map(|at| at + shift).to_vec();
        let mut seeds = BTreeMap::from([(0, seed(0.0)), (1, seed(1.0)), (2, seed(2.0))]);
        let found = point(7.0, &seeds).expect("a mean");
        assert_eq!((found.factor, found.mean), (7.0, 16.0));
        assert_eq!(found.interval, Interval::of(&[15.0, 16.0, 17.0]));
        // One more that was cut short at the first point.
        seeds.insert(3, vec![0.0]);
        assert_eq!(point(7.0, &seeds), Some(found));
        assert_eq!(point(7.0, &BTreeMap::from([(0, seed(0.0))])).expect("a mean").interval, None);
    }
}
