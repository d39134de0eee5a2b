//! Conservation between the nodes: what one sends reaches whom it is for, on its day, once and unchanged; and who has a case
//! open has not forgotten it.

use std::collections::BTreeMap;

use crate::authority::{AuthorityRecord, Due, Letter, Report};
use crate::base::{Day, LetterId, StateId};
use crate::engine::run::Outcome;

/// What is on its way, and what each authority still has before it.
#[derive(Debug, Default)]
pub struct Deliveries {
    on_the_way: BTreeMap<(Day, LetterId), Letter>,
    /// By state: the cases that are open, and its own next event.
    before_it: BTreeMap<StateId, (u32, Option<Day>)>,
    wrong: Vec<String>,
}

/// More than this of what is wrong tells nothing new.
const MOST_WRONG: usize = 20;

impl Deliveries {
    fn demand(&mut self, holds: bool, sentence: impl FnOnce() -> String) {
        if !holds && self.wrong.len() < MOST_WRONG {
            self.wrong.push(sentence());
        }
    }

    /// Takes note of what the nodes are given on a day.
    pub fn delivered(&mut self, day: Day, due: &[(StateId, Due)]) {
        for (state, due) in due {
            for letter in &due.letters {
                let sent = self.on_the_way.remove(&(day, letter.id));
                let fits = letter.to == *state && sent.as_ref() == Some(letter);
                self.demand(fits, || {
                    format!("{day}: {state:?} is given {}, which nobody sent it for that day", letter.id)
                });
            }
        }
        let late = self.on_the_way.keys().next().filter(|(arrives, _)| *arrives <= day).copied();
        self.demand(late.is_none(), || format!("{day}: {late:?} was not delivered"));
    }

    /// Takes note of what they report.
    pub fn reported(&mut self, reports: &[(StateId, Report)]) {
        for (state, report) in reports {
            for letter in &report.letters {
                self.on_the_way.insert((letter.arrives, letter.id), *letter);
            }
            let (open, next) = self.before_it.entry(*state).or_default();
            *next = report.next_due;
            for record in &report.records {
                match record {
                    AuthorityRecord::CaseOpened { .. } => *open += 1,
                    AuthorityRecord::CaseClosed { .. } => *open = open.saturating_sub(1),
                    _ => {}
                }
            }
        }
    }

    /// What is wrong with a run that ended on a day, in sentences; at most the first twenty.
    #[must_use]
    pub fn against(mut self, outcome: &Outcome, day: Day) -> Vec<String> {
        let (told, left) = (outcome.tally.on_the_way, self.on_the_way.len() as u64);
        self.demand(told == left, || format!("{told} letters told to be on their way, {left} sent and not delivered"));
        let late = self.on_the_way.keys().next().filter(|(arrives, _)| *arrives <= day).copied();
        self.demand(late.is_none(), || format!("{late:?} was not delivered by the last day, {day}"));
        for (state, (open, next)) in std::mem::take(&mut self.before_it) {
            // Patience ends every case, so that an open one always has a day on which something is to be done.
            self.demand(open == 0 || next.is_some(), || format!("{state:?} has {open} cases open, and nothing to do"));
        }
        self.wrong
    }
}
