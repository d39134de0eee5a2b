//! Letters on their way: what lies in whose inbox on which day, in the one order that every run has. What a node reports is
//! held here to what the engine knows of it.

use super::nodes::Stopped;
use crate::authority::{AuthorityRecord, Body, Due, Letter, Report};
use crate::base::{Calendar, Day, LetterId, StateId, Window};

/// Letters of one state on one day: far above what any desk can write, and a guard against a runaway node.
pub const MOST_LETTERS_A_DAY: usize = 100_000;

/// Records of one state on one day: ten for each letter that it may write, or for each network that a world may have.
pub const MOST_RECORDS_A_DAY: usize = 1_000_000;

/// Letters sent and not yet delivered.
#[derive(Debug)]
pub struct Post {
    /// By day of arrival, as they came.
    arriving: Calendar<Letter>,
    /// By sender: how many.
    sent: Vec<u32>,
    /// By state: the cases that it opened.
    opened: Vec<u32>,
    /// By sender and number: requests of which no decision was reported.
    undecided: Vec<Window<Asked>>,
    /// Requests whose withdrawals arrived on the day under way, the last on which they may still be decided.
    withdrawn: Vec<LetterId>,
    /// Inboxes to use again: authorities write into the ones that they were given.
    spare: Vec<Vec<Letter>>,
}

/// A request, as far as its decision is held to it.
#[derive(Clone, Copy, Debug)]
struct Asked {
    to: StateId,
    arrives: Day,
}

impl Post {
    /// The post of so many states.
    #[must_use]
    pub fn new(states: usize) -> Self {
        Self {
            arriving: Calendar::default(),
            sent: vec![0; states],
            opened: vec![0; states],
            undecided: vec![Window::default(); states],
            withdrawn: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// Checks a report against the rules that every node must keep.
    ///
    /// # Errors
    /// Names the rule that was broken.
    pub fn check(&mut self, name: &str, state: StateId, day: Day, report: &Report) -> Result<(), Stopped> {
        within_limits(name, day, report.letters.len(), report.records.len())?;
        let broke = |rule: &str| Stopped::Rule { state: name.to_owned(), day, rule: rule.to_owned() };
        if report.next_due.is_some_and(|next| next <= day) {
            return Err(broke("its next own event must lie after today"));
        }
        for record in &report.records {
            self.check_record(state, day, record).map_err(broke)?;
        }
        for letter in &report.letters {
            self.check_letter(state, day, letter).map_err(broke)?;
        }
        Ok(())
    }

    fn check_record(&mut self, state: StateId, day: Day, record: &AuthorityRecord) -> Result<(), &'static str> {
        match record {
            AuthorityRecord::CaseOpened { case, .. } => {
                let opened = &mut self.opened[state.index()];
                if case.0 != *opened {
                    return Err("cases are numbered without gaps");
                }
                *opened += 1;
            }
            AuthorityRecord::Decided { request, .. } => {
                let asked = self.undecided.get_mut(request.from.index());
                let arrived = |asked: &Asked| asked.to == state && asked.arrives <= day;
                match asked {
                    Some(asked) if asked.get(request.number).is_some_and(arrived) => asked.remove(request.number),
                    _ => return Err("a request is decided once, by the state that received it"),
                };
            }
            AuthorityRecord::Answered { request, .. } if request.from != state => {
                return Err("a final reply is noted by the state that asked");
            }
            _ => {}
        }
        Ok(())
    }

    fn check_letter(&mut self, state: StateId, day: Day, letter: &Letter) -> Result<(), &'static str> {
        let next = &mut self.sent[state.index()];
        if letter.id.from != state {
            return Err("a letter carries another sender");
        }
        if letter.id.number != *next {
            return Err("letters are numbered without gaps");
        }
        if letter.sent != day || letter.arrives <= day {
            return Err("a letter arrives one day after it was sent at the earliest");
        }
        *next += 1;
        match letter.body {
            Body::Request(_) => {
                if letter.file.state != state || letter.file.case.0 >= self.opened[state.index()] {
                    return Err("a request belongs to a case that its sender has opened");
                }
                let asked = Asked { to: letter.to, arrives: letter.arrives };
                self.undecided[state.index()].insert(letter.id.number, asked);
            }
            // Of another's request it would let the engine forget what that other is still to be told.
            Body::Withdrawal if letter.in_reply_to.is_none_or(|request| request.from != state) => {
                return Err("a state withdraws requests of its own");
            }
            Body::Withdrawal | Body::Answer(_) | Body::Evidence(_) | Body::Spontaneous(_) => {}
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
        self.forget_withdrawn(day);
        while let Some(letter) = self.arriving.take_due(day) {
            if letter.body == Body::Withdrawal {
                self.withdrawn.extend(letter.in_reply_to);
            }
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

    /// A request that was withdrawn waits for no decision once the day is over on which its addressee read so. One that its
    /// withdrawal overtook comes to a desk all the same.
    fn forget_withdrawn(&mut self, day: Day) {
        for request in self.withdrawn.drain(..) {
            let undecided = &mut self.undecided[request.from.index()];
            if undecided.get(request.number).is_some_and(|asked| asked.arrives < day) {
                undecided.remove(request.number);
            }
        }
    }

    /// Letters still on their way.
    #[must_use]
    pub const fn on_the_way(&self) -> usize {
        self.arriving.len()
    }
}

/// Whether so many letters and records of a state are no more than a day may have.
///
/// # Errors
/// Names the limit that was passed.
pub fn within_limits(name: &str, day: Day, letters: usize, records: usize) -> Result<(), Stopped> {
    for (what, there, most) in [("letters", letters, MOST_LETTERS_A_DAY), ("records", records, MOST_RECORDS_A_DAY)] {
        if there > most {
            return Err(Stopped::Limit { what: format!("{what} of {name} on {day}"), limit: most as u64 });
        }
    }
    Ok(())
}
