//! Common random numbers: what does not concern a network, a case or an authority changes none of its draws.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::authority::{AuthorityRecord, Body, Conclusion, Matter};
use comity::base::{Canonical, Day, LetterId, StateId};
use comity::depositary::DepositaryRecord;
use comity::engine::{self, Observer, Plan, Record};
use comity::law::{Act, Instrument, Measure};
use comity::scenario::{self, Options};
use comity::transport::Direct;

fn plan(settings: &[&str]) -> Plan {
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let options = Options { settings, ..Options::default() };
    let scenario = scenario::read(Path::new("scenarios/one-state-stays-out.yaml"), &options);
    scenario.map_err(|(problems, _)| problems).expect("sound").plan
}

fn run(plan: &Plan, observer: &mut dyn Observer) {
    let mut nodes = Direct::of(plan);
    engine::run(plan, &mut nodes, observer, &AtomicBool::new(false)).expect("it runs");
}

/// Every record with its day, as bytes; the depositary's apart, and days counted only where anything happened.
#[derive(Default)]
struct History {
    records: Vec<(Day, Vec<u8>)>,
    depositary: Vec<DepositaryRecord>,
}

impl Observer for History {
    fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::Day => {}
            Record::Depositary(record) => self.depositary.push(*record),
            record => {
                let mut bytes = Vec::new();
                record.encode(&mut bytes);
                self.records.push((day, bytes));
            }
        }
    }
}

/// A treaty to which nobody else is party: it enters into force for one state, towards no other.
#[test]
fn a_membership_that_cannot_matter_changes_no_record_but_its_own_deposit() {
    let mut without = plan(&["treaties=[ets185, internet-trafficking-protocol/conduct, ets189]", "to=2015-12-31"]);
    let history = |plan: &Plan| {
        let mut history = History::default();
        run(plan, &mut history);
        history
    };
    let before = history(&without);
    let library = Arc::clone(&without.library);
    let deposit = Instrument {
        day: "2013-05-06".parse().expect("a date"),
        treaty: library.treaty_named("ets189").expect("loaded"),
        state: library.state_coded("dunmar").expect("a state"),
        act: Act::Consent,
    };
    without.instruments.push(deposit);
    let after = history(&without);
    assert!(before.records.len() > 10_000, "{}", before.records.len());
    assert_eq!(before.records.len(), after.records.len());
    for (left, right) in before.records.iter().zip(&after.records) {
        assert_eq!(left, right);
    }
    let added: Vec<&DepositaryRecord> =
        after.depositary.iter().filter(|one| !before.depositary.contains(one)).collect();
    let enters = DepositaryRecord::EnteredIntoForce(deposit.treaty, deposit.state);
    assert_eq!(added, [&DepositaryRecord::Deposited(deposit), &enters]);
}

/// How long each request was on a desk, by what it is about, who was asked and for what.
#[derive(Default)]
struct Desks {
    requests: BTreeMap<LetterId, Matter>,
    days: BTreeMap<(Matter, StateId, Measure), u32>,
    numbers: BTreeMap<(Matter, StateId, Measure), u32>,
}

impl Observer for Desks {
    fn record(&mut self, _: Day, record: Record<'_>) {
        match record {
            Record::Letter(letter) => {
                if let Body::Request(request) = letter.body {
                    self.requests.insert(letter.id, request.matter);
                }
            }
            Record::Authority(state, AuthorityRecord::Decided { request, measure, waited_days, .. }) => {
                let key = (self.requests[request], state, *measure);
                self.days.insert(key, *waited_days);
                self.numbers.insert(key, request.number);
            }
            _ => {}
        }
    }
}

/// With a desk for every request nobody waits, and the days on a desk are what was drawn. One state's membership
/// changes who goes where, how many cases there are and how they are numbered, and no draw of a request that is made
/// in both worlds.
#[test]
fn one_states_membership_leaves_the_draws_of_all_others_alone() {
    let desks = |variant: &[&str]| {
        let mut desks = Desks::default();
        run(
            &plan(
                &[&["authority.desks=10000", "to=2016-12-31", "networks.behaviour.incidents-per-year=6"], variant]
                    .concat(),
            ),
            &mut desks,
        );
        desks
    };
    let protocol = "membership.internet-trafficking-protocol/conduct.hesper=2011-09-15";
    let (out, joins) = (desks(&[]), desks(&[protocol, "states.hesper.law=full"]));
    let mut common = 0;
    let mut renumbered = 0;
    for (key, days) in &out.days {
        if let Some(other) = joins.days.get(key) {
            common += 1;
            renumbered += u32::from(out.numbers[key] != joins.numbers[key]);
            assert_eq!(days, other, "{key:?}");
        }
    }
    assert!(common > 1000 && renumbered > 100, "{common} in both worlds, {renumbered} under another number");
    assert!(out.days.len() != joins.days.len(), "the worlds do differ");
}

#[derive(Default)]
struct Abroad(u32);

impl Observer for Abroad {
    fn record(&mut self, _: Day, record: Record<'_>) {
        self.0 += u32::from(matches!(record, Record::Letter(_)));
    }
}

#[test]
fn in_a_world_of_one_state_without_treaties_nothing_crosses_a_border() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("alone.yaml");
    let text = "
title: Alone
question: What crosses a border where there is none?
teaching: { time: none, goals: [], ask: [] }
from: 2011-01-01
to: 2014-12-31
seed: 1
treaties: []
states: { alba: { law: full, infrastructure: 1, market: 1 } }
membership: {}
networks: { count: 100, lines: { intrude: { weight: 1, facts: [intrude, without-right, intent, computer] } } }
";
    #[expect(clippy::disallowed_methods, reason = "lays out a scenario")]
    std::fs::write(&path, text).expect("written");
    let plan = scenario::read(&path, &Options::default()).map_err(|(problems, _)| problems).expect("sound").plan;
    let mut nodes = Direct::of(&plan);
    let mut abroad = Abroad::default();
    let outcome = engine::run(&plan, &mut nodes, &mut abroad, &AtomicBool::new(false)).expect("it runs");
    assert_eq!(abroad.0, 0);
    assert!(outcome.tally.states[0].cases_opened > 300, "the state is busy by itself");
    assert!(outcome.tally.states[0].concluded.keys().all(|ending| *ending == Conclusion::ConvictedHere));
}
