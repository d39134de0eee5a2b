//! The authority: what arrives on a day, in a fixed order, turned into letters and records.
//!
//! Order within a day: instruments, changed settings, tasks set earlier, the inbox, new incidents, free desks,
//! free courts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::agenda::{Agenda, Task};
use super::court::Court;
use super::docket::Docket;
use super::investigation::{Channel, Investigations};
use super::letter::{Body, Letter, Matter};
use super::office::{DocketEntry, FileEntry, Office};
use super::register::Register;
use super::report::{AuthorityRecord, Due, Outcome, Report};
use super::settings::{AuthoritySettings, Duration};
use crate::base::{Day, FileNumber, LetterId, Purpose, StateId, Streams, TreatyId, thousandths};
use crate::law::{self, Casebook, ExplainedStep, FactSet, Library, Memberships, Opinion, Question};

/// The one day of delay that every letter has (see ARCHITECTURE.md).
const LEAST_TRAVEL_DAYS: u32 = 1;

/// A state's central authority and contact point.
#[derive(Debug)]
pub struct Authority {
    pub(super) state: StateId,
    /// States of the same region.
    pub(super) neighbours: BTreeSet<StateId>,
    pub(super) library: Arc<Library>,
    pub(super) memberships: Memberships,
    pub(super) casebook: Casebook,
    pub(super) settings: AuthoritySettings,
    pub(super) streams: Streams,
    /// By channel: what an investigator states of it.
    pub(super) circumstances: [FactSet; Channel::ALL.len()],
    pub(super) docket: Docket,
    pub(super) investigations: Investigations,
    pub(super) court: Court,
    pub(super) agenda: Agenda,
    pub(super) register: Register,
    pub(super) letters_sent: u32,
    pub(super) today: Day,
    pub(super) letters: Vec<Letter>,
    pub(super) records: Vec<AuthorityRecord>,
}

impl Authority {
    /// An authority before its first day.
    #[must_use]
    pub fn new(
        state: StateId,
        library: Arc<Library>,
        memberships: Memberships,
        settings: AuthoritySettings,
        streams: Streams,
    ) -> Self {
        Self {
            state,
            circumstances: Channel::ALL.map(|channel| channel.circumstances(&library.facts)),
            neighbours: BTreeSet::new(),
            library,
            memberships,
            casebook: Casebook::default(),
            settings,
            streams,
            docket: Docket::default(),
            investigations: Investigations::default(),
            court: Court::default(),
            agenda: Agenda::default(),
            register: Register::default(),
            letters_sent: 0,
            today: Day::default(),
            letters: Vec::new(),
            records: Vec::new(),
        }
    }

    /// The same among these states of its region.
    #[must_use]
    pub fn among(self, neighbours: BTreeSet<StateId>) -> Self {
        Self { neighbours, ..self }
    }

    pub(super) fn send(
        &mut self,
        to: StateId,
        file: FileNumber,
        in_reply_to: Option<LetterId>,
        swift: bool,
        body: Body,
    ) -> LetterId {
        let id = LetterId { from: self.state, number: self.letters_sent };
        self.letters_sent += 1;
        let travel = if swift { self.settings.urgent_travel_days } else { self.settings.travel_days };
        let arrives = self.today + travel.max(LEAST_TRAVEL_DAYS);
        let letter = Letter { id, to, sent: self.today, arrives, file, in_reply_to, body };
        self.register.enter(letter);
        self.letters.push(letter);
        id
    }

    pub(super) fn draw_days(&self, purpose: Purpose, matter: Matter, counter: u64, duration: Duration) -> u32 {
        self.streams.stream(purpose, matter.key(), counter).lognormal_days(duration.median_days, duration.log_sd)
    }

    fn task(&mut self, task: Task) {
        match task {
            Task::DeskDone(number) => {
                // A withdrawn request has left its desk already.
                if self.docket.open(number).is_some() {
                    self.docket.free_desk();
                    self.decide(number);
                }
            }
            Task::Executed(number) => self.executed(number),
            Task::Release(file) => {
                if self.docket.release_unclaimed(file, self.today) {
                    self.records.push(AuthorityRecord::PreservationLapsed { file });
                }
            }
            Task::RemoveSite(file) => self.records.push(AuthorityRecord::SiteRemoved { file }),
            Task::GiveUp(case, request) => self.give_up(case, request),
            Task::HomeEvidence(case) => self.home_evidence(case),
            Task::Proceedings(case) => {
                self.court.end();
                let conclusion = self.investigations.get_mut(case).and_then(|open| open.proceedings);
                if let Some(conclusion) = conclusion {
                    self.end(case, Outcome::Concluded(conclusion));
                }
            }
        }
    }

    fn receive(&mut self, letter: Letter) {
        self.register.enter(letter);
        match &letter.body {
            Body::Request(request) => self.request(&letter, *request),
            Body::Answer(answer) => self.answer(&letter, answer),
            Body::Evidence(evidence) => self.evidence(&letter, evidence),
            Body::Spontaneous(told) => self.told(&letter, *told),
            Body::Withdrawal => self.withdrawn(&letter),
        }
    }
}

impl Office for Authority {
    fn step(&mut self, day: Day, due: Due) -> Report {
        self.today = day;
        for instrument in &due.instruments {
            self.memberships.deposit(&self.library, instrument);
        }
        for setting in due.settings {
            self.settings.set(setting);
            self.records
                .push(AuthorityRecord::SettingChanged { key: setting.key, thousandths: thousandths(setting.value) });
        }
        // A contact point takes what waits for a desk, too.
        while self.settings.contact_point
            && let Some(number) = self.docket.next_urgent()
        {
            self.decide(number);
        }
        while let Some(task) = self.agenda.take_due(day) {
            self.task(task);
        }
        let mut inbox = due.letters;
        for letter in inbox.drain(..) {
            self.receive(letter);
        }
        for incident in due.incidents {
            self.incident(incident);
        }
        self.seat_desks();
        self.begin_trials();
        // The next letters are written into this inbox, so that not every day allocates for them.
        let letters = if self.letters.is_empty() { inbox } else { std::mem::replace(&mut self.letters, inbox) };
        Report {
            letters,
            records: std::mem::take(&mut self.records),
            next_due: self.agenda.next_day(),
            register: self.register.head(),
        }
    }

    fn opine(&self, question: &Question) -> (Opinion, Vec<ExplainedStep>) {
        law::explain(&self.library, &self.memberships, question)
    }

    fn docket(&self) -> Vec<DocketEntry> {
        self.docket.entries()
    }

    fn file(&self, file: FileNumber) -> Vec<FileEntry> {
        self.register
            .kept()
            .filter(|letter| letter.file == file)
            .map(|letter| FileEntry {
                sent: letter.sent,
                from: letter.id.from,
                to: letter.to,
                says: super::wording::says(&self.library, &letter.body),
            })
            .collect()
    }

    fn treaties(&self, day: Day) -> Vec<(String, Day)> {
        (0_u16..)
            .zip(self.library.treaties())
            .filter_map(|(index, treaty)| match self.memberships.standing(TreatyId(index), self.state, day) {
                law::Standing::Party(since) => Some((treaty.name.clone(), since)),
                _ => None,
            })
            .collect()
    }
}
