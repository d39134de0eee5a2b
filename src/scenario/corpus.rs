//! The whole law at once: every treaty, state and law of the shelf, and the record, for looking things up.
//!
//! A run takes only what its scenario names; this takes everything, so that who is bound by what can be asked of
//! any two states. Deliberately absent: memberships that no record holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::participation::{Entry, Participation, participation_under};
use super::record::{self, RecordedState};
use super::shelf::Shelf;
use super::whole;
use crate::base::{Day, Problems, Spanned, StateId, TreatyId};
use crate::law::forms::{FactsForm, LawFile, LawForm, StateForm, TreatyForm};
use crate::law::{Library, Memberships, StateSource};
use crate::reading::Sources;

/// All law files and the record, read and compiled.
#[derive(Debug)]
pub struct Corpus {
    /// The closed list of facts.
    pub facts: FactsForm,
    /// The treaties, by name.
    pub treaties: Vec<TreatyForm>,
    /// The states that have a law file, by code.
    pub states: Vec<StateForm>,
    /// The laws that invented states share, by name.
    pub laws: Vec<LawFile>,
    /// The states of the record, by code.
    pub recorded: Vec<RecordedState>,
    /// All treaties and all states, compiled; of states without a law file no law is known.
    pub library: Library,
    /// Who is bound by what, by the record.
    pub memberships: Memberships,
    /// The record of each treaty that has one, by name.
    pub record: BTreeMap<String, Participation>,
    /// The last day up to which some row of the record is believed right.
    pub as_of: Day,
}

impl Corpus {
    /// Reads everything: the built-in law, files in `folder` first.
    ///
    /// # Errors
    /// All problems found; the sources are for showing them.
    pub fn read(folder: Option<PathBuf>) -> Result<Self, (Problems, Sources)> {
        let mut shelf = Shelf::new(folder);
        Self::read_from(&mut shelf).map_err(|problems| (problems, shelf.sources))
    }

    fn read_from(shelf: &mut Shelf) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let facts = shelf.facts()?;
        let recorded = record::states(shelf)?;
        let mut treaties = every(shelf, "treaties", &mut problems, |shelf, name| shelf.treaty(&Spanned::nowhere(name)));
        let states =
            every(shelf, "states", &mut problems, |shelf, name| shelf.state(&Spanned::nowhere(name.to_uppercase())));
        let laws = every(shelf, "laws", &mut problems, |shelf, name| shelf.law_file(&Spanned::nowhere(name)));
        problems.or(())?;
        whole::built_in_first(shelf, &mut treaties);
        let library = Library::build(&facts, &treaties, &sources(&states, &recorded))?;
        treaties.sort_by(|one, other| one.treaty.value.cmp(&other.treaty.value));
        let mut problems = Problems::default();
        let mut instruments = Vec::new();
        let on_record: Vec<&TreatyForm> =
            treaties.iter().filter(|treaty| shelf.has_table(&treaty.treaty.value)).collect();
        for treaty in &on_record {
            match record::instruments(shelf, &library, &treaty.treaty.value) {
                Ok(recorded) => instruments.extend(recorded),
                Err(found) => problems.add(found),
            }
        }
        problems.or(())?;
        let memberships = Memberships::of(&library, &instruments);
        let mut record = BTreeMap::new();
        for treaty in on_record {
            let participation = participation_under(shelf, treaty, &library, &memberships)?;
            record.insert(treaty.treaty.value.clone(), participation);
        }
        let days = record.values().flat_map(|one: &Participation| one.entries.iter().map(|entry| entry.as_of));
        let as_of = days.max().unwrap_or_default();
        Ok(Self { facts, treaties, states, laws, recorded, library, memberships, record, as_of })
    }

    /// The treaty of this name or short name (`ets185`, `BUD`), in any case of letters.
    #[must_use]
    pub fn treaty(&self, name: &str) -> Option<&TreatyForm> {
        let text = name.split('/').next().unwrap_or(name);
        let is = |known: &str| known.eq_ignore_ascii_case(text);
        self.treaties.iter().find(|form| is(&form.treaty.value) || is(&form.cites_as))
    }

    /// The state of this code or name, in any case of letters.
    #[must_use]
    pub fn state(&self, called: &str) -> Option<StateId> {
        let is = |known: &str| known.eq_ignore_ascii_case(called);
        self.library.state_ids().find(|id| is(&self.library.state(*id).code) || is(&self.library.state(*id).name))
    }

    /// The last day up to which some row of a treaty's table is believed right; none of a treaty without one.
    #[must_use]
    pub fn table_ends(&self, treaty: &str) -> Option<Day> {
        self.record.get(treaty)?.entries.iter().map(|entry| entry.as_of).max()
    }

    /// The law file of a state, if it has one.
    #[must_use]
    pub fn law_of(&self, code: &str) -> Option<&StateForm> {
        self.states.iter().find(|form| form.state.value == code)
    }

    /// What the record holds of a state towards a treaty.
    #[must_use]
    pub fn entry(&self, treaty: &str, code: &str) -> Option<&Entry> {
        self.record.get(treaty)?.entries.iter().find(|entry| entry.state.code == code)
    }

    /// The identifiers of a text: one, or one for each variant.
    #[must_use]
    pub fn ids(&self, treaty: &TreatyForm) -> Vec<TreatyId> {
        let name = &treaty.treaty.value;
        let mine = |known: &str| known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        (0_u16..)
            .zip(self.library.treaties())
            .filter(|(_, known)| mine(&known.name))
            .map(|(id, _)| TreatyId(id))
            .collect()
    }
}

/// Every file of a kind; what is wrong with one does not hide what is wrong with others.
fn every<T>(
    shelf: &mut Shelf,
    kind: &str,
    problems: &mut Problems,
    mut read: impl FnMut(&mut Shelf, String) -> Result<T, Problems>,
) -> Vec<T> {
    let mut forms = Vec::new();
    for name in shelf.all_names(kind) {
        match read(shelf, name) {
            Ok(form) => forms.push(form),
            Err(found) => problems.add(found),
        }
    }
    forms
}

/// The states with a law file, and beside them every state that the record names.
fn sources(states: &[StateForm], recorded: &[RecordedState]) -> Vec<StateSource> {
    let mut sources: Vec<StateSource> = states
        .iter()
        .map(|form| {
            let mut law = form.law.clone();
            let groups = recorded.iter().find(|state| state.code == form.state.value).map(|state| &state.groups);
            law.groups.extend(groups.into_iter().flatten().cloned());
            StateSource { code: form.state.clone(), name: form.name.clone(), law }
        })
        .collect();
    let written: BTreeSet<&str> = states.iter().map(|form| form.state.value.as_str()).collect();
    sources.extend(recorded.iter().filter(|state| !written.contains(state.code.as_str())).map(|state| {
        let law = LawForm { groups: state.groups.clone(), ..LawForm::not_entered() };
        StateSource { code: Spanned::nowhere(state.code.clone()), name: state.name.clone(), law }
    }));
    sources
}
