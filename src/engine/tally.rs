//! What is counted while a run goes on: exact counts by state, ordered and small. No letter is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::record::Record;
use crate::authority::{AuthorityRecord, Body, Conclusion, LossCause, Outcome, Ruling};
use crate::base::{CiteId, LetterId, StateId, TreatyId};
use crate::depositary::DepositaryRecord;
use crate::law::{Decision, GroundCode, Measure};
use crate::world::HavenRecord;

/// Counts of one state.
#[derive(Clone, Debug, Default)]
pub struct StateTally {
    /// Cases opened here.
    pub cases_opened: u64,
    /// Cases that ended with a result, by which.
    pub concluded: BTreeMap<&'static str, u64>,
    /// Cases lost, by the rule or delay that ended them.
    pub lost: BTreeMap<&'static str, u64>,
    /// Requests sent, by measure and by what the law said of them.
    pub requests_out: BTreeMap<(Measure, Decision), u64>,
    /// Requests decided here, by measure and by what the law said of them.
    pub requests_in: BTreeMap<(Measure, Decision), u64>,
    /// Requests refused here, by ground and article.
    pub refusals: BTreeMap<(GroundCode, CiteId), u64>,
    /// Requests decided here by a choice that the law left open: granted and refused.
    pub discretion: (u64, u64),
    /// Letters sent, by kind.
    pub letters_out: BTreeMap<&'static str, u64>,
    /// Letters received, by kind.
    pub letters_in: BTreeMap<&'static str, u64>,
    /// Days to the final reply to requests that this state received: a whole distribution.
    pub answer_days: BTreeMap<u32, u64>,
    /// Preserved data released because no follow-up came.
    pub preservations_lapsed: u64,
    /// Sites removed by this state.
    pub sites_removed: u64,
}

/// Counts of a run.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By state.
    pub states: Vec<StateTally>,
    /// Letters sent.
    pub letters: u64,
    /// Letters on their way when the run ended.
    pub on_the_way: u64,
    /// Days on which anything happened.
    pub days: u64,
    /// What the law said, by requesting state, requested state and measure.
    pub decisions: BTreeMap<(StateId, StateId, Measure, Decision), u64>,
    /// Beginnings and ends of havens, in order.
    pub havens: Vec<HavenRecord>,
    /// Treaties, and rules of custom, that began to bind states while the run went on.
    pub entered: BTreeSet<(TreatyId, StateId)>,
    /// Requests whose final reply has not come: to whom they went.
    pending: BTreeMap<LetterId, StateId>,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(states: usize) -> Self {
        Self { states: vec![StateTally::default(); states], ..Self::default() }
    }

    /// Counts one record.
    pub fn record(&mut self, record: Record<'_>) {
        match record {
            Record::Day => self.days += 1,
            Record::Letter(letter) => {
                self.letters += 1;
                let kind = letter.body.kind();
                *self.states[letter.id.from.index()].letters_out.entry(kind).or_default() += 1;
                *self.states[letter.to.index()].letters_in.entry(kind).or_default() += 1;
                match letter.body {
                    Body::Request(_) => {
                        self.pending.insert(letter.id, letter.to);
                    }
                    Body::Withdrawal => {
                        letter.in_reply_to.map(|request| self.pending.remove(&request));
                    }
                    Body::Answer(_) | Body::Evidence(_) | Body::Spontaneous(_) => {}
                }
            }
            Record::Authority(state, record) => self.authority(state, record),
            Record::Haven(record) => self.havens.push(record.clone()),
            Record::Depositary(DepositaryRecord::EnteredIntoForce(treaty, state)) => {
                self.entered.insert((*treaty, *state));
            }
            Record::Depositary(_) | Record::World(_) | Record::Register(..) => {}
        }
    }

    /// How many states, of all or of this one, a treaty began to bind.
    #[must_use]
    pub fn bound(&self, treaty: TreatyId, state: Option<StateId>) -> usize {
        let of_treaty = self.entered.iter().filter(|(entered, _)| *entered == treaty);
        of_treaty.filter(|(_, bound)| state.is_none_or(|wanted| *bound == wanted)).count()
    }

    fn authority(&mut self, state: StateId, record: &AuthorityRecord) {
        let own = &mut self.states[state.index()];
        match record {
            AuthorityRecord::CaseOpened { .. } => own.cases_opened += 1,
            AuthorityRecord::SettingChanged { .. } => {}
            AuthorityRecord::PreservationLapsed { .. } => own.preservations_lapsed += 1,
            AuthorityRecord::SiteRemoved { .. } => own.sites_removed += 1,
            AuthorityRecord::Answered { request, answer_days, .. } => {
                if let Some(requested) = self.pending.remove(request) {
                    *self.states[requested.index()].answer_days.entry(*answer_days).or_default() += 1;
                }
            }
            AuthorityRecord::CaseClosed { outcome: Outcome::Concluded(conclusion), .. } => {
                *own.concluded.entry(Conclusion::name(*conclusion)).or_default() += 1;
            }
            AuthorityRecord::CaseClosed { outcome: Outcome::Lost(cause), .. } => {
                *own.lost.entry(LossCause::name(cause)).or_default() += 1;
            }
            AuthorityRecord::Decided { request, measure, decision, ruling, discretionary, .. } => {
                *own.requests_in.entry((*measure, *decision)).or_default() += 1;
                if let Ruling::Refused(Some(ground)) = ruling {
                    *own.refusals.entry((ground.code, ground.cite)).or_default() += 1;
                }
                if *discretionary {
                    let (granted, refused) = &mut own.discretion;
                    *(if matches!(ruling, Ruling::Refused(_)) { refused } else { granted }) += 1;
                }
                let asking = request.from;
                *self.states[asking.index()].requests_out.entry((*measure, *decision)).or_default() += 1;
                *self.decisions.entry((asking, state, *measure, *decision)).or_default() += 1;
            }
        }
    }
}

/// The median of a distribution of whole days, none when it is empty.
#[must_use]
pub fn median_days(counts: &BTreeMap<u32, u64>) -> Option<u32> {
    let total: u64 = counts.values().sum();
    let mut seen = 0;
    counts
        .iter()
        .find(|(_, count)| {
            seen += **count;
            seen * 2 >= total
        })
        .map(|(days, _)| *days)
}
