//! Entry into force, computed by each treaty's own rule and compared with the recorded day.

use comity::base::{Day, Spanned};
use comity::law::forms::{LawForm, TreatyForm};
use comity::law::{Library, Memberships, StateSource};
use comity::scenario::participation::{Entry, participation, participation_by};
use comity::scenario::{Shelf, record};

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// The Convention and its Protocol, all states on record with the instruments on record.
fn recorded(shelf: &mut Shelf) -> (Library, Memberships) {
    let facts = shelf.facts().expect("the facts read");
    let treaties: Vec<TreatyForm> = ["ets185", "ets189"]
        .map(|name| shelf.treaty(&Spanned::nowhere(name.to_owned())).expect("the treaty reads"))
        .into();
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

/// `differing` names the states for which the record holds another day than the treaty's rule gives.
#[track_caller]
fn check(treaty: &str, recorded: usize, by_rule: usize, differing: &[&str]) {
    let record = participation(&mut Shelf::new(None), treaty).expect("the record reads");
    let with_day: Vec<&Entry> = record.entries.iter().filter(|entry| entry.recorded_in_force.is_some()).collect();
    // Of a recorded day that was computed by the rule, agreement shows nothing.
    let computed = with_day.iter().filter(|entry| entry.recorded_by_rule).count();
    let difference = |entry: &&&Entry| entry.in_force != entry.recorded_in_force;
    let differences = with_day.iter().filter(difference).map(|entry| {
        let day = |day: Option<Day>| day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
        format!("{}: recorded {}, by rule {}", entry.state.code, day(entry.recorded_in_force), day(entry.in_force))
    });
    assert_eq!(differences.collect::<Vec<_>>(), differing, "{treaty}");
    assert_eq!((with_day.len(), computed), (recorded, by_rule), "{treaty}");
}

#[test]
fn recorded_dates_follow_from_each_treatys_rule() {
    check("ets185", 81, 0, &[]);
    check("ets189", 35, 2, &[]);
    check("cets224", 0, 0, &[]);
    check("untoc", 189, 189, &[]);
    check("tip", 176, 176, &[]);
    check("opsc", 168, 168, &[]);
    check("lanzarote", 48, 0, &[]);
    check("cets197", 48, 0, &[]);
    check("uncc", 0, 0, &[]);
    check("ece57", 1, 0, &[]);
    check("ets30", 1, 0, &[]);
    check("european-union", 28, 0, &[]);
    check("eaw", 28, 0, &[]);
    check("eu-uk-surrender", 28, 0, &[]);
    check("withdrawal-agreement", 28, 0, &[]);
    check("eio", 26, 0, &[]);
    check("e-evidence", 26, 0, &[]);
}

#[test]
fn every_table_of_the_record_is_compared() {
    let tables = Shelf::tables().filter(|table| participation(&mut Shelf::new(None), table).is_ok());
    let expected = [
        "cets197",
        "cets224",
        "e-evidence",
        "eaw",
        "ece57",
        "eio",
        "ets185",
        "ets189",
        "ets30",
        "eu-uk-surrender",
        "european-union",
        "lanzarote",
        "opsc",
        "tip",
        "uncc",
        "untoc",
        "withdrawal-agreement",
    ];
    assert_eq!(tables.collect::<Vec<_>>(), expected);
}

/// Without the recorded day of first entry into force, the consents alone give it.
#[test]
fn first_entry_into_force_follows_from_the_consents_of_each_treaty() {
    let first = |treaty: &str| {
        let mut shelf = Shelf::new(None);
        let form = shelf.treaty(&Spanned::nowhere(treaty.to_owned())).expect("the treaty reads");
        let form = TreatyForm { in_force: None, ..form };
        participation_by(&mut shelf, &form).expect("the record reads").first_in_force
    };
    assert_eq!(first("ets185"), Some(day("2004-07-01")));
    assert_eq!(first("ets189"), Some(day("2006-03-01")));
    assert_eq!(first("untoc"), Some(day("2003-09-29")));
    assert_eq!(first("tip"), Some(day("2003-12-25")));
    assert_eq!(first("opsc"), Some(day("2002-01-18")));
    assert_eq!(first("lanzarote"), Some(day("2010-07-01")));
    assert_eq!(first("cets197"), Some(day("2008-02-01")));
    assert_eq!(first("cets224"), None, "three of five consents");
    assert_eq!(first("uncc"), None, "no consent on record");
}

#[test]
fn reservations_on_record_stand_and_fall() {
    let (library, memberships) = recorded(&mut Shelf::new(None));
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
