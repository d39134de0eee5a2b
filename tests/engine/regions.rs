//! Contact points of one region may work together: word of a site from a neighbour is acted on faster than from elsewhere.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use comity::authority::AuthorityRecord;
use comity::base::{CaseNumber, Day, StateId};
use comity::engine::{self, Observer, Record};
use comity::scenario::{self, Options};
use comity::transport::Direct;

/// All sites are in Alba; Brava is its neighbour, Corvo is not, and Dunmar has no region at all.
const SCENARIO: &str = "
title: Neighbours
question: Who is heard sooner?
teaching: { time: none, goals: [], ask: [] }
from: 2018-01-01
to: 2020-12-31
seed: 1
treaties: [ets185]
states:
  alba:   { law: full, infrastructure: 1, base: 0, market: 0, region: near, authority: { region-removal-pace: 0.25 } }
  brava:  { law: full, infrastructure: 0, base: 1, market: 1, region: near }
  corvo:  { law: full, infrastructure: 0, base: 1, market: 1, region: far }
  dunmar: { law: full, infrastructure: 0, base: 1, market: 1 }
membership: { ets185: { '*': 2005-03-10 } }
authority: { removal-days: 40, removal-log-sd: 0 }
networks:
  count: 100
  behaviour: { notices-own: 0, notices-near: 0 }
  lines: { recruit: { weight: 1, facts: [recruit, deception, knew, commercial, computer, intent] } }
";

/// Days from the opening of each case to the removal of its site, by the state that investigates.
#[derive(Default)]
struct Removals {
    opened: BTreeMap<(StateId, CaseNumber), Day>,
    days: BTreeMap<StateId, Vec<i32>>,
}

impl Observer for Removals {
    fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::Authority(state, AuthorityRecord::CaseOpened { case, .. }) => {
                self.opened.insert((state, *case), day);
            }
            Record::Authority(_, AuthorityRecord::SiteRemoved { file }) => {
                let took = day.days_since(self.opened[&(file.state, file.case)]);
                self.days.entry(file.state).or_default().push(took);
            }
            _ => {}
        }
    }
}

#[test]
fn a_neighbour_is_heard_sooner_and_nobody_else() {
    let read = scenario::read_text("regions", SCENARIO, &Options::default()).map_err(|(problems, _)| problems);
    let plan = read.expect("sound").plan;
    let mut removals = Removals::default();
    let mut nodes = Direct::of(&plan);
    engine::run(&plan, &mut nodes, &mut removals, &AtomicBool::new(false)).expect("it runs");
    let state = |code: &str| plan.library.state_coded(code).expect("a state");
    // A day on the way, since what the host is told travels fast.
    for (code, days) in [("brava", 11), ("corvo", 41), ("dunmar", 41)] {
        let took = &removals.days[&state(code)];
        assert!(took.len() > 20 && took.iter().all(|took| *took == days), "{code}: {took:?}");
    }
}
