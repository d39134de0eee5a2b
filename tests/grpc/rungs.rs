//! One history on every rung.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::authority::{Due, Incident};
use comity::base::{NetworkId, StateId};
use comity::engine::Stopped;
use comity::transport::{NotOpened, Options, Rung, Sockets, open};

use crate::office::{Chatterer, History, first_day, incident, library, offices, run};

fn history(rung: Rung, workers: usize, verbosity: u32) -> History {
    let options = Options { workers, ..Options::default() };
    let mut nodes = open(rung, library(), offices(verbosity), &options).expect("opened");
    run(nodes.as_mut()).expect("a whole run")
}

#[test]
fn every_rung_gives_the_same_reports() {
    let direct = history(Rung::Direct, 1, 3);
    let letters: usize = direct.iter().flat_map(|(_, reports)| reports).map(|(_, report)| report.letters.len()).sum();
    assert!(letters > 100, "only {letters} letters");
    assert_eq!(history(Rung::Memory, 1, 3), direct);
    assert_eq!(history(Rung::Sockets, 1, 3), direct);
    assert_eq!(history(Rung::Sockets, 2, 3), direct);
}

#[test]
fn days_larger_than_a_message_travel_in_parts() {
    // 2,500 letters of one state to another on a day: three parcels, three parts of a report and more of records.
    let direct = history(Rung::Direct, 1, 2_500);
    assert!(direct.iter().any(|(_, reports)| reports.iter().any(|(_, report)| report.letters.len() >= 2_500)));
    assert_eq!(history(Rung::Memory, 1, 2_500), direct);
}

#[test]
fn what_is_due_on_a_day_may_be_larger_than_a_message() {
    let incidents: Vec<Incident> = (0..100_000)
        .map(|network| Incident { network: NetworkId(network), ..incident(first_day(), StateId(2)) })
        .collect();
    let due = || vec![(StateId(1), Due { incidents: incidents.clone(), ..Due::default() })];
    let day = |rung| {
        let mut nodes = open(rung, library(), offices(0), &Options::default()).expect("opened");
        nodes.day(first_day(), due()).unwrap_or_else(|stopped| panic!("{stopped}"))
    };
    let direct = day(Rung::Direct);
    assert_eq!(direct[0].1.records.len(), 100_000);
    assert!(day(Rung::Memory) == direct && day(Rung::Sockets) == direct, "another history over gRPC");
}

#[test]
fn a_fault_of_an_office_stops_the_run_and_names_it() {
    let failing = || {
        let mut offices = offices(3);
        let mut chatterer = Chatterer::new(comity::base::StateId(2), 3);
        chatterer.fails_on = Some(first_day() + 6);
        offices[2] = Box::new(chatterer);
        offices
    };
    for rung in [Rung::Memory, Rung::Sockets] {
        let mut nodes = open(rung, library(), failing(), &Options::default()).expect("opened");
        let Err(Stopped::Node { state, day, reason }) = run(nodes.as_mut()) else { panic!("stops") };
        assert_eq!((state.as_str(), day), ("CYM", first_day() + 6));
        assert!(reason.contains("a fault of the model") && reason.contains("OFFICE_FAILED"), "{reason}");
    }
}

#[test]
fn a_letter_faster_than_a_day_stops_the_run_before_it_leaves() {
    let mut offices = offices(3);
    let mut chatterer = Chatterer::new(comity::base::StateId(1), 3);
    chatterer.hasty = true;
    offices[1] = Box::new(chatterer);
    let mut nodes = open(Rung::Memory, library(), offices, &Options::default()).expect("opened");
    let Err(Stopped::Rule { state, rule, .. }) = run(nodes.as_mut()) else { panic!("stops") };
    assert_eq!(state, "BRA");
    assert!(rule.contains("before the next day"), "{rule}");
}

#[test]
fn whoever_asks_to_stop_does_not_wait_for_the_nodes() {
    let options = Options { interrupt: Arc::new(AtomicBool::new(true)), ..Options::default() };
    assert!(matches!(Sockets::open(library(), offices(1), &options), Err(NotOpened::Interrupted)));
}

#[test]
fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let base_port = taken.local_addr().expect("bound").port();
    let options = Options { base_port: Some(base_port), ..Options::default() };
    let Err(NotOpened::Server { name, .. }) = Sockets::open(library(), offices(1), &options) else { panic!("refused") };
    assert_eq!(name, "ALB");
}
