//! The report of a sweep: effects or indices where the design is for them, and the main outcomes by each factor.
//!
//! Deliberately absent: effects read off means between which other factors differ.

use std::fmt::Write as _;
use std::io;

use super::study::{self, Study};
use crate::report::charts::Table;
use crate::report::charts::factor::{Axis, ByFactor, Point, Series};
use crate::report::lines::{capital, counted};
use crate::report::measured::plain;
use crate::report::numbers::grouped;
use crate::report::sensitivity;
use crate::scenario::Scenario;
use crate::study::Outcome;
use crate::study::outcome::Unit;
use crate::study::sweep::by_factor::{Line, Means, Others, Scale, means};
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
        sentences.extend(between_values(&means, &figures, sweep.replicates));
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

/// Between which values of a factor an outcome differs, where that is the factor's own doing and more than chance.
fn between_values(means: &[Means], figures: &[ByFactor], replicates: u32) -> Vec<String> {
    if means.iter().all(|means| means.others == Others::Different) {
        return vec![
            "From value to value of one factor the others differ, too: this design tells no effect of a factor by itself."
                .to_owned(),
        ];
    }
    if replicates < 2 {
        return vec!["Of one seed there are no intervals: nothing tells what of a difference is chance.".to_owned()];
    }
    let own = means.iter().zip(figures).filter(|(means, _)| means.others != Others::Different);
    let found: Vec<String> =
        own.flat_map(|(_, figure)| figure.series.iter().filter_map(|series| sentence(figure, series))).collect();
    if found.is_empty() {
        return vec!["Between no two values of a factor do the intervals of an outcome shown here part.".to_owned()];
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
                at: point.at,
                value: point.value.clone(),
                mean: point.mean * times,
                interval: point.interval.map(|interval| (interval.low * times, interval.high * times)),
            })
            .collect(),
    };
    ByFactor {
        name: format!("factor-{}-{}", means.place, means.outcome.key.replace('_', "-")),
        factor: means.factor.clone(),
        factor_unit: if means.in_classes { "in twelve classes".to_owned() } else { String::new() },
        outcome: capital(&means.outcome.says(sweep.state_name.as_deref().unwrap_or("the state"))),
        outcome_unit: unit.to_owned(),
        over: over(means.others, sweep.replicates),
        axis: match &means.scale {
            Scale::Numbers => Axis::Numbers,
            Scale::Days => Axis::Days,
            Scale::Words(words) => Axis::Words(words.clone()),
        },
        // A line from point to point would show as the factor's doing what others do.
        joined: !matches!(means.scale, Scale::Words(_)) && means.others != Others::Different,
        series: means.lines.iter().map(series).collect(),
    }
}

/// The two values between which an outcome differs most, of those whose intervals have nothing in common.
fn sentence(figure: &ByFactor, series: &Series) -> Option<String> {
    let pairs = series.points.iter().enumerate();
    let pairs = pairs.flat_map(|(place, one)| series.points[place + 1..].iter().map(move |other| (one, other)));
    let apart = |(one, other): &(&Point, &Point)| {
        one.interval.zip(other.interval).is_some_and(|(one, other)| one.1 < other.0 || other.1 < one.0)
    };
    let between = |(one, other): &(&Point, &Point)| (one.mean - other.mean).abs();
    let (one, other) = pairs.filter(apart).max_by(|this, that| between(this).total_cmp(&between(that)))?;
    let unit = if figure.outcome_unit.is_empty() { String::new() } else { format!(" {}", figure.outcome_unit) };
    Some(format!(
        "{}, {}: {}{unit} where {} is {}, {}{unit} where it is {}; their intervals have nothing in common.",
        figure.outcome,
        series.name,
        plain(one.mean),
        figure.factor,
        one.value,
        plain(other.mean),
        other.value,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Means at these values, each with an interval of so much to both sides.
    fn said(means: &[(&str, f64)], half: f64) -> Option<String> {
        let point = |(value, mean): &(&str, f64)| Point {
            at: Some(0.0),
            value: (*value).to_owned(),
            mean: *mean,
            interval: Some((mean - half, mean + half)),
        };
        let series = Series { name: "holds-out".to_owned(), points: means.iter().map(point).collect() };
        let figure = ByFactor {
            name: "f".to_owned(),
            factor: "networks.count".to_owned(),
            factor_unit: String::new(),
            outcome: "Incidents".to_owned(),
            outcome_unit: String::new(),
            over: String::new(),
            axis: Axis::Numbers,
            joined: true,
            series: vec![series],
        };
        sentence(&figure, &figure.series[0])
    }

    #[test]
    fn all_values_are_compared_and_not_the_first_with_the_last() {
        // The first and the last are alike; what lies between them is not.
        assert_eq!(
            said(&[("100", 6_000.0), ("250", 1_500.0), ("400", 6_100.0)], 100.0).expect("a difference"),
            "Incidents, holds-out: 1,500 where networks.count is 250, 6,100 where it is 400; their intervals have \
             nothing in common."
        );
        assert_eq!(said(&[("100", 6_000.0), ("250", 1_500.0), ("400", 6_100.0)], 3_000.0), None);
    }
}
