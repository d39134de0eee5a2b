//! A text of a single wording goes by two names: with the wording and without. In a map by treaties only one of them may
//! stand, since what the other says would be lost, or be laid beside it instead of over it.

use std::collections::BTreeMap;

use super::membership::treaty_called;
use crate::base::{Problem, Spanned, TreatyId};
use crate::law::Library;

/// Treaties that a map names twice, each told at the name that was written later.
pub(super) fn named_twice<'a>(library: &Library, names: impl IntoIterator<Item = &'a Spanned<String>>) -> Vec<Problem> {
    let mut known: BTreeMap<TreatyId, &Spanned<String>> = BTreeMap::new();
    let mut problems = Vec::new();
    for name in names {
        let Some(treaty) = treaty_called(library, name) else { continue };
        if let Some(other) = known.insert(treaty, name) {
            // What is laid over a scenario is read after it.
            let (first, second) = if other.place < name.place { (other, name) } else { (name, other) };
            let message = format!("`{}` is the treaty that is `{}` already", second.value, first.value);
            problems.push(Problem::new(second.place, message).help(format!("write `{}`", first.value)));
        }
    }
    problems
}
