//! Requests that touch a state whose penal law is not entered. Whether the conduct is an offence there is not
//! known, so each possibility is tried: no offence, a grave one, a light one. If that turns the answer, the opinion
//! says so; if not, the answer stands whatever that law says.

use super::computed::Computed;
use super::establish::punishable;
use super::fact::FactSet;
use super::library::Library;
use super::opinion::Decision;
use super::question::Question;
use super::state::PenalLaw;
use crate::base::StateId;

/// Maximum penalties in months that are assumed in the two states; `None`: what the offences entered give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Assumed {
    /// In the requesting state.
    pub(super) there: Option<u16>,
    /// In the requested state.
    pub(super) here: Option<u16>,
}

impl Assumed {
    /// Nothing is assumed.
    pub(super) const NONE: Self = Self { there: None, here: None };
}

/// Above every threshold: the number that stands for life.
const GRAVE_MONTHS: u16 = 1200;
/// Below every threshold.
const LIGHT_MONTHS: u16 = 1;

/// What may be the law in a state, the most favourable to the request first; nothing where it is known.
fn possibilities(library: &Library, state: StateId, question: &Question) -> &'static [Option<u16>] {
    let known = library.state(state).penal_law == PenalLaw::Entered || {
        let conduct = library.facts.derive(question.facts);
        punishable(library, state, conduct, question.conduct_day).is_some()
    };
    if known { &[None] } else { &[Some(GRAVE_MONTHS), Some(LIGHT_MONTHS), None] }
}

/// Every possibility, if some of the law is open; the most favourable to the request first.
pub(super) fn open(library: &Library, question: &Question) -> Vec<Assumed> {
    let entered = |state| library.state(state).penal_law == PenalLaw::Entered;
    if entered(question.requesting) && entered(question.requested) {
        return Vec::new();
    }
    let there = possibilities(library, question.requesting, question);
    let here = possibilities(library, question.requested, question);
    there.iter().flat_map(|there| here.iter().map(|here| Assumed { there: *there, here: *here })).collect()
}

/// Which information turns the answer: the offence itself where an offence and none lead to different decisions,
/// the threshold where a grave and a light one do. Only possibilities that differ in one state are compared.
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
            if one.there == other.there {
                missing = missing.and(turning(one.here, other.here, Computed::PunishableHere));
            } else if one.here == other.here {
                missing = missing.and(turning(one.there, other.there, Computed::PunishableThere));
            }
        }
    }
    missing
}
