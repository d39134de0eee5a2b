//! Tests of the world, with books made up by hand.

mod books;
mod calibration;
mod events;
mod havens;
mod learning;
mod lives;
mod places;
mod recorded;
mod rooted;
mod sizes;
mod ties;

use super::*;
use crate::authority::{Channel, Conclusion, Incident, LossCause, LossKind, Outcome};
use crate::base::{CiteId, Day, NetworkId, Purpose, StateId, Streams};
use crate::law::{Decision, FactId, FactSet, Force, Ground, GroundCode, Measure, Opinion, Question};

/// Books in which a state answers everything or refuses everything that concerns persons.
#[derive(Clone, Default)]
struct PlainBooks {
    /// States that surrender nobody.
    refuse_surrender: Vec<u16>,
    /// States outside a treaty without which nobody is surrendered, neither by them nor to them.
    outside: Vec<u16>,
    /// States that give no data.
    refuse_data: Vec<u16>,
    /// States that remove no site.
    keep_sites: Vec<u16>,
    /// States whose nationals are prosecuted at home instead.
    prosecute_nationals: Vec<u16>,
    /// Conduct that nobody punishes.
    unpunished: FactSet,
}

impl PlainBooks {
    fn refuses_surrender(&self, asked: StateId, asking: StateId) -> bool {
        self.refuse_surrender.contains(&asked.0) || self.outside.contains(&asked.0) || self.outside.contains(&asking.0)
    }
}

impl Books for PlainBooks {
    fn answer(&self, question: &Question) -> Answer {
        let asked = question.requested.0;
        let decision = match question.measure {
            Measure::Extradition if self.refuses_surrender(question.requested, question.requesting) => Decision::Refuse,
            Measure::Extradition
                if self.prosecute_nationals.contains(&asked) && question.nationality == Some(question.requested) =>
            {
                Decision::ProsecuteInstead
            }
            Measure::Prosecution => Decision::Grant,
            measure if measure.is_put_to_provider() || measure == Measure::EmergencyDisclosure => {
                Decision::NoTreatyDuty
            }
            measure if measure.is_electronic_evidence() && self.refuse_data.contains(&asked) => Decision::Refuse,
            _ => Decision::Grant,
        };
        Opinion::bare(decision).into()
    }

    fn circumstances(&self, _: Channel) -> FactSet {
        FactSet::NONE
    }

    fn punishes(&self, _: StateId, facts: FactSet, _: bool, _: Day) -> bool {
        self.unpunished.is_empty() || facts != self.unpunished
    }

    fn removes(&self, state: StateId, facts: FactSet, day: Day) -> bool {
        self.punishes(state, facts, true, day) && !self.keep_sites.contains(&state.0)
    }
}

fn line(name: &str, fact: u8) -> LineSettings {
    LineSettings { name: name.to_owned(), weight: 1.0, facts: FactSet::NONE.and(FactId(fact)) }
}

fn settings(states: usize) -> WorldSettings {
    WorldSettings {
        networks: 400,
        lines: vec![line("advertise", 0)],
        states: (0..states as u64).map(|key| StateSettings { key, ..StateSettings::default() }).collect(),
        behaviour: Behaviour::default(),
        events: Vec::new(),
    }
}

/// Often reviewed, and nothing to fear anywhere.
fn without_risk(settings: WorldSettings) -> WorldSettings {
    let behaviour = Behaviour {
        review_days: 60.0,
        incidents_per_year: 0.0,
        risk_weight: 0.0,
        removal_weight: 0.0,
        ..settings.behaviour
    };
    WorldSettings { behaviour, ..settings }
}

fn start() -> Day {
    Day::from_calendar(2011, 1, 1).expect("a date")
}

/// Authorities as simple as can be: every recorded incident ends as a case after some days, in the order of
/// recording. Where surrender is refused it is lost there; else it has a result with some chance.
struct PlainAuthorities {
    streams: Streams,
    case_days: u32,
    result_chance: f64,
    /// Whether their cases need the data of the site.
    need_data: bool,
    /// Whether sites are removed where the law allows it, a few days after each recorded incident.
    remove_sites: bool,
    removals: std::collections::BTreeMap<Day, Vec<Enforcement>>,
    open: std::collections::BTreeMap<Day, Vec<RecordedIncident>>,
}

impl PlainAuthorities {
    fn new(seed: u64, result_chance: f64) -> Self {
        Self {
            streams: Streams::new(seed),
            case_days: 200,
            result_chance,
            need_data: true,
            remove_sites: false,
            removals: std::collections::BTreeMap::new(),
            open: std::collections::BTreeMap::new(),
        }
    }

    fn open(&mut self, day: Day, incidents: Vec<RecordedIncident>, books: &PlainBooks) {
        for RecordedIncident { market: investigating, line, incident: Incident { network, host, .. } } in &incidents {
            if self.remove_sites && !books.keep_sites.contains(&host.0) {
                let removed = Enforcement::SiteRemoved(Removal {
                    network: *network,
                    investigating: *investigating,
                    host: *host,
                    line: *line,
                    opened: day,
                    late: false,
                });
                self.removals.entry(day + 10).or_default().push(removed);
            }
        }
        if !incidents.is_empty() {
            self.open.entry(day + self.case_days).or_default().extend(incidents);
        }
    }

    fn close(&mut self, day: Day, books: &PlainBooks) -> Vec<Enforcement> {
        let due = self.open.remove(&day).unwrap_or_default();
        let closed = due.iter().map(|recorded| self.outcome(recorded, books));
        let closed: Vec<Enforcement> = closed.collect();
        closed.into_iter().chain(self.removals.remove(&day).unwrap_or_default()).collect()
    }

    fn outcome(&self, recorded: &RecordedIncident, books: &PlainBooks) -> Enforcement {
        let RecordedIncident { market, line, incident } = *recorded;
        let key = u64::from(incident.day.number().cast_unsigned());
        let mut stream = self.streams.stream(Purpose::Identification, u64::from(incident.network.0), key);
        let refused = |measure| {
            let ground = Ground::must(GroundCode::DualCriminalityMissing, CiteId(7));
            Outcome::Lost(LossCause::Refused(measure, Some(ground)))
        };
        let outcome = if self.need_data && incident.host != market && books.refuse_data.contains(&incident.host.0) {
            refused(Measure::StoredData)
        } else if !stream.chance(self.result_chance) {
            Outcome::Lost(LossCause::NotIdentified)
        } else if incident.base != market && books.refuses_surrender(incident.base, market) {
            refused(Measure::Extradition)
        } else {
            Outcome::Concluded(Conclusion::Surrendered)
        };
        let Incident { network, base, host, .. } = incident;
        let site_tried = self.remove_sites && !books.keep_sites.contains(&host.0);
        Enforcement::CaseClosed(CaseEnd {
            network,
            investigating: market,
            base,
            host,
            line,
            opened: incident.day,
            outcome,
            site_tried,
            needed_data: self.need_data,
        })
    }
}

/// One run with books that may change; gives world, monitor and all records.
struct Run {
    world: World,
    monitor: HavenMonitor,
    authorities: PlainAuthorities,
    books: PlainBooks,
    day: Day,
    law_changed: bool,
    /// What networks read, where that is something else than what authorities do.
    books_read: Option<PlainBooks>,
    records: Vec<WorldRecord>,
    havens: Vec<HavenRecord>,
    recorded: usize,
}

impl Run {
    fn new(settings: WorldSettings, books: PlainBooks, result_chance: f64, seed: u64) -> Self {
        let world = World::new(settings, Streams::new(seed), start());
        let monitor = HavenMonitor::new(
            HavenSettings::default(),
            world.expected_shares(Role::Base),
            world.expected_shares(Role::Host),
        );
        let authorities = PlainAuthorities::new(seed, result_chance);
        let (records, havens) = (Vec::new(), Vec::new());
        Self {
            world,
            monitor,
            authorities,
            books,
            day: start(),
            law_changed: true,
            books_read: None,
            records,
            havens,
            recorded: 0,
        }
    }

    fn change_law(&mut self, books: PlainBooks) {
        self.books = books;
        self.law_changed = true;
    }

    fn days(&mut self, days: u32, mut each: impl FnMut(&World)) {
        for _ in 0..days {
            let outcomes = self.authorities.close(self.day, &self.books);
            self.monitor.note(self.day, &outcomes);
            let due = self.world.next_due().is_some_and(|due| due <= self.day);
            if due || self.law_changed || !outcomes.is_empty() {
                let states = if self.law_changed { self.world.expected_shares(Role::Base).len() } else { 0 };
                let changed: Vec<StateId> = (0_u16..).map(StateId).take(states).collect();
                let read = self.books_read.as_ref().unwrap_or(&self.books);
                let report = self.world.day(self.day, read, &changed, &outcomes);
                self.law_changed = false;
                self.recorded += report.incidents.len();
                self.authorities.open(self.day, report.incidents, &self.books);
                self.records.extend(report.records);
                each(&self.world);
            }
            if self.day.calendar().2 == 1 {
                self.havens.extend(self.monitor.assess(self.day, &self.world.placements()));
            }
            self.day = self.day + 1;
        }
    }

    fn quotient(&self, role: Role, state: u16) -> f64 {
        let placements = self.world.placements();
        let numbers = if role == Role::Base { placements.based } else { placements.hosted };
        let share = f64::from(numbers[usize::from(state)]) / f64::from(numbers.iter().sum::<u32>());
        share / self.world.expected_shares(role)[usize::from(state)]
    }
}

const YEAR: u32 = 365;
