//! What variants change, in sentences: what stands out, what cannot be told from chance, and that nothing differs.

use super::compare_missing;
use super::lines::joined;
use super::measured::alike;
use crate::study::outcome::Unit;
use crate::study::{Difference, Outcome};

/// Outcomes that are worth a sentence each, in the order of the sentences; of the others, those that stand out are named in one.
/// What incidents did, where they differ in that, says more than how many there were.
const MAIN: [&str; 9] = [
    "impunity",
    "harm",
    "incidents",
    "state_networks",
    "haven_days",
    "cases_concluded",
    "answer_days",
    "evidence_lapsed",
    "base_concentration",
];

fn is_main(outcome: &Outcome) -> bool {
    MAIN.contains(&outcome.key)
}

/// Those of the main outcomes, in their order.
fn of_main(differences: &[Difference]) -> impl Iterator<Item = &Difference> {
    MAIN.iter().filter_map(|key| differences.iter().find(|difference| difference.outcome.key == *key))
}

/// How much a sentence tells, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tells {
    /// A difference in a main outcome that is not chance.
    Main,
    /// Such a difference in others.
    Others,
    /// A difference that may be chance.
    Perhaps,
    /// That nothing differs, or nothing that can be told from chance.
    Nothing,
}

/// A sentence, and how much it tells.
pub type Told = (Tells, String);

/// The sentences with which to begin, of those of each variant: for every one that stands out in a main outcome its first; where
/// none does, the first of those that tell most, for a variant that changes nothing is no headline where another does.
#[must_use]
pub fn headlines(variants: &[Vec<Told>]) -> Vec<String> {
    let main = |told: &Vec<Told>| told.iter().find(|(tells, _)| *tells == Tells::Main).map(|(_, said)| said.clone());
    let outstanding: Vec<String> = variants.iter().filter_map(main).collect();
    if !outstanding.is_empty() {
        return outstanding;
    }
    // Of equal ones, the first is the least.
    variants.iter().flatten().min_by_key(|(tells, _)| *tells).map(|(_, said)| said.clone()).into_iter().collect()
}

/// What a variant changes; never nothing, so that silence is not taken for a result.
#[must_use]
pub fn of(state: Option<&str>, variant: &str, differences: &[Difference]) -> Vec<Told> {
    let missing =
        compare_missing::sentences(state, variant, differences).into_iter().map(|said| (Tells::Nothing, said));
    of_defined(state, variant, differences).into_iter().chain(missing).collect()
}

/// The same, of the pairs that there are.
fn of_defined(state: Option<&str>, variant: &str, differences: &[Difference]) -> Vec<Told> {
    if !differences.iter().any(differs) {
        let one_sided = differences.iter().any(|difference| difference.coverage.one_sided() > 0);
        let any = if one_sided { "any pair of runs that define it" } else { "any run" };
        return vec![(Tells::Nothing, format!("With {variant}, no outcome differs in {any}."))];
    }
    let main = || of_main(differences).filter(|difference| differs(difference));
    if main().next().is_none() {
        let none = format!("With {variant}, none of the main outcomes differs in any run; the table has what does.");
        return std::iter::once((Tells::Nothing, none)).chain(others(state, variant, differences)).collect();
    }
    let outstanding = main().filter_map(|difference| standing_out(state, variant, difference));
    let tied = main().filter(|difference| difference.is_tied()).map(|difference| {
        let changes = changed(state, difference);
        format!("With {variant}, {changes}, the same in all {} pairs: there is no interval.", difference.pairs)
    });
    let mut sentences: Vec<Told> = outstanding.chain(tied).map(|sentence| (Tells::Main, sentence)).collect();
    let withheld = main().filter(|difference| difference.is_withheld).map(|difference| {
        let (changes, of, all) = (changed(state, difference), difference.pairs, difference.differences.len());
        let which = that_count(difference);
        let said = format!("With {variant}, {changes} in the {of} of {all} pairs {which}, without interval.");
        (Tells::Perhaps, said)
    });
    sentences.extend(withheld);
    let is_single = |difference: &&Difference| difference.pairs == 1 && !difference.is_withheld;
    let single: Vec<String> = main().filter(is_single).map(|single| changed(state, single)).collect();
    if !single.is_empty() {
        let changes = joined(&single, "and");
        let said = format!("With {variant}, {changes}: of one pair there is no interval, and chance may be all of it.");
        sentences.push((Tells::Perhaps, said));
    }
    let unclear: Vec<String> = main()
        .filter(|difference| difference.interval.is_some() && !difference.stands_out())
        .map(|difference| difference.outcome.says(state.unwrap_or_default()))
        .collect();
    if !unclear.is_empty() {
        let outcomes = joined(&unclear, "and");
        let said = format!("With {variant}, no difference can be told from chance in {outcomes}.");
        sentences.push((Tells::Nothing, said));
    }
    sentences.extend(others(state, variant, differences));
    sentences
}

/// Which outcomes beside the main ones stand out, or differ by the same amount in all pairs; their numbers are in the table.
fn others(state: Option<&str>, variant: &str, differences: &[Difference]) -> Vec<Told> {
    let outstanding = sides(state, differences, Difference::stands_out);
    let tied = sides(state, differences, Difference::is_tied);
    let outstanding = outstanding.map(|said| format!("With {variant}, of the other outcomes these stand out: {said}."));
    let tied = tied.map(|said| {
        format!("With {variant}, of the other outcomes these differ by the same amount in all pairs: {said}.")
    });
    outstanding.into_iter().chain(tied).map(|sentence| (Tells::Others, sentence)).collect()
}

/// Those of the other outcomes that are such, by the side to which they differ.
fn sides(state: Option<&str>, differences: &[Difference], is_such: fn(&Difference) -> bool) -> Option<String> {
    let side = |higher: bool| {
        let others = differences.iter().filter(|difference| !is_main(difference.outcome) && is_such(difference));
        let names = others.filter(|difference| (difference.mean > 0.0) == higher);
        names.map(|difference| difference.outcome.says(state.unwrap_or_default())).collect::<Vec<_>>()
    };
    let sides = [("lower", side(false)), ("higher", side(true))];
    let said = sides.iter().filter(|(_, names)| !names.is_empty());
    let said: Vec<String> = said.map(|(word, names)| format!("{} ({word})", joined(names, "and"))).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

const fn differs(difference: &Difference) -> bool {
    difference.above_zero + difference.below_zero > 0
}

/// A difference that stands out, in a sentence.
fn standing_out(state: Option<&str>, variant: &str, difference: &Difference) -> Option<String> {
    let unit = difference.outcome.unit;
    let (interval, _) = difference.interval.filter(|_| difference.stands_out())?;
    let higher = difference.mean > 0.0;
    let interval = if higher { (interval.low, interval.high) } else { (-interval.high, -interval.low) };
    let (number, ends) = alike(unit, difference.mean.abs(), Some(interval));
    let (least, most) = ends?;
    let agreeing = if higher { difference.above_zero } else { difference.below_zero };
    let equal = match difference.equal() {
        0 => String::new(),
        1 => "; 1 is equal".to_owned(),
        equal => format!("; {equal} are equal"),
    };
    let pairs = match difference.differences.len() {
        all if all == difference.pairs => format!("{all} pairs"),
        all => format!("the {} pairs, of {all}, {}", difference.pairs, that_count(difference)),
    };
    Some(format!(
        "With {variant}, {} (95 % interval {least} to {most}), in {agreeing} of {pairs}{equal}.",
        changed_by(state, difference, &number),
    ))
}

/// Which pairs an outcome is of, where it is not of all.
const fn that_count(difference: &Difference) -> &'static str {
    if difference.coverage.not_run > 0 { "that are there" } else { "that define it" }
}

/// What an outcome is more or less by.
fn changed(state: Option<&str>, difference: &Difference) -> String {
    let size = difference.mean.abs();
    changed_by(state, difference, &alike(difference.outcome.unit, size, Some((size, size))).0)
}

/// The same, by a number that is shown so.
fn changed_by(state: Option<&str>, difference: &Difference, number: &str) -> String {
    let outcome = difference.outcome;
    let name = outcome.says(state.unwrap_or_default());
    let number = with_unit(outcome, number);
    let are = if outcome.plural { "are" } else { "is" };
    // Of pairs that differ, and to both sides.
    if difference.mean == 0.0 {
        return format!("{name} {are} the same in the mean");
    }
    match (outcome.unit, difference.mean > 0.0) {
        (Unit::Count(_), true) => format!("there are {number} more {name}"),
        (Unit::Count(_), false) => format!("there are {number} fewer {name}"),
        (_, true) => format!("{name} {are} higher by {number}"),
        (_, false) => format!("{name} {are} lower by {number}"),
    }
}

fn with_unit(outcome: &Outcome, number: &str) -> String {
    match outcome.unit {
        Unit::Share => format!("{number} points"),
        Unit::Days => format!("{number} days"),
        Unit::Count(_) | Unit::Ratio => number.to_owned(),
    }
}

#[cfg(test)]
mod tests;
