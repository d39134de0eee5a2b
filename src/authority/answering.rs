//! The authority as the state that is asked: docket, desks, decisions, preserved data, execution.

use std::sync::Arc;

use super::actor::Authority;
use super::agenda::Task;
use super::docket::Received;
use super::letter::{Answer, Body, Evidence, Letter, Request, Ruling, Spontaneous};
use super::office::Standing;
use super::report::AuthorityRecord;
use crate::base::{Day, FileNumber, LetterId, Purpose};
use crate::law::{self, Decision, Force, Measure, Opinion, Question};

impl Authority {
    pub(super) fn request(&mut self, letter: &Letter, request: Request) {
        let received =
            Received { file: letter.file, request, received: self.today, standing: Standing::Waiting, decision: None };
        self.docket.enter(letter.id, received);
        if request.measure != Measure::Preservation {
            self.docket.follow_up(letter.file, letter.id);
        }
        if request.urgent && self.settings.contact_point {
            self.decide(letter.id);
        } else {
            self.docket.queue(letter.id);
        }
    }

    pub(super) fn seat_desks(&mut self) {
        while let Some((id, received)) = self.docket.seat(self.settings.desks) {
            let desk = self.settings.handling(received.request.measure).desk;
            let days = self.draw_days(Purpose::Handling, Self::request_key(id), 0, desk.median_days, desk.log_sd);
            self.agenda.set(self.today + days, Task::DeskDone(id));
        }
    }

    pub(super) fn decide(&mut self, id: LetterId) {
        let Some(received) = self.docket.open(id) else { return };
        let question = self.question(id, &received);
        let decided = Arc::clone(self.casebook.ask(&self.library, &self.memberships, &question));
        let opinion = &decided.opinion;
        let (mut ruling, discretionary) = self.rule(id, received.request.measure, opinion);
        let mut held_until = None;
        if ruling == Ruling::Granted && received.request.measure == Measure::Preservation {
            match self.preserve(&received, opinion) {
                Some(until) => held_until = Some(until),
                None => ruling = Ruling::DataGone,
            }
        }
        let waited_days = self.today.days_since(received.received).unsigned_abs();
        let Received { file, request, .. } = received;
        self.records.push(AuthorityRecord::Decided {
            request: id,
            file,
            measure: request.measure,
            decision: opinion.decision,
            ruling,
            discretionary,
            waited_days,
        });
        let answer = Answer {
            measure: request.measure,
            decision: opinion.decision,
            ruling,
            discretionary,
            owes_prosecution: opinion.owes_prosecution(),
            held_until,
        };
        self.send(id.from, file, Some(id), request.urgent, Body::Answer(answer));
        self.after_decision(id, &received, opinion, ruling);
    }

    fn after_decision(&mut self, id: LetterId, received: &Received, opinion: &Opinion, ruling: Ruling) {
        let executes = ruling == Ruling::Granted && received.request.measure != Measure::Preservation;
        let standing = if executes { Standing::Executing } else { Standing::Closed };
        self.docket.decided(id, opinion.decision, standing);
        if executes {
            let execution = self.settings.handling(received.request.measure).execution;
            let median = execution.median_days * self.settings.pace;
            let mut days = self.draw_days(Purpose::Handling, Self::request_key(id), 1, median, execution.log_sd);
            if opinion.decision == Decision::Postpone {
                days += self.settings.postponement_days;
            }
            self.agenda.set(self.today + days, Task::Executed(id));
        } else if received.request.measure != Measure::Preservation {
            self.docket.release(received.file);
        }
    }

    fn question(&self, id: LetterId, received: &Received) -> Question {
        Question {
            requesting: id.from,
            requested: self.state,
            measure: received.request.measure,
            facts: received.request.facts,
            unknown: law::FactSet::NONE,
            conduct_day: received.request.conduct_day,
            day: self.today,
            request_day: received.received,
            held_since: None,
            follow_up_day: None,
            nationality: received.request.nationality,
        }
    }

    /// Law plus habit: what is done, and whether that was a choice.
    fn rule(&self, id: LetterId, measure: Measure, opinion: &Opinion) -> (Ruling, bool) {
        match opinion.decision {
            decision if decision.carries_out(measure) => (Ruling::Granted, false),
            Decision::Grant | Decision::GrantCond | Decision::Partial | Decision::Postpone => (Ruling::Granted, false),
            Decision::MayRefuse => {
                let optional = opinion.grounds.iter().filter(|ground| ground.force == Force::May);
                let mut stream = self.streams.stream(Purpose::Discretion, Self::request_key(id), 0);
                let used = optional
                    .into_iter()
                    .find(|ground| stream.chance(self.settings.habits.refuses(ground.code)))
                    .copied();
                (used.map_or(Ruling::Granted, |ground| Ruling::Refused(Some(ground))), true)
            }
            Decision::NoTreatyDuty => {
                let mut stream = self.streams.stream(Purpose::Discretion, Self::request_key(id), 1);
                let shown = stream.chance(self.settings.habits.comity);
                (if shown { Ruling::Granted } else { Ruling::Refused(opinion.leading_ground()) }, true)
            }
            Decision::Refuse
            | Decision::ProsecuteInstead
            | Decision::Lapsed
            | Decision::NoRequest
            | Decision::NeedsInformation => (Ruling::Refused(opinion.leading_ground()), false),
        }
    }

    /// Freezes the data if they are still there; until when.
    fn preserve(&mut self, received: &Received, opinion: &Opinion) -> Option<Day> {
        /// What a state orders by its own law where no treaty fixes a time (ETS 185, Art. 16(2): at most 90
        /// days; the shortest of the national orders compared is 60).
        const USUAL_HOLD_DAYS: u16 = 60;
        if !self.data_survive(received) {
            return None;
        }
        let until = self.today + u32::from(opinion.holds_days.unwrap_or(USUAL_HOLD_DAYS));
        self.docket.preserve(received.file, until);
        self.agenda.set(until + 1, Task::Release(received.file));
        Some(until)
    }

    /// Whether data that nobody preserved are still there: a half-life from the day of the conduct, drawn once
    /// a case, so that asking twice gives one answer.
    fn data_survive(&self, received: &Received) -> bool {
        let mean = self.settings.retention_half_life_days / std::f64::consts::LN_2;
        let lived = self.streams.stream(Purpose::Retention, Self::case_key(received.file), 0).exponential_days(mean);
        self.today <= received.request.conduct_day + lived
    }

    pub(super) fn executed(&mut self, id: LetterId) {
        let Some(received) = self.docket.close(id, Standing::Closed) else { return };
        let measure = received.request.measure;
        let found =
            !measure.is_electronic_evidence() || self.docket.holds(received.file) || self.data_survive(&received);
        self.docket.release(received.file);
        self.send(id.from, received.file, Some(id), false, Body::Evidence(Evidence { measure, found }));
    }

    pub(super) fn withdrawn(&mut self, letter: &Letter) {
        let Some(request) = letter.in_reply_to.filter(|request| request.from == letter.id.from) else { return };
        let on_desk = self.docket.open(request).is_some_and(|received| received.standing == Standing::OnDesk);
        if let Some(received) = self.docket.close(request, Standing::Withdrawn) {
            if on_desk {
                self.docket.free_desk();
            }
            self.docket.release(received.file);
        }
    }

    pub(super) fn told(&mut self, letter: &Letter, told: Spontaneous) {
        let conduct = self.library.facts.derive(told.facts);
        if law::punishable(&self.library, self.state, conduct, self.today).is_some() {
            self.set_removal(letter.file);
        }
    }

    pub(super) fn set_removal(&mut self, file: FileNumber) {
        let removal = self.settings.removal;
        let days = self.draw_days(Purpose::Handling, Self::case_key(file), 2, removal.median_days, removal.log_sd);
        self.agenda.set(self.today + days, Task::RemoveSite(file));
    }
}
