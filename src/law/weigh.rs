//! The weighing of one treaty's rules for one request: what they cover, carry, allow, bar and leave over. What follows from
//! it is `conclude`'s.

use std::mem::take;

use super::computed::Computed;
use super::decide::Deciding;
use super::domestic::{OwnRules, own_rule, settle_conditions};
use super::fact::{FactSet, Pattern};
use super::governing::Governing;
use super::ground::{Force, GroundCode, GroundSet};
use super::hold::Hold;
use super::list::List;
use super::opinion::{Condition, Ground};
use super::rule::{Carries, DutyRule, Import, Rule};
use super::stated::stands;
use super::time_limit::TimeLimit;
use super::trace::{Asked, Finding, Silent, Trace};
use crate::base::{CiteId, TreatyId};

/// The weighing of one treaty's rules.
pub(super) struct Weighing<'a, 'b> {
    pub(super) deciding: &'a Deciding<'b>,
    pub(super) governing: &'a Governing,
    pub(super) facts: FactSet,
    pub(super) in_scope: bool,
    pub(super) carried: bool,
    /// What needs no co-operation at all.
    pub(super) without_request: List<CiteId>,
    pub(super) first_basis: Option<CiteId>,
    /// The article that would carry surrender where the requested state takes the treaty as its basis.
    pub(super) basis_if_accepted: Option<CiteId>,
    pub(super) bases: List<CiteId>,
    pub(super) limits: List<CiteId>,
    pub(super) grounds: List<Ground>,
    pub(super) bars: GroundSet,
    pub(super) imports: List<(CiteId, Import)>,
    pub(super) conditions: List<(Condition, CiteId)>,
    pub(super) time_limits: List<TimeLimit>,
    /// Times within which a duty is to be met, where it is owed.
    pub(super) duty_limits: List<(DutyRule, TimeLimit)>,
    pub(super) duties: List<(DutyRule, CiteId)>,
    pub(super) holds_days: Option<u16>,
    pub(super) hold: Option<Hold>,
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
            basis_if_accepted: None,
            bases: List::new(),
            limits: List::new(),
            grounds: List::new(),
            bars: GroundSet::default(),
            imports: List::new(),
            conditions: List::new(),
            duties: List::new(),
            time_limits: List::new(),
            duty_limits: List::new(),
            holds_days: None,
            hold,
        }
    }

    /// Whether the request lies within the scope, before any rule is weighed: the article that says so may stand behind those
    /// that carry. It is told where it stands.
    pub(super) fn look_at_scope(&mut self) {
        let Self { deciding, governing, facts, .. } = *self;
        let mut rules = governing.rules(deciding.library, deciding.question.measure);
        let fails = |scope: Pattern| !scope.holds(facts);
        self.in_scope = !rules.any(|(treaty, rule)| {
            rule.covers.is_some_and(fails) && stands(deciding, governing, treaty, rule, &mut Silent).is_some()
        });
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
        if rule.carries.is_some() && !holds && self.basis_if_accepted.is_none() {
            let accepted = self.facts.and(self.deciding.library.facts.computed(Computed::AcceptsAsBasis));
            self.basis_if_accepted = rule.when.holds(accepted).then_some(rule.cite);
        }
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
        self.imports.extend(rule.imports.map(|import| (rule.cite, import)));
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
        if let Some(reservation) = self.governing.reserved {
            trace.step(2, Asked::ReservedBy(reservation.state), Some(reservation.article), Finding::Yes);
            self.limits.push(reservation.article);
            self.limits.push(self.deciding.library.fixed().effect_of_reservations);
            if !self.deciding.has(Computed::PunishableHere) {
                return;
            }
        }
        self.grounds.push(Ground::must(GroundCode::Scope, cite));
    }

    /// Lets the requested state's own law in where an article of the treaty does, or what of it the article names, and with all
    /// of it the special treaties between the two (ETS 185, Arts. 24(5) and 25(4) name both).
    pub(super) fn imported(&mut self, trace: &mut impl Trace) {
        let imports = take(&mut self.imports);
        for (place, (through, import)) in imports.iter().enumerate() {
            let earlier = &imports[..place];
            let before = self.grounds.len();
            let is_let_in =
                |_: &Self, own: &Rule| import.lets_in(own) && !earlier.iter().any(|(_, import)| import.lets_in(own));
            let conditions = self.own_law(Some(*through), is_let_in, trace);
            let asked = !conditions.is_empty();
            let standing = settle_conditions(self.deciding, conditions, Some(*through), &mut self.grounds);
            self.conditions.extend(standing.into_iter().map(|condition| (condition, *through)));
            if *import == Import::Whole && !earlier.iter().any(|(_, import)| *import == Import::Whole) {
                self.special(*through, trace);
            }
            if self.grounds.len() > before || asked {
                self.limits.push(*through);
            }
        }
        if imports.iter().any(|(_, import)| *import == Import::Whole) {
            return;
        }
        // Provisions that hold under every treaty do so where no article lets them in, and the treaty itself has no rule on them.
        let by_itself = |weighing: &Self, own: &Rule| {
            let everywhere = own.also_under_treaties && weighing.in_scope && weighing.carried;
            everywhere && !imports.iter().any(|(_, import)| import.lets_in(own)) && !weighing.has_a_rule_on(own)
        };
        let conditions = self.own_law(None, by_itself, trace);
        self.conditions.extend(conditions);
    }

    /// Weighs provisions of the requested state's own law. The conditions that they set.
    fn own_law(
        &mut self,
        through: Option<CiteId>,
        counts: impl Fn(&Self, &Rule) -> bool,
        trace: &mut impl Trace,
    ) -> List<(Condition, CiteId)> {
        let Deciding { library, question, .. } = *self.deciding;
        let mut found = OwnRules::default();
        for rule in library.state(question.requested).rules.in_force(question.measure, question.day_of_own_law()) {
            if !counts(self, rule) {
                continue;
            }
            let holds = rule.when.holds(self.facts);
            trace.step(1, Asked::DomesticRule(question.requested, rule.index), Some(rule.cite), Finding::of(holds));
            if holds {
                own_rule(rule, through, trace, &mut self.grounds, &mut found);
            }
        }
        self.duties.extend(found.duties);
        self.time_limits.extend(found.time_limits);
        found.conditions
    }

    /// Whether a ground or a condition of the treaty asks for the same facts as a provision of a state's own law. A ground that
    /// the treaty leaves to the state does not: that law says what it makes of it.
    fn has_a_rule_on(&self, own: &Rule) -> bool {
        let asked = own.when.all;
        let mut rules = self.governing.rules(self.deciding.library, self.deciding.question.measure);
        !asked.is_empty()
            && rules.any(|(treaty, rule)| {
                let decides = rule.refuse.is_some_and(|(_, force)| force != Force::May) || rule.condition.is_some();
                let same = asked.without(rule.when.all).is_empty();
                decides && same && stands(self.deciding, self.governing, treaty, rule, &mut Silent).is_some()
            })
    }

    /// Weighs the grounds, bars and conditions of the special treaties on the same matter, each as it stands between
    /// the two.
    fn special(&mut self, through: CiteId, trace: &mut impl Trace) {
        let deciding = self.deciding;
        let measure = deciding.question.measure;
        for treaty in deciding.special.on(measure).iter().filter(|special| **special != self.governing.treaty) {
            let Ok(governing) = deciding.govern(*treaty) else { continue };
            let facts = deciding.facts_under(&governing, self.hold.as_ref());
            if governing.passed_over(deciding.library, deciding.memberships, deciding.question, facts).is_some() {
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
}
