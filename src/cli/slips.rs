//! Slips of the command line that several commands tell: names that nobody knows, and what is wrong with no file.

use crate::base::{Day, Place, Problem, Spanned};
use crate::report::numbers::grouped;
use crate::study::outcome::{ALL, Outcome};

/// A problem that stands in no file.
pub(super) fn unplaced(message: impl Into<String>) -> Problem {
    Problem::new(Place::NOWHERE, message)
}

/// A name that is not known, with the nearest known one, or a short list of them.
pub(super) fn unknown<'a>(kind: &str, name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Problem {
    Problem::unknown(kind, &Spanned::nowhere(name.to_owned()), known)
}

/// The same, and where to look when no known name is near.
pub(super) fn unknown_or<'a>(
    kind: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
    advice: impl FnOnce() -> String,
) -> Problem {
    let mut problem = unknown(kind, name, known);
    problem.help.get_or_insert_with(advice);
    problem
}

/// The same, and all names however many they are.
pub(super) fn unknown_of_all<'a>(kind: &str, name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Problem {
    let all = known.clone();
    unknown_or(kind, name, known, || format!("known: {}", all.into_iter().collect::<Vec<_>>().join(", ")))
}

/// The outcome of a key. One that is about a state needs a state; `named_by` says how one is named.
pub(super) fn outcome(key: &str, about_a_state: bool, named_by: &str) -> Result<&'static Outcome, Problem> {
    let known = || ALL.iter().filter(|outcome| about_a_state || !outcome.of_state).map(|outcome| outcome.key);
    match Outcome::named(key) {
        Some(outcome) if outcome.of_state && !about_a_state => {
            Err(unplaced(format!("the outcome `{key}` is about one state")).help(named_by))
        }
        Some(outcome) => Ok(outcome),
        None => Err(unknown_of_all("outcome", key, known().collect::<Vec<_>>())),
    }
}

/// A seed of chance.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// A whole number from one to another.
pub(super) fn whole<T: TryFrom<u64>>(least: u64, most: u64) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |text| {
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        let number = number.and_then(|number: u64| T::try_from(number).ok());
        number.ok_or_else(|| format!("a whole number from {} to {} is needed", grouped(least), grouped(most)))
    }
}

/// A day of the calendar.
pub(super) fn day(text: &str) -> Result<Day, String> {
    text.parse::<Day>().map_err(|error| error.to_string())
}
