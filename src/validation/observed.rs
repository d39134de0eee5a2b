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

/// Where a network is, and how large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its base.
    pub base: StateId,
    /// Its host.
    pub host: StateId,
    /// Its market.
    pub market: StateId,
    /// How large it is, in thousandths of a usual one.
    pub size_thousandths: u32,
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

/// What became of a site first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was removed for this case.
    Removed,
    /// Its network had moved it to another state, or had given up.
    Left,
    /// It fell otherwise: for another case, to an operation, or with its network. It neither left nor was there any
    /// longer to be removed for this one.
    Fell,
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
    /// What became of it, and on which day; none while it stands.
    pub fate: Option<(Day, Fate)>,
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
    /// Where it was until then.
    pub place: Place,
}

/// A network that gave up.
#[derive(Clone, Copy, Debug)]
pub struct GaveUp {
    /// The day.
    pub day: Day,
    /// The network.
    pub network: NetworkId,
    /// Where it was.
    pub place: Place,
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
    /// Networks that gave up, by day.
    pub gave_up: Vec<GaveUp>,
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
            WorldRecord::NetworkFounded { network, base, host, market, size_thousandths, .. } => {
                self.places.insert(network, Place { base, host, market, size_thousandths });
            }
            WorldRecord::NetworkMoved { network, aspect, to, .. } => {
                if aspect == Aspect::Host {
                    self.site_ends(day, network, Fate::Left);
                }
                if let Some(place) = self.places.get_mut(&network) {
                    self.moved.push(Moved { day, network, aspect, place: *place });
                    match aspect {
                        Aspect::Base => place.base = StateId(to),
                        Aspect::Host => place.host = StateId(to),
                        Aspect::Market => place.market = StateId(to),
                        Aspect::Line | Aspect::Principal => {}
                    }
                }
            }
            WorldRecord::Month { state, based, hosted, incidents, recorded, .. } => {
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
            WorldRecord::NetworkGaveUp { network, .. } => {
                self.site_ends(day, network, Fate::Left);
                if let Some(place) = self.places.remove(&network) {
                    self.gave_up.push(GaveUp { day, network, place });
                }
            }
            WorldRecord::NetworkDismantled { network, .. } => {
                self.site_ends(day, network, Fate::Fell);
                self.places.remove(&network);
            }
            // The day before it was removed for one case; those who ask for it in another find nothing.
            WorldRecord::SiteLost { network, .. } => self.site_ends(day, network, Fate::Fell),
            WorldRecord::SiteBack { network, host } => {
                if let Some(place) = self.places.get_mut(&network) {
                    place.host = host;
                }
            }
            WorldRecord::Operation { .. } | WorldRecord::StateChanged { .. } => {}
        }
    }

    /// The present site of a network is no more, for every case in which it is looked for.
    fn site_ends(&mut self, day: Day, network: NetworkId, fate: Fate) {
        for case in self.sought.remove(&network).unwrap_or_default() {
            if let Some(site) = self.sites.get_mut(&case) {
                site.fate.get_or_insert((day, fate));
            }
        }
    }

    fn authority(&mut self, day: Day, state: StateId, record: &AuthorityRecord) {
        match *record {
            AuthorityRecord::CaseOpened { case, network, .. } => {
                if let Some(place) = self.places.get(&network) {
                    self.recorded.push(Recorded { day, place: *place });
                    let site = Site { day, market: state, host: place.host, fate: None };
                    self.sites.insert((state, case), site);
                    self.sought.entry(network).or_default().push((state, case));
                }
            }
            AuthorityRecord::SiteRemoved { file } => {
                // What has left or fallen before is not there to be removed.
                if let Some(site) = self.sites.get_mut(&(file.state, file.case)) {
                    site.fate.get_or_insert((day, Fate::Removed));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileNumber;

    #[test]
    fn a_site_that_falls_to_one_case_is_not_there_for_another() {
        let (state, other, network) = (StateId(0), StateId(1), NetworkId(7));
        let day = Day::from_calendar(2004, 5, 1).expect("a day");
        let mut observed = Observed::default();
        let file = |number| FileNumber { state, case: CaseNumber(number) };
        let (base, host, market, line, size_thousandths) = (other, other, state, 0, 1000);
        observed.world(day, &WorldRecord::NetworkFounded { network, base, host, market, line, size_thousandths });
        let open = |observed: &mut Observed, number: u32, day: Day| {
            let case = CaseNumber(number);
            observed.authority(day, state, &AuthorityRecord::CaseOpened { case, network, needs_data: true });
        };
        let remove = |observed: &mut Observed, number: u32, day: Day| {
            observed.authority(day, other, &AuthorityRecord::SiteRemoved { file: file(number) });
        };
        open(&mut observed, 0, day);
        open(&mut observed, 1, day + 1);
        remove(&mut observed, 0, day + 5);
        observed.world(day + 6, &WorldRecord::SiteLost { network, host: other });
        remove(&mut observed, 1, day + 8);
        // It is back, and moves before it is removed for a third.
        observed.world(day + 9, &WorldRecord::SiteBack { network, host: other });
        open(&mut observed, 2, day + 10);
        let (aspect, from, to) = (Aspect::Host, other.0, state.0);
        observed.world(day + 20, &WorldRecord::NetworkMoved { network, aspect, from, to });
        remove(&mut observed, 2, day + 22);
        let fates: Vec<_> = observed.sites.values().map(|site| site.fate).collect();
        let expected = [(day + 5, Fate::Removed), (day + 6, Fate::Fell), (day + 20, Fate::Left)].map(Some);
        assert_eq!(fates, expected);
    }
}
