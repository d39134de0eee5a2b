//! Decided questions, kept: a bounded memo in front of [`super::decide::decide`], which stays the only code that
//! decides.
//!
//! The law between two states changes on known days and on no others. Between two such days a question has one
//! answer, whatever its day, so that a key of the parties, the measure, the facts and three intervals finds it again.
//! Questions with a hold or with open facts are decided every time: their answers depend on the very day, or are rare.

use std::sync::Arc;

use super::decide::decide_traced;
use super::fact::FactSet;
use super::library::Library;
use super::measure::Measure;
use super::membership::Memberships;
use super::opinion::{Opinion, Question};
use super::trace::{Kept, Step};
use crate::base::{Day, StateId};

/// Places of the table: enough for what one authority is asked within an interval, small enough for hundreds of
/// authorities side by side. Two questions that meet in one place take turns.
const PLACES: usize = 512;

/// What makes two questions one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    facts: FactSet,
    requesting: StateId,
    requested: StateId,
    nationality: Option<StateId>,
    measure: Measure,
    /// The intervals between changes of law of the day of the conduct, of the request and of the answer.
    intervals: [u32; 3],
}

impl Key {
    fn place(&self) -> usize {
        let parties = u64::from(self.requesting.0) | u64::from(self.requested.0) << 16;
        let nationality = self.nationality.map_or(u64::MAX, |state| u64::from(state.0));
        let [conduct, request, answer] = self.intervals.map(u64::from);
        let words =
            [parties | (self.measure as u64) << 32, nationality ^ (conduct << 20) ^ (request << 32) ^ (answer << 44)];
        let mixed = words
            .into_iter()
            .chain(self.facts.0)
            .fold(0_u64, |mixed, word| (mixed.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let place = (mixed >> 40) as usize;
        place % PLACES
    }
}

/// A decided question.
#[derive(Clone, Debug)]
pub struct Decided {
    key: Option<Key>,
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
    places: Vec<Option<Arc<Decided>>>,
    /// The answer that is not kept.
    passing: Option<Arc<Decided>>,
}

impl Casebook {
    /// Forgets everything. Due whenever the memberships change.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What [`super::decide::decide`] says, with its steps; decided once an interval.
    pub fn ask(&mut self, library: &Library, memberships: &Memberships, question: &Question) -> &Arc<Decided> {
        let open = !question.unknown.is_empty() || question.held_since.is_some() || question.follow_up_day.is_some();
        if open {
            return self.passing.insert(Arc::new(decided(library, memberships, question, None)));
        }
        let key = self.key(library, memberships, question);
        if self.places.is_empty() {
            self.places.resize_with(PLACES, || None);
        }
        let place = &mut self.places[key.place()];
        if place.as_ref().is_none_or(|kept| kept.key != Some(key)) {
            *place = None;
        }
        place.get_or_insert_with(|| Arc::new(decided(library, memberships, question, Some(key))))
    }

    fn key(&mut self, library: &Library, memberships: &Memberships, question: &Question) -> Key {
        let changes = self.changes.get_or_insert_with(|| changes(library, memberships));
        let days = [question.conduct_day, question.request_day, question.day];
        let mut intervals = [0; 3];
        for ((interval, day), looked_up) in intervals.iter_mut().zip(days).zip(&mut self.looked_up) {
            *interval = match *looked_up {
                Some((known, interval)) if known == day => interval,
                _ => u32::try_from(changes.partition_point(|change| *change <= day)).unwrap_or(u32::MAX),
            };
            *looked_up = Some((day, *interval));
        }
        Key {
            facts: question.facts,
            requesting: question.requesting,
            requested: question.requested,
            nationality: question.nationality,
            measure: question.measure,
            intervals,
        }
    }
}

fn decided(library: &Library, memberships: &Memberships, question: &Question, key: Option<Key>) -> Decided {
    let mut kept = Kept::default();
    let opinion = decide_traced(library, memberships, question, &mut kept);
    Decided { key, opinion, steps: kept.0 }
}

/// Every day on which an offence or a membership begins or ends.
fn changes(library: &Library, memberships: &Memberships) -> Vec<Day> {
    let offences = library.states().iter().flat_map(|state| &state.offences);
    let mut days: Vec<Day> = offences.flat_map(|offence| [offence.from, offence.until]).flatten().collect();
    days.extend(memberships.all_days());
    days.sort_unstable();
    days.dedup();
    days
}
