//! The special treaties between two states: those on extradition, and those on mutual assistance. Which of them a convention
//! lets in, or yields to, is said where that is weighed.

use super::governing::in_force;
use super::library::Library;
use super::list::List;
use super::measure::Measure;
use super::membership::Memberships;
use super::question::Question;
use crate::base::TreatyId;

/// The special treaties between two states on a day. Several may stand beside one another: all are weighed.
#[derive(Clone, Debug, Default)]
pub struct Special {
    /// On extradition.
    pub extradition: List<TreatyId>,
    /// On mutual assistance.
    pub assistance: List<TreatyId>,
}

impl Special {
    /// Those on the matter of a measure.
    #[must_use]
    pub fn on(&self, measure: Measure) -> &[TreatyId] {
        match measure {
            measure if measure.is_surrender() => &self.extradition,
            measure if measure.is_assistance() => &self.assistance,
            _ => &[],
        }
    }
}

/// The special treaties in force between the two states of a question.
#[must_use]
pub fn special_treaties(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    displaced: &[(TreatyId, TreatyId)],
) -> Special {
    let mut special = Special::default();
    for id in library.bearing.special() {
        if displaced.iter().any(|(other, _)| other == id) || !in_force(memberships, *id, question, question.day) {
            continue;
        }
        let treaty = library.treaty(*id);
        if treaty.on_extradition {
            special.extradition.push(*id);
        }
        if treaty.on_assistance {
            special.assistance.push(*id);
        }
    }
    special
}
