//! Memberships: what each state is bound by on a day, computed from the instruments deposited so far.

mod leaving;
mod standing;
mod supposing;

use std::collections::BTreeSet;
use std::mem::Discriminant;

use crate::base::{CiteId, Day, StateId, TreatyId};

use super::instrument::{Act, Instrument};
use super::joining::DateRule;
use super::library::Library;
use super::treaty::Treaty;

/// Where a state stands towards a treaty on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No act, or all undone.
    Outside,
    /// Signed only.
    Signed,
    /// Consented; in force for it from this day, if that is already certain.
    Consented(Option<Day>),
    /// Bound, since this day.
    Party(Day),
    /// No longer bound, since this day.
    Former(Day),
}

/// What a request in which everything happens on one day can see of where a state stands towards a treaty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    standing: Discriminant<Standing>,
    /// Whether the day has come from which its consent binds it, if that is certain.
    has_begun: Option<bool>,
    /// Whether the day has come on which it leaves, if its notice was received.
    has_left: Option<bool>,
    reserved: BTreeSet<CiteId>,
}

/// How a state leaves a treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Receipt of the notice of denunciation.
    pub received: Day,
    /// The day from which the treaty no longer binds it.
    pub takes_effect: Day,
    /// Whether the notice was one towards the parent, with which the protocol ends.
    pub with_parent: bool,
}

/// A reservation and the days on which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reservation {
    article: CiteId,
    from: Day,
    until: Option<Day>,
}

impl Reservation {
    fn stands(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Whom an entry into force may concern.
#[derive(Clone, Copy, Debug)]
enum Whom {
    Everybody,
    One(usize),
}

/// The acts of one state towards one treaty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Acts {
    signed: Option<Day>,
    consented: Option<Day>,
    /// Whether its consent was one to the parent, which it joined as amended by this treaty.
    as_amended: bool,
    in_force: Option<Day>,
    /// The day of the deposit, its own or another's, by which it became certain from when it is bound.
    certain_since: Option<Day>,
    /// Its own notice of denunciation.
    denounced: Option<Leaving>,
    /// Its notice towards the parent of a protocol that ends with it.
    ended_with_parent: Option<Leaving>,
    reservations: Vec<Reservation>,
    /// Where it left and came back: how it was bound the first time.
    earlier: Option<Bound>,
}

/// How a treaty bound a state: since when, and to what less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    /// From this day.
    pub from: Day,
    /// What it had reserved by then.
    pub reserved: Vec<CiteId>,
}

impl Acts {
    /// Before any instrument: nothing, but for a treaty between two states, which a library carries with its dates.
    fn at_first(treaty: &Treaty, state: StateId) -> Self {
        treaty.binds_from(state).map_or_else(Self::default, |day| Self {
            signed: treaty.signed,
            consented: Some(day),
            in_force: Some(day),
            certain_since: Some(day),
            ..Self::default()
        })
    }

    /// How it leaves: of its own notice and that towards the parent, the one that takes effect first.
    fn leaving(&self) -> Option<Leaving> {
        match (self.denounced, self.ended_with_parent) {
            (Some(own), Some(parent)) if parent.takes_effect < own.takes_effect => Some(parent),
            (own, with_parent) => own.or(with_parent),
        }
    }

    /// The days on which it begins and ceases to be bound.
    fn effects(&self) -> impl Iterator<Item = Day> {
        [self.in_force, self.leaving().map(|leaving| leaving.takes_effect)].into_iter().flatten()
    }

    /// How it is bound, or was until it left; nothing where it left before the treaty bound it.
    fn bound(&self) -> Option<Bound> {
        let from = self.in_force.filter(|from| !self.left_by(*from))?;
        let reserved = self.reservations.iter().filter(|reservation| reservation.stands(from));
        Some(Bound { from, reserved: reserved.map(|reservation| reservation.article).collect() })
    }

    /// Whether it has left by a day.
    fn left_by(&self, day: Day) -> bool {
        self.leaving().is_some_and(|leaving| leaving.takes_effect <= day)
    }
}

/// All memberships of a run, and their history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memberships {
    /// For each treaty, for each state.
    acts: Vec<Vec<Acts>>,
    /// For each treaty, the day of its first entry into force, once certain.
    first_in_force: Vec<Option<Day>>,
    /// For each treaty, the day of the deposit by which that became certain.
    certain_since: Vec<Option<Day>>,
    /// All instruments deposited, in that order.
    history: Vec<Instrument>,
    /// For each state, how often what it did, or what binds it, has changed.
    editions: Vec<u32>,
}

impl Memberships {
    /// Nobody bound by anything but treaties between two states, which a library carries with their dates.
    #[must_use]
    pub fn new(library: &Library) -> Self {
        let at_first = |treaty: &Treaty| library.state_ids().map(|state| Acts::at_first(treaty, state)).collect();
        Self {
            acts: library.treaties().iter().map(at_first).collect(),
            first_in_force: library.treaties().iter().map(|treaty| treaty.in_force).collect(),
            certain_since: library.treaties().iter().map(|treaty| treaty.in_force).collect(),
            history: Vec::new(),
            editions: vec![0; library.states().len()],
        }
    }

    /// The memberships that these instruments make, deposited in the order of their days.
    #[must_use]
    pub fn of(library: &Library, instruments: &[Instrument]) -> Self {
        let mut sorted = instruments.to_vec();
        sorted.sort();
        let mut memberships = Self::new(library);
        for instrument in &sorted {
            memberships.deposit(library, instrument);
        }
        memberships
    }

    /// The memberships as they would be with further instruments, each deposited on its own day. All entries into
    /// force are computed anew: a consent may be the one that a treaty still needed.
    #[must_use]
    pub fn with(&self, library: &Library, further: &[Instrument]) -> Self {
        Self::of(library, &[&self.history, further].concat())
    }

    /// Takes one instrument in. Instruments come in the order of their days. Entry into force is computed by
    /// the treaty's own rule, for this state and, when the first condition is met by it, for all that waited.
    pub fn deposit(&mut self, library: &Library, instrument: &Instrument) {
        self.history.push(*instrument);
        self.editions[instrument.state.index()] += 1;
        let treaty = instrument.treaty.index();
        let acts = &mut self.acts[treaty][instrument.state.index()];
        match instrument.act {
            Act::Signature => acts.signed = acts.signed.or(Some(instrument.day)),
            Act::Consent => self.consent(library, instrument),
            Act::Reservation(article) => {
                acts.reservations.push(Reservation { article, from: instrument.day, until: None });
            }
            Act::ReservationWithdrawn(article) => {
                for reservation in acts.reservations.iter_mut().filter(|reservation| reservation.article == article) {
                    reservation.until = reservation.until.or(Some(instrument.day));
                }
            }
            Act::Custom => {
                if acts.in_force.is_none() {
                    (acts.in_force, acts.certain_since) = (Some(instrument.day), Some(instrument.day));
                }
                self.first_in_force[treaty].get_or_insert(instrument.day);
                self.becomes_certain(instrument.treaty, instrument.day);
            }
            Act::Denunciation => self.denounce(library, instrument),
        }
    }

    /// A state consents to a treaty, and with that to the amendments which all its Parties have accepted.
    fn consent(&mut self, library: &Library, instrument: &Instrument) {
        let Instrument { day, treaty, state, .. } = *instrument;
        let acts = &mut self.acts[treaty.index()][state.index()];
        // Before a denunciation takes effect, consent takes it back (VCLT 68); afterwards it is a new one.
        if acts.left_by(day) {
            acts.earlier = acts.earlier.take().or_else(|| acts.bound());
            acts.in_force = None;
            acts.reservations.clear();
        }
        acts.denounced = None;
        acts.ended_with_parent = None;
        acts.consented = Some(day);
        acts.as_amended = false;
        self.end_with_parent(library, instrument);
        self.settle(library, treaty, day, Whom::One(state.index()));
        // Who becomes a Party to a treaty that has been amended is one to the treaty as amended (VCLT 40(5)(a)).
        for amendment in library.treaty_ids().filter(|one| library.treaty(*one).amends(treaty)) {
            let accepted = self.certain_since[amendment.index()].is_some_and(|since| since <= day);
            if accepted && !self.has_consented(amendment, state.index(), day) {
                self.consent(library, &Instrument { treaty: amendment, ..*instrument });
                self.acts[amendment.index()][state.index()].as_amended = true;
            }
        }
    }

    /// Computes what a consent of this day brings into force, in this treaty and in its protocols (a protocol
    /// accepted before its parent waits for it): for the state that consents, and where a treaty enters into force by
    /// it at all, for everybody who waited for that.
    fn settle(&mut self, library: &Library, treaty: TreatyId, day: Day, who: Whom) {
        let law = library.treaty(treaty);
        let known = self.first_in_force[treaty.index()];
        let first = match (law.applicable_from, law.joins) {
            // Whoever takes part by then is bound from that day, whoever joins in later from the day on which that
            // takes effect.
            (Some(applicable), _) => Some(applicable),
            (None, Some(rule)) => known.or_else(|| self.first_condition_met(library, treaty, rule, day)),
            (None, None) => return,
        };
        self.first_in_force[treaty.index()] = first;
        let enters = known.is_none() && first.is_some();
        if enters {
            self.becomes_certain(treaty, day);
        }
        let who = if enters { Whom::Everybody } else { who };
        if let Some(first) = first {
            let own = |consented| law.joins.map_or(consented, |rule| rule.takes_effect(consented)).max(first);
            // Of a treaty whose first day is on record, nobody knows when that became certain.
            let certain = self.certain_since[treaty.index()].filter(|_| law.in_force.is_none());
            let certain = certain.map_or(day, |since| since.max(day));
            let states = match who {
                Whom::Everybody => 0..self.acts[treaty.index()].len(),
                Whom::One(state) => state..state + 1,
            };
            for state in states {
                self.bind(treaty, law.parent, state, (certain, own));
            }
        }
        for protocol in library.treaty_ids().filter(|protocol| library.treaty(*protocol).parent == Some(treaty)) {
            self.settle(library, protocol, day, who);
        }
    }

    /// Notes the day by which it is certain that a treaty enters into force at all, if that is news. It is also to those whom it
    /// does not bind: their consent will be a later one.
    fn becomes_certain(&mut self, treaty: TreatyId, day: Day) {
        if self.certain_since[treaty.index()].is_none() {
            self.certain_since[treaty.index()] = Some(day);
            self.editions.iter_mut().for_each(|edition| *edition += 1);
        }
    }

    /// Binds a state that has consented and is not bound yet: from its own day, certain on another, and for a protocol not
    /// before the parent, nor where it has left that by then.
    fn bind(
        &mut self,
        treaty: TreatyId,
        parent: Option<TreatyId>,
        state: usize,
        (certain, own): (Day, impl Fn(Day) -> Day),
    ) {
        let acts = &self.acts[treaty.index()][state];
        let (Some(consented), None) = (acts.consented, acts.in_force) else { return };
        let own = own(consented);
        if acts.left_by(own) {
            return;
        }
        let parent_binds = |parent: TreatyId| {
            let parent = &self.acts[parent.index()][state];
            parent.in_force.filter(|from| !parent.left_by(own.max(*from)))
        };
        let in_force = parent.map_or(Some(own), |parent| parent_binds(parent).map(|from| from.max(own)));
        let with_parent = parent.and_then(|parent| self.acts[parent.index()][state].certain_since);
        let acts = &mut self.acts[treaty.index()][state];
        acts.in_force = in_force;
        acts.certain_since = in_force.map(|_| with_parent.map_or(certain, |since| since.max(certain)));
        self.editions[state] += u32::from(in_force.is_some());
    }

    /// The day of first entry into force, if the consents given by `day` meet the treaty's condition. Only
    /// states that are already bound by the parent count for a protocol.
    fn first_condition_met(&self, library: &Library, treaty: TreatyId, rule: DateRule, day: Day) -> Option<Day> {
        let law = library.treaty(treaty);
        let condition = law.first_in_force.as_ref()?;
        let consented: Vec<usize> = (0..library.states().len())
            .filter(|state| self.acts[treaty.index()][*state].consented.is_some_and(|consented| consented <= day))
            .filter(|state| !self.acts[treaty.index()][*state].left_by(day))
            .filter(|state| law.parent.is_none_or(|parent| self.has_consented(parent, *state, day)))
            .collect();
        let enough = |needed: u16, count: usize| count >= usize::from(needed);
        let groups_met = condition.of_which.iter().all(|(group, needed)| {
            enough(*needed, consented.iter().filter(|state| library.states()[**state].groups.contains(group)).count())
        });
        let accepted =
            !condition.all_parties || law.parent.is_some_and(|parent| self.all_parties(parent, &consented, day));
        (enough(condition.consents, consented.len()) && groups_met && accepted)
            .then(|| condition.rule.unwrap_or(rule).takes_effect(day))
    }

    /// Whether these states are all that have consented to a treaty and not left it by a day, and there are any.
    fn all_parties(&self, treaty: TreatyId, states: &[usize], day: Day) -> bool {
        let mut parties = (0..self.acts[treaty.index()].len()).filter(|state| self.has_consented(treaty, *state, day));
        !states.is_empty() && parties.all(|state| states.contains(&state))
    }

    fn has_consented(&self, treaty: TreatyId, state: usize, day: Day) -> bool {
        let acts = &self.acts[treaty.index()][state];
        acts.consented.is_some_and(|consented| consented <= day) && !acts.left_by(day)
    }
}
