//! What an authority has set itself to do on later days, in one fixed order.

use std::collections::BTreeMap;

use crate::base::{CaseNumber, Day, FileNumber, LetterId};

/// Something due on a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A desk is done with this request.
    DeskDone(LetterId),
    /// A granted request has been carried out.
    Executed(LetterId),
    /// Preserved data are released unless a follow-up request came.
    Release(FileNumber),
    /// A site in this state is removed.
    RemoveSite(FileNumber),
    /// The investigator gives up on this request unless it was answered.
    GiveUp(CaseNumber, LetterId),
    /// Data held at home, or what else the state has itself, are in hand.
    HomeEvidence(CaseNumber),
    /// Proceedings against a suspect who is here end.
    Proceedings(CaseNumber),
}

/// Tasks by day; within a day, in the order in which they were set.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    later: BTreeMap<Day, Vec<Task>>,
    /// What is left of the day that is taken at present.
    due: std::vec::IntoIter<Task>,
}

impl Agenda {
    /// Sets a task for a later day than the one under way.
    pub fn set(&mut self, day: Day, task: Task) {
        self.later.entry(day).or_default().push(task);
    }

    /// The next task due on or before a day.
    pub fn take_due(&mut self, day: Day) -> Option<Task> {
        loop {
            if let Some(task) = self.due.next() {
                return Some(task);
            }
            let next = self.later.first_entry().filter(|next| *next.key() <= day)?;
            self.due = next.remove().into_iter();
        }
    }

    /// The day of the next task, once those that are due are taken.
    #[must_use]
    pub fn next_day(&self) -> Option<Day> {
        self.later.first_key_value().map(|(day, _)| *day)
    }
}
