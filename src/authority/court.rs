//! The courts: suspects in hand, proceedings under way, and those who wait for one to end.
//!
//! A queue like that before the desks, first come first served. Prosecutions in lieu of surrender are deliberately
//! absent: they are requests, which the docket has.

use std::collections::VecDeque;

use super::letter::Matter;
use crate::base::CaseNumber;

/// The courts of one state, as its own cases meet them.
#[derive(Clone, Debug, Default)]
pub struct Court {
    waiting: VecDeque<(CaseNumber, Matter)>,
    under_way: u16,
}

impl Court {
    /// The suspect of a case is in hand: it waits for its turn.
    pub fn queue(&mut self, case: CaseNumber, matter: Matter) {
        self.waiting.push_back((case, matter));
    }

    /// The next case whose proceedings can begin, if so many can be held at a time. Fewer than there were end none.
    pub fn begin(&mut self, trials: u16) -> Option<(CaseNumber, Matter)> {
        if self.under_way >= trials {
            return None;
        }
        let next = self.waiting.pop_front()?;
        self.under_way += 1;
        Some(next)
    }

    /// Proceedings have ended.
    pub fn end(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }
}
