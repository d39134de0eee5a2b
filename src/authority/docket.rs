//! The docket: requests received, desks, the queue before them, and data preserved for others.
//!
//! A queue with as many servers as there are desks, what is urgent before the rest, else first come first served. Nothing here
//! decides anything.

use std::collections::{BTreeMap, VecDeque};

use super::letter::Request;
use super::office::{DocketEntry, Standing};
use crate::base::{Day, FileNumber, LetterId, Window};
use crate::law::Decision;

/// Closed requests kept for whoever asks to see the docket; open ones are all kept.
pub const KEPT_CLOSED: usize = 500;

/// The place of a request in the docket: the first that was entered is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DocketNumber(u32);

/// One request received.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    /// The letter.
    pub letter: LetterId,
    /// The file it belongs to.
    pub file: FileNumber,
    /// What is asked.
    pub request: Request,
    /// The day it arrived.
    pub received: Day,
    /// Where it stands.
    pub standing: Standing,
    /// What the law said.
    pub decision: Option<Decision>,
}

/// The docket of one authority.
#[derive(Clone, Debug, Default)]
pub struct Docket {
    open: Window<Received>,
    entered: DocketNumber,
    closed: VecDeque<Received>,
    /// The urgent lane: seated before the others.
    urgent: VecDeque<DocketNumber>,
    waiting: VecDeque<DocketNumber>,
    busy_desks: u16,
    preserved: BTreeMap<FileNumber, Preserved>,
}

/// Data held for another state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preserved {
    /// The last day on which they are held without a follow-up request.
    pub until: Day,
    /// The follow-up request, once received: they are then held until it is decided.
    pub follow_up: Option<LetterId>,
}

impl Docket {
    /// Enters a request.
    pub fn enter(&mut self, received: Received) -> DocketNumber {
        let number = self.entered;
        self.entered.0 += 1;
        self.open.insert(number.0, received);
        number
    }

    /// An open request.
    #[must_use]
    pub fn open(&self, number: DocketNumber) -> Option<&Received> {
        self.open.get(number.0)
    }

    /// The open request that a letter made. Who withdraws one knows its letter alone; that is rare, and what is withdrawn has
    /// waited long, so that it stands near the front.
    #[must_use]
    pub fn of_letter(&self, letter: LetterId) -> Option<DocketNumber> {
        self.open.find(|received| received.letter == letter).map(DocketNumber)
    }

    /// Puts an open request into the queue for a desk, or into the urgent lane.
    pub fn queue(&mut self, number: DocketNumber, urgent: bool) {
        let lane = if urgent { &mut self.urgent } else { &mut self.waiting };
        lane.push_back(number);
    }

    /// The next request in the urgent lane, for whoever needs no desk.
    pub fn next_urgent(&mut self) -> Option<DocketNumber> {
        std::iter::from_fn(|| self.urgent.pop_front()).find(|number| self.open.get(number.0).is_some())
    }

    /// The next request for a free desk, if there is both.
    pub fn seat(&mut self, desks: u16) -> Option<(DocketNumber, Received)> {
        while self.busy_desks < desks {
            let number = self.urgent.pop_front().or_else(|| self.waiting.pop_front())?;
            // A withdrawn request leaves the docket at once and the queue here.
            if let Some(received) = self.open.get_mut(number.0) {
                received.standing = Standing::OnDesk;
                self.busy_desks += 1;
                return Some((number, *received));
            }
        }
        None
    }

    /// A desk becomes free.
    pub fn free_desk(&mut self) {
        self.busy_desks = self.busy_desks.saturating_sub(1);
    }

    /// Notes the decision on a request and where it stands now.
    pub fn decided(&mut self, number: DocketNumber, decision: Decision, standing: Standing) {
        if let Some(received) = self.open.get_mut(number.0) {
            received.decision = Some(decision);
            received.standing = standing;
        }
        if matches!(standing, Standing::Closed | Standing::Withdrawn) {
            self.close(number, standing);
        }
    }

    /// Closes a request; gives it back if it was open.
    pub fn close(&mut self, number: DocketNumber, standing: Standing) -> Option<Received> {
        let mut received = self.open.remove(number.0)?;
        received.standing = standing;
        if self.closed.len() == KEPT_CLOSED {
            self.closed.pop_front();
        }
        self.closed.push_back(received);
        Some(received)
    }

    /// Holds data for a file.
    pub fn preserve(&mut self, file: FileNumber, until: Day) {
        self.preserved.insert(file, Preserved { until, follow_up: None });
    }

    /// The follow-up request for preserved data has come: they are held until it is decided.
    pub fn follow_up(&mut self, file: FileNumber, request: LetterId) {
        if let Some(preserved) = self.preserved.get_mut(&file) {
            preserved.follow_up = Some(request);
        }
    }

    /// Whether data are held for a file.
    #[must_use]
    pub fn holds(&self, file: FileNumber) -> bool {
        self.preserved.contains_key(&file)
    }

    /// Releases data on a day, unless a follow-up request holds them; whether they were released.
    pub fn release_unclaimed(&mut self, file: FileNumber, day: Day) -> bool {
        let lapsed =
            self.preserved.get(&file).is_some_and(|preserved| preserved.follow_up.is_none() && preserved.until < day);
        if lapsed {
            self.preserved.remove(&file);
        }
        lapsed
    }

    /// Releases data because the request they were held for is done with.
    pub fn release(&mut self, file: FileNumber) {
        self.preserved.remove(&file);
    }

    /// All requests, oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<DocketEntry> {
        let all = self.closed.iter().chain(self.open.iter());
        let mut entries: Vec<DocketEntry> = all
            .map(|received| DocketEntry {
                request: received.letter,
                file: received.file,
                from: received.letter.from,
                measure: received.request.measure,
                received: received.received,
                standing: received.standing,
                decision: received.decision,
            })
            .collect();
        entries.sort_by_key(|entry| (entry.received, entry.request));
        entries
    }
}
