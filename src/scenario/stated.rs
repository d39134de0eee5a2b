//! Facts that people state: those of the conduct and of its circumstances. Others follow from these.

use crate::base::{Problem, Spanned};
use crate::law::{FactId, FactKind, Library};

/// The fact of a name.
///
/// # Errors
/// That there is none, with the nearest known name; that it is not for people to state.
pub fn stated_fact(library: &Library, name: &Spanned<String>) -> Result<FactId, Problem> {
    let fact = library.facts.named(name).ok_or_else(|| Problem::unknown("fact", name, library.facts.names()))?;
    let follows_from = match library.facts.kind(fact) {
        FactKind::Conduct | FactKind::Circumstance => return Ok(fact),
        FactKind::Derived => "is derived from other facts",
        FactKind::Computed => "is computed from laws, treaties and dates",
    };
    let message = format!("`{}` {follows_from}, so it is not stated", name.value);
    Err(Problem::new(name.place, message))
}
