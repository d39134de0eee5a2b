//! The authority as the state that is asked: docket, desks, decisions, preserved data, execution.

use std::sync::Arc;

use super::actor::Authority;
use super::agenda::Task;
use super::docket::{DocketNumber, Received};
use super::investigation::Channel;
use super::letter::{Answer, Body, Evidence, Letter, Matter, Request, Ruling, Spontaneous};
use super::office::Standing;
use super::report::AuthorityRecord;
use super::settings::Duration;
use crate::base::{Day, FileNumber, Purpose};
use crate::law::{self, Decision, Measure, Opinion, Question, Timed};

/// What a draw about a request is for, beside its purpose and measure.
const ON_DESK: u64 = 0;
const IN_EXECUTION: u64 = 1;
/// Beside the measures, whose counters begin above.
const REMOVAL: u64 = 2;
/// The draws about the data of a matter: how long they live, and how old they are.
const LIFE: u64 = 0;
const AGE: u64 = 1;
const BY_GROUND: u64 = 0;
const BY_COMITY: u64 = 1;
const BY_PROVIDER: u64 = 2;

/// The counter of a draw. A matter has at most one request for each measure, but for orders to a provider: one for all data,
/// and one for what of them concerns the subscriber.
const fn of(measure: Measure, for_subscriber: bool, what_for: u64) -> u64 {
    (for_subscriber as u64) << 16 | (measure as u64 + 1) << 8 | what_for
}

/// Whether it is the follow-up for which preserved data are held. The quicker channels are no such thing: where one
/// fails, the request for assistance is still to come.
fn is_follow_up(measure: Measure) -> bool {
    !matches!(measure, Measure::Preservation | Measure::EmergencyDisclosure) && !measure.is_put_to_provider()
}

impl Authority {
    pub(super) fn request(&mut self, letter: &Letter, request: Request) {
        let number = self.docket.enter(Received {
            letter: letter.id,
            file: letter.file,
            request,
            received: self.today,
            standing: Standing::Waiting,
            decision: None,
        });
        if is_follow_up(request.measure) {
            self.docket.follow_up(letter.file, letter.id);
        }
        if self.settings.is_past_desks(request.measure, request.urgent) {
            self.decide(number);
        } else {
            self.docket.queue(number, request.urgent);
        }
    }

    pub(super) fn seat_desks(&mut self) {
        while let Some((number, received)) = self.docket.seat(self.settings.desks) {
            let Request { measure, matter, .. } = received.request;
            let subscriber = self.is_for_subscriber(&received.request);
            let desk = self.settings.handling(measure).desk.times(1.0 / self.settings.capacity);
            let days = self.draw_days(Purpose::Handling, matter, of(measure, subscriber, ON_DESK), desk);
            self.agenda.set(self.today + days, Task::DeskDone(number));
        }
    }

    pub(super) fn decide(&mut self, number: DocketNumber) {
        let Some(received) = self.docket.open(number).copied() else { return };
        let question = self.question(&received);
        let decided = Arc::clone(self.casebook.ask(&self.library, &self.memberships, &question));
        let opinion = &decided.opinion;
        let (mut ruling, discretionary) = self.rule(&received.request, opinion);
        let mut held_until = None;
        if ruling == Ruling::Granted && received.request.measure == Measure::Preservation {
            match self.preserve(&received, opinion) {
                Some(until) => held_until = Some(until),
                None => ruling = Ruling::DataGone,
            }
        }
        let waited_days = self.today.days_since(received.received).unsigned_abs();
        let Received { letter: id, file, request, .. } = received;
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
        let swift = request.urgent || request.measure.is_put_to_provider();
        self.send(id.from, file, Some(id), swift, Body::Answer(answer));
        self.after_decision(number, &received, opinion, ruling);
    }

    fn after_decision(&mut self, number: DocketNumber, received: &Received, opinion: &Opinion, ruling: Ruling) {
        let Request { measure, matter, .. } = received.request;
        let executes = ruling == Ruling::Granted && measure != Measure::Preservation;
        let standing = if executes { Standing::Executing } else { Standing::Closed };
        self.docket.decided(number, opinion.decision, standing);
        if executes {
            let execution = self.execution(measure, opinion);
            let counter = of(measure, self.is_for_subscriber(&received.request), IN_EXECUTION);
            let mut days = self.draw_days(Purpose::Handling, matter, counter, execution);
            if opinion.decision == Decision::Postpone {
                days += self.settings.postponement_days;
            }
            self.agenda.set(self.today + days, Task::Executed(number));
        } else if is_follow_up(measure) {
            self.docket.release(received.file);
        }
    }

    /// From decision to supply. A provider is no part of the authority: its time depends on no staff.
    fn execution(&self, measure: Measure, opinion: &Opinion) -> Duration {
        let settings = &self.settings;
        let usual = settings.handling(measure).execution;
        if measure.is_put_to_provider() {
            return usual;
        }
        let timed = |limit: &law::TimeLimit| matches!(limit.timed, Timed::Execute | Timed::Answer);
        let ordered = measure.is_electronic_evidence() && opinion.time_limits.iter().any(timed);
        let urgent = measure == Measure::EmergencyDisclosure;
        let execution = if ordered && !urgent { settings.within_deadline } else { usual };
        execution.times(settings.pace / settings.capacity)
    }

    fn question(&self, received: &Received) -> Question {
        let Request { measure, facts, matter, nationality, .. } = received.request;
        Question {
            conduct_day: matter.conduct_day,
            request_day: received.received,
            nationality,
            ..Question::on(self.today, (received.letter.from, self.state), measure, facts)
        }
    }

    /// Whether it is an order for what concerns the subscriber alone.
    fn is_for_subscriber(&self, request: &Request) -> bool {
        let stated = self.circumstances[Channel::OrderForSubscriber as usize];
        request.measure == Channel::OrderForSubscriber.measure() && stated.without(request.facts).is_empty()
    }

    /// Law plus habit: what is done, and whether that was a choice.
    fn rule(&self, request: &Request, opinion: &Opinion) -> (Ruling, bool) {
        let Request { measure, matter, .. } = *request;
        let subscriber = self.is_for_subscriber(request);
        let chosen =
            |what_for| self.streams.stream(Purpose::Discretion, matter.key(), of(measure, subscriber, what_for));
        match opinion.decision {
            Decision::NoRequest if measure == Measure::VoluntaryDisclosure => {
                let discloses = chosen(BY_PROVIDER).chance(self.settings.providers_disclose);
                (if discloses { Ruling::Granted } else { Ruling::Refused(None) }, true)
            }
            decision if decision.carries_out(measure) => (Ruling::Granted, false),
            // What needs no request is there for whoever takes it (ETS 185, Art. 32(a)).
            Decision::NoRequest | Decision::Grant | Decision::GrantCond | Decision::Partial | Decision::Postpone => {
                (Ruling::Granted, false)
            }
            Decision::MayRefuse => {
                let mut stream = chosen(BY_GROUND);
                let mut optional = opinion.optional_grounds();
                let used = optional.find(|ground| stream.chance(self.settings.habits.refuses(ground.code)));
                (used.map_or(Ruling::Granted, |ground| Ruling::Refused(Some(ground))), true)
            }
            Decision::NoTreatyDuty => {
                let shown = chosen(BY_COMITY).chance(self.settings.habits.comity);
                (if shown { Ruling::Granted } else { Ruling::Refused(opinion.leading_ground()) }, true)
            }
            Decision::Refuse | Decision::ProsecuteInstead | Decision::Lapsed | Decision::NeedsInformation => {
                (Ruling::Refused(opinion.leading_ground()), false)
            }
        }
    }

    /// Freezes the data if they are still there; until when.
    fn preserve(&mut self, received: &Received, opinion: &Opinion) -> Option<Day> {
        if !self.data_survive(received.request.matter, self.today) {
            return None;
        }
        let until = self.today + opinion.holds_days.map_or(self.settings.preservation_days, u32::from);
        self.docket.preserve(received.file, until);
        self.agenda.set(until + 1, Task::Release(received.file));
        Some(until)
    }

    /// Whether data that nobody preserved are still there on a day: half of them are gone after each half-life, from when
    /// they came about. Drawn once a matter, so that asking twice gives one answer, and a later one never a better.
    pub(super) fn data_survive(&self, matter: Matter, day: Day) -> bool {
        let stream = |counter| self.streams.stream(Purpose::Retention, matter.key(), counter);
        // A time that is at least a day, less that day.
        let age_days = stream(AGE).geometric_days(1.0 + self.settings.data_age_days) - 1;
        let days = f64::from(day.days_since(matter.conduct_day).max(0));
        stream(LIFE).chance(self.settings.left_after(f64::from(age_days) + days))
    }

    pub(super) fn executed(&mut self, number: DocketNumber) {
        let Some(received) = self.docket.close(number, Standing::Closed) else { return };
        let Request { measure, matter, urgent, .. } = received.request;
        let found = !measure.is_electronic_evidence()
            || self.docket.holds(received.file)
            || self.data_survive(matter, self.today);
        self.docket.release(received.file);
        let swift = urgent || measure.is_put_to_provider();
        let id = received.letter;
        self.send(id.from, received.file, Some(id), swift, Body::Evidence(Evidence { measure, found }));
    }

    pub(super) fn withdrawn(&mut self, letter: &Letter) {
        let Some(request) = letter.in_reply_to.filter(|request| request.from == letter.id.from) else { return };
        let Some(number) = self.docket.of_letter(request) else { return };
        let on_desk = self.docket.open(number).is_some_and(|received| received.standing == Standing::OnDesk);
        if let Some(received) = self.docket.close(number, Standing::Withdrawn) {
            if on_desk {
                self.docket.free_desk();
            }
            self.docket.release(received.file);
        }
    }

    pub(super) fn told(&mut self, letter: &Letter, told: Spontaneous) {
        if self.punishes(told.facts, self.today) {
            // Contact points of one region may work together.
            let pace = if self.neighbours.contains(&letter.id.from) { self.settings.region_removal_pace } else { 1.0 };
            self.set_removal(letter.file, told.matter, self.settings.removal.times(pace));
        }
    }

    pub(super) fn set_removal(&mut self, file: FileNumber, matter: Matter, takes: Duration) {
        let days = self.draw_days(Purpose::Handling, matter, REMOVAL, takes);
        self.agenda.set(self.today + days, Task::RemoveSite(file));
    }
}
