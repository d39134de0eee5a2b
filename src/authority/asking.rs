//! The authority as the state that asks: cases, requests, what comes back.

use super::actor::Authority;
use super::agenda::Task;
use super::investigation::{Channel, Investigation, Move, Pending, supplied};
use super::letter::{Answer, Body, Evidence, Letter, Request, Ruling, Spontaneous};
use super::report::{AuthorityRecord, Incident, LossCause, Outcome};
use crate::base::{CaseNumber, Day, FileNumber, LetterId, Purpose, StateId};
use crate::law::{self, FactSet, Measure, Question};

/// The counters of the draws whether a case is an emergency, and whether it needs the data of the site; beside that of the
/// suspect's identification.
const EMERGENCY: u64 = 1;
const NEEDS_DATA: u64 = 2;

impl Authority {
    pub(super) fn incident(&mut self, incident: Incident) {
        let needs_data = self
            .streams
            .stream(Purpose::Identification, incident.matter().key(), NEEDS_DATA)
            .chance(self.settings.needs_data);
        let case = self.investigations.open(incident, needs_data, self.today);
        self.records.push(AuthorityRecord::CaseOpened { case, network: incident.network, needs_data });
        if !self.punishes(incident.facts, incident.day) {
            return self.end(case, Outcome::Lost(LossCause::NoOffence));
        }
        if !self.has_jurisdiction(&incident) {
            return self.end(case, Outcome::Lost(LossCause::NoJurisdiction));
        }
        let file = FileNumber { state: self.state, case };
        let matter = incident.matter();
        if incident.host == self.state {
            self.set_removal(file, matter, self.settings.home_removal);
        } else {
            let told = Spontaneous { facts: incident.facts, matter };
            self.send(incident.host, file, None, true, Body::Spontaneous(told));
        }
        let evidence_is_here = !needs_data || incident.host == self.state;
        if evidence_is_here {
            let days = self.draw_days(Purpose::Proceedings, matter, 1, self.settings.home_data);
            self.agenda.set(self.today + days, Task::HomeEvidence(case));
        }
        let preservation_is_open = !evidence_is_here && self.is_met(&incident, Measure::Preservation, FactSet::NONE);
        let first = self.investigations.get_mut(case).map(|open| open.first_move(self.state, preservation_is_open));
        self.follow(case, first.unwrap_or(Move::Wait));
    }

    /// What the state has itself is in hand; data at home, if they were there on the day of the incident: from then on they
    /// are kept.
    pub(super) fn home_evidence(&mut self, case: CaseNumber) {
        let Some(Investigation { incident, needs_data, .. }) = self.investigations.get_mut(case).copied() else {
            return;
        };
        let next = if !needs_data || self.data_survive(incident.matter(), incident.day) {
            Move::Identify
        } else {
            Move::End(Outcome::Lost(LossCause::EvidenceLapsed))
        };
        self.follow(case, next);
    }

    /// Whether a conduct of a day is an offence here.
    pub(super) fn punishes(&mut self, conduct: FactSet, day: Day) -> bool {
        self.casebook.is_offence(&self.library, &self.memberships, (self.state, conduct, day))
    }

    /// Whether this state's law lets it try the case: its effects are felt where it was reported.
    fn has_jurisdiction(&mut self, incident: &Incident) -> bool {
        let here = incident.base == self.state || incident.host == self.state;
        let mut question = Question::of_trial(&self.library, self.today, self.state, incident.facts, here);
        question.conduct_day = incident.day;
        question.nationality = Some(incident.nationality);
        self.casebook.ask(&self.library, &self.memberships, &question).opinion.decision.is_open()
    }

    pub(super) fn follow(&mut self, case: CaseNumber, next: Move) {
        match next {
            Move::Wait => {}
            Move::Ask(to, measure) => self.ask(case, to, measure, FactSet::NONE),
            Move::AskForData => self.ask_for_data(case),
            Move::Identify => {
                let (identification, streams, home) = (self.settings.identification, self.streams, self.state);
                let next = self.investigations.get_mut(case).map(|open| {
                    let matter = open.incident.matter();
                    let named = streams.stream(Purpose::Identification, matter.key(), 0).chance(identification);
                    open.identified(named, home)
                });
                self.follow(case, next.unwrap_or(Move::Wait));
            }
            Move::Try(conclusion) => {
                let Some(open) = self.investigations.get_mut(case) else { return };
                open.proceedings = Some(conclusion);
                let matter = open.incident.matter();
                self.court.queue(case, matter);
                self.begin_trials();
            }
            Move::End(outcome) => self.end(case, outcome),
        }
    }

    /// Begins what proceedings can be held. How long they take is a draw of the matter: to wait changes when, not that.
    pub(super) fn begin_trials(&mut self) {
        while let Some((case, matter)) = self.court.begin(self.settings.trials) {
            let days = self.draw_days(Purpose::Proceedings, matter, 0, self.settings.trial());
            self.agenda.set(self.today + days, Task::Proceedings(case));
        }
    }

    /// Asks for the data by the fastest channel not yet tried that the law opens; by a request for assistance last,
    /// which needs no basis to be made.
    fn ask_for_data(&mut self, case: CaseNumber) {
        let Some(open) = self.investigations.get_mut(case).copied() else { return };
        let host = open.incident.host;
        for channel in Channel::ALL.into_iter().filter(|channel| !open.tried(*channel)) {
            let adds = self.circumstances[channel as usize];
            if channel == Channel::Assistance || self.is_open(&open.incident, channel, adds) {
                if let Some(open) = self.investigations.get_mut(case) {
                    open.channel = Some(channel);
                }
                return self.ask(case, host, channel.measure(), adds);
            }
        }
    }

    /// Whether a channel is open by law, and wanted here.
    fn is_open(&mut self, incident: &Incident, channel: Channel, adds: FactSet) -> bool {
        let settings = &self.settings;
        let matter = incident.matter();
        let wanted = match channel {
            Channel::Emergency => {
                self.streams.stream(Purpose::Identification, matter.key(), EMERGENCY).chance(settings.emergencies)
            }
            Channel::Disclosure => settings.asks_providers,
            Channel::Order | Channel::OrderForSubscriber | Channel::Assistance => true,
        };
        wanted && self.is_met(incident, channel.measure(), adds)
    }

    /// Whether the law says of a request to the host's state that it is, or may be, met. To help without a duty is no such
    /// law.
    fn is_met(&mut self, incident: &Incident, measure: Measure, adds: FactSet) -> bool {
        let question = Question {
            conduct_day: incident.day,
            ..Question::on(self.today, (self.state, incident.host), measure, incident.facts.with(adds))
        };
        self.casebook.ask(&self.library, &self.memberships, &question).opinion.decision.is_open()
    }

    fn ask(&mut self, case: CaseNumber, to: StateId, measure: Measure, adds: FactSet) {
        let Some(open) = self.investigations.get_mut(case).copied() else { return };
        let person = matches!(measure, Measure::Extradition | Measure::Prosecution);
        let mut facts = open.incident.facts.with(adds);
        if measure == Measure::Prosecution {
            let asked = self.library.fixed().asked;
            let why = match open.surrender_refused.map(|ground| ground.code) {
                Some(law::GroundCode::OwnJurisdiction) => asked.refused_for_jurisdiction,
                _ => asked.refused_for_nationality,
            };
            facts = facts.and(asked.prosecution_asked).and(why);
        }
        let urgent = matches!(measure, Measure::Preservation | Measure::EmergencyDisclosure);
        let request = Request {
            measure,
            facts,
            matter: open.incident.matter(),
            nationality: person.then_some(open.incident.nationality),
            urgent,
        };
        let file = FileNumber { state: self.state, case };
        let swift = urgent || measure.is_put_to_provider();
        let id = self.send(to, file, None, swift, Body::Request(request));
        self.agenda.set(self.today + self.settings.patience_days, Task::GiveUp(case, id));
        if let Some(open) = self.investigations.get_mut(case) {
            open.pending = Some(Pending { request: id, to, measure, sent: self.today });
        }
    }

    /// The request of a case that a letter replies to, if it is the one that is out.
    fn pending(&mut self, letter: &Letter) -> Option<Pending> {
        if letter.file.state != self.state {
            return None;
        }
        let open = self.investigations.get_mut(letter.file.case)?;
        open.pending.filter(|pending| letter.in_reply_to == Some(pending.request) && pending.to == letter.id.from)
    }

    pub(super) fn answer(&mut self, letter: &Letter, answer: &Answer) {
        let Some(pending) = self.pending(letter) else { return };
        let case = letter.file.case;
        let final_reply = answer.ruling != Ruling::Granted || answer.measure == Measure::Preservation;
        if final_reply {
            self.note_answered(case, pending);
        }
        let next = self.investigations.get_mut(case).map(|open| open.answered(answer));
        self.follow(case, next.unwrap_or(Move::Wait));
    }

    pub(super) fn evidence(&mut self, letter: &Letter, evidence: &Evidence) {
        let Some(pending) = self.pending(letter) else { return };
        let case = letter.file.case;
        self.note_answered(case, pending);
        self.follow(case, supplied(evidence));
    }

    fn note_answered(&mut self, case: CaseNumber, pending: Pending) {
        let answer_days = self.today.days_since(pending.sent).unsigned_abs();
        let Pending { request, measure, .. } = pending;
        self.records.push(AuthorityRecord::Answered { request, measure, answer_days });
        if let Some(open) = self.investigations.get_mut(case) {
            open.pending = None;
        }
    }

    pub(super) fn give_up(&mut self, case: CaseNumber, request: LetterId) {
        let pending = self.investigations.get_mut(case).and_then(|open| open.pending);
        let Some(pending) = pending.filter(|pending| pending.request == request) else { return };
        let file = FileNumber { state: self.state, case };
        self.send(pending.to, file, Some(request), false, Body::Withdrawal);
        self.end(case, Outcome::Lost(LossCause::Abandoned(pending.measure)));
    }

    pub(super) fn end(&mut self, case: CaseNumber, outcome: Outcome) {
        let Some(closed) = self.investigations.close(case) else { return };
        let Incident { network, base, host, .. } = closed.incident;
        self.records.push(AuthorityRecord::CaseClosed { case, network, base, host, opened: closed.opened, outcome });
    }
}
