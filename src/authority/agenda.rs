//! What an authority has set itself to do on later days, in one fixed order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::base::{CaseNumber, Day, FileNumber, LetterId};

/// Something due on a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Data held at home are produced.
    HomeData(CaseNumber),
    /// Proceedings against a suspect who is here end.
    Proceedings(CaseNumber),
}

/// Tasks by day; within a day, in the order in which they were set.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    tasks: BinaryHeap<Reverse<Planned>>,
    set: u64,
}

/// A task, ordered by its day and by when it was set; no two are set at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Planned {
    day: Day,
    set: u64,
    task: Task,
}

impl Agenda {
    /// Sets a task for a day.
    pub fn set(&mut self, day: Day, task: Task) {
        self.tasks.push(Reverse(Planned { day, set: self.set, task }));
        self.set += 1;
    }

    /// The next task due on or before a day.
    pub fn take_due(&mut self, day: Day) -> Option<Task> {
        let due = self.tasks.peek().is_some_and(|Reverse(planned)| planned.day <= day);
        if due { self.tasks.pop().map(|Reverse(planned)| planned.task) } else { None }
    }

    /// The day of the next task.
    #[must_use]
    pub fn next_day(&self) -> Option<Day> {
        self.tasks.peek().map(|Reverse(planned)| planned.day)
    }
}
