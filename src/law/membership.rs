//! Memberships: what each state is bound by on a day, computed from the instruments deposited so far.

use crate::base::{CiteId, Day, StateId, TreatyId};

use super::instrument::{Act, Instrument};
use super::joining::DateRule;
use super::library::Library;

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

/// A reservation and the days on which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reservation {
    article: CiteId,
    from: Day,
    until: Option<Day>,
}

/// The acts of one state towards one treaty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Acts {
    signed: Option<Day>,
    consented: Option<Day>,
    in_force: Option<Day>,
    denounced: Option<Day>,
    out_of_force: Option<Day>,
    reservations: Vec<Reservation>,
}

/// All memberships of a run, and their history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memberships {
    /// For each treaty, for each state.
    acts: Vec<Vec<Acts>>,
    /// For each treaty, the day of its first entry into force, once certain.
    first_in_force: Vec<Option<Day>>,
    /// All instruments deposited, in that order.
    history: Vec<Instrument>,
}

impl Memberships {
    /// Nobody bound by anything but treaties between two states, which a library carries with their dates.
    #[must_use]
    pub fn new(library: &Library) -> Self {
        let mut memberships = Self {
            acts: vec![vec![Acts::default(); library.states().len()]; library.treaties().len()],
            first_in_force: library.treaties().iter().map(|treaty| treaty.in_force).collect(),
            history: Vec::new(),
        };
        for (acts, treaty) in memberships.acts.iter_mut().zip(library.treaties()) {
            if let (Some((one, other)), Some(day)) = (treaty.between, treaty.in_force) {
                for state in [one, other] {
                    acts[state.index()] =
                        Acts { signed: treaty.signed, consented: Some(day), in_force: Some(day), ..Acts::default() };
                }
            }
        }
        memberships
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
        let treaty = instrument.treaty.index();
        let acts = &mut self.acts[treaty][instrument.state.index()];
        match instrument.act {
            Act::Signature => acts.signed = acts.signed.or(Some(instrument.day)),
            Act::Consent => {
                // Before a denunciation takes effect, consent takes it back (VCLT 68); afterwards it is a new one.
                if acts.out_of_force.take().is_some_and(|out| out <= instrument.day) {
                    acts.in_force = None;
                    acts.reservations.clear();
                }
                acts.consented = Some(instrument.day);
                self.settle(library, instrument.treaty, instrument.day);
            }
            Act::Reservation(article) => {
                acts.reservations.push(Reservation { article, from: instrument.day, until: None });
            }
            Act::ReservationWithdrawn(article) => {
                for reservation in acts.reservations.iter_mut().filter(|reservation| reservation.article == article) {
                    reservation.until = reservation.until.or(Some(instrument.day));
                }
            }
            Act::Denunciation => {
                let rule = library.treaties()[treaty].leaves;
                acts.denounced = Some(instrument.day);
                acts.out_of_force = Some(rule.map_or(instrument.day, |rule| rule.takes_effect(instrument.day)));
            }
        }
    }

    /// Computes what a consent of this day brings into force, in this treaty and in its protocols (a protocol
    /// accepted before its parent waits for it).
    fn settle(&mut self, library: &Library, treaty: TreatyId, day: Day) {
        let law = library.treaty(treaty);
        match (law.applicable_from, law.joins) {
            (Some(applicable), _) => self.settle_applicable(library, treaty, applicable),
            (None, Some(rule)) => self.settle_by_consents(library, treaty, rule, day),
            (None, None) => return,
        }
        for (index, protocol) in library.treaties().iter().enumerate() {
            if protocol.parent == Some(treaty) {
                let protocol = TreatyId(u16::try_from(index).expect("a library has at most 65,535 treaties"));
                self.settle(library, protocol, day);
            }
        }
    }

    fn settle_by_consents(&mut self, library: &Library, treaty: TreatyId, rule: DateRule, day: Day) {
        let law = library.treaty(treaty);
        if self.first_in_force[treaty.index()].is_none() {
            self.first_in_force[treaty.index()] = self.first_condition_met(library, treaty, rule, day);
        }
        let Some(first) = self.first_in_force[treaty.index()] else { return };
        for state in 0..library.states().len() {
            let parent_from = law.parent.map(|parent| self.acts[parent.index()][state].in_force);
            let acts = &mut self.acts[treaty.index()][state];
            if let (Some(consented), None) = (acts.consented, acts.in_force) {
                let own = rule.takes_effect(consented).max(first);
                acts.in_force = parent_from.map_or(Some(own), |parent| parent.map(|parent| parent.max(own)));
            }
        }
    }

    /// An instrument that applies from a day of its own: whoever takes part by then is bound from that day, whoever
    /// joins in later from the day on which that takes effect.
    fn settle_applicable(&mut self, library: &Library, treaty: TreatyId, applicable: Day) {
        let law = library.treaty(treaty);
        self.first_in_force[treaty.index()] = Some(applicable);
        for state in 0..library.states().len() {
            let parent_from = law.parent.map(|parent| self.acts[parent.index()][state].in_force);
            let acts = &mut self.acts[treaty.index()][state];
            if let (Some(consented), None) = (acts.consented, acts.in_force) {
                let own = law.joins.map_or(consented, |rule| rule.takes_effect(consented)).max(applicable);
                acts.in_force = parent_from.map_or(Some(own), |parent| parent.map(|parent| parent.max(own)));
            }
        }
    }

    /// The day of first entry into force, if the consents given by `day` meet the treaty's condition. Only
    /// states that are already bound by the parent count for a protocol.
    fn first_condition_met(&self, library: &Library, treaty: TreatyId, rule: DateRule, day: Day) -> Option<Day> {
        let law = library.treaty(treaty);
        let condition = law.first_in_force.as_ref()?;
        let consented: Vec<usize> = (0..library.states().len())
            .filter(|state| self.acts[treaty.index()][*state].consented.is_some_and(|consented| consented <= day))
            .filter(|state| law.parent.is_none_or(|parent| self.acts[parent.index()][*state].consented.is_some()))
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
        let bound = |acts: &Acts| {
            acts.consented.is_some_and(|consented| consented <= day) && acts.out_of_force.is_none_or(|out| day < out)
        };
        let mut outstanding = self.acts[treaty.index()].iter().enumerate().filter(|(_, acts)| bound(acts));
        !states.is_empty() && outstanding.all(|(state, _)| states.contains(&state))
    }

    /// Where a state stands towards a treaty on a day.
    #[must_use]
    pub fn standing(&self, treaty: TreatyId, state: StateId, day: Day) -> Standing {
        let acts = &self.acts[treaty.index()][state.index()];
        if let Some(out) = acts.out_of_force.filter(|out| *out <= day) {
            return Standing::Former(out);
        }
        match (acts.in_force, acts.consented, acts.signed) {
            (Some(from), ..) if from <= day => Standing::Party(from),
            (from, Some(consented), _) if consented <= day => Standing::Consented(from),
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
        let leaving = |state: StateId| {
            let acts = &self.acts[treaty.index()][state.index()];
            acts.out_of_force.filter(|_| acts.denounced.is_some_and(|received| received <= day))
        };
        [leaving(one), leaving(other)].into_iter().flatten().min()
    }

    /// Whether a state's reservation to an article stands on a day.
    #[must_use]
    pub fn reserved(&self, treaty: TreatyId, state: StateId, article: CiteId, day: Day) -> bool {
        self.acts[treaty.index()][state.index()].reservations.iter().any(|reservation| {
            reservation.article == article
                && reservation.from <= day
                && reservation.until.is_none_or(|until| day < until)
        })
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

    /// Every day on which anything about any membership begins or ends, notices and signatures included; not sorted.
    pub(super) fn all_days(&self) -> impl Iterator<Item = Day> + '_ {
        self.acts.iter().flatten().flat_map(|acts| {
            let reservations = acts.reservations.iter().flat_map(|kept| [Some(kept.from), kept.until]);
            let own = [acts.signed, acts.consented, acts.in_force, acts.denounced, acts.out_of_force];
            own.into_iter().chain(reservations).flatten()
        })
    }

    /// Every day after `after` on which some membership begins or ends, in order: the law between two states
    /// can change on these days and on no others.
    #[must_use]
    pub fn changes_after(&self, after: Day) -> Vec<Day> {
        let mut days: Vec<Day> = self
            .acts
            .iter()
            .flatten()
            .flat_map(|acts| [acts.in_force, acts.out_of_force])
            .flatten()
            .filter(|day| *day > after)
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Every day on which one state acts, or on which what it did begins or ceases to bind it.
    #[must_use]
    pub fn events_of(&self, state: StateId) -> Vec<Day> {
        let acts = self.acts.iter().map(|acts| &acts[state.index()]);
        let effects = acts.flat_map(|acts| [acts.in_force, acts.out_of_force]).flatten();
        let done = self.history.iter().filter(|done| done.state == state).map(|done| done.day);
        effects.chain(done).collect()
    }
}
