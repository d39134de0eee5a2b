//! Incidents: when they are committed, which of them are recorded, and how many there were in a month.

use super::books::{Reading, identifier};
use super::network::{Network, Placements};
use super::perception::Perception;
use super::record::WorldRecord;
use super::world::{Event, NetworkPlace, RecordedIncident, World};
use crate::authority::Incident;
use crate::base::{Day, Purpose};

/// The incidents of a market since the last monthly record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    incidents: u32,
    recorded: u32,
    harm_thousandths: u64,
}

impl Tally {
    fn add(&mut self, recorded: bool, size_thousandths: u32) {
        self.incidents += 1;
        self.recorded += u32::from(recorded);
        self.harm_thousandths += u64::from(size_thousandths);
    }
}

/// Chance that an incident is recorded: that of a usual one where each of those harmed may speak, so that large ones
/// come to light more readily.
fn recorded_chance(reporting: f64, network: &Network) -> f64 {
    match network.size_thousandths {
        Network::USUAL_SIZE_THOUSANDTHS => reporting,
        _ => 1.0 - libm::pow(1.0 - reporting, network.size()),
    }
}

impl World {
    pub(super) fn commit(&mut self, reading: &Reading, place: usize) {
        let NetworkPlace { network, recording, .. } = self.places[place];
        let market = network.market.index();
        if !self.dares(reading, place) {
            return;
        }
        let recorded = recording < recorded_chance(reading.settings.states[market].reporting, &network);
        self.tally[market].add(recorded, network.size_thousandths);
        if recorded {
            let incident = Incident {
                network: network.id,
                day: reading.day,
                base: network.base,
                host: network.host,
                nationality: network.nationality,
                facts: reading.settings.lines[usize::from(network.line)].facts,
            };
            self.report.incidents.push(RecordedIncident { market: network.market, line: network.line, incident });
        }
    }

    /// Whether an incident that was planned is committed where punishment is as certain as it is. What deterrence leaves
    /// of the incidents of a place is counted up and not drawn, so that variants differ by what it takes away and not
    /// by luck.
    fn dares(&mut self, reading: &Reading, place: usize) -> bool {
        let Self { places, options, reach, experience, .. } = self;
        let NetworkPlace { network, resolve, .. } = &mut places[place];
        let based = options.bases.given(network.market.index()).shares();
        let certainty =
            Perception { reading, reach, experience }.certainty(based, network.market.index(), network.line);
        *resolve += libm::exp(-reading.settings.behaviour.deterrence * certainty);
        let dares = *resolve >= 1.0;
        *resolve -= f64::from(u8::from(dares));
        dares
    }

    pub(super) fn plan_incident(&mut self, reading: &Reading, place: usize) {
        /// Days of a mean year.
        const YEAR_DAYS: f64 = 365.25;
        let rate = reading.settings.behaviour.incidents_per_year;
        if rate > 0.0 {
            let mut stream = self.draw(Purpose::Incidents, place, self.places[place].incidents);
            let planned = &mut self.places[place];
            let gap = stream.geometric_days(YEAR_DAYS / rate);
            planned.recording = stream.unit();
            planned.incidents += 1;
            self.plan(reading.day + gap, place, Event::Incident);
        }
    }

    /// Records the month that is over, if one is by this day.
    pub(super) fn end_month(&mut self, day: Day) {
        if self.next_month <= day {
            self.next_month = day.first_of_next_month();
            self.record_month();
        }
    }

    /// Records every state as it is now, and the incidents since the last such record.
    pub(super) fn record_month(&mut self) {
        let Placements { based, hosted } = self.placements();
        let fresh = vec![Tally::default(); self.tally.len()];
        let tally = std::mem::replace(&mut self.tally, fresh);
        for (state, Tally { incidents, recorded, harm_thousandths }) in tally.into_iter().enumerate() {
            self.report.records.push(WorldRecord::Month {
                state: identifier(state),
                based: based[state],
                hosted: hosted[state],
                incidents,
                recorded,
                harm_thousandths,
            });
        }
    }
}
