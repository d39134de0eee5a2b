//! Outcomes in words and numbers, as every study shows them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::numbers::{MINUS, decimals};
use crate::law::Library;
use crate::study::outcome::{ALL, Better, Unit};
use crate::study::{Measured, Outcome};

/// What an outcome means, for programs.
#[derive(Debug, Serialize)]
pub struct OutcomeSummary {
    /// Its key.
    pub key: &'static str,
    /// Its name.
    pub name: String,
    /// What it is.
    pub means: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// `lower`, `higher` or `neutral`.
    pub better: &'static str,
}

/// The outcomes that a study defines, about this state or about none.
#[must_use]
pub fn outcome_summaries(state: Option<&str>) -> Vec<OutcomeSummary> {
    let defined = ALL.iter().filter(|outcome| state.is_some() || !outcome.of_state);
    let summary = |outcome: &Outcome| OutcomeSummary {
        key: outcome.key,
        name: outcome.says(state.unwrap_or_default()),
        means: outcome.means,
        unit: outcome.unit.word(),
        better: match outcome.better {
            Better::Lower => "lower",
            Better::Higher => "higher",
            Better::Neutral => "neutral",
        },
    };
    defined.map(summary).collect()
}

/// In how many runs which state was a haven for the longest time, most frequent first; `none` for runs without haven.
#[must_use]
pub fn places(library: &Library, runs: &[Measured]) -> Vec<(String, usize)> {
    let mut counts = BTreeMap::new();
    for run in runs {
        *counts.entry(run.place()).or_insert(0) += 1;
    }
    let name = |state: Option<_>| state.map_or_else(|| "none".to_owned(), |state| library.state(state).name.clone());
    let mut places: Vec<(String, usize)> = counts.into_iter().map(|(state, runs)| (name(state), runs)).collect();
    places.sort_by_key(|(_, runs)| std::cmp::Reverse(*runs));
    places
}

/// A number of a unit: shares as per cent with one decimal, indices with three, days and large counts whole. `bare` leaves
/// out the sign of per cent.
#[must_use]
pub fn amount(unit: Unit, value: f64, bare: bool) -> String {
    let shown = decimals(scaled(unit, value), usual_decimals(unit, value));
    if unit == Unit::Share && !bare { format!("{shown} %") } else { shown }
}

/// A mean and the ends of its interval as they are shown.
pub type Shown = (String, Option<(String, String)>);

/// A mean and the ends of its interval, without the sign of per cent, all with as many decimals: so many that no end
/// beside 0 is nothing, for on which side it lies is what is read off it, and that an interval which has a width shows one.
#[must_use]
pub(super) fn alike(unit: Unit, mean: f64, interval: Option<(f64, f64)>) -> Shown {
    alike_from(usual_decimals(unit, mean), unit, mean, interval)
}

/// The same with so many decimals, where it takes no more.
fn alike_from(usual: usize, unit: Unit, mean: f64, interval: Option<(f64, f64)>) -> Shown {
    /// What is nothing in these decimals is what rounding left.
    const MOST_DECIMALS: usize = 6;
    let shown = |places: usize| {
        let of = |value: f64| decimals(scaled(unit, value), places);
        (of(mean), interval.map(|(low, high)| (of(low), of(high))))
    };
    let tells = |(_, ends): &Shown| {
        interval.zip(ends.as_ref()).is_none_or(|((low, high), (least, most))| {
            (low == 0.0 || is_something(least)) && (high == 0.0 || is_something(most)) && (low >= high || least != most)
        })
    };
    (usual..=MOST_DECIMALS).map(shown).find(tells).unwrap_or_else(|| shown(usual))
}

/// The same of a difference: each with its sign.
#[must_use]
pub(super) fn differing(unit: Unit, mean: f64, interval: Option<(f64, f64)>) -> Shown {
    differing_from(usual_decimals(unit, mean), unit, mean, interval)
}

/// The same with so many decimals, where it takes no more.
#[must_use]
pub(super) fn differing_from(usual: usize, unit: Unit, mean: f64, interval: Option<(f64, f64)>) -> Shown {
    // A mean by itself is as much as can be read off it as an end would be.
    let (mean, ends) = match interval {
        Some(_) => alike_from(usual, unit, mean, interval),
        None => (alike_from(usual, unit, mean, Some((mean, mean))).0, None),
    };
    (signed(mean), ends.map(|(low, high)| (signed(low), signed(high))))
}

/// As it is shown: a share in per cent.
fn scaled(unit: Unit, value: f64) -> f64 {
    if unit == Unit::Share { value * 100.0 } else { value }
}

/// The decimals of a unit, where nothing asks for more.
fn usual_decimals(unit: Unit, value: f64) -> usize {
    match unit {
        Unit::Share => 1,
        Unit::Ratio => 3,
        Unit::Days | Unit::Count(_) => usize::from(value.abs() < 100.0),
    }
}

/// Whether a number as shown is more than zeros.
fn is_something(number: &str) -> bool {
    number.contains(|digit: char| ('1'..='9').contains(&digit))
}

/// A number as shown, with its sign where it is above nothing.
fn signed(number: String) -> String {
    if number.starts_with(MINUS) || !is_something(&number) { number } else { format!("+{number}") }
}

/// A large number whole, a smaller one with one decimal.
pub(super) fn plain(value: f64) -> String {
    decimals(value, usize::from(value.abs() < 100.0))
}

#[cfg(test)]
mod tests {
    use super::{amount, differing};
    use crate::study::outcome::Unit;

    #[test]
    fn numbers_as_people_read_them() {
        assert_eq!(amount(Unit::Share, 0.1234, false), "12.3 %");
        assert_eq!(amount(Unit::Days, 1234.5, false), "1,235");
        assert_eq!(amount(Unit::Days, 12.34, false), "12.3");
        assert_eq!(amount(Unit::Ratio, -0.001, false), "\u{2212}0.001");
        assert_eq!(amount(Unit::Ratio, 0.0, false), "0.000");
    }

    fn shown(unit: Unit, mean: f64, low: f64, high: f64) -> String {
        let (mean, ends) = differing(unit, mean, Some((low, high)));
        let (low, high) = ends.expect("an interval");
        format!("{mean} ({low} to {high})")
    }

    #[test]
    fn a_difference_and_its_ends_are_rounded_alike() {
        assert_eq!(differing(Unit::Share, -0.1234, None), ("\u{2212}12.3".to_owned(), None));
        assert_eq!(differing(Unit::Share, 0.0001, None).0, "+0.01", "with or without an interval it is something");
        assert_eq!(differing(Unit::Share, 0.0, None).0, "0.0");
        assert_eq!(
            shown(Unit::Count("cases"), 1_000_000.0, 999_000.4, 1_001_000.0),
            "+1,000,000 (+999,000 to +1,001,000)"
        );
        assert_eq!(shown(Unit::Share, 0.1234, 0.12, 0.13), "+12.3 (+12.0 to +13.0)");
        // On which side of nothing an end lies.
        assert_eq!(shown(Unit::Days, 0.01, 0.002, 0.02), "+0.010 (+0.002 to +0.020)");
        assert_eq!(shown(Unit::Share, 0.001, -0.0003, 0.002), "+0.10 (\u{2212}0.03 to +0.20)");
        assert_eq!(shown(Unit::Days, 0.5, 0.0, 1.0), "+0.5 (0.0 to +1.0)");
        // How wide it is.
        assert_eq!(shown(Unit::Ratio, 0.148, 0.1479, 0.1482), "+0.1480 (+0.1479 to +0.1482)");
        // What is left of rounding is nothing, and adds no decimals.
        assert_eq!(shown(Unit::Ratio, 0.0, -1e-17, 1e-17), "0.000 (0.000 to 0.000)");
    }
}
