//! What happens on given days besides acts towards treaties: capacity, numbers, operations.

mod enacting;

use std::collections::BTreeMap;

pub use enacting::enact;

use super::doubt::Doubts;
use super::event::{EventForm, EventKind, NumberKey, Run};
use super::membership::state_called;
use crate::authority::{AuthoritySettings, Setting, SettingKey};
use crate::base::{Day, Problem, Problems, Spanned, StateId};
use crate::law::Library;
use crate::world::state::MOST_FACTOR;
use crate::world::{Happening, Operation, StateAspect, Takes, WorldEvent, WorldSettings};

/// What a timeline brings about, apart from instruments.
#[derive(Debug, Default)]
pub struct Happenings {
    /// Numbers of authorities that change, by day.
    pub settings: BTreeMap<Day, Vec<(StateId, Setting)>>,
    /// What happens to the world, in the order of the days.
    pub events: Vec<WorldEvent>,
}

/// A number that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    Authority(SettingKey),
    State(StateAspect),
}

impl Number {
    /// Whether it may have a value.
    fn allows(self, value: f64) -> bool {
        match self {
            Self::Authority(key) => key.allows(value),
            Self::State(_) => value <= MOST_FACTOR,
        }
    }
}

/// One change, for good or for a time.
#[derive(Clone, Debug)]
struct Change {
    from: Spanned<Day>,
    until: Option<Day>,
    value: f64,
}

/// Reads the events of a timeline that are no acts towards treaties.
///
/// # Errors
/// Unknown names, keys that do not belong together, days outside the run, changes that overlap.
pub(super) fn read(
    library: &Library,
    events: &[Spanned<EventForm>],
    (run, doubts): (Run, Doubts<'_>),
    authorities: &[AuthoritySettings],
    world: &WorldSettings,
) -> Result<Happenings, Problems> {
    let mut reading =
        Reading { library, authorities, world, changes: BTreeMap::new(), happenings: Happenings::default() };
    let mut problems = Problems::default();
    for event in events.iter().filter(|event| !event.does.is_treaty_act()) {
        let mut found = EventForm::check(event, run, doubts);
        match reading.names(event) {
            Ok(names) if found.0.is_empty() => reading.event(event, &names),
            names => found.add(names.err().unwrap_or_default()),
        }
        problems.0.extend(found.0);
    }
    let mut overlaps = Problems::default();
    reading.lay_out(&mut overlaps);
    // A day that could not be read overlaps with nothing.
    if !doubts.under(&["timeline"]) {
        problems.add(overlaps);
    }
    reading.happenings.events.sort_by_key(|event| event.day);
    problems.or(reading.happenings)
}

/// What an event names.
#[derive(Clone)]
struct Names {
    /// Its state, and those that act with it.
    states: Vec<StateId>,
    line: Option<u8>,
    numbers: Vec<(StateAspect, f64)>,
}

/// Which number of a state a key names, if it may be so much.
fn number(key: NumberKey, value: f64) -> Result<StateAspect, String> {
    let (aspect, is_share) = match key {
        NumberKey::Infrastructure => (StateAspect::Infrastructure, false),
        NumberKey::Base => (StateAspect::Base, false),
        NumberKey::Market => (StateAspect::Market, false),
        NumberKey::Reporting => (StateAspect::Reporting, true),
        NumberKey::PublishesDecisions => (StateAspect::PublishesDecisions, true),
    };
    let word = aspect.word();
    match is_share {
        true if value > 1.0 => Err(format!("`{word}` is {value}, but it lies between 0 and 1")),
        false if value <= 0.0 => Err(format!("`{word}` is {value}, but it is above 0")),
        _ => Ok(aspect),
    }
}

struct Reading<'a> {
    library: &'a Library,
    authorities: &'a [AuthoritySettings],
    world: &'a WorldSettings,
    changes: BTreeMap<(StateId, Number), Vec<Change>>,
    happenings: Happenings,
}

impl Reading<'_> {
    /// What an event names, and whether its numbers can be.
    fn names(&self, event: &EventForm) -> Result<Names, Problems> {
        let mut problems = Problems::default();
        let mut states = Vec::new();
        for code in std::iter::once(&event.state).chain(&event.with) {
            match state_called(self.library, code) {
                Ok(state) if states.contains(&state) => {
                    problems.push(Problem::new(code.place, format!("`{}` takes part twice", code.value)));
                }
                Ok(state) => states.push(state),
                Err(problem) => problems.push(problem),
            }
        }
        if let (Some(state), EventKind::Capacity | EventKind::AnnounceSentences) = (states.first(), event.does) {
            let (number, value) = self.multiple(event, *state);
            if !number.allows(value) {
                let message = format!("the state would have {value} by that, which it cannot have");
                problems.push(Problem::new(event.date.place, message));
            }
        }
        let line = event.line.as_ref().map(|name| self.line(name)).transpose();
        let line = line.map_err(|problem| problems.push(problem)).ok().flatten();
        let mut numbers = Vec::new();
        for (key, weight) in &event.numbers {
            match number(*key, weight.0) {
                Ok(aspect) => numbers.push((aspect, weight.0)),
                Err(message) => problems.push(Problem::new(event.date.place, message)),
            }
        }
        problems.or(Names { states, line, numbers })
    }

    /// Takes an event of which nothing is wrong.
    fn event(&mut self, event: &EventForm, names: &Names) {
        let state = names.states[0];
        match event.does {
            EventKind::Capacity | EventKind::AnnounceSentences => {
                let (number, value) = self.multiple(event, state);
                self.change(event, state, number, value);
            }
            EventKind::ChangeAuthority => {
                // Also what the authority began with: another change may lie between.
                for Setting { key, value } in event.authority.unwrap_or_default().written() {
                    self.change(event, state, Number::Authority(key), value);
                }
            }
            EventKind::ChangeState => {
                for (aspect, value) in &names.numbers {
                    self.change(event, state, Number::State(*aspect), *value);
                }
            }
            EventKind::SeizeSites => self.operation(event, names, Takes::Sites),
            EventKind::DismantleNetworks => self.operation(event, names, Takes::Networks),
            // Laid into the law before the library was built; acts towards treaties do not come here.
            EventKind::Enact
            | EventKind::Sign
            | EventKind::Ratify
            | EventKind::Accede
            | EventKind::Reserve
            | EventKind::WithdrawReservation
            | EventKind::Denounce => {}
        }
    }

    /// So many times what the scenario gives the state.
    fn multiple(&self, event: &EventForm, state: StateId) -> (Number, f64) {
        let factor = event.factor.map_or(1.0, |factor| factor.0);
        if event.does == EventKind::Capacity {
            let capacity = SettingKey::named("capacity").expect("a row of the table");
            (Number::Authority(capacity), factor * capacity.of(&self.authorities[state.index()]))
        } else {
            let severity = StateAspect::Severity;
            (Number::State(severity), factor * self.world.states[state.index()].get(severity))
        }
    }

    fn change(&mut self, event: &EventForm, state: StateId, number: Number, value: f64) {
        let until = event.until.as_ref().map(|until| until.value);
        let change = Change { from: event.date.clone(), until, value };
        self.changes.entry((state, number)).or_default().push(change);
    }

    fn operation(&mut self, event: &EventForm, names: &Names, takes: Takes) {
        let share = event.share.map_or(0.0, |share| share.0);
        let largest_first = event.largest_first.unwrap_or_default();
        let Names { states, line, .. } = names.clone();
        let happens = Happening::Operation(Operation { takes, states, line, share, largest_first });
        self.happenings.events.push(WorldEvent { day: *event.date, happens });
    }

    fn line(&self, name: &Spanned<String>) -> Result<u8, Problem> {
        let names = self.world.lines.iter().map(|line| line.name.as_str());
        let mut numbered = (0_u8..).zip(names.clone());
        let found = numbered.find(|(_, known)| *known == name.value).map(|(number, _)| number);
        found.ok_or_else(|| Problem::unknown("line", name, names))
    }

    /// Turns changes into dated values. After a change for a time, things are as they would be without it.
    fn lay_out(&mut self, problems: &mut Problems) {
        for ((state, number), mut changes) in std::mem::take(&mut self.changes) {
            changes.sort_by_key(|change| change.from.value);
            let mut ends = None;
            for change in &changes {
                if change.until.is_some() && ends.is_some_and(|end| change.from.value < end) {
                    let message = "it overlaps another change of the same number of the same state";
                    problems.push(Problem::new(change.from.place, message));
                }
                ends = ends.max(change.until);
                self.put(state, number, change.from.value, change.value);
                if let Some(until) = change.until {
                    let lasting = changes.iter().rfind(|other| other.until.is_none() && other.from.value <= until);
                    match lasting {
                        Some(lasting) => self.put(state, number, until, lasting.value),
                        None => self.end(state, number, until),
                    }
                }
            }
        }
    }

    /// A number is again what the scenario says; attraction for bases follows that for hosts, where it says nothing.
    fn end(&mut self, state: StateId, number: Number, day: Day) {
        let settings = &self.world.states[state.index()];
        match number {
            Number::State(StateAspect::Base) if settings.base.is_none() => {
                let happens = Happening::BaseFollowsInfrastructure(state);
                self.happenings.events.push(WorldEvent { day, happens });
            }
            Number::State(aspect) => self.put(state, number, day, settings.get(aspect)),
            Number::Authority(key) => self.put(state, number, day, key.of(&self.authorities[state.index()])),
        }
    }

    fn put(&mut self, state: StateId, number: Number, day: Day, value: f64) {
        match number {
            Number::Authority(key) => {
                self.happenings.settings.entry(day).or_default().push((state, Setting { key, value }));
            }
            Number::State(aspect) => {
                self.happenings.events.push(WorldEvent { day, happens: Happening::StateChanges(state, aspect, value) });
            }
        }
    }
}
