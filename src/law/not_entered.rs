//! Requests that touch a state whose law is not entered in full. Whether the conduct is an offence there is not known, so
//! each possibility is tried: no offence, a grave one, a light one; nor, it may be, whether its law needs a treaty for
//! surrender, or claims its nationals abroad, so both are. If that turns the answer, the opinion says so; if not, the answer
//! stands whatever that law says.

use super::computed::Computed;
use super::establish::punishable;
use super::fact::FactSet;
use super::library::Library;
use super::measure::Measure;
use super::opinion::Decision;
use super::question::Question;
use crate::base::StateId;

/// What is assumed of the two states' laws. Of maximum penalties in months `None` stands for what the offences entered give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Assumed {
    /// The maximum penalty in the requesting state.
    pub(super) there: Option<u16>,
    /// The maximum penalty in the requested state.
    pub(super) here: Option<u16>,
    /// Whether the requested state needs a treaty for extradition; `None`: what is entered.
    pub(super) needs_treaty: Option<bool>,
    /// Whether the requesting state claims its nationals abroad; `None`: what is entered.
    pub(super) nationals: Option<bool>,
}

impl Assumed {
    /// Nothing is assumed.
    pub(super) const NONE: Self = Self { there: None, here: None, needs_treaty: None, nationals: None };

    /// The same where the answer does not turn: a claim that nobody entered is then no basis of it.
    pub(super) fn without_claim(self) -> Self {
        Self { nationals: self.nationals.map(|_| false), ..self }
    }
}

/// Above every threshold: the number that stands for life.
const GRAVE_MONTHS: u16 = 1200;
/// Below every threshold.
const LIGHT_MONTHS: u16 = 1;

/// What may be the law in a state, the most favourable to the request first; nothing where it is known.
fn possibilities(library: &Library, state: StateId, question: &Question) -> &'static [Option<u16>] {
    let known = library.state(state).punishes_as_entered(question.possible_facts()) || {
        let conduct = library.facts.derive(question.facts);
        punishable(library, state, conduct, question.conduct_day).is_some()
    };
    if known { &[None] } else { &[Some(GRAVE_MONTHS), Some(LIGHT_MONTHS), None] }
}

/// Whether the requested state may need a treaty, the more favourable first; nothing where it is known, taken or not asked.
fn needs(library: &Library, question: &Question) -> &'static [Option<bool>] {
    let not_known = library.state(question.requested).needs_treaty.is_none() && !library.treaty_need_is_taken;
    if not_known && question.measure == Measure::Extradition { &[Some(false), Some(true)] } else { &[None] }
}

/// Whether the requesting state may claim its nationals abroad, the more favourable first; nothing where it is known or not
/// asked.
fn claims(library: &Library, question: &Question) -> &'static [Option<bool>] {
    let of_national = question.measure == Measure::TrialAtHome && question.nationality == Some(question.requesting);
    let entered = library.state(question.requesting).jurisdiction_is_entered;
    if of_national && !entered { &[Some(true), Some(false)] } else { &[None] }
}

/// Every possibility, if some of the law is open; the most favourable to the request first.
pub(super) fn open(library: &Library, question: &Question) -> Vec<Assumed> {
    let entered = |state| library.state(state).punishes_as_entered(question.possible_facts());
    let (needs, claims) = (needs(library, question), claims(library, question));
    if entered(question.requesting) && entered(question.requested) && needs.len() == 1 && claims.len() == 1 {
        return Vec::new();
    }
    let there = possibilities(library, question.requesting, question);
    let here = possibilities(library, question.requested, question);
    let penalties = there.iter().flat_map(|there| here.iter().map(|here| (*there, *here)));
    let beside = needs.iter().flat_map(|needs| claims.iter().map(|claims| (*needs, *claims)));
    let with = |(there, here)| {
        beside.clone().map(move |(needs_treaty, nationals)| Assumed { there, here, needs_treaty, nationals })
    };
    penalties.flat_map(with).collect()
}

/// Which information turns the answer: the offence itself where an offence and none lead to different decisions,
/// the threshold where a grave and a light one do, the need of a treaty or a claim over nationals where that does. Only possibilities that differ in
/// one thing are compared.
pub(super) fn missing(library: &Library, tried: &[(Assumed, Decision)]) -> FactSet {
    let id = |computed| library.facts.computed(computed);
    let turning = |one: Option<u16>, other: Option<u16>, offence: Computed| {
        let light_or_grave = one.is_some() && other.is_some();
        id(if light_or_grave { Computed::MeetsThreshold } else { offence })
    };
    let mut missing = FactSet::NONE;
    for (index, (one, decided)) in tried.iter().enumerate() {
        for (other, otherwise) in &tried[index + 1..] {
            if decided == otherwise {
                continue;
            }
            let same_penalties = (one.there, one.here) == (other.there, other.here);
            if one.nationals != other.nationals {
                missing = missing.and_if(id(Computed::ClaimsNationals), same_penalties);
            } else if one.needs_treaty != other.needs_treaty {
                // What no treaty reaches is a matter of domestic law or comity whether or not that needs one.
                let reached = *decided != Decision::NoTreatyDuty && *otherwise != Decision::NoTreatyDuty;
                missing = missing.and_if(id(Computed::NeedsTreaty), same_penalties && reached);
            } else if one.there == other.there {
                missing = missing.and(turning(one.here, other.here, Computed::PunishableHere));
            } else if one.here == other.here {
                missing = missing.and(turning(one.there, other.there, Computed::PunishableThere));
            }
        }
    }
    missing
}
