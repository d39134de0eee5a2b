//! The decision: one request, the law of two states, the treaties between them, one day.
//!
//! Order, always: what is in force between the two, scope, dual criminality and threshold, grounds that bind,
//! barred grounds, optional grounds, conditions, duties after a refusal. All grounds are evaluated, also after
//! the first hit; all bases are evaluated, and the requesting state relies on the best.
//!
//! [`decide`] and [`super::explain::explain`] run the same code; they differ in the [`Trace`] they hand in.

use std::cmp::Ordering;

use super::computed::Computed;
use super::fact::FactSet;
use super::governing::{self, Governing, Special};
use super::ground::{Force, GroundCode};
use super::library::Library;
use super::measure::Measure;
use super::membership::Memberships;
use super::opinion::{Condition, Decision, Ground, Opinion, Question};
use super::trace::{Asked, Finding, Silent, Trace};
use super::weigh::{Weighing, domestic_grounds, sort_grounds};
use crate::base::{CiteId, StateId};

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
    let unknown = question.unknown.without(question.facts);
    if unknown.is_empty() {
        return Deciding::new(library, memberships, question).opinion(trace);
    }
    let with = |facts: FactSet| {
        let known = Question { facts: question.facts.with(facts), unknown: FactSet::NONE, ..*question };
        Deciding::new(library, memberships, &known).opinion(&mut Silent)
    };
    let least = with(FactSet::NONE);
    let missing: FactSet =
        unknown.iter().filter(|fact| turns(&with, unknown.without(FactSet::NONE.and(*fact)), *fact)).collect();
    if missing.is_empty() {
        return Deciding::new(library, memberships, question).opinion(trace);
    }
    trace.step(0, Asked::Missing(missing), None, Finding::Yes);
    Opinion { missing, ..Opinion { decision: Decision::NeedsInformation, ..least } }
}

/// Facts left open beyond this number are tried together rather than in all combinations.
const COMBINED_UNKNOWNS: u32 = 10;

/// Whether the answer depends on one open fact, under some choice of the others.
fn turns(with: &impl Fn(FactSet) -> Opinion, others: FactSet, fact: super::FactId) -> bool {
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
        with(chosen).decision != with(chosen.and(fact)).decision
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
    /// The highest maximum penalty for the conduct in the requesting and requested states.
    pub(super) maxima: (u16, u16),
}

impl<'a> Deciding<'a> {
    fn new(library: &'a Library, memberships: &'a Memberships, question: &'a Question) -> Self {
        let given = library.facts.derive(question.facts);
        let special = governing::special_treaties(library, memberships, question);
        let mut deciding = Self { library, memberships, question, given, facts: given, special, maxima: (0, 0) };
        deciding.establish();
        deciding
    }

    /// Computes every fact that does not depend on which treaty is looked at.
    fn establish(&mut self) {
        let question = self.question;
        let facts = &self.library.facts;
        let id = |computed| facts.computed(computed);
        let given = self.given;
        let requested = self.library.state(question.requested);
        let there = punishable(self.library, question.requesting, given, question.conduct_day);
        let here_now = punishable(self.library, question.requested, given, question.day);
        let here_then = punishable(self.library, question.requested, given, question.conduct_day);
        let here = match requested.dual_criminality_at {
            super::library::DualCriminalityAt::Conduct => here_then,
            super::library::DualCriminalityAt::Request => here_now,
        };
        self.maxima = (there.map_or(0, |o| o.1), here.map_or(0, |o| o.1));
        let special = self.special;
        let needs_dual = requested
            .rules
            .on(Measure::StoredData)
            .any(|rule| rule.refuse.is_some_and(|(code, _)| code == GroundCode::DualCriminalityMissing));
        let established = given
            .and_if(id(Computed::ElectronicEvidence), question.measure.is_electronic_evidence())
            .and_if(id(Computed::OwnNational), question.nationality == Some(question.requested))
            .and_if(id(Computed::PunishableThere), there.is_some())
            .and_if(id(Computed::PunishableHere), here.is_some())
            .and_if(id(Computed::PunishableOnlySince), here_now.is_some() && here_then.is_none())
            .and_if(id(Computed::OneYearHere), self.maxima.1 >= 12)
            .and_if(id(Computed::OverOneYearHere), self.maxima.1 > 12)
            .and_if(id(Computed::RequestingNational), question.nationality == Some(question.requesting))
            .and_if(id(Computed::OneYearThere), self.maxima.0 >= 12)
            .and_if(id(Computed::OverOneYearThere), self.maxima.0 > 12)
            .and_if(id(Computed::NeedsTreaty), requested.needs_treaty == Some(true))
            .and_if(id(Computed::ExtraditionTreaty), special.extradition.is_some())
            .and_if(id(Computed::AssistanceTreaty), special.assistance.is_some())
            .and_if(id(Computed::DisclosureNeedsDualCriminality), needs_dual);
        self.facts = facts.derive(established);
    }

    pub(super) fn has(&self, computed: Computed) -> bool {
        self.facts.has(self.library.facts.computed(computed))
    }

    /// The opinion: the best that any basis gives.
    fn opinion(&self, trace: &mut impl Trace) -> Opinion {
        self.tell_offences(trace);
        let mut best: Option<Opinion> = None;
        let mut tried = Tried { bound: false, covered: false };
        let mut waiting = governing::Waiting::default();
        for treaty in governing::carrying(self.library, self.question.measure) {
            match governing::govern(self.library, self.memberships, self.question, self.given, self.special, treaty) {
                Ok(governing) => {
                    trace.step(0, Asked::InForce(treaty), None, Finding::Since(governing.since));
                    self.tell_protocols(treaty, trace);
                    let opinion = self.by_treaty(&governing, trace);
                    tried = Tried { bound: true, covered: tried.covered || is_covered(&opinion) };
                    best = Some(better(best, opinion));
                }
                Err(standing) => {
                    trace.step(0, Asked::InForce(treaty), None, standing.finding());
                    waiting.add(standing);
                }
            }
        }
        if let Some(opinion) = self.by_domestic_law(tried, &waiting, trace) {
            best = Some(better(best, opinion));
        }
        let mut opinion = best.expect("where no treaty binds, domestic law answers");
        without_repetitions(&mut opinion);
        trace.step(0, Asked::Decision, None, Finding::Decided(opinion.decision));
        opinion
    }

    /// Tells which protocols to a treaty bind both.
    fn tell_protocols(&self, treaty: crate::base::TreatyId, trace: &mut impl Trace) {
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
        for state in [question.requesting, question.requested] {
            let met = punishable(self.library, state, self.given, question.conduct_day);
            let finding = met.map_or(Finding::No, |(_, months)| Finding::Months(months));
            trace.step(0, Asked::Offence(state), met.map(|(cite, _)| cite), finding);
        }
        if self.has(Computed::PunishableOnlySince) {
            trace.step(0, Asked::OffenceLater(question.requested), None, Finding::Yes);
        }
    }

    /// The opinion that one treaty in force between the two carries.
    fn by_treaty(&self, governing: &Governing, trace: &mut impl Trace) -> Opinion {
        let library = self.library;
        let id = |computed| library.facts.computed(computed);
        let threshold = governing.threshold;
        let facts = self
            .facts
            .and_if(id(Computed::ListedOffence), !governing.listed.is_empty())
            .and_if(id(Computed::ReservedOffence), governing.listed.is_empty() && governing.reserved.is_some())
            .and_if(id(Computed::AcceptsAsBasis), governing.accepted_as_basis)
            .and_if(
                id(Computed::MeetsThreshold),
                threshold.is_none_or(|t| t.reached(self.maxima.0) && t.reached(self.maxima.1)),
            );
        let mut weighing = Weighing::new(self, library.facts.derive(facts), governing);
        for (treaty, rule) in governing.rules(library, self.question.measure) {
            weighing.rule(treaty, rule, trace);
        }
        weighing.imported(trace);
        weighing.finish(trace)
    }

    /// What the requested state's own law gives where no treaty carries the request.
    fn by_domestic_law(&self, tried: Tried, waiting: &governing::Waiting, trace: &mut impl Trace) -> Option<Opinion> {
        let question = self.question;
        let state = self.library.state(question.requested);
        let surrender = question.measure == Measure::Extradition;
        let free = surrender && state.needs_treaty == Some(false);
        if tried.covered || (tried.bound && !free) {
            return None;
        }
        let code = if waiting.is_empty() { GroundCode::NoTreaty } else { GroundCode::NotInForce };
        let ground = Ground { code, cite: waiting.cite(self.library), force: Force::Must, through: None };
        let mut opinion = Opinion::bare(Decision::NoTreatyDuty);
        opinion.in_force_from = waiting.from;
        if free {
            trace.step(0, Asked::DomesticBasis(question.requested), None, Finding::Yes);
            return Some(self.surrender_without_treaty(trace));
        }
        if surrender && state.needs_treaty == Some(true) {
            opinion.decision = Decision::Refuse;
        }
        trace.step(0, Asked::DomesticBasis(question.requested), None, Finding::No);
        opinion.grounds.push(ground);
        Some(opinion)
    }

    /// Surrender on the strength of domestic law and an assurance of reciprocity.
    fn surrender_without_treaty(&self, trace: &mut impl Trace) -> Opinion {
        let library = self.library;
        let cite = library.fixed().domestic_law;
        let mut grounds = Vec::new();
        if !(self.has(Computed::PunishableHere) && self.has(Computed::PunishableThere)) {
            let code = GroundCode::DualCriminalityMissing;
            grounds.push(Ground { code, cite, force: Force::Must, through: None });
        }
        domestic_grounds(self, self.facts, None, trace, &mut grounds);
        let mut opinion = Opinion::bare(Decision::GrantCond);
        sort_grounds(&mut grounds);
        opinion.decision = match grounds.first().map(|ground| ground.force) {
            Some(Force::Must) => Decision::Refuse,
            Some(Force::May) => Decision::MayRefuse,
            Some(Force::Postpone) => Decision::Postpone,
            None => Decision::GrantCond,
        };
        if opinion.decision != Decision::Refuse {
            opinion.bases.push(cite);
            opinion.conditions.push(Condition { words: library.fixed().reciprocity, otherwise: None });
        }
        opinion.grounds = grounds;
        opinion
    }
}

/// What the treaties gave before domestic law is looked at.
#[derive(Clone, Copy)]
struct Tried {
    /// Some treaty that carries the measure is in force between the two.
    bound: bool,
    /// The request lies within the scope of one: what that treaty refuses, domestic law does not give instead.
    covered: bool,
}

fn is_covered(opinion: &Opinion) -> bool {
    !opinion.grounds.iter().any(|ground| ground.code == GroundCode::Scope)
}

/// The offence with the highest maximum penalty that the conduct meets in a state on a day.
#[must_use]
pub fn punishable(library: &Library, state: StateId, conduct: FactSet, day: crate::base::Day) -> Option<(CiteId, u16)> {
    library
        .state(state)
        .offences
        .iter()
        .filter(|offence| offence.in_force(day) && offence.pattern.holds(conduct))
        .map(|offence| (offence.cite, offence.maximum_months))
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// How good an answer is for the requesting state; lower is better.
const fn rank(decision: Decision) -> u8 {
    match decision {
        Decision::Grant => 0,
        Decision::GrantCond => 1,
        Decision::Partial => 2,
        Decision::MayRefuse => 3,
        Decision::Postpone => 4,
        Decision::ProsecuteInstead => 5,
        Decision::NeedsInformation => 6,
        Decision::Refuse | Decision::NoTreatyDuty | Decision::Lapsed | Decision::NoRequest => 7,
    }
}

/// The better of two answers, the earlier first. Bases and grounds of answers equally good are joined: several
/// treaties may carry a grant, and a refusal shows the grounds of every treaty that was tried.
fn better(best: Option<Opinion>, other: Opinion) -> Opinion {
    let Some(mut best) = best else { return other };
    match rank(best.decision).cmp(&rank(other.decision)) {
        Ordering::Less => return best,
        Ordering::Greater => return other,
        Ordering::Equal => {}
    }
    best.bases.extend(other.bases);
    best.limits.extend(other.limits);
    best.grounds.extend(other.grounds);
    best.conditions.extend(other.conditions);
    best.duties.extend(other.duties);
    best.holds_days = best.holds_days.max(other.holds_days);
    best.in_force_from = best.in_force_from.or(other.in_force_from);
    best
}

/// Each basis, limit, condition, duty and ground once, and the grounds in order.
fn without_repetitions(opinion: &mut Opinion) {
    keep_first(&mut opinion.bases);
    keep_first(&mut opinion.limits);
    keep_first(&mut opinion.conditions);
    keep_first(&mut opinion.duties);
    keep_first(&mut opinion.grounds);
    sort_grounds(&mut opinion.grounds);
}

/// Drops repetitions, keeping the order of first appearance.
fn keep_first<T: PartialEq + Copy>(items: &mut Vec<T>) {
    let mut kept = 0;
    for index in 0..items.len() {
        let item = items[index];
        if !items[..kept].contains(&item) {
            items[kept] = item;
            kept += 1;
        }
    }
    items.truncate(kept);
}
