//! Incidents: when they are committed, which of them are recorded, and how many there were in a month.

use super::books::{Reading, identifier};
use super::network::Placements;
use super::record::WorldRecord;
use super::world::{Event, NetworkPlace, World};
use crate::authority::Incident;
use crate::base::{Day, Purpose};

impl World {
    pub(super) fn commit(&mut self, reading: &Reading, place: usize) {
        let NetworkPlace { network, recording, .. } = self.places[place];
        let market = network.market.index();
        let recorded = recording < reading.settings.states[market].reporting;
        self.tally[market].0 += 1;
        self.tally[market].1 += u32::from(recorded);
        if recorded {
            let incident = Incident {
                network: network.id,
                day: reading.day,
                base: network.base,
                host: network.host,
                nationality: network.nationality,
                facts: reading.settings.lines[usize::from(network.line)].facts,
            };
            self.report.incidents.push((network.market, incident));
        }
    }

    pub(super) fn plan_incident(&mut self, reading: &Reading, place: usize) {
        /// Days of a mean year.
        const YEAR_DAYS: f64 = 365.25;
        let rate = reading.settings.behaviour.incidents_per_year;
        if rate > 0.0 {
            let mut stream = self.draw(Purpose::Incidents, place, self.places[place].incidents);
            let planned = &mut self.places[place];
            let gap = stream.exponential_days(YEAR_DAYS / rate);
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
        let fresh = vec![(0, 0); self.tally.len()];
        let tally = std::mem::replace(&mut self.tally, fresh);
        for (state, (incidents, recorded)) in tally.iter().enumerate() {
            self.report.records.push(WorldRecord::Month {
                state: identifier(state),
                based: based[state],
                hosted: hosted[state],
                incidents: *incidents,
                recorded: *recorded,
            });
        }
    }
}
