//! Letters on their way: what lies in whose inbox on which day, in the one order that every run has.

use std::collections::BTreeMap;

use super::nodes::Stopped;
use crate::authority::{Letter, Report};
use crate::base::{Day, StateId};

/// Letters of one state on one day: far above what any desk can write, and a guard against a runaway node.
pub const MOST_LETTERS_A_DAY: usize = 100_000;

/// Letters sent and not yet delivered.
#[derive(Debug, Default)]
pub struct Post {
    /// By day of arrival, as they came.
    arriving: BTreeMap<Day, Vec<Letter>>,
    sent: BTreeMap<StateId, u32>,
}

impl Post {
    /// Takes the letters of a report in, after checking the rules that every node must keep.
    ///
    /// # Errors
    /// Names the rule that was broken.
    pub fn collect(&mut self, name: &str, state: StateId, day: Day, report: &Report) -> Result<(), Stopped> {
        let broke = |rule: &str| Stopped::Rule { state: name.to_owned(), day, rule: rule.to_owned() };
        if report.letters.len() > MOST_LETTERS_A_DAY {
            let what = format!("letters of {name} on {day}");
            return Err(Stopped::Limit { what, limit: MOST_LETTERS_A_DAY as u64 });
        }
        if report.next_due.is_some_and(|next| next <= day) {
            return Err(broke("its next own event must lie after today"));
        }
        let next = self.sent.entry(state).or_default();
        for letter in &report.letters {
            if letter.id.from != state {
                return Err(broke("a letter carries another sender"));
            }
            if letter.id.number != *next {
                return Err(broke("letters are numbered without gaps"));
            }
            if letter.sent != day || letter.arrives <= day {
                return Err(broke("a letter arrives one day after it was sent at the earliest"));
            }
            *next += 1;
            self.arriving.entry(letter.arrives).or_default().push(letter.clone());
        }
        Ok(())
    }

    /// The next day on which a letter lies in an inbox.
    #[must_use]
    pub fn next_due(&self) -> Option<Day> {
        self.arriving.first_key_value().map(|(day, _)| *day)
    }

    /// The inboxes of the days up to this one, by state, each sorted by (sent, sender, number).
    pub fn deliver(&mut self, day: Day) -> Vec<(StateId, Vec<Letter>)> {
        let mut letters = Vec::new();
        while let Some(entry) = self.arriving.first_entry().filter(|entry| *entry.key() <= day) {
            letters.append(&mut entry.remove());
        }
        letters.sort_unstable_by_key(|letter| (letter.to, letter.sent, letter.id));
        let mut inboxes: Vec<(StateId, Vec<Letter>)> = Vec::new();
        for letter in letters {
            match inboxes.last_mut().filter(|(state, _)| *state == letter.to) {
                Some((_, inbox)) => inbox.push(letter),
                None => inboxes.push((letter.to, vec![letter])),
            }
        }
        inboxes
    }

    /// Letters still on their way.
    #[must_use]
    pub fn on_the_way(&self) -> usize {
        self.arriving.values().map(Vec::len).sum()
    }
}
