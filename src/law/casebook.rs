//! Decided questions, kept: a bounded memo in front of [`super::decide::decide`], which stays the only code that
//! decides.
//!
//! The law between two states changes on known days and on no others. Between two such days a question has one
//! answer, whatever its day, so that a key of the parties, the measure, the facts and three intervals finds it again.
//! Questions with a hold or with open facts are decided every time: their answers depend on the very day, or are rare.
//! Beside them stands whether a conduct is an offence, for the law of the same intervals.

use std::sync::Arc;

use super::decide::decide_traced;
use super::establish::punishable;
use super::fact::FactSet;
use super::library::Library;
use super::measure::Measure;
use super::membership::Memberships;
use super::opinion::Opinion;
use super::places::{Placed, Places};
use super::question::Question;
use super::state::State;
use super::trace::{Kept, Step};
use crate::base::{Day, StateId};

/// Enough for what one authority is asked within an interval, small enough for hundreds of authorities side by side.
const PLACES: usize = 1024;

/// What makes two questions one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    facts: FactSet,
    requesting: StateId,
    requested: StateId,
    /// Whether the person is a national of the one state or of the other: no third nationality is asked for.
    national_of: [bool; 2],
    measure: Measure,
    /// The intervals between changes of law of the day of the conduct, of the request and of the answer.
    intervals: [u32; 3],
    /// Which state of memberships.
    edition: u32,
}

/// Enough for the lines of a scenario and the states that one authority asks of: its own.
const OFFENCES: usize = 64;

/// What makes two questions whether a conduct is an offence one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Offence {
    conduct: FactSet,
    state: StateId,
    interval: u32,
    edition: u32,
}

impl Placed for Offence {
    fn words(&self) -> impl Iterator<Item = u64> {
        let [state, interval, edition] = [u32::from(self.state.0), self.interval, self.edition].map(u64::from);
        std::iter::once(state ^ interval << 16 ^ edition << 40).chain(self.conduct.0)
    }
}

impl Placed for Key {
    fn words(&self) -> impl Iterator<Item = u64> {
        let parties = u64::from(self.requesting.0) | u64::from(self.requested.0) << 16;
        let [national, of_other] = self.national_of.map(u64::from);
        let [conduct, request, answer] = self.intervals.map(u64::from);
        let asked = parties | (self.measure as u64) << 32 | national << 40 | of_other << 41;
        let answered = answer ^ u64::from(self.edition) << 12;
        [asked, conduct ^ (request << 20) ^ (answered << 40)].into_iter().chain(self.facts.0)
    }
}

/// A decided question.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The answer.
    pub opinion: Opinion,
    /// How it was reached.
    pub steps: Vec<Step>,
}

/// The memo of one library and one state of memberships.
#[derive(Clone, Debug, Default)]
pub struct Casebook {
    /// Every day on which the law between any two states may change; found when the first question comes.
    changes: Option<Vec<Day>>,
    /// The last three days looked up, with their intervals: most questions of a day share them.
    looked_up: [Option<(Day, u32)>; 3],
    /// How often everything was forgotten. What was kept before is not found again, and gives way: each time that a state
    /// joins a treaty all authorities forget, and to wipe all their places touches far more memory than is asked for again.
    edition: u32,
    kept: Places<Key, Arc<Decided>, PLACES>,
    /// Whether a conduct is an offence in a state, under the law of an interval.
    offences: Places<Offence, bool, OFFENCES>,
    /// The answer that is not kept.
    passing: Option<Arc<Decided>>,
}

impl Casebook {
    /// Forgets everything. Due whenever the memberships change.
    pub fn clear(&mut self) {
        self.changes = None;
        self.looked_up = [None; 3];
        self.edition += 1;
    }

    /// What [`super::decide::decide`] says, with its steps; decided once an interval.
    pub fn ask(&mut self, library: &Library, memberships: &Memberships, question: &Question) -> &Arc<Decided> {
        let open = !question.unknown.is_empty() || question.held_since.is_some() || question.follow_up_day.is_some();
        if open {
            return self.passing.insert(Arc::new(Decided::of(library, memberships, question)));
        }
        let key = self.key(library, memberships, question);
        self.kept.at(key, || Arc::new(Decided::of(library, memberships, question)))
    }

    /// Whether a conduct is an offence in a state on a day, as [`super::establish::punishable`] says; decided once an interval.
    pub fn is_offence(
        &mut self,
        library: &Library,
        memberships: &Memberships,
        (state, conduct, day): (StateId, FactSet, Day),
    ) -> bool {
        let interval = self.interval(library, memberships, day, 0);
        let key = Offence { conduct, state, interval, edition: self.edition };
        *self.offences.at(key, || punishable(library, state, library.facts.derive(conduct), day).is_some())
    }

    /// The number of the interval that a day lies in. Most questions of a day share theirs: the last one looked up for the
    /// same part of a question is kept.
    fn interval(&mut self, library: &Library, memberships: &Memberships, day: Day, part: usize) -> u32 {
        if let Some((_, interval)) = self.looked_up[part].filter(|(known, _)| *known == day) {
            return interval;
        }
        let changes = self.changes.get_or_insert_with(|| changes(library, memberships));
        let interval = u32::try_from(changes.partition_point(|change| *change <= day)).unwrap_or(u32::MAX);
        self.looked_up[part] = Some((day, interval));
        interval
    }

    fn key(&mut self, library: &Library, memberships: &Memberships, question: &Question) -> Key {
        let [conduct, request, answer] = [question.conduct_day, question.request_day, question.day];
        let intervals =
            [(conduct, 0), (request, 1), (answer, 2)].map(|(day, part)| self.interval(library, memberships, day, part));
        Key {
            facts: question.facts,
            requesting: question.requesting,
            requested: question.requested,
            national_of: [question.requesting, question.requested].map(|state| question.nationality == Some(state)),
            measure: question.measure,
            intervals,
            edition: self.edition,
        }
    }
}

impl Decided {
    pub(super) fn of(library: &Library, memberships: &Memberships, question: &Question) -> Self {
        let mut kept = Kept::default();
        let opinion = decide_traced(library, memberships, question, &mut kept);
        Self { opinion, steps: kept.0 }
    }
}

/// Every day on which an offence, a rule of a state's own law or a membership begins or ends.
fn changes(library: &Library, memberships: &Memberships) -> Vec<Day> {
    let mut days: Vec<Day> = library.states().iter().flat_map(State::changes).collect();
    days.extend(memberships.all_days());
    days.sort_unstable();
    days.dedup();
    days
}
