//! The rules of the day cycle that every node must keep, broken one at a time.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use comity::authority::{AuthorityRecord, Body, Due, Letter, Matter, Report, Request};
use comity::base::{CaseNumber, Day, FileNumber, LetterId, NetworkId, StateId};
use comity::engine::{self, Nodes, Plan, Stopped};
use comity::law::{FactSet, Measure};
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
fn cases_are_numbered_without_gaps() {
    let opened = |case| AuthorityRecord::CaseOpened { case: CaseNumber(case), network: NetworkId(0), needs_data: true };
    let rule = rule_broken(|_, _| Report { records: vec![opened(0), opened(2)], ..Report::default() });
    assert!(rule.contains("cases are numbered without gaps"), "{rule}");
}

#[test]
fn nobody_asks_in_a_case_that_is_not_its_own() {
    let asks = |day, file| {
        let matter = Matter { network: NetworkId(0), conduct_day: day };
        let (measure, facts) = (Measure::StoredData, FactSet::NONE);
        let request = Request { measure, facts, matter, nationality: None, urgent: false };
        move |state| Letter { file, body: Body::Request(request), ..letter(state, day, 0) }
    };
    let never_opened = |state| FileNumber { state, case: CaseNumber(u32::MAX) };
    let rule =
        rule_broken(|state, day| Report { letters: vec![asks(day, never_opened(state))(state)], ..Report::default() });
    assert!(rule.contains("that its sender has opened"), "{rule}");
    let opened = AuthorityRecord::CaseOpened { case: CaseNumber(0), network: NetworkId(0), needs_data: true };
    let of_another = |state: StateId| FileNumber { state: StateId(state.0 ^ 1), case: CaseNumber(0) };
    let rule = rule_broken(|state, day| Report {
        letters: vec![asks(day, of_another(state))(state)],
        records: vec![opened.clone()],
        ..Report::default()
    });
    assert!(rule.contains("that its sender has opened"), "{rule}");
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
