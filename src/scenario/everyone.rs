//! Every state of the record at once: the entry `*` of a scenario's states, and weights taken from the record.
//!
//! The European Union joins treaties, but is no state and investigates nothing: `*` leaves it out.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{AttractionForm, StateEntryForm};
use super::membership::EVERYONE_ELSE;
use super::numbers::Weight;
use super::record::{self, EUROPEAN_UNION, RecordedState};
use super::shelf::Shelf;
use crate::base::{Place, Problem, Problems, Spanned};

/// Puts every state of the record that is not named into the place of `*`, and figures of the record into the place
/// of the words that stand for them.
///
/// # Errors
/// That the record cannot be read, or holds no figure for a state.
pub(super) fn name_the_rest(
    shelf: &Shelf,
    states: &mut BTreeMap<Spanned<String>, StateEntryForm>,
) -> Result<(), Problems> {
    let star = states.keys().find(|code| code.value == EVERYONE_ELSE).cloned();
    if star.is_none() && !states.values().any(wants_figures) {
        return Ok(());
    }
    let recorded = record::states(shelf)?;
    if let Some((star, entry)) = star.and_then(|star| Some((star.place, states.remove(&star)?))) {
        for state in recorded.iter().filter(|state| state.code != EUROPEAN_UNION) {
            let code = Spanned { value: state.code.clone(), place: star };
            if states.keys().all(|named| named.value != state.code) {
                states.insert(code, entry.clone());
            }
        }
    }
    let mut problems = Problems::default();
    for (code, entry) in states {
        let figure = recorded.iter().find(|state| state.code == code.value).and_then(internet_users);
        for attraction in [&mut entry.infrastructure, &mut entry.market].into_iter().chain(entry.base.as_mut()) {
            match (&attraction, figure) {
                (AttractionForm::Weight(_) | AttractionForm::CountedUsers(_), _) => {}
                (AttractionForm::InternetUsers, Some(users)) => *attraction = AttractionForm::CountedUsers(users),
                (AttractionForm::InternetUsers, None) => {
                    problems.push(no_figure(code, code.place));
                    *attraction = AttractionForm::Weight(Weight(1.0));
                }
            }
        }
    }
    problems.or(())
}

/// The attractions for which Internet users stand in some state, by the names that they have in a summary.
pub(super) fn by_internet_users(states: &BTreeMap<Spanned<String>, StateEntryForm>) -> BTreeSet<&'static str> {
    let attractions = |entry: &StateEntryForm| {
        let base = entry.base.unwrap_or(entry.infrastructure);
        [("infrastructure", entry.infrastructure), ("base", base), ("market", entry.market)]
    };
    let all = states.values().flat_map(attractions);
    let counted = all.filter(|(_, attraction)| matches!(attraction, AttractionForm::CountedUsers(_)));
    counted.map(|(name, _)| name).collect()
}

fn wants_figures(entry: &StateEntryForm) -> bool {
    [Some(entry.infrastructure), entry.base, Some(entry.market)].contains(&Some(AttractionForm::InternetUsers))
}

/// In thousands.
fn internet_users(state: &RecordedState) -> Option<Weight> {
    state.internet_users_thousands.map(|thousands| Weight(f64::from(thousands)))
}

fn no_figure(code: &str, place: Place) -> Problem {
    let message = format!("the record holds no figure of Internet users for `{code}`");
    Problem::new(place, message).help("give it a weight of its own")
}
