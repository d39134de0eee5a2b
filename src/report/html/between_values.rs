//! Between which values of a factor an outcome of a sweep differs, in sentences.

use crate::base::Interval;
use crate::report::charts::factor::ByFactor;
use crate::report::lines::counted;
use crate::report::measured::plain;
use crate::report::numbers::{decimals, grouped};
use crate::study::outcome::Unit;
use crate::study::sweep::Sweep;
use crate::study::sweep::apart::{Apart, MOST_VALUES};
use crate::study::sweep::by_factor::{Means, Others};

/// Between which values of a factor an outcome differs, where that is the factor's own doing and more than chance.
pub(super) fn between_values(sweep: &Sweep, means: &[Means], figures: &[ByFactor]) -> Vec<String> {
    if !means.is_empty() && means.iter().all(|means| means.others == Others::Incomplete) {
        return vec![
            "Runs are missing or do not define the outcomes shown, so that the other factors differ from value to value: no two \
             are compared."
                .to_owned(),
        ];
    }
    if !means.iter().any(|means| means.others.tells_effects()) {
        return vec![
            "From value to value of one factor the others differ, too: this design tells no effect of a factor by itself."
                .to_owned(),
        ];
    }
    if sweep.replicates < 2 {
        return vec!["Of one seed there are no intervals: nothing tells what of a difference is chance.".to_owned()];
    }
    let too_many = means.iter().flat_map(|means| &means.lines).any(|line| line.points.len() > MOST_VALUES);
    let left_out = too_many
        .then(|| format!("Of a factor with more than {} values no two are compared.", grouped(MOST_VALUES as u64)));
    let own = means.iter().zip(figures).filter(|(means, _)| means.others.tells_effects());
    let lines: usize =
        own.clone().map(|(means, _)| means.lines.iter().filter(|line| line.points.len() > 1).count()).sum();
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
        let none = "Between no two values of a factor can a difference be told from chance, with these seeds, in an outcome shown \
                    here.";
        return std::iter::once(none.to_owned()).chain(left_out).collect();
    }
    found.extend(left_out);
    found.push(format!(
        "Told are the two values whose means lie farthest apart, of those that differ by more than chance; each interval is that of \
         one pair of values. {} looked at, and chance alone finds such a pair in one line of twenty at most (Student's t at a level \
         shared by all pairs of the line).",
        counted(lines, "line was", "lines were")
    ));
    found
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
    // Nothing in the decimals that such numbers have is no difference to tell.
    plain(mean.abs() * times).contains(|digit: char| ('1'..='9').contains(&digit)).then_some(())?;
    let places = places(mean.abs() * times, apart.one.1.abs().max(apart.other.1.abs()) * times);
    let shown = |value: f64| decimals(value * times, places);
    Some(format!(
        "{}, {line}, farthest apart: {}{of} where {} is {}, {}{in_unit} where it is {}; seed by seed the second is {} by {}{by} (95 % interval \
         {} to {}), over {}.",
        figure.outcome,
        shown(apart.one.1),
        figure.factor,
        apart.one.0.value,
        shown(apart.other.1),
        apart.other.0.value,
        if higher { "higher" } else { "lower" },
        shown(mean.abs()),
        shown(low),
        shown(high),
        counted(apart.seeds, "seed", "seeds"),
    ))
}

/// Decimals by which a difference can be read off two values: as many for it as for them, and so many that it is not the last
/// digit alone.
fn places(difference: f64, greatest: f64) -> usize {
    const MOST: usize = 3;
    const LARGE: f64 = 100.0;
    let usual = usize::from(greatest < LARGE || difference < LARGE / 10.0);
    let mut times = if usual == 0 { 1.0 } else { 10.0 };
    for places in usual..MOST {
        if difference * times >= 2.5 {
            return places;
        }
        times *= 10.0;
    }
    MOST
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::report::charts::factor::Axis;
    use crate::report::lines::capital;
    use crate::study::Outcome;
    use crate::study::sweep::by_factor::{self, Lacking, Line};

    /// Means by seed at these values.
    fn said(key: &str, points: &[(&str, &[f64])]) -> Option<String> {
        said_of(key, points, &[])
    }

    /// The same, where too many runs lack the outcome at some of the values.
    fn said_of(key: &str, points: &[(&str, &[f64])], sparse: &[&str]) -> Option<String> {
        let point = |(value, by_seed): &(&str, &[f64])| by_factor::Point {
            at: Some(0.0),
            value: (*value).to_owned(),
            mean: crate::base::interval::mean(by_seed).expect("seeds"),
            interval: Interval::of(by_seed),
            lacking: Lacking { is_sparse: sparse.contains(value), ..Lacking::default() },
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
            "Impunity, holds-out, farthest apart: 40.0 % where networks.count is 1, 43.0 % where it is 2; seed by seed the second is \
             higher by 3.0 points (95 % interval 0.5 to 5.5), over 3 seeds."
        );
        let chance: [(&str, &[f64]); 2] = [("1", &[0.20, 0.40, 0.60]), ("2", &[0.22, 0.38, 0.61])];
        assert_eq!(said("impunity", &chance), None);
        let too_little: [(&str, &[f64]); 2] = [("1", &[0.996, 0.997]), ("2", &[0.9961, 0.997_11])];
        assert_eq!(said("impunity", &too_little), None, "higher by 0.0 points");
        // A difference that is one in the last digit has one digit more, and so have the values.
        let little: [(&str, &[f64]); 2] = [("500", &[0.433, 0.434]), ("1140", &[0.4339, 0.434_95])];
        let said = said("impunity", &little).expect("a difference");
        assert!(said.contains("43.35 % where networks.count is 500, 43.44 % where it is 1140"), "{said}");
        assert!(said.contains("higher by 0.09 points"), "{said}");
    }

    #[test]
    fn values_at_which_many_runs_lack_the_outcome_are_not_compared() {
        let incidents: [(&str, &[f64]); 3] =
            [("100", &[6_000.0, 6_100.0]), ("250", &[1_500.0, 1_590.0]), ("400", &[3_140.0, 3_260.0])];
        let apart = said_of("incidents", &incidents, &["250"]).expect("a difference");
        assert!(apart.contains("6,050 where networks.count is 100, 3,200 where it is 400"), "{apart}");
        assert_eq!(said_of("incidents", &incidents, &["250", "400"]), None);
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
