//! The decision: one request, the law of two states, the treaties between them, one day.
//!
//! Order, always: what is in force between the two, scope, dual criminality and threshold, grounds that bind,
//! barred grounds, optional grounds, conditions, duties after a refusal. All grounds are evaluated, also after
//! the first hit; all bases are evaluated, and the requesting state relies on the best.
//!
//! [`decide`] and [`super::explain::explain`] run the same code; they differ in the [`Trace`] they hand in.

use std::sync::Arc;

use super::best::{better, without_repetitions};
use super::casebook::Decided;
use super::computed::Computed;
use super::consolidated::Consolidated;
use super::domestic::Tried;
use super::establish::punishable;
use super::fact::{FactId, FactSet};
use super::governing::{self, Before, Governing};
use super::ground::GroundCode;
use super::hold::Hold;
use super::library::Library;
use super::list::List;
use super::measure::Measure;
use super::membership::Memberships;
use super::not_entered::{self, Assumed};
use super::opinion::{Decision, Opinion};
use super::question::Question;
use super::special::{Special, special_treaties};
use super::trace::{Asked, Finding, Silent, Trace};
use super::waiting::{NotGoverning, Waiting};
use super::weigh::Weighing;
use crate::base::{Day, TreatyId};

/// What the law says to a request.
#[must_use]
pub fn decide(library: &Library, memberships: &Memberships, question: &Question) -> Opinion {
    decide_traced(library, memberships, question, &mut Silent)
}

/// [`decide`], with every step told to a trace. Facts that are not known are tried both ways; if that turns
/// the answer, the opinion says which information is needed.
pub fn decide_traced(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    trace: &mut impl Trace,
) -> Opinion {
    let open = not_entered::open(library, question);
    let Some(favourable) = open.first() else {
        return under(library, memberships, question, Assumed::NONE, trace);
    };
    let silently = |assumed: Assumed| under(library, memberships, question, assumed, &mut Silent);
    let tried: Vec<_> = open.iter().map(|assumed| (*assumed, silently(*assumed).decision)).collect();
    let missing = not_entered::missing(library, &tried);
    if missing.is_empty() {
        return under(library, memberships, question, favourable.without_claim(), trace);
    }
    let best = silently(*favourable);
    let missing = missing.with(best.missing);
    Deciding::new(library, memberships, question, *favourable).tell_offences(trace);
    trace.step(0, Asked::Missing(missing), None, Finding::Yes);
    Opinion { missing, ..Opinion { decision: Decision::NeedsInformation, ..best } }
}

/// The answer under one assumption on penal laws that are not entered.
fn under(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    assumed: Assumed,
    trace: &mut impl Trace,
) -> Opinion {
    let unknown = question.unknown.without(question.facts);
    if unknown.is_empty() {
        return Deciding::new(library, memberships, question, assumed).opinion(trace);
    }
    // Ten open facts are ten thousand sets of facts, and most of them meet the same conditions.
    let mut ready = Consolidated::of(library, memberships, question);
    let mut with = |facts: FactSet| {
        let decide = |known: &Question| {
            let opinion = Deciding::new(library, memberships, known, assumed).opinion(&mut Silent);
            Decided { opinion, steps: Vec::new() }
        };
        Arc::clone(ready.answer(question.facts.with(facts), decide))
    };
    let least = with(FactSet::NONE).opinion.clone();
    let missing: FactSet =
        unknown.iter().filter(|fact| turns(&mut with, unknown.without(FactSet::NONE.and(*fact)), *fact)).collect();
    if missing.is_empty() {
        return Deciding::new(library, memberships, question, assumed).opinion(trace);
    }
    trace.step(0, Asked::Missing(missing), None, Finding::Yes);
    Opinion { missing, ..Opinion { decision: Decision::NeedsInformation, ..least } }
}

/// Facts left open beyond this number are tried together rather than in all combinations.
const COMBINED_UNKNOWNS: u32 = 10;

/// Whether the answer depends on one open fact, under some choice of the others.
fn turns(with: &mut impl FnMut(FactSet) -> Arc<Decided>, others: FactSet, fact: FactId) -> bool {
    let others: Vec<_> = others.iter().collect();
    let count = u32::try_from(others.len()).unwrap_or(u32::MAX);
    let subsets = if count <= COMBINED_UNKNOWNS { 1_u32 << count } else { 2 };
    (0..subsets).any(|subset| {
        let chosen: FactSet = others
            .iter()
            .enumerate()
            .filter(|(index, _)| if count <= COMBINED_UNKNOWNS { subset & (1 << index) != 0 } else { subset == 1 })
            .map(|(_, fact)| *fact)
            .collect();
        with(chosen).opinion.decision != with(chosen.and(fact)).opinion.decision
    })
}

/// One request under decision.
pub(super) struct Deciding<'a> {
    pub(super) library: &'a Library,
    pub(super) memberships: &'a Memberships,
    pub(super) question: &'a Question,
    /// The conduct and circumstances given, derived facts included.
    pub(super) given: FactSet,
    /// Facts that hold whatever treaty is looked at, derived ones included.
    pub(super) facts: FactSet,
    /// The special treaties between the two.
    pub(super) special: Special,
    /// Treaties that give way, each with the one that takes its place.
    displaced: List<(TreatyId, TreatyId)>,
    /// The highest maximum penalty for the conduct in the requesting and requested states.
    pub(super) maxima: (u16, u16),
    /// What is assumed of penal laws that are not entered.
    pub(super) assumed: Assumed,
}

impl<'a> Deciding<'a> {
    fn new(library: &'a Library, memberships: &'a Memberships, question: &'a Question, assumed: Assumed) -> Self {
        let given = library.facts.derive(question.facts);
        let (special, displaced) = (Special::default(), List::new());
        let mut deciding =
            Self { library, memberships, question, given, facts: given, special, displaced, maxima: (0, 0), assumed };
        deciding.establish();
        deciding.displaced = governing::displaced(library, memberships, question, deciding.facts);
        deciding.special = special_treaties(library, memberships, question, &deciding.displaced);
        let id = |computed| library.facts.computed(computed);
        let with_treaties = deciding
            .facts
            .and_if(id(Computed::ExtraditionTreaty), !deciding.special.extradition.is_empty())
            .and_if(id(Computed::AssistanceTreaty), !deciding.special.assistance.is_empty());
        if with_treaties != deciding.facts {
            deciding.facts = library.facts.derive_by_law(with_treaties);
        }
        deciding
    }

    /// A treaty as it governs the request, or why it does not.
    pub(super) fn govern(&self, treaty: TreatyId) -> Result<Governing, NotGoverning> {
        governing::govern(&self.before(), treaty)
    }

    /// The day from which a protocol that would reach the request will be in force, with that protocol.
    pub(super) fn coming(&self, governing: &Governing) -> Option<(Day, TreatyId)> {
        governing.coming(&self.before())
    }

    /// What is known before one treaty is looked at.
    fn before(&self) -> Before<'_> {
        let Self { library, memberships, question, facts, ref special, ref displaced, .. } = *self;
        Before { library, memberships, question, facts, special, displaced }
    }

    /// The opinion: the best that any basis gives.
    fn opinion(&self, trace: &mut impl Trace) -> Opinion {
        self.tell_offences(trace);
        let mut opinion = if self.question.measure == Measure::TrialAtHome {
            self.trial_at_home(trace)
        } else {
            self.best_basis(trace)
        };
        without_repetitions(&mut opinion);
        // Where a treaty has the duty to prosecute, only not in this case, others that lack it say nothing.
        if self.question.measure == Measure::Prosecution && !opinion.bases.is_empty() {
            opinion.grounds.retain(|ground| ground.code != GroundCode::Scope);
        }
        trace.step(0, Asked::Decision, None, Finding::Decided(opinion.decision));
        opinion
    }

    fn best_basis(&self, trace: &mut impl Trace) -> Opinion {
        let mut best: Option<Opinion> = None;
        let mut tried = Tried { bound: false, covered: false };
        let mut waiting = Waiting::default();
        for treaty in governing::carrying(self.library, self.question.measure) {
            match self.govern(treaty) {
                Ok(governing) => {
                    trace.step(0, Asked::InForce(treaty), None, Finding::Since(governing.since));
                    if governing.ended {
                        let out = governing.out_of_force.map_or(Finding::Yes, |(day, _)| Finding::Since(day));
                        trace.step(1, Asked::Ended(treaty), None, out);
                    }
                    self.tell_protocols(treaty, trace);
                    let opinion = self.by_treaty(&governing, trace);
                    tried = Tried { bound: true, covered: tried.covered || is_covered(&opinion) };
                    best = Some(better(best, opinion));
                }
                Err(standing) => {
                    match standing.displaced_by() {
                        Some(by) => trace.step(0, Asked::Displaced(treaty, by), None, Finding::Yes),
                        None => trace.step(0, Asked::InForce(treaty), None, standing.finding()),
                    }
                    waiting.add(standing);
                }
            }
        }
        if let Some(opinion) = self.by_domestic_law(tried, &waiting, trace) {
            best = Some(better(best, opinion));
        }
        best.expect("where no treaty binds, domestic law answers")
    }

    /// Tells which protocols to a treaty bind both.
    fn tell_protocols(&self, treaty: TreatyId, trace: &mut impl Trace) {
        if trace.listens() {
            for (protocol, finding) in governing::protocols(self.library, self.memberships, self.question, treaty) {
                trace.step(1, Asked::InForce(protocol), None, finding);
            }
        }
    }

    /// Tells which offences the conduct meets on either side.
    fn tell_offences(&self, trace: &mut impl Trace) {
        if !trace.listens() {
            return;
        }
        let question = self.question;
        // Who tries a case itself is both.
        let other = Some(question.requested).filter(|requested| *requested != question.requesting);
        for state in std::iter::once(question.requesting).chain(other) {
            let met = punishable(self.library, state, self.given, question.conduct_day);
            let known = self.library.state(state).punishes_as_entered(question.possible_facts());
            let unmet = if known { Finding::No } else { Finding::NotKnown };
            let finding = met.map_or(unmet, |(_, months)| Finding::Months(months));
            trace.step(0, Asked::Offence(state), met.map(|(cite, _)| cite), finding);
        }
        if self.has(Computed::PunishableOnlySince) {
            trace.step(0, Asked::OffenceLater(question.requested), None, Finding::Yes);
        }
    }

    /// The opinion that one treaty in force between the two carries.
    fn by_treaty(&self, governing: &Governing, trace: &mut impl Trace) -> Opinion {
        let hold = Hold::of(self, governing);
        let facts = self.facts_under(governing, hold.as_ref());
        let mut weighing = Weighing::new(self, facts, governing, hold);
        if let Some(article) = governing.passed_over(self.library, self.memberships, self.question, facts) {
            trace.step(1, Asked::Applies(governing.treaty), Some(article), Finding::No);
            return weighing.pass_over(article, trace);
        }
        weighing.look_at_scope();
        for (treaty, rule) in governing.rules(self.library, self.question.measure) {
            weighing.rule(treaty, rule, trace);
        }
        weighing.imported(trace);
        weighing.finish(trace)
    }
}

/// Whether the request lies within the treaty: what it refuses then, domestic law does not give instead.
fn is_covered(opinion: &Opinion) -> bool {
    opinion.decision != Decision::NoTreatyDuty && !opinion.grounds.iter().any(|ground| ground.code == GroundCode::Scope)
}
