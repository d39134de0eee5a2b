//! A rule of a state's own law begins and ends while a run goes on: the law has changed on these days, for the
//! depositary, for the authority that decides and for whoever puts losses down to it.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use comity::authority::AuthorityRecord;
use comity::base::{Day, StateId};
use comity::depositary::Depositary;
use comity::engine::{self, Lost, Observer, Record};
use comity::law::{self, Decision, Measure};
use comity::scenario::{self, Options};
use comity::transport::Direct;

/// Brava gives no stored data in the year 2019, where the Convention lets its own law in.
const SCENARIO: &str = "
title: A year without data
question: What does a rule that lasts a year change?
teaching: { time: none, goals: [], ask: [] }
from: 2018-01-01
to: 2020-12-31
seed: 1
treaties: [ets185]
states:
  alba: { law: full, infrastructure: 0, market: 1 }
  brava:
    infrastructure: 1
    market: 0
    law:
      offences: { intrusion: { cite: Brava Penal Code 1, all: [intrude, without-right, intent], maximum-months: 60 } }
      rules:
        Evidence Act 1:
          says: Data are not given.
          from: 2019-01-01
          until: 2020-01-01
          for: [stored-data]
          refuse: { ground: G.OWNLAW, force: must }
membership: { ets185: { '*': 2005-03-10 } }
authority: { desks: 1000 }
networks:
  count: 100
  lines: { intrude: { weight: 1, facts: [intrude, without-right, intent, computer] } }
";

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// The days that were played, and what the law said to requests for stored data, by day.
#[derive(Default)]
struct Seen {
    days: BTreeSet<Day>,
    decided: Vec<(Day, StateId, Decision)>,
}

impl Observer for Seen {
    fn record(&mut self, day: Day, record: Record<'_>) {
        self.days.insert(day);
        if let Record::Authority(state, AuthorityRecord::Decided { measure: Measure::StoredData, decision, .. }) =
            record
        {
            self.decided.push((day, state, *decision));
        }
    }
}

#[test]
fn a_rule_that_begins_and_ends_changes_the_law_on_its_days() {
    let read = scenario::read_text("dated", SCENARIO, &Options::default()).map_err(|(problems, _)| problems);
    let plan = read.expect("sound").plan;
    let (begins, ends) = (day("2019-01-01"), day("2020-01-01"));

    let mut depositary = Depositary::new(&plan.library, &plan.instruments, plan.first_day);
    let mut changes = Vec::new();
    while let Some(next) = depositary.next_due() {
        let deposits = depositary.day(&plan.library, next);
        changes.extend((!deposits.law_changed.is_empty()).then_some(next));
    }
    assert_eq!(changes, [begins, ends]);

    let mut nodes = Direct::of(&plan);
    let mut seen = Seen::default();
    let outcome = engine::run(&plan, &mut nodes, &mut seen, &AtomicBool::new(false)).expect("it runs");
    assert!(seen.days.contains(&begins) && seen.days.contains(&ends), "days on which the law changes are played");
    let in_force = |on: Day| (begins..ends).contains(&on);
    let refused = |decision: Decision| decision == Decision::Refuse;
    for (on, _, decision) in &seen.decided {
        assert_eq!(refused(*decision), in_force(*on), "{decision:?} on {on}");
    }
    let during = seen.decided.iter().filter(|(on, ..)| in_force(*on)).count();
    let after = seen.decided.iter().filter(|(on, ..)| *on >= ends).count();
    let before = seen.decided.len() - during - after;
    assert!([before, during, after].into_iter().all(|count| count > 10), "{before}, {during} and {after} decided");

    // What is counted as lost by the rule is a question of the days on which it was in force, answered again alike.
    let memberships = depositary.memberships();
    let mut lost = 0;
    for (by, weight) in &outcome.tally.losses.lost {
        if let Lost::Refused { question, ground: Some((law::GroundCode::OwnLaw, _)), .. } = by {
            assert_eq!(question.day, begins, "{question:?}");
            assert_eq!(law::decide(&plan.library, memberships, question).decision, Decision::Refuse);
            lost += weight.cases;
        }
    }
    assert!(lost > 0, "no case is lost by the rule");
}
