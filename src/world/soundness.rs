//! Whether a world can be built of its settings.

use super::settings::{MOST_LINES, WorldSettings};
use super::state::StateSettings;
use crate::base::Parameter;

/// A part of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The states.
    States,
    /// The lines.
    Lines,
    /// The behaviour of networks.
    Behaviour,
}

impl WorldSettings {
    /// Everything that is wrong, in sentences; empty when the world can be built.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut problems: Vec<String> = self.parameters().iter().filter_map(Parameter::problem).collect();
        problems.extend(self.behaviour.problems());
        if !self.lines.iter().all(|line| line.weight.is_finite() && line.weight > 0.0) {
            problems.push("the weight of a line is above 0".to_owned());
        }
        problems.extend(self.lacks().into_iter().map(|(_, sentence)| sentence.to_owned()));
        problems
    }

    /// What the world as a whole lacks although each of its numbers is in range, and where it would have to be given.
    #[must_use]
    pub fn lacks(&self) -> Vec<(Part, &'static str)> {
        let (no_state, no_line) = (self.states.is_empty(), self.lines.is_empty());
        let attracts = |weight: fn(&StateSettings) -> f64| no_state || self.states.iter().any(|s| weight(s) > 0.0);
        let considers = self.consider_weights().iter().any(|weight| *weight > 0.0);
        let demands = [
            (!no_state, Part::States, "a world needs at least one state"),
            (attracts(|state| state.infrastructure), Part::States, "no state attracts hosts"),
            (attracts(StateSettings::base_attraction), Part::States, "no state attracts bases"),
            (attracts(|state| state.market), Part::States, "no state has a market"),
            (!no_line, Part::Lines, "a world needs at least one line"),
            (self.lines.len() <= MOST_LINES, Part::Lines, "a world has at most 64 lines"),
            (considers, Part::Behaviour, "no aspect is ever reconsidered: each of the `consider-` weights is 0"),
        ];
        let lacking = demands.into_iter().filter(|(holds, ..)| !holds);
        lacking.map(|(_, part, sentence)| (part, sentence)).collect()
    }
}
