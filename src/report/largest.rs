//! Which factor has the largest estimate, in a sentence: those that are as large are named with it, and those that it
//! cannot be told from.
//!
//! Deliberately absent: an order of all factors. The table beside the sentence has them, with their intervals.

use std::fmt::Write as _;

use super::charts::scale::significant;
use super::lines::joined;
use crate::study::sensitivity::Estimate;

/// Estimates that differ by no more than this part of the largest are equal: no draw parts them, but the order of a sum.
const ROUNDING: f64 = 1e-9;
/// Factors that are named; a sentence with more is read by nobody, and the table has them.
const MOST_NAMED: usize = 5;

/// What is estimated of each factor, in words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimated<'a> {
    /// Of one factor, and of several.
    pub what: [&'a str; 2],
    /// By how much it is multiplied where it is shown.
    pub scale: f64,
    /// What follows the number: the unit, after a space.
    pub unit: &'a str,
    /// What ends the sentence, of one factor and of several.
    pub end: [&'a str; 2],
    /// The sentence where all that it does may be nothing, of one factor and of several.
    pub nothing: [&'a str; 2],
}

/// Which of these factors has the largest estimate, in a sentence that begins small; and one on those that its interval
/// does not part from it. `reaches_zero` tells of a factor by its place whether what it does may be nothing.
///
/// # Panics
/// Without factors, or with another number of estimates.
pub(super) fn sentence(
    paths: &[&str],
    estimates: &[Estimate],
    of: Estimated<'_>,
    reaches_zero: &dyn Fn(usize) -> bool,
) -> String {
    let largest = estimates.iter().max_by(|one, other| one.value.total_cmp(&other.value));
    let largest = largest.expect("a design of indices has factors");
    let is_equal = |estimate: &Estimate| largest.value - estimate.value <= ROUNDING * largest.value.abs();
    let equal: Vec<usize> = (0..paths.len()).filter(|place| is_equal(&estimates[*place])).collect();
    let is_near = |place: &usize| {
        !equal.contains(place) && equal.iter().any(|equal| overlap(&estimates[*equal], &estimates[*place]))
    };
    let near: Vec<usize> = (0..paths.len()).filter(is_near).collect();
    let name = |places: &[usize]| named(&places.iter().map(|place| paths[*place]).collect::<Vec<_>>());
    let ([one, many], [end_of_one, end_of_many]) = (of.what, of.end);
    let names = name(&equal);
    let mut said = if equal.len() == 1 {
        format!("the largest {one} is that of {names}, {}{end_of_one}.", in_words(*largest, of.scale, of.unit))
    } else {
        // As large as one another, they may have unequal intervals.
        let number = significant(largest.value * of.scale);
        format!("the largest {many} are those of {names}, {number}{} each{end_of_many}.", of.unit)
    };
    if largest.value > 0.0 && equal.iter().all(|place| reaches_zero(*place)) {
        let [of_one, of_many] = of.nothing;
        let _ = write!(said, " {}", if equal.len() == 1 { of_one } else { of_many });
    }
    if !near.is_empty() {
        let (its, it) = if equal.len() == 1 { ("its interval", "it") } else { ("their intervals", "they") };
        let that = if near.len() == 1 { "that" } else { "those" };
        let _ = write!(said, " By {its} {it} cannot be told from {that} of {}.", name(&near));
    }
    said
}

/// Whether two have intervals, and these something in common.
fn overlap(one: &Estimate, other: &Estimate) -> bool {
    let both = one.interval.zip(other.interval);
    both.is_some_and(|(one, other)| one.0 <= other.1 && other.0 <= one.1)
}

/// Names in a row; of many, how many more there are.
fn named(names: &[&str]) -> String {
    let (shown, more) = names.split_at(names.len().min(MOST_NAMED));
    let rest = (!more.is_empty()).then(|| format!("{} more", more.len()));
    let words: Vec<String> = shown.iter().map(|name| (*name).to_owned()).chain(rest).collect();
    joined(&words, "and")
}

fn in_words(estimate: Estimate, scale: f64, unit: &str) -> String {
    let number = significant(estimate.value * scale);
    let Some((low, high)) = estimate.interval else { return format!("{number}{unit}") };
    format!("{number}{unit} (95 % interval {} to {})", significant(low * scale), significant(high * scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: f64, interval: impl Into<Option<(f64, f64)>>) -> Estimate {
        Estimate { value, interval: interval.into() }
    }

    #[track_caller]
    fn check(estimates: &[Estimate], expected: &str) {
        check_with(estimates, &|_| false, expected);
    }

    #[track_caller]
    fn check_with(estimates: &[Estimate], reaches_zero: &dyn Fn(usize) -> bool, expected: &str) {
        let paths = ["a", "b", "c", "d", "e", "f", "g"];
        let effect = ["mean size", "mean sizes"];
        let over = [" over its range", " over their ranges"];
        let estimated = Estimated {
            what: effect,
            scale: 100.0,
            unit: " points",
            end: over,
            nothing: ["Or nothing.", "Or all nothing."],
        };
        assert_eq!(sentence(&paths[..estimates.len()], estimates, estimated, reaches_zero), expected);
    }

    #[test]
    fn one_that_lies_apart_is_the_largest() {
        check(
            &[of(0.1, (0.0, 0.2)), of(0.5, (0.4, 0.6)), of(0.2, (0.1, 0.3))],
            "the largest mean size is that of b, 50.0 points (95 % interval 40.0 to 60.0) over its range.",
        );
        check(&[of(0.1, None), of(0.5, None)], "the largest mean size is that of b, 50.0 points over its range.");
        check(&[of(0.5, None)], "the largest mean size is that of a, 50.0 points over its range.");
    }

    #[test]
    fn those_that_are_as_large_are_named_together() {
        check(
            &[of(0.1 + 0.2, None), of(0.3, None), of(0.1, None)],
            "the largest mean sizes are those of a and b, 30.0 points each over their ranges.",
        );
        check(
            &[of(0.0, (0.0, 0.0)); 7],
            "the largest mean sizes are those of a, b, c, d, e and 2 more, 0 points each over their ranges.",
        );
    }

    #[test]
    fn that_the_largest_may_be_nothing_is_said() {
        let said = "the largest mean size is that of b, 50.0 points (95 % interval 40.0 to 60.0) over its range.";
        let found = [of(0.1, (0.0, 0.2)), of(0.5, (0.4, 0.6))];
        check_with(&found, &|place| place == 1, &format!("{said} Or nothing."));
        check_with(&found, &|place| place == 0, said);
        let said = "the largest mean sizes are those of a and b, 50.0 points each over their ranges.";
        check_with(&[of(0.5, None); 2], &|_| true, &format!("{said} Or all nothing."));
        check_with(&[of(0.5, None); 2], &|place| place == 1, said);
    }

    #[test]
    fn those_whose_intervals_overlap_cannot_be_told_from_it() {
        check(
            &[of(0.3, (0.1, 0.4)), of(0.5, (0.4, 0.6)), of(0.2, (0.1, 0.3))],
            "the largest mean size is that of b, 50.0 points (95 % interval 40.0 to 60.0) over its range. By its interval it \
             cannot be told from that of a.",
        );
        check(
            &[of(0.5, (0.4, 0.6)), of(0.5, (0.2, 0.6)), of(0.3, (0.1, 0.3)), of(0.3, (0.1, 0.4)), of(0.1, (0.0, 0.1))],
            "the largest mean sizes are those of a and b, 50.0 points each over their ranges. By their intervals they cannot \
             be told from those of c and d.",
        );
    }
}
