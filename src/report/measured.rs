//! Outcomes in words and numbers, as every study shows them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::numbers::decimals;
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

/// A number of a unit: shares as per cent with one decimal, days and large counts whole, the rest with what decimals
/// it needs. `bare` leaves out the sign of per cent.
#[must_use]
pub fn amount(unit: Unit, value: f64, bare: bool) -> String {
    match unit {
        Unit::Share if bare => decimals(value * 100.0, 1),
        Unit::Share => format!("{} %", decimals(value * 100.0, 1)),
        // Concentrations differ by little.
        Unit::Ratio if value.abs() > 0.0 && value.abs() < 0.01 => decimals(value, 4),
        Unit::Ratio if value.abs() > 0.0 && value.abs() < 0.1 => decimals(value, 3),
        Unit::Ratio => decimals(value, 2),
        Unit::Days | Unit::Count(_) => plain(value),
    }
}

/// An end of an interval, without the sign of per cent: as [`amount`], but never nothing where it lies beside 0, for
/// on which side it lies is what is read off it.
#[must_use]
pub fn end(unit: Unit, value: f64) -> String {
    /// What is nothing in these decimals is what rounding left.
    const MOST_DECIMALS: usize = 6;
    let shown = amount(unit, value, true);
    if is_something(&shown) || value == 0.0 {
        return shown;
    }
    let value = if unit == Unit::Share { value * 100.0 } else { value };
    let finer = (2..=MOST_DECIMALS).map(|places| decimals(value, places));
    finer.into_iter().find(|finer| is_something(finer)).unwrap_or(shown)
}

/// Whether a number as shown is more than zeros.
fn is_something(number: &str) -> bool {
    number.contains(|digit: char| ('1'..='9').contains(&digit))
}

/// An amount with a sign and without that of per cent, for a difference.
#[must_use]
pub fn signed(unit: Unit, value: f64) -> String {
    let number = amount(unit, value, true);
    if value > 0.0 && is_something(&number) { format!("+{number}") } else { number }
}

/// A large number whole, a smaller one with one decimal.
pub(super) fn plain(value: f64) -> String {
    decimals(value, usize::from(value.abs() < 100.0))
}

#[cfg(test)]
mod tests {
    use super::{amount, end, signed};
    use crate::study::outcome::Unit;

    #[test]
    fn numbers_as_people_read_them() {
        assert_eq!(amount(Unit::Share, 0.1234, false), "12.3 %");
        assert_eq!(amount(Unit::Days, 1234.5, false), "1,235");
        assert_eq!(amount(Unit::Days, 12.34, false), "12.3");
        assert_eq!(amount(Unit::Ratio, -0.001, false), "\u{2212}0.0010");
        assert_eq!(amount(Unit::Ratio, 0.0, false), "0.00");
        assert_eq!(signed(Unit::Share, -0.1234), "\u{2212}12.3");
        assert_eq!(signed(Unit::Count("cases"), 1_000_000.0), "+1,000,000");
        assert_eq!(signed(Unit::Share, 0.0001), "0.0");
    }

    #[test]
    fn an_end_beside_nothing_keeps_its_side() {
        assert_eq!(end(Unit::Ratio, -0.000_03), "\u{2212}0.00003");
        assert_eq!(end(Unit::Share, -0.000_3), "\u{2212}0.03");
        assert_eq!(end(Unit::Count("cases"), 0.004), "0.004");
        assert_eq!(
            [end(Unit::Ratio, 0.0), end(Unit::Ratio, -1e-17), end(Unit::Ratio, 0.0005)],
            ["0.00", "0.0000", "0.0005"]
        );
        assert_eq!(end(Unit::Share, 0.1234), "12.3");
    }
}
