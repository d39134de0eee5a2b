//! One question, asked of many sets of facts: the law between two states on one measure, made ready once.
//!
//! All that the law there asks of facts is which of its conditions they meet. The conditions of the offences, treaties
//! and rules that can bear on the question are gathered, each once, as masks. An answer then tests every mask, and
//! facts that meet the same conditions have the same answer, reached by the same steps. Each such answer is decided
//! once, by [`super::decide::decide_traced`], which stays the only code that decides: what is consolidated cannot disagree with it.
//!
//! Deliberately absent: the law of other days. Parties, measure, nationality and days are those of the question.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::casebook::Decided;
use super::fact::{FactId, FactSet, Pattern, derive};
use super::library::Library;
use super::membership::Memberships;
use super::places::{Placed, Places};
use super::question::Question;
use super::waiting::NotGoverning;

/// Words of [`Met`]. Between two states of the whole library fewer than half as many conditions are asked; where more
/// are than fit, every set of facts is decided anew.
const WORDS: usize = 8;

/// Answers kept: far more than the facts of a scenario lead to between two states on one measure.
const ANSWERS: usize = 256;

/// Which conditions a set of facts meets, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Met([u64; WORDS]);

impl Placed for Met {
    fn words(&self) -> impl Iterator<Item = u64> {
        self.0.into_iter()
    }
}

/// A question made ready for many sets of facts.
#[derive(Clone, Debug)]
pub struct Consolidated<'a> {
    library: &'a Library,
    memberships: &'a Memberships,
    question: Question,
    /// Derived facts that a condition names, each after those that it needs.
    derived: Vec<(FactId, Pattern)>,
    conditions: Vec<Pattern>,
    answers: Places<Met, Arc<Decided>, ANSWERS>,
    /// The answer that is not kept.
    passing: Option<Arc<Decided>>,
}

impl<'a> Consolidated<'a> {
    /// Makes a question ready; the facts in it, known and open, play no part.
    #[must_use]
    pub fn of(library: &'a Library, memberships: &'a Memberships, question: &Question) -> Self {
        let question = Question { facts: FactSet::NONE, unknown: FactSet::NONE, ..*question };
        let conditions = conditions(library, memberships, &question);
        let derived = library.facts.needed(&conditions);
        Self { library, memberships, question, derived, conditions, answers: Places::default(), passing: None }
    }

    /// The masks that an answer tests, derived facts apart.
    #[must_use]
    pub fn conditions(&self) -> &[Pattern] {
        &self.conditions
    }

    /// What [`super::decide::decide`] says to the question with these facts, and none open, with its steps.
    pub fn ask(&mut self, facts: FactSet) -> &Arc<Decided> {
        let Self { library, memberships, .. } = *self;
        self.answer(facts, |question| Decided::of(library, memberships, question))
    }

    /// The answer that is kept for facts which meet the same conditions, or else the one that `decide` gives.
    pub(super) fn answer(&mut self, facts: FactSet, decide: impl FnOnce(&Question) -> Decided) -> &Arc<Decided> {
        let decided = || Arc::new(decide(&Question { facts, ..self.question }));
        // Facts that the law establishes are no request's to state; stated all the same, they bypass its conditions.
        if self.conditions.len() > WORDS * 64 || !facts.common(self.library.facts.by_law).is_empty() {
            return self.passing.insert(decided());
        }
        self.answers.at(self.met(facts), decided)
    }

    fn met(&self, given: FactSet) -> Met {
        let facts = derive(&self.derived, given);
        let mut met = Met([0; WORDS]);
        for (word, conditions) in met.0.iter_mut().zip(self.conditions.chunks(64)) {
            let bits = conditions.iter().enumerate();
            *word = bits.fold(0, |word, (bit, condition)| word | u64::from(condition.holds(facts)) << bit);
        }
        met
    }
}

/// Every condition on given facts that can bear on a question, each once. Offences, treaties and rules of other days
/// and rules on other measures cannot.
fn conditions(library: &Library, memberships: &Memberships, question: &Question) -> Vec<Pattern> {
    let parties = [question.requesting, question.requested].map(|state| library.state(state));
    let offences = parties.iter().flat_map(|state| &state.offences);
    let days = [question.day, question.request_day, question.conduct_day];
    let in_force = offences.filter(|offence| days.into_iter().any(|day| offence.in_force(day)));
    let bound =
        |treaty, day| memberships.in_force_between(treaty, question.requesting, question.requested, day).is_some();
    // One that both have approached, or that has bound both, is told of where it would carry the request.
    let is_told_of = |treaty| {
        let carries = library.bearing.carrying(question.measure).contains(&treaty);
        carries && NotGoverning::of(library, memberships, question, treaty).is_told_of()
    };
    let treaties: Vec<_> = library
        .treaty_ids()
        .filter(|treaty| {
            // What both were bound by when the conduct took place, or when somebody was held, may be owed still.
            let days = days.into_iter().chain(question.held_since);
            days.into_iter().any(|day| bound(*treaty, day)) || is_told_of(*treaty)
        })
        .map(|treaty| library.treaty(treaty))
        .collect();
    // A protocol that is still to come, or belongs to such a treaty, is told of where the conduct meets an offence of it.
    let coming = library.treaty_ids().map(|treaty| library.treaty(treaty)).filter(|protocol| {
        let governs = |parent| bound(parent, question.day) || bound(parent, question.request_day) || is_told_of(parent);
        protocol.extends.is_some() && protocol.parent.is_some_and(governs)
    });
    let listed =
        treaties.iter().copied().chain(coming).flat_map(|treaty| &treaty.offences).map(|offence| offence.pattern);
    let own = parties.iter().flat_map(|state| state.rules.in_force(question.measure, question.day_of_own_law()));
    let of_treaties = treaties.iter().flat_map(|treaty| treaty.rules.on(question.measure));
    let of_rules =
        own.chain(of_treaties).flat_map(|rule| [Some(rule.when), rule.applies, rule.covers].into_iter().flatten());
    let asked = library
        .fixed()
        .asked
        .all()
        .into_iter()
        .map(|fact| Pattern { all: FactSet::NONE.and(fact), ..Pattern::default() });
    // On what of the penal law nothing is entered, so that it is not known whether it is an offence.
    let left_out = parties.iter().map(|state| Pattern { any: state.penal_law_leaves_out, ..Pattern::default() });
    let by_law = library.facts.derived_by_law().iter().map(|(_, when)| *when);
    let all = in_force
        .map(|offence| offence.pattern)
        .chain(listed)
        .chain(of_rules)
        .chain(asked)
        .chain(left_out)
        .chain(by_law);
    let parts = all.flat_map(|pattern| parts_on_given(pattern, library.facts.by_law));
    parts.filter(|part| *part != Pattern::default()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What a condition asks of given facts, those left out that the law establishes: between the same parties on the same
/// days these follow from the conditions that are met. Where any of both kinds is enough, that is a part of its own.
fn parts_on_given(pattern: Pattern, by_law: FactSet) -> [Pattern; 2] {
    let Pattern { all, any, none } = pattern;
    let rest = Pattern { all: all.without(by_law), any, none: none.without(by_law) };
    if any.common(by_law).is_empty() {
        return [rest, Pattern::default()];
    }
    [Pattern { any: FactSet::NONE, ..rest }, Pattern { any: any.without(by_law), ..Pattern::default() }]
}
