//! Decided questions, kept: a bounded memo in front of [`super::decide::decide`], which stays the only code that
//! decides.
//!
//! What a state's law and memberships say changes on known days and on no others, and hangs on what it did and what binds
//! it. Between two such days of its parties a question has one answer, whatever its day, so that a key of the parties, the
//! measure, the facts, the intervals and the editions of their memberships finds it again. Whatever third states do, it stays.
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
    /// When it is of, in the law of the requesting and of the requested state.
    times: [Times; 2],
}

/// Which law of a state the days of a question meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Times {
    /// That of its memberships.
    edition: u32,
    /// The intervals between changes of its law of the day of the conduct, of the request and of the answer.
    intervals: [u32; 3],
}

/// Enough for the lines of a scenario and the states that one authority asks of: its own.
const OFFENCES: usize = 64;

/// What makes two questions whether a conduct is an offence one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Offence {
    conduct: FactSet,
    state: StateId,
    times: Times,
}

impl Placed for Offence {
    fn words(&self) -> impl Iterator<Item = u64> {
        [u64::from(self.state.0), self.times.word()].into_iter().chain(self.conduct.0)
    }
}

impl Placed for Key {
    fn words(&self) -> impl Iterator<Item = u64> {
        let parties = u64::from(self.requesting.0) | u64::from(self.requested.0) << 16;
        let [national, of_other] = self.national_of.map(u64::from);
        let asked = parties | (self.measure as u64) << 32 | national << 40 | of_other << 41;
        [asked, self.times[0].word(), self.times[1].word()].into_iter().chain(self.facts.0)
    }
}

impl Times {
    fn word(&self) -> u64 {
        let [conduct, request, answer] = self.intervals.map(u64::from);
        conduct ^ request << 16 ^ answer << 32 ^ u64::from(self.edition) << 48
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

/// The days on which a state's law or memberships change.
#[derive(Clone, Debug, Default)]
struct Changes {
    /// The edition of its memberships that they are of; none before the first question.
    edition: Option<u32>,
    /// In order.
    days: Vec<Day>,
}

/// The memo of one library and the memberships of one run.
#[derive(Clone, Debug, Default)]
pub struct Casebook {
    /// By state.
    changes: Vec<Changes>,
    kept: Places<Key, Arc<Decided>, PLACES>,
    /// Whether a conduct is an offence in a state, under the law of an interval.
    offences: Places<Offence, bool, OFFENCES>,
    /// The answer that is not kept.
    passing: Option<Arc<Decided>>,
}

impl Casebook {
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
        let times = self.times(library, memberships, state, [day; 3]);
        let key = Offence { conduct, state, times };
        *self.offences.at(key, || punishable(library, state, library.facts.derive(conduct), day).is_some())
    }

    /// Which law of a state these days meet.
    fn times(&mut self, library: &Library, memberships: &Memberships, state: StateId, days: [Day; 3]) -> Times {
        if self.changes.is_empty() {
            self.changes.resize_with(library.states().len(), Changes::default);
        }
        let edition = memberships.edition(state);
        let changes = &mut self.changes[state.index()];
        if changes.edition != Some(edition) {
            changes.edition = Some(edition);
            changes.days.clear();
            changes.days.extend(library.state(state).changes().chain(memberships.all_days(state)));
            changes.days.sort_unstable();
            changes.days.dedup();
        }
        let interval = |day| changes.days.partition_point(|change| *change <= day);
        Times { edition, intervals: days.map(|day| u32::try_from(interval(day)).unwrap_or(u32::MAX)) }
    }

    fn key(&mut self, library: &Library, memberships: &Memberships, question: &Question) -> Key {
        let days = [question.conduct_day, question.request_day, question.day];
        let parties = [question.requesting, question.requested];
        Key {
            facts: question.facts,
            requesting: question.requesting,
            requested: question.requested,
            national_of: parties.map(|state| question.nationality == Some(state)),
            measure: question.measure,
            times: parties.map(|state| self.times(library, memberships, state, days)),
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
