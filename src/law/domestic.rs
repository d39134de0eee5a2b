//! What a state's own law gives where no treaty carries a request, or where none is needed.

use super::best::better;
use super::computed::Computed;
use super::conclude::{decision_on, duties_owed, is_owed, sort_grounds, turn_to_prosecution};
use super::decide::Deciding;
use super::establish::punishable;
use super::fact::FactSet;
use super::governing;
use super::ground::{Force, GroundCode};
use super::list::List;
use super::measure::Measure;
use super::opinion::{Condition, Decision, Ground, Opinion};
use super::rule::{Carries, DutyRule, Rule};
use super::state::Jurisdiction;
use super::time_limit::TimeLimit;
use super::trace::{Asked, Finding, Trace};
use super::waiting::Waiting;
use crate::base::{CiteId, StateId};

/// What the treaties gave before domestic law is looked at.
#[derive(Clone, Copy)]
pub(super) struct Tried {
    /// Some treaty that carries the measure is in force between the two.
    pub(super) bound: bool,
    /// The request lies within the scope of one: what that treaty refuses, domestic law does not give instead.
    pub(super) covered: bool,
}

/// What a state's own rules on co-operation add to a weighing.
#[derive(Default)]
pub(super) struct OwnRules {
    /// Conditions, with the provisions that set them.
    pub(super) conditions: List<(Condition, CiteId)>,
    /// Provisions that carry the measure by themselves.
    pub(super) carrying: List<(Carries, CiteId)>,
    /// What these ask for.
    pub(super) carried_for: FactSet,
    /// Duties after a refusal.
    pub(super) duties: List<(DutyRule, CiteId)>,
    /// Times that they set.
    pub(super) time_limits: List<TimeLimit>,
}

/// Adds the grounds of a state's own rules on co-operation; gives back what else they do.
pub(super) fn own_rules(
    deciding: &Deciding,
    state: StateId,
    facts: FactSet,
    through: Option<CiteId>,
    trace: &mut impl Trace,
    grounds: &mut List<Ground>,
) -> OwnRules {
    let mut found = OwnRules::default();
    let question = deciding.question;
    for rule in deciding.library.state(state).rules.in_force(question.measure, question.day_of_own_law()) {
        let holds = rule.when.holds(facts);
        trace.step(1, Asked::DomesticRule(state, rule.index), Some(rule.cite), Finding::of(holds));
        if holds {
            own_rule(rule, through, trace, grounds, &mut found);
        }
    }
    found
}

/// Adds the grounds of one such rule that holds, and what else it does.
pub(super) fn own_rule(
    rule: &Rule,
    through: Option<CiteId>,
    trace: &mut impl Trace,
    grounds: &mut List<Ground>,
    found: &mut OwnRules,
) {
    if let Some((code, force)) = rule.refuse {
        trace.step(2, Asked::Ground(code), Some(rule.cite), Finding::Open(force));
        grounds.push(Ground { code, cite: rule.cite, force, through });
    }
    found.conditions.extend(rule.condition.map(|condition| (condition, rule.cite)));
    if let Some(carries) = rule.carries {
        found.carrying.push((carries, rule.cite));
        found.carried_for = found.carried_for.with(rule.when.all).with(rule.when.any);
    }
    found.duties.extend(rule.duty.map(|duty| (duty, rule.cite)));
    found.time_limits.extend(rule.time_limits.iter().copied());
}

/// Splits conditions into those that stand and the grounds of those whose assurance is refused.
pub(super) fn settle_conditions(
    deciding: &Deciding,
    conditions: List<(Condition, CiteId)>,
    through: Option<CiteId>,
    grounds: &mut List<Ground>,
) -> List<Condition> {
    let refused = deciding.facts.has(deciding.library.fixed().asked.assurance_refused);
    let mut standing = List::new();
    for (condition, cite) in conditions {
        match condition.otherwise.filter(|_| refused) {
            Some(code) => grounds.push(Ground { code, cite, force: Force::Must, through }),
            None => standing.push(condition),
        }
    }
    standing
}

impl Deciding<'_> {
    /// What the requested state's own law gives where no treaty carries the request, and what it gives without
    /// any request.
    pub(super) fn by_domestic_law(&self, tried: Tried, waiting: &Waiting, trace: &mut impl Trace) -> Option<Opinion> {
        let question = self.question;
        let state = self.library.state(question.requested);
        let surrender = question.measure == Measure::Extradition;
        let free = surrender && state.needs_treaty == Some(false);
        let silent = surrender && state.needs_treaty.is_none();
        let mut rules = state.rules.in_force(question.measure, question.day_of_own_law());
        let carried = rules.any(|rule| rule.carries.is_some());
        if carried && let Some(opinion) = self.carried_at_home(tried, trace) {
            return Some(opinion);
        }
        if tried.covered {
            return None;
        }
        if tried.bound && !free {
            // Beside treaties that do not reach the request, one on its way that does is worth knowing of.
            let waiting = waiting.on_their_way(|treaty| self.would_carry(treaty));
            let coming = (!waiting.is_empty()).then(|| self.without_treaty(&waiting));
            return if silent { self.barred_beside(coming, trace) } else { coming };
        }
        if free {
            trace.step(0, Asked::DomesticBasis(question.requested), None, Finding::Yes);
            return Some(self.surrender_without_treaty(trace));
        }
        if !silent {
            trace.step(0, Asked::DomesticBasis(question.requested), None, Finding::No);
            return Some(self.without_treaty(waiting));
        }
        let mut opinion = self.without_treaty(waiting);
        self.barred_at_home(&mut opinion, trace);
        Some(opinion)
    }

    /// The same beside treaties that do not reach the request, and beside what is coming.
    fn barred_beside(&self, coming: Option<Opinion>, trace: &mut impl Trace) -> Option<Opinion> {
        let mut own = Opinion::bare(Decision::NoTreatyDuty);
        self.barred_at_home(&mut own, trace);
        if own.grounds.is_empty() {
            return coming;
        }
        Some(better(coming, own))
    }

    /// Where it is not known whether the requested state's law needs a treaty, a provision of it that stands against
    /// surrender in any case still refuses.
    fn barred_at_home(&self, opinion: &mut Opinion, trace: &mut impl Trace) {
        let mut grounds = List::new();
        let found = own_rules(self, self.question.requested, self.facts, None, trace, &mut grounds);
        grounds.retain(|ground| ground.force == Force::Must);
        if grounds.is_empty() {
            return;
        }
        opinion.decision = Decision::Refuse;
        opinion.grounds.extend(grounds);
        sort_grounds(&mut opinion.grounds);
        opinion.duties = duties_owed(&found.duties, |duty| is_owed(&opinion.grounds, duty));
        turn_to_prosecution(self, opinion);
    }

    /// The answer where no treaty in force carries the request, nor the requested state's own law: one on its way, if
    /// there is one; else those in force that do not know the measure; else none at all.
    fn without_treaty(&self, waiting: &Waiting) -> Opinion {
        let surrender = self.question.measure == Measure::Extradition;
        let needs_treaty = surrender && self.has(Computed::NeedsTreaty);
        let mut opinion = Opinion::bare(if needs_treaty { Decision::Refuse } else { Decision::NoTreatyDuty });
        // What does not reach the request would not turn the answer either.
        let reaching = waiting.reaching(|treaty| self.would_carry(treaty));
        opinion.in_force_from = reaching.from().map(|from| self.library.treaty_day(from));
        opinion.out_of_force_from = reaching.left().map(|left| self.library.treaty_day(left));
        if waiting.is_empty() {
            let silent = governing::silent(self.library, self.memberships, self.question);
            opinion
                .grounds
                .extend(silent.iter().map(|id| Ground::must(GroundCode::Scope, self.library.treaty(*id).whole)));
        }
        if opinion.grounds.is_empty() {
            let code = if waiting.is_empty() { GroundCode::NoTreaty } else { GroundCode::NotInForce };
            let waited_for = if reaching.is_empty() { waiting } else { &reaching };
            opinion.grounds.push(Ground::must(code, waited_for.cite(self.library)));
        }
        opinion
    }

    /// Surrender on the strength of domestic law, and of an assurance of reciprocity where that law asks for one.
    fn surrender_without_treaty(&self, trace: &mut impl Trace) -> Opinion {
        let fixed = self.library.fixed();
        let mut grounds = List::new();
        if !(self.has(Computed::PunishableHere) && self.has(Computed::PunishableThere)) {
            let code = GroundCode::DualCriminalityMissing;
            grounds.push(Ground::must(code, fixed.domestic_law));
        }
        let found = own_rules(self, self.question.requested, self.facts, None, trace, &mut grounds);
        let mut conditions = settle_conditions(self, found.conditions, None, &mut grounds);
        if self.library.state(self.question.requested).asks_reciprocity {
            conditions.insert(0, Condition { words: fixed.reciprocity, otherwise: None });
        }
        let bases = List::from_slice(&[fixed.domestic_law]);
        self.on_own_law(grounds, conditions, bases, &found.duties, found.time_limits)
    }

    /// What provisions of the requested state's own law carry: without any request in any case, on a request
    /// only where no treaty covers it.
    fn carried_at_home(&self, tried: Tried, trace: &mut impl Trace) -> Option<Opinion> {
        let fixed = self.library.fixed();
        let mut grounds = List::new();
        let found = own_rules(self, self.question.requested, self.facts, None, trace, &mut grounds);
        let law = if self.question.measure == Measure::VoluntaryDisclosure {
            fixed.providers_law
        } else {
            fixed.domestic_law
        };
        let alone = found.carrying.iter().any(|(carries, _)| *carries == Carries::WithoutRequest);
        if !alone && (tried.covered || found.carrying.is_empty()) {
            return None;
        }
        trace.step(0, Asked::DomesticBasis(self.question.requested), None, Finding::Yes);
        let conditions = settle_conditions(self, found.conditions, None, &mut grounds);
        let bases = std::iter::once(law).chain(found.carrying.iter().map(|(_, cite)| *cite)).collect();
        let mut opinion = self.on_own_law(grounds, conditions, bases, &found.duties, found.time_limits);
        if alone && matches!(opinion.decision, Decision::Grant | Decision::GrantCond | Decision::MayRefuse) {
            opinion.decision = Decision::NoRequest;
        }
        Some(opinion)
    }

    fn on_own_law(
        &self,
        mut grounds: List<Ground>,
        conditions: List<Condition>,
        bases: List<CiteId>,
        duties: &[(DutyRule, CiteId)],
        time_limits: List<TimeLimit>,
    ) -> Opinion {
        sort_grounds(&mut grounds);
        let mut opinion = Opinion::bare(decision_on(&grounds, !conditions.is_empty()));
        if opinion.decision != Decision::Refuse {
            opinion.bases = bases;
            opinion.conditions = conditions;
            opinion.time_limits = time_limits;
        }
        opinion.grounds = grounds;
        opinion.duties = duties_owed(duties, |duty| is_owed(&opinion.grounds, duty));
        turn_to_prosecution(self, &mut opinion);
        opinion
    }

    /// The requesting state's own jurisdiction: an offence of its law, and a claim on which it may try it (ETS
    /// 185, Art. 22). The requested state is not asked for anything.
    pub(super) fn trial_at_home(&self, trace: &mut impl Trace) -> Opinion {
        let fixed = self.library.fixed();
        let home = self.question.requesting;
        let mut grounds = List::new();
        if !self.has(Computed::PunishableThere) {
            let since = punishable(self.library, home, self.given, self.question.day);
            let code = since.map_or(GroundCode::DualCriminalityMissing, |_| GroundCode::NonRetroactivity);
            grounds.push(Ground::must(code, fixed.domestic_law));
        }
        let found = own_rules(self, home, self.facts, None, trace, &mut grounds);
        let mut bases = self.claims(home, &found, trace);
        bases.extend(found.carrying.iter().map(|(_, cite)| *cite));
        if bases.is_empty() {
            let code = GroundCode::OwnJurisdiction;
            grounds.push(Ground::must(code, fixed.domestic_law));
        } else {
            bases.extend(self.jurisdiction_by_treaty(trace));
        }
        let conditions = settle_conditions(self, found.conditions, None, &mut grounds);
        let mut opinion = self.on_own_law(grounds, conditions, bases, &found.duties, found.time_limits);
        if matches!(opinion.decision, Decision::Grant | Decision::GrantCond) {
            opinion.decision = Decision::NoRequest;
        }
        opinion
    }

    /// The claims of jurisdiction that hold, as the state has them; that over nationals also where it is supposed, or made for
    /// some offences by a provision of its own.
    fn claims(&self, home: StateId, found: &OwnRules, trace: &mut impl Trace) -> List<CiteId> {
        let (fixed, state) = (self.library.fixed(), self.library.state(home));
        let over_nationals = self.has(Computed::ClaimsNationals) || self.rests_on_nationality(found);
        let beside = over_nationals && !state.jurisdiction.contains(&Jurisdiction::Nationals);
        let mut bases = List::new();
        for claim in state.jurisdiction.iter().chain(beside.then_some(&Jurisdiction::Nationals)) {
            let (holds, cite) = match claim {
                Jurisdiction::Territory => (self.given.has(fixed.asked.committed_in_requesting), fixed.territorial),
                Jurisdiction::Effects => (self.given.has(fixed.asked.effects_in_requesting), fixed.effects),
                Jurisdiction::Nationals => (self.has(Computed::RequestingNational), fixed.active_nationality),
            };
            trace.step(0, Asked::Claim(home, *claim), Some(cite), Finding::of(holds));
            bases.extend(holds.then_some(cite));
        }
        bases
    }

    /// Whether a provision carries a trial because the person is a national: a claim over nationals, for its offences alone.
    fn rests_on_nationality(&self, found: &OwnRules) -> bool {
        let national = self.library.facts.computed(Computed::RequestingNational);
        let asked = |fact| self.library.facts.rests_on(fact).has(national);
        self.facts.has(national) && found.carried_for.iter().any(asked)
    }

    /// Articles of treaties between the two that oblige to have, or allow, the jurisdiction that is used.
    fn jurisdiction_by_treaty(&self, trace: &mut impl Trace) -> List<CiteId> {
        let mut articles = List::new();
        for treaty in super::governing::carrying(self.library, Measure::TrialAtHome) {
            let Ok(governing) = self.govern(treaty) else { continue };
            let facts = self.facts_under(&governing, None);
            let listed = !governing.listed.is_empty();
            for (treaty, rule) in governing.rules(self.library, Measure::TrialAtHome) {
                let holds = listed && rule.carries.is_some() && rule.when.holds(facts);
                trace.step(1, Asked::Rule(treaty, rule.index), Some(rule.cite), Finding::of(holds));
                articles.extend(holds.then_some(rule.cite));
            }
        }
        articles
    }
}
