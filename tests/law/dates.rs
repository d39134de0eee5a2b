//! Entry into force, computed by each treaty's own rule and compared with the recorded day.

use comity::base::{Day, Spanned};
use comity::law::forms::{LawForm, TreatyForm};
use comity::law::{Library, Memberships, StateSource};
use comity::scenario::{Shelf, record};

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// The Convention and its Protocol, all states on record with the instruments on record.
fn recorded(shelf: &mut Shelf, change: impl Fn(&mut TreatyForm)) -> (Library, Memberships) {
    let facts = shelf.facts().expect("the facts read");
    let mut treaties: Vec<TreatyForm> = ["ets185", "ets189"]
        .map(|name| shelf.treaty(&Spanned::nowhere(name.to_owned())).expect("the treaty reads"))
        .into();
    treaties.iter_mut().for_each(change);
    let states: Vec<StateSource> = record::states(shelf)
        .expect("the states read")
        .into_iter()
        .map(|state| StateSource {
            code: Spanned::nowhere(state.code),
            name: state.name,
            law: LawForm { groups: state.groups, ..LawForm::default() },
        })
        .collect();
    let library = Library::build(&facts, &treaties, &states).expect("it builds");
    let mut instruments = record::instruments(shelf, &library, "ets185").expect("the record reads");
    instruments.extend(record::instruments(shelf, &library, "ets189").expect("the record reads"));
    let memberships = Memberships::of(&library, &instruments);
    (library, memberships)
}

/// How many recorded days the rule gives too, of how many, and each that it does not.
fn compare(treaty: &str) -> (usize, usize, Vec<String>) {
    let mut shelf = Shelf::new(None);
    let (library, memberships) = recorded(&mut shelf, |_| {});
    let id = library.treaty_named(treaty).expect("it is built in");
    let rows = record::status(&shelf, treaty).expect("the record reads");
    let dated = rows.iter().filter_map(|row| Some((row, row.entry_into_force?)));
    let mut differences = Vec::new();
    let mut of = 0;
    for (row, recorded) in dated {
        of += 1;
        let state = library.state_coded(&row.state).expect("every state on record is in the table of states");
        let computed = memberships.in_force_from(id, state);
        if computed != Some(recorded) {
            let computed = computed.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            differences.push(format!("{treaty} {}: recorded {recorded}, by rule {computed}", row.state));
        }
    }
    (of - differences.len(), of, differences)
}

#[track_caller]
fn check(treaty: &str, agree: usize, differing: &[&str]) {
    let (agreeing, of, differences) = compare(treaty);
    println!("{treaty}: {agreeing} of {of} agree");
    assert_eq!(differences, differing);
    assert_eq!((agreeing, of), (agree, agree + differing.len()));
}

#[test]
fn the_conventions_recorded_dates_follow_from_its_rule() {
    check("ets185", 81, &[]);
}

#[test]
fn the_protocols_recorded_dates_follow_from_its_rule() {
    check("ets189", 35, &[]);
}

#[test]
fn first_entry_into_force_follows_from_the_consents_alone() {
    let (library, memberships) = recorded(&mut Shelf::new(None), |treaty| treaty.in_force = None);
    for (treaty, first) in [("ets185", "2004-07-01"), ("ets189", "2006-03-01")] {
        let id = library.treaty_named(treaty).expect("it is built in");
        assert_eq!(memberships.first_in_force(id), Some(day(first)), "{treaty}");
    }
}

#[test]
fn reservations_on_record_stand_and_fall() {
    let (library, memberships) = recorded(&mut Shelf::new(None), |_| {});
    let convention = library.treaty_named("ets185").expect("it is built in");
    let protocol = library.treaty_named("ets189").expect("it is built in");
    let stands = |treaty, state: &str, article: &str, on: &str| {
        let state = library.state_coded(state).expect("on record");
        memberships.reserved(treaty, state, library.cite_named(article).expect("cited"), day(on))
    };
    assert!(stands(convention, "AUT", "BUD 29(4)", "2026-01-01"));
    assert!(!stands(convention, "USA", "BUD 29(4)", "2026-01-01"));
    assert!(stands(convention, "CZE", "BUD 29(4)", "2019-07-04"));
    assert!(!stands(convention, "CZE", "BUD 29(4)", "2019-07-05"), "withdrawn");
    assert!(stands(protocol, "DNK", "ETS189 3(2)", "2012-01-01"), "one entry for two paragraphs");
    assert!(stands(protocol, "DNK", "ETS189 3(3)", "2012-01-01"), "one entry for two paragraphs");
    assert!(!stands(protocol, "DEU", "ETS189 5(2)(b)", "2026-01-01"));
}
