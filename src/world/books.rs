//! The law on the books as networks read it: how far each state's authority reaches into each other state.

use super::settings::WorldSettings;
use crate::authority::Channel;
use crate::base::{Day, StateId};
use crate::law::{Decision, FactSet, Measure, Opinion, Question};

/// Law and memberships as they stand on a day; the engine of a run implements it.
pub trait Books {
    /// What the law says to a request.
    fn answer(&self, question: &Question) -> Answer;

    /// What an investigator states of a channel to data, beyond the conduct.
    fn circumstances(&self, channel: Channel) -> FactSet;

    /// Whether a state could open a case over such conduct that harms its market: the conduct is an offence
    /// there, and it claims jurisdiction, over who or what is in the state itself or over what is elsewhere.
    fn punishes(&self, state: StateId, facts: FactSet, at_home: bool, day: Day) -> bool;

    /// Whether a state could remove a site for such conduct on word from elsewhere: the conduct is an offence there.
    fn removes(&self, state: StateId, facts: FactSet, day: Day) -> bool;
}

/// What the networks take from an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The decision.
    pub decision: Decision,
    /// Whether a refusal of surrender obliges to prosecute.
    pub owes_prosecution: bool,
}

impl From<Opinion> for Answer {
    fn from(opinion: Opinion) -> Self {
        Self { decision: opinion.decision, owes_prosecution: opinion.owes_prosecution() }
    }
}

/// What the networks' reading needs on a day.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The law.
    pub books: &'a dyn Books,
    /// The day.
    pub day: Day,
    /// Lines, and the states' known habits.
    pub settings: &'a WorldSettings,
}

/// The table of reach: (state, market, line) to a number from 0 (the market's authority cannot reach a network
/// there) to 1 (it can). An entry is read from the law when it is first needed and kept until the law of either changes.
#[derive(Clone, Debug)]
pub struct Reach {
    states: usize,
    /// Rises with each change.
    version: u32,
    /// By state: the version with which its law, or what binds it, last changed.
    changed: Vec<u32>,
    /// By [`Table`], then line, market, state: the version it was read in, and the reach.
    cells: Vec<(u32, f64)>,
    cells_per_table: usize,
    /// By line, market and whether what it is about is at home: the version it was read in, and whether the market could
    /// open a case at all.
    punishes: Vec<(u32, bool)>,
    /// By line and market: the version it was computed in, and how far the market's authority reaches people.
    people: Vec<(u32, f64)>,
}

/// One table of reach.
#[derive(Clone, Copy)]
enum Table {
    BaseOfNational,
    BaseOfForeigner,
    Data,
    Site,
}

impl Reach {
    /// An empty table.
    #[must_use]
    pub fn new(states: usize, lines: usize) -> Self {
        let cells_per_table = states * states * lines;
        Self {
            states,
            version: 1,
            changed: vec![1; states],
            cells: vec![(0, 0.0); 4 * cells_per_table],
            cells_per_table,
            punishes: vec![(0, false); 2 * states * lines],
            people: vec![(0, 0.0); states * lines],
        }
    }

    /// Forgets what was read of the law of these states, and how far people are reached wherever they usually are.
    pub fn changed(&mut self, law_of: &[StateId]) {
        self.version += 1;
        for state in law_of {
            self.changed[state.index()] = self.version;
        }
    }

    /// How far the market's authority reaches a person based in a state: by extradition, and where that is
    /// refused for a duty to prosecute, by prosecution there. At home no request is needed.
    pub fn base(&mut self, reading: &Reading, state: usize, market: usize, line: usize, national: bool) -> f64 {
        let table = if national { Table::BaseOfNational } else { Table::BaseOfForeigner };
        self.cell(table, state, market, line, reading, || {
            // A foreigner is given the market's nationality: of the two states, it is the one that is not asked.
            let nationality = if national { state } else { market };
            surrender(reading, state, market, line, identifier(nationality))
        })
    }

    /// How far the market's authority reaches people who are based with these shares, which change with the version.
    pub fn people(&mut self, reading: &Reading, based: &[f64], market: usize, line: usize) -> f64 {
        let index = line * self.states + market;
        if self.people[index].0 != self.version {
            let by_state = based.iter().enumerate();
            let reach = by_state.map(|(state, share)| share * self.base(reading, state, market, line, true)).sum();
            self.people[index] = (self.version, reach);
        }
        self.people[index].1
    }

    /// How far the market's authority reaches data hosted in a state: data that are there, are given by one channel or
    /// another, and were preserved or are still there when what was asked is carried out. At home nobody need be asked.
    pub fn data(&mut self, reading: &Reading, state: usize, market: usize, line: usize) -> f64 {
        let given = self.cell(Table::Data, state, market, line, reading, || given(reading, state, market, line));
        given * reading.settings.states[state].data_there
    }

    /// How far a site hosted in a state can be removed when the market's authority tells of it: by that state's own law,
    /// for which no treaty is needed.
    pub fn site(&mut self, reading: &Reading, state: usize, market: usize, line: usize) -> f64 {
        self.cell(Table::Site, state, market, line, reading, || {
            let facts = reading.settings.lines[line].facts;
            f64::from(u8::from(reading.books.removes(identifier(state), facts, reading.day)))
        })
    }

    fn cell(
        &mut self,
        table: Table,
        state: usize,
        market: usize,
        line: usize,
        reading: &Reading,
        abroad: impl FnOnce() -> f64,
    ) -> f64 {
        let index = table as usize * self.cells_per_table + (line * self.states + market) * self.states + state;
        let (version, known) = self.cells[index];
        if version >= self.changed[state].max(self.changed[market]) {
            return known;
        }
        let at_home = state == market;
        let reach = match self.punishes(reading, market, line, at_home) {
            false => 0.0,
            true if at_home => 1.0,
            true => abroad(),
        };
        self.cells[index] = (self.version, reach);
        reach
    }

    fn punishes(&mut self, reading: &Reading, market: usize, line: usize, at_home: bool) -> bool {
        let known = &mut self.punishes[2 * (line * self.states + market) + usize::from(at_home)];
        if known.0 < self.changed[market] {
            let facts = reading.settings.lines[line].facts;
            *known = (self.version, reading.books.punishes(identifier(market), facts, at_home, reading.day));
        }
        known.1
    }
}

/// How often a request that meets this answer is carried out, in the eyes of a network.
fn granted(answer: Answer, measure: Measure, reading: &Reading, state: usize) -> f64 {
    let habit = &reading.settings.states[state];
    let behaviour = &reading.settings.behaviour;
    match answer.decision {
        decision if decision.carries_out(measure) => 1.0,
        Decision::NoRequest if measure == Measure::VoluntaryDisclosure => habit.providers_disclose,
        Decision::Grant | Decision::GrantCond | Decision::NoRequest => 1.0,
        Decision::Partial => behaviour.reach_partial,
        Decision::Postpone | Decision::NeedsInformation => behaviour.reach_delayed,
        Decision::MayRefuse => 1.0 - habit.optional_ground_use,
        Decision::NoTreatyDuty => habit.comity,
        Decision::Refuse | Decision::ProsecuteInstead | Decision::Lapsed => 0.0,
    }
}

/// How often data are given: by the fastest channel that the law opens, then by the next where that is refused, as an
/// investigator asks for them; by assistance last, for which no basis is needed to ask.
fn given(reading: &Reading, state: usize, market: usize, line: usize) -> f64 {
    let answer = |measure, adds| ask(reading, (state, market), line, (measure, adds), None);
    // Preservation is asked for where the law opens it alone.
    let asked = Some(answer(Measure::Preservation, FactSet::NONE)).filter(|answer| answer.decision.is_open());
    let preserved = asked.map_or(0.0, |answer| granted(answer, Measure::Preservation, reading, state));
    let (mut given, mut asking) = (0.0, 1.0);
    for channel in Channel::ALL {
        let Some(Way { used, outlasted }) = way(channel, reading, state, market) else { continue };
        let answer = answer(channel.measure(), reading.books.circumstances(channel));
        if channel == Channel::Assistance || answer.decision.is_open() {
            let granted = used * granted(answer, channel.measure(), reading, state);
            given += asking * granted * (preserved + (1.0 - preserved) * outlasted);
            asking *= 1.0 - granted;
        }
    }
    given
}

/// A channel between two states, as networks know both.
struct Way {
    /// Share of the cases in which investigators use it where it is open.
    used: f64,
    /// Chance that data which nobody preserved outlast it.
    outlasted: f64,
}

/// None of a channel that investigators do not use.
fn way(channel: Channel, reading: &Reading, state: usize, market: usize) -> Option<Way> {
    let (host, investigating) = (&reading.settings.states[state], &reading.settings.states[market]);
    let way = match channel {
        Channel::Emergency => Way { used: investigating.emergencies, outlasted: host.unpreserved_in_emergency },
        Channel::Order | Channel::OrderForSubscriber => Way { used: 1.0, outlasted: host.unpreserved_by_provider },
        Channel::Disclosure => Way { used: investigating.asks_providers, outlasted: host.unpreserved_by_provider },
        Channel::Assistance => Way { used: 1.0, outlasted: host.unpreserved },
    };
    (way.used > 0.0).then_some(way)
}

fn surrender(reading: &Reading, state: usize, market: usize, line: usize, nationality: StateId) -> f64 {
    let ask = |measure| ask(reading, (state, market), line, (measure, FactSet::NONE), Some(nationality));
    let answer = ask(Measure::Extradition);
    let surrendered = granted(answer, Measure::Extradition, reading, state);
    let instead = answer.decision == Decision::ProsecuteInstead || answer.owes_prosecution;
    if !instead || surrendered >= 1.0 {
        return surrendered;
    }
    let prosecution = ask(Measure::Prosecution);
    let prosecuted =
        granted(prosecution, Measure::Prosecution, reading, state) * reading.settings.behaviour.reach_prosecution;
    surrendered + (1.0 - surrendered) * prosecuted
}

fn ask(
    reading: &Reading,
    (state, market): (usize, usize),
    line: usize,
    (measure, adds): (Measure, FactSet),
    nationality: Option<StateId>,
) -> Answer {
    let parties = (identifier(market), identifier(state));
    let facts = reading.settings.lines[line].facts.with(adds);
    reading.books.answer(&Question { nationality, ..Question::on(reading.day, parties, measure, facts) })
}

/// The state at this index of the run's list.
pub(super) fn identifier(index: usize) -> StateId {
    StateId(u16::try_from(index).expect("a run has at most 65,535 states"))
}
