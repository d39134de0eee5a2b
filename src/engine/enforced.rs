//! What the authorities did on a day, as the world sees it on the next.

use std::collections::BTreeMap;

use crate::authority::{AuthorityRecord, Report};
use crate::base::{Day, NetworkId, StateId};
use crate::world::{CaseEnd, Enforcement, RecordedIncident, Removal};

/// Acts of enforcement, and what they need to know of their cases.
#[derive(Debug)]
pub(super) struct Enforced {
    /// What each case is about, by state and number.
    cases: Vec<Vec<CaseOf>>,
    /// The lines of the networks that committed what is recorded on the day under way.
    lines: BTreeMap<NetworkId, u8>,
    acts: Vec<Enforcement>,
}

/// A case, as far as the world learns from it.
#[derive(Clone, Copy, Debug)]
struct CaseOf {
    network: NetworkId,
    line: u8,
    opened: Day,
    needs_data: bool,
    /// A removal of the site has been tried.
    site_tried: bool,
    over: bool,
}

impl Enforced {
    /// Nothing yet.
    pub fn new(states: usize) -> Self {
        Self { cases: vec![Vec::new(); states], lines: BTreeMap::new(), acts: Vec::new() }
    }

    /// What was done since it was last taken.
    pub fn acts(&self) -> &[Enforcement] {
        &self.acts
    }

    /// The same, for the world.
    pub fn take(&mut self) -> Vec<Enforcement> {
        std::mem::take(&mut self.acts)
    }

    /// The incidents of the day under way, over which cases are opened.
    pub fn committed(&mut self, incidents: &[RecordedIncident]) {
        self.lines = incidents.iter().map(|recorded| (recorded.incident.network, recorded.line)).collect();
    }

    /// What all authorities did on a day, in the order of the states: where one ends a case on the day on which another takes
    /// down its site, the first of the two is seen first.
    pub fn day(&mut self, day: Day, reports: &[(StateId, Report)]) {
        for (state, report) in reports {
            report.records.iter().for_each(|record| self.record(day, *state, record));
        }
    }

    fn record(&mut self, day: Day, state: StateId, record: &AuthorityRecord) {
        match record {
            AuthorityRecord::CaseOpened { network: of, needs_data, .. } => {
                let line = self.lines.get(of).copied().unwrap_or_default();
                let opened =
                    CaseOf { network: *of, line, opened: day, needs_data: *needs_data, site_tried: false, over: false };
                // Numbered without gaps, as was checked.
                self.cases[state.index()].push(opened);
            }
            AuthorityRecord::SiteRemoved { file } => {
                // A case may be over before the site is down; the file still names its network.
                if let Some(case) = self.cases[file.state.index()].get_mut(file.case.index()) {
                    case.site_tried = true;
                    self.acts.push(Enforcement::SiteRemoved(Removal {
                        network: case.network,
                        investigating: file.state,
                        host: state,
                        line: case.line,
                        opened: case.opened,
                        late: case.over,
                    }));
                }
            }
            AuthorityRecord::CaseClosed { case, network, base, host, opened, outcome } => {
                let known = self.cases[state.index()].get_mut(case.index());
                let (site_tried, needed_data, line) = known.map_or((false, true, 0), |known| {
                    known.over = true;
                    (known.site_tried, known.needs_data, known.line)
                });
                self.acts.push(Enforcement::CaseClosed(CaseEnd {
                    network: *network,
                    investigating: state,
                    base: *base,
                    host: *host,
                    line,
                    opened: *opened,
                    outcome: *outcome,
                    site_tried,
                    needed_data,
                }));
            }
            AuthorityRecord::Decided { .. }
            | AuthorityRecord::PreservationLapsed { .. }
            | AuthorityRecord::Answered { .. }
            | AuthorityRecord::SettingChanged { .. } => {}
        }
    }
}
