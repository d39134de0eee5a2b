//! What is counted while a run goes on: exact counts by state, ordered and small. No letter is kept.

use std::collections::BTreeMap;

use super::dated::Dated;
use super::losses::Losses;
use super::median_days::median_days;
use super::panel::Panel;
use super::plan::Plan;
use super::record::Record;
use crate::authority::{AuthorityRecord, Body, Conclusion, LossKind, Outcome, Ruling};
use crate::base::{CiteId, Day, LetterId, StateId, TreatyId, Window};
use crate::depositary::{DepositaryRecord, Unfolded};
use crate::law::{Decision, GroundCode, Instrument, Measure};
use crate::world::{HavenRecord, WorldRecord};

/// Counts of one state.
#[derive(Clone, Debug, Default)]
pub struct StateTally {
    /// Cases opened here.
    pub cases_opened: u64,
    /// Cases that ended with a result, by which.
    pub concluded: BTreeMap<Conclusion, u64>,
    /// Cases lost, by the rule or delay that ended them.
    pub lost: BTreeMap<LossKind, u64>,
    /// Requests sent, by requested state, measure and what the law said of them.
    pub requests_out: BTreeMap<(StateId, Measure, Decision), u64>,
    /// Requests sent and refused, by requested state, measure, and ground with article; no ground where the law left it to the
    /// requested state and no article says why.
    pub refused_out: BTreeMap<RefusedBy, u64>,
    /// Requests decided here, by measure and by what the law said of them.
    pub requests_in: BTreeMap<(Measure, Decision), u64>,
    /// Requests refused here, by ground and article.
    pub refusals: BTreeMap<(GroundCode, CiteId), u64>,
    /// Requests decided here by a choice that the law left open: granted and refused.
    pub discretion: (u64, u64),
    /// Letters sent, by the number of their kind.
    pub letters_out: [u64; Body::KINDS.len()],
    /// Letters received, by the number of their kind.
    pub letters_in: [u64; Body::KINDS.len()],
    /// Days to the final reply to requests that this state received, a whole distribution: without preservation, whose urgent
    /// lane would make a median of both tell how many there are of each.
    pub answer_days: BTreeMap<u32, u64>,
    /// Days that such requests waited which had no final reply when they were withdrawn, or when the run ended.
    pub waited_days: BTreeMap<u32, u64>,
    /// Requests for preservation with a final reply.
    pub preservations_answered: u64,
    /// Preserved data released because no follow-up came.
    pub preservations_lapsed: u64,
    /// Sites that a network lost to this state's law, in a case and not in an operation.
    pub sites_removed: u64,
}

/// The state that refused, what was asked, and ground with article.
pub type RefusedBy = (StateId, Measure, Option<(GroundCode, CiteId)>);

/// Expected shares by state, 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedShares {
    /// Of bases.
    pub bases: Vec<f64>,
    /// Of hosts.
    pub hosts: Vec<f64>,
}

/// Counts of a run.
#[derive(Clone, Debug)]
pub struct Tally {
    /// By state.
    pub states: Vec<StateTally>,
    /// Letters sent.
    pub letters: u64,
    /// Letters on their way when the run ended.
    pub on_the_way: u64,
    /// Days on which anything happened.
    pub days: u64,
    /// What was done on days, in order.
    pub dated: Vec<(Day, Dated)>,
    /// The shares of networks that attraction explains, each with the day since when; the first from the first day.
    pub expected_shares: Vec<(Day, ExpectedShares)>,
    /// Beginnings and ends of havens, in order.
    pub havens: Vec<HavenRecord>,
    /// The same by state and month, and who was where.
    pub panel: Panel,
    /// What the lost cases were lost by.
    pub losses: Losses,
    /// Every instrument of the run, in order; those before its first day come first.
    pub instruments: Vec<Instrument>,
    /// The law of the run: what adoption enacted is part of it, and every instrument, those that lie ahead included.
    pub law: Unfolded,
    /// Treaties that began to bind states during the run, by day.
    pub in_force: BTreeMap<(Day, TreatyId), Vec<StateId>>,
    /// Requests whose final reply has not come, by sender and number.
    pending: Vec<Window<Pending>>,
    /// Hosts of the sites that were lost on this day.
    fallen: Vec<StateId>,
}

/// A request without final reply.
#[derive(Clone, Copy, Debug)]
struct Pending {
    to: StateId,
    sent: Day,
    measure: Measure,
    decided: bool,
}

impl StateTally {
    /// Cases lost because the data were gone.
    #[must_use]
    pub fn evidence_lapsed(&self) -> u64 {
        self.lost.get(&LossKind::EvidenceLapsed).copied().unwrap_or(0)
    }
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let states = plan.library.states().len();
        let law = plan.unfolded();
        let history = law.instruments.iter().filter(|instrument| instrument.day < plan.first_day);
        Self {
            states: vec![StateTally::default(); states],
            letters: 0,
            on_the_way: 0,
            days: 0,
            dated: Vec::new(),
            expected_shares: Vec::new(),
            havens: Vec::new(),
            panel: Panel::new(states, plan.first_day),
            losses: Losses::new(plan, &law.library),
            instruments: history.copied().collect(),
            law,
            in_force: BTreeMap::new(),
            pending: vec![Window::default(); states],
            fallen: Vec::new(),
        }
    }

    /// Counts one record.
    pub fn record(&mut self, day: Day, record: Record<'_>) {
        self.losses.record(day, record);
        self.dated.extend(Dated::of(record).map(|dated| (day, dated)));
        match record {
            Record::Day => {
                self.days += 1;
                self.fallen.clear();
                self.panel.begin(day);
            }
            Record::Letter(letter) => {
                self.letters += 1;
                let kind = letter.body.number();
                self.states[letter.id.from.index()].letters_out[kind] += 1;
                self.states[letter.to.index()].letters_in[kind] += 1;
                self.panel.letter(letter.id.from, letter.to);
                match letter.body {
                    Body::Request(request) => {
                        self.panel.request(letter.id.from, letter.to, request.measure);
                        let pending = Pending { to: letter.to, sent: day, measure: request.measure, decided: false };
                        self.pending[letter.id.from.index()].insert(letter.id.number, pending);
                    }
                    Body::Withdrawal => {
                        let withdrawn = letter.in_reply_to.and_then(|request| taken(&mut self.pending, request));
                        if let Some(pending @ Pending { to, decided, .. }) = withdrawn {
                            self.panel.withdrawn(to, decided);
                            self.waited(pending, day);
                        }
                    }
                    Body::Answer(_) | Body::Evidence(_) | Body::Spontaneous(_) => {}
                }
            }
            Record::Authority(state, record) => self.authority(state, record),
            Record::Haven(record) => self.havens.push(record.clone()),
            Record::Depositary(DepositaryRecord::Deposited(instrument)) => self.instruments.push(*instrument),
            Record::Depositary(DepositaryRecord::EnteredIntoForce(treaty, state)) => {
                self.in_force.entry((day, *treaty)).or_default().push(*state);
            }
            Record::World(record) => self.world(record),
            Record::Depositary(_) | Record::Register(..) => {}
        }
    }

    fn world(&mut self, record: &WorldRecord) {
        match record {
            WorldRecord::Month { state, based, hosted, incidents, recorded, harm_thousandths } => {
                self.panel.world(*state, (*based, *hosted), (*incidents, *recorded), *harm_thousandths);
            }
            WorldRecord::SiteLost { host, .. } => {
                self.states[host.index()].sites_removed += 1;
                self.fallen.push(*host);
            }
            // The last sites that fell on that day fell to it.
            WorldRecord::Operation { networks: false, fell, .. } => {
                let by_law = self.fallen.len().saturating_sub(*fell as usize);
                for host in self.fallen.drain(by_law..) {
                    self.states[host.index()].sites_removed -= 1;
                }
            }
            _ => {}
        }
    }

    /// How many states, of all or of this one, a treaty began to bind.
    #[must_use]
    pub fn bound(&self, treaty: TreatyId, state: Option<StateId>) -> usize {
        let of_treaty = self.in_force.iter().filter(|((_, entered), _)| *entered == treaty);
        let states = of_treaty.flat_map(|(_, states)| states);
        states
            .filter(|bound| state.is_none_or(|wanted| **bound == wanted))
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    }

    /// Of the cases closed in a state, or in all, those that were lost for a cause, or for any; none where no case was
    /// closed.
    #[must_use]
    pub fn lost_share(&self, state: Option<StateId>, cause: Option<LossKind>) -> Option<f64> {
        let (mut lost, mut closed) = (0, 0);
        for (index, of_state) in self.states.iter().enumerate() {
            if state.is_none_or(|state| state.index() == index) {
                closed += of_state.lost.values().chain(of_state.concluded.values()).sum::<u64>();
                let counted = of_state.lost.iter().filter(|(known, _)| cause.is_none_or(|cause| cause == **known));
                lost += counted.map(|(_, cases)| cases).sum::<u64>();
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of a run lie far below 2^52")]
        let share = (closed > 0).then(|| lost as f64 / closed as f64);
        share
    }

    /// Notes the requests that have no final reply when the run ends.
    pub(super) fn close(&mut self, last_day: Day) {
        let pending = std::mem::take(&mut self.pending);
        for pending in pending.iter().flat_map(Window::iter) {
            self.waited(*pending, last_day);
        }
    }

    fn waited(&mut self, pending: Pending, until: Day) {
        let days = until.days_since(pending.sent).unsigned_abs();
        if pending.measure != Measure::Preservation {
            *self.states[pending.to.index()].waited_days.entry(days).or_default() += 1;
        }
    }

    /// The days by which half of all requests of the run but those for preservation have their final reply; see [`median_days`].
    #[must_use]
    pub fn median_answer_days(&self) -> Option<u32> {
        let all = |of: fn(&StateTally) -> &BTreeMap<u32, u64>| {
            let mut all = BTreeMap::new();
            for (days, requests) in self.states.iter().flat_map(of) {
                *all.entry(*days).or_default() += requests;
            }
            all
        };
        median_days(&all(|state| &state.answer_days), &all(|state| &state.waited_days))
    }

    fn authority(&mut self, state: StateId, record: &AuthorityRecord) {
        let own = &mut self.states[state.index()];
        let month = self.panel.row(state);
        match record {
            AuthorityRecord::CaseOpened { .. } => {
                own.cases_opened += 1;
                month.cases_opened += 1;
            }
            // A site that is gone by then is not removed: what fell is told by the world.
            AuthorityRecord::SettingChanged { .. } | AuthorityRecord::SiteRemoved { .. } => {}
            AuthorityRecord::PreservationLapsed { .. } => {
                own.preservations_lapsed += 1;
                month.preservations_lapsed += 1;
            }
            AuthorityRecord::Answered { request, answer_days, .. } => {
                if let Some(Pending { to: requested, measure, .. }) = taken(&mut self.pending, *request) {
                    let own = &mut self.states[requested.index()];
                    let days = (measure != Measure::Preservation).then_some(*answer_days);
                    match days {
                        Some(days) => *own.answer_days.entry(days).or_default() += 1,
                        None => own.preservations_answered += 1,
                    }
                    self.panel.answered(requested, days);
                }
            }
            AuthorityRecord::CaseClosed { outcome: Outcome::Concluded(conclusion), .. } => {
                *own.concluded.entry(*conclusion).or_default() += 1;
                *month.concluded.entry(*conclusion).or_default() += 1;
            }
            AuthorityRecord::CaseClosed { outcome: Outcome::Lost(cause), .. } => {
                *own.lost.entry(cause.kind()).or_default() += 1;
                *month.lost.entry(cause.kind()).or_default() += 1;
            }
            AuthorityRecord::Decided { request, measure, decision, ruling, discretionary, .. } => {
                if *discretionary {
                    let (granted, refused) = &mut own.discretion;
                    match ruling {
                        Ruling::Granted => *granted += 1,
                        Ruling::Refused(_) => *refused += 1,
                        Ruling::DataGone => {}
                    }
                }
                self.decided(state, *request, (*measure, *decision), *ruling);
            }
        }
    }

    /// A state has decided a request.
    fn decided(&mut self, state: StateId, request: LetterId, said: (Measure, Decision), ruling: Ruling) {
        let (measure, decision) = said;
        let (is_refused, ground) = match ruling {
            Ruling::Refused(ground) => (true, ground.map(|ground| (ground.code, ground.cite))),
            Ruling::Granted | Ruling::DataGone => (false, None),
        };
        let own = &mut self.states[state.index()];
        *own.requests_in.entry(said).or_default() += 1;
        if let Some(ground) = ground {
            *own.refusals.entry(ground).or_default() += 1;
        }
        self.panel.decided((request.from, state), measure, decision, ground);
        // One that was withdrawn while it was on its way or on a desk has left the queue already.
        let sent = self.pending.get_mut(request.from.index());
        if let Some(pending) = sent.and_then(|sent| sent.get_mut(request.number)) {
            pending.decided = true;
            self.panel.row(state).undecided -= 1;
        }
        let theirs = &mut self.states[request.from.index()];
        *theirs.requests_out.entry((state, measure, decision)).or_default() += 1;
        if is_refused {
            *theirs.refused_out.entry((state, measure, ground)).or_default() += 1;
        }
    }
}

/// The request that waited, which does no more.
fn taken(pending: &mut [Window<Pending>], request: LetterId) -> Option<Pending> {
    pending.get_mut(request.from.index())?.remove(request.number)
}
