//! Treaties written out in a scenario or a case, put beside those of the shelf: each once, and between states that there
//! are.

use super::record::RecordedState;
use crate::base::{Problem, Problems};
use crate::law::forms::TreatyForm;

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
