//! Treaties written out in a scenario or a case, put beside those of the shelf: each once, and between states that there
//! are.

use super::record::RecordedState;
use super::shelf::Shelf;
use super::whole;
use crate::base::{Problem, Problems, Spanned};
use crate::law::forms::TreatyForm;

/// The treaties of the shelf that a file names, without those that it writes out itself: they are there without being
/// named, and the shelf would take them for unknown.
pub(super) fn of_shelf(
    shelf: &mut Shelf,
    named: &[Spanned<String>],
    own: &[TreatyForm],
    problems: &mut Problems,
) -> Vec<TreatyForm> {
    let on_shelf = shelf.all_names("treaties");
    let is_own = |name: &Spanned<String>| has(own, &name.value) && !on_shelf.contains(&name.value);
    let (of_file, of_shelf): (Vec<_>, Vec<_>) = named.iter().cloned().partition(is_own);
    for name in of_file {
        let message = format!("`{}` is written out under `own-treaties`, and needs no name here", name.value);
        problems.push(Problem::new(name.place, message).help("leave it out of `treaties`"));
    }
    let mut treaties = shelf.treaties(&of_shelf, problems);
    // By its bare name a text would be all of its wordings at once, which bind side by side.
    for name in of_shelf.iter().filter(|name| !name.contains('/')) {
        let Some(text) = treaties.iter_mut().find(|form| form.treaty.value == name.value) else { continue };
        let wordings: Vec<String> =
            text.variants.keys().map(|known| format!("{}/{}", name.value, known.value)).collect();
        if !wordings.is_empty() && !of_shelf.iter().any(|other| wordings.contains(&other.value)) {
            let message = format!("`{}` is no treaty by itself: each of its wordings is one", name.value);
            problems.push(Problem::new(name.place, message).help(format!("name one of {}", wordings.join(", "))));
            // The first stands in, so that what else is wrong can be found.
            let first = text.variants.keys().next().cloned();
            text.variants.retain(|wording, _| Some(wording) == first.as_ref());
        }
    }
    whole::built_in_first(shelf, &mut treaties);
    treaties
}

/// Whether a treaty of this name is among them.
pub(super) fn has(own: &[TreatyForm], name: &str) -> bool {
    own.iter().any(|own| own.treaty.value == name)
}

/// Adds them. A treaty of the shelf may be between states that are not looked at; one written out for a file is between
/// its states, or states of the record.
pub(super) fn add(
    treaties: &mut Vec<TreatyForm>,
    own: &[TreatyForm],
    states: &[&str],
    recorded: &[RecordedState],
    problems: &mut Problems,
) {
    for treaty in own {
        if treaties.iter().any(|known| known.treaty == treaty.treaty) {
            let message = format!("the treaty `{}` is there already", treaty.treaty.value);
            problems
                .push(Problem::new(treaty.treaty.place, message).help("give the treaty written out here another name"));
            continue;
        }
        if let Some(known) = treaties.iter().find(|known| known.cites_as == treaty.cites_as) {
            let message = format!(
                "`{}` and `{}` are both cited as `{}`: nobody could tell their articles apart",
                known.treaty.value, treaty.treaty.value, treaty.cites_as
            );
            problems.push(Problem::new(treaty.treaty.place, message).help("give one of them another `cites-as`"));
            continue;
        }
        if let Some((one, other)) = &treaty.between {
            for code in [one, other] {
                let known =
                    states.contains(&code.value.as_str()) || recorded.iter().any(|state| state.code == code.value);
                if !known {
                    problems.push(Problem::unknown("state", code, states.iter().copied()));
                }
            }
            if one == other {
                problems.push(Problem::new(other.place, "a treaty between a state and itself"));
            }
        }
        treaties.push(treaty.clone());
    }
}
