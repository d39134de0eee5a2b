//! Which memberships of a scenario are those of the record, which it gives itself, and what of it is invented: whoever reads a
//! result has to know what it rests on.
//!
//! Deliberately absent: acts that adoption draws, which are told as drawn and not one by one.

use std::collections::BTreeSet;

use super::event::EventKind;
use super::form::ScenarioForm;
use super::shelf::Shelf;
use super::{membership, record};
use crate::base::{Day, Spanned, StateId, TreatyId};
use crate::law::forms::{ActsForm, TreatyMembershipForm};
use crate::law::{Act, Instrument, Library};

/// Where the states, texts and memberships of a scenario are from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Treaties in which real States are bound as the record says, by name.
    pub by_record: Vec<String>,
    /// Those of them whose table says that it is not complete, or recalled, with what it says.
    pub gaps: Vec<(String, String)>,
    /// The last day up to which a row of each of these tables is believed right.
    pub ends: Vec<(String, Day)>,
    /// Real States whose acts the scenario gives against the record or besides it, by treaty, by name.
    pub given: Vec<(String, Vec<String>)>,
    /// Treaties that states join by a chance of the model.
    pub drawn: Vec<String>,
    /// Invented states, by name.
    pub invented_states: Vec<String>,
    /// Invented texts: models, and those that the scenario writes out.
    pub invented_texts: Vec<String>,
    /// Whether any state is real.
    pub has_real_states: bool,
    /// Real States whose law the scenario gives, or changes on a day, by name.
    pub given_laws: Vec<String>,
}

/// What a scenario with these instruments rests on. What the record holds besides is looked up in a copy of the shelf, for it is
/// no part of what identifies the scenario.
pub(super) fn of(
    shelf: &Shelf,
    form: &ScenarioForm,
    library: &Library,
    instruments: &[Instrument],
    is_real: impl Fn(&str) -> bool,
) -> Provenance {
    let own = |name: &str| form.own_treaties.iter().any(|own| own.treaty.value == name);
    let real: BTreeSet<StateId> =
        library.state_ids().filter(|state| is_real(library.state(*state).code.as_str())).collect();
    let copy = (!real.is_empty()).then(|| shelf.clone());
    let invented = library.states().iter().filter(|state| !is_real(&state.code));
    let mut found = Provenance {
        invented_states: invented.map(|state| state.name.clone()).collect(),
        given_laws: given_laws(form, library, &is_real),
        has_real_states: !real.is_empty(),
        ..Provenance::default()
    };
    for id in library.treaty_ids() {
        let treaty = library.treaty(id);
        let is_it = |name: &Spanned<String>| membership::treaty_called(library, name) == Some(id);
        let is_drawn = form.adoption.keys().any(is_it);
        found.drawn.extend(is_drawn.then(|| treaty.name.clone()));
        if treaty.is_model || treaty.is_custom || own(&treaty.name) {
            found.invented_texts.push(treaty.name.clone());
        }
        let Some(shelf) = copy.as_ref().filter(|_| !treaty.is_custom) else { continue };
        let written = form.membership.iter().find(|(name, _)| is_it(name)).map(|(_, written)| written);
        if asks_record(written) {
            found.by_record.push(treaty.name.clone());
            let gap = record::complete(shelf, &treaty.name).ok().and_then(|said| gap(&said));
            found.gaps.extend(gap.map(|gap| (treaty.name.clone(), gap)));
            let rows = record::status(shelf, &treaty.name).unwrap_or_default();
            let ends = rows.iter().map(|row| row.status_as_of).max();
            found.ends.extend(ends.map(|day| (treaty.name.clone(), day)));
        }
        let states = given(shelf, library, id, written, instruments, &real);
        if !states.is_empty() {
            let names = states.iter().map(|state| library.state(*state).name.clone()).collect();
            found.given.push((treaty.name.clone(), names));
        }
    }
    found
}

/// Real States whose law the scenario gives, or changes on a day.
fn given_laws(form: &ScenarioForm, library: &Library, is_real: impl Fn(&str) -> bool) -> Vec<String> {
    let enacting = form.timeline.iter().filter(|event| event.does == EventKind::Enact);
    let given = form.states.iter().filter(|(_, entry)| entry.law.is_some()).map(|(code, _)| code.as_str());
    let codes: BTreeSet<&str> = enacting.map(|event| event.state.as_str()).chain(given).collect();
    let changed = library.states().iter().filter(|state| codes.contains(state.code.as_str()) && is_real(&state.code));
    changed.map(|state| state.name.clone()).collect()
}

/// Whether any membership is taken from the record.
fn asks_record(written: Option<&TreatyMembershipForm>) -> bool {
    match written {
        None => false,
        Some(TreatyMembershipForm::Record) => true,
        Some(TreatyMembershipForm::States(states)) => states.values().any(|acts| acts.value == ActsForm::Record),
    }
}

/// What a table lacks, by what it says of itself: of `not complete: complete to January 2014, later Parties ...` what follows
/// the colon, of `complete, recalled` all of it. Nothing, where it says neither.
fn gap(said: &str) -> Option<String> {
    let lacks = said.strip_prefix(record::NOT_COMPLETE).map(|rest| rest.trim_start_matches([':', ' ']));
    let recalled = || ["recalled", "general knowledge"].iter().any(|word| said.contains(word)).then_some(said);
    lacks.or_else(recalled).map(str::to_owned)
}

/// The real States whose acts towards a treaty are not those of the record.
fn given(
    shelf: &Shelf,
    library: &Library,
    id: TreatyId,
    written: Option<&TreatyMembershipForm>,
    instruments: &[Instrument],
    real: &BTreeSet<StateId>,
) -> BTreeSet<StateId> {
    let treaty = library.treaty(id);
    let acts = |of: &[Instrument]| -> BTreeSet<(StateId, Day, Act)> {
        let own = of.iter().filter(|done| done.treaty == id && real.contains(&done.state));
        own.map(|done| (done.state, done.day, done.act)).collect()
    };
    let here = acts(instruments);
    if shelf.has_table(&treaty.name) {
        let recorded = record::instruments(shelf, library, &treaty.name).unwrap_or_default();
        return here.symmetric_difference(&acts(&recorded)).map(|(state, ..)| *state).collect();
    }
    // No act is on record; a treaty between two states binds them by its own dates unless they are said to do otherwise.
    let mut states: BTreeSet<StateId> = here.into_iter().map(|(state, ..)| state).collect();
    if let Some(TreatyMembershipForm::States(entries)) = written.filter(|_| treaty.is_bilateral) {
        let named = entries.keys().filter_map(|code| library.state_coded(code));
        states.extend(named.filter(|state| real.contains(state)));
    }
    states
}

#[cfg(test)]
mod tests {
    use super::gap;

    #[test]
    fn a_table_that_lacks_something_says_what() {
        assert_eq!(
            gap("not complete: complete to January 2014, later Parties as far as known").as_deref(),
            Some("complete to January 2014, later Parties as far as known")
        );
        assert_eq!(gap("complete, recalled").as_deref(), Some("complete, recalled"));
        assert_eq!(gap("complete to 25 April 2026, every date from the Treaty Office chart of that day"), None);
        assert_eq!(gap(""), None);
    }
}
