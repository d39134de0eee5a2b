//! From a tree to a form: serde's derived code is the only description of what a file may hold.
//!
//! Serde stops at the first fault. Here the fault is noted, what caused it is neutralised in a private copy of
//! the tree, and the form is read again, so that one run shows every mistake that does not follow from another.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::MAX_PROBLEMS;
use super::deserializer::{Guesses, Value};
use super::private_copy::PrivateCopy;
use super::tree::{Kind, Node};
use crate::base::{Place, Problem, Problems};

/// Most passes over one tree: a fault takes two or three, rarely the six of
/// [`MAX_GUESSES`](super::deserializer::MAX_GUESSES). What is left then shows up in the next run.
const MAX_PASSES: usize = 8 * MAX_PROBLEMS;

/// Reads a form.
///
/// # Errors
/// Every independent problem, at most [`MAX_PROBLEMS`], in order of place.
///
/// Forms with `#[serde(flatten)]`, `untagged` or internally tagged enums are read, but inside those serde
/// itself forgets places, so that faults point at the whole and [`Spanned`](crate::base::Spanned) fails.
pub fn decode<T: DeserializeOwned>(node: &Node) -> Result<T, Problems> {
    let (form, problems, _) = mended(node);
    match form {
        Some(form) if problems.0.is_empty() => Ok(form),
        _ => Err(problems),
    }
}

/// Where a form was mended, so that what stands there now is a guess.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    places: Vec<Place>,
    /// Keys that no form has: each may be one that is not there, misspelt.
    unknown_keys: Vec<Place>,
    /// Keys that maps lack, by name.
    lacking: BTreeSet<&'static str>,
}

impl Mended {
    /// Whether all of the form is as it was written.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether what a map lacks under a key is a guess: the key has to be there, or it may stand there misspelt.
    #[must_use]
    pub fn stands_in_for(&self, map: &Node, key: &str) -> bool {
        let is_unknown = |place: Place| self.unknown_keys.contains(&place);
        self.lacking.contains(key) || map.entries().iter().any(|(key, _)| is_unknown(key.place))
    }

    /// Whether a place shares a byte with one that was mended, or holds it.
    #[must_use]
    pub fn touches(&self, place: Place) -> bool {
        self.places.iter().any(|mended| touches(place, *mended))
    }

    /// Whether a node as a whole was mended.
    #[must_use]
    pub fn replaces(&self, node: &Node) -> bool {
        self.places.iter().any(|mended| mended.holds(node.place))
    }

    /// Whether anything in or under a node was mended, from whichever file it came.
    #[must_use]
    pub fn reaches(&self, node: &Node) -> bool {
        self.touches(node.place)
            || match &node.kind {
                Kind::List(items) => items.iter().any(|item| self.reaches(item)),
                Kind::Map(entries) => entries.iter().any(|(key, value)| self.touches(key.place) || self.reaches(value)),
                Kind::Nothing | Kind::Scalar { .. } => false,
            }
    }
}

/// Reads a form and makes something of it, whose own problems are found in the same run: a form with faults is
/// gone on with as far as it could be mended, and `make` is told where. What is then found at a place that was mended is
/// left out, since it follows from a guess.
///
/// # Errors
/// The problems of the form, and those that `make` finds, in order of place.
pub fn decode_and<T: DeserializeOwned, R>(
    node: &Node,
    make: impl FnOnce(&mut T, &Mended) -> Result<R, Problems>,
) -> Result<R, Problems> {
    let (form, mut problems, lacking) = mended(node);
    let Some(mut form) = form else { return Err(problems) };
    let is_key = |problem: &&Problem| problem.unknown.as_ref().is_some_and(|(kind, _)| kind == "key");
    let guessed = Mended {
        places: problems.0.iter().map(|problem| problem.place).collect(),
        unknown_keys: problems.0.iter().filter(is_key).map(|problem| problem.place).collect(),
        lacking,
    };
    let made = make(&mut form, &guessed);
    if problems.0.is_empty() {
        return made.map_err(|mut found| {
            found.0.sort_by_key(|problem| problem.place);
            found.0.truncate(MAX_PROBLEMS);
            found
        });
    }
    if let Err(further) = made {
        problems.0.extend(further.0.into_iter().filter(|problem| !guessed.touches(problem.place)));
        problems.0.truncate(MAX_PROBLEMS);
        problems.0.sort_by_key(|problem| problem.place);
    }
    Err(problems)
}

/// Whether two places share a byte, or one holds the other.
fn touches(one: Place, other: Place) -> bool {
    one.file == other.file && one.start <= other.end && other.start <= one.end
}

/// The form as far as it could be read or mended, what was wrong with it, and which keys it lacks.
fn mended<T: DeserializeOwned>(node: &Node) -> (Option<T>, Problems, BTreeSet<&'static str>) {
    // Most forms have no fault, and need no copy on which to mend it.
    if let Ok(form) = (Value { node, guesses: &Guesses::new() }).read(std::marker::PhantomData::<T>) {
        return (Some(form), Problems::default(), BTreeSet::new());
    }
    let mut copy = PrivateCopy::new(node);
    let mut problems = Problems::default();
    let mut form = None;
    for _ in 0..MAX_PASSES {
        let fault = match copy.value().read(std::marker::PhantomData::<T>) {
            Ok(read) => {
                form = Some(read);
                break;
            }
            Err(fault) => fault,
        };
        let mended = copy.mend(fault);
        problems.0.extend(mended.problem);
        if !mended.again || problems.0.len() + copy.incomplete() == MAX_PROBLEMS {
            break;
        }
    }
    problems.0.extend(copy.lacks());
    problems.0.sort_by_key(|problem| problem.place);
    (form, problems, copy.lacking_names())
}

impl PrivateCopy {
    fn value(&self) -> Value<'_> {
        Value { node: &self.root, guesses: &self.guesses }
    }
}

#[cfg(test)]
mod tests;
