//! The report of a sweep: effects or indices where the design is for them, and the main outcomes by each factor.
//!
//! Deliberately absent: effects read off means between which other factors differ.

use std::fmt::Write as _;
use std::io;

use super::study::{self, Study};
use crate::report::charts::Table;
use crate::report::charts::factor::{ByFactor, Point, Series};
use crate::report::lines::{capital, counted};
use crate::report::measured::plain;
use crate::report::numbers::grouped;
use crate::report::sensitivity;
use crate::scenario::Scenario;
use crate::study::Outcome;
use crate::study::outcome::Unit;
use crate::study::sweep::by_factor::{Line, Means, Others, means};
use crate::study::sweep::indices::sensitivity;
use crate::study::sweep::merge::Merged;
use crate::study::sweep::{Design, Sweep};

/// The outcomes that are shown; the table has all.
const SHOWN: [&str; 3] = ["impunity", "incidents", "haven_days"];

/// The page. `scenario` is the first variant as written: its question, numbers and teaching note are shown.
///
/// # Errors
/// When parts cannot be read any more.
pub fn of_sweep(scenario: &Scenario, sweep: &Sweep, merged: &Merged, reproduce: String) -> io::Result<String> {
    let outcomes: Vec<&'static Outcome> = SHOWN.iter().filter_map(|key| Outcome::named(key)).collect();
    let means = means(sweep, merged, &outcomes)?;
    let figures: Vec<ByFactor> = means.iter().map(|means| figure(sweep, means)).collect();
    let (mut sentences, tables) = indices(sweep, merged, &outcomes)?;
    if matches!(sweep.design, Design::Points(_)) {
        sentences.extend(between_the_ends(&means, &figures));
    }
    let seeds = counted(sweep.replicates as usize, "seed", "seeds");
    let done = format!(
        "{}. {} {} of {} runs: {} of the design ({}), {seeds} each.",
        sweep.title,
        period(scenario, sweep),
        grouped(merged.results.done()),
        grouped(sweep.runs()),
        counted(sweep.points.len(), "point", "points"),
        sweep.design.word()
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
    Ok(study::swept(&study, &tables, &figures))
}

/// From when to when, and what was set in all runs.
fn period(scenario: &Scenario, sweep: &Sweep) -> String {
    let plan = &scenario.plan;
    let varies = sweep.factors.iter().any(|factor| ["from", "to"].contains(&factor.path.text.as_str()));
    let variant = if sweep.variants.len() > 1 { " in the first variant" } else { "" };
    let unless = if varies { ", unless a factor says otherwise" } else { "" };
    let mut words = format!("{} to {}{variant}{unless}.", plan.first_day, plan.last_day);
    if !sweep.asked.settings.is_empty() {
        let _ = write!(words, " Set in all runs: {}.", sweep.asked.settings.join(", "));
    }
    words
}

/// What the design was made for, where it was made for any: sentences and tables.
fn indices(sweep: &Sweep, merged: &Merged, outcomes: &[&'static Outcome]) -> io::Result<(Vec<String>, Vec<Table>)> {
    let (mut sentences, mut tables) = (Vec::new(), Vec::new());
    if !matches!(sweep.design, Design::Points(_)) && merged.results.done() < sweep.runs() {
        sentences.push("Runs are missing, and effects and indices need the whole design.".to_owned());
        return Ok((sentences, tables));
    }
    let mut found = sensitivity(sweep, merged)?.unwrap_or_default();
    found.retain(|found| outcomes.contains(&found.outcome));
    for found in &found {
        match sensitivity::shown(sweep, found) {
            Err(why) => sentences.push(format!("Without indices: {why}.")),
            Ok(shown) => {
                sentences.push(shown.first);
                sentences.extend(shown.doubt);
                let columns = shown.columns.into_iter().map(str::to_owned).collect();
                tables.push(Table { caption: shown.heading, columns, rows: shown.rows, choice: None });
            }
        }
    }
    if !tables.is_empty() {
        sentences.extend(sensitivity::lead(sweep).map(str::to_owned));
    }
    Ok((sentences, tables))
}

/// From which end of a factor to which an outcome changes, where that is the factor's own doing and more than chance.
fn between_the_ends(means: &[Means], figures: &[ByFactor]) -> Vec<String> {
    if means.iter().all(|means| means.others == Others::Different) {
        return vec![
            "From value to value of one factor the others differ, too: this design tells no effect of a factor by itself."
                .to_owned(),
        ];
    }
    let own = means.iter().zip(figures).filter(|(means, _)| means.others != Others::Different);
    let found: Vec<String> =
        own.flat_map(|(_, figure)| figure.series.iter().filter_map(|series| sentence(figure, series))).collect();
    if found.is_empty() {
        return vec!["Between the two ends of no factor do the intervals of an outcome part.".to_owned()];
    }
    found
}

/// What the means of a figure are taken over, and what their intervals say.
fn over(others: Others, replicates: u32) -> String {
    let interval = if replicates < 2 { "of one seed and so without interval" } else { "each with its 95 % interval" };
    match others {
        Others::Absent => format!("Means over seeds, {interval}."),
        Others::AsWritten => format!("Means over seeds, {interval}; all other factors are as the scenario has them."),
        Others::EveryCombination => {
            format!("Means over seeds, {interval}; each seed is averaged over all values of the other factors first.")
        }
        Others::Different => format!(
            "Means over seeds, {interval}; each seed is averaged over the points of the design there first. From value to \
             value the other factors differ, too: a difference between two means is no effect of this factor, and an \
             interval leaves out how much the points differ."
        ),
    }
}

/// Means as a figure; shares in per cent.
fn figure(sweep: &Sweep, means: &Means) -> ByFactor {
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
        outcome: capital(&means.outcome.says(sweep.state_name.as_deref().unwrap_or("the state"))),
        outcome_unit: unit.to_owned(),
        over: over(means.others, sweep.replicates),
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
