//! What lost cases were lost by, counted by question: parties, measure, facts, nationality and the days between
//! which the law stayed the same. So the number of entries does not grow with the number of cases.
//!
//! Deliberately absent: what would have saved them; see [`super::attribution`].

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use super::record::Record;
use crate::authority::{
    AuthorityRecord, AuthoritySettings, Body, Letter, LossCause, Outcome, Request, Ruling, Setting,
};
use crate::base::{CiteId, Day, FileNumber, NetworkId, StateId, Window, of_thousandths};
use crate::law::{FactSet, GroundCode, Library, Measure, Question, State};
use crate::world::{Aspect, WorldRecord};

/// What a case was lost by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// The conduct of this line was no offence in the investigating state on this day.
    NoOffence(StateId, u8, Day),
    /// That state claimed no jurisdiction; whether over a national of its own.
    NoJurisdiction(StateId, bool),
    /// The request was refused, on this ground, by law or by a choice that the law left open.
    Refused {
        /// The request.
        question: Question,
        /// Ground and article.
        ground: Option<(GroundCode, CiteId)>,
        /// Whether that was a choice.
        by_choice: bool,
    },
    /// The data were gone when the request for them, or for their preservation, was carried out. If they could have been
    /// frozen before and the law did not have it done, that question stands beside it.
    Gone {
        /// The request for the data or for their preservation.
        question: Question,
        /// The request for preservation that was refused before, or would have been made had the law opened it.
        unpreserved: Option<Question>,
    },
    /// The data were at home, and gone on the day of the incident: nobody was asked for them.
    GoneAtOnce(StateId),
    /// The investigator gave up waiting for an answer to this request; whether it was granted, where it was decided before
    /// that day.
    Unanswered(Question, Option<bool>),
    /// The evidence named nobody.
    NotIdentified(StateId),
    /// A refusal or a wait of which no request was seen: a record that is not whole.
    WithoutRequest(StateId),
}

/// How many cases, and what quicker or surer handling could have saved of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weight {
    /// Cases lost so.
    pub cases: u64,
    /// For data that were gone: the expected number of cases in which they were still there on receipt of the request.
    pub there_on_receipt: f64,
    /// The same for the day on which preservation was refused, or would have been asked for.
    pub there_when_unpreserved: f64,
}

/// The last request of an open case.
#[derive(Clone, Copy, Debug)]
struct Asked {
    question: Question,
    /// When it was decided, and whether it was granted.
    decided: Option<(Day, bool)>,
    by_choice: bool,
    /// The request for preservation that was refused before, or would have been made had the law opened it.
    unpreserved: Option<Question>,
}

/// What is known of a network.
#[derive(Clone, Copy, Debug)]
struct Known {
    line: u8,
    /// Whose national its principal is.
    nationality: StateId,
}

/// The lost cases of a run, by what they were lost by.
#[derive(Clone, Debug)]
pub struct Losses {
    /// In order.
    pub lost: BTreeMap<Lost, Weight>,
    /// Facts of each line.
    pub lines: Vec<FactSet>,
    first_day: Day,
    /// Days on which the law between some states changed, so far; and those of offences, rules and texts.
    changes: BTreeSet<Day>,
    /// What the authorities can do by now, by state: data last by their half-life.
    settings: Vec<AuthoritySettings>,
    networks: BTreeMap<NetworkId, Known>,
    /// By state and case.
    open: Vec<Window<Asked>>,
}

impl Losses {
    /// Nothing lost yet. `library` is the law of the run.
    #[must_use]
    pub fn new(plan: &Plan, library: &Library) -> Self {
        Self {
            lost: BTreeMap::new(),
            lines: plan.world.lines.iter().map(|line| line.facts).collect(),
            first_day: plan.first_day,
            changes: library.states().iter().flat_map(State::changes).chain(library.days_of_texts()).collect(),
            settings: plan.authorities.clone(),
            networks: BTreeMap::new(),
            open: vec![Window::default(); library.states().len()],
        }
    }

    /// Cases lost.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.lost.values().map(|weight| weight.cases).sum()
    }

    pub(super) fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::Depositary(_) => {
                self.changes.insert(day);
            }
            Record::World(WorldRecord::NetworkFounded { network, line, base, .. }) => {
                self.networks.insert(*network, Known { line: *line, nationality: *base });
            }
            Record::World(WorldRecord::NetworkMoved { network, aspect, to, .. }) => {
                if let Some(known) = self.networks.get_mut(network) {
                    match aspect {
                        Aspect::Line => known.line = u8::try_from(*to).unwrap_or(u8::MAX),
                        Aspect::Principal => known.nationality = StateId(*to),
                        _ => {}
                    }
                }
            }
            Record::Letter(letter) => {
                if let Body::Request(request) = &letter.body {
                    self.asked(letter, request);
                }
            }
            Record::Authority(state, record) => self.authority(day, state, record),
            Record::Day | Record::World(_) | Record::Haven(_) | Record::Register(..) => {}
        }
    }

    fn asked(&mut self, letter: &Letter, request: &Request) {
        let question = Question {
            conduct_day: request.matter.conduct_day,
            nationality: request.nationality,
            ..Question::on(letter.arrives, (letter.id.from, letter.to), request.measure, request.facts)
        };
        let FileNumber { state, case } = letter.file;
        let unpreserved = match self.open[state.index()].get(case.0) {
            Some(before) => before.unpreserved,
            // Had the law opened preservation, it would have been asked for first.
            None if request.measure != Measure::Preservation && request.measure.is_electronic_evidence() => {
                let known = self.networks.get(&request.matter.network);
                let facts = known.and_then(|known| self.lines.get(usize::from(known.line)));
                let facts = facts.copied().unwrap_or(request.facts);
                Some(Question { measure: Measure::Preservation, facts, ..question })
            }
            None => None,
        };
        self.open[state.index()].insert(case.0, Asked { question, decided: None, by_choice: false, unpreserved });
    }

    fn authority(&mut self, day: Day, state: StateId, record: &AuthorityRecord) {
        match record {
            AuthorityRecord::Decided { file, ruling, discretionary, measure, .. } => {
                let open = self.open[file.state.index()].get_mut(file.case.0);
                let Some(asked) = open.filter(|asked| asked.question.measure == *measure) else { return };
                asked.question.day = day;
                asked.decided = Some((day, *ruling == Ruling::Granted));
                asked.by_choice = *discretionary;
                if *measure == Measure::Preservation && matches!(ruling, Ruling::Refused(_)) {
                    asked.unpreserved = Some(asked.question);
                }
            }
            AuthorityRecord::SettingChanged { key, thousandths } => {
                self.settings[state.index()].set(Setting { key: *key, value: of_thousandths(*thousandths) });
            }
            AuthorityRecord::CaseClosed { case, network, outcome, .. } => {
                let asked = self.open[state.index()].remove(case.0);
                if let Outcome::Lost(cause) = outcome {
                    self.lose(day, (state, *network), cause, asked);
                }
            }
            _ => {}
        }
    }

    fn lose(&mut self, day: Day, of: (StateId, NetworkId), cause: &LossCause, asked: Option<Asked>) {
        let (state, network) = of;
        let mut weight = Weight { cases: 1, ..Weight::default() };
        let known = self.networks.get(&network);
        let lost = match (cause, asked) {
            (LossCause::NoOffence, _) => {
                let line = known.map_or(u8::MAX, |known| known.line);
                Lost::NoOffence(state, line, self.unchanged_since(day))
            }
            (LossCause::Refused(_, ground), Some(asked)) => Lost::Refused {
                question: self.of_its_time(asked.question),
                ground: ground.map(|ground| (ground.code, ground.cite)),
                by_choice: asked.by_choice,
            },
            (LossCause::EvidenceLapsed, Some(asked)) => {
                // What is to be preserved is looked for on the day of the decision. Of other measures no record has the day.
                let gone = if asked.question.measure == Measure::Preservation { asked.question.day } else { day };
                weight.there_on_receipt = self.still_there(&asked.question, asked.question.request_day, gone);
                if let Some(question) = asked.unpreserved {
                    weight.there_when_unpreserved = self.still_there(&asked.question, question.day, gone);
                }
                let unpreserved = asked.unpreserved.map(|question| self.of_its_time(question));
                Lost::Gone { question: self.of_its_time(asked.question), unpreserved }
            }
            (LossCause::EvidenceLapsed, None) => Lost::GoneAtOnce(state),
            (LossCause::Abandoned(_), Some(Asked { question, decided, .. })) => {
                // A decision of the same day is told before or after, by the codes of the two states.
                let before = decided.filter(|(decided_on, _)| *decided_on < day);
                let as_known = before.map_or(question.request_day, |(decided_on, _)| decided_on);
                let question = self.of_its_time(Question { day: as_known, ..question });
                Lost::Unanswered(question, before.map(|(_, granted)| granted))
            }
            (LossCause::NotIdentified, _) => Lost::NotIdentified(state),
            (LossCause::NoJurisdiction, _) => {
                Lost::NoJurisdiction(state, known.is_some_and(|known| known.nationality == state))
            }
            (LossCause::Refused(..) | LossCause::Abandoned(_), None) => Lost::WithoutRequest(state),
        };
        let sum = self.lost.entry(lost).or_default();
        sum.cases += weight.cases;
        sum.there_on_receipt += weight.there_on_receipt;
        sum.there_when_unpreserved += weight.there_when_unpreserved;
    }

    /// The chance that data which are gone by a day were still there on an earlier one: of the data that go by then,
    /// the part that goes after it, by age and half-life in the host state.
    fn still_there(&self, question: &Question, earlier: Day, gone: Day) -> f64 {
        let host = &self.settings[question.requested.index()];
        let days = |day: Day| f64::from(day.days_since(question.conduct_day).max(0));
        let left = |day: Day| host.data_there() * host.left_after(days(day));
        let (before, after) = (left(earlier), left(gone));
        if after < 1.0 { ((before - after) / (1.0 - after)).max(0.0) } else { 0.0 }
    }

    /// The same question on the first days on which the law was what it was: it has the same answer.
    fn of_its_time(&self, question: Question) -> Question {
        let since = |day| self.unchanged_since(day);
        Question {
            conduct_day: since(question.conduct_day),
            day: since(question.day),
            request_day: since(question.request_day),
            ..question
        }
    }

    fn unchanged_since(&self, day: Day) -> Day {
        self.changes.range(..=day).next_back().map_or(self.first_day, |change| (*change).max(self.first_day))
    }
}
