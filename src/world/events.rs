//! What a scenario lets happen to the world on a day: states change, and act against networks on their soil.
//!
//! Deliberately absent: why they do. An operation is the state's own, under its own law, and needs no letter.

use super::books::Reading;
use super::enforcement::Seen;
use super::learning::{About, Risk};
use super::places::Places;
use super::record::WorldRecord;
use super::settings::{Happening, Operation, Takes};
use super::state::StateAspect;
use super::world::{Standing, World, on};
use crate::base::{Day, Purpose};

impl World {
    /// The day of the next event.
    pub(super) fn next_event(&self) -> Option<Day> {
        self.settings.events.get(self.events_done).map(|event| event.day)
    }

    /// Changes the states as the events of the day say; gives back its operations.
    pub(super) fn happen(&mut self, day: Day) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut attraction_changed = false;
        while let Some(event) = self.settings.events.get(self.events_done).filter(|event| event.day <= day).cloned() {
            self.events_done += 1;
            match event.happens {
                Happening::Operation(operation) => operations.push(operation),
                Happening::StateChanges(state, aspect, value) => {
                    std::sync::Arc::make_mut(&mut self.settings).states[state.index()].set(aspect, value);
                    attraction_changed |= aspect.attracts();
                    let thousandths = thousandths(value);
                    self.report.records.push(WorldRecord::StateChanged { state, aspect, thousandths });
                }
                Happening::BaseFollowsInfrastructure(state) => {
                    let settings = &mut std::sync::Arc::make_mut(&mut self.settings).states[state.index()];
                    settings.base = None;
                    attraction_changed = true;
                    let (aspect, thousandths) = (StateAspect::Base, thousandths(settings.base_attraction()));
                    self.report.records.push(WorldRecord::StateChanged { state, aspect, thousandths });
                }
            }
        }
        if attraction_changed {
            self.options = Places::new(&self.settings, &self.streams);
            self.report.attraction_changed = true;
        }
        operations
    }

    /// Takes a share of the sites or networks that an operation aims at; `earlier`: how many of its day met the same before.
    pub(super) fn operate(&mut self, reading: &Reading, (operation, earlier): (&Operation, u64), seen: &mut Seen) {
        let falling = self.falling(reading.day, operation, earlier);
        let times = 1.0 + reading.settings.behaviour.site_back_breadth * self.odds(falling.len());
        let mut fell = 0;
        for place in falling {
            fell += 1;
            let network = self.places[place].network;
            let on_soil_of = operation.takes.on_soil_of(&network);
            let (state, investigating) = (on_soil_of.index(), network.market.index());
            let (line, about) = (usize::from(network.line), |risk| About { risk, state, investigating });
            match operation.takes {
                Takes::Sites => {
                    let promised = self.promised(reading, line, about(Risk::Site));
                    self.experience.note(Some(place), line, about(Risk::Site), true, promised);
                    seen.site(on_soil_of);
                    self.lose_site(reading, place, on_soil_of, times, seen);
                }
                Takes::Networks => {
                    let promised = self.promised(reading, line, about(Risk::People));
                    self.experience.note(Some(place), line, about(Risk::People), true, promised);
                    seen.people(on_soil_of);
                    self.dismantle(reading, place, on_soil_of);
                }
            }
        }
        let states = u32::try_from(operation.states.len()).unwrap_or(u32::MAX);
        let networks = operation.takes == Takes::Networks;
        self.report.records.push(WorldRecord::Operation { networks, states, fell });
    }

    /// How many sites fall at once for each that is left to take those in whom they served; 1 where more fall than are left, for
    /// then others are built.
    fn odds(&self, falling: usize) -> f64 {
        let up = self.places.iter().filter(|held| held.standing == Standing::Active).count();
        #[expect(clippy::cast_precision_loss, reason = "at most some thousand networks")]
        let (fall, stand) = (falling as f64, up.saturating_sub(falling) as f64);
        if fall < stand { fall / stand } else { 1.0 }
    }

    /// The places of what falls to an operation, in order. Each falls or not by a draw of its own, or the largest do: among
    /// those of one size again by these draws.
    fn falling(&self, day: Day, operation: &Operation, earlier: u64) -> Vec<usize> {
        /// More than there are roles: each operation of a day has draws of its own.
        const ROLES: u64 = 4;
        let Operation { takes, states, line, share, largest_first } = operation;
        let aimed_at = |place: &usize| {
            let network = &self.places[*place].network;
            states.contains(&takes.on_soil_of(network))
                && line.is_none_or(|line| line == network.line)
                && self.is_there(*place, *takes)
        };
        let unit =
            |place: usize| self.draw(Purpose::Operation, place, on(day, takes.role() as u64 + ROLES * earlier)).unit();
        let mut drawn: Vec<(f64, usize)> =
            (0..self.places.len()).filter(aimed_at).map(|place| (unit(place), place)).collect();
        if *largest_first {
            let size = |place: usize| self.places[place].network.size_thousandths;
            drawn
                .sort_by(|(one, place), (other, another)| size(*another).cmp(&size(*place)).then(one.total_cmp(other)));
            drawn.truncate(share_of(*share, drawn.len()));
            drawn.sort_by_key(|(_, place)| *place);
        } else {
            drawn.retain(|(unit, _)| unit < share);
        }
        drawn.into_iter().map(|(_, place)| place).collect()
    }

    fn is_there(&self, place: usize, takes: Takes) -> bool {
        match takes {
            Takes::Sites => self.places[place].standing == Standing::Active,
            Takes::Networks => self.places[place].standing != Standing::Awaiting,
        }
    }
}

/// A share of a number, to the nearest whole.
fn share_of(share: f64, number: usize) -> usize {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most the number of networks, which a double counts exactly"
    )]
    let whole = libm::round(share * number as f64) as usize;
    whole
}

/// Records carry whole numbers only.
fn thousandths(value: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a billion, never below 0")]
    let rounded = libm::round(value * 1000.0) as u64;
    rounded
}
