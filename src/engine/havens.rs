//! The monitors of a run: of the rule that the scenario states, and of the default one where the two differ.
//!
//! The second one watches and records nothing: it says how far a finding rests on the rule. It is no part of the digest.

use super::plan::Plan;
use crate::base::Day;
use crate::world::{Enforcement, HavenMonitor, HavenRecord, HavenSettings, Placements, Role, World};

/// See the module.
#[derive(Debug)]
pub struct Havens {
    stated: HavenMonitor,
    by_default: Option<(HavenMonitor, Vec<HavenRecord>)>,
}

impl Havens {
    /// The monitors of a plan.
    #[must_use]
    pub fn new(plan: &Plan, world: &World) -> Self {
        let monitor =
            |rule| HavenMonitor::new(rule, world.expected_shares(Role::Base), world.expected_shares(Role::Host));
        let differs = plan.havens != HavenSettings::default();
        Self {
            stated: monitor(plan.havens),
            by_default: differs.then(|| (monitor(HavenSettings::default()), Vec::new())),
        }
    }

    /// Notes the closed cases of a day.
    pub fn note(&mut self, day: Day, outcomes: &[Enforcement]) {
        self.monitors().for_each(|monitor| monitor.note(day, outcomes));
    }

    /// Compares with what attraction explains from now on.
    pub fn expect(&mut self, world: &World) {
        let (bases, hosts) = (world.expected_shares(Role::Base), world.expected_shares(Role::Host));
        self.monitors().for_each(|monitor| monitor.expect(bases, hosts));
    }

    /// Assesses every state; gives what begins and ends by the rule that the scenario states.
    pub fn assess(&mut self, day: Day, placements: &Placements) -> Vec<HavenRecord> {
        if let Some((monitor, records)) = &mut self.by_default {
            records.extend(monitor.assess(day, placements));
        }
        self.stated.assess(day, placements)
    }

    /// Takes the measures of the time before a day, which begins and ends nothing: of the last month of a run, whose end is
    /// past its last day.
    pub fn measure(&mut self, day: Day, placements: &Placements) {
        self.stated.measure(day, placements);
    }

    /// The monitor of the stated rule.
    #[must_use]
    pub const fn stated(&self) -> &HavenMonitor {
        &self.stated
    }

    /// That monitor; and what began and ended by the default rule, where the stated one is another.
    #[must_use]
    pub fn into_parts(self) -> (HavenMonitor, Option<Vec<HavenRecord>>) {
        (self.stated, self.by_default.map(|(_, records)| records))
    }

    fn monitors(&mut self) -> impl Iterator<Item = &mut HavenMonitor> {
        std::iter::once(&mut self.stated).chain(self.by_default.iter_mut().map(|(monitor, _)| monitor))
    }
}
