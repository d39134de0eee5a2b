//! How networks are spread over states, and how that changes: concentration, reshuffle, leakage. Closed forms over
//! the panel.

use super::panel::{Month, Panel};
use crate::base::{Day, StateId, TreatyId};
use crate::world::Role;

/// The months before an event, and after it, that leakage compares: a year each, so that seasons cancel.
const COMPARED_MONTHS: usize = 12;

/// The Herfindahl index: the sum of squared shares. 1 when all are in one state, 1/n when n states have as many each;
/// none where there are none.
#[must_use]
pub fn concentration<N: Copy + Into<f64>>(numbers: &[N]) -> Option<f64> {
    let total = sum(numbers);
    let squared = |number: &N| {
        let share = (*number).into() / total;
        share * share
    };
    (total > 0.0).then(|| numbers.iter().map(squared).sum())
}

/// Half the sum of the absolute changes of shares: the least part of all networks that must have moved. 0 when every
/// share is as it was, 1 when none is where any was; none where there are none before or after.
#[must_use]
pub fn reshuffle<N: Copy + Into<f64>>(before: &[N], after: &[N]) -> Option<f64> {
    let (first, last) = (sum(before), sum(after));
    let change = |(one, other): (&N, &N)| ((*one).into() / first - (*other).into() / last).abs();
    (first > 0.0 && last > 0.0).then(|| before.iter().zip(after).map(change).sum::<f64>() / 2.0)
}

fn sum<N: Copy + Into<f64>>(numbers: &[N]) -> f64 {
    numbers.iter().map(|number| (*number).into()).sum()
}

/// What part of a fall in member states was no fall in the world: 1 - world fall / member fall. 0: those networks are
/// gone; 1: as many more are elsewhere; above 1: more than that; below 0: outside there are fewer, too. None unless
/// the members' number fell.
#[must_use]
pub fn leakage(member_fall: f64, world_fall: f64) -> Option<f64> {
    (member_fall > 0.0).then(|| 1.0 - world_fall / member_fall)
}

/// Reshuffle of a calendar year, or of the part of it that the run covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// Of bases.
    pub bases: Option<f64>,
    /// Of hosts.
    pub hosts: Option<f64>,
}

/// Leakage within a run: the year before a treaty entered into force against the year after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Leakage {
    /// The treaty.
    pub treaty: TreatyId,
    /// The day.
    pub day: Day,
    /// The states that it began to bind then.
    pub members: Vec<StateId>,
    /// Month-ends before and after: twelve each where the run covers both years.
    pub months: (usize, usize),
    /// Mean number of networks based there before and after: ends of months.
    pub in_members: (f64, f64),
    /// The same in the world.
    pub in_world: (f64, f64),
    /// 1 - world fall / member fall.
    pub leakage: Option<f64>,
}

impl Month {
    /// Networks by state when the month ended.
    ///
    /// # Panics
    /// For [`Role::Market`].
    #[must_use]
    pub fn placed(&self, role: Role) -> Vec<u32> {
        assert!(role != Role::Market, "nobody settles in a market");
        let of = |row: &super::panel::StateMonth| if role == Role::Base { row.based } else { row.hosted };
        self.states.iter().map(of).collect()
    }
}

impl Panel {
    /// Reshuffle, by calendar year.
    #[must_use]
    pub fn years(&self) -> Vec<Year> {
        let mut before: [Vec<u32>; 2] = [
            self.opening.iter().map(|placed| placed.0).collect(),
            self.opening.iter().map(|placed| placed.1).collect(),
        ];
        let year = |month: &Month| month.from.calendar().0;
        let mut years = Vec::new();
        for (index, month) in self.months.iter().enumerate() {
            if self.months.get(index + 1).is_none_or(|next| year(next) != year(month)) {
                let after = [month.placed(Role::Base), month.placed(Role::Host)];
                let [bases, hosts] = [0, 1].map(|role| reshuffle(&before[role], &after[role]));
                years.push(Year { year: year(month), bases, hosts });
                before = after;
            }
        }
        years
    }

    /// Leakage from the states that a treaty began to bind on a day: up to twelve month-ends before that day, against
    /// up to twelve after the month in which it lies. None where either side is empty.
    #[must_use]
    pub fn leakage(&self, treaty: TreatyId, day: Day, members: &[StateId]) -> Option<Leakage> {
        let ended_before = self.months.partition_point(|month| month.from.first_of_next_month() <= day);
        let before = &self.months[ended_before.saturating_sub(COMPARED_MONTHS)..ended_before];
        let after = self.months.get(ended_before + 1..)?;
        let after = &after[..after.len().min(COMPARED_MONTHS)];
        let all: Vec<StateId> = (0_u16..).map(StateId).take(self.opening.len()).collect();
        let in_members = (mean_based(before, members)?, mean_based(after, members)?);
        let in_world = (mean_based(before, &all)?, mean_based(after, &all)?);
        let leakage = leakage(in_members.0 - in_members.1, in_world.0 - in_world.1);
        let months = (before.len(), after.len());
        Some(Leakage { treaty, day, months, members: members.to_vec(), in_members, in_world, leakage })
    }

    /// The mean number of networks based in some states at the ends of the last twelve months.
    #[must_use]
    pub fn based_in_last_year(&self, states: &[StateId]) -> Option<f64> {
        mean_based(&self.months[self.months.len().saturating_sub(COMPARED_MONTHS)..], states)
    }
}

/// The mean number of networks based in some states at the ends of months; none of no months.
fn mean_based(months: &[Month], states: &[StateId]) -> Option<f64> {
    let based =
        |month: &Month| -> f64 { states.iter().map(|state| f64::from(month.states[state.index()].based)).sum() };
    let count = f64::from(u32::try_from(months.len()).ok()?);
    (count > 0.0).then(|| months.iter().map(based).sum::<f64>() / count)
}
