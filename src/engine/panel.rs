//! The panel: what is counted by state and month, exact counts in a fixed order.
//!
//! A month under way is counted in flat tables; when it is over it becomes a small row, so that memory grows with
//! states and months and not with letters. Rows are derived from records and so are no part of the digest.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::authority::{Conclusion, LossKind};
use crate::base::{CiteId, Day, StateId};
use crate::law::{Decision, GroundCode, Measure};
use crate::world::{HavenMonitor, HavenStanding, Role};

const MEASURES: usize = Measure::ALL.len();
const DECISIONS: usize = Decision::ALL.len();

/// A month of all states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// Its first day, or the first day of the run.
    pub from: Day,
    /// By state.
    pub states: Vec<StateMonth>,
}

/// A month of one state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateMonth {
    /// Active networks based here when the month ended.
    pub based: u32,
    /// Active networks hosted here then.
    pub hosted: u32,
    /// How it stood as a base, and as a host, when the month ended.
    pub standing: [HavenStanding; 2],
    /// Incidents in its market.
    pub incidents: u32,
    /// How many of them were recorded.
    pub recorded: u32,
    /// What all of them did, in thousandths of what one of a usual network does.
    pub harm_thousandths: u64,
    /// Cases opened here.
    pub cases_opened: u32,
    /// Cases that ended with a result, by which.
    pub concluded: BTreeMap<Conclusion, u32>,
    /// Cases lost, by cause.
    pub lost: BTreeMap<LossKind, u32>,
    /// Letters sent.
    pub letters_out: u32,
    /// Letters sent to this state.
    pub letters_in: u32,
    /// Requests sent, by measure.
    pub requests_out: Vec<(Measure, u32)>,
    /// Requests sent to this state, by measure.
    pub requests_in: Vec<(Measure, u32)>,
    /// Own requests decided elsewhere, by measure and what the law said.
    pub decided_out: Vec<(Measure, Decision, u32)>,
    /// Requests decided here, by measure and what the law said.
    pub decided_in: Vec<(Measure, Decision, u32)>,
    /// Own requests refused elsewhere, by ground and article.
    pub refused_out: BTreeMap<(GroundCode, CiteId), u32>,
    /// Requests refused here, by ground and article.
    pub refused_in: BTreeMap<(GroundCode, CiteId), u32>,
    /// The queue when the month ended: requests sent to this state, not withdrawn and not yet decided.
    pub undecided: u32,
    /// Requests sent to this state then whose final reply had not come.
    pub unanswered: u32,
    /// Requests to this state whose final reply came.
    pub answered: u32,
    /// The median of their days from sending to final reply, those for preservation left out.
    pub median_answer_days: Option<u32>,
    /// The 90th percentile of these days.
    pub ninetieth_answer_days: Option<u32>,
    /// Preserved data released here because no follow-up came.
    pub preservations_lapsed: u32,
}

impl StateMonth {
    /// What its incidents did, in usual ones.
    #[must_use]
    pub fn harm(&self) -> f64 {
        usual_incidents(self.harm_thousandths)
    }
}

fn usual_incidents(thousandths: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let incidents = thousandths as f64 / 1000.0;
    incidents
}

/// Counts of one state in the month under way.
#[derive(Clone, Debug)]
struct Counting {
    row: StateMonth,
    requests: [[u32; MEASURES]; 2],
    decided: [[[u32; DECISIONS]; MEASURES]; 2],
    answer_days: Vec<u32>,
    /// Whether the tables hold anything for a measure: most months of most states know few of them, or none.
    counted: [bool; MEASURES],
}

/// Which side of a letter.
#[derive(Clone, Copy)]
enum Side {
    Out,
    In,
}

/// All months of a run.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Months that are over, in order; shared with whoever tells of them.
    pub months: Arc<Vec<Month>>,
    /// Active networks by base and by host on the first day.
    pub opening: Vec<(u32, u32)>,
    from: Day,
    next: Day,
    counting: Vec<Counting>,
    /// Of the month that was closed last, the states of which the world has told how it ended.
    ended: Vec<bool>,
    /// Months that were given out by [`Self::news`].
    told: usize,
}

impl Panel {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(states: usize, first_day: Day) -> Self {
        Self {
            months: Arc::default(),
            opening: Vec::with_capacity(states),
            from: first_day,
            next: first_day.first_of_next_month(),
            counting: vec![Counting::new(StateMonth::default()); states],
            ended: vec![true; states],
            told: 0,
        }
    }

    /// Incidents in all markets, in all months.
    #[must_use]
    pub fn incidents(&self) -> u64 {
        self.months.iter().flat_map(|month| &month.states).map(|row| u64::from(row.incidents)).sum()
    }

    /// What they did, in usual incidents.
    #[must_use]
    pub fn harm(&self) -> f64 {
        usual_incidents(self.months.iter().flat_map(|month| &month.states).map(|row| row.harm_thousandths).sum())
    }

    /// A day begins; the months before it are over.
    pub(super) fn begin(&mut self, day: Day) {
        while day >= self.next {
            self.close();
            self.from = self.next;
            self.next = self.next.first_of_next_month();
        }
    }

    /// The months that are over and were not given out before.
    pub(super) fn news(&mut self) -> &[Month] {
        let fresh = &self.months[self.told..];
        self.told = self.months.len();
        fresh
    }

    /// Closes the month under way.
    pub(super) fn close(&mut self) {
        let states = self.counting.iter_mut().map(Counting::close).collect();
        Arc::make_mut(&mut self.months).push(Month { from: self.from, states });
        self.ended.fill(false);
    }

    /// Notes how every state stands now that the month which was closed last has ended.
    pub(super) fn stand(&mut self, monitor: &HavenMonitor) {
        let Some(over) = Arc::make_mut(&mut self.months).last_mut() else { return };
        for (state, row) in (0_u16..).map(StateId).zip(&mut over.states) {
            row.standing = [Role::Base, Role::Host].map(|role| *monitor.standing(role, state));
        }
    }

    /// What the world tells on the first of a month is how the month before ended.
    pub(super) fn world(&mut self, state: StateId, placed: (u32, u32), incidents: (u32, u32), harm_thousandths: u64) {
        let index = state.index();
        if self.opening.len() == index {
            self.opening.push(placed);
        }
        let row = match Arc::make_mut(&mut self.months).last_mut() {
            Some(over) if !self.ended[index] => &mut over.states[index],
            _ => &mut self.counting[index].row,
        };
        self.ended[index] = true;
        (row.based, row.hosted) = placed;
        row.incidents += incidents.0;
        row.recorded += incidents.1;
        row.harm_thousandths += harm_thousandths;
    }

    pub(super) fn letter(&mut self, from: StateId, to: StateId) {
        self.counting[from.index()].row.letters_out += 1;
        self.counting[to.index()].row.letters_in += 1;
    }

    pub(super) fn request(&mut self, from: StateId, to: StateId, measure: Measure) {
        let asking = &mut self.counting[from.index()];
        asking.counted[measure as usize] = true;
        asking.requests[Side::Out as usize][measure as usize] += 1;
        let asked = &mut self.counting[to.index()];
        asked.counted[measure as usize] = true;
        asked.requests[Side::In as usize][measure as usize] += 1;
        asked.row.undecided += 1;
        asked.row.unanswered += 1;
    }

    pub(super) fn decided(
        &mut self,
        (asking, asked): (StateId, StateId),
        measure: Measure,
        decision: Decision,
        refused: Option<(GroundCode, CiteId)>,
    ) {
        let own = &mut self.counting[asked.index()];
        own.counted[measure as usize] = true;
        own.decided[Side::In as usize][measure as usize][decision as usize] += 1;
        if let Some(ground) = refused {
            *own.row.refused_in.entry(ground).or_default() += 1;
        }
        let theirs = &mut self.counting[asking.index()];
        theirs.counted[measure as usize] = true;
        theirs.decided[Side::Out as usize][measure as usize][decision as usize] += 1;
        if let Some(ground) = refused {
            *theirs.row.refused_out.entry(ground).or_default() += 1;
        }
    }

    /// A request is withdrawn that was decided already, or was not.
    pub(super) fn withdrawn(&mut self, asked: StateId, decided: bool) {
        let row = &mut self.counting[asked.index()].row;
        row.unanswered -= 1;
        row.undecided -= u32::from(!decided);
    }

    /// A request has its final reply; `answer_days` where these are looked at.
    pub(super) fn answered(&mut self, asked: StateId, answer_days: Option<u32>) {
        let counting = &mut self.counting[asked.index()];
        counting.row.unanswered -= 1;
        counting.row.answered += 1;
        counting.answer_days.extend(answer_days);
    }

    /// The row under way, for counts that need no table.
    pub(super) fn row(&mut self, state: StateId) -> &mut StateMonth {
        &mut self.counting[state.index()].row
    }
}

impl Counting {
    fn new(row: StateMonth) -> Self {
        Self {
            row,
            requests: [[0; MEASURES]; 2],
            decided: [[[0; DECISIONS]; MEASURES]; 2],
            answer_days: Vec::new(),
            counted: [false; MEASURES],
        }
    }

    /// The row of the month, and a fresh one in its place: what is open and who is where goes on.
    fn close(&mut self) -> StateMonth {
        let StateMonth { based, hosted, undecided, unanswered, .. } = self.row;
        let fresh = StateMonth { based, hosted, undecided, unanswered, ..StateMonth::default() };
        let mut row = std::mem::replace(&mut self.row, fresh);
        for (measure, counted) in Measure::ALL.into_iter().zip(std::mem::take(&mut self.counted)) {
            if counted {
                self.unfold(measure, &mut row);
            }
        }
        self.answer_days.sort_unstable();
        row.median_answer_days = percentile(&self.answer_days, 50);
        row.ninetieth_answer_days = percentile(&self.answer_days, 90);
        self.answer_days.clear();
        row
    }

    /// Moves what the tables hold for a measure into a row.
    fn unfold(&mut self, measure: Measure, row: &mut StateMonth) {
        let StateMonth { requests_out, requests_in, decided_out, decided_in, .. } = row;
        for (side, requests, decided) in [(Side::Out, requests_out, decided_out), (Side::In, requests_in, decided_in)] {
            let number = std::mem::take(&mut self.requests[side as usize][measure as usize]);
            if number > 0 {
                requests.push((measure, number));
            }
            let numbers = std::mem::take(&mut self.decided[side as usize][measure as usize]);
            let counted = Decision::ALL.into_iter().zip(numbers).filter(|(_, number)| *number > 0);
            decided.extend(counted.map(|(decision, number)| (measure, decision, number)));
        }
    }
}

/// The least of sorted values that at least so many per cent do not exceed; none of no values.
#[must_use]
pub fn percentile(sorted: &[u32], per_cent: usize) -> Option<u32> {
    let place = (sorted.len() * per_cent).div_ceil(100);
    sorted.get(place.saturating_sub(1)).copied()
}
