//! Offences enacted on a day of the run, beside those that the state has, had or is to have.

use std::fs;

use comity::base::Day;
use comity::scenario::{self, Options, Scenario};

/// A shipped scenario with acts of its own.
fn with_acts(shipped: &str, rest: &str) -> Result<Scenario, String> {
    let text = format!("like: scenarios/{shipped}.yaml\nvariants: {{}}\nfindings: []\n{rest}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("enacts.yaml");
    fs::write(&path, text).expect("written");
    scenario::read(&path, &Options::default()).map_err(|(problems, _)| format!("{problems:?}"))
}

/// The worm, in a world that goes on until the statute of 2012 is in force.
fn worm(acts: &str) -> Result<Scenario, String> {
    with_acts("worm-2000", &format!("to: 2015-12-31\ntimeline:\n{acts}"))
}

fn act(day: &str, rest: &str) -> String {
    format!("  - {{ date: {day}, state: PHL, does: enact, law: full{rest} }}\n")
}

/// The days of the offences that are called so, with what each was made up from.
fn days(scenario: &Scenario, name: &str) -> Vec<(Option<Day>, Option<Day>)> {
    let library = &scenario.plan.library;
    let state = library.state(library.state_coded("PHL").expect("a state"));
    let mut of_name: Vec<_> = state.offences.iter().filter(|offence| offence.name.starts_with(name)).collect();
    of_name.sort_by_key(|offence| offence.from);
    of_name.iter().map(|offence| (offence.from, offence.until)).collect()
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// A statute that is to come is no offence yet, and is not brought forward: what is enacted holds until its day.
#[test]
fn what_is_to_begin_later_is_enacted_until_it_does() {
    let (enacted, statute) = (day("1998-02-01"), day("2012-10-03"));
    for acts in [act("1998-02-01", ""), act("1998-02-01", ", offence: data-interference")] {
        let scenario = worm(&acts).expect("it is enacted");
        let expected = [(Some(enacted), Some(statute)), (Some(statute), None)];
        assert_eq!(days(&scenario, "data-interference"), expected, "{acts}");
    }
    let whole = worm(&act("1998-02-01", "")).expect("it is enacted");
    assert_eq!(days(&whole, "internet-trafficking"), [(Some(enacted), None)], "of which it has none");
    let copyright = days(&whole, "copyright");
    assert_eq!(copyright, [(Some(day("1998-01-01")), None)], "which it has on that day");
}

#[test]
fn what_a_state_has_on_the_day_it_does_not_enact() {
    let one = ", offence: data-interference";
    let twice = act("1998-02-01", one) + &act("1999-02-01", one);
    let problem = worm(&twice).expect_err("it has it");
    assert!(problem.contains("`PHL` has this offence on 1999-02-01 already"), "{problem}");
    let after = worm(&act("2013-01-01", one)).expect_err("the statute has it");
    assert!(after.contains("`PHL` has this offence on 2013-01-01 already"), "{after}");
    // In whichever order they are written.
    let turned = worm(&(act("1999-02-01", one) + &act("1998-02-01", one))).expect("the later gives way to nothing");
    assert_eq!(days(&turned, "data-interference").len(), 3);
    let unknown = worm(&act("1998-02-01", ", offence: data-interferance")).expect_err("no such offence");
    assert!(unknown.contains("unknown offence `data-interferance`"), "{unknown}");
}

/// An offence that waits for a treaty is none before the legislature acts: what is enacted is in force on its day.
#[test]
fn what_waits_for_a_treaty_may_be_enacted_before() {
    let event = "{ date: 2012-02-01, state: kesh, does: enact, law: full, offence: internet-trafficking }";
    let scenario = with_acts("gradual-adoption", &format!("timeline: [{event}]\n")).expect("it is enacted");
    let library = &scenario.plan.library;
    let kesh = library.state(library.state_coded("kesh").expect("a state"));
    assert!(kesh.offences.iter().any(|offence| offence.from == Some(day("2012-02-01"))));
}
