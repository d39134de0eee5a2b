//! Whether a treaty is owed between two states, and whether it applies to a request at all or passes it over: by a condition of
//! its own, or because the act was done, or the request received, before the day from which it counts. And whether one that is
//! not in force between the two would reach the request.

use super::computed::Computed;
use super::decide::Deciding;
use super::establish::both_in_union;
use super::fact::FactSet;
use super::governing;
use super::library::Library;
use super::membership::Memberships;
use super::question::Question;
use super::rule::{Carries, Rule};
use super::waiting::NotGoverning;
use crate::base::{CiteId, Day, TreatyId};

/// Since when a treaty is owed between the two, on which day it is looked at, and by which article it is owed although one of
/// the two left: over an offence committed before, where the person or the data were held before, or where it was asked before.
pub(super) fn owed(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    treaty: TreatyId,
) -> Option<(Day, Day, Option<CiteId>)> {
    let law = library.treaty(treaty);
    let on = |day| {
        let since = memberships.in_force_between(treaty, question.requesting, question.requested, day);
        since.map(|since| (since, day))
    };
    let saved = |article: Option<CiteId>, day: Option<Day>| {
        let (article, (since, then)) = article.zip(day.and_then(on))?;
        Some((since, then, Some(article)))
    };
    let now = on(question.day).map(|(since, day)| (since, day, None));
    let by_conduct = || saved(law.owed_after_leaving, Some(question.conduct_day));
    let by_hold = || saved(law.owed_where_held, question.held_since);
    now.or_else(by_conduct).or_else(by_hold).or_else(|| saved(law.owed_where_received, Some(question.request_day)))
}

/// The article by which a treaty passes a request over, if one does. What depends on a reservation or a declaration counts
/// where that stands on `day`.
pub(super) fn passed_over(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    treaty: TreatyId,
    facts: FactSet,
    day: Day,
) -> Option<CiteId> {
    let stated = |state, rule: &Rule| memberships.reserved(treaty, state, rule.cite, day);
    let stands = |rule: &Rule| {
        let (by_requested, by_requesting) = (stated(question.requested, rule), stated(question.requesting, rule));
        let either = by_requested || by_requesting;
        let declared = by_requested || rule.reciprocal_by.is_some() && by_requesting;
        !(rule.only_if_reserved && !either || rule.only_if_declared && !declared || rule.unless_reserved && either)
    };
    let received_in_force = || {
        let Question { requesting, requested, request_day, .. } = *question;
        memberships.in_force_between(treaty, requesting, requested, request_day).is_some()
    };
    let closes = |rule: &Rule| {
        let outside = rule.applies.is_some_and(|applies| !applies.holds(facts));
        outside
            || rule.acts_from.is_some_and(|from| question.conduct_day < from)
            || rule.requests_from.is_some_and(|from| question.request_day < from)
            || rule.requests_in_force && !received_in_force()
    };
    let mut rules = library.treaty(treaty).rules.in_force_for(question.measure, day, question.request_day);
    rules.find(|rule| closes(rule) && stands(rule)).map(|rule| rule.cite)
}

/// Whether a treaty applies to nothing between the two, whatever is asked: an agreement of the members of the Union with a third
/// State, between two of them.
#[must_use]
pub fn applies_to_nothing(library: &Library, memberships: &Memberships, question: &Question, treaty: TreatyId) -> bool {
    let among_members = library.facts.computed(Computed::BetweenUnionMembers);
    both_in_union(library, memberships, question) && library.treaty(treaty).applies_never_where(among_members)
}

impl Deciding<'_> {
    /// Whether a protocol is read into a treaty as that was, or will be, in force between the two.
    fn stands_with(&self, standing: NotGoverning, protocol: TreatyId) -> bool {
        let binds_both = match standing.in_force_on() {
            Some(day) => governing::in_force(self.memberships, protocol, self.question, day),
            None => NotGoverning::of(self.library, self.memberships, self.question, protocol).is_told_of(),
        };
        binds_both && self.library.treaty(protocol).extends.is_some()
    }

    /// Whether a treaty that is not in force between the two would carry the request if it were.
    pub(super) fn would_carry(&self, treaty: TreatyId) -> bool {
        let law = self.library.treaty(treaty);
        let id = |computed| self.library.facts.computed(computed);
        let standing = NotGoverning::of(self.library, self.memberships, self.question, treaty);
        let protocols =
            self.library.bearing.protocols(treaty).iter().filter(|protocol| self.stands_with(standing, **protocol));
        let offences =
            law.offences.iter().chain(protocols.flat_map(|protocol| &self.library.treaty(*protocol).offences));
        let listed = offences.into_iter().any(|offence| offence.pattern.holds(self.facts));
        let accepts = self.library.state(self.question.requested).accepts_as_basis.contains(&treaty);
        let facts =
            self.facts.and_if(id(Computed::ListedOffence), listed).and_if(id(Computed::AcceptsAsBasis), accepts);
        let facts = self.library.facts.derive_by_law(facts);
        let mut rules = law.rules.in_force_for(self.question.measure, self.question.day, self.question.request_day);
        let reaches = |rule: &Rule| [rule.applies, rule.covers].iter().flatten().all(|asks| asks.holds(facts));
        let carries = |rule: &Rule| rule.carries.is_some_and(|carries| carries != Carries::InPart);
        rules.clone().all(reaches) && rules.any(|rule| carries(rule) && rule.when.holds(facts))
    }
}
