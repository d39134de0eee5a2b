//! Law taken as enacted because treaties oblige to it: for States whose penal law nobody entered.
//!
//! An assumption, and marked as one wherever a result rests on it. Deliberately absent: any guess at what such a
//! State punishes without being obliged to, or does not punish although it is.

use super::library::Library;
use super::membership::Memberships;
use super::state::{DomesticOffence, PenalLaw};
use crate::base::{StateId, TreatyId};

/// The maximum penalty that is taken for offences nobody looked up, unless a scenario takes another: four years, with
/// which the Palermo Convention calls a crime serious (UNTOC, Art. 2(b)), and above the thresholds of surrender of
/// every treaty here.
pub const USUAL_MONTHS_TAKEN: u16 = 48;

impl Library {
    /// Takes it that these States punish what the treaties that bind them oblige them to punish, each offence from the
    /// day on which its treaty binds them, and nothing else. An offence that a State reserved is not among them; one
    /// of a treaty that it left later stays in its law. The maximum penalty of each is [`Library::months_taken`].
    pub fn take_as_enacted(&mut self, memberships: &Memberships) {
        let entered = |library: &Self, state| library.state(state).penal_law == PenalLaw::Entered;
        let states = self.state_ids().filter(|state| !entered(self, *state));
        for state in states.collect::<Vec<_>>() {
            let obliged = self.obliged(memberships, state);
            let law = &mut self.states[state.index()];
            law.offences.extend(obliged);
            law.penal_law = PenalLaw::Entered;
            law.penal_law_is_taken = true;
        }
    }

    fn obliged(&self, memberships: &Memberships, state: StateId) -> Vec<DomesticOffence> {
        let mut obliged = Vec::new();
        let punishing = (0_u16..).map(TreatyId).zip(&self.treaties).filter(|(_, law)| law.obliges_to_punish);
        for (treaty, law) in punishing {
            let Some(from) = memberships.in_force_from(treaty, state) else { continue };
            let offences = law.offences.iter().filter(|offence| {
                !offence.reservable.iter().any(|article| memberships.reserved(treaty, state, *article, from))
            });
            obliged.extend(offences.map(|offence| DomesticOffence {
                name: offence.name.clone(),
                cite: offence.cite,
                pattern: offence.pattern,
                maximum_months: self.months_taken,
                from: Some(from),
                until: None,
                carries_out: Vec::new(),
                awaits_treaty: false,
            }));
        }
        obliged
    }
}
