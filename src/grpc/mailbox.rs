//! The letters that wait at a node, and the memory by which a repeated letter is recognised.
//!
//! Knows no wire and no lock: values in, values out.

use std::collections::{BTreeMap, VecDeque};

use super::refusal::Refusal;
use crate::authority::Letter;
use crate::base::{Day, Digest, LetterId, StateId};

/// Most letters that wait at a node, some 300 MB: ten days of the most that the engine lets one state write.
pub const WAITING_LETTERS: usize = 1_000_000;

/// So many letters of worked days are remembered, by digest, so that a late repetition of one is answered
/// as a repetition. A sender repeats only letters of the day it is still working, so even this is generous.
const REMEMBERED_LETTERS: usize = 10_000;

/// The order in which letters are read: by day of arrival, then (sent, from, number).
type Place = (Day, Day, StateId, u32);

/// A node's mailbox.
#[derive(Debug, Default)]
pub struct Mailbox {
    waiting: BTreeMap<Place, (Letter, Digest)>,
    known: BTreeMap<LetterId, Digest>,
    taken: VecDeque<LetterId>,
    closed: Option<Day>,
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was not known before.
    New,
    /// It was held, or worked, already.
    Held,
}

impl Mailbox {
    /// Takes letters in, all or none, each with its digest; says of each whether it is new. `name` puts
    /// a letter into the words of a refusal.
    ///
    /// # Errors
    /// When one is known with other content, arrives on a day that was worked or before the day after it was
    /// sent, or there is no room for all.
    pub fn put(
        &mut self,
        letters: Vec<(Letter, Digest)>,
        name: impl Fn(LetterId) -> String,
    ) -> Result<Vec<Kept>, Refusal> {
        let mut coming: BTreeMap<LetterId, Digest> = BTreeMap::new();
        let mut kept = Vec::with_capacity(letters.len());
        for (letter, digest) in &letters {
            let known = self.known.get(&letter.id).or_else(|| coming.get(&letter.id));
            kept.push(self.judge(letter, *digest, known.copied(), &name)?);
            coming.insert(letter.id, *digest);
        }
        let new = kept.iter().filter(|kept| **kept == Kept::New).count();
        if self.waiting.len() + new > WAITING_LETTERS {
            return Err(Refusal::MailboxFull(self.waiting.len()));
        }
        for ((letter, digest), kept) in letters.into_iter().zip(&kept) {
            if *kept == Kept::New {
                self.known.insert(letter.id, digest);
                let place = (letter.arrives, letter.sent, letter.id.from, letter.id.number);
                self.waiting.insert(place, (letter, digest));
            }
        }
        Ok(kept)
    }

    fn judge(
        &self,
        letter: &Letter,
        digest: Digest,
        known: Option<Digest>,
        name: impl Fn(LetterId) -> String,
    ) -> Result<Kept, Refusal> {
        match known {
            Some(known) if known == digest => return Ok(Kept::Held),
            Some(_) => return Err(Refusal::LetterChanged(name(letter.id))),
            None => {}
        }
        if letter.arrives <= letter.sent {
            return Err(Refusal::ArrivesTooEarly {
                letter: name(letter.id),
                sent: letter.sent,
                arrives: letter.arrives,
            });
        }
        match self.closed {
            Some(closed) if letter.arrives <= closed => {
                Err(Refusal::DayClosed { letter: name(letter.id), arrives: letter.arrives, closed })
            }
            _ => Ok(Kept::New),
        }
    }

    /// Sender and digest of every letter due by a day, in the order of reading.
    pub fn due(&self, day: Day) -> impl Iterator<Item = (StateId, Digest)> {
        let due = self.waiting.iter().take_while(move |(place, _)| place.0 <= day);
        due.map(|(place, (_, digest))| (place.2, *digest))
    }

    /// Closes a day: gives out the letters due by then, in the order of reading.
    pub fn take(&mut self, day: Day) -> Vec<Letter> {
        self.closed = self.closed.max(Some(day));
        let later = self.waiting.split_off(&(day + 1, Day::from_number(i32::MIN), StateId(0), 0));
        let due = std::mem::replace(&mut self.waiting, later);
        self.taken.extend(due.values().map(|(letter, _)| letter.id));
        while self.taken.len() > REMEMBERED_LETTERS {
            if let Some(forgotten) = self.taken.pop_front() {
                self.known.remove(&forgotten);
            }
        }
        due.into_values().map(|(letter, _)| letter).collect()
    }
}
