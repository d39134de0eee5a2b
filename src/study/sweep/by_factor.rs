//! Means of outcomes by the values of one factor, over whatever the other factors are.
//!
//! Deliberately absent: indices, which belong to their own designs; see [`super::indices`].

use std::collections::BTreeMap;
use std::io;

use super::Sweep;
use super::columns::IDENTITY;
use super::merge::Merged;
use crate::base::interval::{Interval, float, mean};
use crate::study::Outcome;
use crate::tables::Cell;

/// Factors that are looked at: the first of the study.
const MOST_FACTORS: usize = 8;
/// Values of a factor that stand one by one; more are put together in classes of equal width.
const MOST_VALUES: usize = 24;
const CLASSES: usize = 12;

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
    /// Mean of the outcome over all runs there, in the outcome's own unit.
    pub mean: f64,
    /// Its 95 % interval; none of a single run.
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
                lines: axis.lines(sweep, &rows, place, shown),
            });
        }
    }
    Ok(found)
}

/// One run: variant, factors, outcomes looked at.
struct Row {
    variant: usize,
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
            variant: sweep.run(number.cast_unsigned()).variant,
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
            let mut values: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
            for row in rows.iter().filter(|row| row.variant == variant) {
                if let Some(value) = row.outcomes[shown] {
                    values.entry(self.place(&row.factors[place])).or_default().push(value);
                }
            }
            let point = |(place, values): (&usize, &Vec<f64>)| {
                Some(Point { factor: self.places[*place], mean: mean(values)?, interval: Interval::of(values) })
            };
            Line { variant: name.clone(), points: values.iter().filter_map(point).collect() }
        };
        let lines = sweep.variants.iter().enumerate().map(line);
        lines.filter(|line| !line.points.is_empty()).collect()
    }
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
