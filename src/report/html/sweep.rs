//! The report of a sweep: what each factor does to the main outcomes, over whatever the other factors are.

use std::collections::BTreeMap;
use std::io;

use super::study::{self, Study};
use crate::base::interval::{Interval, mean};
use crate::report::charts::factor::{ByFactor, Point, Series};
use crate::report::charts::float;
use crate::report::lines::{capital, counted};
use crate::report::terminal::grouped;
use crate::scenario::Scenario;
use crate::study::Outcome;
use crate::study::outcome::Unit;
use crate::study::sweep::Sweep;
use crate::study::sweep::columns::IDENTITY;
use crate::study::sweep::merge::Merged;
use crate::tables::Cell;

/// The outcomes that are shown; the table has all.
const SHOWN: [&str; 3] = ["impunity", "incidents", "haven_days"];
/// Factors that are shown: the first of the study.
const MOST_FACTORS: usize = 8;
/// Values of a factor that are shown one by one; more are put together in classes of equal width.
const MOST_VALUES: usize = 24;
const CLASSES: usize = 12;

/// Values of one outcome by place of a factor, for one variant.
type Values = BTreeMap<usize, Vec<f64>>;

/// The page. `scenario` is the first variant as written: its question, numbers and teaching note are shown.
///
/// # Errors
/// When parts cannot be read any more.
pub fn of_sweep(scenario: &Scenario, sweep: &Sweep, merged: &Merged, reproduce: String) -> io::Result<String> {
    let rows = rows(sweep, merged)?;
    let outcomes = || SHOWN.iter().filter_map(|key| Outcome::named(key));
    let mut figures = Vec::new();
    let mut sentences = vec![
        "Each point of a figure is the mean over all runs with that value, whatever the other factors are.".to_owned(),
    ];
    for place in 0..sweep.factors.len().min(MOST_FACTORS) {
        let axis = Axis::of(sweep, &rows, place);
        for outcome in outcomes() {
            let figure = axis.figure(sweep, &rows, place, outcome);
            sentences.extend(figure.series.iter().filter_map(|series| sentence(&figure, series)));
            figures.push(figure);
        }
    }
    if sentences.len() == 1 {
        sentences.push("Between the two ends of no factor do the intervals of an outcome part.".to_owned());
    }
    let seeds = counted(sweep.replicates as usize, "seed", "seeds");
    let done = format!(
        "{}. {} of {} runs: {} of the design, {seeds} each.",
        sweep.title,
        grouped(merged.results.done()),
        grouped(sweep.runs()),
        counted(sweep.points.len(), "point", "points")
    );
    let variants = sweep.variants.iter().zip(&sweep.scenarios);
    let named = |variant: &Option<String>| variant.clone().unwrap_or_else(|| "as written".to_owned());
    let of_variants = variants.map(|(variant, digest)| (format!("Digest of {}", named(variant)), digest.to_string()));
    let study = Study {
        scenario,
        done,
        sentences,
        known_by: std::iter::once(("Plan".to_owned(), sweep.digest().to_string())).chain(of_variants).collect(),
        reproduce,
    };
    Ok(study::swept(&study, &figures))
}

/// One run: variant, factors, outcomes shown.
struct Row {
    variant: usize,
    factors: Vec<Cell>,
    outcomes: Vec<Option<f64>>,
}

fn rows(sweep: &Sweep, merged: &Merged) -> io::Result<Vec<Row>> {
    let first = IDENTITY.len();
    let last = first + sweep.factors.len();
    let mut rows = Vec::new();
    merged.each(&mut |cells| {
        let Cell::Whole(number) = cells[0] else { return Ok(()) };
        let value = |key: &&str| match Outcome::named(key).map(|outcome| &cells[last + outcome.index()]) {
            Some(Cell::Number(value)) => Some(*value),
            _ => None,
        };
        rows.push(Row {
            variant: sweep.run(number.cast_unsigned()).variant,
            factors: cells[first..last].to_vec(),
            outcomes: SHOWN.iter().map(value).collect(),
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

    fn figure(&self, sweep: &Sweep, rows: &[Row], place: usize, outcome: &Outcome) -> ByFactor {
        let shown = SHOWN.iter().position(|key| *key == outcome.key).unwrap_or_default();
        let (unit, times) = match outcome.unit {
            Unit::Share => ("%", 100.0),
            Unit::Count(_) | Unit::Ratio => ("", 1.0),
            Unit::Days => ("days", 1.0),
        };
        let series = sweep.variants.iter().enumerate().map(|(variant, name)| {
            let mut values = Values::new();
            for row in rows.iter().filter(|row| row.variant == variant) {
                if let Some(value) = row.outcomes[shown] {
                    values.entry(self.place(&row.factors[place])).or_default().push(value * times);
                }
            }
            let point = |(place, values): (&usize, &Vec<f64>)| Point {
                factor: self.places[*place],
                mean: mean(values).unwrap_or_default(),
                interval: Interval::of(values).map(|interval| (interval.low, interval.high)),
            };
            let name = name.clone().unwrap_or_else(|| "as written".to_owned());
            Series { name, points: values.iter().map(point).collect() }
        });
        ByFactor {
            name: format!("factor-{place}-{}", outcome.key.replace('_', "-")),
            factor: self.name.clone(),
            factor_unit: self.unit.to_owned(),
            outcome: capital(&outcome.says(sweep.state_name.as_deref().unwrap_or("the state"))),
            outcome_unit: unit.to_owned(),
            series: series.filter(|series| !series.points.is_empty()).collect(),
        }
    }
}

/// From which end to which, where the intervals at the two ends have nothing in common.
fn sentence(figure: &ByFactor, series: &Series) -> Option<String> {
    let (first, last) = (series.points.first()?, series.points.last()?);
    let (one, other) = (first.interval?, last.interval?);
    let apart = one.1 < other.0 || other.1 < one.0;
    let unit = if figure.outcome_unit.is_empty() { String::new() } else { format!(" {}", figure.outcome_unit) };
    apart.then(|| {
        format!(
            "{}, {}: from {:.1}{unit} to {:.1}{unit} between the ends of {}.",
            figure.outcome, series.name, first.mean, last.mean, figure.factor
        )
    })
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
