//! What takes effect on a day is seen on that day by all who read the law, and a question is answered by the law of its own.

use std::sync::atomic::AtomicBool;

use comity::base::Day;
use comity::depositary::Depositary;
use comity::engine::{self, Outcome, Plan};
use comity::scenario::{self, Options, Scenario};
use comity::transport::Direct;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// A scenario of three years, with states, treaties and all else that a test is about.
fn scenario(states: &str, rest: &str) -> Scenario {
    let text = format!(
        "
title: On the day
question: Does it count from this day?
teaching: {{ time: none, goals: [], ask: [] }}
from: 2012-01-01
to: 2014-12-31
seed: 2
states: {states}
networks:
  count: 60
  lines:
    spread: {{ weight: 1, facts: [abuse-material, distribute, computer, without-right, intent, reason-to-believe] }}
{rest}
"
    );
    scenario::read_text("on the day", &text, &Options::default()).unwrap_or_else(|(problems, _)| panic!("{problems:?}"))
}

const THREE: &str = "{ alba: { law: full, infrastructure: 10, market: 12 }, brava: { law: full, infrastructure: 9, market: 10 }, \
                     gova: { law: full, infrastructure: 6, market: 3 } }";

fn run(plan: &Plan) -> Outcome {
    engine::run(plan, &mut Direct::of(plan), &mut (), &AtomicBool::new(false)).expect("it runs")
}

/// Days of the run on which the law between some states changed.
fn changes(plan: &Plan) -> Vec<Day> {
    let mut depositary: Depositary = plan.depositary();
    let mut changes = Vec::new();
    while let Some(next) = depositary.next_due() {
        let deposits = depositary.day(&plan.library, next);
        changes.extend((!deposits.law_changed.is_empty()).then_some(next));
    }
    changes
}

fn all_met(scenario: &Scenario) {
    let outcome = run(&scenario.plan);
    for finding in &scenario.findings {
        assert!(finding.holds(&outcome.tally), "{finding:?}");
    }
}

#[test]
fn a_treaty_that_binds_on_deposit_is_in_force_that_day() {
    let scenario = scenario(
        THREE,
        "
treaties: [ets185, us-style-extradition]
membership: { ets185: { '*': never }, us-style-extradition: { '*': 2005-03-10, gova: never } }
timeline: [{ date: 2013-03-01, state: gova, does: ratify, treaty: us-style-extradition }]
findings: [{ in-force: { treaty: us-style-extradition, state: gova } }]
",
    );
    assert_eq!(changes(&scenario.plan), [day("2013-03-01")]);
    all_met(&scenario);
}

#[test]
fn a_reservation_that_is_withdrawn_changes_the_law() {
    let scenario = scenario(
        THREE,
        "
treaties: [ets185]
membership:
  ets185: { '*': 2005-03-10, gova: { consented: 2005-03-10, reserved: ['9(4)'], withdrawn: { '9(4)': 2013-03-01 } } }
",
    );
    assert_eq!(changes(&scenario.plan), [day("2013-03-01")]);
}

#[test]
fn a_state_that_came_back_was_bound_before_it_left() {
    let scenario = scenario(
        THREE,
        "
treaties: [ets185]
membership: { ets185: { '*': 2005-03-10 } }
timeline:
  - { date: 2012-03-01, state: gova, does: denounce, treaty: ets185 }
  - { date: 2014-03-01, state: gova, does: accede, treaty: ets185 }
findings:
  - { participation: { treaty: ets185, at: 2012-02-01, consents: 3, in-force: 3 } }
  - { participation: { treaty: ets185, at: 2013-06-01, consents: 2, in-force: 2 } }
  - { participation: { treaty: ets185, at: 2014-12-01, consents: 3, in-force: 3 } }
  - { opinion: { from: alba, to: gova, measure: preservation, line: spread, at: 2012-02-01, decision: GRANT } }
  - { opinion: { from: alba, to: gova, measure: preservation, line: spread, at: 2013-06-01, decision: NO_TREATY_DUTY } }
",
    );
    all_met(&scenario);
}

/// A provision of a state's own law may let it try what was done elsewhere: the law says so, and its authority opens cases.
#[test]
fn a_rule_on_trial_at_home_opens_cases() {
    let scenario = scenario(
        "
  alba:
    infrastructure: 10
    market: 12
    law:
      jurisdiction: [territory]
      offences: { spread: { cite: Alba 1, all: [abuse-material, distribute], maximum-months: 60 } }
      rules: { Alba 6: { says: Tried wherever it happened., for: [trial-at-home], carries: without-request } }
  gova: { law: full, infrastructure: 6, market: 0.000001 }
",
        "
treaties: [ets185]
membership: { ets185: { '*': 2005-03-10 } }
findings:
  - { opinion: { from: alba, to: gova, measure: trial-at-home, line: spread, at: 2013-01-01, decision: NO_REQUEST } }
  - { lost: { investigating: alba, cause: no-jurisdiction, at-most: 0 } }
",
    );
    all_met(&scenario);
}

/// Whoever leaves the Convention joins no protocol to it, however sure the others are to.
#[test]
fn who_left_the_parent_does_not_join_its_protocol() {
    let scenario = scenario(
        THREE,
        "
treaties: [ets185, ets189]
membership: { ets185: { '*': 2005-03-10 }, ets189: { alba: never } }
timeline: [{ date: 2012-03-01, state: gova, does: denounce, treaty: ets185 }]
adoption: { ets189: { from: 2013-01-01, hazard: { constant: 20 } } }
",
    );
    let plan = &scenario.plan;
    let protocol = plan.library.treaty_named("ets189").expect("a treaty");
    let joined: Vec<&str> = plan
        .unfolded()
        .instruments
        .iter()
        .filter(|done| done.treaty == protocol && done.act == comity::law::Act::Consent)
        .map(|done| plan.library.state(done.state).code.as_str())
        .collect();
    assert_eq!(joined, ["brava"]);
}
