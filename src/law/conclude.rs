//! From grounds, conditions and duties to an opinion: what follows from the weighing of a treaty, and the steps that a
//! state's own law takes in the same way. What counts for or against a request is found in `weigh` and `domestic`.

use std::mem::take;

use super::computed::Computed;
use super::decide::Deciding;
use super::domestic::settle_conditions;
use super::ground::{Force, GroundCode};
use super::hold::is_hold;
use super::list::List;
use super::measure::Measure;
use super::opinion::{Decision, Duty, DutyKind, Ground, Opinion};
use super::rule::DutyRule;
use super::time_limit::TimeLimit;
use super::trace::{Asked, Finding, Trace};
use super::weigh::Weighing;
use crate::base::CiteId;

impl Weighing<'_, '_> {
    /// The opinion where the treaty does not apply to the request at all.
    pub(super) fn pass_over(self, article: CiteId, trace: &mut impl Trace) -> Opinion {
        let mut opinion = Opinion::bare(Decision::NoTreatyDuty);
        opinion.grounds.push(Ground::must(GroundCode::NoTreaty, article));
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
        // Outside the scope nothing was asked for under the treaty, and it leaves no duty over; where no article carries the
        // request, nothing that would go with a grant.
        let owes = |duty: &DutyRule| self.in_scope && is_owed(&self.grounds, duty) && (self.carried || !duty.always);
        opinion.duties = duties_owed(&self.duties, owes);
        let owed = self.duty_limits.iter().filter(|(duty, _)| owes(duty));
        let times_owed: List<TimeLimit> = owed.map(|(_, limit)| *limit).collect();
        turn_to_prosecution(self.deciding, &mut opinion);
        if opinion.decision == Decision::ProsecuteInstead {
            opinion.bases.extend(self.governing.protocol_bases());
        }
        if opinion.decision == Decision::Refuse && !self.stopped_by_law_let_in() {
            opinion.bases.clear();
        }
        // Who prosecutes instead hands nobody over: under no condition, and within no time.
        let refuses =
            matches!(opinion.decision, Decision::Refuse | Decision::ProsecuteInstead | Decision::NoTreatyDuty);
        let gives = self.carried && !refuses;
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
        let of_treaty = |day| self.deciding.library.treaty_day(day);
        if self.in_scope {
            opinion.out_of_force_from = self.governing.out_of_force.filter(|_| self.carried).map(of_treaty);
        } else {
            opinion.in_force_from = self.deciding.coming(self.governing).map(of_treaty);
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
        let surrender = self.deciding.question.measure == Measure::Extradition;
        let no_basis = surrender && self.deciding.has(Computed::NeedsTreaty);
        if !refused {
            opinion.decision = if no_basis { Decision::Refuse } else { Decision::NoTreatyDuty };
            opinion.conditions.clear();
        }
        if self.deciding.question.measure == Measure::Prosecution {
            opinion.bases.extend(self.first_basis.filter(|_| !refused));
            return;
        }
        // Where the treaty offers itself as a basis and is not taken as one, that article is what is missing (ETS 185, Art. 24(3)).
        let not_taken = self.basis_if_accepted.filter(|_| no_basis);
        let cite = not_taken.or(self.first_basis).unwrap_or_else(|| self.deciding.library.fixed().third_states);
        opinion.grounds.push(Ground::must(GroundCode::NoTreaty, cite));
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
            opinion.grounds.push(Ground::must(code, cite));
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
        // A treaty that does not reach a request forbids nobody to help with it all the same. An order to a provider past
        // its State needs a basis, and so does surrender where the law of the requested State wants a treaty for it.
        if !self.in_scope {
            let measure = self.deciding.question.measure;
            let helps = measure.is_assistance() && !measure.is_put_to_provider() || measure == Measure::Prosecution;
            let surrenders = measure == Measure::Extradition && !self.deciding.has(Computed::NeedsTreaty);
            return if helps || surrenders { Decision::NoTreatyDuty } else { Decision::Refuse };
        }
        decision_on(&self.grounds, conditions)
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

/// The decision to which grounds, those that bind first, lead; without any, whether conditions stand decides.
pub(super) fn decision_on(grounds: &[Ground], conditions: bool) -> Decision {
    match grounds.first().map(|ground| ground.force) {
        Some(Force::Must) => Decision::Refuse,
        Some(Force::May) => Decision::MayRefuse,
        Some(Force::Postpone) => Decision::Postpone,
        None if conditions => Decision::GrantCond,
        None => Decision::Grant,
    }
}

/// Those duties that are owed.
pub(super) fn duties_owed(duties: &[(DutyRule, CiteId)], owes: impl Fn(&DutyRule) -> bool) -> List<Duty> {
    let owed = duties.iter().filter(|(rule, _)| owes(rule));
    owed.map(|(rule, cite)| Duty { kind: rule.kind, cite: *cite, on_request: rule.on_request }).collect()
}

/// Whether a refusal on these grounds leaves a duty over. What is owed after any ground is owed after a postponement too
/// (ETS 185, Art. 27(6) and (7)). A State that must refuse refuses for what binds it: that it might have refused on another
/// ground as well takes nothing from the duty.
pub(super) fn is_owed(grounds: &[Ground], rule: &DutyRule) -> bool {
    let must = grounds.iter().any(|ground| ground.force == Force::Must);
    let force = if must { Force::Must } else { Force::May };
    let mut refusing = grounds.iter().filter(|ground| ground.force == force).peekable();
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
