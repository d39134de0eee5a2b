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

    /// What all authorities did on a day. What comes first goes by what was done and never by the order of the states: a site
    /// that is taken down on the day on which its case ends comes down before, and of two cases that end the older comes first.
    pub fn day(&mut self, day: Day, reports: &[(StateId, Report)]) {
        let records =
            || reports.iter().flat_map(|(state, report)| report.records.iter().map(move |record| (*state, record)));
        records().for_each(|(state, record)| self.begun(day, state, record));
        let mut ended: Vec<CaseEnd> = records().filter_map(|(state, record)| self.ended(state, record)).collect();
        // Stable: of cases as old as one another, that of the state whose code is first.
        ended.sort_by_key(|case| case.opened);
        self.acts.extend(ended.into_iter().map(Enforcement::CaseClosed));
    }

    /// Cases that begin, and sites that come down.
    fn begun(&mut self, day: Day, state: StateId, record: &AuthorityRecord) {
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
            AuthorityRecord::CaseClosed { .. }
            | AuthorityRecord::Decided { .. }
            | AuthorityRecord::PreservationLapsed { .. }
            | AuthorityRecord::Answered { .. }
            | AuthorityRecord::SettingChanged { .. } => {}
        }
    }

    /// A case that ends.
    fn ended(&mut self, state: StateId, record: &AuthorityRecord) -> Option<CaseEnd> {
        let AuthorityRecord::CaseClosed { case, network, base, host, opened, outcome } = record else { return None };
        let known = self.cases[state.index()].get_mut(case.index());
        let (site_tried, needed_data, line) = known.map_or((false, true, 0), |known| {
            known.over = true;
            (known.site_tried, known.needs_data, known.line)
        });
        Some(CaseEnd {
            network: *network,
            investigating: state,
            base: *base,
            host: *host,
            line,
            opened: *opened,
            outcome: *outcome,
            site_tried,
            needed_data,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{AuthorityRecord, Enforced, Enforcement, Report, StateId};
    use crate::authority::{LossCause, Outcome};
    use crate::base::{CaseNumber, Day, Digest, FileNumber, NetworkId};

    const NETWORK: NetworkId = NetworkId(5);

    fn opened(case: u32) -> AuthorityRecord {
        AuthorityRecord::CaseOpened { case: CaseNumber(case), network: NETWORK, needs_data: true }
    }

    fn closed(case: u32, on: i32, host: StateId) -> AuthorityRecord {
        AuthorityRecord::CaseClosed {
            case: CaseNumber(case),
            network: NETWORK,
            base: host,
            host,
            opened: Day::from_number(on),
            outcome: Outcome::Lost(LossCause::NotIdentified),
        }
    }

    fn removed(state: StateId) -> AuthorityRecord {
        AuthorityRecord::SiteRemoved { file: FileNumber { state, case: CaseNumber(0) } }
    }

    /// The acts of a day of two states, each with its records, in the order of the states.
    fn acts(enforced: &mut Enforced, on: i32, mut reports: Vec<(StateId, Vec<AuthorityRecord>)>) -> Vec<Enforcement> {
        reports.sort_by_key(|(state, _)| *state);
        let report = |records| Report { letters: Vec::new(), records, next_due: None, register: Digest::default() };
        let reports: Vec<_> = reports.into_iter().map(|(state, records)| (state, report(records))).collect();
        enforced.day(Day::from_number(on), &reports);
        enforced.take()
    }

    /// Whichever of the two has the first code.
    #[test]
    fn a_site_that_falls_on_the_day_on_which_its_case_ends_falls_before() {
        for (investigating, host) in [(StateId(0), StateId(1)), (StateId(1), StateId(0))] {
            let mut enforced = Enforced::new(2);
            acts(&mut enforced, 1, vec![(investigating, vec![opened(0)])]);
            let day = vec![(investigating, vec![closed(0, 1, host)]), (host, vec![removed(investigating)])];
            match acts(&mut enforced, 9, day)[..] {
                [Enforcement::SiteRemoved(removal), Enforcement::CaseClosed(end)] => {
                    assert!(!removal.late && end.site_tried, "{removal:?} {end:?}");
                }
                ref other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn of_two_cases_that_end_on_one_day_the_older_comes_first() {
        for (older, newer) in [(StateId(0), StateId(1)), (StateId(1), StateId(0))] {
            let mut enforced = Enforced::new(2);
            acts(&mut enforced, 1, vec![(older, vec![opened(0)])]);
            acts(&mut enforced, 3, vec![(newer, vec![opened(0)])]);
            let ends = vec![(older, vec![closed(0, 1, older)]), (newer, vec![closed(0, 3, older)])];
            let investigating: Vec<StateId> = acts(&mut enforced, 9, ends)
                .iter()
                .map(|act| match act {
                    Enforcement::CaseClosed(end) => end.investigating,
                    Enforcement::SiteRemoved(removal) => panic!("{removal:?}"),
                })
                .collect();
            assert_eq!(investigating, [older, newer]);
        }
    }
}
