//! Facts that people state: those of the conduct and of its circumstances. Others follow from these.

use crate::base::{Problem, Spanned};
use crate::law::{FactId, FactKind, FactSet, Library, Pattern};

/// The fact of a name.
///
/// # Errors
/// That there is none, with the nearest known name; that it is not for people to state.
pub fn stated_fact(library: &Library, name: &Spanned<String>) -> Result<FactId, Problem> {
    let fact = library.facts.named(name).ok_or_else(|| {
        let unknown = Problem::unknown("fact", name, library.facts.names());
        if unknown.help.is_some() { unknown } else { unknown.help("`comity law facts` lists them all") }
    })?;
    let not_stated =
        |follows_from: &str| Problem::new(name.place, format!("`{}` {follows_from}, so it is not stated", name.value));
    match library.facts.kind(fact) {
        FactKind::Conduct | FactKind::Circumstance => Ok(fact),
        FactKind::Derived => {
            let only = Pattern { all: FactSet::NONE.and(fact), any: FactSet::NONE, none: FactSet::NONE };
            let makes = library.facts.names_of(library.facts.making_out(&only)).join(", ");
            let help =
                format!("state those, for example {makes}; `comity law facts --kind derived` shows what it needs");
            Err(not_stated("is derived from other facts").help(help))
        }
        FactKind::Computed => Err(not_stated("is computed from laws, treaties and dates")),
    }
}
