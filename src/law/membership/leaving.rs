//! How states leave: notices of denunciation, made and taken back, and what becomes of protocols and amendments.

use super::{Leaving, Memberships};
use crate::base::{Day, TreatyId};
use crate::law::instrument::Instrument;
use crate::law::library::Library;

impl Memberships {
    /// A notice of denunciation. As long as it is not certain that the treaty enters into force at all, nobody is bound and
    /// there is nothing to denounce: the notice takes the consent back at once, and it counts no more towards the first entry
    /// into force (VCLT 2(1)(g), 54). An amendment in force is part of its treaty and not left alone (VCLT 44(1)).
    pub(super) fn denounce(&mut self, library: &Library, instrument: &Instrument) {
        let Instrument { day, treaty, state, .. } = *instrument;
        let law = library.treaty(treaty);
        let is_certain = self.certain_since[treaty.index()].is_some_and(|since| since <= day);
        if is_certain && law.is_amendment() {
            return;
        }
        let takes_effect = if is_certain { law.leaves.takes_effect(day) } else { day };
        self.acts[treaty.index()][state.index()].denounced =
            Some(Leaving { received: day, takes_effect, with_parent: false });
        self.end_with_parent(library, instrument);
        self.never_binds(library, treaty, state.index(), day);
    }

    /// Hands a state's denunciation of a treaty, made or taken back, on to the protocols that end with it, and to
    /// itself where it is such a protocol. What had ended by the day of the instrument stays ended.
    pub(super) fn end_with_parent(&mut self, library: &Library, instrument: &Instrument) {
        let Instrument { day, treaty, state, .. } = *instrument;
        for (protocol, law) in library.treaties().iter().enumerate() {
            let Some(parent) = law.parent.filter(|_| law.ends_with_parent.is_some()) else { continue };
            if parent != treaty && protocol != treaty.index() {
                continue;
            }
            let of_parent = self.acts[parent.index()][state.index()].leaving();
            let acts = &mut self.acts[protocol][state.index()];
            if acts.consented.is_some() && !acts.left_by(day) {
                let ahead = of_parent.filter(|leaving| leaving.takes_effect > day);
                acts.ended_with_parent = ahead.map(|leaving| Leaving { with_parent: true, ..leaving });
            }
        }
    }

    /// Protocols that were to begin to bind a state on the day on which it leaves the parent, or later, never do: whichever of
    /// the two instruments came first. A notice taken back binds it as if there had been none (see `bind`).
    fn never_binds(&mut self, library: &Library, parent: TreatyId, state: usize, day: Day) {
        for protocol in library.treaty_ids().filter(|protocol| library.treaty(*protocol).parent == Some(parent)) {
            let above = &self.acts[parent.index()][state];
            let waits = |from: &Day| *from > day && (above.in_force.is_none() || above.left_by(*from));
            if self.acts[protocol.index()][state].in_force.as_ref().is_some_and(waits) {
                self.acts[protocol.index()][state].in_force = None;
                self.never_binds(library, protocol, state, day);
            }
        }
    }
}
