//! The weighing of one treaty's rules for one request: what they cover, carry, allow, bar and leave over.

use super::computed::Computed;
use super::decide::Deciding;
use super::fact::FactSet;
use super::governing::Governing;
use super::ground::{Force, GroundCode, GroundSet};
use super::rule::{Carries, DutyRule, Rule};
use super::opinion::{Condition, Decision, Duty, DutyKind, Ground, Opinion};
use super::trace::{Asked, Finding, Trace};
use crate::base::{CiteId, TreatyId};

/// Adds the grounds of the requested state's own rules on co-operation; gives back the conditions they set.
pub(super) fn domestic_grounds(
    deciding: &Deciding,
    facts: FactSet,
    through: Option<CiteId>,
    trace: &mut impl Trace,
    grounds: &mut Vec<Ground>,
) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for rule in deciding.library.state(deciding.question.requested).rules.on(deciding.question.measure) {
        let holds = rule.when.holds(facts);
        trace.step(
            1,
            Asked::DomesticRule(deciding.question.requested, rule.index),
            Some(rule.cite),
            Finding::of(holds),
        );
        if !holds {
            continue;
        }
        if let Some((code, force)) = rule.refuse {
            trace.step(2, Asked::Ground(code), Some(rule.cite), Finding::Open(force));
            grounds.push(Ground { code, cite: rule.cite, force, through });
        }
        conditions.extend(rule.condition);
    }
    conditions
}

/// The weighing of one treaty's rules.
pub(super) struct Weighing<'a, 'b> {
    deciding: &'a Deciding<'b>,
    governing: &'a Governing,
    facts: FactSet,
    in_scope: bool,
    carried: bool,
    first_basis: Option<CiteId>,
    bases: Vec<CiteId>,
    limits: Vec<CiteId>,
    grounds: Vec<Ground>,
    bars: GroundSet,
    imports: Option<CiteId>,
    conditions: Vec<Condition>,
    duties: Vec<(DutyRule, CiteId)>,
    holds_days: Option<u16>,
}

impl<'a, 'b> Weighing<'a, 'b> {
    pub(super) fn new(deciding: &'a Deciding<'b>, facts: FactSet, governing: &'a Governing) -> Self {
        Self {
            deciding,
            governing,
            facts,
            in_scope: true,
            carried: false,
            first_basis: None,
            bases: Vec::new(),
            limits: Vec::new(),
            grounds: Vec::new(),
            bars: GroundSet::default(),
            imports: None,
            conditions: Vec::new(),
            duties: Vec::new(),
            holds_days: None,
        }
    }

    /// Weighs one rule of the treaty or of a protocol to it.
    pub(super) fn rule(&mut self, treaty: TreatyId, rule: &Rule, trace: &mut impl Trace) {
        if rule.only_if_reserved && !self.governing.reserves(self.deciding.memberships, treaty, rule.cite) {
            trace.step(1, Asked::Reserved(treaty, rule.cite), Some(rule.cite), Finding::No);
            return;
        }
        if let Some(scope) = rule.covers {
            self.scope(rule.cite, scope.holds(self.facts), trace);
        }
        if rule.carries.is_some() {
            self.first_basis = self.first_basis.or(Some(rule.cite));
        }
        let holds = rule.when.holds(self.facts);
        trace.step(1, Asked::Rule(treaty, rule.index), Some(rule.cite), Finding::of(holds));
        if !holds {
            return;
        }
        if let Some(carries) = rule.carries {
            self.carried |= carries != Carries::InPart;
            self.bases.push(rule.cite);
        }
        if let Some((code, force)) = rule.refuse {
            trace.step(2, Asked::Ground(code), Some(rule.cite), Finding::Open(force));
            self.grounds.push(Ground { code, cite: rule.cite, force, through: None });
        }
        self.bars = self.bars.with(rule.bars);
        if rule.imports {
            self.imports = self.imports.or(Some(rule.cite));
        }
        self.conditions.extend(rule.condition);
        self.duties.extend(rule.duty.map(|duty| (duty, rule.cite)));
        self.holds_days = self.holds_days.max(rule.holds_days);
    }

    /// Scope fails: outside the treaty, unless the treaty lists the offence and a reservation took it out. In
    /// that case the missing offence is what decides, and the reservation is shown as the limit; a state that
    /// punishes the conduct all the same has still taken it out of the treaty.
    fn scope(&mut self, cite: CiteId, holds: bool, trace: &mut impl Trace) {
        trace.step(1, Asked::Scope, Some(cite), Finding::of(holds));
        if holds {
            return;
        }
        self.in_scope = false;
        if let Some(reservation) = self.governing.reserved {
            trace.step(2, Asked::ReservedBy(reservation.state), Some(reservation.article), Finding::Yes);
            self.limits.push(reservation.article);
            self.limits.push(self.deciding.library.fixed().effect_of_reservations);
            if !self.deciding.has(Computed::PunishableHere) {
                return;
            }
        }
        self.grounds.push(Ground { code: GroundCode::Scope, cite, force: Force::Must, through: None });
    }

    /// Lets the requested state's own law and the special treaty between the two in, where an article of the
    /// treaty does (ETS 185, Arts. 24(5) and 25(4) name both).
    pub(super) fn imported(&mut self, trace: &mut impl Trace) {
        let Some(through) = self.imports else { return };
        let before = self.grounds.len();
        let conditions = domestic_grounds(self.deciding, self.facts, Some(through), trace, &mut self.grounds);
        self.conditions.extend(conditions);
        self.special(through, trace);
        if self.grounds.len() > before {
            self.limits.push(through);
        }
    }

    /// Weighs the grounds and bars of a special treaty on the same matter.
    fn special(&mut self, through: CiteId, trace: &mut impl Trace) {
        let Some(treaty) = self.governing.special.filter(|special| *special != self.governing.treaty) else { return };
        for rule in self.deciding.library.treaty(treaty).rules.on(self.deciding.question.measure) {
            let holds = rule.when.holds(self.facts);
            trace.step(1, Asked::Rule(treaty, rule.index), Some(rule.cite), Finding::of(holds));
            if !holds {
                continue;
            }
            self.bars = self.bars.with(rule.bars);
            if let Some((code, force)) = rule.refuse {
                trace.step(2, Asked::Ground(code), Some(rule.cite), Finding::Open(force));
                self.grounds.push(Ground { code, cite: rule.cite, force, through: Some(through) });
            }
        }
    }

    /// The opinion that follows.
    pub(super) fn finish(mut self, trace: &mut impl Trace) -> Opinion {
        let bars = self.bars;
        for ground in self.grounds.iter().filter(|ground| bars.has(ground.code)) {
            trace.step(1, Asked::Barred(ground.code), Some(ground.cite), Finding::Yes);
        }
        self.grounds.retain(|ground| !bars.has(ground.code));
        if self.in_scope && !self.carried {
            let cite = self.first_basis.unwrap_or_else(|| self.deciding.library.fixed().third_states);
            self.grounds.push(Ground { code: GroundCode::NoTreaty, cite, force: Force::Must, through: None });
        }
        sort_grounds(&mut self.grounds);
        let mut opinion = Opinion::bare(self.decision());
        if self.in_scope && self.carried {
            opinion.bases = self.listed_bases();
        }
        opinion.duties = self.duties_owed();
        self.turn_to_prosecution(&mut opinion);
        if opinion.decision == Decision::Refuse && !self.stopped_by_law_let_in() {
            opinion.bases.clear();
        }
        opinion.limits = self.limits;
        opinion.grounds = self.grounds;
        opinion.conditions = self.conditions;
        opinion.holds_days = self.holds_days.filter(|_| opinion.decision != Decision::Refuse);
        trace.step(1, Asked::ByTreaty(self.governing.treaty), None, Finding::Decided(opinion.decision));
        opinion
    }

    fn decision(&self) -> Decision {
        if !self.in_scope {
            return Decision::Refuse;
        }
        match self.grounds.first().map(|ground| ground.force) {
            Some(Force::Must) => Decision::Refuse,
            Some(Force::May) => Decision::MayRefuse,
            Some(Force::Postpone) => Decision::Postpone,
            None if self.conditions.is_empty() => Decision::Grant,
            None => Decision::GrantCond,
        }
    }

    /// Whether the treaty carries the request and nothing but law that it lets in stops it. Its articles then
    /// limit one another, and both belong to the answer.
    fn stopped_by_law_let_in(&self) -> bool {
        self.grounds.iter().filter(|ground| ground.force == Force::Must).all(|ground| ground.through.is_some())
    }

    /// The articles that carry the request: where a protocol's offence opened the treaty, that offence and
    /// the clause that reads it in stand first.
    fn listed_bases(&mut self) -> Vec<CiteId> {
        let mut bases = self.governing.protocol_bases();
        bases.append(&mut self.bases);
        bases
    }

    /// Duties that a refusal on these grounds leaves over. What is owed after any ground is owed after a
    /// postponement too (ETS 185, Art. 27(6) and (7)).
    fn duties_owed(&self) -> Vec<Duty> {
        let refusing = || self.grounds.iter().filter(|ground| ground.force != Force::Postpone);
        let owed = |rule: &DutyRule| {
            if rule.after_any {
                !self.grounds.is_empty()
            } else {
                refusing().next().is_some() && refusing().all(|ground| rule.after.has(ground.code))
            }
        };
        self.duties
            .iter()
            .filter(|(rule, _)| owed(rule))
            .map(|(rule, cite)| Duty { kind: rule.kind, cite: *cite, on_request: rule.on_request })
            .collect()
    }

    /// A refusal that owes prosecution, without request or on one that was made, is prosecution in lieu.
    fn turn_to_prosecution(&self, opinion: &mut Opinion) {
        let library = self.deciding.library;
        let asked = self.deciding.question.facts.has(library.fixed().asked.prosecution_asked);
        let due =
            opinion.duties.iter().any(|duty| duty.kind == DutyKind::SubmitToProsecution && (!duty.on_request || asked));
        if opinion.decision == Decision::Refuse && due {
            opinion.decision = Decision::ProsecuteInstead;
            opinion.bases = opinion.duties.iter().map(|duty| duty.cite).collect();
        }
    }
}

/// Grounds that bind come first; within a force, the order of the articles stays.
pub(super) fn sort_grounds(grounds: &mut [Ground]) {
    grounds.sort_by_key(|ground| match ground.force {
        Force::Must => 0,
        Force::May => 1,
        Force::Postpone => 2,
    });
}
