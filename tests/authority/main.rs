//! The authority through its public door: what arrives on a day, and what it gives back.

mod queue;
mod trials;

use std::path::Path;
use std::sync::Arc;

use comity::authority::{
    Answer, Authority, AuthorityRecord, AuthoritySettings, Body, Due, Duration, Evidence, Handling, Incident, Letter,
    LossCause, Matter, Office, Outcome, Report, Request, Ruling, Standing,
};
use comity::base::{CaseNumber, Day, FileNumber, LetterId, NetworkId, StateId, Streams};
use comity::engine::Plan;
use comity::law::{FactSet, Measure};
use comity::scenario::{self, Options};

fn plan(settings: &[&str]) -> Plan {
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let options = Options { variant: Some("holds-out".to_owned()), settings, ..Options::default() };
    let scenario = scenario::read(Path::new("scenarios/one-state-stays-out.yaml"), &options);
    scenario.map_err(|(problems, _)| problems).expect("the flagship is sound").plan
}

/// One authority of the flagship, whose durations are all exactly as told.
struct Bench {
    plan: Plan,
    authority: Authority,
    state: StateId,
}

fn exactly(days: f64) -> Duration {
    Duration { median_days: days, log_sd: 0.0 }
}

impl Bench {
    fn new(code: &str, change: impl FnOnce(&mut AuthoritySettings)) -> Self {
        Self::seeded(code, 1, change)
    }

    fn seeded(code: &str, seed: u64, change: impl FnOnce(&mut AuthoritySettings)) -> Self {
        Self::of(plan(&[]), code, seed, change)
    }

    fn of(plan: Plan, code: &str, seed: u64, change: impl FnOnce(&mut AuthoritySettings)) -> Self {
        let state = plan.library.state_coded(code).expect("a state of the flagship");
        let ten_days = Handling { desk: exactly(10.0), execution: exactly(30.0) };
        let mut settings = AuthoritySettings {
            desks: 1,
            data: ten_days,
            surrender: ten_days,
            urgent: ten_days,
            retention_half_life_days: 36_525.0,
            data_age_days: 0.0,
            identification: 1.0,
            ..AuthoritySettings::default()
        };
        change(&mut settings);
        let memberships = plan.depositary().memberships().clone();
        let authority = Authority::new(state, Arc::clone(&plan.library), memberships, settings, Streams::new(seed));
        Self { plan, authority, state }
    }

    fn facts(&self) -> FactSet {
        let names = ["advertise", "minor", "knew", "commercial", "computer", "intent"];
        names.iter().map(|name| self.plan.library.facts.named(name).expect("a fact on the list")).collect()
    }

    fn step(&mut self, day: Day, letters: Vec<Letter>) -> Report {
        self.authority.step(day, Due { letters, ..Due::default() })
    }

    /// Steps day by day, with nothing arriving, and gathers what is sent.
    fn quiet(&mut self, from: Day, to: Day) -> (Vec<Letter>, Vec<AuthorityRecord>) {
        let mut gathered = (Vec::new(), Vec::new());
        let mut day = from;
        while day <= to {
            let report = self.step(day, Vec::new());
            gathered.0.extend(report.letters);
            gathered.1.extend(report.records);
            day = day + 1;
        }
        gathered
    }

    fn request(&self, number: u32, case: u32, measure: Measure, day: Day) -> Letter {
        let from = self.plan.library.state_coded("alba").expect("alba");
        Letter {
            id: LetterId { from, number },
            to: self.state,
            sent: day - 1,
            arrives: day,
            file: FileNumber { state: from, case: CaseNumber(case) },
            in_reply_to: None,
            body: Body::Request(Request {
                measure,
                facts: self.facts(),
                matter: Matter { network: NetworkId(case), conduct_day: day - 10 },
                nationality: None,
                urgent: measure == Measure::Preservation,
            }),
        }
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn answers(letters: &[Letter]) -> Vec<Answer> {
    letters
        .iter()
        .filter_map(|letter| if let Body::Answer(answer) = letter.body { Some(answer) } else { None })
        .collect()
}

fn supplied(letters: &[Letter]) -> Vec<Evidence> {
    letters.iter().filter_map(|l| if let Body::Evidence(evidence) = l.body { Some(evidence) } else { None }).collect()
}

#[test]
fn preserved_data_lapse_on_the_day_after_the_sixtieth() {
    let start = day("2012-03-01");
    let mut bench = Bench::new("brava", |_| {});
    let report = {
        let request = bench.request(0, 0, Measure::Preservation, start);
        bench.step(start, vec![request])
    };
    let answer = answers(&report.letters)[0];
    assert_eq!((answer.ruling, answer.held_until), (Ruling::Granted, Some(start + 60)));
    let (_, records) = bench.quiet(start + 1, start + 60);
    assert!(records.is_empty(), "held for sixty days: {records:?}");
    let (_, records) = bench.quiet(start + 61, start + 61);
    assert!(matches!(records[..], [AuthorityRecord::PreservationLapsed { .. }]), "{records:?}");
}

#[test]
fn where_no_treaty_fixes_a_time_data_are_held_as_long_as_the_state_says_and_urgent_letters_travel_so_long_too() {
    let start = day("2012-03-01");
    let nobody_is_bound = plan(&["membership.ets185={\"*\": never}"]);
    let mut bench = Bench::of(nobody_is_bound, "brava", 1, |settings| {
        settings.habits.comity = 1.0;
        settings.preservation_days = 17;
        settings.urgent_travel_days = 3;
    });
    let request = bench.request(0, 0, Measure::Preservation, start);
    let report = bench.step(start, vec![request]);
    let answer = answers(&report.letters)[0];
    assert_eq!((answer.ruling, answer.held_until), (Ruling::Granted, Some(start + 17)));
    assert_eq!(report.letters[0].arrives, start + 3);
}

#[test]
fn a_follow_up_in_time_holds_the_data_until_it_is_decided_and_executed() {
    let start = day("2012-03-01");
    // The data would not survive a single week by themselves.
    let mut bench = Bench::new("brava", |settings| settings.retention_half_life_days = 3.0);
    let mut outcomes = Vec::new();
    for case in 0..20 {
        let mut request = bench.request(2 * case, case, Measure::Preservation, start + case);
        if let Body::Request(request) = &mut request.body {
            request.matter.conduct_day = start + case;
        }
        let report = bench.step(start + case, vec![request]);
        outcomes.push(answers(&report.letters)[0].ruling);
    }
    assert!(outcomes.iter().all(|ruling| *ruling == Ruling::Granted), "asked on the day of the conduct: {outcomes:?}");
    let follow_up = bench.request(1, 0, Measure::StoredData, start + 55);
    let mut letters = bench.quiet(start + 20, start + 54).0;
    letters.extend(bench.step(start + 55, vec![follow_up]).letters);
    letters.extend(bench.quiet(start + 56, start + 120).0);
    assert_eq!(supplied(&letters), [Evidence { measure: Measure::StoredData, found: true }]);
}

/// The order and the days of waiting of three ordinary requests and an urgent one, all received on a day.
fn waits(contact_point: bool) -> Vec<(u32, u32)> {
    let start = day("2012-03-01");
    let mut bench = Bench::new("brava", |settings| settings.contact_point = contact_point);
    let ordinary: Vec<Letter> = (0..3).map(|n| bench.request(n, n, Measure::StoredData, start)).collect();
    let urgent = bench.request(3, 3, Measure::Preservation, start);
    let mut records = bench.step(start, ordinary.into_iter().chain([urgent]).collect()).records;
    records.extend(bench.quiet(start + 1, start + 40).1);
    records
        .iter()
        .filter_map(|record| match record {
            AuthorityRecord::Decided { request, waited_days, .. } => Some((request.number, *waited_days)),
            _ => None,
        })
        .collect()
}

#[test]
fn requests_wait_for_the_one_desk_in_order_of_arrival_and_the_urgent_lane_does_not() {
    assert_eq!(waits(true), [(3, 0), (0, 10), (1, 20), (2, 30)]);
    // Without a contact point it needs the desk, and has it first.
    assert_eq!(waits(false), [(3, 10), (0, 20), (1, 30), (2, 40)]);
}

#[test]
fn without_a_contact_point_preservation_waits_for_a_desk() {
    let start = day("2012-03-01");
    let mut bench = Bench::new("brava", |settings| settings.contact_point = false);
    let request = bench.request(0, 0, Measure::Preservation, start);
    assert!(bench.step(start, vec![request]).letters.is_empty());
    let (letters, _) = bench.quiet(start + 1, start + 10);
    assert_eq!(answers(&letters).len(), 1);
}

#[test]
fn a_withdrawn_request_frees_its_desk_and_is_never_answered() {
    let start = day("2012-03-01");
    let mut bench = Bench::new("brava", |_| {});
    let first = bench.request(0, 0, Measure::StoredData, start);
    let second = bench.request(1, 1, Measure::StoredData, start);
    bench.step(start, vec![first, second]);
    let withdrawal =
        Letter { id: LetterId { number: 2, ..first.id }, in_reply_to: Some(first.id), body: Body::Withdrawal, ..first };
    let mut letters = bench.step(start + 3, vec![withdrawal]).letters;
    letters.extend(bench.quiet(start + 4, start + 60).0);
    let answered: Vec<Option<LetterId>> =
        letters.iter().filter(|l| matches!(l.body, Body::Answer(_))).map(|l| l.in_reply_to).collect();
    assert_eq!(answered, [Some(LetterId { from: first.id.from, number: 1 })]);
    // The second request took the desk on the day of the withdrawal: ten days from then.
    assert_eq!(letters.iter().find(|l| matches!(l.body, Body::Answer(_))).map(|l| l.sent), Some(start + 13));
    let standings: Vec<Standing> = bench.authority.docket().iter().map(|entry| entry.standing).collect();
    assert_eq!(standings, [Standing::Withdrawn, Standing::Closed]);
}

#[test]
fn only_the_state_that_asked_can_withdraw() {
    let start = day("2012-03-01");
    let mut bench = Bench::new("brava", |_| {});
    let request = bench.request(0, 0, Measure::StoredData, start);
    bench.step(start, vec![request]);
    let stranger = bench.plan.library.state_coded("corvo").expect("corvo");
    let forged = Letter {
        id: LetterId { from: stranger, number: 0 },
        in_reply_to: Some(request.id),
        body: Body::Withdrawal,
        ..request
    };
    bench.step(start + 1, vec![forged]);
    let (letters, _) = bench.quiet(start + 2, start + 10);
    assert_eq!(answers(&letters).len(), 1, "the request stands");
}

#[test]
fn the_register_changes_with_every_letter_and_with_every_word_of_it() {
    let start = day("2012-03-01");
    let head = |change: fn(&mut Letter)| {
        let mut bench = Bench::new("brava", |_| {});
        let mut request = bench.request(0, 0, Measure::Preservation, start);
        change(&mut request);
        bench.step(start, vec![request]).register
    };
    let plain = head(|_| {});
    assert_eq!(plain, head(|_| {}));
    assert_ne!(plain, head(|letter| letter.file.case = CaseNumber(9)));
    assert_ne!(
        plain,
        head(|letter| {
            if let Body::Request(request) = &mut letter.body {
                request.matter.conduct_day = request.matter.conduct_day - 1;
            }
        })
    );
}

fn incident(bench: &Bench, base: &str, host: &str, on: Day) -> Incident {
    let state = |code| bench.plan.library.state_coded(code).expect("a state of the flagship");
    Incident {
        network: NetworkId(5),
        day: on,
        base: state(base),
        host: state(host),
        nationality: state(base),
        facts: bench.facts(),
    }
}

#[test]
fn a_state_that_does_not_punish_the_conduct_opens_and_loses_the_case_at_once() {
    let start = day("2012-03-01");
    let mut bench = Bench::new("hesper", |_| {});
    let due = Due { incidents: vec![incident(&bench, "alba", "brava", start)], ..Due::default() };
    let report = bench.authority.step(start, due);
    assert!(report.letters.is_empty());
    let closed = report.records.iter().find_map(|record| match record {
        AuthorityRecord::CaseClosed { outcome, .. } => Some(*outcome),
        _ => None,
    });
    assert_eq!(closed, Some(Outcome::Lost(LossCause::NoOffence)));
}

#[test]
fn an_investigator_who_hears_nothing_gives_up_and_withdraws() {
    let start = day("2012-03-01");
    let mut bench = Bench::new("alba", |settings| settings.patience_days = 50);
    let due = Due { incidents: vec![incident(&bench, "brava", "corvo", start)], ..Due::default() };
    let first = bench.authority.step(start, due);
    let kinds: Vec<&str> = first.letters.iter().map(|letter| letter.body.kind()).collect();
    assert_eq!(kinds, ["spontaneous information", "request"]);
    let (letters, records) = bench.quiet(start + 1, start + 50);
    assert!(matches!(letters[..], [Letter { body: Body::Withdrawal, .. }]), "{letters:?}");
    let lost = records.iter().any(|record| {
        let abandoned = Outcome::Lost(LossCause::Abandoned(Measure::Preservation));
        matches!(record, AuthorityRecord::CaseClosed { outcome, .. } if *outcome == abandoned)
    });
    assert!(lost, "{records:?}");
}

#[test]
fn an_answer_from_a_state_that_was_not_asked_moves_nothing() {
    let start = day("2012-03-01");
    let mut bench = Bench::new("alba", |_| {});
    let due = Due { incidents: vec![incident(&bench, "brava", "corvo", start)], ..Due::default() };
    let asked = bench.authority.step(start, due).letters.into_iter().find(|l| matches!(l.body, Body::Request(_)));
    let asked = asked.expect("a request for preservation");
    let answer = |code: &str, number| Letter {
        id: LetterId { from: bench.plan.library.state_coded(code).expect("a state"), number },
        to: bench.state,
        sent: start + 1,
        arrives: start + 2,
        file: asked.file,
        in_reply_to: Some(asked.id),
        body: Body::Answer(Answer {
            measure: Measure::Preservation,
            decision: comity::law::Decision::Grant,
            ruling: Ruling::Granted,
            discretionary: false,
            owes_prosecution: false,
            held_until: Some(start + 61),
        }),
    };
    let (stranger, right) = (answer("dunmar", 0), answer("corvo", 0));
    assert!(bench.step(start + 2, vec![stranger]).letters.is_empty());
    let next = bench.step(start + 3, vec![Letter { arrives: start + 3, ..right }]).letters;
    assert!(matches!(next[..], [Letter { body: Body::Request(Request { measure: Measure::StoredData, .. }), .. }]));
    // The same answer again finds nothing that it replies to.
    assert!(bench.step(start + 4, vec![Letter { arrives: start + 4, ..right }]).letters.is_empty());
}
