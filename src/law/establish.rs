//! The facts that the law itself establishes for a request, from two states' laws, the treaties between them and dates: the
//! values of the facts listed in `computed`. Whether a special treaty is in force is added in `decide`, since it takes the
//! others to know.

use super::computed::Computed;
use super::decide::Deciding;
use super::fact::FactSet;
use super::governing::Governing;
use super::ground::GroundCode;
use super::hold::Hold;
use super::library::Library;
use super::measure::Measure;
use super::membership::Memberships;
use super::question::Question;
use super::state::DualCriminalityAt;
use crate::base::{CiteId, Day, StateId};

const MONTHS_A_YEAR: u16 = 12;

/// Computed facts on the maximum penalty, by years: at least so many there and here.
const YEARS: [(u16, Computed, Computed); 5] = [
    (1, Computed::OneYearThere, Computed::OneYearHere),
    (2, Computed::TwoYearsThere, Computed::TwoYearsHere),
    (3, Computed::ThreeYearsThere, Computed::ThreeYearsHere),
    (4, Computed::FourYearsThere, Computed::FourYearsHere),
    (5, Computed::FiveYearsThere, Computed::FiveYearsHere),
];

/// Whether both states of a question are members of the European Union on its day.
pub(super) fn both_in_union(library: &Library, memberships: &Memberships, question: &Question) -> bool {
    let Some(union) = library.fixed().union else { return false };
    memberships.in_force_between(union, question.requesting, question.requested, question.day).is_some()
}

impl Deciding<'_> {
    /// Computes every fact that does not depend on which treaty is looked at, nor on which are special.
    pub(super) fn establish(&mut self) {
        let question = self.question;
        let facts = &self.library.facts;
        let id = |computed| facts.computed(computed);
        let given = self.given;
        let requested = self.library.state(question.requested);
        let there = punishable(self.library, question.requesting, given, question.conduct_day);
        let here_now = punishable(self.library, question.requested, given, question.day);
        let here_then = if question.conduct_day == question.day {
            here_now
        } else {
            punishable(self.library, question.requested, given, question.conduct_day)
        };
        let here = match requested.dual_criminality_at {
            DualCriminalityAt::Conduct => here_then,
            DualCriminalityAt::Request => here_now,
            DualCriminalityAt::Receipt => punishable(self.library, question.requested, given, question.request_day),
        };
        let there = there.map(|(_, months)| months).or(self.assumed.there);
        let here = here.map(|(_, months)| months).or(self.assumed.here);
        let maxima = (there.unwrap_or(0), here.unwrap_or(0));
        self.maxima = maxima;
        let needs_dual = requested
            .rules
            .in_force(Measure::StoredData, question.day)
            .any(|rule| rule.refuse.is_some_and(|(code, _)| code == GroundCode::DualCriminalityMissing));
        let electronic = question.measure.is_electronic_evidence() || given.has(self.library.fixed().asked.electronic);
        let claims_nationals = self.library.state(question.requesting).claims_nationals(self.assumed.nationals);
        let needs_treaty = self.assumed.needs_treaty.or(requested.needs_treaty) == Some(true);
        let mut established = given
            .and_if(id(Computed::ElectronicEvidence), electronic)
            .and_if(id(Computed::OwnNational), question.nationality == Some(question.requested))
            .and_if(id(Computed::RequestingNational), question.nationality == Some(question.requesting))
            .and_if(id(Computed::PunishableThere), there.is_some())
            .and_if(id(Computed::PunishableHere), here.is_some())
            .and_if(id(Computed::PunishableOnlySince), here_now.is_some() && here_then.is_none())
            .and_if(id(Computed::OverOneYearHere), maxima.1 > MONTHS_A_YEAR)
            .and_if(id(Computed::OverOneYearThere), maxima.0 > MONTHS_A_YEAR)
            .and_if(id(Computed::NeedsTreaty), needs_treaty)
            .and_if(id(Computed::ClaimsNationals), claims_nationals)
            .and_if(id(Computed::BetweenUnionMembers), both_in_union(self.library, self.memberships, self.question))
            .and_if(id(Computed::HeldEarlier), question.held_since.is_some())
            .and_if(id(Computed::DisclosureNeedsDualCriminality), needs_dual);
        for (years, there, here) in YEARS {
            established = established
                .and_if(id(there), maxima.0 >= years * MONTHS_A_YEAR)
                .and_if(id(here), maxima.1 >= years * MONTHS_A_YEAR);
        }
        self.facts = facts.derive_by_law(established);
    }

    pub(super) fn has(&self, computed: Computed) -> bool {
        self.facts.has(self.library.facts.computed(computed))
    }

    /// The facts as they stand under one treaty.
    pub(super) fn facts_under(&self, governing: &Governing, hold: Option<&Hold>) -> FactSet {
        let library = self.library;
        let id = |computed| library.facts.computed(computed);
        let threshold = governing.threshold;
        let facts = self
            .facts
            .and_if(id(Computed::ListedOffence), !governing.listed.is_empty())
            .and_if(id(Computed::ReservedOffence), governing.listed.is_empty() && governing.reserved.is_some())
            .and_if(id(Computed::AcceptsAsBasis), governing.accepted_as_basis)
            .and_if(id(Computed::BoundWhenAsked), governing.ended)
            .and_if(id(Computed::FollowUpInTime), hold.is_some_and(|hold| hold.followed_up))
            .and_if(id(Computed::HoldLapsed), hold.is_some_and(|hold| hold.lapsed(self.question.day)))
            .and_if(
                id(Computed::MeetsThreshold),
                threshold.is_some_and(|t| t.reached(self.maxima.0) && t.reached(self.maxima.1)),
            );
        if facts == self.facts { facts } else { library.facts.derive_by_law(facts) }
    }
}

/// The offence with the highest maximum penalty that the conduct meets in a state on a day.
#[must_use]
pub fn punishable(library: &Library, state: StateId, conduct: FactSet, day: Day) -> Option<(CiteId, u16)> {
    library
        .state(state)
        .offences
        .iter()
        .filter(|offence| offence.in_force(day) && offence.pattern.holds(conduct))
        .map(|offence| (offence.cite, offence.maximum_months))
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
}
