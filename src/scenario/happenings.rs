//! What happens on given days besides acts towards treaties: capacity, numbers, operations, offences enacted.

use std::collections::BTreeMap;

use super::doubt::Doubts;
use super::event::{EventForm, EventKind, NumberKey, Run};
use super::membership::state_called;
use super::shelf::Shelf;
use crate::authority::{AuthoritySettings, Setting, SettingKey};
use crate::base::{Day, Problem, Problems, Spanned, StateId};
use crate::law::Library;
use crate::law::forms::{DomesticOffenceForm, LawForm};
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
        if let Err(problem) = EventForm::check(event, run, doubts).and_then(|()| reading.event(event)) {
            problems.push(problem);
        }
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

struct Reading<'a> {
    library: &'a Library,
    authorities: &'a [AuthoritySettings],
    world: &'a WorldSettings,
    changes: BTreeMap<(StateId, Number), Vec<Change>>,
    happenings: Happenings,
}

impl Reading<'_> {
    fn event(&mut self, event: &EventForm) -> Result<(), Problem> {
        let state = self.state(&event.state)?;
        let factor = || event.factor.map_or(1.0, |factor| factor.0);
        match event.does {
            EventKind::Capacity => {
                let capacity = SettingKey::named("capacity").expect("a row of the table");
                self.change(event, state, Number::Authority(capacity), factor());
            }
            EventKind::AnnounceSentences => {
                self.change(event, state, Number::State(StateAspect::Severity), factor());
            }
            EventKind::ChangeAuthority => {
                // Also what the authority began with: another change may lie between.
                for Setting { key, value } in event.authority.unwrap_or_default().written() {
                    self.change(event, state, Number::Authority(key), value);
                }
            }
            EventKind::ChangeState => self.change_state(event, state)?,
            EventKind::SeizeSites => self.operation(event, state, Takes::Sites)?,
            EventKind::DismantleNetworks => self.operation(event, state, Takes::Networks)?,
            // Laid into the law before the library was built; acts towards treaties do not come here.
            EventKind::Enact
            | EventKind::Sign
            | EventKind::Ratify
            | EventKind::Accede
            | EventKind::Reserve
            | EventKind::WithdrawReservation
            | EventKind::Denounce => {}
        }
        Ok(())
    }

    fn state(&self, code: &Spanned<String>) -> Result<StateId, Problem> {
        state_called(self.library, code)
    }

    fn change(&mut self, event: &EventForm, state: StateId, number: Number, value: f64) {
        let until = event.until.as_ref().map(|until| until.value);
        let change = Change { from: event.date.clone(), until, value };
        self.changes.entry((state, number)).or_default().push(change);
    }

    fn change_state(&mut self, event: &EventForm, state: StateId) -> Result<(), Problem> {
        for (key, weight) in &event.numbers {
            let aspect = match key {
                NumberKey::Infrastructure => StateAspect::Infrastructure,
                NumberKey::Base => StateAspect::Base,
                NumberKey::Market => StateAspect::Market,
                NumberKey::Reporting => StateAspect::Reporting,
                NumberKey::PublishesDecisions => StateAspect::PublishesDecisions,
            };
            let is_share = matches!(aspect, StateAspect::Reporting | StateAspect::PublishesDecisions);
            if is_share && weight.0 > 1.0 || !is_share && weight.0 <= 0.0 {
                let range = if is_share { "lies between 0 and 1" } else { "is above 0" };
                let message = format!("`{}` is {}, but it {range}", aspect.word(), weight.0);
                return Err(Problem::new(event.date.place, message));
            }
            self.change(event, state, Number::State(aspect), weight.0);
        }
        Ok(())
    }

    fn operation(&mut self, event: &EventForm, state: StateId, takes: Takes) -> Result<(), Problem> {
        let mut states = vec![state];
        for code in &event.with {
            let further = self.state(code)?;
            if states.contains(&further) {
                return Err(Problem::new(code.place, format!("`{}` takes part twice", code.value)));
            }
            states.push(further);
        }
        let line = event.line.as_ref().map(|name| self.line(name)).transpose()?;
        let share = event.share.map_or(0.0, |share| share.0);
        let largest_first = event.largest_first.unwrap_or_default();
        let happens = Happening::Operation(Operation { takes, states, line, share, largest_first });
        self.happenings.events.push(WorldEvent { day: *event.date, happens });
        Ok(())
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

/// Lays the offences that a state enacts during the run into its law, each in force from its day.
///
/// # Errors
/// A law or offence that is not known, or that the state has already.
pub fn enact(
    shelf: &mut Shelf,
    events: &[Spanned<EventForm>],
    code: &Spanned<String>,
    law: &mut LawForm,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for event in events.iter().filter(|event| event.does == EventKind::Enact && event.state.value == code.value) {
        let Some(name) = &event.law else { continue };
        let model = match shelf.law(name) {
            Ok(model) => model,
            Err(found) => {
                problems.add(found);
                continue;
            }
        };
        let wanted = event.offence.as_ref().map(|offence| offence.value.as_str());
        let mut enacted = false;
        for (offence, form) in &model.offences {
            if wanted.is_none_or(|wanted| wanted == offence.value) && !law.offences.contains_key(offence.value.as_str())
            {
                enacted = true;
                let form = DomesticOffenceForm { from: Some(*event.date), ..form.clone() };
                law.offences.insert(offence.clone(), form);
            }
        }
        if !enacted {
            let problem = match &event.offence {
                Some(offence) if !model.offences.contains_key(offence.value.as_str()) => {
                    Problem::unknown("offence", offence, model.offences.keys().map(|known| known.value.as_str()))
                }
                _ => Problem::new(name.place, format!("`{}` has these offences already", code.value)),
            };
            problems.push(problem);
        }
    }
    problems.or(())
}
