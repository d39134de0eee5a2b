//! The rules of the day cycle that every node must keep, broken one at a time.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use comity::authority::{Body, Due, Letter, Report};
use comity::base::{CaseNumber, Day, FileNumber, LetterId, StateId};
use comity::engine::{self, Nodes, Plan, Stopped};
use comity::scenario::{self, Options};

fn plan() -> Plan {
    let scenario = scenario::read(Path::new("scenarios/one-state-stays-out.yaml"), &Options::default());
    scenario.map_err(|(problems, _)| problems).expect("the flagship is sound").plan
}

/// Nodes of which the first one acting answers with a report made for the occasion.
struct Broken<F>(F);

impl<F: Fn(StateId, Day) -> Report> Nodes for Broken<F> {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        Ok(due.into_iter().map(|(state, _)| (state, (self.0)(state, day))).collect())
    }
}

fn rule_broken(report: impl Fn(StateId, Day) -> Report) -> String {
    let stopped = engine::run(&plan(), &mut Broken(report), &mut (), &AtomicBool::new(false));
    match stopped {
        Err(Stopped::Rule { rule, .. }) => rule,
        other => panic!("the engine accepted it: {other:?}"),
    }
}

fn letter(state: StateId, day: Day, number: u32) -> Letter {
    Letter {
        id: LetterId { from: state, number },
        to: StateId(0),
        sent: day,
        arrives: day + 1,
        file: FileNumber { state, case: CaseNumber(0) },
        in_reply_to: None,
        body: Body::Withdrawal,
    }
}

#[test]
fn a_letter_needs_a_day() {
    let rule = rule_broken(|state, day| Report {
        letters: vec![Letter { arrives: day, ..letter(state, day, 0) }],
        ..Report::default()
    });
    assert!(rule.contains("one day after"), "{rule}");
}

#[test]
fn nobody_writes_in_another_name() {
    let rule =
        rule_broken(|state, day| Report { letters: vec![letter(StateId(state.0 ^ 1), day, 0)], ..Report::default() });
    assert!(rule.contains("another sender"), "{rule}");
}

#[test]
fn letters_are_numbered_without_gaps() {
    let rule = rule_broken(|state, day| Report { letters: vec![letter(state, day, 1)], ..Report::default() });
    assert!(rule.contains("without gaps"), "{rule}");
}

#[test]
fn own_events_lie_ahead() {
    let rule = rule_broken(|_, day| Report { next_due: Some(day), ..Report::default() });
    assert!(rule.contains("after today"), "{rule}");
}

#[test]
fn an_interrupt_stops_before_the_next_day() {
    let stopped = engine::run(&plan(), &mut Broken(|_, _| Report::default()), &mut (), &AtomicBool::new(true));
    assert!(matches!(stopped, Err(Stopped::Interrupted { .. })));
}
