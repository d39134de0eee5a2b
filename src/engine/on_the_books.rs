//! What the networks are answered when they ask the law: the same opinion engine that the authorities ask.

use crate::base::{Day, StateId};
use crate::law::{self, Library, Memberships, Opinion, Question};
use crate::world::Books;

/// The law as the networks read it.
pub(super) struct OnTheBooks<'a> {
    pub library: &'a Library,
    pub memberships: &'a Memberships,
}

impl Books for OnTheBooks<'_> {
    fn opinion(&self, question: &Question) -> Opinion {
        // Prosecution in lieu is asked for after a refusal and says so: here, for nationality, since of a claim of its own by
        // the state that refuses the networks know nothing.
        let asked = self.library.fixed().asked;
        let facts = match question.measure {
            law::Measure::Prosecution => question.facts.and(asked.refused_for_nationality).and(asked.prosecution_asked),
            _ => question.facts,
        };
        law::decide(self.library, self.memberships, &Question { facts, ..*question })
    }

    fn punishes(&self, state: StateId, facts: law::FactSet, at_home: bool, day: Day) -> bool {
        // Harm in its market is what a claim by effects rests on, a base or a host there a claim by territory. Whose national
        // somebody is, networks change.
        let question = Question::of_trial(self.library, day, state, facts, at_home);
        law::decide(self.library, self.memberships, &question).decision.is_open()
    }

    fn removes(&self, state: StateId, facts: law::FactSet, day: Day) -> bool {
        law::punishable(self.library, state, self.library.facts.derive(facts), day).is_some()
    }
}
