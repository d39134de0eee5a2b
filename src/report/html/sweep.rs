//! The report of a sweep: what each factor does to the main outcomes, over whatever the other factors are.

use std::io;

use super::study::{self, Study};
use crate::report::charts::factor::{ByFactor, Point, Series};
use crate::report::lines::{capital, counted};
use crate::report::measured::plain;
use crate::report::terminal::grouped;
use crate::scenario::Scenario;
use crate::study::Outcome;
use crate::study::outcome::Unit;
use crate::study::sweep::Sweep;
use crate::study::sweep::by_factor::{Line, Means, means};
use crate::study::sweep::merge::Merged;

/// The outcomes that are shown; the table has all.
const SHOWN: [&str; 3] = ["impunity", "incidents", "haven_days"];

/// The page. `scenario` is the first variant as written: its question, numbers and teaching note are shown.
///
/// # Errors
/// When parts cannot be read any more.
pub fn of_sweep(scenario: &Scenario, sweep: &Sweep, merged: &Merged, reproduce: String) -> io::Result<String> {
    let outcomes: Vec<&'static Outcome> = SHOWN.iter().filter_map(|key| Outcome::named(key)).collect();
    let figures: Vec<ByFactor> =
        means(sweep, merged, &outcomes)?.iter().map(|means| figure(sweep.state_name.as_deref(), means)).collect();
    let mut sentences = vec![
        "Each point of a figure is the mean over all runs with that value, whatever the other factors are.".to_owned(),
    ];
    for figure in &figures {
        sentences.extend(figure.series.iter().filter_map(|series| sentence(figure, series)));
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

/// Means as a figure; shares in per cent.
fn figure(state: Option<&str>, means: &Means) -> ByFactor {
    let (unit, times) = match means.outcome.unit {
        Unit::Share => ("%", 100.0),
        Unit::Count(_) | Unit::Ratio => ("", 1.0),
        Unit::Days => ("days", 1.0),
    };
    let series = |line: &Line| Series {
        name: line.variant.clone().unwrap_or_else(|| "as written".to_owned()),
        points: line
            .points
            .iter()
            .map(|point| Point {
                factor: point.factor,
                mean: point.mean * times,
                interval: point.interval.map(|interval| (interval.low * times, interval.high * times)),
            })
            .collect(),
    };
    ByFactor {
        name: format!("factor-{}-{}", means.place, means.outcome.key.replace('_', "-")),
        factor: means.factor.clone(),
        factor_unit: means.factor_unit.to_owned(),
        outcome: capital(&means.outcome.says(state.unwrap_or("the state"))),
        outcome_unit: unit.to_owned(),
        series: means.lines.iter().map(series).collect(),
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
            "{}, {}: from {}{unit} to {}{unit} between the ends of {}.",
            figure.outcome,
            series.name,
            plain(first.mean),
            plain(last.mean),
            figure.factor
        )
    })
}
