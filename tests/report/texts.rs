//! What the text for a terminal says of short runs, and of treaties that nobody is left to adopt.

use comity::base::{Day, StateId};
use comity::report;
use comity::scenario::findings::Sought;
use comity::scenario::{Expects, Finding, Scenario};

use super::{shipped, summary, written};

/// A haven of whatever kind in the first state.
const ALBA: Sought = Sought { state: StateId(0), role: None };

/// The text in one line, so that it does not matter where lines end.
fn text(scenario: &Scenario) -> String {
    let text = report::terminal::text(&summary(scenario));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The flagship until this day, a haven expected of its first state and none of it.
fn until(day: &str) -> Scenario {
    let to = format!("to={day}");
    let mut scenario = shipped("one-state-stays-out", None, &[to.as_str(), "networks.count=20"]);
    let expected = [Expects::NoHaven(ALBA), Expects::Haven(ALBA, None)];
    scenario.findings = expected.map(|expects| Finding { variants: Vec::new(), expects }).to_vec();
    scenario
}

#[test]
fn a_run_too_short_for_a_haven_says_so() {
    let too_short = "none can be confirmed before 2011-06-01";
    let found = text(&until("2011-05-31"));
    assert!(found.contains(&format!("No state became a haven. The run is too short for one: {too_short}.")), "{found}");
    let remark = format!("the run is too short for a haven: {too_short}");
    assert!(found.contains(&format!("met: Alba does not become a haven; {remark}")), "{found}");
    assert!(found.contains(&format!("NOT MET: Alba becomes a haven; found: no state does; {remark}")), "{found}");
    let found = text(&until("2011-06-01"));
    assert!(found.contains("met: Alba does not become a haven NOT MET:"), "{found}");
    assert!(!found.contains("too short"), "{found}");
}

/// Among many states a name that would break a table gives way to its code, and the table says whose it is.
#[test]
fn whoever_stands_in_a_table_by_code_is_named_under_it() {
    let name = "Republic of the Northern Islands";
    let of = |name: &str| {
        let state = |number| format!("  s{number}: {{ law: full, infrastructure: 1, market: 1 }}\n");
        let states: String = (2..=24).map(state).collect();
        written(&format!(
            "title: Many\nquestion: Who?\nteaching: {{ time: none, goals: [names], ask: [Who?] }}\nfrom: 2011-01-01\n\
             to: 2011-12-31\nseed: 3\ntreaties: [ets185]\nstates:\n  \
             north: {{ name: {name}, law: no-internet-trafficking, infrastructure: 40, market: 40 }}\n{states}\
             membership:\n  ets185: {{ \"*\": 2005-03-10 }}\nnetworks:\n  count: 60\n  lines:\n    \
             advertise: {{ weight: 1, facts: [advertise, minor, knew, commercial, computer, intent] }}\n"
        ))
    };
    let (long, short) = (text(&of(name)), text(&of("North")));
    for heading in ["Where the networks are on the last day", " Letters ─"] {
        let (_, table) = long.split_once(heading).expect("a table");
        let (table, _) = table.split_once(&format!("north is {name}. ")).unwrap_or_else(|| panic!("{heading}: {long}"));
        assert!(table.contains(" north ") && !table.contains(name), "{heading}: {long}");
    }
    assert!(short.contains(" North ") && !short.contains("north is"), "{short}");
}

#[test]
fn the_first_haven_is_confirmed_when_one_can_be_at_the_earliest() {
    let mut havens = comity::world::HavenSettings::default();
    let day = |year, month, day| Day::from_calendar(year, month, day).expect("a day");
    assert_eq!(
        havens.earliest(day(2011, 1, 1)),
        day(2011, 6, 1),
        "assessed on 1 February, and 90 days are up on 2 May"
    );
    havens.hold_days = 0.0;
    assert_eq!(havens.earliest(day(2011, 1, 1)), day(2011, 2, 1));
    assert_eq!(havens.earliest(day(2011, 12, 31)), day(2012, 1, 1));
}

#[test]
fn a_short_run_speaks_of_no_time_that_it_does_not_have() {
    let of = |day: &str| text(&shipped("three-routes", None, &[&format!("to={day}")]));
    let day = of("2011-01-01");
    assert!(day.contains("but no case against networks there closed in the run, and 10 are needed"), "{day}");
    assert!(day.contains(" on the last day; of hosts") && !day.contains("after the first month"), "{day}");
    let months = of("2011-02-01");
    assert!(months.contains("after the first month"), "{months}");
}

#[test]
fn treaties_with_given_memberships_stand_beside_those_adopted() {
    let found = text(&shipped("three-routes", Some("convention"), &["to=2013-01-01"]));
    assert!(found.contains("Beside these, with memberships that are given: ets185 binds 9 states."), "{found}");
}

#[test]
fn a_run_beyond_the_record_says_so() {
    let head = |to: &str| text(&shipped("world-today", None, &[&format!("to={to}"), "networks.count=3"]));
    let beyond = head("2026-06-01");
    let beyond = beyond.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(beyond.contains("The run goes on to 2026-06-01, and the record does not: "), "{beyond}");
    assert!(beyond.contains(" of these tables end before, the first on "), "{beyond}");
    let invented = text(&shipped("one-state-stays-out", None, &["to=2035-01-01", "networks.count=1"]));
    assert!(!invented.contains("the record does not"), "nothing is taken from it");
}

/// Of a text that no state is left to adopt, too: its law explains what a run shows.
#[test]
fn who_has_the_law_is_counted_of_given_memberships_too() {
    let adoption = "adoption={ets185: {enactment: {lag-days: 30}}}";
    let said = text(&shipped("one-state-stays-out", None, &["to=2012-03-31", "networks.count=3", adoption]));
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let beside = "Beside these, with memberships that are given: internet-trafficking-protocol/conduct binds 7 states (7 with \
                  its law).";
    assert!(said.contains(beside), "{said}");
}
