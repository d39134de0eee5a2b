//! What is kept of a run for statistics: recorded incidents with their places, months, closed cases, answers and moves.
//!
//! Only what authorities record is observed, as in the studies; true incidents stand beside it in the months.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use crate::authority::{AuthorityRecord, Body, Outcome};
use crate::base::{CaseNumber, Day, LetterId, NetworkId, StateId};
use crate::engine::{self, Observer, Plan, Record};
use crate::law::Measure;
use crate::transport::Direct;
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
    /// Active networks by base and market.
    pub stock: BTreeMap<(StateId, StateId), f64>,
}

/// One closed case.
#[derive(Clone, Copy, Debug)]
pub struct Closed {
    /// The day.
    pub day: Day,
    /// Whether it had a result.
    pub concluded: bool,
}

/// One answered request.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    /// Who had been asked.
    pub to: StateId,
    /// What was asked.
    pub measure: Measure,
    /// Days from sending to the final reply, both where it was asked from.
    pub answer_days: u32,
    /// Days from receipt to the final reply, both where it was asked: without the letters' own days.
    pub handling_days: u32,
}

/// A request without a final reply.
#[derive(Clone, Copy, Debug)]
struct Awaiting {
    to: StateId,
    received: Day,
    /// The day on which the last letter about it was sent back.
    replied: Day,
}

/// One case, as far as its site is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// The day on which the incident was recorded.
    pub day: Day,
    /// The investigating state.
    pub market: StateId,
    /// Where the site was.
    pub host: StateId,
    /// The day on which it was removed.
    pub removed: Option<Day>,
    /// The day on which it had left or was gone for another reason.
    pub left: Option<Day>,
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
    /// Requests by who asked, who was asked, and for what.
    pub asked: BTreeMap<(StateId, StateId, Measure), u32>,
    /// Requests without a final reply.
    pending: BTreeMap<LetterId, Awaiting>,
    /// Sites of the cases, by investigating state and case.
    pub sites: BTreeMap<(StateId, CaseNumber), Site>,
    /// The cases in which a network's present site is looked for.
    sought: BTreeMap<NetworkId, Vec<(StateId, CaseNumber)>>,
    /// Networks that gave up, by day, with where they were based.
    pub gave_up: Vec<(Day, NetworkId, StateId)>,
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
    let mut nodes = Direct::of(&plan);
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
            Record::Letter(letter) => {
                if let Body::Request(request) = &letter.body {
                    let (to, received) = (letter.to, letter.arrives);
                    self.pending.insert(letter.id, Awaiting { to, received, replied: received });
                    *self.asked.entry((letter.id.from, letter.to, request.measure)).or_default() += 1;
                } else if let Some(request) = letter.in_reply_to.and_then(|request| self.pending.get_mut(&request))
                    && letter.id.from == request.to
                {
                    request.replied = letter.sent;
                }
            }
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
                self.moved.push(Moved { day, network, aspect, from });
                if aspect == Aspect::Host {
                    self.site_left(day, network);
                }
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
                    let mut stock = BTreeMap::new();
                    for place in self.places.values() {
                        *stock.entry((place.base, place.market)).or_default() += 1.0;
                    }
                    self.months.push(Month { day, stock, ..Month::default() });
                }
                if let Some(month) = self.months.last_mut() {
                    month.based.push(based.into());
                    month.hosted.push(hosted.into());
                    month.incidents.push(incidents.into());
                    month.recorded.push(recorded.into());
                }
            }
            WorldRecord::NetworkGaveUp { network, base, .. } => {
                self.gave_up.push((day, network, base));
                self.site_left(day, network);
                self.places.remove(&network);
            }
            WorldRecord::NetworkDismantled { network, .. } => {
                self.site_left(day, network);
                self.places.remove(&network);
            }
            WorldRecord::SiteBack { network, host } => {
                if let Some(place) = self.places.get_mut(&network) {
                    place.host = host;
                }
            }
            WorldRecord::SiteLost { .. } | WorldRecord::Operation { .. } | WorldRecord::StateChanged { .. } => {}
        }
    }

    /// The site of a network is gone before anyone removed it.
    fn site_left(&mut self, day: Day, network: NetworkId) {
        for case in self.sought.remove(&network).unwrap_or_default() {
            if let Some(site) = self.sites.get_mut(&case).filter(|site| site.removed.is_none()) {
                site.left = Some(day);
            }
        }
    }

    /// How far the incidents of the whole world in the year until a day, the first of a month, differ from those of the
    /// year before, as a share of these; none where two years are not observed.
    #[must_use]
    pub fn yearly_change(&self, until: Day) -> Option<f64> {
        let end = self.months.iter().position(|month| month.day == until)?;
        // The first of them tells how the run began, and nothing of a month.
        let from = end.checked_sub(2 * 12).map(|before| before + 1)?;
        let of_year = |months: &[Month]| -> f64 { months.iter().flat_map(|month| &month.incidents).sum() };
        let (before, last) = self.months[from..=end].split_at(12);
        (of_year(before) > 0.0).then(|| of_year(last) / of_year(before) - 1.0)
    }

    fn authority(&mut self, day: Day, state: StateId, record: &AuthorityRecord) {
        match *record {
            AuthorityRecord::CaseOpened { case, network, .. } => {
                if let Some(place) = self.places.get(&network) {
                    self.recorded.push(Recorded { day, place: *place });
                    let site = Site { day, market: state, host: place.host, removed: None, left: None };
                    self.sites.insert((state, case), site);
                    self.sought.entry(network).or_default().push((state, case));
                }
            }
            AuthorityRecord::SiteRemoved { file } => {
                // What has left before is not there to be removed.
                if let Some(site) = self.sites.get_mut(&(file.state, file.case)).filter(|site| site.left.is_none()) {
                    site.removed.get_or_insert(day);
                }
            }
            AuthorityRecord::CaseClosed { outcome, .. } => {
                self.closed.push(Closed { day, concluded: matches!(outcome, Outcome::Concluded(_)) });
            }
            AuthorityRecord::Answered { request, measure, answer_days } => {
                if let Some(Awaiting { to, received, replied }) = self.pending.remove(&request) {
                    let handling_days = replied.days_since(received).unsigned_abs();
                    self.answered.push(Answered { to, measure, answer_days, handling_days });
                }
            }
            _ => {}
        }
    }
}
