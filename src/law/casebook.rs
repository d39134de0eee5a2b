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
use super::membership::Memberships;
use super::opinion::Opinion;
use super::places::{Placed, Places};
use super::question::Question;
use super::trace::{Kept, Step};
use crate::base::{Day, StateId};

/// Enough for what one authority is asked within an interval, small enough for hundreds of authorities side by side.
const PLACES: usize = 1024;

/// What makes two questions one, in whole words: most of the cost of an answer that is kept is to put this together and to
/// compare it.
#[derive(Clone, Copy, Debug)]
struct Key {
    facts: FactSet,
    /// Parties, measure, and whether the person is a national of the one state or of the other: no third nationality is
    /// asked for.
    asked: u64,
    /// When it is of, in the law of the requesting and of the requested state.
    times: [Times; 2],
}

/// Which law of a state the days of a question meet: the edition of its memberships and the interval of the day of the
/// conduct, and those of the request and of the answer.
#[derive(Clone, Copy, Debug, Default)]
struct Times([u64; 2]);

impl Key {
    const fn all(&self) -> [u64; 9] {
        let ([a, b, c, d], [one, other]) = (self.facts.0, self.times);
        [a, b, c, d, self.asked, one.0[0], one.0[1], other.0[0], other.0[1]]
    }
}

impl PartialEq for Key {
    /// All words at once, without a branch for each.
    fn eq(&self, other: &Self) -> bool {
        self.all().into_iter().zip(other.all()).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
    }
}

impl Eq for Key {}

impl Placed for Key {
    fn words(&self) -> impl Iterator<Item = u64> {
        let [a, b, c, d, asked, edition, request, of_other, request_of_other] = self.all();
        let times = edition ^ request.rotate_left(13) ^ of_other.rotate_left(29) ^ request_of_other.rotate_left(47);
        [a, b, c, d, asked, times].into_iter()
    }
}

/// Enough for the lines of a scenario and the one state that an authority asks of: its own.
const OFFENCES: usize = 64;

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
    /// The days that were looked up last, and what they meet: most questions of a day share them.
    looked_up: [Day; 3],
    intervals: [u32; 3],
    times: Times,
}

impl Changes {
    /// Which law these days meet, in an edition of a state's memberships.
    #[inline]
    fn times(&mut self, edition: u32, days: [Day; 3], all: impl FnOnce(&mut Vec<Day>)) -> Times {
        if self.edition != Some(edition) || self.looked_up != days {
            self.look_up(edition, days, all);
        }
        self.times
    }

    fn look_up(&mut self, edition: u32, days: [Day; 3], all: impl FnOnce(&mut Vec<Day>)) {
        let again = self.edition != Some(edition);
        if again {
            self.edition = Some(edition);
            self.days.clear();
            all(&mut self.days);
            self.days.sort_unstable();
            self.days.dedup();
        }
        for ((interval, known), day) in self.intervals.iter_mut().zip(self.looked_up).zip(days) {
            if again || known != day {
                let place = self.days.partition_point(|change| *change <= day);
                *interval = u32::try_from(place).unwrap_or(u32::MAX);
            }
        }
        self.looked_up = days;
        let [conduct, request, answer] = self.intervals.map(u64::from);
        self.times = Times([u64::from(edition) | conduct << 32, request | answer << 32]);
    }
}

/// The memo of one library and the memberships of one run.
#[derive(Clone, Debug, Default)]
pub struct Casebook {
    /// By state.
    changes: Vec<Changes>,
    kept: Places<Key, Arc<Decided>, PLACES>,
    /// Whether a conduct is an offence in a state, under the law of an interval.
    offences: Places<Key, bool, OFFENCES>,
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
        let key = Key { facts: conduct, asked: u64::from(state.0), times: [times, Times::default()] };
        *self.offences.at(key, || punishable(library, state, library.facts.derive(conduct), day).is_some())
    }

    /// Which law of a state these days meet.
    #[inline]
    fn times(&mut self, library: &Library, memberships: &Memberships, state: StateId, days: [Day; 3]) -> Times {
        if self.changes.is_empty() {
            self.changes.resize_with(library.states().len(), Changes::default);
        }
        self.changes[state.index()].times(memberships.edition(state), days, |all| {
            all.extend(
                library.state(state).changes().chain(memberships.all_days(state)).chain(library.days_of_texts()),
            );
        })
    }

    fn key(&mut self, library: &Library, memberships: &Memberships, question: &Question) -> Key {
        let days = [question.conduct_day, question.request_day, question.day];
        let parties = [question.requesting, question.requested];
        let [requesting, requested] = parties.map(|state| u64::from(state.0));
        let [national, of_other] = parties.map(|state| u64::from(question.nationality == Some(state)));
        Key {
            facts: question.facts,
            asked: requesting | requested << 16 | (question.measure as u64) << 32 | national << 40 | of_other << 41,
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
