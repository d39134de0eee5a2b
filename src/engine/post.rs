//! Letters on their way: what lies in whose inbox on which day, in the one order that every run has.

use super::nodes::Stopped;
use crate::authority::{AuthorityRecord, Body, Due, Letter, Report};
use crate::base::{Calendar, Day, StateId};

/// Letters of one state on one day: far above what any desk can write, and a guard against a runaway node.
pub const MOST_LETTERS_A_DAY: usize = 100_000;

/// Letters sent and not yet delivered.
#[derive(Debug)]
pub struct Post {
    /// By day of arrival, as they came.
    arriving: Calendar<Letter>,
    /// By sender: how many.
    sent: Vec<u32>,
    /// By state: the cases that it opened.
    opened: Vec<u32>,
    /// Inboxes to use again: authorities write into the ones that they were given.
    spare: Vec<Vec<Letter>>,
}

impl Post {
    /// The post of so many states.
    #[must_use]
    pub fn new(states: usize) -> Self {
        Self { arriving: Calendar::default(), sent: vec![0; states], opened: vec![0; states], spare: Vec::new() }
    }

    /// Checks a report against the rules that every node must keep.
    ///
    /// # Errors
    /// Names the rule that was broken.
    pub fn check(&mut self, name: &str, state: StateId, day: Day, report: &Report) -> Result<(), Stopped> {
        let broke = |rule: &str| Stopped::Rule { state: name.to_owned(), day, rule: rule.to_owned() };
        if report.letters.len() > MOST_LETTERS_A_DAY {
            let what = format!("letters of {name} on {day}");
            return Err(Stopped::Limit { what, limit: MOST_LETTERS_A_DAY as u64 });
        }
        if report.next_due.is_some_and(|next| next <= day) {
            return Err(broke("its next own event must lie after today"));
        }
        let opened = &mut self.opened[state.index()];
        for record in &report.records {
            if let AuthorityRecord::CaseOpened { case, .. } = record {
                if case.0 != *opened {
                    return Err(broke("cases are numbered without gaps"));
                }
                *opened += 1;
            }
        }
        let next = &mut self.sent[state.index()];
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
            let of_its_own = letter.file.state == state && letter.file.case.0 < *opened;
            if matches!(letter.body, Body::Request(_)) && !of_its_own {
                return Err(broke("a request belongs to a case that its sender has opened"));
            }
            *next += 1;
        }
        Ok(())
    }

    /// Takes letters in that were checked.
    pub fn collect(&mut self, mut letters: Vec<Letter>) {
        for letter in letters.drain(..) {
            self.arriving.set(letter.arrives, letter);
        }
        // A day has at most one inbox for each state.
        if letters.capacity() > 0 && self.spare.len() < self.sent.len() {
            self.spare.push(letters);
        }
    }

    /// The next day on which a letter lies in an inbox.
    #[must_use]
    pub const fn next_due(&self) -> Option<Day> {
        self.arriving.next_day()
    }

    /// Puts the letters that arrive by this day into the inboxes, by state; each is sorted by (sent, sender, number).
    pub fn deliver(&mut self, day: Day, due: &mut [Option<Due>]) {
        while let Some(letter) = self.arriving.take_due(day) {
            let inbox = &mut due[letter.to.index()].get_or_insert_default().letters;
            if inbox.capacity() == 0 {
                *inbox = self.spare.pop().unwrap_or_default();
            }
            inbox.push(letter);
        }
        for due in due.iter_mut().flatten() {
            due.letters.sort_unstable_by_key(|letter| (letter.sent, letter.id));
        }
    }

    /// Letters still on their way.
    #[must_use]
    pub const fn on_the_way(&self) -> usize {
        self.arriving.len()
    }
}
