//! What the networks are answered when they ask the law: the same opinion engine that the authorities ask.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::authority::Channel;
use crate::base::{Day, StateId};
use crate::law::alike::Alike;
use crate::law::{self, FactSet, Library, Measure, Memberships, Question};
use crate::world::{Answer, Books};

/// What the networks have read. They ask of every pair of states, and everything they ask of happens on the day on which they
/// read, so that of pairs of states that are alike one is decided.
#[derive(Debug)]
pub(super) struct Read {
    alike: Alike,
    answers: RefCell<BTreeMap<Asked, Answer>>,
}

/// Answers kept, before all are forgotten: those of two hundred states in all lines at once, some megabytes.
const MOST_ANSWERS: usize = 200_000;

/// What makes two such questions one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    requesting: u16,
    requested: u16,
    measure: Measure,
    facts: FactSet,
    /// Whether the person is a national of the requesting state, of the requested one, or of a state that is not asked for.
    national_of: [bool; 2],
}

impl Read {
    /// Nothing yet.
    pub fn nothing(library: &Library, memberships: &Memberships, day: Day) -> Self {
        Self { alike: Alike::on(library, memberships, day), answers: RefCell::default() }
    }

    /// What is on the books on a day on which the law of some states changed, or what binds them.
    pub fn on<'a>(
        &'a mut self,
        library: &'a Library,
        memberships: &'a Memberships,
        day: Day,
        changed: &[StateId],
    ) -> OnTheBooks<'a> {
        // In long runs of many changes few of the states' earlier likenesses come again.
        if self.alike.kinds() > 2 * library.states().len() || self.answers.get_mut().len() > MOST_ANSWERS {
            *self = Self::nothing(library, memberships, day);
        }
        // A text that changes says something else between the very same states.
        if !changed.is_empty() && library.days_of_texts().any(|changes| changes == day) {
            self.answers.get_mut().clear();
        }
        self.alike.changed(library, memberships, day, changed);
        OnTheBooks { library, memberships, read: self }
    }

    fn asked(&self, question: &Question) -> Asked {
        let parties = [question.requesting, question.requested];
        let [requesting, requested] = parties.map(|state| self.alike.class(state));
        Asked {
            requesting,
            requested,
            measure: question.measure,
            facts: question.facts,
            national_of: parties.map(|state| question.nationality == Some(state)),
        }
    }
}

/// The law as the networks read it.
pub(super) struct OnTheBooks<'a> {
    library: &'a Library,
    memberships: &'a Memberships,
    read: &'a Read,
}

impl Books for OnTheBooks<'_> {
    fn answer(&self, question: &Question) -> Answer {
        // Prosecution in lieu is asked for after a refusal and says so: here, for nationality, since of a claim of its own by
        // the state that refuses the networks know nothing.
        let asked = self.library.fixed().asked;
        let facts = match question.measure {
            Measure::Prosecution => question.facts.and(asked.refused_for_nationality).and(asked.prosecution_asked),
            _ => question.facts,
        };
        let question = Question { facts, ..*question };
        let decide = || Answer::from(law::decide(self.library, self.memberships, &question));
        let answer = *self.read.answers.borrow_mut().entry(self.read.asked(&question)).or_insert_with(decide);
        debug_assert_eq!(answer, decide(), "another answer among states that are alike: {question:?}");
        answer
    }

    fn circumstances(&self, channel: Channel) -> FactSet {
        channel.circumstances(&self.library.facts)
    }

    fn punishes(&self, state: StateId, facts: FactSet, at_home: bool, day: Day) -> bool {
        // Harm in its market is what a claim by effects rests on, a base or a host there a claim by territory. Whose national
        // somebody is, networks change.
        let question = Question::of_trial(self.library, day, state, facts, at_home);
        law::decide(self.library, self.memberships, &question).decision.is_open()
    }

    fn removes(&self, state: StateId, facts: FactSet, day: Day) -> bool {
        law::punishable(self.library, state, self.library.facts.derive(facts), day).is_some()
    }
}
