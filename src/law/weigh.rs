//! The weighing of one treaty's rules for one request: what they cover, carry, allow, bar and leave over.

use std::mem::take;

use super::computed::Computed;
use super::decide::Deciding;
use super::domestic::{own_rules, settle_conditions};
use super::fact::FactSet;
use super::governing::Governing;
use super::ground::{Force, GroundCode, GroundSet};
use super::hold::{Hold, is_hold};
use super::list::List;
use super::measure::Measure;
use super::opinion::{Condition, Decision, Duty, DutyKind, Ground, Opinion};
use super::rule::{Carries, DutyRule, Rule};
use super::stated::stands;
use super::time_limit::TimeLimit;
use super::trace::{Asked, Finding, Trace};
use crate::base::{CiteId, TreatyId};

/// The weighing of one treaty's rules.
pub(super) struct Weighing<'a, 'b> {
    deciding: &'a Deciding<'b>,
    governing: &'a Governing,
    facts: FactSet,
    in_scope: bool,
    carried: bool,
    /// What needs no co-operation at all.
    without_request: List<CiteId>,
    first_basis: Option<CiteId>,
    bases: List<CiteId>,
    limits: List<CiteId>,
    grounds: List<Ground>,
    bars: GroundSet,
    imports: Option<CiteId>,
    conditions: List<(Condition, CiteId)>,
    time_limits: List<TimeLimit>,
    /// Times within which a duty is to be met, where it is owed.
    duty_limits: List<(DutyRule, TimeLimit)>,
    duties: List<(DutyRule, CiteId)>,
    holds_days: Option<u16>,
    hold: Option<Hold>,
}

impl<'a, 'b> Weighing<'a, 'b> {
    pub(super) fn new(
        deciding: &'a Deciding<'b>,
        facts: FactSet,
        governing: &'a Governing,
        hold: Option<Hold>,
    ) -> Self {
        Self {
            deciding,
            governing,
            facts,
            in_scope: true,
            carried: false,
            without_request: List::new(),
            first_basis: None,
            bases: List::new(),
            limits: List::new(),
            grounds: List::new(),
            bars: GroundSet::default(),
            imports: None,
            conditions: List::new(),
            duties: List::new(),
            time_limits: List::new(),
            duty_limits: List::new(),
            holds_days: None,
            hold,
        }
    }

    /// Weighs one rule of the treaty or of a protocol to it.
    pub(super) fn rule(&mut self, treaty: TreatyId, rule: &Rule, trace: &mut impl Trace) {
        let Some(stands) = stands(self.deciding, self.governing, treaty, rule, trace) else {
            let reserved = || self.governing.either_reserves(self.deciding.memberships, treaty, rule.cite);
            if rule.carries.is_some() && rule.unless_reserved && reserved() {
                self.limits.extend([rule.cite, self.deciding.library.fixed().effect_of_reservations]);
            }
            return;
        };
        if let Some(scope) = rule.covers {
            self.scope(rule.cite, scope.holds(self.facts), trace);
        }
        if rule.carries.is_some() {
            self.first_basis = self.first_basis.or(Some(rule.cite));
        }
        let holds = rule.when.holds(self.facts);
        // What carries nothing because the request lies outside does not apply, whatever else it asks for.
        let applies = holds && (self.in_scope || rule.carries.is_none());
        trace.step(1, Asked::Rule(treaty, rule.index), Some(rule.cite), Finding::of(applies));
        if !holds {
            return;
        }
        self.limits.extend(stands.by());
        match rule.carries {
            None => {}
            Some(Carries::WithoutRequest) => self.without_request.push(rule.cite),
            Some(carries) => {
                self.carried |= carries != Carries::InPart;
                self.bases.push(rule.cite);
            }
        }
        if let Some((code, force)) = rule.refuse {
            trace.step(2, Asked::Ground(code), Some(rule.cite), Finding::Open(force));
            self.grounds.push(Ground { code, cite: rule.cite, force, through: None });
        }
        self.bars = self.bars.with(rule.bars);
        if rule.imports {
            self.imports = self.imports.or(Some(rule.cite));
        }
        if let Some(condition) = rule.condition {
            self.conditions.push((condition, rule.cite));
        }
        if let Some(duty) = rule.duty {
            self.duties.push((duty, rule.cite));
            self.duty_limits.extend(rule.time_limits.iter().map(|limit| (duty, *limit)));
        } else {
            self.time_limits.extend_from_slice(&rule.time_limits);
        }
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

    /// Lets the requested state's own law and the special treaties between the two in, where an article of the
    /// treaty does (ETS 185, Arts. 24(5) and 25(4) name both).
    pub(super) fn imported(&mut self, trace: &mut impl Trace) {
        let Some(through) = self.imports else { return };
        let before = self.grounds.len();
        let requested = self.deciding.question.requested;
        let found = own_rules(self.deciding, requested, self.facts, Some(through), trace, &mut self.grounds);
        self.duties.extend(found.duties);
        self.time_limits.extend(found.time_limits);
        let conditions = found.conditions.len();
        let standing = settle_conditions(self.deciding, found.conditions, Some(through), &mut self.grounds);
        self.conditions.extend(standing.into_iter().map(|condition| (condition, through)));
        self.special(through, trace);
        if self.grounds.len() > before || conditions > 0 {
            self.limits.push(through);
        }
    }

    /// Weighs the grounds, bars and conditions of the special treaties on the same matter, each as it stands between
    /// the two.
    fn special(&mut self, through: CiteId, trace: &mut impl Trace) {
        let deciding = self.deciding;
        let measure = deciding.question.measure;
        for treaty in deciding.special.on(measure).iter().filter(|special| **special != self.governing.treaty) {
            let Ok(governing) = deciding.govern(*treaty) else { continue };
            let facts = deciding.facts_under(&governing, self.hold.as_ref());
            if governing.passed_over(deciding.library, measure, facts).is_some() {
                continue;
            }
            for (treaty, rule) in governing.rules(deciding.library, measure) {
                let Some(stands) = stands(deciding, &governing, treaty, rule, trace) else { continue };
                let holds = rule.when.holds(facts);
                trace.step(1, Asked::Rule(treaty, rule.index), Some(rule.cite), Finding::of(holds));
                if !holds {
                    continue;
                }
                self.bars = self.bars.with(rule.bars);
                if let Some((code, force)) = rule.refuse {
                    trace.step(2, Asked::Ground(code), Some(rule.cite), Finding::Open(force));
                    self.limits.extend(stands.by());
                    self.grounds.push(Ground { code, cite: rule.cite, force, through: Some(through) });
                }
                if let Some(condition) = rule.condition {
                    self.limits.push(through);
                    self.conditions.push((condition, rule.cite));
                }
            }
        }
    }

    /// The opinion where the treaty does not apply to the request at all.
    pub(super) fn pass_over(self, article: CiteId, trace: &mut impl Trace) -> Opinion {
        let mut opinion = Opinion::bare(Decision::NoTreatyDuty);
        opinion.grounds.push(Ground { code: GroundCode::NoTreaty, cite: article, force: Force::Must, through: None });
        opinion.out_of_force_from = self.governing.out_of_force;
        trace.step(1, Asked::ByTreaty(self.governing.treaty), None, Finding::Decided(opinion.decision));
        opinion
    }

    /// The opinion that follows.
    pub(super) fn finish(mut self, trace: &mut impl Trace) -> Opinion {
        let conditional: List<CiteId> = self.conditions.iter().map(|(_, cite)| *cite).collect();
        let conditions = settle_conditions(self.deciding, take(&mut self.conditions), None, &mut self.grounds);
        let bars = self.bars;
        for ground in self.grounds.iter().filter(|ground| bars.has(ground.code)) {
            trace.step(1, Asked::Barred(ground.code), Some(ground.cite), Finding::Yes);
        }
        self.grounds.retain(|ground| !bars.has(ground.code));
        sort_grounds(&mut self.grounds);
        let mut opinion = Opinion::bare(self.decision(!conditions.is_empty()));
        if self.in_scope && self.carried {
            opinion.bases = self.listed_bases();
        }
        opinion.duties = duties_owed(&self.grounds, &self.duties);
        let owed = self.duty_limits.iter().filter(|(duty, _)| is_owed(&self.grounds, duty));
        let times_owed: List<TimeLimit> = owed.map(|(_, limit)| *limit).collect();
        turn_to_prosecution(self.deciding, &mut opinion);
        if opinion.decision == Decision::ProsecuteInstead {
            opinion.bases.extend(self.governing.protocol_bases());
        }
        if opinion.decision == Decision::Refuse && !self.stopped_by_law_let_in() {
            opinion.bases.clear();
        }
        let gives = !matches!(opinion.decision, Decision::Refuse | Decision::NoTreatyDuty);
        opinion.limits = take(&mut self.limits);
        opinion.grounds = take(&mut self.grounds);
        if gives {
            opinion.limits.extend(conditional);
            opinion.conditions = conditions;
            opinion.time_limits = take(&mut self.time_limits);
            let begins = is_hold(self.deciding.question.measure) && self.hold.is_none();
            opinion.holds_days = self.holds_days.filter(|_| begins);
        }
        opinion.time_limits.extend(times_owed);
        opinion.out_of_force_from = self.governing.out_of_force;
        if !self.in_scope {
            opinion.in_force_from = self.deciding.coming(self.governing);
        }
        self.not_carried(&mut opinion);
        self.prosecution(&mut opinion);
        self.held(&mut opinion, trace);
        self.ended(&mut opinion);
        if !self.without_request.is_empty() {
            opinion = Opinion { bases: take(&mut self.without_request), ..Opinion::bare(Decision::NoRequest) };
        }
        trace.step(1, Asked::ByTreaty(self.governing.treaty), None, Finding::Decided(opinion.decision));
        opinion
    }

    /// In scope, but no article opens the treaty: it gives no duty, and a state whose law needs a treaty for
    /// surrender, and does not take this one as its basis, has none to grant it on. Prosecution that nobody asked
    /// for where asking is needed has its article, and no ground stands against it.
    fn not_carried(&self, opinion: &mut Opinion) {
        let refused = opinion.grounds.iter().any(|ground| ground.force == Force::Must);
        if !self.in_scope || self.carried {
            // What lies outside a treaty need not be submitted to prosecutors under it.
            if !self.in_scope && self.deciding.question.measure == Measure::Prosecution {
                opinion.decision = Decision::NoTreatyDuty;
            }
            return;
        }
        if !refused {
            let surrender = self.deciding.question.measure == Measure::Extradition;
            let no_basis = surrender && self.deciding.has(Computed::NeedsTreaty);
            opinion.decision = if no_basis { Decision::Refuse } else { Decision::NoTreatyDuty };
            opinion.conditions.clear();
        }
        if self.deciding.question.measure == Measure::Prosecution {
            opinion.bases.extend(self.first_basis.filter(|_| !refused));
            return;
        }
        let cite = self.first_basis.unwrap_or_else(|| self.deciding.library.fixed().third_states);
        opinion.grounds.push(Ground { code: GroundCode::NoTreaty, cite, force: Force::Must, through: None });
    }

    /// A duty to submit the case to prosecutors answers a request for prosecution; the ground is that of the
    /// earlier refusal.
    fn prosecution(&self, opinion: &mut Opinion) {
        let granted = matches!(opinion.decision, Decision::Grant | Decision::GrantCond);
        if self.deciding.question.measure != Measure::Prosecution || !granted {
            return;
        }
        opinion.decision = Decision::ProsecuteInstead;
        let asked = self.deciding.library.fixed().asked;
        let grounds = [
            (asked.refused_for_nationality, GroundCode::OwnNational),
            (asked.refused_for_jurisdiction, GroundCode::OwnJurisdiction),
        ];
        let Some(cite) = self.first_basis else { return };
        for (_, code) in grounds.into_iter().filter(|(fact, _)| self.facts.has(*fact)) {
            opinion.grounds.push(Ground { code, cite, force: Force::Must, through: None });
        }
    }

    /// What was held earlier: still to be held, until the decision on its follow-up, or no longer.
    fn held(&self, opinion: &mut Opinion, trace: &mut impl Trace) {
        let Some(hold) = self.hold else { return };
        trace.step(1, Asked::Held, Some(hold.cite), Finding::Through(hold.through));
        trace.step(1, Asked::FollowedUp, Some(hold.cite), Finding::of(hold.followed_up));
        if matches!(opinion.decision, Decision::Refuse | Decision::NoTreatyDuty) {
            return;
        }
        let day = self.deciding.question.day;
        opinion.kept_until_decision = hold.followed_up;
        opinion.kept_through = Some(hold.through);
        if !is_hold(self.deciding.question.measure) {
            return;
        }
        opinion.bases.push(hold.cite);
        if hold.lapsed(day) {
            opinion.decision = Decision::Lapsed;
            opinion.kept_through = Some(hold.at_most);
            opinion.bases.clear();
            opinion.bases.push(hold.cite);
            opinion.grounds.clear();
            opinion.conditions.clear();
            opinion.duties.clear();
        } else if hold.may_end(day) {
            opinion.decision = Decision::MayRefuse;
            opinion.kept_through = Some(hold.at_most);
            let ground = Ground { code: GroundCode::Form, cite: hold.cite, force: Force::May, through: None };
            opinion.grounds.push(ground);
        }
    }

    /// A treaty that ended while the request was open: released from further duties on one view, bound by what
    /// had arisen on the other (VCLT 70(1)). Both are lawful.
    fn ended(&self, opinion: &mut Opinion) {
        let gives = matches!(
            opinion.decision,
            Decision::Grant | Decision::GrantCond | Decision::Partial | Decision::MayRefuse | Decision::Postpone
        );
        if !self.governing.ended || !gives {
            return;
        }
        let fixed = self.deciding.library.fixed();
        opinion.decision = Decision::MayRefuse;
        opinion.bases.insert(0, fixed.acquired);
        let ground = Ground { code: GroundCode::NoTreaty, cite: fixed.release, force: Force::May, through: None };
        opinion.grounds.insert(0, ground);
    }

    fn decision(&self, conditions: bool) -> Decision {
        // A treaty that does not reach a request forbids nobody to help with it all the same. Surrender, and an order to a
        // provider past its State, need a basis.
        if !self.in_scope {
            let measure = self.deciding.question.measure;
            let helps = measure.is_assistance() && !measure.is_put_to_provider() || measure == Measure::Prosecution;
            return if helps { Decision::NoTreatyDuty } else { Decision::Refuse };
        }
        match self.grounds.first().map(|ground| ground.force) {
            Some(Force::Must) => Decision::Refuse,
            Some(Force::May) => Decision::MayRefuse,
            Some(Force::Postpone) => Decision::Postpone,
            None if conditions => Decision::GrantCond,
            None => Decision::Grant,
        }
    }

    /// Whether the treaty carries the request and nothing but law that it lets in stops it. Its articles then
    /// limit one another, and both belong to the answer.
    fn stopped_by_law_let_in(&self) -> bool {
        self.grounds.iter().filter(|ground| ground.force == Force::Must).all(|ground| ground.through.is_some())
    }

    /// The articles that carry the request: where a protocol's offence opened the treaty, that offence and
    /// the clause that reads it in stand first.
    fn listed_bases(&mut self) -> List<CiteId> {
        let mut bases = self.governing.protocol_bases();
        bases.append(&mut self.bases);
        if self.deciding.question.measure.is_surrender() {
            bases.extend(self.governing.own_bases());
        }
        bases.extend(self.governing.owed_after_leaving);
        bases
    }
}

/// Duties that a refusal on these grounds leaves over. What is owed after any ground is owed after a
/// postponement too (ETS 185, Art. 27(6) and (7)).
pub(super) fn duties_owed(grounds: &[Ground], duties: &[(DutyRule, CiteId)]) -> List<Duty> {
    duties
        .iter()
        .filter(|(rule, _)| is_owed(grounds, rule))
        .map(|(rule, cite)| Duty { kind: rule.kind, cite: *cite, on_request: rule.on_request })
        .collect()
}

/// Whether these grounds leave a duty over.
fn is_owed(grounds: &[Ground], rule: &DutyRule) -> bool {
    let mut refusing = grounds.iter().filter(|ground| ground.force != Force::Postpone).peekable();
    if rule.always {
        true
    } else if rule.after_any {
        !grounds.is_empty()
    } else {
        refusing.peek().is_some() && refusing.all(|ground| rule.after.has(ground.code))
    }
}

/// A refusal that owes prosecution, without request or on one that was made, is prosecution in lieu.
pub(super) fn turn_to_prosecution(deciding: &Deciding, opinion: &mut Opinion) {
    let asked = deciding.question.facts.has(deciding.library.fixed().asked.prosecution_asked);
    let due =
        opinion.duties.iter().any(|duty| duty.kind == DutyKind::SubmitToProsecution && (!duty.on_request || asked));
    if opinion.decision == Decision::Refuse && due {
        opinion.decision = Decision::ProsecuteInstead;
        opinion.bases = opinion.duties.iter().map(|duty| duty.cite).collect();
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
