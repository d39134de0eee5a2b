//! The arithmetic of treaty law: month ends, first conditions, protocols and their parents, leaving and coming back.

use comity::base::{Day, Spanned};
use comity::law::forms::{LawForm, TreatyForm};
use comity::law::{Act, DateRule, Instrument, Library, Memberships, Standing, StateSource};
use comity::scenario::Shelf;

use crate::case_of;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

#[track_caller]
fn takes_effect(rule: DateRule, deposit: &str, from: &str) {
    assert_eq!(rule.takes_effect(day(deposit)), day(from), "{rule:?} after {deposit}");
}

/// ETS 185, Art. 36(4): the first of the month that follows the end of three months.
#[test]
fn three_months_end_on_the_last_day_of_a_shorter_month() {
    let three = DateRule::FirstOfMonthAfterMonths(3);
    for (deposit, from) in [
        ("2023-01-31", "2023-05-01"),
        ("2022-11-30", "2023-03-01"),
        ("2023-11-29", "2024-03-01"),
        ("2023-11-30", "2024-03-01"),
        ("2023-12-01", "2024-04-01"),
        ("2024-02-29", "2024-06-01"),
        ("2023-12-31", "2024-04-01"),
        // Three months from the first of a month end on a first; the month that follows is the next.
        ("2023-03-01", "2023-07-01"),
        ("2025-03-10", "2025-07-01"),
        ("2026-01-10", "2026-05-01"),
    ] {
        takes_effect(three, deposit, from);
    }
}

/// Palermo Convention, Art. 38; OPSC, Art. 14(2).
#[test]
fn days_are_counted_over_leap_years_and_months_by_their_number() {
    takes_effect(DateRule::DaysAfterDeposit(30), "2024-01-31", "2024-03-01");
    takes_effect(DateRule::DaysAfterDeposit(30), "2023-01-31", "2023-03-02");
    takes_effect(DateRule::DaysAfterDeposit(90), "2003-07-01", "2003-09-29");
    takes_effect(DateRule::DaysAfterDeposit(90), "1999-12-02", "2000-03-01");
    takes_effect(DateRule::MonthsAfterDeposit(1), "2023-01-31", "2023-02-28");
    takes_effect(DateRule::MonthsAfterDeposit(1), "2024-01-31", "2024-02-29");
    takes_effect(DateRule::MonthsAfterDeposit(12), "2024-02-29", "2025-02-28");
}

const STATES: [&str; 8] = ["alba", "brava", "corvo", "dunmar", "elona", "falk", "gova", "hesper"];

/// Eight states, of which the first `members` belong to the Council of Europe, and the Convention with its Protocol
/// as if neither had entered into force.
fn before_the_first_day(members: usize) -> Library {
    let mut shelf = Shelf::new(None);
    let facts = shelf.facts().expect("the facts read");
    let treaties: Vec<TreatyForm> = ["ets185", "ets189"]
        .map(|name| shelf.treaty(&Spanned::nowhere(name.to_owned())).expect("the treaty reads"))
        .map(|treaty| TreatyForm { in_force: None, ..treaty })
        .into();
    let states = STATES.iter().enumerate().map(|(index, code)| StateSource {
        code: Spanned::nowhere((*code).to_owned()),
        name: (*code).to_owned(),
        law: LawForm {
            groups: (index < members).then(|| "council-of-europe".to_owned()).into_iter().collect(),
            ..LawForm::default()
        },
    });
    Library::build(&facts, &treaties, &states.collect::<Vec<_>>()).expect("it builds")
}

/// An act, of a treaty and a state by their names.
fn act(library: &Library, treaty: &str, state: &str, on: &str, act: Act) -> Instrument {
    let treaty = library.treaty_named(treaty).expect("it is there");
    let state = library.state_coded(state).expect("it is there");
    Instrument { day: day(on), treaty, state, act }
}

fn consents(library: &Library, treaty: &str, of: &[(&str, &str)]) -> Vec<Instrument> {
    of.iter().map(|(state, on)| act(library, treaty, state, on, Act::Consent)).collect()
}

fn in_force_from(library: &Library, instruments: &[Instrument], treaty: &str, state: &str) -> Option<Day> {
    let memberships = Memberships::of(library, instruments);
    let state = library.state_coded(state).expect("it is there");
    memberships.in_force_from(library.treaty_named(treaty).expect("it is there"), state)
}

/// ETS 185, Art. 36(3): five consents, at least three of them by members of the Council of Europe.
#[test]
fn five_consents_are_not_enough_without_three_members() {
    let library = before_the_first_day(3);
    let five = [
        ("alba", "2002-01-10"),
        ("brava", "2002-02-10"),
        ("dunmar", "2002-03-10"),
        ("elona", "2002-04-10"),
        ("falk", "2002-05-10"),
    ];
    let mut instruments = consents(&library, "ets185", &five);
    assert_eq!(in_force_from(&library, &instruments, "ets185", "alba"), None, "two members of five");
    // The third member, late, meets the condition; from its day the three months run for all that waited.
    instruments.extend(consents(&library, "ets185", &[("corvo", "2003-01-31")]));
    for state in ["alba", "brava", "corvo", "dunmar", "elona", "falk"] {
        assert_eq!(in_force_from(&library, &instruments, "ets185", state), Some(day("2003-05-01")), "{state}");
    }
    // One that comes between the condition and the first day has its own three months.
    instruments.extend(consents(&library, "ets185", &[("gova", "2003-02-10"), ("hesper", "2003-01-31")]));
    assert_eq!(in_force_from(&library, &instruments, "ets185", "gova"), Some(day("2003-06-01")));
    assert_eq!(in_force_from(&library, &instruments, "ets185", "hesper"), Some(day("2003-05-01")));
}

#[test]
fn four_consents_bind_nobody_and_the_order_of_deposits_does_not_matter() {
    let library = before_the_first_day(8);
    let all = [
        ("alba", "2002-01-10"),
        ("brava", "2002-02-10"),
        ("corvo", "2002-03-10"),
        ("dunmar", "2002-04-10"),
        ("elona", "2002-05-10"),
    ];
    let four = consents(&library, "ets185", &all[..4]);
    assert!(STATES.iter().all(|state| in_force_from(&library, &four, "ets185", state).is_none()));
    let mut five = consents(&library, "ets185", &all);
    five.reverse();
    assert_eq!(in_force_from(&library, &five, "ets185", "alba"), Some(day("2002-09-01")));
}

/// ETS 189, Arts. 9 to 11: only a Party to the Convention is bound by its Protocol.
#[test]
fn a_protocol_waits_for_its_parent() {
    let library = before_the_first_day(8);
    let five: Vec<(&str, &str)> = STATES[..5].iter().map(|state| (*state, "2002-01-10")).collect();
    let mut instruments = consents(&library, "ets185", &five);
    instruments.extend(consents(&library, "ets189", &five[..4]));
    // The fifth consent to the Protocol is that of a State outside the Convention: it does not count.
    instruments.extend(consents(&library, "ets189", &[("hesper", "2003-01-10")]));
    assert_eq!(in_force_from(&library, &instruments, "ets189", "alba"), None);
    assert_eq!(in_force_from(&library, &instruments, "ets189", "hesper"), None);
    // Once it joins the Convention, it does: both are in force for it on the later of the two days.
    instruments.extend(consents(&library, "ets185", &[("hesper", "2004-01-31")]));
    assert_eq!(in_force_from(&library, &instruments, "ets185", "hesper"), Some(day("2004-05-01")));
    assert_eq!(in_force_from(&library, &instruments, "ets189", "hesper"), Some(day("2004-05-01")));
    assert_eq!(in_force_from(&library, &instruments, "ets189", "alba"), Some(day("2004-05-01")));
}

/// ETS 185, Art. 47(2), and VCLT 70: the day of a denunciation, and what is left of the acts before it.
#[test]
fn leaving_and_coming_back_begin_anew() {
    let case = case_of(
        "
case: leaving
title: Leaving
source: ETS 185, Art. 47
states: { alba: { law: full }, brava: { law: full } }
treaties: [ets185]
requesting: alba
requested: brava
day: 2020-01-01
parts: { '-': { measure: preservation } }
",
    );
    let library = &case.library;
    let treaty = library.treaty_named("ets185").expect("it is there");
    let state = library.state_coded("alba").expect("it is there");
    let article = library.cite_named("BUD 29(4)").expect("it is cited");
    let acts = [
        act(library, "ets185", "alba", "2010-01-01", Act::Consent),
        act(library, "ets185", "alba", "2010-01-01", Act::Reservation(article)),
        act(library, "ets185", "alba", "2015-01-31", Act::Denunciation),
        act(library, "ets185", "alba", "2018-02-10", Act::Consent),
    ];
    let memberships = Memberships::of(library, &acts);
    let before = Memberships::of(library, &acts[..3]);
    let out = day("2015-05-01");
    assert_eq!(before.standing(treaty, state, out - 1), Standing::Party(day("2010-05-01")));
    assert_eq!(before.standing(treaty, state, out), Standing::Former(out));
    assert!(before.reserved(treaty, state, article, out - 1));
    assert_eq!(memberships.standing(treaty, state, day("2018-05-31")), Standing::Consented(Some(day("2018-06-01"))));
    assert_eq!(memberships.standing(treaty, state, day("2018-06-01")), Standing::Party(day("2018-06-01")));
    assert!(!memberships.reserved(treaty, state, article, day("2019-01-01")), "the reservation went with the consent");
}

/// VCLT 19 and 22: a reservation is made with the consent, stands from that day, and falls on the day of withdrawal.
#[test]
fn a_reservation_stands_from_consent_to_withdrawal() {
    let text = |acts: &str| {
        format!(
            "
case: reserving
title: Reserving
source: VCLT, Arts. 19 and 22
states: {{ alba: {{ law: full }}, brava: {{ law: full }} }}
treaties: [ets185]
membership: {{ ets185: {{ alba: {{ {acts} }} }} }}
requesting: alba
requested: brava
day: 2020-01-01
parts: {{ '-': {{ measure: preservation }} }}
"
        )
    };
    let case = case_of(&text(
        "signed: 2009-05-01, consented: 2010-01-01, reserved: [29(4)], withdrawn: { 29(4): 2015-03-01 }",
    ));
    let library = &case.library;
    let treaty = library.treaty_named("ets185").expect("it is there");
    let state = library.state_coded("alba").expect("it is there");
    let article = library.cite_named("BUD 29(4)").expect("it is cited");
    let stands = |on: &str| case.memberships.reserved(treaty, state, article, day(on));
    assert!(!stands("2009-12-31"), "a signature alone reserves nothing yet");
    assert!(stands("2010-01-01") && stands("2015-02-28"));
    assert!(!stands("2015-03-01"));
}
