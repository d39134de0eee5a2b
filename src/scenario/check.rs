//! Checking one file of any kind: told apart by its first key, read as what it is, and held against the law that
//! it speaks of.

use std::path::{Path, PathBuf};

use super::{case, read, shelf::Shelf};
use crate::base::{Problem, Problems, Spanned};
use crate::law::forms::{CaseForm, FactsForm, LawFile, LawForm, StateForm, TreatyForm};
use crate::law::{Library, StateSource};
use crate::reading::{Node, Sources, decode_and};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A scenario.
    Scenario,
    /// A worked case.
    Case,
    /// A treaty or protocol.
    Treaty,
    /// A state and its law.
    State,
    /// A law that invented states share.
    Law,
    /// The list of facts.
    Facts,
}

impl Kind {
    /// The name, for counting.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Case => "case",
            Self::Treaty => "treaty",
            Self::State => "state",
            Self::Law => "law",
            Self::Facts => "list of facts",
        }
    }

    /// The kind of a file, by a key that only this kind has at its top. Anything else is taken for a scenario,
    /// the kind that people write most.
    fn of(tree: &Node) -> Self {
        let has = |key| tree.get(key).is_some();
        if has("case") {
            Self::Case
        } else if has("treaty") {
            Self::Treaty
        } else if has("state") {
            Self::State
        } else if has("facts") && !has("states") {
            Self::Facts
        } else if has("law") && has("name") {
            Self::Law
        } else {
            Self::Scenario
        }
    }
}

/// Checks one file whole.
///
/// # Errors
/// All problems found; the sources are for showing them.
pub fn file(path: &Path, law: Option<PathBuf>) -> Result<Kind, (Problems, Sources)> {
    let mut shelf = Shelf::new(law.clone());
    let tree = match read::tree(&mut shelf, path) {
        Ok(tree) => tree,
        Err(problems) => return Err((problems, shelf.sources)),
    };
    let kind = Kind::of(&tree);
    let checked = match kind {
        Kind::Scenario => return read::check(path, law).map(|()| kind),
        Kind::Case => decode_and(&tree, |form: &mut CaseForm| case::assemble(&mut shelf, form).map(|_| ())),
        Kind::Treaty => decode_and(&tree, |form: &mut TreatyForm| treaty(&mut shelf, form)),
        Kind::State => decode_and(&tree, |form: &mut StateForm| law_of(&mut shelf, &form.state, &form.law)),
        Kind::Law => decode_and(&tree, |form: &mut LawFile| law_of(&mut shelf, &form.name, &form.law)),
        Kind::Facts => decode_and(&tree, |form: &mut FactsForm| Library::build(form, &[], &[]).map(|_| ())),
    };
    checked.map(|()| kind).map_err(|problems| (problems, shelf.sources))
}

/// A treaty is checked together with the treaty to which it is a protocol.
fn treaty(shelf: &mut Shelf, form: &TreatyForm) -> Result<(), Problems> {
    let facts = shelf.facts()?;
    let mut problems = Problems::default();
    let parent = shelf.treaties(form.protocol_to.as_slice(), &mut problems);
    if form.between.is_none() && form.joins.is_none() {
        let message = "the treaty says neither how states join it (`joins`) nor `between` which two it is";
        problems.push(Problem::new(form.treaty.place, message));
    }
    let treaties: Vec<TreatyForm> = parent.into_iter().chain([form.clone()]).collect();
    if let Err(found) = Library::build(&facts, &treaties, &[]) {
        problems.add(found);
    }
    problems.or(())
}

/// A state's law is checked by itself; the conventions that it accepts must be on the shelf.
fn law_of(shelf: &mut Shelf, code: &Spanned<String>, law: &LawForm) -> Result<(), Problems> {
    let facts = shelf.facts()?;
    let mut problems = Problems::default();
    for name in &law.accepts_as_basis {
        if let Err(found) = shelf.treaty(name) {
            problems.0.extend(found.0);
        }
    }
    let state = StateSource { code: code.clone(), name: code.value.clone(), law: law.clone() };
    if let Err(found) = Library::build(&facts, &[], &[state]) {
        problems.0.extend(found.0);
    }
    problems.or(())
}
