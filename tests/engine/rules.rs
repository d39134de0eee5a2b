//! The rules of the day cycle that every node must keep, broken one at a time.

use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use comity::authority::{AuthorityRecord, Body, Due, Letter, Matter, Report, Request, Ruling, Spontaneous};
use comity::base::{CaseNumber, Day, FileNumber, LetterId, NetworkId, StateId};
use comity::engine::post::{MOST_LETTERS_A_DAY, MOST_RECORDS_A_DAY};
use comity::engine::{self, Nodes, Plan, Stopped};
use comity::law::{Decision, FactSet, Measure};
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

const fn matter(day: Day) -> Matter {
    Matter { network: NetworkId(0), conduct_day: day }
}

fn request(day: Day) -> Body {
    let (measure, facts) = (Measure::StoredData, FactSet::NONE);
    Body::Request(Request { measure, facts, matter: matter(day), nationality: None, urgent: false })
}

#[test]
fn nobody_asks_in_a_case_that_is_not_its_own() {
    let asks = |day, file| move |state| Letter { file, body: request(day), ..letter(state, day, 0) };
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

/// A day of one of two states of which the first has asked the other.
#[derive(Clone, Copy)]
struct Turn {
    /// Days since the request was sent. It arrives on 2.
    days: u32,
    /// Whether it is the day of the state that was asked.
    is_asked: bool,
    /// The request.
    request: LetterId,
    day: Day,
}

impl Turn {
    fn decided(self, times: usize) -> Report {
        let decided = AuthorityRecord::Decided {
            request: self.request,
            file: FileNumber { state: self.request.from, case: CaseNumber(0) },
            measure: Measure::StoredData,
            decision: Decision::Grant,
            ruling: Ruling::Granted,
            discretionary: false,
            waited_days: 0,
        };
        Report { records: vec![decided; times], ..Report::default() }
    }

    /// Withdraws the request, as the letter of this number, which is that many days on its way.
    fn withdrawn(self, from: StateId, number: u32, days: u32) -> Letter {
        Letter {
            to: StateId(self.request.from.0 ^ 1),
            arrives: self.day + days,
            in_reply_to: Some(self.request),
            ..letter(from, self.day, number)
        }
    }
}

/// The first state that acts asks its neighbour, and both act on the five days after: what the engine says of it. On the
/// sixth a rule of another kind is broken, for these records alone are no whole run.
fn after_a_request(acts: impl Fn(Turn) -> Report) -> Result<(), String> {
    let first = Cell::new(None);
    let report = |state: StateId, day: Day| {
        let (asks, since) = first.get().unwrap_or((state, day));
        first.set(Some((asks, since)));
        let days = day.days_since(since).unsigned_abs();
        let is_asked = state.0 == asks.0 ^ 1;
        if days > 5 {
            return Report { next_due: Some(day), ..Report::default() };
        }
        if !(is_asked || state == asks) {
            return Report::default();
        }
        let mut report = acts(Turn { days, is_asked, request: LetterId { from: asks, number: 0 }, day });
        if days == 0 && !is_asked {
            let to = StateId(asks.0 ^ 1);
            let told = Body::Spontaneous(Spontaneous { facts: FactSet::NONE, matter: matter(day) });
            let asked = Letter { to, arrives: day + 2, body: request(day), ..letter(state, day, 0) };
            report.letters.splice(0..0, [asked, Letter { to, body: told, ..letter(state, day, 1) }]);
            let case = CaseNumber(0);
            report.records.push(AuthorityRecord::CaseOpened { case, network: NetworkId(0), needs_data: true });
        }
        report.next_due = Some(day + 1);
        report
    };
    match rule_broken(report) {
        rule if rule.contains("after today") => Ok(()),
        rule => Err(rule),
    }
}

#[test]
fn a_request_is_decided_once_by_the_state_that_received_it() {
    let check = |what: &str, is_sound: bool, decides: fn(Turn) -> usize| {
        let said = after_a_request(|turn| turn.decided(decides(turn)));
        assert_eq!(said.is_ok(), is_sound, "{what}: {said:?}");
        assert!(said.is_ok() || said.is_err_and(|rule| rule.contains("decided once")), "{what}");
    };
    check("on the day it arrives", true, |turn| usize::from(turn.is_asked && turn.days == 2));
    check("later", true, |turn| usize::from(turn.is_asked && turn.days == 4));
    check("before it arrives", false, |turn| usize::from(turn.is_asked && turn.days == 1));
    check("twice on a day", false, |turn| usize::from(turn.is_asked && turn.days == 2) * 2);
    check("twice", false, |turn| usize::from(turn.is_asked && turn.days >= 2));
    check("by the state that asked", false, |turn| usize::from(!turn.is_asked && turn.days == 2));
}

#[test]
fn a_withdrawn_request_may_be_decided_until_its_withdrawal_is_read() {
    let check = |what: &str, is_sound: bool, (sent, on_the_way): (u32, u32), decided: u32| {
        let said = after_a_request(|turn| {
            let mut report = turn.decided(usize::from(turn.is_asked && turn.days == decided));
            if !turn.is_asked && turn.days == sent {
                report.letters.push(turn.withdrawn(turn.request.from, 2, on_the_way));
            }
            report
        });
        assert_eq!(said.is_ok(), is_sound, "{what}: {said:?}");
    };
    check("on its day", true, (1, 2), 3);
    check("after it", false, (1, 2), 4);
    check("a request that its withdrawal overtook", true, (0, 1), 4);
}

#[test]
fn withdrawals_and_replies_are_those_of_the_state_that_asked() {
    let said = after_a_request(|turn| {
        let mut report = Report::default();
        if turn.is_asked && turn.days == 3 {
            report.letters.push(turn.withdrawn(StateId(turn.request.from.0 ^ 1), 0, 1));
        }
        report
    });
    assert_eq!(said, Err("a state withdraws requests of its own".to_owned()));
    let answered = |turn: Turn, is_asked| {
        let answered =
            AuthorityRecord::Answered { request: turn.request, measure: Measure::StoredData, answer_days: 3 };
        let records = if turn.days == 3 && turn.is_asked == is_asked { vec![answered] } else { Vec::new() };
        Report { records, ..Report::default() }
    };
    assert_eq!(after_a_request(|turn| answered(turn, false)), Ok(()));
    let said = after_a_request(|turn| answered(turn, true));
    assert_eq!(said, Err("a final reply is noted by the state that asked".to_owned()));
}

#[test]
fn a_day_has_a_limit_of_letters_and_records() {
    let of = |letters, records, day| {
        let lapsed = AuthorityRecord::PreservationLapsed { file: letter(StateId(0), day, 0).file };
        Report {
            letters: vec![letter(StateId(0), day, 0); letters],
            records: vec![lapsed; records],
            ..Report::default()
        }
    };
    for (letters, records, what) in
        [(MOST_LETTERS_A_DAY + 1, 0, "letters of "), (0, MOST_RECORDS_A_DAY + 1, "records of ")]
    {
        // One state of those that act: it is memory enough.
        let left = Cell::new((letters, records));
        let mut nodes = Broken(|_, day| {
            let (letters, records) = left.take();
            of(letters, records, day)
        });
        let stopped = engine::run(&plan(), &mut nodes, &mut (), &AtomicBool::new(false)).err();
        let is_that = |stopped: &Stopped| matches!(stopped, Stopped::Limit { what: of, .. } if of.starts_with(what));
        assert!(stopped.as_ref().is_some_and(is_that), "{stopped:?}");
    }
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
