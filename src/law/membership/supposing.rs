//! What one further instrument would make of memberships, without all of them computed anew: most of what is supposed
//! concerns one state, since the treaty binds others already.

use super::{Acts, Memberships};
use crate::base::{Day, StateId, TreatyId};
use crate::law::instrument::{Act, Instrument};
use crate::law::library::Library;
use crate::law::treaty::Treaty;

impl Memberships {
    /// What holds under the memberships as they would be with a further instrument, deposited on its own day; see
    /// [`Memberships::with`]. They are afterwards what they were.
    pub(in crate::law) fn supposing<T>(
        &mut self,
        library: &Library,
        further: Option<Instrument>,
        then: impl FnOnce(&Self) -> T,
    ) -> T {
        let Some(further) = further else { return then(self) };
        if !self.concerns_one(library, &further) {
            return then(&self.with(library, &[further]));
        }
        let (done, edition) = (self.history.len(), self.editions[further.state.index()]);
        let kept = self.replayed(library, &further);
        debug_assert!(self.same_acts(&self.as_of(library, done, &further)), "supposed and computed anew: {further:?}");
        let outcome = then(self);
        self.history.truncate(done);
        self.editions[further.state.index()] = edition;
        self.replace(further.state, kept);
        outcome
    }

    /// Whether an instrument changes nothing for other states: no treaty would enter into force by it that has not, nor
    /// earlier than it did. Two things make the order count in which it all was done: a denunciation that came before the
    /// treaty was in force, and an amendment that waits for all parties.
    fn concerns_one(&self, library: &Library, further: &Instrument) -> bool {
        let own = |done: &&Instrument| done.state == further.state;
        if self.history.iter().filter(own).chain([further]).any(|done| done.act == Act::Denunciation) {
            return false;
        }
        let waits = |(treaty, first): (&Treaty, &Option<Day>)| {
            first.is_none() && treaty.first_in_force.as_ref().is_some_and(|condition| condition.all_parties)
        };
        if library.treaties().iter().zip(&self.first_in_force).any(waits) {
            return false;
        }
        let certain = |treaty: TreatyId| self.certain_since[treaty.index()].is_some_and(|since| since <= further.day);
        let protocols = |treaty: TreatyId| {
            library.treaty_ids().filter(move |protocol| library.treaty(*protocol).parent == Some(treaty))
        };
        match further.act {
            Act::Signature | Act::Reservation(_) | Act::ReservationWithdrawn(_) => true,
            Act::Consent => {
                let mut under: Vec<TreatyId> = vec![further.treaty];
                let mut next = 0;
                while let Some(treaty) = under.get(next) {
                    under.extend(protocols(*treaty));
                    next += 1;
                }
                under.into_iter().all(certain)
            }
            Act::Custom | Act::Denunciation => false,
        }
    }

    /// Makes what one state did anew, with a further instrument. The acts that it had.
    fn replayed(&mut self, library: &Library, further: &Instrument) -> Vec<Acts> {
        let own = || self.history.iter().filter(|done| done.state == further.state);
        // Where nothing came after it, it is deposited on top of the rest.
        if own().all(|done| done <= further) {
            let kept = self.acts.iter().map(|treaty| treaty[further.state.index()].clone()).collect();
            self.deposit(library, further);
            return kept;
        }
        let mut instruments: Vec<Instrument> = own().chain([further]).copied().collect();
        instruments.sort();
        let fresh = library.treaties().iter().map(|treaty| Acts::at_first(treaty, further.state)).collect();
        let kept = self.replace(further.state, fresh);
        for instrument in &instruments {
            self.deposit(library, instrument);
        }
        kept
    }

    /// Gives a state other acts, one for each treaty. Those that it had.
    fn replace(&mut self, state: StateId, acts: Vec<Acts>) -> Vec<Acts> {
        let places = self.acts.iter_mut().map(|treaty| &mut treaty[state.index()]);
        places.zip(acts).map(|(place, acts)| std::mem::replace(place, acts)).collect()
    }

    fn as_of(&self, library: &Library, done: usize, further: &Instrument) -> Self {
        Self::of(library, &[&self.history[..done], &[*further]].concat())
    }

    fn same_acts(&self, other: &Self) -> bool {
        self.acts == other.acts && self.first_in_force == other.first_in_force
    }
}
