//! Entry into force, first conditions, protocols and their parents, denunciation: day by day.

use std::path::Path;

use comity::base::Day;
use comity::depositary::{Depositary, DepositaryRecord};
use comity::engine::Plan;
use comity::law::{Act, Instrument, Library, Memberships, Standing};
use comity::scenario::{self, Options};

fn plan() -> Plan {
    let scenario = scenario::read(Path::new("scenarios/one-state-stays-out.yaml"), &Options::default());
    scenario.map_err(|(problems, _)| problems).expect("the flagship is sound").plan
}

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

const PARENT: &str = "ets185";
const PROTOCOL: &str = "internet-trafficking-protocol/conduct";

fn consent(library: &Library, treaty: &str, code: &str, on: &str) -> Instrument {
    Instrument {
        day: day(on),
        treaty: library.treaty_named(treaty).expect("a treaty of the flagship"),
        state: library.state_coded(code).expect("a state of the flagship"),
        act: Act::Consent,
    }
}

fn in_force(library: &Library, memberships: &Memberships, treaty: &str, code: &str) -> Option<Day> {
    let treaty = library.treaty_named(treaty).expect("a treaty of the flagship");
    memberships.in_force_from(treaty, library.state_coded(code).expect("a state of the flagship"))
}

#[test]
fn a_protocol_waits_for_its_fifth_consent_and_then_binds_all_five() {
    let plan = plan();
    let library = &plan.library;
    let states = ["alba", "brava", "corvo", "dunmar", "elona", "falk"];
    let mut instruments: Vec<Instrument> =
        states.iter().map(|code| consent(library, PARENT, code, "2005-03-10")).collect();
    let dates = ["2011-01-31", "2011-02-28", "2011-03-15", "2011-04-01", "2011-11-30", "2012-01-31"];
    instruments.extend(states.iter().zip(dates).map(|(code, on)| consent(library, PROTOCOL, code, on)));
    let four = Memberships::of(library, &instruments[..states.len() + 4]);
    assert_eq!(in_force(library, &four, PROTOCOL, "alba"), None, "four consents are not five");
    let all = Memberships::of(library, &instruments);
    // 30 November and three months is 29 February 2012; the first of the next month follows.
    for code in &states[..5] {
        assert_eq!(in_force(library, &all, PROTOCOL, code), Some(day("2012-03-01")), "{code}");
    }
    // 31 January and three months is 30 April.
    assert_eq!(in_force(library, &all, PROTOCOL, "falk"), Some(day("2012-05-01")));
}

#[test]
fn a_protocol_without_its_parent_binds_nobody_until_the_parent_does() {
    let plan = plan();
    let library = &plan.library;
    let others = ["alba", "brava", "corvo", "dunmar", "elona"];
    let mut instruments: Vec<Instrument> =
        others.iter().map(|code| consent(library, PARENT, code, "2005-03-10")).collect();
    instruments.extend(others.iter().map(|code| consent(library, PROTOCOL, code, "2010-01-10")));
    instruments.push(consent(library, PROTOCOL, "falk", "2010-02-10"));
    let without = Memberships::of(library, &instruments);
    assert_eq!(in_force(library, &without, PROTOCOL, "alba"), Some(day("2010-05-01")));
    assert_eq!(in_force(library, &without, PROTOCOL, "falk"), None);
    instruments.push(consent(library, PARENT, "falk", "2014-07-20"));
    let with = Memberships::of(library, &instruments);
    assert_eq!(in_force(library, &with, PARENT, "falk"), Some(day("2014-11-01")));
    assert_eq!(in_force(library, &with, PROTOCOL, "falk"), Some(day("2014-11-01")));
}

/// What never bound anybody cannot cease to: a consent taken back in time leaves nothing, also where the text enters
/// into force for others afterwards.
#[test]
fn a_consent_that_is_taken_back_before_entry_into_force_never_binds() {
    let plan = plan();
    let library = &plan.library;
    let states = ["alba", "brava", "corvo", "dunmar", "elona", "falk"];
    let mut instruments: Vec<Instrument> =
        states.iter().map(|code| consent(library, PARENT, code, "2005-03-10")).collect();
    instruments.push(consent(library, PROTOCOL, "alba", "2011-01-31"));
    instruments.push(Instrument { act: Act::Denunciation, ..consent(library, PROTOCOL, "alba", "2011-02-10") });
    instruments.extend(states[1..].iter().map(|code| consent(library, PROTOCOL, code, "2012-01-31")));
    let mut depositary = Depositary::new(library, &instruments, day("2011-01-01"));
    let (treaty, alba) = (library.treaty_named(PROTOCOL).expect("it is there"), library.state_coded("alba"));
    let mut of_alba = Vec::new();
    let mut others = 0;
    while let Some(next) = depositary.next_due() {
        for record in depositary.day(library, next).records {
            match record {
                DepositaryRecord::EnteredIntoForce(of, state) | DepositaryRecord::CeasedToBind(of, state)
                    if of == treaty =>
                {
                    if Some(state) == alba {
                        of_alba.push((next, record));
                    } else {
                        others += 1;
                    }
                }
                _ => {}
            }
        }
    }
    assert_eq!((of_alba, others), (Vec::new(), 5));
    let standing = depositary.memberships().standing(treaty, alba.expect("it is there"), day("2020-01-01"));
    assert_eq!(standing, Standing::Outside);
}

#[test]
fn a_denunciation_takes_effect_by_the_same_formula() {
    let plan = plan();
    let library = &plan.library;
    let mut instruments = vec![consent(library, PARENT, "alba", "2005-03-10")];
    instruments.push(Instrument { act: Act::Denunciation, ..consent(library, PARENT, "alba", "2026-01-10") });
    let memberships = Memberships::of(library, &instruments);
    let treaty = instruments[0].treaty;
    let standing = |on| memberships.standing(treaty, instruments[0].state, day(on));
    assert!(matches!(standing("2026-04-30"), Standing::Party(_)));
    assert_eq!(standing("2026-05-01"), Standing::Former(day("2026-05-01")));
}

#[test]
fn the_depositary_tells_each_entry_into_force_on_its_day_and_once() {
    let plan = plan();
    let library = &plan.library;
    let mut depositary = Depositary::new(library, &plan.instruments, plan.first_day);
    let mut entered = Vec::new();
    let mut on = plan.first_day;
    while on <= plan.last_day {
        for record in depositary.day(library, on).records {
            if let DepositaryRecord::EnteredIntoForce(treaty, state) = record {
                entered.push((on, library.treaty(treaty).name.clone(), library.state(state).code.clone()));
            }
        }
        on = on + 1;
    }
    // Consents of 15 September 2011: in force on 1 January 2012, for everybody but Hesper.
    let expected: Vec<(Day, String, String)> = library
        .states()
        .iter()
        .filter(|state| state.code != "hesper")
        .map(|state| (day("2012-01-01"), PROTOCOL.to_owned(), state.code.clone()))
        .collect();
    assert_eq!(entered, expected);
}
