//! The depositary: instruments by date, memberships on a day, entries into force.
//!
//! It knows the instruments that a run schedules (`adoption` says which follow from hazards and custom); what they
//! bring about is computed by `law`.

pub mod adoption;

use std::collections::{BTreeSet, VecDeque};

pub use adoption::{Adoption, Unfolded, unfold};

use crate::base::{Canonical, CiteId, Day, StateId, TreatyId};
use crate::law::{Act, Instrument, Library, Memberships};

/// What the depositary notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DepositaryRecord {
    /// An instrument was received.
    Deposited(Instrument),
    /// A treaty began to bind a state.
    EnteredIntoForce(TreatyId, StateId),
    /// A treaty ceased to bind a state.
    CeasedToBind(TreatyId, StateId),
    /// Practice had become general, and a rule of custom emerged.
    CustomEmerged(TreatyId),
    /// An offence of a state came into force: enacted to carry out what it consented to, or on a day of its own.
    Enacted(StateId, CiteId),
}

impl Canonical for DepositaryRecord {
    fn encode(&self, into: &mut Vec<u8>) {
        match self {
            Self::Deposited(instrument) => {
                into.push(0);
                instrument.encode(into);
            }
            Self::EnteredIntoForce(treaty, state) => {
                into.push(1);
                treaty.encode(into);
                state.encode(into);
            }
            Self::CeasedToBind(treaty, state) => {
                into.push(2);
                treaty.encode(into);
                state.encode(into);
            }
            Self::CustomEmerged(treaty) => {
                into.push(3);
                treaty.encode(into);
            }
            Self::Enacted(state, cite) => {
                into.push(4);
                state.encode(into);
                cite.encode(into);
            }
        }
    }
}

/// What the depositary gives for a day.
#[derive(Clone, Debug, Default)]
pub struct Deposits {
    /// Instruments received today, in order; every authority is told.
    pub instruments: Vec<Instrument>,
    /// What happened.
    pub records: Vec<DepositaryRecord>,
    /// The states whose law, or what binds them, changed today, in order.
    pub law_changed: Vec<StateId>,
}

/// The depositary of a run.
#[derive(Clone, Debug)]
pub struct Depositary {
    memberships: Memberships,
    scheduled: VecDeque<Instrument>,
    /// Days to come on which a state's law changes, or what binds it.
    changes: BTreeSet<(Day, StateId)>,
}

impl Depositary {
    /// A depositary on the eve of `first_day`: earlier instruments are history, later ones scheduled.
    #[must_use]
    pub fn new(library: &Library, instruments: &[Instrument], first_day: Day) -> Self {
        let mut sorted = instruments.to_vec();
        sorted.sort();
        let history = sorted.partition_point(|instrument| instrument.day < first_day);
        let memberships = Memberships::of(library, &sorted[..history]);
        let mut changes: BTreeSet<(Day, StateId)> = memberships.changes_after(first_day - 1).into_iter().collect();
        for (id, state) in library.state_ids().zip(library.states()) {
            changes.extend(state.changes().filter(|day| *day >= first_day).map(|day| (day, id)));
        }
        for day in library.days_of_texts().filter(|day| *day >= first_day) {
            changes.extend(library.state_ids().map(|id| (day, id)));
        }
        Self { memberships, scheduled: sorted[history..].iter().copied().collect(), changes }
    }

    /// The memberships as they stand.
    #[must_use]
    pub const fn memberships(&self) -> &Memberships {
        &self.memberships
    }

    /// The next day on which an instrument is due or the law changes.
    #[must_use]
    pub fn next_due(&self) -> Option<Day> {
        let instrument = self.scheduled.front().map(|instrument| instrument.day);
        instrument.into_iter().chain(self.changes.first().map(|(day, _)| *day)).min()
    }

    /// The day's instruments, and what began or ceased to bind today.
    pub fn day(&mut self, library: &Library, day: Day) -> Deposits {
        let mut deposits = Deposits::default();
        while let Some(instrument) = self.scheduled.pop_front_if(|instrument| instrument.day <= day) {
            self.memberships.deposit(library, &instrument);
            // A reservation is a change of law by itself, whenever the treaty began to bind.
            if matches!(instrument.act, Act::Reservation(_) | Act::ReservationWithdrawn(_)) {
                self.changes.insert((day, instrument.state));
            }
            if instrument.act == Act::Custom {
                let emerged = DepositaryRecord::CustomEmerged(instrument.treaty);
                if !deposits.records.contains(&emerged) {
                    deposits.records.push(emerged);
                }
            }
            deposits.instruments.push(instrument);
            deposits.records.push(DepositaryRecord::Deposited(instrument));
        }
        if !deposits.instruments.is_empty() {
            // What takes effect on the day of its deposit changes the law today.
            self.changes.extend(self.memberships.changes_after(day - 1));
        }
        let later = self.changes.split_off(&(day + 1, StateId(0)));
        let states = std::mem::replace(&mut self.changes, later).into_iter().map(|(_, state)| state);
        deposits.law_changed = states.collect::<BTreeSet<_>>().into_iter().collect();
        if !deposits.law_changed.is_empty() {
            self.note_changes(library, day, &mut deposits.records);
        }
        deposits
    }

    fn note_changes(&self, library: &Library, day: Day, records: &mut Vec<DepositaryRecord>) {
        use crate::law::Standing::{Former, Party};
        for treaty in (0..library.treaties().len()).filter_map(|index| u16::try_from(index).ok().map(TreatyId)) {
            for state in library.state_ids() {
                match self.memberships.standing(treaty, state, day) {
                    Party(since) if since == day => records.push(DepositaryRecord::EnteredIntoForce(treaty, state)),
                    Former(since) if since == day => records.push(DepositaryRecord::CeasedToBind(treaty, state)),
                    _ => {}
                }
            }
        }
        for state in library.state_ids() {
            let offences = library.state(state).offences.iter();
            let enacted = offences.filter(|offence| offence.from == Some(day));
            records.extend(enacted.map(|offence| DepositaryRecord::Enacted(state, offence.cite)));
        }
    }
}
