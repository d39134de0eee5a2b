//! What memberships say: where states stand, and on which days that changes.

use std::mem::discriminant;

use super::{Acts, Bound, Leaving, Memberships, Position, Standing};
use crate::base::{CiteId, Day, StateId, TreatyId};
use crate::law::library::Library;

impl Standing {
    /// The day from which it is bound, or will be; none where that is not certain, or it is bound no longer.
    #[must_use]
    pub const fn bound_from(self) -> Option<Day> {
        match self {
            Self::Party(from) => Some(from),
            Self::Consented(from) => from,
            Self::Outside | Self::Signed | Self::Former(_) => None,
        }
    }
}

impl Acts {
    /// From when it is bound, as far as that is certain on a day.
    fn bound_from(&self, day: Day) -> Option<Day> {
        self.in_force.filter(|_| self.certain_since.is_some_and(|since| since <= day))
    }
}

impl Memberships {
    /// Where a state stands towards a treaty on a day.
    #[must_use]
    pub fn standing(&self, treaty: TreatyId, state: StateId, day: Day) -> Standing {
        let acts = &self.acts[treaty.index()][state.index()];
        if let Some(leaving) = acts.leaving().filter(|leaving| leaving.takes_effect <= day) {
            // A consent taken back before the treaty bound the state leaves nothing that could have ended.
            let was_bound = acts.in_force.is_some_and(|from| from < leaving.takes_effect);
            return if was_bound { Standing::Former(leaving.takes_effect) } else { Standing::Outside };
        }
        match (acts.in_force, acts.consented, acts.signed) {
            (Some(from), ..) if from <= day => Standing::Party(from),
            (_, Some(consented), _) if consented <= day => Standing::Consented(acts.bound_from(day)),
            (_, _, Some(signed)) if signed <= day => Standing::Signed,
            _ => Standing::Outside,
        }
    }

    /// Whether the treaty binds both states on a day; if so, since when.
    #[must_use]
    pub fn in_force_between(&self, treaty: TreatyId, one: StateId, other: StateId, day: Day) -> Option<Day> {
        match (self.standing(treaty, one, day), self.standing(treaty, other, day)) {
            (Standing::Party(one), Standing::Party(other)) => Some(one.max(other)),
            _ => None,
        }
    }

    /// The day from which a treaty in force between two states will no longer bind both, or no longer does, as far
    /// as notices of denunciation received by `day` tell.
    #[must_use]
    pub fn leaving_between(&self, treaty: TreatyId, one: StateId, other: StateId, day: Day) -> Option<Day> {
        let leaving = |state| self.leaving(treaty, state).filter(|leaving| leaving.received <= day);
        [leaving(one), leaving(other)].into_iter().flatten().map(|leaving| leaving.takes_effect).min()
    }

    /// Whether a state signed a treaty: one that consented without having done so acceded.
    #[must_use]
    pub fn has_signed(&self, treaty: TreatyId, state: StateId) -> bool {
        self.acts[treaty.index()][state.index()].signed.is_some()
    }

    /// How a state leaves a treaty, or left it, by its latest notice.
    #[must_use]
    pub fn leaving(&self, treaty: TreatyId, state: StateId) -> Option<Leaving> {
        self.acts[treaty.index()][state.index()].leaving()
    }

    /// Whether a state is a Party to an amendment because it became one to the treaty as amended (VCLT 40(5)(a)).
    #[must_use]
    pub fn joined_as_amended(&self, amendment: TreatyId, state: StateId) -> bool {
        self.acts[amendment.index()][state.index()].as_amended
    }

    /// Whether a state's reservation to an article stands on a day.
    #[must_use]
    pub fn reserved(&self, treaty: TreatyId, state: StateId, article: CiteId, day: Day) -> bool {
        let reservations = &self.acts[treaty.index()][state.index()].reservations;
        reservations.iter().any(|reservation| reservation.article == article && reservation.stands(day))
    }

    /// How a treaty has bound a state, or will: the first time, and by its present consent.
    pub(in crate::law) fn bound(&self, treaty: TreatyId, state: StateId) -> impl Iterator<Item = Bound> {
        let acts = &self.acts[treaty.index()][state.index()];
        acts.earlier.clone().into_iter().chain(acts.bound())
    }

    /// What is to be seen of a state's standing on a day: of every other day only whether it has come.
    pub(in crate::law) fn position(&self, treaty: TreatyId, state: StateId, day: Day) -> Position {
        let acts = &self.acts[treaty.index()][state.index()];
        let leaving = acts.leaving().filter(|leaving| leaving.received <= day);
        let stands = |article: &CiteId| self.reserved(treaty, state, *article, day);
        Position {
            standing: discriminant(&self.standing(treaty, state, day)),
            has_begun: acts.bound_from(day).map(|from| from <= day),
            has_left: leaving.map(|leaving| leaving.takes_effect <= day),
            reserved: acts.reservations.iter().map(|reservation| reservation.article).filter(stands).collect(),
        }
    }

    /// The day of a treaty's first entry into force, once certain.
    #[must_use]
    pub fn first_in_force(&self, treaty: TreatyId) -> Option<Day> {
        self.first_in_force[treaty.index()]
    }

    /// The day from which a state is or will be bound by its present consent, whatever day it is now.
    #[must_use]
    pub fn in_force_from(&self, treaty: TreatyId, state: StateId) -> Option<Day> {
        self.acts[treaty.index()][state.index()].in_force
    }

    /// Whether a state's consent, given or not, is among those by which a treaty enters into force at all, as far as is known on
    /// a day: a later one takes effect by itself. Of a treaty whose first day is on record, it is known from the outset.
    #[must_use]
    pub fn is_among_first(&self, library: &Library, treaty: TreatyId, state: StateId, day: Day) -> bool {
        let acts = &self.acts[treaty.index()][state.index()];
        let is_known = |since: &Day| *since <= day || library.treaty(treaty).in_force.is_some();
        if self.certain_since[treaty.index()].as_ref().is_none_or(|since| !is_known(since)) {
            return true;
        }
        let came_later = self.certain_since[treaty.index()].zip(acts.consented).is_some_and(|(since, day)| day > since);
        acts.in_force == self.first_in_force[treaty.index()] && !came_later
    }

    /// How often what a state did, or what binds it, has changed: as long as this is the same, so are all answers about it.
    #[must_use]
    pub fn edition(&self, state: StateId) -> u32 {
        self.editions[state.index()]
    }

    /// Every day on which anything about a state's memberships begins or ends, or becomes certain, notices and signatures
    /// included; not sorted.
    pub(in crate::law) fn all_days(&self, state: StateId) -> impl Iterator<Item = Day> + '_ {
        self.acts.iter().map(move |acts| &acts[state.index()]).zip(&self.certain_since).flat_map(|(acts, certain)| {
            let reservations = acts.reservations.iter().flat_map(|kept| [Some(kept.from), kept.until]);
            let leaving = [acts.denounced, acts.ended_with_parent].into_iter().flatten();
            let left = leaving.flat_map(|leaving| [Some(leaving.received), Some(leaving.takes_effect)]);
            let first = certain.filter(|_| acts.signed.or(acts.consented).is_some());
            let begins = [acts.signed, acts.consented, acts.in_force, acts.certain_since, first];
            begins.into_iter().chain(left).chain(reservations).flatten()
        })
    }

    /// Every day after `after` on which a membership of a state begins or ends, with that state, in order: what a state's law
    /// says to others can change on these days, on those of its reservations and their withdrawal, and of its own law, and on
    /// no others.
    #[must_use]
    pub fn changes_after(&self, after: Day) -> Vec<(Day, StateId)> {
        let states = || (0_u16..).map(StateId);
        let effects = self.acts.iter().flat_map(|treaty| states().zip(treaty));
        let days = effects.flat_map(|(state, acts)| acts.effects().map(move |day| (day, state)));
        let mut days: Vec<(Day, StateId)> = days.filter(|(day, _)| *day > after).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Every day on which one state acts, or on which what it did begins or ceases to bind it.
    #[must_use]
    pub fn events_of(&self, state: StateId) -> Vec<Day> {
        let acts = self.acts.iter().map(|acts| &acts[state.index()]);
        let effects = acts.flat_map(Acts::effects);
        let done = self.history.iter().filter(|done| done.state == state).map(|done| done.day);
        effects.chain(done).collect()
    }
}
