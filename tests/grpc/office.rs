//! An office that follows a few fixed rules, and a day loop as small as can be.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity::authority::{
    Answer, AuthorityRecord, Body, DocketEntry, Due, Evidence, ExplainedStep, FileEntry, Incident, Letter, Office,
    Report, Request, Ruling, Standing,
};
use comity::base::{Canonical, CaseNumber, CiteId, Day, Digest, FileNumber, LetterId, NetworkId, StateId};
use comity::engine::{Nodes, Stopped};
use comity::law::{
    Condition, Decision, FactId, FactSet, Force, Ground, GroundCode, Library, Measure, Opinion, Question,
};

pub const STATES: [&str; 4] = ["ALB", "BRA", "CYM", "DEU"];

/// Names enough for every conversion; facts are deliberately not in byte order.
pub fn library() -> Arc<Library> {
    let facts = ["sale", "advertise", "minor", "cross-border", "data-at-risk"];
    let cites = ["BUD 24(1)(a)", "BUD 25(4)", "DEU 73", "OPSC 3"];
    Arc::new(Library::of_names(&STATES, &facts, &["bud", "opsc"], &cites, &["reciprocity", "use limits"]))
}

/// Answers every request after two days, and sends evidence after every second answer.
pub struct Chatterer {
    state: StateId,
    sent: u32,
    docket: Vec<DocketEntry>,
    promised: BTreeMap<Day, Vec<(StateId, FileNumber, LetterId)>>,
    register: Digest,
    /// Letters to the next state for every incident.
    verbosity: u32,
    /// Fails on this day.
    pub fails_on: Option<Day>,
    /// Breaks the minimum delay.
    pub hasty: bool,
}

impl Chatterer {
    pub fn new(state: StateId, verbosity: u32) -> Self {
        Self {
            state,
            sent: 0,
            docket: Vec::new(),
            promised: BTreeMap::new(),
            register: Digest::default(),
            verbosity,
            fails_on: None,
            hasty: false,
        }
    }

    fn letter(&mut self, to: StateId, day: Day, file: FileNumber, reply: Option<LetterId>, body: Body) -> Letter {
        let id = LetterId { from: self.state, number: self.sent };
        self.sent += 1;
        let arrives = if self.hasty { day } else { day + 1 + self.sent % 3 };
        Letter { id, to, sent: day, arrives, file, in_reply_to: reply, body }
    }

    fn answer(&mut self, day: Day, letter: &Letter, request: &Request, report: &mut Report) {
        let ground = Ground {
            code: GroundCode::DualCriminalityMissing,
            cite: CiteId(1),
            force: Force::May,
            through: Some(CiteId(2)),
        };
        let refused = letter.id.number.is_multiple_of(3);
        let decision = if refused { Decision::MayRefuse } else { Decision::Grant };
        let ruling = if refused { Ruling::Refused(Some(ground)) } else { Ruling::Granted };
        let answer = Answer {
            measure: request.measure,
            decision,
            ruling,
            discretionary: refused,
            owes_prosecution: false,
            held_until: (request.measure == Measure::Preservation).then_some(day + 90),
        };
        self.docket.push(DocketEntry {
            request: letter.id,
            file: letter.file,
            from: letter.id.from,
            measure: request.measure,
            received: day,
            standing: if refused { Standing::Closed } else { Standing::Executing },
            decision: Some(decision),
        });
        report.records.push(AuthorityRecord::Decided {
            request: letter.id,
            file: letter.file,
            measure: request.measure,
            decision,
            ruling,
            discretionary: refused,
            waited_days: 0,
        });
        report.letters.push(self.letter(letter.id.from, day, letter.file, Some(letter.id), Body::Answer(answer)));
        if !refused {
            self.promised.entry(day + 2).or_default().push((letter.id.from, letter.file, letter.id));
        }
    }

    fn investigate(&mut self, day: Day, incident: &Incident, report: &mut Report) {
        let (case, network) = (CaseNumber(self.sent), incident.network);
        report.records.push(AuthorityRecord::CaseOpened { case, network, needs_data: true });
        for turn in 0..self.verbosity {
            let request = Request {
                measure: Measure::ALL[turn as usize % Measure::ALL.len()],
                facts: incident.facts,
                matter: incident.matter(),
                nationality: Some(incident.nationality),
                urgent: turn % 2 == 0,
            };
            let file = FileNumber { state: self.state, case: CaseNumber(self.sent) };
            report.letters.push(self.letter(incident.host, day, file, None, Body::Request(request)));
        }
    }
}

impl Office for Chatterer {
    fn step(&mut self, day: Day, due: Due) -> Report {
        assert!(self.fails_on != Some(day), "a fault of the model");
        let mut report = Report::default();
        for (to, file, reply) in self.promised.remove(&day).unwrap_or_default() {
            let evidence = Body::Evidence(Evidence { measure: Measure::StoredData, found: true });
            report.letters.push(self.letter(to, day, file, Some(reply), evidence));
        }
        let mut bytes = self.register.0.to_vec();
        for letter in &due.letters {
            letter.encode(&mut bytes);
            if let Body::Request(request) = &letter.body {
                self.answer(day, letter, request, &mut report);
            }
        }
        for incident in &due.incidents {
            self.investigate(day, incident, &mut report);
        }
        self.register = Digest::of(&bytes);
        report.register = self.register;
        report.next_due = self.promised.keys().next().copied();
        report
    }

    fn opine(&self, question: &Question) -> (Opinion, Vec<ExplainedStep>) {
        assert!(question.measure != Measure::Interception, "a fault of the model");
        let mut opinion = Opinion::bare(Decision::GrantCond);
        opinion.bases.push(CiteId(0));
        opinion.conditions.push(Condition { words: 1, otherwise: None });
        opinion.missing = question.unknown;
        let step = ExplainedStep {
            depth: 0,
            question: "Is there a treaty?".to_owned(),
            finding: "yes".to_owned(),
            cite: Some("BUD 24(1)(a)".to_owned()),
            ..ExplainedStep::default()
        };
        (opinion, vec![step])
    }

    fn docket(&self) -> Vec<DocketEntry> {
        self.docket.clone()
    }

    fn file(&self, file: FileNumber) -> Vec<FileEntry> {
        let entry = |entry: &DocketEntry| FileEntry {
            sent: entry.received - 1,
            from: entry.from,
            to: self.state,
            says: format!("{} requested", entry.measure.name()),
        };
        self.docket.iter().filter(|entry| entry.file == file).map(entry).collect()
    }

    fn treaties(&self, day: Day) -> Vec<(String, Day)> {
        vec![("bud".to_owned(), day - u32::from(self.state.0) - 1)]
    }
}

pub fn offices(verbosity: u32) -> Vec<Box<dyn Office>> {
    (0..4).map(|state| Box::new(Chatterer::new(StateId(state), verbosity)) as Box<dyn Office>).collect()
}

pub fn first_day() -> Day {
    Day::from_number(15_000)
}

pub fn incident(day: Day, host: StateId) -> Incident {
    Incident {
        network: NetworkId(7),
        day: day - 1,
        base: StateId(0),
        host,
        nationality: StateId(2),
        facts: FactSet::from_iter([FactId(0), FactId(1), FactId(3)]),
    }
}

pub type History = Vec<(Day, Vec<(StateId, Report)>)>;

/// Thirty days: an incident in a state on each of the first twenty, and everything that follows from it.
pub fn run(nodes: &mut dyn Nodes) -> Result<History, Stopped> {
    let mut due: BTreeMap<Day, BTreeMap<StateId, Due>> = BTreeMap::new();
    for turn in 0..20_u16 {
        let day = first_day() + u32::from(turn);
        let (state, host) = (StateId(turn % 4), StateId((turn + 1 + turn / 4 % 3) % 4));
        due.entry(day).or_default().entry(state).or_default().incidents.push(incident(day, host));
    }
    let mut history = Vec::new();
    while let Some((day, states)) = due.pop_first().filter(|(day, _)| *day < first_day() + 30) {
        let mut states: Vec<(StateId, Due)> = states.into_iter().collect();
        for (_, due) in &mut states {
            due.letters.sort_by_key(|letter| (letter.sent, letter.id.from, letter.id.number));
        }
        let reports = nodes.day(day, states)?;
        for (state, report) in &reports {
            for letter in &report.letters {
                let inbox = due.entry(letter.arrives).or_default().entry(letter.to).or_default();
                inbox.letters.push(*letter);
            }
            if let Some(next) = report.next_due {
                due.entry(next).or_default().entry(*state).or_default();
            }
        }
        history.push((day, reports));
    }
    Ok(history)
}
