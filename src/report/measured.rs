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

/// The same with a sign, for a difference.
#[must_use]
pub fn signed(unit: Unit, value: f64) -> String {
    let number = amount(unit, value, true);
    if value > 0.0 && number.chars().any(|digit| ('1'..='9').contains(&digit)) { format!("+{number}") } else { number }
}

/// A large number whole, a smaller one with one decimal.
pub(super) fn plain(value: f64) -> String {
    decimals(value, usize::from(value.abs() < 100.0))
}

#[cfg(test)]
mod tests {
    use super::{amount, signed};
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
}
