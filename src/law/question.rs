//! Questions: a request as it is put to the law.

use super::fact::FactSet;
use super::library::Library;
use super::measure::Measure;
use crate::base::{Day, StateId};

/// A request as the law sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// The state that asks.
    pub requesting: StateId,
    /// The state that is asked.
    pub requested: StateId,
    /// What is asked.
    pub measure: Measure,
    /// Conduct and circumstances that are known to hold. What is not listed does not hold.
    pub facts: FactSet,
    /// Facts of which it is not known whether they hold.
    pub unknown: FactSet,
    /// The day of the conduct.
    pub conduct_day: Day,
    /// The day on which the answer is given.
    pub day: Day,
    /// The day on which the request was received.
    pub request_day: Day,
    /// The day since when data or a person are held for the requesting state, where they are.
    pub held_since: Option<Day>,
    /// The day on which the follow-up to that hold was received, where it was.
    pub follow_up_day: Option<Day>,
    /// Nationality of the person sought, where one is.
    pub nationality: Option<StateId>,
}

impl Question {
    /// A question all of one day: conduct, receipt and answer. No fact is unknown, nothing is held, nobody is sought; what is
    /// otherwise is set beside it.
    #[must_use]
    pub const fn on(day: Day, (requesting, requested): (StateId, StateId), measure: Measure, facts: FactSet) -> Self {
        Self {
            requesting,
            requested,
            measure,
            facts,
            unknown: FactSet::NONE,
            conduct_day: day,
            day,
            request_day: day,
            held_since: None,
            follow_up_day: None,
            nationality: None,
        }
    }

    /// Whether a state may try at home what had its effects there and, if it did, was done `here`. No other state is asked.
    #[must_use]
    pub fn of_trial(library: &Library, day: Day, state: StateId, facts: FactSet, here: bool) -> Self {
        let asked = library.fixed().asked;
        let facts = facts.and(asked.effects_in_requesting).and_if(asked.committed_in_requesting, here);
        Self::on(day, (state, state), Measure::TrialAtHome, facts)
    }

    /// Every fact that holds or may hold.
    #[must_use]
    pub const fn possible_facts(&self) -> FactSet {
        self.facts.with(self.unknown)
    }

    /// The day on which a rule of a state's own law must be in force to apply: that of the answer, since co-operation is
    /// given as the law then stands. A claim to try what was done is judged by the law of its day, like the offence.
    #[must_use]
    pub fn day_of_own_law(&self) -> Day {
        if self.measure == Measure::TrialAtHome { self.conduct_day } else { self.day }
    }
}
