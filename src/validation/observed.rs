//! What is kept of a run for statistics: recorded incidents with their places, months, closed cases, answers and moves.
//!
//! Only what authorities record is observed, as in the studies; true incidents stand beside it in the months.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use crate::authority::{AuthorityRecord, Outcome};
use crate::base::{Day, NetworkId, StateId};
use crate::engine::{self, Observer, Plan, Record};
use crate::law::Measure;
use crate::transport::{self, Direct};
use crate::world::{Aspect, WorldRecord};

/// Where a network is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its base.
    pub base: StateId,
    /// Its host.
    pub host: StateId,
    /// Its market.
    pub market: StateId,
}

/// One recorded incident.
#[derive(Clone, Copy, Debug)]
pub struct Recorded {
    /// The day it was recorded.
    pub day: Day,
    /// Its network's place on that day.
    pub place: Place,
}

/// The world at the end of a month, by state.
#[derive(Clone, Debug, Default)]
pub struct Month {
    /// The day on which it was taken.
    pub day: Day,
    /// Active networks by base.
    pub based: Vec<f64>,
    /// Active networks by host.
    pub hosted: Vec<f64>,
    /// True incidents of the month by market.
    pub incidents: Vec<f64>,
    /// Recorded incidents of the month by market.
    pub recorded: Vec<f64>,
}

/// One closed case.
#[derive(Clone, Copy, Debug)]
pub struct Closed {
    /// The day.
    pub day: Day,
    /// The investigating state.
    pub state: StateId,
    /// Whether it had a result.
    pub concluded: bool,
    /// How it ended.
    pub outcome: Outcome,
}

/// One answered request.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    /// The day.
    pub day: Day,
    /// Who had asked.
    pub from: StateId,
    /// What was asked.
    pub measure: Measure,
    /// Days from sending to the final reply.
    pub answer_days: u32,
}

/// One move of a network.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    /// The day.
    pub day: Day,
    /// The network.
    pub network: NetworkId,
    /// What it changed.
    pub aspect: Aspect,
    /// From.
    pub from: u16,
    /// To.
    pub to: u16,
}

/// Everything kept of one run.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// Recorded incidents, by day.
    pub recorded: Vec<Recorded>,
    /// Months; the first is the first day itself, the last the last day.
    pub months: Vec<Month>,
    /// Closed cases, by day.
    pub closed: Vec<Closed>,
    /// Answers, by day.
    pub answered: Vec<Answered>,
    /// Moves, by day.
    pub moved: Vec<Moved>,
    /// Networks that gave up, by day.
    pub gave_up: Vec<(Day, NetworkId)>,
    /// Where each network was when last heard of.
    pub places: BTreeMap<NetworkId, Place>,
}

/// Runs a plan with a seed by direct calls and keeps what statistics need.
///
/// # Panics
/// When the run stops: its plan is a target's own.
#[must_use]
pub fn observe(plan: &Plan, seed: u64) -> Observed {
    let plan = Plan { seed, ..plan.clone() };
    let mut nodes = Direct::open(plan.library.clone(), plan.offices(), &transport::Options::default())
        .expect("as many offices as states");
    let mut observed = Observed::default();
    engine::run(&plan, &mut nodes, &mut observed, &AtomicBool::new(false))
        .unwrap_or_else(|stopped| panic!("a target's run stopped: {stopped}"));
    observed
}

impl Observer for Observed {
    fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::World(record) => self.world(day, record),
            Record::Authority(state, record) => self.authority(day, state, record),
            _ => {}
        }
    }
}

impl Observed {
    fn world(&mut self, day: Day, record: &WorldRecord) {
        match *record {
            WorldRecord::NetworkFounded { network, base, host, market, .. } => {
                self.places.insert(network, Place { base, host, market });
            }
            WorldRecord::NetworkMoved { network, aspect, from, to } => {
                self.moved.push(Moved { day, network, aspect, from, to });
                if let Some(place) = self.places.get_mut(&network) {
                    match aspect {
                        Aspect::Base => place.base = StateId(to),
                        Aspect::Host => place.host = StateId(to),
                        Aspect::Market => place.market = StateId(to),
                        Aspect::Line | Aspect::Principal => {}
                    }
                }
            }
            WorldRecord::Month { state, based, hosted, incidents, recorded } => {
                if state.index() == 0 {
                    self.months.push(Month { day, ..Month::default() });
                }
                if let Some(month) = self.months.last_mut() {
                    month.based.push(based.into());
                    month.hosted.push(hosted.into());
                    month.incidents.push(incidents.into());
                    month.recorded.push(recorded.into());
                }
            }
            WorldRecord::NetworkGaveUp { network, .. } => self.gave_up.push((day, network)),
            WorldRecord::SiteBack { network, host } => {
                if let Some(place) = self.places.get_mut(&network) {
                    place.host = host;
                }
            }
            WorldRecord::SiteLost { .. }
            | WorldRecord::NetworkDismantled { .. }
            | WorldRecord::Operation { .. }
            | WorldRecord::StateChanged { .. } => {}
        }
    }

    fn authority(&mut self, day: Day, state: StateId, record: &AuthorityRecord) {
        match *record {
            AuthorityRecord::CaseOpened { network, .. } => {
                if let Some(place) = self.places.get(&network) {
                    self.recorded.push(Recorded { day, place: *place });
                }
            }
            AuthorityRecord::CaseClosed { outcome, .. } => {
                let concluded = matches!(outcome, Outcome::Concluded(_));
                self.closed.push(Closed { day, state, concluded, outcome });
            }
            AuthorityRecord::Answered { measure, answer_days, .. } => {
                self.answered.push(Answered { day, from: state, measure, answer_days });
            }
            _ => {}
        }
    }
}
