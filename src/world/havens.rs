//! The haven monitor: location quotients, impunity, and the days on which a haven began and ended.
//!
//! It stands apart from the world that it watches and changes nothing there. A state is a *haven* for bases (or
//! hosts) when more networks are there than its attraction explains, and more of the cases against networks
//! there are lost than elsewhere in the world, without a break for some months. The same time without that ends it.

use std::collections::{BTreeMap, VecDeque};

use super::books::identifier;
use super::haven_record::{ClosedCase, HavenRecord, Loss, Reasons, Turn, ratio, reason_of};
use super::network::{CaseEnd, Enforcement, Placements, Role};
use crate::authority::Outcome;
use crate::base::parameters;
use crate::base::{Day, StateId, thousandths};

parameters! {
    /// What counts as a haven.
    pub struct HavenSettings {
        /// Location quotient above which a state holds more networks than its attraction explains.
        quotient = 1.5 in 0.0 to 1000.0 "ratio",
            Assumption: "half as many again as expected; a convention of this model";
        /// How much greater its impunity is than the world's, at least.
        excess_impunity = 0.2 in -1.0 to 1.0 "share",
            Assumption: "a convention of this model";
        /// 1 to compare a state's impunity with that of the cases it has no part in, 0 with the world's, its own included.
        against_elsewhere = 0.0 in 0.0 to 1.0 "switch",
            Assumption: "0 is the rule as stated; with 1 a haven that holds most networks is not hidden by the world it makes";
        /// Days for which both hold without a break before a haven is confirmed, and fail before it ended.
        hold_days = 90.0 in 0.0 to 36500.0 "days",
            Assumption: "a quarter: longer than the gap after a coordinated hit (10 weeks, Collier et al. 2019)";
        /// Days over which closed cases are counted.
        window_days = 365.0 in 1.0 to 36500.0 "days",
            Assumption: "a year, so that seasons cancel";
        /// Closed cases that a state must have in the window before its impunity says anything.
        fewest_cases = 10.0 in 1.0 to 1_000_000.0 "cases",
            Assumption: "one case then weighs at most 0.1";
    }
}

/// A difference or a quotient of shares may miss what it is by the rounding of doubles: 1 less 4/5 lies below 0.2, and three
/// of five beside two fifths may lie above 1.5 or not.
const ROUNDING: f64 = 1e-9;

impl HavenSettings {
    /// Whether a state's impunity lies by so much above what it is compared with that it may be a haven.
    #[must_use]
    pub fn is_excess(&self, difference: f64) -> bool {
        difference >= self.excess_impunity - ROUNDING
    }

    /// Whether a state holds so much more than its attraction explains that it may be a haven.
    #[must_use]
    pub fn is_concentration(&self, quotient: f64) -> bool {
        quotient > self.quotient + ROUNDING
    }

    /// The first day on which a haven can be confirmed in a run that begins on this one: the first of some month, on which
    /// what was first assessed when the first month ended has held long enough.
    #[must_use]
    pub fn earliest(&self, first_day: Day) -> Day {
        let held = first_day.first_of_next_month() + whole_days(self.hold_days);
        let (.., of_month) = held.calendar();
        if of_month == 1 { held } else { held.first_of_next_month() }
    }
}

/// The roles in which a state may be a haven.
const ROLES: [Role; 2] = [Role::Base, Role::Host];

/// How a state stands in one role on the day last assessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HavenStanding {
    /// Share of the active networks, in thousandths.
    pub share_permille: u32,
    /// Share expected when all risks are equal.
    pub expected_permille: u32,
    /// Location quotient: share over expected share. 0 where nothing is expected.
    pub quotient_permille: u32,
    /// Cases of the window against networks there.
    pub closed: u32,
    /// Those of them that were lost.
    pub lost: u32,
    /// Whether it is a haven.
    pub is_haven: bool,
    /// The day since when quotient and impunity say otherwise than `is_haven`.
    changing_since: Option<Day>,
}

impl HavenStanding {
    /// Lost over closed, in thousandths; none without closed cases.
    #[must_use]
    pub fn impunity_permille(&self) -> Option<u32> {
        permille(self.lost, self.closed)
    }
}

/// Watches placements and closed cases.
#[derive(Clone, Debug)]
pub struct HavenMonitor {
    settings: HavenSettings,
    /// By role, then state.
    expected: [Vec<f64>; 2],
    standings: [Vec<HavenStanding>; 2],
    window: VecDeque<(Day, ClosedCase)>,
    /// By state: cases of the window that it investigates, or whose network was based or hosted there; and those lost.
    touching: Vec<(u32, u32)>,
    world_closed: u32,
    world_lost: u32,
}

impl HavenMonitor {
    /// A monitor for states with these expected shares (see [`super::World::expected_shares`]), by base and by host.
    #[must_use]
    pub fn new(settings: HavenSettings, by_base: &[f64], by_host: &[f64]) -> Self {
        let standings = |expected: &[f64]| {
            let of = |share: &f64| HavenStanding { expected_permille: thousandths(*share), ..HavenStanding::default() };
            expected.iter().map(of).collect::<Vec<_>>()
        };
        Self {
            settings,
            standings: [standings(by_base), standings(by_host)],
            expected: [by_base.to_vec(), by_host.to_vec()],
            window: VecDeque::new(),
            touching: vec![(0, 0); by_base.len()],
            world_closed: 0,
            world_lost: 0,
        }
    }

    /// Compares with other expected shares from now on: the attraction of a state has changed.
    pub fn expect(&mut self, by_base: &[f64], by_host: &[f64]) {
        self.expected = [by_base.to_vec(), by_host.to_vec()];
        for (standings, expected) in self.standings.iter_mut().zip(&self.expected) {
            for (standing, share) in standings.iter_mut().zip(expected) {
                standing.expected_permille = thousandths(*share);
            }
        }
    }

    /// Notes what is a closed case among the outcomes of a day, on that day. Days do not fall.
    pub fn note(&mut self, day: Day, outcomes: &[Enforcement]) {
        for outcome in outcomes {
            if let Enforcement::CaseClosed(CaseEnd { investigating, base, host, outcome, .. }) = outcome {
                let lost = match outcome {
                    Outcome::Concluded(_) => None,
                    Outcome::Lost(cause) => Some(reason_of(cause)),
                };
                let case = ClosedCase { investigating: *investigating, base: *base, host: *host, lost };
                self.window.push_back((day, case));
                self.count(&case, true);
            }
        }
    }

    /// Assesses every state: on the first of a month, before anything happens, the month that is over.
    pub fn assess(&mut self, day: Day, placements: &Placements) -> Vec<HavenRecord> {
        let hold_days = whole_days(self.settings.hold_days).cast_signed();
        let mut records = Vec::new();
        for (index, measured) in self.measure(day, placements).into_iter().enumerate() {
            for (state, fulfils) in measured.into_iter().enumerate() {
                let standing = &mut self.standings[index][state];
                if fulfils == standing.is_haven {
                    standing.changing_since = None;
                    continue;
                }
                let since = *standing.changing_since.get_or_insert(day);
                if day.days_since(since) >= hold_days {
                    standing.is_haven = fulfils;
                    standing.changing_since = None;
                    records.push(self.record(index, state, since, day));
                }
            }
        }
        records
    }

    /// Takes the measures of every state, of the time before a day; says by role and state whether they are a haven's.
    pub fn measure(&mut self, day: Day, placements: &Placements) -> [Vec<bool>; 2] {
        let from = day - whole_days(self.settings.window_days);
        while let Some((closed, case)) = self.window.front().copied()
            && closed < from
        {
            self.window.pop_front();
            self.count(&case, false);
        }
        let mut of_role = |index: usize, numbers: &[u32]| {
            let total: u32 = numbers.iter().sum();
            numbers.iter().enumerate().map(|(state, number)| self.measure_state(index, state, *number, total)).collect()
        };
        [of_role(0, &placements.based), of_role(1, &placements.hosted)]
    }

    /// How a state stood in a role (base or host) on the day last assessed.
    ///
    /// # Panics
    /// For [`Role::Market`].
    #[must_use]
    pub fn standing(&self, role: Role, state: StateId) -> &HavenStanding {
        assert!(role != Role::Market, "nobody settles in a market");
        &self.standings[role as usize][state.index()]
    }

    /// Takes the measures of a state; says whether they are a haven's today.
    fn measure_state(&mut self, index: usize, state: usize, networks: u32, total: u32) -> bool {
        let expected = self.expected[index][state];
        let (lost, closed) = self.compared(state);
        let standing = &mut self.standings[index][state];
        let share = ratio(networks, total);
        let quotient = if expected > 0.0 { share / expected } else { 0.0 };
        standing.share_permille = thousandths(share);
        standing.quotient_permille = thousandths(quotient);
        let enough = |cases: u32| f64::from(cases) >= self.settings.fewest_cases;
        let excess = ratio(standing.lost, standing.closed) - ratio(lost, closed);
        // Where there is too little to compare with, nothing is known of the excess, and nothing changes.
        let exceeds = if enough(closed) { self.settings.is_excess(excess) } else { standing.is_haven };
        enough(standing.closed) && self.settings.is_concentration(quotient) && exceeds
    }

    /// The cases that a state's are compared with, lost and closed: the world's, or those it has no part in.
    fn compared(&self, state: usize) -> (u32, u32) {
        let (closed, lost) = if self.settings.against_elsewhere > 0.0 { self.touching[state] } else { (0, 0) };
        (self.world_lost - lost, self.world_closed - closed)
    }

    /// Whether a case is one of those that a state's are compared with.
    fn is_compared(&self, case: &ClosedCase, state: StateId) -> bool {
        let takes_part = [case.investigating, case.base, case.host].contains(&state);
        !(self.settings.against_elsewhere > 0.0 && takes_part)
    }

    /// Impunity of the cases that a state's are compared with, in thousandths; none where none was closed.
    #[must_use]
    pub fn compared_permille(&self, state: StateId) -> Option<u32> {
        let (lost, closed) = self.compared(state.index());
        permille(lost, closed)
    }

    fn record(&self, index: usize, state: usize, since: Day, confirmed: Day) -> HavenRecord {
        let standing = &self.standings[index][state];
        let (state, role) = (identifier(state), ROLES[index]);
        let reasons = self.reasons(role, state);
        HavenRecord {
            turn: if standing.is_haven { Turn::Began } else { Turn::Ended },
            state,
            role,
            day: since,
            confirmed,
            quotient_permille: standing.quotient_permille,
            impunity_permille: standing.impunity_permille(),
            compared_impunity_permille: self.compared_permille(state),
            reasons,
        }
    }

    /// What ended the lost cases of the window, beside what would have at the rate of the cases compared with.
    fn reasons(&self, role: Role, state: StateId) -> Reasons {
        let mut counts: BTreeMap<Loss, (u32, u32)> = BTreeMap::new();
        for (_, case) in &self.window {
            let Some(loss) = case.lost else { continue };
            let (here, compared) = counts.entry(loss).or_default();
            *here += u32::from(case.place(role) == state);
            *compared += u32::from(self.is_compared(case, state));
        }
        let (_, compared_cases) = self.compared(state.index());
        Reasons::of(self.standings[role as usize][state.index()].closed, compared_cases, counts)
    }

    fn count(&mut self, case: &ClosedCase, enters: bool) {
        let add = |counter: &mut u32, counts: bool| {
            let change = u32::from(counts);
            *counter = if enters { *counter + change } else { *counter - change };
        };
        for (standings, role) in self.standings.iter_mut().zip(ROLES) {
            let standing = &mut standings[case.place(role).index()];
            add(&mut standing.closed, true);
            add(&mut standing.lost, case.lost.is_some());
        }
        let states = [case.investigating, case.base, case.host];
        for (place, state) in states.iter().enumerate() {
            let (closed, lost) = &mut self.touching[state.index()];
            let first = !states[..place].contains(state);
            add(closed, first);
            add(lost, first && case.lost.is_some());
        }
        add(&mut self.world_closed, true);
        add(&mut self.world_lost, case.lost.is_some());
    }
}

/// A setting of whole days.
fn whole_days(setting: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 36500, at least 0")]
    let days = setting as u32;
    days
}

fn permille(part: u32, whole: u32) -> Option<u32> {
    (whole > 0).then(|| thousandths(ratio(part, whole)))
}
