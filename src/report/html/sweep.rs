//! The report of a sweep: effects or indices where the design is for them, and the main outcomes by each factor.
//!
//! Deliberately absent: effects read off means between which other factors differ.

use std::fmt::Write as _;
use std::io;

use super::study::{self, Study};
use crate::base::Interval;
use crate::report::alike::in_a_sentence;
use crate::report::charts::Table;
use crate::report::charts::factor::{Axis, ByFactor, Point, Series};
use crate::report::lines::{capital, counted};
use crate::report::measured::{amount, plain};
use crate::report::numbers::grouped;
use crate::report::parameters::{ParameterGroup, parameters};
use crate::report::sensitivity;
use crate::scenario::{AS_WRITTEN, Scenario};
use crate::study::Outcome;
use crate::study::outcome::Unit;
use crate::study::sweep::apart::Apart;
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
    let numbers = parameters(scenario);
    let mut figures: Vec<ByFactor> = means.iter().map(|means| figure(sweep, means)).collect();
    for figure in &mut figures {
        figure.over.extend(meaning(&numbers, &figure.factor).map(|meaning| format!(" The factor: {meaning}")));
    }
    let (mut sentences, tables) = indices(sweep, merged, &outcomes)?;
    if matches!(sweep.design, Design::Points(_)) {
        sentences.extend(between_values(sweep, &means, &figures));
    }
    let (unvaried, figures) = without_unvaried(&means, figures);
    sentences.extend(unvaried);
    let (made, of) = (merged.results.done(), sweep.runs());
    let seeds = counted(sweep.replicates as usize, "seed", "seeds");
    let done = format!(
        "A sweep of the scenario \u{201c}{}\u{201d}, {} {} of {} runs: {} of the design ({}), {seeds} each. A factor has \
         the values of the design, whatever the list of numbers in use has in its place.",
        scenario.title,
        period(scenario, sweep),
        grouped(made),
        grouped(of),
        counted(sweep.points.len(), "point", "points"),
        sweep.design.word()
    );
    let beyond = (made < of).then(|| {
        format!("This gives the whole study, of which this page has {} of {} runs.", grouped(made), grouped(of))
    });
    let variants = sweep.variants.iter().zip(&sweep.scenarios);
    let named = |variant: &Option<String>| variant.clone().unwrap_or_else(|| in_a_sentence(AS_WRITTEN));
    let of_variants = variants.map(|(variant, digest)| (format!("Digest of {}", named(variant)), digest.to_string()));
    let study = Study {
        title: sweep.title.clone(),
        scenario,
        done,
        sentences,
        known_by: std::iter::once(("Plan".to_owned(), sweep.digest().to_string())).chain(of_variants).collect(),
        reproduce,
        beyond,
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
            Err(why) => sentences.push(format!("{}: {why}.", sensitivity::without(sweep))),
            Ok(shown) => {
                sentences.push(shown.first);
                sentences.extend(shown.doubt);
                let columns = shown.columns.into_iter().map(str::to_owned).collect();
                tables.push(Table { caption: shown.heading, columns, rows: shown.rows, choice: None });
            }
        }
    }
    if !tables.is_empty() {
        sentences.extend(sensitivity::lead(sweep));
    }
    Ok((sentences, tables))
}

/// Between which values of a factor an outcome differs, where that is the factor's own doing and more than chance.
fn between_values(sweep: &Sweep, means: &[Means], figures: &[ByFactor]) -> Vec<String> {
    if means.iter().all(|means| means.others == Others::Different) {
        return vec![
            "From value to value of one factor the others differ, too: this design tells no effect of a factor by itself."
                .to_owned(),
        ];
    }
    if sweep.replicates < 2 {
        return vec!["Of one seed there are no intervals: nothing tells what of a difference is chance.".to_owned()];
    }
    let own = means.iter().zip(figures).filter(|(means, _)| means.others != Others::Different);
    let mut found: Vec<String> = own
        .flat_map(|(means, figure)| {
            let lines = means.lines.iter().zip(&figure.series);
            lines.filter_map(|(line, series)| {
                let apart = Apart::farthest(line, means.outcome, sweep.seed)?;
                sentence(means.outcome.unit, figure, &series.name, &apart)
            })
        })
        .collect();
    if found.is_empty() {
        return vec![
            "Between no two values of a factor can a difference be told from chance, with these seeds, in an outcome shown here."
                .to_owned(),
        ];
    }
    found.push(
        "Told are the two values that lie farthest apart, of those that differ by more than chance; each interval is that of \
         one pair of values, and not of all that were compared."
            .to_owned(),
    );
    found
}

/// Outcomes that are the same at every value of every factor, each in a sentence, and the figures of the others.
fn without_unvaried(means: &[Means], figures: Vec<ByFactor>) -> (Vec<String>, Vec<ByFactor>) {
    let of = |outcome: &'static Outcome| {
        let lines = means.iter().filter(move |means| means.outcome.key == outcome.key).flat_map(|means| &means.lines);
        lines.flat_map(|line| &line.points).map(|point| point.mean)
    };
    let unvaried = |outcome: &'static Outcome| -> Option<f64> {
        let first = of(outcome).next()?;
        let is_varied = |means: &Means| means.lines.iter().any(|line| line.points.len() > 1);
        if !means.iter().any(is_varied) {
            return None;
        }
        of(outcome).all(|mean| mean.total_cmp(&first).is_eq()).then_some(first)
    };
    let mut sentences: Vec<String> = Vec::new();
    let mut kept = Vec::new();
    for (means, figure) in means.iter().zip(figures) {
        let Some(mean) = unvaried(means.outcome) else {
            kept.push(figure);
            continue;
        };
        let shown = amount(means.outcome.unit, mean, false);
        let sentence = format!("{}: the same at every point, {shown}; there is no figure of it.", figure.outcome);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    (sentences, kept)
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

/// What a number of the scenario means, by the path of a factor; none of what is no number.
fn meaning<'a>(numbers: &'a [ParameterGroup], factor: &str) -> Option<&'a str> {
    let (place, key) = factor.rsplit_once('.')?;
    // The group of a line, or of an authority, goes by the end of its path, that of all networks by the beginning.
    let is_of = |group: &&ParameterGroup| {
        let path = group.path.as_str();
        let beside = place.strip_prefix(path).or_else(|| place.strip_suffix(path));
        beside.is_some_and(|beside| beside.is_empty() || beside.starts_with('.') || beside.ends_with('.'))
    };
    let groups = numbers.iter().filter(is_of);
    let found = groups.filter_map(|group| Some((group, group.parameters.iter().find(|number| number.key() == key)?)));
    found.max_by_key(|(group, _)| group.path.len()).map(|(_, number)| &*number.meaning)
}

/// Means as a figure; shares in per cent.
fn figure(sweep: &Sweep, means: &Means) -> ByFactor {
    let (unit, times) = match means.outcome.unit {
        Unit::Share => ("%", 100.0),
        Unit::Count(_) | Unit::Ratio => ("", 1.0),
        Unit::Days => ("days", 1.0),
    };
    let series = |line: &Line| Series {
        name: line.variant.clone().unwrap_or_else(|| AS_WRITTEN.to_owned()),
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
        factor_unit: match means.scale {
            _ if !means.in_classes => String::new(),
            Scale::Ratios => "in twelve classes of equal ratio".to_owned(),
            _ => "in twelve classes".to_owned(),
        },
        outcome: capital(&means.outcome.says(sweep.state_name.as_deref().unwrap_or("the state"))),
        outcome_unit: unit.to_owned(),
        over: over(means.others, sweep.replicates),
        axis: match &means.scale {
            Scale::Numbers => Axis::Numbers,
            Scale::Ratios => Axis::Ratios,
            Scale::Days => Axis::Days,
            Scale::Words(words) => Axis::Words(words.clone()),
        },
        // A line from point to point would show as the factor's doing what others do.
        joined: !matches!(means.scale, Scale::Words(_)) && means.others != Others::Different,
        series: means.lines.iter().map(series).collect(),
    }
}

/// How far two values of a factor lie apart, seed by seed; nothing of what is nothing in the decimals that are shown.
fn sentence(unit: Unit, figure: &ByFactor, line: &str, apart: &Apart) -> Option<String> {
    let (of, in_unit, by, times) = match unit {
        Unit::Share => (" %", " %", " points", 100.0),
        Unit::Days => (" days", "", " days", 1.0),
        Unit::Count(_) | Unit::Ratio => ("", "", "", 1.0),
    };
    let higher = apart.difference.mean > 0.0;
    let Interval { mean, low, high } = apart.difference;
    let (low, high) = if higher { (low, high) } else { (-high, -low) };
    let shown = |value: f64| plain(value * times);
    let by_how_much = shown(mean.abs());
    by_how_much.contains(|digit: char| ('1'..='9').contains(&digit)).then(|| format!(
        "{}, {line}: {}{of} where {} is {}, {}{in_unit} where it is {}; seed by seed the second is {} by {}{by} (95 % interval \
         {} to {}), over {}.",
        figure.outcome,
        shown(apart.one.1),
        figure.factor,
        apart.one.0.value,
        shown(apart.other.1),
        apart.other.0.value,
        if higher { "higher" } else { "lower" },
        by_how_much,
        shown(low),
        shown(high),
        counted(apart.seeds, "seed", "seeds"),
    ))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::study::sweep::by_factor;

    /// Means by seed at these values.
    fn said(key: &str, points: &[(&str, &[f64])]) -> Option<String> {
        let point = |(value, by_seed): &(&str, &[f64])| by_factor::Point {
            at: Some(0.0),
            value: (*value).to_owned(),
            mean: crate::base::interval::mean(by_seed).expect("seeds"),
            interval: Interval::of(by_seed),
            by_seed: (0..).zip(by_seed.iter().copied()).collect::<BTreeMap<u32, f64>>(),
        };
        let line = Line { variant: None, points: points.iter().map(point).collect() };
        let outcome = Outcome::named(key).expect("one of the list");
        let figure = ByFactor {
            name: "f".to_owned(),
            factor: "networks.count".to_owned(),
            factor_unit: String::new(),
            outcome: capital(&outcome.says("")),
            outcome_unit: String::new(),
            over: String::new(),
            axis: Axis::Numbers,
            joined: true,
            series: Vec::new(),
        };
        sentence(outcome.unit, &figure, "holds-out", &Apart::farthest(&line, outcome, 1)?)
    }

    #[test]
    fn values_are_compared_seed_by_seed() {
        // Seeds differ by far more than the values do: the intervals of single means overlap.
        let impunity: [(&str, &[f64]); 2] = [("1", &[0.20, 0.40, 0.60]), ("2", &[0.22, 0.43, 0.64])];
        assert_eq!(
            said("impunity", &impunity).expect("a difference"),
            "Impunity, holds-out: 40.0 % where networks.count is 1, 43.0 % where it is 2; seed by seed the second is \
             higher by 3.0 points (95 % interval 0.5 to 5.5), over 3 seeds."
        );
        let chance: [(&str, &[f64]); 2] = [("1", &[0.20, 0.40, 0.60]), ("2", &[0.22, 0.38, 0.61])];
        assert_eq!(said("impunity", &chance), None);
        let too_little: [(&str, &[f64]); 2] = [("1", &[0.996, 0.997]), ("2", &[0.9961, 0.997_11])];
        assert_eq!(said("impunity", &too_little), None, "higher by 0.0 points");
    }

    #[test]
    fn all_values_are_compared_and_not_the_first_with_the_last() {
        // The first and the last are alike; what lies between them is not. A seed that only one has tells nothing.
        let incidents: [(&str, &[f64]); 3] =
            [("100", &[6_000.0, 6_100.0]), ("250", &[1_500.0, 1_590.0, 9_000.0]), ("400", &[6_140.0, 6_260.0])];
        let said = said("incidents", &incidents).expect("a difference");
        assert!(said.contains("1,545 where networks.count is 250, 6,200 where it is 400"), "{said}");
        assert!(said.ends_with("higher by 4,655 (95 % interval 4,464 to 4,846), over 2 seeds."), "{said}");
    }
}
