//! Law taken as enacted because treaties oblige to it: for States whose penal law nobody entered.
//!
//! An assumption, and marked as one wherever a result rests on it. Deliberately absent: any guess at what such a
//! State punishes without being obliged to, or does not punish although it is.

use super::library::Library;
use super::membership::{Bound, Memberships};
use super::state::{DomesticOffence, PenalLaw, State};
use super::treaty::ListedOffence;
use crate::base::{StateId, TreatyId};

/// The maximum penalty that is taken for offences nobody looked up, unless a scenario takes another: four years, with
/// which the Palermo Convention calls a crime serious (UNTOC, Art. 2(b)), and above the thresholds of surrender of
/// every treaty here.
pub const USUAL_MONTHS_TAKEN: u16 = 48;

impl Library {
    /// Takes it that these States punish what the treaties that bind them oblige them to punish, each offence from the
    /// day on which its treaty first binds them, and nothing else. An offence that a State reserved is not among them; one
    /// of a treaty that it left later stays in its law. The maximum penalty of each is [`Library::months_taken`]. Of other
    /// memberships it is taken anew.
    pub fn take_as_enacted(&mut self, memberships: &Memberships) {
        let is_taken = |law: &State| law.penal_law_is_taken || law.penal_law != PenalLaw::Entered;
        let states = self.state_ids().filter(|state| is_taken(self.state(*state)));
        for state in states.collect::<Vec<_>>() {
            let obliged = self.obliged(memberships, state);
            let law = &mut self.states[state.index()];
            law.offences.retain(|offence| !offence.is_taken);
            law.offences.extend(obliged);
            law.penal_law = PenalLaw::Entered;
            law.penal_law_is_taken = true;
        }
    }

    /// Whether the penal law of some State is taken so.
    #[must_use]
    pub fn takes_penal_law(&self) -> bool {
        self.states().iter().any(|state| state.penal_law_is_taken)
    }

    fn obliged(&self, memberships: &Memberships, state: StateId) -> Vec<DomesticOffence> {
        let mut obliged = Vec::new();
        let punishing = (0_u16..).map(TreatyId).zip(&self.treaties).filter(|(_, law)| law.obliges_to_punish);
        for (treaty, law) in punishing {
            let bound: Vec<Bound> = memberships.bound(treaty, state).collect();
            let since = |offence: &ListedOffence| {
                let reserved =
                    |bound: &&Bound| offence.reservable.iter().any(|article| bound.reserved.contains(article));
                bound.iter().find(|bound| !reserved(bound)).map(|bound| bound.from)
            };
            let offences = law.offences.iter().filter_map(|offence| Some((offence, since(offence)?)));
            obliged.extend(offences.map(|(offence, from)| DomesticOffence {
                name: offence.name.clone(),
                cite: offence.cite,
                pattern: offence.pattern,
                maximum_months: self.months_taken,
                from: Some(from),
                until: None,
                carries_out: Vec::new(),
                awaits_treaty: false,
                is_taken: true,
            }));
        }
        obliged
    }
}
