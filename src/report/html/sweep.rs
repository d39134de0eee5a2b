//! The report of a sweep: effects or indices where the design is for them, what the variants differ by, the main outcomes by
//! each factor, and a run of each variant to look into.
//!
//! Deliberately absent: effects read off means between which other factors differ.

use std::fmt::Write as _;
use std::io;

use super::between_values::between_values;
use super::study::{self, Study};
use super::sweep_runs;
use crate::base::Digest;
use crate::report::alike::in_a_sentence;
use crate::report::between_variants;
use crate::report::caveats::of_study;
use crate::report::charts::Table;
use crate::report::charts::factor::{Axis, ByFactor, Point, Series};
use crate::report::charts::scale::percent;
use crate::report::lines::{capital, counted, joined};
use crate::report::measured::{OutcomeSummary, amount, outcome_summaries};
use crate::report::numbers::grouped;
use crate::report::parameters::{ParameterGroup, parameters};
use crate::report::sensitivity;
use crate::report::variants::assumed_by;
use crate::scenario::{AS_WRITTEN, Scenario};
use crate::study::Outcome;
use crate::study::outcome::Unit;
use crate::study::sweep::between::between;
use crate::study::sweep::by_factor::{Lacking, Line, Means, Others, Scale, means};
use crate::study::sweep::indices::sensitivity;
use crate::study::sweep::merge::Merged;
use crate::study::sweep::own_point::OwnPoint;
use crate::study::sweep::{Design, Sweep};

/// The outcomes that are shown unless others are asked for, the last of a study that is about a state; the table has all.
const SHOWN: [&str; 4] = ["impunity", "incidents", "haven_days", "state_networks"];

/// The outcomes shown of a sweep for which none was asked for.
#[must_use]
pub fn usual_outcomes(sweep: &Sweep) -> Vec<&'static Outcome> {
    let all = SHOWN.iter().filter_map(|key| Outcome::named(key));
    all.filter(|outcome| sweep.state.is_some() || !outcome.of_state).collect()
}

/// What a page is made of.
#[derive(Clone, Copy)]
pub struct Swept<'a> {
    /// The plan.
    pub sweep: &'a Sweep,
    /// Its results.
    pub merged: &'a Merged,
    /// The digest of their content, as it is told of their table.
    pub digest: Digest,
    /// The scenario as written in each variant, with a run of it. Question, numbers and teaching note of the first are shown.
    pub own: &'a OwnPoint,
}

/// The page, with these outcomes.
///
/// # Errors
/// When parts cannot be read any more.
pub fn of_sweep(of: Swept, outcomes: &[&'static Outcome], reproduce: String) -> io::Result<String> {
    let Swept { sweep, merged, digest, own } = of;
    let scenario = &own.scenarios[0].1;
    let means = means(sweep, merged, outcomes)?;
    let numbers = parameters(scenario);
    let mut figures: Vec<ByFactor> = means.iter().map(|means| figure(sweep, means)).collect();
    for figure in &mut figures {
        figure.over.extend(meaning(&numbers, &figure.factor).map(|meaning| format!(" The factor: {meaning}")));
    }
    let (of_design, tables) = indices(sweep, merged, outcomes)?;
    let differences = between(sweep, merged)?;
    let single = sweep_runs::single(sweep, own);
    let mut sentences = between_variants::sentences(sweep, &differences);
    sentences.extend(of_design);
    if matches!(sweep.design, Design::Points(_)) {
        sentences.extend(between_values(sweep, &means, &figures));
    }
    let (unvaried, figures) = without_unvaried(&means, figures);
    sentences.extend(unvaried);
    let (made, of) = (merged.results.done(), sweep.runs());
    let seeds = counted(sweep.replicates as usize, "seed", "seeds");
    let variants = match sweep.variants.len() {
        1 => String::new(),
        variants => format!("{variants} variants, "),
    };
    let done = format!(
        "A sweep of the scenario \u{201c}{}\u{201d}, {} {} of {} runs: {variants}{} of the design ({}), {seeds} each.",
        scenario.title,
        period(scenario, sweep),
        grouped(made),
        grouped(of),
        counted(sweep.points.len(), "point", "points"),
        sweep.design.word()
    );
    let stopped = merged.stopped()?.sentence(made);
    sentences.splice(0..0, stopped);
    let beyond = (made < of).then(|| {
        format!("This gives the whole study, of which this page has {} of {} runs.", grouped(made), grouped(of))
    });
    let study = Study {
        title: sweep.title.clone(),
        scenario,
        caveat: of_study(&[("", scenario)]),
        assumed: assumed(own),
        numbers_of: numbers_of(scenario, sweep),
        outcomes: named_outcomes(sweep, outcomes),
        done,
        sentences,
        known_by: known_by(sweep, digest, single.digest),
        reproduce,
        beyond,
    };
    let after = sweep_runs::differences(sweep, &differences).into_iter().chain(study::by_factor(&figures));
    Ok(study::of(&study, &[], &tables, &after.chain(single.sections).collect::<Vec<_>>()))
}

/// The digests by which plan, results, scenarios and the runs made for the page are known.
fn known_by(sweep: &Sweep, results: Digest, runs: Option<Digest>) -> Vec<(String, String)> {
    let named = |variant: &Option<String>| in_a_sentence(variant.as_deref().unwrap_or(AS_WRITTEN));
    let variants = sweep.variants.iter().zip(&sweep.scenarios);
    let of_variants = variants.map(|(variant, digest)| (format!("Digest of {}", named(variant)), *digest));
    let first = [("Plan".to_owned(), sweep.digest()), ("Digest of the results".to_owned(), results)];
    let last = runs.map(|digest| ("Digest of the runs made for this page".to_owned(), digest));
    let all = first.into_iter().chain(of_variants).chain(last);
    all.map(|(what, digest)| (what, digest.to_string())).collect()
}

/// What is taken for granted, in each variant.
fn assumed(own: &OwnPoint) -> Vec<(String, String)> {
    assumed_by(own.scenarios.iter().map(|(name, scenario)| (name.as_str(), scenario.assumptions.as_slice())))
}

/// A scenario by its variant, in a sentence.
fn said(scenario: &Scenario) -> String {
    in_a_sentence(scenario.variant.as_deref().unwrap_or(AS_WRITTEN))
}

/// Whose the numbers in use are: a point of the design may have others.
fn numbers_of(scenario: &Scenario, sweep: &Sweep) -> Option<String> {
    /// More paths are a list and no sentence.
    const MOST_NAMED: usize = 4;
    let first = if sweep.variants.len() > 1 { ", the first variant" } else { "" };
    let paths: Vec<&str> = sweep.factors.iter().map(|factor| factor.path.text.as_str()).collect();
    let whose = format!("The numbers are those of {}{first}", said(scenario));
    match paths.len() {
        0 if first.is_empty() => None,
        0 => Some(format!("{whose}.")),
        _ => {
            let factors = if paths.len() > MOST_NAMED { "its factors".to_owned() } else { joined(&paths, "and") };
            Some(format!("{whose}; the runs have other values of {factors}: those of the design."))
        }
    }
}

/// The outcomes that the page names, and what they are: of several variants all, for they are compared by all.
fn named_outcomes(sweep: &Sweep, shown: &[&'static Outcome]) -> Vec<(String, &'static str)> {
    let is_named =
        |outcome: &&OutcomeSummary| sweep.variants.len() > 1 || shown.iter().any(|shown| shown.key == outcome.key);
    let all = outcome_summaries(sweep.state_name.as_deref());
    all.iter().filter(is_named).map(|outcome| (outcome.name.clone(), outcome.means)).collect()
}

/// From when to when, and what was set in all runs.
fn period(scenario: &Scenario, sweep: &Sweep) -> String {
    let plan = &scenario.plan;
    let varies = sweep.factors.iter().any(|factor| ["from", "to"].contains(&factor.path.text.as_str()));
    let unless = match (sweep.variants.len() > 1, varies) {
        (true, true) => ", unless a variant or a factor sets it otherwise",
        (true, false) => ", unless a variant sets it otherwise",
        (false, true) => ", unless a factor says otherwise",
        (false, false) => "",
    };
    let mut words = format!("{} to {}{unless}.", plan.first_day, plan.last_day);
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

/// That not every run of a figure is made, or defines its outcome, where that is so.
fn lacking(means: &Means) -> String {
    let points = || means.lines.iter().flat_map(|line| &line.points).map(|point| point.lacking);
    let most = |part: fn(&Lacking) -> f64| {
        let most = points().map(|lacking| part(&lacking)).max_by(f64::total_cmp);
        most.filter(|most| *most > 0.0).map(percent)
    };
    let not_made = most(|lacking| lacking.not_made).map(|most| {
        format!(" Not every run is made yet: at one value up to {most} % are not, and the table has how many.")
    });
    let undefined = most(|lacking| lacking.undefined).map(|most| {
        format!(" Not every run defines the outcome: at one value up to {most} % do not, and the table has how many.")
    });
    let none =
        " Where more than a third has no value of it, there is no interval, and the mean is compared with no other.";
    let sparse = points().any(|lacking| lacking.is_sparse).then(|| none.to_owned());
    [not_made, undefined, sparse].into_iter().flatten().collect()
}

/// What the means of a figure are taken over, and what their intervals say.
fn over(means: &Means, replicates: u32) -> String {
    let has_intervals = means.lines.iter().flat_map(|line| &line.points).any(|point| point.interval.is_some());
    let interval = match has_intervals {
        true => "each with its 95 % interval",
        false if replicates < 2 => "of one seed and so without interval",
        false => "without intervals",
    };
    // Means of the same seeds differ by less chance than each of them has.
    let paired = if has_intervals {
        " An interval is that of one mean: two may overlap, and their values differ all the same when compared seed by seed, \
         which is how they are compared above."
    } else {
        ""
    };
    match means.others {
        Others::Absent => format!("Means over seeds, {interval}.{paired}"),
        Others::AsWritten => {
            format!("Means over seeds, {interval}; all other factors are as the scenario has them.{paired}")
        }
        Others::EveryCombination => format!(
            "Means over seeds, {interval}; each seed is averaged over all values of the other factors first.{paired}"
        ),
        Others::Different => format!(
            "Means over seeds, {interval}; each seed is averaged over the points of the design there first. From value to \
             value the other factors differ, too: a difference between two means is no effect of this factor, and an \
             interval leaves out how much the points differ."
        ),
        Others::Incomplete => format!(
            "Means over seeds, {interval}; each seed is averaged over the combinations of the other factors that it has a value \
             of. As long as some are missing, a difference between two means may be theirs."
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
                undefined: point.lacking.undefined,
                not_made: point.lacking.not_made,
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
        over: format!("{}{}", over(means, sweep.replicates), lacking(means)),
        axis: match &means.scale {
            Scale::Numbers => Axis::Numbers,
            Scale::Ratios => Axis::Ratios,
            Scale::Days => Axis::Days,
            Scale::Words(words) => Axis::Words(words.clone()),
        },
        // A line from point to point would show as the factor's doing what others do.
        joined: !matches!(means.scale, Scale::Words(_)) && means.others.tells_effects(),
        series: means.lines.iter().map(series).collect(),
    }
}
